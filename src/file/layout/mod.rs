//! From places on a page to text: rows, columns, tables and paragraphs, whatever program set the page.

mod clean;
mod columns;
mod counts;
mod furniture;
mod grid;
mod measure;
mod paragraph;
mod row;
mod sheet;
mod table;

use crate::model::Block;
use columns::Item;
use counts::Counts;
use measure::Measure;
use paragraph::{Line, Style, block, break_between};
use table::Filled;

pub(super) use sheet::{Drawn, Glyph, Ruling, Sheet, Turn, is_unknown};

/// The text of all pages.
#[derive(Debug)]
pub(super) struct Laid {
    /// The text.
    pub(super) blocks: Vec<Block>,
    /// Pages, counted from 1, whose text is only a picture, or written in characters that the file does not name.
    pub(super) needs_ocr: Vec<usize>,
    /// What was left out or changed.
    pub(super) counts: Counts,
}

/// What is known of a page besides its text.
struct Paper {
    width: f32,
    /// Lines that belong to no table.
    rules: Vec<Ruling>,
}

/// Reads pages.
pub(super) fn text(sheets: Vec<Sheet>) -> Laid {
    let mut counts = Counts::new();
    let needs_ocr = sheets.iter().zip(1..).filter(|(sheet, _)| sheet.needs_ocr()).map(|(_, page)| page).collect();
    let mut tables: Vec<Filled> = Vec::new();
    let mut papers: Vec<Paper> = Vec::new();
    let mut pages = Vec::new();
    for sheet in sheets {
        let sheet = clean::cleaned(sheet, &mut counts);
        let (items, rules) = items(&sheet, &mut tables, &mut counts);
        pages.push(furniture::Page { height: sheet.height, items });
        papers.push(Paper { width: sheet.width, rules });
    }
    furniture::without(&mut pages, &mut counts);
    let mut regions: Vec<Vec<Item>> = Vec::new();
    let mut paper_of: Vec<&Paper> = Vec::new();
    for (page, paper) in pages.into_iter().zip(&papers) {
        regions.extend(columns::regions(page.items, &mut counts));
        paper_of.resize(regions.len(), paper);
    }
    let blocks = paragraphs(&regions, &paper_of, tables, &mut counts);
    Laid { blocks, needs_ocr, counts }
}

/// Rows and tables of one page from top to bottom, and the lines that belong to no table.
fn items(sheet: &Sheet, tables: &mut Vec<Filled>, counts: &mut Counts) -> (Vec<Item>, Vec<Ruling>) {
    let mut glyphs = sheet.glyphs.clone();
    let mut free = sheet.rulings.clone();
    let mut found = Vec::new();
    for grid in grid::grids(&sheet.rulings) {
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) = glyphs.iter().partition(|glyph| grid.holds(glyph));
        let Some(filled) = table::filled(&grid, &inside, counts) else { continue };
        let (x0, y0, x1, y1) = grid.area();
        free.retain(|line| line.y0 < y0 - 3.0 || line.y1 > y1 + 3.0);
        found.push(Item::Table(tables.len(), y0, x0, x1));
        tables.push(filled);
        glyphs = outside;
    }
    (columns::ordered(glyphs, found, counts), free)
}

/// Joins rows over columns and pages to paragraphs, and tables over pages to tables.
fn paragraphs(regions: &[Vec<Item>], papers: &[&Paper], tables: Vec<Filled>, counts: &mut Counts) -> Vec<Block> {
    let widths: Vec<f32> = papers.iter().map(|paper| paper.width).collect();
    let measures = measure::measures(regions, &widths);
    let places = regions.iter().zip(papers).zip(measures).enumerate();
    let lines: Vec<Vec<Option<Line<'_>>>> =
        places.map(|(region, ((items, paper), measure))| in_column(items, region, measure, &paper.rules)).collect();
    let all: Vec<Line<'_>> = lines.iter().flatten().flatten().copied().collect();
    let style = Style::of(&all);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut tables = tables.into_iter().map(Some).collect::<Vec<_>>();
    for (items, lines) in regions.iter().zip(lines) {
        for (item, line) in items.iter().zip(lines) {
            match (item, line) {
                (_, Some(line)) => match pieces.last_mut() {
                    Some(Piece::Rows(rows))
                        if rows
                            .last()
                            .is_some_and(|before| break_between(before, rows.len() > 1, &line, style).is_none()) =>
                    {
                        rows.push(line);
                    }
                    _ => pieces.push(Piece::Rows(vec![line])),
                },
                (Item::Table(number, ..), None) => {
                    let Some(table) = tables.get_mut(*number).and_then(Option::take) else { continue };
                    let absorbed = match pieces.last_mut() {
                        Some(Piece::Table(above)) => above.absorb(&table, counts),
                        _ => false,
                    };
                    if !absorbed {
                        pieces.push(Piece::Table(table));
                    }
                }
                (Item::Row(_), None) => {}
            }
        }
    }
    let made = |piece: &Piece<'_>| match piece {
        Piece::Rows(rows) => block(rows, style),
        Piece::Table(table) => table.block(),
    };
    pieces.iter().filter_map(made).collect()
}

/// The rows of a region; a table has none.
fn in_column<'a>(items: &'a [Item], region: usize, measure: Measure, rules: &[Ruling]) -> Vec<Option<Line<'a>>> {
    let mut above = f32::NEG_INFINITY;
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        let Item::Row(row) = item else {
            lines.push(None);
            continue;
        };
        let below_rule = rules.iter().filter(|rule| rule.is_horizontal()).any(|rule| {
            let meets = rule.x1.min(row.x1) > rule.x0.max(row.x0);
            let long = rule.x1 - rule.x0 > 0.5 * (measure.right - measure.left);
            long && meets && rule.y0 > above && rule.y0 < row.y - 0.5 * row.size
        });
        above = row.y;
        lines.push(Some(Line { row, measure, region, ruled: below_rule }));
    }
    lines
}

/// A paragraph or a table.
enum Piece<'a> {
    Rows(Vec<Line<'a>>),
    Table(Filled),
}
