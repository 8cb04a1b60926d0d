//! The order of reading: gazettes are set in columns, and what crosses them parts them.

use super::counts::Counts;
use super::row::{Row, median, rows};
use super::sheet::Glyph;

/// Fewest rows of a column.
const ROWS: usize = 5;
/// Narrowest column, in font sizes.
const WIDTH: f32 = 9.0;
/// Narrowest gap between columns, in font sizes.
const GUTTER: f32 = 0.8;
/// A gap inside a row that only lists have, in font sizes.
const LIST: f32 = 3.5;
/// Columns beside columns.
const DEPTH: usize = 5;

/// What stands on a page, in the order of reading.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A row of text.
    Row(Row),
    /// A ruled table: its number, upper edge, left and right edge.
    Table(usize, f32, f32, f32),
}

impl Item {
    fn top(&self) -> f32 {
        match self {
            Self::Row(row) => row.y,
            Self::Table(_, top, ..) => *top,
        }
    }

    fn edges(&self) -> (f32, f32) {
        match self {
            Self::Row(row) => (row.x0, row.x1),
            Self::Table(_, _, x0, x1) => (*x0, *x1),
        }
    }
}

/// Parts of the page, each to be read from top to bottom before the next.
pub(super) fn regions(items: Vec<Item>, counts: &mut Counts) -> Vec<Vec<Item>> {
    let mut regions = Vec::new();
    split(items, DEPTH, counts, &mut regions);
    regions
}

fn split(items: Vec<Item>, depth: usize, counts: &mut Counts, regions: &mut Vec<Vec<Item>>) {
    let Some(gutter) = (depth > 0).then(|| gutter(&items)).flatten() else {
        if !items.is_empty() {
            regions.push(items);
        }
        return;
    };
    let mut band: Vec<Item> = Vec::new();
    let mut whole: Vec<Item> = Vec::new();
    for item in items {
        if crosses(&item, gutter) {
            close(&mut band, &mut whole, gutter, depth, counts, regions);
            whole.push(item);
        } else {
            band.push(item);
        }
    }
    close(&mut band, &mut whole, gutter, depth, counts, regions);
    if !whole.is_empty() {
        regions.push(whole);
    }
}

/// Ends a band of rows that do not cross the gutter; with nothing on one side it belongs to what stands above.
fn close(
    band: &mut Vec<Item>,
    whole: &mut Vec<Item>,
    gutter: f32,
    depth: usize,
    counts: &mut Counts,
    regions: &mut Vec<Vec<Item>>,
) {
    let right = band.iter().filter(|item| item.edges().1 > gutter).count();
    let left = band.iter().filter(|item| item.edges().0 < gutter).count();
    if right.min(left) < 2 {
        whole.append(band);
        return;
    }
    if !whole.is_empty() {
        regions.push(std::mem::take(whole));
    }
    let (mut glyphs, mut tables) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for item in band.drain(..) {
        match item {
            Item::Row(row) => {
                for glyph in row.glyphs {
                    glyphs[usize::from(glyph.x + glyph.width / 2.0 > gutter)].push(glyph);
                }
            }
            Item::Table(_, _, x0, x1) => tables[usize::from(f32::midpoint(x0, x1) > gutter)].push(item),
        }
    }
    for (glyphs, tables) in glyphs.into_iter().zip(tables) {
        split(ordered(glyphs, tables, counts), depth - 1, counts, regions);
    }
}

/// Rows and tables from top to bottom.
pub(super) fn ordered(glyphs: Vec<Glyph>, tables: Vec<Item>, counts: &mut Counts) -> Vec<Item> {
    let mut items: Vec<Item> = rows(glyphs, counts).into_iter().map(Item::Row).chain(tables).collect();
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    items
}

fn crosses(item: &Item, gutter: f32) -> bool {
    match item {
        Item::Row(row) => runs_over(&row.segments(GUTTER), gutter),
        Item::Table(_, _, x0, x1) => *x0 < gutter && *x1 > gutter,
    }
}

fn runs_over(parts: &[(f32, f32)], gutter: f32) -> bool {
    parts.iter().any(|part| part.0 < gutter - 1.0 && part.1 > gutter + 1.0)
}

/// Rows with their parts, and the size of the type.
struct Body<'a> {
    rows: Vec<(&'a Row, Vec<(f32, f32)>)>,
    size: f32,
    left: f32,
    right: f32,
}

/// Where two columns of running text part.
fn gutter(items: &[Item]) -> Option<f32> {
    let rows = items.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None });
    let rows: Vec<(&Row, Vec<(f32, f32)>)> = rows.map(|row| (row, row.segments(GUTTER))).collect();
    let size = median(rows.iter().map(|(row, _)| row.size)).filter(|_| rows.len() >= ROWS)?;
    let left = rows.iter().map(|(row, _)| row.x0).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(|(row, _)| row.x1).fold(f32::NEG_INFINITY, f32::max);
    // A column begins where many parts begin.
    let mut starts: Vec<f32> = rows.iter().flat_map(|(_, parts)| parts).map(|part| part.0).collect();
    starts.sort_by(f32::total_cmp);
    let body = Body { rows, size, left, right };
    let mut best: Option<(usize, f32)> = None;
    let mut at = 0;
    while let Some(&start) = starts.get(at) {
        let many = starts.iter().skip(at).take_while(|&&other| other - start < 3.0).count();
        let gutter = start - size * GUTTER / 2.0;
        if many >= ROWS && gutter - left > WIDTH * size && right - gutter > WIDTH * size && body.parts_at(gutter) {
            let crossing = body.rows.iter().filter(|(_, parts)| runs_over(parts, gutter)).count();
            if best.is_none_or(|(least, _)| crossing < least) {
                best = Some((crossing, gutter));
            }
        }
        at += many.max(1);
    }
    best.map(|(_, gutter)| gutter)
}

impl Body<'_> {
    /// Both sides hold full lines of text at the same heights.
    fn parts_at(&self, gutter: f32) -> bool {
        let (mut before, mut after) = (Side::default(), Side::default());
        for (row, parts) in self.rows.iter().filter(|(_, parts)| !runs_over(parts, gutter)) {
            let middle = parts.partition_point(|part| part.0 < gutter);
            before.add(row, parts.get(..middle).unwrap_or_default(), gutter - self.size - self.left, self.size);
            after.add(row, parts.get(middle..).unwrap_or_default(), self.right - gutter, self.size);
        }
        let shared = before.bottom.min(after.bottom) - before.top.max(after.top);
        let shorter = (before.bottom - before.top).min(after.bottom - after.top).max(1.0);
        before.is_text() && after.is_text() && shared > 0.5 * shorter
    }
}

/// What stands on one side of a gutter.
#[derive(Default)]
struct Side {
    rows: usize,
    full: usize,
    top: f32,
    bottom: f32,
}

impl Side {
    fn add(&mut self, row: &Row, parts: &[(f32, f32)], room: f32, size: f32) {
        let [Some(first), Some(last)] = [parts.first(), parts.last()] else { return };
        let width = last.1 - first.0;
        // A row with wide gaps is a row of a list, not a line of text.
        let gaps = parts.windows(2).any(|pair| pair[1].0 - pair[0].1 > LIST * size);
        self.top = if self.rows == 0 { row.y } else { self.top.min(row.y) };
        self.bottom = self.bottom.max(row.y);
        self.rows += 1;
        self.full += usize::from(!gaps && width > 0.75 * room && width > (WIDTH - 1.0) * size);
    }

    fn is_text(&self) -> bool {
        self.rows >= ROWS && self.full * 2 > self.rows
    }
}
