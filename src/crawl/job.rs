//! What every column of a crawl shares, and how an answer becomes something for the archive.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use url::Url;

use super::earlier::Earlier;
use super::plan::Plan;
use super::retry::Retry;
use super::writer::{ArchiveHandle, Closed};
use crate::archive::Stored;
use crate::config::Source;
use crate::fetch::{Answer, Client, FetchError, Meter, Stop, Validators};
use crate::model::{
    Attachment, CaptureKind, Exchange, FailedPage, Redirect, Reject, SourceId, Target, Traffic, canonical,
};
use crate::progress::Progress;

/// The clock of a run: read once, then counted on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Timestamp,
    began: Instant,
}

impl Clock {
    /// It is now `start`; the part of the second is dropped, as HTTP and WARC do.
    pub(crate) fn starting(start: Timestamp) -> Self {
        let start = Timestamp::from_second(start.as_second()).unwrap_or(start);
        Self { start, began: Instant::now() }
    }

    /// The time of day at an instant, in whole seconds.
    pub(super) fn at(self, instant: Instant) -> Timestamp {
        let passed = instant.saturating_duration_since(self.began).as_secs();
        let passed = jiff::SignedDuration::from_secs(passed.cast_signed());
        self.start.saturating_add(passed).unwrap_or(self.start)
    }

    /// When the run began.
    pub(crate) fn started(self) -> Timestamp {
        self.start
    }

    /// The time of day.
    pub(crate) fn now(self) -> Timestamp {
        self.at(Instant::now())
    }
}

/// Reads off a page the files that hang on it, by its address, its type as sent, and its bytes.
pub(crate) type FilesOf = fn(&Source, &Url, Option<&str>, &[u8]) -> Vec<Attachment>;

/// What every column of a crawl shares.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) client: Client,
    pub(super) archive: ArchiveHandle,
    pub(super) plan: Plan,
    /// The pages that alone are fetched, with `--retry-failed`.
    pub(super) retry: Option<Retry>,
    /// What failed in earlier runs.
    pub(super) earlier: Arc<Earlier>,
    pub(super) clock: Clock,
    pub(super) stop: Stop,
    pub(super) progress: Progress,
    pub(super) max_list_pages: usize,
    /// Reads off a page the files that hang on it; `None` leaves them all out.
    pub(super) files_of: Option<FilesOf>,
    /// A source that loses more than this share of its pages is not complete.
    pub(super) max_failed: f64,
    /// What each source asks of its hosts.
    pub(super) meters: BTreeMap<SourceId, Meter>,
}

/// A page that could not be had, or that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// Where and why.
    pub(super) reject: Reject,
    /// What happened, for a reader.
    pub(super) detail: String,
    /// The page itself was asked for, so that this counts as an attempt at it.
    pub(super) attempt: bool,
}

impl From<&FetchError> for Failure {
    fn from(error: &FetchError) -> Self {
        Self { reject: error.reject(), detail: error.to_string(), attempt: error.is_attempt() }
    }
}

impl Job {
    /// Whether the files that hang on the pages of a source are fetched.
    pub(super) fn takes_files(&self, source: &Source) -> bool {
        self.files_of.is_some() && source.attachments
    }

    /// Asks the portal for a page. A line of `failed.jsonl` about it is outdated then, unless the run was stopped first.
    pub(super) async fn get(&self, source: &Source, url: &Url, known: &Validators) -> Result<Answer, FetchError> {
        let within = self.client.max_bytes();
        self.get_within(source, url, known, within).await
    }

    /// The same for a file that hangs on a page.
    pub(super) async fn get_file(&self, source: &Source, url: &Url, known: &Validators) -> Result<Answer, FetchError> {
        self.get_within(source, url, known, source.budget.attachment_bytes).await
    }

    async fn get_within(
        &self,
        source: &Source,
        url: &Url,
        known: &Validators,
        max_bytes: u64,
    ) -> Result<Answer, FetchError> {
        let unmetered = Meter::default();
        let meter = self.meters.get(&source.id).unwrap_or(&unmetered);
        let got = self.client.get_within(url, &source.polite, known, max_bytes, meter).await;
        if !matches!(got, Err(FetchError::Stopped)) {
            self.earlier.settle(&source.id, url);
        }
        got
    }

    /// What a source has asked of its hosts so far.
    pub(super) fn traffic(&self, source: &SourceId) -> Traffic {
        self.meters.get(source).map(Meter::read).unwrap_or_default()
    }

    /// What the archive knows that lets the portal say whether a page has changed.
    pub(super) async fn validators(&self, source: &SourceId, url: &Url) -> Result<Validators, Closed> {
        let (id, url) = (source.clone(), url.clone());
        let known = self.archive.ask(move |archive| archive.url_state(&id, &url)).await?;
        let known = known.filter(|known| known.sha256.is_some());
        Ok(known.map(|known| Validators { etag: known.etag, last_modified: known.last_modified }).unwrap_or_default())
    }

    /// Has an answer stored, as a page or as a sample of what is none.
    pub(super) async fn store(
        &self,
        source: &SourceId,
        kind: CaptureKind,
        answer: Answer,
        reject: Option<Reject>,
    ) -> Result<Option<Stored>, Closed> {
        if self.plan.dry_run {
            return Ok(None);
        }
        let headers = answer.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        let exchange = Exchange {
            source: source.clone(),
            kind,
            url: canonical(&answer.url),
            final_url: answer.final_url,
            redirects: answer.hops.into_iter().map(|hop| Redirect { url: hop.url, status: hop.status }).collect(),
            fetched_at: self.clock.at(answer.at),
            ip: answer.remote,
            status: answer.status,
            headers: headers.collect(),
            body: answer.body,
            reject,
        };
        self.archive.put(exchange).await.map(Some)
    }

    /// Notes a page of which there is nothing to store.
    pub(super) async fn fail(
        &self,
        source: &SourceId,
        kind: CaptureKind,
        url: &Url,
        failure: &Failure,
    ) -> Result<(), Closed> {
        if self.plan.dry_run {
            return Ok(());
        }
        let (id, url, failure, at) = (source.clone(), url.clone(), failure.clone(), self.clock.now());
        self.archive
            .ask(move |archive| match kind {
                CaptureKind::Article | CaptureKind::Attachment if !failure.attempt => {
                    archive.not_asked(&id, &url, failure.reject, &failure.detail)
                }
                _ => archive.fail(&id, kind, &url, at, failure.reject, &failure.detail),
            })
            .await
    }

    /// A line of `failed.jsonl` about a list page.
    pub(super) fn failed_page(&self, source: &Source, url: &Url, failure: Failure) -> FailedPage {
        let Failure { reject, detail, .. } = failure;
        let (source, url, at) = (source.id.clone(), url.clone(), self.clock.now());
        FailedPage { source, url, stage: reject.stage, reason: reject.reason, detail, at, title: None, listed: None }
    }

    /// A line of `failed.jsonl` about what a list names.
    pub(super) fn failed_item(&self, source: &Source, target: &Target, failure: Failure) -> FailedPage {
        let title = (!target.title.is_empty()).then(|| target.title.clone());
        FailedPage { title, listed: target.date, ..self.failed_page(source, &target.url, failure) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_clock_counts_on_from_where_it_was_read() {
        let clock = Clock::starting("2026-03-01T23:59:59.7Z".parse().unwrap());
        assert_eq!(clock.at(clock.began).to_string(), "2026-03-01T23:59:59Z");
        assert_eq!(clock.at(clock.began + Duration::from_millis(2900)).to_string(), "2026-03-02T00:00:01Z");
    }
}
