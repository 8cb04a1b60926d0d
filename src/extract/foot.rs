//! The foot of a page: who runs the site, its numbers and its rights; nothing of the article stands there.

use crate::page::{Dom, Lines, line_class};

/// Most running text of a foot, whatever the length of the article: statements of rights are sentences, too.
const LONGEST: f64 = 500.0;
/// Most running text that stands in the foot above its first legal line.
const MOST_ABOVE: f64 = 120.0;

/// The first line of the foot; the number of lines if there is none.
///
/// `own` are the weights of the lines, `title` the line that shows the title, 0 if it is unknown.
pub(super) fn foot(dom: &Dom<'_>, lines: &Lines, own: &[f64], title: usize) -> usize {
    let chars = |n: usize| lines.all.get(n).map_or(0, |line| line.chars - line.links);
    let total: usize = (0..lines.len()).map(chars).sum();
    let (mut below, mut weight, mut registered) = (0, 0.0, false);
    let mut foot = lines.len();
    for n in (title..lines.len()).rev() {
        let text = lines.text(n);
        below += chars(n);
        weight += own.get(n).copied().unwrap_or_default();
        registered |= line_class::is_registration(text);
        let small = below * 4 <= total || title > 0 && registered && weight <= LONGEST;
        if !small || line_class::is_worded_date(text) {
            break;
        }
        if line_class::is_legal(text) {
            foot = n;
        }
    }
    whole(dom, lines, own, title, foot)
}

/// The foot with the lines of its box above the first that tells it.
fn whole(dom: &Dom<'_>, lines: &Lines, own: &[f64], title: usize, foot: usize) -> usize {
    let Some(line) = lines.all.get(foot) else { return foot };
    let weight = |from: usize, to: usize| own.get(from..to).unwrap_or_default().iter().sum::<f64>();
    let (mut top, mut above) = (foot, 0.0);
    for at in dom.upwards(line.block) {
        let start = lines.within(at, dom.end(at)).start;
        above += weight(start, top);
        let closes = || (start..top).any(|n| line_class::is_closing(lines.text(n)));
        if start <= title || above > MOST_ABOVE || start < top && (closes() || above > weight(title, start)) {
            break;
        }
        top = start;
    }
    top
}
