//! `gongwen status`: how every source is, the sick ones first.

mod table;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use self::table::table;
use super::crawl::exit::of_source;
use super::terminal::{Paint, say, written};
use super::{Context, Exit};
use crate::archive::{Archive, ArchiveError, Lock, RunRecord};
use crate::cli::StatusArgs;
use crate::model::{Health, SourceId, SourceReport, SourceStatus, usual_items};

/// What is known about one source.
#[derive(Debug, Clone, Serialize)]
struct Line {
    source: SourceId,
    /// As the configuration says; null for a source that it has no more.
    name: Option<String>,
    /// When its last run began.
    last_run: Option<Timestamp>,
    status: Option<SourceStatus>,
    detail: Option<String>,
    /// Its last run was no good one: with this alone it would have ended with another exit code than 0.
    failing: bool,
    /// When the first of the failed runs began that no good one came after, and how many these are.
    failing_since: Option<Timestamp>,
    failures: u32,
    /// When its last good run began.
    last_success: Option<Timestamp>,
    /// Articles in the archive, also those that the portal has withdrawn.
    articles: u64,
    pending: u64,
    failed: u64,
    /// Named by its list and not asked for: not allowed by robots.txt, on another site, or opened by a script only.
    skipped: u64,
    /// Withdrawn by the portal, or never there.
    gone: u64,
    /// The newest day that its list shows of an article in the archive, and how many days ago that was.
    newest: Option<Date>,
    newest_age: Option<i64>,
    /// The portal family of its list.
    profile: Option<String>,
    /// How many items its first list page names: in the last run, and usually.
    items: Option<u32>,
    usual_items: Option<u32>,
    /// Since when its list has been built as it is, if it was built otherwise before.
    layout_changed: Option<Timestamp>,
    #[serde(skip)]
    exit: Exit,
}

/// So many runs say what is usual.
const HISTORY: usize = 10;

/// So many are looked at to find the last good one.
const LONG: usize = 2000;

