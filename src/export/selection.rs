//! Which records are exported, read source by source and line by line.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::Value;

use super::{ExportError, Row};
use crate::model::SourceId;

/// Records of an output folder.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The output folder.
    pub output: PathBuf,
    /// Only these sources; all if there is none.
    pub sources: Vec<SourceId>,
    /// Only documents published from this day on.
    pub since: Option<Date>,
    /// Only documents published up to this day.
    pub until: Option<Date>,
}

/// The records of one source.
#[derive(Debug)]
pub(super) struct SourceFolder {
    /// The id of the source.
    pub(super) name: String,
    path: PathBuf,
}

impl Selection {
    /// The folders of the sources, by name.
    pub(super) fn folders(&self) -> Result<Vec<SourceFolder>, ExportError> {
        let records = self.output.join("records");
        let entries = match fs::read_dir(&records) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ExportError::NoRecords { folder: records });
            }
            Err(source) => return Err(ExportError::Read { path: records, source }),
        };
        let mut folders = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| ExportError::Read { path: records.clone(), source })?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let wanted = self.sources.is_empty() || self.sources.iter().any(|id| id.as_str() == name);
            if wanted && entry.path().join("documents.jsonl").is_file() {
                folders.push(SourceFolder { name, path: entry.path() });
            }
        }
        folders.sort_by(|a, b| a.name.cmp(&b.name));
        if folders.is_empty() { Err(ExportError::NoRecords { folder: records }) } else { Ok(folders) }
    }

    /// Whether a document is among those that are exported.
    fn takes(&self, document: &Row) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let day = document.get("published").and_then(Value::as_str).and_then(|day| day.parse::<Date>().ok());
        day.is_some_and(|day| {
            self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
        })
    }

    /// What `of` says of each document of a source that is exported, by its id.
    pub(super) fn documents<T>(
        &self,
        folder: &SourceFolder,
        mut of: impl FnMut(Row) -> T,
    ) -> Result<HashMap<String, T>, ExportError> {
        let mut documents = HashMap::new();
        folder.rows("documents", |row| {
            if self.takes(&row)
                && let Some(id) = text(&row, "id").map(str::to_owned)
            {
                documents.insert(id, of(row));
            }
            Ok(())
        })?;
        Ok(documents)
    }
}

impl SourceFolder {
    /// Every line of a record file; a file that is not there has none.
    pub(super) fn rows(
        &self,
        file: &str,
        mut each: impl FnMut(Row) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let path = self.path.join(format!("{file}.jsonl"));
        let failed = |source: io::Error| ExportError::Read { path: path.clone(), source };
        let mut lines = match File::open(&path) {
            Ok(file) => BufReader::with_capacity(1 << 16, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(error)),
        };
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if lines.read_until(b'\n', &mut line).map_err(failed)? == 0 {
                break;
            }
            let row =
                serde_json::from_slice(&line).map_err(|_| ExportError::Record { path: path.clone(), line: number })?;
            each(row)?;
        }
        Ok(())
    }
}

/// The id of the document that a row belongs to.
pub(super) fn document_of(row: &Row) -> &str {
    text(row, "doc_id").or_else(|| text(row, "id")).unwrap_or_default()
}

/// The text of a key.
pub(super) fn text<'a>(row: &'a Row, key: &str) -> Option<&'a str> {
    row.get(key).and_then(Value::as_str)
}

/// The whole number of a key that counts something in memory.
pub(super) fn count(row: &Row, key: &str) -> Option<usize> {
    row.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
}

/// The characters of a text from one to another, as the offsets of the records count.
pub(super) fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// The file, or one of this name in the folder that is meant.
pub(super) fn file_at(out: &Path, name: &str) -> PathBuf {
    let is_folder = out.is_dir() || out.to_string_lossy().ends_with(['/', '\\']);
    if is_folder { out.join(name) } else { out.to_owned() }
}
