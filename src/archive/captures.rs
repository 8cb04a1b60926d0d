//! What the archive holds of a source, in an order that does not depend on the order of fetching.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Row;
use url::Url;

use super::{Archive, ArchiveError};
use crate::model::{Capture, CaptureKind, SourceId, page_key};

/// The capture `b` that holds the bytes of `c`: those of a file are written once in a source, and anew when what was
/// written is damaged. One whose record only refers to them has none.
const BYTES: &str = "CASE u.kind WHEN 'attachment' THEN coalesce(
                       (SELECT max(s.id) FROM captures s JOIN urls su ON su.id = s.url
                        WHERE s.sha256 = c.sha256 AND s.bytes > 0 AND s.reason IS NULL
                          AND su.source = u.source AND su.kind = 'attachment'), c.id)
                     ELSE c.id END";

/// All good captures of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The newest one.
    pub newest: Capture,
    /// The ones before it, newest first; neighbours differ in their bytes.
    pub older: Vec<Capture>,
    /// Title as the list showed it.
    pub title: Option<String>,
    /// Day that the list showed.
    pub listed: Option<Date>,
    /// When the portal last told of it: with it, that it is as it was, or that it is gone.
    pub checked_at: Option<Timestamp>,
    /// Since when it is gone; `None` if it is there.
    pub gone_at: Option<Timestamp>,
}

impl Versions {
    /// When it was first archived.
    pub fn first_seen(&self) -> Timestamp {
        self.older.last().unwrap_or(&self.newest).fetched_at
    }
}

impl Archive {
    /// Gives every article of a source to `each`, ordered by address, and stops at its first error.
    ///
    /// Only one page is held in memory at a time. Samples of error pages and walls are not among them.
    ///
    /// # Errors
    /// A failure of the state, or what `each` returns.
    pub fn articles<E: From<ArchiveError>>(
        &self,
        source: &SourceId,
        each: impl FnMut(Versions) -> Result<(), E>,
    ) -> Result<(), E> {
        self.versions(source, CaptureKind::Article, each)
    }

    /// Gives every file that hangs on a page of a source to `each`, ordered by address, and stops at its first error.
    ///
    /// # Errors
    /// A failure of the state, or what `each` returns.
    pub fn files<E: From<ArchiveError>>(
        &self,
        source: &SourceId,
        each: impl FnMut(Versions) -> Result<(), E>,
    ) -> Result<(), E> {
        self.versions(source, CaptureKind::Attachment, each)
    }

    fn versions<E: From<ArchiveError>>(
        &self,
        source: &SourceId,
        kind: CaptureKind,
        mut each: impl FnMut(Versions) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self
            .state
            .prepare_cached(&format!(
                "SELECT u.id, u.url, u.title, u.listed, c.final_url, c.fetched_at, c.status, c.content_type, c.sha256,
                        b.bytes, f.name, b.offset, b.length, k.at, k.gone_at
                 FROM urls u JOIN captures c ON c.url = u.id
                 JOIN captures b ON b.id = {BYTES} JOIN files f ON f.id = b.file LEFT JOIN checks k ON k.url = u.id
                 WHERE u.source = ? AND u.kind = ? AND c.reason IS NULL ORDER BY u.key, c.fetched_at DESC, c.id DESC",
            ))
            .map_err(ArchiveError::from)?;
        let mut rows = query.query([source.as_str(), kind.as_str()]).map_err(ArchiveError::from)?;
        let mut page: Option<(i64, Versions)> = None;
        while let Some(row) = rows.next().map_err(ArchiveError::from)? {
            let id: i64 = row.get(0).map_err(ArchiveError::from)?;
            let capture = Capture { kind, ..capture(source, row)? };
            match &mut page {
                Some((known, versions)) if *known == id => versions.older.push(capture),
                _ => {
                    let next = Versions {
                        newest: capture,
                        older: Vec::new(),
                        title: row.get(2).map_err(ArchiveError::from)?,
                        listed: day(row.get(3).map_err(ArchiveError::from)?)?,
                        checked_at: instant(row.get(13).map_err(ArchiveError::from)?)?,
                        gone_at: instant(row.get(14).map_err(ArchiveError::from)?)?,
                    };
                    if let Some((_, done)) = page.replace((id, next)) {
                        each(done)?;
                    }
                }
            }
        }
        page.map_or(Ok(()), |(_, last)| each(last))
    }

