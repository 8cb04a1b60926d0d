//! The visible labels of metadata (`发布时间：`, `索引号`, `[发文字号]`) and the values beside, behind or below them.

use std::ops::Range;

use super::dom::{At, Dom, Tag};
pub(super) use super::lexicon::Label;
use super::lexicon::{TOOLS, beginning_with, may_begin};
use super::lines::Lines;
use super::looks::is_letter;
use crate::text::{fold_char, is_blank};

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) label: Label,
    /// The label as written in the lexicon.
    pub(super) word: &'static str,
    pub(super) value: String,
    /// The lines of a value that stands beside or below its label.
    pub(super) beside: Range<usize>,
}

/// A label in a line: bytes of its beginning and of what follows it.
#[derive(Debug, Clone)]
struct Hit {
    label: Label,
    word: &'static str,
    start: usize,
    value: usize,
    /// It is the whole line and has neither colon nor brackets.
    bare: bool,
}

/// The labels of a line with their values, and whether the line begins with one.
#[derive(Debug, Clone)]
pub(super) struct LabelLine {
    hits: Vec<Hit>,
}

impl LabelLine {
    /// Reads a line; `seams` are the bytes at which a new text node begins.
    pub(super) fn read(text: &str, seams: &[usize]) -> Self {
        if !may_hold_label(text) || !text.chars().take(LONGEST).any(may_begin) {
            return Self { hits: Vec::new() };
        }
        let chars: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| !is_blank(c)).take(LONGEST).collect();
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            match hit(text, &chars, at, seams) {
                Some((hit, next)) => {
                    hits.push(hit);
                    at = next;
                }
                None => at += 1,
            }
        }
        Self { hits }
    }

    /// The line begins with a label.
    pub(super) fn leads(&self) -> bool {
        self.hits.first().is_some_and(|hit| hit.start < 4)
    }

    pub(super) fn count(&self) -> usize {
        self.hits.len()
    }

    /// The labels with what follows each in its line.
    pub(super) fn values(&self, text: &str) -> Vec<Labelled> {
        let ends = self.hits.iter().skip(1).map(|hit| hit.start).chain([text.len()]);
        let value = |(hit, end): (&Hit, usize)| Labelled {
            label: hit.label,
            word: hit.word,
            value: trimmed(text.get(hit.value..end).unwrap_or_default()).to_owned(),
            beside: 0..0,
        };
        self.hits.iter().zip(ends).map(value).collect()
    }

    /// What stands before the first label.
    pub(super) fn before<'a>(&self, text: &'a str) -> &'a str {
        self.hits.first().and_then(|hit| text.get(..hit.start)).unwrap_or(text)
    }

    /// The label that the line begins with.
    pub(super) fn first(&self) -> Option<Label> {
        self.hits.first().map(|hit| hit.label)
    }
}

/// How far into a line labels are looked for.
const LONGEST: usize = 2000;
/// Longest value in an element of its own.
const LONGEST_VALUE: usize = 120;

fn is_word(c: char) -> bool {
    is_letter(c) && !c.is_ascii_digit()
}

