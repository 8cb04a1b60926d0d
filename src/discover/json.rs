//! Records in JSON: the answers of search interfaces and of pages that load their list by a script.
//!
//! The portals agree on the shape (somewhere an array of objects, each with a title and an address) but not on the
//! names, so the array is found by its shape and the names are looked up in short lists.

use jiff::civil::Date;
use jiff::{Timestamp, tz};
use serde_json::{Map, Value};

use super::day::shown_day;
use crate::model::Target;
use crate::page::parse_html;
use crate::page::{View, seen};
use crate::text::{address_day, clean_line};
use crate::words::JSON_FIELDS;

/// Records of one answer and the number of all of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) targets: Vec<Target>,
    pub(super) total: Option<u32>,
    /// Markup that the answer carries instead of records.
    pub(super) html: Option<String>,
}

/// Reads an answer; `None` if the page is no JSON that holds records or markup.
pub(super) fn answer(view: &View) -> Option<Answer> {
    let text = view.markup().trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let mut arrays = Vec::new();
    arrays_of(&value, &mut arrays);
    let no_records = arrays.iter().any(|records| records.is_empty());
    let best = arrays.into_iter().map(|records| targets(view, records)).max_by_key(Vec::len).unwrap_or_default();
    let total = number(&value, "total");
    let html = best.is_empty().then(|| markup(&value)).flatten();
    let answers = !best.is_empty() || html.is_some() || total == Some(0) || no_records;
    answers.then_some(Answer { targets: best, total, html })
}

fn arrays_of<'v>(value: &'v Value, arrays: &mut Vec<&'v Vec<Value>>) {
    match value {
        Value::Array(items) => {
            arrays.push(items);
            for item in items {
                arrays_of(item, arrays);
            }
        }
        Value::Object(fields) => {
            for field in fields.values() {
                arrays_of(field, arrays);
            }
        }
        _ => {}
    }
}

fn targets(view: &View, records: &[Value]) -> Vec<Target> {
    records.iter().filter_map(|record| target(view, record.as_object()?)).collect()
}

fn target(view: &View, record: &Map<String, Value>) -> Option<Target> {
    // Search interfaces mark the words that were found with `<em>`.
    let title = seen(parse_html(field(record, "title")?.as_str()?).root_element());
    let url = view.resolve(field(record, "address")?.as_str()?)?;
    if title.is_empty() || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let date = field(record, "day").and_then(|value| day(value, &url)).or_else(|| address_day(url.path()));
    Some(Target { url, title, date })
}

/// The first field of this meaning that says something, whatever the case of its name.
fn field<'v>(record: &'v Map<String, Value>, meaning: &str) -> Option<&'v Value> {
    let says = |value: &&Value| value.as_str().map_or(value.is_number(), |text| !text.trim().is_empty());
    JSON_FIELDS.iter().filter(|word| word.meaning == Some(meaning)).find_map(|word| {
        let mut fields = record.iter();
        fields.find(|(key, _)| key.eq_ignore_ascii_case(word.text)).map(|(_, value)| value).filter(says)
    })
}

/// A day as text, or as an instant, which is shown in the zone of the portals (+08:00): with a zone of its own, or as
/// seconds or milliseconds since 1970.
fn day(value: &Value, url: &url::Url) -> Option<Date> {
    let instant = match value {
        Value::String(text) => instant(text.trim()),
        value => value.as_i64().and_then(epoch),
    };
    match instant {
        Some(instant) => Some(tz::offset(8).to_datetime(instant).date()),
        None => shown_day(&[clean_line(value.as_str()?)], url).day(),
    }
}

/// `2023-03-20T16:30:00.000+0000`, `/Date(1679329800000+0800)/`, `1679329800000`.
fn instant(text: &str) -> Option<Timestamp> {
    let figures = text.strip_prefix("/Date(").unwrap_or(text);
    let figures: String = figures.chars().take_while(char::is_ascii_digit).collect();
    let is_epoch = figures.len() >= 9 && (figures.len() == text.len() || text.starts_with("/Date("));
    if is_epoch { epoch(figures.parse().ok()?) } else { text.parse().ok() }
}

fn epoch(number: i64) -> Option<Timestamp> {
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)
}

/// A number of this meaning, the outermost first.
fn number(value: &Value, meaning: &str) -> Option<u32> {
    let fields = value.as_object()?;
    let here = field(fields, meaning).and_then(|value| match value {
        Value::Number(number) => number.as_u64()?.try_into().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    });
    here.or_else(|| fields.values().find_map(|field| number(field, meaning)))
}

/// The longest text that is markup with links.
fn markup(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains("<a ").then(|| text.clone()),
        Value::Array(items) => items.iter().filter_map(markup).max_by_key(String::len),
        Value::Object(fields) => fields.values().filter_map(markup).max_by_key(String::len),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_a_record_is_that_of_the_clocks_of_the_portal() {
        let url = url::Url::parse("http://www.example.gov.cn/api").unwrap();
        for (value, expect) in [
            ("\"2023-03-20T16:30:00.000+0000\"", "2023-03-21"),
            ("\"2023-03-20T16:30:00Z\"", "2023-03-21"),
            ("\"2023-03-20 16:30:00+00:00\"", "2023-03-21"),
            ("\"2023-03-20T23:30:00+08:00\"", "2023-03-20"),
            ("\"2023-03-20T16:30:00\"", "2023-03-20"),
            ("\"2023-03-20 16:30\"", "2023-03-20"),
            ("1679329800000", "2023-03-21"),
            ("1679329800", "2023-03-21"),
            ("\"1679329800000\"", "2023-03-21"),
            ("\"/Date(1679329800000+0800)/\"", "2023-03-21"),
            ("\"20230320\"", "2023-03-20"),
            ("\"2023年3月20日\"", "2023-03-20"),
            ("true", "-"),
        ] {
            let found = day(&serde_json::from_str(value).unwrap(), &url);
            assert_eq!(found.map_or_else(|| "-".to_owned(), |day| day.to_string()), expect, "{value}");
        }
    }
}
