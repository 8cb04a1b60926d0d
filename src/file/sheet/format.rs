//! Number formats of cells: a number as the reader sees it (ECMA-376 part 1, 18.8.30 and 18.8.31).

use std::fmt::Write as _;

use jiff::civil::date;
use jiff::{SignedDuration, civil::DateTime};

/// Formats that files name by a number alone; those of Chinese systems among them.
const BUILT_IN: [(u16, &str); 34] = [
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (14, "yyyy-m-d"),
    (15, "d-m-yy"),
    (16, "m-d"),
    (17, "yyyy-m"),
    (18, "h:mm"),
    (19, "h:mm:ss"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (22, "yyyy-m-d h:mm"),
    (27, "yyyy年m月"),
    (28, "m月d日"),
    (29, "m月d日"),
    (30, "m-d-yy"),
    (31, "yyyy年m月d日"),
    (32, "h时mm分"),
    (33, "h时mm分ss秒"),
    (36, "yyyy年m月"),
    (37, "#,##0"),
    (38, "#,##0"),
    (39, "#,##0.00"),
    (40, "#,##0.00"),
    (45, "mm:ss"),
    (50, "yyyy年m月"),
    (51, "m月d日"),
    (52, "yyyy年m月"),
    (53, "m月d日"),
    (57, "yyyy年m月"),
    (58, "m月d日"),
];

/// The format of a number; empty = as the number is.
pub(super) fn built_in(id: u16) -> &'static str {
    BUILT_IN.iter().find(|(known, _)| *known == id).map_or("", |(_, format)| format)
}

/// What of a format is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// A letter of a day or a time, and how often it stands there.
    Time(char, usize),
    /// `0`, `#`, `?`, `.`, `,`.
    Figure(char),
    Percent,
}

/// A number in a format.
pub(super) fn show(n: f64, format: &str, from_1904: bool) -> String {
    let pieces = pieces(format);
    if pieces.iter().any(|piece| matches!(piece, Piece::Time(..))) {
        return time(n, &pieces, from_1904).unwrap_or_else(|| plain(n));
    }
    if pieces.iter().any(|piece| matches!(piece, Piece::Figure('0' | '#'))) {
        return figures(n, &pieces);
    }
    plain(n)
}

/// Fifteen digits, as many as a program shows.
fn plain(n: f64) -> String {
    if n == 0.0 || !n.is_finite() {
        return if n == 0.0 { "0".to_owned() } else { String::new() };
    }
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    rounded.to_string()
}

/// The first section of a format, which is that of positive numbers; scientific ones and fractions are left to the number.
fn pieces(format: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => pieces.push(Piece::Literal(chars.by_ref().take_while(|&c| c != '"').collect())),
            '\\' => pieces.extend(chars.next().map(|c| Piece::Literal(c.to_string()))),
            // Room for a character, and a character to fill with.
            '_' | '*' => {
                chars.next();
            }
            // Colours, conditions, languages.
            '[' => chars.by_ref().take_while(|&c| c != ']').for_each(drop),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let letter = c.to_ascii_lowercase();
                match pieces.last_mut() {
                    Some(Piece::Time(last, count)) if *last == letter => *count += 1,
                    _ => pieces.push(Piece::Time(letter, 1)),
                }
            }
            'E' | 'e' | 'G' | 'g' | '@' | '/' if !matches!(pieces.last(), Some(Piece::Time(..))) => return Vec::new(),
            '0' | '#' | '?' | '.' | ',' => pieces.push(Piece::Figure(c)),
            '%' => pieces.push(Piece::Percent),
            c => pieces.push(Piece::Literal(c.to_string())),
        }
        if pieces.len() > 100 {
            return Vec::new();
        }
    }
    pieces
}

/// The instant that a count of days stands for.
fn instant(days: f64, from_1904: bool) -> Option<DateTime> {
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    let start = if from_1904 {
        date(1904, 1, 1)
    } else if days < 60.0 {
        // The first program counted a 29 February 1900.
        date(1899, 12, 31)
    } else {
        date(1899, 12, 30)
    };
    let seconds = SignedDuration::try_from_secs_f64((days * 86_400.0).round()).ok()?;
    start.at(0, 0, 0, 0).checked_add(seconds).ok()
}

