//! `gongwen crawl`: a crawl as the command line asks for it, its report, and the signals that end it.

mod causes;
pub(super) mod exit;
mod metrics;
mod notify;
mod signals;
mod summary;
mod timetable;

use std::path::Path;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};

use self::summary::Facts;
use self::timetable::timetable;
use super::build::Built;
use super::repairs::repairs;
use super::terminal::say;
use super::{Context, Exit, Usage, files, scope};
use crate::archive::{Archive, ArchiveError};
use crate::cli::CrawlArgs;
use crate::config::{Config, Source};
use crate::crawl::{self, Clock, Crawled, Earlier, FilesOf, Plan, Retry, RetryError, Setting};
use crate::fetch::Stopper;
use crate::model::{CrawlReport, FailedPage, RUN_SCHEMA, RunReport, SourceId, SourceReport, SourceStatus};
use crate::progress::Progress;
use crate::write;

pub(super) fn run(args: &CrawlArgs, context: &Context) -> anyhow::Result<Exit> {
    session("crawl", args, context, |_, _, _| Ok(None))
}

/// A run that crawls and then does something with the archive, unless a signal ended it; the run report tells of both.
pub(super) fn session(
    verb: &str,
    args: &CrawlArgs,
    context: &Context,
    then: impl FnOnce(&Config, &Archive, &str) -> anyhow::Result<Option<Built>>,
) -> anyhow::Result<Exit> {
    let config = context.config()?;
    if !config.is_own && !args.shipped {
        return Err(nobody_chose(config.sources.len(), context).into());
    }
    // What cannot be meant is told before anything is asked or written.
    let sources = scope::crawled(&config, args)?;
    if sources.is_empty() {
        say(context, "no source belongs to this shard, or all are switched off: there is nothing to do\n");
    }
    if args.retry_failed.as_deref().is_some_and(nothing_failed) {
        say(context, "no page has failed, so there is nothing to ask for again\n");
        return Ok(Exit::Done);
    }
    let sound = scope::tell_broken(&config, &args.scope);
    if args.dry_run {
        return Ok(sound.max(dry_run(&config, args, &sources, context)?));
    }
    let mut archive = Archive::open(&context.global.output)?;
    repairs(&archive);
    let due = timetable(&sources, args, &archive, config.max_failed, context.now)?;
    say(context, &due.text());
    let clock = Clock::starting(context.now);
    let id = archive.start_run(verb, context.now)?;
    let mut report = RunReport {
        schema: RUN_SCHEMA.to_owned(),
        id,
        verb: verb.to_owned(),
        started_at: context.now,
        finished_at: context.now,
        exit: Exit::Failed as u8,
        crawl: None,
        build: None,
        error: None,
        problems: problems(&config, sound),
    };
    let mut failed = Vec::new();
    let mut told = Told { report: &mut report, failed: &mut failed };
    let done = steps(&config, args, due.due, &mut archive, context, clock, then, &mut told);
    report.finished_at = clock.now();
    let done = done.map(|exit| exit.max(sound));
    let exit = *done.as_ref().unwrap_or(&Exit::Failed);
    report.exit = exit as u8;
    report.error = done.as_ref().err().map(|error| format!("{error:#}"));
    // Also of a run that failed: what it did until then must be known.
    let reported = write::runs::report(&context.global.output, &report);
    let noted = archive.finish_run(&report.id, report.finished_at, report.exit);
    let measured = args.metrics.as_deref().map_or(Ok(()), |path| metrics::write(path, &report));
    let shipped = !config.is_own;
    let facts = Facts { report: &report, exit, failed: &failed, sources: &config.sources, shipped };
    notify::run(&config.notify.command, &facts, context);
    let exit = done?;
    reported?;
    noted?;
    measured?;
    summary::print(&facts, context)?;
    Ok(exit)
}

/// What is wrong with the files that keep their sources from being asked, for the report.
fn problems(config: &Config, sound: Exit) -> Vec<String> {
    let told = config.broken.iter().filter(|_| sound != Exit::Done);
    told.flat_map(|file| file.problems.iter().map(ToString::to_string)).collect()
}

/// What is known of a run as it goes on.
struct Told<'a> {
    report: &'a mut RunReport,
    failed: &'a mut Vec<FailedPage>,
}

/// The crawl and what comes after it; the report holds what was done, also when a step fails.
#[expect(clippy::too_many_arguments, reason = "it is one half of a function that would be too long")]
fn steps(
    config: &Config,
    args: &CrawlArgs,
    sources: Vec<Source>,
    archive: &mut Archive,
    context: &Context,
    clock: Clock,
    then: impl FnOnce(&Config, &Archive, &str) -> anyhow::Result<Option<Built>>,
    told: &mut Told<'_>,
) -> anyhow::Result<Exit> {
    let mut crawled = crawl_blocking(config, args, sources, archive, context, &told.report.id, clock)?;
    let mut exit = exit(&crawled, config);
    let listed = write_failed(&crawled, context);
    crawled.report.recovered = recovered(&crawled.report, archive, config.max_failed)?;
    *told.failed = crawled.failed;
    told.report.crawl = Some(crawled.report);
    listed?;
    if exit == Exit::Interrupted {
        return Ok(exit);
    }
    if let Some(mut built) = then(config, archive, &told.report.id)? {
        exit = exit.max(built.exit);
        told.report.build = Some(std::mem::take(&mut built.report));
        built.settle(archive)?;
        if let Some(error) = built.error {
            return Err(error);
        }
    }
    Ok(exit)
}

