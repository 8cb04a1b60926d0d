//! `gongwen structure`: plain text → sections on stdout.

use super::{Context, Exit};
use crate::cli::StructureArgs;

pub(super) fn run(_args: &StructureArgs, _context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
