//! Dates as pages print them: `2023-02-28 10:30`, `2023年2月28日`, `二〇二三年二月二十八日`.

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::{chinese_number, fold_char, is_ideograph};

/// A day and, if printed, a time of day; page-local, which for Chinese portals is +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
}

/// A date and where it stands in the text, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundDate {
    /// What it says.
    pub value: DateTime,
    /// Index of its first character.
    pub start: usize,
    /// Index behind its last character.
    pub end: usize,
}

/// Dashes that stand in dates.
const DASHES: &str = "-—–‐‑−─";

/// Whether a folded text may hold a date: a cheap test, since nothing else parts a year from its month.
pub fn may_hold_date(folded: &[char]) -> bool {
    folded.iter().any(|&c| c == '年' || !is_ideograph(c) && (matches!(c, '/' | '.') || DASHES.contains(c)))
}

/// The date that makes up the whole text, blanks aside.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim_matches(super::is_blank);
    let chars = Chars(text.chars().map(fold_char).collect());
    let (date, end) = chars.date(0)?;
    (end == chars.0.len()).then_some(date)
}

/// The date, and the time of day behind it, that make up the whole text, blanks aside.
pub fn parse_datetime(text: &str) -> Option<DateTime> {
    let text = text.trim_matches(super::is_blank);
    let found = dates(text).next()?;
    (found.start == 0 && found.end == text.chars().count()).then_some(found.value)
}

/// What a number of seconds or milliseconds since 1970 says on the clocks of the portal.
pub fn of_epoch(number: i64) -> Option<DateTime> {
    const SECONDS: std::ops::Range<i64> = 500_000_000..10_000_000_000;
    let seconds = if SECONDS.contains(&number) { number } else { number / 1000 };
    let instant = jiff::Timestamp::from_second(seconds).ok().filter(|_| SECONDS.contains(&seconds))?;
    let shown = jiff::tz::offset(8).to_datetime(instant);
    Some(DateTime { date: shown.date(), time: Some(shown.time()) })
}

/// The first date in the text.
pub fn find_date(text: &str) -> Option<Date> {
    find_datetime(text).map(|found| found.date)
}

/// The first date in the text with the time of day that follows it.
pub fn find_datetime(text: &str) -> Option<DateTime> {
    dates(text).next().map(|found| found.value)
}

/// Every date in the text, in order, each with the time of day that follows it.
///
/// Two values glued together (`2017-09-20 09:292019-05-22 11:37`) are two dates.
pub fn dates(text: &str) -> impl Iterator<Item = FoundDate> {
    let chars = Chars(text.chars().map(fold_char).collect());
    let mut from = 0;
    let mut after_time = false;
    std::iter::from_fn(move || {
        while from < chars.0.len() {
            let inside_number = !after_time && from > 0 && chars.0[from - 1].is_ascii_digit();
            let found = if inside_number { None } else { chars.date(from) };
            after_time = false;
            let Some((date, day_end)) = found else {
                from += 1;
                continue;
            };
            let start = from;
            let (time, end) = chars.time(day_end).map_or((None, day_end), |(time, end)| (Some(time), end));
            after_time = time.is_some();
            let (value, end) = match time.and_then(|time| chars.zone(date, time, end)) {
                Some(found) => found,
                None => (DateTime { date, time }, end),
            };
            from = end;
            return Some(FoundDate { value, start, end });
        }
        None
    })
}

/// Folded characters with readers that take an index and give a value and the index behind it.
struct Chars(Vec<char>);

impl Chars {
    fn get(&self, at: usize) -> Option<char> {
        self.0.get(at).copied()
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.get(at).is_some_and(super::is_blank) {
            at += 1;
        }
        at
    }

    fn eat(&self, at: usize, any: &str) -> Option<usize> {
        self.get(at).filter(|&c| any.contains(c)).map(|_| at + 1)
    }

    /// One or two ASCII digits.
    fn short_number(&self, at: usize) -> Option<(u32, usize)> {
        let first = self.get(at)?.to_digit(10)?;
        match self.get(at + 1).and_then(|c| c.to_digit(10)) {
            Some(second) => Some((first * 10 + second, at + 2)),
            None => Some((first, at + 1)),
        }
    }

