//! Values of flags that are written as text: days, spans of days, addresses.

use jiff::civil::Date;
use url::{Host, Url};

/// A number of days with its unit.
pub(super) fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').and_then(|number| number.parse().ok());
    number.ok_or_else(|| "give a number of days, such as 90d".to_owned())
}

/// A number that is not 0, which would ask for nothing.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "give a whole number, 1 or more".to_owned())
}

/// A year as its first day, or a day.
pub(super) fn first_day(text: &str) -> Result<Date, String> {
    day(text, 1, 1)
}

/// A year as its last day, or a day.
pub(super) fn last_day(text: &str) -> Result<Date, String> {
    day(text, 12, 31)
}

fn day(text: &str, month: i8, day: i8) -> Result<Date, String> {
    let year = text.parse::<i16>().ok().and_then(|year| Date::new(year, month, day).ok());
    year.or_else(|| text.parse().ok()).ok_or_else(|| "give a year or a day, such as 2015 or 2015-06-30".to_owned())
}

/// The address of a web page; `http://` may be left out.
pub(super) fn web_address(text: &str) -> Result<Url, String> {
    let wrong =
        || "give the address of a web page, such as www.example.gov.cn or http://www.example.gov.cn/c1/".to_owned();
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
    let url = url.map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("only http and https are asked, not {}", url.scheme()));
    }
    let is_named = match url.host() {
        Some(Host::Domain(name)) => name.contains('.') || name == "localhost",
        host => host.is_some(),
    };
    if is_named && url.username().is_empty() { Ok(url) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_no_scheme_and_only_the_web_is_asked() {
        for (text, expect) in [
            ("www.example.gov.cn", Some("http://www.example.gov.cn/")),
            ("www.example.gov.cn:8080/c1/", Some("http://www.example.gov.cn:8080/c1/")),
            ("127.0.0.1:8080", Some("http://127.0.0.1:8080/")),
            ("https://www.example.gov.cn/c1/?id=2", Some("https://www.example.gov.cn/c1/?id=2")),
            ("ftp://www.example.gov.cn/", None),
            ("mailto:x@example.gov.cn", None),
            ("liling", None),
            ("", None),
        ] {
            assert_eq!(web_address(text).ok().as_ref().map(Url::as_str), expect, "{text}");
        }
        assert!(web_address("ftp://x.cn/").unwrap_err().contains("not ftp"));
    }
}
