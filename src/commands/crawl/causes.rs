//! Sources that are not well, put together by what is wrong with them: one line a cause, however many there are.

use std::collections::BTreeMap;

use serde::Serialize;
use url::Url;

use crate::config::Source;
use crate::model::{FailedPage, Reason, SourceId, SourceReport, SourceStatus};

/// So many sources of a cause are named.
const NAMED: usize = 5;

/// Fewer sources than this are no sign that it is the network.
const MANY: usize = 3;

/// One cause, and the sources that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Cause {
    /// How these sources ended.
    pub(super) status: SourceStatus,
    /// What is wrong, as the first of them says it.
    pub(super) detail: String,
    /// The page that shows it.
    pub(super) example: Option<Example>,
    /// The sources, by id.
    pub(super) sources: Vec<SourceId>,
}

/// A page that shows what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Example {
    /// Its source.
    pub(super) source: SourceId,
    /// Its address.
    pub(super) url: Url,
    /// What came instead of it; null if the list itself is what is wrong.
    pub(super) detail: Option<String>,
}

/// The causes, those of most sources first.
pub(super) fn causes<'a>(
    reports: impl Iterator<Item = &'a SourceReport>,
    failed: &[FailedPage],
    sources: &[Source],
) -> Vec<Cause> {
    let mut found: BTreeMap<(SourceStatus, String), Cause> = BTreeMap::new();
    for report in reports {
        let detail = detail(report);
        let cause = found.entry((report.status, alike(&detail))).or_insert_with(|| Cause {
            status: report.status,
            example: example(report, failed, sources),
            detail,
            sources: Vec::new(),
        });
        cause.sources.push(report.source.clone());
    }
    let mut causes: Vec<Cause> = found.into_values().collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.sources.len()));
    causes
}

/// What is wrong with a source: its detail, how many of its pages failed and why, and what is unsafe about it.
fn detail(report: &SourceReport) -> String {
    let lost = |(reason, _): &(&Reason, &u64)| !is_left_out(**reason);
    let failures: Vec<String> =
        report.failures.iter().filter(lost).map(|(reason, count)| format!("{} {count}", reason.as_str())).collect();
    let mut parts: Vec<String> = report.detail.iter().cloned().collect();
    if !failures.is_empty() {
        parts.push(format!("failed: {}", failures.join(", ")));
    }
    if !report.weak_tls.is_empty() {
        parts.push(format!("its `[tls]` is not safe: {}", report.weak_tls.join(", ")));
    }
    parts.join("; ")
}

/// Whether a page that failed so is not there to be had, without anything being wrong.
fn is_left_out(reason: Reason) -> bool {
    matches!(reason, Reason::Gone | Reason::Robots | Reason::OtherHost)
}

