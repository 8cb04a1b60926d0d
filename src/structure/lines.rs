//! The text of a document as lines, and a folded view of it that has the same indices.

use crate::model::{BlockKind, Document};
use crate::text::{fold_char, is_blank, is_private_use};

use super::kind::Kind;
use super::marker::{self, Marker, Readings};

/// The clean text as characters, folded for matching, and cut into lines.
#[derive(Debug)]
pub(super) struct Text {
    /// The characters of the clean text; every offset of the outline is an index into them.
    pub(super) chars: Vec<char>,
    /// The same characters folded one by one, so that an index means the same place in both.
    pub(super) folded: Vec<char>,
    /// Lines that hold something, in order; a data table is one line.
    pub(super) lines: Vec<Line>,
}

/// A line without the blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// First character that is no blank.
    pub(super) start: usize,
    /// Behind the last character that is no blank.
    pub(super) end: usize,
    /// Index of the block that it comes from.
    pub(super) block: usize,
    /// It is a data table, row under row.
    pub(super) table: bool,
    /// How many characters at its beginning are set in bold or in a heading face.
    pub(super) emphasis: usize,
    /// It is centred on the page.
    pub(super) centred: bool,
    /// What may number it.
    pub(super) readings: Readings,
}

impl Line {
    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    /// The marker that it most likely begins with.
    pub(super) fn marker(&self) -> Option<Marker> {
        self.readings[0]
    }

    /// The number that it most likely begins with, if that is of a kind.
    pub(super) fn number(&self, kind: Kind) -> Option<u16> {
        self.marker().filter(|marker| marker.kind == kind).map(|marker| marker.number)
    }
}

impl Text {
    /// Cuts the blocks of a document into lines.
    pub(super) fn new(document: &Document) -> Self {
        let mut chars = Vec::with_capacity(document.blocks.iter().map(|block| block.text.len() / 3 + 2).sum());
        let mut lines = Vec::with_capacity(document.blocks.len());
        for (n, block) in document.blocks.iter().enumerate() {
            if n > 0 {
                chars.push('\n');
            }
            let from = chars.len();
            chars.extend(block.text.chars());
            // A table of one column is a box drawn around text, not data.
            let table = matches!(&block.kind, BlockKind::Table(table) if table.rows.iter().any(|row| row.len() > 1))
                && !is_colophon(&block.text);
            let emphasised = from + block.emphasis;
            let mut line = |start: usize, end: usize| {
                if let Some((start, end)) = trimmed(&chars, start, end) {
                    let emphasis = emphasised.min(end).saturating_sub(start);
                    lines.push(Line {
                        start,
                        end,
                        block: n,
                        table,
                        emphasis,
                        centred: block.centred,
                        readings: [None; 2],
                    });
                }
            };
            if table {
                line(from, chars.len());
                continue;
            }
            let mut start = from;
            for (at, _) in chars.iter().enumerate().skip(from).filter(|(_, c)| **c == '\n') {
                line(start, at);
                start = at + 1;
            }
            line(start, chars.len());
        }
        join_brackets(&chars, &mut lines);
        let folded = chars.iter().map(|&c| fold_char(c)).collect();
        let mut text = Self { chars, folded, lines: Vec::new() };
        text.lines = lines.into_iter().map(|line| text.piece(&line, line.start, line.end)).collect();
        text
    }

    /// A piece of a line, with what may number it.
    pub(super) fn piece(&self, line: &Line, start: usize, end: usize) -> Line {
        let emphasis = if start == line.start { line.emphasis } else { 0 };
        Line { start, end, emphasis, readings: marker::read(&self.folded[..end], start), ..*line }
    }

    /// The markers that may stand in the middle of a line.
    pub(super) fn readings_at(&self, at: usize, end: usize) -> Readings {
        marker::read(&self.folded[..end], at)
    }

    /// The characters of a span as they are.
    pub(super) fn slice(&self, start: usize, end: usize) -> String {
        let chars = &self.chars[start..end];
        // Almost all of them take three bytes.
        let mut text = String::with_capacity(chars.len() * 3);
        text.extend(chars);
        text
    }

