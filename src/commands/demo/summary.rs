//! What the demo says when it is done: figures, one document as a tree, and what to do next.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use serde::Serialize;

use super::portal::Asked;
use super::report::Report;
use crate::commands::Context;
use crate::commands::terminal::{Paint, written};
use crate::commands::tree::tree;
use crate::language::told;
use crate::model::{Counts, Reason, Records, RunReport};

/// What there is to tell.
pub(super) struct Facts<'a> {
    /// The run.
    pub(super) report: &'a RunReport,
    /// What the portal was asked for.
    pub(super) asked: &'a [Asked],
    /// What the portal lists.
    pub(super) reports: &'a [Report],
    /// The document to be shown.
    pub(super) shown: &'a Records,
}

/// Prints it: one JSON object with `--json`, nothing with `--quiet`.
pub(super) fn print(facts: &Facts<'_>, context: &Context) -> anyhow::Result<()> {
    let text = if context.global.json {
        let portal = PortalSide::of(facts.asked);
        serde_json::to_string(&Json { run: facts.report, portal })? + "\n"
    } else if context.global.quiet {
        return Ok(());
    } else {
        text(facts, context)
    };
    written(std::io::stdout().lock().write_all(text.as_bytes()))
}

/// The object of `--json`.
#[derive(Serialize)]
struct Json<'a> {
    run: &'a RunReport,
    portal: PortalSide<'a>,
}

/// The run as the portal saw it.
#[derive(Serialize)]
struct PortalSide<'a> {
    /// How many requests there were.
    requests: usize,
    /// How many of them were answered with 304.
    not_modified: usize,
    /// Paths that were asked for more than once.
    repeated: BTreeSet<&'a str>,
    /// Every path that was asked for, in order, with the status of the answer.
    asked: Vec<(&'a str, u16)>,
}

impl<'a> PortalSide<'a> {
    fn of(log: &'a [Asked]) -> Self {
        let mut seen = BTreeSet::new();
        Self {
            requests: log.len(),
            not_modified: log.iter().filter(|asked| asked.status == 304).count(),
            repeated: log.iter().map(|asked| asked.path.as_str()).filter(|path| !seen.insert(*path)).collect(),
            asked: log.iter().map(|asked| (asked.path.as_str(), asked.status)).collect(),
        }
    }
}

fn text(facts: &Facts<'_>, context: &Context) -> String {
    let paint = Paint::stdout(context.global.color);
    let mut out = String::new();
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "{}{}", paint.bold(&format!("{label:<10}")), told(text));
    };
    let portal = PortalSide::of(facts.asked);
    line("portal", &format!("云溪县, a county that does not exist, lists {} reports on 3 pages", facts.reports.len()));
    if let Some(crawl) = &facts.report.crawl {
        line("crawled", &figures(crawl.counts));
        for (reason, count) in crawl.sources.iter().flat_map(|source| &source.failures) {
            line("", &failed(*reason, *count));
        }
        let lists: u32 = crawl.sources.iter().map(|source| source.list_pages).sum();
        let PortalSide { requests, not_modified, .. } = portal;
        line(
            "",
            &format!("{requests} requests; {lists} list pages read; {not_modified} answers were 304, not changed"),
        );
        if crawl.files.new > 0 {
            line(
                "",
                &format!("{} files on these pages: a report that is only a PDF, and a DOCX annex", crawl.files.new),
            );
        }
    }
    if let Some(build) = &facts.report.build {
        line("built", &format!("{} documents with {} sections", build.documents, build.sections));
        if build.files.seen > 0 {
            line(
                "",
                &format!("{} of them is a file beside its page; what Word numbers is written out", build.files.seen),
            );
        }
        for (reason, count) in &build.rejected {
            line("", &failed(*reason, *count));
        }
    }
    let output = context.global.output.display();
    let files = [
        ("records/demo/".to_owned(), "documents.jsonl, sections.jsonl, tables.jsonl"),
        ("archive/demo/".to_owned(), "what the portal sent, as WARC"),
        ("failed.jsonl".to_owned(), "the pages that failed, and why"),
        (format!("runs/{}.json", facts.report.id), "the run in figures"),
    ];
    for (n, (file, what)) in files.iter().enumerate() {
        line(if n == 0 { "files" } else { "" }, &format!("{output}/{file:<28} {}", told(what)));
    }
    out.push('\n');
    out += &tree("from the archive", facts.shown, paint);
    out.push('\n');
    out += &next(context, paint);
    out
}

fn figures(counts: Counts) -> String {
    let Counts { seen, new, changed, unchanged, skipped, failed } = counts;
    format!(
        "{seen} pages = {new} new + {changed} changed + {unchanged} unchanged + {skipped} skipped + {failed} failed"
    )
}

/// A line about pages that failed: they are there to show that they do no harm.
fn failed(reason: Reason, count: u64) -> String {
    let what = match reason {
        Reason::Gone => "removed since it was listed (404)",
        Reason::Robots => return format!("skipped, as it should: {count} that robots.txt does not allow"),
        Reason::Unreachable => "that breaks off in the middle",
        other => return format!("failed: {count} ({})", other.as_str()),
    };
    format!("failed, as it should: {count} {what}")
}

/// Commands that work as they stand, whether the program is installed or lies in a build folder.
fn next(context: &Context, paint: Paint) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "gongwen".to_owned());
    let output = context.global.output.display().to_string();
    let flag = format!(" --output {output}");
    let again = if context.global.output_is_given { flag.as_str() } else { "" };
    let commands = [
        (format!("{program} demo{again}"), "again: what has not changed is not fetched, the records stay the same"),
        (format!("head -n 1 {output}/records/demo/sections.jsonl"), "one section as a line of JSON"),
        (
            format!("{program} report{flag}"),
            "a site that opens from disk: coverage, health, each document beside its tree",
        ),
        (format!("{program} status{flag}"), "each source: its last run and what is known of it"),
        (
            format!("{program} run --shipped --source liling --limit 5"),
            "five reports of a real portal, over the network, into ./output",
        ),
    ];
    let width = commands.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    let mut out = paint.bold("next") + "\n";
    for (command, what) in commands {
        let _ = writeln!(out, "  {command:<width$}   {}", paint.dim(what));
    }
    out
}
