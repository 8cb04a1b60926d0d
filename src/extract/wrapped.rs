//! Lines that a page breaks at a fixed width in the middle of a sentence, as text pasted from old systems is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::trim::Kept;
use crate::page::{LabelLine, Lines};

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
pub(super) fn continued(lines: &Lines, kept: &Kept) -> Vec<bool> {
    let mut continued = vec![false; lines.len()];
    let mut from = kept.range.start;
    while from < kept.range.end {
        let block = lines.all.get(from).map(|line| line.block);
        let same = |&n: &usize| lines.all.get(n).map(|line| line.block) == block && kept.flags.get(n) == Some(&true);
        let end = (from..kept.range.end).take_while(same).last().map_or(from, |n| n) + 1;
        join(lines, from..end, &mut continued);
        from = end;
    }
    continued
}

/// Marks the lines of one element.
fn join(lines: &Lines, run: Range<usize>, continued: &mut [bool]) {
    if run.len() < FEWEST {
        return;
    }
    let widths: Vec<usize> = run.clone().map(|n| width(lines.text(n))).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let full = |n: usize| widths.get(n - run.start).is_some_and(|width| width + SHORTER >= widest);
    let spoken = |n: usize| lines.all.get(n).is_some_and(|line| line.marks > 0);
    let (wide, said) =
        run.clone().filter(|&n| full(n)).fold((0, 0), |(wide, said), n| (wide + 1, said + usize::from(spoken(n))));
    if !WIDTHS.contains(&widest) || wide < FEWEST || wide * 2 < run.len() || said * 2 < wide {
        return;
    }
    for n in run.start + 1..run.end {
        let goes_on = full(n - 1) && !ends_clause(lines.text(n - 1)) && (spoken(n - 1) || spoken(n));
        let begins = lines.all.get(n).is_some_and(|line| line.set_off) || begins_item(lines.text(n));
        if let Some(slot) = continued.get_mut(n).filter(|_| goes_on && !begins) {
            *slot = true;
        }
    }
}

/// How wide a text is set: an ideograph is as wide as two letters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn ends_clause(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：', ':', '…', '”', '）', ')', '》'])
}

fn begins_item(text: &str) -> bool {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^(?:[（(]?[一二三四五六七八九十百]+(?:[）)、．.]|是|要)|[（(]?\d+[）)、．.]|第[一二三四五六七八九十百\d]+[条章节款]|[①-⑳]|附件|附[:：])";
        Regex::new(pattern).expect("a constant pattern")
    });
    ITEM.is_match(text) || LabelLine::read(text, &[]).leads()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_begins_an_item_begins_a_paragraph() {
        for text in
            ["一、总体要求", "（二）主要做法", "3.加强领导", "第五条 本办法", "一是强化领导", "附件：名单", "①甲"]
        {
            assert!(begins_item(text), "{text}");
        }
        for text in ["一次办好改革", "十分重视", "附近的村", "2023年", "3个镇"] {
            assert!(!begins_item(text), "{text}");
        }
        assert!(ends_clause("现将情况报告如下：") && !ends_clause("镇党委高度重视，"));
        assert_eq!(width("青石镇12"), 8);
    }
}
