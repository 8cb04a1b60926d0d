//! Putting right at opening what a killed run or a failing disk left behind.

use std::fmt;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::state::{Durability, transaction};
use super::{Archive, ArchiveError, Shelf};
use crate::model::{Capture, SourceId};

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
    /// The end of a file is missing or damaged; the captures there are asked for again.
    Lost {
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
            Self::Lost { path, captures } => {
                write!(f, "the end of `{}` is lost: {captures} captures will be fetched again", path.display())
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
    for file in files(state)? {
        let path = shelf.path(&file.source, &file.name);
        let length = path.metadata().map_or(0, |file| file.len());
        let mut lost = 0;
        if length > file.committed {
            let cut = OpenOptions::new().write(true).open(&path).and_then(|opened| {
                opened.set_len(file.committed)?;
                opened.sync_all()
            });
            cut.map_err(|error| ArchiveError::at(&path, error))?;
            repairs.push(Repair::Cut { path: path.clone(), bytes: length - file.committed });
        } else if length < file.committed {
            lost += forget(state, file.id, length)?;
        }
        // A disk that lied about a sync loses what was written last, so the end of the file in use is looked at.
        while file.is_newest
            && let Some(last) = damaged_end(state, shelf, &file)?
        {
            lost += forget(state, file.id, last)?;
        }
        if lost > 0 {
            repairs.push(Repair::Lost { path, captures: lost });
        }
    }
    Ok(repairs)
}

/// A WARC file as the state knows it.
struct Known {
    id: i64,
    source: SourceId,
    name: String,
    committed: u64,
    /// The one that is appended to.
    is_newest: bool,
}

fn files(state: &Connection) -> Result<Vec<Known>, ArchiveError> {
    let mut query = state.prepare(
        "SELECT id, source, name, committed, serial = max(serial) OVER (PARTITION BY source) FROM files ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        files.push(Known {
            id: row.get(0)?,
            source: super::captures::value(&row.get::<_, String>(1)?)?,
            name: row.get(2)?,
            committed: row.get::<_, i64>(3)?.cast_unsigned(),
            is_newest: row.get(4)?,
        });
    }
    Ok(files)
}

/// Where the last capture of a file begins, if it cannot be read.
fn damaged_end(state: &Connection, shelf: &Shelf, file: &Known) -> Result<Option<u64>, ArchiveError> {
    let mut query = state
        .prepare_cached("SELECT offset, length, sha256 FROM captures WHERE file = ? ORDER BY offset DESC LIMIT 1")?;
    let last = query.query_row([file.id], |row| {
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned(), row.get::<_, String>(2)?))
    });
    let Some((offset, length, sha256)) = last.optional()? else { return Ok(None) };
    match shelf.read_at(&file.source, &file.name, offset, length, &sha256) {
        Ok(_) => Ok(None),
        Err(ArchiveError::Damaged { .. }) => Ok(Some(offset)),
        Err(error) => Err(error),
    }
}

/// Forgets the captures that are not wholly in the first `length` bytes of a file, so that their pages are fetched
/// again.
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

impl Archive {
    /// Forgets captures whose bytes are damaged, so that their pages are fetched again.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn forget(&mut self, damaged: &[Capture]) -> Result<(), ArchiveError> {
        if damaged.is_empty() {
            return Ok(());
        }
        transaction(&mut self.state, Durability::Full, |change| {
            let mut delete = change.prepare_cached(
                "DELETE FROM captures WHERE offset = ? AND file = (SELECT id FROM files WHERE source = ? AND name = ?)
                 RETURNING url",
            )?;
            for capture in damaged {
                let place = params![capture.warc_offset.cast_signed(), capture.source.as_str(), capture.warc_file];
                let url: Option<i64> = delete.query_row(place, |row| row.get(0)).optional()?;
                change
                    .prepare_cached(
                        "UPDATE urls SET state = 'pending', sha256 = NULL, etag = NULL, last_modified = NULL
                         WHERE id = ? AND sha256 = ?",
                    )?
                    .execute(params![url, capture.sha256])?;
            }
            Ok(())
        })
    }
}
