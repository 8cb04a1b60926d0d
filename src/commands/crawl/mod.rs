//! `gongwen crawl`: portals → archive.

use super::{Context, Exit};
use crate::cli::CrawlArgs;

pub(super) fn run(_args: &CrawlArgs, _context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
