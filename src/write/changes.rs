//! `changes.jsonl`: the feed of what came, changed and went, appended in whole lines and never rewritten.
//!
//! What was told is read from the feed itself, so that a change is told once, whatever becomes of records and state.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::atomic::lines;
use super::{WriteError, json_line};
use crate::model::{ChangeKind, DocumentChange, SourceId};

/// The last that the feed tells of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Its revision, as a number.
    rev: u64,
    /// When the portal first gave that revision.
    pub since: Timestamp,
    /// It is gone.
    pub is_gone: bool,
}

impl Told {
    /// Whether this revision was told.
    pub fn is(&self, rev: &str) -> bool {
        self.rev == number(rev)
    }
}

/// The feed of an output folder.
#[derive(Debug)]
pub struct Feed {
    path: PathBuf,
    told: HashMap<u128, Told>,
}

impl Feed {
    /// Reads what was told; a line that is none is passed over.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(output: &Path) -> Result<Self, WriteError> {
        let mut feed = Self { path: path(output), told: HashMap::new() };
        each_change(output, |change| feed.take(&change))?;
        Ok(feed)
    }

    /// The last that was told of a document.
    pub fn told(&self, source: &SourceId, id: &str) -> Option<Told> {
        self.told.get(&key(source, id)).copied()
    }

    /// Appends changes. The caller holds the lock of the output folder.
    ///
    /// # Errors
    /// What keeps them from being written; what was not written is told by the next build.
    pub fn append(&mut self, changes: &[DocumentChange]) -> Result<(), WriteError> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        for change in changes {
            json_line(&mut text, change);
        }
        let append = || -> io::Result<()> {
            let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
            let end = whole(&mut file)?;
            file.set_len(end)?;
            file.seek(SeekFrom::Start(end))?;
            file.write_all(&text)?;
            file.sync_all()
        };
        append().map_err(|error| WriteError::at(&self.path, error))?;
        for change in changes {
            self.take(change);
        }
        Ok(())
    }

    fn take(&mut self, change: &DocumentChange) {
        let key = key(&change.source, &change.id);
        let is_gone = change.kind == ChangeKind::Gone;
        match self.told.get_mut(&key) {
            // That it went or is back tells nothing about its text.
            Some(told) if matches!(change.kind, ChangeKind::Gone | ChangeKind::Back) => told.is_gone = is_gone,
            _ => drop(self.told.insert(key, Told { rev: number(&change.rev), since: change.at, is_gone })),
        }
    }
}

/// Gives every change of the feed to `each`, in its order; a line that is none is passed over.
///
/// # Errors
/// A file that cannot be read.
pub fn each_change(output: &Path, mut each: impl FnMut(DocumentChange)) -> Result<(), WriteError> {
    lines(&path(output), |_, line| {
        if line.ends_with(b"\n")
            && let Ok(change) = serde_json::from_slice(line)
        {
            each(change);
        }
        Ok(())
    })
}

fn path(output: &Path) -> PathBuf {
    output.join("changes.jsonl")
}

/// Where the last whole line ends: behind it stands what a full disk or a power cut has left of one.
fn whole(file: &mut File) -> io::Result<u64> {
    let mut end = file.metadata()?.len();
    let mut part = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(4096);
        file.seek(SeekFrom::Start(start))?;
        part.clear();
        file.take(end - start).read_to_end(&mut part)?;
        if let Some(at) = part.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

/// Half a SHA-256 of source and id: feeds grow for years.
fn key(source: &SourceId, id: &str) -> u128 {
    let digest = Sha256::new_with_prefix(source.as_str()).chain_update([0]).chain_update(id).finalize();
    digest.iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte))
}

fn number(rev: &str) -> u64 {
    u64::from_str_radix(rev, 16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: ChangeKind, rev: &str, at: &str) -> DocumentChange {
        DocumentChange {
            run: "20260301T000000Z".to_owned(),
            at: at.parse().unwrap(),
            source: "yunxi".parse().unwrap(),
            id: "a.test:one".to_owned(),
            rev: rev.to_owned(),
            prev_rev: None,
            kind,
            url: None,
            title: None,
            published: None,
        }
    }

    #[test]
    fn what_was_told_is_known_and_the_rest_of_a_torn_line_goes() {
        let folder = tempfile::tempdir().unwrap();
        let mut feed = Feed::read(folder.path()).unwrap();
        feed.append(&[change(ChangeKind::New, "0a", "2026-03-01T00:00:00Z")]).unwrap();
        feed.append(&[change(ChangeKind::Gone, "0a", "2026-03-02T00:00:00Z")]).unwrap();
        let path = folder.path().join("changes.jsonl");
        let whole = std::fs::read(&path).unwrap();
        let mut torn = whole.clone();
        torn.extend_from_slice(&whole[..whole.len() / 3]);
        crate::write::atomic::replace(&path, &torn).unwrap();

        let mut feed = Feed::read(folder.path()).unwrap();
        let source = "yunxi".parse().unwrap();
        let told = feed.told(&source, "a.test:one").unwrap();
        assert!(told.is("0a") && told.is_gone && told.since == "2026-03-01T00:00:00Z".parse().unwrap());
        assert_eq!(feed.told(&"other".parse().unwrap(), "a.test:one"), None);
        feed.append(&[change(ChangeKind::Back, "0a", "2026-03-03T00:00:00Z")]).unwrap();
        assert!(!feed.told(&source, "a.test:one").unwrap().is_gone);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 3);
        assert!(text.as_bytes().starts_with(&whole) && text.ends_with('\n'));
    }
}
