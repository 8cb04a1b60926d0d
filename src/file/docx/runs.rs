//! What stands inside a paragraph: runs, fields, tracked changes, symbols, notes, text boxes.

use super::super::flow::Line;
use super::super::symbol::symbol;
use super::super::xml::Element;
use super::super::{FileError, FileRule};
use super::notes::NoteKind;
use super::reader::Reader;
use super::styles::Look;
use crate::model::Block;

/// A paragraph while it is read.
pub(super) struct Paragraph {
    /// Its text so far.
    pub(super) line: Line,
    /// What the paragraph's style says of its runs.
    pub(super) look: Look,
    /// Blocks of text boxes that hang on it.
    pub(super) boxes: Vec<Block>,
}

impl<'x> Reader<'_, 'x> {
    /// Reads what is inside an element of a paragraph.
    pub(super) fn inline(&mut self, parent: Element<'x>, into: &mut Paragraph) -> Result<(), FileError> {
        for element in parent.children() {
            match element.name() {
                "r" => self.run(element, into)?,
                "del" | "moveFrom" => {
                    let texts = element.descendants().filter(|element| element.name() == "delText");
                    self.flow.note(FileRule::DeletedText, texts.count().max(1));
                }
                // Formulas hold their letters in runs of their own.
                "t" if !self.fields.hides() => into.line.push(&element.text(), false),
                "AlternateContent" => {
                    if let Some(choice) = alternative(element) {
                        self.inline(choice, into)?;
                    }
                }
                "pPr" | "rPr" | "sdtPr" | "sdtEndPr" => {}
                _ => self.inline(element, into)?,
            }
        }
        Ok(())
    }

    fn run(&mut self, run: Element<'x>, into: &mut Paragraph) -> Result<(), FileError> {
        let properties = run.child("rPr");
        let style = properties.and_then(|properties| properties.child("rStyle")?.attr("val"));
        let look = Look::of_run(properties).over(self.styles.look(style.as_deref())).over(into.look);
        let emphasised = look.bold == Some(true) || look.face == Some(true);
        if look.hidden == Some(true) {
            self.flow.note(FileRule::HiddenText, usize::from(run.child("t").is_some()));
            self.field_marks(run);
            return Ok(());
        }
        self.run_content(run, emphasised, into)
    }

    /// The begins and ends of fields in a run whose text is left out.
    fn field_marks(&mut self, run: Element<'x>) {
        for mark in run.children().filter(|element| element.name() == "fldChar") {
            if let Some(kind) = mark.attr("fldCharType") {
                self.fields.mark(&kind);
            }
        }
    }

    fn run_content(&mut self, run: Element<'x>, emphasised: bool, into: &mut Paragraph) -> Result<(), FileError> {
        for element in run.children() {
            let text = match element.name() {
                "t" => element.text(),
                "tab" | "ptab" => "\t".to_owned(),
                "br" | "cr" => "\n".to_owned(),
                "noBreakHyphen" => "-".to_owned(),
                "sym" => symbol(element.attr("font").as_deref(), element.attr("char").as_deref()),
                "instrText" => {
                    self.fields.instruction(&element.text());
                    continue;
                }
                "fldChar" => {
                    let kind = element.attr("fldCharType");
                    kind.and_then(|kind| self.fields.mark(&kind)).unwrap_or_default()
                }
                "footnoteReference" => self.notes.mark(NoteKind::Foot, element).unwrap_or_default(),
                "endnoteReference" => self.notes.mark(NoteKind::End, element).unwrap_or_default(),
                "ruby" => {
                    if let Some(base) = element.child("rubyBase") {
                        self.inline(base, into)?;
                    }
                    continue;
                }
                "AlternateContent" => {
                    if let Some(choice) = alternative(element) {
                        self.run_content(choice, emphasised, into)?;
                    }
                    continue;
                }
                "drawing" | "pict" | "object" => {
                    self.text_boxes(element, into)?;
                    continue;
                }
                _ => continue,
            };
            if !self.fields.hides() {
                into.line.push(&text, emphasised);
            }
        }
        Ok(())
    }

    /// The text boxes in a drawing; a box inside a box comes with the outer one.
    fn text_boxes(&mut self, drawing: Element<'x>, into: &mut Paragraph) -> Result<(), FileError> {
        for element in drawing.children() {
            match element.name() {
                "txbxContent" => {
                    let fields = std::mem::take(&mut self.fields);
                    let blocks = self.container(element)?;
                    self.fields = fields;
                    into.boxes.extend(blocks);
                }
                "AlternateContent" => {
                    if let Some(choice) = alternative(element) {
                        self.text_boxes(choice, into)?;
                    }
                }
                _ => self.text_boxes(element, into)?,
            }
        }
        Ok(())
    }
}

/// The one of several ways to say the same that is read: the first that holds text, else the first.
pub(super) fn alternative(element: Element<'_>) -> Option<Element<'_>> {
    let has_text = |choice: &Element<'_>| choice.descendants().any(|inner| inner.name() == "t");
    element.children().find(has_text).or_else(|| element.children().next())
}
