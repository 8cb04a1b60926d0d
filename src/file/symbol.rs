//! Characters of symbol fonts as the common characters that look like them.

/// Shapes of Wingdings and Wingdings 2 that forms use: boxes, ticks, crosses, arrows, numbers in a ring.
const WINGDINGS: [(u32, char); 14] = [
    (0x6c, '●'),
    (0x6d, '○'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '□'),
    (0x72, '□'),
    (0x75, '◆'),
    (0xa1, '○'),
    (0xa8, '□'),
    (0xfb, '✗'),
    (0xfc, '√'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0xe0, '→'),
];
const WINGDINGS_2: [(u32, char); 8] =
    [(0x2a, '□'), (0x30, '□'), (0x50, '√'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0xa3, '□')];

/// The character of a font by its code in hexadecimal; nothing if it is only a shape.
pub(super) fn symbol(font: Option<&str>, code: Option<&str>) -> String {
    let Some(code) = code.and_then(|code| u32::from_str_radix(code.trim(), 16).ok()) else { return String::new() };
    let font = font.unwrap_or_default().to_ascii_lowercase();
    // Symbol fonts lie in the private use area.
    let low = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let in_ring = |first: u32| char::from_u32(0x2460 + low - first);
    let found = match font.as_str() {
        "wingdings" if (0x81..=0x8a).contains(&low) => in_ring(0x81),
        "wingdings" => WINGDINGS.iter().find(|(code, _)| *code == low).map(|(_, c)| *c),
        "wingdings 2" if (0x6a..=0x73).contains(&low) => in_ring(0x6a),
        "wingdings 2" => WINGDINGS_2.iter().find(|(code, _)| *code == low).map(|(_, c)| *c),
        _ => char::from_u32(code).filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}')),
    };
    found.map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_ticks_of_forms_are_characters() {
        for (font, code, text) in [
            ("Wingdings", "F0FE", "☑"),
            ("Wingdings", "00A8", "□"),
            ("Wingdings 2", "0052", "☑"),
            ("Wingdings", "F081", "①"),
            ("宋体", "25A1", "□"),
            ("Symbol", "F0B7", ""),
            ("Wingdings", "F04A", ""),
        ] {
            assert_eq!(symbol(Some(font), Some(code)), text, "{font} {code}");
        }
        assert_eq!(symbol(None, None), "");
    }
}