    /// The newest good capture of an address: an article, or a list page that is asked for again.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn newest(&self, source: &SourceId, url: &Url) -> Result<Option<Capture>, ArchiveError> {
        let mut query = self.state.prepare_cached(&format!(
            "SELECT u.kind, u.url, u.title, u.listed, c.final_url, c.fetched_at, c.status, c.content_type, c.sha256,
                    b.bytes, f.name, b.offset, b.length
             FROM urls u JOIN captures c ON c.url = u.id
             JOIN captures b ON b.id = {BYTES} JOIN files f ON f.id = b.file
             WHERE u.source = ? AND u.key = ? AND c.reason IS NULL ORDER BY c.fetched_at DESC, c.id DESC LIMIT 1",
        ))?;
        let mut rows = query.query([source.as_str(), &page_key(url)])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let word: String = row.get(0)?;
        let kind = CaptureKind::parse(&word).ok_or(ArchiveError::Value(word))?;
        Ok(Some(Capture { kind, ..capture(source, row)? }))
    }

    /// The newest good capture of every further page of the articles of a source, by page key.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn parts(&self, source: &SourceId) -> Result<HashMap<String, Capture>, ArchiveError> {
        let mut query = self.state.prepare_cached(
            "SELECT u.key, u.url, u.title, u.listed, c.final_url, c.fetched_at, c.status, c.content_type, c.sha256,
                    c.bytes, f.name, c.offset, c.length
             FROM urls u JOIN captures c ON c.url = u.id JOIN files f ON f.id = c.file
             WHERE u.source = ? AND u.kind = 'part' AND c.reason IS NULL ORDER BY c.fetched_at, c.id",
        )?;
        let mut rows = query.query([source.as_str()])?;
        let mut parts = HashMap::new();
        while let Some(row) = rows.next()? {
            parts.insert(row.get(0)?, Capture { kind: CaptureKind::Part, ..capture(source, row)? });
        }
        Ok(parts)
    }

    /// Every source that has anything in the archive, ordered by id.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn sources(&self) -> Result<Vec<SourceId>, ArchiveError> {
        let mut query = self.state.prepare_cached("SELECT DISTINCT source FROM urls ORDER BY source")?;
        let ids = query.query_map([], |row| row.get::<_, String>(0))?;
        ids.map(|id| {
            let id = id?;
            SourceId::try_from(id).map_err(|error| ArchiveError::Value(error.to_string()))
        })
        .collect()
    }
}

/// One row of the query above.
fn capture(source: &SourceId, row: &Row<'_>) -> Result<Capture, ArchiveError> {
    Ok(Capture {
        source: source.clone(),
        kind: CaptureKind::Article,
        url: address(&row.get::<_, String>(1)?)?,
        final_url: address(&row.get::<_, String>(4)?)?,
        fetched_at: value(&row.get::<_, String>(5)?)?,
        status: row.get(6)?,
        content_type: row.get(7)?,
        sha256: row.get(8)?,
        bytes: row.get::<_, i64>(9)?.cast_unsigned(),
        warc_file: row.get(10)?,
        warc_offset: row.get::<_, i64>(11)?.cast_unsigned(),
        warc_length: row.get::<_, i64>(12)?.cast_unsigned(),
    })
}

/// A value that was written in its usual form.
pub(super) fn value<T: std::str::FromStr>(text: &str) -> Result<T, ArchiveError> {
    text.parse().map_err(|_| ArchiveError::Value(text.to_owned()))
}

pub(super) fn address(text: &str) -> Result<Url, ArchiveError> {
    value(text)
}

fn instant(text: Option<String>) -> Result<Option<Timestamp>, ArchiveError> {
    text.map(|text| value(&text)).transpose()
}

pub(super) fn day(text: Option<String>) -> Result<Option<Date>, ArchiveError> {
    text.map(|text| value(&text)).transpose()
}