    /// A Chinese numeral up to 三十一, or one or two ASCII digits.
    fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(found) = self.short_number(at) {
            return Some(found);
        }
        let numeral: String = self.0.iter().skip(at).take_while(|c| "一二三四五六七八九十".contains(**c)).collect();
        Some((chinese_number(&numeral)?, at + numeral.chars().count()))
    }

    /// Four digits, ASCII or Chinese; 〇 is also typed as ○, O, Ο, О, 0 or 零 (GB/T 15835-2011 asks for 〇).
    fn year(&self, at: usize) -> Option<(i16, usize, bool)> {
        let mut year = 0;
        let mut chinese = false;
        for n in 0..4 {
            let c = self.get(at + n)?;
            let digit = match c {
                '〇' | '○' | '◯' | 'O' | 'o' | 'Ο' | 'О' | '零' if chinese => 0,
                '一' | '二' => {
                    chinese = true;
                    if c == '一' { 1 } else { 2 }
                }
                '三' | '四' | '五' | '六' | '七' | '八' | '九' if chinese => {
                    i16::try_from(chinese_number(&c.to_string())?).ok()?
                }
                '0'..='9' => i16::try_from(c.to_digit(10)?).ok()?,
                _ => return None,
            };
            year = year * 10 + digit;
        }
        (1900..2100).contains(&year).then_some((year, at + 4, chinese))
    }

    fn date(&self, at: usize) -> Option<(Date, usize)> {
        let (year, end, chinese) = self.year(at)?;
        let at = self.skip_blanks(end);
        let separator = self.get(at)?;
        let (month_ends, worded) = match separator {
            '年' => ("月", true),
            '/' => ("/", false),
            '.' => (".", false),
            c if DASHES.contains(c) => (DASHES, false),
            _ => return None,
        };
        if chinese && !worded {
            return None;
        }
        let at = self.skip_blanks(at + 1);
        // 元月 is January.
        let first = self.eat(at, "元").filter(|_| worded).map(|end| (1, end));
        let (month, end) = first.or_else(|| self.day_number(at))?;
        let at = self.eat(self.skip_blanks(end), month_ends)?;
        let (day, end) = self.day_number(self.skip_blanks(at))?;
        let end = match self.eat(self.skip_blanks(end), "日号") {
            Some(end) => end,
            None if worded && !self.at_end(end) => return None,
            None => end,
        };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((date, end))
    }

    /// Nothing but blanks follows.
    fn at_end(&self, at: usize) -> bool {
        self.skip_blanks(at) >= self.0.len()
    }

    /// Behind the day of the week that may stand between a day and its time: 星期三, （周三）.
    fn skip_weekday(&self, from: usize) -> usize {
        let opened = self.eat(from, "(");
        let at = opened.unwrap_or(from);
        let named = match (self.get(at), self.get(at + 1)) {
            (Some('星'), Some('期')) => at + 2,
            (Some('周'), _) => at + 1,
            _ => return from,
        };
        let end = self.eat(named, "一二三四五六日天");
        let end = end.and_then(|end| if opened.is_some() { self.eat(end, ")") } else { Some(end) });
        end.map_or(from, |end| self.skip_blanks(end))
    }

    /// A time of day: `10:30`, `10:30:05`, `T10:30`, `10时30分`, `下午3:30`.
    fn time(&self, at: usize) -> Option<(Time, usize)> {
        let mut at = self.skip_weekday(self.skip_blanks(at));
        at = self.eat(at, "T").unwrap_or(at);
        let half = match (self.get(at), self.get(at + 1)) {
            (Some('上'), Some('午')) => Some(0),
            (Some('下'), Some('午')) => Some(12),
            _ => None,
        };
        if half.is_some() {
            at = self.skip_blanks(at + 2);
        }
        let (hour, end) = self.short_number(at)?;
        let colon = self.eat(end, ":时")?;
        let (minute, end) = self.short_number(colon).filter(|&(_, end)| end == colon + 2)?;
        let end = self.eat(end, "分").unwrap_or(end);
        let seconds = self.eat(end, ":").and_then(|at| self.short_number(at));
        let (second, end) = seconds.unwrap_or((0, end));
        let hour = if hour < 12 { hour + half.unwrap_or(0) } else { hour };
        let time =
            Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()?;
        Some((time, end))
    }

    /// A zone behind a time of day, and what the clock says then at +08:00: `Z`, `.000+0000`, `+05:30`.
    fn zone(&self, date: Date, time: Time, at: usize) -> Option<(DateTime, usize)> {
        const BEIJING: i32 = 8 * 60;
        // `10:30-11:30` is a span of time.
        let seconds = at >= 6 && [at - 3, at - 6].iter().all(|&n| self.get(n) == Some(':'));
        if self.get(at) == Some('-') && !seconds {
            return None;
        }
        let digits = |from: usize| (from..self.0.len()).take_while(|&n| self.0[n].is_ascii_digit()).count();
        let at = self.eat(at, ".").map_or(at, |from| from + digits(from));
        let (minutes, end) = if let Some(end) = self.eat(at, "Z") {
            (0, end)
        } else {
            let sign = if self.get(at)? == '-' { -1 } else { 1 };
            let (hours, end) = self.short_number(self.eat(at, "+-")?)?;
            let end = self.eat(end, ":").unwrap_or(end);
            let (minutes, end) = self.short_number(end)?;
            let minutes = i32::try_from(hours * 60 + minutes).ok()?;
            (sign * minutes, end)
        };
        // What goes on is a number, no zone: `10:30-12345678`.
        if digits(end) > 0 || minutes.abs() > 14 * 60 {
            return None;
        }
        let there = date.to_datetime(time).checked_add((BEIJING - minutes).minutes()).ok()?;
        Some((DateTime { date: there.date(), time: Some(there.time()) }, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_every_form_that_pages_print() {
        for text in [
            "2023-02-28",
            "2023-2-28",
            "２０２３年２月２８日",
            "2023 年 2 月 28 日",
            "2023/02/28",
            "2023.2.28",
            "2023—02—28",
            "二〇二三年二月二十八日",
            "二○二三年二月二十八日",
            "二O二三年二月二十八日",
            "二0二三年二月二十八日",
            "　2023年2月28日　",
            "2023年2月28",
        ] {
            assert_eq!(parse_date(text), Date::new(2023, 2, 28).ok(), "{text}");
        }
    }

    #[test]
    fn january_is_also_called_the_first_month() {
        for text in ["二○二一年元月二十九日", "2021年元月29日"] {
            assert_eq!(parse_date(text), Date::new(2021, 1, 29).ok(), "{text}");
        }
        assert_eq!(parse_date("2021-元-29"), None);
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2023年2月",
            "2023年",
            "2023-13-01",
            "12023-02-28",
            "2023-02-30",
            "1.5亿元",
            "二〇二三-2-3",
            "2023-02-28印发",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(
            find_date("电话：0731-2023-02-281"),
            Date::new(2023, 2, 28).ok(),
            "a run-on digit does not hide a date"
        );
        assert_eq!(find_date("编号12023-02-28"), None);
    }

    #[test]
    fn the_time_of_day_follows_its_day() {
        for (text, time) in [
            ("发布时间：2023-02-28 10:30", "10:30:00"),
            ("2023年2月28日 星期二 10:30", "10:30:00"),
            ("2023-02-28（周二）10:30:05", "10:30:05"),
            ("2023-02-28T10:30:05+08:00", "10:30:05"),
            ("2023年2月28日 下午3:30", "15:30:00"),
            ("2023-2-8 9时05分", "09:05:00"),
        ] {
            assert_eq!(find_datetime(text).unwrap().time.unwrap().to_string(), time, "{text}");
        }
        assert_eq!(find_datetime("2023-02-28 浏览 10 次").unwrap().time, None);
    }

    #[test]
    fn a_zone_is_converted_to_that_of_beijing() {
        for (text, expected) in [
            ("2023-03-14T16:30:00Z", "2023-03-15 00:30:00"),
            ("2023-03-14T16:30:00.000+0000", "2023-03-15 00:30:00"),
            ("2023-03-14T16:30:00+00:00", "2023-03-15 00:30:00"),
            ("2023-03-15T00:30:00+08:00", "2023-03-15 00:30:00"),
            ("2023-03-14T11:30:00-05:00", "2023-03-15 00:30:00"),
            ("2023-03-15 00:30:00", "2023-03-15 00:30:00"),
            ("2023-03-15 10:30-11:30", "2023-03-15 10:30:00"),
            ("2023-03-15 10:30 Zone", "2023-03-15 10:30:00"),
        ] {
            let found = find_datetime(text).unwrap();
            assert_eq!(format!("{} {}", found.date, found.time.unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn glued_values_are_two_dates() {
        let found: Vec<String> = dates("2017-09-20 09:292019-05-22 11:37").map(|f| f.value.date.to_string()).collect();
        assert_eq!(found, ["2017-09-20", "2019-05-22"]);
    }
}
