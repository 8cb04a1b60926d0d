//! The day of a list item: shown beside the link in one of many forms, else in the address.

pub(super) mod order;

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;
use url::Url;

use super::pattern::pattern;
use crate::text::{address_day, dates, find_date};
use order::Shown;

/// The day that the texts beside a link show.
///
/// Several dates are the days of writing and of publishing (成文日期, 发布日期), in this order, or the first and the
/// last day of a consultation (2023-01-01 至 2023-01-31), of which the first is when it was published. A day without a
/// year takes one from the address that is near to it.
pub(super) fn shown_day(pieces: &[String], url: &Url) -> Shown {
    let found: Vec<Vec<Date>> = pieces.iter().map(|piece| days_in(piece)).collect();
    if let Some(published) = labelled(pieces, &found) {
        return Shown::Day(published);
    }
    let all: Vec<Date> = found.concat();
    match all.as_slice() {
        [] => undivided(pieces, url),
        [first, ..] if is_span(pieces) => Shown::Day(*first),
        [.., last] => Shown::Day(*last),
    }
}

/// The day where no text by itself is a whole one.
fn undivided(pieces: &[String], url: &Url) -> Shown {
    if let Some(day) = split_day(pieces) {
        return Shown::Day(day);
    }
    let without_year = pieces.iter().rev().find_map(|piece| month_and_day(piece)).or_else(|| split_month(pieces));
    let short = || pieces.iter().find_map(|piece| short_day(piece));
    match without_year {
        Some((month, day)) => match year_of(month, day, url) {
            Some(day) => Shown::Day(day),
            None if pieces.iter().any(|piece| is_clear(piece)) => Shown::NoYear(month, day),
            None => Shown::Nothing,
        },
        None => short().map_or(Shown::Nothing, Shown::Day),
    }
}

/// So many days behind the one in its address a page may show its own, as it is published some time after it was made,
/// and so many days before it.
const LATER: i32 = 31;
const EARLIER: i32 = 120;

/// The day near to what the address says: a page of 4 January may show 30 December. None is near if an old page was put
/// on the portal again, and then its year is not known.
fn year_of(month: i8, day: i8, url: &Url) -> Option<Date> {
    /// A month (`/202302/`) or a year of its own (`/2023/`).
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^0-9])(20\d{2})(?:[-/]?(0[1-9]|1[0-2]))?(?:[^0-9]|$)"));
    let path = url.path();
    let part = || YEAR.captures(path);
    let about = address_day(path).or_else(|| {
        let found = part()?;
        Date::new(found[1].parse().ok()?, found.get(2)?.as_str().parse().ok()?, 15).ok()
    });
    let Some(about) = about else { return Date::new(part()?[1].parse().ok()?, month, day).ok() };
    let near = about.checked_sub(EARLIER.days()).ok()?..=about.checked_add(LATER.days()).ok()?;
    let years = about.year() - 1..=about.year() + 1;
    years.filter_map(|year| Date::new(year, month, day).ok()).find(|day| near.contains(day))
}

fn days_in(text: &str) -> Vec<Date> {
    dates(text).map(|found| found.value.date).collect()
}

/// The day behind a label that says that it is the day of publication.
fn labelled(pieces: &[String], found: &[Vec<Date>]) -> Option<Date> {
    let says = |piece: &String| ["发布", "公开日期", "公开时间"].iter().any(|label| piece.contains(label));
    let at = pieces.iter().position(says)?;
    found[at].first().or_else(|| found.get(at + 1)?.first()).copied()
}

fn is_span(pieces: &[String]) -> bool {
    pieces.iter().any(|piece| {
        let text = piece.trim_matches(|c: char| c.is_ascii_digit() || "-/.年月日:： ".contains(c));
        ["至", "到", "~", "～", "—", "——", "--"].contains(&text)
    })
}

