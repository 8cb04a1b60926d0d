//! Values of the configuration that are written as text: addresses, patterns, durations, sizes, region codes.

use std::time::Duration;

use jiff::fmt::friendly::{SpanParser, SpanPrinter};
use regex::Regex;
use scraper::Selector;
use url::Url;

use super::{Hours, TlsVersion};

/// A length of time with its unit, such as `2s` or `1m 30s`.
fn duration(text: &str) -> Result<Duration, String> {
    let parsed = SpanParser::new().parse_unsigned_duration(text);
    parsed.map_err(|_| "not a length of time with a unit (ms, s, m, h)".to_owned())
}

/// A length of time that is neither too short nor too long to be meant.
pub(super) fn within(least: Duration, most: Duration) -> impl Fn(&str) -> Result<Duration, String> {
    move |text| {
        let found = duration(text)?;
        let shown = |time: Duration| {
            SpanPrinter::new().duration_to_string(&jiff::SignedDuration::try_from(time).unwrap_or_default())
        };
        match found {
            _ if (least..=most).contains(&found) => Ok(found),
            _ if least.is_zero() => Err(format!("longer than {}", shown(most))),
            _ => Err(format!("not between {} and {}", shown(least), shown(most))),
        }
    }
}

/// A number of days, or that it is never.
pub(super) fn cycle(text: &str) -> Result<Option<u32>, String> {
    if text == "never" {
        return Ok(None);
    }
    let days = text.strip_suffix('d').and_then(|days| days.parse().ok()).filter(|days| (1..=3650).contains(days));
    days.map(Some).ok_or_else(|| "neither a number of days nor never".to_owned())
}

/// How long a source is left alone, in days or hours.
pub(super) fn pause(text: &str) -> Result<Duration, String> {
    let hours = match (text.strip_suffix('d'), text.strip_suffix('h')) {
        (Some(days), _) => days.parse().ok().and_then(|days: u64| days.checked_mul(24)),
        (_, Some(hours)) => hours.parse().ok(),
        _ => None,
    };
    let hours = hours.filter(|hours| (1..=24 * 366).contains(hours));
    hours.map(Duration::from_hours).ok_or_else(|| "not a number of days (d) or hours (h) up to a year".to_owned())
}

/// Hours of the day, such as `22:00-06:00`.
pub(super) fn hours(text: &str) -> Result<Hours, String> {
    let minute = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
        let fine = hour < 24 && minute < 60 || (hour, minute) == (24, 0);
        fine.then_some((hour * 60 + minute) % (24 * 60))
    };
    let parts = text.split_once('-').and_then(|(from, to)| Some((minute(from)?, minute(to)?)));
    parts.map(|(from, to)| Hours { from, to }).ok_or_else(|| "not hours of the day".to_owned())
}

/// A number of bytes with its unit, such as `32 MiB`.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    let factor = match unit {
        "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        "KB" | "kB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        _ => return Err("not a number of bytes with a unit (B, KiB, MiB, GiB)".to_owned()),
    };
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    number.filter(|&bytes| bytes > 0).ok_or_else(|| "no number of bytes that fits".to_owned())
}

/// A text that can stand in a request header (RFC 9110 5.5), with `{version}` for the version of the program.
pub(super) fn header(text: &str) -> Result<String, String> {
    let fine = !text.trim().is_empty() && text.chars().all(|c| matches!(c, ' '..='~'));
    if !fine {
        return Err("not a line of ASCII text".to_owned());
    }
    Ok(text.replace("{version}", env!("CARGO_PKG_VERSION")))
}

/// The oldest version of TLS that is spoken.
pub(super) fn tls_version(text: &str) -> Result<TlsVersion, String> {
    match text {
        "1.0" => Ok(TlsVersion::V1_0),
        "1.1" => Ok(TlsVersion::V1_1),
        "1.2" => Ok(TlsVersion::V1_2),
        _ => Err("not one of 1.0, 1.1, 1.2".to_owned()),
    }
}

/// The name of a host, in lower case.
pub(super) fn host(text: &str) -> Result<String, String> {
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    if text.contains('.') && text.chars().all(fine) {
        Ok(text.to_lowercase())
    } else {
        Err("not the name of a host".to_owned())
    }
}

/// The key of a query.
pub(super) fn query_key(text: &str) -> Result<String, String> {
    let fine = |c: char| !c.is_whitespace() && !"&=?#".contains(c);
    if !text.is_empty() && text.chars().all(fine) {
        Ok(text.to_owned())
    } else {
        Err("not the key of a query".to_owned())
    }
}

/// An absolute address of the web.
pub(super) fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    match url.scheme() {
        "http" | "https" if !url.username().is_empty() || url.password().is_some() => {
            Err("it holds a name or password, which reports and archive would show to everybody; leave it out"
                .to_owned())
        }
        "http" | "https" => Ok(url),
        other => Err(format!("`{other}` is not fetched, only http and https")),
    }
}

