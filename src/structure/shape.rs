//! What the words behind a marker say about it: a heading, a sentence, an enumeration that only looks numbered.

use crate::text::{begins, holds};
use crate::words::ARTICLE_REFERENCES;

use super::lines::Text;
use super::marker::{Kind, Marker, is_measure};

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
    let heading = words.len() <= HEADING_LIMIT && !matches!(last, Some('。' | ';' | ',' | ':' | '、'));
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
    match marker.kind {
        Kind::Cn if marker.mark == '、' => enumeration(marker.number, words),
        Kind::Arabic if marker.mark == '、' && first.is_ascii_digit() => {
            let digits = words.iter().take_while(|c| c.is_ascii_digit()).count();
            if words.get(digits) == Some(&'、') { 60 } else { 10 }
        }
        // `1 不超过36000元的 3`: a row of a table whose cells are parted by blanks.
        Kind::Arabic if marker.mark == ' ' && words.last().is_some_and(char::is_ascii_digit) => 60,
        Kind::CnParen | Kind::ArabicParen if matches!(first, '、' | '至' | '和' | '或' | ',' | '与') => 60,
        Kind::Circled if ('①'..='⑳').contains(&first) => 60,
        Kind::CnParen if cited_item(words) => 60,
        // A blank behind 第五条 makes it an article, whatever its first words.
        Kind::Article if spaced => 0,
        Kind::Article => cited_article(marker.number, words),
        Kind::Book | Kind::Part | Kind::Chapter | Kind::Sec => {
            let sentence = words.len() > 40 || words.last() == Some(&'。') || holds(words, "规定");
            if sentence { 70 } else { 0 }
        }
        _ => 0,
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
