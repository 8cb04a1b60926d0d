//! What else an output folder tells: runs, pages that failed, changes, and texts that were superseded.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ReportError;
use super::records::Lines;
use super::runs::Run;

/// So many runs are shown, the newest ones.
const RUNS: usize = 90;

/// A page that failed: a line of `failed.jsonl`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Failed {
    pub(super) source: String,
    pub(super) url: String,
    pub(super) stage: String,
    pub(super) reason: String,
    pub(super) detail: String,
    pub(super) at: String,
    /// As its list showed it, where the archive remembers.
    #[serde(skip)]
    pub(super) title: Option<String>,
}

/// A change of a document: a line of `changes.jsonl`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the keys of the line")]
pub struct Change {
    pub at: String,
    pub id: String,
    pub kind: String,
    pub rev: Option<String>,
}

/// A text that was superseded: a line of `revisions.jsonl`, which is a document of an earlier day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the keys of `DocumentRecord`")]
pub struct Revision {
    pub id: String,
    pub rev: String,
    pub text: String,
    pub fetched_at: Option<String>,
}

/// What an output folder tells besides its records.
#[derive(Debug, Default)]
pub struct History {
    /// The newest runs, oldest first.
    pub(super) runs: Vec<Run>,
    pub(super) failed: Vec<Failed>,
    changes: HashMap<String, Vec<Change>>,
    /// Where the superseded texts of a document stand: texts stay on disk.
    revisions: HashMap<String, Vec<Place>>,
    revision_files: Vec<PathBuf>,
    /// Files and lines that could not be read as what they should be.
    pub damaged: u64,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    file: usize,
    offset: u64,
    length: usize,
}

impl History {
    /// Reads it; what is not there is empty.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(output: &Path, sources: &[String]) -> Result<Self, ReportError> {
        let mut history = Self::default();
        history.runs = runs(&output.join("runs"), &mut history.damaged)?;
        each(output.join("failed.jsonl"), &mut history.damaged, |_, _, failed| history.failed.push(failed))?;
        each(output.join("changes.jsonl"), &mut history.damaged, |_, _, change: Change| {
            history.changes.entry(change.id.clone()).or_default().push(change);
        })?;
        let per_source = sources.iter().map(|source| output.join("records").join(source));
        let folders = std::iter::once(output.to_owned()).chain(per_source);
        for path in folders.map(|folder| folder.join("revisions.jsonl")).filter(|path| path.is_file()) {
            let file = history.revision_files.len();
            each(path.clone(), &mut history.damaged, |offset, length, owner: Owner| {
                history.revisions.entry(owner.id).or_default().push(Place { file, offset, length });
            })?;
            history.revision_files.push(path);
        }
        Ok(history)
    }

    /// The sources that have pages that failed, and their addresses.
    pub fn failed(&self) -> BTreeMap<&str, HashSet<&str>> {
        let mut failed: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
        for page in &self.failed {
            failed.entry(&page.source).or_default().insert(&page.url);
        }
        failed
    }

    /// Takes the titles that lists showed of pages that failed, by address.
    pub fn name_failed(&mut self, titles: &HashMap<String, String>) {
        for page in &mut self.failed {
            page.title = titles.get(&page.url).cloned();
        }
    }

    /// What became of a document, oldest first.
    pub fn changes(&self, id: &str) -> &[Change] {
        self.changes.get(id).map_or(&[], Vec::as_slice)
    }

    /// The superseded texts of a document, as the files hold them.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn revisions(&self, id: &str) -> Result<Vec<Revision>, ReportError> {
        let places = self.revisions.get(id).map_or(&[][..], Vec::as_slice);
        let mut revisions = Vec::new();
        for place in places {
            let path = &self.revision_files[place.file];
            let mut line = vec![0; place.length];
            let mut read = || {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(place.offset))?;
                file.read_exact(&mut line)
            };
            read().map_err(|error| ReportError::read(path, error))?;
            revisions.extend(serde_json::from_slice::<Revision>(&line));
        }
        Ok(revisions)
    }
}

#[derive(Deserialize)]
struct Owner {
    id: String,
}

/// Gives every line of a file to `take`, with its offset and length.
fn each<T: DeserializeOwned>(
    path: PathBuf,
    damaged: &mut u64,
    mut take: impl FnMut(u64, usize, T),
) -> Result<(), ReportError> {
    let mut lines = Lines::open(path)?;
    let mut offset = 0;
    while let Some(line) = lines.next()? {
        match serde_json::from_slice(&line) {
            Ok(value) => take(offset, line.len(), value),
            Err(_) => *damaged += 1,
        }
        offset += line.len() as u64;
    }
    Ok(())
}

/// The newest runs that crawled, oldest first.
fn runs(folder: &Path, damaged: &mut u64) -> Result<Vec<Run>, ReportError> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort_unstable();
    let mut runs = Vec::new();
    for path in paths.iter().rev() {
        let bytes = std::fs::read(path).map_err(|error| ReportError::read(path, error))?;
        match serde_json::from_slice::<Run>(&bytes) {
            Ok(run) if run.crawl.is_some() => runs.push(run),
            Ok(_) => {}
            Err(_) => *damaged += 1,
        }
        if runs.len() == RUNS {
            break;
        }
    }
    runs.reverse();
    Ok(runs)
}
