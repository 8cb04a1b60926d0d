//! What a run says about itself: counts that add up, the state of every source, every page that failed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Changes, Reason, SourceId, Stage, Traffic};

/// The `schema` of a [`RunReport`].
pub const RUN_SCHEMA: &str = "run/1";

/// What a run did: `output/runs/<id>.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunReport {
    /// Always [`RUN_SCHEMA`].
    pub schema: String,
    /// The start as `YYYYMMDDTHHMMSSZ`; also the name of the file.
    pub id: String,
    /// The verb: `crawl`, `build`, `run` or `demo`.
    pub verb: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// The exit code.
    pub exit: u8,
    /// The crawl; null if the verb does not crawl.
    pub crawl: Option<CrawlReport>,
    /// The build; null if the verb does not build.
    pub build: Option<BuildReport>,
    /// What kept the run from being done, for a reader; null if nothing did.
    #[serde(default)]
    pub error: Option<String>,
    /// What is wrong with files of the configuration, which keeps their sources from being asked.
    #[serde(default)]
    pub problems: Vec<String>,
}

/// What the crawl of a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrawlReport {
    /// Pages of all sources.
    pub counts: Counts,
    /// Files that hang on them.
    #[serde(default)]
    pub files: Counts,
    /// One entry a source, by id.
    pub sources: Vec<SourceReport>,
    /// The run was stopped by a signal before it was done.
    pub interrupted: bool,
    /// Sources that ended well after a run in which something was wrong with them.
    #[serde(default)]
    pub recovered: Vec<SourceId>,
}

/// What the build of a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildReport {
    /// Archived articles of all sources; `skipped` are those outside of the span of time, whose records stay as they are.
    pub counts: Counts,
    /// Archived files that hang on them and are, or hold, documents of their own.
    #[serde(default)]
    pub files: Counts,
    /// How many documents the records hold now.
    pub documents: u64,
    /// How many sections they have.
    pub sections: u64,
    /// How many documents the records held before and do not hold now.
    pub removed: u64,
    /// How many documents stand as an earlier build made them, because the archive does not give back their bytes.
    #[serde(default)]
    pub kept: u64,
    /// How many articles were turned away, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// How many files were, by reason.
    #[serde(default)]
    pub rejected_files: BTreeMap<Reason, u64>,
    /// The documents that came, changed and went: what `changes.jsonl` has of this run.
    #[serde(default)]
    pub changes: Changes,
    /// One entry a source, by id.
    pub sources: Vec<SourceBuild>,
    /// Every article and file that was turned away.
    pub failed: Vec<FailedPage>,
}

/// What the build of one source did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceBuild {
    /// The portal column.
    pub source: SourceId,
    /// Its archived articles.
    pub counts: Counts,
    /// Archived files that hang on them and are, or hold, documents of their own.
    #[serde(default)]
    pub files: Counts,
    /// How many of these were turned away, by reason.
    #[serde(default)]
    pub rejected_files: BTreeMap<Reason, u64>,
    /// How many documents its records hold now.
    pub documents: u64,
    /// How many sections they have.
    pub sections: u64,
    /// How many documents its records held before and do not hold now.
    pub removed: u64,
    /// How many documents stand as an earlier build made them, because the archive does not give back their bytes.
    #[serde(default)]
    pub kept: u64,
    /// It had records and the archive now gives none: the old ones were left as they are.
    pub emptied: bool,
    /// It could not be built: its records are as they were before.
    #[serde(default)]
    pub is_failed: bool,
    /// What went wrong, for a reader: it could not be built, or damaged files were made anew; null if nothing did.
    #[serde(default)]
    pub detail: Option<String>,
}

/// How many pages there were and what became of them: `seen = new + changed + unchanged + skipped + failed`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Pages that a list named and the rules of the source want.
    pub seen: u64,
    /// Fetched for the first time.
    pub new: u64,
    /// Fetched again and found different, or withdrawn.
    pub changed: u64,
    /// Known, and not different as far as was looked.
    pub unchanged: u64,
    /// Not looked at: outside of the span of time, beyond `--limit` or a budget, not reached before the run was stopped,
    /// failed so often that it is asked for again on a later day; or not allowed by robots.txt, on another site, or opened
    /// by a script only, in which case `failed.jsonl` lists it.
    pub skipped: u64,
    /// Asked for in vain; each is in `failed.jsonl`.
    pub failed: u64,
}

impl Counts {
    /// Whether more than this share of the pages that were asked for or known was lost.
    pub fn lost_more_than(&self, share: f64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "no portal has 2^52 pages")]
        let (failed, tried) = (self.failed as f64, (self.seen - self.skipped) as f64);
        failed > tried * share
    }

    /// Whether every page that was seen is accounted for.
    pub fn add_up(&self) -> bool {
        self.seen == self.new + self.changed + self.unchanged + self.skipped + self.failed
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.seen += other.seen;
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.skipped += other.skipped;
        self.failed += other.failed;
    }
}

/// How the crawl of one source ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceStatus {
    /// Every list page that was due was read, and every page that was due was fetched.
    Complete,
    /// Something is missing: a list page, a page, or items that the portal declares.
    Partial,
    /// A bot wall answered.
    Blocked,
    /// robots.txt does not allow the list.
    Disallowed,
    /// No list page could be had: no connection, an HTTP error, or a robots.txt that cannot be read.
    Unreachable,
    /// The list was read and names nothing that is wanted.
    Empty,
    /// The page is there but is no list any more, or names fewer items than the source expects or had; or many pages
    /// were withdrawn at once.
    Changed,
}

