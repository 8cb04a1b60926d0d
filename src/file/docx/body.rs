//! The body: paragraphs with their list numbers, tables, content controls.

use super::super::list::Marker;
use super::super::table::{self, Cell, Row};
use super::super::xml::Element;
use super::super::{FileError, FileRule};
use super::reader::Reader;
use super::runs::{Paragraph, alternative};
use super::styles::{Look, is_on, number};
use crate::model::Block;

impl<'x> Reader<'_, 'x> {
    /// The whole text: the body, and behind it the notes.
    pub(super) fn text(&mut self, body: Element<'x>) -> Result<Vec<Block>, FileError> {
        let mut blocks = self.container(body)?;
        for (mark, note) in self.notes.take() {
            let mut inside = self.container(note)?;
            if let Some(first) = inside.first_mut().filter(|_| !mark.is_empty()) {
                first.text = format!("{mark} {}", first.text);
                first.emphasis = 0;
            }
            blocks.extend(inside);
        }
        self.flow.note(FileRule::FieldCode, self.fields.ended());
        Ok(blocks)
    }

    /// The blocks of an element that holds paragraphs and tables.
    pub(super) fn container(&mut self, parent: Element<'x>) -> Result<Vec<Block>, FileError> {
        let mut blocks = Vec::new();
        self.fill(parent, &mut blocks)?;
        let rest = std::mem::take(&mut self.carried);
        blocks.extend(self.flow.paragraph(rest, None, false)?);
        Ok(blocks)
    }

    fn fill(&mut self, parent: Element<'x>, blocks: &mut Vec<Block>) -> Result<(), FileError> {
        for element in parent.children() {
            match element.name() {
                "p" => self.paragraph(element, blocks)?,
                "tbl" => {
                    let rows = self.rows(element)?;
                    blocks.extend(table::blocks(rows, &mut self.flow.cells, self.flow.limits)?);
                }
                "del" | "moveFrom" => self.flow.note(FileRule::DeletedText, 1),
                "AlternateContent" => {
                    if let Some(choice) = alternative(element) {
                        self.fill(choice, blocks)?;
                    }
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" => self.fill(element, blocks)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: Element<'x>, blocks: &mut Vec<Block>) -> Result<(), FileError> {
        let properties = element.child("pPr");
        let style = properties.and_then(|properties| properties.child("pStyle")?.attr("val"));
        let look = Look::of_paragraph(properties).over(self.styles.paragraph(style.as_deref()));
        let emphasis = Look { bold: look.bold.or(look.heading), ..look };
        let line = std::mem::take(&mut self.carried);
        let mut paragraph = Paragraph { line, look: emphasis, boxes: Vec::new() };
        self.inline(element, &mut paragraph)?;
        self.fields.end_paragraph();

        let mark = properties.and_then(|properties| properties.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some()) {
            self.carried = paragraph.line;
            blocks.append(&mut paragraph.boxes);
            return Ok(());
        }
        // A paragraph that is hidden with its end is not counted.
        let hidden = paragraph.line.is_blank() && Look::of_run(mark).hidden == Some(true);
        let marker = if hidden { None } else { self.marker(look, style.as_deref()) };
        blocks.extend(self.flow.paragraph(paragraph.line, marker, look.centred == Some(true))?);
        blocks.append(&mut paragraph.boxes);
        Ok(())
    }

    /// What the program draws before a paragraph.
    fn marker(&mut self, look: Look, style: Option<&str>) -> Option<Marker> {
        let list = look.list.filter(|&list| list > 0)?;
        let style = style.or(self.styles.default_id());
        let linked = || {
            let style = style?;
            self.numbering.level_of_style(list, self.styles.chain(style))
        };
        let level = look.level.or_else(linked).unwrap_or(0);
        self.numbering.lists.next(list, level)
    }

    fn rows(&mut self, table: Element<'x>) -> Result<Vec<Row>, FileError> {
        let mut rows = Vec::new();
        self.fill_rows(table, &mut rows)?;
        Ok(rows)
    }

    fn fill_rows(&mut self, parent: Element<'x>, rows: &mut Vec<Row>) -> Result<(), FileError> {
        for element in parent.children() {
            match element.name() {
                "tr" => {
                    let properties = element.child("trPr");
                    if properties.is_some_and(|properties| properties.child("del").is_some()) {
                        self.flow.note(FileRule::DeletedText, 1);
                        continue;
                    }
                    let value = |name: &str| properties.and_then(|properties| properties.child(name));
                    let skipped = value("gridBefore").and_then(number).unwrap_or(0);
                    let mut row = Row {
                        skipped: usize::try_from(skipped).unwrap_or(0),
                        head: value("tblHeader").is_some_and(is_on),
                        cells: Vec::new(),
                    };
                    self.fill_cells(element, &mut row.cells)?;
                    rows.push(row);
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => self.fill_rows(element, rows)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn fill_cells(&mut self, parent: Element<'x>, cells: &mut Vec<Cell>) -> Result<(), FileError> {
        for element in parent.children() {
            match element.name() {
                "tc" => {
                    let properties = element.child("tcPr");
                    let value = |name: &str| properties.and_then(|properties| properties.child(name));
                    let across = value("gridSpan").and_then(number).unwrap_or(1);
                    let goes_on = |merge: Element<'_>| merge.attr("val").is_none_or(|value| value == "continue");
                    let blocks = self.container(element)?;
                    // A horizontal merge of old files: the cell belongs to the one before it.
                    if value("hMerge").is_some_and(goes_on)
                        && let Some(before) = cells.last_mut()
                    {
                        before.across += usize::try_from(across).unwrap_or(1);
                        before.blocks.extend(blocks);
                        continue;
                    }
                    cells.push(Cell {
                        blocks,
                        across: usize::try_from(across).unwrap_or(1),
                        continues: value("vMerge").is_some_and(goes_on),
                    });
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => self.fill_cells(element, cells)?,
                _ => {}
            }
        }
        Ok(())
    }
}
