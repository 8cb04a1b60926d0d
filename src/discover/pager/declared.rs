//! What a page declares about the pages of its list: how many there are, and how many items.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::discover::pattern::pattern;
use crate::page::{View, seen};

/// What a page says about the pages of its list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::discover) struct Pager {
    /// The next list page.
    pub(in crate::discover) next: Option<Url>,
    /// How many list pages there are.
    pub(in crate::discover) pages: Option<u32>,
    /// How many items there are.
    pub(in crate::discover) items: Option<u32>,
}

/// What the text says about numbers of pages and items, else the variables of a script.
pub(in crate::discover) fn declared(view: &View) -> Pager {
    static VARIABLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:page_?count|total_?pages?|page_?total)['\x22]?\s*[:=]\s*['\x22]?(\d{1,6})\b",
            r"|\blaypage[\w.]*\(\s*\{[^{}]*?\bpages\s*:\s*['\x22]?(\d{1,6})\b"
        ))
    });
    let text = seen(view.html().root_element());
    let variable = || first_number(&VARIABLE, view.markup()).filter(|&pages| pages > 0);
    Pager { next: None, pages: declared_pages(&text).or_else(variable), items: declared_items(&text) }
}

/// How many pages a text says that there are.
pub(in crate::discover) fn declared_pages(text: &str) -> Option<u32> {
    static PAGES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?:共|分)\s*(?:计|有)?\s*(\d{1,6})\s*页|总页数\s*[:：]?\s*(\d{1,6})",
            r"|\d{1,6}\s*页?\s*/\s*(?:共\s*)?(\d{1,6})\s*页",
            r"|(?:页次|页数|页码|当前页?)\s*[:：]?\s*\d{1,6}\s*/\s*(\d{1,6})|\d\s*条(?:记录|信息)?[\s,，]*\d{1,6}\s*/\s*(\d{1,6})|\d\s*条(?:记录|信息)?[\s,，]*(\d{1,6})\s*页"
        ))
    });
    first_number(&PAGES, text)
}

fn declared_items(text: &str) -> Option<u32> {
    static ITEMS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"共\s*(?:计|有)?\s*(\d{1,8})\s*(?:条|篇|个?记录)|总(?:记录|条)数\s*[:：]?\s*(\d{1,8})|(\d{1,8})\s*条(?:记录|信息)",
        )
    });
    first_number(&ITEMS, text)
}

fn first_number(pattern: &Regex, text: &str) -> Option<u32> {
    let found = pattern.captures(text)?;
    found.iter().skip(1).flatten().next()?.as_str().parse().ok()
}
