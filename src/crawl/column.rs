//! One portal column from its list to the archive, and its entry in the report.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::articles;
use super::budget::Spent;
use super::job::Job;
use super::lists::{self, End, Lists};
use super::outcome::Outcome;
use super::past::{self, Past};
use super::plan::{Item, fingerprint};
use super::queue::Queue;
use super::verdict::{self, Judge};
use super::writer::Closed;
use crate::archive::Archive;
use crate::config::Source;
use crate::model::{CaptureKind, Counts, FailedPage, Reason, SourceReport, usual_items};

/// What the crawl of one column gave.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) report: SourceReport,
    pub(super) failed: Vec<FailedPage>,
    /// What a dry run would fetch.
    pub(super) due: Vec<Item>,
    /// The run was stopped before the column was done.
    pub(super) stopped: bool,
}

/// How many earlier runs say whether a source had pages.
const HISTORY: usize = 10;

/// Crawls one column.
pub(super) async fn crawl(job: Arc<Job>, source: Arc<Source>, run: Arc<str>) -> Result<Column, Closed> {
    let rules = fingerprint(&source);
    let past = known(&job, &source).await?;
    // Should the run be killed, this is what the next one finds.
    let mut report = SourceReport::begun(source.id.clone());
    report.weak_tls = job.client.weak_tls(source.start.iter());
    let began = Instant::now();
    report.started_at = Some(job.clock.at(began));
    note(&job, &run, &report).await?;
    job.progress.begin(&source.id);
    tracing::info!(source = source.id.as_str(), "source begins");
    let (mut lists, queue) = if let Some(queue) = retried(&job, &source).await? {
        (Lists::default(), queue)
    } else {
        let mut lists = lists::read(&job, &source, past::is_covered(&job.plan, &past, &rules)).await?;
        let queue = Queue::of_lists(&job, &source, std::mem::take(&mut lists.items)).await?;
        (lists, queue)
    };
    tracing::debug!(
        source = source.id.as_str(),
        list_pages = lists.pages,
        named = lists.named as u64,
        wanted = lists.wanted as u64,
        due = queue.len() as u64,
        "list read"
    );
    let (mut outcome, due) = if job.plan.dry_run {
        dry(&job, queue, std::mem::take(&mut lists.shown)).await?
    } else {
        let mut spent = Spent::none(&source.budget, Instant::now());
        let mut outcome = articles::fetch(&job, &source, queue, CaptureKind::Article, &mut spent).await?;
        // What ended the pages would end the files too.
        if job.takes_files(&source) && !outcome.stopped && !outcome.walled {
            let queue = Queue::of_files(&job, &source).await?;
            outcome.and_files(articles::fetch(&job, &source, queue, CaptureKind::Attachment, &mut spent).await?);
        }
        (outcome, Vec::new())
    };
    outcome.stopped |= lists.ends.contains(&End::Stopped);
    let judge = Judge { source: &source, lists: &lists, outcome: &outcome, past: &past, max_failed: job.max_failed };
    (report.status, report.detail) = judge.status();
    report.detail = join(report.detail.take(), verdict::owed(&outcome));
    (report.owed, report.next_try) = (outcome.owed().pages, outcome.owed().until);
    report.short = judge.is_short();
    report.alarm = judge.is_alarm(report.status);
    report.covered = past::covered(&lists, &job.plan, &past, rules);
    (report.counts, report.files, report.gone) = (outcome.counts, outcome.files, outcome.gone);
    report.usual = past.usual;
    report.failures = tally(&outcome.failed);
    fill(&mut report, &lists);
    report.layout = past::layout(&lists, &past, job.clock.started());
    report.duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    report.traffic = job.traffic(&source.id);
    note(&job, &run, &report).await?;
    job.progress.end(&source.id);
    let Counts { seen, new, changed, failed, .. } = report.counts;
    let (status, why) = (report.status.as_str(), report.detail.as_deref().unwrap_or_default());
    tracing::info!(source = source.id.as_str(), status, seen, new, changed, failed, why, "source done");
    let mut failed = list_failures(&job, &source, &lists);
    failed.append(&mut outcome.failed);
    Ok(Column { report, failed, due, stopped: outcome.stopped })
}

