//! The pager as a reader sees it: a link to the next page, numbers of pages, declared totals.

use std::sync::LazyLock;

use regex::Regex;
use scraper::Selector;
use url::Url;

use super::fixed;
use super::link::address;
use super::view::{View, seen};

/// What a page says about the pages of its list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pager {
    /// The next list page.
    pub(super) next: Option<Url>,
    /// How many list pages there are.
    pub(super) pages: Option<u32>,
    /// How many items there are.
    pub(super) items: Option<u32>,
}

const NEXT: [&str; 11] = ["下一页", "下页", "后一页", "下一頁", "后页", "下翻", "next", "nextpage", "›", ">", "＞"];
const LAST: [&str; 9] = ["尾页", "末页", "最后一页", "最后页", "last", "尾頁", "终页", "»", ">>"];
const BACK: [&str; 10] = ["上一页", "上页", "前一页", "首页", "第一页", "previous", "prev", "first", "<", "<<"];

/// The title of a link that leads through the list, not to an item.
pub(super) fn is_step(title: &str) -> bool {
    let word = word(title);
    let named = |words: &[&str]| words.contains(&word.as_str());
    named(&NEXT) || named(&LAST) || named(&BACK) || word.chars().all(|c| c.is_ascii_digit())
}

/// Reads the pager.
pub(super) fn pager(view: &View<'_>) -> Pager {
    static ANCHORS: LazyLock<Selector> =
        LazyLock::new(|| Selector::parse("a, link[rel=next], link[rel=NEXT]").expect("a fixed selector"));
    let mut next = None;
    let mut last = None;
    let mut numbered = Vec::new();
    for element in view.html.select(&ANCHORS) {
        let label = word(&seen(element));
        let url = address(view, element).filter(|url| matches!(url.scheme(), "http" | "https"));
        let says_next = element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("next"));
        if says_next || NEXT.contains(&label.as_str()) {
            next = next.or(url);
        } else if LAST.contains(&label.as_str()) {
            last = last.or(url);
        } else if let Some(number) = label.parse::<u32>().ok().filter(|number| (1..100_000).contains(number)) {
            numbered.push((number, url));
        }
    }
    // The last page of some portals has a next link to itself.
    let next = next.filter(|url| *url != view.url);
    let text = seen(view.html.root_element());
    let declared = declared_pages(&text);
    let pages = declared.or_else(|| last_number(last.as_ref(), &numbered)).or_else(|| highest(&numbered));
    Pager { pages, items: declared_items(&text), next }
}

/// The label without blanks and brackets, in lower case.
fn word(text: &str) -> String {
    let fine = |c: &char| !c.is_whitespace() && !"[]【】()（）".contains(*c);
    let word: String = text.chars().filter(fine).flat_map(char::to_lowercase).collect();
    match word.trim_end_matches(['>', '›', '»']) {
        "" => word,
        short => short.to_owned(),
    }
}

fn declared_pages(text: &str) -> Option<u32> {
    static PAGES: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"共\s*(?:计|有)?\s*(\d{1,6})\s*页|总页数\s*[:：]?\s*(\d{1,6})|(?:第\s*)?\d{1,6}\s*页?\s*/\s*(?:共\s*)?(\d{1,6})\s*页",
        )
    });
    first_number(&PAGES, text)
}

fn declared_items(text: &str) -> Option<u32> {
    static ITEMS: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"共\s*(?:计|有)?\s*(\d{1,8})\s*(?:条|篇|个?记录)|总(?:记录|条)数\s*[:：]?\s*(\d{1,8})|(\d{1,8})\s*条(?:记录|信息)",
        )
    });
    first_number(&ITEMS, text)
}

fn first_number(pattern: &Regex, text: &str) -> Option<u32> {
    let found = pattern.captures(text)?;
    found.iter().skip(1).flatten().next()?.as_str().parse().ok()
}

/// The number of the last page from its address: the addresses of numbered links tell how numbers are counted.
fn last_number(last: Option<&Url>, numbered: &[(u32, Option<Url>)]) -> Option<u32> {
    let last = address_number(last?)?;
    let known = numbered.iter().find_map(|(label, url)| Some((*label, address_number(url.as_ref()?)?)));
    let (label, number) = known?;
    (last + label).checked_sub(number)
}

/// The last number in an address: `index_3.html`, `?page=3`.
fn address_number(url: &Url) -> Option<u32> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| fixed(r"(\d{1,6})(?:\.\w+)?$"));
    let text = url.query().map_or_else(|| url.path().to_owned(), ToOwned::to_owned);
    NUMBER.captures(&text)?[1].parse().ok()
}

/// The highest number of a pager that shows them all: 1, 2, 3 … where the page that is read may be no link.
fn highest(numbered: &[(u32, Option<Url>)]) -> Option<u32> {
    let numbers: Vec<u32> = numbered.iter().map(|(number, _)| *number).collect();
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let rising = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let n_missing = (last as usize).checked_sub(numbers.len())?;
    (rising && first <= 2 && n_missing <= 1 && last > 1).then_some(last)
}