/// The verb.
pub(super) fn run(args: StatusArgs, context: &Context) -> anyhow::Result<Exit> {
    let config = context.config()?;
    let mut names: BTreeMap<SourceId, Option<String>> =
        config.sources.iter().map(|source| (source.id.clone(), Some(source.name.clone()))).collect();
    let archive = match Archive::open_read_only(&context.global.output) {
        Ok(archive) => Some(archive),
        Err(error @ ArchiveError::Missing { .. }) => {
            say(context, &format!("{error}\n"));
            None
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(archive) = &archive {
        for source in archive.sources()? {
            names.entry(source).or_default();
        }
    }
    let running = archive.as_ref().map(|archive| at_work(archive, &context.global.output)).transpose()?.flatten();
    let look = Look {
        archive: archive.as_ref(),
        running: running.as_ref(),
        today: Offset::constant(8).to_datetime(context.now).date(),
        max_failed: config.max_failed,
    };
    let lines: Result<Vec<Line>, ArchiveError> =
        names.into_iter().map(|(source, name)| look.line(source, name)).collect();
    let mut lines = lines?;
    let failing = lines.iter().map(|line| line.exit).max().unwrap_or(Exit::Done);
    let never = lines.iter().filter(|line| line.last_run.is_none()).count();
    lines.retain(|line| if args.failing { line.failing } else { args.all || line.last_run.is_some() });
    // The worst first, and of these who has been so for the longest time.
    lines.sort_by(|a, b| (b.exit, b.failures, &a.source).cmp(&(a.exit, a.failures, &b.source)));
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(if context.global.json {
        writeln!(out, "{}", serde_json::to_string(&lines)?).and_then(|()| out.flush())
    } else {
        let text = table(&lines, Paint::stdout(context.global.color));
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    })?;
    say(context, &footer(&lines, never, running.as_ref(), args));
    Ok(if args.failing { failing } else { Exit::Done })
}

/// The run that is at work: the last one has not ended, and somebody holds the lock. A run that was killed holds none.
fn at_work(archive: &Archive, output: &Path) -> Result<Option<RunRecord>, ArchiveError> {
    let Some(last) = archive.last_run()?.filter(|run| run.finished_at.is_none()) else { return Ok(None) };
    match Lock::share(output) {
        Err(ArchiveError::Locked { .. }) => Ok(Some(last)),
        Ok(_) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What the lines are made from.
struct Look<'a> {
    archive: Option<&'a Archive>,
    running: Option<&'a RunRecord>,
    today: Date,
    max_failed: f64,
}

impl Look<'_> {
    fn line(&self, source: SourceId, name: Option<String>) -> Result<Line, ArchiveError> {
        let held = self.archive.map(|archive| archive.overview(&source)).transpose()?.unwrap_or_default();
        let is_good = |report: &SourceReport| self.exit(report) == Exit::Done;
        let mut history = self.history(&source, HISTORY)?;
        if !history.is_empty() && !history.iter().any(|(_, report)| is_good(report)) {
            history = self.history(&source, LONG)?;
        }
        let health = Health::of(&history, is_good);
        let usual_items = usual_items(history.iter().take(HISTORY).map(|(_, report)| report));
        let (last_run, last) = history.into_iter().next().unzip();
        let exit = last.as_ref().map_or(Exit::Done, |report: &SourceReport| self.exit(report));
        let layout = last.as_ref().and_then(|report| report.layout.as_ref()).filter(|layout| layout.changed);
        Ok(Line {
            source,
            name,
            last_run,
            status: last.as_ref().map(|report| report.status),
            failing: exit != Exit::Done,
            failing_since: health.failing_since,
            failures: health.failures,
            last_success: health.last_success,
            newest: held.newest,
            newest_age: held.newest.and_then(|day| self.today.since(day).ok()).map(|age| i64::from(age.get_days())),
            profile: last.as_ref().and_then(|report| report.profile.clone()),
            items: last.as_ref().and_then(|report| report.first_page),
            usual_items,
            layout_changed: layout.map(|layout| layout.since),
            detail: last.and_then(|report| report.detail),
            articles: held.archived,
            pending: held.pending,
            failed: held.failed,
            skipped: held.skipped,
            gone: held.gone,
            exit,
        })
    }

    /// The last runs of a source, newest first; one that is at work and has not come to its end there is none of them.
    fn history(&self, source: &SourceId, runs: usize) -> Result<Vec<(Timestamp, SourceReport)>, ArchiveError> {
        let Some(archive) = self.archive else { return Ok(Vec::new()) };
        let mut history = archive.source_history(source, runs)?;
        let unfinished = |(at, report): &(Timestamp, SourceReport)| {
            report.is_broken_off() && self.running.is_some_and(|run| run.started_at == *at)
        };
        if history.first().is_some_and(unfinished) {
            history.remove(0);
        }
        Ok(history)
    }

    fn exit(&self, report: &SourceReport) -> Exit {
        if report.is_broken_off() { Exit::Partial } else { of_source(report, self.max_failed) }
    }
}

/// The figures of the whole, for the one who looks.
fn footer(lines: &[Line], never: usize, running: Option<&RunRecord>, args: StatusArgs) -> String {
    let failing = lines.iter().filter(|line| line.failing).count();
    let well = lines.iter().filter(|line| !line.failing && line.last_run.is_some()).count();
    let mut told = vec![format!("{failing} failing")];
    if !args.failing {
        told.push(format!("{well} well"));
        let shown =
            || if args.all { format!("{never} never run") } else { format!("{never} never run (`--all` shows them)") };
        told.extend((never > 0).then(shown));
    }
    let running = running.map(|run| format!("a run is at work since {}\n", run.started_at.strftime("%Y-%m-%d %H:%MZ")));
    format!("{}\n{}", told.join(", "), running.unwrap_or_default())
}
