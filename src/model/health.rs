//! What the history of a source says of it: since when it fails, and what is usual.

use jiff::Timestamp;

use super::SourceReport;

/// Fewer items than this are too few to say that some are missing.
const FEW: u32 = 4;

/// How a source has been, by its runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// When the first of the failed runs began that nothing good came between; `None` if the last one was good.
    pub failing_since: Option<Timestamp>,
    /// How many these are.
    pub failures: u32,
    /// When the last good run began.
    pub last_success: Option<Timestamp>,
}

impl Health {
    /// Sums up the runs of a source, newest first, of which `is_good` tells the good ones.
    pub fn of(history: &[(Timestamp, SourceReport)], is_good: impl Fn(&SourceReport) -> bool) -> Self {
        let mut health = Self::default();
        for (at, report) in history {
            if is_good(report) {
                health.last_success = Some(*at);
                break;
            }
            health.failing_since = Some(*at);
            health.failures += 1;
        }
        health
    }
}

/// How many items the first list page of a source names as a rule: the number in the middle.
pub fn usual_items<'a>(history: impl Iterator<Item = &'a SourceReport>) -> Option<u32> {
    let mut items: Vec<u32> = history.filter_map(|report| report.first_page).collect();
    items.sort_unstable();
    items.get(items.len() / 2).copied()
}

/// Whether a list page has lost more than half of the items that it names as a rule.
pub fn shrank(items: u32, usual: u32) -> bool {
    usual >= FEW && items < usual.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceStatus;

    fn report(items: Option<u32>, status: SourceStatus) -> SourceReport {
        SourceReport { first_page: items, status, ..SourceReport::new("yunxi".parse().unwrap()) }
    }

    #[test]
    fn what_is_usual_is_the_number_in_the_middle() {
        for (items, expect) in [
            (&[][..], None),
            (&[Some(15), Some(0), Some(15)], Some(15)),
            (&[Some(3), Some(20), Some(4), Some(20)], Some(20)),
            (&[None, Some(7), None], Some(7)),
        ] {
            let history: Vec<_> = items.iter().map(|items| report(*items, SourceStatus::Complete)).collect();
            assert_eq!(usual_items(history.iter()), expect);
        }
    }

    #[test]
    fn a_list_that_lost_more_than_half_shrank_unless_it_was_short() {
        for (items, usual, shrunk) in [
            (15, 15, false),
            (8, 15, false),
            (7, 15, true),
            (1, 15, true),
            (1, 4, true),
            (2, 4, false),
            (1, 3, false),
            (0, 0, false),
        ] {
            assert_eq!(shrank(items, usual), shrunk, "{items} of {usual}");
        }
    }

    #[test]
    fn health_counts_back_to_the_last_good_run() {
        let day = |n: i8| format!("2026-03-{n:02}T02:30:00Z").parse::<Timestamp>().unwrap();
        let run = |n: i8, status| (day(n), report(None, status));
        let history = [
            run(4, SourceStatus::Blocked),
            run(3, SourceStatus::Unreachable),
            run(2, SourceStatus::Complete),
            run(1, SourceStatus::Blocked),
        ];
        let is_good = |report: &SourceReport| report.status == SourceStatus::Complete;
        let sick = Health { failing_since: Some(day(3)), failures: 2, last_success: Some(day(2)) };
        assert_eq!(Health::of(&history, is_good), sick);
        assert_eq!(Health::of(&history[2..], is_good), Health { last_success: Some(day(2)), ..Health::default() });
        let never = Health { failing_since: Some(day(1)), failures: 1, last_success: None };
        assert_eq!(Health::of(&history[3..], is_good), never);
    }
}
