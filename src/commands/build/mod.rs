//! `gongwen build`: archive → records.

mod described;
mod difference;
mod duplicates;
mod files;
mod kept;
mod news;
mod source;
mod worker;

use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use jiff::SignedDuration;

use super::repairs::repairs;
use super::scope::Span;
use super::terminal::{say, written};
use super::{Context, Exit, scope, shards};
use crate::archive::{Archive, ArchiveError};
use crate::cli::{BuildArgs, Scope};
use crate::config::{Config, Source};
use crate::language::told;
use crate::model::{Attachment, BuildReport, Capture, Counts, RUN_SCHEMA, Reason, RunReport, SourceId, Stage};
use crate::write::changes::Feed;
use crate::write::runs;

/// What a build did, and how it ended.
#[derive(Debug)]
pub(super) struct Built {
    /// For the run report.
    pub(super) report: BuildReport,
    /// How it ended.
    pub(super) exit: Exit,
    /// Captures that the archive cannot give back: for [`Archive::ask_again`].
    pub(super) damaged: Vec<Capture>,
    /// Files that documents name and the archive has not got: for [`Archive::enqueue_files`].
    pub(super) unfetched: Vec<(SourceId, Vec<Attachment>)>,
    /// What kept a source from being built; the others were.
    pub(super) error: Option<anyhow::Error>,
    /// With `--diff`: `+ id`, `~ id` with what differs below it, `- id`, by source and address.
    changes: Vec<String>,
}

/// The verb.
pub(super) fn run(args: &BuildArgs, context: &Context) -> anyhow::Result<Exit> {
    if shards::is_meant(&args.foreign) {
        return shards::run(&args.foreign, (&args.scope).into(), context);
    }
    let begun = Instant::now();
    let config = context.config()?;
    let sources = scope::sources(&config, &args.scope)?;
    let sound = scope::tell_broken(&config, &args.scope);
    let output = &context.global.output;
    // A build that writes nothing keeps nobody out.
    let mut archive = if args.diff { Archive::open_read_only(output)? } else { Archive::open_existing(output)? };
    repairs(&archive);
    let strangers = if args.scope.sources.is_empty() { strangers(&archive, &config)? } else { String::new() };
    if args.diff {
        return Ok(sound.max(diff(&config, &sources, &archive, output, (&args.scope).into(), context)?));
    }
    let id = runs::new_id(output, context.now);
    let mut built = build(&config, &sources, &archive, output, (&args.scope).into(), &id);
    if let Err(error) = built.settle(&mut archive) {
        built.fail(error.into());
    }
    built.exit = if built.error.is_none() { built.exit.max(sound) } else { built.exit };
    say(context, &summary(&built.report));
    say(context, &strangers);
    say(context, &never_crawled(&built.report, &args.scope));
    let elapsed = SignedDuration::try_from(begun.elapsed()).context("the build took too long")?;
    let report = RunReport {
        schema: RUN_SCHEMA.to_owned(),
        id,
        verb: "build".to_owned(),
        started_at: context.now,
        finished_at: context.now.checked_add(elapsed)?,
        exit: built.exit as u8,
        crawl: None,
        build: Some(built.report),
        error: built.error.as_ref().map(|error| format!("{error:#}")),
        problems: scope::broken(&config.broken).0.iter().map(ToString::to_string).collect(),
    };
    let reported = runs::report(output, &report);
    if let Some(error) = built.error {
        return Err(error);
    }
    reported?;
    if context.global.json {
        written(writeln!(io::stdout().lock(), "{}", serde_json::to_string(&report)?))?;
    }
    Ok(built.exit)
}

/// Builds the records of some sources and brings `failed.jsonl` up to date. The caller holds the lock of the output
/// folder and writes the report of the run.
pub(super) fn build(
    config: &Config,
    sources: &[&Source],
    archive: &Archive,
    output: &Path,
    span: Span,
    run: &str,
) -> Built {
    let mut built = build_all(config, sources, archive, output, span, Some(run));
    let is_built = |id: &SourceId| built.report.sources.iter().any(|source| source.source == *id && !source.is_failed);
    let listed = runs::failed(output, &built.report.failed, |page| {
        !matches!(page.stage, Stage::Discover | Stage::Fetch) && is_built(&page.source)
    });
    match listed {
        Ok(0) => {}
        Ok(damaged) => tracing::warn!("{damaged} lines of `failed.jsonl` were damaged and are left out"),
        Err(error) => built.fail(error.into()),
    }
    if let Err(error) = duplicates::mark(output) {
        built.fail(error);
    }
    if let Err(error) = described::describe(output) {
        built.fail(error.into());
    }
    built
}

