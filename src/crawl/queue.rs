//! What is due of a column, in the order in which it is fetched.
//!
//! The pages wait in the frontier on disk; here is only their place in it, so that a column of any size takes little
//! memory.

use std::sync::Arc;

use super::cycle::{Cycle, Turns};
use super::job::Job;
use super::plan::{Due, Item, Listed, Plan, Waiting, key_hash, next_try, wanted};
use super::retry::Retry;
use super::writer::Closed;
use crate::archive::{Archive, ArchiveError, Queued, UrlId};
use crate::config::Source;
use crate::model::{CaptureKind, Counts, SourceId, Target, page_key};

/// What is due of a column.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// What is to be asked for, newest day first, and what is to be done about each.
    places: Vec<UrlId>,
    dues: Vec<Due>,
    /// Pages seen, and what becomes of those that are not asked for.
    pub(super) counts: Counts,
    /// The pages that failed too often to be asked for in this run.
    pub(super) waiting: Waiting,
    /// Where the pages of the slow cycle begin: they come last.
    slow_from: Option<usize>,
    /// What a list names and the frontier does not hold as waiting; only a dry run keeps it.
    rest: Listed,
    limit: Option<usize>,
}

impl Queue {
    /// Takes the items of the lists with what an earlier run left in the frontier.
    pub(super) async fn of_lists(job: &Job, source: &Arc<Source>, listed: Listed) -> Result<Self, Closed> {
        let (plan, source, cycle) = (job.plan.clone(), Arc::clone(source), cycle(job, source));
        let mut queue = Self { limit: plan.limit, rest: listed, ..Self::default() };
        job.archive
            .ask(move |archive| {
                let cycle = begun(cycle, archive, &source.id, &plan)?;
                let mut turns = Turns::default();
                let each = |page: Queued| {
                    if let Some(cycle) = cycle.filter(|_| page.known.is_settled()) {
                        if wanted(&page.target, &source.select) && plan.covers(page.target.date) {
                            cycle.take(&mut turns, page.id, &page_key(&page.target.url), &page.known);
                        }
                        return;
                    }
                    let listed = queue.rest.remove(&key_hash(&page_key(&page.target.url))).flatten();
                    if listed.is_none() && !wanted(&page.target, &source.select) {
                        return;
                    }
                    let due = listed.unwrap_or_else(|| plan.due(&page.target, Some(&page.known)));
                    if due == Due::Wait {
                        queue.waiting = queue.waiting.and(Waiting::of(next_try(&page.known)));
                    }
                    queue.add(page.id, due);
                };
                each_due(archive, &source.id, CaptureKind::Article, plan.looks_at_all() || cycle.is_some(), each)?;
                queue.add_slow(cycle, turns);
                queue.count_rest();
                if !plan.dry_run {
                    queue.rest = Listed::new();
                }
                queue.places.shrink_to_fit();
                queue.dues.shrink_to_fit();
                Ok(queue)
            })
            .await
    }

    /// Takes the files that hang on the pages of a column.
    pub(super) async fn of_files(job: &Arc<Job>, source: &Source) -> Result<Self, Closed> {
        let (here, source, cycle) = (Arc::clone(job), source.id.clone(), cycle(job, source));
        job.archive
            .ask(move |archive| {
                let cycle = begun(cycle, archive, &source, &here.plan)?;
                let (mut queue, mut turns) = (Self::default(), Turns::default());
                let each = |file: Queued| {
                    if let Some(cycle) = cycle.filter(|_| file.known.is_settled()) {
                        return cycle.take(&mut turns, file.id, &page_key(&file.target.url), &file.known);
                    }
                    let due = match &here.retry {
                        Some(retry) => retry.due(&source, &file.target, &file.known, &here.plan),
                        None => Some(here.plan.due(&file.target, Some(&file.known))),
                    };
                    if due == Some(Due::Wait) {
                        queue.waiting = queue.waiting.and(Waiting::of(next_try(&file.known)));
                    }
                    if let Some(due) = due {
                        queue.add(file.id, due);
                    }
                };
                if here.retry.is_some() {
                    archive.each_known(&source, CaptureKind::Attachment, each)?;
                } else {
                    let all = here.plan.looks_at_all() || cycle.is_some();
                    each_due(archive, &source, CaptureKind::Attachment, all, each)?;
                }
                queue.add_slow(cycle, turns);
                Ok(queue)
            })
            .await
    }

