//! One workbook for spreadsheets: a sheet for each record file, codes as text, days as days, and what was cut is told.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::cell::cell;
use super::part::Part;
use super::selection::{Selection, document_of, file_at};
use super::{ExportError, Row, Written};
use crate::record::schema::{Column, Kind, RecordFile, files};

/// Rows of a sheet, the one of the names left out; what is beyond goes on in a further sheet.
const MOST_ROWS: u32 = 1_048_575;
/// UTF-16 units of a cell.
const MOST_UNITS: usize = 32_767;

/// Writes every record file as a sheet of one workbook, and a last sheet that says how many rows each has.
///
/// # Errors
/// What cannot be read or written.
pub fn workbook(selection: &Selection, out: &Path) -> Result<Vec<Written>, ExportError> {
    let part = Part::begin(&file_at(out, "gongwen.xlsx"))?;
    let mut book = Book::new();
    let mut rows = 0;
    for file in files() {
        rows += book.table(selection, &file, &part)?;
    }
    book.finish(&part).map_err(|error| part.failed(error))?;
    Ok(vec![Written { path: part.commit()?, rows }])
}

struct Book {
    workbook: Workbook,
    bold: Format,
    day: Format,
    /// Name, rows and cut cells of each table.
    tables: Vec<(&'static str, u64, u64)>,
}

impl Book {
    fn new() -> Self {
        let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
        Self { workbook: Workbook::new(), bold, day, tables: Vec::new() }
    }

    /// Writes a table over all sources; gives its rows.
    fn table(&mut self, selection: &Selection, file: &RecordFile, part: &Part) -> Result<u64, ExportError> {
        let (mut rows, mut cut) = (0, 0);
        let (mut sheet, mut at, mut n_sheets) = (self.sheet(file, 1).map_err(|error| part.failed(error))?, 0, 1);
        for source in selection.folders()? {
            let chosen = selection.documents(&source, |_| ())?;
            source.rows(file.name, |row| {
                if !chosen.contains_key(document_of(&row)) {
                    return Ok(());
                }
                if at == MOST_ROWS {
                    n_sheets += 1;
                    (sheet, at) = (self.sheet(file, n_sheets).map_err(|error| part.failed(error))?, 0);
                }
                at += 1;
                rows += 1;
                cut += self.row(sheet, at, &file.columns, &row).map_err(|error| part.failed(error))?;
                Ok(())
            })?;
        }
        self.tables.push((file.name, rows, cut));
        Ok(rows)
    }

    /// Begins a sheet; gives its index.
    fn sheet(&mut self, file: &RecordFile, n: usize) -> Result<usize, XlsxError> {
        let index = self.workbook.worksheets().len();
        let name = if n == 1 { file.name.to_owned() } else { format!("{} {n}", file.name) };
        let bold = self.bold.clone();
        // Rows go to a file as they come, so that a large workbook needs little memory.
        let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, at) in file.columns.iter().zip(0..) {
            sheet.write_string_with_format(0, at, &column.name, &bold)?;
            let is_wide = matches!(column.name.as_str(), "title" | "heading" | "text" | "context");
            sheet.set_column_width(at, if is_wide { 40 } else { 14 })?;
        }
        Ok(index)
    }

    /// Writes a row; gives how many of its cells were cut.
    fn row(&mut self, sheet: usize, at: u32, columns: &[Column], row: &Row) -> Result<u64, XlsxError> {
        let sheet = self.workbook.worksheet_from_index(sheet)?;
        let mut cut = 0;
        for (column, n) in columns.iter().zip(0..) {
            let value = row.get(&column.name).unwrap_or(&Value::Null);
            cut += u64::from(put(sheet, (at, n), column, value, &self.day)?);
        }
        Ok(cut)
    }

    fn finish(mut self, part: &Part) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("about")?;
        for (name, at) in ["table", "rows", "cells cut at 32767 characters"].into_iter().zip(0..) {
            sheet.write_string_with_format(0, at, name, &self.bold)?;
        }
        for ((name, rows, cut), at) in self.tables.iter().zip(1..) {
            sheet.write_string(at, 0, *name)?;
            sheet.write_number(at, 1, counted(*rows))?;
            sheet.write_number(at, 2, counted(*cut))?;
        }
        // The day of writing would make each file another one.
        let made = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        self.workbook.set_properties(&made);
        self.workbook.save(part.unfinished())
    }
}

/// Writes a cell; says whether it was cut.
fn put(sheet: &mut Worksheet, at: (u32, u16), column: &Column, value: &Value, day: &Format) -> Result<bool, XlsxError> {
    match (&column.kind, value) {
        (_, Value::Null) => {}
        (Kind::Day, Value::String(text)) => {
            sheet.write_datetime_with_format(at.0, at.1, &ExcelDateTime::parse_from_str(text)?, day)?;
        }
        (_, Value::Number(number)) => {
            sheet.write_number(at.0, at.1, number.as_f64().unwrap_or_default())?;
        }
        (_, Value::Bool(truth)) => {
            sheet.write_boolean(at.0, at.1, *truth)?;
        }
        (_, value) => {
            let text = cell(value);
            let (text, is_cut) = fitting(&text);
            sheet.write_string(at.0, at.1, text)?;
            return Ok(is_cut);
        }
    }
    Ok(false)
}

/// The text as far as a cell holds it, with an ellipsis for the rest.
fn fitting(text: &str) -> (String, bool) {
    if text.encode_utf16().nth(MOST_UNITS).is_none() {
        return (text.to_owned(), false);
    }
    let mut units = 0;
    let within = |letter: &char| {
        units += letter.len_utf16();
        units < MOST_UNITS
    };
    (text.chars().take_while(within).chain(['…']).collect(), true)
}

#[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
fn counted(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_stands_and_a_longer_one_ends_with_an_ellipsis() {
        let long = |n: usize| "镇".repeat(n);
        assert_eq!(fitting(&long(MOST_UNITS)), (long(MOST_UNITS), false));
        assert_eq!(fitting(&long(MOST_UNITS + 1)), (long(MOST_UNITS - 1) + "…", true));
        // A letter of two units is not torn.
        let wide = "𠮷".repeat(MOST_UNITS);
        let (cut, is_cut) = fitting(&wide);
        assert!(is_cut && cut.encode_utf16().count() <= MOST_UNITS && cut.ends_with("𠮷…"));
    }
}
