//! Addresses of search interfaces that a script of the page names.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use crate::discover::pager::query::counts_pages;
use crate::discover::pattern::selector;
use crate::page::View;

/// The first page of an interface whose address stands in quotes: a script puts the number of the page behind it.
///
/// The search box of a portal asks the same interface, but only with a word of the reader.
pub(super) fn first_page(view: &View, quoted: &Regex) -> Option<Url> {
    let boxes = search_boxes(view);
    quoted.captures_iter(view.markup()).find_map(|found| {
        let address = found.get(1)?.as_str().replace("&amp;", "&");
        let key = address.strip_suffix('=').map(|address| address.rsplit(['?', '&']).next().unwrap_or_default());
        let first = match key {
            Some(key) if counts_pages(key) => format!("{address}1"),
            Some(_) => return None,
            None => address,
        };
        view.resolve(&first).filter(|url| !boxes.contains(url))
    })
}

/// Where the forms with a field for words are sent to.
fn search_boxes(view: &View) -> Vec<Url> {
    static FORMS: LazyLock<Selector> = LazyLock::new(|| selector("form[action]"));
    static INPUTS: LazyLock<Selector> = LazyLock::new(|| selector("input"));
    let takes_words = |form: &ElementRef<'_>| {
        form.select(&INPUTS).any(|input| matches!(input.attr("type").unwrap_or("text"), "text" | "search"))
    };
    let forms = view.html().select(&FORMS).filter(takes_words);
    forms.filter_map(|form| view.resolve(form.attr("action")?)).collect()
}
