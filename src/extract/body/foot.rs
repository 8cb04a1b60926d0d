//! The foot of a page: who runs the site, its numbers and its rights; nothing of the article stands there.

use crate::page::{Each, Id as _, Line, LineId, View, line_class};

/// Most running text of a foot, whatever the length of the article: statements of rights are sentences, too.
const LONGEST: f64 = 500.0;
/// Most running text that stands in the foot above its first legal line.
const MOST_ABOVE: f64 = 120.0;
/// A foot is at most one such part of the page.
const PART: usize = 4;

/// The first line of the foot; the end of the page if there is none.
///
/// `own` are the weights of the lines, `title` the line that shows the title, the first if it is unknown.
pub(super) fn foot(view: &View, own: &Each<LineId, f64>, title: LineId) -> LineId {
    let lines = view.lines();
    let all = lines.all();
    let total: usize = lines.among(all).iter().map(Line::plain).sum();
    let (mut below, mut weight, mut registered) = (0, 0.0, false);
    let mut foot = all.end;
    for n in title.to(all.end).iter().rev() {
        let text = lines.text(n);
        below += lines[n].plain();
        weight += own[n];
        registered |= line_class::is_registration(text);
        let small = below * PART <= total || title > all.start && registered && weight <= LONGEST;
        if !small || line_class::is_worded_date(text) {
            break;
        }
        if line_class::is_legal(text) {
            foot = n;
        }
    }
    whole(view, own, title, foot)
}

/// The foot with the lines of its box above the first that tells it.
fn whole(view: &View, own: &Each<LineId, f64>, title: LineId, foot: LineId) -> LineId {
    let lines = view.lines();
    let Some(line) = lines.get(foot) else { return foot };
    let weight = |from: LineId, to: LineId| own.within(from.to(to)).iter().sum::<f64>();
    let (mut top, mut above) = (foot, 0.0);
    for at in view.tree.upwards(line.block) {
        let start = view.lines_in(at).start;
        above += weight(start, top);
        let closes = || start.to(top).iter().any(|n| line_class::is_closing(lines.text(n)));
        if start <= title || above > MOST_ABOVE || start < top && (closes() || above > weight(title, start)) {
            break;
        }
        top = start;
    }
    top
}
