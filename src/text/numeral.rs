//! Numerals: 一百零三, ２０, 二〇二三.

/// The value of a Chinese numeral (`一百零三` = 103, `两百` = 200, `廿三` = 23, `一〇五` = 105); `None` if it is not well formed.
pub fn chinese_number(text: &str) -> Option<u32> {
    let (mut total, mut section, mut digit) = (0u32, 0u32, None);
    if text.is_empty() {
        return None;
    }
    if let Some(value) = digit_by_digit(text) {
        return Some(value);
    }
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // 两 is a number before its unit only: 两百, but 两户 and 两、三户.
            '两' if digit.is_none() && matches!(rest.peek(), Some('百' | '千' | '万')) => digit = Some(2),
            '廿' | '卅' | '卌' if section == 0 && digit.is_none() => {
                section = match c {
                    '廿' => 20,
                    '卅' => 30,
                    _ => 40,
                };
            }
            '零' | '〇' | '○' | '〇' if digit.is_none() => {}
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                let count = match digit.take() {
                    Some(count) => count,
                    None if c == '十' && section == 0 => 1,
                    None => return None,
                };
                section += count * unit;
            }
            '万' => {
                total += (section + digit.take().unwrap_or(0)) * 10_000;
                section = 0;
            }
            _ => {
                let value = "零一二三四五六七八九".chars().position(|d| d == c)?;
                if digit.is_some() {
                    return None;
                }
                digit = u32::try_from(value).ok();
            }
        }
    }
    Some(total + section + digit.unwrap_or(0))
}

/// 一〇 and 一〇五 name their digits, as 二〇二三 does.
fn digit_by_digit(text: &str) -> Option<u32> {
    let zero = |c: char| matches!(c, '零' | '〇' | '○');
    if text.chars().next().is_none_or(zero) || !text.chars().any(zero) || text.chars().count() > 4 {
        return None;
    }
    text.chars().try_fold(0, |value, c| {
        let digit = if zero(c) { 0 } else { "零一二三四五六七八九".chars().position(|d| d == c)? };
        Some(value * 10 + u32::try_from(digit).ok()?)
    })
}

/// The value of a numeral in Chinese characters or in ASCII or full-width digits.
pub fn parse_number(text: &str) -> Option<u32> {
    let digits: Option<String> = text
        .chars()
        .map(|c| match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
            _ => None,
        })
        .collect();
    match digits {
        Some(digits) if !digits.is_empty() => digits.parse().ok(),
        _ => chinese_number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_their_value() {
        for (text, value) in [
            ("一", Some(1)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("二十一", Some(21)),
            ("一百零三", Some(103)),
            ("一千二百", Some(1200)),
            ("一万", Some(10_000)),
            ("两百零一", Some(201)),
            ("两千两百", Some(2200)),
            ("廿", Some(20)),
            ("廿三", Some(23)),
            ("卅一", Some(31)),
            ("一〇", Some(10)),
            ("一○五", Some(105)),
            ("二〇二三", Some(2023)),
            ("两", None),
            ("两三", None),
            ("三两", None),
            ("一廿", None),
            ("〇一", Some(1)),
            ("１２", Some(12)),
            ("7", Some(7)),
            ("二一", None),
            ("百", None),
            ("", None),
            ("甲", None),
        ] {
            assert_eq!(parse_number(text), value, "{text}");
        }
    }
}
