//! `gongwen demo`: a small portal on loopback, crawled and built.

use super::{Context, Exit};

pub(super) fn run(_context: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
