//! `gongwen gaps`: what the records lack, by the numbers of documents and the years of reports.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde_json::Value;

use super::terminal::{Paint, printable, say, written};
use super::{Context, Exit, Usage};
use crate::cli::GapsArgs;
use crate::facts::gaps::{Gaps, Held, Neighbour, ReportGaps, Run, SeriesGaps, gaps};
use crate::language::told;
use crate::write::documents::{document_files, document_lines};

/// A series of fewer known numbers says little about what lies between them.
const FEW: usize = 3;

/// The verb.
pub(super) fn run(args: &GapsArgs, context: &Context) -> anyhow::Result<Exit> {
    let output = &context.global.output;
    let mut files = document_files(output)?;
    if files.is_empty() {
        return Err(Usage(format!("no records below `{}`: run `gongwen build` first", output.display())).into());
    }
    let source =
        |file: &std::path::Path| file.parent().and_then(|folder| folder.file_name()?.to_str()).map(str::to_owned);
    for wanted in &args.sources {
        if !files.iter().any(|file| source(file).as_deref() == Some(wanted.as_str())) {
            return Err(Usage(format!("no records of `{wanted}` below `{}`", output.display())).into());
        }
    }
    let wanted = |name: &str| args.sources.iter().any(|source| source.as_str() == name);
    files.retain(|file| args.sources.is_empty() || source(file).is_some_and(|name| wanted(&name)));
    let (mut held, mut damaged) = (Vec::new(), 0u64);
    for file in &files {
        for line in document_lines(file)? {
            match serde_json::from_slice::<Held>(&line?.1) {
                Ok(document) => held.push(document),
                Err(_) => damaged += 1,
            }
        }
    }
    let found = gaps(&held);
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(if context.global.json {
        writeln!(out, "{}", serde_json::to_string(&found)?).and_then(|()| out.flush())
    } else {
        out.write_all(text(&found, Paint::stdout(context.global.color)).as_bytes()).and_then(|()| out.flush())
    })?;
    say(context, &summary(&found, held.len()));
    if damaged == 0 {
        return Ok(Exit::Done);
    }
    tracing::warn!("{damaged} lines are no records and were passed over: run `gongwen build`");
    Ok(Exit::Partial)
}

fn text(found: &Gaps, paint: Paint) -> String {
    let mut text = String::new();
    for series in found.series.iter().filter(|series| series.known >= FEW) {
        text += &series_text(series, paint);
    }
    for body in &found.reports {
        text += &report_text(body, paint);
    }
    text
}

fn series_text(series: &SeriesGaps, paint: Paint) -> String {
    let SeriesGaps { mark, year, known, last, missing, .. } = series;
    let name = format!("{mark}〔{year}〕");
    let mut text = format!("{}  {}\n", paint.bold(&printable(&name)), told(&format!("{known} of {last} known")));
    for Run { from, to, before, after } in missing {
        let numbers = if from == to { from.to_string() } else { format!("{from}–{to}") };
        let before = before.as_ref().map_or_else(|| "the beginning of the year".to_owned(), neighbour);
        let (before, after) = (format!("between {before}"), format!("and {}", neighbour(after)));
        let _ = writeln!(text, "  {numbers:<9} {}\n  {:<9} {}", told(&before), "", told(&after));
    }
    text
}

fn neighbour(document: &Neighbour) -> String {
    let day = document.published.as_deref().map(|day| format!(" ({day})")).unwrap_or_default();
    let title = document.title.as_deref().unwrap_or(&document.id);
    printable(&format!("{}号 {title}{day}", document.serial)).into_owned()
}

fn report_text(body: &ReportGaps, paint: Paint) -> String {
    let years = |years: &[i16]| years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let genre = serde_json::to_value(body.genre).ok();
    let genre = genre.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    let name = paint.bold(&printable(&body.issuer));
    let gone =
        if body.gone.is_empty() { String::new() } else { format!("; gone from the portal: {}", years(&body.gone)) };
    let lacks = format!("{genre}: missing {}; there are {}{gone}", years(&body.missing), years(&body.years));
    format!("{name}  {}\n", told(&lacks))
}

fn summary(found: &Gaps, documents: usize) -> String {
    let numbers: u64 =
        found.series.iter().flat_map(|series| &series.missing).map(|run| u64::from(run.to - run.from + 1)).sum();
    let years: usize = found.reports.iter().map(|body| body.missing.len()).sum();
    let few = found.series.iter().filter(|series| series.known < FEW).count();
    let mut text = format!(
        "{documents} documents: {numbers} numbers missing in {} series, {years} annual reports of {} bodies\n",
        found.series.len(),
        found.reports.len()
    );
    if few > 0 {
        let _ = writeln!(text, "{few} series with fewer than {FEW} known numbers are shown by --json only");
    }
    if found.unnamed_reports > 0 {
        let _ = writeln!(text, "{} annual reports name no certain body and fill no gap", found.unnamed_reports);
    }
    text
}
