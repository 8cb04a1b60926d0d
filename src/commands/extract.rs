//! `gongwen extract`: saved pages → documents and sections on stdout.

use super::{Context, Exit};
use crate::cli::ExtractArgs;

pub(super) fn run(_args: &ExtractArgs, _context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
