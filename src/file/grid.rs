//! Cells at places of a sheet → blocks: empty rows and columns gone, merged cells resolved.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{self, Cell, Row};
use super::{FileError, Limits};
use crate::model::Block;
use crate::text::clean_line;

/// Cells that are merged into one, by row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: (u32, u32),
    pub(super) to: (u32, u32),
}

/// The cells of a sheet.
#[derive(Debug, Default)]
pub(super) struct Grid {
    cells: BTreeMap<(u32, u32), String>,
    /// Merged cells by their first row.
    spans: BTreeMap<u32, Vec<Span>>,
    /// Rows of the tallest merged cell.
    tallest: u32,
}

impl Grid {
    /// No cells yet.
    pub(super) fn new(merged: Vec<Span>) -> Self {
        let mut grid = Self::default();
        for span in merged {
            grid.tallest = grid.tallest.max(span.to.0.saturating_sub(span.from.0));
            grid.spans.entry(span.from.0).or_default().push(span);
        }
        grid
    }

    /// Puts a text in a place.
    pub(super) fn set(&mut self, row: u32, column: u32, text: String, limits: &Limits) -> Result<(), FileError> {
        if text.chars().all(crate::text::is_blank) {
            return Ok(());
        }
        self.cells.insert((row, column), text);
        if self.cells.len() > limits.cells { Err(FileError::TooLarge("cells")) } else { Ok(()) }
    }

    /// The sheet: lines that take a whole row above and below the table, and the table.
    pub(super) fn blocks(self, cells: &mut usize, limits: &Limits) -> Result<Vec<Block>, FileError> {
        let columns: Vec<u32> = self.cells.keys().map(|place| place.1).collect::<BTreeSet<_>>().into_iter().collect();
        let lines: Vec<u32> = self.cells.keys().map(|place| place.0).collect::<BTreeSet<_>>().into_iter().collect();
        let size = columns.len().saturating_mul(lines.len());
        let merged = self.spans.values().map(Vec::len).sum::<usize>().saturating_mul(lines.len());
        if size > limits.cells || merged > limits.cells.saturating_mul(200) {
            return Err(FileError::TooLarge("cells"));
        }
        let mut rows: Vec<Row> = lines.iter().map(|&line| self.row(line, &columns)).collect();

        let is_line = |row: &Row| {
            row.cells.iter().filter(|cell| !cell.blocks.is_empty()).count() == 1
                && row.cells.iter().any(|cell| cell.across == columns.len() || row.cells.len() == 1)
                && row.cells.iter().all(|cell| !cell.continues)
        };
        let above = rows.iter().take_while(|row| is_line(row)).count();
        let below = rows.iter().skip(above).rev().take_while(|row| is_line(row)).count();
        let tail = rows.split_off(rows.len() - below);
        let table = rows.split_off(above);
        let texts = |rows: Vec<Row>, centred: bool| {
            let blocks = rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks);
            blocks.map(move |block| Block { centred, ..block }).collect::<Vec<_>>()
        };
        let mut blocks = texts(rows, columns.len() > 1);
        blocks.extend(table::blocks(table, cells, limits)?);
        blocks.extend(texts(tail, false));
        Ok(blocks)
    }

    fn row(&self, line: u32, columns: &[u32]) -> Row {
        let reaching = self.spans.range(line.saturating_sub(self.tallest)..=line).flat_map(|(_, spans)| spans);
        let spans: Vec<&Span> = reaching.filter(|span| span.to.0 >= line).collect();
        let mut row = Row::default();
        let mut n = 0;
        while let Some(&column) = columns.get(n) {
            let span = spans.iter().find(|span| (span.from.1..=span.to.1).contains(&column));
            let across = span.map_or(1, |span| columns.iter().skip(n).take_while(|&&c| c <= span.to.1).count().max(1));
            let continues = span.is_some_and(|span| span.from.0 < line);
            // The text of a merged cell stands in its first place, which may be a column that is empty otherwise.
            let text = match span {
                Some(_) if continues => None,
                Some(span) => self.cells.get(&span.from).or_else(|| self.cells.get(&(line, column))),
                None => self.cells.get(&(line, column)),
            };
            let lines = text.into_iter().flat_map(|text| text.lines()).map(clean_line);
            let blocks = lines.filter(|line| !line.is_empty()).map(Block::paragraph).collect();
            row.cells.push(Cell { blocks, across, continues });
            n += across;
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    type Corners = ((u32, u32), (u32, u32));

    fn read(cells: &[(u32, u32, &str)], merged: &[Corners]) -> Vec<Block> {
        let limits = Limits::default();
        let mut grid = Grid::new(merged.iter().map(|&(from, to)| Span { from, to }).collect());
        for (row, column, text) in cells {
            grid.set(*row, *column, (*text).to_owned(), &limits).unwrap();
        }
        grid.blocks(&mut 0, &limits).unwrap()
    }

    #[test]
    fn a_title_over_the_table_is_a_line_and_merged_cells_are_resolved() {
        let cells = [
            (0, 0, "统计表"),
            (2, 0, "类别"),
            (2, 1, "项目"),
            (2, 5, "件数"),
            (3, 0, "执法"),
            (3, 1, "检查"),
            (3, 5, "12"),
            (4, 1, "处罚"),
            (9, 0, "注：截至年底。"),
        ];
        let merged = [((0, 0), (0, 5)), ((3, 0), (4, 0)), ((9, 0), (9, 5))];
        let blocks = read(&cells, &merged);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["统计表", "类别\t项目\t件数\n执法\t检查\t12\n\t处罚", "注：截至年底。"]);
        assert!(blocks[0].centred && !blocks[2].centred);
        let BlockKind::Table(table) = &blocks[1].kind else { panic!("no table") };
        assert_eq!(table.rows[2], ["执法", "处罚", ""]);
    }

    #[test]
    fn far_cells_and_merged_ones_cost_what_they_hold() {
        let blocks = read(&[(0, 0, "甲"), (0, 16_000, "乙"), (1_000_000, 0, "丙"), (1_000_000, 16_000, "丁")], &[]);
        assert_eq!(blocks[0].text, "甲\t乙\n丙\t丁");
        let everything = ((0, 0), (1_048_575, 16_383));
        assert_eq!(read(&[(0, 0, "甲")], &[everything])[0].text, "甲");
        assert_eq!(read(&[], &[everything]), []);
    }
}
