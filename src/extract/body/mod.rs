//! The body of an article as the lines that make it up: found, cleaned of what surrounds it, cut into blocks.

mod copies;
mod foot;
mod weights;
mod find;
mod reach;
mod related;
mod boilerplate;
mod left_out;
mod lines;
mod wrapped;
mod table;
mod pictures;
mod blocks;

pub(super) use lines::Body;
pub(super) use related::points_below;
pub(super) use table::Grids;
pub(super) use wrapped::begins_item;

use std::collections::HashSet;

use super::Rules;
use super::explain::Trace;
use crate::model::{Block, Warning};
use crate::page::{Id as _, LineId, NodeId, Span, View};
use reach::Reach;
use weights::Weights;

/// The body of a page with its blocks.
pub(super) struct Found {
    pub(super) body: Body,
    pub(super) blocks: Vec<Block>,
    /// What was odd about the lines.
    pub(super) warnings: Vec<Warning>,
    /// Running text of the body.
    pub(super) weight: f64,
    /// The tables of short cells of the page.
    pub(super) grids: Grids,
    /// The line that shows the title as the tags give it, if one does.
    pub(super) title: Option<LineId>,
    /// Where the foot of the page begins, which tells of the site.
    pub(super) foot: LineId,
}

/// Finds the body of a page; `titles` are the letters of the titles that its tags declare.
pub(super) fn read(view: &View, titles: &[String], rules: Rules<'_>, trace: &mut Trace<'_>) -> Found {
    let (weights, hidden) = Weights::of_page(view, titles, trace);
    let element = find::element(view, &weights, rules.article.body.as_ref(), trace);
    let hidden = hidden || view.tree.get(element).is_some_and(|node| node.style.hidden);
    let reach = match rules.article.body {
        Some(_) => Reach::of_element(view, element),
        None => Reach::around(view, &weights, titles, element, hidden, trace),
    };
    let removed = removed(view, rules);
    let (body, named) = boilerplate::without(view, &reach, &removed, titles, &weights, hidden, trace);
    let (blocks, mut warnings) = blocks::blocks(view, &body, trace);
    if rules.article.body.is_none() {
        warnings.extend(left_out::left_out(view, (&body, &named), &weights, hidden, trace));
    }
    let weight = weights.of(body.span);
    Found { body, blocks, warnings, weight, grids: weights.grids, title: weights.heading, foot: weights.foot }
}

/// What the source file removes.
fn removed(view: &View, rules: Rules<'_>) -> Vec<Span<NodeId>> {
    let found: HashSet<NodeId> = rules.article.remove.iter().flat_map(|selector| view.tree.select(selector)).collect();
    found.into_iter().map(|at| at.to(view.tree.end(at))).collect()
}