fn hit(text: &str, chars: &[(usize, char)], at: usize, seams: &[usize]) -> Option<(Hit, usize)> {
    let &(start, first) = chars.get(at)?;
    if !may_begin(first) {
        return None;
    }
    if at > 0 {
        let &(before, previous) = chars.get(at - 1)?;
        let glued = before + previous.len_utf8() == start && is_word(previous) && seams.binary_search(&start).is_err();
        if glued {
            return None;
        }
    }
    let bracketed = at > 0 && chars.get(at - 1).is_some_and(|&(_, c)| "[【［〔（(".contains(c));
    let fits = |word: &str| word.chars().enumerate().all(|(n, c)| chars.get(at + n).is_some_and(|&(_, d)| c == d));
    let (word, label) = beginning_with(first).iter().find(|(word, _)| fits(word)).copied()?;
    let mut next = at + word.chars().count();
    let get = |n: usize| chars.get(n).map(|&(_, c)| fold_char(c));
    let closed = get(next).is_some_and(|c| "]】〕)".contains(c));
    next += usize::from(closed);
    let colon = get(next).is_some_and(|c| c == ':' || c == '﹕' || c == '∶');
    next += usize::from(colon);
    let whole = at == usize::from(bracketed) && next == chars.len();
    // `成文日期 2023-02-28`: a word that is hardly anything but a label, and a gap.
    let gap = at == 0 && word.chars().count() > 3 && {
        let end = chars.get(next - 1).map_or(0, |&(byte, c)| byte + c.len_utf8());
        chars.get(next).is_some_and(|&(byte, _)| byte > end || seams.binary_search(&byte).is_ok())
    };
    // `字体[大 中 小]`
    let tool = word.starts_with('字') && get(next).is_some_and(|c| "[【(（".contains(c));
    if !(colon || closed && bracketed || whole || tool || gap) {
        return None;
    }
    let value = chars.get(next).map_or(text.len(), |&(byte, _)| byte);
    let bare = whole && !colon && !closed;
    Some((Hit { label, word, start, value, bare }, next))
}

/// Every label of the given lines with its value.
pub(super) fn labelled(dom: &Dom<'_>, lines: &Lines, range: impl Iterator<Item = usize>) -> Vec<Labelled> {
    let mut found = Vec::new();
    for n in range {
        let text = lines.text(n);
        let Some(line) = lines.labels(n) else { continue };
        let bare = line.hits.last().is_some_and(|hit| hit.bare);
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
    let Some(last) = lines.labels(n).and_then(|labels| labels.hits.last()) else { return 0..0 };
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

/// A cheap test: a colon, a bracket, or a line so short that it may be a label in a cell.
fn may_hold_label(text: &str) -> bool {
    text.len() < 36 || text.contains([':', '：', '】', ']'])
}

fn trimmed(value: &str) -> &str {
    let cut = TOOLS.iter().filter_map(|tool| value.find(tool)).min().unwrap_or(value.len());
    let value = value.get(..cut).unwrap_or(value).trim_matches(is_blank);
    let dangling = |c: char| is_blank(c) || "|｜/、,，;；·•【[［<".contains(c);
    let opens = value.starts_with(['【', '[', '［']) && value.contains(['】', ']', '］']);
    if opens { value.trim_end_matches(dangling) } else { value.trim_matches(dangling) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Label, String)> {
        LabelLine::read(text, &[]).values(text).into_iter().map(|found| (found.label, found.value)).collect()
    }

    #[test]
    fn labels_run_on_in_one_line() {
        let text = "发布时间:2023-02-28 访问量: 作者:青石镇人民政府 来源：云溪县 司法局 【字体：大 中 小】";
        let found = read(text);
        assert_eq!(found[0], (Label::Published, "2023-02-28".to_owned()));
        assert_eq!(found[1], (Label::Views, String::new()));
        assert_eq!(found[2], (Label::Author, "青石镇人民政府".to_owned()));
        assert_eq!(found[3], (Label::Publisher, "云溪县 司法局".to_owned()));
    }

    #[test]
    fn a_label_inside_a_word_or_a_sentence_is_none() {
        for text in ["完善数据来源，健全机制", "本办法自发布日期起施行", "预算资金来源：财政拨款", "第五条 时间安排"]
        {
            let found: Vec<_> = read(text).into_iter().filter(|(label, _)| *label != Label::Other).collect();
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn a_label_may_be_spaced_out_or_in_brackets() {
        assert_eq!(read("索 引 号： 0123/2023-00001"), [(Label::Index, "0123/2023-00001".to_owned())]);
        assert_eq!(read("[发文字号] 青政发〔2023〕5号"), [(Label::Number, "青政发〔2023〕5号".to_owned())]);
        assert_eq!(read("文　　号"), [(Label::Number, String::new())]);
    }
}
