//! The command line: what may be said.

mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use self::values::{at_least_one, days, first_day, last_day};
use crate::model::SourceId;

/// Turns the reports that Chinese governments publish on their portals into records for analysis.
#[derive(Debug, Parser)]
#[command(name = "gongwen", version, before_help = EXAMPLES, after_help = EXIT_CODES, max_term_width = 110)]
pub struct Cli {
    /// What holds for every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What the help of the program opens with.
const EXAMPLES: &str = "\
Examples:
  gongwen demo                                      see it work: a small portal on this machine, crawled and built
  gongwen extract --tree page.html                  one saved page as a tree of its sections
  gongwen crawl --source liling --since 2020        fetch the reports of one column into ./output/archive
  gongwen run --quiet                               the line for cron: fetch what is new, build what changed";

/// What the help of the program ends with.
const EXIT_CODES: &str = "\
Exit codes: 0 done, also when nothing was new | 1 failed | 2 bad flag or configuration | 3 partial: a source failed,
was blocked or lost pages | 4 quality gate: a source went silent, or `build --diff` found a change | 75 another run
holds the lock | 130 stopped";

const CRAWL_EXAMPLES: &str = "\
Examples:
  gongwen crawl --source liling --limit 20
  gongwen crawl --since 2015 --until 2020   (stop and repeat it at will)
  gongwen crawl --dry-run
  gongwen crawl --recheck 90d
  gongwen crawl --retry-failed output/failed.jsonl
  gongwen crawl --shard 2/8";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  gongwen extract --tree page.html
  gongwen extract --jsonl --urls urls.tsv saved/ > pages.jsonl
  curl -s http://www.example.gov.cn/1.html | gongwen extract --url http://www.example.gov.cn/1.html -
  gongwen extract --explain page.html";

const STRUCTURE_EXAMPLES: &str = "\
Examples:
  gongwen structure report.txt
  pdftotext report.pdf - | gongwen structure --title-lines 2 -";

const ARCHIVE_EXAMPLES: &str = "\
Examples:
  gongwen archive check              is everything that was archived still readable?
  gongwen archive rebuild            make output/state.sqlite anew from the WARC files";

const SOURCES_EXAMPLES: &str = "\
Examples:
  gongwen sources list
  gongwen sources add http://www.example.gov.cn/           (from the home page to the column)
  gongwen sources add http://www.example.gov.cn/fzzf/ --id yunxi --dry-run
  gongwen sources check --config ./config
  gongwen sources inspect list.html";

/// What holds for every verb.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder of the configuration [default: ./config if it exists, else what the program ships].
    #[arg(long, global = true, env = "GONGWEN_CONFIG", value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Folder that everything is written to.
    #[arg(long, global = true, env = "GONGWEN_OUTPUT", value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Say nothing unless something fails.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more; twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Print the summary as one JSON object on stdout.
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// As if it were this time: for tests.
    #[arg(long, global = true, hide = true, value_name = "TIME")]
    pub now: Option<jiff::Timestamp>,
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

/// Which sources, and which span of time.
#[derive(Debug, Clone, Default, Args)]
pub struct Scope {
    /// Only this source; may be given several times.
    #[arg(long = "source", value_name = "ID")]
    pub sources: Vec<SourceId>,
    /// Only documents from this year or day on.
    #[arg(long, value_name = "YEAR|DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Only documents up to this year or day.
    #[arg(long, value_name = "YEAR|DATE", value_parser = last_day)]
    pub until: Option<Date>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Crawl and build a small portal on this machine: see it work, offline.
    #[command(before_help = "Examples:\n  gongwen demo\n  gongwen demo --output demo")]
    Demo,
    /// Crawl what is new and build what changed: the line for cron.
    ///
    /// Without --source this is every source of ./config; where there is no such folder, every column that the program
    /// ships, which `gongwen sources list` shows.
    #[command(before_help = "Examples:\n  gongwen run --quiet\n  gongwen run --source liling --since 2023")]
    Run(CrawlArgs),
    /// Fetch list pages and articles into the archive.
    ///
    /// Without --source this is every source of ./config; where there is no such folder, every column that the program
    /// ships, which `gongwen sources list` shows.
    #[command(before_help = CRAWL_EXAMPLES)]
    Crawl(CrawlArgs),
    /// Make records from the archive, offline.
    #[command(before_help = "Examples:\n  gongwen build\n  gongwen build --diff   (what would a changed rule change?)")]
    Build(BuildArgs),
    /// Read saved pages: documents and sections on stdout.
    #[command(before_help = EXTRACT_EXAMPLES)]
    Extract(ExtractArgs),
    /// Read plain text, one paragraph a line: sections on stdout.
    #[command(before_help = STRUCTURE_EXAMPLES)]
    Structure(StructureArgs),
    /// List, add, check and inspect portal columns.
    #[command(before_help = SOURCES_EXAMPLES)]
    Sources(SourcesArgs),
    /// Each source: last run, newest report, counts, health.
    #[command(before_help = "Examples:\n  gongwen status\n  gongwen status --json")]
    Status,
    /// Look for damage in the archive, or make its state anew.
    #[command(before_help = ARCHIVE_EXAMPLES)]
    Archive(ArchiveArgs),
    /// The record format as a schema.
    #[command(
        before_help = "Examples:\n  gongwen schema\n  gongwen schema --as duckdb > records.sql\n  gongwen schema --as polars --output output/demo > demo.py"
    )]
    Schema(SchemaArgs),
    /// Completions for a shell.
    #[command(before_help = "Examples:\n  gongwen completions bash > /etc/bash_completion.d/gongwen")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page.
    #[command(before_help = "Examples:\n  gongwen man | man -l -")]
    Man,
}