fn time(n: f64, pieces: &[Piece], from_1904: bool) -> Option<String> {
    let instant = instant(n, from_1904)?;
    let letters: Vec<(usize, char)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(n, piece)| if let Piece::Time(letter, _) = piece { Some((n, *letter)) } else { None })
        .collect();
    let mut text = String::new();
    for (n, piece) in pieces.iter().enumerate() {
        let Piece::Time(letter, count) = piece else {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Figure(c @ ('.' | ',')) => text.push(*c),
                _ => {}
            }
            continue;
        };
        // An m behind an hour or before a second is a minute.
        let before = letters.iter().rev().find(|(place, _)| *place < n).map(|(_, letter)| *letter);
        let behind = letters.iter().find(|(place, _)| *place > n).map(|(_, letter)| *letter);
        let value = match letter {
            'y' if *count < 3 => i64::from(instant.year() % 100),
            'y' => i64::from(instant.year()),
            'm' if before == Some('h') || behind == Some('s') => i64::from(instant.minute()),
            'm' => i64::from(instant.month()),
            'd' => i64::from(instant.day()),
            'h' => i64::from(instant.hour()),
            _ => i64::from(instant.second()),
        };
        let digits = if *count > 1 { 2 } else { 1 };
        let _ = write!(text, "{value:0digits$}");
    }
    Some(text)
}

fn figures(n: f64, pieces: &[Piece]) -> String {
    let percent = pieces.contains(&Piece::Percent);
    let is_figure = |piece: &Piece| matches!(piece, Piece::Figure(_));
    let first = pieces.iter().position(is_figure).unwrap_or(0);
    let last = pieces.iter().rposition(is_figure).unwrap_or(0);
    let core: String =
        pieces.iter().filter_map(|piece| if let Piece::Figure(c) = piece { Some(*c) } else { None }).collect();
    let (whole, part) = core.split_once('.').unwrap_or((&core, ""));
    let decimals = part.chars().filter(|&c| c != ',').count().min(15);
    let sure = part.matches('0').count();
    let n = if percent { n * 100.0 } else { n };
    if !n.is_finite() || n.abs() > 1e15 {
        return plain(n);
    }
    let text = format!("{:.decimals$}", n.abs());
    let (digits, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut fraction = fraction.to_owned();
    while fraction.len() > sure && fraction.ends_with('0') {
        fraction.pop();
    }
    let mut shown = format!("{digits:0>width$}", width = whole.matches('0').count().min(30));
    if whole.trim_end_matches(',').contains(',') {
        shown = grouped(&shown);
    }
    if !fraction.is_empty() {
        shown = format!("{shown}.{fraction}");
    }
    let literals = |pieces: &[Piece]| -> String {
        let text = pieces.iter().map(|piece| match piece {
            Piece::Literal(literal) => literal.as_str(),
            Piece::Percent => "%",
            _ => "",
        });
        text.collect()
    };
    let sign = if n < 0.0 && shown.contains(|c: char| ('1'..='9').contains(&c)) { "-" } else { "" };
    let (head, tail) = (pieces.get(..first).unwrap_or_default(), pieces.get(last + 1..).unwrap_or_default());
    format!("{sign}{}{shown}{}", literals(head), literals(tail))
}

fn grouped(digits: &str) -> String {
    let count = digits.chars().count();
    let mut text = String::new();
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (count - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_formats_say() {
        for (n, format, shown) in [
            (12.0, "", "12"),
            (0.1 + 0.2, "General", "0.3"),
            (1.0 / 3.0, "", "0.333333333333333"),
            (430_281_123_456.0, "@", "430281123456"),
            (0.1234, "0.00%", "12.34%"),
            (0.5, "0%", "50%"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (-1234.5, "#,##0.0_ ", "-1,234.5"),
            (7.0, "000", "007"),
            (12.5, "0.##\"万元\"", "12.5万元"),
            (12.0, "¥0.00;[Red]-¥0.00", "¥12.00"),
            (1234.5, "0.00E+00", "1234.5"),
            (45_000.0, "yyyy-m-d", "2023-3-15"),
            (45_000.0, "yyyy\"年\"m\"月\"d\"日\";@", "2023年3月15日"),
            (45_000.75, "yyyy/mm/dd hh:mm:ss", "2023/03/15 18:00:00"),
            (0.5, "h\"时\"mm\"分\"", "12时00分"),
            (1.0, "yyyy-mm-dd", "1900-01-01"),
            (-1.0, "yyyy-m-d", "-1"),
            (f64::NAN, "0.0", ""),
        ] {
            assert_eq!(show(n, format, false), shown, "{n} {format}");
        }
        assert_eq!(show(0.0, "yyyy-m-d", true), "1904-1-1");
    }

    #[test]
    fn formats_known_by_number_are_those_of_chinese_systems() {
        assert_eq!(show(45_000.0, built_in(57), false), "2023年3月");
        assert_eq!(show(45_000.0, built_in(14), false), "2023-3-15");
        assert_eq!(built_in(0), "");
    }
}
