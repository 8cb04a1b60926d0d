//! Putting answers into the archive: WARC record, sync, then one transaction.

use rusqlite::{OptionalExtension, Transaction, params};

use super::state::{Durability, transaction};
use super::{Archive, ArchiveError, shelf::Appender, warc};
use crate::model::{Capture, Exchange, Reason, SourceId, digest, page_key};

/// What the archive did with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// The first answer for this address.
    New(Capture),
    /// Other bytes than the newest capture.
    Changed(Capture),
    /// The same bytes as the newest capture: only the time of asking was noted.
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

    /// Puts several answers into the archive with one sync and one transaction: all of them or none.
    ///
    /// # Errors
    /// What keeps them from being stored; the archive is then as it was before.
    pub fn put_batch(&mut self, exchanges: &[Exchange]) -> Result<Vec<Stored>, ArchiveError> {
        let mut files: Vec<Current> = Vec::new();
        let mut places = Vec::with_capacity(exchanges.len());
        for exchange in exchanges {
            places.push(files.iter().position(|file| file.source == exchange.source).unwrap_or(files.len()));
            if places.last() == Some(&files.len()) {
                files.push(self.current(exchange)?);
            }
        }
        let appender = &mut self.appender;
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
            Ok(stored)
        });
        match stored {
            Ok(stored) => {
                self.appender.commit();
                Ok(stored)
            }
            Err(error) => {
                self.appender.roll_back();
                Err(error)
            }
        }
    }

    /// The file to append to. A new one is put into the state before it is made, so that every file of ours is known.
    fn current(&mut self, exchange: &Exchange) -> Result<Current, ArchiveError> {
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
                return Ok(Current { source: source.clone(), id, name, committed: committed.cast_unsigned() });
            }
            Some((_, serial, ..)) => serial + 1,
            None => 1,
        };
        let name = format!("{source}-{}-{serial:05}.warc.gz", exchange.fetched_at.strftime("%Y%m%d"));
        let id = transaction(&mut self.state, Durability::Full, |change| {
            change.execute(
                "INSERT INTO files (source, serial, name, committed) VALUES (?, ?, ?, 0)",
                params![source.as_str(), serial, name],
            )?;
            Ok(change.last_insert_rowid())
        })?;
        Ok(Current { source: source.clone(), id, name, committed: 0 })
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
    let sha256 = digest::sha256_hex(&exchange.body);
    let (url, known) = url_row(change, exchange)?;
    if let Some(reject) = exchange.reject {
        note_failure(change, url, exchange)?;
        let same = "SELECT 1 FROM captures c JOIN urls u ON u.id = c.url
                    WHERE c.sha256 = ? AND c.reason IS NOT NULL AND u.source = ?";
        if !change.prepare_cached(same)?.exists(params![sha256, exchange.source.as_str()])? {
            append(change, appender, file, exchange, url, sha256)?;
        }
        return Ok(Stored::Sample(reject.reason));
    }
    let stored = match known {
        Some(known) if known == sha256 => Stored::Unchanged,
        Some(_) => Stored::Changed(append(change, appender, file, exchange, url, sha256.clone())?),
        None => Stored::New(append(change, appender, file, exchange, url, sha256.clone())?),
    };
    change
        .prepare_cached(
            "UPDATE urls SET state = 'done', attempts = 0, checked_at = ?2, status = ?3, etag = ?4, last_modified = ?5,
             stage = NULL, reason = NULL, detail = NULL, sha256 = ?6 WHERE id = ?1",
        )?
        .execute(params![
            url,
            exchange.fetched_at.to_string(),
            exchange.status,
            exchange.header("etag"),
            exchange.header("last-modified"),
            sha256
        ])?;
    Ok(stored)
}

/// The row of the address, made if it is missing, and the digest of its newest capture.
fn url_row(change: &Transaction<'_>, exchange: &Exchange) -> Result<(i64, Option<String>), ArchiveError> {
    let key = page_key(&exchange.url);
    let found = change
        .prepare_cached("SELECT id, sha256 FROM urls WHERE source = ? AND key = ?")?
        .query_row(params![exchange.source.as_str(), key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some(found) = found {
        return Ok(found);
    }
    change
        .prepare_cached("INSERT INTO urls (source, key, url, kind, state, attempts) VALUES (?, ?, ?, ?, 'pending', 0)")?
        .execute(params![exchange.source.as_str(), key, exchange.url.as_str(), exchange.kind.as_str()])?;
    Ok((change.last_insert_rowid(), None))
}

fn note_failure(change: &Transaction<'_>, url: i64, exchange: &Exchange) -> Result<(), ArchiveError> {
    let Some(reject) = exchange.reject else { return Ok(()) };
    let state = if reject.reason == Reason::Gone { "gone" } else { "failed" };
    change
        .prepare_cached(
            "UPDATE urls SET state = ?2, attempts = attempts + 1, checked_at = ?3, status = ?4, stage = ?5, reason = ?6,
             detail = NULL WHERE id = ?1",
        )?
        .execute(params![
            url,
            state,
            exchange.fetched_at.to_string(),
            exchange.status,
            reject.stage.as_str(),
            reject.reason.as_str()
        ])?;
    Ok(())
}

/// Appends the records of one answer and notes where they lie.
fn append(
    change: &Transaction<'_>,
    appender: &mut Appender,
    file: &Current,
    exchange: &Exchange,
    url: i64,
    sha256: String,
) -> Result<Capture, ArchiveError> {
    let Current { source, name, committed, .. } = file;
    if appender.length(source, name).unwrap_or(*committed) == 0 {
        let warcinfo = warc::warcinfo(&mut appender.gzip, source, name, exchange.fetched_at);
        appender.append(source, name, 0, &warcinfo.bytes)?;
    }
    let response = warc::response(&mut appender.gzip, exchange, &sha256);
    let offset = appender.append(source, name, *committed, &response.bytes)?;
    if let Some(metadata) = warc::metadata(&mut appender.gzip, exchange, &response.id) {
        appender.append(source, name, *committed, &metadata.bytes)?;
    }
    let capture = Capture {
        source: source.clone(),
        kind: exchange.kind,
        url: exchange.url.clone(),
        final_url: exchange.final_url.clone(),
        fetched_at: exchange.fetched_at,
        status: exchange.status,
        content_type: exchange.header("content-type").map(ToOwned::to_owned),
        sha256,
        bytes: exchange.body.len() as u64,
        warc_file: name.clone(),
        warc_offset: offset,
        warc_length: response.bytes.len() as u64,
    };
    change
        .prepare_cached(
            "INSERT INTO captures
             (url, final_url, fetched_at, status, content_type, sha256, bytes, file, offset, length, reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            url,
            capture.final_url.as_str(),
            capture.fetched_at.to_string(),
            capture.status,
            capture.content_type,
            capture.sha256,
            capture.bytes.cast_signed(),
            file.id,
            offset.cast_signed(),
            capture.warc_length.cast_signed(),
            exchange.reject.map(|reject| reject.reason.as_str())
        ])?;
    Ok(capture)
}