/// A regular expression.
pub(super) fn pattern(text: &str) -> Result<Regex, String> {
    // The message of the regex crate draws the pattern over several lines; the last one says what is wrong.
    Regex::new(text).map_err(|error| {
        let message = error.to_string();
        let last = message.lines().last().unwrap_or_default();
        last.trim_start_matches("error: ").to_owned()
    })
}

/// A CSS selector.
pub(super) fn selector(text: &str) -> Result<Selector, String> {
    Selector::parse(text).map_err(|error| error.to_string())
}

/// A code of GB/T 2260 (6 digits), or one of the statistical codes that extend it (9 digits a township, 12 a village).
pub(super) fn region(text: &str) -> Result<String, String> {
    let fine = matches!(text.len(), 6 | 9 | 12) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !fine {
        return Err("not a region code of 6, 9 or 12 digits".to_owned());
    }
    let province = text.get(..2).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let known = matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81 | 82);
    if known { Ok(text.to_owned()) } else { Err(format!("no province has the code {province:02}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_carries_its_unit() {
        for (text, expect) in
            [("2s", Some(2000)), ("1m 30s", Some(90_000)), ("500ms", Some(500)), ("1h", Some(3_600_000))]
        {
            assert_eq!(duration(text).ok().map(|got| got.as_millis()), expect, "{text}");
        }
        for text in ["", "2", "two", "-2s", "2 parsecs"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_duration_is_one_that_can_be_meant() {
        let minute = within(Duration::from_secs(1), Duration::from_mins(1));
        for (text, expect) in [
            ("1s", Ok(1)),
            ("1m", Ok(60)),
            ("0s", Err("not between 1s and 1m")),
            ("61s", Err("not between 1s and 1m")),
            ("100000000000000h", Err("not between 1s and 1m")),
            ("two", Err("not a length of time with a unit (ms, s, m, h)")),
        ] {
            assert_eq!(minute(text).map(|time| time.as_secs()), expect.map_err(ToOwned::to_owned), "{text}");
        }
        let pause = within(Duration::ZERO, Duration::from_hours(1))("2h");
        assert!(pause.as_ref().is_err_and(|why| why.starts_with("longer than ")), "{pause:?}");
    }

    #[test]
    fn a_schedule_is_in_days_and_hours() {
        assert_eq!((cycle("90d"), cycle("never")), (Ok(Some(90)), Ok(None)));
        assert_eq!((pause("7d"), pause("12h")), (Ok(Duration::from_hours(168)), Ok(Duration::from_hours(12))));
        for text in ["", "90", "0d", "-1d", "never ", "99999d", "7days"] {
            assert!(cycle(text).is_err() && pause(text).is_err(), "{text}");
        }
        let night = hours("22:00-06:30").unwrap();
        for (minute, left) in [(22 * 60, Some(510)), (0, Some(390)), (389, Some(1)), (390, None), (12 * 60, None)] {
            assert_eq!(night.left(minute), left, "{minute}");
        }
        let always = hours("00:00-24:00").unwrap();
        assert_eq!(always.left(600), Some(840));
        for text in ["22", "22:00", "25:00-06:00", "22:60-06:00", "22:00-06:00-07:00"] {
            assert!(hours(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_size_carries_its_unit() {
        for (text, expect) in [("32 MiB", Some(32 << 20)), ("1KiB", Some(1024)), ("5 MB", Some(5_000_000))] {
            assert_eq!(size(text).ok(), expect, "{text}");
        }
        for text in ["", "32", "MiB", "0 B", "-1 B", "99999999999999999999 B", "99999999999 GiB", "1 mib"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_the_web_is_fetched() {
        for text in ["ftp://a.example.gov.cn/", "a.example.gov.cn/c1/", "file:///etc/passwd", "http://", "/c1/"] {
            assert!(web_address(text).is_err(), "{text}");
        }
        assert!(web_address("http://a.example.gov.cn/c1/index.html").is_ok());
        for text in
            ["http://user:pass@a.example.gov.cn/", "http://user@a.example.gov.cn/", "https://:pass@a.example.gov.cn/"]
        {
            assert!(web_address(text).unwrap_err().contains("name or password"), "{text}");
        }
    }

    #[test]
    fn a_header_is_one_line_of_ascii() {
        let named = header("gongwen/{version} (+mailto:you@example.org)").unwrap();
        assert_eq!(named, format!("gongwen/{} (+mailto:you@example.org)", env!("CARGO_PKG_VERSION")));
        for text in ["", " ", "公文", "a\nb"] {
            assert!(header(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_region_is_a_code() {
        for (text, fine) in [
            ("110000", true),
            ("820000", true),
            ("999999", false),
            ("160000", false),
            ("430281", true),
            ("430281107", true),
            ("430281107000", true),
            ("4302", false),
            ("醴陵市", false),
        ] {
            assert_eq!(region(text).is_ok(), fine, "{text}");
        }
    }

    #[test]
    fn a_bad_pattern_says_why_in_one_line() {
        let message = pattern("a(b").unwrap_err();
        assert_eq!(message, "unclosed group");
    }
}
