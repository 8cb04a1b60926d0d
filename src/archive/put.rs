//! Putting answers into the archive: WARC record, sync, then one transaction.

use rusqlite::{OptionalExtension, Transaction, params};

use super::about::About;
use super::note::{Known, NOT_MODIFIED, Note, Place};
use super::state::{Durability, transaction};
use super::warc::{self, Original};
use super::{Archive, ArchiveError, shelf::Appender};
use crate::model::{Capture, CaptureKind, Exchange, Reason, SourceId, digest};

/// So many answers are put at once, at most. A run that is killed leaves no more behind what the state knows; an
/// archive that holds more has a state that is older than it.
pub const MAX_BATCH: usize = 64;

/// What the archive did with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// The first answer for this address.
    New(Capture),
    /// Other bytes than the newest capture.
    Changed(Capture),
    /// The same bytes as the newest capture, or the answer that they have not changed: the time of asking is noted.
    Unchanged,
    /// An error page or wall: noted as a failure; its bytes are kept once as a sample.
    Sample(Reason),
}

/// The file that answers of one source are appended to.
struct Current {
    source: SourceId,
    id: i64,
    name: String,
    committed: u64,
}

impl Archive {
    /// Puts one answer into the archive.
    ///
    /// # Errors
    /// What keeps it from being stored; the archive is then as it was before.
    pub fn put(&mut self, exchange: &Exchange) -> Result<Stored, ArchiveError> {
        self.put_batch(std::slice::from_ref(exchange)).map(only)
    }

    /// Puts several answers, at most [`MAX_BATCH`], into the archive with one sync and one transaction: all of them or
    /// none.
    ///
    /// # Errors
    /// What keeps them from being stored; the archive is then as it was before.
    pub fn put_batch(&mut self, exchanges: &[Exchange]) -> Result<Vec<Stored>, ArchiveError> {
        let (files, places) = self.current_files(exchanges)?;
        let appender = &mut self.appender;
        let mut synced = false;
        let stored = transaction(&mut self.state, Durability::Full, |change| {
            let mut stored = Vec::with_capacity(exchanges.len());
            for (exchange, place) in exchanges.iter().zip(&places) {
                stored.push(put(change, appender, &files[*place], exchange)?);
            }
            for file in &files {
                if let Some(length) = appender.length(&file.source, &file.name) {
                    change
                        .prepare_cached("UPDATE files SET committed = ?2 WHERE id = ?1")?
                        .execute(params![file.id, length.cast_signed()])?;
                }
            }
            // Last before the commit: the state never names bytes that are not on the disk.
            appender.sync()?;
            synced = true;
            Ok(stored)
        });
        match stored {
            Ok(stored) => {
                self.appender.commit();
                Ok(stored)
            }
            Err(error) => {
                // A commit that failed may still be in the log of the database, so its bytes must stay: opening the
                // archive takes them in or finds them known.
                if synced {
                    self.appender.leave();
                } else {
                    self.appender.roll_back();
                }
                Err(error)
            }
        }
    }

    /// The files to append to, and which of them each answer goes to.
    ///
    /// New ones are put into the state before they are made, so that every file of ours is known; all of them at once,
    /// since a first night has one for every source.
    fn current_files(&mut self, exchanges: &[Exchange]) -> Result<(Vec<Current>, Vec<usize>), ArchiveError> {
        let mut files: Vec<Current> = Vec::new();
        let mut made = Vec::new();
        let mut places = Vec::with_capacity(exchanges.len());
        for exchange in exchanges {
            let place = files.iter().position(|file| file.source == exchange.source).unwrap_or(files.len());
            if place == files.len() {
                let (file, serial) = self.current(exchange)?;
                made.extend(serial.map(|serial| (place, serial)));
                files.push(file);
            }
            places.push(place);
        }
        if !made.is_empty() {
            transaction(&mut self.state, Durability::Full, |change| {
                let mut insert =
                    change.prepare_cached("INSERT INTO files (source, serial, name, committed) VALUES (?, ?, ?, 0)")?;
                for &(place, serial) in &made {
                    let file = &mut files[place];
                    file.id = insert.insert(params![file.source.as_str(), serial, file.name])?;
                }
                Ok(())
            })?;
        }
        Ok((files, places))
    }

    /// The file to append to; with its serial number if it is a new one, which the state does not have yet.
    fn current(&self, exchange: &Exchange) -> Result<(Current, Option<i64>), ArchiveError> {
        let source = &exchange.source;
        let newest = self
            .state
            .prepare_cached(
                "SELECT id, serial, name, committed FROM files WHERE source = ? ORDER BY serial DESC LIMIT 1",
            )?
            .query_row([source.as_str()], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, i64>(3)?))
            })
            .optional()?;
        let serial = match newest {
            Some((id, _, name, committed)) if committed.cast_unsigned() < self.roll_at => {
                return Ok((Current { source: source.clone(), id, name, committed: committed.cast_unsigned() }, None));
            }
            Some((_, serial, ..)) => serial + 1,
            None => 1,
        };
        let name = format!("{source}-{}-{serial:05}.warc.gz", exchange.fetched_at.strftime("%Y%m%d"));
        Ok((Current { source: source.clone(), id: 0, name, committed: 0 }, Some(serial)))
    }
}

fn only(mut stored: Vec<Stored>) -> Stored {
    stored.pop().expect("one answer gives one result")
}

