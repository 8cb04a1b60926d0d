//! What is known of a column from earlier runs, and what of it from this one on.

use jiff::Timestamp;
use jiff::civil::Date;

use super::lists::{End, Lists};
use super::plan::Plan;
use crate::model::{Covered, Layout, shrank};

/// What is known of a column from earlier runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Past {
    /// Its pages were seen before.
    pub(super) had_pages: bool,
    /// Which part of the list was known without a gap.
    pub(super) covered: Option<Covered>,
    /// What its list was built like.
    pub(super) layout: Option<Layout>,
    /// How many items its first list page names as a rule.
    pub(super) usual: Option<u32>,
    /// The newest day that its list showed.
    pub(super) newest: Option<Date>,
}

impl Past {
    /// Whether the list is built like another one than before.
    pub(super) fn differs(&self, lists: &Lists) -> bool {
        let before = self.layout.as_ref().map(|layout| &layout.fingerprint);
        before.zip(lists.layout.as_ref()).is_some_and(|(before, now)| before != now)
    }

    /// How many items the first list page names as a rule, if it has lost more than half of them.
    pub(super) fn lost(&self, lists: &Lists) -> Option<u32> {
        let items = u32::try_from(lists.first_page?).unwrap_or(u32::MAX);
        self.usual.filter(|usual| shrank(items, *usual))
    }
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
    use url::Url;

    use super::*;

    fn address() -> Url {
        "http://www.example.gov.cn/fzzf/".parse().unwrap()
    }

    /// Lists with one item that is wanted, read until this end.
    fn lists(end: End) -> Lists {
        Lists { wanted: 1, first_page: Some(15), pages: 2, ends: vec![end], ..Lists::default() }
    }

    #[test]
    fn what_is_known_without_a_gap_is_claimed_only_when_it_is() {
        let since = |text: &str| Covered { since: text.parse().ok(), rules: "r".to_owned() };
        let plan =
            |since: &str, until: &str| Plan { since: since.parse().ok(), until: until.parse().ok(), ..Plan::default() };
        let after = |end: End, plan: &Plan, before: Option<Covered>| {
            covered(&lists(end), plan, &Past { had_pages: true, covered: before, ..Past::default() }, "r".to_owned())
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
        let past = Past { had_pages: true, covered: Some(since("")), ..Past::default() };
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
                is_covered(&plan, &Past { had_pages: true, covered, ..Past::default() }, rules),
                want,
                "{known} {asked} {rules}"
            );
        }
        assert!(!is_covered(&Plan::default(), &Past::default(), "r"));
    }
}
