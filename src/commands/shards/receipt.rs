//! What came of one file: counted, printed as one line, and kept beside the output as the sign that it is finished.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::name;
use super::page::Fate;
use crate::cli::ShardForm;
use crate::model::digest;
use crate::write::WriteError;
use crate::write::atomic::replace;

/// The folder of receipts below that of the outputs. Readers of whole folders leave out what begins with `_`.
const FOLDER: &str = "_receipts";

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// Its output is there.
    Done,
    /// Its output was there before.
    Skipped,
    /// It could not be completed.
    Failed,
}

/// What became of the pages of a file: `pages = records + rejected + failed + skipped`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pages: u64,
    records: u64,
    rejected: u64,
    failed: u64,
    skipped: u64,
    sections: u64,
}

impl Tally {
    pub(super) fn count(&mut self, fate: Fate, sections: u64) {
        let counter = match fate {
            Fate::Other => return,
            Fate::Skipped => &mut self.skipped,
            Fate::Record => &mut self.records,
            Fate::Rejected => &mut self.rejected,
            Fate::Failed => &mut self.failed,
        };
        *counter += 1;
        self.pages += 1;
        self.sections += sections;
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.records += other.records;
        self.rejected += other.rejected;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.sections += other.sections;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, records, rejected, failed, skipped, sections } = self;
        write!(
            f,
            "pages: {pages} · records: {records} with {sections} sections · turned away: {rejected} · failed: {failed} · not \
             selected: {skipped}"
        )
    }
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Receipt {
    pub(super) shard: String,
    pub(super) status: Status,
    #[serde(flatten)]
    pub(super) tally: Tally,
    pub(super) seconds: f64,
    pub(super) bytes: u64,
    output: String,
    pub(super) sha256: Option<String>,
    pub(super) error: Option<String>,
    /// Names input, version and selection.
    recipe: String,
}

impl Receipt {
    pub(super) fn new(path: &Path, output: &Path, recipe: String) -> Self {
        Self {
            shard: path.to_string_lossy().into_owned(),
            status: Status::Done,
            tally: Tally::default(),
            seconds: 0.0,
            bytes: 0,
            output: output.to_string_lossy().into_owned(),
            sha256: None,
            error: None,
            recipe,
        }
    }

    /// The receipt of a file that was finished before, with this recipe.
    pub(super) fn of_finished(out: &Path, output: &Path, recipe: &str) -> Option<Self> {
        let receipt: Self = serde_json::from_slice(&fs::read(place(out, output)).ok()?).ok()?;
        let is_there = output.metadata().is_ok_and(|file| file.len() == receipt.bytes);
        (receipt.recipe == recipe && is_there).then_some(Self { status: Status::Skipped, ..receipt })
    }

    /// Keeps it, once the output is in its place.
    pub(super) fn keep(&self, out: &Path, output: &Path) -> Result<(), WriteError> {
        let mut line = serde_json::to_vec(self).expect("it has only keys that are strings");
        line.push(b'\n');
        replace(&place(out, output), &line).map(|_| ())
    }
}

fn place(out: &Path, output: &Path) -> PathBuf {
    out.join(FOLDER).join(name(output)).with_extension("json")
}

/// The name of the output of a file: its own, told from files of the same name in other folders by a digest of its path.
pub(super) fn output_name(path: &Path, form: ShardForm) -> String {
    let name = name(path);
    let bare = [".gz", ".zst", ".warc", ".jsonl", ".ndjson", ".json", ".parquet"]
        .into_iter()
        .fold(name.as_str(), |name, end| name.strip_suffix(end).unwrap_or(name));
    let digest = digest::sha256_hex(path.to_string_lossy().as_bytes());
    let ending = match form {
        ShardForm::Jsonl => "jsonl",
        ShardForm::Parquet => "parquet",
    };
    format!("{bare}-{}.{ending}", digest.chars().take(8).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_in_two_folders_have_two_outputs() {
        let names = ["a/x.warc.gz", "b/x.warc.gz", "x.jsonl", "x.parquet"]
            .map(|path| output_name(Path::new(path), ShardForm::Jsonl));
        assert!(
            names.iter().all(|name| name.starts_with("x-") && Path::new(name).extension() == Some("jsonl".as_ref())),
            "{names:?}"
        );
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn all_pages_are_counted_once() {
        let mut tally = Tally::default();
        for fate in [Fate::Other, Fate::Skipped, Fate::Record, Fate::Rejected, Fate::Failed, Fate::Record] {
            tally.count(fate, 3);
        }
        assert_eq!(tally.pages, 5);
        assert_eq!(tally.pages, tally.records + tally.rejected + tally.failed + tally.skipped);
    }
}
