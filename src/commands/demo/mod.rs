//! `gongwen demo`: a small portal on loopback, crawled and built.
//!
//! The portal is opened on a free port, but its pages have fixed addresses below `demo.gongwen.test`: the client is
//! told where that host is. So ids and records are the same each time, and a second run finds nothing new.

mod markup;
mod portal;
mod report;
mod site;
mod summary;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use url::Url;

use self::portal::Portal;
use self::report::Report;
use super::scope::Span;
use super::{Context, Exit, build, crawl};
use crate::archive::Archive;
use crate::cli::CrawlArgs;
use crate::config::{ArticleRules, Budget, Config, Expect, FetchRules, Polite, Schedule, Select, Source, Tls};
use crate::crawl::Clock;
use crate::extract::Rules;
use crate::model::{RUN_SCHEMA, Records, RunReport};
use crate::reading::{RawPage, page_records};
use crate::write;

/// The report that is shown as a tree: the one in the form of the model document.
const SHOWN: &str = "/fzzf/202302/t20230228_410231.html";

pub(super) fn run(context: &Context) -> anyhow::Result<Exit> {
    let context = &apart(context);
    let reports = report::reports()?;
    let portal = Portal::open(site::site(&reports)).context("cannot open a port on loopback")?;
    let config = config(&portal)?;
    let output = &context.global.output;
    let clock = Clock::starting(context.now);
    let mut archive = Archive::open(output)?;
    let id = archive.start_run("demo", context.now)?;

    let crawled = crawl::crawl_blocking(
        &config,
        &CrawlArgs::default(),
        config.sources.clone(),
        &mut archive,
        context,
        &id,
        clock,
    )?;
    crawl::write_failed(&crawled, context)?;
    // Some pages fail on purpose, in every run; whether all others came is judged below.
    let mut exit = crawl::exit(&crawled, &config);
    if exit == Exit::Partial {
        exit = Exit::Done;
    }
    let sources: Vec<&Source> = config.sources.iter().collect();
    let built = build::build(&config, &sources, &archive, output, Span::default(), &id);
    if let Some(error) = built.error {
        return Err(error);
    }
    exit = exit.max(built.exit);

    let report = RunReport {
        schema: RUN_SCHEMA.to_owned(),
        id,
        verb: "demo".to_owned(),
        started_at: context.now,
        finished_at: clock.now(),
        exit: exit as u8,
        crawl: Some(crawled.report),
        build: Some(built.report),
        error: None,
        problems: Vec::new(),
    };
    write::runs::report(output, &report)?;
    archive.finish_run(&report.id, report.finished_at, report.exit)?;
    if exit != Exit::Interrupted {
        let shown = shown(&config, &archive)?;
        summary::print(
            &summary::Facts { report: &report, asked: &portal.log(), reports: &reports, shown: &shown },
            context,
        )?;
        whole(&report, &reports)?;
    }
    Ok(exit)
}

/// The demo has a folder of its own: reports of a county that does not exist must not lie among real ones.
fn apart(context: &Context) -> Context {
    let mut apart = context.clone();
    if !apart.global.output_is_given {
        apart.global.output.push("demo");
    }
    apart
}

/// The portal as a source, and manners that suit a server on the same machine.
///
/// Three of the thirty pages fail on purpose, which is more than the default of `max_failed` lets pass.
fn config(portal: &Portal) -> anyhow::Result<Config> {
    let fetch = FetchRules {
        allow_private: true,
        resolve: BTreeMap::from([(site::HOST.to_owned(), portal.address())]),
        timeout: Duration::from_secs(10),
        retries: 1,
        backoff: Duration::from_millis(20),
        ..FetchRules::default()
    };
    let source = Source {
        id: "demo".parse()?,
        name: "云溪县 法治政府建设".to_owned(),
        region: None,
        start: vec![address(&format!("{}index.html", site::COLUMN))?],
        select: Select::default(),
        article: ArticleRules::default(),
        polite: Polite { interval: Duration::from_millis(10), concurrency: 2 },
        expect: Expect::default(),
        tls: Tls::default(),
        budget: Budget::default(),
        attachments: true,
        schedule: Schedule::default(),
    };
    Ok(Config { fetch, sources: vec![source], max_failed: 0.15, ..Config::default() })
}

fn address(path: &str) -> anyhow::Result<Url> {
    Ok(Url::parse(&format!("http://{}{path}", site::HOST))?)
}

/// The records of one page, made again from the archived bytes.
fn shown(config: &Config, archive: &Archive) -> anyhow::Result<Records> {
    let source = config.sources.first().context("the demo has a source")?;
    let capture = archive.newest(&source.id, &address(SHOWN)?)?.context("the page to be shown was not fetched")?;
    let bytes = archive.shelf().read(&capture)?;
    let rules = Rules { article: &source.article, ..Rules::default() };
    let made = page_records(RawPage::archived(&bytes, &capture, source), rules, &config.limits);
    made.map(|made| made.records)
        .map_err(|reject| anyhow::anyhow!("the page to be shown is turned away: {}", reject.reason.as_str()))
}

/// The demo shows that everything works, so it fails when something does not.
fn whole(report: &RunReport, reports: &[Report]) -> anyhow::Result<()> {
    let due = reports.iter().map(Report::documents).sum::<usize>() as u64;
    let documents = report.build.as_ref().map_or(0, |build| build.documents);
    ensure!(
        documents == due,
        "the demo portal has {due} readable reports and files, but there are {documents} documents"
    );
    Ok(())
}
