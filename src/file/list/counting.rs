//! Numbers written with figures and units: 一百〇一, 壹佰零壹, 百一, XII.

/// Figures, units of ten, hundred, thousand, ten thousand, and whether one ten is written with its one.
pub(super) struct Counting {
    figures: &'static str,
    units: [&'static str; 4],
    ones: Ones,
}

/// When the figure one is written before a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ones {
    /// 一百一十, but 十一.
    NotAtStart,
    /// 壹拾.
    Always,
    /// 百十.
    Never,
}

pub(super) const SIMPLIFIED: Counting =
    Counting { figures: "〇一二三四五六七八九", units: ["十", "百", "千", "万"], ones: Ones::NotAtStart };
pub(super) const TRADITIONAL: Counting =
    Counting { figures: "零一二三四五六七八九", units: ["十", "百", "千", "萬"], ones: Ones::NotAtStart };
pub(super) const LEGAL: Counting =
    Counting { figures: "零壹贰叁肆伍陆柒捌玖", units: ["拾", "佰", "仟", "万"], ones: Ones::Always };
pub(super) const LEGAL_TRADITIONAL: Counting =
    Counting { figures: "零壹貳參肆伍陸柒捌玖", units: ["拾", "佰", "仟", "萬"], ones: Ones::Always };
pub(super) const JAPANESE: Counting =
    Counting { figures: " 一二三四五六七八九", units: ["十", "百", "千", "万"], ones: Ones::Never };
pub(super) const JAPANESE_LEGAL: Counting =
    Counting { figures: " 壱弐参四伍六七八九", units: ["拾", "百", "阡", "萬"], ones: Ones::Always };
pub(super) const KOREAN: Counting =
    Counting { figures: " 일이삼사오육칠팔구", units: ["십", "백", "천", "만"], ones: Ones::Never };

const KOREAN_ONES: [&str; 10] = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
const KOREAN_TENS: [&str; 10] = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];
/// Larger numbers are written in figures, as no list has them.
const MOST: u32 = 999_999;

/// Figure by figure.
pub(super) fn figures(n: u32, set: &str) -> String {
    n.to_string().chars().filter_map(|c| nth(c.to_digit(10)? + 1, set)).collect()
}

/// 十 up to 九十九, then figure by figure with a round zero.
pub(super) fn tens(n: u32) -> String {
    match n {
        1..100 => counted(n, &SIMPLIFIED).unwrap_or_default(),
        _ => figures(n, "○一二三四五六七八九"),
    }
}

/// With units: thousands, hundreds, tens, in groups of ten thousand.
pub(super) fn counted(n: u32, by: &Counting) -> Option<String> {
    if n == 0 {
        return nth(1, by.figures).filter(|&c| c != ' ').map(String::from);
    }
    if n > MOST {
        return None;
    }
    let zero = nth(1, by.figures)?;
    let [ten, hundred, thousand, myriad] = by.units;
    let mut text = String::new();
    let mut gap = false;
    let places = [(100_000, ten), (10_000, ""), (1_000, thousand), (100, hundred), (10, ten), (1, "")];
    for (value, unit) in places {
        let figure = n / value % 10;
        if figure == 0 {
            gap = !text.is_empty();
        } else {
            if gap && zero != ' ' {
                text.push(zero);
            }
            gap = false;
            let bare = match by.ones {
                Ones::Always => false,
                Ones::Never => true,
                Ones::NotAtStart => unit == ten && text.is_empty(),
            };
            if figure > 1 || unit.is_empty() || !bare {
                text.push(nth(figure + 1, by.figures)?);
            }
            text.push_str(unit);
        }
        if value == 10_000 && !text.is_empty() {
            text.push_str(myriad);
        }
    }
    Some(text)
}

pub(super) fn korean(n: u32) -> Option<String> {
    let (tens, ones) = (usize::try_from(n / 10).ok()?, usize::try_from(n % 10).ok()?);
    (1..100).contains(&n).then(|| KOREAN_TENS.get(tens).into_iter().chain(KOREAN_ONES.get(ones)).copied().collect())
}

/// The character at a place of a set, from 1.
pub(super) fn nth(n: u32, set: &str) -> Option<char> {
    set.chars().nth(usize::try_from(n.checked_sub(1)?).ok()?)
}

/// I, II, up to what Word counts to.
pub(super) fn roman(mut n: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 32_767 {
        return None;
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    Some(text)
}
