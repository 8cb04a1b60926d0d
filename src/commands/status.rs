//! `gongwen status`: each source, its last run and its health.

use super::{Context, Exit};

pub(super) fn run(_context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