fn put(
    change: &Transaction<'_>,
    appender: &mut Appender,
    file: &Current,
    exchange: &Exchange,
) -> Result<Stored, ArchiveError> {
    let mut note = Note::of(exchange, digest::sha256_hex(&exchange.body));
    let known = note.address(change)?;
    note.outcome(change, known.id)?;
    if let (NOT_MODIFIED, Some(sha256)) = (exchange.status, &known.sha256) {
        note.sha256.clone_from(sha256);
    }
    let is_ours = known.sha256.is_some() && note.is_check();
    if let Some(reject) = exchange.reject {
        let same = "SELECT 1 FROM captures c JOIN urls u ON u.id = c.url
                    WHERE c.sha256 = ? AND c.reason IS NOT NULL AND u.source = ?";
        let is_known = change.prepare_cached(same)?.exists(params![note.sha256, exchange.source.as_str()])?;
        note.checked(change, known.id)?;
        match (is_ours, is_known) {
            (true, true) => confirm(change, appender, file, exchange, &note)?,
            (_, false) => drop(append(change, appender, file, exchange, note, known)?),
            (false, true) => {}
        }
        return Ok(Stored::Sample(reject.reason));
    }
    if exchange.status == NOT_MODIFIED && known.sha256.is_none() {
        return Ok(Stored::Unchanged);
    }
    note.checked(change, known.id)?;
    Ok(match &known.sha256 {
        Some(sha256) if *sha256 == note.sha256 => {
            if is_ours {
                confirm(change, appender, file, exchange, &note)?;
            }
            Stored::Unchanged
        }
        Some(_) => Stored::Changed(append(change, appender, file, exchange, note, known)?),
        None => Stored::New(append(change, appender, file, exchange, note, known)?),
    })
}

/// The capture of this source that holds these bytes already: portals hang one form on many pages.
///
/// It is read, since nothing else would bring damaged bytes back: an answer that only refers to them does not.
fn original(
    change: &Transaction<'_>,
    appender: &Appender,
    exchange: &Exchange,
    sha256: &str,
) -> Result<Option<Original>, ArchiveError> {
    if exchange.kind != CaptureKind::Attachment || exchange.reject.is_some() {
        return Ok(None);
    }
    let source = &exchange.source;
    let newest = "SELECT c.final_url, c.fetched_at, f.name, c.offset, c.length
                  FROM captures c JOIN urls u ON u.id = c.url JOIN files f ON f.id = c.file
                  WHERE c.sha256 = ? AND c.bytes > 0 AND c.reason IS NULL AND u.source = ? AND u.kind = 'attachment'
                  ORDER BY c.id DESC LIMIT 1";
    let found = change
        .prepare_cached(newest)?
        .query_row(params![sha256, source.as_str()], |row| {
            let (name, offset, length): (String, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((Original { final_url: row.get(0)?, fetched_at: row.get(1)? }, name, offset, length))
        })
        .optional()?;
    Ok(found.and_then(|(original, name, offset, length)| {
        let read = appender.shelf.read_at(source, &name, offset.cast_unsigned(), length.cast_unsigned(), sha256);
        read.is_ok().then_some(original)
    }))
}

/// Appends that a page or file which the archive has was asked for, and is as it was or gone: the head of the answer. Else nobody
/// could tell from the WARC files alone until when it was there.
fn confirm(
    change: &Transaction<'_>,
    appender: &mut Appender,
    file: &Current,
    exchange: &Exchange,
    note: &Note,
) -> Result<(), ArchiveError> {
    let Current { source, name, committed, .. } = file;
    let newest = "SELECT c.final_url, c.fetched_at FROM captures c JOIN urls u ON u.id = c.url
                  WHERE c.sha256 = ? AND u.source = ? ORDER BY c.id DESC LIMIT 1";
    let of = change.prepare_cached(newest)?.query_row(params![note.sha256, source.as_str()], |row| {
        Ok(Original { final_url: row.get(0)?, fetched_at: row.get(1)? })
    });
    let Some(of) = of.optional()? else { return Ok(()) };
    let about = About { checked: true, ..About::new(exchange, None, None) };
    head_of_file(appender, file, exchange)?;
    let record = warc::revisit(&mut appender.gzip, exchange, &note.sha256, &about, &of);
    appender.append(source, name, *committed, &record.bytes)?;
    Ok(())
}

/// Begins a file with the record that tells whose it is.
fn head_of_file(appender: &mut Appender, file: &Current, exchange: &Exchange) -> Result<(), ArchiveError> {
    let Current { source, name, committed, .. } = file;
    if appender.length(source, name).unwrap_or(*committed) == 0 {
        let warcinfo = warc::warcinfo(&mut appender.gzip, source, name, exchange.fetched_at);
        appender.append(source, name, 0, &warcinfo.bytes)?;
    }
    Ok(())
}

/// Appends the records of one answer and notes where they lie.
fn append(
    change: &Transaction<'_>,
    appender: &mut Appender,
    file: &Current,
    exchange: &Exchange,
    mut note: Note,
    known: Known,
) -> Result<Capture, ArchiveError> {
    let Current { source, name, committed, .. } = file;
    head_of_file(appender, file, exchange)?;
    let about = About::new(exchange, known.title, known.listed);
    let record = match original(change, appender, exchange, &note.sha256)? {
        Some(of) => {
            note.bytes = 0;
            warc::revisit(&mut appender.gzip, exchange, &note.sha256, &about, &of)
        }
        None => warc::response(&mut appender.gzip, exchange, &note.sha256, &about),
    };
    let offset = appender.append(source, name, *committed, &record.bytes)?;
    if let Some(metadata) = warc::metadata(&mut appender.gzip, exchange, &record.id) {
        appender.append(source, name, *committed, &metadata.bytes)?;
    }
    let capture =
        note.capture(change, known.id, Place { file: file.id, name, offset, length: record.bytes.len() as u64 })?;
    Ok(Capture { bytes: exchange.body.len() as u64, ..capture })
}
