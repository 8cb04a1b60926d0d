//! Which sources a verb is about.

use super::Usage;
use crate::cli::Scope;
use crate::config::{Config, Source};
use crate::model::SourceId;

/// The sources that `--source` names, else all of them; ordered by id, each once.
pub(super) fn sources<'a>(config: &'a Config, scope: &Scope) -> anyhow::Result<Vec<&'a Source>> {
    let known = |id: &&SourceId| config.sources.iter().any(|source| source.id == **id);
    if let Some(unknown) = scope.sources.iter().find(|id| !known(id)) {
        return Err(Usage(format!("there is no source `{unknown}`: see `gongwen sources list`")).into());
    }
    let wanted = |source: &&Source| scope.sources.is_empty() || scope.sources.contains(&source.id);
    let mut sources: Vec<&Source> = config.sources.iter().filter(wanted).collect();
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(sources)
}
