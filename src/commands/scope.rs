//! Which sources a verb is about.

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use url::Url;

use super::terminal::complain;
use super::{Exit, Usage};
use crate::cli::{CrawlArgs, Scope, Shard};
use crate::config::{Broken, Config, Problems, Source, nearest};
use crate::crawl::site;
use crate::model::SourceId;

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    /// First day, if there is one.
    pub(super) since: Option<Date>,
    /// Last day, if there is one.
    pub(super) until: Option<Date>,
}

impl Span {
    /// Whether a day lies in it.
    pub(super) fn covers(self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl From<&Scope> for Span {
    fn from(scope: &Scope) -> Self {
        Self { since: scope.since, until: scope.until }
    }
}

/// The sources that `--source` names, else all of them; ordered by id, each once.
pub(super) fn sources<'a>(config: &'a Config, scope: &Scope) -> anyhow::Result<Vec<&'a Source>> {
    if let (Some(since), Some(until)) = (scope.since, scope.until)
        && since > until
    {
        return Err(Usage(format!("no day lies between --since {since} and --until {until}: exchange them")).into());
    }
    for id in &scope.sources {
        is_known(config, id)?;
    }
    let wanted = |source: &&Source| scope.sources.is_empty() || scope.sources.contains(&source.id);
    let mut sources: Vec<&Source> = config.sources.iter().filter(wanted).collect();
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(sources)
}

/// Whether a source can be used; if not, why, or which one may be meant.
fn is_known(config: &Config, id: &SourceId) -> anyhow::Result<()> {
    if config.sources.iter().any(|source| source.id == *id) {
        return Ok(());
    }
    let own: Vec<Broken> = config.broken.iter().filter(|broken| broken.id == id.as_str()).cloned().collect();
    if !own.is_empty() {
        return Err(broken(&own).into());
    }
    let known: Vec<&str> = config.sources.iter().map(|source| source.id.as_str()).collect();
    Err(Usage(match nearest(id.as_str(), &known) {
        Some(near) => format!("there is no source `{id}`; did you mean `{near}`?"),
        None => format!("there is no source `{id}`: see `gongwen sources list`"),
    })
    .into())
}

/// What is wrong with files that cannot be used.
pub(super) fn broken(files: &[Broken]) -> Problems {
    Problems(files.iter().flat_map(|file| file.problems.clone()).collect())
}

/// Tells of the files that cannot be used, unless sources that can be were named; gives the exit code that they alone make.
pub(super) fn tell_broken(config: &Config, scope: &Scope) -> Exit {
    if config.broken.is_empty() || !scope.sources.is_empty() {
        return Exit::Done;
    }
    complain(&broken(&config.broken).to_string());
    Exit::Usage
}

/// The sources that a crawl is about: those in scope that belong to its shard.
pub(super) fn crawled<'a>(config: &'a Config, args: &CrawlArgs) -> anyhow::Result<Vec<&'a Source>> {
    let mut sources = sources(config, &args.scope)?;
    if sources.is_empty() && !config.broken.is_empty() {
        return Err(broken(&config.broken).into());
    }
    if let Some(source) =
        sources.iter().find(|source| !source.schedule.enabled && args.scope.sources.contains(&source.id))
    {
        return Err(Usage(format!("`{}` is not asked: its file says `enabled = false`", source.id)).into());
    }
    sources.retain(|source| source.schedule.enabled);
    sources.retain(|source| args.shard.is_none_or(|shard| in_shard(source.start.first(), shard)));
    Ok(sources)
}

/// Whether a source that begins at this page belongs to this part of a crawl that is split over machines.
///
/// The registrable domain decides, so that all hosts of one body are asked by one machine, which keeps the pace.
fn in_shard(start: Option<&Url>, shard: Shard) -> bool {
    let hash = Sha256::digest(start.map(site).unwrap_or_default().as_bytes());
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    number % u64::from(shard.count) == u64::from((shard.index + shard.count - 1) % shard.count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_of_a_domain_is_in_exactly_one_shard() {
        let starts =
            ["http://www.yunxi.gov.cn/a/", "http://sfj.yunxi.gov.cn/b/", "http://127.0.0.7/", "http://x.test/"];
        let shards = |start: &str| -> Vec<u32> {
            let start = start.parse().unwrap();
            (1..=5).filter(|&index| in_shard(Some(&start), Shard { index, count: 5 })).collect()
        };
        for start in starts {
            assert_eq!(shards(start).len(), 1, "{start}");
        }
        assert_eq!(shards(starts[0]), shards(starts[1]));
        for start in starts {
            let start = start.parse().ok();
            let part = |index| in_shard(start.as_ref(), Shard { index, count: 5 });
            assert_eq!(part(0), part(5), "who counts from 0 has the same parts");
        }
        assert!(in_shard(starts[0].parse().ok().as_ref(), Shard { index: 1, count: 1 }));
    }
}
