//! Hanweb xxgk (大汉): the catalogue of open government information, asked for page by page.

use std::sync::LazyLock;

use regex::Regex;

use crate::discover::found::FoundList;
use crate::discover::list::targets;
use crate::discover::pager::{Pager, declared, query};
use crate::discover::pattern::pattern;
use crate::discover::portal::search::first_page;
use crate::page::View;

/// An answer of `/module/xxgk/search.jsp`, which is asked for its next page with `currpage`.
pub(super) fn read(view: &View) -> Option<FoundList> {
    view.url().path().contains("/module/xxgk/").then_some(())?;
    let here = targets(view);
    let declared = declared(view);
    let page = query::number(view.url(), "currpage").unwrap_or(1);
    let more = !here.is_empty() && declared.pages.is_some_and(|pages| page < pages);
    let next = more.then(|| query::with(view.url(), "currpage", page as usize + 1));
    Some(FoundList::of("hanweb_xxgk", here, Pager { next, ..declared }))
}

/// The address of the catalogue in a script of a page without rows.
pub(super) fn frame(view: &View) -> Option<FoundList> {
    static SEARCH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"['"]([^'"\s]*/module/xxgk/search\w*\.jsp[^'"\s]*)['"]"#));
    let next = first_page(view, &SEARCH)?;
    targets(view).is_empty().then(|| FoundList::frame("hanweb_xxgk", Vec::new(), next))
}
