//! `state.sqlite` made anew from the WARC files alone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::params;
use serde::Serialize;

use super::restore::{Taken, take_in};
use super::scan::Scan;
use super::state::{self, Durability, transaction};
use super::{ArchiveError, Lock, Shelf};
use crate::model::SourceId;

/// Bytes of the archive that cannot be used, or a state that says otherwise than they.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// The first byte; null = the whole file.
    pub offset: Option<u64>,
    /// How many bytes; null = the whole file.
    pub bytes: Option<u64>,
    /// What is wrong.
    pub why: String,
}

/// What the new state holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    /// WARC files that were read.
    pub files: u64,
    /// Captures found in them.
    pub captures: u64,
    /// Where the state lies that was there before; null if there was none.
    pub aside: Option<PathBuf>,
    /// What could not be read.
    pub damage: Vec<Damage>,
}

/// Makes the state of an output folder anew; the one that is there is moved aside.
///
/// Lists are read to their end by the next crawl, and what had failed is asked for again: that stands in no WARC file.
///
/// # Errors
/// [`ArchiveError::Missing`] if there are no WARC files; else what keeps it from being made. The old state is then
/// still in its place.
pub fn rebuild(output: &Path) -> Result<Rebuilt, ArchiveError> {
    let path = output.join("state.sqlite");
    if !output.is_dir() {
        return Err(ArchiveError::Missing { path });
    }
    let _lock = Lock::take(output)?;
    let shelf = Shelf::new(output);
    let mut files = shelf.files()?;
    if files.is_empty() {
        return Err(ArchiveError::Missing { path });
    }
    files.sort_by_key(|(source, path)| (source.clone(), serial(path).unwrap_or(i64::MAX), path.clone()));
    let new = output.join("state-new.sqlite");
    // One that a killed run left is of no use.
    for part in parts(&new) {
        remove(&part)?;
    }
    let mut rebuilt = Rebuilt::default();
    let mut state = state::open(&new)?;
    let mut last: Option<(SourceId, i64)> = None;
    for (source, path) in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let after = last.take().filter(|(before, _)| *before == source).map_or(0, |(_, serial)| serial);
        let serial = serial(&path).unwrap_or(0).max(after + 1);
        let Taken { captures, damage, .. } = transaction(&mut state, Durability::Normal, |change| {
            change.execute(
                "INSERT INTO files (source, serial, name, committed) VALUES (?, ?, ?, 0)",
                params![source.as_str(), serial, name],
            )?;
            let file = change.last_insert_rowid();
            let taken = take_in(change, &source, (file, &name), Scan::open(&path, 0)?)?;
            change.execute("UPDATE files SET committed = ?2 WHERE id = ?1", params![file, taken.end.cast_signed()])?;
            Ok(taken)
        })?;
        rebuilt.files += 1;
        rebuilt.captures += captures as u64;
        rebuilt.damage.extend(damage.into_iter().map(|(offset, bytes, why)| Damage {
            path: path.clone(),
            offset: Some(offset),
            bytes: Some(bytes),
            why,
        }));
        last = Some((source, serial));
    }
    state.pragma_update(None, "wal_checkpoint", "TRUNCATE").or_else(|error| match error {
        // It answers with a row.
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        error => Err(error),
    })?;
    state.close().map_err(|(_, error)| error)?;
    File::open(&new).and_then(|file| file.sync_all()).map_err(|error| ArchiveError::at(&new, error))?;
    rebuilt.aside = move_aside(output, &path)?;
    fs::rename(&new, &path).map_err(|error| ArchiveError::at(&path, error))?;
    // A folder cannot be synced everywhere; where it can, the new name survives a power cut.
    let _ = File::open(output).and_then(|folder| folder.sync_all());
    Ok(rebuilt)
}

/// The number at the end of a file's name.
fn serial(path: &Path) -> Option<i64> {
    path.file_name()?.to_str()?.strip_suffix(".warc.gz")?.rsplit('-').next()?.parse().ok()
}

/// The files of a database.
fn parts(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", ""].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

fn remove(path: &Path) -> Result<(), ArchiveError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(ArchiveError::at(path, error)),
        _ => Ok(()),
    }
}

/// Gives the old state another name; its log goes first, since a log beside a state that it does not belong to would
/// damage that one.
fn move_aside(output: &Path, path: &Path) -> Result<Option<PathBuf>, ArchiveError> {
    let names = (1..).map(|n: u32| output.join(format!("state-old-{n}.sqlite")));
    let Some(aside) = names.into_iter().find(|name| parts(name).iter().all(|part| !part.exists())) else {
        return Ok(None);
    };
    let mut moved = None;
    for (from, to) in parts(path).iter().zip(parts(&aside)) {
        match fs::rename(from, &to) {
            Ok(()) => moved = Some(aside.clone()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(ArchiveError::at(from, error)),
        }
    }
    Ok(moved)
}
