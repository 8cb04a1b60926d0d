//! How a column ended, and what is known of it from now on: decisions on figures.

use jiff::Timestamp;

use super::lists::{End, Lists};
use super::outcome::{Outcome, is_answer};
use super::plan::Plan;
use crate::model::{Covered, GoesOn, Layout, Reason, SourceStatus};

/// What is known of a column from earlier runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Past {
    /// Its pages were seen before.
    pub(super) had_pages: bool,
    /// Which part of the list was known without a gap.
    pub(super) covered: Option<Covered>,
    /// What its list was built like.
    pub(super) layout: Option<Layout>,
}

impl Past {
    /// Whether the list is built like another one than before.
    fn differs(&self, lists: &Lists) -> bool {
        let before = self.layout.as_ref().map(|layout| &layout.fingerprint);
        before.zip(lists.layout.as_ref()).is_some_and(|(before, now)| before != now)
    }
}

/// How a column ended, and why.
pub(super) fn status(
    lists: &Lists,
    outcome: &Outcome,
    past: &Past,
    min_items: usize,
) -> (SourceStatus, Option<String>) {
    match lists_status(lists, min_items) {
        (SourceStatus::Empty, Some(detail)) if past.had_pages && past.differs(lists) => {
            (SourceStatus::Changed, Some(format!("the portal has changed its layout, and {detail}")))
        }
        (SourceStatus::Complete, _) if outcome.walled => {
            (SourceStatus::Blocked, Some("a bot wall answered instead of pages; the rest was not asked for".to_owned()))
        }
        (SourceStatus::Complete, _) if outcome.stopped => {
            (SourceStatus::Partial, Some("the run was stopped".to_owned()))
        }
        (SourceStatus::Complete, _) if outcome.over_budget.is_some() => {
            let why = outcome.over_budget.as_deref().unwrap_or_default();
            (SourceStatus::Partial, Some(format!("the budget is used up, the rest is for the next run: {why}")))
        }
        (SourceStatus::Complete, _) if missing(outcome) > 0 || outcome.waiting.pages > 0 => {
            (SourceStatus::Partial, Some(in_vain(outcome)))
        }
        (SourceStatus::Complete, None) => (SourceStatus::Complete, left_out(outcome)),
        other => other,
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
        ("gone since the list was made", of(Reason::Gone)),
        ("larger than allowed", of(Reason::TooLarge)),
        ("not asked for, because robots.txt does not allow it", of(Reason::Robots)),
        ("not asked for, because the list leads to another site", of(Reason::OtherHost)),
    ];
    let notes = notes.into_iter().filter(|(_, count)| *count > 0);
    let notes: Vec<String> = notes.map(|(what, count)| format!("{what}: {}", pages(count))).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// Failures that may pass.
fn missing(outcome: &Outcome) -> u64 {
    outcome.failed.iter().filter(|page| !is_answer(page.reason)).count() as u64
}

fn lists_status(lists: &Lists, min_items: usize) -> (SourceStatus, Option<String>) {
    if lists.ends.is_empty() {
        // No list was asked for: only pages that had failed.
        return (SourceStatus::Complete, None);
    }
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
            End::Unfollowed(how) => {
                let why = match how {
                    GoesOn::LoadMore => "by a button that loads more",
                    GoesOn::ScriptSteps | GoesOn::DrawnPager => "over pages that a script leads to",
                };
                return said(SourceStatus::Partial, format!("the list goes on {why}, and scripts are not run"));
            }
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
    if lists.wanted == 0 {
        return said(SourceStatus::Empty, "the list names nothing that the source selects".to_owned());
    }
    (SourceStatus::Complete, None)
}

/// Whether more is missing than pages that were asked for in vain for the first time.
pub(super) fn is_short(lists: &Lists, outcome: &Outcome, min_items: usize) -> bool {
    let owed_before = outcome.still_missing + outcome.waiting.pages > 0;
    let unread = lists_status(lists, min_items).0 != SourceStatus::Complete;
    outcome.walled || outcome.over_budget.is_some() || owed_before || unread
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

/// Whether this is worse than a page that failed: a source that had pages has none now, or a total was not reached.
pub(super) fn alarm(status: SourceStatus, lists: &Lists, past: &Past) -> bool {
    let yields_none = matches!(status, SourceStatus::Empty | SourceStatus::Changed) && lists.wanted == 0;
    (yields_none && past.had_pages) || (status == SourceStatus::Partial && short_of_total(lists).is_some())
}

/// What the list is built like, and since when; a run that found no list leaves what was known.
pub(super) fn layout(lists: &Lists, past: &Past, now: Timestamp) -> Option<Layout> {
    let before = past.layout.clone();
    let Some(fingerprint) = lists.layout.clone() else { return before };
    match before {
        Some(before) if before.fingerprint == fingerprint => Some(before),
        before => Some(Layout { fingerprint, since: now, changed: before.is_some() }),
    }
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

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
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
        FailedPage { source, url: address(), stage: Stage::Fetch, reason, detail, at }
    }

    fn outcome(reasons: &[Reason]) -> Outcome {
        let failed: Vec<_> = reasons.iter().map(|&reason| failed(reason)).collect();
        let skipped = reasons.iter().filter(|reason| **reason == Reason::Robots).count() as u64;
        let all = failed.len() as u64;
        let counts = Counts { seen: 9, new: 9 - all, skipped, failed: all - skipped, ..Counts::default() };
        Outcome { counts, failed, ..Outcome::default() }
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
            (Lists { first_page: Some(2), ..lists(End::Last) }, outcome(&[]), SourceStatus::Changed),
            (Lists { wanted: 0, ..lists(End::Last) }, outcome(&[]), SourceStatus::Empty),
            (Lists { declared: Some(31), ..lists(End::Last) }, outcome(&[]), SourceStatus::Partial),
            (Lists { declared: Some(31), ..lists(End::Known) }, outcome(&[]), SourceStatus::Complete),
            (Lists { declared_pages: Some(3), ..lists(End::Last) }, outcome(&[]), SourceStatus::Partial),
            (Lists { declared_pages: Some(2), ..lists(End::Last) }, outcome(&[]), SourceStatus::Complete),
        ];
        for (lists, outcome, want) in cases {
            let (status, detail) = status(&lists, &outcome, &Past::default(), 3);
            assert_eq!(status, want, "{:?} {outcome:?}", lists.ends);
            assert!(status == SourceStatus::Complete || detail.is_some(), "{status:?} without a reason");
        }
    }

    #[test]
    fn what_is_known_without_a_gap_is_claimed_only_when_it_is() {
        let since = |text: &str| Covered { since: text.parse().ok(), rules: "r".to_owned() };
        let plan =
            |since: &str, until: &str| Plan { since: since.parse().ok(), until: until.parse().ok(), ..Plan::default() };
        let after = |end: End, plan: &Plan, before: Option<Covered>| {
            covered(&lists(end), plan, &Past { had_pages: true, covered: before, layout: None }, "r".to_owned())
        };
        let all = plan("", "");
        assert_eq!(after(End::Last, &all, None), Some(since("")));
        assert_eq!(after(End::Known, &all, Some(since("2015-01-01"))), Some(since("2015-01-01")));
        assert_eq!(after(End::Known, &plan("2020-01-01", ""), None), Some(since("2020-01-01")));
        assert_eq!(after(End::Last, &plan("", "2020-12-31"), None), None, "what came after is not known");
        for end in [End::Limit, End::TooMany, End::Stopped, End::Bare(address()), End::Loop(address())] {
            assert_eq!(after(end, &all, Some(since(""))), None);
        }
        let unread = Lists { pages: 0, ..lists(End::Stopped) };
        let past = Past { had_pages: true, covered: Some(since("")), layout: None };
        assert_eq!(covered(&unread, &all, &past, "r".to_owned()), Some(since("")), "no gap where nothing was read");
        assert_eq!(covered(&unread, &all, &past, "other".to_owned()), None, "other rules, other pages");
    }

    #[test]
    fn a_run_may_lean_on_an_earlier_one_that_reaches_as_far_back() {
        let day = |text: &str| text.parse::<Date>().ok();
        for (known, asked, rules, want) in [
            ("", "", "r", true),
            ("", "2020-01-01", "r", true),
            ("2015-01-01", "2020-01-01", "r", true),
            ("2020-01-01", "2015-01-01", "r", false),
            ("2020-01-01", "", "r", false),
            ("", "", "other", false),
        ] {
            let covered = Some(Covered { since: day(known), rules: "r".to_owned() });
            let plan = Plan { since: day(asked), ..Plan::default() };
            assert_eq!(
                is_covered(&plan, &Past { had_pages: true, covered, layout: None }, rules),
                want,
                "{known} {asked} {rules}"
            );
        }
        assert!(!is_covered(&Plan::default(), &Past::default(), "r"));
    }
}
