//! The records of a source, document by document, as the report needs them.
//!
//! Words are read as text and keys that are not known are passed over, so that files of an older or newer build can be
//! shown.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::ReportError;
use crate::model::digest::hex;

/// A document.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the keys of `DocumentRecord`, which says what they mean")]
pub struct Document {
    pub id: String,
    pub rev: String,
    pub prev_rev: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub genre: Option<String>,
    pub document_type: Option<String>,
    pub document_number: Option<String>,
    pub issuers: Vec<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub dated: Option<String>,
    pub report_year: Option<i16>,
    pub region_code: Option<String>,
    pub region_name: Option<String>,
    pub region_level: Option<String>,
    pub issuer: Option<String>,
    pub issuer_level: Option<String>,
    pub text: String,
    pub text_origin: Option<String>,
    pub parent_id: Option<String>,
    pub duplicate_of: Option<String>,
    pub attachments: Vec<Attachment>,
    pub section_count: usize,
    pub char_count: usize,
    pub warnings: Vec<Warning>,
    pub first_seen: Option<String>,
    pub last_checked: Option<String>,
    pub gone_at: Option<String>,
    pub fetched_at: Option<String>,
    pub content_type: Option<String>,
    pub raw_sha256: String,
    pub warc_file: Option<String>,
    pub warc_offset: Option<u64>,
    pub extractor: String,
}

/// A file that hangs on a document: keys of `AttachmentRecord`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Attachment {
    pub name: String,
    pub media_type: Option<String>,
    pub bytes: Option<u64>,
}

/// Something odd: the keys of `Warning`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Warning {
    pub code: String,
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub detail: Option<String>,
}

/// A section.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) doc_id: String,
    pub(super) seq: usize,
    pub(super) parent_id: Option<String>,
    pub(super) path: String,
    pub(super) level: u32,
    pub(super) role: String,
    pub(super) marker: Option<String>,
    pub(super) heading: Option<String>,
    pub(super) part: Vec<String>,
    pub(super) start: usize,
    pub(super) text_start: usize,
    pub(super) end: usize,
    pub(super) flags: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Cells {
    pub(super) doc_id: String,
    pub(super) section_id: String,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) header_rows: Option<usize>,
}

/// A law or document that a document cites.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Citation {
    pub(super) doc_id: String,
    pub(super) section_id: Option<String>,
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) document_number: Option<String>,
}

/// A document with all that its record files hold.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// Every key of its line, and whether it holds anything.
    pub(super) fills: Vec<(String, bool)>,
    pub(super) sections: Vec<Section>,
    pub(super) tables: Vec<Cells>,
    pub(super) citations: Vec<Citation>,
    /// Names the lines that were read: a page made of the same lines is the same.
    pub digest: String,
}

impl Entry {
    /// The flags of all sections.
    pub(super) fn flags(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().flat_map(|section| section.flags.iter().map(String::as_str))
    }
}

/// The folders of `output/records` that hold documents, in the order of their names.
///
/// # Errors
/// A folder that cannot be read, or none at all.
pub fn sources(output: &Path) -> Result<Vec<String>, ReportError> {
    let root = output.join("records");
    let missing = || ReportError::Missing { path: root.clone() };
    let entries = match std::fs::read_dir(&root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing()),
        Err(error) => return Err(ReportError::read(&root, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| ReportError::read(&root, error))?;
        if entry.path().join("documents.jsonl").is_file() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort_unstable();
    if names.is_empty() { Err(missing()) } else { Ok(names) }
}

/// Reads the documents of a source one by one.
#[derive(Debug)]
pub struct SourceRecords {
    documents: Lines,
    sections: Groups<Section>,
    tables: Groups<Cells>,
    citations: Groups<Citation>,
}

impl SourceRecords {
    /// Opens the record files of a source below an output folder.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn open(output: &Path, source: &str) -> Result<Self, ReportError> {
        let folder = output.join("records").join(source);
        Ok(Self {
            documents: Lines::open(folder.join("documents.jsonl"))?,
            sections: Groups::open(folder.join("sections.jsonl"))?,
            tables: Groups::open(folder.join("tables.jsonl"))?,
            citations: Groups::open(folder.join("citations.jsonl"))?,
        })
    }

    /// The next document; `None` behind the last one. Lines that are no records are passed over and counted.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, ReportError> {
        loop {
            let Some(line) = self.documents.next()? else { return Ok(None) };
            let mut digest = Sha256::new_with_prefix(&line);
            let Ok(map) = serde_json::from_slice::<Map<String, Value>>(&line) else {
                self.documents.damaged += 1;
                continue;
            };
            let fills = map.iter().map(|(key, value)| (key.clone(), is_filled(value))).collect();
            let Ok(document) = serde_json::from_value::<Document>(Value::Object(map)) else {
                self.documents.damaged += 1;
                continue;
            };
            let sections = self.sections.of(&document.id, document.section_count > 0, &mut digest)?;
            let has_tables = sections.iter().any(|section| section.role == "table");
            let tables = self.tables.of(&document.id, has_tables, &mut digest)?;
            let citations = self.citations.of_next(&document.id, &mut digest)?;
            return Ok(Some(Entry { document, fills, sections, tables, citations, digest: hex(&digest.finalize()) }));
        }
    }

    /// How many lines were no records.
    pub fn damaged(&self) -> u64 {
        let groups = [self.sections.lines.damaged, self.tables.lines.damaged, self.citations.lines.damaged];
        self.documents.damaged + groups.iter().sum::<u64>()
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        _ => true,
    }
}

