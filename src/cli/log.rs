//! What may be said to `log`.

use clap::Args;
use jiff::civil::Date;

use super::values::first_day;
use crate::model::SourceId;

/// Arguments of `log`.
#[derive(Debug, Clone, Default, Args)]
pub struct LogArgs {
    /// What this run found [default: the last run that found something].
    #[arg(value_name = "RUN", conflicts_with = "since")]
    pub run: Option<String>,
    /// What was found since this year or day (of Beijing), or by the runs behind this one.
    #[arg(long, value_name = "YEAR|DATE|RUN", value_parser = since)]
    pub since: Option<Since>,
    /// Only of this source; may be given several times.
    #[arg(long = "source", value_name = "ID")]
    pub sources: Vec<SourceId>,
    /// The lines of `changes.jsonl` as they are.
    #[arg(long)]
    pub jsonl: bool,
}

/// Where a part of the feed begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// With this day.
    Day(Date),
    /// Behind this run.
    Run(String),
}

fn since(text: &str) -> Result<Since, String> {
    let is_run = text.len() >= 16 && text.contains('T') && text.contains('Z');
    if is_run { Ok(Since::Run(text.to_owned())) } else { first_day(text).map(Since::Day) }
}
