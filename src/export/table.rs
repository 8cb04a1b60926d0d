//! The record files as tables over all sources: one file each, or one for each source or year.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::card::{About, describe};
use super::selection::{Selection, document_of, text};
use super::{ExportError, Row, TableWriter, Written, csv, json};
use crate::record::schema::{Column, RecordFile, files};

/// The form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV for spreadsheets.
    Csv,
    /// JSON Lines.
    Jsonl,
    /// Typed Parquet.
    Parquet,
}

/// How a table is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A file a source.
    Source,
    /// A file a year: that reported on, else that of publication.
    Year,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }

    /// The form that the ending of a file name asks for.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        [Self::Csv, Self::Jsonl, Self::Parquet].into_iter().find(|format| format.ending() == ending)
    }

    /// Begins a table.
    pub(super) fn begin(self, columns: &[Column], path: &Path) -> Result<Box<dyn TableWriter + Send>, ExportError> {
        Ok(match self {
            Self::Csv => Box::new(csv::Table::begin(columns, path)?),
            Self::Jsonl => Box::new(json::Table::begin(path)?),
            #[cfg(feature = "parquet")]
            Self::Parquet => Box::new(super::parquet::Table::begin(columns, path)?),
            #[cfg(not(feature = "parquet"))]
            Self::Parquet => return Err(ExportError::Absent("Parquet")),
        })
    }
}

/// Writes every record file as a table into a folder.
///
/// # Errors
/// What cannot be read or written.
pub fn tables(
    selection: &Selection,
    format: Format,
    by: Option<By>,
    folder: &Path,
) -> Result<Vec<Written>, ExportError> {
    let sources = selection.folders()?;
    let (mut written, mut about) = (Vec::new(), About::default());
    let mut open: Vec<BTreeMap<String, Box<dyn TableWriter + Send>>> =
        files().iter().map(|_| BTreeMap::new()).collect();
    for source in &sources {
        let groups = selection.documents(source, |row| {
            about.add(&source.name, &row);
            match by {
                None => String::new(),
                Some(By::Source) => source.name.clone(),
                Some(By::Year) => year(&row),
            }
        })?;
        for (file, open) in files().iter().zip(&mut open) {
            source.rows(file.name, |row| put(&row, &groups, open, |group| begin(file, format, folder, group)))?;
        }
        if by == Some(By::Source) {
            // Ten thousand sources are not ten thousand open files.
            finish(&mut open, &mut written)?;
        }
    }
    if by.is_none() {
        // A table without rows is a table too.
        for (file, open) in files().iter().zip(&mut open) {
            if open.is_empty() {
                open.insert(String::new(), begin(file, format, folder, "")?);
            }
        }
    }
    finish(&mut open, &mut written)?;
    if format == Format::Parquet {
        describe(folder, &about, &written)?;
    }
    Ok(written)
}

fn put(
    row: &Row,
    groups: &HashMap<String, String>,
    open: &mut BTreeMap<String, Box<dyn TableWriter + Send>>,
    begin: impl FnOnce(&str) -> Result<Box<dyn TableWriter + Send>, ExportError>,
) -> Result<(), ExportError> {
    let Some(group) = groups.get(document_of(row)) else { return Ok(()) };
    if !open.contains_key(group) {
        open.insert(group.clone(), begin(group)?);
    }
    open.get_mut(group).map_or(Ok(()), |table| table.row(row))
}

fn begin(
    file: &RecordFile,
    format: Format,
    folder: &Path,
    group: &str,
) -> Result<Box<dyn TableWriter + Send>, ExportError> {
    let ending = format.ending();
    let path: PathBuf = match group {
        "" => folder.join(format!("{}.{ending}", file.name)),
        group => folder.join(file.name).join(format!("{group}.{ending}")),
    };
    format.begin(&file.columns, &path)
}

fn finish(
    open: &mut [BTreeMap<String, Box<dyn TableWriter + Send>>],
    written: &mut Vec<Written>,
) -> Result<(), ExportError> {
    for tables in open {
        for (_, table) in std::mem::take(tables) {
            written.push(table.finish()?);
        }
    }
    Ok(())
}

/// The year of a document, as the name of a file.
fn year(document: &Row) -> String {
    let reported = document.get("report_year").and_then(Value::as_i64).map(|year| year.to_string());
    let published = || text(document, "published").and_then(|day| day.get(..4)).map(str::to_owned);
    reported.or_else(published).unwrap_or_else(|| "unknown".to_owned())
}