/// The pages that alone are to be fetched; `None` if the column is to be crawled as usual.
async fn retried(job: &Arc<Job>, source: &Source) -> Result<Option<Queue>, Closed> {
    if job.retry.is_none() {
        return Ok(None);
    }
    let (here, id) = (Arc::clone(job), source.id.clone());
    let of_failed = move |archive: &mut Archive| match &here.retry {
        Some(retry) => Queue::of_failed(retry, archive, &id, &here.plan),
        None => Ok(None),
    };
    job.archive.ask(of_failed).await
}

async fn known(job: &Job, source: &Source) -> Result<Past, Closed> {
    let id = source.id.clone();
    let known = move |archive: &mut Archive| Ok((archive.source_history(&id, HISTORY)?, archive.overview(&id)?));
    let (history, held) = job.archive.ask(known).await?;
    let had_pages = held.done > 0 || history.iter().any(|(_, report)| report.counts.seen > 0);
    // A run that found no list says nothing about its layout.
    let layout = history.iter().find_map(|(_, report)| report.layout.clone());
    let usual = usual_items(history.iter().map(|(_, report)| report));
    let newest = history.iter().find_map(|(_, report)| report.newest);
    let covered = history.into_iter().next().and_then(|(_, report)| report.covered);
    Ok(Past { had_pages, covered, layout, usual, newest })
}

async fn note(job: &Job, run: &Arc<str>, report: &SourceReport) -> Result<(), Closed> {
    if job.plan.dry_run {
        return Ok(());
    }
    let (run, report) = (Arc::clone(run), report.clone());
    job.archive.ask(move |archive| archive.note_source(&run, &report)).await
}

/// Two notes as one.
fn join(one: Option<String>, other: Option<String>) -> Option<String> {
    one.into_iter().chain(other).reduce(|one, other| format!("{one}; {other}"))
}

fn fill(report: &mut SourceReport, lists: &Lists) {
    report.profile.clone_from(&lists.profile);
    report.first_page = lists.first_page.map(|items| u32::try_from(items).unwrap_or(u32::MAX));
    report.list_pages = lists.pages;
    report.list_unchanged = lists.unchanged;
    report.declared = lists.declared;
    report.newest = lists.newest;
}

/// What fetching would do, without doing it. What the list shows comes behind what the frontier holds already.
async fn dry(job: &Job, queue: Queue, shown: Vec<Item>) -> Result<(Outcome, Vec<Item>), Closed> {
    let mut due = queue.items(job, 0, queue.len()).await?;
    let is_due = |item: &Item| item.due.is_asked();
    let mut rest: Vec<Item> = shown.into_iter().filter(|item| is_due(item) && queue.is_rest(&item.target)).collect();
    rest.sort_by_key(|item| std::cmp::Reverse(item.target.date));
    due.extend(rest);
    let mut counts = queue.counts;
    counts.skipped = counts.seen - counts.unchanged;
    Ok((Outcome { counts, ..Outcome::default() }, due))
}

fn tally(failed: &[FailedPage]) -> BTreeMap<Reason, u64> {
    let mut tally = BTreeMap::new();
    for page in failed {
        *tally.entry(page.reason).or_default() += 1;
    }
    tally
}

/// List pages that failed; they are no pages of the counts, but they are listed beside those.
fn list_failures(job: &Job, source: &Source, lists: &Lists) -> Vec<FailedPage> {
    let failures = lists.ends.iter().filter_map(|end| match end {
        End::Failed(url, failure) => Some(job.failed_page(source, url, failure.clone())),
        _ => None,
    });
    failures.collect()
}
