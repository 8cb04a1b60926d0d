//! Lines that a page breaks at a fixed width in the middle of a sentence, as text pasted from old systems is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Body;
use crate::page::{Each, Id as _, LabelLine, LineId, Lines, Span};

/// Fewest lines of the full width that show that the width is no chance.
const FEWEST: usize = 3;
/// Widths, in half ideographs, between which lines are broken so.
const WIDTHS: Range<usize> = 40..121;
/// How much shorter a full line may be, since no line begins with a mark.
const SHORTER: usize = 4;

/// For every line whether it goes on in the middle of the sentence of the line before.
///
/// Only what is certain: the lines stand in one element, several of them are of one width, the first does not end
/// a clause, and the second is neither set off nor begins like an item.
pub(super) fn continued(lines: &Lines, body: &Body) -> Each<LineId, bool> {
    let mut continued = lines.all().iter().map(|_| false).collect();
    let mut from = body.span.start;
    while from < body.span.end {
        let block = lines[from].block;
        let same = |&n: &LineId| lines[n].block == block && body.holds(n);
        let end = from.to(body.span.end).iter().take_while(same).last().map_or(from, |n| n) + 1;
        join(lines, from.to(end), &mut continued);
        from = end;
    }
    continued
}

/// Marks the lines of one element.
fn join(lines: &Lines, run: Span<LineId>, continued: &mut Each<LineId, bool>) {
    if run.len() < FEWEST {
        return;
    }
    let widths: Vec<usize> = run.iter().map(|n| width(lines.text(n))).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let full = |n: LineId| widths.get(n - run.start).is_some_and(|width| width + SHORTER >= widest);
    let spoken = |n: LineId| lines[n].marks > 0;
    let wide: Vec<LineId> = run.iter().filter(|&n| full(n)).collect();
    let said = wide.iter().filter(|&&n| spoken(n)).count();
    if !WIDTHS.contains(&widest) || wide.len() < FEWEST || wide.len() * 2 < run.len() || said * 2 < wide.len() {
        return;
    }
    for n in run.iter().skip(1) {
        let goes_on = full(n - 1) && !ends_clause(lines.text(n - 1)) && (spoken(n - 1) || spoken(n));
        let begins = lines[n].set_off || begins_item(lines.text(n));
        continued[n] |= goes_on && !begins;
    }
}

/// How wide a text is set: an ideograph is as wide as two letters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn ends_clause(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：', ':', '…', '”', '）', ')', '》'])
}

pub(in crate::extract) fn begins_item(text: &str) -> bool {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^(?:[（(]?[一二三四五六七八九十百]+(?:[）)、．.]|是|要)|[（(]?\d+[）)、．.]|第[一二三四五六七八九十百\d]+(?:[条章节款编]|部分)|[①-⑳]|附件|附[:：])";
        Regex::new(pattern).expect("a constant pattern")
    });
    ITEM.is_match(text) || LabelLine::read(text, &[]).leads()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_begins_an_item_begins_a_paragraph() {
        for text in [
            "一、总体要求",
            "（二）主要做法",
            "3.加强领导",
            "第五条 本办法",
            "一是强化领导",
            "附件：名单",
            "①甲",
            "第一部分　概况",
        ] {
            assert!(begins_item(text), "{text}");
        }
        for text in ["一次办好改革", "十分重视", "附近的村", "2023年", "3个镇"] {
            assert!(!begins_item(text), "{text}");
        }
        assert!(ends_clause("现将情况报告如下：") && !ends_clause("镇党委高度重视，"));
        assert_eq!(width("青石镇12"), 8);
    }
}
