//! White space by the clean-text rules of the record format.

/// Zero-width characters that carry no text and are dropped: ZWSP, ZWNJ, ZWJ, word joiner, BOM, soft hyphen.
#[inline]
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// ASCII white space and NBSP: runs of these become one space.
#[inline]
pub fn is_collapsed(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{a0}' | '\u{85}')
}

/// Nothing is printed for it: any white space, or a zero-width character.
#[inline]
pub fn is_blank(c: char) -> bool {
    // Nearly all of the text is ideographs and their marks, and among those is no blank.
    !matches!(c, '\u{3001}'..='\u{fefe}') && (c.is_whitespace() || is_zero_width(c))
}

/// One line of clean text: zero-width characters dropped, runs of ASCII white space and NBSP collapsed to one
/// space, blanks (also U+3000) trimmed at both ends. Width, brackets, digits and inner U+3000 stay as they are.
pub fn clean_line(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.chars().filter(|&c| !is_zero_width(c)) {
        if is_collapsed(c) {
            gap = true;
        } else {
            if gap {
                clean.push(' ');
                gap = false;
            }
            clean.push(c);
        }
    }
    clean.trim_matches(is_blank).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_white_space_and_what_has_no_width() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_blank(c), c.is_whitespace() || is_zero_width(c), "{c:?}");
        }
    }

    #[test]
    fn a_clean_line_keeps_what_a_reader_sees() {
        for (raw, clean) in [
            ("  \u{3000}\u{3000}一、总则 \n", "一、总则"),
            ("第一章\u{3000}总 \t\u{a0} 则", "第一章\u{3000}总 则"),
            ("\u{feff}政\u{200b}府", "政府"),
            (" \u{3000} \u{a0}", ""),
            ("（1）２０２３", "（1）２０２３"),
        ] {
            assert_eq!(clean_line(raw), clean);
        }
    }
}
