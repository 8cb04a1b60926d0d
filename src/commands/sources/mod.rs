//! `gongwen sources`: portal columns, listed, checked, inspected, added.

mod add;
mod candidate;
mod entry;
mod find;
mod search;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use url::Url;

use super::saved::{Addresses, SavedPage, print_each, saved_pages};
use super::scope::tell_broken;
use super::terminal::{Paint, written};
use super::{Context, Exit};
use crate::cli::{Scope, SourcesArgs, SourcesVerb};
use crate::config::FetchRules;
use crate::crawl::{Probe, probes};
use crate::discover::listing;
use crate::language::told;
use crate::model::{GoesOn, Listing, Reject, Target};
use crate::page::{View, decode};

pub(super) fn run(args: &SourcesArgs, context: &Context) -> anyhow::Result<Exit> {
    match &args.verb {
        SourcesVerb::List => list(context),
        SourcesVerb::Check { online, allow_private } => check(*online, *allow_private, context),
        SourcesVerb::Add(args) => add::run(args, context),
        SourcesVerb::Inspect { files, urls, jsonl } => inspect(files, urls.as_deref(), *jsonl, context),
    }
}

/// One line a source: id, region, name, first list page.
fn list(context: &Context) -> anyhow::Result<Exit> {
    let paint = Paint::stdout(context.global.color);
    let mut out = io::stdout().lock();
    let config = context.config()?;
    let sound = tell_broken(&config, &Scope::default());
    for source in config.sources {
        let region = source.region.as_deref().unwrap_or("-");
        let start = source.start.first().map_or("-", Url::as_str);
        let id = paint.name(&format!("{:<24}", source.id.as_str()));
        let row = format!("{id} {region:<12} {} {}\n", paint.bold(&source.name), paint.dim(start));
        if let Err(error) = out.write_all(row.as_bytes()) {
            return written(Err(error)).map(|()| Exit::Done);
        }
    }
    Ok(sound)
}

/// Loading reports every problem; reaching the end means that there is none.
fn check(online: bool, allow_private: bool, context: &Context) -> anyhow::Result<Exit> {
    let config = context.sound_config()?;
    let quiet = context.global.quiet;
    let mut out = io::stdout().lock();
    if !quiet {
        written(writeln!(out, "{}", told(&format!("{} sources: no problem found", config.sources.len()))))?;
    }
    if !online {
        return Ok(Exit::Done);
    }
    let paint = Paint::stdout(context.global.color);
    let mut exit = Exit::Done;
    let rules = FetchRules { allow_private: config.fetch.allow_private || allow_private, ..config.fetch.clone() };
    for probe in probes(&config.sources, &rules)? {
        let source = config.sources.iter().find(|source| source.id == probe.source);
        let least = source.map_or(1, |source| source.expect.min_items);
        let verdict = verdict(&probe, least);
        if verdict.is_err() {
            exit = Exit::Partial;
        }
        let said = match &verdict {
            Ok(_) if quiet => continue,
            Ok(found) => told(found).into_owned(),
            Err(why) => paint.alarm(why),
        };
        let id = paint.name(&format!("{:<24}", probe.source.as_str()));
        written(writeln!(out, "{id} {said} {}", paint.dim(probe.start.as_str())))?;
    }
    Ok(exit)
}

/// What a first list page shows, or what is wrong with it.
fn verdict(probe: &Probe, least: usize) -> Result<String, String> {
    let listing = probe.found.as_ref().map_err(Clone::clone)?;
    let family = listing.profile.as_deref().unwrap_or("unknown family");
    let n_items = listing.targets.len();
    if n_items == 0 && listing.next.is_some() {
        return Ok(format!("{family}, a frame that loads its list by a script"));
    }
    if n_items < least {
        return Err(format!("{n_items} items, fewer than the {least} that `expect.min_items` asks for"));
    }
    let newest = listing.targets.iter().filter_map(|target| target.date).max();
    let newest = newest.map_or_else(String::new, |date| format!(", newest {date}"));
    let pages = listing.pages.map_or_else(String::new, |pages| format!(", {pages} pages"));
    Ok(format!("{family}, {n_items} items{pages}{newest}"))
}

/// One line of `inspect --jsonl`.
#[derive(Debug, Serialize)]
struct InspectLine<'a> {
    file: &'a str,
    profile: Option<&'a str>,
    targets: &'a [Target],
    next: Option<&'a Url>,
    pages: Option<u32>,
    items: Option<u32>,
    goes_on: Option<GoesOn>,
    reject: Option<&'a Reject>,
}

fn inspect(files: &[PathBuf], urls: Option<&Path>, jsonl: bool, context: &Context) -> anyhow::Result<Exit> {
    let addresses = urls.map(Addresses::read).transpose()?.unwrap_or_default();
    let pages = saved_pages(files, &addresses, false)?;
    let paint = Paint::stdout(context.global.color);
    let tally = print_each(&pages, |page| {
        let read = decode(&page.bytes()?, None, page.format, page.url.as_ref());
        let found = read.map(|page| listing(&View::new(page)));
        if jsonl { json(page, &found) } else { Ok(text(page, &found, paint)) }
    })?;
    Ok(tally.exit())
}

fn json(page: &SavedPage, found: &Result<Listing, Reject>) -> anyhow::Result<String> {
    let nothing = Listing::default();
    let listing = found.as_ref().unwrap_or(&nothing);
    let line = InspectLine {
        file: &page.name(),
        profile: listing.profile.as_deref(),
        targets: &listing.targets,
        next: listing.next.as_ref(),
        pages: listing.pages,
        items: listing.items,
        goes_on: listing.goes_on,
        reject: found.as_ref().err(),
    };
    Ok(serde_json::to_string(&line)? + "\n")
}

fn text(page: &SavedPage, found: &Result<Listing, Reject>, paint: Paint) -> String {
    let mut out = paint.bold(&page.name()) + "\n";
    let listing = match found {
        Ok(listing) => listing,
        Err(reject) => {
            let why = paint.alarm(&format!("no list: {}", reject.reason.as_str()));
            return format!("{out}  {why}\n");
        }
    };
    let number = |number: Option<u32>| number.map_or_else(|| "unknown".to_owned(), |number| number.to_string());
    let facts = [
        ("family", listing.profile.clone().unwrap_or_else(|| "unknown".to_owned())),
        ("pages", number(listing.pages)),
        ("items", number(listing.items)),
        ("next", listing.next.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)),
        ("here", format!("{} items", listing.targets.len())),
    ];
    // Writing to a string cannot fail.
    for (label, value) in facts {
        let _ = writeln!(out, "  {} {}", paint.dim(&format!("{label:<8}")), paint.name(&value));
    }
    for target in &listing.targets {
        let date = target.date.map_or_else(|| "          ".to_owned(), |date| date.to_string());
        let _ =
            writeln!(out, "  {date}  {}\n              {}", paint.bold(&target.title), paint.dim(target.url.as_str()));
    }
    out + "\n"
}
