//! Character references: `&nbsp;`, `&amp`, `&#20013;`, `&#x4e2d;`.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name that counts without its semicolon: `&frac12`.
const LONGEST_BARE: usize = 6;
/// The longest name of all, with its semicolon.
const LONGEST: usize = 33;

/// What a reference stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its bytes, `&` not counted.
    pub(super) len: usize,
    pub(super) first: char,
    /// Some names stand for two characters.
    pub(super) second: Option<char>,
}

/// Reads the reference whose `&` stands before some bytes; `None` if it is none, and `&` is an ordinary character.
pub(super) fn reference(behind: &[u8], in_attribute: bool) -> Option<Reference> {
    match behind {
        // By far the most frequent one.
        [b'n', b'b', b's', b'p', b';', ..] => Some(Reference { len: 5, first: '\u{a0}', second: None }),
        [b'#', b'x' | b'X', digits @ ..] => numeric(digits, 16).map(|(len, first)| of_one(2 + len, first)),
        [b'#', digits @ ..] => numeric(digits, 10).map(|(len, first)| of_one(1 + len, first)),
        _ => named(behind, in_attribute),
    }
}

fn of_one(len: usize, first: char) -> Reference {
    Reference { len, first, second: None }
}

fn numeric(behind: &[u8], base: u32) -> Option<(usize, char)> {
    let digits = behind.iter().map_while(|&byte| char::from(byte).to_digit(base));
    let (mut len, mut number) = (0, 0_u32);
    for digit in digits {
        len += 1;
        number = number.saturating_mul(base).saturating_add(digit);
    }
    if len == 0 {
        return None;
    }
    len += usize::from(behind.get(len) == Some(&b';'));
    let windows = number.checked_sub(0x80).and_then(|n| *C1_REPLACEMENTS.get(usize::try_from(n).ok()?)?);
    let c = if number == 0 { None } else { windows.or_else(|| char::from_u32(number)) };
    Some((len, c.unwrap_or(char::REPLACEMENT_CHARACTER)))
}

/// The longest name counts, and in the value of an attribute none that goes on: `?a=1&copy=2` is an address.
fn named(behind: &[u8], in_attribute: bool) -> Option<Reference> {
    let letters = behind.iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let full = if behind.get(letters) == Some(&b';') { known(behind, letters + 1) } else { None };
    full.or_else(|| {
        let bare = (1..=letters.min(LONGEST_BARE)).rev().find_map(|len| known(behind, len))?;
        let goes_on = behind.get(bare.len).is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
        (!(in_attribute && goes_on)).then_some(bare)
    })
}

fn known(behind: &[u8], len: usize) -> Option<Reference> {
    let name = str::from_utf8(behind.get(..len)?).ok()?;
    // The beginnings of names are in the table, too, and stand for nothing.
    let &(first, second) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
    let second = char::from_u32(second).filter(|&second| second != '\0');
    Some(Reference { len, first: char::from_u32(first)?, second })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, in_attribute: bool) -> Option<(usize, String)> {
        let found = reference(text.as_bytes(), in_attribute)?;
        Some((found.len, [Some(found.first), found.second].into_iter().flatten().collect()))
    }

    #[test]
    fn a_reference_is_read_as_far_as_its_name_or_number_goes() {
        for (text, len, expect) in [
            ("nbsp;文", 5, "\u{a0}"),
            ("amp文", 3, "&"),
            ("ampere", 3, "&"),
            ("notin;", 6, "∉"),
            ("notit;", 3, "¬"),
            ("NotEqualTilde;", 14, "≂\u{338}"),
            ("#20013;国", 7, "中"),
            ("#x4E2d国", 6, "中"),
            ("#128;", 5, "€"),
            ("#0;", 3, "\u{fffd}"),
            ("#xD800;", 7, "\u{fffd}"),
            ("#99999999999;", 13, "\u{fffd}"),
            ("CounterClockwiseContourIntegral;", 32, "∳"),
        ] {
            assert_eq!(read(text, false), Some((len, expect.to_owned())), "{text}");
        }
        for text in ["", " ", "bogus;", "#", "#x", "#xg", "#;", "n", "文"] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }

    #[test]
    fn in_an_address_a_name_that_goes_on_is_a_key() {
        assert_eq!(read("copy=2", true), None);
        assert_eq!(read("copyright", true), None);
        assert_eq!(read("copy;=2", true), Some((5, "©".to_owned())));
        assert_eq!(read("copy&", true), Some((4, "©".to_owned())));
    }

    /// So that no name is cut: the bounds are those of the table.
    #[test]
    fn every_name_is_within_the_bounds() {
        let names = || NAMED_ENTITIES.entries().filter(|(_, chars)| chars.0 != 0).map(|(name, _)| *name);
        assert!(names().all(|name| name.len() <= LONGEST));
        assert!(names().filter(|name| !name.ends_with(';')).all(|name| name.len() <= LONGEST_BARE));
        assert!(names().all(|name| read(name, false).is_some_and(|(len, _)| len == name.len())));
    }
}
