//! Which characters are ideographs, and which mean something to one font only.

/// An ideograph of the basic block, which holds nearly all of every document; its UTF-8 form has three bytes.
#[inline]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// How many bytes of ideographs a text begins with.
#[inline]
pub fn ideographs(text: &str) -> usize {
    // Their UTF-8 forms are those from E4 B8 80 to E9 BF BF, and what begins with such a byte has three bytes.
    let is_ideograph = |form: &&[u8; 3]| matches!(form, [0xe4, 0xb8..=0xff, _] | [0xe5..=0xe9, ..]);
    text.as_bytes().as_chunks().0.iter().take_while(is_ideograph).count() * 3
}

/// A character of the private use area: portals draw icons with it, and wrong decoding makes it.
pub fn is_private_use(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_are_counted_in_bytes() {
        for c in '\0'..=char::MAX {
            assert_eq!(ideographs(&format!("{c}aa")), if is_ideograph(c) { 3 } else { 0 }, "{c:?}");
        }
        for (text, bytes) in [("", 0), ("一", 3), ("法治政府，建设", 12), ("法a", 3), ("a法", 0), ("鿿一㐀", 6)]
        {
            assert_eq!(ideographs(text), bytes, "{text}");
        }
    }
}
