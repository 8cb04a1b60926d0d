//! Records → the files that other programs open: typed tables, spreadsheets, a database, references, passages.
//!
//! Each file is written beside its place and renamed when it is whole; the same records give the same bytes.

mod card;
mod cell;
mod chunks;
mod csv;
mod json;
mod pages;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod reference;
mod selection;
mod sqlite;
mod table;
mod wide;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io;
use std::path::PathBuf;

pub use chunks::chunks;
pub use pages::Pages;
pub use reference::{Style, references};
pub use selection::Selection;
pub use sqlite::database;
pub use table::{By, Format, tables};
pub use wide::wide;
#[cfg(feature = "xlsx")]
pub use xlsx::workbook;

use crate::write::WriteError;

/// Without the feature `xlsx` there are no workbooks.
///
/// # Errors
/// Always.
#[cfg(not(feature = "xlsx"))]
pub fn workbook(_: &Selection, _: &std::path::Path) -> Result<Vec<Written>, ExportError> {
    Err(ExportError::Absent("XLSX"))
}

/// A line of a record file.
type Row = serde_json::Map<String, serde_json::Value>;

/// Takes the rows of one table.
trait TableWriter {
    /// Appends a row.
    fn row(&mut self, row: &Row) -> Result<(), ExportError>;
    /// Puts the file in its place.
    fn finish(self: Box<Self>) -> Result<Written, ExportError>;
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// How many rows it holds.
    pub rows: u64,
}

/// What keeps records from being exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There are no records.
    #[error("there are no records below `{folder}`: run `gongwen build` first, or give another --output")]
    NoRecords {
        /// Where they were looked for.
        folder: PathBuf,
    },
    /// A file of records cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line is no record of this version.
    #[error("line {line} of `{path}` is no record of this version: run `gongwen build`")]
    Record {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
    /// A value has not the type that its key promises.
    #[error("`{value}` cannot stand in the column `{column}`: run `gongwen build`")]
    Value {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The file cannot be written by the library of its format.
    #[error("cannot write `{path}`")]
    Format {
        /// The file.
        path: PathBuf,
        /// What the library says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The program was built without a format.
    #[error("this program was built without {0}: build it with its default features")]
    Absent(&'static str),
}
