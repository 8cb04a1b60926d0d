//! The piece table ([MS-DOC] 2.8.35): the characters in the order of the text, each with its place in the file.

use super::super::{FileError, Limits};
use super::bytes::{place_at, u8_at, u16_at};
use super::fib::{Part, Streams};

/// A character of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// The character, or half of one beyond the first plane.
    pub(super) code: u16,
    /// Where it lies in the file; formats are found by it.
    pub(super) at: u32,
}

/// All characters of the document, its notes, heads and boxes.
pub(super) fn units(streams: &Streams, limits: &Limits) -> Result<Vec<Unit>, FileError> {
    let pieces = table(streams.part(Part::Text)).ok_or(FileError::Broken("no piece table"))?;
    // Behind n + 1 places in the text stand n pieces of eight bytes.
    let count = pieces.len().saturating_sub(4) / 12;
    let mut units = Vec::new();
    for n in 0..count {
        let bounds = (place_at(pieces, n * 4), place_at(pieces, n * 4 + 4), place_at(pieces, count * 4 + n * 8 + 6));
        let (Some(from), Some(to), Some(place)) = bounds else { return Err(FileError::Broken("piece table")) };
        let length = to.checked_sub(from).ok_or(FileError::Broken("piece table"))?;
        if units.len() + length > limits.chars {
            return Err(FileError::TooLarge("chars"));
        }
        // A set bit says that each character is one byte.
        let (start, width) = if place & 0x4000_0000 == 0 { (place, 2) } else { ((place & 0x3fff_ffff) / 2, 1) };
        let bytes = start.checked_add(length * width).and_then(|end| streams.main.get(start..end));
        let bytes = bytes.ok_or(FileError::Truncated)?;
        let place = |n: usize| u32::try_from(start + n * width).unwrap_or(u32::MAX);
        if width == 2 {
            let codes = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            units.extend(codes.enumerate().map(|(n, code)| Unit { code, at: place(n) }));
        } else {
            units.extend(bytes.iter().enumerate().map(|(n, &byte)| Unit { code: western(byte), at: place(n) }));
        }
    }
    Ok(units)
}

/// The table of pieces, behind lists of modifiers.
fn table(text: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match u8_at(text, at)? {
            1 => at += 3 + usize::from(u16_at(text, at + 1)?),
            2 => return text.get(at + 5..at + 5 + place_at(text, at + 1)?),
            _ => return None,
        }
    }
}

/// A byte of Windows-1252.
fn western(byte: u8) -> u16 {
    if !(0x80..0xa0).contains(&byte) {
        return u16::from(byte);
    }
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.encode_utf16().next().unwrap_or(u16::from(byte))
}
