//! Taking the archive of another output folder into this one: captures byte for byte, and what its state knows beside them.
//!
//! A capture that is here already is passed over, so that merging twice is merging once.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};

use super::intake::Intake;
use super::restore::{Restored, restored};
use super::scan::{Found, Placed, Scan};
use super::state::{self, Durability, transaction};
use super::{Archive, ArchiveError, Lock, Shelf};
use crate::model::SourceId;

/// What was taken from another archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Captures that were not here.
    pub captures: u64,
    /// Captures that were here already.
    pub known: u64,
    /// Places of its WARC files that hold no whole record.
    pub damaged: u64,
    /// Addresses of which its state knew more.
    pub addresses: u64,
}

/// What the state says of an address beside its name; `checked_at` is the first.
const KNOWLEDGE: &str = "checked_at, state, attempts, status, etag, last_modified, stage, reason, detail";

impl Archive {
    /// Takes in all that the archive of another output folder holds.
    ///
    /// # Errors
    /// What keeps it from being read or taken in; what was taken until then stays.
    pub fn merge(&mut self, other: &Path) -> Result<Merged, ArchiveError> {
        let _lock = Lock::share(other)?;
        let path = other.join("state.sqlite");
        let state = match state::open_read_only(&path) {
            Ok(state) => Some(state),
            Err(ArchiveError::Missing { .. }) => None,
            Err(error) => return Err(error),
        };
        let files = Shelf::new(other).files()?;
        if state.is_none() && files.is_empty() {
            return Err(ArchiveError::Missing { path });
        }
        let mut merged = Merged::default();
        for (source, path) in files {
            self.take_file(&source, &path, &mut merged)?;
        }
        if let Some(other) = state {
            merged.addresses = transaction(&mut self.state, Durability::Full, |change| take_known(change, &other))?;
        }
        Ok(merged)
    }

    /// The captures of one WARC file that are not here.
    fn take_file(&mut self, source: &SourceId, path: &Path, merged: &mut Merged) -> Result<(), ArchiveError> {
        let mut intake: Option<Intake> = None;
        let mut last: Option<(Restored, Vec<Vec<u8>>)> = None;
        let mut scan = Scan::open(path, 0)?;
        while let Some(found) = scan.next()? {
            let placed = match found {
                Found::Record(placed) => placed,
                Found::Damage { .. } => {
                    merged.damaged += 1;
                    continue;
                }
            };
            if let Some((capture, members)) = &mut last
                && capture.complete(&placed.record)
            {
                members.push(member(path, &placed)?);
            } else if let Some(capture) = restored(source, &placed) {
                let next = (capture, vec![member(path, &placed)?]);
                if let Some(whole) = last.replace(next) {
                    intake = self.take_capture(intake, &whole, merged)?;
                }
            }
        }
        if let Some(whole) = last {
            intake = self.take_capture(intake, &whole, merged)?;
        }
        if let Some(intake) = intake {
            self.end_intake(intake)?;
        }
        Ok(())
    }

    /// One capture, into the file that is being written.
    fn take_capture(
        &mut self,
        intake: Option<Intake>,
        (capture, members): &(Restored, Vec<Vec<u8>>),
        merged: &mut Merged,
    ) -> Result<Option<Intake>, ArchiveError> {
        let note = &capture.note;
        if capture.is_check() && self.is_checked(note)? {
            return Ok(intake);
        }
        if !capture.is_check() && self.is_here(note, intake.as_ref())? {
            merged.known += 1;
            return Ok(intake);
        }
        let mut intake = match intake {
            Some(intake) => intake,
            None => self.begin_intake(&note.source, note.fetched_at)?,
        };
        intake.push(note, members)?;
        merged.captures += u64::from(!capture.is_check());
        if intake.length() < self.roll_at {
            return Ok(Some(intake));
        }
        self.end_intake(intake)?;
        Ok(None)
    }
}

/// The bytes of a record as they stand in its file.
fn member(path: &Path, placed: &Placed) -> Result<Vec<u8>, ArchiveError> {
    let read = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(placed.offset))?;
        let mut bytes = Vec::new();
        file.take(placed.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| ArchiveError::at(path, error))
}

/// What the other state knows of addresses and runs; of an address counts what was asked last.
fn take_known(change: &Transaction<'_>, other: &Connection) -> Result<u64, ArchiveError> {
    let mut taken = 0;
    let mut query =
        other.prepare(&format!("SELECT source, key, url, kind, title, listed, {KNOWLEDGE} FROM urls ORDER BY id"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let names: Vec<Value> = (0..6).map(|n| row.get(n)).collect::<Result<_, _>>()?;
        let knowledge: Vec<Value> = (6..15).map(|n| row.get(n)).collect::<Result<_, _>>()?;
        let checked_at: Option<String> = row.get(6)?;
        let known: Option<(i64, Option<String>)> = change
            .prepare_cached("SELECT id, checked_at FROM urls WHERE source = ? AND key = ?")?
            .query_row(params![names[0], names[1]], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((id, ours)) = known else {
            let all = format!(
                "INSERT INTO urls (source, key, url, kind, title, listed, {KNOWLEDGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
                 ?, ?, ?, ?, ?)"
            );
            change.prepare_cached(&all)?.execute(params_from_iter(names.into_iter().chain(knowledge)))?;
            taken += 1;
            continue;
        };
        let told = "UPDATE urls SET title = coalesce(title, ?2), listed = coalesce(listed, ?3) WHERE id = ?1";
        change.prepare_cached(told)?.execute(params![id, names[4], names[5]])?;
        if checked_at > ours {
            let newer = format!("UPDATE urls SET ({KNOWLEDGE}) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) WHERE id = ?1");
            let values = std::iter::once(Value::Integer(id)).chain(knowledge);
            change.prepare_cached(&newer)?.execute(params_from_iter(values))?;
            taken += 1;
        }
    }
    take_runs(change, other)?;
    Ok(taken)
}

fn take_runs(change: &Transaction<'_>, other: &Connection) -> Result<(), ArchiveError> {
    for (table, columns) in
        [("runs", "id, verb, started_at, finished_at, exit"), ("source_runs", "source, run, report")]
    {
        let n = columns.split(',').count();
        let mut query = other.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let mut rows = query.query([])?;
        let places = vec!["?"; n].join(", ");
        let mut insert = change.prepare(&format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})"))?;
        while let Some(row) = rows.next()? {
            let values: Vec<Value> = (0..n).map(|n| row.get(n)).collect::<Result<_, _>>()?;
            insert.execute(params_from_iter(values))?;
        }
    }
    Ok(())
}
