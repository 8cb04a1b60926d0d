//! Rows of tables: their cells gathered, their edges laid over one another to find what a cell covers.

use super::table::{Cell, Row};
use crate::model::Block;

/// Edges nearer to one another than this (in twentieths of a point) are one edge.
const NEAR: i32 = 40;

/// What a file says of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// It is repeated at the top of each page.
    pub(super) head: bool,
    /// Where its cells begin and end.
    pub(super) edges: Vec<i32>,
    /// Whether each cell goes on with the one above it.
    pub(super) continues: Vec<bool>,
}

/// A table while it is read.
#[derive(Default)]
pub(super) struct Rows {
    ended: Vec<(Row, Vec<i32>)>,
    cells: Vec<Cell>,
    blocks: Vec<Block>,
}

impl Rows {
    /// Nothing gathered.
    pub(super) fn is_empty(&self) -> bool {
        self.ended.is_empty() && self.cells.is_empty() && self.blocks.is_empty()
    }

    /// Blocks of the cell that is being read.
    pub(super) fn add(&mut self, blocks: Vec<Block>) {
        self.blocks.extend(blocks);
    }

    /// The cell ends.
    pub(super) fn end_cell(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.cells.push(Cell { blocks, across: 1, continues: false });
    }

    /// The row ends.
    pub(super) fn end_row(&mut self, shape: Shape) {
        let mut row = Row { cells: std::mem::take(&mut self.cells), skipped: 0, head: shape.head };
        for (cell, continues) in row.cells.iter_mut().zip(shape.continues) {
            cell.continues = continues;
        }
        let edges = if shape.edges.len() == row.cells.len() + 1 { shape.edges } else { Vec::new() };
        self.ended.push((row, edges));
    }

    /// The rows, each cell with how many columns it covers.
    pub(super) fn finish(mut self) -> Vec<Row> {
        if !self.blocks.is_empty() {
            self.end_cell();
        }
        if !self.cells.is_empty() {
            self.end_row(Shape::default());
        }
        let mut columns: Vec<i32> = self.ended.iter().flat_map(|(_, edges)| edges.iter().copied()).collect();
        columns.sort_unstable();
        columns.dedup_by(|next, kept| *next - *kept < NEAR);
        let column = |edge: i32| columns.partition_point(|&column| column <= edge).saturating_sub(1);
        let whole = self.ended.iter().all(|(row, edges)| !edges.is_empty() || row.cells.is_empty());
        let rows = self.ended.into_iter().map(|(mut row, edges)| {
            if whole {
                row.skipped = edges.first().map_or(0, |&edge| column(edge));
                for (cell, pair) in row.cells.iter_mut().zip(edges.windows(2)) {
                    cell.across = column(pair[1]).saturating_sub(column(pair[0])).max(1);
                }
            }
            row
        });
        rows.collect()
    }
}
