//! The documents of all sources below an output folder, line by line.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::WriteError;

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
    let at = |error| WriteError::at(path, error);
    let mut file = BufReader::with_capacity(64 << 10, File::open(path).map_err(at)?);
    let path = path.to_owned();
    let (mut offset, mut is_over) = (0, false);
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        if is_over {
            return None;
        }
        match file.read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(n) => {
                offset += n as u64;
                Some(Ok((offset - n as u64, line)))
            }
            Err(error) => {
                is_over = true;
                Some(Err(WriteError::at(&path, error)))
            }
        }
    }))
}
