//! The record files of one source: what they held before, and their replacement.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::Timestamp;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::atomic::{Replacement, lines};
use super::{WriteError, json_line};
use crate::model::{DocumentRecord, Facts, Records, SourceId};

/// The files, in the order in which they are read; the documents come last into place, so that a reader who sees a new
/// document finds its sections.
const FILES: [&str; N] = [
    "documents.jsonl",
    "sections.jsonl",
    "tables.jsonl",
    "citations.jsonl",
    "figures.jsonl",
    "foi.jsonl",
    "revisions.jsonl",
];
/// How many there are.
const N: usize = 7;

/// A key that changes with every check of a page: by it alone a document is not another one.
static CHECKED: LazyLock<memmem::FinderRev<'static>> = LazyLock::new(|| memmem::FinderRev::new(b"\"last_checked\":"));

/// The records of one document as they stand in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Id of the document.
    pub id: String,
    /// How many section lines there are.
    pub sections: usize,
    /// The lines of each of [`FILES`].
    files: [Vec<u8>; N],
    /// Of all lines.
    digest: Digest16,
}

impl Lines {
    /// The records as JSON, one a line, keys in the order of the types.
    pub fn of(records: &Records, facts: &Facts) -> Self {
        let mut files = [const { Vec::new() }; N];
        json_line(&mut files[0], &records.document);
        records.sections.iter().for_each(|section| json_line(&mut files[1], section));
        records.tables.iter().for_each(|table| json_line(&mut files[2], table));
        facts.citations.iter().for_each(|citation| json_line(&mut files[3], citation));
        facts.figures.iter().for_each(|figure| json_line(&mut files[4], figure));
        facts.foi.iter().for_each(|cell| json_line(&mut files[5], cell));
        let digest = digest(&files);
        Self { id: records.document.id.clone(), sections: records.sections.len(), files, digest }
    }

    /// The same with the revisions that this one has superseded.
    #[must_use]
    pub fn with_revisions(mut self, revisions: &[DocumentRecord]) -> Self {
        if revisions.is_empty() {
            return self;
        }
        for revision in revisions {
            json_line(&mut self.files[N - 1], revision);
        }
        self.digest = digest(&self.files);
        self
    }
}

impl Lines {
    /// The line of the document.
    pub fn document(&self) -> &[u8] {
        &self.files[0]
    }

    /// The lines of every file, by its name.
    pub fn by_file(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        FILES.into_iter().zip(self.files.iter().map(Vec::as_slice))
    }

    /// The same lines with another one for the document.
    #[must_use]
    pub fn with_document(mut self, document: &impl Serialize) -> Self {
        self.files[0].clear();
        json_line(&mut self.files[0], document);
        self.digest = digest(&self.files);
        self
    }

    /// Whether these are the same lines.
    pub fn is_same(&self, other: &Self) -> bool {
        self.digest == other.digest
    }

    /// How many bytes they are.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(Vec::len).sum()
    }
}

fn digest(files: &[Vec<u8>; N]) -> Digest16 {
    let mut place = Place::default();
    for line in files.iter().flat_map(|file| file.split_inclusive(|byte| *byte == b'\n')) {
        place.take(line);
    }
    place.digest
}

/// Half a SHA-256: enough to tell versions of one document from another.
type Digest16 = [u8; 16];

/// Where the lines of one document stand in the old files, and a digest of them.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Offset and length in each of [`FILES`].
    spans: [(u64, u64); N],
    sections: usize,
    digest: Digest16,
    made_of: Option<MadeOf>,
    /// Its lines do not follow one another, because one of them is damaged.
    is_torn: bool,
}

/// The answer that a record was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeOf {
    /// The first half of its SHA-256.
    digest: u128,
    /// When it came.
    pub fetched_at: Timestamp,
}

impl MadeOf {
    /// Whether it is the answer with this SHA-256, in hex.
    pub fn is(&self, sha256: &str) -> bool {
        first_half(sha256) == Some(self.digest)
    }
}

fn first_half(sha256: &str) -> Option<u128> {
    u128::from_str_radix(sha256.get(..32)?, 16).ok()
}

impl Place {
    /// The digest of the lines so far and one more.
    fn take(&mut self, line: &[u8]) {
        let (head, tail) = lasting(line);
        let hash = Sha256::new_with_prefix(self.digest).chain_update(head).chain_update(tail).finalize();
        self.digest.copy_from_slice(&hash[..16]);
    }
}

/// A line without the value of [`CHECKED`]. Inside of a text its quotes would be escaped.
fn lasting(line: &[u8]) -> (&[u8], &[u8]) {
    let Some(at) = CHECKED.rfind(line) else { return (line, &[]) };
    let (head, value) = line.split_at(at + CHECKED.needle().len());
    let end = value.iter().position(|byte| matches!(byte, b',' | b'}')).unwrap_or(0);
    (head, value.get(end..).unwrap_or_default())
}

/// What the files of a source hold: an index, not the records, so that it fits into memory.
#[derive(Debug, Default)]
pub struct Previous {
    folder: PathBuf,
    places: HashMap<String, Place>,
    /// The files that hang on a page, by its id.
    files: HashMap<String, Vec<String>>,
    /// Which earlier documents these repeat.
    duplicates: HashMap<String, String>,
    damage: Option<String>,
}

/// How the records of a document compare with those that the files hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// There are none yet.
    New,
    /// They differ.
    Changed,
    /// They are the same.
    Unchanged,
}

