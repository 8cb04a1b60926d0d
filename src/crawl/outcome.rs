//! What became of the pages and files of a column.

use super::plan::{Due, Waiting};
use crate::model::{Counts, FailedPage, Reason};

/// Whether a failure is the portal's answer, which asking again does not change.
pub(super) fn is_answer(reason: Reason) -> bool {
    matches!(reason, Reason::Gone | Reason::TooLarge) || is_left_out(reason)
}

/// Whether a page is not asked for at all: robots.txt does not allow it, it stands on another site, or only a script
/// opens it.
fn is_left_out(reason: Reason) -> bool {
    matches!(reason, Reason::Robots | Reason::OtherHost | Reason::ScriptOnly)
}

/// What became of the pages of a column.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) counts: Counts,
    /// The files that hang on them.
    pub(super) files: Counts,
    /// The pages that failed, and those that were left out.
    pub(super) failed: Vec<FailedPage>,
    /// Pages that the archive has and the portal does not any more: these were withdrawn in this run …
    pub(super) gone: u64,
    /// … of so many that it was asked for.
    pub(super) checked: u64,
    /// A wall answered several times in a row.
    pub(super) walled: bool,
    /// The run was stopped before all pages were asked for.
    pub(super) stopped: bool,
    /// Which part of the budget was used up before all pages were asked for.
    pub(super) over_budget: Option<String>,
    /// The pages that failed in this run, or were not come to, and are not in the archive.
    pub(super) missing: Waiting,
    /// How many of these failed in this run and in an earlier one as well.
    pub(super) still_missing: u64,
    /// The pages that failed too often to be asked for in this run.
    pub(super) waiting: Waiting,
}

impl Outcome {
    /// The pages that the archive has not got.
    pub(super) fn owed(&self) -> Waiting {
        self.missing.and(self.waiting)
    }

    /// Takes what became of the files beside what became of the pages.
    pub(super) fn and_files(&mut self, files: Self) {
        self.files = files.counts;
        self.failed.extend(files.failed);
        self.walled |= files.walled;
        self.stopped |= files.stopped;
        self.over_budget = self.over_budget.take().or(files.over_budget);
        self.missing = self.missing.and(files.missing);
        self.still_missing += files.still_missing;
        self.waiting = self.waiting.and(files.waiting);
    }

    /// Counts a page that is left for the next run.
    pub(super) fn leave(&mut self, due: Due) {
        self.counts.skipped += 1;
        if !due.is_of_a_page_we_have() {
            self.missing = self.missing.and(Waiting::of(None));
        }
    }

    /// Counts a page that could not be had, or that was not asked for.
    pub(super) fn note(&mut self, page: FailedPage) {
        // To leave it out is what was asked for; nothing failed.
        let count = if is_left_out(page.reason) { &mut self.counts.skipped } else { &mut self.counts.failed };
        *count += 1;
        self.failed.push(page);
    }
}

/// What became of one page or file.
pub(super) enum Fate {
    New,
    Changed,
    Unchanged,
    /// Not there any more.
    Gone,
    /// The page, and whether it was asked for at all.
    Failed(FailedPage, bool),
    Stopped,
}
