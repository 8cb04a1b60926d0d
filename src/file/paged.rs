//! What the pages of a file draw → its text.

use super::layout::{self, Drawn};
use super::{FileError, FileKind, FileNote, FileText};

/// Reads the pages; a file of which every page is a picture of text has none.
pub(super) fn text(kind: FileKind, drawn: Drawn) -> Result<FileText, FileError> {
    let pages = drawn.sheets.len();
    let blank = drawn.sheets.iter().filter(|sheet| sheet.is_blank()).count();
    let by_ocr = drawn.sheets.iter().zip(1..).filter(|(sheet, _)| sheet.is_read).map(|(_, page)| page).collect();
    let laid = layout::text(drawn.sheets);
    if !laid.needs_ocr.is_empty() && laid.needs_ocr.len() + blank >= pages {
        return Err(FileError::NeedsOcr);
    }
    if laid.blocks.is_empty() {
        return Err(FileError::Empty);
    }
    let notes = laid.counts.into_iter().map(|(rule, count)| FileNote { rule, count }).collect();
    Ok(FileText { kind, title: drawn.title, blocks: laid.blocks, pages, needs_ocr: laid.needs_ocr, by_ocr, notes })
}