/// A day whose parts stand in elements of their own: `28` above `2023-02`, `02-28` above `2023`, `2月`, `28`, `2023`; the
/// last of several.
fn split_day(pieces: &[String]) -> Option<Date> {
    static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(20\d{2})[-/.年](\d{1,2})[-/.月]?$"));
    let year = |text: &str| text.trim_end_matches('年').parse::<i16>().ok().filter(|year| (1990..2100).contains(year));
    let pair = |pair: &[String]| {
        [(&pair[0], &pair[1]), (&pair[1], &pair[0])].into_iter().find_map(|(day, rest)| {
            if let (Some(day), Some(month)) = (day_alone(day), MONTH.captures(rest)) {
                return Date::new(month[1].parse().ok()?, month[2].parse().ok()?, day).ok();
            }
            let (month, day) = month_and_day(day)?;
            Date::new(year(rest)?, month, day).ok()
        })
    };
    let three = |parts: &[String]| {
        let (before, behind) = (year(&parts[0]), year(&parts[2]));
        let (month, day) = if before.is_some() { split_month(&parts[1..]) } else { split_month(&parts[..2]) }?;
        Date::new(before.or(behind)?, month, day).ok()
    };
    let (mut at, mut last) = (0, None);
    while let Some(rest) = pieces.get(at..).filter(|rest| rest.len() > 1) {
        let found = pair(&rest[..2]).map(|day| (day, 2));
        let found = found.or_else(|| Some((three(rest.get(..3)?)?, 3)));
        at += found.map_or(1, |(_, n_parts)| n_parts);
        last = found.map(|(day, _)| day).or(last);
    }
    last
}

/// Month and day in elements of their own: `2月` and `28`, in either order.
fn split_month(pieces: &[String]) -> Option<(i8, i8)> {
    let month = |text: &str| text.strip_suffix('月')?.parse().ok().filter(|month| (1..=12).contains(month));
    pieces.windows(2).find_map(|pair| {
        let pairs = [(&pair[0], &pair[1]), (&pair[1], &pair[0])];
        pairs.into_iter().find_map(|(first, second)| Some((month(first)?, day_alone(second)?)))
    })
}

fn day_alone(text: &str) -> Option<i8> {
    text.trim_end_matches('日').parse().ok().filter(|day| (1..=31).contains(day))
}

/// How many texts at the front are a day, whole or cut into parts: `20` and `2023.03`, `3月` and `20`.
pub(super) fn tile(texts: &[&str]) -> usize {
    let shows_day = |texts: &[&str]| {
        let owned: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let alone = |text: &str| find_date(text).is_some() || month_and_day(text).is_some_and(|_| is_clear(text));
        match texts {
            [text] => alone(text),
            _ => split_day(&owned).is_some() || split_month(&owned).is_some(),
        }
    };
    let fits =
        |n: &usize| texts.get(..*n).is_some_and(|front| front.iter().all(|text| is_part(text)) && shows_day(front));
    (1..=3).rev().find(fits).unwrap_or(0)
}

/// Whether a text is nothing but figures and what stands between those of a day.
pub(super) fn is_part(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_digit() || "年月日-/.[]()（）【】".contains(c);
    text.chars().count() <= 12 && text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(fine)
}

/// Without a year, `1/2` may be the first of two pages.
fn is_clear(text: &str) -> bool {
    text.contains('月') || text.chars().filter(char::is_ascii_digit).count() >= 4
}

