//! `gongwen sources`: portal columns, listed, checked, inspected.

use super::{Context, Exit};
use crate::cli::SourcesArgs;

pub(super) fn run(_args: &SourcesArgs, _context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
