//! DOCX (ECMA-376): the text as Word shows it, list numbers and footnotes included, deleted text left out.

mod body;
mod reader;
mod notes;
mod numbering;
mod runs;
mod styles;

use super::flow::{Flow, level_emphasis};
use super::package::Package;
use super::xml::{self, Tree};
use super::{FileError, FileKind, FileText, Limits};
use notes::Notes;
use numbering::Numbering;
use reader::Reader;
use styles::Styles;

/// Reads the text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<FileText, FileError> {
    let mut package = Package::open(bytes, limits)?;
    let main = main_part(&mut package, limits)?;
    let (folder, _) = main.rsplit_once('/').unwrap_or(("", &main));
    let document = package.part(&main)?.ok_or(FileError::Broken("no document"))?;
    let mut part = |name: &str| match package.part(&format!("{folder}/{name}")) {
        // A part that only adds to the text may be missing or broken; one beyond the limits may not.
        Err(error @ FileError::TooLarge(_)) => Err(error),
        Ok(Some(bytes)) => Ok(bytes),
        _ => Ok(b"<none/>".to_vec()),
    };
    let parts = [part("styles.xml")?, part("numbering.xml")?, part("footnotes.xml")?, part("endnotes.xml")?];
    let settings = part("settings.xml")?;
    let facts = [package.part("docProps/core.xml"), package.part("docProps/app.xml")];

    let texts = parts.each_ref().map(|bytes| xml::decode(bytes));
    let settings = xml::decode(&settings);
    let [styles, numbering, footnotes, endnotes] = texts.each_ref().map(|text| lenient(text, limits));
    let (styles, numbering, footnotes, endnotes) = (styles?, numbering?, footnotes?, endnotes?);
    let settings = lenient(&settings, limits)?;
    let styles = Styles::read(styles.root()?);
    let numbering = Numbering::read(numbering.root()?, &styles);

    let text = xml::decode(&document);
    let document = Tree::parse(&text, limits)?;
    let body = document.root()?.child("body").ok_or(FileError::Broken("no body"))?;
    let notes = Notes::new(footnotes.root()?, endnotes.root()?, settings.root()?, body);
    let mut reader = Reader::new(Flow::new(limits), styles, numbering, notes);
    let mut blocks = reader.text(body)?;
    level_emphasis(&mut blocks);

    // A scan that was put into a document is a picture of text.
    let pictures = blocks.is_empty() && package.names().any(|name| name.starts_with("word/media/"));
    let mut facts = facts.into_iter().map(|part| part.ok().flatten().unwrap_or_default());
    let title = fact(&facts.next().unwrap_or_default(), "title", limits);
    let pages = fact(&facts.next().unwrap_or_default(), "Pages", limits);
    Ok(FileText {
        kind: FileKind::Docx,
        title,
        blocks,
        pages: pages.and_then(|pages| pages.parse().ok()).unwrap_or(0),
        needs_ocr: if pictures { vec![1] } else { Vec::new() },
        by_ocr: Vec::new(),
        notes: reader.flow.notes(),
    })
}

/// The part that the package calls its document.
fn main_part(package: &mut Package<'_>, limits: &Limits) -> Result<String, FileError> {
    let usual = "word/document.xml";
    let Some(bytes) = package.part("_rels/.rels")? else { return Ok(usual.to_owned()) };
    let text = xml::decode(&bytes);
    let Ok(tree) = Tree::parse(&text, limits) else { return Ok(usual.to_owned()) };
    let found = tree.root()?.children().find_map(|relation| {
        let document = relation.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        relation.attr("Target").filter(|_| document)
    });
    Ok(found.map_or(usual.to_owned(), |target| target.trim_start_matches('/').to_owned()))
}

/// A part that only adds to the text: empty if it is broken.
fn lenient<'a>(text: &'a str, limits: &Limits) -> Result<Tree<'a>, FileError> {
    match Tree::parse(text, limits) {
        Err(FileError::Broken(_) | FileError::Truncated) => Tree::parse("<none/>", limits),
        result => result,
    }
}

/// A value of the document's own metadata.
fn fact(bytes: &[u8], name: &str, limits: &Limits) -> Option<String> {
    let text = xml::decode(bytes);
    let tree = Tree::parse(&text, limits).ok()?;
    let value = crate::text::clean_line(&tree.root().ok()?.child(name)?.text());
    (!value.is_empty()).then_some(value)
}
