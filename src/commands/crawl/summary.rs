//! What a crawl says when it is done: a few lines for a person, or one JSON object.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use super::causes::{Cause, causes, hint};
use crate::commands::terminal::{printable, say, tell, written};
use crate::commands::{Context, Exit, build};
use crate::config::Source;
use crate::crawl::{Crawled, Due};
use crate::model::{Counts, FailedPage, RunReport, SourceId, SourceReport, SourceStatus};

/// No more sources are named in a command that asks for them again.
const ASKED_AGAIN: usize = 10;

/// What there is to tell.
pub(super) struct Facts<'a> {
    /// The report of the run.
    pub(super) report: &'a RunReport,
    /// How it ended.
    pub(super) exit: Exit,
    /// The pages that could not be had.
    pub(super) failed: &'a [FailedPage],
    /// The sources that the configuration names.
    pub(super) sources: &'a [Source],
    /// These are the ones that the program ships.
    pub(super) shipped: bool,
}

/// The summary: nothing for `-q` unless something failed or is well again.
pub(super) fn print(facts: &Facts<'_>, context: &Context) -> anyhow::Result<()> {
    if context.global.json {
        written(writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(facts.report)?))?;
    }
    for line in lines(facts, context) {
        tell(&format!("{}\n", printable(&line)));
    }
    if let Some(build) = &facts.report.build {
        say(context, &build::summary(build));
    }
    Ok(())
}

/// The lines about the crawl.
pub(super) fn lines(facts: &Facts<'_>, context: &Context) -> Vec<String> {
    let Some(crawl) = &facts.report.crawl else { return Vec::new() };
    let quiet = context.global.quiet;
    let mut lines = Vec::new();
    if !quiet {
        lines.push(figures(crawl.counts, "pages"));
        if crawl.files.seen > 0 {
            lines.push(figures(crawl.files, "files on them"));
        }
    }
    if !quiet || facts.exit != Exit::Done {
        let told: Vec<&SourceReport> = crawl.sources.iter().filter(|source| is_told(source, quiet)).collect();
        let ill = crawl.sources.iter().filter(|source| is_ill(source));
        lines.extend(headline(&ill.clone().collect::<Vec<_>>(), crawl.sources.len()));
        let causes = causes(told.into_iter(), facts.failed, facts.sources);
        lines.extend(causes.iter().map(Cause::line));
        lines.extend(hint(&causes, crawl.sources.len()));
        lines.extend(next_steps(facts, &ill.collect::<Vec<_>>(), context));
    }
    if !crawl.recovered.is_empty() {
        let names: Vec<&str> = crawl.recovered.iter().map(SourceId::as_str).collect();
        lines.push(format!("well again: {}", names.join(", ")));
    }
    if crawl.interrupted {
        lines.push("stopped; what is archived stays, and the next run goes on from there".to_owned());
    }
    lines
}

/// How many sources are not well, if it is not one alone.
fn headline(ill: &[&SourceReport], n_sources: usize) -> Option<String> {
    if ill.is_empty() || n_sources == 1 {
        return None;
    }
    let mut counts: BTreeMap<SourceStatus, usize> = BTreeMap::new();
    for source in ill {
        *counts.entry(source.status).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(status, count)| format!("{} {count}", status.as_str())).collect();
    Some(format!("{} of {n_sources} sources are not well: {}", ill.len(), counts.join(", ")))
}

/// Where to look, and the commands that ask again.
fn next_steps(facts: &Facts<'_>, ill: &[&SourceReport], context: &Context) -> Vec<String> {
    let output = &context.global.output;
    let mut lines = Vec::new();
    let flags = flags(facts, context);
    if facts.failed.iter().any(|page| ill.iter().any(|source| source.source == page.source)) || has_failed(facts) {
        let list = output.join("failed.jsonl");
        let list = list.display();
        lines.push(format!(
            "pages that failed: `{list}`; ask for them again: `gongwen crawl --retry-failed {list}{flags}`"
        ));
    }
    let stopped = facts.report.crawl.as_ref().is_some_and(|crawl| crawl.interrupted);
    let listless: Vec<&str> = ill
        .iter()
        .filter(|source| source.status != SourceStatus::Partial)
        .map(|source| source.source.as_str())
        .collect();
    if !stopped && !listless.is_empty() && listless.len() <= ASKED_AGAIN {
        let sources: String = listless.iter().map(|id| format!(" --source {id}")).collect();
        lines.push(format!("ask these sources again: `gongwen crawl{sources}{flags}`"));
    }
    if facts.exit != Exit::Done {
        let report = output.join("runs").join(format!("{}.json", facts.report.id));
        lines.push(format!("the run in figures: `{}`", report.display()));
    }
    lines
}

fn has_failed(facts: &Facts<'_>) -> bool {
    facts.report.crawl.as_ref().is_some_and(|crawl| crawl.counts.failed > 0)
}

/// The flags with which this run was told where its files are.
fn flags(facts: &Facts<'_>, context: &Context) -> String {
    let shipped = if facts.shipped { " --shipped" } else { "" };
    let config = context.global.config.as_ref().map(|config| format!(" --config {}", config.display()));
    let output = Some(&context.global.output).filter(|output| output.as_path() != Path::new("output"));
    let output = output.map(|output| format!(" --output {}", output.display()));
    format!("{shipped}{}{}", config.unwrap_or_default(), output.unwrap_or_default())
}

/// One line a page that would be fetched, and one line a source that cannot be read.
pub(super) fn dry_run(crawled: &Crawled, sources: &[Source], context: &Context) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for (source, items) in &crawled.due {
        for item in items {
            let why = match item.due {
                Due::Check | Due::Back => "check",
                Due::Again(_) => "again",
                _ => "new",
            };
            let date = item.target.date.map_or_else(String::new, |date| date.to_string());
            let title = printable(&item.target.title);
            written(writeln!(out, "{source}\t{why}\t{date}\t{}\t{title}", item.target.url))?;
        }
    }
    drop(out);
    let told = crawled.report.sources.iter().filter(|source| is_told(source, context.global.quiet));
    for cause in causes(told, &crawled.failed, sources) {
        tell(&format!("{}\n", printable(&cause.line())));
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

fn figures(counts: Counts, of: &str) -> String {
    let Counts { seen, new, changed, unchanged, skipped, failed } = counts;
    format!("{seen} {of}: {new} new, {changed} changed, {unchanged} unchanged, {skipped} skipped, {failed} failed")
}

fn is_ill(source: &SourceReport) -> bool {
    source.status != SourceStatus::Complete || source.alarm
}

/// Who wants to hear little hears only of what is wrong.
fn is_told(source: &SourceReport, quiet: bool) -> bool {
    is_ill(source) || !quiet && (source.detail.is_some() || !source.weak_tls.is_empty())
}
