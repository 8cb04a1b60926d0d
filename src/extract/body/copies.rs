//! Text that stands on the page a second time: the mobile copy beside the desktop's.

use std::collections::HashMap;

use crate::page::{Each, Id as _, LabelLine, LineId, View};
use crate::text::dates;

/// Fewest characters of a sentence that is not said twice by chance.
const LONG: usize = 12;

/// For every line whether it belongs to a copy of lines that stand elsewhere on the page, some of them sentences.
///
/// An article may say a thing again, as decisions on several applications do. Of a copy most of what lies between the two
/// beginnings comes again, and no line leads it that is another one than that of the original. The original is the first that
/// a reader sees.
pub(super) fn repeated(view: &View) -> Each<LineId, bool> {
    let lines = view.lines();
    let is_said = |n: &LineId| lines[*n].marks > 0 && lines[*n].chars >= LONG;
    let (hidden, shown): (Vec<LineId>, Vec<LineId>) =
        lines.all().iter().filter(is_said).partition(|&n| lines[n].style.hidden);
    let mut first: HashMap<&str, LineId> = HashMap::new();
    let mut again: Each<LineId, bool> = lines.all().iter().map(|_| false).collect();
    for n in shown.into_iter().chain(hidden) {
        let known = *first.entry(lines.text(n)).or_insert(n);
        if known == n || again[n] {
            continue;
        }
        // The line of the original at the place of one of the copy.
        let apart = if known < n { n - known } else { known - n };
        let original = |m: LineId| match known < n {
            true if m.index() >= apart => Some(m - apart),
            true => None,
            false => Some(m + apart),
        };
        let same =
            |m: &LineId| original(*m).is_some_and(|of| lines.get(of).is_some() && lines.text(of) == lines.text(*m));
        let fresh = |m: &LineId| same(m) && !again[*m];
        let from = if known < n { known + 1 } else { lines.all().start };
        let to = if known < n { lines.all().end } else { known };
        let back = from.to(n + 1).iter().rev().take_while(fresh).last().unwrap_or(n);
        let behind = n.to(to).iter().take_while(same).last().unwrap_or(n);
        let run = back.to(behind + 1);
        let is_led = leads(view, back) && original(back).is_some_and(|of| leads(view, of));
        if run.len() * 2 > apart && !is_led {
            again.within_mut(run).fill(true);
        }
    }
    again
}

/// Whether the line before stands in the box of this line and is a part of the text: no day, no label, no link.
fn leads(view: &View, n: LineId) -> bool {
    let lines = view.lines();
    if n == lines.all().start {
        return false;
    }
    let (before, text, own) = (&lines[n - 1], lines.text(n - 1), lines[n].block);
    // An element with lines of its own is a box, one that is a line stands in one.
    let is_box = view.lines_in(own).len() > 1;
    let beside = before.block == own || !is_box && view.tree.parent(before.block) == view.tree.parent(own);
    beside && before.links == 0 && LabelLine::read(text, &[]).count() == 0 && dates(text).next().is_none()
}
