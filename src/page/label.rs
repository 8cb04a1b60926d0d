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
        Self::among(text, &Markup { seams, peers: false, run: Run::of(text) })
    }

    /// Reads a line whose neighbours begin with labels, so that markup alone parts short ones from their values.
    pub(crate) fn read_in_run(text: &str, seams: &[usize]) -> Self {
        Self::among(text, &Markup { seams, peers: true, run: Run::of(text) })
    }

    fn among(text: &str, markup: &Markup<'_>) -> Self {
        if !(may_hold_label(text, markup.seams) || markup.run != Run::None)
            || !text.chars().take(LONGEST).any(may_begin)
        {
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

    /// The line begins with a label of this kind.
    pub(crate) fn leads_with(&self, kind: impl Fn(Label) -> bool) -> bool {
        self.leads() && self.first().is_some_and(kind)
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

/// What stands around the letters of a line.
struct Markup<'a> {
    /// The bytes at which a new text node begins.
    seams: &'a [usize],
    /// The lines above or below begin with labels.
    peers: bool,
    run: Run,
}

/// How a line begins that says when the page was published and goes on with further labels, none of which has a colon:
/// `发布时间 2023-02-28 来源 县政府办`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    /// In another way.
    None,
    /// With the day itself.
    Day,
    /// With its label.
    Label,
}

impl Run {
    fn of(text: &str) -> Self {
        /// Bytes of such a line, and characters within which its day ends.
        const LONGEST: usize = 300;
        const WITHIN: usize = 40;
        let is_led = || text.starts_with(|c: char| c.is_ascii_digit() || may_begin(c));
        if text.len() > LONGEST || !is_led() || text.contains(['。', '；', '，']) {
            return Self::None;
        }
        let day = |label| matches!(label, Label::Published | Label::Day);
        let first = text.chars().next().unwrap_or_default();
        let mut words = beginning_with(first).iter().filter(|&&(_, label)| day(label));
        let label = words.find(|(word, _)| text.starts_with(word));
        let rest =
            label.map_or(text, |(word, _)| text.get(word.len()..).unwrap_or_default().trim_start_matches(is_blank));
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::None;
        }
        let rest: String = rest.chars().take(WITHIN).collect();
        let Some(found) = dates(&rest).next().filter(|found| found.start == 0) else { return Self::None };
        // 时间 and 日期 are words of texts, and so is a day in words.
        let in_figures = || rest.chars().take(found.end).all(|c| c != '年');
        match label {
            Some((word, _)) if word.chars().count() > 3 || in_figures() => Self::Label,
            None if in_figures() => Self::Day,
            _ => Self::None,
        }
    }
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

    /// A label without a colon in a line that says when the page was published: it stands apart, or has the day or a name
    /// right behind it.
    fn runs_on(&self, label: Label, value: &str, (before, start): (usize, usize), (end, next): (usize, usize)) -> bool {
        let is_first = start == 0;
        let apart = next > end || self.parts(end, next);
        let glued = match label {
            Label::Published | Label::Day => fits_label(label, value),
            Label::Publisher | Label::Author | Label::Views => self.run == Run::Label,
            _ => false,
        };
        self.run != Run::None && (is_first || start > before || self.is_seam(start)) && (apart || glued)
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

/// Brackets around a label, opening and closing.
const BRACKETS: (&str, &str) = ("[【［〔（(〖", "]】〕)〗");
/// Colons as they are typed, the full one folded.
const COLONS: &str = ":﹕∶︰";

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
    let before = if at > 0 { ends(at - 1) } else { 0 };
    let previous = at.checked_sub(1).and_then(|at| chars.get(at)).map(|&(_, c)| c);
    if before == start && previous.is_some_and(is_word) && !markup.is_seam(start) {
        return None;
    }
    let bracketed = previous.is_some_and(|c| BRACKETS.0.contains(c));
    let fits = |word: &str| word.chars().enumerate().all(|(n, c)| chars.get(at + n).is_some_and(|&(_, d)| c == d));
    let (word, label) = beginning_with(first).iter().find(|(word, _)| fits(word)).copied()?;
    let mut next = at + word.chars().count();
    let get = |n: usize| chars.get(n).map(|&(_, c)| fold_char(c));
    let closed = get(next).is_some_and(|c| BRACKETS.1.contains(c));
    next += usize::from(closed);
    let colons = (next..chars.len()).take_while(|&n| get(n).is_some_and(|c| COLONS.contains(c))).count();
    // 作者 | 林晓
    let bar = matches!(label, Label::Publisher | Label::Author)
        && get(next).is_some_and(|c| c == '|')
        && next + 1 < chars.len();
    let bar = bar && (at == 0 || behind_label);
    // 发布时间 | 2023-02-28, 发布时间/2023-02-28
    let dated = || {
        let value = chars.get(next + 1).and_then(|&(byte, _)| text.get(byte..)).unwrap_or_default();
        matches!(label, Label::Published | Label::Day) && fits_label(label, value)
    };
    let bar = bar || at == 0 && get(next).is_some_and(|c| "|丨/".contains(c)) && dated();
    next += colons.max(usize::from(bar));
    // [索引号：] 0123/2023-00001
    next += usize::from(bracketed && !closed && colons > 0 && get(next).is_some_and(|c| BRACKETS.1.contains(c)));
    let colon = colons > 0 || bar;
    // A form marks with a star what must be filled in.
    let marked = at == 1 && matches!(previous, Some('*' | '＊'));
    let whole = at == usize::from(bracketed || marked) && next == chars.len();
    // Further labels of a line need an element of their own.
    let gap = || {
        let &(byte, _) = chars.get(next)?;
        let value = text.get(byte..).unwrap_or_default();
        let end = ends(next - 1);
        let own = at == 0 || behind_label && markup.parts(before, start) && markup.parts(end, byte);
        let is_gap = own && markup.is_gap((word, label), value, (end, byte), behind_label);
        Some(is_gap || markup.runs_on(label, value, (before, start), (end, byte)))
    };
    // `字体[大 中 小]`
    let tool = word.starts_with('字') && get(next).is_some_and(|c| "[【(（".contains(c));
    if !(colon || closed && bracketed || whole || tool || gap().unwrap_or(false)) {
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
        || text.contains([':', '：', '∶', '﹕', '︰', '】', ']'])
        || text.find("位置").is_some_and(|at| at < PLACE)
        || seams.first().is_some_and(|&seam| seam <= PLACE)
}

fn trimmed(value: &str) -> &str {
    let cut = TOOLS_BEHIND_VALUES.place(value).unwrap_or(value.len());
    let value = value.get(..cut).unwrap_or(value).trim_matches(is_blank);
    // A number may end with a stroke; one behind a blank parts two labels.
    let value = value.strip_suffix('/').filter(|rest| rest.is_empty() || rest.ends_with(is_blank)).unwrap_or(value);
    let dangling = |c: char| is_blank(c) || "|｜│丨、,，;；·•【[［<".contains(c);
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
    fn behind_a_day_labels_need_no_colon() {
        for (text, published) in [
            ("发布时间 2023-02-28 来源 县政府办 浏览 123", true),
            ("发布时间　2023-02-28　　来源　县政府办　　浏览　123", true),
            ("发布时间2023-02-28 来源县政府办", true),
            ("发布时间 2023-02-28 | 来源 县政府办 | 浏览量 123", true),
            ("发布日期 2023年2月28日 来源 县政府办 字体 大 中 小", true),
            ("时间 2023-02-28 10:22 来源 县政府办", true),
            ("2023-02-28 来源 县政府办", false),
        ] {
            let found = read(text);
            let publisher = found.iter().find(|(label, _)| *label == Label::Publisher);
            assert_eq!(publisher.map(|(_, value)| value.as_str()), Some("县政府办"), "{text}");
            let day = found
                .iter()
                .any(|(label, value)| matches!(label, Label::Published | Label::Day) && dates(value).next().is_some());
            assert_eq!(day, published, "{text}");
        }
        for text in [
            "2023-02-28 来源地证明样式",
            "2023年2月28日 来源 县政府办",
            "时间 2023年2月28日 地点 县政府三楼",
            "发布时间 2023-02-28，来源 县政府办。",
            "1. 信息 来源 县政府办",
        ] {
            let found: Vec<_> = read(text).into_iter().filter(|(label, _)| *label == Label::Publisher).collect();
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn a_label_may_be_spaced_out_or_in_brackets() {
        assert_eq!(read("索引号︰0123/2023-00001"), [(Label::Index, "0123/2023-00001".to_owned())]);
        assert_eq!(read("来源：：县林业局"), [(Label::Publisher, "县林业局".to_owned())]);
        assert_eq!(read("〖发布日期〗2023-02-28"), [(Label::Published, "2023-02-28".to_owned())]);
        assert_eq!(read("*索引号"), [(Label::Index, String::new())]);
        let found = read("发布时间∶2023-02-28　来源∶云溪县人民政府办公室");
        assert_eq!(found.first(), Some(&(Label::Published, "2023-02-28".to_owned())));
        assert_eq!(found.last(), Some(&(Label::Publisher, "云溪县人民政府办公室".to_owned())));
        assert_eq!(read("索 引 号： 0123/2023-00001"), [(Label::Index, "0123/2023-00001".to_owned())]);
        assert_eq!(read("[发文字号] 青政发〔2023〕5号"), [(Label::Number, "青政发〔2023〕5号".to_owned())]);
        assert_eq!(read("文　　号"), [(Label::Number, String::new())]);
        assert_eq!(read("[索引号：] 0123/2023-00001"), [(Label::Index, "0123/2023-00001".to_owned())]);
        for text in ["发布时间|2023-02-28", "发布时间 丨 2023-02-28", "发布时间/2023-02-28"] {
            assert_eq!(read(text), [(Label::Published, "2023-02-28".to_owned())], "{text}");
        }
        for text in ["发布时间|来源", "时间/地点", "发布时间/2023"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
