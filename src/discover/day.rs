//! The day of a list item: shown beside the link in one of many forms, else in the address.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use url::Url;

use super::fixed;
use crate::text::{address_day, dates};

/// The day that the texts beside a link show.
///
/// Several dates are the days of writing and of publishing (成文日期, 发布日期), in this order, or the first and the
/// last day of a consultation (2023-01-01 至 2023-01-31), of which the first is when it was published. A day without a
/// year takes the year from the address.
pub(super) fn shown_day(pieces: &[String], url: &Url) -> Option<Date> {
    let found: Vec<Vec<Date>> = pieces.iter().map(|piece| days_in(piece)).collect();
    if let Some(published) = labelled(pieces, &found) {
        return Some(published);
    }
    let all: Vec<Date> = found.concat();
    match all.as_slice() {
        [] => split_day(pieces)
            .or_else(|| day_without_year(pieces, url))
            .or_else(|| pieces.iter().find_map(|piece| short_day(piece))),
        [first, ..] if is_span(pieces) => Some(*first),
        [.., last] => Some(*last),
    }
}

/// The year in an address, from a day, a month (`/202302/`) or a year of its own (`/2023/`).
fn address_year(url: &Url) -> Option<i16> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| fixed(r"(?:^|[^0-9])(20\d{2})(?:0[1-9]|1[0-2])?(?:[^0-9]|$)"));
    let month = || YEAR.captures(url.path()).and_then(|found| found[1].parse().ok());
    address_day(url.path()).map(Date::year).or_else(month)
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

/// A day whose parts stand in elements of their own: `28` above `2023-02`, or `02-28` above `2023`.
fn split_day(pieces: &[String]) -> Option<Date> {
    static MONTH: LazyLock<Regex> = LazyLock::new(|| fixed(r"^(20\d{2})[-/.年](\d{1,2})月?$"));
    let number = |text: &str| text.trim_end_matches('日').parse::<i8>().ok();
    let year = |text: &str| text.trim_end_matches('年').parse::<i16>().ok().filter(|year| (1990..2100).contains(year));
    pieces.windows(2).find_map(|pair| {
        [(&pair[0], &pair[1]), (&pair[1], &pair[0])].into_iter().find_map(|(day, rest)| {
            if let (Some(day), Some(month)) = (number(day), MONTH.captures(rest)) {
                return Date::new(month[1].parse().ok()?, month[2].parse().ok()?, day).ok();
            }
            let (month, day) = month_and_day(day)?;
            Date::new(year(rest)?, month, day).ok()
        })
    })
}

fn day_without_year(pieces: &[String], url: &Url) -> Option<Date> {
    let (month, day) = pieces.iter().find_map(|piece| month_and_day(piece))?;
    Date::new(address_year(url)?, month, day).ok()
}

/// `23-02-28`, `02/28/2023` as the whole text.
fn short_day(text: &str) -> Option<Date> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        fixed(r"^[\[\(（【]?\s*(?:([012]\d)[-.](\d{2})[-.](\d{2})|(\d{1,2})/(\d{1,2})/(20\d{2}))\s*[\]\)）】]?$")
    });
    let found = SHORT.captures(text)?;
    let part = |n| found.get(n).and_then(|part| part.as_str().parse::<i16>().ok());
    let (year, month, day) = match part(1) {
        Some(year) => (2000 + year, part(2)?, part(3)?),
        None => (part(6)?, part(4)?, part(5)?),
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// `02-28`, `[02/28]`, `2月28日` as the whole text, perhaps with a time of day.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^[\[\(（【]?\s*(\d{1,2})[-/.月](\d{1,2})日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\]\)）】]?$";
        fixed(pattern)
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
        shown_day(&pieces, &url).map(|day| day.to_string())
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
            (&["02-28"], "/a.html", None),
            (&["1.2"], "/a.html", None),
            (&["13-28"], "/2023/a.html", None),
            (&["共 28 条"], "/2023/a.html", None),
        ] {
            assert_eq!(shown(pieces, path).as_deref(), expect, "{pieces:?} {path}");
        }
    }
}
