//! The command line: what may be said.

mod chinese;
mod command;
mod crawl;
mod examples;
mod exits;
mod foreign;
mod log;
mod export;
mod prune;
mod sources;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use self::command::{command, language, parse, said};
pub use self::crawl::{CrawlArgs, Shard};
pub(crate) use self::exits::exits;
pub use self::export::{ExportArgs, ExportBy, ExportForm};
pub use self::foreign::{ForeignArgs, ImportArgs, MergeArgs, ShardForm};
pub use self::log::{LogArgs, Since};
pub use self::prune::PruneArgs;
pub use self::sources::{AddArgs, SourcesArgs, SourcesVerb};
use self::values::{first_day, last_day};
use crate::model::SourceId;

/// Turns the reports that Chinese governments publish on their portals into records for analysis.
#[derive(Debug, Parser)]
#[command(name = "gongwen", version, after_help = examples::PROGRAM, max_term_width = 110)]
pub struct Cli {
    /// What holds for every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The heading of what every verb takes, so that its own options come first.
const EVERYWHERE: &str = "Global options";

/// What holds for every verb.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder of the configuration [default: ./config if it exists, else what the program ships].
    #[arg(long, global = true, env = "GONGWEN_CONFIG", value_name = "DIR", help_heading = EVERYWHERE)]
    pub config: Option<PathBuf>,
    /// Folder that everything is written to.
    #[arg(
        long,
        global = true,
        env = "GONGWEN_OUTPUT",
        value_name = "DIR",
        default_value = "output",
        help_heading = EVERYWHERE
    )]
    pub output: PathBuf,
    /// Whether the command line names that folder.
    #[arg(skip)]
    pub output_is_given: bool,
    /// Say nothing unless something fails.
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
    /// Log a line a request; twice: also waits and decisions.
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = EVERYWHERE)]
    pub verbose: u8,
    /// Print the summary as one JSON object on stdout.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// How log lines are written on stderr and into the log file.
    #[arg(long, global = true, value_name = "FORM", default_value = "text", help_heading = EVERYWHERE)]
    pub log_format: LogFormat,
    /// Also append a line a request to this file, whatever is said on stderr.
    #[arg(long, global = true, env = "GONGWEN_LOG_FILE", value_name = "FILE", help_heading = EVERYWHERE)]
    pub log_file: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = EVERYWHERE)]
    pub color: Color,
    /// The language of help and messages [default: that of `LC_ALL`, `LC_MESSAGES` or LANG].
    #[arg(long, global = true, value_name = "LANG", help_heading = EVERYWHERE)]
    pub lang: Option<Lang>,
    /// As if it were this time: for tests.
    #[arg(long, global = true, hide = true, value_name = "TIME")]
    pub now: Option<jiff::Timestamp>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Time, level, what happened, `key=value`.
    Text,
    /// One JSON object a line.
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The language of help and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// Which sources, and which span of time.
#[derive(Debug, Clone, Default, Args)]
pub struct Scope {
    /// Only this source; may be given several times.
    #[arg(long = "source", value_name = "ID")]
    pub sources: Vec<SourceId>,
    /// Only documents published from this year or day on; a report for 2020 is published in 2021.
    #[arg(long, value_name = "YEAR|DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Only documents published up to this year or day.
    #[arg(long, value_name = "YEAR|DATE", value_parser = last_day)]
    pub until: Option<Date>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Crawl and build a small portal on this machine: see it work, offline.
    ///
    /// Without --output all of it lies in a folder of its own, ./output/demo, apart from what you crawl.
    #[command(after_help = examples::DEMO)]
    Demo,
    /// Crawl what is new and build what changed: the line for cron.
    ///
    /// Without --source this is every source of ./config. Where there is none, nothing is asked, unless --shipped takes
    /// the columns that the program ships, which `gongwen sources list` shows.
    #[command(after_help = examples::RUN)]
    Run(CrawlArgs),
    /// Fetch list pages and articles into the archive.
    ///
    /// Without --source this is every source of ./config. Where there is none, nothing is asked, unless --shipped takes
    /// the columns that the program ships, which `gongwen sources list` shows.
    #[command(after_help = examples::CRAWL)]
    Crawl(CrawlArgs),
    /// Make records from the archive, offline.
    #[command(after_help = examples::BUILD)]
    Build(BuildArgs),
    /// Read saved pages: documents and sections on stdout, or with --output every record file in a folder.
    #[command(after_help = examples::EXTRACT)]
    Extract(ExtractArgs),
    /// Read plain text, one paragraph a line: sections on stdout.
    #[command(after_help = examples::STRUCTURE)]
    Structure(StructureArgs),
    /// List, add, check and inspect portal columns.
    #[command(after_help = examples::SOURCES)]
    Sources(SourcesArgs),
    /// How every source is, the sick ones first: since when it fails, what it found, its newest report.
    #[command(after_help = examples::STATUS)]
    Status(StatusArgs),
    /// What came, changed, went and is back: the last run, a run, since a day, or of a source.
    ///
    /// Every build appends to ./output/changes.jsonl what it finds that was not told before. A document that the portal has
    /// withdrawn is gone: its text stays in the records, marked by `gone_at`.
    #[command(after_help = examples::LOG)]
    Log(LogArgs),
    /// What the records lack: numbers within a series of 发文字号, and years of annual reports.
    ///
    /// No portal tells what it has not got. Where 云政发〔2022〕4号 and 6号 are known, 5号 exists; a body with reports for 2019
    /// and 2021 wrote one for 2020. Each gap is shown with its neighbours.
    #[command(after_help = examples::GAPS)]
    Gaps(GapsArgs),
    /// A static site of the records in ./output/report: coverage, health, each document beside its tree.
    ///
    /// It needs no server and no network. Pages that would be the same are left as they are.
    #[command(after_help = examples::REPORT)]
    Report,
    /// Join the outputs of several machines into --output: archives, states, changes; the records are made anew.
    #[command(after_help = examples::MERGE)]
    Merge(MergeArgs),
    /// Look for damage in the archive, or make its state anew.
    #[command(after_help = examples::ARCHIVE)]
    Archive(ArchiveArgs),
    /// Remove reports and logs of old runs; never anything of the archive, the state or the records.
    ///
    /// These are `runs/ID.json` and `logs/ID.log` below --output whose names, the time at which the run began, lie longer back
    /// than --keep. The newest report stays. `gongwen report` shows the health of sources over the runs whose reports are there.
    #[command(after_help = examples::PRUNE)]
    Prune(PruneArgs),
    /// Records as Parquet, CSV, SQLite, references, a table of whole parts, or passages for retrieval.
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// The record format as a schema.
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Completions for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual: of the program, or of one verb.
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
}

