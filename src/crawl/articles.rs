//! The pages of a column, or their files: what is due is fetched, as many at a time as the host allows.

use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;
use url::Url;

use super::budget::Spent;
use super::files;
use super::job::{Failure, Job};
use super::outcome::{Fate, Outcome, is_answer};
use super::parts::{self, Parts};
use super::plan::{Due, Item, Waiting, next_try_after};
use super::queue::Queue;
use super::scope::refusal;
use super::writer::Closed;
use crate::archive::Stored;
use crate::config::Source;
use crate::fetch::{FetchError, Validators};
use crate::model::{CaptureKind, Reason, Target};

/// So many walls in a row and the column is left alone: going on would be knocking at a closed door.
const WALLS: u32 = 3;

/// So many pages are taken from the frontier at a time.
const LOOK_AHEAD: usize = 32;

/// Fetches what is due, in its order.
pub(super) async fn fetch(
    job: &Arc<Job>,
    source: &Arc<Source>,
    queue: Queue,
    kind: CaptureKind,
    spent: &mut Spent<'_>,
) -> Result<Outcome, Closed> {
    let is_file = kind == CaptureKind::Attachment;
    let mut outcome = Outcome { counts: queue.counts, waiting: queue.waiting, ..Outcome::default() };
    job.progress.pages_due(&source.id, queue.len());
    let at_once = source.polite.concurrency.max(1);
    let mut in_flight = JoinSet::new();
    let (mut walls, mut begun) = (0, 0);
    'all: while begun < queue.len() {
        for item in queue.items(job, begun, LOOK_AHEAD).await? {
            if in_flight.len() >= at_once {
                spent.took(settle(job, source, in_flight.join_next().await, &mut outcome, &mut walls)?);
            }
            outcome.stopped |= job.stop.is_set();
            let over = spent.over.clone();
            let is_used_up = spent.is_used_up(Instant::now());
            let fits = is_used_up || if is_file { spent.fits_file() } else { spent.fits(&item.target.url) };
            if queue.is_slow(begun) {
                // What the slow cycle leaves is due with the next run, and nothing is missing until then.
                spent.over = over;
            }
            if outcome.stopped || outcome.walled || is_used_up {
                break 'all;
            }
            begun += 1;
            if !fits {
                outcome.leave(item.due);
                continue;
            }
            // A page may well hang its files on another host.
            if let Some(failure) = refusal(&item.target.url, source).filter(|_| !is_file) {
                refuse(job, source, &item.target, failure, &mut outcome).await?;
                continue;
            }
            let (job, source) = (Arc::clone(job), Arc::clone(source));
            in_flight.spawn(async move {
                let got =
                    if is_file { files::file(&job, &source, &item).await } else { page(&job, &source, &item).await };
                got.map(|(fate, bytes)| (item.due, fate, bytes))
            });
        }
    }
    queue.dues(begun).for_each(|due| outcome.leave(due));
    while !in_flight.is_empty() {
        settle(job, source, in_flight.join_next().await, &mut outcome, &mut walls)?;
    }
    outcome.over_budget = spent.over.take();
    Ok(outcome)
}

/// Notes an item that is not asked for.
async fn refuse(
    job: &Job,
    source: &Source,
    target: &Target,
    failure: Failure,
    outcome: &mut Outcome,
) -> Result<(), Closed> {
    job.earlier.settle(&source.id, &target.url);
    job.fail(&source.id, CaptureKind::Article, &target.url, &failure).await?;
    outcome.note(job.failed_item(source, target, failure));
    Ok(())
}

type Joined = Option<Result<Result<(Due, Fate, usize), Closed>, tokio::task::JoinError>>;

