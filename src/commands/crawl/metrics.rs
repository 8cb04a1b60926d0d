//! `--metrics FILE`: the run in the text format of Prometheus, for the textfile collector of its node exporter.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jiff::tz::Offset;

use crate::model::{Counts, RunReport, SourceReport, SourceStatus};
use crate::write::WriteError;
use crate::write::atomic::replace;

/// Every status, so that a series does not end when no source has it.
const STATUSES: [SourceStatus; 6] = [
    SourceStatus::Complete,
    SourceStatus::Partial,
    SourceStatus::Blocked,
    SourceStatus::Unreachable,
    SourceStatus::Empty,
    SourceStatus::Changed,
];

/// Replaces the file as a whole.
pub(super) fn write(path: &Path, report: &RunReport) -> Result<(), WriteError> {
    replace(path, text(report).as_bytes()).map(|_| ())
}

fn text(report: &RunReport) -> String {
    let mut page = Page::default();
    let verb = [("verb", report.verb.as_str())];
    page.gauge("gongwen_run_exit_code", "How the last run ended.", [(&verb[..], i64::from(report.exit))]);
    let (begun, ended) = (report.started_at.as_second(), report.finished_at.as_second());
    page.gauge("gongwen_run_started_timestamp_seconds", "When it began.", [(&verb[..], begun)]);
    page.gauge("gongwen_run_finished_timestamp_seconds", "When it ended.", [(&verb[..], ended)]);
    if let Some(crawl) = &report.crawl {
        page.gauge("gongwen_pages", "Pages of the last run, by what became of them.", results(crawl.counts));
        let mut counts: BTreeMap<SourceStatus, i64> = STATUSES.map(|status| (status, 0)).into();
        crawl.sources.iter().for_each(|source| *counts.entry(source.status).or_default() += 1);
        let counts = counts.iter().map(|(status, count)| ([("status", status.as_str())], *count));
        page.gauge("gongwen_sources", "Sources of the last run, by how they ended.", counts);
        let of = |value: fn(&SourceReport) -> Option<i64>| {
            let sources = crawl.sources.iter();
            sources.filter_map(move |source| Some(([("source", source.source.as_str())], value(source)?)))
        };
        let healthy = of(|source| Some(i64::from(source.status == SourceStatus::Complete && !source.alarm)));
        page.gauge("gongwen_source_healthy", "1 if the source ended well.", healthy);
        let new = of(|source| i64::try_from(source.counts.new).ok());
        page.gauge("gongwen_source_new_pages", "Pages fetched for the first time.", new);
        let failed = of(|source| i64::try_from(source.counts.failed).ok());
        page.gauge("gongwen_source_failed_pages", "Pages asked for in vain.", failed);
        let newest = of(|source| {
            let midnight = source.newest?.at(0, 0, 0, 0);
            Offset::constant(8).to_timestamp(midnight).ok().map(jiff::Timestamp::as_second)
        });
        page.gauge("gongwen_source_newest_timestamp_seconds", "The newest day that its list shows.", newest);
    }
    if let Some(build) = &report.build {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        page.gauge("gongwen_documents", "Documents in the records.", [(&verb[..0], count(build.documents))]);
        page.gauge("gongwen_sections", "Sections in the records.", [(&verb[..0], count(build.sections))]);
    }
    page.0
}

fn results(counts: Counts) -> impl Iterator<Item = ([(&'static str, &'static str); 1], i64)> {
    let Counts { seen: _, new, changed, unchanged, skipped, failed } = counts;
    let results =
        [("new", new), ("changed", changed), ("unchanged", unchanged), ("skipped", skipped), ("failed", failed)];
    results.into_iter().map(|(result, count)| ([("result", result)], i64::try_from(count).unwrap_or(i64::MAX)))
}

#[derive(Default)]
struct Page(String);

impl Page {
    /// A metric with its values by labels; ids and words of ours need no escapes.
    fn gauge<'a, L: AsRef<[(&'a str, &'a str)]>>(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = (L, i64)>,
    ) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (labels, value) in values {
            let labels: Vec<String> = labels.as_ref().iter().map(|(key, value)| format!("{key}=\"{value}\"")).collect();
            let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
            let _ = writeln!(self.0, "{name}{labels} {value}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CrawlReport, RUN_SCHEMA};

    #[test]
    fn a_run_is_told_in_gauges() {
        let source = SourceReport {
            status: SourceStatus::Blocked,
            newest: "2026-02-28".parse().ok(),
            ..SourceReport::new("yunxi".parse().unwrap())
        };
        let counts = Counts { seen: 3, new: 2, failed: 1, ..Counts::default() };
        let report = RunReport {
            schema: RUN_SCHEMA.to_owned(),
            id: "20260301T021500Z".to_owned(),
            verb: "run".to_owned(),
            started_at: "2026-03-01T02:15:00Z".parse().unwrap(),
            finished_at: "2026-03-01T02:16:00Z".parse().unwrap(),
            exit: 3,
            crawl: Some(CrawlReport { counts, sources: vec![source], ..CrawlReport::default() }),
            build: None,
            error: None,
            problems: Vec::new(),
        };
        let text = text(&report);
        for line in [
            "gongwen_run_exit_code{verb=\"run\"} 3",
            "gongwen_run_finished_timestamp_seconds{verb=\"run\"} 1772331360",
            "gongwen_pages{result=\"new\"} 2",
            "gongwen_sources{status=\"blocked\"} 1",
            "gongwen_sources{status=\"complete\"} 0",
            "gongwen_source_healthy{source=\"yunxi\"} 0",
            "gongwen_source_newest_timestamp_seconds{source=\"yunxi\"} 1772208000",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
        let helps = text.lines().filter(|line| line.starts_with("# HELP")).count();
        assert_eq!(helps, text.lines().filter(|line| line.starts_with("# TYPE")).count());
    }
}
