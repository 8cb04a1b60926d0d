//! How a column ended, and what that means for the run: decisions on figures.

use super::articles::Outcome;
use super::lists::{End, Lists};
use super::plan::Plan;
use crate::commands::Exit;
use crate::model::{Counts, Covered, CrawlReport, Reason, SourceReport, SourceStatus};

/// What is known of a column from earlier runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Past {
    /// Its pages were seen before.
    pub(super) had_pages: bool,
    /// Which part of the list was known without a gap.
    pub(super) covered: Option<Covered>,
}

/// How a column ended, and why.
pub(super) fn status(lists: &Lists, outcome: &Outcome, min_items: usize) -> (SourceStatus, Option<String>) {
    let gone = outcome.counts.failed - missing(outcome);
    match lists_status(lists, min_items) {
        (SourceStatus::Complete, _) if outcome.walled => {
            (SourceStatus::Blocked, Some("a bot wall answered instead of pages; the rest was not asked for".to_owned()))
        }
        (SourceStatus::Complete, _) if outcome.stopped => {
            (SourceStatus::Partial, Some("the run was stopped".to_owned()))
        }
        (SourceStatus::Complete, _) if missing(outcome) > 0 => {
            (SourceStatus::Partial, Some(format!("{} could not be had", pages(missing(outcome)))))
        }
        (SourceStatus::Complete, None) if gone > 0 => {
            (SourceStatus::Complete, Some(format!("gone since the list was made: {}", pages(gone))))
        }
        other => other,
    }
}

fn pages(count: u64) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

/// Failures that may pass: a page that is gone is an answer.
fn missing(outcome: &Outcome) -> u64 {
    outcome.failed.iter().filter(|page| page.reason != Reason::Gone).count() as u64
}

fn lists_status(lists: &Lists, min_items: usize) -> (SourceStatus, Option<String>) {
    let said = |status, detail: String| (status, Some(detail));
    if let Some((url, failure)) = lists.ends.iter().find_map(|end| match end {
        End::Failed(url, failure) => Some((url, failure)),
        _ => None,
    }) {
        let status = match failure.reject.reason {
            Reason::Wall => SourceStatus::Blocked,
            _ if lists.pages > 0 => SourceStatus::Partial,
            Reason::Binary | Reason::Empty | Reason::ErrorPage | Reason::Gone => SourceStatus::Changed,
            _ => SourceStatus::Unreachable,
        };
        return said(status, format!("list page `{url}`: {}", failure.detail));
    }
    for end in &lists.ends {
        match end {
            End::Stopped => return said(SourceStatus::Partial, "the run was stopped".to_owned()),
            End::Loop(url) => return said(SourceStatus::Partial, format!("the list leads back to itself at `{url}`")),
            End::TooMany => {
                let detail = format!("{} list pages were read and there are more (`max_list_pages`)", lists.pages);
                return said(SourceStatus::Partial, detail);
            }
            End::Bare(url) if lists.pages > 1 => {
                return said(SourceStatus::Partial, format!("list page `{url}` names no items"));
            }
            _ => {}
        }
    }
    let first_page = lists.first_page.unwrap_or(0);
    if first_page == 0 && lists.first_page_is_bare {
        let detail = "the list page names no items and shows next to nothing: a challenge, or made by a script";
        return said(SourceStatus::Blocked, detail.to_owned());
    }
    if first_page < min_items {
        let detail = format!("the first list page names {first_page} items, {min_items} are expected (`min_items`)");
        return said(SourceStatus::Changed, detail);
    }
    if let Some(detail) = short_of_total(lists) {
        return said(SourceStatus::Partial, detail);
    }
    if lists.items.is_empty() {
        return said(SourceStatus::Empty, "the list names nothing that the source selects".to_owned());
    }
    (SourceStatus::Complete, None)
}

/// What is missing against the totals that the portal declares, if the list was read to its end.
fn short_of_total(lists: &Lists) -> Option<String> {
    if lists.ends.iter().any(|end| *end != End::Last) {
        return None;
    }
    let (items, pages) = (lists.named(), lists.pages);
    match (lists.declared, lists.declared_pages) {
        (Some(declared), _) if (declared as usize) > items => {
            Some(format!("the portal declares {declared} items, the list names {items}"))
        }
        (_, Some(declared)) if declared > pages => {
            Some(format!("the portal declares {declared} list pages, the list leads to {pages}"))
        }
        _ => None,
    }
}

/// Whether this is worse than a page that failed: a source that had pages has none now, or a total was not reached.
pub(super) fn alarm(status: SourceStatus, lists: &Lists, past: &Past) -> bool {
    let yields_none = matches!(status, SourceStatus::Empty | SourceStatus::Changed) && lists.items.is_empty();
    (yields_none && past.had_pages) || (status == SourceStatus::Partial && short_of_total(lists).is_some())
}

/// Which part of the list is known without a gap after this run.
pub(super) fn covered(lists: &Lists, plan: &Plan, past: &Past, rules: String) -> Option<Covered> {
    let before = past.covered.clone().filter(|before| before.rules == rules);
    if lists.pages == 0 {
        // Nothing was read, so no gap was made.
        return before;
    }
    let to_an_end = |end: &End| matches!(end, End::Last | End::Known);
    if !lists.ends.iter().all(to_an_end) {
        return None;
    }
    let whole = lists.ends.iter().all(|end| *end == End::Last);
    match (plan.until, before) {
        // A span of time with an end leaves the gap to today as it was.
        (Some(_), before) => before,
        (None, Some(before)) if !whole => Some(Covered { since: before.since.max(plan.since), rules }),
        (None, _) => Some(Covered { since: plan.since, rules }),
    }
}

/// Whether an earlier run knows without gaps what this one asks for.
pub(super) fn is_covered(plan: &Plan, past: &Past, rules: &str) -> bool {
    past.covered.as_ref().is_some_and(|covered| {
        let reaches_back = match (covered.since, plan.since) {
            (None, _) => true,
            (Some(known), Some(asked)) => known <= asked,
            (Some(_), None) => false,
        };
        covered.rules == rules && reaches_back
    })
}

/// The exit code of a crawl.
pub(super) fn exit(report: &CrawlReport, max_failed: f64) -> Exit {
    if report.interrupted {
        return Exit::Interrupted;
    }
    let exit = |source: &SourceReport| match source.status {
        _ if source.alarm => Exit::Gate,
        SourceStatus::Blocked | SourceStatus::Unreachable | SourceStatus::Empty | SourceStatus::Changed => {
            Exit::Partial
        }
        _ if lost_too_much(source.counts, max_failed) => Exit::Partial,
        SourceStatus::Partial if source.failures.is_empty() => Exit::Partial,
        SourceStatus::Partial | SourceStatus::Complete => Exit::Done,
    };
    report.sources.iter().map(exit).max().unwrap_or(Exit::Done)
}

/// Whether a source lost more than the share `max_failed` of the pages that were asked for or known.
fn lost_too_much(counts: Counts, max_failed: f64) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "no portal has 2^52 pages")]
    let (failed, tried) = (counts.failed as f64, (counts.seen - counts.skipped) as f64);
    failed > tried * max_failed
}
