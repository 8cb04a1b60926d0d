//! The body goes on beside its element: running text above and below it, up to what is recognised as no part of it.

use super::judge::{Judge, Verdict};
use super::weights::Weights;
use crate::extract::rules::DropRule;
use crate::page::{Each, Id as _, LineId, NodeId, Span, line_class};
use crate::words::BODIES;

/// Most characters of a line of signatures.
const LONGEST_SIGNATURE: usize = 30;
/// Fewest characters of a line above the element that is text without a mark.
const LONG: usize = 12;
/// So far out from the element a signature stands at most.
const LEVELS: usize = 2;

/// What a line outside of the element is on the way from it.
enum Step {
    /// No part of the body, and nothing ends with it.
    Skip(DropRule),
    /// No part of the body, and the body does not go on behind it.
    End(DropRule),
    /// Text, if text follows it.
    Pending,
    /// Text.
    Running,
}

/// Adds the lines beside the element that go on with the body, and says of the others why they are no part of it.
pub(super) fn add(
    judge: &Judge<'_>,
    weights: &Weights,
    removed: &[Span<NodeId>],
    verdicts: &mut Each<LineId, Verdict>,
) {
    let all = judge.view.lines().all();
    let inside = judge.inside;
    let cut = |rules: &[DropRule]| {
        inside.iter().any(|n| matches!(verdicts[n], Verdict::Dropped(rule) if rules.contains(&rule)))
    };
    let headed = cut(&[DropRule::Head, DropRule::Title, DropRule::AboveTitle, DropRule::BareDay]);
    let ended = cut(&[DropRule::Tail, DropRule::Foot, DropRule::Copy]);
    let is_empty = inside.iter().all(|n| verdicts[n] != Verdict::Body);
    let above = all.start.to(inside.start);
    let below = inside.end.to(all.end);
    if !headed && !is_empty && judge.trace.allows(BESIDE) {
        walk(judge, weights, removed, above.iter().rev(), true, verdicts);
    }
    if !ended && !is_empty && judge.trace.allows(BESIDE) {
        walk(judge, weights, removed, below.iter(), false, verdicts);
    }
    for n in above.iter().chain(below.iter()) {
        if verdicts[n] != Verdict::Outside {
            continue;
        }
        let rule = match step(judge, weights, removed, n, n < inside.start) {
            Step::Skip(rule) | Step::End(rule) => rule,
            Step::Pending | Step::Running => DropRule::Beside,
        };
        verdicts[n] = Verdict::Dropped(rule);
    }
}

/// The name of the rule by which lines beside the element are added.
const BESIDE: &str = crate::extract::rules::BodyRule::Beside.name();

/// Goes from the element outwards and takes what lies before the last running line.
fn walk(
    judge: &Judge<'_>,
    weights: &Weights,
    removed: &[Span<NodeId>],
    lines: impl Iterator<Item = LineId>,
    up: bool,
    verdicts: &mut Each<LineId, Verdict>,
) {
    let mut pending = Vec::new();
    let mut near = true;
    for n in lines {
        match step(judge, weights, removed, n, up) {
            Step::Skip(rule) => verdicts[n] = Verdict::Dropped(rule),
            Step::End(_) => break,
            Step::Running => {
                verdicts[n] = Verdict::Body;
                for n in pending.drain(..) {
                    verdicts[n] = Verdict::Body;
                }
            }
            Step::Pending if !up && near && is_signature(judge, n) => verdicts[n] = Verdict::Body,
            Step::Pending => pending.push(n),
        }
        near = pending.is_empty();
    }
}

fn step(judge: &Judge<'_>, weights: &Weights, removed: &[Span<NodeId>], n: LineId, up: bool) -> Step {
    let lines = judge.view.lines();
    let (line, text) = (&lines[n], judge.text(n));
    if let Some(rule) = judge.stray(n, removed) {
        return Step::Skip(rule);
    }
    if n >= weights.foot {
        return Step::End(DropRule::Foot);
    }
    if weights.repeated[n] {
        return Step::Skip(DropRule::Copy);
    }
    let edge = if up { DropRule::Head } else { DropRule::Tail };
    if lines.is_furniture(n) || line_class::ends_article(text) || line_class::is_reading_head(text) {
        return Step::End(DropRule::Furniture);
    }
    if up && (n <= weights.anchor && weights.anchor > lines.all().start || judge.is_title(n) || judge.is_bare_day(n)) {
        return Step::End(edge);
    }
    if judge.label(n).is_some() {
        return Step::End(edge);
    }
    if line.is_linked() && (up || judge.is_further_reading(n)) {
        return Step::End(DropRule::Links);
    }
    if is_running(text, line.marks, line.chars, up) { Step::Running } else { Step::Pending }
}

/// Text of an article rather than a word of the page: a sentence, an opener, an addressee, a line that closes.
fn is_running(text: &str, marks: usize, chars: usize, up: bool) -> bool {
    text.ends_with(['。', '；', '：', ':', '！', '？']) && chars > 1
        || marks > 1
        || marks > 0 && chars >= LONG
        || up && chars >= LONG
        || line_class::begins_item(text)
        || line_class::is_closing(text) && !line_class::heads_files(text)
}

/// The name of a body alone in its line, beside the element.
fn is_signature(judge: &Judge<'_>, n: LineId) -> bool {
    let (line, text) = (&judge.view.lines()[n], judge.text(n));
    let tree = &judge.view.tree;
    let around = tree.upwards(judge.element).skip(1).take(LEVELS);
    let near = || around.into_iter().any(|at| tree.parent(line.block) == at);
    line.chars < LONGEST_SIGNATURE && BODIES.ends(text).is_some_and(|word| word.meaning.is_none()) && near()
}