/// The sources that ended well after a run in which something was wrong with them.
fn recovered(report: &CrawlReport, archive: &Archive, max_failed: f64) -> anyhow::Result<Vec<SourceId>> {
    let is_well = |source: &SourceReport| source.status == SourceStatus::Complete && !source.alarm;
    let mut recovered = Vec::new();
    for source in report.sources.iter().filter(|source| is_well(source)) {
        // This run is the first of them.
        let history = archive.source_history(&source.source, 2)?;
        if history.get(1).is_some_and(|(_, before)| exit::of_source(before, max_failed) != Exit::Done) {
            recovered.push(source.source.clone());
        }
    }
    Ok(recovered)
}

/// What is said where the user has no sources: a folder that is away must not send anybody to strangers' portals.
fn nobody_chose(n_shipped: usize, context: &Context) -> Usage {
    let folder = context.global.config.as_deref().unwrap_or(Path::new("config")).join("sources");
    Usage(format!(
        "there are no sources of your own, `{}` is missing or empty: write one with `gongwen sources add URL`, or take the \
         {n_shipped} columns that the program ships with --shipped (`gongwen sources list` shows them)",
        folder.display()
    ))
}

/// Crawls on a runtime of its own, with progress on stderr, until it is done or a signal ends it.
pub(super) fn crawl_blocking(
    config: &Config,
    args: &CrawlArgs,
    sources: Vec<Source>,
    archive: &mut Archive,
    context: &Context,
    id: &str,
    clock: Clock,
) -> anyhow::Result<Crawled> {
    let quiet = context.global.quiet;
    let earlier = Earlier::read(&context.global.output);
    let retry = args.retry_failed.as_deref().map(Retry::read).transpose().map_err(unusable)?;
    let mut rules = config.fetch.clone();
    rules.allow_private |= args.allow_private;
    let plan = plan(args, clock.started());
    let runtime = crawl::runtime()?;
    let stopper = Stopper::new();
    let stop = stopper.sign();
    signals::listen(stopper, quiet).context("cannot listen for signals")?;
    let progress = if quiet { Progress::silent() } else { Progress::on_stderr() };
    let files_of: Option<FilesOf> = (!args.no_attachments).then_some(files::of_page);
    let (run, max_failed) = (id.to_owned(), config.max_failed);
    let setting = Setting { run, plan, retry, clock, stop, progress, earlier, files_of, max_failed };
    let crawled = runtime.block_on(crawl::crawl(sources, &rules, archive, setting));
    // Names may still be looked up for a run that was stopped, and nobody waits for them any more.
    runtime.shutdown_background();
    Ok(crawled?)
}

/// Whether the list of failed pages is away because no page has failed: runs have been written beside it.
fn nothing_failed(list: &Path) -> bool {
    let is_list = list.file_name().is_some_and(|name| name == "failed.jsonl");
    is_list && !list.exists() && list.parent().is_some_and(|folder| folder.join("state.sqlite").is_file())
}

/// What the flags ask of a run that begins now.
fn plan(args: &CrawlArgs, now: Timestamp) -> Plan {
    let CrawlArgs { scope, limit, full, recheck, dry_run, .. } = args;
    let before = |days: &u32| now.saturating_sub(SignedDuration::from_hours(24 * i64::from(*days))).ok();
    let recheck = recheck.as_ref().and_then(before);
    Plan { now, since: scope.since, until: scope.until, limit: *limit, full: *full, recheck, dry_run: *dry_run }
}

/// A list of failed pages that is none is a mistake of who named it.
fn unusable(error: RetryError) -> anyhow::Error {
    match error {
        RetryError::NoPage { .. } => Usage(error.to_string()).into(),
        RetryError::Io { .. } => error.into(),
    }
}

/// The exit code of a crawl by its report.
pub(super) fn exit(crawled: &Crawled, config: &Config) -> Exit {
    exit::exit(&crawled.report, config.max_failed)
}

/// Brings `failed.jsonl` up to date.
pub(super) fn write_failed(crawled: &Crawled, context: &Context) -> anyhow::Result<()> {
    // What is damaged was told before the crawl.
    write::runs::failed(&context.global.output, &crawled.failed, |page| crawled.asked_again(page))?;
    Ok(())
}

/// Shows what would be fetched; reads list pages, writes nothing.
fn dry_run(config: &Config, args: &CrawlArgs, sources: &[&Source], context: &Context) -> anyhow::Result<Exit> {
    // Where nothing was crawled yet, an archive that is thrown away stands in.
    let stand_in = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut archive = match Archive::open_read_only(&context.global.output) {
        Err(ArchiveError::Missing { .. }) => Archive::open(stand_in.path())?,
        other => other?,
    };
    let due = timetable(sources, args, &archive, config.max_failed, context.now)?;
    say(context, &due.text());
    let clock = Clock::starting(context.now);
    let crawled = crawl_blocking(config, args, due.due, &mut archive, context, "dry", clock)?;
    summary::dry_run(&crawled, &config.sources, context)?;
    Ok(exit(&crawled, config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recheck_reaches_back_so_many_days() {
        let args = CrawlArgs { recheck: Some(90), ..CrawlArgs::default() };
        let plan = plan(&args, "2026-03-31T00:00:00Z".parse().unwrap());
        assert_eq!(plan.recheck, "2025-12-31T00:00:00Z".parse().ok());
    }
}
