//! What is wanted and what is due: decisions without any network.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::archive::{UrlState, UrlStatus};
use crate::config::{Select, Source};
use crate::model::{Reason, Target, digest};

/// A page that failed in so many runs, one after another, is not asked for in every run any more.
const PATIENCE: u32 = 5;

/// The longest wait, in days, for a page that failed again and again. It is asked for ever, unless its list drops it.
const MAX_WAIT: i64 = 32;

/// What a run is to fetch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// The time at which the run begins.
    pub(crate) now: Timestamp,
    /// Only pages from this day on.
    pub(crate) since: Option<Date>,
    /// Only pages up to this day.
    pub(crate) until: Option<Date>,
    /// At most so many pages a source.
    pub(crate) limit: Option<usize>,
    /// Read every list page and ask again for known pages.
    pub(crate) full: bool,
    /// Ask again for pages that were asked for at this time or before.
    pub(crate) recheck: Option<Timestamp>,
    /// Fetch list pages only, and write nothing.
    pub(crate) dry_run: bool,
}

/// What is to be done about a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Fetch it: it is not in the archive.
    Fetch,
    /// Fetch it: it is not in the archive, and failed in so many runs one after another.
    Again(u32),
    /// Ask whether it has changed.
    Check,
    /// Ask whether it is back: it was withdrawn, and the archive has it.
    Back,
    /// It is known, as it was.
    Known,
    /// It is not in the archive and failed too often to be asked for in this run.
    Wait,
    /// Leave it out: outside of the span of time.
    Skip,
}

impl Due {
    /// Whether the portal is asked for the page.
    pub(crate) fn is_asked(self) -> bool {
        matches!(self, Self::Fetch | Self::Again(_) | Self::Check | Self::Back)
    }

    /// Whether the archive has the page that the portal is asked for.
    pub(super) fn is_of_a_page_we_have(self) -> bool {
        matches!(self, Self::Check | Self::Back)
    }

    /// Whether an earlier run has asked for the page, so that it is no news of a list.
    pub(super) fn is_of_a_known_page(self) -> bool {
        matches!(self, Self::Again(_) | Self::Check | Self::Back | Self::Known | Self::Wait)
    }
}

/// Pages that failed and are asked for again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// How many.
    pub(super) pages: u64,
    /// When the first of them is due; `None` = with the next run.
    pub(super) until: Option<Timestamp>,
}

impl Waiting {
    /// A page that is due at this time.
    pub(super) fn of(until: Option<Timestamp>) -> Self {
        Self { pages: 1, until }
    }

    /// These and those.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        let until = match (self.pages, other.pages) {
            (0, _) => other.until,
            (_, 0) => self.until,
            // No time at all comes before every time.
            _ => self.until.min(other.until),
        };
        Self { pages: self.pages + other.pages, until }
    }
}

/// When a page is due that failed in so many runs one after another, the last time at `at`: with the next run at first,
/// then after 1, 2, 4 … days.
pub(super) fn next_try_after(at: Timestamp, attempts: u32) -> Option<Timestamp> {
    let doublings = attempts.checked_sub(PATIENCE)?;
    let days = 1_i64.checked_shl(doublings).unwrap_or(MAX_WAIT).clamp(1, MAX_WAIT);
    // A run that begins a little earlier in the night than the last one is a day later all the same.
    at.checked_add(SignedDuration::from_hours(24 * days - 12)).ok()
}

/// When a page of which this is known is due; `None` = with the next run.
pub(super) fn next_try(known: &UrlState) -> Option<Timestamp> {
    // What is not there is most likely gone for good, and what is too large stays so: patience is used up at once.
    let used = if known.state == UrlStatus::Gone || is_too_large(known) { PATIENCE - 1 } else { 0 };
    next_try_after(known.checked_at?, known.attempts.saturating_add(used))
}

/// Whether the portal's answer was larger than allowed.
fn is_too_large(known: &UrlState) -> bool {
    known.reject.is_some_and(|reject| reject.reason == Reason::TooLarge)
}

