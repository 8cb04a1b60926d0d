//! Tables from their ruling lines: which lines make a grid, and which places of it one cell covers.

use std::collections::BTreeMap;

use super::sheet::{Glyph, Ruling};

/// How far lines that meet may lie apart, in points.
const MEET: f32 = 3.0;
/// How far above its baseline the middle of a glyph stands, in font sizes.
pub(super) const MIDDLE: f32 = 0.35;
/// Rows or columns of one table that are believed.
const MOST: usize = 400;

/// A ruled table: places between its lines, and the cell that each belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Vertical lines from left to right.
    pub(super) xs: Vec<f32>,
    /// Horizontal lines from top to bottom.
    pub(super) ys: Vec<f32>,
    /// For each place, row by row, the first place of its cell.
    cells: Vec<usize>,
}

impl Grid {
    /// How many places stand beside each other.
    pub(super) fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// How many places stand below each other.
    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// The cell of a place, named by its first place.
    pub(super) fn cell(&self, row: usize, column: usize) -> usize {
        self.cells.get(row * self.columns() + column).copied().unwrap_or(0)
    }

    /// The cell that holds a point.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.xs.partition_point(|&line| line <= x).checked_sub(1).filter(|&at| at < self.columns())?;
        let row = self.ys.partition_point(|&line| line <= y).checked_sub(1).filter(|&at| at < self.rows())?;
        Some(self.cell(row, column))
    }

    /// Left, upper, right and lower edge.
    pub(super) fn area(&self) -> (f32, f32, f32, f32) {
        let [x0, y0] = [&self.xs, &self.ys].map(|lines| lines.first().copied().unwrap_or(0.0));
        let [x1, y1] = [&self.xs, &self.ys].map(|lines| lines.last().copied().unwrap_or(0.0));
        (x0, y0, x1, y1)
    }

    /// Whether a glyph stands in it.
    pub(super) fn holds(&self, glyph: &Glyph) -> bool {
        self.at(glyph.x + glyph.width / 2.0, glyph.y - glyph.size * MIDDLE).is_some()
    }

    /// Right edge of the cell that begins at a place.
    pub(super) fn right(&self, cell: usize) -> f32 {
        let row = cell / self.columns();
        let last = (0..self.columns()).rev().find(|&column| self.cell(row, column) == cell);
        self.xs.get(last.unwrap_or(0) + 1).copied().unwrap_or(0.0)
    }
}

/// The grids of a page, from top to bottom.
pub(super) fn grids(rulings: &[Ruling]) -> Vec<Grid> {
    let joined = joined(rulings);
    let mut grids: Vec<Grid> = groups(&joined).into_iter().filter_map(|group| grid(&group)).collect();
    grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    grids
}

