//! Encodings and faces of the fonts of an RTF file.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252};

/// A font.
#[derive(Debug, Clone, Copy)]
pub(super) struct Font {
    /// The encoding of its text; `None` = that of the file.
    pub(super) encoding: Option<&'static Encoding>,
    /// It is a heading face.
    pub(super) heading: bool,
}

/// The fonts by their numbers.
pub(super) type Fonts = HashMap<i32, Font>;

/// The encoding of a Windows code page; pages of the West are the fallback.
pub(super) fn of_page(page: i32) -> &'static Encoding {
    match page {
        936 | 54_936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        1251 => WINDOWS_1251,
        65_001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// The encoding that `\fcharset` names; 0 and 1 leave it to the file.
pub(super) fn of_charset(charset: i32) -> Option<&'static Encoding> {
    match charset {
        134 => Some(GB18030),
        136 => Some(BIG5),
        128 => Some(SHIFT_JIS),
        129 => Some(EUC_KR),
        204 => Some(WINDOWS_1251),
        _ => None,
    }
}
