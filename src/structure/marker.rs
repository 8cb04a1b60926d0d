//! The grammar of markers: what may number a section at the beginning of a line.
//!
//! It says what a line could be; whether it is one, the sequence decides ([`super::tree`]).

use crate::text::{begins, is_blank, is_ideograph, parse_number};
use crate::words::MEASURE_WORDS;

use super::kind::Kind;

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
    /// Of 第七条之一 the number behind 之; else 0.
    pub(super) inserted: u16,
    /// First character.
    pub(super) start: usize,
    /// Behind the last character; blanks that follow are not part of it.
    pub(super) end: usize,
    /// How sure the form is, in tenths.
    pub(super) weight: i32,
}

impl Marker {
    /// The form is also that of words and names, so one of it alone numbers nothing.
    pub(super) fn needs_company(&self) -> bool {
        self.kind.needs_company() || (self.kind == Kind::Cn && self.mark == ' ') || is_dash(self.mark)
    }
}

/// What could number a line; `1.2` is two possibilities, a decimal and item 1 before a 2; `I.` is one of `I. II.`, and
/// typed for `1.`.
pub(super) type Readings = [Option<Marker>; 2];

/// Reads the markers that may stand at `at`; `view` is the folded text up to the end of the line.
pub(super) fn read(view: &[char], at: usize) -> Readings {
    let reader = Reader { view, start: at };
    let Some(first) = reader.get(at) else { return [None, None] };
    let only = |marker| [marker, None];
    match first {
        '(' | '〔' => reader.bracketed(),
        '第' => only(reader.ordinal()),
        '问' => only(reader.question()),
        '0'..='9' => reader.digits(),
        'Q' => [reader.question().or_else(|| reader.letter()), None],
        'l' | 'I' => match (reader.mistyped(), reader.roman().or_else(|| reader.letter())) {
            (None, letter) => only(letter),
            both => both.into(),
        },
        'A'..='Z' | 'a'..='z' => only(reader.roman().or_else(|| reader.letter())),
        _ if is_dash(first) => only(reader.mistyped()),
        _ if is_numeral(first) => only(reader.chinese()),
        _ => only(reader.stem(first).or_else(|| reader.composed(first))),
    }
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十百千零〇○两廿卅卌".contains(c)
}

/// Dashes that are typed, or read by a scanner, for 一.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '―' | 'ー' | '─' | '━' | '－')
}

/// A capital as in 壹万元, the form of numerals that cannot be altered.
const FORMAL: &str = "壹贰叁肆伍陆柒捌玖拾";
/// 天干, which count as A B C does.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// The place of a character in a list of numerals, from 1.
fn place(numerals: &str, c: char) -> Option<u16> {
    numerals.chars().position(|numeral| numeral == c).and_then(|n| u16::try_from(n + 1).ok())
}

