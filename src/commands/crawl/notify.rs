//! `[notify] command`: a program that is told, as JSON on its stdin, when something failed or is well again.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::causes::{Cause, causes};
use super::summary::{Facts, lines};
use crate::commands::terminal::complain;
use crate::commands::{Context, Exit};
use crate::model::{Counts, SourceId, SourceReport, SourceStatus};

/// The `schema` of what the program is told.
const SCHEMA: &str = "notice/1";

/// A program that takes longer is ended, so that it does not keep the next run out.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the program is told.
#[derive(Debug, Serialize)]
struct Notice<'a> {
    schema: &'static str,
    run: &'a str,
    verb: &'a str,
    exit: u8,
    /// The run report.
    report: String,
    n_sources: usize,
    n_ill: usize,
    counts: Counts,
    causes: Vec<Cause>,
    recovered: &'a [SourceId],
    error: Option<&'a str>,
    /// All of it in a few lines, for a mail or a chat.
    text: String,
}

/// Tells the program, if there is one and something failed or is well again.
pub(super) fn run(command: &[String], facts: &Facts<'_>, context: &Context) {
    let recovered = facts.report.crawl.as_ref().map_or(&[][..], |crawl| &crawl.recovered);
    if command.is_empty() || facts.exit == Exit::Interrupted || facts.exit == Exit::Done && recovered.is_empty() {
        return;
    }
    let notice = notice(facts, context);
    let told = serde_json::to_vec(&notice).map_err(std::io::Error::from).and_then(|json| tell(command, &json));
    // That nobody was told changes nothing about the run.
    match told {
        Ok(None) => {}
        Ok(Some(why)) => complain(&format!("the command of `[notify]` {why}")),
        Err(error) => complain(&format!("the command of `[notify]` cannot be run: {error}")),
    }
}

fn notice<'a>(facts: &Facts<'a>, context: &Context) -> Notice<'a> {
    let report = facts.report;
    let crawl = report.crawl.as_ref();
    let sources = crawl.map_or(&[][..], |crawl| &crawl.sources);
    let ill = |source: &&SourceReport| source.status != SourceStatus::Complete || source.alarm;
    let mut text = lines(facts, context);
    text.extend(report.error.iter().cloned());
    Notice {
        schema: SCHEMA,
        run: &report.id,
        verb: &report.verb,
        exit: report.exit,
        report: context.global.output.join("runs").join(format!("{}.json", report.id)).display().to_string(),
        n_sources: sources.len(),
        n_ill: sources.iter().filter(ill).count(),
        counts: crawl.map(|crawl| crawl.counts).unwrap_or_default(),
        causes: causes(sources.iter().filter(ill), facts.failed, facts.sources),
        recovered: crawl.map_or(&[], |crawl| &crawl.recovered),
        error: report.error.as_deref(),
        text: text.join("\n"),
    }
}

/// Runs the program and waits for it; gives what is wrong with how it ended.
fn tell(command: &[String], json: &[u8]) -> std::io::Result<Option<String>> {
    let [program, arguments @ ..] = command else { return Ok(None) };
    // What it prints is for whoever reads what we say; stdout is data.
    let mut child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that does not read what it is told is no failure of ours.
        let _ = stdin.write_all(json);
    }
    wait(&mut child)
}

fn wait(child: &mut Child) -> std::io::Result<Option<String>> {
    let begun = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(None),
            Some(status) => return Ok(Some(format!("failed: {status}"))),
            None if begun.elapsed() > PATIENCE => {
                child.kill()?;
                child.wait()?;
                return Ok(Some(format!("took longer than {}s and was ended", PATIENCE.as_secs())));
            }
            None => thread::sleep(Duration::from_millis(20)),
        }
    }
}
