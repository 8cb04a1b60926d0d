//! What a crawl says when it is done: a few lines for a person, or one JSON object.

use std::io::Write as _;

use super::engine::Crawled;
use super::plan::Due;
use crate::archive::Archive;
use crate::cli::Global;
use crate::commands::Exit;
use crate::commands::terminal::{printable, written};
use crate::model::{Counts, RunReport, SourceReport, SourceStatus};

/// Says what had to be put right after a run that was killed.
pub(in crate::commands) fn repairs(archive: &Archive) {
    for repair in archive.repairs() {
        tracing::info!("{repair}");
    }
}

/// The summary: nothing for `-q` unless something failed, and then a line for each source that did.
pub(super) fn crawl(report: &RunReport, exit: Exit, global: &Global) -> anyhow::Result<()> {
    if global.json {
        let mut out = std::io::stdout().lock();
        let json = serde_json::to_string(report)?;
        return written(writeln!(out, "{json}"));
    }
    let Some(crawl) = &report.crawl else { return Ok(()) };
    if global.quiet && exit == Exit::Done {
        return Ok(());
    }
    let mut lines: Vec<String> = Vec::new();
    if !global.quiet {
        lines.push(figures(crawl.counts));
    }
    lines.extend(crawl.sources.iter().filter(|source| is_worth_a_line(source)).map(source_line));
    if !global.quiet && crawl.counts.failed > 0 {
        lines.push(format!("the pages that failed are in `{}`", global.output.join("failed.jsonl").display()));
    }
    let mut err = std::io::stderr().lock();
    for line in lines {
        // A summary that nobody can read is no reason to fail.
        let _ = writeln!(err, "{}", printable(&line));
    }
    Ok(())
}

/// One line a page that would be fetched, and one line a source that cannot be read.
pub(super) fn dry_run(crawled: &Crawled) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for (source, items) in &crawled.due {
        for item in items {
            let why = if item.due == Due::Check { "check" } else { "new" };
            let date = item.target.date.map_or_else(String::new, |date| date.to_string());
            let title = printable(&item.target.title);
            written(writeln!(out, "{source}\t{why}\t{date}\t{}\t{title}", item.target.url))?;
        }
    }
    let mut err = std::io::stderr().lock();
    for source in crawled.report.sources.iter().filter(|source| is_worth_a_line(source)) {
        let _ = writeln!(err, "{}", printable(&source_line(source)));
    }
    Ok(())
}

fn figures(counts: Counts) -> String {
    let Counts { seen, new, changed, unchanged, skipped, failed } = counts;
    format!("{seen} pages: {new} new, {changed} changed, {unchanged} unchanged, {skipped} skipped, {failed} failed")
}

fn is_worth_a_line(source: &SourceReport) -> bool {
    source.status != SourceStatus::Complete || source.alarm || source.detail.is_some()
}

fn source_line(source: &SourceReport) -> String {
    let detail = source.detail.as_deref().map_or_else(String::new, |detail| format!(": {detail}"));
    format!("{}: {}{detail}", source.source, source.status.as_str())
}
