//! Tables: which hold data and which only lay out the page; rows with their spans resolved.

use std::collections::HashMap;

use super::trim::Kept;
use crate::model::{Block, BlockKind, Table};
use crate::page::{At, Dom, Lines, Tag};

/// Widest span that is believed; a larger one is a slip of the page.
const MAX_SPAN: usize = 200;
/// Most places of a resolved table.
const MAX_PLACES: usize = 200_000;

/// Which tables of the body hold data, found once for each.
#[derive(Default)]
pub(super) struct DataTables(HashMap<At, bool>);

impl DataTables {
    /// The outermost data table that holds an element of the body.
    pub(super) fn holding(&mut self, dom: &Dom<'_>, lines: &Lines, at: At, body: At, kept: &Kept) -> Option<At> {
        let tables = dom.upwards(at).take_while(|&at| at >= body).filter(|&at| dom.tag(at) == Some(Tag::Table));
        tables.filter(|&at| *self.0.entry(at).or_insert_with(|| is_data(dom, lines, at, kept))).last()
    }
}

/// A data table has rows of several cells, and its cells hold words rather than an article.
fn is_data(dom: &Dom<'_>, lines: &Lines, table: At, kept: &Kept) -> bool {
    let rows = rows(dom, table);
    let several = rows.iter().filter(|cells| cells.len() > 1).count();
    let nested = (table + 1..dom.end(table)).any(|at| dom.tag(at) == Some(Tag::Table));
    let longest = rows.iter().flatten().map(|&cell| lines.within(cell, dom.end(cell)).len()).max().unwrap_or(0);
    let all = lines.within(table, dom.end(table)).len();
    let whole = kept.range.len();
    let one_cell_rules = longest * 2 > all && longest > 12;
    let spanned =
        rows.iter().flatten().any(|&cell| dom.attribute(cell, "rowspan").is_some_and(|span| span.trim() > "1"));
    several > 0 && (several * 2 >= rows.len() || spanned) && !one_cell_rules && !(nested && all * 10 > whole * 9)
}

/// The cells of each row, nested tables left alone.
fn rows(dom: &Dom<'_>, table: At) -> Vec<Vec<At>> {
    let mut rows: Vec<Vec<At>> = Vec::new();
    let mut at = table + 1;
    while at < dom.end(table) {
        match dom.tag(at) {
            Some(Tag::Row) => rows.push(Vec::new()),
            Some(Tag::Cell | Tag::HeadCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(at);
                }
                at = dom.end(at);
                continue;
            }
            Some(Tag::Table) => {
                at = dom.end(at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    rows
}

/// The table as a block: one line a row, cells joined by a tab.
pub(super) fn block(dom: &Dom<'_>, lines: &Lines, table: At, kept: &Kept) -> Option<Block> {
    let rows = rows(dom, table);
    let text = |cell: At| {
        let mut text = String::new();
        for n in lines.within(cell, dom.end(cell)).filter(|&n| kept.flags.get(n) == Some(&true)) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(lines.text(n));
        }
        text
    };
    let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|&cell| text(cell)).collect()).collect();
    let printed: Vec<String> = texts
        .iter()
        .map(|row| row.join("\t").trim_end().to_owned())
        .filter(|row| !row.trim_matches(crate::text::is_blank).is_empty())
        .collect();
    if printed.is_empty() {
        return None;
    }
    let heads = rows.iter().take_while(|row| is_head(dom, row)).count();
    let resolved = Table { rows: resolved(dom, &rows, &texts), header_rows: heads };
    Some(Block { kind: BlockKind::Table(resolved), text: printed.join("\n"), emphasis: 0, centred: false })
}

fn is_head(dom: &Dom<'_>, row: &[At]) -> bool {
    let in_head = |cell: At| {
        dom.upwards(cell)
            .skip(1)
            .take(2)
            .any(|at| dom.element(at).is_some_and(|(_, element)| element.name() == "thead"))
    };
    !row.is_empty() && row.iter().all(|&cell| dom.tag(cell) == Some(Tag::HeadCell) || in_head(cell))
}

/// Every cell in every place that it covers, all rows of one length.
fn resolved(dom: &Dom<'_>, rows: &[Vec<At>], texts: &[Vec<String>]) -> Vec<Vec<String>> {
    let span = |cell: At, name: &str| {
        dom.attribute(cell, name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
    };
    let mut grid: HashMap<(usize, usize), String> = HashMap::new();
    let mut width = 0;
    for (r, (row, texts)) in rows.iter().zip(texts).enumerate() {
        let mut column = 0;
        for (&cell, text) in row.iter().zip(texts) {
            while grid.contains_key(&(r, column)) {
                column += 1;
            }
            let down = span(cell, "rowspan").min(rows.len() - r);
            let across = span(cell, "colspan");
            if grid.len() + down * across > MAX_PLACES {
                break;
            }
            for place in (r..r + down).flat_map(|r| (column..column + across).map(move |c| (r, c))) {
                grid.entry(place).or_insert_with(|| text.clone());
            }
            column += across;
            width = width.max(column);
        }
    }
    (0..rows.len()).map(|r| (0..width).map(|c| grid.remove(&(r, c)).unwrap_or_default()).collect()).collect()
}
