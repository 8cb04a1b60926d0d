//! What the words behind a marker say about it: a heading, a sentence, an enumeration that only looks numbered.

use crate::text::{begins, ends, holds};
use crate::words::{AMENDMENTS, ARTICLE_REFERENCES};

use super::kind::Kind;
use super::lines::Text;
use super::marker::{self, Marker, is_measure};
use super::sentence::ends_quoting;

/// A line of at most so many characters that ends without a mark may be a heading.
pub(super) const HEADING_LIMIT: usize = 60;

/// How much the words support the marker, in tenths, and whether they look like a heading line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Positive: the words make the marker more certain.
    pub(super) score: i32,
    /// A short line without a mark at its end.
    pub(super) heading: bool,
}

/// Judges the words between a marker and the end of its line.
pub(super) fn shape(text: &Text, marker: &Marker, end: usize) -> Shape {
    let from = text.skip_blanks(marker.end, end);
    let words = &text.folded[from..end];
    let last = words.last().copied();
    let closed = matches!(last, Some('。' | ';' | ',' | ':' | '、')) || ends_quoting(words);
    let heading = words.len() <= HEADING_LIMIT && !closed;
    let support = match last {
        None => 0,
        _ if heading => 15,
        Some(';' | ':') => 8,
        _ if words.iter().take(40).any(|&c| c == '。') => 8,
        _ => 0,
    };
    Shape { score: support - doubt(marker, words, from > marker.end), heading }
}

/// How much the words speak against the marker.
fn doubt(marker: &Marker, words: &[char], spaced: bool) -> i32 {
    let first = words.first().copied().unwrap_or('\0');
    if goes_on_referring(marker, words) {
        return 90;
    }
    match marker.kind {
        Kind::Cn if marker.mark == '、' => enumeration(marker.number, words),
        Kind::Arabic if marker.mark == '、' && first.is_ascii_digit() => {
            let digits = words.iter().take_while(|c| c.is_ascii_digit()).count();
            if words.get(digits) == Some(&'、') { 60 } else { 10 }
        }
        // `1 不超过36000元的 3`: a row of a table whose cells are parted by blanks.
        Kind::Arabic if marker.mark == ' ' && words.last().is_some_and(char::is_ascii_digit) => 60,
        Kind::CnParen if cited_item(words) => 90,
        // `甲、乙双方`, `A、B两类`, `第一、二产业`
        Kind::Stem | Kind::Letter | Kind::Roman | Kind::CnOrdinal
            if marker.mark == '、' && names_another(marker.kind, words) =>
        {
            60
        }
        // 第五条 改为第四条 is what a decision does to an article, with a blank or without.
        Kind::Article if AMENDMENTS.starts_view(words).is_some() => 90,
        // Else a blank behind 第五条 makes it an article, whatever its first words.
        Kind::Article if spaced => 0,
        Kind::Article => cited_article(marker.number, words),
        Kind::Book | Kind::Subbook | Kind::Part | Kind::Chapter | Kind::Sec => {
            if is_title(words) {
                0
            } else {
                70
            }
        }
        _ => 0,
    }
}

/// `第一节 一般规定` is a title, `第三章规定的程序` and `第二节的内容` speak about a chapter.
fn is_title(words: &[char]) -> bool {
    let refers = ["规定", "的", "中", "所"].iter().any(|word| begins(words, word)) || holds(words, "规定的");
    let inside = holds(words, "规定") && !ends(words, "规定") && !ends(words, "规定)");
    !refers && !inside && words.len() <= 40 && words.last() != Some(&'。')
}

/// `（一）、（二）项`, `（二）至（四）项`, `第一章和第二章`, `①②`: another marker of the kind follows at once.
fn goes_on_referring(marker: &Marker, words: &[char]) -> bool {
    let closed =
        matches!(marker.kind, Kind::CnParen | Kind::ArabicParen | Kind::LetterParen | Kind::RomanParen | Kind::Circled);
    if !closed && marker.kind > Kind::Article {
        return false;
    }
    let joins = ["或者", "以及", "至", "到", "和", "或", "与", "及", "、", ",", "-", "—", "~", "～"];
    let join = joins.iter().find(|word| begins(words, word)).map_or(0, |word| word.chars().count());
    let next = marker::read(words, join)[0];
    next.is_some_and(|next| next.kind == marker.kind)
}

/// The words begin with a further numeral of the kind, which no word follows.
fn names_another(kind: Kind, words: &[char]) -> bool {
    let first = words.first().copied().unwrap_or('\0');
    match kind {
        Kind::Stem => "甲乙丙丁戊己庚辛壬癸".contains(first),
        Kind::CnOrdinal => "第一二三四五六七八九十".contains(first),
        Kind::Letter => first.is_ascii_alphabetic() && words.get(1).is_none_or(|c| !c.is_ascii_alphabetic()),
        _ => {
            let letters = words.iter().take_while(|c| c.is_ascii_alphabetic()).count();
            letters > 0 && words[..letters].iter().all(|c| "IVXivx".contains(*c))
        }
    }
}

/// `一、二级海塘` and `一、二、三类` are kinds, not items; `四、一九四九年以前` and `一、五年来` are items.
fn enumeration(number: u16, words: &[char]) -> i32 {
    let run = words.iter().take_while(|c| "一二三四五六七八九十〇".contains(**c)).count();
    let Some(&next) = words.get(run).filter(|_| run > 0) else { return 0 };
    let numeral: String = words[..run].iter().collect();
    let follows = crate::text::parse_number(&numeral).is_some_and(|second| second == u32::from(number) + 1);
    match next {
        '、' => 60,
        '年' if run == 4 || words.get(run + 1) == Some(&'来') => 0,
        c if is_measure(c) && follows => 60,
        c if is_measure(c) => 20,
        _ => 0,
    }
}

/// `（一）项规定的情形` speaks about an item; `（一）项目名称` and `（一）款项支付` are items.
fn cited_item(words: &[char]) -> bool {
    let other = ["项目", "项下", "款项", "款待", "款式"].iter().any(|word| begins(words, word));
    !other && ["项", "款", "目规定"].iter().any(|word| begins(words, word))
}

/// `第五条第二款`, `第三条至第六条`, `第二条为加大支持力度` speak about an article; `第二条为规范管理，制定本办法` is one.
fn cited_article(number: u16, words: &[char]) -> i32 {
    let paragraph = words.first() == Some(&'第')
        && words
            .iter()
            .skip(1)
            .find(|c| !"(一二三四五六七八九十)".contains(**c))
            .is_some_and(|c| matches!(c, '款' | '项' | '目'));
    if paragraph || ARTICLE_REFERENCES.starts_view(words).is_some() {
        return 90;
    }
    let purpose = ["制定本", "特制定", "根据", "依据", "结合"].iter().any(|word| holds(words, word));
    if begins(words, "为") && !(number == 1 && purpose) && !begins(words, "为了") { 90 } else { 0 }
}
