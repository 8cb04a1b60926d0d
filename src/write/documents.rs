//! The documents of all sources below an output folder, line by line.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::WriteError;
use super::atomic::LineReader;

/// The `documents.jsonl` of every source that has records, ordered by source.
///
/// # Errors
/// A folder that cannot be read; that there is none yet is no error.
pub fn document_files(output: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let folder = output.join("records");
    let at = |error| WriteError::at(&folder, error);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(at)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(error)),
    };
    let files = entries.into_iter().map(|entry| entry.path().join("documents.jsonl"));
    let mut files: Vec<PathBuf> = files.filter(|file| file.is_file()).collect();
    files.sort();
    Ok(files)
}

/// The lines of a file of documents, each with its line break, and their offsets. An error is the last item.
///
/// # Errors
/// A file that cannot be opened.
pub fn document_lines(
    path: &Path,
) -> Result<impl Iterator<Item = Result<(u64, Vec<u8>), WriteError>> + Send, WriteError> {
    let mut reader = LineReader::open(path)?;
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        let offset = reader.next(&mut line).transpose()?;
        Some(offset.map(|offset| (offset, line)))
    }))
}
