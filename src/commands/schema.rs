//! `gongwen schema`, `completions` and `man`: what the program says about itself.

use super::Exit;
use crate::cli::SchemaArgs;

pub(super) fn schema(_args: &SchemaArgs) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}

pub(super) fn completions(_shell: clap_complete::Shell) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}

pub(super) fn man() -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