impl Plan {
    /// Whether a day lies in the span of time; a page whose day is not known may, so it does.
    pub(super) fn covers(&self, date: Option<Date>) -> bool {
        date.is_none_or(|date| {
            self.since.is_none_or(|first| first <= date) && self.until.is_none_or(|last| date <= last)
        })
    }

    /// Whether a day lies before the span of time.
    pub(super) fn is_past(&self, date: Option<Date>) -> bool {
        date.zip(self.since).is_some_and(|(date, first)| date < first)
    }

    /// What is to be done about a page of which this is known.
    pub(super) fn due(&self, target: &Target, known: Option<&UrlState>) -> Due {
        if !self.covers(target.date) {
            return Due::Skip;
        }
        let Some(known) = known else { return Due::Fetch };
        let again = self.full || self.is_stale(known);
        match (known.state, known.sha256.is_some()) {
            (UrlStatus::Done, true) => {
                if again {
                    Due::Check
                } else {
                    Due::Known
                }
            }
            (UrlStatus::Gone, true) => {
                if again {
                    Due::Back
                } else {
                    Due::Known
                }
            }
            (UrlStatus::Failed, true) | (UrlStatus::Gone, false) if !again && self.waits_for(known) => Due::Known,
            (UrlStatus::Failed, false) if !again && is_too_large(known) && self.waits_for(known) => Due::Known,
            (UrlStatus::Failed, true) => Due::Check,
            (UrlStatus::Failed, false) if !again && self.waits_for(known) => Due::Wait,
            (UrlStatus::Failed | UrlStatus::Gone, false) => Due::Again(known.attempts),
            _ => Due::Fetch,
        }
    }

    /// Whether a page failed so often that it is not due yet. One that was asked for at a time that is still to come was
    /// asked for when the clock was wrong.
    fn waits_for(&self, known: &UrlState) -> bool {
        let asked_before = known.checked_at.is_some_and(|at| at <= self.now);
        asked_before && next_try(known).is_some_and(|due| self.now < due)
    }

    /// Whether pages that are done are looked at as well.
    pub(super) fn looks_at_all(&self) -> bool {
        self.full || self.recheck.is_some()
    }

    fn is_stale(&self, known: &UrlState) -> bool {
        self.recheck.is_some_and(|before| known.checked_at.is_none_or(|checked| checked <= before))
    }
}

/// A page that the rules of the source want.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// What the list says of it.
    pub(crate) target: Target,
    /// What is to be done about it.
    pub(crate) due: Due,
}

/// The items of the list pages by page key, and what is to be done about each that is wanted.
pub(super) type Listed = BTreeMap<KeyHash, Option<Due>>;

/// Whether the rules of a source want this item of its list.
pub(super) fn wanted(target: &Target, select: &Select) -> bool {
    has_title(target, select) && has_address(target, select)
}

/// Whether its title is as the source wants it.
pub(super) fn has_title(target: &Target, select: &Select) -> bool {
    select.title_matches.as_ref().is_none_or(|rule| rule.is_match(&target.title))
}

/// Whether its address is as the source wants it.
pub(super) fn has_address(target: &Target, select: &Select) -> bool {
    select.article_url.as_ref().is_none_or(|rule| rule.is_match(&path_and_query(&target.url)))
}

