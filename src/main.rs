//! Parses the command line, reads the clock, runs the verb and chooses the exit code.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use gongwen::cli;
use gongwen::commands::{Exit, complain, dispatch, written};
use gongwen::language::{self, Language};
use gongwen::log;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    language::speak(cli::language(&arguments, |name| std::env::var(name).ok()));
    let cli = match cli::parse(arguments) {
        Ok(cli) => cli,
        Err(said) => return said_by_clap(&said),
    };
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    let now = cli.global.now.unwrap_or_else(jiff::Timestamp::now);
    // WARC, HTTP and the names of runs count in seconds; so does everything else.
    let now = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    let exit = log::start(&cli.global, now, Instant::now()).and_then(|()| dispatch(cli, now));
    ExitCode::from(exit.unwrap_or_else(|error| failed(&error)) as u8)
}

/// Help and version go to stdout and are what was asked for; everything else is a mistake on the command line.
fn said_by_clap(said: &clap::Error) -> ExitCode {
    if said.use_stderr() {
        // In English the parser paints what it says.
        let printed = match language::spoken() {
            Language::English => said.print(),
            Language::Chinese => std::io::stderr().lock().write_all(cli::said(said).as_bytes()),
        };
        // Nobody is left to be told that telling failed.
        let _ = printed;
        return ExitCode::from(Exit::Usage as u8);
    }
    let printed = written(said.print());
    ExitCode::from(printed.map_or_else(|error| failed(&error), |()| Exit::Done) as u8)
}

fn failed(error: &anyhow::Error) -> Exit {
    complain(&format!("{error:#}"));
    Exit::of(error)
}
