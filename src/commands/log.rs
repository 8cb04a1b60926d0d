//! `gongwen log`: what came, changed and went, as `changes.jsonl` tells it.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::terminal::{Paint, printable, say, written};
use super::{Context, Exit, Usage};
use crate::cli::{LogArgs, Since};
use crate::model::{ChangeKind, DocumentChange};
use crate::write::changes::each_change;

/// The verb.
pub(super) fn run(args: &LogArgs, context: &Context) -> anyhow::Result<Exit> {
    let output = &context.global.output;
    if !output.join("changes.jsonl").is_file() {
        let output = output.display();
        return Err(
            Usage(format!("nothing was told below `{output}` yet: run `gongwen run` or `gongwen build`")).into()
        );
    }
    let everything = args.since.is_some() || args.run.is_some() || !args.sources.is_empty();
    let mut told: Vec<DocumentChange> = Vec::new();
    each_change(output, |change| {
        if !everything && told.last().is_some_and(|last| last.run != change.run) {
            told.clear();
        }
        if is_meant(args, &change) {
            told.push(change);
        }
    })?;
    if let Some(run) = &args.run
        && told.is_empty()
        && !output.join("runs").join(format!("{run}.json")).is_file()
    {
        let folder = output.join("runs");
        return Err(Usage(format!("there is no run `{run}`: see `{}`", folder.display())).into());
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(if args.jsonl {
        let mut line = |change: &DocumentChange| writeln!(out, "{}", serde_json::to_string(change)?);
        told.iter().try_for_each(&mut line).and_then(|()| out.flush())
    } else {
        let text = text(&told, Paint::stdout(context.global.color));
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    })?;
    say(context, &totals(&told));
    Ok(Exit::Done)
}

fn is_meant(args: &LogArgs, change: &DocumentChange) -> bool {
    let since = match &args.since {
        None => true,
        Some(Since::Run(run)) => change.run > *run,
        Some(Since::Day(day)) => day_of(change) >= *day,
    };
    since
        && args.run.as_ref().is_none_or(|run| *run == change.run)
        && (args.sources.is_empty() || args.sources.contains(&change.source))
}

/// The day, in Beijing, of the run that told of a change; a run is named by the time at which it began.
fn day_of(change: &DocumentChange) -> Date {
    let stem = change.run.get(..16).unwrap_or_default();
    let began = DateTime::strptime("%Y%m%dT%H%M%SZ", stem).ok().and_then(|at| Offset::UTC.to_timestamp(at).ok());
    day(began.unwrap_or(change.at))
}

fn day(at: Timestamp) -> Date {
    Offset::constant(8).to_datetime(at).date()
}

/// Run by run: what happened, when the document was published, its title; below it, its source and address.
fn text(told: &[DocumentChange], paint: Paint) -> String {
    let mut text = String::new();
    for change in told.chunk_by(|one, other| one.run == other.run) {
        if let Some(first) = change.first() {
            let _ = writeln!(text, "{}", paint.bold(&printable(&first.run)));
        }
        for change in change {
            let kind = format!("{:<8}", change.kind.as_str());
            let kind = if change.kind == ChangeKind::Gone { paint.alarm(&kind) } else { paint.name(&kind) };
            let published = change.published.as_deref().unwrap_or("-");
            let title = printable(change.title.as_deref().unwrap_or("-"));
            let url = printable(change.url.as_deref().unwrap_or(&change.id));
            let place = format!("{:10}{:<11}{} {url}", "", day(change.at).to_string(), change.source);
            let _ = writeln!(text, "  {kind}{:<11}{title}\n{}", printable(published), paint.dim(&place));
        }
    }
    text
}

fn totals(told: &[DocumentChange]) -> String {
    let kinds = [ChangeKind::New, ChangeKind::Changed, ChangeKind::Gone, ChangeKind::Back];
    let count = |kind| told.iter().filter(|change| change.kind == kind).count();
    let [new, changed, gone, back] = kinds.map(count);
    format!("{new} new, {changed} changed, {gone} gone, {back} back\n")
}
