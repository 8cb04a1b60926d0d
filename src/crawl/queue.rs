//! What is due of a column, in the order in which it is fetched.
//!
//! The pages wait in the frontier on disk; here is only their place in it, so that a column of any size takes little
//! memory.

use std::sync::Arc;

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
    /// What a list names and the frontier does not hold as waiting; only a dry run keeps it.
    rest: Listed,
    limit: Option<usize>,
}

impl Queue {
    /// Takes the items of the lists with what an earlier run left in the frontier.
    pub(super) async fn of_lists(job: &Job, source: &Arc<Source>, listed: Listed) -> Result<Self, Closed> {
        let (plan, source) = (job.plan.clone(), Arc::clone(source));
        let mut queue = Self { limit: plan.limit, rest: listed, ..Self::default() };
        job.archive
            .ask(move |archive| {
                let each = |page: Queued| {
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
                each_due(archive, &source.id, CaptureKind::Article, &plan, each)?;
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
        let (here, source) = (Arc::clone(job), source.id.clone());
        job.archive
            .ask(move |archive| {
                let mut queue = Self::default();
                let each = |file: Queued| {
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
                    each_due(archive, &source, CaptureKind::Attachment, &here.plan, each)?;
                }
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

    fn count_rest(&mut self) {
        for due in self.rest.values().flatten() {
            self.counts.seen += 1;
            let known = *due == Due::Known || due.is_of_a_page_we_have();
            *(if known { &mut self.counts.unchanged } else { &mut self.counts.skipped }) += 1;
        }
    }
}

/// What waits in the frontier, and what is done as well if the plan looks at that.
fn each_due(
    archive: &Archive,
    source: &SourceId,
    kind: CaptureKind,
    plan: &Plan,
    each: impl FnMut(Queued),
) -> Result<(), ArchiveError> {
    if plan.looks_at_all() { archive.each_known(source, kind, each) } else { archive.each_pending(source, kind, each) }
}
