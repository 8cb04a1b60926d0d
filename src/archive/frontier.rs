//! What is to be fetched, and what is known about an address.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use url::Url;

use super::captures::{address, day, value};
use super::state::{Durability, transaction};
use super::{Archive, ArchiveError};
use crate::model::{Attachment, CaptureKind, Reason, Reject, SourceId, Stage, Target, page_key};

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UrlStatus {
    /// Named by a list, not asked for yet.
    Pending,
    /// The archive has it.
    Done,
    /// The last attempt failed.
    Failed,
    /// 404 or 410; what the archive has of it stays.
    Gone,
}

impl UrlStatus {
    pub(super) fn parse(word: &str) -> Result<Self, ArchiveError> {
        Ok(match word {
            "pending" => Self::Pending,
            "done" => Self::Done,
            "failed" => Self::Failed,
            "gone" => Self::Gone,
            _ => return Err(ArchiveError::Value(word.to_owned())),
        })
    }
}

/// What is known about an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlState {
    /// What became of it.
    pub state: UrlStatus,
    /// Failures in a row.
    pub attempts: u32,
    /// When the portal was asked last.
    pub checked_at: Option<Timestamp>,
    /// HTTP status of that answer.
    pub status: Option<u16>,
    /// `ETag` of the newest capture.
    pub etag: Option<String>,
    /// `Last-Modified` of the newest capture.
    pub last_modified: Option<String>,
    /// SHA-256 of the newest capture; `None` if the archive has none.
    pub sha256: Option<String>,
    /// Why the last attempt failed.
    pub reject: Option<Reject>,
    /// The same in words.
    pub detail: Option<String>,
}

impl UrlState {
    /// Whether nothing is owed: the archive has the page, and the portal has told of it last, or that it is gone.
    pub fn is_settled(&self) -> bool {
        self.sha256.is_some() && matches!(self.state, UrlStatus::Done | UrlStatus::Gone)
    }
}

/// The place of an address in the state, small enough to keep one for every page of a large portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UrlId(i64);

#[cfg(test)]
impl UrlId {
    /// Some place.
    pub(crate) fn of(place: usize) -> Self {
        Self(i64::try_from(place).unwrap_or_default())
    }
}

/// An address of the frontier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its place.
    pub id: UrlId,
    /// What the list said.
    pub target: Target,
    /// What is known.
    pub known: UrlState,
}

/// What [`Archive::enqueue`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Enqueued {
    /// Addresses that were not known before.
    pub new: usize,
    /// Addresses that were.
    pub known: usize,
}

const STATE_COLUMNS: &str =
    "state, attempts, checked_at, status, etag, last_modified, sha256, stage, reason, detail, url, title, listed, id";

