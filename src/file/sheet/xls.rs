//! XLS ([MS-XLS], Excel 97 to 2003, and WPS Spreadsheets): cells with their number formats.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::super::grid::{Grid, Span};
use super::super::{FileError, FileKind, FileText, Limits};
use super::Sheets;
use super::format::{built_in, show};
use super::records::{long, real, records, word};
use super::strings::{shared, string};

/// What holds for all sheets.
#[derive(Default)]
struct Book {
    /// Place, whether it is shown, and name of each sheet.
    sheets: Vec<(usize, bool, String)>,
    strings: Vec<String>,
    formats: Vec<(u16, String)>,
    /// The number of the format of each cell style.
    styles: Vec<u16>,
    from_1904: bool,
}

/// Reads a workbook.
pub(in super::super) fn read(bytes: &[u8], limits: &Limits) -> Result<FileText, FileError> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| FileError::Truncated)?;
    let name = if file.is_stream("Workbook") { "Workbook" } else { "Book" };
    let stream = file.open_stream(name).map_err(|_| FileError::Broken("workbook"))?;
    if stream.len() > limits.unpacked as u64 {
        return Err(FileError::TooLarge("unpacked"));
    }
    let mut bytes = Vec::new();
    stream.take(limits.unpacked as u64).read_to_end(&mut bytes).map_err(|_| FileError::Truncated)?;

    let book = Book::read(&bytes, limits)?;
    let mut sheets = Sheets::new(limits);
    for (place, shown, name) in &book.sheets {
        if *shown {
            let (cells, merged) = book.cells(&bytes, *place, limits)?;
            let mut grid: Grid = sheets.grid(merged)?;
            for (row, column, text) in cells {
                grid.set(row.into(), column.into(), text, limits)?;
            }
            sheets.add(name.clone(), grid)?;
        } else {
            sheets.hide();
        }
    }
    Ok(sheets.finish(FileKind::Xls))
}

type Cells = Vec<(u16, u16, String)>;

impl Book {
    fn read(stream: &[u8], limits: &Limits) -> Result<Self, FileError> {
        let mut book = Self::default();
        for record in records(stream, 0) {
            let record = record?;
            let data = record.data;
            match record.code {
                0x0809 if word(data, 0) != Some(0x0600) => return Err(FileError::Unsupported("Excel 5 or 95")),
                0x002f => return Err(FileError::Encrypted),
                0x0022 => book.from_1904 = word(data, 0) == Some(1),
                0x0085 => {
                    let place = long(data, 0).and_then(|place| usize::try_from(place).ok()).unwrap_or(usize::MAX);
                    // Charts and macros are sheets of other kinds.
                    if data.get(5) == Some(&0) {
                        let name = string(data, 6, 1).unwrap_or_default();
                        book.sheets.push((place, data.get(4).is_some_and(|state| state.trailing_zeros() > 1), name));
                    }
                }
                0x041e => book.formats.extend(word(data, 0).zip(string(data, 2, 2))),
                0x00e0 => book.styles.push(word(data, 2).unwrap_or(0)),
                0x00fc => book.strings = shared(&record, limits)?,
                0x000a => break,
                _ => {}
            }
        }
        Ok(book)
    }

    /// The cells and the merged cells of the sheet at a place.
    fn cells(&self, stream: &[u8], place: usize, limits: &Limits) -> Result<(Cells, Vec<Span>), FileError> {
        let (mut cells, mut merged): (Cells, Vec<Span>) = (Vec::new(), Vec::new());
        let (mut depth, mut awaited) = (0_usize, None);
        for record in records(stream, place) {
            let record = record?;
            let data = record.data;
            let at = word(data, 0).zip(word(data, 2));
            match (record.code, at) {
                (0x0809, _) => depth += 1,
                (0x000a, _) if depth <= 1 => break,
                (0x000a, _) => depth -= 1,
                // Charts inside a sheet have cells of their own.
                _ if depth > 1 => {}
                (0x0203, Some((row, column))) => cells.extend(self.number(row, column, data, real(data, 6))),
                (0x027e, Some((row, column))) => {
                    cells.extend(self.number(row, column, data, long(data, 6).map(short)));
                }
                (0x00bd, Some((row, first))) => {
                    for (n, pair) in data.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                        let column = first.saturating_add(u16::try_from(n).unwrap_or(u16::MAX));
                        let value = long(pair, 2).map(short).map(|n| self.shown(n, word(pair, 0)));
                        cells.extend(value.map(|text| (row, column, text)));
                    }
                }
                (0x00fd, Some((row, column))) => {
                    let place = long(data, 6).and_then(|place| usize::try_from(place).ok());
                    let text = place.and_then(|place| self.strings.get(place)).cloned();
                    cells.extend(text.map(|text| (row, column, text)));
                }
                (0x0204 | 0x00d6, Some((row, column))) => {
                    cells.extend(string(data, 6, 2).map(|text| (row, column, text)));
                }
                (0x0205, Some((row, column))) if data.get(7) == Some(&0) => {
                    let text = if data.get(6) == Some(&0) { "FALSE" } else { "TRUE" };
                    cells.push((row, column, text.to_owned()));
                }
                (0x0006, Some((row, column))) => {
                    // A result that is no number says so in its last two bytes; a text follows in a record of its own.
                    let text = word(data, 12) == Some(0xffff);
                    awaited = Some((row, column)).filter(|_| text && data.get(6) == Some(&0));
                    if !text {
                        cells.extend(self.number(row, column, data, real(data, 6)));
                    }
                }
                (0x0207, _) => {
                    let text = awaited.take().zip(string(data, 0, 2));
                    cells.extend(text.map(|((row, column), text)| (row, column, text)));
                }
                (0x00e5, _) => {
                    let span = |bytes: &[u8]| {
                        let number = |at: usize| word(bytes, at).map(u32::from);
                        Some(Span { from: (number(0)?, number(4)?), to: (number(2)?, number(6)?) })
                    };
                    merged.extend(data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(span));
                }
                _ => {}
            }
            if cells.len() > limits.cells {
                return Err(FileError::TooLarge("cells"));
            }
        }
        Ok((cells, merged))
    }

    fn number(&self, row: u16, column: u16, data: &[u8], value: Option<f64>) -> Option<(u16, u16, String)> {
        Some((row, column, self.shown(value?, word(data, 4))))
    }

    fn shown(&self, n: f64, style: Option<u16>) -> String {
        let id = style.and_then(|style| self.styles.get(usize::from(style))).copied().unwrap_or(0);
        let own = self.formats.iter().find(|(known, _)| *known == id).map(|(_, format)| format.as_str());
        show(n, own.unwrap_or(built_in(id)), self.from_1904)
    }
}

/// A number in four bytes: whole or floating, perhaps a hundredth of it ([MS-XLS] 2.5.217).
fn short(bits: u32) -> f64 {
    let n = if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { n } else { n / 100.0 }
}
