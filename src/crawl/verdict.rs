//! How a column ended: decisions on figures.

use super::lists::{End, Lists};
use super::outcome::{Outcome, is_answer};
use super::past::Past;
use crate::config::Source;
use crate::model::{GoesOn, Reason, SourceStatus};

/// So many pages that are withdrawn at once are worth an alarm, if they are more than one of [`ONE_OF`] that were asked
/// for: single documents come and go, but a portal that is moved or cleared takes them by the dozen.
const MANY: u64 = 3;
const ONE_OF: u64 = 5;

/// A list of so many items without a single day has lost its days, if it had them.
const SOME: usize = 3;

/// Everything by which a column is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) source: &'a Source,
    pub(super) lists: &'a Lists,
    pub(super) outcome: &'a Outcome,
    pub(super) past: &'a Past,
    /// More than this share of lost pages is too much.
    pub(super) max_failed: f64,
}

type Judged = (SourceStatus, Option<String>);

fn said(status: SourceStatus, detail: String) -> Judged {
    (status, Some(detail))
}

impl Judge<'_> {
    /// How the column ended, and why.
    pub(super) fn status(&self) -> Judged {
        let Self { lists, outcome, past, .. } = self;
        match self.of_lists() {
            (SourceStatus::Empty, Some(detail)) if past.had_pages && past.differs(lists) => {
                said(SourceStatus::Changed, format!("the portal has changed its layout, and {detail}"))
            }
            (SourceStatus::Complete, _) if outcome.walled => said(
                SourceStatus::Blocked,
                "a bot wall answered instead of pages; the rest was not asked for".to_owned(),
            ),
            (SourceStatus::Complete, _) if outcome.stopped => {
                said(SourceStatus::Partial, "the run was stopped".to_owned())
            }
            (SourceStatus::Complete, _) if outcome.over_budget.is_some() => {
                let why = outcome.over_budget.as_deref().unwrap_or_default();
                said(SourceStatus::Partial, format!("the budget is used up, the rest is for the next run: {why}"))
            }
            (SourceStatus::Complete, _) if self.withdraws_many() => {
                let (gone, checked) = (outcome.gone, outcome.checked);
                let detail = format!("the portal has withdrawn {gone} of {checked} known pages that it was asked for");
                said(SourceStatus::Changed, detail)
            }
            (SourceStatus::Complete, _) if missing(outcome) > 0 || outcome.waiting.pages > 0 => {
                said(SourceStatus::Partial, in_vain(outcome))
            }
            (SourceStatus::Complete, None) if outcome.counts.lost_more_than(self.max_failed) => {
                (SourceStatus::Partial, left_out(outcome))
            }
            (SourceStatus::Complete, None) => (SourceStatus::Complete, left_out(outcome)),
            other => other,
        }
    }

    /// Whether more is missing than pages that were asked for in vain for the first time.
    pub(super) fn is_short(&self) -> bool {
        let outcome = self.outcome;
        let owed_before = outcome.still_missing + outcome.waiting.pages > 0;
        let unread = self.of_lists().0 != SourceStatus::Complete;
        outcome.walled || outcome.over_budget.is_some() || owed_before || unread
    }

    /// Whether this is worse than a page that failed: a source that had pages has none now or far fewer, a total was not
    /// reached, or many pages were withdrawn at once.
    pub(super) fn is_alarm(&self, status: SourceStatus) -> bool {
        let yields_none = matches!(status, SourceStatus::Empty | SourceStatus::Changed) && self.lists.wanted == 0;
        let shrunk = status == SourceStatus::Changed && self.past.lost(self.lists).is_some();
        let listed = !self.lists.ends.is_empty();
        (listed && (yields_none || shrunk) && self.past.had_pages)
            || (status == SourceStatus::Changed && self.withdraws_many())
            || (status == SourceStatus::Partial && short_of_total(self.lists).is_some())
    }

    fn withdraws_many(&self) -> bool {
        let Outcome { gone, checked, .. } = *self.outcome;
        gone >= MANY && gone * ONE_OF > checked
    }

    fn of_lists(&self) -> Judged {
        let lists = self.lists;
        if lists.ends.is_empty() {
            // No list was asked for: only pages that had failed.
            return (SourceStatus::Complete, None);
        }
        if let Some(judged) = failed_page(lists).or_else(|| lists.ends.iter().find_map(|end| unread(end, lists))) {
            return judged;
        }
        let first_page = lists.first_page.unwrap_or(0);
        if first_page == 0 && lists.first_page_is_bare {
            let detail = "the list page names no items and shows next to nothing: a challenge, or made by a script";
            return said(SourceStatus::Blocked, detail.to_owned());
        }
        let min_items = self.source.expect.min_items;
        if first_page < min_items {
            let detail =
                format!("the first list page names {first_page} items, {min_items} are expected (`min_items`)");
            return said(SourceStatus::Changed, detail);
        }
        if let Some(usual) = self.past.lost(lists) {
            let detail = format!("the first list page names {first_page} items, as a rule it names {usual}");
            return said(SourceStatus::Changed, detail);
        }
        if let Some(detail) = short_of_total(lists) {
            return said(SourceStatus::Partial, detail);
        }
        if lists.wanted == 0 {
            return said(SourceStatus::Empty, self.nothing_wanted());
        }
        if lists.newest.is_none() && lists.wanted >= SOME && self.past.newest.is_some() {
            let detail = "no item of the list shows a day any more, as they did before".to_owned();
            return said(SourceStatus::Changed, detail);
        }
        (SourceStatus::Complete, None)
    }

    /// Which pattern of the source matched nothing.
    fn nothing_wanted(&self) -> String {
        let (select, lists) = (&self.source.select, self.lists);
        let patterns = [
            ("title_matches", &select.title_matches, lists.titles, "titles"),
            ("article_url", &select.article_url, lists.addresses, "addresses"),
        ];
        let set: Vec<_> =
            patterns.iter().filter_map(|(key, rule, hits, of)| Some((key, rule.as_ref()?, hits, of))).collect();
        let none: Vec<String> = set
            .iter()
            .filter(|(_, _, hits, _)| **hits == 0)
            .map(|(key, rule, _, of)| format!("`{key} = '{rule}'` matches none of {} {of}", lists.named))
            .collect();
        match (none.is_empty(), set.is_empty()) {
            (false, _) => none.join(", and "),
            (true, false) => format!("`title_matches` and `article_url` never match the same of {} items", lists.named),
            (true, true) => "the list names nothing that the source selects".to_owned(),
        }
    }
}

