//! The lines of a page that are its body.

use crate::page::{Each, Id as _, LineId, NodeId, Span, View};

/// The lines of a page that are its body.
pub(in crate::extract) struct Body {
    /// The element that holds them.
    pub(in crate::extract) element: NodeId,
    /// The box of its running text.
    pub(in crate::extract) core: NodeId,
    /// From the first to the last.
    pub(in crate::extract) span: Span<LineId>,
    /// For every line of the page whether it is part of the body.
    kept: Each<LineId, bool>,
}

impl Body {
    /// The lines that are kept, of which the first and the last lie inside an element.
    pub(super) fn new(element: NodeId, core: NodeId, inside: Span<LineId>, kept: Each<LineId, bool>) -> Self {
        let first = inside.iter().find(|&n| kept[n]).unwrap_or(inside.start);
        let end = inside.iter().rev().find(|&n| kept[n]).map_or(first, |n| n + 1);
        Self { element, core, span: first.to(end), kept }
    }

    /// No line of the page, as if the body stood behind its last one.
    pub(in crate::extract) fn none(view: &View) -> Self {
        let all = view.lines().all();
        let kept = all.iter().map(|_| false).collect();
        Self { element: NodeId::ROOT, core: NodeId::ROOT, span: all.end.to(all.end), kept }
    }

    /// Whether a line is part of the body.
    pub(in crate::extract) fn holds(&self, n: LineId) -> bool {
        self.kept.get(n) == Some(&true)
    }
}
