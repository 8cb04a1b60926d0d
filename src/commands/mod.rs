//! The verbs: each joins stages into one job.

mod archive;
mod build;
mod crawl;
mod demo;
mod export;
mod extract;
mod files;
mod gaps;
mod log;
mod extract_files;
mod ocr;
mod merge;
mod ordered;
mod prune;
mod repairs;
mod report;
mod room;
mod run;
mod man;
mod saved;
mod schema;
mod scope;
mod shards;
mod sources;
mod status;
mod structure;
mod terminal;
mod tree;
mod without;

use std::ffi::OsString;
use std::path::Path;

use jiff::Timestamp;

pub use self::terminal::{complain, printable, written};
use crate::archive::ArchiveError;
use crate::cli::{Cli, Global, Verb};
use crate::config::{Config, Problems};

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, also when nothing was new.
    Done = 0,
    /// Failed: what was there before is untouched.
    Failed = 1,
    /// A bad flag or configuration.
    Usage = 2,
    /// The output is valid, but a source failed, was blocked, or lost too many of its pages.
    Partial = 3,
    /// A source that had reports now yields none, a declared total was not reached, or `build --diff` found a change.
    Gate = 4,
    /// Another run holds the lock.
    Locked = 75,
    /// Stopped by Ctrl-C or SIGTERM.
    Interrupted = 130,
}

impl Exit {
    /// The exit code for what kept a run from going on.
    pub fn of(error: &anyhow::Error) -> Self {
        match error.downcast_ref::<ArchiveError>() {
            Some(ArchiveError::Locked { .. }) => Self::Locked,
            _ if error.is::<Usage>() || error.is::<Problems>() => Self::Usage,
            _ if error.is::<Unanswered>() => Self::Partial,
            _ => Self::Failed,
        }
    }
}

/// Something was said on the command line that cannot be meant.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(String);

/// A portal did not give the page that everything depends on: it was blocked, forbidden, unreachable or gone.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unanswered(String);

/// What every verb is told besides its own arguments.
#[derive(Debug, Clone)]
pub struct Context {
    /// The global flags.
    pub global: Global,
    /// The clock, read once at the start.
    pub now: Timestamp,
}

impl Context {
    /// The configuration: the folder of `--config`, else `./config` if it is one of ours, else what the program ships.
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        Ok(Config::load(self.config_folder(), &variables())?)
    }

    /// The same, but a source file that cannot be used is an error as well.
    pub(crate) fn sound_config(&self) -> anyhow::Result<Config> {
        Ok(Config::load_all(self.config_folder(), &variables())?)
    }

    /// The same for a verb that has to do with no source.
    pub(crate) fn config_without_sources(&self) -> anyhow::Result<Config> {
        Ok(Config::without_sources(self.config_folder(), &variables())?)
    }

    /// The folder of the configuration; `None` if what the program ships counts.
    pub(crate) fn config_folder(&self) -> Option<&Path> {
        let ours = |folder: &&Path| folder.join("gongwen.toml").is_file() || folder.join("sources").is_dir();
        self.global.config.as_deref().or_else(|| Some(Path::new("config")).filter(ours))
    }
}

/// The environment, as far as it is text.
fn variables() -> Vec<(String, String)> {
    let text =
        |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned()));
    std::env::vars_os().filter_map(text).collect()
}

/// Runs the verb.
///
/// # Errors
/// What keeps the run from going on; pages that fail are counted, not errors.
pub fn dispatch(cli: Cli, now: Timestamp) -> anyhow::Result<Exit> {
    let context = Context { global: cli.global, now };
    match cli.verb {
        Verb::Demo => demo::run(&context),
        Verb::Run(args) => run::run(&args, &context),
        Verb::Crawl(args) => crawl::run(&args, &context),
        Verb::Build(args) => build::run(&args, &context),
        Verb::Extract(args) => extract::run(&args, &context),
        Verb::Structure(args) => structure::run(&args, &context),
        Verb::Sources(args) => sources::run(&args, &context),
        Verb::Report => report::run(&context),
        Verb::Log(args) => log::run(&args, &context),
        Verb::Gaps(args) => gaps::run(&args, &context),
        Verb::Status(args) => status::run(args, &context),
        Verb::Merge(args) => merge::run(&args, &context),
        Verb::Archive(args) => archive::run(&args, &context),
        Verb::Prune(args) => prune::run(args, &context),
        Verb::Export(args) => export::run(&args, &context),
        Verb::Schema(args) => schema::schema(&args, &context),
        Verb::Completions { shell } => schema::completions(shell),
        Verb::Man(args) => man::run(&args),
    }
}
