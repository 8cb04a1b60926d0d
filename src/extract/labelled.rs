//! The values of visible labels, which stand behind, beside or below them.

use std::ops::Range;

use crate::page::{At, Dom, Label, LabelLine, Labelled, Lines, Tag, is_letter};

/// Longest value in an element of its own.
const LONGEST_VALUE: usize = 120;

/// Every label of the given lines with its value.
pub(super) fn labelled(dom: &Dom<'_>, lines: &Lines, range: impl Iterator<Item = usize>) -> Vec<Labelled> {
    let mut found = Vec::new();
    for n in range {
        let text = lines.text(n);
        let Some(line) = lines.labels(n) else { continue };
        let bare = line.last().is_some_and(|hit| hit.bare);
        let from = found.len();
        found.extend(line.values(text));
        let last = found.get_mut(from..).and_then(<[Labelled]>::last_mut).filter(|last| last.value.is_empty());
        if let Some(last) = last
            && (!bare || in_grid(dom, lines, n))
        {
            (last.value, last.beside) = beside(dom, lines, n);
        }
    }
    found
}

/// The lines of the value that stands beside or below the last label of a line.
pub(super) fn value_lines(dom: &Dom<'_>, lines: &Lines, n: usize) -> Range<usize> {
    let Some(last) = lines.labels(n).and_then(LabelLine::last) else { return 0..0 };
    let filled = lines.text(n).get(last.value..).is_some_and(|rest| rest.chars().any(is_letter));
    // 分享到： and its like have no value.
    let person = last.word.contains(['编', '审', '校', '稿', '录', '员', '发', '人']);
    if filled || last.label == Label::Credit && !person || last.bare && !in_grid(dom, lines, n) {
        return 0..0;
    }
    let (value, range) = beside(dom, lines, n);
    // A counter that a script fills is followed by the article.
    if last.label == Label::Views && !value.chars().all(|c| c.is_ascii_digit()) {
        return 0..0;
    }
    if value.chars().count() > 40 || value.contains(['，', '。', '；']) { 0..0 } else { range }
}

/// The line stands in a table or a definition list, where a label needs no colon.
fn in_grid(dom: &Dom<'_>, lines: &Lines, n: usize) -> bool {
    let Some(line) = lines.all.get(n) else { return false };
    dom.upwards(line.block).take(3).any(|at| {
        matches!(dom.tag(at), Some(Tag::Cell | Tag::HeadCell))
            || dom.element(at).is_some_and(|(_, element)| matches!(element.name(), "dt" | "dd" | "li"))
    })
}

/// The text of the element that follows the label's: the next cell, `<dd>`, `<p>` or `<span>`.
fn beside(dom: &Dom<'_>, lines: &Lines, n: usize) -> (String, Range<usize>) {
    let nothing = (String::new(), 0..0);
    let Some(line) = lines.all.get(n) else { return nothing };
    let value = |from: At, to: At| {
        let mut joined = String::new();
        let range = lines.within(from, to);
        if range.start > n + 1 {
            return (String::new(), 0..0);
        }
        for m in range.clone().filter(|&m| m > n) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(lines.text(m));
            if joined.len() > LONGEST_VALUE * 4 {
                break;
            }
        }
        let is_label = LabelLine::read(&joined, &[]).leads() || joined.ends_with([':', '：']);
        if joined.chars().count() > LONGEST_VALUE || is_label { (String::new(), 0..0) } else { (joined, range) }
    };
    // The label's own element goes on below it, as in `<li><b>索引号</b><div>…</div></li>`.
    let block = dom.nearest(line.block, Tag::breaks).unwrap_or(line.block);
    let own = lines.within(block, dom.end(block));
    if own.len() > 1 && own.start == n {
        return value(block, dom.end(block));
    }
    for at in dom.upwards(block).take(2) {
        let parent_end = dom.end(dom.parent(at));
        let next = dom.end(at);
        let sibling = std::iter::successors(Some(next), |&at| Some(dom.end(at)))
            .take_while(|&at| at < parent_end)
            .find(|&at| dom.tag(at).is_some());
        if let Some(sibling) = sibling {
            return value(sibling, dom.end(sibling));
        }
    }
    nothing
}