impl Archive {
    /// Adds the articles of a list page to the frontier; title and day of known ones are brought up to date. A file that
    /// hung on a page and that a list names as well is an article from then on.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn enqueue(&mut self, source: &SourceId, targets: &[Target]) -> Result<Enqueued, ArchiveError> {
        transaction(&mut self.state, Durability::Normal, |change| {
            let mut insert = change.prepare_cached(
                "INSERT INTO urls (source, key, url, kind, title, listed, state, attempts)
                 VALUES (?, ?, ?, 'article', ?, ?, 'pending', 0) ON CONFLICT DO NOTHING",
            )?;
            let mut update = change.prepare_cached(
                "UPDATE urls SET title = ?3, listed = coalesce(?4, listed),
                 kind = CASE kind WHEN 'attachment' THEN 'article' ELSE kind END WHERE source = ?1 AND key = ?2",
            )?;
            let mut found = Enqueued::default();
            for target in targets {
                let key = page_key(&target.url);
                let url = crate::model::canonical(&target.url);
                let listed = target.date.map(|date| date.to_string());
                if insert.execute(params![source.as_str(), key, url.as_str(), target.title, listed])? == 1 {
                    found.new += 1;
                } else {
                    update.execute(params![source.as_str(), key, target.title, listed])?;
                    found.known += 1;
                }
            }
            Ok(found)
        })
    }

    /// Adds the files that hang on a page to the frontier; gives how many were not known.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn enqueue_files(&mut self, source: &SourceId, files: &[Attachment]) -> Result<usize, ArchiveError> {
        transaction(&mut self.state, Durability::Normal, |change| {
            let mut insert = change.prepare_cached(
                "INSERT INTO urls (source, key, url, kind, title, state, attempts)
                 VALUES (?, ?, ?, 'attachment', ?, 'pending', 0) ON CONFLICT DO NOTHING",
            )?;
            let mut new = 0;
            for file in files {
                let url = crate::model::canonical(&file.url);
                new += insert.execute(params![source.as_str(), page_key(&file.url), url.as_str(), file.name])?;
            }
            Ok(new)
        })
    }

    /// Gives to `each` the articles, or the files, that the archive has not got, or whose last attempt failed: those that failed less
    /// often first, so that bad pages keep no others waiting, then newest day first, then in the order of the list. Only
    /// one is held in memory at a time.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn each_pending(
        &self,
        source: &SourceId,
        kind: CaptureKind,
        each: impl FnMut(Queued),
    ) -> Result<(), ArchiveError> {
        self.each_queued(
            source,
            kind,
            "state IN ('pending', 'failed', 'gone') AND (state != 'gone' OR sha256 IS NULL)",
            each,
        )
    }

    /// Gives to `each` every article that a list named, or every file that a page did, in the same order.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn each_known(
        &self,
        source: &SourceId,
        kind: CaptureKind,
        each: impl FnMut(Queued),
    ) -> Result<(), ArchiveError> {
        self.each_queued(source, kind, "true", each)
    }

    fn each_queued(
        &self,
        source: &SourceId,
        kind: CaptureKind,
        condition: &str,
        mut each: impl FnMut(Queued),
    ) -> Result<(), ArchiveError> {
        let query = format!(
            "SELECT {STATE_COLUMNS} FROM urls WHERE source = ? AND kind = ? AND {condition}
             ORDER BY attempts, listed IS NULL, listed DESC, id"
        );
        let mut query = self.state.prepare_cached(&query)?;
        let mut rows = query.query([source.as_str(), kind.as_str()])?;
        while let Some(row) = rows.next()? {
            each(Queued { id: UrlId(row.get(13)?), target: target(row, 10)?, known: url_state(row)? });
        }
        Ok(())
    }

    /// What the list said of each of these, in their order.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn targets(&self, ids: &[UrlId]) -> Result<Vec<Target>, ArchiveError> {
        let mut query = self.state.prepare_cached("SELECT url, title, listed FROM urls WHERE id = ?")?;
        ids.iter().map(|id| query.query_row([id.0], |row| Ok(target(row, 0)))?).collect()
    }

    /// What is known about an address; `None` if it was never named.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn url_state(&self, source: &SourceId, url: &Url) -> Result<Option<UrlState>, ArchiveError> {
        let query = format!("SELECT {STATE_COLUMNS} FROM urls WHERE source = ? AND key = ?");
        let mut query = self.state.prepare_cached(&query)?;
        let found = query.query_row(params![source.as_str(), page_key(url)], |row| Ok(url_state(row))).optional()?;
        found.transpose()
    }

    /// Notes that the portal answered 304: what the archive has is still so.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn not_modified(&mut self, source: &SourceId, url: &Url, at: Timestamp) -> Result<(), ArchiveError> {
        transaction(&mut self.state, Durability::Normal, |change| {
            change
                .prepare_cached(
                    "UPDATE urls SET state = 'done', attempts = 0, checked_at = ?3, status = 304, stage = NULL,
                     reason = NULL, detail = NULL WHERE source = ?1 AND key = ?2",
                )?
                .execute(params![source.as_str(), page_key(url), at.to_string()])?;
            Ok(())
        })
    }

    /// Notes why an article or a file could not even be asked for: no attempt is counted, so it is due as it was before.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn not_asked(
        &mut self,
        source: &SourceId,
        url: &Url,
        reject: Reject,
        detail: &str,
    ) -> Result<(), ArchiveError> {
        let url = crate::model::canonical(url);
        transaction(&mut self.state, Durability::Normal, |change| {
            change
                .prepare_cached(
                    "INSERT INTO urls (source, key, url, kind, state, attempts, stage, reason, detail)
                     VALUES (?1, ?2, ?3, 'article', 'failed', 0, ?4, ?5, ?6)
                     ON CONFLICT DO UPDATE SET state = 'failed', stage = ?4, reason = ?5, detail = ?6",
                )?
                .execute(params![
                    source.as_str(),
                    page_key(&url),
                    url.as_str(),
                    reject.stage.as_str(),
                    reject.reason.as_str(),
                    detail
                ])?;
            Ok(())
        })
    }

    /// Notes an attempt that gave no answer worth keeping. [`Reason::Gone`] is kept apart from failures.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn fail(
        &mut self,
        source: &SourceId,
        kind: CaptureKind,
        url: &Url,
        at: Timestamp,
        reject: Reject,
        detail: &str,
    ) -> Result<(), ArchiveError> {
        let state = if reject.reason == Reason::Gone { "gone" } else { "failed" };
        let url = crate::model::canonical(url);
        transaction(&mut self.state, Durability::Normal, |change| {
            change
                .prepare_cached(
                    "INSERT INTO urls (source, key, url, kind, state, attempts, checked_at, stage, reason, detail)
                     VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9)
                     ON CONFLICT DO UPDATE SET state = ?5, attempts = attempts + 1, checked_at = ?6, status = NULL,
                     stage = ?7, reason = ?8, detail = ?9",
                )?
                .execute(params![
                    source.as_str(),
                    page_key(&url),
                    url.as_str(),
                    kind.as_str(),
                    state,
                    at.to_string(),
                    reject.stage.as_str(),
                    reject.reason.as_str(),
                    detail
                ])?;
            Ok(())
        })
    }
}

/// Address, title and day, which stand in a row from column `first` on.
fn target(row: &Row<'_>, first: usize) -> Result<Target, ArchiveError> {
    Ok(Target {
        url: address(&row.get::<_, String>(first)?)?,
        title: row.get::<_, Option<String>>(first + 1)?.unwrap_or_default(),
        date: day(row.get(first + 2)?)?,
    })
}

fn url_state(row: &Row<'_>) -> Result<UrlState, ArchiveError> {
    let stage: Option<String> = row.get(7)?;
    let reason: Option<String> = row.get(8)?;
    let reject = stage
        .zip(reason)
        .and_then(|(stage, reason)| Some(Reject { stage: Stage::parse(&stage)?, reason: Reason::parse(&reason)? }));
    Ok(UrlState {
        state: UrlStatus::parse(&row.get::<_, String>(0)?)?,
        attempts: row.get(1)?,
        checked_at: row.get::<_, Option<String>>(2)?.map(|at| value(&at)).transpose()?,
        status: row.get(3)?,
        etag: row.get(4)?,
        last_modified: row.get(5)?,
        sha256: row.get(6)?,
        reject,
        detail: row.get(9)?,
    })
}
