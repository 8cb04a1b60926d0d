//! All columns side by side, one writer behind them.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use url::Url;

use super::column::{self, Column};
use super::earlier::Earlier;
use super::job::{Clock, FilesOf, Job};
use super::plan::{Item, Plan};
use super::retry::Retry;
use super::writer::{Closed, Writer};
use crate::archive::{Archive, ArchiveError};
use crate::config::{FetchRules, Source};
use crate::fetch::{Client, FetchError, Meter, Stop};
use crate::model::{CrawlReport, FailedPage, SourceId};
use crate::progress::Progress;

/// Threads that talk to hosts and read list pages.
const WORKERS: usize = 1;

/// Names that are looked up at the same time, at most.
const LOOKUPS: usize = 32;

/// What a crawl is told besides its sources and the rules of fetching.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The id of the run, from [`Archive::start_run`].
    pub(crate) run: String,
    /// What is to be fetched.
    pub(crate) plan: Plan,
    /// The pages that alone are fetched, with `--retry-failed`.
    pub(crate) retry: Option<Retry>,
    /// The clock of the run.
    pub(crate) clock: Clock,
    /// When it is set, what is in flight is finished and nothing new is begun.
    pub(crate) stop: Stop,
    /// Where progress is shown.
    pub(crate) progress: Progress,
    /// What failed in earlier runs.
    pub(crate) earlier: Earlier,
    /// Reads off a page the files that hang on it; `None` leaves them all out.
    pub(crate) files_of: Option<FilesOf>,
    /// A source that loses more than this share of its pages is not complete.
    pub(crate) max_failed: f64,
}

/// What a crawl gave.
#[derive(Debug, Default)]
pub(crate) struct Crawled {
    /// Its part of the run report.
    pub(crate) report: CrawlReport,
    /// The pages that failed.
    pub(crate) failed: Vec<FailedPage>,
    /// What a dry run would fetch, by source.
    pub(crate) due: Vec<(SourceId, Vec<Item>)>,
    /// What failed in earlier runs, and what of it was asked for again.
    earlier: Arc<Earlier>,
}

impl Crawled {
    /// Whether a line of an earlier `failed.jsonl` says nothing any more, because its page was asked for again.
    pub(crate) fn asked_again(&self, page: &FailedPage) -> bool {
        self.earlier.is_outdated(page)
    }
}

/// What keeps a crawl from going on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CrawlError {
    /// There are no threads to work on.
    #[error("cannot start the runtime")]
    Runtime(#[source] std::io::Error),
    /// There is no client to ask with.
    #[error(transparent)]
    Client(#[from] FetchError),
    /// Nothing can be stored.
    #[error("the archive failed")]
    Archive(#[source] ArchiveError),
    /// A column could not go on.
    #[error("the archive is closed")]
    Closed,
}

impl From<Closed> for CrawlError {
    fn from(Closed: Closed) -> Self {
        Self::Closed
    }
}

/// A runtime whose memory does not grow with the cores of the machine: every thread keeps a heap of its own.
///
/// The thread that calls writes the archive, which is most of the work; one more is enough for the hosts, which are
/// waited for most of the time. Names are looked up on the blocking threads.
///
/// # Errors
/// The system gives no threads.
pub(crate) fn runtime() -> Result<Runtime, CrawlError> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(WORKERS).max_blocking_threads(LOOKUPS).enable_all();
    builder.build().map_err(CrawlError::Runtime)
}

/// Crawls these sources into the archive.
///
/// # Errors
/// What keeps the crawl from going on; pages and sources that fail are part of the report.
pub(crate) async fn crawl(
    mut sources: Vec<Source>,
    rules: &FetchRules,
    archive: &mut Archive,
    setting: Setting,
) -> Result<Crawled, CrawlError> {
    let Setting { run, plan, retry, clock, stop, progress, earlier, max_failed, files_of } = setting;
    sources.retain(|source| retry.as_ref().is_none_or(|retry| retry.names(&source.id)));
    let client = Client::for_hosts(rules, stop.clone(), hosts(&sources))?;
    let (writer, archive) = Writer::new(archive);
    let earlier = Arc::new(earlier);
    progress.sources(sources.len());
    let job = Job {
        client,
        archive,
        plan,
        retry,
        earlier: Arc::clone(&earlier),
        clock,
        stop,
        progress,
        max_list_pages: rules.max_list_pages,
        max_failed,
        meters: sources.iter().map(|source| (source.id.clone(), Meter::default())).collect(),
        files_of,
    };
    // The writer ends when the job, and with it the last handle, is gone.
    let (columns, written) = tokio::join!(columns(Arc::new(job), sources, run.into()), writer.work());
    // The archive's own error says more than that of those who wait for it.
    written.map_err(CrawlError::Archive)?;
    Ok(Crawled { earlier, ..sum(columns?) })
}

/// How many hosts the lists of these sources stand on.
fn hosts(sources: &[Source]) -> usize {
    sources.iter().flat_map(|source| &source.start).filter_map(Url::host_str).collect::<BTreeSet<_>>().len()
}

async fn columns(job: Arc<Job>, sources: Vec<Source>, run: Arc<str>) -> Result<Vec<Column>, Closed> {
    let mut working = JoinSet::new();
    let mut done = Vec::with_capacity(sources.len());
    // All at once, however many there are: most of them wait for their hosts most of the time, which costs next to nothing.
    for source in sources {
        working.spawn(column::crawl(Arc::clone(&job), Arc::new(source), Arc::clone(&run)));
    }
    drop(job);
    while let Some(column) = working.join_next().await {
        done.push(column.map_err(|_| Closed)??);
    }
    Ok(done)
}

/// The columns as one result, by id, whichever was done first.
fn sum(mut columns: Vec<Column>) -> Crawled {
    columns.sort_by(|one, other| one.report.source.cmp(&other.report.source));
    let mut crawled = Crawled::default();
    for column in columns {
        let Column { report, failed, due, stopped } = column;
        crawled.report.interrupted |= stopped;
        crawled.report.counts += report.counts;
        crawled.report.files += report.files;
        crawled.failed.extend(failed);
        if !due.is_empty() {
            crawled.due.push((report.source.clone(), due));
        }
        crawled.report.sources.push(report);
    }
    crawled
}