/// Counts what became of one page; gives how many bytes came.
fn settle(job: &Job, source: &Source, joined: Joined, outcome: &mut Outcome, walls: &mut u32) -> Result<usize, Closed> {
    let Some(joined) = joined else { return Ok(0) };
    let (due, fate, bytes) = joined.map_err(|_| Closed)??;
    let walled = matches!(&fate, Fate::Failed(page, _) if page.reason == Reason::Wall);
    *walls = if walled { *walls + 1 } else { 0 };
    outcome.walled |= *walls >= WALLS;
    outcome.checked += u64::from(due == Due::Check && !matches!(fate, Fate::Stopped));
    let counts = &mut outcome.counts;
    match fate {
        Fate::New => counts.new += 1,
        Fate::Changed => counts.changed += 1,
        Fate::Unchanged => counts.unchanged += 1,
        // As it was when it was asked for the last time.
        Fate::Gone if due == Due::Back => counts.unchanged += 1,
        Fate::Gone => {
            counts.changed += 1;
            outcome.gone += 1;
        }
        Fate::Failed(page, attempt) => {
            if !due.is_of_a_page_we_have() && !is_answer(page.reason) {
                let before = if let Due::Again(attempts) = due { Some(attempts) } else { None };
                let attempts = before.unwrap_or(0).saturating_add(u32::from(attempt));
                outcome.missing = outcome.missing.and(Waiting::of(next_try_after(page.at, attempts)));
                outcome.still_missing += u64::from(before.is_some());
            }
            outcome.note(page);
        }
        Fate::Stopped => {
            outcome.leave(due);
            outcome.stopped = true;
        }
    }
    job.progress.page_done(&source.id);
    Ok(bytes)
}

/// Fetches one page and has it stored; gives also how many bytes came.
async fn page(job: &Job, source: &Source, item: &Item) -> Result<(Fate, usize), Closed> {
    let url = &item.target.url;
    let known = match item.due {
        Due::Check | Due::Back => job.validators(&source.id, url).await?,
        _ => Validators::default(),
    };
    let answer = match job.get(source, url, &known).await {
        Ok(answer) => answer,
        Err(FetchError::Stopped) => return Ok((Fate::Stopped, 0)),
        Err(error) => {
            let failure = Failure::from(&error);
            job.fail(&source.id, CaptureKind::Article, url, &failure).await?;
            let attempt = failure.attempt;
            return Ok((Fate::Failed(job.failed_item(source, &item.target, failure), attempt), 0));
        }
    };
    let bytes = answer.body.len();
    if answer.status == 304 {
        job.store(&source.id, CaptureKind::Article, answer, None).await?;
        let missing = parts::missing_of(job, source, &item.target.url).await?;
        files::note_archived(job, source, &item.target.url).await?;
        return Ok((with_parts(job, source, &item.target, missing, Fate::Unchanged).await?, bytes));
    }
    if let Some(error) = answer.fault() {
        let failure = Failure::from(&error);
        job.store(&source.id, CaptureKind::Article, answer, Some(failure.reject)).await?;
        if failure.reject.reason == Reason::Gone && item.due.is_of_a_page_we_have() {
            return Ok((Fate::Gone, bytes));
        }
        return Ok((Fate::Failed(job.failed_item(source, &item.target, failure), true), bytes));
    }
    // Before the page itself is stored: a run that is killed in between asks for the page again.
    files::note(job, source, &answer).await?;
    let further = parts::of(&answer.final_url, answer.content_type(), &answer.body);
    let fate = match job.store(&source.id, CaptureKind::Article, answer, None).await? {
        Some(Stored::Changed(_)) => Fate::Changed,
        Some(Stored::Unchanged) => Fate::Unchanged,
        Some(Stored::New(_) | Stored::Sample(_)) | None => Fate::New,
    };
    Ok((with_parts(job, source, &item.target, further, fate).await?, bytes))
}

/// What became of a page, once its further pages were asked for as well. One that may be had later makes the whole
/// article due again; one that is not there is missing in the record, which says so.
async fn with_parts(
    job: &Job,
    source: &Source,
    target: &Target,
    further: Vec<Url>,
    fate: Fate,
) -> Result<Fate, Closed> {
    let url = &target.url;
    if further.is_empty() {
        return Ok(fate);
    }
    let failure = match parts::fetch(job, source, url, further).await? {
        Parts::Whole => return Ok(fate),
        Parts::Missing(failure) if is_answer(failure.reject.reason) => return Ok(fate),
        Parts::Missing(failure) => failure,
        Parts::Stopped => Failure::from(&FetchError::Stopped),
    };
    job.fail(&source.id, CaptureKind::Article, url, &failure).await?;
    let attempt = failure.attempt;
    Ok(Fate::Failed(job.failed_item(source, target, failure), attempt))
}