    /// The folded characters of a line, without what Word leaves behind at its end.
    pub(super) fn view(&self, line: &Line) -> &[char] {
        let view = &self.folded[line.start..line.end];
        let end = view.iter().rposition(|&c| !is_private_use(c) && !is_blank(c)).map_or(view.len(), |n| n + 1);
        &view[..end]
    }

    /// The folded characters of a span without its blanks, for comparing texts that differ in layout only.
    pub(super) fn key(&self, start: usize, end: usize) -> String {
        self.folded[start..end].iter().copied().filter(|&c| !is_blank(c)).collect()
    }

    /// The first index at or behind `at`, before `end`, that holds no blank, nor what Word leaves behind; else `end`.
    pub(super) fn skip_blanks(&self, at: usize, end: usize) -> usize {
        (at..end).find(|&n| !is_blank(self.chars[n]) && !is_private_use(self.chars[n])).unwrap_or(end)
    }

    /// The index behind the last character before `end`, at or behind `start`, that is no white space; else `start`.
    pub(super) fn trim_end(&self, start: usize, end: usize) -> usize {
        let nothing = |c: char| c.is_whitespace() || is_private_use(c);
        (start..end).rev().find(|&n| !nothing(self.chars[n])).map_or(start, |n| n + 1)
    }
}

/// A bracket alone on its line opens the number of the next: `（` above `三）改革深化` is one line.
fn join_brackets(chars: &[char], lines: &mut Vec<Line>) {
    let mut open: Option<Line> = None;
    let joined = lines.iter().flat_map(|line| {
        let before = open.take();
        let alone = line.len() == 1 && matches!(chars[line.start], '(' | '（');
        match before {
            Some(bracket) if !line.table && !alone => [None, Some(Line { start: bracket.start, ..*line })],
            _ if alone => {
                open = Some(*line);
                [before, None]
            }
            _ => [before, Some(*line)],
        }
    });
    let joined: Vec<Line> = joined.flatten().collect();
    *lines = joined.into_iter().chain(open).collect();
}

/// Word draws the lines of 抄送 and 印发 as a small table.
fn is_colophon(text: &str) -> bool {
    let rows = text.lines().count();
    let closing = |row: &str| row.starts_with("抄送") || row.ends_with("印发") || row.starts_with("共印");
    rows <= 4 && text.chars().count() <= 300 && text.lines().any(|row| closing(row.trim_matches(is_blank)))
}

/// A span without the white space at its ends, if anything is left. A zero-width character is left where it is: rows
/// must cover it.
fn trimmed(chars: &[char], start: usize, end: usize) -> Option<(usize, usize)> {
    let first = (start..end).find(|&n| !chars[n].is_whitespace())?;
    let last = (first..end).rev().find(|&n| !chars[n].is_whitespace())?;
    Some((first, last + 1))
}

/// Behind the label `答：` or `问：` at the beginning of `view`, blanks before the colon aside.
pub(super) fn behind_label(view: &[char], label: char) -> Option<usize> {
    let colon = (1..view.len()).find(|&n| !is_blank(view[n]))?;
    (view[0] == label && view[colon] == ':').then_some(colon + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Table};

    #[test]
    fn lines_are_trimmed_and_a_table_is_one_line() {
        let table = Block {
            kind: BlockKind::Table(Table { rows: vec![vec!["甲".into(), "乙".into()]; 2], header_rows: None }),
            ..Block::paragraph("甲\t乙\n甲\t乙")
        };
        let blocks = vec![Block::paragraph("  一、总则"), table, Block::paragraph("甲\n \n乙")];
        let text = Text::new(&Document { blocks, ..Document::default() });
        let lines: Vec<String> = text.lines.iter().map(|line| text.slice(line.start, line.end)).collect();
        assert_eq!(lines, ["一、总则", "甲\t乙\n甲\t乙", "甲", "乙"]);
        assert!(text.lines[1].table);
    }
}
