//! All columns side by side, one writer behind them.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::task::JoinSet;

use super::column::{self, Column};
use super::earlier::Earlier;
use super::job::{Clock, Job};
use super::keeper::{Closed, Keeper};
use super::plan::{Plan, in_shard};
use super::queue::Item;
use super::retry::Retry;
use crate::archive::Archive;
use crate::cli::CrawlArgs;
use crate::commands::{Usage, scope};
use crate::config::{Config, Source};
use crate::fetch::{Client, Stop};
use crate::model::{CrawlReport, FailedPage, SourceId};
use crate::progress::Progress;

/// So many columns are worked on at once; most of them wait for their hosts most of the time.
const AT_ONCE: usize = 256;

/// What a crawl is told besides configuration and flags.
#[derive(Debug)]
pub(in crate::commands) struct Setting {
    /// The id of the run, from [`Archive::start_run`].
    pub(in crate::commands) run: String,
    /// The clock of the run.
    pub(in crate::commands) clock: Clock,
    /// When it is set, what is in flight is finished and nothing new is begun.
    pub(in crate::commands) stop: Stop,
    /// Where progress is shown.
    pub(in crate::commands) progress: Progress,
    /// What failed in earlier runs.
    pub(super) earlier: Earlier,
}

/// What a crawl gave.
#[derive(Debug, Default)]
pub(in crate::commands) struct Crawled {
    /// Its part of the run report.
    pub(in crate::commands) report: CrawlReport,
    /// The pages that failed.
    pub(in crate::commands) failed: Vec<FailedPage>,
    /// What a dry run would fetch, by source.
    pub(super) due: Vec<(SourceId, Vec<Item>)>,
    /// What failed in earlier runs, and what of it was asked for again.
    earlier: Arc<Earlier>,
}

impl Crawled {
    /// Whether a line of an earlier `failed.jsonl` says nothing any more, because its page was asked for again.
    pub(in crate::commands) fn asked_again(&self, page: &FailedPage) -> bool {
        self.earlier.is_outdated(page)
    }
}

/// Crawls the sources in scope into the archive.
///
/// # Errors
/// What keeps the crawl from going on; pages and sources that fail are part of the report.
pub(in crate::commands) async fn crawl(
    config: &Config,
    args: &CrawlArgs,
    archive: &mut Archive,
    setting: Setting,
) -> anyhow::Result<Crawled> {
    let retry = args.retry_failed.as_deref().map(Retry::read).transpose()?;
    let is_meant = |source: &&Source| retry.as_ref().is_none_or(|retry| retry.names(&source.id));
    let sources: Vec<Source> = sources(config, args)?.into_iter().filter(is_meant).cloned().collect();
    let mut rules = config.fetch.clone();
    rules.allow_private |= args.allow_private;
    let client = Client::new(&rules, setting.stop.clone())?;
    let (keeper, desk) = Keeper::new(archive);
    let Setting { run, clock, stop, progress, earlier } = setting;
    let earlier = Arc::new(earlier);
    progress.sources(sources.len());
    let plan = Plan::new(args, clock.now());
    let max_list_pages = rules.max_list_pages;
    let job = Job { client, desk, plan, retry, earlier: Arc::clone(&earlier), clock, stop, progress, max_list_pages };
    let columns = async {
        // The writer ends when the job, and with it the last desk, is gone.
        let done = columns(Arc::new(job), sources, run.into()).await;
        done.map_err(anyhow::Error::from)
    };
    let kept = async { keeper.work().await.context("the archive failed") };
    // The archive's own error says more than that of those who wait for it.
    let (columns, kept) = tokio::join!(columns, kept);
    kept?;
    Ok(Crawled { earlier, ..sum(columns?) })
}

async fn columns(job: Arc<Job>, sources: Vec<Source>, run: Arc<str>) -> Result<Vec<Column>, Closed> {
    let mut working = JoinSet::new();
    let mut done = Vec::with_capacity(sources.len());
    for source in sources {
        if working.len() >= AT_ONCE {
            done.extend(working.join_next().await.transpose().map_err(|_| Closed)?.transpose()?);
        }
        working.spawn(column::crawl(Arc::clone(&job), Arc::new(source), Arc::clone(&run)));
    }
    drop(job);
    while let Some(column) = working.join_next().await {
        done.push(column.map_err(|_| Closed)??);
    }
    Ok(done)
}

/// The sources that are meant, by id.
pub(in crate::commands) fn sources<'a>(config: &'a Config, args: &CrawlArgs) -> anyhow::Result<Vec<&'a Source>> {
    if config.sources.is_empty() {
        return Err(Usage("there is no source: put one into `config/sources`".to_owned()).into());
    }
    let mut sources = scope::sources(config, &args.scope)?;
    sources.retain(|source| args.shard.is_none_or(|shard| in_shard(source, shard)));
    Ok(sources)
}

/// The columns as one result, by id, whichever was done first.
fn sum(mut columns: Vec<Column>) -> Crawled {
    columns.sort_by(|one, other| one.report.source.cmp(&other.report.source));
    let mut crawled = Crawled::default();
    for column in columns {
        let Column { report, failed, due, stopped } = column;
        crawled.report.interrupted |= stopped;
        crawled.report.counts += report.counts;
        crawled.failed.extend(failed);
        if !due.is_empty() {
            crawled.due.push((report.source.clone(), due));
        }
        crawled.report.sources.push(report);
    }
    crawled
}
