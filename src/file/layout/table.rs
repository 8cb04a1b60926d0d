//! The words of a ruled table, cell by cell, and tables that go on over a page end.

use super::counts::{Counts, count};
use super::grid::{Grid, MIDDLE};
use super::row::{Row, rows};
use super::sheet::Glyph;
use crate::file::FileRule;
use crate::model::{Block, BlockKind, Table};
use crate::text::{clean_line, is_ideograph};

/// A row of a cell that ends so many font sizes before its right edge ends a paragraph of the cell.
const SHORT: f32 = 2.5;
/// Fewest characters of a cell that a page end cuts inside a sentence.
const LONG: usize = 10;
/// How far the lines of a table that goes on may lie from where they lay, in points.
const SAME: f32 = 4.0;

/// A table with its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filled {
    /// Vertical lines of the grid.
    xs: Vec<f32>,
    /// For each row and column, which cell stands there.
    places: Vec<Vec<usize>>,
    /// The words of each cell.
    cells: Vec<String>,
    /// How many rows at the top were printed again after a page end, if any.
    header_rows: Option<usize>,
}

/// Reads the words in a grid; `None` if there are none, or if only one cell holds any: a frame around text.
pub(super) fn filled(grid: &Grid, glyphs: &[Glyph], counts: &mut Counts) -> Option<Filled> {
    let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); grid.rows() * grid.columns()];
    for glyph in glyphs {
        if let Some(of) =
            grid.at(glyph.x + glyph.width / 2.0, glyph.y - glyph.size * MIDDLE).and_then(|cell| inside.get_mut(cell))
        {
            of.push(*glyph);
        }
    }
    let words = |(cell, glyphs): (usize, Vec<Glyph>)| cell_text(&rows(glyphs, counts), grid.right(cell));
    let cells: Vec<String> = inside.into_iter().enumerate().map(words).collect();
    let used = cells.iter().filter(|text| !text.is_empty()).count();
    let places: Vec<Vec<usize>> = (0..grid.rows())
        .map(|row| (0..grid.columns()).map(|column| grid.cell(row, column)).collect::<Vec<_>>())
        // Double lines leave rows in which nothing can stand.
        .filter(|row: &Vec<usize>| row.iter().any(|&cell| cells.get(cell).is_some_and(|text| !text.is_empty())))
        .collect();
    (used > 1).then(|| Filled { xs: grid.xs.clone(), places, cells, header_rows: None })
}

/// The rows of a cell as one line; paragraphs are parted by a blank.
fn cell_text(rows: &[Row], right: f32) -> String {
    let mut text = String::new();
    let mut ended = false;
    for row in rows {
        let line = row.text();
        if ended || joins_words(&text, &line) {
            text.push(' ');
        }
        text.push_str(line.trim());
        ended = row.x1 < right - SHORT * row.size;
    }
    clean_line(&text)
}

/// Latin words at both sides of a line end are two words.
pub(super) fn joins_words(before: &str, after: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    word(before.trim_end().chars().next_back()) && word(after.trim_start().chars().next())
        || before.trim_end().ends_with([',', '.', ';'])
            && after.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
}

impl Filled {
    /// Takes up a table of the next page that is the rest of this one.
    pub(super) fn absorb(&mut self, next: &Self, counts: &mut Counts) -> bool {
        let alike = self.xs.len() == next.xs.len() && self.xs.iter().zip(&next.xs).all(|(a, b)| (a - b).abs() < SAME);
        if !alike {
            return false;
        }
        let again = (0..next.places.len().min(self.places.len()).min(4))
            .take_while(|&row| self.row(row) == next.row(row) && self.row(row).iter().any(|text| !text.is_empty()))
            .count();
        // A table whose rows are all alike has no head.
        let again = if again < next.places.len() { again } else { 0 };
        if again > 0 {
            self.header_rows = Some(again);
            count(counts, FileRule::RunningHead, again);
        }
        let offset = self.cells.len();
        self.cells.extend(next.cells.iter().cloned());
        let mut rest: Vec<Vec<usize>> =
            next.places.iter().skip(again).map(|row| row.iter().map(|&cell| cell + offset).collect()).collect();
        let second = rest.get(1).cloned().unwrap_or_default();
        if rest.first_mut().is_some_and(|first| self.go_on(first, &second)) {
            rest.remove(0);
        }
        self.places.extend(rest);
        true
    }

    /// Joins the cells of the first row of a page to those of the last row above that they continue; whether all do.
    ///
    /// Only a row with an empty cell below a full one goes on: the page end has cut its cells.
    fn go_on(&mut self, first: &mut [usize], second: &[usize]) -> bool {
        let Some(last) = self.places.last().cloned() else { return false };
        let before = self.places.len().checked_sub(2).and_then(|row| self.places.get(row)).cloned().unwrap_or_default();
        let text = |cell: usize| self.cells.get(cell).map_or("", String::as_str);
        let cut = last.iter().zip(first.iter()).any(|(&above, &cell)| text(cell).is_empty() && !text(above).is_empty());
        if !cut {
            return false;
        }
        // A row with a first cell of its own is a new one, and only what spans several rows reaches into it.
        let new = first.first().is_some_and(|&cell| !text(cell).is_empty());
        let goes_on = |column: usize| {
            let (above, cell) = (last[column], first[column]);
            let spans = before.get(column) == Some(&above) || second.get(column) == Some(&cell);
            let open = text(above).chars().next_back().is_some_and(|c| is_ideograph(c) || "，、（《".contains(c));
            text(cell).is_empty() || open && text(above).chars().count() >= LONG && (spans || !new)
        };
        let joined: Vec<bool> = (0..last.len().min(first.len())).map(goes_on).collect();
        let mut done: Vec<usize> = Vec::new();
        for ((&above, cell), &joined) in last.iter().zip(first.iter_mut()).zip(&joined) {
            if !joined {
                continue;
            }
            if !done.contains(cell) {
                done.push(*cell);
                let rest = self.cells.get_mut(*cell).map(std::mem::take).unwrap_or_default();
                if let Some(text) = self.cells.get_mut(above) {
                    text.push_str(&rest);
                }
            }
            *cell = above;
        }
        joined.iter().all(|&joined| joined)
    }

    fn row(&self, row: usize) -> Vec<&str> {
        let places = self.places.get(row).into_iter().flatten();
        places.map(|&cell| self.cells.get(cell).map_or("", String::as_str)).collect()
    }

    /// The block: one line a row, every cell in the row in which it begins.
    pub(super) fn block(&self) -> Option<Block> {
        let mut printed = Vec::new();
        let mut seen = vec![false; self.cells.len()];
        for row in &self.places {
            let mut line: Vec<&str> = Vec::new();
            for &cell in row {
                if seen.get(cell) == Some(&false) {
                    seen[cell] = true;
                    line.push(&self.cells[cell]);
                }
            }
            let line = line.join("\t").trim_end().to_owned();
            if !line.trim().is_empty() {
                printed.push(line);
            }
        }
        let rows = (0..self.places.len()).map(|row| self.row(row).into_iter().map(str::to_owned).collect()).collect();
        let table = Table { rows, header_rows: self.header_rows };
        let text = printed.join("\n");
        (!text.is_empty()).then_some(Block { kind: BlockKind::Table(table), text, emphasis: 0, centred: false })
    }
}
