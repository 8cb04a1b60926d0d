//! Years for days that a list shows without one: rows stand in falling order of date.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// What a row shows of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discover) enum Shown {
    /// A whole day.
    Day(Date),
    /// Month and day.
    NoYear(i8, i8),
    /// Nothing.
    Nothing,
}

impl Shown {
    /// The whole day, if it is one.
    pub(in crate::discover) fn day(self) -> Option<Date> {
        if let Self::Day(day) = self { Some(day) } else { None }
    }
}

/// The days of the rows of a list, in order; a day without a year gets one only where no other year is possible.
///
/// A day between two whole ones is certain if going down from the upper one, with a year back wherever a month and day
/// would rise, leads to the year of the lower one. One whole day alone proves nothing about the others: the annual
/// reports of a county stand below one another with the same days of March. Rows above the order are pinned and keep
/// what they show.
pub(in crate::discover) fn years(rows: &[Shown]) -> Vec<Option<Date>> {
    let mut days: Vec<Option<Date>> = rows.iter().map(|row| row.day()).collect();
    let known: Vec<(usize, Date)> = days.iter().enumerate().filter_map(|(n, day)| Some((n, (*day)?))).collect();
    let falls = |pair: &[(usize, Date)]| pair[0].1 >= pair[1].1;
    let n_pinned = known.windows(2).rposition(|pair| !falls(pair)).map_or(0, |n| n + 1);
    let ordered = &known[n_pinned..];
    if n_pinned > MOST_PINNED || ordered.len() < 2 {
        return days;
    }
    for pair in ordered.windows(2) {
        let ((upper, above), (lower, below)) = (pair[0], pair[1]);
        if let Some(between) = rows.get(upper + 1..lower).and_then(|rows| walk(above, rows, below)) {
            for (n, day) in (upper + 1..lower).zip(between) {
                days[n] = days[n].or(day);
            }
        }
    }
    days
}

/// Of so many rows above the order it may be said that they are pinned.
const MOST_PINNED: usize = 3;

/// The days of rows between two whole days; `None` if these leave more than one year possible, or none.
fn walk(above: Date, rows: &[Shown], below: Date) -> Option<Vec<Option<Date>>> {
    let mut last = above;
    let mut days = Vec::new();
    for row in rows {
        days.push(match *row {
            Shown::NoYear(month, day) => {
                last = at_or_before(last, month, day)?;
                Some(last)
            }
            Shown::Day(_) | Shown::Nothing => None,
        });
    }
    let next = at_or_before(last, below.month(), below.day())?;
    (next == below).then_some(days)
}

/// The last such day that is not after another; 29 February goes back to a leap year.
fn at_or_before(last: Date, month: i8, day: i8) -> Option<Date> {
    let years: RangeInclusive<i16> = last.year() - 4..=last.year();
    years.rev().filter_map(|year| Date::new(year, month, day).ok()).find(|day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Shown {
        let part = |text: &str| text.parse().unwrap();
        match text.split('-').collect::<Vec<_>>().as_slice() {
            ["", ""] => Shown::Nothing,
            [month, day] => Shown::NoYear(part(month), part(day)),
            _ => Shown::Day(text.parse().unwrap()),
        }
    }

    #[test]
    fn a_year_follows_from_the_order_where_it_is_certain() {
        for (why, rows, expect) in [
            ("all whole", "2024-03-05 2024-03-01", "2024-03-05 2024-03-01"),
            ("between two of a year", "2024-03-05 03-03 2024-03-01", "2024-03-05 2024-03-03 2024-03-01"),
            ("the same day", "2024-03-05 03-05 2024-03-05", "2024-03-05 2024-03-05 2024-03-05"),
            ("a year back", "2024-01-05 12-28 2023-12-20", "2024-01-05 2023-12-28 2023-12-20"),
            (
                "several years back",
                "2024-03-30 03-31 03-20 04-02 2022-03-30",
                "2024-03-30 2023-03-31 2023-03-20 2022-04-02 2022-03-30",
            ),
            ("a row without a day", "2024-03-05 - 03-03 2024-03-01", "2024-03-05 - 2024-03-03 2024-03-01"),
            ("a leap day", "2024-03-05 02-29 2024-02-01", "2024-03-05 2024-02-29 2024-02-01"),
            ("a year is missing", "2024-03-05 03-03 2023-03-01", "2024-03-05 - 2023-03-01"),
            ("out of order", "2024-03-05 02-01 2024-03-01", "2024-03-05 - 2024-03-01"),
            ("nothing below", "2024-03-05 03-03 03-01", "2024-03-05 - -"),
            ("nothing above", "03-05 2024-03-03", "- 2024-03-03"),
            ("no year at all", "03-05 03-03", "- -"),
            (
                "pinned rows",
                "2020-05-01 07-01 2024-03-05 03-03 2024-03-01",
                "2020-05-01 - 2024-03-05 2024-03-03 2024-03-01",
            ),
            ("a list that rises", "2024-03-01 03-03 2024-03-05", "2024-03-01 - 2024-03-05"),
            (
                "no order",
                "2020-01-01 2021-01-01 2022-01-01 2023-01-01 2024-03-05 03-03 2024-03-01",
                "2020-01-01 2021-01-01 2022-01-01 2023-01-01 2024-03-05 - 2024-03-01",
            ),
            ("no such day", "2024-03-05 02-30 2024-02-01", "2024-03-05 - 2024-02-01"),
        ] {
            let rows: Vec<Shown> = rows.split(' ').map(shown).collect();
            let days: Vec<String> =
                years(&rows).into_iter().map(|day| day.map_or_else(|| "-".to_owned(), |day| day.to_string())).collect();
            assert_eq!(days.join(" "), expect, "{why}");
        }
    }
}
