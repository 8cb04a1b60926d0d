//! The 发文字号 in a line, and what stands beside it on paper: the red head above, who signs, how an answer is classed.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{is_blank, parse_date};
use crate::words::{BEFORE_NUMBERS, LETTERHEAD_SUBJECTS};

/// 发文字号 (GB/T 9704-2012 7.2.5): the issuer's short name, the year in brackets, a number, 号.
macro_rules! document_number {
    () => {
        r"[\p{Han}A-Za-z](?:[\p{Han}A-Za-z]|[（(]\p{Han}{1,6}[）)]){0,23}\s?[〔\[【（(［﹝<〈{「『〖]\s?(?:19|20)\d{2}\s?[〕\]】）)］﹞>〉}」』〗]\s?(?:第\s?)?[\dA-Za-z-]{1,8}\s?号"
    };
}

static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(concat!(r"^", document_number!(), r"$")).expect("a constant pattern"));
static ANYWHERE: LazyLock<Regex> = LazyLock::new(|| Regex::new(document_number!()).expect("a constant pattern"));
/// （2013）云政字第12号, as bodies numbered before GB/T 9704, and courts and firms still do.
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let form = r"^[〔\[【（(［﹝]\s?(?:19|20)\d{2}\s?[〕\]】）)］﹞]\s?[\p{Han}A-Za-z]{1,12}\s?第\s?\d{1,6}\s?号$";
    Regex::new(form).expect("a constant pattern")
});
/// 云政发〔2013〕12 behind a label that says what it is.
static WITHOUT_SIGN: LazyLock<Regex> = LazyLock::new(|| {
    let form = r"^[\p{Han}A-Za-z]{1,24}\s?[〔\[【（(［﹝]\s?(?:19|20)\d{2}\s?[〕\]】）)］﹞]\s?\d{1,6}$";
    Regex::new(form).expect("a constant pattern")
});
/// How an answer to a proposal was classed.
static CLASS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[A-DＡ-Ｄ]\s*类?$").expect("a constant pattern"));

/// The whole line is a 发文字号.
pub(crate) fn is_document_number(text: &str) -> bool {
    let bare = || text.trim_matches(|c: char| is_blank(c) || "()（）【】[]".contains(c));
    text.len() < 120 && text.contains('号') && [bare(), text].into_iter().any(|text| WHOLE.is_match(text))
}

/// The whole line is the number of a document with the year before the mark.
pub(crate) fn is_year_first_number(text: &str) -> bool {
    text.len() < 120 && text.ends_with('号') && YEAR_FIRST.is_match(text)
}

/// A 发文字号 to which its 号 is missing.
pub(crate) fn is_number_without_sign(text: &str) -> bool {
    text.len() < 120 && WITHOUT_SIGN.is_match(text)
}

/// The line is a 发文字号, or begins with one and goes on with what stands beside it on paper: 签发人, A类, the day.
pub(crate) fn heads_with_number(text: &str) -> bool {
    /// Most characters behind the number.
    const LONGEST: usize = 16;
    if is_document_number(text) {
        return true;
    }
    let open = text.trim_start_matches(|c: char| is_blank(c) || "(（".contains(c));
    let Some(number) = open.contains('号').then(|| ANYWHERE.find(open)).flatten() else { return false };
    let (head, rest) = (open.get(..number.start()), open.get(number.end()..).unwrap_or_default());
    let beside = rest.trim_matches(|c: char| is_blank(c) || "()（）".contains(c));
    if rest.is_empty() && head.is_some_and(|head| is_letterhead(head.trim_end_matches(is_blank))) {
        return true;
    }
    number.start() == 0
        && beside.chars().count() <= LONGEST
        && (beside.starts_with("签发") || parse_date(beside).is_some() || CLASS.is_match(beside))
}

/// The red head of a sheet, which names whose it is and no subject: 青岭县人民政府办公室文件.
pub(crate) fn is_letterhead(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.ends_with("文件") && text.chars().count() < LONGEST && LETTERHEAD_SUBJECTS.holds(text).is_none()
}

/// The first 发文字号 in a text.
pub(crate) fn find_document_number(text: &str) -> Option<&str> {
    let found = text.contains('号').then(|| ANYWHERE.find(text)).flatten()?.as_str();
    Some(behind_title(found))
}

/// What the year in a 发文字号 stands between.
pub(crate) const OPENING: [char; 13] = ['〔', '[', '【', '（', '(', '［', '﹝', '<', '〈', '{', '「', '『', '〖'];

/// A number without the title or the red head that it is glued to: …房屋转让公告青产公发〔2023〕第20号.
fn behind_title(number: &str) -> &str {
    let mark = number.rfind(OPENING).unwrap_or(number.len());
    let head = number.get(..mark).unwrap_or_default();
    let cut =
        BEFORE_NUMBERS.iter().filter_map(|end| head.rfind(end.text).map(|at| at + end.text.len())).max().unwrap_or(0);
    // 公告〔2023〕3号 is a number of announcements.
    let left = head.get(cut..).map_or(0, |mark| mark.trim_matches(is_blank).chars().count());
    if left < 2 { number } else { number.get(cut..).unwrap_or(number).trim_start_matches(is_blank) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_begins_with_the_mark_of_the_body() {
        for (text, number) in [
            ("云溪县房屋转让公告云产公发[2023]第20号", "云产公发[2023]第20号"),
            ("中共云溪县委文件云发〔2023〕8号", "云发〔2023〕8号"),
            ("云溪县财政局公告〔2023〕3号", "云溪县财政局公告〔2023〕3号"),
            ("根据云政办发〔2023〕8号文件", "根据云政办发〔2023〕8号"),
        ] {
            assert_eq!(find_document_number(text), Some(number), "{text}");
        }
    }

    #[test]
    fn document_numbers_are_whole_lines() {
        for text in
            ["青政发〔2023〕5号", "云府办函[2021]12 号", "（青司发〔2020〕3号）", "YXDR—2023", "青政明电〔2022〕1号"]
        {
            assert_eq!(is_document_number(text), text != "YXDR—2023", "{text}");
        }
    }
}
