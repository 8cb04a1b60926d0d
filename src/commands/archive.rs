//! `gongwen archive`: is what was archived still there, and the state made anew from it.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anyhow::Context as _;
use serde::Serialize;

use super::repairs::repairs;
use super::terminal::{complain, printable, say, written};
use super::{Context, Exit, Usage};
use crate::archive::{self, Archive, Damage, Imported, Select};
use crate::cli::{ArchiveArgs, ArchiveVerb, ImportArgs};
use crate::language::told;

/// The verb.
pub(super) fn run(args: &ArchiveArgs, context: &Context) -> anyhow::Result<Exit> {
    match &args.verb {
        ArchiveVerb::Check => check(context),
        ArchiveVerb::Rebuild => rebuild(context),
        ArchiveVerb::Import(args) => import(args, context),
    }
}

/// Pages of foreign archives, as if they had been fetched for a source.
fn import(args: &ImportArgs, context: &Context) -> anyhow::Result<Exit> {
    let host = |text: &String| text.parse().map_err(|error| Usage(format!("--host {text}: {error}")));
    let hosts = args.hosts.iter().map(host).collect::<Result<_, Usage>>()?;
    let select = Select { hosts, urls: args.urls.clone(), ..Select::default() };
    let mut archive = Archive::open(&context.global.output)?;
    repairs(&archive);
    let mut exit = Exit::Done;
    for path in &args.files {
        let name = path.display();
        let Imported { captures, known, skipped, damage } =
            archive.import(&args.source, path, &select).with_context(|| format!("failed to import `{name}`"))?;
        for told in &damage {
            complain(&format!("{name}: byte {}: {}", told.offset, told.why));
            exit = Exit::Partial;
        }
        let damaged = damage.len();
        say(
            context,
            &format!("{name}: {captures} pages taken, {known} were here, {skipped} not wanted, {damaged} damaged\n"),
        );
    }
    Ok(exit)
}

fn check(context: &Context) -> anyhow::Result<Exit> {
    let checked = archive::check(&context.global.output)?;
    show(&checked, &checked.damage, context)?;
    let (files, records, n) = (checked.files, checked.records, checked.damage.len());
    say(context, &format!("{records} records in {files} WARC files were read, {n} places are damaged\n"));
    Ok(if checked.damage.is_empty() { Exit::Done } else { Exit::Failed })
}

fn rebuild(context: &Context) -> anyhow::Result<Exit> {
    let rebuilt = archive::rebuild(&context.global.output)?;
    show(&rebuilt, &rebuilt.damage, context)?;
    let mut said =
        format!("`state.sqlite` is made anew: {} captures in {} WARC files", rebuilt.captures, rebuilt.files);
    if let Some(aside) = &rebuilt.aside {
        // Writing to a string cannot fail.
        let _ = write!(said, "\nthe state before is kept as `{}`", aside.to_string_lossy());
    }
    if !rebuilt.damage.is_empty() {
        said += "\nwhat is listed could not be read and is left as it is; the next crawl fetches those pages again";
    }
    said.push('\n');
    say(context, &said);
    Ok(if rebuilt.damage.is_empty() { Exit::Done } else { Exit::Partial })
}

/// What is damaged, a line each, or all of it as one JSON object.
fn show(all: &impl Serialize, damage: &[Damage], context: &Context) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(if context.global.json {
        writeln!(out, "{}", serde_json::to_string(all)?).and_then(|()| out.flush())
    } else {
        damage
            .iter()
            .try_for_each(|damage| writeln!(out, "{}", printable(&told(&line(damage)))))
            .and_then(|()| out.flush())
    })
}

fn line(damage: &Damage) -> String {
    let path = damage.path.display();
    match (damage.offset, damage.bytes) {
        (Some(offset), Some(bytes)) => format!("{path}: byte {offset}, {bytes} bytes: {}", damage.why),
        _ => format!("{path}: {}", damage.why),
    }
}
