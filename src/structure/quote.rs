//! Quotations that run over several lines: what is numbered inside them belongs to the quoted text.

use super::lines::Text;

/// A quotation is looked for over at most so many lines; longer ones are a mark that somebody forgot to close.
const LINES: usize = 30;

/// Open quotations of a text.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// For each line whether it begins inside a quotation.
    pub(super) inside: Vec<bool>,
    /// Where a quotation is opened and never closed.
    pub(super) unclosed: Vec<usize>,
}

/// Finds the lines that begin inside “…”.
///
/// A mark left open at the end of its line counts only if a later line closes it before it opens another: pages lose
/// a ” now and then, and that must not swallow the sections behind it.
pub(super) fn quotes(text: &Text) -> Quotes {
    let mut found = Quotes { inside: vec![false; text.lines.len()], unclosed: Vec::new() };
    let mut n = 0;
    while n < text.lines.len() {
        let Some(open) = left_open(text, n) else {
            n += 1;
            continue;
        };
        let last = (n + LINES).min(text.lines.len() - 1);
        let closing = (n + 1..=last).find_map(|later| first_mark(text, later).map(|mark| (later, mark)));
        if let Some((later, '”')) = closing {
            found.inside[n + 1..=later].fill(true);
            // The line that closes it may open the next.
            n = later;
            n += usize::from(left_open(text, n).is_none());
        } else {
            found.unclosed.push(open);
            n += 1;
        }
    }
    found
}

/// Where the line opens a quotation that it does not close.
fn left_open(text: &Text, line: usize) -> Option<usize> {
    let line = &text.lines[line];
    let mut open = None;
    for at in line.start..line.end {
        match text.chars[at] {
            '“' => open = open.or(Some(at)),
            '”' => open = None,
            _ => {}
        }
    }
    open
}

fn first_mark(text: &Text, line: usize) -> Option<char> {
    let line = &text.lines[line];
    text.chars[line.start..line.end].iter().copied().find(|c| matches!(c, '“' | '”'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Document};

    fn inside(lines: &[&str]) -> Quotes {
        let blocks = lines.iter().map(|line| Block::paragraph(*line)).collect();
        quotes(&Text::new(&Document { blocks, ..Document::default() }))
    }

    #[test]
    fn lines_between_the_marks_are_inside() {
        let found =
            inside(&["会议指出：", "“一、要提高站位。", "二、要压实责任。", "三、要严肃纪律。”", "二、工作成效"]);
        assert_eq!(found.inside, [false, false, true, true, false]);
        assert_eq!(found.unclosed, Vec::<usize>::new());
    }

    #[test]
    fn a_mark_that_is_never_closed_hides_nothing() {
        let found = inside(&["推进“放管服改革。", "二、坚持“一网通办”", "三、展望"]);
        assert_eq!(found.inside, [false, false, false]);
        assert_eq!(found.unclosed, [2]);
    }
}
