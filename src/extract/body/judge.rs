//! What can be said of a line of the page when the body is told from what surrounds it.

use crate::extract::explain::Trace;
use crate::extract::rules::DropRule;
use crate::page::{Id as _, LabelLine, LineId, NodeId, Span, Tag, View, behind, letters, line_class, without_date};
use crate::text::{find_date, is_blank, is_private_use};

/// Most bytes of a line that is a tool of the page.
const LONGEST_TOOL: usize = 90;
/// Most characters of a day with a time and no more.
const LONGEST_DAY: usize = 23;
/// Fewest linked characters of a line that is a link and a day, and most of the day and the marks around it.
const LINK_AND_DAY: (usize, usize) = (8, 14);

/// What a line of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stands outside of the element.
    Outside,
    /// It is part of the body.
    Body,
    /// It is none.
    Dropped(DropRule),
}

/// What is known when the lines of an element are judged.
pub(super) struct Judge<'a> {
    pub(super) view: &'a View,
    pub(super) element: NodeId,
    pub(super) inside: Span<LineId>,
    /// The letters of the declared titles.
    pub(super) titles: &'a [String],
    /// What is hidden is part of the article.
    pub(super) hidden: bool,
    pub(super) trace: &'a Trace<'a>,
}

impl Judge<'_> {
    /// The rule, if it holds and is on.
    pub(super) fn on(&self, rule: DropRule, holds: bool) -> Option<DropRule> {
        (holds && self.trace.allows(rule.name())).then_some(rule)
    }

    pub(super) fn text(&self, n: LineId) -> &str {
        self.view.lines().text(n)
    }

    /// Why a line is out wherever it stands.
    pub(super) fn stray(&self, n: LineId, removed: &[Span<NodeId>]) -> Option<DropRule> {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        let icons = || text.chars().all(|c| is_private_use(c) || is_blank(c));
        self.on(DropRule::Hidden, line.style.hidden && !self.hidden)
            .or_else(|| self.on(DropRule::IconFont, icons()))
            .or_else(|| self.on(DropRule::Source, removed.iter().any(|removed| removed.contains(line.first))))
            .or_else(|| self.on(DropRule::Tool, text.len() < LONGEST_TOOL && line_class::holds_tool(text)))
            .or_else(|| self.on(DropRule::FurnitureBox, self.is_boxed(line.block)))
    }

    /// The block stands in a box of furniture inside the element, or beside it; inside one without a sentence.
    pub(super) fn is_boxed(&self, block: NodeId) -> bool {
        let (tree, element) = (&self.view.tree, self.element);
        let inside = tree.span(element).contains(block);
        let holds = |at: NodeId| at <= element && tree.end(at) > element;
        let mut around = tree.upwards(block).take_while(|&at| !holds(at)).filter(|&at| tree[at].named_furniture);
        around.any(|at| !inside || self.view.lines().marks(self.view.lines_in(at)) == 0)
    }

    pub(super) fn is_title(&self, n: LineId) -> bool {
        /// Fewest letters of a title that tell it, and the part of it that must be there.
        const SHOWN: (usize, usize) = (5, 3);
        let text = without_date(self.text(n));
        self.titles.iter().any(|title| {
            let whole = title.chars().count();
            let shown = behind(letters(title), text).map(|rest| whole - rest.count());
            shown.is_some_and(|shown| shown >= SHOWN.0 && shown * SHOWN.1 > whole)
        })
    }

    pub(super) fn label(&self, n: LineId) -> Option<&LabelLine> {
        self.view.lines().labels(n).filter(|labels| labels.leads())
    }

    /// `2023-02-28` and perhaps a time, nothing else.
    pub(super) fn is_bare_day(&self, n: LineId) -> bool {
        self.view.lines().get(n).is_some_and(|line| line.chars <= LONGEST_DAY) && is_day(self.text(n))
    }

    pub(super) fn in_grid(&self, n: LineId) -> bool {
        self.is_in(n, |tag| matches!(tag, Tag::Cell | Tag::HeadCell))
    }

    pub(super) fn is_in(&self, n: LineId, fits: impl Fn(Tag) -> bool) -> bool {
        self.view.lines().get(n).is_some_and(|line| self.view.tree.nearest(line.block, fits).is_some())
    }

    /// A line that is a link to another page, or names one behind 相关解读：.
    pub(super) fn is_further_reading(&self, n: LineId) -> bool {
        let Some(line) = self.view.lines().get(n) else { return false };
        let text = self.text(n);
        let to_file =
            line_class::is_file_name(text) || text.contains("附件") || self.links_to_file(line.first.to(line.last + 1));
        let headed = text.split_once(['：', ':']).is_some_and(|(head, _)| line_class::is_related_head(head));
        let dated = line.links + LINK_AND_DAY.1 >= line.chars && line.links >= LINK_AND_DAY.0 && is_day(text);
        !to_file
            && (line.links * 10 >= line.chars * 9
                || dated
                || headed && line.is_linked()
                || headed && text.contains('《'))
    }

    pub(super) fn links_to_file(&self, nodes: Span<NodeId>) -> bool {
        let tree = &self.view.tree;
        nodes.iter().any(|at| {
            let link = tree.nearest(at, |tag| tag == Tag::Link);
            link.and_then(|link| tree.attribute(link, "href")).is_some_and(line_class::is_file_address)
        })
    }
}

/// A text with a day written in figures.
pub(super) fn is_day(text: &str) -> bool {
    find_date(text).is_some() && !text.contains(['（', '年'])
}
