//! Quotations that run over several lines: what is numbered inside them belongs to the quoted text.

use crate::text::holds;
use crate::words::SAYING;

use super::kind::Kind;
use super::lines::Text;

/// A quotation is looked for over at most so many lines; longer ones are a mark that somebody forgot to close.
const LINES: usize = 30;

/// How sure it is that a line begins inside a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// It does not.
    No,
    /// Marks stand around it, but the one that closes stands within a line: somebody may have typed them wrong.
    Perhaps,
    /// The quotation ends with its last line, as quoted paragraphs do.
    Certainly,
}

/// Open quotations of a text.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// For each line whether it begins inside a quotation.
    pub(super) inside: Vec<Inside>,
    /// Where a quotation is opened and never closed.
    pub(super) unclosed: Vec<usize>,
}

/// Finds the lines that begin inside “…”.
///
/// A mark left open at the end of its line counts only if a later line closes it before it opens another: pages lose
/// a ” now and then, and that must not swallow the sections behind it.
pub(super) fn quotes(text: &Text) -> Quotes {
    let mut found = Quotes { inside: vec![Inside::No; text.lines.len()], unclosed: Vec::new() };
    let mut n = 0;
    let mut closing_before = false;
    while n < text.lines.len() {
        let Some(open) = left_open(text, n, std::mem::take(&mut closing_before)) else {
            n += 1;
            continue;
        };
        let last = (n + LINES).min(text.lines.len() - 1);
        let closing = (n + 1..=last).find_map(|later| first_mark(text, later).map(|mark| (later, mark)));
        if let Some((later, '”')) = closing {
            let sure = if ends_quoted(text, later) { Inside::Certainly } else { Inside::Perhaps };
            found.inside[n + 1..=later].fill(sure);
            // The line that closes it may open the next.
            n = later;
            closing_before = true;
        } else {
            found.unclosed.push(open);
            n += 1;
        }
    }
    for n in 1..text.lines.len() {
        if let Some(end) = quoted_list(text, n) {
            found.inside[n..end].fill(Inside::Certainly);
        }
    }
    found
}

/// Behind the last line of a quotation without marks: behind `会议指出：` whole paragraphs count from 一、, and the list
/// in which that line stands goes on behind them, or the text is at its end.
fn quoted_list(text: &Text, first: usize) -> Option<usize> {
    let before = text.view(&text.lines[first - 1]);
    SAYING.ends_view(before)?;
    // 应当遵守下列规定： announces a list of its own.
    if ["下列", "以下", "如下"].iter().any(|word| holds(before, word)) {
        return None;
    }
    let number = |n: usize| text.lines.get(n)?.number(Kind::Cn).map(usize::from);
    let whole = |n: usize| matches!(text.view(&text.lines[n]).last(), Some('。' | ';'));
    let count = (first..text.lines.len()).take_while(|&n| number(n) == Some(n - first + 1) && whole(n)).count();
    let end = first + count;
    let around = (first.saturating_sub(LINES)..first).rev().find_map(number)?;
    let next = (end..text.lines.len().min(end + 2 * LINES)).find_map(number);
    (count > 1 && next.is_none_or(|next| next == around + 1)).then_some(end)
}

/// Where the line opens a quotation that it does not close; `quoted` = it begins inside one.
///
/// A line outside with as many marks of either kind opens nothing: `”放管服“改革` has them the wrong way round.
fn left_open(text: &Text, line: usize, quoted: bool) -> Option<usize> {
    let line = &text.lines[line];
    let (mut open, mut surplus) = (None, 0i32);
    for at in line.start..line.end {
        match text.chars[at] {
            '“' => {
                open = open.or(Some(at));
                surplus += 1;
            }
            '”' => {
                open = None;
                surplus -= 1;
            }
            _ => {}
        }
    }
    open.filter(|_| quoted || surplus != 0)
}

/// `…材料的。”` closes the quotation of whole paragraphs.
fn ends_quoted(text: &Text, line: usize) -> bool {
    let line = &text.lines[line];
    let mut last = text.chars[line.start..line.end].iter().rev();
    let mark = last.next();
    mark == Some(&'”') || (matches!(mark, Some('。' | '；')) && last.next() == Some(&'”'))
}

fn first_mark(text: &Text, line: usize) -> Option<char> {
    let line = &text.lines[line];
    text.chars[line.start..line.end].iter().copied().find(|c| matches!(c, '“' | '”'))
}

#[cfg(test)]
mod tests {
    use super::Inside::{Certainly, No, Perhaps};
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
        assert_eq!(found.inside, [No, No, Certainly, Certainly, No]);
        let found = inside(&["会议指出，“要提高站位，", "压实责任”，并提出要求。", "二、工作成效"]);
        assert_eq!(found.inside, [No, Perhaps, No]);
        assert_eq!(found.unclosed, Vec::<usize>::new());
    }

    #[test]
    fn a_mark_that_is_never_closed_hides_nothing() {
        let found = inside(&["推进“放管服改革。", "二、坚持“一网通办”", "三、展望"]);
        assert_eq!(found.inside, [No, No, No]);
        assert_eq!(found.unclosed, [2]);
    }

    #[test]
    fn marks_the_wrong_way_round_quote_nothing() {
        let found = inside(&["一、深化”放管服“改革", "二、推进”一网通办“", "三、展望”十四五“”"]);
        assert_eq!(found.inside, [No, No, No]);
    }
}
