//! Documents with nearly the same text as an earlier one, over all sources: `duplicate_of` in their records.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::commands::ordered::ordered;
use crate::facts::likeness::{Signature, Signatures, is_alike};
use crate::write::atomic::Replacement;
use crate::write::documents::{document_files, each_line};
use crate::write::records::Lines;

/// How many bytes of lines are in memory while threads look at them.
const AT_ONCE: usize = 8 << 20;

/// The original of each document that repeats one, by its file and id.
type Originals = BTreeMap<(usize, String), Option<String>>;

/// What is looked at of a document.
#[derive(Debug, Deserialize)]
struct Held {
    id: String,
    title: Option<String>,
    document_number: Option<String>,
    issuer: Option<String>,
    report_year: Option<i16>,
    published: Option<String>,
    duplicate_of: Option<String>,
    text: Option<String>,
}

/// A document, its text left where it stands.
struct Document {
    held: Held,
    /// None of a text that is too short to tell.
    signature: Option<Signature>,
    file: usize,
    offset: u64,
    length: usize,
}

impl Document {
    fn of(file: usize, offset: u64, line: &[u8]) -> Option<Self> {
        let mut held = serde_json::from_slice::<Held>(line).ok()?;
        let signature = Signature::of(&held.text.take().unwrap_or_default());
        Some(Self { held, signature, file, offset, length: line.len() })
    }
}

/// Sets `duplicate_of` in the records of all sources; files in which nothing changes are not touched.
///
/// The earliest by day of publication, then by id, is the one that the others repeat: what comes out depends on the
/// records alone and not on the order in which they were built.
pub(super) fn mark(output: &Path) -> anyhow::Result<()> {
    let files = document_files(output)?;
    let (mut documents, present) = read(&files)?;
    // A document without a day comes last.
    let order = |document: &Document| {
        (document.held.published.is_none(), document.held.published.clone(), document.held.id.clone())
    };
    documents.sort_by_cached_key(order);
    let wanted = duplicates(&documents, &files)?;
    for (file, path) in files.iter().enumerate() {
        let of = |all: &Originals| {
            all.iter()
                .filter(|((at, _), _)| *at == file)
                .map(|((_, id), original)| (id.clone(), original.clone()))
                .collect::<BTreeMap<_, _>>()
        };
        let (is, should) = (of(&present), of(&wanted));
        if is != should {
            rewrite(path, &should)?;
        }
    }
    Ok(())
}

/// The documents of the files, and the originals that the files name.
fn read(files: &[PathBuf]) -> anyhow::Result<(Vec<Document>, Originals)> {
    let (mut documents, mut present) = (Vec::new(), Originals::new());
    for (file, path) in files.iter().enumerate() {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        let mut look_at = |lines: &mut Vec<(u64, Vec<u8>)>| {
            let look = |(offset, line): (u64, Vec<u8>)| Document::of(file, offset, &line);
            ordered(
                lines.drain(..),
                look,
                |_| 0,
                |document| {
                    let Some(mut document) = document else { return Ok(()) };
                    if let Some(was) = document.held.duplicate_of.take() {
                        present.insert((file, document.held.id.clone()), Some(was));
                    }
                    documents.push(document);
                    Ok(())
                },
            )
        };
        each_line(path, |offset, line| {
            lines.push((offset, line.to_vec()));
            bytes += line.len();
            if bytes < AT_ONCE {
                return Ok(());
            }
            bytes = 0;
            look_at(&mut lines)
        })?;
        look_at(&mut lines)?;
    }
    Ok((documents, present))
}

/// The lines of a document that repeats another.
pub(super) fn repeating(lines: &Lines, original: &str) -> Option<Lines> {
    let mut document = serde_json::from_slice::<Map<String, Value>>(lines.document()).ok()?;
    *document.get_mut("duplicate_of")? = original.into();
    Some(lines.clone().with_document(&document))
}

/// Which document of which file repeats which.
fn duplicates(documents: &[Document], files: &[PathBuf]) -> anyhow::Result<Originals> {
    let mut found = BTreeMap::new();
    let mut signatures = Signatures::default();
    let mut originals: Vec<&Document> = Vec::new();
    for document in documents {
        let Some(signature) = document.signature else { continue };
        let mut original = None;
        let mut own: Option<String> = None;
        for place in signatures.near(signature) {
            let Some(earlier) = originals.get(place).filter(|earlier| may_be_one(&earlier.held, &document.held)) else {
                continue;
            };
            let own = match &own {
                Some(text) => text,
                None => own.insert(text(document, files)?),
            };
            if is_alike(&text(earlier, files)?, own) {
                original = Some(earlier.held.id.clone());
                break;
            }
        }
        if original.is_some() {
            found.insert((document.file, document.held.id.clone()), original);
        } else {
            signatures.add(signature);
            originals.push(document);
        }
    }
    Ok(found)
}

/// What both say of themselves does not make them two: the same page in two columns is one record twice.
fn may_be_one(one: &Held, other: &Held) -> bool {
    fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
        one.zip(other).is_none_or(|(one, other)| one == other)
    }
    let digits = |title: &String| title.chars().filter(char::is_ascii_digit).collect::<String>();
    one.id != other.id
        && agree(one.issuer.as_ref(), other.issuer.as_ref())
        && agree(one.report_year.as_ref(), other.report_year.as_ref())
        && agree(one.document_number.as_ref(), other.document_number.as_ref())
        && agree(one.title.as_ref().map(digits).as_ref(), other.title.as_ref().map(digits).as_ref())
}

fn text(document: &Document, files: &[PathBuf]) -> anyhow::Result<String> {
    let path = files.get(document.file).context("the list of files is that of the documents")?;
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(document.offset))?;
        let mut line = vec![0; document.length];
        file.read_exact(&mut line)?;
        Ok(line)
    };
    let line = read().with_context(|| format!("failed to read `{}`", path.display()))?;
    Ok(serde_json::from_slice::<Held>(&line)?.text.unwrap_or_default())
}

/// Writes a file of documents anew with these originals, everything else as it was.
fn rewrite(path: &Path, originals: &BTreeMap<String, Option<String>>) -> anyhow::Result<()> {
    let mut file = Replacement::begin(path)?;
    each_line(path, |_, line| {
        let document = serde_json::from_slice::<Map<String, Value>>(line).ok();
        let changed = document.and_then(|mut document| {
            let original =
                document.get("id").and_then(Value::as_str).and_then(|id| originals.get(id).cloned()).flatten();
            let value = original.map_or(Value::Null, Value::String);
            let known = document.get_mut("duplicate_of").filter(|known| **known != value)?;
            *known = value;
            serde_json::to_vec(&document).ok()
        });
        match changed {
            Some(mut line) => {
                line.push(b'\n');
                file.write_all(&line)
            }
            None => file.write_all(line),
        }
    })?;
    file.commit()?;
    Ok(())
}
