//! Days that no label tells: beside a name, in the two boxes of a badge, behind the tools of the page, below the text.

use jiff::civil::Date;

use super::sources::{Around, Sources};
use crate::page::{address_chars, document_number, is_posted_alone, line_class};
use crate::text::{DateTime, dates, is_blank, is_ideograph};

/// The day beside a name between title and body.
pub(super) fn beside_name(around: &Around<'_>) -> Option<DateTime> {
    around.named.iter().find_map(|(day, _)| dates(day).next()).map(|found| found.value)
}

/// The day with a time that stands alone in a line right below the text.
pub(super) fn below_text(sources: &Sources<'_>) -> Option<DateTime> {
    sources
        .around
        .below
        .iter()
        .filter(|line| is_posted_alone(line))
        .find_map(|line| dates(line).next())
        .map(|found| found.value)
}

/// The day of a badge, whose boxes stand in one line or in two: 28 and 2023-02, 2023 and 02-28.
pub(super) fn of_badge(around: &Around<'_>) -> Option<DateTime> {
    let lines = || around.head.iter().map(|line| line.trim_matches(is_blank));
    let date = lines().find_map(in_one_line).or_else(|| {
        let mut pairs = lines().zip(lines().skip(1));
        pairs.find_map(|(one, other)| in_two(one, other).or_else(|| in_two(other, one)))
    });
    date.map(|date| DateTime { date, time: None })
}

/// The boxes of a badge in one line: 28 2023-02, 2023-02 28.
fn in_one_line(line: &str) -> Option<Date> {
    /// Most bytes of such a line.
    const LONGEST: usize = 24;
    // 2023-11 is no day.
    let whole = line.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::len);
    let is_whole = dates(line).next().is_some_and(|day| day.start == 0);
    let is_month = is_whole || whole.eq([4, 2]) || line.chars().filter(char::is_ascii_digit).count() < 6;
    let fits = line.len() <= LONGEST && line.starts_with(|c: char| c.is_ascii_digit()) && !is_month;
    let cuts = line.char_indices().map(|(at, _)| at).skip(1).filter(|_| fits);
    let mut found = cuts.filter_map(|cut| {
        let (one, other) = line.split_at_checked(cut)?;
        let (one, other) = (one.trim_matches(is_blank), other.trim_matches(is_blank));
        in_two(one, other).or_else(|| in_two(other, one))
    });
    let date = found.next()?;
    // 112023-1 may be read in two ways.
    found.all(|other| other == date).then_some(date)
}

/// 28 and 2023-02, 02-28 and 2023.
fn in_two(day: &str, month: &str) -> Option<Date> {
    let number = |text: &str, most: usize| {
        let digits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<i16>().ok()).flatten()
    };
    let two = |text: &'_ str| {
        let text = text.strip_suffix(['月', '日']).unwrap_or(text);
        let (one, other) = text.split_once(['-', '/', '.', '年', '月'])?;
        Some((one.trim_matches(is_blank).to_owned(), other.trim_matches(is_blank).to_owned()))
    };
    let year_of = |text: &str| number(text, 4).filter(|year| (1991..2100).contains(year));
    let alone = number(day.strip_suffix('日').unwrap_or(day), 2);
    let (year, month, day) = if let (Some(day), Some((year, month))) = (alone, two(month)) {
        (year_of(&year)?, number(&month, 2)?, day)
    } else {
        let (month_of_year, day) = two(day)?;
        (year_of(month.strip_suffix('年').unwrap_or(month))?, number(&month_of_year, 2)?, number(&day, 2)?)
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A line from its day on, where nothing but tools of the page stands before it: 字体：大 中 小　2023-02-28.
pub(super) fn behind_tools(line: &str) -> &str {
    /// Most characters of the tools.
    const LONGEST: usize = 24;
    let Some(found) = dates(line).next().filter(|found| (1..=LONGEST).contains(&found.start)) else { return line };
    let at = line.char_indices().nth(found.start).map_or(line.len(), |(at, _)| at);
    let (before, rest) = line.split_at_checked(at).unwrap_or((line, ""));
    let said: String = before.chars().filter(|&c| line_class::is_letter(c)).collect();
    let tools = ["打印", "关闭", "收藏", "分享", "字体", "字号", "默认", "特大", "大", "中", "小", "A", "T"];
    let left = tools.iter().fold(said.clone(), |left, tool| left.replace(tool, ""));
    if left.is_empty() && !said.is_empty() { rest } else { line }
}

/// A line from its day in figures on, where nothing but the number of the document stands before it: 云政发〔2023〕5号　2023-02-28.
pub(super) fn behind_number(line: &str) -> &str {
    let cut = line.find('号').map(|at| at + '号'.len_utf8());
    let Some((number, rest)) = cut.and_then(|cut| line.split_at_checked(cut)) else { return line };
    let rest = rest.trim_start_matches(is_blank);
    let is_day = dates(rest).next().is_some_and(|found| found.start == 0) && !rest.contains('年');
    if is_day && document_number::is_document_number(number) { rest } else { line }
}

/// A line from its day in figures on, where the address of the site stands before it, perhaps behind its name.
pub(super) fn behind_address(line: &str) -> &str {
    let Some(found) = dates(line).next().filter(|found| found.start > 0) else { return line };
    let at = line.char_indices().nth(found.start).map_or(line.len(), |(at, _)| at);
    let (before, rest) = line.split_at_checked(at).unwrap_or((line, ""));
    let is_name = |word: &str| word.chars().all(is_ideograph) || address_chars(word) == word.len();
    let mut words = before.split(is_blank).filter(|word| !word.is_empty());
    let stands_alone = before.ends_with(is_blank) && address_chars(before) > 0 && words.all(is_name);
    if stands_alone && !rest.contains('年') { rest } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_has_the_day_and_the_month_in_two_boxes() {
        for (lines, day) in [
            (vec!["08", "2023-11"], Some("2023-11-08")),
            (vec!["2023/11", "08"], Some("2023-11-08")),
            (vec!["082023.11"], Some("2023-11-08")),
            (vec!["08 2023年11月"], Some("2023-11-08")),
            (vec!["2023年11月8日"], None),
            (vec!["11-082023"], Some("2023-11-08")),
            (vec!["2023", "11-08"], Some("2023-11-08")),
            (vec!["8日", "2023年11月"], Some("2023-11-08")),
            (vec!["08", "2023-13"], None),
            (vec!["第8期", "2023-11"], None),
            (vec!["12", "县政府办"], None),
            (vec!["2023-11", "2023-12"], None),
            (vec!["2023/1"], None),
            (vec!["08", "2023/11"], Some("2023-11-08")),
        ] {
            let around = Around { head: lines.clone(), named: Vec::new(), below: Vec::new() };
            assert_eq!(of_badge(&around).map(|day| day.date.to_string()).as_deref(), day, "{lines:?}");
        }
    }

    #[test]
    fn tools_before_a_day_are_passed() {
        for (line, rest) in [
            ("字体：大 中 小　2023-11-08", "2023-11-08"),
            ("【大 中 小】【打印】 2023-11-08", "2023-11-08"),
            ("A+ A- 2023-11-08", "2023-11-08"),
            ("[大 中 小] 2023-11-08 县政府办", "2023-11-08 县政府办"),
            ("大会于2023-11-08召开", "大会于2023-11-08召开"),
            ("2023-11-08", "2023-11-08"),
        ] {
            assert_eq!(behind_tools(line), rest, "{line}");
        }
    }
}
