//! The 发文字号 in a line, and what stands beside it on paper: the red head above, who signs, how an answer is classed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::{is_blank, is_ideograph, parse_date};
use crate::words::{BEFORE_NUMBERS, BODIES, LETTERHEAD_SUBJECTS, TITLE_BADGES};

/// What a 发文字号 ends with (GB/T 9704-2012 7.2.5): the year in brackets, a number, 号.
///
/// The short name of the issuer before it is read by hand: a pattern of two dozen ideographs takes ten times as long to
/// compile as a page takes to read.
static ENDING: LazyLock<Regex> = LazyLock::new(|| {
    let form = r"[〔\[【（(［﹝<＜〈{｛「『〖]\s?(?:(?:[1１][9９]|[2２][0０])[0-9０-９]{2}|[789][0-9０-９]|[一二][九〇○零][〇○零一二三四五六七八九]{2})\s?年?\s?[〕\]】）)］﹞>＞〉}｝」』〗]\s?(?:第\s?)?(?:[0-9０-９A-Za-z-]{1,8}|[一二三四五六七八九十百零〇]{1,6})\s?号";
    Regex::new(form).expect("a constant pattern")
});
static HAN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[一-鿿]").expect("a constant pattern"));
/// （2013）云政字第12号, as bodies numbered before GB/T 9704, and firms still do; （2021）云1129民初123号 of a court.
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let form = r"^[〔\[【（(［﹝]\s?(?:19|20)[0-9０-９]{2}\s?[〕\]】）)］﹞]\s?(?:[一-鿿A-Za-z]{1,12}\s?第\s?[0-9０-９]{1,6}|[一-鿿][0-9０-９]{2,6}[一-鿿]{2,5}[0-9０-９]{1,7})\s?号$";
    Regex::new(form).expect("a constant pattern")
});
/// 云政办字第12号 and 云政发2013年12号, as sheets were numbered before the year came into brackets, and 云政发〔2013〕12.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    let form = r"^[一-鿿]{1,10}(?:字\s?第\s?[0-9０-９]{1,5}\s?号|[发字函电规]\s?(?:19|20)[0-9０-９]{2}\s?年?\s?第?\s?[0-9０-９]{1,5}\s?号|[发字函电规办]\s?[〔\[［﹝]\s?(?:19|20)[0-9０-９]{2}\s?[〕\]］﹞]\s?[0-9０-９]{1,5})$";
    Regex::new(form).expect("a constant pattern")
});
/// The number of the register of rules, which stands beside that of the document: YXDR-2021-01003.
static REGISTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-Z]{2,8}[-—–]?(?:19|20)[0-9０-９]{2}[-—–][0-9０-９]{3,6}$").expect("a constant pattern")
});
/// The line is the number of the register of rules.
pub(crate) fn is_register(text: &str) -> bool {
    text.len() < 40 && REGISTER.is_match(text.trim_matches(is_blank))
}

/// 云政发〔2013〕12 behind a label that says what it is.
static WITHOUT_SIGN: LazyLock<Regex> = LazyLock::new(|| {
    let form = r"^[一-鿿A-Za-z]{1,24}\s?[〔\[【（(［﹝]\s?(?:19|20)[0-9０-９]{2}\s?[〕\]】）)］﹞]\s?[0-9０-９]{1,6}$";
    Regex::new(form).expect("a constant pattern")
});
/// How an answer to a proposal was classed.
static CLASS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[A-DＡ-Ｄ]\s*类?$").expect("a constant pattern"));

/// The first 发文字号 in a text, as bytes of it: of the ends that a short name may stand before, with its longest one.
fn anywhere(text: &str) -> Option<Range<usize>> {
    if !text.contains('号') {
        return None;
    }
    ENDING.find_iter(text).find_map(|ending| Some(short_name(text.get(..ending.start())?)?..ending.end()))
}

/// Where the short name of an issuer begins that a text ends with, and perhaps a blank behind it: letters and places in
/// brackets, 云政办（内）, of which the first is a letter.
fn short_name(text: &str) -> Option<usize> {
    /// Most letters and brackets of a name.
    const LONGEST: usize = 24;
    /// Most letters in brackets.
    const INSIDE: usize = 6;
    let is_han = |c: char| is_ideograph(c) || !c.is_ascii() && HAN.is_match(c.encode_utf8(&mut [0; 4]));
    let is_letter = |c: char| c.is_ascii_alphabetic() || is_han(c);
    let mut rest = text.strip_suffix(char::is_whitespace).unwrap_or(text);
    let mut start = None;
    for _ in 0..LONGEST {
        if let Some(before) = rest.strip_suffix(is_letter) {
            (rest, start) = (before, Some(before.len()));
        } else if let Some(framed) = rest.strip_suffix(['）', ')']) {
            let before = framed.trim_end_matches(is_han);
            let inside = framed.get(before.len()..).map_or(0, |inside| inside.chars().count());
            match before.strip_suffix(['（', '(']).filter(|_| (1..=INSIDE).contains(&inside)) {
                Some(before) => rest = before,
                None => break,
            }
        } else {
            break;
        }
    }
    start
}

