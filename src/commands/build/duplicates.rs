//! Documents with nearly the same text as an earlier one, over all sources: `duplicate_of` in their records.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::commands::ordered::ordered;
use crate::facts::likeness::{Content, Signature, Signatures};
use crate::write::atomic::Replacement;
use crate::write::documents::{document_files, document_lines};
use crate::write::records::Lines;

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

/// What a line says of itself that a look at the others may change.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    duplicate_of: Option<Cow<'a, str>>,
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
        ordered(
            document_lines(path)?,
            |line| line.map(|(offset, line)| Document::of(file, offset, &line)),
            |_| 0,
            |document| {
                let Some(mut document) = document? else { return Ok(()) };
                if let Some(was) = document.held.duplicate_of.take() {
                    present.insert((file, document.held.id.clone()), Some(was));
                }
                documents.push(document);
                anyhow::Ok(())
            },
        )?;
    }
    Ok((documents, present))
}

/// The lines of a document that repeats another.
pub(super) fn repeating(lines: &Lines, original: &str) -> Option<Lines> {
    let document = naming(lines.document(), Some(original))?;
    Some(lines.clone().with_document(&document))
}

/// The document of a line with another original, or none.
fn naming(line: &[u8], original: Option<&str>) -> Option<Map<String, Value>> {
    let mut document = serde_json::from_slice::<Map<String, Value>>(line).ok()?;
    *document.get_mut("duplicate_of")? = original.into();
    Some(document)
}

/// So many documents are compared at once with the originals before them; after that, one after another with those among
/// them.
const BATCH: usize = 64;

/// Which document of which file repeats which: the first original that is like it.
fn duplicates(documents: &[Document], files: &[PathBuf]) -> anyhow::Result<Originals> {
    let mut found = BTreeMap::new();
    let mut originals = Known { files, signatures: Signatures::default(), documents: Vec::new() };
    for batch in documents.chunks(BATCH) {
        let before = originals.documents.len();
        let mut first = Vec::with_capacity(batch.len());
        let look = |document| originals.first(document, 0);
        ordered(
            batch,
            look,
            |_| 0,
            |original| {
                first.push(original?);
                anyhow::Ok(())
            },
        )?;
        for (document, original) in batch.iter().zip(first) {
            let original = if original.is_some() { original } else { originals.first(document, before)? };
            if original.is_some() {
                found.insert((document.file, document.held.id.clone()), original);
            } else if let Some(signature) = document.signature {
                originals.signatures.add(signature);
                originals.documents.push(document);
            }
        }
    }
    Ok(found)
}

/// The documents so far that repeat no other.
struct Known<'a> {
    files: &'a [PathBuf],
    signatures: Signatures,
    documents: Vec<&'a Document>,
}

impl Known<'_> {
    /// The id of the first of them, from a place on, that a document repeats.
    fn first(&self, document: &Document, from: usize) -> anyhow::Result<Option<String>> {
        let Some(signature) = document.signature else { return Ok(None) };
        let near = self.signatures.near(signature, from);
        let mut near = near
            .into_iter()
            .filter_map(|place| self.documents.get(place))
            .filter(|earlier| may_be_one(&earlier.held, &document.held))
            .peekable();
        if near.peek().is_none() {
            return Ok(None);
        }
        let own = content(document, self.files)?;
        for earlier in near {
            if content(earlier, self.files)?.is_like(&own) {
                return Ok(Some(earlier.held.id.clone()));
            }
        }
        Ok(None)
    }
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

fn content(document: &Document, files: &[PathBuf]) -> anyhow::Result<Content> {
    let path = files.get(document.file).context("the list of files is that of the documents")?;
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(document.offset))?;
        let mut line = vec![0; document.length];
        file.read_exact(&mut line)?;
        Ok(line)
    };
    let line = read().with_context(|| format!("failed to read `{}`", path.display()))?;
    Ok(Content::of(&serde_json::from_slice::<Held>(&line)?.text.unwrap_or_default()))
}

/// Writes a file of documents anew with these originals, everything else as it was.
fn rewrite(path: &Path, originals: &BTreeMap<String, Option<String>>) -> anyhow::Result<()> {
    let mut file = Replacement::begin(path)?;
    ordered(
        document_lines(path)?,
        |line| line.map(|(_, line)| repeating_as(&line, originals).unwrap_or(line)),
        |line| line.as_ref().map_or(0, Vec::len),
        |line| file.write_all(&line?),
    )?;
    file.commit()?;
    Ok(())
}

/// The line of a document whose original is not the one that it names.
fn repeating_as(line: &[u8], originals: &BTreeMap<String, Option<String>>) -> Option<Vec<u8>> {
    let named = serde_json::from_slice::<Named<'_>>(line).ok()?;
    let original = originals.get(named.id.as_ref()).and_then(Option::as_deref);
    if named.duplicate_of.as_deref() == original {
        return None;
    }
    let mut line = serde_json::to_vec(&naming(line, original)?).ok()?;
    line.push(b'\n');
    Some(line)
}
