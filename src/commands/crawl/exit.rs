//! The exit code of a crawl: the worst source decides.

use crate::commands::Exit;
use crate::model::{CrawlReport, SourceReport, SourceStatus};

/// The exit code of a crawl.
pub(in crate::commands) fn exit(report: &CrawlReport, max_failed: f64) -> Exit {
    if report.interrupted {
        return Exit::Interrupted;
    }
    report.sources.iter().map(|source| of_source(source, max_failed)).max().unwrap_or(Exit::Done)
}

/// The exit code of a crawl of this source alone.
pub(in crate::commands) fn of_source(source: &SourceReport, max_failed: f64) -> Exit {
    match source.status {
        _ if source.alarm => Exit::Gate,
        SourceStatus::Blocked
        | SourceStatus::Disallowed
        | SourceStatus::Unreachable
        | SourceStatus::Empty
        | SourceStatus::Changed => Exit::Partial,
        _ if source.counts.lost_more_than(max_failed) => Exit::Partial,
        SourceStatus::Partial if source.short => Exit::Partial,
        SourceStatus::Partial | SourceStatus::Complete => Exit::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Counts, Reason};

    #[test]
    fn the_worst_source_decides_the_exit_code() {
        let source = |status, failed: u64, alarm| {
            let counts = Counts { seen: 100, unchanged: 100 - failed, failed, ..Counts::default() };
            let failures = (failed > 0).then_some((Reason::Timeout, failed)).into_iter().collect();
            SourceReport { status, alarm, counts, failures, ..SourceReport::new("yunxi".parse().unwrap()) }
        };
        let exit = |sources: Vec<SourceReport>, interrupted| {
            super::exit(&CrawlReport { sources, interrupted, ..CrawlReport::default() }, 0.05)
        };
        let good = || source(SourceStatus::Complete, 0, false);
        assert_eq!(exit(vec![], false), Exit::Done);
        assert_eq!(exit(vec![good(), source(SourceStatus::Partial, 5, false)], false), Exit::Done);
        assert_eq!(exit(vec![good(), source(SourceStatus::Partial, 6, false)], false), Exit::Partial);
        for failed in [0, 1] {
            let short = SourceReport { short: true, ..source(SourceStatus::Partial, failed, false) };
            assert_eq!(exit(vec![good(), short], false), Exit::Partial, "of its list, whatever its pages are");
        }
        for status in [SourceStatus::Blocked, SourceStatus::Unreachable, SourceStatus::Empty, SourceStatus::Changed] {
            assert_eq!(exit(vec![source(status, 0, false), good()], false), Exit::Partial);
            assert_eq!(exit(vec![source(status, 0, true), source(SourceStatus::Blocked, 0, false)], false), Exit::Gate);
        }
        assert_eq!(exit(vec![source(SourceStatus::Changed, 0, true)], true), Exit::Interrupted);
    }
}