    /// Takes what failed in an earlier run; `None` if something else than articles and files failed, a list page, so that
    /// the column has to be crawled as usual.
    pub(super) fn of_failed(
        retry: &Retry,
        archive: &Archive,
        source: &SourceId,
        plan: &Plan,
    ) -> Result<Option<Self>, ArchiveError> {
        let mut queue = Self { limit: plan.limit, ..Self::default() };
        archive.each_known(source, CaptureKind::Article, |page| {
            if let Some(due) = retry.due(source, &page.target, &page.known, plan) {
                queue.add(page.id, due);
            }
        })?;
        let mut files = 0;
        archive.each_known(source, CaptureKind::Attachment, |file| {
            files += u64::from(retry.contains(source, &page_key(&file.target.url)));
        })?;
        Ok((queue.counts.seen + files == retry.count(source)).then_some(queue))
    }

    /// Whether the page at this place is of the slow cycle.
    pub(super) fn is_slow(&self, place: usize) -> bool {
        self.slow_from.is_some_and(|from| from <= place)
    }

    /// How many pages are to be asked for.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// What was to be done about the pages from the place `from` on.
    pub(super) fn dues(&self, from: usize) -> impl Iterator<Item = Due> {
        self.dues.iter().skip(from).copied()
    }

    /// The next pages to ask for, from the place `from` on; none at the end.
    pub(super) async fn items(&self, job: &Job, from: usize, count: usize) -> Result<Vec<Item>, Closed> {
        let places: Vec<UrlId> = self.places.iter().skip(from).take(count).copied().collect();
        let targets = job.archive.ask(move |archive| archive.targets(&places)).await?;
        let dues = self.dues.iter().skip(from);
        Ok(targets.into_iter().zip(dues).map(|(target, &due)| Item { target, due }).collect())
    }

    /// Whether a list names this page and the frontier does not hold it as waiting.
    pub(super) fn is_rest(&self, target: &Target) -> bool {
        self.rest.get(&key_hash(&page_key(&target.url))).is_some_and(Option::is_some)
    }

    fn add(&mut self, id: UrlId, due: Due) {
        self.counts.seen += 1;
        match due {
            due if due.is_asked() && self.limit.is_none_or(|limit| self.places.len() < limit) => {
                self.places.push(id);
                self.dues.push(due);
            }
            Due::Known => self.counts.unchanged += 1,
            _ => self.counts.skipped += 1,
        }
    }

    /// Adds the pages whose turn it is behind all others.
    fn add_slow(&mut self, cycle: Option<Cycle>, turns: Turns) {
        self.slow_from = Some(self.places.len());
        for turn in cycle.map(|cycle| cycle.due(turns)).unwrap_or_default() {
            self.rest.remove(&turn.key);
            self.add(turn.id, turn.due);
        }
    }

    fn count_rest(&mut self) {
        for due in self.rest.values().flatten() {
            self.counts.seen += 1;
            let known = *due == Due::Known || due.is_of_a_page_we_have();
            *(if known { &mut self.counts.unchanged } else { &mut self.counts.skipped }) += 1;
        }
    }
}

/// The slow cycle of a source, if this run takes part in it: one that looks at all pages, or at a few, does not.
fn cycle(job: &Job, source: &Source) -> Option<u32> {
    let plan = &job.plan;
    let takes_part = !plan.looks_at_all() && plan.limit.is_none() && job.retry.is_none();
    source.schedule.recheck.filter(|_| takes_part)
}

/// A cycle of so many days as of this run; that it has begun is noted already.
fn begun(days: Option<u32>, archive: &Archive, source: &SourceId, plan: &Plan) -> Result<Option<Cycle>, ArchiveError> {
    let Some(days) = days else { return Ok(None) };
    let history = archive.source_history(source, 2)?;
    let last = history.iter().map(|(at, _)| *at).find(|at| *at < plan.now);
    Ok(Some(Cycle::of(days, plan.now, last)))
}

/// What waits in the frontier, or all that is known.
fn each_due(
    archive: &Archive,
    source: &SourceId,
    kind: CaptureKind,
    all: bool,
    each: impl FnMut(Queued),
) -> Result<(), ArchiveError> {
    if all { archive.each_known(source, kind, each) } else { archive.each_pending(source, kind, each) }
}
