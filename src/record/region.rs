//! What a region code says about itself.

/// `province`, `prefecture`, `county`, `township` or `village` of a GB/T 2260 code (6 digits) or of a statistical
/// division code (9 or 12 digits, whose parts below the county have three digits each); `None` if it is neither.
pub(super) fn level(code: &str) -> Option<&'static str> {
    if !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part = |start: usize, end: usize| code.get(start..end).is_some_and(|part| part.bytes().any(|d| d != b'0'));
    match code.len() {
        12 if part(9, 12) => Some("village"),
        9 | 12 if part(6, 9) => Some("township"),
        6 | 9 | 12 if part(4, 6) => Some("county"),
        6 | 9 | 12 if part(2, 4) => Some("prefecture"),
        6 | 9 | 12 if part(0, 2) => Some("province"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_is_read_off_the_code() {
        for (code, expected) in [
            ("430000", Some("province")),
            ("430200", Some("prefecture")),
            ("430281", Some("county")),
            ("430281000000", Some("county")),
            ("430281107000", Some("township")),
            ("430281107201", Some("village")),
            ("000000", None),
            ("430281107", Some("township")),
            ("4302", None),
            ("43028x", None),
            ("", None),
        ] {
            assert_eq!(level(code), expected, "{code}");
        }
    }
}
