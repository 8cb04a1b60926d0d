//! Which element holds the body: the smallest one with the running text of the page and its closing lines.

use scraper::Selector;

use super::table;
use super::weights::Weights;
use crate::extract::explain::{BodyCandidate, Trace};
use crate::extract::rules::BodyRule;
use crate::page::{Id as _, Line, LineId, NodeId, Span, Tag, View};

/// Share of a body that stray sentences of the page around it may weigh: slogans, and titles with commas in them.
const STRAY: f64 = 0.6;
/// Share of a body that may stand outside of its element, and how much of a short one.
const LOSS: (f64, f64) = (0.12, 12.0);

/// The element that holds the body; `wanted` is what the source file names.
pub(super) fn element(view: &View, weights: &Weights, wanted: Option<&Selector>, trace: &mut Trace<'_>) -> NodeId {
    if let Some(at) = wanted.and_then(|selector| view.tree.select(selector).next()) {
        note(view, weights, trace, at, BodyRule::Source, true);
        return at;
    }
    let Scored { at, smaller, rule } = by_weight(view, weights, trace);
    if let Some(smaller) = smaller {
        note(view, weights, trace, smaller, rule, false);
    }
    note(view, weights, trace, at, rule, true);
    at
}

fn note(view: &View, weights: &Weights, trace: &mut Trace<'_>, at: NodeId, rule: BodyRule, chosen: bool) {
    if chosen {
        trace.hits(rule.name(), 1);
    }
    trace.body(|| {
        let span = view.lines_in(at);
        let inside = view.lines().among(span);
        let chars: usize = inside.iter().map(|line| line.chars).sum();
        let in_links: usize = inside.iter().map(|line| line.links).sum();
        #[expect(clippy::cast_precision_loss, reason = "a page has far less than 2^52 characters")]
        let links = if chars == 0 { 0.0 } else { in_links as f64 / chars as f64 };
        BodyCandidate { element: view.tree.label(at), rule, score: weights.of(span), chars, links, chosen }
    });
}

/// The element that the weights propose.
struct Scored {
    at: NodeId,
    /// The next smaller one.
    smaller: Option<NodeId>,
    /// Why not that.
    rule: BodyRule,
}

fn by_weight(view: &View, weights: &Weights, trace: &mut Trace<'_>) -> Scored {
    let tree = &view.tree;
    let mut at = NodeId::ROOT;
    loop {
        let own = view.lines_in(at);
        let heaviest = tree
            .children(at)
            .filter(|&child| tree.tag(child).is_some_and(may_hold_body))
            .map(|child| (child, view.lines_in(child)))
            .max_by(|a, b| weights.of(a.1).total_cmp(&weights.of(b.1)));
        let Some((child, inside)) = heaviest.filter(|&(_, inside)| weights.of(inside) > 0.0) else {
            return Scored { at, smaller: heaviest.map(|(child, _)| child), rule: BodyRule::Innermost };
        };
        match lacks(view, weights, (at, own), (child, inside), trace) {
            Some(rule) => return Scored { at, smaller: Some(child), rule },
            None => at = child,
        }
    }
}

/// What an element with its lines lacks that the larger one has.
fn lacks(
    view: &View,
    weights: &Weights,
    (at, own): (NodeId, Span<LineId>),
    (child, inside): (NodeId, Span<LineId>),
    trace: &mut Trace<'_>,
) -> Option<BodyRule> {
    let (before, after) = (own.start.to(inside.start), inside.end.to(own.end));
    let (total, kept) = (weights.of(own), weights.of(inside));
    let loss = total - kept;
    let around = || before.iter().chain(after.start.to(after.end.min(weights.foot)).iter());
    let strays = || loss < kept * STRAY && trace.allows(BodyRule::Strays.name()) && mostly_links(view, around());
    // Of hardly any text the larger part is no loss to bear.
    let outside = loss > (kept * LOSS.0).max(LOSS.1.min(kept));
    let stray = outside && strays();
    let on = |rule: BodyRule, holds: bool| (holds && trace.allows(rule.name())).then_some(rule);
    let lacks = on(BodyRule::TextOutside, outside && !stray)
        .or_else(|| on(BodyRule::ClosingLines, weights.closings(after) > 0))
        .or_else(|| on(BodyRule::EditorBox, splits_editor_box(view, weights, at, child)))
        .or_else(|| on(BodyRule::DataTable, is_part_of_data(view, at)))
        .or_else(|| on(BodyRule::Items, is_item(view, at, child)))
        .or_else(|| on(BodyRule::Paragraph, is_paragraph(view, at, child)));
    trace.hits(BodyRule::Strays.name(), usize::from(stray && lacks.is_none()));
    lacks
}

