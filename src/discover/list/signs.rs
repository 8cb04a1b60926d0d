//! Signs that a list is that of the column and not one beside it: its heading, and the pager next to it.

use std::collections::HashSet;
use std::sync::LazyLock;

use ego_tree::{NodeId, NodeRef};
use regex::Regex;
use scraper::ElementRef;
use scraper::node::Node;

use crate::discover::column::site_info;
use crate::discover::pager::declared_pages;
use crate::discover::pager::steps::Step;
use crate::discover::pattern::pattern;
use crate::page::{View, pieces};
use crate::text::find_date;
use crate::words::SIDE_HEADINGS;

/// What a page says about the place of its main list.
pub(super) struct Signs<'a> {
    /// The names of the column, letters and digits only.
    names: Vec<String>,
    /// Where the pager stands.
    pager: Option<NodeRef<'a, Node>>,
}

/// What a heading says of the list below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// It is the name of the column.
    Column,
    /// It is that of a box beside the list: 最新公开, 热点.
    Beside,
    /// Neither.
    Other,
}

/// A heading is a few words.
const LONGEST_HEADING: usize = 60;
/// So many elements above a list its heading is looked for.
const LEVELS: usize = 4;

impl<'a> Signs<'a> {
    pub(super) fn new(view: &'a View) -> Self {
        let columns = site_info::site_info(view).column.into_iter().chain(crumb(view));
        let names = columns.map(|name| plain(&name)).filter(|name| name.chars().count() > 1).collect();
        Self { names, pager: view.html().tree.root().descendants().find(|node| is_pager(*node)) }
    }

    /// What stands above a list with these links as its first and its last.
    pub(super) fn heading(&self, first: ElementRef<'_>, last: ElementRef<'_>) -> Heading {
        let around: HashSet<NodeId> = last.ancestors().map(|above| above.id()).collect();
        let chain = std::iter::once(*first).chain(first.ancestors());
        // From the row that begins the list.
        let rows = chain.skip_while(|node| node.parent().is_some_and(|parent| !around.contains(&parent.id())));
        let before = rows.take(LEVELS + 1).find_map(|node| {
            let mut texts = node.prev_siblings().map(said).filter(|texts| !texts.is_empty());
            texts.next()
        });
        let texts: Vec<String> = before.unwrap_or_default();
        if texts.iter().map(|text| text.chars().count()).sum::<usize>() > LONGEST_HEADING {
            return Heading::Other;
        }
        if texts.iter().any(|text| self.names.contains(text)) {
            return Heading::Column;
        }
        if texts.iter().any(|text| is_beside(text)) { Heading::Beside } else { Heading::Other }
    }

    /// How near the pager is to a list that begins with this link: how deep the element lies that holds both, and where
    /// the list begins; `None` if the pager stands before the list or there is none.
    pub(super) fn nearness(&self, first: ElementRef<'_>) -> Option<(usize, NodeId)> {
        let pager = self.pager.filter(|pager| pager.id() > first.id())?;
        let around: HashSet<NodeId> = first.ancestors().map(|above| above.id()).collect();
        let depth = pager.ancestors().filter(|above| around.contains(&above.id())).count();
        Some((depth, first.id()))
    }
}

/// The texts that a reader sees of a node, letters and digits only, days aside.
fn said(node: NodeRef<'_, Node>) -> Vec<String> {
    let texts = match (node.value(), ElementRef::wrap(node)) {
        (Node::Text(text), _) => vec![text.to_string()],
        (_, Some(element)) if !matches!(element.value().name(), "script" | "style") => pieces(element, &|_| false),
        _ => Vec::new(),
    };
    let texts = texts.iter().filter(|text| find_date(text).is_none()).flat_map(|text| steps(text));
    texts.filter(|text| !text.is_empty()).collect()
}

/// The steps of a breadcrumb, letters and digits only.
fn steps(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.split(['>', '»', '›', '＞', '→', '/', '\\', '-', '：', ':']).map(plain)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_beside(heading: &str) -> bool {
    heading.chars().count() <= 8 && SIDE_HEADINGS.is_in(heading)
}

/// The last step of the breadcrumb: 当前位置：首页 > 政务公开 > 法治政府建设.
fn crumb(view: &View) -> Option<String> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern("(?:当前|所在|您的|现在)的?位置"));
    let labels = |node: &NodeRef<'_, Node>| node.value().as_text().is_some_and(|text| LABEL.is_match(text));
    let label = view.html().tree.root().descendants().find(labels)?;
    let around = label.ancestors().filter_map(ElementRef::wrap).take(3);
    let mut texts = around.map(|element| pieces(element, &|_| false).concat());
    let steps = texts.find_map(|text| {
        let steps: Vec<String> = steps(&text).filter(|step| !step.is_empty()).collect();
        (steps.len() > 2).then_some(steps)
    })?;
    steps.into_iter().rev().find(|step| step != "列表" && step != "正文")
}

/// Whether a pager begins here: a link to the next or last page, a number of pages, a script that draws them.
fn is_pager(node: NodeRef<'_, Node>) -> bool {
    static DRAWN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)createPageHTML\s*\(\s*['\x22\d]|laypage[\w.]*\("));
    match node.value() {
        Node::Text(text) => {
            let in_script =
                node.parent().and_then(ElementRef::wrap).is_some_and(|above| above.value().name() == "script");
            if in_script {
                DRAWN.is_match(text)
            } else {
                (matches!(Step::of(text), Some(Step::Next | Step::Last)) && text.chars().any(char::is_alphabetic))
                    || declared_pages(text).is_some()
            }
        }
        _ => false,
    }
}
