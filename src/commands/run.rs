//! `gongwen run`: crawl what is new, build what changed.

use super::build;
use super::scope::Span;
use super::{Context, Exit, crawl, scope};
use crate::cli::CrawlArgs;

pub(super) fn run(args: &CrawlArgs, context: &Context) -> anyhow::Result<Exit> {
    crawl::session("run", args, context, |config, archive, id| {
        let sources = scope::crawled(config, args)?;
        Ok(Some(build::build(config, &sources, archive, &context.global.output, Span::from(&args.scope), id)))
    })
}
