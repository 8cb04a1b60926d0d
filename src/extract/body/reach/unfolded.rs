//! Parts of an article that are hidden until a reader unfolds them.

use super::{Around, STEPS};
use crate::page::{Id as _, LineId, NodeId, Span, line_class};
use crate::words::READING_HEADS;

impl Around<'_> {
    /// A hidden part of the article beside what is shown: the page that a reader turns to, or the whole of a cut text.
    pub(super) fn unfolded(&self, shown: Span<LineId>) -> Span<LineId> {
        if self.hidden {
            return Span::empty();
        }
        let tree = &self.view.tree;
        let near = tree.upwards(self.core).take(STEPS).last().unwrap_or(self.core);
        let hangs = |&at: &NodeId| {
            let node = &tree[at];
            node.style.hidden && !node.named_furniture && at > NodeId::ROOT && !tree[tree.parent(at)].style.hidden
        };
        let mut boxes = tree.span(near).iter().filter(hangs);
        boxes.find_map(|at| self.part(at, shown)).unwrap_or_else(Span::empty)
    }

    /// The lines of a hidden box, if they go on with the article or hold all of it.
    fn part(&self, at: NodeId, shown: Span<LineId>) -> Option<Span<LineId>> {
        let (lines, inside) = (self.view.lines(), self.view.lines_in(at));
        let fresh = |&n: &LineId| !self.weights.repeated[n];
        let announced = inside.start > lines.all().start && line_class::unfolds(self.text(inside.start - 1));
        let sentences = inside.iter().filter(fresh).filter(|&n| lines[n].is_sentence && lines[n].links == 0).count();
        let again = inside.iter().filter(|n| !fresh(n)).count();
        let reads = announced && inside.len() > 0 || sentences > 0 && inside.len() > 1 && self.is_page_beside(at);
        let furniture = inside.iter().any(|n| self.ends(n));
        (reads && !furniture && again * 2 <= shown.len() * 3).then_some(inside)
    }

    /// A hidden box made like one beside it that holds what is shown, and no tab: 正文 解读 附件 above name those.
    fn is_page_beside(&self, at: NodeId) -> bool {
        let tree = &self.view.tree;
        let make = |at: NodeId| (tree.name(at), tree.attribute(at, "class"));
        let shown = tree.upwards(self.core).find(|&around| tree.parent(around) == tree.parent(at));
        shown.is_some_and(|shown| make(shown) == make(at) && !self.is_tab(shown))
    }

    /// The names of tabs stand close above a box.
    fn is_tab(&self, at: NodeId) -> bool {
        /// So many lines above, and most characters of a name.
        const NEAR_ABOVE: (usize, usize) = (8, 8);
        let name = |n: LineId| self.view.lines().get(n).filter(|line| line.chars <= NEAR_ABOVE.1).map(|_| self.text(n));
        let text =
            |n: LineId| name(n).is_some_and(|name| ["正文", "原文", "内容"].iter().any(|end| name.ends_with(end)));
        let other = |n: LineId| name(n).is_some_and(|name| READING_HEADS.ends(name).is_some() || name == "附件");
        let first = self.view.lines_in(at).start;
        (first - NEAR_ABOVE.0).to(first).iter().any(|n| text(n) && other(n + 1))
    }
}
