//! Values of flags that are written as text: days, spans of days.

use jiff::civil::Date;

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
