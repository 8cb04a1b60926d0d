//! Parses the command line, reads the clock, runs the verb and chooses the exit code.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Parser as _;
use gongwen::cli::{Cli, Color, Global};
use gongwen::commands::{Exit, dispatch};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    let now = cli.global.now.unwrap_or_else(jiff::Timestamp::now);
    // WARC, HTTP and the names of runs count in seconds; so does everything else.
    let now = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    log_to_stderr(&cli.global);
    let exit = dispatch(cli, now).unwrap_or_else(|error| {
        #[expect(clippy::print_stderr, reason = "the one place where errors are printed")]
        {
            eprintln!("gongwen: {error:#}");
        }
        Exit::of(&error)
    });
    ExitCode::from(exit as u8)
}

/// Talk goes to stderr: warnings, more with `-v`, errors only with `-q`; `RUST_LOG` overrules the flags.
fn log_to_stderr(global: &Global) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => "error",
        (false, 0) => "gongwen=warn,error",
        (false, 1) => "gongwen=info,warn",
        (false, _) => "gongwen=debug,info",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let format = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let colour = match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    };
    format.with_ansi(colour).without_time().with_target(false).compact().init();
}
