//! Text that stands on the page a second time: the mobile copy beside the desktop's.

use std::collections::HashMap;

use crate::page::{Each, Id as _, LabelLine, LineId, View};
use crate::text::dates;

/// Fewest characters of a sentence that is not said twice by chance.
const LONG: usize = 20;

/// For every line whether it belongs to a copy of lines that stood on the page before, some of them sentences.
///
/// An article may say a thing again, as decisions on several applications do. Of a copy most of what lies between the two
/// beginnings comes again, and no line leads it that is another one than that of the original.
pub(super) fn repeated(view: &View) -> Each<LineId, bool> {
    let lines = view.lines();
    let mut first: HashMap<&str, LineId> = HashMap::new();
    let mut again: Each<LineId, bool> = lines.all().iter().map(|_| false).collect();
    for n in lines.all().iter() {
        if lines[n].marks == 0 || lines[n].chars < LONG {
            continue;
        }
        let known = *first.entry(lines.text(n)).or_insert(n);
        if known == n || again[n] {
            continue;
        }
        let apart = n - known;
        let same = |m: &LineId| m.index() >= apart && lines.text(*m) == lines.text(*m - apart);
        let fresh = |m: &LineId| same(m) && !again[*m];
        let back = (known + 1).to(n + 1).iter().rev().take_while(fresh).last().unwrap_or(n);
        let behind = n.to(lines.all().end).iter().take_while(same).last().unwrap_or(n);
        let run = back.to(behind + 1);
        let is_led = leads(view, back) && leads(view, back - apart);
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
    let (before, text) = (&lines[n - 1], lines.text(n - 1));
    view.tree.parent(before.block) == view.tree.parent(lines[n].block)
        && before.links == 0
        && LabelLine::read(text, &[]).count() == 0
        && dates(text).next().is_none()
}
