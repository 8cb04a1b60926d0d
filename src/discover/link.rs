//! One link of a list page: its address, its title, and what it looks like.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use super::address::address;
use super::home::is_home_of;
use super::pager::steps::is_step;
use super::pattern::{pattern, selector};
use super::title::Title;
use crate::page::View;
use crate::words::{NEIGHBOUR_ARTICLES, NO_ITEM_LABELS, SMALL_PRINT};

/// A link that has a title.
#[derive(Debug)]
pub(super) struct Link<'a> {
    /// The `<a>`.
    pub(super) element: ElementRef<'a>,
    /// Where it leads; a script that leads nowhere is kept as `javascript:`.
    pub(super) url: Url,
    /// What a reader sees, or the longer `title` attribute.
    pub(super) title: String,
    /// Parts of a day that stand inside the link, before or behind the title.
    pub(super) day_parts: Vec<String>,
    /// It is probably an item of a list, not of a menu: 10 for each good sign.
    pub(super) weight: i32,
    /// Its address lies below the page or bears the number of the column.
    pub(super) at_home: bool,
}

/// What an address below the folder of the page adds: columns of annual reports are short, and what stands beside them
/// is often longer.
const AT_HOME: i32 = 35;

/// Every link of the page that leads to another page and has a title.
pub(super) fn links(view: &View) -> impl Iterator<Item = Link<'_>> {
    static LINKS: LazyLock<Selector> =
        LazyLock::new(|| selector("a, li[onclick], tr[onclick], dd[onclick], div[onclick], p[onclick], span[onclick]"));
    static ANCHORS: LazyLock<Selector> = LazyLock::new(|| selector("a[href]"));
    // A row that is opened as a whole is an item unless the link in it says where it leads.
    let is_link = |element: &ElementRef<'_>| element.value().name() == "a" || element.select(&ANCHORS).next().is_none();
    view.html().select(&LINKS).filter(is_link).filter_map(|element| link(view, element))
}

fn link<'a>(view: &View, element: ElementRef<'a>) -> Option<Link<'a>> {
    let url = address(view, |name| element.attr(name))?;
    if element.value().name() != "a" && !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let Title { text: title, day_parts } = Title::of(element);
    if title.is_empty() || is_label(&title) {
        return None;
    }
    let at_home = address_weight(&url) > 0 && is_home_of(view.url(), &url);
    let home = if at_home { AT_HOME } else { 0 };
    let weight = title_weight(&title) + address_weight(&url) + home - place_penalty(element);
    Some(Link { element, url, title, day_parts, weight, at_home })
}

/// Words on links that are never items: steps of a pager, invitations to click, the small print of every footer.
fn is_label(title: &str) -> bool {
    let lower = title.to_lowercase();
    let word = lower.trim_matches(|c: char| !c.is_alphanumeric());
    NO_ITEM_LABELS.is(word) || is_neighbour(word) || SMALL_PRINT.is_in(&lower) || is_step(title)
}

/// The article before or behind this one: what stands on articles, not on lists.
pub(super) fn is_neighbour(text: &str) -> bool {
    NEIGHBOUR_ARTICLES.starts(text).is_some()
}

fn title_weight(title: &str) -> i32 {
    match title.chars().filter(|c| c.is_alphanumeric()).count() {
        0..=4 => -5,
        5 => 0,
        6..=9 => 3,
        _ => 10,
    }
}

/// An article has a number, a hash or a day in its address, or is a file; a column ends in `/` or `index.html`.
fn address_weight(url: &Url) -> i32 {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:\d{4}|[0-9a-f]{12})[^/]*$|/\d+\.\w+$|[?&]\w*id=\w+|\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$")
    });
    let path = url.path();
    if url.scheme() != "http" && url.scheme() != "https" {
        return -5;
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    if file.is_empty() || file.starts_with("index.") || file.starts_with("list.") {
        return -10;
    }
    let with_query = url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    if ITEM.is_match(&with_query) { 10 } else { 0 }
}

/// Menus, crumbs, footers and pagers hold no items.
fn place_penalty(element: ElementRef<'_>) -> i32 {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)nav|menu|foot|crumb|weizhi|position|pagination|paging|friend|share|sidebar|toolbar|sitemap|copyright|recommend|related",
        )
    });
    let inside = element.ancestors().filter_map(ElementRef::wrap).any(|ancestor| {
        let value = ancestor.value();
        let named = |name: &str| value.attr(name).is_some_and(|words| PLACE.is_match(words));
        matches!(value.name(), "nav" | "footer" | "header" | "aside") || named("class") || named("id")
    });
    // A list inside a row that is a link itself is a menu that unfolds, or a tree of columns.
    let own_link = |row: ElementRef<'_>| row.child_elements().any(|child| child.value().name() == "a");
    let rows = element.ancestors().filter_map(ElementRef::wrap).filter(|above| above.value().name() == "li");
    let nested = if rows.skip(1).any(own_link) { 15 } else { 0 };
    nested.max(if inside { 15 } else { 0 })
}
