//! A document's text as characters, and the section that holds a place of it.

use crate::model::{DocumentRecord, Records, Role, SectionRecord};
use crate::text::fold_char;

/// The text of a document as the passes of this stage read it.
pub(super) struct Reading<'a> {
    /// The document.
    pub(super) document: &'a DocumentRecord,
    /// The text, one element a character.
    pub(super) text: Vec<char>,
    /// The same, folded for matching: of the same length.
    pub(super) folded: Vec<char>,
    sections: &'a [SectionRecord],
}

impl<'a> Reading<'a> {
    /// Reads the text of a document.
    pub(super) fn new(records: &'a Records) -> Self {
        let text: Vec<char> = records.document.text.chars().collect();
        let folded = text.iter().map(|&c| fold_char(c)).collect();
        Self { document: &records.document, text, folded, sections: &records.sections }
    }

    /// The section whose own span holds a place; sections tile the text in order.
    pub(super) fn section(&self, at: usize) -> Option<&'a SectionRecord> {
        let behind = self.sections.partition_point(|section| section.start <= at);
        self.sections.get(behind.checked_sub(1)?).filter(|section| at < section.end)
    }

    /// What the section that holds a place is for.
    pub(super) fn role(&self, at: usize) -> Option<Role> {
        self.section(at).map(|section| section.role)
    }

    /// The id of that section.
    pub(super) fn section_id(&self, at: usize) -> Option<String> {
        self.section(at).map(|section| section.id.clone())
    }

    /// The printed characters of a span.
    pub(super) fn printed(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or_default().iter().collect()
    }

    /// The folded characters of a span.
    pub(super) fn view(&self, start: usize, end: usize) -> &[char] {
        self.folded.get(start..end).unwrap_or_default()
    }

    /// The clause around a span: up to the next mark or line end on both sides.
    pub(super) fn clause(&self, start: usize, end: usize) -> String {
        let mark = |c: &char| "，。；！？：\n\t".contains(*c) || ",;!?".contains(*c);
        let before = self.text.get(..start).unwrap_or_default();
        let from = before.iter().rposition(mark).map_or(0, |at| at + 1);
        let behind = self.text.get(end..).unwrap_or_default();
        let to = behind.iter().position(mark).map_or(self.text.len(), |at| end + at);
        self.printed(from, to).trim_matches(crate::text::is_blank).to_owned()
    }
}
