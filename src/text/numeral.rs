//! Numerals: 一百零三, ２０, 二〇二三.

/// The value of a Chinese numeral (`一百零三` = 103, `二十` = 20, `廿三` is none); `None` if it is not well formed.
pub fn chinese_number(text: &str) -> Option<u32> {
    let (mut total, mut section, mut digit) = (0u32, 0u32, None);
    if text.is_empty() {
        return None;
    }
    for c in text.chars() {
        match c {
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
