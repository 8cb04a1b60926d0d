//! The visible labels of metadata (`发布时间：`, `索引号`, `[发文字号]`) and the values behind them.

use super::document_number::heads_with_number;
use super::ids::{LineId, Span};
pub(crate) use super::lexicon::Label;
use super::lexicon::{beginning_with, may_begin};
use super::line_class::is_letter;
use crate::text::{dates, fold_char, is_blank};
use crate::words::TOOLS_BEHIND_VALUES;

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) label: Label,
    /// The label as written in the lexicon.
    pub(crate) word: &'static str,
    pub(crate) value: String,
    /// The lines of a value that stands beside or below its label.
    pub(crate) beside: Span<LineId>,
}

/// A label in a line: bytes of its beginning and of what follows it.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) label: Label,
    pub(crate) word: &'static str,
    start: usize,
    pub(crate) value: usize,
    /// It is the whole line and has neither colon nor brackets.
    pub(crate) bare: bool,
}

/// The labels of a line with their values, and whether the line begins with one.
#[derive(Debug, Clone)]
pub(crate) struct LabelLine {
    hits: Vec<Hit>,
}

impl LabelLine {
    /// Reads a line; `seams` are the bytes at which a new text node begins.
    pub(crate) fn read(text: &str, seams: &[usize]) -> Self {
        Self::among(text, &Markup { seams, peers: false })
    }

    /// Reads a line whose neighbours begin with labels, so that markup alone parts short ones from their values.
    pub(crate) fn read_in_run(text: &str, seams: &[usize]) -> Self {
        Self::among(text, &Markup { seams, peers: true })
    }

    fn among(text: &str, markup: &Markup<'_>) -> Self {
        if !may_hold_label(text, markup.seams) || !text.chars().take(LONGEST).any(may_begin) {
            return Self { hits: Vec::new() };
        }
        let chars: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| !is_blank(c)).take(LONGEST).collect();
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            match hit(text, &chars, at, markup, !hits.is_empty()) {
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
    pub(crate) fn leads(&self) -> bool {
        self.hits.first().is_some_and(|hit| hit.start < 4)
    }

    /// The label that stands last.
    pub(crate) fn last(&self) -> Option<&Hit> {
        self.hits.last()
    }

    pub(crate) fn count(&self) -> usize {
        self.hits.len()
    }

    /// The labels with what follows each in its line.
    pub(crate) fn values(&self, text: &str) -> Vec<Labelled> {
        let ends = self.hits.iter().skip(1).map(|hit| hit.start).chain([text.len()]);
        let value = |(hit, end): (&Hit, usize)| Labelled {
            label: hit.label,
            word: hit.word,
            value: trimmed(text.get(hit.value..end).unwrap_or_default()).to_owned(),
            beside: Span::empty(),
        };
        self.hits.iter().zip(ends).map(value).collect()
    }

    /// What stands before the first label.
    pub(crate) fn before<'a>(&self, text: &'a str) -> &'a str {
        self.hits.first().and_then(|hit| text.get(..hit.start)).unwrap_or(text)
    }

    /// The word of the first label.
    pub(crate) fn word(&self) -> Option<&'static str> {
        self.hits.first().map(|hit| hit.word)
    }

    /// The label that the line begins with.
    pub(crate) fn first(&self) -> Option<Label> {
        self.hits.first().map(|hit| hit.label)
    }
}

/// How far into a line labels are looked for.
const LONGEST: usize = 2000;

fn is_word(c: char) -> bool {
    is_letter(c) && !c.is_ascii_digit()
}

/// What markup says of a line.
struct Markup<'a> {
    /// The bytes at which a new text node begins.
    seams: &'a [usize],
    /// The lines above or below begin with labels.
    peers: bool,
}