/// Arguments of `status`.
#[derive(Debug, Clone, Copy, Args)]
pub struct StatusArgs {
    /// Also the sources that were never run.
    #[arg(long)]
    pub all: bool,
    /// Only the sources whose last run was no good one; exits with 3, or with 4 if one is an alarm, if there are some.
    #[arg(long, conflicts_with = "all")]
    pub failing: bool,
}

/// Arguments of `gaps`.
#[derive(Debug, Clone, Default, Args)]
pub struct GapsArgs {
    /// Only the records of this source; may be given several times.
    #[arg(long = "source", value_name = "ID")]
    pub sources: Vec<SourceId>,
}

/// Arguments of `build`.
#[derive(Debug, Clone, Default, Args)]
pub struct BuildArgs {
    /// Which sources and days.
    #[command(flatten)]
    pub scope: Scope,
    /// Write nothing; show which records would change and exit 4 if any would.
    #[arg(long)]
    pub diff: bool,
    /// Files of other programs instead of the archive.
    #[command(flatten)]
    pub foreign: ForeignArgs,
}

/// Arguments of `extract`.
#[derive(Debug, Clone, Args)]
pub struct ExtractArgs {
    /// Saved pages, folders of them, or `-` for standard input.
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// Address of the page, if there is one input.
    #[arg(long, conflicts_with = "urls")]
    pub url: Option<url::Url>,
    /// Lines of `file name<TAB>URL`.
    #[arg(long, value_name = "FILE")]
    pub urls: Option<PathBuf>,
    /// How the result is shown.
    #[command(flatten)]
    pub form: ExtractForm,
    /// The input is plain text, not HTML (as for `.txt`).
    #[arg(long)]
    pub text: bool,
}

/// How `extract` shows its result; without a choice a tree on a terminal, else JSON lines.
#[derive(Debug, Clone, Copy, Args)]
pub struct ExtractForm {
    /// One JSON line a page (the default when stdout is no terminal).
    #[arg(long)]
    pub jsonl: bool,
    /// A readable tree (the default on a terminal).
    #[arg(long, conflicts_with = "jsonl")]
    pub tree: bool,
    /// Why this body and this metadata, rule by rule; with `--jsonl` as JSON.
    #[arg(long, conflicts_with = "tree")]
    pub explain: bool,
}

/// Arguments of `structure`.
#[derive(Debug, Clone, Args)]
pub struct StructureArgs {
    /// A text file, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    pub input: PathBuf,
    /// How many lines at the top are the title.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub title_lines: usize,
    /// Why each line was read as it was: its role and the rule, and what was weighed.
    #[arg(long)]
    pub explain: bool,
}

/// Arguments of `archive`.
#[derive(Debug, Clone, Args)]
pub struct ArchiveArgs {
    /// What to do with the archive.
    #[command(subcommand)]
    pub verb: ArchiveVerb,
}

/// What to do with the archive.
#[derive(Debug, Clone, Subcommand)]
pub enum ArchiveVerb {
    /// Read every archived byte and change nothing: digests, places, files that are away, captures that the state does
    /// not know; a line for each, and exit 1 if there is one.
    Check,
    /// Make `state.sqlite` anew from the WARC files alone; exit 3 if some of their bytes cannot be read.
    ///
    /// The state that is there is moved aside, never deleted, and no WARC file is changed. What stands in no WARC file is
    /// found out by the next crawl: it reads the lists to their end, and asks again for what had failed.
    Rebuild,
    /// Take pages of WARC files of any program into the archive of a source, as if they had been fetched for it; exit 3 if some
    /// of their bytes cannot be read.
    Import(ImportArgs),
}

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// The verb, such as `crawl` or `sources add` [default: the program].
    #[arg(value_name = "VERB")]
    pub verb: Vec<String>,
    /// Write the pages of all verbs into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "verb")]
    pub to: Option<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    /// The form.
    #[arg(long = "as", value_name = "FORM", default_value = "markdown")]
    pub form: SchemaForm,
}

/// The forms of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaForm {
    /// JSON Schema.
    Jsonschema,
    /// A data dictionary for people.
    Markdown,
    /// SQL for `DuckDB`: typed views over all sources of `--output`.
    Duckdb,
    /// A Python module that reads all sources of `--output` into polars.
    Polars,
    /// A Python module that reads all sources of `--output` into Arrow.
    Arrow,
    /// Types of Python for the records (`gongwen.records` of the Python package).
    Python,
}
