//! Putting right at opening what a killed run or a failing disk left behind.

use std::fmt;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::state::{Durability, transaction};
use super::{ArchiveError, Shelf};
use crate::model::SourceId;

/// Something that was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Bytes behind the last committed record were cut off; their pages are asked for again.
    Cut {
        /// The WARC file.
        path: PathBuf,
        /// How many.
        bytes: u64,
    },
    /// A file is shorter than what was written to it; the captures behind its end are asked for again.
    Short {
        /// The WARC file.
        path: PathBuf,
        /// How many captures are lost.
        captures: usize,
    },
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut { path, bytes } => {
                write!(f, "cut {bytes} bytes of an unfinished record off `{}`", path.display())
            }
            Self::Short { path, captures } => {
                write!(f, "`{}` has lost its end: {captures} captures will be fetched again", path.display())
            }
        }
    }
}

/// Refuses to begin a new state beside WARC files that an older one knew.
pub(super) fn refuse_orphans(output: &Path, state: &Path) -> Result<(), ArchiveError> {
    let archive = output.join("archive");
    if state.exists() || !archive.is_dir() {
        return Ok(());
    }
    let entries = |path: &Path| std::fs::read_dir(path).map_err(|error| ArchiveError::at(path, error));
    for folder in entries(&archive)?.flatten().filter(|entry| entry.path().is_dir()) {
        if entries(&folder.path())?.flatten().any(|file| file.path().extension().is_some_and(|gz| gz == "gz")) {
            return Err(ArchiveError::Orphaned { path: state.to_owned() });
        }
    }
    Ok(())
}

/// Brings files and state to agree.
pub(super) fn repair(state: &mut Connection, shelf: &Shelf) -> Result<Vec<Repair>, ArchiveError> {
    let mut repairs = Vec::new();
    for (id, source, name, committed) in files(state)? {
        let path = shelf.path(&source, &name);
        let length = path.metadata().map_or(0, |file| file.len());
        if length > committed {
            let cut = OpenOptions::new().write(true).open(&path).and_then(|file| {
                file.set_len(committed)?;
                file.sync_all()
            });
            cut.map_err(|error| ArchiveError::at(&path, error))?;
            repairs.push(Repair::Cut { path, bytes: length - committed });
        } else if length < committed {
            let captures = forget(state, id, length)?;
            repairs.push(Repair::Short { path, captures });
        }
    }
    Ok(repairs)
}

fn files(state: &Connection) -> Result<Vec<(i64, SourceId, String, u64)>, ArchiveError> {
    let mut query = state.prepare("SELECT id, source, name, committed FROM files ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let source: SourceId = super::captures::value(&row.get::<_, String>(1)?)?;
        files.push((row.get(0)?, source, row.get(2)?, row.get::<_, i64>(3)?.cast_unsigned()));
    }
    Ok(files)
}

/// Forgets the captures behind the end of a file, so that their pages are fetched again.
fn forget(state: &mut Connection, file: i64, length: u64) -> Result<usize, ArchiveError> {
    transaction(state, Durability::Full, |change| {
        let kept: i64 = change.query_row(
            "SELECT coalesce(max(offset + length), 0) FROM captures WHERE file = ? AND offset + length <= ?",
            params![file, length.cast_signed()],
            |row| row.get(0),
        )?;
        change.execute(
            "UPDATE urls SET state = 'pending', sha256 = NULL, etag = NULL, last_modified = NULL WHERE id IN
             (SELECT url FROM captures WHERE file = ?1 AND offset + length > ?2 AND reason IS NULL)",
            params![file, kept],
        )?;
        let lost =
            change.execute("DELETE FROM captures WHERE file = ? AND offset + length > ?", params![file, kept])?;
        change.execute("UPDATE files SET committed = ? WHERE id = ?", params![kept, file])?;
        Ok(lost)
    })
}
