//! Which characters are ideographs.

/// An ideograph of the basic block, which holds nearly all of every document; its UTF-8 form has three bytes.
#[inline]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
