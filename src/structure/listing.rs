//! Lines of lists that head nothing: papers, names with their particulars, things that the line above them announces.

use crate::text::{ends, holds};
use crate::words::THINGS;

use super::assemble::Draft;
use super::lines::Text;

/// In a list of papers, or of names with their particulars, nothing is a heading of anything.
pub(super) fn is_entry(view: &[char]) -> bool {
    let paper = view.first() == Some(&'《') || holds(view, "《") && ends(view, "》");
    let particulars = view.last() == Some(&')')
        && view.iter().rposition(|&c| c == '(').is_some_and(|open| view[open..].contains(&':'));
    paper || particulars
}

/// 各校电话详见附件 is a sentence that lost its mark.
pub(super) fn points_elsewhere(view: &[char]) -> bool {
    ["详见", "见附件", "见附表", "见下表"].iter().any(|word| holds(view, word))
}

/// `一、申请材料` stands over a list of things.
pub(super) fn announces_things(text: &Text, row: &Draft) -> bool {
    let words = &text.folded[row.start..text.trim_end(row.start, row.line_end)];
    let words = words.strip_suffix(&[':']).unwrap_or(words);
    THINGS.ends_view(words).is_some()
}
