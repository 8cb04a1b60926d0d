//! `gongwen prune`: the reports and logs of old runs are removed, and nothing else ever is.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::terminal::{printable, say, written};
use super::{Context, Exit};
use crate::cli::PruneArgs;

/// What was removed, or would be.
#[derive(Debug, Default, Serialize)]
struct Pruned {
    reports: usize,
    logs: usize,
    bytes: u64,
    /// Reports and logs that stay.
    kept: usize,
}

/// The report or log of a run.
struct Left {
    path: PathBuf,
    began: Timestamp,
    bytes: u64,
}

pub(super) fn run(args: PruneArgs, context: &Context) -> anyhow::Result<Exit> {
    let output = &context.global.output;
    let kept = SignedDuration::from_hours(i64::from(args.keep) * 24);
    let keep_from = context.now.checked_sub(kept).unwrap_or(Timestamp::MIN);
    let mut pruned = Pruned::default();
    for (folder, ending) in [("runs", ".json"), ("logs", ".log")] {
        let mut left = left(&output.join(folder), ending)?;
        left.sort_by_key(|file| file.began);
        // The newest report is what `status` and the mail name.
        left.pop().inspect(|_| pruned.kept += 1);
        for file in left {
            if file.began >= keep_from {
                pruned.kept += 1;
                continue;
            }
            if args.dry_run && !context.global.json {
                written(writeln!(io::stdout().lock(), "{}", printable(&file.path.display().to_string())))?;
            } else if !args.dry_run {
                fs::remove_file(&file.path).with_context(|| format!("cannot remove `{}`", file.path.display()))?;
            }
            pruned.bytes += file.bytes;
            *(if folder == "runs" { &mut pruned.reports } else { &mut pruned.logs }) += 1;
        }
    }
    if context.global.json {
        written(writeln!(io::stdout().lock(), "{}", serde_json::to_string(&pruned)?))?;
    }
    let Pruned { reports, logs, bytes, kept } = pruned;
    let kib = bytes.div_ceil(1024);
    let said = if args.dry_run {
        format!("{reports} run reports and {logs} logs would be removed, {kib} KiB; {kept} stay\n")
    } else {
        format!("{reports} run reports and {logs} logs removed, {kib} KiB; {kept} stay\n")
    };
    say(context, &said);
    Ok(Exit::Done)
}

/// The files of a folder that are named by the time at which a run began; what else lies there is none of ours.
fn left(folder: &Path, ending: &str) -> anyhow::Result<Vec<Left>> {
    let failed = || format!("cannot read the folder `{}`", folder.display());
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(failed),
    };
    let mut left = Vec::new();
    for file in files {
        let file = file.with_context(failed)?;
        let name = file.file_name();
        let began = name.to_str().and_then(|name| name.strip_suffix(ending)).and_then(began);
        let kind = file.metadata().with_context(failed)?;
        if let Some(began) = began.filter(|_| kind.is_file()) {
            left.push(Left { path: file.path(), began, bytes: kind.len() });
        }
    }
    Ok(left)
}

/// The time in the id of a run: `20260301T060000Z`, with `-2` behind it for the second of that second.
fn began(id: &str) -> Option<Timestamp> {
    let (time, number) = id.split_once('Z')?;
    let is_number = number.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let time: DateTime = DateTime::strptime("%Y%m%dT%H%M%S", time).ok()?;
    (number.is_empty() || is_number).then(|| Offset::UTC.to_timestamp(time).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_like_a_run_is_one() {
        for (id, is_run) in [
            ("20260301T060000Z", true),
            ("20260301T060000Z-2", true),
            ("20260301T060000Z-", false),
            ("20260301T060000Z-old", false),
            ("20260301", false),
            ("20261301T060000Z", false),
            ("notes", false),
        ] {
            assert_eq!(began(id).is_some(), is_run, "{id}");
        }
    }
}