/// The whole line is a 发文字号.
pub(crate) fn is_document_number(text: &str) -> bool {
    let bare = || text.trim_matches(|c: char| is_blank(c) || "()（）【】[]".contains(c));
    let is_whole = |text: &str| anywhere(text) == Some(0..text.len());
    text.len() < 120 && text.contains('号') && !text.contains("关于") && (is_whole(bare()) || is_whole(text))
}

/// The whole line is the number of a document with its year outside of brackets, without a year, or without its 号.
pub(crate) fn is_plain_number(text: &str) -> bool {
    text.len() < 60 && PLAIN.is_match(text)
}

/// A line without the blanks that set apart the letters of a number: 云 政 发 〔2013〕 12 号.
pub(crate) fn joined(text: &str) -> Cow<'_, str> {
    let mark = text.find(OPENING).and_then(|at| text.get(..at)).unwrap_or_default();
    let mut letters = mark.split(is_blank).filter(|part| !part.is_empty());
    let apart = letters.by_ref().take(2).filter(|part| part.chars().count() == 1).count() == 2;
    let Some(end) = text.find('号').filter(|_| apart && letters.all(|part| part.chars().count() == 1)) else {
        return Cow::Borrowed(text);
    };
    let (number, rest) = text.split_at(end);
    Cow::Owned(number.chars().filter(|&c| !is_blank(c)).chain(rest.chars()).collect())
}

/// The whole line is the number of a document with the year before the mark.
pub(crate) fn is_year_first_number(text: &str) -> bool {
    text.len() < 120 && text.ends_with('号') && text.starts_with(OPENING) && YEAR_FIRST.is_match(text)
}

/// A 发文字号 to which its 号 is missing.
pub(crate) fn is_number_without_sign(text: &str) -> bool {
    text.len() < 120 && text.contains(OPENING) && text.ends_with(char::is_numeric) && WITHOUT_SIGN.is_match(text)
}

/// The line is a 发文字号, or begins with one and goes on with what stands beside it on paper: 签发人, A类, the day.
pub(crate) fn heads_with_number(text: &str) -> bool {
    /// Most characters behind the number.
    const LONGEST: usize = 16;
    if is_document_number(text) {
        return true;
    }
    let open = text.trim_start_matches(|c: char| is_blank(c) || "(（".contains(c));
    let Some(number) = anywhere(open) else { return false };
    let (head, rest) = (open.get(..number.start), open.get(number.end..).unwrap_or_default());
    let beside = rest.trim_matches(|c: char| is_blank(c) || "()（）".contains(c));
    if rest.is_empty() && head.is_some_and(|head| stands_before(head.trim_end_matches(is_blank))) {
        return true;
    }
    number.start == 0
        && beside.chars().count() <= LONGEST
        && !open.get(number.clone()).is_some_and(|number| number.contains("关于"))
        && (beside.starts_with("签发")
            || parse_date(beside).is_some()
            || CLASS.is_match(beside)
            || REGISTER.is_match(beside)
            // Two bodies number the same document.
            || is_document_number(beside)
            || beside.starts_with("类别")
            // 云政发〔2023〕8号（已废止）
            || TITLE_BADGES.iter().any(|badge| badge.text == beside)
            || matches!(beside, "文" | "文件"))
}

/// What a sheet has before its number in one line: the red head, the bodies, how urgent it is, how an answer is classed, 编号：, the
/// number of the register of rules.
fn stands_before(head: &str) -> bool {
    const URGENT: [&str; 6] = ["特急", "加急", "急件", "特提", "平急", "急"];
    let class = head.trim_matches(|c: char| is_blank(c) || "()（）".contains(c));
    let bodies = || head.split(is_blank).all(|name| name.is_empty() || BODIES.ends(name).is_some());
    let labelled =
        || matches!(head.trim_end_matches([':', '：']).trim_end_matches(is_blank), "编号" | "文件编号" | "字号");
    is_letterhead(head)
        || labelled()
        || REGISTER.is_match(head)
        || URGENT.contains(&class)
        || CLASS.is_match(class)
        || !head.is_empty() && bodies()
}

