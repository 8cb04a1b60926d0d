//! `gongwen merge`: the outputs of several machines joined into one.
//!
//! Archives and states are joined; records are made anew from them, so that they are those of a single crawl. What has no
//! configuration here keeps the records that it comes with.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

use super::repairs::repairs;
use super::terminal::say;
use super::{Context, Exit, Usage, build};
use crate::archive::{Archive, Merged};
use crate::cli::{BuildArgs, MergeArgs};
use crate::write::atomic::replace;

/// The verb.
pub(super) fn run(args: &MergeArgs, context: &Context) -> anyhow::Result<Exit> {
    let output = &context.global.output;
    let same =
        |folder: &Path| folder.canonicalize().is_ok_and(|path| output.canonicalize().is_ok_and(|ours| ours == path));
    if let Some(folder) = args.folders.iter().find(|folder| same(folder)) {
        return Err(
            Usage(format!("`{}` is the output itself: name the folders to be joined to it", folder.display())).into()
        );
    }
    let mut archive = Archive::open(output)?;
    repairs(&archive);
    let mut exit = Exit::Done;
    for folder in &args.folders {
        let failed = || format!("failed to merge `{}`", folder.display());
        let merged = archive.merge(folder).with_context(failed)?;
        let changes =
            append_missing(&folder.join("changes.jsonl"), &output.join("changes.jsonl")).with_context(failed)?;
        copy_missing(&folder.join("runs"), &output.join("runs")).with_context(failed)?;
        if merged.damaged > 0 {
            tracing::warn!(
                "{} places of `{}` could not be read: `archive check` names them",
                merged.damaged,
                folder.display()
            );
            exit = Exit::Partial;
        }
        say(context, &summary(folder, merged, changes));
    }
    let config = context.config()?;
    let strangers = archive.sources()?.into_iter().filter(|id| !config.sources.iter().any(|source| source.id == *id));
    for id in strangers {
        for folder in &args.folders {
            let place = Path::new("records").join(id.as_str());
            copy_missing(&folder.join(&place), &output.join(&place))?;
        }
    }
    drop(archive);
    Ok(exit.max(build::run(&BuildArgs::default(), context)?))
}

fn summary(folder: &Path, merged: Merged, changes: usize) -> String {
    let Merged { captures, known, addresses, .. } = merged;
    format!(
        "{}: {captures} captures taken, {known} were here; of {addresses} addresses it knew more; {changes} changes\n",
        folder.display()
    )
}

/// Puts the lines of a feed that are not in ours behind it; a line that a kill has torn is none.
fn append_missing(from: &Path, to: &Path) -> anyhow::Result<usize> {
    let read = |path: &Path| match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| format!("failed to read `{}`", path.display())),
    };
    let (theirs, ours) = (read(from)?, read(to)?);
    let known: BTreeSet<&str> = ours.split_inclusive('\n').collect();
    let new: Vec<&str> =
        theirs.split_inclusive('\n').filter(|line| line.ends_with('\n') && !known.contains(line)).collect();
    if new.is_empty() {
        return Ok(0);
    }
    let append = || {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(to)?;
        let gap = if ours.is_empty() || ours.ends_with('\n') { "" } else { "\n" };
        file.write_all([gap, &new.concat()].concat().as_bytes())?;
        file.sync_all()
    };
    append().with_context(|| format!("failed to write `{}`", to.display()))?;
    Ok(new.len())
}

/// Copies the files of a folder that ours does not have.
fn copy_missing(from: &Path, to: &Path) -> anyhow::Result<()> {
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    for entry in entries.flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_file() && !place.exists() {
            let bytes =
                fs::read(entry.path()).with_context(|| format!("failed to read `{}`", entry.path().display()))?;
            replace(&place, &bytes)?;
        }
    }
    Ok(())
}
