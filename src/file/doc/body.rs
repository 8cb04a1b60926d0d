//! The text of a DOC file, character by character: paragraphs, cells, fields, notes, boxes.

use std::collections::HashMap;
use std::ops::Range;

use super::super::field::Fields;
use super::super::flow::{Flow, Line};
use super::super::list::{Lists, Marker};
use super::super::rows::Rows;
use super::super::symbol::symbol;
use super::super::table;
use super::super::{FileError, FileRule};
use super::bytes::{u8_at, u16_at};
use super::fib::Streams;
use super::formats::{Formats, paragraph};
use super::pieces::Unit;
use super::shape::shape;
use super::sprm::{self, modifiers, switch};
use super::styles::{Look, Styles};
use crate::model::Block;

/// What is known while a document is read.
pub(super) struct Reader<'a, 's> {
    pub(super) flow: Flow<'a>,
    pub(super) streams: &'s Streams,
    pub(super) styles: Styles<'s>,
    pub(super) lists: Lists,
    pub(super) units: &'s [Unit],
    pub(super) runs: Formats,
    pub(super) paragraphs: Formats,
    /// How long the main text is.
    pub(super) main: usize,
    /// Marks of notes, by the place of their reference in the text.
    pub(super) marks: HashMap<usize, String>,
    /// Texts of boxes, by the place of their anchor in the text.
    pub(super) boxes: HashMap<usize, Vec<Range<usize>>>,
}

/// What holds for the characters of one run.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    stretch: Option<usize>,
    look: Look,
    deleted: bool,
    special: bool,
    symbol: Option<(u16, u16)>,
}