/// What tells to which document a line belongs.
#[derive(Deserialize)]
struct Owner<'a> {
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    doc_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    parent_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    duplicate_of: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    raw_sha256: Option<Cow<'a, str>>,
    #[serde(default)]
    fetched_at: Option<Timestamp>,
}

impl Previous {
    /// Reads the files of a source below an output folder. They are made from the archive, so a damaged line is passed
    /// over: see [`Previous::damage`].
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(output: &Path, source: &SourceId) -> Result<Self, WriteError> {
        let folder = folder(output, source);
        let mut places: HashMap<String, Place> = HashMap::new();
        let mut files: HashMap<String, Vec<String>> = HashMap::new();
        let mut duplicates = HashMap::new();
        let mut damage = None;
        for (n, file) in FILES.iter().enumerate() {
            let path = folder.join(file);
            let mut number = 0;
            lines(&path, |offset, line| {
                number += 1;
                let owner = serde_json::from_slice::<Owner<'_>>(line).ok().filter(|_| line.ends_with(b"\n"));
                let named = owner.and_then(|owner| Some((owner.doc_id.clone().or(owner.id.clone())?, owner)));
                let Some((id, owner)) = named else {
                    damage.get_or_insert_with(|| format!("line {number} of {file} is no record"));
                    return Ok(());
                };
                if let Some(page) = owner.parent_id.filter(|_| n == 0) {
                    files.entry(page.into_owned()).or_default().push(id.to_string());
                }
                if let Some(original) = owner.duplicate_of.filter(|_| n == 0) {
                    duplicates.insert(id.to_string(), original.into_owned());
                }
                let place = places.entry(id.into_owned()).or_default();
                let (start, length) = &mut place.spans[n];
                if *length == 0 {
                    *start = offset;
                }
                place.is_torn |= *start + *length != offset;
                *length += line.len() as u64;
                place.sections += usize::from(n == 1);
                if n == 0 {
                    let digest = owner.raw_sha256.and_then(|sha256| first_half(&sha256));
                    place.made_of =
                        digest.zip(owner.fetched_at).map(|(digest, fetched_at)| MadeOf { digest, fetched_at });
                }
                place.take(line);
                Ok(())
            })?;
        }
        // Lines without their document are of no use.
        places.retain(|_, place| place.spans[0].1 > 0);
        Ok(Self { folder, places, files, duplicates, damage })
    }

    /// What is wrong with the files, if something is.
    pub fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    /// The files that hang on a page and are documents of their own, in the order in which they stand.
    pub fn files_of(&self, id: &str) -> Vec<String> {
        self.files.get(id).cloned().unwrap_or_default()
    }

    /// The earlier document that one repeats, as the last build found.
    pub fn duplicate_of(&self, id: &str) -> Option<&str> {
        self.duplicates.get(id).map(String::as_str)
    }

    /// The answer that the record of a document was made of.
    pub fn made_of(&self, id: &str) -> Option<MadeOf> {
        self.places.get(id)?.made_of
    }

    /// How many documents the files hold.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether the files hold nothing.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Compares the records of a document, and forgets it: what is left at the end is no longer in the archive.
    pub fn compare(&mut self, new: &Lines) -> Change {
        let Some(old) = self.places.remove(&new.id) else { return Change::New };
        if new.digest == old.digest { Change::Unchanged } else { Change::Changed }
    }

    /// The lines of a document as the files hold them, to be kept as they are; `None` if some of them are damaged.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn keep(&mut self, id: &str) -> Result<Option<Lines>, WriteError> {
        let Some(place) = self.places.remove(id).filter(|place| !place.is_torn) else { return Ok(None) };
        let mut files = [const { Vec::new() }; N];
        for ((name, (start, length)), bytes) in FILES.iter().zip(place.spans).zip(&mut files) {
            if length > 0 {
                let path = self.folder.join(name);
                *bytes = span(&path, start, length).map_err(|error| WriteError::at(&path, error))?;
            }
        }
        Ok(Some(Lines { id: id.to_owned(), sections: place.sections, files, digest: place.digest }))
    }

    /// The documents that were neither compared nor kept, ordered by id.
    pub fn left(&self) -> Vec<String> {
        let mut left: Vec<String> = self.places.keys().cloned().collect();
        left.sort_unstable();
        left
    }
}

fn span(path: &Path, start: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn folder(output: &Path, source: &SourceId) -> PathBuf {
    output.join("records").join(source.as_str())
}

/// The new files of a source, being written.
#[derive(Debug)]
pub struct RecordFiles {
    files: [Replacement; N],
}

impl RecordFiles {
    /// Begins new files for a source below an output folder.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn begin(output: &Path, source: &SourceId) -> Result<Self, WriteError> {
        Self::begin_in(&folder(output, source))
    }

    /// Begins new files in a folder.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn begin_in(folder: &Path) -> Result<Self, WriteError> {
        let [documents, sections, tables, citations, figures, foi, revisions] =
            FILES.map(|file| Replacement::begin(&folder.join(file)));
        Ok(Self { files: [documents?, sections?, tables?, citations?, figures?, foi?, revisions?] })
    }

    /// Appends the records of one document.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn push(&mut self, lines: &Lines) -> Result<(), WriteError> {
        for (file, bytes) in self.files.iter_mut().zip(&lines.files) {
            file.write_all(bytes)?;
        }
        Ok(())
    }

    /// Puts the new files in place; says whether any of them differed.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn commit(self) -> Result<bool, WriteError> {
        let mut is_changed = false;
        for file in self.files.into_iter().rev() {
            is_changed |= file.commit()?;
        }
        Ok(is_changed)
    }
}
