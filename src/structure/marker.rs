//! The grammar of markers: what may number a section at the beginning of a line.
//!
//! It says what a line could be; whether it is one, the sequence decides ([`super::tree`]).

use crate::model::Style;
use crate::text::{begins, is_blank, is_ideograph, parse_number};
use crate::words::MEASURE_WORDS;

/// The kind of a marker, in the order in which kinds usually nest (GB/T 9704-2012 7.3.3, 立法法 art. 65).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Book,
    Part,
    Chapter,
    Sec,
    Article,
    Cn,
    CnParen,
    Question,
    Arabic,
    Decimal2,
    Decimal3,
    Decimal4,
    ArabicParen,
    Circled,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 14;

impl Kind {
    /// The style of the record format.
    pub(super) fn style(self) -> Style {
        match self {
            Self::Book => Style::Book,
            Self::Part => Style::Part,
            Self::Chapter => Style::Chapter,
            Self::Sec => Style::Sec,
            Self::Article => Style::Article,
            Self::Cn => Style::Cn,
            Self::CnParen => Style::CnParen,
            Self::Question => Style::Question,
            Self::Arabic => Style::Arabic,
            Self::Decimal2 | Self::Decimal3 | Self::Decimal4 => Style::Decimal,
            Self::ArabicParen => Style::ArabicParen,
            Self::Circled => Style::Circled,
        }
    }

    /// How sure the bare form is, in tenths: `（一）` is hardly ever anything else, `1.` often is.
    fn weight(self) -> i32 {
        match self {
            Self::Book | Self::Part | Self::Chapter | Self::Sec => 60,
            Self::Article | Self::CnParen | Self::Question => 50,
            Self::Cn | Self::ArabicParen => 40,
            Self::Arabic | Self::Decimal2 | Self::Decimal3 | Self::Decimal4 => 30,
            Self::Circled => 25,
        }
    }
}

/// What a line may be numbered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// Its kind.
    pub(super) kind: Kind,
    /// The mark behind the number (`、` or `.`), which one list seldom changes; `\0` where there is none.
    pub(super) mark: char,
    /// Its number; of `1.2.3` the last; 0 for 问： without a number.
    pub(super) number: u16,
    /// Of `1.2.3` the number before the last; else 0.
    pub(super) major: u16,
    /// First character.
    pub(super) start: usize,
    /// Behind the last character; blanks that follow are not part of it.
    pub(super) end: usize,
    /// How sure the form is, in tenths.
    pub(super) weight: i32,
}

/// What could number a line; `1.2` is two possibilities, a decimal and item 1 before a 2.
pub(super) type Readings = [Option<Marker>; 2];

/// Reads the markers that may stand at `at`; `view` is the folded text up to the end of the line.
pub(super) fn read(view: &[char], at: usize) -> Readings {
    let reader = Reader { view, start: at };
    let Some(first) = reader.get(at) else { return [None, None] };
    let only = |marker| [marker, None];
    match first {
        '(' | '〔' => only(reader.bracketed()),
        '第' => only(reader.ordinal()),
        '问' | 'Q' => only(reader.question()),
        '0'..='9' => reader.digits(),
        'l' | 'I' | '—' | '-' => only(reader.mistyped()),
        _ if is_numeral(first) => only(reader.chinese()),
        _ => only(reader.composed(first)),
    }
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '零' | '〇')
}

/// `1总则` without a mark may be a title of at most so many characters.
const GLUED: usize = 16;

struct Reader<'a> {
    view: &'a [char],
    start: usize,
}

