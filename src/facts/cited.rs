//! The numbers by which documents are cited: 国办发〔2021〕30号, 国务院令第711号, GB/T 9704-2012.

use std::ops::Range;

use crate::text::{begins, chinese_number, is_blank, is_ideograph};
use crate::words::NUMBER_LEADS;

/// Most characters of the mark of a body before the year.
const LONGEST_MARK: usize = 12;

/// The number of a document with its year in brackets whose opening bracket stands at `open`: the place of the whole.
pub(super) fn numbered(view: &[char], open: usize) -> Option<Range<usize>> {
    let at = |n: usize| view.get(n).copied().unwrap_or('\n');
    if !matches!(at(open), '〔' | '[' | '【' | '(' | '﹝' | '<' | '〈') {
        return None;
    }
    let digits = |from: usize| (from..view.len()).take_while(|&n| view[n].is_ascii_digit()).count();
    let blanks = |from: usize| (from..view.len()).take_while(|&n| view[n] == ' ').count();
    let year = open + 1 + blanks(open + 1);
    if digits(year) != 4 || !matches!((at(year), at(year + 1)), ('1', '9') | ('2', '0')) {
        return None;
    }
    let close = year + 4 + blanks(year + 4);
    if !matches!(at(close), '〕' | ']' | '】' | ')' | '﹞' | '>' | '〉') {
        return None;
    }
    let mut serial = close + 1 + blanks(close + 1);
    if at(serial) == '第' {
        serial += 1 + blanks(serial + 1);
    }
    let length = digits(serial);
    let end = serial + length + blanks(serial + length);
    if !(1..=5).contains(&length) || at(end) != '号' {
        return None;
    }
    let mark = mark(view, open)?;
    Some(mark..end + 1)
}

/// Where the mark of the body begins that ends at `end`: behind the words of the sentence that lead to it.
fn mark(view: &[char], end: usize) -> Option<usize> {
    let end = (0..end).rev().find(|&n| view[n] != ' ').map_or(0, |n| n + 1);
    let letter = |c: char| is_ideograph(c) || c.is_ascii_alphabetic() || c == '-';
    let run = view.get(..end)?.iter().rev().take(2 * LONGEST_MARK).take_while(|&&c| letter(c)).count();
    // Where a word ends, if at least so many characters of a mark are left behind it.
    let behind = |n: usize| {
        let word = NUMBER_LEADS.starts_view(&view[n..end])?;
        let left = if word.meaning == Some("body") { 3 } else { 1 };
        Some(n + word.text.chars().count()).filter(|&at| at + left <= end)
    };
    // 公告〔2023〕3号 and 县政府公告〔2023〕3号 are numbers of announcements. In 云溪县委办公室云办发〔2021〕9号 the body is named,
    // and then the number.
    let start = (end - run..end).filter_map(behind).max().unwrap_or(end - run);
    // 和 and 及 stand in names of places, too: only where a number stands before them.
    let joins = view.get(start).is_some_and(|c| matches!(c, '和' | '与' | '及'))
        && start > 0
        && matches!(view.get(start - 1), Some('号' | '》' | ')'));
    let start = start + usize::from(joins);
    let length = end - start;
    (1..=LONGEST_MARK + 6).contains(&length).then_some(start)
}