/// The red head of a sheet, which names whose it is and no subject: 青岭县人民政府办公室文件.
pub(crate) fn is_letterhead(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.ends_with("文件") && text.chars().count() < LONGEST && !LETTERHEAD_SUBJECTS.is_in(text)
}

/// The first 发文字号 in a text.
pub(crate) fn find_document_number(text: &str) -> Option<&str> {
    let found = behind_title(text.get(anywhere(text)?)?);
    // 关于转发云政办发〔2023〕8号文件的通知 has the number of another.
    (!found.contains("关于")).then_some(found)
}

/// The number of its own that a title has before its words or behind them; one within is cited.
pub(crate) fn number_of_title(title: &str) -> Option<&str> {
    let number = find_document_number(title)?;
    let at = title.find(number)?;
    let (before, rest) = (title.get(..at)?, title.get(at + number.len()..)?);
    let closing = |c: char| is_blank(c) || ")）】]〕".contains(c);
    let rest = rest.trim_matches(closing);
    // …的通知（云政办发〔2023〕8号）【已废止】
    let remark = rest.starts_with(['（', '(', '【', '[']) && rest.chars().count() <= LONGEST_REMARK;
    let opening = |c: char| is_blank(c) || "(（【[".contains(c);
    // 【住房】云政办发〔2023〕8号关于…的通知
    let tagged = before.starts_with(['【', '[']) && before.ends_with(['】', ']']);
    let leads = (tagged || before.chars().all(opening)) && !rest.starts_with(['的', '文', '、', '和', '及', '《']);
    (leads || rest.is_empty() || remark).then_some(number)
}

/// Most characters of a remark behind the number in a title.
const LONGEST_REMARK: usize = 8;

/// What the year in a 发文字号 stands between.
pub(crate) const OPENING: [char; 15] =
    ['〔', '[', '【', '（', '(', '［', '﹝', '<', '＜', '〈', '{', '｛', '「', '『', '〖'];

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
            ("云溪县林业局行政处罚决定书云林罚字〔2023〕8号", "云林罚字〔2023〕8号"),
            ("云溪县人民政府办公室云政办发〔2023〕8号", "云政办发〔2023〕8号"),
            ("云溪县人民政府公告〔2023〕8号", "云溪县人民政府公告〔2023〕8号"),
            ("云溪县财政局公告〔2023〕3号", "云溪县财政局公告〔2023〕3号"),
            ("根据云政办发〔2023〕8号文件", "根据云政办发〔2023〕8号"),
        ] {
            assert_eq!(find_document_number(text), Some(number), "{text}");
        }
    }

    /// The same numbers as by the pattern of the whole, which is as long as this module is quick.
    #[test]
    fn a_short_name_is_read_as_far_as_a_pattern_would() {
        let name = r"[一-鿿A-Za-z](?:[一-鿿A-Za-z]|[（(][一-鿿]{1,6}[）)]){0,23}\s?";
        let pattern = Regex::new(&format!("{name}{}", ENDING.as_str())).unwrap();
        let pieces = [
            "云",
            "政发",
            "A",
            "々",
            "号",
            "（内）",
            "(工资)",
            "（一二三四五六七）",
            "（",
            "）",
            " ",
            "\u{3000}",
            "〔2023〕",
            "[2023]",
            "（２０２３）",
            "5",
            "第5",
            "第 12 ",
            "号",
            "。",
            "一二三四五六七八九十一二三四五六七八九十",
            "5号",
            "<1999>",
        ];
        let mut seed = 1_usize;
        for _ in 0..60_000 {
            let text: String = (0..9)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    pieces[(seed >> 33) % pieces.len()]
                })
                .collect();
            assert_eq!(anywhere(&text), pattern.find(&text).map(|found| found.range()), "{text}");
        }
    }

    #[test]
    fn what_portals_write_beside_a_number_leaves_the_line_its() {
        for (text, heads) in [
            ("云政发〔2023〕5号（已废止）", true),
            ("云政发＜2023＞5号", true),
            ("云政发｛2023｝5号", true),
            ("编号：云政发〔2023〕5号", true),
            ("YXDR-2023-01012 云政发〔2023〕5号", true),
            ("云政发〔2023〕5号　类别标记：A", true),
            ("合同编号：云政发〔2023〕5号", false),
            ("云政发〔2023〕5号（以下简称《办法》）", false),
        ] {
            assert_eq!(heads_with_number(text), heads, "{text}");
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
