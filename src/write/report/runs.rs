//! The runs as the report needs them, and what they say of a source.

use serde::Deserialize;

/// A run: a file of `output/runs`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Run {
    pub(super) id: String,
    pub(super) started_at: String,
    pub(super) crawl: Option<Crawl>,
}

/// Its crawl.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Crawl {
    pub(super) counts: Counts,
    pub(super) sources: Vec<SourceRun>,
}

/// Pages, by what became of them.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(super) struct Counts {
    pub(super) seen: u64,
    pub(super) new: u64,
    pub(super) changed: u64,
    pub(super) failed: u64,
}

/// How the crawl of one source went.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SourceRun {
    pub(super) source: String,
    pub(super) status: String,
    pub(super) detail: Option<String>,
    pub(super) newest: Option<String>,
    pub(super) counts: Counts,
}

/// One source over the runs.
#[derive(Debug)]
pub(super) struct Health<'a> {
    pub(super) source: &'a str,
    /// For every run, oldest first: what it says of the source; `None` where it was not asked for.
    pub(super) runs: Vec<Option<&'a SourceRun>>,
    /// The last thing that was said.
    pub(super) last: &'a SourceRun,
    /// The day of that run.
    pub(super) last_day: &'a str,
    /// The day of the last run that was complete.
    pub(super) last_good: Option<&'a str>,
    /// Since when no run was complete; `None` if the last one was.
    pub(super) sick_since: Option<&'a str>,
}

/// Every source that a run asked for: the sick ones first, those that are sick for longest at the top.
pub(super) fn healths(runs: &[Run]) -> Vec<Health<'_>> {
    let mut names: Vec<&str> = reports(runs).map(|(_, report)| report.source.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut table: std::collections::HashMap<&str, Vec<Option<&SourceRun>>> =
        names.iter().map(|name| (*name, vec![None; runs.len()])).collect();
    for (n, report) in reports(runs) {
        if let Some(row) = table.get_mut(report.source.as_str()) {
            row[n] = Some(report);
        }
    }
    let mut healths: Vec<Health<'_>> =
        names.into_iter().filter_map(|name| health(name, table.remove(name)?, runs)).collect();
    healths.sort_by_key(|health| (health.sick_since.is_none(), health.sick_since, health.source));
    healths
}

fn reports(runs: &[Run]) -> impl Iterator<Item = (usize, &SourceRun)> {
    let of = |(n, run)| {
        let run: &Run = run;
        run.crawl.iter().flat_map(move |crawl| crawl.sources.iter().map(move |report| (n, report)))
    };
    runs.iter().enumerate().flat_map(of)
}

fn health<'a>(source: &'a str, reports: Vec<Option<&'a SourceRun>>, runs: &'a [Run]) -> Option<Health<'a>> {
    let told: Vec<(usize, &SourceRun)> =
        reports.iter().enumerate().filter_map(|(n, report)| Some((n, (*report)?))).collect();
    let &(last_run, last) = told.last()?;
    let is_good = |(_, report): &&(usize, &SourceRun)| report.status == "complete";
    let sick = told.iter().rev().take_while(|told| !is_good(told)).last();
    Some(Health {
        source,
        last,
        last_day: runs[last_run].day(),
        last_good: told.iter().rev().find(is_good).map(|(n, _)| runs[*n].day()),
        sick_since: sick.map(|(n, _)| runs[*n].day()),
        runs: reports,
    })
}

impl Run {
    /// The day on which it began.
    pub(super) fn day(&self) -> &str {
        self.started_at.split('T').next().unwrap_or_default()
    }
}
