//! Which characters are ideographs, and which mean something to one font only.

/// An ideograph of the basic block, which holds nearly all of every document; its UTF-8 form has three bytes.
#[inline]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// A character of the private use area: portals draw icons with it, and wrong decoding makes it.
pub fn is_private_use(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}
