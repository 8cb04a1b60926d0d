//! What may be said to `crawl` and `run`.

use std::path::PathBuf;

use clap::Args;

use super::Scope;
use super::values::{at_least_one, days};

/// Arguments of `crawl` and `run`.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct CrawlArgs {
    /// Which sources and days.
    #[command(flatten)]
    pub scope: Scope,
    /// Where you have no sources of your own, take the columns that the program ships.
    #[arg(long)]
    pub shipped: bool,
    /// Fetch at most this many articles a source.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub limit: Option<usize>,
    /// Read every list page and ask again for every known article.
    #[arg(long)]
    pub full: bool,
    /// Also ask again for known articles that were not asked for since so many days, such as 90d.
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub recheck: Option<u32>,
    /// Write figures of the run to this file for the textfile collector of Prometheus.
    #[arg(long, env = "GONGWEN_METRICS", value_name = "FILE")]
    pub metrics: Option<PathBuf>,
    /// Ask again only for the pages of this `failed.jsonl`, and for the lists that failed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["full", "recheck"])]
    pub retry_failed: Option<PathBuf>,
    /// Show what would be fetched, and why; read list pages only.
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out the files that hang on the articles.
    #[arg(long)]
    pub no_attachments: bool,
    /// Only the hosts of shard I of N (counted from 0 or from 1), chosen by a hash of the registrable domain.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Let private and loopback addresses through: for mirrors in an intranet.
    #[arg(long)]
    pub allow_private: bool,
}

/// One part of a crawl that is split over machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which part, counted from 0 or from 1: part N of N is part 0.
    pub index: u32,
    /// How many parts there are.
    pub count: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((index, count)) if 1 <= count && index <= count => Ok(Self { index, count }),
            _ => Err("give it as I/N with I <= N, such as 2/8".to_owned()),
        }
    }
}
