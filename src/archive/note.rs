//! Noting an answer in the state: the same rows whether it came just now or is read from a WARC file again.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params};
use url::Url;

use super::ArchiveError;
use super::captures::day;
use crate::model::{Capture, CaptureKind, Exchange, Reason, Reject, SourceId, page_key};

/// The status of an answer that brings nothing, because what the archive has is still so.
pub(super) const NOT_MODIFIED: u16 = 304;

/// What the state keeps of an answer.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) source: SourceId,
    pub(super) kind: CaptureKind,
    pub(super) url: Url,
    pub(super) final_url: Url,
    pub(super) fetched_at: Timestamp,
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) sha256: String,
    /// How many bytes its own record holds: none if it refers to those of another.
    pub(super) bytes: u64,
    pub(super) reject: Option<Reject>,
}

/// Where its record lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: i64,
    pub(super) name: &'a str,
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// What the state knows of an address.
pub(super) struct Known {
    pub(super) id: i64,
    /// Digest of the newest capture.
    pub(super) sha256: Option<String>,
    /// What the list says.
    pub(super) title: Option<String>,
    pub(super) listed: Option<Date>,
}

impl Note {
    pub(super) fn of(exchange: &Exchange, sha256: String) -> Self {
        let header = |name| exchange.header(name).map(ToOwned::to_owned);
        Self {
            source: exchange.source.clone(),
            kind: exchange.kind,
            url: exchange.url.clone(),
            final_url: exchange.final_url.clone(),
            fetched_at: exchange.fetched_at,
            status: exchange.status,
            content_type: header("content-type"),
            etag: header("etag"),
            last_modified: header("last-modified"),
            sha256,
            bytes: exchange.body.len() as u64,
            reject: exchange.reject,
        }
    }

    /// What the state is checked by: address by its key, final address, time, status and type.
    pub(super) fn said(&self) -> [String; 5] {
        [
            page_key(&self.url),
            self.final_url.to_string(),
            self.fetched_at.to_string(),
            self.status.to_string(),
            self.content_type.clone().unwrap_or_default(),
        ]
    }

    /// The row of the address, made if it is missing.
    pub(super) fn address(&self, change: &Transaction<'_>) -> Result<Known, ArchiveError> {
        let key = page_key(&self.url);
        let found = change
            .prepare_cached("SELECT id, sha256, title, listed FROM urls WHERE source = ? AND key = ?")?
            .query_row(params![self.source.as_str(), key], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<String>>(3)?))
            })
            .optional()?;
        if let Some((id, sha256, title, listed)) = found {
            return Ok(Known { id, sha256, title, listed: day(listed)? });
        }
        change
            .prepare_cached(
                "INSERT INTO urls (source, key, url, kind, state, attempts) VALUES (?, ?, ?, ?, 'pending', 0)",
            )?
            .execute(params![self.source.as_str(), key, self.url.as_str(), self.kind.as_str()])?;
        Ok(Known { id: change.last_insert_rowid(), sha256: None, title: None, listed: None })
    }

    /// Whether this is an answer about an article or a file: here it is, it has not changed, or it is gone.
    pub(super) fn is_check(&self) -> bool {
        matches!(self.kind, CaptureKind::Article | CaptureKind::Attachment)
            && self.reject.is_none_or(|reject| reject.reason == Reason::Gone)
    }

    /// Notes when the portal last told of an article or a file, and since when it is gone.
    ///
    /// The same answers in the same order give the same row, whether they come now or are read from a WARC file.
    pub(super) fn checked(&self, change: &Transaction<'_>, url: i64) -> Result<(), ArchiveError> {
        if !self.is_check() {
            return Ok(());
        }
        let at = self.fetched_at.to_string();
        let gone = self.reject.is_some().then(|| at.clone());
        change
            .prepare_cached(
                "INSERT INTO checks (url, at, gone_at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE
                 SET gone_at = CASE WHEN ?3 IS NULL THEN NULL ELSE coalesce(gone_at, ?3) END, at = ?2 WHERE at <= ?2",
            )?
            .execute(params![url, at, gone])?;
        Ok(())
    }

    /// Notes that what the archive has of an address is still so (304).
    pub(super) fn still_so(&self, change: &Transaction<'_>, url: i64) -> Result<(), ArchiveError> {
        change
            .prepare_cached(
                "UPDATE urls SET state = 'done', attempts = 0, checked_at = ?2, status = 304, stage = NULL,
                 reason = NULL, detail = NULL WHERE id = ?1",
            )?
            .execute(params![url, self.fetched_at.to_string()])?;
        Ok(())
    }

    /// Notes at the address what came: a page, or the failure that a sample stands for.
    pub(super) fn outcome(&self, change: &Transaction<'_>, url: i64) -> Result<(), ArchiveError> {
        if self.status == NOT_MODIFIED {
            return self.still_so(change, url);
        }
        let at = self.fetched_at.to_string();
        let Some(reject) = self.reject else {
            change
                .prepare_cached(
                    "UPDATE urls SET state = 'done', attempts = 0, checked_at = ?2, status = ?3, etag = ?4,
                     last_modified = ?5, stage = NULL, reason = NULL, detail = NULL, sha256 = ?6 WHERE id = ?1",
                )?
                .execute(params![url, at, self.status, self.etag, self.last_modified, self.sha256])?;
            return Ok(());
        };
        let state = if reject.reason == Reason::Gone { "gone" } else { "failed" };
        change
            .prepare_cached(
                "UPDATE urls SET state = ?2, attempts = attempts + 1, checked_at = ?3, status = ?4, stage = ?5,
                 reason = ?6, detail = NULL WHERE id = ?1",
            )?
            .execute(params![url, state, at, self.status, reject.stage.as_str(), reject.reason.as_str()])?;
        Ok(())
    }

    /// [`Note::outcome`], unless the address was asked for later than this answer came: files of several machines are read
    /// one behind the other.
    pub(super) fn outcome_if_newest(&self, change: &Transaction<'_>, url: i64) -> Result<(), ArchiveError> {
        let checked_at: Option<String> =
            change.prepare_cached("SELECT checked_at FROM urls WHERE id = ?")?.query_row([url], |row| row.get(0))?;
        if checked_at.is_none_or(|at| at <= self.fetched_at.to_string()) {
            return self.outcome(change, url);
        }
        let first = "UPDATE urls SET sha256 = coalesce(sha256, ?2) WHERE id = ?1";
        if self.reject.is_none() && self.status != NOT_MODIFIED {
            change.prepare_cached(first)?.execute(params![url, self.sha256])?;
        }
        Ok(())
    }

    /// Notes where the bytes lie.
    pub(super) fn capture(self, change: &Transaction<'_>, url: i64, place: Place<'_>) -> Result<Capture, ArchiveError> {
        change
            .prepare_cached(
                "INSERT INTO captures
                 (url, final_url, fetched_at, status, content_type, sha256, bytes, file, offset, length, reason)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                url,
                self.final_url.as_str(),
                self.fetched_at.to_string(),
                self.status,
                self.content_type,
                self.sha256,
                self.bytes.cast_signed(),
                place.file,
                place.offset.cast_signed(),
                place.length.cast_signed(),
                self.reject.map(|reject| reject.reason.as_str())
            ])?;
        Ok(Capture {
            source: self.source,
            kind: self.kind,
            url: self.url,
            final_url: self.final_url,
            fetched_at: self.fetched_at,
            status: self.status,
            content_type: self.content_type,
            sha256: self.sha256,
            bytes: self.bytes,
            warc_file: place.name.to_owned(),
            warc_offset: place.offset,
            warc_length: place.length,
        })
    }
}
