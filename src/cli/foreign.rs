//! Flags of files that other programs wrote: which files, which of their pages, and where the records go.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Shard;
use crate::model::SourceId;

/// Files of other programs, and which of their pages are wanted.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Files of other programs")]
pub struct ForeignArgs {
    /// Read these files instead of the archive: WARC of any program (plain, gzip, Zstandard), JSON Lines of
    /// `{"url": …, "html": …}` (.jsonl, .jsonl.gz, `-` for standard input), or Parquet with such columns (.parquet).
    #[arg(long, value_name = "FILE", num_args = 1.., group = "files", conflicts_with_all = ["sources", "diff"])]
    pub from: Vec<PathBuf>,
    /// Read the files that this list names, a path a line; `-` for standard input.
    #[arg(long, value_name = "LIST", group = "files", requires = "out", conflicts_with_all = ["from", "sources", "diff"])]
    pub shards: Option<PathBuf>,
    /// One finished file in this folder for each file that is read, and a receipt for each on stdout; what is finished is not
    /// read again. Without it the lines go to stdout.
    #[arg(long, value_name = "DIR", requires = "files")]
    pub out: Option<PathBuf>,
    /// The form of the files in --out.
    #[arg(long, value_enum, value_name = "FORM", default_value_t, requires = "out")]
    pub to: ShardForm,
    /// Only every Nth of the files, from the Ith on (counted from 0 or from 1).
    #[arg(long, value_name = "I/N", requires = "files")]
    pub shard: Option<Shard>,
    /// Only pages of this host, or of all hosts below a domain: `*.gov.cn`.
    #[arg(long = "host", value_name = "HOST", requires = "files")]
    pub hosts: Vec<String>,
    /// Only pages whose address has this pattern.
    #[arg(long = "url", value_name = "REGEX", requires = "files")]
    pub urls: Vec<regex::Regex>,
    /// Only this media type, `text/*` for all of a kind [default: all that can be pages].
    #[arg(long = "type", value_name = "TYPE", requires = "files")]
    pub types: Vec<String>,
    /// Only answers of this HTTP status [default: 200 to 299].
    #[arg(long = "status", value_name = "STATUS", requires = "files")]
    pub statuses: Vec<u16>,
    /// Only documents whose title has this pattern.
    #[arg(long, value_name = "REGEX", requires = "files")]
    pub title: Option<regex::Regex>,
    /// Give a page up that takes longer than so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "files", value_parser = clap::value_parser!(u64).range(1..))]
    pub page_timeout: u64,
}

/// The form of the output of a shard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ShardForm {
    /// JSON Lines.
    #[default]
    Jsonl,
    /// Typed Parquet: document, sections and tables inside the row of the page.
    Parquet,
}

/// Arguments of `merge`.
#[derive(Debug, Clone, Args)]
pub struct MergeArgs {
    /// Output folders of other machines; nothing in them is changed.
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
}

/// Arguments of `archive import`.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// WARC files of any program: plain, gzip or Zstandard.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The source that the pages are for.
    #[arg(long, value_name = "ID")]
    pub source: SourceId,
    /// Only pages of this host, or of all hosts below a domain: `*.gov.cn`.
    #[arg(long = "host", value_name = "HOST")]
    pub hosts: Vec<String>,
    /// Only pages whose address has this pattern.
    #[arg(long = "url", value_name = "REGEX")]
    pub urls: Vec<regex::Regex>,
}