impl Markup<'_> {
    fn is_seam(&self, byte: usize) -> bool {
        self.seams.binary_search(&byte).is_ok()
    }

    /// A new text node begins between two bytes, or at one of them.
    fn parts(&self, end: usize, next: usize) -> bool {
        self.is_seam(end) || self.is_seam(next)
    }

    /// A label without a colon ends at `end`, and its value begins at `next`.
    fn is_gap(
        &self,
        (word, label): (&str, Label),
        value: &str,
        (end, next): (usize, usize),
        behind_label: bool,
    ) -> bool {
        match word.chars().count() {
            // `成文日期 2023-02-28`: a word that is hardly anything but a label.
            4.. if next > end => true,
            // `<b>索引号</b>QL00-2023-00012`
            3.. => self.parts(end, next),
            // `<span>文号</span><span>云政发〔2023〕5号</span>`: 来源 and 主题 are words of texts, too.
            _ => self.parts(end, next) && (self.peers || behind_label || fits_label(label, value)),
        }
    }
}

/// The value is one that only this label has.
fn fits_label(label: Label, value: &str) -> bool {
    match label {
        Label::Number => heads_with_number(value),
        Label::Published | Label::Day | Label::Dated => dates(value).next().is_some_and(|found| found.start == 0),
        _ => false,
    }
}

fn hit(
    text: &str,
    chars: &[(usize, char)],
    at: usize,
    markup: &Markup<'_>,
    behind_label: bool,
) -> Option<(Hit, usize)> {
    let &(start, first) = chars.get(at)?;
    if !may_begin(first) {
        return None;
    }
    let ends = |n: usize| chars.get(n).map_or(0, |&(byte, c)| byte + c.len_utf8());
    if at > 0 {
        let &(_, previous) = chars.get(at - 1)?;
        if ends(at - 1) == start && is_word(previous) && !markup.is_seam(start) {
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
    // 作者 | 林晓
    let bar = matches!(label, Label::Publisher | Label::Author)
        && get(next).is_some_and(|c| c == '|')
        && next + 1 < chars.len();
    let colon = colon || bar && (at == 0 || behind_label);
    next += usize::from(colon);
    let whole = at == usize::from(bracketed) && next == chars.len();
    // Further labels of a line need an element of their own.
    let gap = (at == 0 || behind_label && markup.parts(ends(at - 1), start))
        && chars.get(next).is_some_and(|&(byte, _)| {
            let own = at == 0 || markup.parts(ends(next - 1), byte);
            let value = text.get(byte..).unwrap_or_default();
            own && markup.is_gap((word, label), value, (ends(next - 1), byte), behind_label)
        });
    // `字体[大 中 小]`
    let tool = word.starts_with('字') && get(next).is_some_and(|c| "[【(（".contains(c));
    if !(colon || closed && bracketed || whole || tool || gap) {
        return None;
    }
    let value = chars.get(next).map_or(text.len(), |&(byte, _)| byte);
    let bare = whole && !colon && !closed;
    Some((Hit { label, word, start, value, bare }, next))
}

/// A cheap test: a colon, a bracket, a line so short that it may be a label in a cell, or one that begins with a place or
/// with a short element.
fn may_hold_label(text: &str, seams: &[usize]) -> bool {
    /// Bytes within which 您当前所在的位置 ends.
    const PLACE: usize = 24;
    text.len() < 36
        || text.contains([':', '：', '】', ']'])
        || text.find("位置").is_some_and(|at| at < PLACE)
        || seams.first().is_some_and(|&seam| seam <= PLACE)
}

fn trimmed(value: &str) -> &str {
    let cut = TOOLS_BEHIND_VALUES.place(value).unwrap_or(value.len());
    let value = value.get(..cut).unwrap_or(value).trim_matches(is_blank);
    // A number may end with a stroke; one behind a blank parts two labels.
    let value = value.strip_suffix('/').filter(|rest| rest.is_empty() || rest.ends_with(is_blank)).unwrap_or(value);
    let dangling = |c: char| is_blank(c) || "|｜、,，;；·•【[［<".contains(c);
    let opens = value.starts_with(['【', '[', '［']) && value.contains(['】', ']', '］']);
    let value = value.trim_end_matches(dangling);
    if opens { value } else { value.trim_start_matches(|c| dangling(c) || c == '/') }
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