impl SourceStatus {
    /// The word used in reports and in the state database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Blocked => "blocked",
            Self::Disallowed => "disallowed",
            Self::Unreachable => "unreachable",
            Self::Empty => "empty",
            Self::Changed => "changed",
        }
    }
}

/// How the crawl of one source went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceReport {
    /// The portal column.
    pub source: SourceId,
    /// How it ended.
    pub status: SourceStatus,
    /// Why, for a reader; null if there is nothing to add.
    pub detail: Option<String>,
    /// A source that had reports yields none or far fewer, a total that the portal declares was not reached, or many
    /// pages were withdrawn at once: exit code 4.
    pub alarm: bool,
    /// When its crawl began.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// How many milliseconds it took.
    #[serde(default)]
    pub duration_ms: u64,
    /// What its hosts were asked.
    #[serde(default)]
    pub traffic: Traffic,
    /// Its pages.
    pub counts: Counts,
    /// The files that hang on them and were due.
    #[serde(default)]
    pub files: Counts,
    /// How many of the changed ones were withdrawn: the portal has them no more, the archive has.
    #[serde(default)]
    pub gone: u64,
    /// The portal family whose list this is; null if none was recognised.
    #[serde(default)]
    pub profile: Option<String>,
    /// How many items the first list page names; null if it could not be read.
    #[serde(default)]
    pub first_page: Option<u32>,
    /// How many it named as a rule in the runs before.
    #[serde(default)]
    pub usual: Option<u32>,
    /// What the list pages are built like, and since when; null if no list was found.
    #[serde(default)]
    pub layout: Option<Layout>,
    /// What is weaker about the TLS of its hosts than safe settings, because a source asks for it; empty = nothing.
    #[serde(default)]
    pub weak_tls: Vec<String>,
    /// List pages, declared items, pages beyond a budget, or pages that an earlier run had asked for in vain are missing,
    /// whatever became of the pages that were found.
    #[serde(default)]
    pub short: bool,
    /// How many of its pages the archive has not got, because they failed in this run or too often before.
    #[serde(default)]
    pub owed: u64,
    /// From when on the next of these are asked for again; null if none is owed, or if the next run does.
    #[serde(default)]
    pub next_try: Option<Timestamp>,
    /// How many list pages were read.
    pub list_pages: u32,
    /// How many of these were answered with 304.
    pub list_unchanged: u32,
    /// How many items the portal says that the list has.
    pub declared: Option<u32>,
    /// The newest day that the list shows.
    pub newest: Option<Date>,
    /// Which part of the list is known without a gap; null after a run that broke off.
    pub covered: Option<Covered>,
    /// How many pages failed, by reason; those that robots.txt does not allow are among them, though they count as skipped.
    pub failures: BTreeMap<Reason, u64>,
}

/// What the list pages of a source are built like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Names the place of the list on its page: the elements around it, their classes, or the names in a JSON answer.
    pub fingerprint: String,
    /// When the run began that found it so first; earlier runs found another one, or none.
    pub since: Timestamp,
    /// There was another one before.
    pub changed: bool,
}

/// The part of a list that is known without a gap: a later run by the same rules may stop where it meets known pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// From this day on; null = all of it.
    pub since: Option<Date>,
    /// Names the rules by which pages were selected.
    pub rules: String,
}

/// What is noted of a source when its crawl begins: should the run be killed, this is what is left.
const BROKEN_OFF: &str = "the run broke off";

impl SourceReport {
    /// A source whose crawl begins.
    pub fn begun(source: SourceId) -> Self {
        Self { status: SourceStatus::Partial, detail: Some(BROKEN_OFF.to_owned()), ..Self::new(source) }
    }

    /// Whether its crawl began and never came to an end.
    pub fn is_broken_off(&self) -> bool {
        self.detail.as_deref() == Some(BROKEN_OFF)
    }

    /// A source of which nothing has been asked yet.
    pub fn new(source: SourceId) -> Self {
        Self {
            source,
            status: SourceStatus::Complete,
            detail: None,
            alarm: false,
            started_at: None,
            duration_ms: 0,
            traffic: Traffic::default(),
            counts: Counts::default(),
            files: Counts::default(),
            gone: 0,
            profile: None,
            first_page: None,
            usual: None,
            layout: None,
            weak_tls: Vec::new(),
            short: false,
            owed: 0,
            next_try: None,
            list_pages: 0,
            list_unchanged: 0,
            declared: None,
            newest: None,
            covered: None,
            failures: BTreeMap::new(),
        }
    }
}

/// A page that failed: one line of `failed.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailedPage {
    /// The portal column.
    pub source: SourceId,
    /// The address that was asked for.
    pub url: Url,
    /// Where it failed.
    pub stage: Stage,
    /// Why.
    pub reason: Reason,
    /// What happened, for a reader.
    pub detail: String,
    /// When.
    pub at: Timestamp,
    /// Title as a list shows it; null if none does.
    #[serde(default)]
    pub title: Option<String>,
    /// Day that a list shows.
    #[serde(default)]
    pub listed: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_also_when_summed() {
        let mut sum = Counts { seen: 3, new: 1, failed: 2, ..Counts::default() };
        assert!(sum.add_up());
        sum += Counts { seen: 4, changed: 1, unchanged: 2, skipped: 1, ..Counts::default() };
        assert!(sum.add_up());
        assert_eq!(sum.seen, 7);
        sum.new += 1;
        assert!(!sum.add_up());
    }
}