impl Reader<'_> {
    fn get(&self, at: usize) -> Option<char> {
        self.view.get(at).copied()
    }

    fn skip(&self, at: usize) -> usize {
        (at..self.view.len()).find(|&n| !is_blank(self.view[n])).unwrap_or(self.view.len())
    }

    /// A number in Chinese numerals or in at most four digits, and the index behind it.
    fn number(&self, at: usize) -> Option<(u16, usize)> {
        let at = at.min(self.view.len());
        let of = |accept: fn(char) -> bool| (at..self.view.len()).take(8).take_while(|&n| accept(self.view[n])).count();
        let digits = of(|c| c.is_ascii_digit());
        let end = at + if digits > 0 { digits } else { of(is_numeral) };
        let numeral: String = self.view[at..end].iter().collect();
        Some((parse_number(&numeral)?.try_into().ok()?, end))
    }

    fn marker(&self, kind: Kind, mark: char, number: u16, end: usize) -> Marker {
        Marker { kind, mark, number, major: 0, start: self.start, end, weight: kind.weight() }
    }

    /// `（一）` `(1)`, with blanks inside the brackets and brackets of two widths.
    fn bracketed(&self) -> Option<Marker> {
        let at = self.skip(self.start + 1);
        let (number, end) = self.number(at)?;
        let close = self.skip(end);
        if !matches!(self.get(close)?, ')' | '〕') || number == 0 || number > 999 {
            return None;
        }
        let kind = if self.view[at].is_ascii_digit() { Kind::ArabicParen } else { Kind::CnParen };
        Some(self.marker(kind, '\0', number, close + 1))
    }

    /// 第一编 第一部分 第一章 第一节 第一条, the number also in digits.
    fn ordinal(&self) -> Option<Marker> {
        let (number, end) = self.number(self.skip(self.start + 1)).filter(|(number, _)| *number > 0)?;
        let unit = self.skip(end);
        let (kind, length) = match self.get(unit)? {
            '编' | '篇' => (Kind::Book, 1),
            '部' if self.get(unit + 1) == Some('分') => (Kind::Part, 2),
            '章' => (Kind::Chapter, 1),
            '节' => (Kind::Sec, 1),
            '条' => (Kind::Article, 1),
            _ => return None,
        };
        let mut end = unit + length;
        // 第一条之一 is an article put in by an amendment.
        if kind == Kind::Article && self.get(end) == Some('之') {
            end = self.number(end + 1).map_or(end, |(_, end)| end);
        }
        Some(self.marker(kind, '\0', number, end))
    }

    /// 问： 问1： Q1:
    fn question(&self) -> Option<Marker> {
        // 问题：… is a label of running text, 问题一：… a question.
        let worded = begins(&self.view[self.start..], "问题");
        let at = self.skip(self.start + if worded { 2 } else { 1 });
        let (number, end) = self.number(at).unwrap_or((0, at));
        if worded && number == 0 {
            return None;
        }
        let colon = self.skip(end);
        matches!(self.get(colon)?, ':' | '、' if number > 0 || self.view[colon] == ':')
            .then(|| self.marker(Kind::Question, '\0', number, colon + 1))
    }

    /// 一、 and the forms typed for it: `一.` `一）` `一，`.
    fn chinese(&self) -> Option<Marker> {
        let (number, end) = self.number(self.start).filter(|(number, _)| *number > 0)?;
        let at = self.skip(end);
        let mark = self.get(at)?;
        let (kind, weight) = match mark {
            '、' => (Kind::Cn, 50),
            '.' => (Kind::Cn, 35),
            ')' => (Kind::CnParen, 30),
            ',' | ':' => (Kind::Cn, 5),
            _ => return None,
        };
        Some(Marker { weight, ..self.marker(kind, mark, number, at + 1) })
    }

    /// `—、` typed for 一、 and `l.` for 1.
    fn mistyped(&self) -> Option<Marker> {
        let at = self.skip(self.start + 1);
        let mark = self.get(at)?;
        let (kind, weight) = match (self.view[self.start], mark) {
            ('—' | '-', '、') => (Kind::Cn, 30),
            ('l' | 'I', '.' | '、') => (Kind::Arabic, 15),
            _ => return None,
        };
        Some(Marker { weight, ..self.marker(kind, mark, 1, at + 1) })
    }

    /// Markers that are one character: ㈠ ⑴ ⒈ ①.
    fn composed(&self, first: char) -> Option<Marker> {
        let (kind, base) = match first {
            '㈠'..='㈩' => (Kind::CnParen, '㈠'),
            '⑴'..='⒇' => (Kind::ArabicParen, '⑴'),
            '⒈'..='⒛' => (Kind::Arabic, '⒈'),
            '①'..='⑳' => (Kind::Circled, '①'),
            '❶'..='❿' => (Kind::Circled, '❶'),
            _ => return None,
        };
        let mark = if kind == Kind::Arabic { '.' } else { '\0' };
        Some(self.marker(
            kind,
            mark,
            u16::try_from(u32::from(first) - u32::from(base) + 1).unwrap_or(0),
            self.start + 1,
        ))
    }

    /// `1.` `1、` `1)` `1 总则` `01综合` `1.1`.
    fn digits(&self) -> Readings {
        let Some((number, end)) = self.number(self.start).filter(|(number, _)| *number > 0) else {
            return [None, None];
        };
        let at = self.skip(end);
        let Some(mark) = self.get(at) else { return [None, None] };
        if number > 999 {
            return [None, None];
        }
        let with = |weight, kind, end| Some(Marker { weight, ..self.marker(kind, mark, number, end) });
        let item = match mark {
            '.' if self.view.get(at + 1).is_some_and(char::is_ascii_digit) => return self.dotted(number, at),
            '、' | '.' => with(35, Kind::Arabic, at + 1),
            ')' => with(30, Kind::ArabicParen, at + 1),
            ',' if !self.view.get(at + 1).is_some_and(char::is_ascii_digit) => with(5, Kind::Arabic, at + 1),
            // `01综合` and `1 总则`: nothing but the run of such lines tells them from a quantity.
            _ if is_ideograph(mark) && !is_measure(mark) => {
                let parted = at > end || self.view[self.start] == '0';
                let weight = if parted { 5 } else { -10 };
                let title = parted || self.view.len() - self.start <= GLUED;
                Some(Marker { weight, ..self.marker(Kind::Arabic, ' ', number, end) }).filter(|_| title)
            }
            _ => None,
        };
        [item, None]
    }

    /// `1.1 编制目的` is a decimal; `8.6个项目` and `6.2020年` may be an item before a number, `1.5亿元` hardly.
    fn dotted(&self, number: u16, dot: usize) -> Readings {
        let Some((second, end)) = self.number(dot + 1) else { return [None, None] };
        let mut decimal = Marker { major: number, ..self.marker(Kind::Decimal2, '.', second, end) };
        if let (Some('.'), Some((third, end))) = (self.get(end), self.number(end + 1)) {
            decimal = Marker { major: second, ..self.marker(Kind::Decimal3, '.', third, end) };
            if let (Some('.'), Some((fourth, end))) = (self.get(end), self.number(end + 1)) {
                decimal = Marker { major: third, ..self.marker(Kind::Decimal4, '.', fourth, end) };
            }
        }
        let behind = self.get(self.skip(decimal.end));
        let spaced = self.get(decimal.end).is_some_and(is_blank);
        let word =
            |c: char| is_ideograph(c) || matches!(c, 'Ⅰ'..='Ⅻ' | '“' | '《') || (spaced && c.is_ascii_alphabetic());
        let decimal = behind.filter(|&c| word(c) && (spaced || !is_measure(c))).map(|c| {
            let weight = if spaced && !is_measure(c) { 30 } else { 5 };
            Marker { weight, ..decimal }
        });
        let after = self.get(self.skip(end));
        let weight = match after {
            Some('年') if (1900..2100).contains(&second) => 25,
            Some('%' | '万' | '亿' | '元' | '倍' | '米' | '吨' | '分' | '公' | '度') | None => -50,
            Some(_) => 5,
        };
        let item = Marker { weight, ..self.marker(Kind::Arabic, '.', number, dot + 1) };
        [Some(item), decimal]
    }
}

/// A measure word or unit makes the number before it a quantity, not a marker.
pub(super) fn is_measure(c: char) -> bool {
    MEASURE_WORDS.starts_view(&[c]).is_some()
}

#[cfg(test)]
mod tests;
