//! The decision between the element that the source names, the portal family's and the scorer's.

use scraper::Selector;

use super::explain::BodyCandidate;
use super::families::Families;
use super::locate::{Scored, Weights, by_weight};
use super::trace::Trace;
use crate::page::{At, Dom, Lines};

/// Running text of a page so short that stray sentences may outweigh the article.
const SHORT: f64 = 600.0;

/// The element that holds the body.
pub(super) fn body(
    dom: &Dom<'_>,
    lines: &Lines,
    weights: &Weights,
    families: &Families,
    wanted: Option<&Selector>,
    trace: &mut Trace,
) -> At {
    let weight = |at: At| weights.of(&lines.within(at, dom.end(at)));
    let note = |trace: &mut Trace, at: At, origin: &'static str, chosen: bool, why: &str| {
        trace.body(|| candidate(dom, lines, weights, at, origin, chosen, why));
    };
    if let Some(at) = wanted.and_then(|selector| selected(dom, selector)) {
        note(trace, at, "source", true, "the source names it");
        return at;
    }
    let Scored { at: scored, smaller } = by_weight(dom, lines, weights);
    if let Some((at, lacks)) = smaller {
        note(trace, at, "scorer", false, lacks);
    }
    let heaviest = weight(scored);
    // The first pattern with enough text wins; among its elements the heaviest.
    let fits = |at: At| {
        weight(at) >= heaviest * 0.6
            || heaviest < SHORT && !lines.within(at, dom.end(at)).is_empty() && weight(at) > 0.0
    };
    let fitting: Vec<At> = families.bodies.iter().copied().filter(|&at| fits(at)).collect();
    let Some(&profiled) = fitting.first() else {
        for &at in &families.bodies {
            note(trace, at, "profile", false, "holds too little of the running text");
        }
        note(trace, scored, "scorer", true, "smallest element with the running text and the closing lines");
        return scored;
    };
    let chosen = fitting.iter().copied().find(|&at| weight(at) >= heaviest * 0.97).unwrap_or(profiled);
    let doubled = (chosen..dom.end(chosen)).contains(&scored) && is_doubled(lines, dom, chosen, scored);
    let loses = weight(chosen) < heaviest * 0.97 && heaviest >= SHORT || doubled;
    for &at in families.bodies.iter().filter(|&&at| at != chosen) {
        note(trace, at, "profile", false, "another element of the family holds more or is named first");
    }
    note(trace, chosen, "profile", !loses, "the portal family keeps the body there");
    note(
        trace,
        scored,
        "scorer",
        loses,
        if loses { "the family's element lacks running text" } else { "the family knows better" },
    );
    if loses { scored } else { chosen }
}

/// The outer element holds the sentences of the inner one a second time.
fn is_doubled(lines: &Lines, dom: &Dom<'_>, outer: At, inner: At) -> bool {
    let chars = |at: At| -> usize {
        let all = lines.within(at, dom.end(at)).filter_map(|n| lines.all.get(n));
        all.filter(|line| line.is_sentence).map(|line| line.chars).sum()
    };
    chars(outer) * 10 > chars(inner) * 18
}

fn candidate(
    dom: &Dom<'_>,
    lines: &Lines,
    weights: &Weights,
    at: At,
    origin: &'static str,
    chosen: bool,
    why: &str,
) -> BodyCandidate {
    let range = lines.within(at, dom.end(at));
    let inside = lines.all.get(range.clone()).unwrap_or_default();
    let chars: usize = inside.iter().map(|line| line.chars).sum();
    let in_links: usize = inside.iter().map(|line| line.links).sum();
    #[expect(clippy::cast_precision_loss, reason = "a page has far less than 2^52 characters")]
    let share = if chars == 0 { 0.0 } else { in_links as f64 / chars as f64 };
    let (element, score, why) = (dom.label(at), weights.of(&range), why.to_owned());
    BodyCandidate { element, origin, score, chars, links: share, chosen, why }
}

/// The first element that a CSS selector of the source finds.
pub(super) fn selected(dom: &Dom<'_>, selector: &Selector) -> Option<At> {
    let id = dom.html.select(selector).next()?.id();
    dom.nodes.iter().position(|node| node.id == id)
}
