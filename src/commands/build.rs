//! `gongwen build`: archive → records.

use super::{Context, Exit};
use crate::cli::BuildArgs;

pub(super) fn run(_args: &BuildArgs, _context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