/// What failed, and what is not asked for because it failed too often.
fn in_vain(outcome: &Outcome) -> String {
    let notes =
        [(missing(outcome), "could not be had"), (outcome.waiting.pages, "failed too often to be asked for now")];
    let notes = notes.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{} {what}", pages(*count)));
    notes.collect::<Vec<_>>().join(", ")
}

/// What the archive has not got and when that is asked for again, if some of it had failed in an earlier run.
pub(super) fn owed(outcome: &Outcome) -> Option<String> {
    if outcome.still_missing + outcome.waiting.pages == 0 {
        return None;
    }
    let owed = outcome.owed();
    let when = owed.until.map_or_else(
        || "with the next run".to_owned(),
        |until| format!("from {} on", until.strftime("%Y-%m-%d %H:%MZ")),
    );
    Some(format!("owed: {}, asked for again {when}", pages(owed.pages)))
}

fn pages(count: u64) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

/// What is not there to be had, without anything being wrong.
fn left_out(outcome: &Outcome) -> Option<String> {
    let of = |reason| outcome.failed.iter().filter(|page| page.reason == reason).count() as u64;
    let notes = [
        ("withdrawn by the portal, kept in the archive", outcome.gone),
        ("not there, though the list names them", of(Reason::Gone)),
        ("larger than allowed", of(Reason::TooLarge)),
        ("not asked for, because robots.txt does not allow it", of(Reason::Robots)),
        ("not asked for, because the list leads to another site", of(Reason::OtherHost)),
        ("not asked for, because only a script opens them", of(Reason::ScriptOnly)),
    ];
    let notes = notes.into_iter().filter(|(_, count)| *count > 0);
    let notes: Vec<String> = notes.map(|(what, count)| format!("{what}: {}", pages(count))).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// Failures that may pass.
fn missing(outcome: &Outcome) -> u64 {
    outcome.failed.iter().filter(|page| !is_answer(page.reason)).count() as u64
}

/// What a list page that could not be had means.
fn failed_page(lists: &Lists) -> Option<Judged> {
    let (url, failure) = lists.ends.iter().find_map(|end| match end {
        End::Failed(url, failure) => Some((url, failure)),
        _ => None,
    })?;
    let status = match failure.reject.reason {
        Reason::Wall => SourceStatus::Blocked,
        _ if lists.pages > 0 => SourceStatus::Partial,
        Reason::Robots => SourceStatus::Disallowed,
        Reason::Binary | Reason::Empty | Reason::ErrorPage | Reason::Gone => SourceStatus::Changed,
        _ => SourceStatus::Unreachable,
    };
    Some(said(status, format!("list page `{url}`: {}", failure.detail)))
}

/// Why a list that ended so was not read to its end, if it was not.
fn unread(end: &End, lists: &Lists) -> Option<Judged> {
    let detail = match end {
        End::Stopped => "the run was stopped".to_owned(),
        End::Loop(url) => format!("the list leads back to itself at `{url}`"),
        End::Unfollowed(how) => {
            let why = match how {
                GoesOn::LoadMore => "by a button that loads more",
                GoesOn::ScriptSteps | GoesOn::DrawnPager => "over pages that a script leads to",
            };
            format!("the list goes on {why}, and scripts are not run")
        }
        End::TooMany => format!("{} list pages were read and there are more (`max_list_pages`)", lists.pages),
        End::Bare(url) if lists.pages > 1 => format!("list page `{url}` names no items"),
        _ => return None,
    };
    Some(said(SourceStatus::Partial, detail))
}

/// What is missing against the totals that the portal declares, if the list was read to its end.
fn short_of_total(lists: &Lists) -> Option<String> {
    if lists.ends.iter().any(|end| *end != End::Last) {
        return None;
    }
    let (items, pages) = (lists.named, lists.pages - lists.repeated);
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

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::crawl::job::Failure;
    use crate::model::{Counts, FailedPage, Reject, Stage};

    fn address() -> Url {
        "http://www.example.gov.cn/fzzf/".parse().unwrap()
    }

    /// Lists with one item that is wanted, read until this end.
    fn lists(end: End) -> Lists {
        Lists { wanted: 1, first_page: Some(15), pages: 2, ends: vec![end], ..Lists::default() }
    }

    fn failed(reason: Reason) -> FailedPage {
        let (source, detail) = ("yunxi".parse().unwrap(), String::new());
        let at = "2026-03-01T00:00:00Z".parse().unwrap();
        FailedPage { source, url: address(), stage: Stage::Fetch, reason, detail, at, title: None, listed: None }
    }

    fn outcome(reasons: &[Reason]) -> Outcome {
        let failed: Vec<_> = reasons.iter().map(|&reason| failed(reason)).collect();
        let skipped = reasons.iter().filter(|reason| **reason == Reason::Robots).count() as u64;
        let all = failed.len() as u64;
        let counts = Counts { seen: 9, new: 9 - all, skipped, failed: all - skipped, ..Counts::default() };
        Outcome { counts, failed, ..Outcome::default() }
    }

    fn judged(lists: &Lists, outcome: &Outcome, past: &Past) -> Judged {
        let mut source = crate::crawl::plan::tests::source("http://www.example.gov.cn/fzzf/");
        source.expect.min_items = 3;
        Judge { source: &source, lists, outcome, past, max_failed: 0.3 }.status()
    }

    #[test]
    fn a_list_that_is_not_what_it_was_is_changed() {
        let past = Past { usual: Some(15), newest: "2026-02-28".parse().ok(), ..Past::default() };
        let list = |first_page, wanted, newest: &str| Lists {
            first_page: Some(first_page),
            wanted,
            newest: newest.parse().ok(),
            ..lists(End::Last)
        };
        for (lists, want) in [
            (list(15, 15, "2026-02-28"), None),
            (list(8, 8, "2026-02-28"), None),
            (list(7, 7, "2026-02-28"), Some("the first list page names 7 items, as a rule it names 15")),
            (list(15, 15, ""), Some("no item of the list shows a day any more, as they did before")),
            (list(15, 2, ""), None),
        ] {
            let (status, detail) = judged(&lists, &outcome(&[]), &past);
            assert_eq!((status == SourceStatus::Changed, detail.as_deref()), (want.is_some(), want));
        }
    }

    #[test]
    fn a_pattern_that_matches_nothing_is_named() {
        let mut source = crate::crawl::plan::tests::source("http://www.example.gov.cn/fzzf/");
        let pattern = |text: &str| regex::Regex::new(text).ok();
        let said = |source: &Source, titles, addresses| {
            let lists = Lists { wanted: 0, named: 15, titles, addresses, ..lists(End::Last) };
            let (outcome, past) = (outcome(&[]), Past::default());
            Judge { source, lists: &lists, outcome: &outcome, past: &past, max_failed: 0.3 }.status()
        };
        source.select.title_matches = pattern("年报");
        source.select.article_url = pattern("^/c1/");
        for (titles, addresses, want) in [
            (0, 15, "`title_matches = '年报'` matches none of 15 titles"),
            (3, 0, "`article_url = '^/c1/'` matches none of 15 addresses"),
            (3, 4, "`title_matches` and `article_url` never match the same of 15 items"),
        ] {
            assert_eq!(said(&source, titles, addresses), (SourceStatus::Empty, Some(want.to_owned())));
        }
    }

    #[test]
    fn how_a_column_ended_is_a_table() {
        let failure = |reason| {
            let reject = Reject { stage: Stage::Fetch, reason };
            End::Failed(address(), Failure { reject, detail: "why".to_owned(), attempt: true })
        };
        let cases = [
            (lists(End::Last), outcome(&[]), SourceStatus::Complete),
            (lists(End::Known), outcome(&[Reason::Gone]), SourceStatus::Complete),
            (lists(End::Last), outcome(&[Reason::Robots, Reason::Gone]), SourceStatus::Complete),
            (lists(End::Last), outcome(&[Reason::ScriptOnly]), SourceStatus::Complete),
            (lists(End::Last), outcome(&[Reason::Gone, Reason::Gone, Reason::Gone]), SourceStatus::Partial),
            (lists(End::Last), Outcome { gone: 3, checked: 15, ..outcome(&[]) }, SourceStatus::Complete),
            (lists(End::Last), Outcome { gone: 3, checked: 14, ..outcome(&[]) }, SourceStatus::Changed),
            (lists(End::Last), Outcome { gone: 2, checked: 2, ..outcome(&[]) }, SourceStatus::Complete),
            (lists(End::Limit), outcome(&[]), SourceStatus::Complete),
            (lists(End::Last), outcome(&[Reason::Timeout]), SourceStatus::Partial),
            (lists(End::Last), Outcome { walled: true, ..outcome(&[]) }, SourceStatus::Blocked),
            (lists(End::Last), Outcome { stopped: true, ..outcome(&[]) }, SourceStatus::Partial),
            (lists(End::Last), Outcome { over_budget: Some(String::new()), ..outcome(&[]) }, SourceStatus::Partial),
            (lists(End::Last), outcome(&[Reason::OtherHost]), SourceStatus::Complete),
            (lists(End::Stopped), outcome(&[]), SourceStatus::Partial),
            (lists(End::Loop(address())), outcome(&[]), SourceStatus::Partial),
            (lists(End::TooMany), outcome(&[]), SourceStatus::Partial),
            (lists(End::Unfollowed(GoesOn::LoadMore)), outcome(&[]), SourceStatus::Partial),
            (Lists { declared_pages: Some(2), repeated: 1, ..lists(End::Last) }, outcome(&[]), SourceStatus::Partial),
            (lists(End::Bare(address())), outcome(&[]), SourceStatus::Partial),
            (lists(failure(Reason::Timeout)), outcome(&[]), SourceStatus::Partial),
            (lists(failure(Reason::Wall)), outcome(&[]), SourceStatus::Blocked),
            (Lists { pages: 0, ..lists(failure(Reason::Timeout)) }, outcome(&[]), SourceStatus::Unreachable),
            (Lists { pages: 0, ..lists(failure(Reason::Gone)) }, outcome(&[]), SourceStatus::Changed),
            (Lists { pages: 0, ..lists(failure(Reason::Robots)) }, outcome(&[]), SourceStatus::Disallowed),
            (Lists { pages: 0, ..lists(failure(Reason::Truncated)) }, outcome(&[]), SourceStatus::Unreachable),
            (Lists { first_page: Some(2), ..lists(End::Last) }, outcome(&[]), SourceStatus::Changed),
            (Lists { wanted: 0, ..lists(End::Last) }, outcome(&[]), SourceStatus::Empty),
            (Lists { declared: Some(31), ..lists(End::Last) }, outcome(&[]), SourceStatus::Partial),
            (Lists { declared: Some(31), ..lists(End::Known) }, outcome(&[]), SourceStatus::Complete),
            (Lists { declared_pages: Some(3), ..lists(End::Last) }, outcome(&[]), SourceStatus::Partial),
            (Lists { declared_pages: Some(2), ..lists(End::Last) }, outcome(&[]), SourceStatus::Complete),
        ];
        for (lists, outcome, want) in cases {
            let (status, detail) = judged(&lists, &outcome, &Past::default());
            assert_eq!(status, want, "{:?} {outcome:?}", lists.ends);
            assert!(status == SourceStatus::Complete || detail.is_some(), "{status:?} without a reason");
        }
    }
}