impl<'s> Reader<'_, 's> {
    /// The blocks of a range of characters.
    pub(super) fn blocks(&mut self, range: Range<usize>) -> Result<Vec<Block>, FileError> {
        let mut blocks = Vec::new();
        let mut rows = Rows::default();
        let mut at = range.start;
        let mut fields = Fields::default();
        while at < range.end.min(self.units.len()) {
            let end = self.paragraph_end(at, range.end);
            let last = end - 1;
            let (style, lists) = self.properties(last);
            let own = self.styles.look(style);
            let mut look = own;
            for list in &lists {
                self.styles.apply(&mut look, own, list);
            }
            let state = Place::of(&lists);

            let (line, boxes) = self.line(at..end, own, &mut fields)?;
            fields.end_paragraph();
            let is_cell = self.units.get(last).is_some_and(|unit| unit.code == 7);
            let mut read =
                if state.row_end { Vec::new() } else { self.flow.paragraph_of(line, look, &mut self.lists)? };
            read.extend(boxes);
            if state.in_table || is_cell {
                rows.add(read);
                if state.row_end {
                    rows.end_row(shape(&lists));
                } else if is_cell {
                    rows.end_cell();
                }
            } else {
                self.end_table(&mut rows, &mut blocks)?;
                blocks.extend(read);
            }
            at = end;
        }
        self.end_table(&mut rows, &mut blocks)?;
        self.flow.note(FileRule::FieldCode, fields.ended());
        Ok(blocks)
    }

    fn end_table(&mut self, rows: &mut Rows, blocks: &mut Vec<Block>) -> Result<(), FileError> {
        if !rows.is_empty() {
            let rows = std::mem::take(rows).finish();
            blocks.extend(table::blocks(rows, &mut self.flow.cells, self.flow.limits)?);
        }
        Ok(())
    }

    /// Behind the mark that ends a paragraph, a cell or a section.
    fn paragraph_end(&self, from: usize, to: usize) -> usize {
        let to = to.min(self.units.len());
        let units = self.units.get(from..to).unwrap_or_default();
        units.iter().position(|unit| matches!(unit.code, 0x0d | 0x07 | 0x0c)).map_or(to, |n| from + n + 1)
    }

    fn properties(&self, last: usize) -> (usize, Vec<&'s [u8]>) {
        let streams = self.streams;
        let place = self.units.get(last).map_or(0, |unit| unit.at);
        let properties = self.paragraphs.at(streams, place).map_or(&[][..], |(_, properties)| properties);
        paragraph(streams, properties)
    }

    fn line(&mut self, range: Range<usize>, own: Look, fields: &mut Fields) -> Result<(Line, Vec<Block>), FileError> {
        let (mut line, mut boxes) = (Line::default(), Vec::new());
        let mut run = Run { stretch: None, look: own, ..Run::default() };
        let mut pending = Vec::new();
        for at in range {
            let Some(&Unit { code, at: place }) = self.units.get(at) else { break };
            let found = self.runs.at(self.streams, place);
            if found.map(|(n, _)| n) != run.stretch || run.stretch.is_none() {
                run = self.run(found, own);
                if run.deleted {
                    self.flow.note(FileRule::DeletedText, 1);
                } else if run.look.hidden {
                    self.flow.note(FileRule::HiddenText, 1);
                }
            }
            let text = match code {
                0x13 => {
                    fields.begin();
                    continue;
                }
                0x14 => {
                    fields.separate();
                    continue;
                }
                0x15 => fields.end().unwrap_or_default(),
                0x0b | 0x0e => "\n".to_owned(),
                0x09 => "\t".to_owned(),
                0x1e => "-".to_owned(),
                0x02 => self.marks.get(&at).cloned().unwrap_or_default(),
                0x08 => {
                    // Boxes hang on the main text; their own texts lie behind it.
                    let found = if at < self.main { self.boxes.remove(&at) } else { None };
                    for inner in found.unwrap_or_default() {
                        boxes.extend(self.blocks(inner)?);
                    }
                    continue;
                }
                0x28 if run.special && run.symbol.is_some() => run
                    .symbol
                    .map(|(_, code)| symbol(Some("wingdings"), Some(&format!("{code:x}"))))
                    .unwrap_or_default(),
                0x00..0x20 => continue,
                _ => {
                    pending.push(code);
                    if (0xd800..0xdc00).contains(&code) {
                        continue;
                    }
                    let text = String::from_utf16_lossy(&pending);
                    pending.clear();
                    text
                }
            };
            if fields.hides() {
                fields.instruction(&text);
            } else if !run.deleted && !run.look.hidden {
                line.push(&text, run.look.bold || run.look.face);
            }
        }
        Ok((line, boxes))
    }

    fn run(&self, found: Option<(usize, &[u8])>, own: Look) -> Run {
        let mut run = Run { stretch: found.map(|(n, _)| n), look: own, ..Run::default() };
        let list = found.map_or(&[][..], |(_, list)| list);
        let style = modifiers(list).find(|(code, _)| *code == sprm::RUN_STYLE).and_then(|(_, style)| u16_at(style, 0));
        let mut base = own;
        if let Some(style) = style {
            let named = self.styles.look(usize::from(style));
            base = Look { bold: own.bold || named.bold, face: own.face || named.face, ..own };
            run.look = base;
        }
        self.styles.apply(&mut run.look, base, list);
        for (code, operand) in modifiers(list) {
            match code {
                sprm::DELETED => run.deleted = switch(operand, false),
                sprm::SPECIAL => run.special = switch(operand, false),
                sprm::SYMBOL => run.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
                _ => {}
            }
        }
        run
    }
}

/// Where a paragraph stands.
struct Place {
    in_table: bool,
    row_end: bool,
}

impl Place {
    fn of(lists: &[&[u8]]) -> Self {
        let mut place = Self { in_table: false, row_end: false };
        for (code, operand) in lists.iter().flat_map(|list| modifiers(list)) {
            match code {
                sprm::IN_TABLE => place.in_table = u8_at(operand, 0) == Some(1),
                sprm::TABLE_DEPTH => place.in_table |= u8_at(operand, 0).is_some_and(|depth| depth > 0),
                sprm::ROW_END => place.row_end = u8_at(operand, 0) == Some(1),
                _ => {}
            }
        }
        place
    }
}

impl Flow<'_> {
    /// The blocks of a paragraph that looks like this.
    fn paragraph_of(&mut self, line: Line, look: Look, lists: &mut Lists) -> Result<Vec<Block>, FileError> {
        // 0xf801 says that a list of the style is taken away.
        let list = (1..0xf801).contains(&look.list).then_some(u32::from(look.list));
        let marker: Option<Marker> = list.and_then(|list| lists.next(list, usize::from(look.level)));
        self.paragraph(line, marker, look.centred)
    }
}
