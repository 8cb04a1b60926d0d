//! Bringing files and state to agree at opening, after a run that was killed or a disk that lost something.
//!
//! Whole, readable records are never cut. What a killed run can leave behind the bytes that the state knows is one batch
//! ([`MAX_BATCH`] answers) and the beginning of one record: whole records are taken into the state, so that nothing is
//! stored twice, and only the unfinished one at the very end is cut. More than that, or a file that the state does not
//! know, means that the state is older than the archive; a file that is not there, that a disk is not mounted. Then
//! nothing is changed and the run stops: which of the two holds, only a person can tell.

use std::collections::HashSet;
use std::fmt;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::intake;
use super::put::MAX_BATCH;
use super::restore::{Taken, restored, take_in};
use super::scan::{Found, Scan, is_torn};
use super::state::{Durability, transaction};
use super::{Archive, ArchiveError, Shelf};
use crate::model::{Capture, SourceId, page_key};

/// Something that was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// The beginning of a record that was never finished was cut off; its page is asked for again.
    Cut {
        /// The WARC file.
        path: PathBuf,
        /// How many bytes.
        bytes: u64,
    },
    /// Whole records that a killed run had written but not noted were taken into the state.
    Taken {
        /// The WARC file.
        path: PathBuf,
        /// How many captures they hold.
        captures: usize,
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
            Self::Taken { path, captures } => {
                write!(f, "{captures} captures that a killed run left in `{}` are noted now", path.display())
            }
            Self::Lost { path, captures } => {
                write!(f, "the end of `{}` is lost: {captures} captures will be fetched again", path.display())
            }
        }
    }
}

/// A WARC file as the state knows it.
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) source: SourceId,
    pub(super) name: String,
    pub(super) committed: u64,
    /// The one that is appended to.
    is_newest: bool,
}