fn path_and_query(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// Names what decides which pages a source has: when it changes, an earlier run says nothing about this one.
pub(super) fn fingerprint(source: &Source) -> String {
    let starts = source.start.iter().map(Url::as_str);
    let rules = [&source.select.title_matches, &source.select.article_url];
    let rules = rules.into_iter().map(|rule| rule.as_ref().map_or("", |rule| rule.as_str()));
    let all = starts.chain(rules).collect::<Vec<_>>().join("\n");
    digest::sha256_hex(all.as_bytes()).chars().take(12).collect()
}

/// A page key in eight bytes, for sets that grow with the portal.
pub(super) type KeyHash = u64;

/// The hash of a page key; two of a million keys are the same with a chance of 1 in 37 million.
pub(super) fn key_hash(key: &str) -> KeyHash {
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(key, &mut hasher);
    std::hash::Hasher::finish(&hasher)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::{ArticleRules, Budget, Expect, Polite, Schedule, Tls};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn target(date: Option<Date>) -> Target {
        let url = "http://www.example.gov.cn/c1/20230228/i1.html?x=1".parse().unwrap();
        Target { url, title: "云溪县法治政府建设工作报告".to_owned(), date }
    }

    pub(in super::super) fn known(state: UrlStatus, archived: bool, attempts: u32) -> UrlState {
        let sha256 = archived.then(|| "00".to_owned());
        let (checked_at, status, etag, last_modified, reject, detail) = (None, None, None, None, None, None);
        UrlState { state, attempts, checked_at, status, etag, last_modified, sha256, reject, detail }
    }

    pub(in super::super) fn source(start: &str) -> Source {
        Source {
            id: "yunxi".parse().unwrap(),
            name: "云溪县".to_owned(),
            region: None,
            start: vec![start.parse().unwrap()],
            select: Select::default(),
            article: ArticleRules::default(),
            polite: Polite::default(),
            expect: Expect::default(),
            tls: Tls::default(),
            budget: Budget::default(),
            attachments: true,
            schedule: Schedule::default(),
        }
    }

    #[test]
    fn what_is_due_is_a_table() {
        let now: Timestamp = "2026-03-31T00:00:00Z".parse().unwrap();
        let cases = [
            (None, Due::Fetch, Due::Fetch),
            (Some((UrlStatus::Pending, false, 0)), Due::Fetch, Due::Fetch),
            (Some((UrlStatus::Done, true, 0)), Due::Known, Due::Check),
            (Some((UrlStatus::Failed, true, 1)), Due::Check, Due::Check),
            (Some((UrlStatus::Failed, true, 5)), Due::Known, Due::Check),
            (Some((UrlStatus::Failed, false, 1)), Due::Again(1), Due::Again(1)),
            (Some((UrlStatus::Failed, false, 5)), Due::Wait, Due::Again(5)),
            (Some((UrlStatus::Gone, false, 1)), Due::Known, Due::Again(1)),
            (Some((UrlStatus::Gone, true, 1)), Due::Known, Due::Back),
        ];
        for (state, usual, full) in cases {
            let state = state.map(|(state, archived, attempts)| known(state, archived, attempts));
            let state = state.map(|state| UrlState { checked_at: Some(now), ..state });
            let due = |full| Plan { now, full, ..Plan::default() }.due(&target(None), state.as_ref());
            assert_eq!((due(false), due(true)), (usual, full), "{state:?}");
        }
    }

    #[test]
    fn a_page_that_failed_often_is_waited_for_longer_and_longer_but_not_for_ever() {
        let at: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let hours = |state: UrlStatus, attempts: u32| {
            let known = UrlState { checked_at: Some(at), ..known(state, false, attempts) };
            next_try(&known).map(|due| due.duration_since(at).as_hours())
        };
        let waits = [0, 4, 5, 6, 7, 9, 10, 11, 90, u32::MAX].map(|attempts| hours(UrlStatus::Failed, attempts));
        let days = |days: i64| Some(24 * days - 12);
        assert_eq!(waits, [None, None, days(1), days(2), days(4), days(16), days(32), days(32), days(32), days(32)]);
        assert_eq!([1, 2, 99].map(|attempts| hours(UrlStatus::Gone, attempts)), [days(1), days(2), days(32)]);

        let known = UrlState { checked_at: Some(at), ..known(UrlStatus::Failed, false, 6) };
        let due = |plan: Plan| plan.due(&target(None), Some(&known));
        let later = |hours: i64| at + SignedDuration::from_hours(hours);
        assert_eq!(due(Plan { now: later(35), ..Plan::default() }), Due::Wait);
        assert_eq!(due(Plan { now: later(36), ..Plan::default() }), Due::Again(6));
        assert_eq!(due(Plan { now: later(35), recheck: Some(at), ..Plan::default() }), Due::Again(6), "long enough");
        assert_eq!(due(Plan { now: later(-1), ..Plan::default() }), Due::Again(6), "the clock was wrong then");
    }

    #[test]
    fn pages_that_wait_are_due_when_the_first_of_them_is() {
        let at = |text: &str| text.parse::<Timestamp>().ok();
        let sum = |times: &[&str]| {
            times.iter().map(|time| Waiting::of(at(time))).fold(Waiting::default(), Waiting::and).until
        };
        assert_eq!(sum(&["2026-03-03T00:00:00Z", "2026-03-02T00:00:00Z"]), at("2026-03-02T00:00:00Z"));
        assert_eq!(sum(&["2026-03-03T00:00:00Z", "", "2026-03-02T00:00:00Z"]), None, "one is due with the next run");
        assert_eq!(Waiting::default().and(Waiting::of(None)).pages, 1);
    }

    #[test]
    fn a_page_is_asked_for_again_when_it_was_asked_for_long_ago() {
        let at = |text: &str| text.parse::<Timestamp>().ok();
        let plan = Plan { recheck: at("2025-12-31T00:00:00Z"), ..Plan::default() };
        for (checked_at, due) in [
            (at("2025-12-30T00:00:00Z"), Due::Check),
            (at("2025-12-31T00:00:00Z"), Due::Check),
            (at("2026-03-01T00:00:00Z"), Due::Known),
            (None, Due::Check),
        ] {
            let state = UrlState { checked_at, ..known(UrlStatus::Done, true, 0) };
            assert_eq!(plan.due(&target(None), Some(&state)), due, "{checked_at:?}");
            assert_eq!(Plan::default().due(&target(None), Some(&state)), Due::Known);
        }
    }

    #[test]
    fn the_span_of_time_lets_pages_without_a_day_through() {
        let plan = Plan { since: Some(day("2020-01-01")), until: Some(day("2020-12-31")), ..Plan::default() };
        let cases = [("", true), ("2019-12-31", false), ("2020-01-01", true), ("2021-01-01", false)];
        for (date, inside) in cases {
            assert_eq!(plan.covers(date.parse().ok()), inside, "{date:?}");
        }
        assert!(plan.is_past(Some(day("2019-12-31"))));
        assert!(!plan.is_past(Some(day("2021-01-01"))));
        assert!(!plan.is_past(None));
        assert_eq!(plan.due(&target(Some(day("2019-12-31"))), None), Due::Skip);
    }

    #[test]
    fn a_source_selects_by_title_and_by_path_with_query() {
        let rule = |text: &str| Some(regex::Regex::new(text).unwrap());
        let cases = [
            (None, None, true),
            (rule("法治政府建设.*报告"), None, true),
            (rule("财政"), None, false),
            (None, rule(r"^/c1/\d{8}/i\d+\.html\?x=1$"), true),
            (rule("法治"), rule("^/c2/"), false),
        ];
        for (title_matches, article_url, want) in cases {
            let select = Select { title_matches, article_url, ..Select::default() };
            assert_eq!(wanted(&target(None), &select), want, "{select:?}");
        }
    }

    #[test]
    fn the_fingerprint_follows_the_rules() {
        let plain = source("http://www.example.gov.cn/a/");
        let mut narrow = plain.clone();
        narrow.select.title_matches = Some(regex::Regex::new("报告").unwrap());
        assert_eq!(fingerprint(&plain), fingerprint(&plain.clone()));
        assert_ne!(fingerprint(&plain), fingerprint(&narrow));
        assert_ne!(fingerprint(&plain), fingerprint(&source("http://www.example.gov.cn/b/")));
    }
}