/// The detail without what differs from one source to the next: addresses, names and numbers, but for the status of an
/// answer, which is what is wrong.
fn alike(detail: &str) -> String {
    let mut out = String::with_capacity(detail.len());
    let mut quoted = false;
    for c in detail.chars() {
        match c {
            '`' => quoted = !quoted,
            _ if quoted => {}
            c if c.is_ascii_digit() && is_status(&out) => out.push(c),
            c if c.is_ascii_digit() => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a number that comes next is the status of an answer, or goes on as one.
fn is_status(before: &str) -> bool {
    let words = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = words.trim_end().rsplit([' ', '(']).take(2).collect::<Vec<_>>();
    matches!(last.as_slice(), ["is", "answer"] | ["with", "answered"]) || words.ends_with("(answer ")
}

fn example(report: &SourceReport, failed: &[FailedPage], sources: &[Source]) -> Option<Example> {
    let source = report.source.clone();
    let mut pages = failed.iter().filter(|page| page.source == source && !is_left_out(page.reason));
    if let Some(page) = pages.next() {
        return Some(Example { source, url: page.url.clone(), detail: Some(page.detail.clone()) });
    }
    let start = sources.iter().find(|known| known.id == source)?.start.first()?;
    Some(Example { source, url: start.clone(), detail: None })
}

impl Cause {
    /// A line for a reader.
    pub(super) fn line(&self) -> String {
        let (status, detail) = (self.status.as_str(), &self.detail);
        let parted = if detail.is_empty() { "" } else { ": " };
        match &self.sources[..] {
            [one] => format!("{one}: {status}{parted}{detail}{}", self.shown()),
            many => {
                let named = many.iter().take(NAMED).map(SourceId::as_str).collect::<Vec<_>>().join(", ");
                let more = if many.len() > NAMED { ", …" } else { "" };
                format!("{} sources: {status}{parted}{detail}{} ({named}{more})", many.len(), self.shown())
            }
        }
    }

    /// The page that shows it, unless the detail names it already.
    fn shown(&self) -> String {
        let Some(Example { source, url, detail }) = &self.example else { return String::new() };
        if self.status == SourceStatus::Complete || self.detail.contains(url.as_str()) {
            return String::new();
        }
        let of = if self.sources.len() > 1 { format!("{source} ") } else { String::new() };
        let why = detail.as_ref().map_or_else(String::new, |why| format!(": {why}"));
        format!("; for instance {of}{url}{why}")
    }
}

/// What the causes together speak for, if they do.
pub(super) fn hint(causes: &[Cause], n_sources: usize) -> Option<String> {
    let unreachable: usize =
        causes.iter().filter(|cause| cause.status == SourceStatus::Unreachable).map(|cause| cause.sources.len()).sum();
    let all = n_sources >= MANY && unreachable == n_sources;
    all.then(|| format!("all {n_sources} sources are unreachable: is the network of this machine up?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stage;

    fn report(id: &str, status: SourceStatus, detail: &str) -> SourceReport {
        let detail = Some(detail.to_owned()).filter(|detail| !detail.is_empty());
        SourceReport { status, detail, ..SourceReport::new(id.parse().unwrap()) }
    }

    #[test]
    fn many_sources_with_one_cause_are_one_line() {
        let reports: Vec<_> = (0..300)
            .map(|n| {
                let why = format!("list page `http://10.0.0.{n}/c1/`: no whole answer within 60s (`timeout`)");
                report(&format!("s{n:03}"), SourceStatus::Unreachable, &why)
            })
            .collect();
        let causes = causes(reports.iter(), &[], &[]);
        let lines: Vec<String> = causes.iter().map(Cause::line).collect();
        assert_eq!(
            lines,
            ["300 sources: unreachable: list page `http://10.0.0.0/c1/`: no whole answer within 60s (`timeout`) \
              (s000, s001, s002, s003, s004, …)"]
        );
        assert!(hint(&causes, 300).is_some_and(|hint| hint.contains("network")));
        assert_eq!(hint(&causes, 301), None, "one answered");
    }

    #[test]
    fn a_source_that_lost_pages_shows_which_and_why() {
        let mut lost = report("yunxi", SourceStatus::Partial, "2 pages could not be had");
        lost.failures = [(Reason::HttpStatus, 2), (Reason::Gone, 1)].into();
        let page = |path: &str, reason, detail: &str| FailedPage {
            source: "yunxi".parse().unwrap(),
            url: format!("http://www.yunxi.test/{path}").parse().unwrap(),
            stage: Stage::Fetch,
            reason,
            detail: detail.to_owned(),
            at: "2026-03-01T00:00:00Z".parse().unwrap(),
            title: None,
            listed: None,
        };
        let failed = [
            page("a.html", Reason::Gone, "the answer is 404"),
            page("b.html", Reason::HttpStatus, "the answer is 500"),
        ];
        let causes = causes([&lost].into_iter(), &failed, &[]);
        assert_eq!(
            causes[0].line(),
            "yunxi: partial: 2 pages could not be had; failed: http_status 2; for instance http://www.yunxi.test/b.html: \
             the answer is 500"
        );
    }

    #[test]
    fn causes_differ_by_what_is_wrong_and_by_no_number_but_the_status() {
        let reports = [
            report("a", SourceStatus::Changed, "the first list page names 0 items, 1 are expected (`min_items`)"),
            report("b", SourceStatus::Changed, "the first list page names 2 items, 15 are expected (`min_items`)"),
            report("d", SourceStatus::Unreachable, "list page `http://d/`: the answer is 500"),
            report("e", SourceStatus::Unreachable, "list page `http://e/`: the answer is 503"),
            report("f", SourceStatus::Unreachable, "list page `http://f/`: the answer is 503"),
            report("c", SourceStatus::Blocked, "a bot wall answered instead of pages; the rest was not asked for"),
        ];
        let causes = causes(reports.iter(), &[], &[]);
        let sources: Vec<usize> = causes.iter().map(|cause| cause.sources.len()).collect();
        assert_eq!(sources, [2, 2, 1, 1]);
    }
}