/// The files that the state knows.
pub(super) fn files(state: &Connection) -> Result<Vec<Known>, ArchiveError> {
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

/// Refuses to begin a new state beside WARC files that an older one knew.
pub(super) fn refuse_orphans(shelf: &Shelf, state: &Path) -> Result<(), ArchiveError> {
    if shelf.files()?.is_empty() || super::state::is_ours(state)? {
        return Ok(());
    }
    Err(ArchiveError::Orphaned { path: state.to_owned() })
}

/// Brings files and state to agree, or changes nothing and says what a person has to decide.
pub(super) fn repair(state: &mut Connection, shelf: &Shelf, path: &Path) -> Result<Vec<Repair>, ArchiveError> {
    let files = files(state)?;
    for file in &files {
        intake::name_noted(shelf, &file.source, &file.name, file.committed)?;
    }
    let lengths = refuse_strangers(path, shelf, &files)?;
    let mut repairs = Vec::new();
    for (file, length) in files.iter().zip(lengths) {
        let path = shelf.path(&file.source, &file.name);
        let mut lost = 0;
        if length < file.committed {
            lost += forget(state, file.id, length)?;
        }
        // A disk that lied about a sync loses what was written last, so the end of the file in use is looked at.
        while file.is_newest
            && length > 0
            && let Some(last) = damaged_end(state, shelf, file)?
        {
            lost += forget(state, file.id, last)?;
        }
        if lost > 0 || length > file.committed {
            let (taken, cut) = settle_end(state, shelf, file, length)?;
            if taken > 0 {
                repairs.push(Repair::Taken { path: path.clone(), captures: taken });
            }
            if cut > 0 && lost == 0 {
                repairs.push(Repair::Cut { path: path.clone(), bytes: cut });
            }
        }
        if lost > 0 {
            repairs.push(Repair::Lost { path, captures: lost });
        }
    }
    Ok(repairs)
}

/// The lengths of the files, if they can be those that the state speaks of.
fn refuse_strangers(state: &Path, shelf: &Shelf, files: &[Known]) -> Result<Vec<u64>, ArchiveError> {
    let known: HashSet<PathBuf> = files.iter().map(|file| shelf.path(&file.source, &file.name)).collect();
    let older = |path: PathBuf| ArchiveError::Older { state: state.to_owned(), path };
    let mut lengths = Vec::with_capacity(files.len());
    if files.iter().any(|file| file.committed > 0) && !shelf.root().is_dir() {
        return Err(ArchiveError::Away { path: shelf.root().to_owned() });
    }
    if let Some((_, stranger)) = shelf.files()?.into_iter().find(|(_, path)| !known.contains(path)) {
        return Err(older(stranger));
    }
    let mut left = MAX_BATCH;
    for file in files {
        let path = shelf.path(&file.source, &file.name);
        let length = match path.metadata() {
            Ok(found) => found.len(),
            // It is put into the state before it is made.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.committed == 0 => 0,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(ArchiveError::Away { path }),
            Err(error) => return Err(ArchiveError::at(&path, error)),
        };
        if length > file.committed {
            let mut scan = Scan::open(&path, file.committed)?;
            while let Some(found) = scan.next()? {
                let Found::Record(placed) = found else { continue };
                if restored(&file.source, &placed).is_some() {
                    left = left.checked_sub(1).ok_or_else(|| older(path.clone()))?;
                }
            }
        }
        lengths.push(length);
    }
    Ok(lengths)
}

/// Takes the whole records behind what the state knows of a file into it, and cuts off the unfinished one at the end.
/// Gives how many captures were taken and how many bytes were cut.
fn settle_end(state: &mut Connection, shelf: &Shelf, file: &Known, length: u64) -> Result<(usize, u64), ArchiveError> {
    let path = shelf.path(&file.source, &file.name);
    let (taken, end) = transaction(state, Durability::Full, |change| {
        let known: i64 = change.query_row("SELECT committed FROM files WHERE id = ?", [file.id], |row| row.get(0))?;
        let known = known.cast_unsigned();
        let scan = Scan::open(&path, known)?;
        let Taken { captures, end, idle, .. } = take_in(change, &file.source, (file.id, &file.name), scan)?;
        let end = end.max(known);
        let end = if end == length {
            end
        } else if is_torn(&path, end)? {
            // The head of a file is written anew with its first page.
            idle.unwrap_or(end)
        } else {
            // Bytes that do not even begin like a record were not left by a run of ours: they stay, and what is written
            // next stands behind them.
            length
        };
        change.execute("UPDATE files SET committed = ?2 WHERE id = ?1", params![file.id, end.cast_signed()])?;
        Ok((captures, end))
    })?;
    if end < length {
        let cut = OpenOptions::new().write(true).open(&path).and_then(|opened| {
            opened.set_len(end)?;
            opened.sync_all()
        });
        cut.map_err(|error| ArchiveError::at(&path, error))?;
    }
    Ok((taken, length - end))
}

/// Where the last capture of a file begins, if it cannot be read and no whole record stands behind it.
fn damaged_end(state: &Connection, shelf: &Shelf, file: &Known) -> Result<Option<u64>, ArchiveError> {
    let mut query = state
        .prepare_cached("SELECT offset, length, sha256 FROM captures WHERE file = ? ORDER BY offset DESC LIMIT 1")?;
    let last = query.query_row([file.id], |row| {
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned(), row.get::<_, String>(2)?))
    });
    let Some((offset, length, sha256)) = last.optional()? else { return Ok(None) };
    match shelf.read_at(&file.source, &file.name, offset, length, &sha256) {
        Err(ArchiveError::Damaged { .. }) => {}
        Err(error) => return Err(error),
        Ok(_) => return Ok(None),
    }
    let path = shelf.path(&file.source, &file.name);
    let mut scan = Scan::open(&path, offset)?;
    let end = scan.end();
    Ok(match scan.next()? {
        Some(Found::Damage { length, .. }) if offset + length == end && is_torn(&path, offset)? => Some(offset),
        _ => None,
    })
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
    /// Notes that the bytes of captures are damaged, so that their pages are fetched again; the captures themselves
    /// stay known.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn ask_again(&mut self, damaged: &[Capture]) -> Result<(), ArchiveError> {
        if damaged.is_empty() {
            return Ok(());
        }
        transaction(&mut self.state, Durability::Full, |change| {
            let mut update = change.prepare_cached(
                "UPDATE urls SET state = 'pending', sha256 = NULL, etag = NULL, last_modified = NULL
                 WHERE source = ? AND key = ? AND sha256 = ?",
            )?;
            for capture in damaged {
                update.execute(params![capture.source.as_str(), page_key(&capture.url), capture.sha256])?;
            }
            Ok(())
        })
    }
}