/// The lines of a file; none if there is no such file.
#[derive(Debug)]
pub(super) struct Lines {
    path: PathBuf,
    input: Option<BufReader<File>>,
    pub(super) damaged: u64,
}

impl Lines {
    pub(super) fn open(path: PathBuf) -> Result<Self, ReportError> {
        let input = match File::open(&path) {
            Ok(file) => Some(BufReader::with_capacity(64 << 10, file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(ReportError::read(&path, error)),
        };
        Ok(Self { path, input, damaged: 0 })
    }

    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, ReportError> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let mut line = Vec::new();
        let n = input.read_until(b'\n', &mut line).map_err(|error| ReportError::read(&self.path, error))?;
        Ok((n > 0).then_some(line))
    }
}

/// A line that belongs to a document.
trait OfDocument: DeserializeOwned {
    fn owner(&self) -> &str;
}

impl OfDocument for Section {
    fn owner(&self) -> &str {
        &self.doc_id
    }
}

impl OfDocument for Cells {
    fn owner(&self) -> &str {
        &self.doc_id
    }
}

impl OfDocument for Citation {
    fn owner(&self) -> &str {
        &self.doc_id
    }
}

/// The lines of one document.
#[derive(Debug)]
struct Group<T> {
    rows: Vec<T>,
    bytes: Vec<u8>,
}

/// A file whose lines stand in the order of the documents, so that it is read once, beside them.
#[derive(Debug)]
struct Groups<T> {
    lines: Lines,
    /// The first line of the next group.
    ahead: Option<(T, Vec<u8>)>,
    /// Groups that came before their document: there are some only where a line of a document is damaged.
    aside: HashMap<String, Group<T>>,
}

impl<T: OfDocument> Groups<T> {
    fn open(path: PathBuf) -> Result<Self, ReportError> {
        Ok(Self { lines: Lines::open(path)?, ahead: None, aside: HashMap::new() })
    }

    /// The lines of a document. Only if some are `due` is the file read beyond lines of others.
    fn of(&mut self, id: &str, due: bool, digest: &mut Sha256) -> Result<Vec<T>, ReportError> {
        let mut found = self.aside.remove(id);
        while due && found.is_none() {
            let Some((owner, group)) = self.group()? else { break };
            if owner == id {
                found = Some(group);
            } else {
                self.aside.insert(owner, group);
            }
        }
        let Some(group) = found else { return Ok(Vec::new()) };
        digest.update(&group.bytes);
        Ok(group.rows)
    }

    /// The lines of a document if they come next: whether it has any, only the file tells.
    fn of_next(&mut self, id: &str, digest: &mut Sha256) -> Result<Vec<T>, ReportError> {
        if self.ahead.is_none() {
            self.ahead = self.row()?;
        }
        let is_next = self.ahead.as_ref().is_some_and(|(row, _)| row.owner() == id);
        self.of(id, is_next, digest)
    }

    fn group(&mut self) -> Result<Option<(String, Group<T>)>, ReportError> {
        let first = match self.ahead.take() {
            Some(first) => Some(first),
            None => self.row()?,
        };
        let Some((row, bytes)) = first else { return Ok(None) };
        let owner = row.owner().to_owned();
        let mut group = Group { rows: vec![row], bytes };
        while let Some((row, line)) = self.row()? {
            if row.owner() != owner {
                self.ahead = Some((row, line));
                break;
            }
            group.rows.push(row);
            group.bytes.extend(line);
        }
        Ok(Some((owner, group)))
    }

    fn row(&mut self) -> Result<Option<(T, Vec<u8>)>, ReportError> {
        while let Some(line) = self.lines.next()? {
            match serde_json::from_slice(&line) {
                Ok(row) => return Ok(Some((row, line))),
                Err(_) => self.lines.damaged += 1,
            }
        }
        Ok(None)
    }
}