/// What a build would change, on stdout.
fn diff(
    config: &Config,
    sources: &[&Source],
    archive: &Archive,
    output: &Path,
    span: Span,
    context: &Context,
) -> anyhow::Result<Exit> {
    let built = build_all(config, sources, archive, output, span, None);
    if let Some(error) = built.error {
        return Err(error);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(if context.global.json {
        writeln!(out, "{}", serde_json::to_string(&built.report)?).and_then(|()| out.flush())
    } else {
        built.changes.iter().try_for_each(|change| writeln!(out, "{}", told(change))).and_then(|()| out.flush())
    })?;
    say(context, &summary(&built.report));
    Ok(if built.changes.is_empty() { Exit::Done } else { Exit::Gate })
}

/// Builds every source, whatever becomes of one of them; without a run nothing is written.
fn build_all(
    config: &Config,
    sources: &[&Source],
    archive: &Archive,
    output: &Path,
    span: Span,
    run: Option<&str>,
) -> Built {
    let mut built = Built {
        report: BuildReport::default(),
        exit: Exit::Done,
        damaged: Vec::new(),
        unfetched: Vec::new(),
        error: None,
        changes: Vec::new(),
    };
    let mut feed = match run.map(|run| Feed::read(output).map(|feed| (feed, run))).transpose() {
        Ok(feed) => feed,
        Err(error) => {
            built.fail(error.into());
            return built;
        }
    };
    for source in sources {
        let told = feed.as_mut().map(|(feed, run)| (feed, *run));
        let one = match source::build(config, source, archive, output, span, told) {
            Ok(one) => one,
            Err(error) => {
                built.report.sources.push(source::unbuilt(source, format!("{error:#}")));
                // Without the state, or with a disk that is away, no other source can be built either.
                let is_over = error.is::<ArchiveError>();
                built.fail(error.context(format!("failed to build `{}`", source.id)));
                if is_over {
                    break;
                }
                continue;
            }
        };
        built.exit = built.exit.max(exit(&one, config.max_failed));
        let report = &mut built.report;
        report.counts += one.report.counts;
        report.files += one.report.files;
        report.documents += one.report.documents;
        report.sections += one.report.sections;
        report.removed += one.report.removed;
        report.kept += one.report.kept;
        one.told.iter().for_each(|change| report.changes.add(change));
        for page in &one.failed {
            *report.rejected.entry(page.reason).or_default() += 1;
        }
        for (reason, count) in &one.report.rejected_files {
            *report.rejected_files.entry(*reason).or_default() += count;
        }
        report.failed.extend(one.failed);
        report.failed.extend(one.failed_files);
        built.damaged.extend(one.damaged);
        built.unfetched.push((source.id.clone(), one.unfetched));
        report.sources.push(one.report);
        built.changes.extend(one.changes);
    }
    if built.error.is_some() {
        built.exit = Exit::Failed;
    }
    built
}

impl Built {
    /// Has the next crawl ask for what the archive has not got or cannot give back.
    pub(super) fn settle(&self, archive: &mut Archive) -> Result<(), ArchiveError> {
        archive.ask_again(&self.damaged)?;
        for (source, files) in self.unfetched.iter().filter(|(_, files)| !files.is_empty()) {
            archive.enqueue_files(source, files)?;
        }
        Ok(())
    }

    /// Notes what kept a part of the build from being done: the first one ends the run, the others are said.
    fn fail(&mut self, error: anyhow::Error) {
        self.exit = Exit::Failed;
        if self.error.is_some() {
            tracing::error!("{error:#}");
        } else {
            self.error = Some(error);
        }
    }
}

/// What the archive holds of sources that the configuration does not name.
fn strangers(archive: &Archive, config: &Config) -> anyhow::Result<String> {
    let mut strangers = archive.sources()?;
    let is_broken = |id: &SourceId| config.broken.iter().any(|broken| broken.id == id.as_str());
    strangers.retain(|id| !config.sources.iter().any(|source| source.id == *id) && !is_broken(id));
    Ok(match &strangers[..] {
        [] => String::new(),
        [one] => format!("`{one}` is in the archive but not configured: its records stay as they are\n"),
        [first, ..] => format!(
            "{} sources, `{first}` for instance, are in the archive but not configured: their records stay as they are\n",
            strangers.len()
        ),
    })
}

/// What is said of sources that were named and of which there is nothing to build.
fn never_crawled(report: &BuildReport, scope: &Scope) -> String {
    let empty = report.sources.iter().filter(|built| built.counts.seen == 0 && scope.sources.contains(&built.source));
    empty
        .map(|built| format!("nothing of `{0}` is archived: run `gongwen crawl --source {0}`\n", built.source))
        .collect()
}

/// How the build of one source ended.
fn exit(built: &source::Built, max_failed: f64) -> Exit {
    let report = &built.report;
    #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
    let share = report.counts.failed as f64 / report.counts.seen.max(1) as f64;
    if report.emptied {
        Exit::Gate
    } else if share > max_failed || !built.damaged.is_empty() {
        Exit::Partial
    } else {
        Exit::Done
    }
}

/// A few lines for the one who waits.
pub(super) fn summary(report: &BuildReport) -> String {
    let counts = report.counts;
    let mut lines = vec![format!(
        "{} documents with {} sections: {} new, {} changed, {} unchanged, {} left as they were",
        report.documents, report.sections, counts.new, counts.changed, counts.unchanged, counts.skipped
    )];
    if report.removed > 0 {
        lines.push(format!("{} documents are no longer in the archive", report.removed));
    }
    if counts.failed > 0 {
        let reasons: Vec<String> =
            report.rejected.iter().map(|(reason, n)| format!("{} {n}", reason.as_str())).collect();
        lines.push(format!("{} pages gave no document ({}): see failed.jsonl", counts.failed, reasons.join(", ")));
    }
    if report.files.seen > 0 {
        let Counts { seen, new, changed, failed, .. } = report.files;
        let reasons: Vec<String> =
            report.rejected_files.iter().map(|(reason, n)| format!(", {} {n}", reason.as_str())).collect();
        lines.push(format!(
            "{seen} of the documents and failures are files on pages: {new} new, {changed} changed, {failed} without text{}",
            reasons.concat()
        ));
    }
    if report.rejected.contains_key(&Reason::Damaged) {
        lines.push(format!(
            "the next crawl fetches damaged pages again; {} documents stay as they were until then: see `gongwen archive \
             check`",
            report.kept
        ));
    }
    let details = report.sources.iter().filter_map(|source| Some((&source.source, source.detail.as_ref()?)));
    lines.extend(details.map(|(source, detail)| format!("`{source}`: {detail}")));
    for source in report.sources.iter().filter(|source| source.emptied) {
        lines.push(format!("`{}` had records and its pages now give none: the old ones were kept", source.source));
    }
    lines.join("\n") + "\n"
}
