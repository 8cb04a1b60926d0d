//! What may be said to `prune`.

use clap::Args;

use super::values::days;

/// Arguments of `prune`.
#[derive(Debug, Clone, Copy, Args)]
pub struct PruneArgs {
    /// Keep what is of the last so many days.
    #[arg(long, value_name = "DAYS", value_parser = days, default_value = "90d")]
    pub keep: u32,
    /// Name what would be removed; remove nothing.
    #[arg(long)]
    pub dry_run: bool,
}
