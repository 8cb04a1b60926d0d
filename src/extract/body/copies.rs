//! Text that stands on the page a second time: the mobile copy beside the desktop's.

use std::collections::HashMap;

use crate::page::{Each, Id as _, LineId, Lines};

/// Fewest characters of a sentence that is not said twice by chance.
const LONG: usize = 20;

/// For every line whether it belongs to a run of lines that stood on the page before, one of them a sentence.
pub(super) fn repeated(lines: &Lines) -> Each<LineId, bool> {
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
        again.within_mut(back.to(behind + 1)).fill(true);
    }
    again
}