/// Arguments of `crawl` and `run`.
#[derive(Debug, Clone, Default, Args)]
pub struct CrawlArgs {
    /// Which sources and days.
    #[command(flatten)]
    pub scope: Scope,
    /// Fetch at most this many articles a source.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub limit: Option<usize>,
    /// Read every list page and ask again for every known article.
    #[arg(long)]
    pub full: bool,
    /// Also ask again for known articles that were not asked for since so many days, such as 90d.
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub recheck: Option<u32>,
    /// Ask again only for the pages of this `failed.jsonl`, and for the lists that failed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["full", "recheck"])]
    pub retry_failed: Option<PathBuf>,
    /// Show what would be fetched, and why; read list pages only.
    #[arg(long)]
    pub dry_run: bool,
    /// Only the hosts of shard I of N (1-based), chosen by a hash of the registrable domain.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Let private and loopback addresses through: for tests.
    #[arg(long, hide = true)]
    pub allow_private: bool,
}

/// One part of a crawl that is split over machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub index: u32,
    /// How many parts there are.
    pub count: u32,
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

/// Arguments of `sources`.
#[derive(Debug, Clone, Args)]
pub struct SourcesArgs {
    /// What to do with sources.
    #[command(subcommand)]
    pub verb: SourcesVerb,
}

/// What to do with sources.
#[derive(Debug, Clone, Subcommand)]
pub enum SourcesVerb {
    /// Every configured source, a line each.
    List,
    /// Report every problem of every configuration file; exit 2 if there is one.
    Check {
        /// Also ask each portal for robots.txt and one list page; exit 3 if one of them fails.
        #[arg(long)]
        online: bool,
        /// Let private and loopback addresses through: for tests.
        #[arg(long, hide = true)]
        allow_private: bool,
    },
    /// Find a column and its paging by an address, show it, and write its file; exit 3 if the portal does not answer.
    Add(AddArgs),
    /// Read saved list pages: family, targets, next page, number of pages.
    Inspect {
        /// Saved list pages.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Lines of `file name<TAB>URL`.
        #[arg(long, value_name = "FILE")]
        urls: Option<PathBuf>,
        /// One JSON line a page.
        #[arg(long)]
        jsonl: bool,
    },
}

/// Arguments of `sources add`.
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    /// First list page of a column, or the home page of a portal, from which the column is looked for.
    pub url: url::Url,
    /// Id of the source, which names its file [default: made from host and column].
    #[arg(long, value_name = "ID")]
    pub id: Option<SourceId>,
    /// Replace the file if it exists.
    #[arg(long)]
    pub force: bool,
    /// Show what was found and the file; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Let private and loopback addresses through: for tests.
    #[arg(long, hide = true)]
    pub allow_private: bool,
}

/// Arguments of `archive`.
#[derive(Debug, Clone, Args)]
pub struct ArchiveArgs {
    /// What to do with the archive.
    #[command(subcommand)]
    pub verb: ArchiveVerb,
}

/// What to do with the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum ArchiveVerb {
    /// Read every archived byte and change nothing: digests, places, files that are away, captures that the state does
    /// not know; a line for each, and exit 1 if there is one.
    Check,
    /// Make `state.sqlite` anew from the WARC files alone; exit 3 if some of their bytes cannot be read.
    ///
    /// The state that is there is moved aside, never deleted, and no WARC file is changed. What stands in no WARC file is
    /// found out by the next crawl: it reads the lists to their end, and asks again for what had failed.
    Rebuild,
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
}
