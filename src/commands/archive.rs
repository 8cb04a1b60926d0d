//! `gongwen archive`: is what was archived still there, and the state made anew from it.

use std::io::{self, Write as _};

use serde::Serialize;

use super::terminal::{printable, say, written};
use super::{Context, Exit};
use crate::archive::{self, Damage};
use crate::cli::{ArchiveArgs, ArchiveVerb};

/// The verb.
pub(super) fn run(args: &ArchiveArgs, context: &Context) -> anyhow::Result<Exit> {
    match args.verb {
        ArchiveVerb::Check => check(context),
        ArchiveVerb::Rebuild => rebuild(context),
    }
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
        said += "\nthe state before is kept as `";
        said += &aside.to_string_lossy();
        said.push('`');
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
        damage.iter().try_for_each(|damage| writeln!(out, "{}", printable(&line(damage)))).and_then(|()| out.flush())
    })
}

fn line(damage: &Damage) -> String {
    let path = damage.path.display();
    match (damage.offset, damage.bytes) {
        (Some(offset), Some(bytes)) => format!("{path}: byte {offset}, {bytes} bytes: {}", damage.why),
        _ => format!("{path}: {}", damage.why),
    }
}
