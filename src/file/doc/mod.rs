//! DOC ([MS-DOC], Word 97 to 2003, and WPS Writer): the text as Word shows it, list numbers and notes included.

mod bytes;
mod sprm;
mod fib;
mod pieces;
mod formats;
mod styles;
mod lists;
mod shape;
mod body;

use std::collections::HashMap;
use std::ops::Range;

use super::flow::{Flow, level_emphasis};
use super::{FileError, FileKind, FileText, Limits};
use crate::model::Block;
use body::Reader;
use bytes::{place_at, u32_at};
use fib::{Lengths, Part, Streams};
use formats::Formats;
use styles::Styles;

/// Reads the text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<FileText, FileError> {
    let streams = Streams::open(bytes, limits)?;
    let units = pieces::units(&streams, limits)?;
    let lengths = streams.lengths()?;
    let (boxes, unplaced) = boxes(&streams, lengths, units.len());
    let notes = [
        notes(&streams, Part::NoteReferences, Part::NoteTexts, lengths.main),
        notes(&streams, Part::EndnoteReferences, Part::EndnoteTexts, before_endnotes(lengths)),
    ];
    let mut marks = HashMap::new();
    let mut texts: Vec<(String, Range<usize>)> = Vec::new();
    for (place, range) in notes.into_iter().flatten() {
        let mark = format!("[{}]", texts.len() + 1);
        marks.insert(place, mark.clone());
        texts.push((mark, range));
    }
    let mut reader = Reader {
        flow: Flow::new(limits),
        streams: &streams,
        styles: Styles::read(&streams),
        lists: lists::read(&streams),
        units: &units,
        runs: Formats::runs(&streams),
        paragraphs: Formats::paragraphs(&streams),
        main: lengths.main,
        marks,
        boxes,
    };
    let mut blocks = reader.blocks(0..lengths.main)?;
    for range in unplaced {
        blocks.extend(reader.blocks(range)?);
    }
    for (mark, range) in texts {
        let mut inside: Vec<Block> = reader.blocks(range)?;
        if let Some(first) = inside.first_mut() {
            first.text = format!("{mark} {}", first.text);
            first.emphasis = 0;
        }
        blocks.extend(inside);
    }
    level_emphasis(&mut blocks);
    Ok(FileText {
        kind: FileKind::Doc,
        title: None,
        pages: 0,
        // A scan that was put into a document is a picture of text.
        needs_ocr: if blocks.is_empty() && units.iter().any(|unit| matches!(unit.code, 1 | 8)) {
            vec![1]
        } else {
            Vec::new()
        },
        by_ocr: Vec::new(),
        notes: reader.flow.notes(),
        blocks,
    })
}

fn before_endnotes(lengths: Lengths) -> usize {
    [lengths.notes, lengths.heads, lengths.comments].into_iter().fold(lengths.main, usize::saturating_add)
}

/// Each note: the place of its reference, and the range of its text.
fn notes(streams: &Streams, references: Part, texts: Part, start: usize) -> Vec<(usize, Range<usize>)> {
    let (references, texts) = (streams.part(references), streams.part(texts));
    // Behind n + 1 places stand n flags of two bytes.
    let count = references.len().saturating_sub(4) / 6;
    let note = |n: usize| {
        let (from, to) = (place_at(texts, n * 4)?, place_at(texts, n * 4 + 4)?);
        Some((place_at(references, n * 4)?, start.checked_add(from)?..start.checked_add(to)?))
    };
    (0..count).map_while(note).collect()
}

/// Texts by the place that they hang on.
type Placed = HashMap<usize, Vec<Range<usize>>>;

/// Texts of boxes by the place of their anchor, and those whose anchor is not found.
fn boxes(streams: &Streams, lengths: Lengths, units: usize) -> (Placed, Vec<Range<usize>>) {
    let start = before_endnotes(lengths).saturating_add(lengths.endnotes);
    let (texts, shapes) = (streams.part(Part::BoxTexts), streams.part(Part::Shapes));
    let anchors = shapes.len().saturating_sub(4) / 30;
    let anchor_of = |shape: u32| {
        let n = (0..anchors).find(|n| u32_at(shapes, (anchors + 1) * 4 + n * 26) == Some(shape))?;
        place_at(shapes, n * 4)
    };
    let count = texts.len().saturating_sub(4) / 26;
    let (mut placed, mut unplaced) = (Placed::new(), Vec::new());
    for n in 0..count {
        let bounds = (place_at(texts, n * 4), place_at(texts, n * 4 + 4));
        let (Some(from), Some(to)) = bounds else { break };
        let range = start.saturating_add(from)..start.saturating_add(to);
        if from >= to || to > lengths.boxes || range.end > units {
            continue;
        }
        match u32_at(texts, (count + 1) * 4 + n * 22 + 14).and_then(anchor_of) {
            Some(place) => placed.entry(place).or_default().push(range),
            None => unplaced.push(range),
        }
    }
    (placed, unplaced)
}