/// `1总则` without a mark may be a title of at most so many characters.
const GLUED: usize = 16;
/// `一　总则` likewise.
const TITLE: usize = 24;

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
        Marker { kind, mark, number, major: 0, inserted: 0, start: self.start, end, weight: kind.weight() }
    }

    /// Behind a mark that some put behind a marker that is closed already: `（一）、` `①.` `第一章：`.
    fn separated(&self, end: usize) -> usize {
        let digit = self.get(end + 1).is_some_and(|c| c.is_ascii_digit());
        end + usize::from(matches!(self.get(end), Some('、' | ':')) || (self.get(end) == Some('.') && !digit))
    }

    /// `（一）` `(1)` `（a）` `（ii）`, with blanks inside the brackets and brackets of two widths.
    fn bracketed(&self) -> Readings {
        let at = self.skip(self.start + 1);
        let closed = |end: usize| {
            let close = self.skip(end);
            let comma = self.get(close + 1) == Some(',');
            let behind = || if comma { close + 2 } else { self.separated(close + 1) };
            matches!(self.get(close), Some(')' | '〕')).then(behind)
        };
        let of = |kind, number, end| Some(self.marker(kind, '\0', number, closed(end)?));
        if let Some((number, end)) = self.number(at) {
            let kind = if self.view[at].is_ascii_digit() { Kind::ArabicParen } else { Kind::CnParen };
            let number = Some(number).filter(|number| (1..=999).contains(number));
            return [number.and_then(|number| of(kind, number, end)), None];
        }
        let Some(first) = self.get(at) else { return [None, None] };
        // `（—）` is read by a scanner for （一）.
        if is_dash(first) {
            return [of(Kind::CnParen, 1, at + 1).map(|marker| Marker { weight: 30, ..marker }), None];
        }
        if let Some(number) = place(STEMS, first) {
            return [of(Kind::Stem, number, at + 1), None];
        }
        let letter = self.letter_number(at).and_then(|(number, end)| of(Kind::LetterParen, number, end));
        let roman = self.roman_number(at).and_then(|(number, end)| of(Kind::RomanParen, number, end));
        if roman.is_some() { [roman, letter] } else { [letter, None] }
    }

    /// 第一编 第一分编 第一部分 第一章 第一节 第一条, the number also in digits; 第一、 above （一）.
    fn ordinal(&self) -> Option<Marker> {
        let (number, end) = self.number(self.skip(self.start + 1)).filter(|(number, _)| *number > 0)?;
        let unit = self.skip(end);
        let (kind, length) = match (self.get(unit)?, self.get(unit + 1)) {
            ('编' | '篇', _) => (Kind::Book, 1),
            ('分', Some('编')) => (Kind::Subbook, 2),
            ('部', Some('分')) => (Kind::Part, 2),
            ('章', _) => (Kind::Chapter, 1),
            ('节', _) => (Kind::Sec, 1),
            ('条', _) => (Kind::Article, 1),
            ('、', _) => return Some(self.marker(Kind::CnOrdinal, '、', number, unit + 1)),
            _ => return None,
        };
        let mut end = unit + length;
        let mut inserted = 0;
        // 第一条之一 is an article put in by an amendment.
        if self.get(end) == Some('之')
            && let Some((number, behind)) = self.number(end + 1)
        {
            (inserted, end) = (number, behind);
        }
        Some(Marker { inserted, ..self.marker(kind, '\0', number, self.separated(end)) })
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
            // `一　工作开展情况`: the mark is lost, and only a title shows it.
            _ if at > end && is_ideograph(mark) && !is_numeral(mark) && !is_measure(mark) && self.is_title(at) => {
                return Some(Marker { weight: 5, ..self.marker(Kind::Cn, ' ', number, end) });
            }
            // `一—工作开展情况`
            _ if self.dashed(at) => (Kind::Cn, 5),
            _ => return None,
        };
        let end = if kind == Kind::CnParen { self.separated(at + 1) } else { at + 1 };
        Some(Marker { weight, ..self.marker(kind, mark, number, end) })
    }

    /// A dash between a number and a title: `一-总则`; `三—五月` and `1—个` are ranges and quantities.
    fn dashed(&self, at: usize) -> bool {
        let title = self.skip(at + 1);
        self.get(at).is_some_and(is_dash)
            && self.get(title).is_some_and(|c| is_ideograph(c) && !is_numeral(c) && !is_measure(c))
            && self.is_title(title)
    }

    /// The words from `at` are short and end without a mark.
    fn is_title(&self, at: usize) -> bool {
        let words = &self.view[at..];
        words.len() <= TITLE && !words.last().is_some_and(|c| "。;:,、!?".contains(*c))
    }

    /// 甲、 壹、 and what is typed for the 、.
    fn stem(&self, first: char) -> Option<Marker> {
        let stem = place(STEMS, first).map(|number| (Kind::Stem, number, self.start + 1));
        let (kind, number, end) = match stem {
            Some(stem) => stem,
            None => self.formal().map(|(number, end)| (Kind::Formal, number, end))?,
        };
        let at = self.skip(end);
        let mark = self.get(at).filter(|mark| matches!(mark, '、' | '.'))?;
        Some(self.marker(kind, mark, number, at + 1))
    }

    /// 拾贰 is 12, 贰拾 is 20.
    fn formal(&self) -> Option<(u16, usize)> {
        let end = (self.start..self.view.len()).take_while(|&n| FORMAL.contains(self.view[n])).count() + self.start;
        let plain: Option<String> = self.view[self.start..end]
            .iter()
            .map(|&c| place(FORMAL, c).and_then(|n| "一二三四五六七八九十".chars().nth(usize::from(n) - 1)))
            .collect();
        Some((parse_number(&plain?)?.try_into().ok()?, end))
    }

    /// `A.` `b、` `c)`
    fn letter(&self) -> Option<Marker> {
        let (number, end) = self.letter_number(self.start)?;
        let (mark, paren) = self.letter_mark(end)?;
        Some(self.marker(if paren { Kind::LetterParen } else { Kind::Letter }, mark, number, end + 1))
    }

    /// `II、` `iv)`
    fn roman(&self) -> Option<Marker> {
        let (number, end) = self.roman_number(self.start)?;
        let (mark, paren) = self.letter_mark(end)?;
        Some(self.marker(if paren { Kind::RomanParen } else { Kind::Roman }, mark, number, end + 1))
    }

    /// The mark behind a letter, and whether it is a bracket; `A.I.` and `e.g.` are words.
    fn letter_mark(&self, at: usize) -> Option<(char, bool)> {
        let mark = self.get(at)?;
        let word = self.get(at + 1).is_some_and(|c| c.is_ascii_alphanumeric());
        matches!(mark, '、' | ')' | '.').then_some((mark, mark == ')')).filter(|_| mark != '.' || !word)
    }

    fn letter_number(&self, at: usize) -> Option<(u16, usize)> {
        let letter = self.get(at)?.to_ascii_lowercase();
        Some((place("abcdefghijklmnopqrstuvwxyz", letter)?, at + 1))
    }

    /// I to XII, of letters or as one character.
    fn roman_number(&self, at: usize) -> Option<(u16, usize)> {
        let first = self.get(at)?;
        for (one, last) in [('Ⅰ', 'Ⅻ'), ('ⅰ', 'ⅻ')] {
            if (one..=last).contains(&first) {
                return Some((u16::try_from(u32::from(first) - u32::from(one) + 1).ok()?, at + 1));
            }
        }
        let letters: String = self.view[at..].iter().take_while(|c| c.is_ascii_alphabetic()).take(5).collect();
        let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let place =
            numerals.iter().position(|numeral| letters == *numeral || letters == numeral.to_ascii_uppercase())?;
        Some((u16::try_from(place + 1).ok()?, at + letters.len()))
    }

    /// `—、` typed for 一、 and `l.` for 1.
    fn mistyped(&self) -> Option<Marker> {
        let at = self.skip(self.start + 1);
        let mark = self.get(at)?;
        let (kind, weight) = match (self.view[self.start], mark) {
            (dash, '、') if is_dash(dash) => (Kind::Cn, 30),
            ('l' | 'I', '.' | '、') => (Kind::Arabic, 15),
            _ => return None,
        };
        Some(Marker { weight, ..self.marker(kind, mark, 1, at + 1) })
    }

    /// Markers that are one character: ㈠ ⑴ ⒈ ① Ⅰ.
    fn composed(&self, first: char) -> Option<Marker> {
        if matches!(first, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ') {
            return self.roman();
        }
        let (kind, base) = match first {
            '㈠'..='㈩' => (Kind::CnParen, '㈠'),
            '⑴'..='⒇' => (Kind::ArabicParen, '⑴'),
            '⒈'..='⒛' => (Kind::Arabic, '⒈'),
            '①'..='⑳' => (Kind::Circled, '①'),
            '❶'..='❿' => (Kind::Circled, '❶'),
            _ => return None,
        };
        let (mark, end) = match kind {
            Kind::Arabic => ('.', self.start + 1),
            _ => ('\0', self.separated(self.start + 1)),
        };
        Some(self.marker(kind, mark, u16::try_from(u32::from(first) - u32::from(base) + 1).ok()?, end))
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
            ')' => with(30, Kind::ArabicParen, self.separated(at + 1)),
            ',' if !self.view.get(at + 1).is_some_and(char::is_ascii_digit) => with(5, Kind::Arabic, at + 1),
            _ if self.dashed(at) => with(5, Kind::Arabic, at + 1),
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
        // `1.1、质量` `1.1.` `1.1：`: a mark behind what is closed already.
        let marked = match self.get(decimal.end) {
            Some('、' | ':' | ')') => true,
            Some('.') => !self.get(decimal.end + 1).is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        decimal.end += usize::from(marked);
        let behind = self.get(self.skip(decimal.end));
        let spaced = marked || self.get(decimal.end).is_some_and(is_blank);
        let word =
            |c: char| is_ideograph(c) || matches!(c, 'Ⅰ'..='Ⅻ' | '“' | '《') || (spaced && c.is_ascii_alphabetic());
        let decimal = behind.filter(|&c| word(c) && (spaced || !is_measure(c))).map(|c| {
            let weight = if spaced && !is_measure(c) { 30 } else { 5 };
            Marker { weight, ..decimal }
        });
        let after = self.get(self.skip(end));
        let weight = match after {
            _ if marked => -50,
            Some('年') if (1900..2100).contains(&second) => 25,
            // `1.8月18日至20日报名`, `2.12月底前完成`
            Some('月') if (1..=12).contains(&second) => 25,
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
