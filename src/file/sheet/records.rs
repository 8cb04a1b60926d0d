//! The stream of a workbook as records of a code and bytes ([MS-XLS] 2.1.4).

use super::super::FileError;

/// One record, with the records that continue it.
pub(super) struct Record<'a> {
    pub(super) code: u16,
    pub(super) data: &'a [u8],
    /// What `Continue` records add, each for itself.
    pub(super) more: Vec<&'a [u8]>,
}

const CONTINUE: u16 = 0x003c;

/// The records from a place on; a stream that ends inside one was cut short.
pub(super) fn records(stream: &[u8], at: usize) -> impl Iterator<Item = Result<Record<'_>, FileError>> {
    let mut rest = stream.get(at..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (code, data, behind) = match split(rest)? {
            Ok(found) => found,
            Err(error) => {
                rest = &[];
                return Some(Err(error));
            }
        };
        rest = behind;
        let mut more = Vec::new();
        while let Some(Ok((CONTINUE, data, behind))) = split(rest) {
            more.push(data);
            rest = behind;
        }
        Some(Ok(Record { code, data, more }))
    })
}

type Split<'a> = (u16, &'a [u8], &'a [u8]);

fn split(rest: &[u8]) -> Option<Result<Split<'_>, FileError>> {
    let ([a, b, c, d], behind) = rest.split_first_chunk()?;
    let (code, size) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
    Some(behind.split_at_checked(size).map(|(data, behind)| (code, data, behind)).ok_or(FileError::Truncated))
}

/// Two bytes at a place.
pub(super) fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

/// Four bytes at a place.
pub(super) fn long(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// A floating point number at a place.
pub(super) fn real(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}