/// Programs draw a line as one piece for each cell; pieces in one line that touch are one.
fn joined(rulings: &[Ruling]) -> Vec<Ruling> {
    let mut lines: Vec<Ruling> = rulings.to_vec();
    let across = |line: &Ruling| if line.is_horizontal() { line.y0 } else { line.x0 };
    let start = |line: &Ruling| if line.is_horizontal() { line.x0 } else { line.y0 };
    lines.sort_by(|a, b| {
        let key = |line: &Ruling| (line.is_horizontal(), (across(line) / 1.5).round(), start(line));
        let (a, b) = (key(a), key(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    });
    let mut joined: Vec<Ruling> = Vec::new();
    for line in lines {
        let fits = joined.last_mut().filter(|last| {
            last.is_horizontal() == line.is_horizontal()
                && (across(last) - across(&line)).abs() < 1.6
                && start(&line) <= if line.is_horizontal() { last.x1 } else { last.y1 } + MEET
        });
        match fits {
            Some(last) if line.is_horizontal() => last.x1 = last.x1.max(line.x1),
            Some(last) => last.y1 = last.y1.max(line.y1),
            None => joined.push(line),
        }
    }
    // A dot or a tick is no line of a table.
    joined.retain(|line| (line.x1 - line.x0).max(line.y1 - line.y0) > 2.0 * MEET);
    joined
}

/// Lines that touch one another, directly or by others.
fn groups(lines: &[Ruling]) -> Vec<Vec<Ruling>> {
    let mut group: Vec<usize> = (0..lines.len()).collect();
    let (level, upright): (Vec<usize>, Vec<usize>) = (0..lines.len()).partition(|&n| lines[n].is_horizontal());
    if level.len() * upright.len() > 4_000_000 {
        return Vec::new();
    }
    for &h in &level {
        for &v in &upright {
            let (flat, tall) = (&lines[h], &lines[v]);
            let meet = tall.x0 >= flat.x0 - MEET
                && tall.x0 <= flat.x1 + MEET
                && flat.y0 >= tall.y0 - MEET
                && flat.y0 <= tall.y1 + MEET;
            if meet {
                let (a, b) = (root(&mut group, h), root(&mut group, v));
                group[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<Ruling>> = BTreeMap::new();
    for (n, &line) in lines.iter().enumerate() {
        groups.entry(root(&mut group, n)).or_default().push(line);
    }
    groups.into_values().collect()
}

fn root(group: &mut [usize], of: usize) -> usize {
    let mut at = of;
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// The grid that lines make; `None` if they make no two cells beside each other: frames, or rules below a letterhead.
fn grid(lines: &[Ruling]) -> Option<Grid> {
    let (level, upright): (Vec<&Ruling>, Vec<&Ruling>) = lines.iter().partition(|line| line.is_horizontal());
    let mut ys = places(level.iter().map(|line| line.y0));
    let mut xs = places(upright.iter().map(|line| line.x0));
    if level.len() < 2 || upright.is_empty() {
        return None;
    }
    // Tables without lines at their sides, or at their head and foot, end where the other lines do.
    let (left, right) = (least(level.iter().map(|line| line.x0)), most(level.iter().map(|line| line.x1)));
    let (top, bottom) = (least(upright.iter().map(|line| line.y0)), most(upright.iter().map(|line| line.y1)));
    extend(&mut xs, left, right);
    extend(&mut ys, top, bottom);
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    if !(2..=MOST).contains(&columns) || rows > MOST {
        return None;
    }
    // A place and its neighbour are one cell where no line parts them.
    let mut cells: Vec<usize> = (0..rows * columns).collect();
    for row in 0..rows {
        let middle = f32::midpoint(ys[row], ys[row + 1]);
        for column in 0..columns {
            let centre = f32::midpoint(xs[column], xs[column + 1]);
            let here = row * columns + column;
            let beside =
                |line: &&&Ruling| (line.x0 - xs[column + 1]).abs() <= MEET && line.y0 <= middle && line.y1 >= middle;
            if column + 1 < columns && !upright.iter().any(|line| beside(&line)) {
                let (a, b) = (root(&mut cells, here), root(&mut cells, here + 1));
                cells[a.max(b)] = a.min(b);
            }
            let below =
                |line: &&&Ruling| (line.y0 - ys[row + 1]).abs() <= MEET && line.x0 <= centre && line.x1 >= centre;
            if row + 1 < rows && !level.iter().any(|line| below(&line)) {
                let (a, b) = (root(&mut cells, here), root(&mut cells, here + columns));
                cells[a.max(b)] = a.min(b);
            }
        }
    }
    let cells: Vec<usize> = (0..cells.len()).map(|place| root(&mut cells, place)).collect();
    let beside = cells.chunks(columns).any(|row| row.windows(2).any(|pair| pair[0] != pair[1]));
    beside.then_some(Grid { xs, ys, cells })
}

/// Places of lines, those that are nearly one taken together.
fn places(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.dedup_by(|next, kept| (*next - *kept).abs() <= MEET);
    values
}

/// Adds the ends when they lie beyond the outermost lines.
fn extend(lines: &mut Vec<f32>, first: f32, last: f32) {
    if lines.first().is_none_or(|&line| first < line - 2.0 * MEET) {
        lines.insert(0, first);
    }
    if lines.last().is_none_or(|&line| last > line + 2.0 * MEET) {
        lines.push(last);
    }
}

fn least(values: impl Iterator<Item = f32>) -> f32 {
    values.fold(f32::INFINITY, f32::min)
}

fn most(values: impl Iterator<Item = f32>) -> f32 {
    values.fold(f32::NEG_INFINITY, f32::max)
}