/// What an author wrote would be taken apart: the larger element is the box of an editor and shows text outside of the
/// smaller one, or there is such a box outside of it.
fn splits_editor_box(view: &View, weights: &Weights, at: NodeId, child: NodeId) -> bool {
    /// Least weight of a line beside; what stands above the title or is furniture weighs less.
    const LEAST: f64 = 1.0;
    let tree = &view.tree;
    let (outer, inner) = (tree.span(at), tree.span(child));
    let (own, inside) = (view.lines_in(at), view.lines_in(child));
    if tree.upwards(at).any(|at| tree[at].named_editor) {
        let mut beside = own.start.to(inside.start).iter().chain(inside.end.to(own.end).iter());
        return beside.any(|n| weights.of(n.to(n + 1)) >= LEAST);
    }
    let mut boxes = (outer.start + 1).to(inner.start).iter().chain(inner.end.to(outer.end).iter());
    boxes.any(|at| tree[at].named_editor && weights.of(view.lines_in(at)) >= LOSS.1)
}

/// The element is a table of data or a part of one.
fn is_part_of_data(view: &View, at: NodeId) -> bool {
    view.tree.nearest(at, |tag| tag == Tag::Table).is_some_and(|table| table::is_grid(view, table))
}

/// Boxes beside this one are built of the same elements and hold text without links, as the items of a list do.
fn is_item(view: &View, at: NodeId, child: NodeId) -> bool {
    /// Fewest elements of an item, and fewest items beside this one.
    const FEWEST: (usize, usize) = (2, 2);
    let tree = &view.tree;
    let built = |at: NodeId| -> Vec<&str> {
        tree.children(at).filter(|&at| tree.tag(at).is_some()).map(|at| tree.name(at)).collect()
    };
    let own = built(child);
    let reads = |at: NodeId| {
        let lines = view.lines().among(view.lines_in(at));
        !lines.is_empty() && lines.iter().all(|line| line.links == 0 && !line.style.hidden)
    };
    let alike = |&other: &NodeId| other != child && tree.tag(other).is_some() && reads(other) && built(other) == own;
    own.len() >= FEWEST.0 && reads(child) && tree.children(at).filter(alike).count() >= FEWEST.1
}

/// One line in a box of its own beside others of the same make, as where `div` marks paragraphs.
fn is_paragraph(view: &View, at: NodeId, child: NodeId) -> bool {
    let tree = &view.tree;
    let make = |at: NodeId| (tree.name(at), tree.attribute(at, "class"), tree.attribute(at, "style"));
    let line = |at: NodeId| {
        let inside = view.lines_in(at);
        let boxed = tree.children(at).any(|at| tree.tag(at).is_some_and(Tag::breaks));
        !boxed && inside.len() == 1 && view.lines().among(inside).iter().all(|line| line.links == 0 && line.chars > 0)
    };
    let alike =
        |&other: &NodeId| other != child && tree.tag(other).is_some() && make(other) == make(child) && line(other);
    line(child) && tree.children(at).any(|other| alike(&other))
}

/// Lines that for the most part are links, as in navigation.
fn mostly_links(view: &View, around: impl Iterator<Item = LineId>) -> bool {
    let sum = |(linked, all), line: &Line| (linked + line.links, all + line.chars);
    let (linked, all) = around.filter_map(|n| view.lines().get(n)).fold((0, 0), sum);
    linked * 2 > all
}

fn may_hold_body(tag: Tag) -> bool {
    !matches!(tag, Tag::Paragraph | Tag::Heading | Tag::Link | Tag::Meta | Tag::Break)
}
