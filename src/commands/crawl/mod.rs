//! `gongwen crawl`: portals → archive.
//!
//! ```text
//! source ─ lists ─▶ items ─ queue ─▶ due ─ articles ─▶ outcome ─ verdict ─▶ report
//!            │                            │
//!            └──────────── desk ──────────┴──▶ keeper ──▶ archive
//! ```
//!
//! Every column is a task of its own; the queue of each host keeps them polite, and one keeper writes.

mod articles;
mod budget;
mod column;
mod earlier;
mod engine;
mod job;
mod keeper;
mod lists;
mod plan;
mod probe;
mod queue;
mod retry;
mod scope;
mod signals;
mod summary;
mod verdict;

pub(super) use engine::{Crawled, Setting, crawl, sources};
pub(super) use job::Clock;
pub(super) use probe::{Probe, probes};

use anyhow::Context as _;

use self::earlier::Earlier;
use super::build::Built;
use super::terminal::say;
use super::{Context, Exit};
use crate::archive::{Archive, ArchiveError};
use crate::cli::CrawlArgs;
use crate::config::Config;
use crate::fetch::Stopper;
use crate::model::{RUN_SCHEMA, RunReport};
use crate::progress::Progress;
use crate::write;

/// Threads that talk to hosts and read list pages.
const WORKERS: usize = 1;

/// Names that are looked up at the same time, at most.
const LOOKUPS: usize = 32;

pub(super) fn run(args: &CrawlArgs, context: &Context) -> anyhow::Result<Exit> {
    session("crawl", args, context, |_, _| Ok(None))
}

/// A run that crawls and then does something with the archive, unless a signal ended it; the run report tells of both.
pub(super) fn session(
    verb: &str,
    args: &CrawlArgs,
    context: &Context,
    then: impl FnOnce(&Config, &Archive) -> anyhow::Result<Option<Built>>,
) -> anyhow::Result<Exit> {
    let config = context.config()?;
    if args.scope.sources.is_empty() && context.config_folder().is_none() {
        say(context, &nobody_chose(config.sources.len()));
    }
    if args.dry_run {
        return dry_run(&config, args, context);
    }
    let mut archive = Archive::open(&context.global.output)?;
    summary::repairs(&archive);
    let clock = Clock::starting(context.now);
    let id = archive.start_run(verb, context.now)?;
    let crawled = crawl_blocking(&config, args, &mut archive, context, &id, clock)?;
    write_failed(&crawled, context)?;
    let mut exit = exit(&crawled, &config);
    let built = if exit == Exit::Interrupted { None } else { then(&config, &archive)? };
    if let Some(built) = &built {
        exit = exit.max(built.exit);
        archive.forget(&built.damaged)?;
    }
    let report = RunReport {
        schema: RUN_SCHEMA.to_owned(),
        id,
        verb: verb.to_owned(),
        started_at: context.now,
        finished_at: clock.now(),
        exit: exit as u8,
        crawl: Some(crawled.report),
        build: built.map(|built| built.report),
    };
    write::runs::report(&context.global.output, &report)?;
    archive.finish_run(&report.id, report.finished_at, report.exit)?;
    summary::run(&report, exit, context)?;
    Ok(exit)
}

/// What is said before columns are crawled that the user did not name.
fn nobody_chose(n_sources: usize) -> String {
    format!(
        "there is no ./config here, so the {n_sources} columns that the program ships are crawled; stop it and choose some \
         with --source (`gongwen sources list`), or write your own with `gongwen sources add URL`\n"
    )
}

/// Crawls on a runtime of its own, with progress on stderr, until it is done or a signal ends it.
pub(super) fn crawl_blocking(
    config: &Config,
    args: &CrawlArgs,
    archive: &mut Archive,
    context: &Context,
    id: &str,
    clock: Clock,
) -> anyhow::Result<Crawled> {
    let quiet = context.global.quiet;
    let earlier = Earlier::read(&context.global.output)?;
    let runtime = runtime()?;
    let stopper = Stopper::new();
    let stop = stopper.sign();
    signals::listen(stopper, quiet).context("cannot listen for signals")?;
    runtime.block_on(async {
        let progress = if quiet { Progress::silent() } else { Progress::on_stderr() };
        crawl(config, args, archive, Setting { run: id.to_owned(), clock, stop, progress, earlier }).await
    })
}

/// A runtime whose memory does not grow with the cores of the machine: every thread keeps a heap of its own.
///
/// The thread that calls writes the archive, which is most of the work; one more is enough for the hosts, which are
/// waited for most of the time. Names are looked up on the blocking threads.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(WORKERS).max_blocking_threads(LOOKUPS).enable_all();
    builder.build().context("cannot start the runtime")
}

/// The exit code of a crawl by its report.
pub(super) fn exit(crawled: &Crawled, config: &Config) -> Exit {
    verdict::exit(&crawled.report, config.max_failed)
}

/// Brings `failed.jsonl` up to date.
pub(super) fn write_failed(crawled: &Crawled, context: &Context) -> anyhow::Result<()> {
    Ok(write::runs::failed(&context.global.output, &crawled.failed, |page| crawled.asked_again(page))?)
}

/// Shows what would be fetched; reads list pages, writes nothing.
fn dry_run(config: &Config, args: &CrawlArgs, context: &Context) -> anyhow::Result<Exit> {
    // Where nothing was crawled yet, an archive that is thrown away stands in.
    let stand_in = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut archive = match Archive::open_read_only(&context.global.output) {
        Err(ArchiveError::Missing { .. }) => Archive::open(stand_in.path())?,
        other => other?,
    };
    let crawled = crawl_blocking(config, args, &mut archive, context, "dry", Clock::starting(context.now))?;
    summary::dry_run(&crawled)?;
    Ok(exit(&crawled, config))
}
