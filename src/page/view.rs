//! A page as every stage reads it: decoded, parsed once, with the address that its links are relative to.

use std::cell::OnceCell;

use html5ever::local_name;
use scraper::Html;
use url::Url;

use super::dom::Dom;
use super::ids::{Id as _, LineId, NodeId, Span};
use super::line_class::is_file_address;
use super::lines::{Line, Lines};
use super::meta::MetaTags;
use super::parse::parse;
use super::posted::{PostedDay, posted};
use super::tag::Tag;
use super::tree::Tree;
use super::written::with_written;
use crate::model::{Page, PageFormat, Posted};
use crate::text::dates;

/// Stands for the address of a saved page of unknown origin; RFC 2606 reserves the name.
const UNKNOWN: &str = "http://page.invalid/";

/// A parsed page.
pub struct View {
    /// The page that was parsed.
    pub page: Page,
    pub(crate) tree: Tree,
    pub(crate) meta: MetaTags,
    /// The lines, which lists do without.
    lines: OnceCell<Lines>,
    /// Where the page was fetched, or what stands for it.
    url: Url,
    /// What relative links are relative to: the address, or what `<base>` says.
    base: Url,
}

impl View {
    /// Parses a page; plain text has an empty tree.
    ///
    /// # Panics
    /// Never: the patterns of the program are sound.
    pub fn new(page: Page) -> Self {
        let dom = match page.format {
            PageFormat::Html => parse(&with_written(&page.text)),
            PageFormat::Plain => Dom::new(1),
        };
        let unknown = || Url::parse(UNKNOWN).expect("a fixed address");
        let url = page.url.clone().unwrap_or_else(unknown);
        let base = dom.named(&local_name!("base")).find_map(|at| dom.element(at)?.attribute("href"));
        let base = base.and_then(|href| url.join(href).ok());
        let base = base.unwrap_or_else(|| url.clone());
        Self::of(page, dom, url, base)
    }

    fn of(page: Page, dom: Dom, url: Url, base: Url) -> Self {
        let tree = Tree::new(dom);
        let meta = MetaTags::new(&tree);
        Self { page, tree, meta, lines: OnceCell::new(), url, base }
    }

    /// The day that a portal puts under a title without a label, if the line is one.
    pub(crate) fn posted(&self, n: LineId) -> Option<PostedDay> {
        let lines = self.lines();
        let leading = || Some(PostedDay { is_certain: true, ..posted(lines.leading_day(n)?)? });
        posted(lines.text(n)).or_else(leading).filter(|_| !self.is_among_days(n))
    }

    /// The line above or below in the same box begins with a day, too: a programme or a chronicle, and no line of metadata.
    pub(crate) fn is_among_days(&self, n: LineId) -> bool {
        let lines = self.lines();
        let begins = |n: LineId| dates(lines.text(n)).next().is_some_and(|found| found.start == 0);
        let boxed = |n: LineId| lines.get(n).map(|line| (line.block, self.tree.parent(line.block)));
        let beside = |m: LineId| {
            let (Some((own, around)), Some((other, other_around))) = (boxed(n), boxed(m)) else { return false };
            m != n && (own == other || around == other_around)
        };
        begins(n) && [n - 1, n + 1].into_iter().any(|m| beside(m) && begins(m))
    }

    /// Markup that the page carries in a script or a field, read as a page at the same address.
    #[must_use]
    pub fn fragment(&self, markup: String) -> Self {
        let Page { url, charset, replaced, .. } = &self.page;
        let page = Page { url: url.clone(), format: PageFormat::Html, text: markup, charset, replaced: *replaced };
        let dom = parse(&page.text);
        Self::of(page, dom, self.url.clone(), self.base.clone())
    }

    /// The markup.
    pub fn markup(&self) -> &str {
        &self.page.text
    }

    /// The tree, for CSS selectors.
    pub fn html(&self) -> &Html {
        self.tree.html()
    }

    /// The lines that a reader sees.
    pub(crate) fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.tree))
    }

    /// The lines in an element.
    pub(crate) fn lines_in(&self, element: NodeId) -> Span<LineId> {
        self.lines().within(self.tree.span(element))
    }

    /// A line of which a part leads to a file.
    pub(crate) fn links_to_file(&self, n: LineId) -> bool {
        let Line { first, last, .. } = self.lines()[n];
        first.to(last + 1).iter().any(|at| {
            let link = self.tree.nearest(at, |tag| tag == Tag::Link);
            link.and_then(|link| self.tree.attribute(link, "href")).is_some_and(is_file_address)
        })
    }

    /// Where the page was fetched; a name that leads nowhere if that is not known.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// A link as an absolute address without a fragment; `None` if it leads nowhere or only to a place on this page.
    pub fn resolve(&self, href: &str) -> Option<Url> {
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