/// `23-02-28`, `02/28/2023`, `20230228` as the whole text.
fn short_day(text: &str) -> Option<Date> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[\[\(（【]?\s*(?:([012]\d)[-.](\d{2})[-.](\d{2})|(\d{1,2})/(\d{1,2})/(20\d{2})|(20\d{2})(\d{2})(\d{2}))\s*[\]\)）】]?$",
        )
    });
    let found = SHORT.captures(text)?;
    let part = |n| found.get(n).and_then(|part| part.as_str().parse::<i16>().ok());
    let (year, month, day) = match (part(1), part(7)) {
        (Some(year), _) => (2000 + year, part(2)?, part(3)?),
        (None, Some(year)) => (year, part(8)?, part(9)?),
        (None, None) => (part(6)?, part(4)?, part(5)?),
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// `02-28`, `[02/28]`, `2月28日` as the whole text, perhaps with a time of day.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let short = r"^[\[\(（【]?\s*(\d{1,2})[-/.月](\d{1,2})日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\]\)）】]?$";
        pattern(short)
    });
    let found = DAY.captures(text)?;
    let (month, day) = (found[1].parse().ok()?, found[2].parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&str], path: &str) -> Option<String> {
        let pieces: Vec<String> = pieces.iter().map(|&piece| piece.to_owned()).collect();
        let url = Url::parse("http://www.example.gov.cn").unwrap().join(path).unwrap();
        match shown_day(&pieces, &url) {
            Shown::Day(day) => Some(day.to_string()),
            Shown::NoYear(month, day) => Some(format!("{month:02}-{day:02}")),
            Shown::Nothing => None,
        }
    }

    #[test]
    fn a_day_is_read_in_every_form_that_lists_show() {
        for (pieces, path, expect) in [
            (&["2023-02-28"][..], "/a.html", Some("2023-02-28")),
            (&["[2023-02-28 11:41]"], "/a.html", Some("2023-02-28")),
            (&["日期：2023年2月28日"], "/a.html", Some("2023-02-28")),
            (&["2022-12-30", "2023-02-28"], "/a.html", Some("2023-02-28")),
            (&["发布：2023-02-28", "更新：2023-03-01"], "/a.html", Some("2023-02-28")),
            (&["2023-02-28", "至", "2023-03-28"], "/a.html", Some("2023-02-28")),
            (&["2023-02-28至2023-03-28"], "/a.html", Some("2023-02-28")),
            (&["28", "2023-02"], "/a.html", Some("2023-02-28")),
            (&["2023/02", "28"], "/a.html", Some("2023-02-28")),
            (&["02-28", "2023"], "/a.html", Some("2023-02-28")),
            (&["02-28"], "/202302/t20230227_12.html", Some("2023-02-28")),
            (&["[02-28]"], "/2023/a_1.html", Some("2023-02-28")),
            (&["[23-02-28]"], "/a.html", Some("2023-02-28")),
            (&["02/28/2023"], "/a.html", Some("2023-02-28")),
            (&["23-13-28"], "/a.html", None),
            (&["02-28"], "/a.html", Some("02-28")),
            (&["2月", "28"], "/a.html", Some("02-28")),
            (&["28日", "2月"], "/202302/t20230227_12.html", Some("2023-02-28")),
            (&["2月", "28", "2023"], "/a.html", Some("2023-02-28")),
            (&["2023年", "2月", "28日"], "/a.html", Some("2023-02-28")),
            (&["30", "2022-12", "28", "2023-02"], "/a.html", Some("2023-02-28")),
            (&["09-25"], "/202304/t20230409_12.html", Some("09-25")),
            (&["09-25"], "/2023/12.html", Some("2023-09-25")),
            (&["2023-02-", "28"], "/a.html", Some("2023-02-28")),
            (&["12-30"], "/202301/t20230104_12.html", Some("2022-12-30")),
            (&["12-30"], "/202301/12.html", Some("2022-12-30")),
            (&["01-02"], "/202212/t20221230_12.html", Some("2023-01-02")),
            (&["20230228"], "/a.html", Some("2023-02-28")),
            (&["20231328"], "/a.html", None),
            (&["2月", "45"], "/a.html", None),
            (&["1.2"], "/a.html", None),
            (&["13-28"], "/2023/a.html", None),
            (&["共 28 条"], "/2023/a.html", None),
        ] {
            assert_eq!(shown(pieces, path).as_deref(), expect, "{pieces:?} {path}");
        }
    }
}
