//! Whether the records of a page stay within the limits, before they are made.

use url::Url;

use crate::model::{Document, MAX_ADDRESS, Outline, Page, Reason, RecordLimits, Reject, Stage};

/// Whether a decoded page has so few tags that its tree is small.
///
/// # Errors
/// It is too large.
pub fn page_fits(page: &Page, limits: &RecordLimits) -> Result<(), Reject> {
    let tags = memchr::memchr_iter(b'<', page.text.as_bytes()).count();
    // Plain text has no tags, but may have as many of these as it likes.
    let is_markup = page.format == crate::model::PageFormat::Html;
    within(!is_markup || tags <= limits.tags, Stage::Decode)
}

/// Whether an article is so small that its structure can be read.
///
/// # Errors
/// It is too large.
pub fn document_fits(document: &Document, limits: &RecordLimits) -> Result<(), Reject> {
    let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let blocks = &document.blocks;
    let n_lines: usize = blocks.iter().map(|block| lines(&block.text)).sum();
    let n_characters: usize = blocks.iter().map(|block| block.text.chars().count() + 1).sum();
    let title = document.title.as_ref().map_or(0, |title| title.chars().count());
    let fits = n_lines <= limits.lines && n_characters <= limits.characters && title <= limits.title;
    within(fits, Stage::Extract)
}

/// Whether there are so few sections, with so little in each that is copied from the document, that they can be written.
///
/// # Errors
/// They are too large.
pub fn outline_fits(
    document: &Document,
    outline: &Outline,
    url: Option<&Url>,
    limits: &RecordLimits,
) -> Result<(), Reject> {
    /// Most bytes of the name of a body.
    const ISSUER: usize = 320;
    let rows = &outline.sections;
    let deepest = rows.iter().map(|row| row.level).max().unwrap_or(0);
    within(rows.len() <= limits.sections && deepest <= limits.depth, Stage::Structure)?;
    let address = url.map_or(0, |url| url.as_str().len());
    let length = |text: Option<&String>| text.map_or(0, String::len);
    let shared = address + length(document.title.as_ref()) + ISSUER;
    // Headings of the ancestors and of the row itself, and the path, which stands in three ids.
    let mut headings: Vec<usize> = Vec::with_capacity(rows.len());
    let mut copied = 0;
    for row in rows {
        let above = row.parent.and_then(|parent| headings.get(parent)).copied().unwrap_or(0);
        copied += (shared + above + 4 * row.path.len()) as u64;
        headings.push(above + length(row.marker.as_ref()) + length(row.heading.as_ref()));
    }
    within(copied <= limits.copied_bytes && address <= MAX_ADDRESS, Stage::Record)
}

fn within(fits: bool, stage: Stage) -> Result<(), Reject> {
    if fits { Ok(()) } else { Err(Reject { stage, reason: Reason::TooLarge }) }
}
