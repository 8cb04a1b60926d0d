//! What may be said to `sources`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::values::web_address;
use crate::model::SourceId;

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
        /// Let private and loopback addresses through: for mirrors in an intranet.
        #[arg(long)]
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
    /// First list page of a column, or the home page of a portal, from which the column is looked for; http:// may be left
    /// out.
    #[arg(value_name = "URL", value_parser = web_address)]
    pub url: url::Url,
    /// What to look for: `rule_of_law` (法治政府建设年度报告), `foi` (政府信息公开年报), `work_report` (政府工作报告), or a pattern
    /// that titles match.
    #[arg(long, value_name = "REPORTS|REGEX", default_value = "rule_of_law")]
    pub want: String,
    /// Id of the source, which names its file [default: made from host and column].
    #[arg(long, value_name = "ID")]
    pub id: Option<SourceId>,
    /// Replace the file if it exists.
    #[arg(long)]
    pub force: bool,
    /// Show what was found and the file; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Let private and loopback addresses through: for mirrors in an intranet.
    #[arg(long)]
    pub allow_private: bool,
}
