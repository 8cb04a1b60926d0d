//! Numbers as reports print them: 1,234.5, 1.5亿, 70余, 三百二十, 百余.

use std::ops::Range;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numeral {
    /// Its characters, with 万 and 余 behind the digits.
    pub(super) place: Range<usize>,
    /// Its value.
    pub(super) value: f64,
    /// 余 多 stand in or behind it.
    pub(super) is_rough: bool,
    /// How it is written.
    pub(super) form: Form,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In digits: 12, 1.5.
    Digits,
    /// In digits with 万 or 亿 behind them.
    Scaled,
    /// In several Chinese characters, or with 余: 十二, 百余.
    Chinese,
    /// As one Chinese digit: 三.
    OneDigit,
}

/// The number that begins at a place of a folded text.
pub(super) fn numeral(view: &[char], at: usize) -> Option<Numeral> {
    let first = *view.get(at)?;
    if first.is_ascii_digit() { in_digits(view, at) } else { in_characters(view, at) }
}

/// 1234, 1,234, 0.5, 1.2万, 100余万, 3亿多.
fn in_digits(view: &[char], at: usize) -> Option<Numeral> {
    let digits = |from: usize| (from..view.len()).take_while(|&n| view[n].is_ascii_digit()).count();
    let letter = |n: usize| view.get(n).copied().unwrap_or('\n');
    let mut end = at + digits(at);
    let mut written: String = view[at..end].iter().collect();
    while written.len() <= 12 && letter(end) == ',' && digits(end + 1) == 3 {
        written.extend(&view[end + 1..end + 4]);
        end += 4;
    }
    if letter(end) == '.' && digits(end + 1) > 0 {
        let length = digits(end + 1);
        written.push('.');
        written.extend(&view[end + 1..end + 1 + length]);
        end += 1 + length;
    }
    let (mut power, mut is_rough) = (0, false);
    let mut is_scaled = false;
    loop {
        match letter(end) {
            '余' | '多' if !is_rough && behind_rough(letter(end + 1)) => is_rough = true,
            '十' if power == 0 && is_rough => power = 1,
            '百' => power += 2,
            '千' if letter(end + 1) != '瓦' && letter(end + 1) != '克' && letter(end + 1) != '米' => power += 3,
            '万' => power += 4,
            '亿' => power += 8,
            _ => break,
        }
        is_scaled |= !matches!(letter(end), '余' | '多');
        end += 1;
    }
    // The decimal is read as a whole, so that 1.23亿 is not a hundredth off.
    let value = format!("{written}e{power}").parse().ok()?;
    let form = if is_scaled { Form::Scaled } else { Form::Digits };
    Some(Numeral { place: at..end, value, is_rough, form })
}

/// 多 and 余 are also the beginning of words: 10多样性.
fn behind_rough(next: char) -> bool {
    !matches!(next, '样' | '方')
}

/// 三, 十二, 三百二十, 百余, 两千多.
fn in_characters(view: &[char], at: usize) -> Option<Numeral> {
    let digit = |c: char| match c {
        '两' => Some(2),
        '〇' => Some(0),
        c => "零一二三四五六七八九".chars().position(|digit| digit == c).and_then(|n| u32::try_from(n).ok()),
    };
    let unit = |c: char| match c {
        '十' => Some(10u64),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    };
    let (mut total, mut section, mut pending) = (0u64, 0u64, None::<u32>);
    let (mut end, mut is_rough, mut has_digit) = (at, false, false);
    let mut last_unit = u64::MAX;
    while let Some(&c) = view.get(end) {
        if let Some(value) = digit(c) {
            // 二〇二三 and 三四 name digits or guess.
            if pending.is_some_and(|pending| pending != 0) || (value == 0 && end == at) {
                return None;
            }
            pending = Some(value);
            has_digit = true;
        } else if let Some(unit) = unit(c) {
            let count = pending.take().filter(|&count| count > 0).unwrap_or(1);
            if unit >= last_unit {
                return None;
            }
            last_unit = unit;
            section += u64::from(count) * unit;
        } else if matches!(c, '万' | '亿') {
            let scale = if c == '万' { 10_000 } else { 100_000_000 };
            section += u64::from(pending.take().unwrap_or(0));
            let count = if section == 0 && total == 0 { 1 } else { section };
            if c == '亿' && total > 0 && section == 0 {
                total = total.checked_mul(scale)?;
            } else {
                total = total.checked_add(count.checked_mul(scale)?)?;
            }
            section = 0;
            last_unit = u64::MAX;
        } else if matches!(c, '余' | '多') && end > at && !is_rough {
            is_rough = true;
        } else {
            break;
        }
        end += 1;
    }
    let length = end - at;
    let value = total + section + u64::from(pending.unwrap_or(0));
    // 百 and 万 alone begin words.
    if length == 0 || value == 0 || (!has_digit && view[at] != '十' && !is_rough) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers in reports are far below 2^53")]
    let value = value as f64;
    let form = if length == 1 { Form::OneDigit } else { Form::Chinese };
    Some(Numeral { place: at..end, value, is_rough, form })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_value_that_a_reader_gives_them() {
        for (text, value, length, is_rough) in [
            ("12件", 12.0, 2, false),
            ("1,234.5元", 1234.5, 7, false),
            ("1.5亿元", 150_000_000.0, 4, false),
            ("1.23亿元", 123_000_000.0, 5, false),
            ("70余件", 70.0, 3, true),
            ("100余万元", 1_000_000.0, 5, true),
            ("3万多人", 30_000.0, 3, true),
            ("2.6千瓦", 2.6, 3, false),
            ("十二件", 12.0, 2, false),
            ("三百二十人", 320.0, 4, false),
            ("两千余人", 2000.0, 3, true),
            ("百余场", 100.0, 2, true),
            ("一万两千户", 12_000.0, 4, false),
            ("三亿元", 300_000_000.0, 2, false),
            ("一百零三件", 103.0, 4, false),
        ] {
            let view: Vec<char> = text.chars().collect();
            let found = numeral(&view, 0).unwrap_or_else(|| panic!("{text}"));
            assert!((found.value - value).abs() < 1e-9, "{text}: {}", found.value);
            assert_eq!((found.place, found.is_rough), (0..length, is_rough), "{text}");
        }
        for text in ["百姓", "万家", "二〇二三年", "三四次", "件", ""] {
            let view: Vec<char> = text.chars().collect();
            assert_eq!(numeral(&view, 0), None, "{text}");
        }
    }
}
