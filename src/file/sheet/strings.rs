//! Strings of a workbook: in one record, and the shared ones, which run over the ends of records ([MS-XLS] 2.5.293).

use super::super::{FileError, Limits};
use super::records::{Record, long, word};

/// A string whose length takes `width` bytes.
pub(super) fn string(data: &[u8], at: usize, width: usize) -> Option<String> {
    let length = match width {
        1 => usize::from(*data.get(at)?),
        _ => usize::from(word(data, at)?),
    };
    let wide = data.get(at + width)? & 1 != 0;
    let from = at + width + 1;
    let size = if wide { length * 2 } else { length };
    // A string that is cut short is read as far as it goes.
    let bytes = data.get(from..(from + size).min(data.len()))?;
    Some(text(bytes, wide))
}

fn text(bytes: &[u8], wide: bool) -> String {
    if !wide {
        return bytes.iter().map(|&byte| char::from(byte)).collect();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

/// The shared strings.
pub(super) fn shared(record: &Record<'_>, limits: &Limits) -> Result<Vec<String>, FileError> {
    let mut parts =
        Parts { records: std::iter::once(record.data).chain(record.more.iter().copied()).collect(), n: 0, at: 8 };
    let count = long(record.data, 4).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let (mut strings, mut chars) = (Vec::new(), 0);
    while strings.len() < count {
        let Some(string) = parts.string() else { break };
        chars += string.len();
        if chars > limits.chars.saturating_mul(3) {
            return Err(FileError::TooLarge("chars"));
        }
        strings.push(string);
    }
    Ok(strings)
}

/// A place in bytes that lie in several records.
struct Parts<'a> {
    records: Vec<&'a [u8]>,
    n: usize,
    at: usize,
}

impl<'a> Parts<'a> {
    /// Bytes that are left in the record; goes on to the next one where none are.
    fn left(&mut self) -> Option<&'a [u8]> {
        loop {
            let part = *self.records.get(self.n)?;
            if let Some(left) = part.get(self.at..).filter(|left| !left.is_empty()) {
                return Some(left);
            }
            self.at = self.at.saturating_sub(part.len());
            self.n += 1;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.left()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0, |n, place| Some(n | usize::from(self.byte()?) << (place * 8)))
    }

    fn string(&mut self) -> Option<String> {
        let mut length = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? * 4 };
        let extra = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let mut wide = flags & 1 != 0;
        let mut found = String::new();
        while length > 0 {
            let before = self.n;
            let left = self.left()?;
            if self.n != before {
                // Characters that go on in another record have a byte of flags of their own.
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let width = if wide { 2 } else { 1 };
            let count = length.min(left.len() / width);
            if count == 0 {
                self.at += 1;
                continue;
            }
            found += &text(left.get(..count * width)?, wide);
            self.at += count * width;
            length -= count;
        }
        self.skip(runs.saturating_add(extra));
        Some(found)
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let Some(left) = self.left() else { return };
            let step = bytes.min(left.len());
            self.at += step;
            bytes -= step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_strings_run_over_the_ends_of_records() {
        let mut data = vec![2, 0, 0, 0, 2, 0, 0, 0];
        data.extend([4, 0, 0, b'a', b'b']);
        let wide: Vec<u8> = [1].into_iter().chain("公文".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let rich = [2, 0, 8, 1, 0, b'x', b'y', 9, 9, 9, 9];
        let more = [wide, rich.to_vec()].concat();
        let record = Record { code: 0xfc, data: &data, more: vec![&more] };
        assert_eq!(shared(&record, &Limits::default()).unwrap(), ["ab公文", "xy"]);
    }
}
