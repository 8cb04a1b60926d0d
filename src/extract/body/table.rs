//! Tables: which hold data and which only lay out the page; rows with their spans resolved.

use std::collections::HashMap;

use super::lines::Body;
use crate::model::{Block, BlockKind, Table};
use crate::page::{Id as _, LabelLine, LineId, NodeId, Span, Tag, Tree, View, line_class};

/// Widest span that is believed; a larger one is a slip of the page.
const MAX_SPAN: usize = 200;
/// Most places of a resolved table.
const MAX_PLACES: usize = 200_000;
/// Most places of the grid, empty ones among them.
const MAX_GRID: usize = 1_000_000;
/// Bytes that the cells which span may add to those that are printed.
const MAX_COPIES: usize = 4 << 20;

/// Which tables of the body hold data, and in which of their cells; found once for each.
#[derive(Default)]
pub(super) struct DataTables(HashMap<NodeId, Option<Span<NodeId>>>);

impl DataTables {
    /// The outermost data table that holds an element of the body, with the rows that are data.
    pub(super) fn holding(&mut self, view: &View, at: NodeId, body: &Body) -> Option<(NodeId, Span<NodeId>)> {
        let tree = &view.tree;
        let inside = tree.upwards(at).take_while(|&at| at >= body.element);
        // A table with the box of the running text in a cell lays out the page.
        let cell = tree.nearest(body.core, |tag| matches!(tag, Tag::Cell | Tag::HeadCell));
        let lays_out = |table: NodeId| {
            table < body.core
                && tree.span(table).contains(body.core)
                && (cell.is_some_and(|cell| tree.span(table).contains(cell)) || is_prose(view, table))
        };
        let tables = inside.filter(|&at| tree.tag(at) == Some(Tag::Table) && !lays_out(at));
        let data = tables.filter_map(|table| {
            let rows = self.0.entry(table).or_insert_with(|| is_data(view, table, body).then(|| data(view, table)));
            rows.filter(|rows| rows.contains(at)).map(|rows| (table, rows))
        });
        data.last()
    }
}

/// A data table has rows of several cells, more than one cell of it says something, and its cells hold words rather
/// than an article.
fn is_data(view: &View, table: NodeId, body: &Body) -> bool {
    /// A cell of more lines, if that is most of the table, lays out a page.
    const LONGEST_CELL: usize = 12;
    let tree = &view.tree;
    let rows = rows(tree, table);
    let several = rows.iter().filter(|cells| cells.len() > 1).count();
    let nested = (table + 1).to(tree.end(table)).iter().any(|at| tree.tag(at) == Some(Tag::Table));
    let longest = rows.iter().flatten().map(|&cell| view.lines_in(cell).len()).max().unwrap_or(0);
    let all = view.lines_in(table).len();
    let whole = body.span.len();
    let one_cell_rules = longest * 2 > all && longest > LONGEST_CELL;
    let spanned =
        rows.iter().flatten().any(|&cell| tree.attribute(cell, "rowspan").is_some_and(|span| span.trim() > "1"));
    let said = rows.iter().flatten().filter(|&&cell| view.lines_in(cell).len() > 0).take(2).count();
    // What stands over the full width above and below a list of columns is text of the sheet.
    let wide = |row: &&Vec<NodeId>| row.len() < 2;
    let outside = rows.iter().take_while(wide).count() + rows.iter().rev().take_while(wide).count();
    let listed = several > 2 && several * 2 >= rows.len().saturating_sub(outside);
    said > 1
        && several > 0
        && (listed || several * 2 >= rows.len() || spanned)
        && !one_cell_rules
        && !(nested && all * 10 > whole * 9)
}

/// A table of short cells in rows: data wherever the running text of the page stands.
pub(super) fn is_grid(view: &View, table: NodeId) -> bool {
    /// Most lines of a cell.
    const CELL: usize = 3;
    /// Fewest rows of several cells.
    const ROWS: usize = 2;
    let tree = &view.tree;
    let rows = rows(tree, table);
    let nested = (table + 1).to(tree.end(table)).iter().any(|at| tree.tag(at) == Some(Tag::Table));
    let says = |&&cell: &&NodeId| view.lines_in(cell).len() > 0;
    let several = rows.iter().filter(|row| row.iter().filter(says).count() > 1).count();
    let short = rows.iter().flatten().all(|&cell| view.lines_in(cell).len() <= CELL);
    !nested && several >= ROWS && several * 2 >= rows.len() && short
}

/// The tables of short cells of a page, found once: none holds another.
#[derive(Debug, Default)]
pub(in crate::extract) struct Grids(Vec<Grid>);

/// One of them.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) table: NodeId,
    lines: Span<LineId>,
    /// It is the head of a document.
    pub(super) labelled: bool,
}

impl Grids {
    pub(super) fn of(view: &View) -> Self {
        let tables = view.tree.all().iter().filter(|&at| view.tree.tag(at) == Some(Tag::Table));
        let grids = tables.filter(|&at| is_grid(view, at));
        Self(grids.map(|at| Grid { table: at, lines: view.lines_in(at), labelled: is_labelled(view, at) }).collect())
    }

    /// The one in which a line stands.
    pub(super) fn holding(&self, n: LineId) -> Option<&Grid> {
        let next = self.0.partition_point(|grid| grid.lines.end <= n);
        self.0.get(next).filter(|grid| grid.lines.contains(n))
    }

    /// Whether a line stands in a table of data that is not the head of a document.
    pub(in crate::extract) fn hold_data(&self, n: LineId) -> bool {
        self.holding(n).is_some_and(|grid| !grid.labelled)
    }
}

