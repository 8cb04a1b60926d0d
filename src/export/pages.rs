//! Pages of files of other programs as one typed table: a row a page, its document, sections and tables inside.

use std::path::Path;

use super::{ExportError, Format, Row, TableWriter, Written};
use crate::record::schema::{Column, Kind, files};

/// Takes the lines that `build --from` gives.
pub struct Pages {
    table: Box<dyn TableWriter + Send>,
}

impl Pages {
    /// Begins a Parquet file.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn begin(path: &Path) -> Result<Self, ExportError> {
        Ok(Self { table: Format::Parquet.begin(&columns(), path)? })
    }

    /// Appends a line.
    ///
    /// # Errors
    /// It is no line of `build --from`, or what keeps it from being written.
    pub fn line(&mut self, line: &[u8]) -> Result<(), ExportError> {
        let row: Row = serde_json::from_slice(line)
            .map_err(|error| ExportError::Value { column: "document".to_owned(), value: error.to_string() })?;
        self.table.row(&row)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn finish(self) -> Result<Written, ExportError> {
        self.table.finish()
    }
}

/// The keys of a line.
fn columns() -> Vec<Column> {
    let column =
        |name: &str, kind: Kind| Column { name: name.to_owned(), kind, nullable: true, meaning: String::new() };
    let record = |name: &str| {
        let file = files().into_iter().find(|file| file.name == name);
        Kind::Object(file.map(|file| file.columns).unwrap_or_default())
    };
    let list = |name: &str| Kind::List(Box::new(record(name)));
    let reject = ["stage", "reason"].map(|name| column(name, Kind::Text)).into();
    vec![
        column("file", Kind::Text),
        column("offset", Kind::Integer),
        column("url", Kind::Text),
        column("document", record("documents")),
        column("sections", list("sections")),
        column("tables", list("tables")),
        column("reject", Kind::Object(reject)),
        column("detail", Kind::Text),
    ]
}
