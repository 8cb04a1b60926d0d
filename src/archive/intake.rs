//! A new WARC file of a source that is taken in as a whole: what other machines and programs have archived.
//!
//! It is written beside its place, synced, noted in one transaction, and then given its name; one that was noted but not named
//! yet is named when the archive is opened next. So a kill at any instant leaves all of it or nothing.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::note::Note;
use super::restore::take_in;
use super::scan::Scan;
use super::state::{Durability, transaction};
use super::{Archive, ArchiveError, Shelf, warc};
use crate::model::{SourceId, page_key};

/// The file that is being written.
pub(super) struct Intake {
    source: SourceId,
    serial: i64,
    name: String,
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    length: u64,
    /// Digest of the capture of each page that was pushed last.
    pushed: HashMap<String, String>,
}

impl Intake {
    /// Appends the members of one capture.
    pub(super) fn push(&mut self, note: &Note, members: &[Vec<u8>]) -> Result<(), ArchiveError> {
        for member in members {
            self.file.write_all(member).map_err(|error| ArchiveError::at(&self.part, error))?;
            self.length += member.len() as u64;
        }
        self.pushed.insert(page_key(&note.url), note.sha256.clone());
        Ok(())
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }
}

impl Archive {
    /// Begins a file for a source, named after the day of its first capture.
    pub(super) fn begin_intake(&mut self, source: &SourceId, at: Timestamp) -> Result<Intake, ArchiveError> {
        let newest: Option<i64> =
            self.state
                .query_row("SELECT max(serial) FROM files WHERE source = ?", [source.as_str()], |row| row.get(0))?;
        let serial = newest.unwrap_or(0) + 1;
        let name = format!("{source}-{}-{serial:05}.warc.gz", at.strftime("%Y%m%d"));
        let path = self.shelf.path(source, &name);
        let part = part(&path);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| ArchiveError::at(folder, error))?;
        let file = File::create(&part).map_err(|error| ArchiveError::at(&part, error))?;
        let info = warc::warcinfo(&mut self.appender.gzip, source, &name, at).bytes;
        let mut file = BufWriter::with_capacity(256 << 10, file);
        file.write_all(&info).map_err(|error| ArchiveError::at(&part, error))?;
        let (source, length, pushed) = (source.clone(), info.len() as u64, HashMap::new());
        Ok(Intake { source, serial, name, path, part, file, length, pushed })
    }

    /// Takes the file in; gives how many captures it holds.
    pub(super) fn end_intake(&mut self, intake: Intake) -> Result<usize, ArchiveError> {
        let Intake { source, serial, name, path, part, file, length, .. } = intake;
        let at = |error| ArchiveError::at(&part, error);
        file.into_inner().map_err(|error| at(error.into_error()))?.sync_all().map_err(at)?;
        let taken = transaction(&mut self.state, Durability::Full, |change| {
            change.execute(
                "INSERT INTO files (source, serial, name, committed) VALUES (?, ?, ?, ?)",
                params![source.as_str(), serial, name, length.cast_signed()],
            )?;
            let id = change.last_insert_rowid();
            take_in(change, &source, (id, &name), Scan::open(&part, 0)?)
        })?;
        give_name(&part, &path)?;
        Ok(taken.captures)
    }

    /// Whether the address was asked for at that time or later.
    pub(super) fn is_checked(&self, note: &Note) -> Result<bool, ArchiveError> {
        let later = "SELECT 1 FROM checks c JOIN urls u ON u.id = c.url WHERE u.source = ? AND u.key = ? AND c.at >= ?";
        let values = params![note.source.as_str(), page_key(&note.url), note.fetched_at.to_string()];
        Ok(self.state.prepare_cached(later)?.exists(values)?)
    }

    /// Whether a capture is here: by page, time and digest, or with the same bytes right before it.
    pub(super) fn is_here(&self, note: &Note, intake: Option<&Intake>) -> Result<bool, ArchiveError> {
        let key = page_key(&note.url);
        let at = note.fetched_at.to_string();
        if note.reject.is_none() && intake.is_some_and(|intake| intake.pushed.get(&key) == Some(&note.sha256)) {
            return Ok(true);
        }
        let same = "SELECT 1 FROM captures c JOIN urls u ON u.id = c.url
                    WHERE u.source = ? AND u.key = ? AND c.fetched_at = ? AND c.sha256 = ?";
        if self.state.prepare_cached(same)?.exists(params![note.source.as_str(), key, at, note.sha256])? {
            return Ok(true);
        }
        let before: Option<String> = self
            .state
            .prepare_cached(
                "SELECT c.sha256 FROM captures c JOIN urls u ON u.id = c.url
                 WHERE u.source = ? AND u.key = ? AND c.fetched_at <= ? AND c.reason IS NULL
                 ORDER BY c.fetched_at DESC, c.id DESC LIMIT 1",
            )?
            .query_row(params![note.source.as_str(), key, at], |row| row.get(0))
            .optional()?;
        Ok(note.reject.is_none() && before.as_ref() == Some(&note.sha256))
    }
}

/// Names a file that a killed run had noted, `committed` bytes long, but not named yet.
pub(super) fn name_noted(shelf: &Shelf, source: &SourceId, name: &str, committed: u64) -> Result<(), ArchiveError> {
    let path = shelf.path(source, name);
    let part = part(&path);
    if committed > 0 && !path.exists() && part.metadata().is_ok_and(|found| found.len() == committed) {
        give_name(&part, &path)?;
    }
    Ok(())
}

/// Readers of the archive look at names that end in `.warc.gz` only.
fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn give_name(part: &Path, path: &Path) -> Result<(), ArchiveError> {
    let named = || -> io::Result<()> {
        fs::rename(part, path)?;
        if let Some(folder) = path.parent() {
            // A folder cannot be synced everywhere; where it can, the new name survives a power cut.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    };
    named().map_err(|error| ArchiveError::at(path, error))
}
