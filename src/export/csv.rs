//! CSV that a spreadsheet opens rightly: UTF-8 with a mark, lists joined, and no page can plant a formula.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::Value;

use super::cell::cell;
use super::part::Part;
use super::{ExportError, Row, TableWriter, Written};
use crate::record::schema::Column;

pub(super) struct Table {
    part: Part,
    out: csv::Writer<BufWriter<File>>,
    keys: Vec<String>,
    rows: u64,
}

impl Table {
    pub(super) fn begin(columns: &[Column], path: &Path) -> Result<Self, ExportError> {
        let part = Part::begin(path)?;
        let mut file = BufWriter::new(part.create()?);
        // Without the mark Excel reads the file in the encoding of the machine.
        file.write_all("\u{feff}".as_bytes()).map_err(|error| part.failed(error))?;
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
        let keys: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        out.write_record(&keys).map_err(|error| part.failed(error))?;
        Ok(Self { part, out, keys, rows: 0 })
    }
}

impl TableWriter for Table {
    fn row(&mut self, row: &Row) -> Result<(), ExportError> {
        let cells = self.keys.iter().map(|key| harmless(row.get(key).unwrap_or(&Value::Null)));
        self.out.write_record(cells).map_err(|error| self.part.failed(error))?;
        self.rows += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let Self { part, out, rows, .. } = *self;
        let file = out.into_inner().map_err(|error| part.failed(error.into_error()))?;
        file.into_inner().map_err(|error| part.failed(error.into_error()))?;
        Ok(Written { path: part.commit()?, rows })
    }
}

/// A text that a spreadsheet would run begins with `'`, which it does not show; numbers are left as they are.
fn harmless(value: &Value) -> String {
    let text = cell(value);
    let runs = !value.is_number() && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if runs { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_cannot_plant_a_formula() {
        for (value, expected) in [
            (json!("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")"),
            (json!("@SUM(A1)"), "'@SUM(A1)"),
            (json!(-3), "-3"),
            (json!(null), ""),
            (json!(["甲镇", "乙镇"]), "甲镇|乙镇"),
            (json!([]), ""),
            (json!([{ "code": "picture" }]), "[{\"code\":\"picture\"}]"),
            (json!("一、总体情况"), "一、总体情况"),
        ] {
            assert_eq!(harmless(&value), expected);
        }
    }
}