/// 国务院令第711号, 第711号令, 中华人民共和国主席令第70号 at the beginning of a view: its length.
pub(super) fn order(view: &[char]) -> Option<usize> {
    let numeral = |from: usize| {
        let counts = |c: &&char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(**c);
        let length = view.get(from..)?.iter().take_while(counts).count();
        let text: String = view.get(from..from + length)?.iter().collect();
        (length > 0 && (text.bytes().all(|b| b.is_ascii_digit()) || chinese_number(&text).is_some())).then_some(length)
    };
    let name = view.iter().take_while(|c| is_ideograph(**c) && **c != '第').count();
    let names_order = view.get(..name)?.ends_with(&['令'])
        || begins(view.get(..name)?, "公告")
        || view.get(..name)?.ends_with(&['公', '告']);
    // 公告2023年第3号
    let year = view.get(name..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    let at = if year == 4 && view.get(name + 4) == Some(&'年') { name + 5 } else { name };
    let at = at + usize::from(view.get(at) == Some(&' '));
    if view.get(at) != Some(&'第') || name > 24 {
        return None;
    }
    let length = numeral(at + 1)?;
    let end = at + 1 + length;
    match (view.get(end)?, view.get(end + 1)) {
        ('号', Some('令')) => Some(end + 2),
        ('号', _) if names_order => Some(end + 1),
        _ => None,
    }
}

/// GB/T 9704-2012, DB43/T 1234—2020 at the beginning of a view: its length.
pub(super) fn standard(view: &[char]) -> Option<usize> {
    let letters = view.iter().take_while(|c| c.is_ascii_uppercase()).count();
    let at = |n: usize| view.get(n).copied().unwrap_or('\n');
    let mut end = letters + (letters..view.len()).take_while(|&n| at(n).is_ascii_digit()).count();
    // The letters of the norms that exist: GB, DB and those of trades have two or three.
    if !(2..=5).contains(&letters) || (end > letters && !begins(view, "DB")) {
        return None;
    }
    if at(end) == '/' && at(end + 1).is_ascii_uppercase() {
        end += 2 + (end + 2..view.len()).take_while(|&n| at(n).is_ascii_uppercase()).count();
    }
    end += (end..view.len()).take_while(|&n| at(n) == ' ').count();
    let number = (end..view.len()).take_while(|&n| at(n).is_ascii_digit() || at(n) == '.').count();
    end += number;
    let dash = at(end) == '-' || at(end) == '—' || at(end) == '–';
    let year = (end + 1..view.len()).take_while(|&n| at(n).is_ascii_digit()).count();
    ((3..=7).contains(&number) && dash && matches!(year, 2 | 4)).then_some(end + 1 + year)
}

/// A number without blanks, its brackets as 〔〕 (GB/T 9704-2012 7.2.5).
pub(super) fn written(number: &[char]) -> String {
    let letters = number.iter().filter(|c| !is_blank(**c));
    letters
        .map(|&c| match c {
            '[' | '【' | '(' | '﹝' | '<' | '〈' => '〔',
            ']' | '】' | ')' | '﹞' | '>' | '〉' => '〕',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_char;

    fn view(text: &str) -> Vec<char> {
        text.chars().map(fold_char).collect()
    }

    #[test]
    fn the_mark_of_a_number_begins_behind_the_words_that_lead_to_it() {
        for (text, number) in [
            ("根据国办发〔2016〕8号要求", Some("国办发〔2016〕8号")),
            ("按照云溪县人民政府云政发[2022] 3 号文件", Some("云政发〔2022〕3号")),
            ("（云政办函（2021）第12号）", Some("云政办函〔2021〕第12号")),
            ("和政发〔2020〕5号", Some("和政发〔2020〕5号")),
            ("云溪县人民政府公告〔2020〕5号", Some("云溪县人民政府公告〔2020〕5号")),
            ("青政发〔2020〕5号和青政办发〔2020〕6号", Some("青政发〔2020〕5号")),
            ("会议（2021）召开", None),
            ("〔2021〕5号", None),
        ] {
            let view = view(text);
            let found = (0..view.len()).find_map(|open| numbered(&view, open));
            assert_eq!(found.map(|place| written(&view[place])).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn orders_and_standards_have_numbers_of_their_own() {
        for (text, length) in [
            ("国务院令第711号）", Some(9)),
            ("第711号令", Some(6)),
            ("第711号", None),
            ("中华人民共和国主席令第七十号", Some(14)),
            ("公告2023年第3号", Some(10)),
            ("云溪路12号", None),
        ] {
            assert_eq!(order(&view(text)), length, "{text}");
        }
        for (text, length) in [
            ("GB/T 9704-2012", Some(14)),
            ("DB43/T 1234—2020标准", Some(16)),
            ("GB 3095-2012", Some(12)),
            ("AB-1", None),
            ("PPP 2020", None),
        ] {
            assert_eq!(standard(&view(text)), length, "{text}");
        }
    }
}
