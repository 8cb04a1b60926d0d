//! What a crawl says when it is done: a few lines for a person, or one JSON object.

use std::io::Write as _;

use crate::commands::terminal::{printable, say, tell, written};
use crate::commands::{Context, Exit, build};
use crate::crawl::{Crawled, Due};
use crate::model::{Counts, RunReport, SourceReport, SourceStatus};

/// The summary: nothing for `-q` unless something failed, and then a line for each source that did.
pub(super) fn run(report: &RunReport, exit: Exit, context: &Context) -> anyhow::Result<()> {
    let global = &context.global;
    if global.json {
        written(writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(report)?))?;
    }
    if global.quiet && exit == Exit::Done {
        return Ok(());
    }
    let sources = report.crawl.iter().flat_map(|crawl| &crawl.sources);
    let mut lines: Vec<String> = sources.filter(|source| is_worth_a_line(source)).map(source_line).collect();
    if let Some(crawl) = report.crawl.as_ref().filter(|_| !global.quiet) {
        lines.insert(0, figures(crawl.counts, "pages"));
        if crawl.files.seen > 0 {
            lines.insert(1, figures(crawl.files, "files on them"));
        }
        if crawl.counts.failed + crawl.files.failed > 0 {
            lines.push(format!(
                "the pages and files that failed are in `{}`",
                global.output.join("failed.jsonl").display()
            ));
        }
    }
    let mut err = std::io::stderr().lock();
    for line in lines {
        // A summary that nobody can read is no reason to fail.
        let _ = writeln!(err, "{}", printable(&line));
    }
    drop(err);
    if let Some(build) = &report.build {
        say(context, &build::summary(build));
    }
    Ok(())
}

/// One line a page that would be fetched, and one line a source that cannot be read.
pub(super) fn dry_run(crawled: &Crawled, context: &Context) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for (source, items) in &crawled.due {
        for item in items {
            let why = match item.due {
                Due::Check => "check",
                Due::Again(_) => "again",
                _ => "new",
            };
            let date = item.target.date.map_or_else(String::new, |date| date.to_string());
            let title = printable(&item.target.title);
            written(writeln!(out, "{source}\t{why}\t{date}\t{}\t{title}", item.target.url))?;
        }
    }
    for source in crawled.report.sources.iter().filter(|source| is_worth_a_line(source)) {
        tell(&format!("{}\n", printable(&source_line(source))));
    }
    say(context, &would_be_asked(crawled));
    Ok(())
}

/// The totals of a dry run.
fn would_be_asked(crawled: &Crawled) -> String {
    let items = || crawled.due.iter().flat_map(|(_, items)| items);
    let (all, n_sources) = (items().count(), crawled.report.sources.len());
    if all == 0 {
        return format!("nothing is due: the lists of {n_sources} sources name no page that would be asked for\n");
    }
    let check = items().filter(|item| item.due == Due::Check).count();
    let again = items().filter(|item| matches!(item.due, Due::Again(_))).count();
    let new = all - check - again;
    format!("{all} pages of {n_sources} sources would be asked for: {new} new, {again} again, {check} to be checked\n")
}

fn figures(counts: Counts, what: &str) -> String {
    let Counts { seen, new, changed, unchanged, skipped, failed } = counts;
    format!("{seen} {what}: {new} new, {changed} changed, {unchanged} unchanged, {skipped} skipped, {failed} failed")
}

fn is_worth_a_line(source: &SourceReport) -> bool {
    source.status != SourceStatus::Complete || source.alarm || source.detail.is_some() || !source.weak_tls.is_empty()
}

fn source_line(source: &SourceReport) -> String {
    let detail = source.detail.as_deref().map_or_else(String::new, |detail| format!(": {detail}"));
    let weak = if source.weak_tls.is_empty() {
        String::new()
    } else {
        format!(" (its `[tls]` is not safe: {})", source.weak_tls.join(", "))
    };
    format!("{}: {}{detail}{weak}", source.source, source.status.as_str())
}
