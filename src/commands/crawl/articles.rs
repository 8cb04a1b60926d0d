//! The pages of a column: what is due is fetched, as many at a time as the host allows.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::job::{Failure, Job};
use super::keeper::Closed;
use super::lists::Item;
use super::plan::Due;
use crate::archive::Stored;
use crate::config::Source;
use crate::fetch::{FetchError, Validators};
use crate::model::{CaptureKind, Counts, FailedPage, Reason};

/// So many walls in a row and the column is left alone: going on would be knocking at a closed door.
const WALLS: u32 = 3;

/// What became of the pages of a column.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) counts: Counts,
    /// The pages that failed, and those that robots.txt does not allow.
    pub(super) failed: Vec<FailedPage>,
    /// A wall answered [`WALLS`] times in a row.
    pub(super) walled: bool,
    /// The run was stopped before all pages were asked for.
    pub(super) stopped: bool,
}

/// What became of one page.
enum Fate {
    New,
    Changed,
    Unchanged,
    Failed(FailedPage),
    Stopped,
}

/// Fetches what is due of these pages, in their order.
pub(super) async fn fetch(job: &Arc<Job>, source: &Arc<Source>, items: Vec<Item>) -> Result<Outcome, Closed> {
    let mut outcome = Outcome::default();
    outcome.counts.seen = items.len() as u64;
    let mut queue = Vec::new();
    for item in items {
        match item.due {
            Due::Fetch | Due::Check if job.plan.limit.is_none_or(|limit| queue.len() < limit) => queue.push(item),
            Due::Known => outcome.counts.unchanged += 1,
            Due::Fetch | Due::Check | Due::Skip => outcome.counts.skipped += 1,
        }
    }
    job.progress.pages_due(&source.id, queue.len());
    let at_once = source.polite.concurrency.max(1);
    let mut in_flight = JoinSet::new();
    let mut walls = 0;
    for item in queue {
        if in_flight.len() >= at_once {
            settle(job, source, in_flight.join_next().await, &mut outcome, &mut walls)?;
        }
        if outcome.stopped || outcome.walled || job.stop.is_set() {
            outcome.stopped |= job.stop.is_set();
            outcome.counts.skipped += 1;
            continue;
        }
        let (job, source) = (Arc::clone(job), Arc::clone(source));
        in_flight.spawn(async move { page(&job, &source, &item).await });
    }
    while !in_flight.is_empty() {
        settle(job, source, in_flight.join_next().await, &mut outcome, &mut walls)?;
    }
    Ok(outcome)
}

type Joined = Option<Result<Result<Fate, Closed>, tokio::task::JoinError>>;

/// Counts what became of one page.
fn settle(job: &Job, source: &Source, joined: Joined, outcome: &mut Outcome, walls: &mut u32) -> Result<(), Closed> {
    let Some(joined) = joined else { return Ok(()) };
    let fate = joined.map_err(|_| Closed)??;
    let walled = matches!(&fate, Fate::Failed(page) if page.reason == Reason::Wall);
    *walls = if walled { *walls + 1 } else { 0 };
    outcome.walled |= *walls >= WALLS;
    let counts = &mut outcome.counts;
    match fate {
        Fate::New => counts.new += 1,
        Fate::Changed => counts.changed += 1,
        Fate::Unchanged => counts.unchanged += 1,
        Fate::Failed(page) => {
            // To leave out what robots.txt does not allow is what was asked for; nothing failed.
            let count = if page.reason == Reason::Robots { &mut counts.skipped } else { &mut counts.failed };
            *count += 1;
            outcome.failed.push(page);
        }
        Fate::Stopped => {
            counts.skipped += 1;
            outcome.stopped = true;
        }
    }
    job.progress.page_done(&source.id);
    Ok(())
}

/// Fetches one page and has it stored.
async fn page(job: &Job, source: &Source, item: &Item) -> Result<Fate, Closed> {
    let url = &item.target.url;
    let known = match item.due {
        Due::Check => job.validators(&source.id, url).await?,
        _ => Validators::default(),
    };
    let answer = match job.client.get(url, &source.polite, &known).await {
        Ok(answer) => answer,
        Err(FetchError::Stopped) => return Ok(Fate::Stopped),
        Err(error) => {
            let failure = Failure::from(&error);
            job.fail(&source.id, CaptureKind::Article, url, &failure).await?;
            return Ok(Fate::Failed(job.failed_page(source, url, failure)));
        }
    };
    if answer.status == 304 {
        let (id, url, at) = (source.id.clone(), url.clone(), job.clock.at(answer.at));
        job.desk.ask(move |archive| archive.not_modified(&id, &url, at)).await?;
        return Ok(Fate::Unchanged);
    }
    if let Some(error) = answer.fault() {
        let failure = Failure::from(&error);
        job.store(&source.id, CaptureKind::Article, answer, Some(failure.reject)).await?;
        return Ok(Fate::Failed(job.failed_page(source, url, failure)));
    }
    Ok(match job.store(&source.id, CaptureKind::Article, answer, None).await? {
        Some(Stored::Changed(_)) => Fate::Changed,
        Some(Stored::Unchanged) => Fate::Unchanged,
        Some(Stored::New(_) | Stored::Sample(_)) | None => Fate::New,
    })
}
