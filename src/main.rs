//! Parses the command line, reads the clock, runs the verb and chooses the exit code.

use std::process::ExitCode;

use clap::Parser;
use gongwen::cli::Cli;
use gongwen::commands::{Exit, dispatch};

fn main() -> ExitCode {
    let cli = Cli::parse();
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    let now = jiff::Timestamp::now();
    let exit = dispatch(cli, now).unwrap_or_else(|error| {
        #[expect(clippy::print_stderr, reason = "the one place where errors are printed")]
        {
            eprintln!("gongwen: {error:#}");
        }
        Exit::Failed
    });
    ExitCode::from(exit as u8)
}