/// Half of the rows or more begin with a label of the page: the head of a document.
fn is_labelled(view: &View, table: NodeId) -> bool {
    let rows = rows(&view.tree, table);
    let begins = |row: &&Vec<NodeId>| {
        let first = row.iter().flat_map(|&cell| view.lines_in(cell).iter()).next();
        first.and_then(|n| view.lines().labels(n)).is_some_and(LabelLine::leads)
    };
    rows.iter().filter(begins).count() * 2 >= rows.len()
}

/// Columns of prose: in most rows of several cells every cell holds a sentence, and none a name or a number.
fn is_prose(view: &View, table: NodeId) -> bool {
    let rows = rows(&view.tree, table);
    let speaks = |&cell: &NodeId| view.lines().among(view.lines_in(cell)).iter().any(|line| line.is_sentence);
    let several: Vec<&Vec<NodeId>> = rows.iter().filter(|row| row.len() > 1).collect();
    several.iter().filter(|row| row.iter().all(speaks)).count() * 2 > several.len()
}

/// The rows of a table without what stands over its whole width above and below them as text: a sheet that holds the
/// article, too.
fn data(view: &View, table: NodeId) -> Span<NodeId> {
    let tree = &view.tree;
    let rows = rows(tree, table);
    let is_text = |row: &&Vec<NodeId>| row.len() < 2;
    let speaks = |rows: &[Vec<NodeId>]| {
        let mut lines = rows.iter().flatten().flat_map(|&cell| view.lines().among(view.lines_in(cell)));
        lines.any(|line| line.is_sentence)
    };
    let signs = |rows: &[Vec<NodeId>]| {
        let mut lines = rows.iter().flatten().flat_map(|&cell| view.lines_in(cell).iter());
        lines.any(|n| line_class::is_worded_date(view.lines().text(n)))
    };
    let first = rows.iter().take_while(is_text).count();
    let last = rows.len() - rows.iter().rev().take_while(is_text).count();
    let (above, below) = (rows.get(..first).unwrap_or_default(), rows.get(last..).unwrap_or_default());
    let end = |row: &Vec<NodeId>| row.last().map(|&cell| tree.end(cell));
    let from = above.last().filter(|_| speaks(above)).and_then(end);
    let to = below.first().filter(|_| speaks(below) || signs(below)).and_then(|row| row.first().copied());
    from.unwrap_or(table).to(to.unwrap_or_else(|| tree.end(table)))
}

/// The cells of each row, nested tables left alone.
fn rows(tree: &Tree, table: NodeId) -> Vec<Vec<NodeId>> {
    let mut rows: Vec<Vec<NodeId>> = Vec::new();
    let mut at = table + 1;
    while at < tree.end(table) {
        match tree.tag(at) {
            Some(Tag::Row) => rows.push(Vec::new()),
            Some(Tag::Cell | Tag::HeadCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(at);
                }
                at = tree.end(at);
                continue;
            }
            Some(Tag::Table) => {
                at = tree.end(at);
                continue;
            }
            _ => {}
        }
        at = at + 1;
    }
    rows
}

/// The table as a block: one line a row, cells joined by a tab.
pub(super) fn block(view: &View, (table, data): (NodeId, Span<NodeId>), body: &Body) -> Option<Block> {
    let tree = &view.tree;
    let mut rows = rows(tree, table);
    rows.retain(|row| row.first().is_none_or(|&cell| data.contains(cell)));
    let text = |cell: NodeId| {
        let mut text = String::new();
        for n in view.lines_in(cell).iter().filter(|&n| body.holds(n)) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(view.lines().text(n));
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
    let marked = rows.iter().take_while(|row| is_head(tree, row)).count();
    let bold = rows.iter().take_while(|row| is_bold(view, row)).count();
    // A table that is bold as a whole has no head that is.
    let heads = if marked > 0 { marked } else { bold };
    let heads = Some(heads).filter(|&heads| heads > 0 && (heads < rows.len() || marked > 0));
    let resolved = Table { rows: resolved(tree, &rows, &texts), header_rows: heads };
    Some(Block { kind: BlockKind::Table(resolved), text: printed.join("\n"), emphasis: 0, centred: false })
}

fn is_head(tree: &Tree, row: &[NodeId]) -> bool {
    let in_head = |cell: NodeId| tree.upwards(cell).skip(1).take(2).any(|at| tree.name(at) == "thead");
    !row.is_empty() && row.iter().all(|&cell| tree.tag(cell) == Some(Tag::HeadCell) || in_head(cell))
}

/// Whether all words of a row are emphasised.
fn is_bold(view: &View, row: &[NodeId]) -> bool {
    let mut lines = row.iter().flat_map(|&cell| view.lines().among(view.lines_in(cell))).peekable();
    lines.peek().is_some() && lines.all(|line| line.emphasis > 0 && line.emphasis == line.chars)
}

/// Every cell in every place that it covers, all rows of one length.
fn resolved(tree: &Tree, rows: &[Vec<NodeId>], texts: &[Vec<String>]) -> Vec<Vec<String>> {
    let printed: usize = texts.iter().flatten().map(String::len).sum();
    let span = |cell: NodeId, name: &str| {
        tree.attribute(cell, name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
    };
    let mut grid: HashMap<(usize, usize), String> = HashMap::new();
    let (mut width, mut bytes) = (0, 0);
    for (r, (row, texts)) in rows.iter().zip(texts).enumerate() {
        let mut column = 0;
        for (&cell, text) in row.iter().zip(texts) {
            while grid.contains_key(&(r, column)) {
                column += 1;
            }
            let down = span(cell, "rowspan").min(rows.len() - r);
            let across = span(cell, "colspan");
            bytes += down * across * text.len();
            if grid.len() + down * across > MAX_PLACES
                || rows.len() * (column + across) > MAX_GRID
                || bytes > MAX_COPIES + printed
            {
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
