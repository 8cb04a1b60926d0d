//! A list page as discovery looks at it: its tree, its text, and the address that its links are relative to.

use std::borrow::Cow;
use std::sync::LazyLock;

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::pattern::selector;
use crate::model::{Page, Posted};
use crate::page::parse_html;
use crate::text::clean_line;

/// Stands for the address of a saved page of unknown origin; RFC 2606 reserves the name.
const UNKNOWN: &str = "http://page.invalid/";

/// A parsed list page.
pub(super) struct View<'a> {
    /// The markup.
    pub(super) markup: Cow<'a, str>,
    /// The tree.
    pub(super) html: Html,
    /// Where the page was fetched.
    pub(super) url: Url,
    /// What relative links are relative to: the address, or what `<base>` says.
    base: Url,
    /// The number of the column in the address, if there is one.
    column: Option<String>,
}

/// The numbers of a path that may be that of a column: page numbers and years are shorter.
fn numbers(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split(|c: char| !c.is_ascii_digit()).filter(|number| {
        let is_year = number.len() == 4 && (number.starts_with("20") || number.starts_with("19"));
        number.len() > 2 && !is_year
    })
}

impl<'a> View<'a> {
    pub(super) fn new(page: &'a Page) -> Self {
        static BASE: LazyLock<Selector> = LazyLock::new(|| selector("base[href]"));
        let html = parse_html(&page.text);
        let unknown = || Url::parse(UNKNOWN).expect("a fixed address");
        let url = page.url.clone().unwrap_or_else(unknown);
        let base = html.select(&BASE).next().and_then(|base| url.join(base.attr("href")?).ok());
        let base = base.unwrap_or_else(|| url.clone());
        let column = numbers(url.path()).next_back().map(ToOwned::to_owned);
        Self { markup: Cow::Borrowed(&page.text), html, url, base, column }
    }

    /// Markup that the page carries in a script, read as if it were the page.
    pub(super) fn fragment(&self, markup: String) -> View<'static> {
        let html = parse_html(&markup);
        let (url, base, column) = (self.url.clone(), self.base.clone(), self.column.clone());
        View { markup: Cow::Owned(markup), html, url, base, column }
    }

    /// Whether an address belongs to this page: it lies below the folder of the page, or bears the number of the column
    /// (`/col/col1229346873/index.html`, `/art/2023/2/28/art_1229346873_12.html`).
    pub(super) fn is_home_of(&self, url: &Url) -> bool {
        self.is_below(url)
            || self
                .column
                .as_deref()
                .is_some_and(|own| self.url.host() == url.host() && numbers(url.path()).any(|number| number == own))
    }

    /// Whether an address lies below the folder of this page, as articles do and other columns do not; the root is
    /// nobody's folder.
    pub(super) fn is_below(&self, url: &Url) -> bool {
        let folder = self.url.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let rest = url.path().strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        !folder.is_empty() && self.url.host() == url.host() && rest.is_some_and(|rest| rest.contains('/'))
    }

    /// A link as an absolute address without a fragment; `None` if it leads nowhere or only to a place on this page.
    pub(super) fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let mut url = self.base.join(href).ok()?;
        url.set_fragment(None);
        // Only a form makes us send something, never a link.
        Posted::of(&url).is_none().then_some(url)
    }
}

/// The text that a reader sees of an element, one piece a text node, without the elements that `skip` names.
pub(super) fn pieces(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    collect(element, skip, &mut pieces);
    pieces
}

fn collect(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool, pieces: &mut Vec<String>) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                let piece = clean_line(text);
                if !piece.is_empty() {
                    pieces.push(piece);
                }
            }
            Node::Element(inner) if !matches!(inner.name(), "script" | "style" | "template" | "noscript") => {
                if let Some(inner) = ElementRef::wrap(child).filter(|inner| !skip(*inner)) {
                    collect(inner, skip, pieces);
                }
            }
            _ => {}
        }
    }
}

/// All the text that a reader sees of an element, in one line.
pub(super) fn seen(element: ElementRef<'_>) -> String {
    clean_line(&pieces(element, &|_| false).join(" "))
}
