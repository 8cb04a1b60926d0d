//! Rows of cells as files hold them → a table block, or the blocks inside if the table only lays out the page.

use super::{FileError, Limits};
use crate::model::{Block, BlockKind, Table};

/// One cell as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// What stands in it.
    pub(super) blocks: Vec<Block>,
    /// How many columns it covers; 0 is taken for 1.
    pub(super) across: usize,
    /// It goes on with the cell above it, whose text holds here too.
    pub(super) continues: bool,
}

/// One row as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Its cells from left to right.
    pub(super) cells: Vec<Cell>,
    /// Columns that are left free before the first cell.
    pub(super) skipped: usize,
    /// The file says that the row is repeated at the top of each page.
    pub(super) head: bool,
}

/// Whether all words of a row are emphasised.
fn is_bold(row: &Row) -> bool {
    let mut blocks = row.cells.iter().flat_map(|cell| &cell.blocks).peekable();
    blocks.peek().is_some() && blocks.all(|block| block.emphasis > 0 && block.emphasis == block.text.chars().count())
}

/// Widest span that is believed; a larger one is a slip of the file.
const MAX_SPAN: usize = 200;

/// What a table says; `cells` is how many cells the file has had so far.
pub(super) fn blocks(rows: Vec<Row>, cells: &mut usize, limits: &Limits) -> Result<Vec<Block>, FileError> {
    if !is_data(&rows) {
        return Ok(rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks).collect());
    }
    let (mut texts, mut grid): (Vec<String>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    let repeated = rows.iter().take_while(|row| row.head).count();
    let bold = rows.iter().take_while(|row| is_bold(row)).count();
    // A table that is bold as a whole has no head that is.
    let marked = if repeated > 0 { repeated } else { bold };
    let header_rows = Some(marked).filter(|&marked| marked > 0 && marked < rows.len());
    for row in rows {
        let mut places = vec![String::new(); row.skipped.min(MAX_SPAN)];
        let mut printed = Vec::with_capacity(row.cells.len());
        for cell in row.cells {
            let text = text(&cell.blocks);
            let above = grid.last().and_then(|above| above.get(places.len())).filter(|_| cell.continues);
            let held = above.cloned().unwrap_or_else(|| text.clone());
            places.extend(std::iter::repeat_n(held, cell.across.clamp(1, MAX_SPAN)));
            printed.push(text);
        }
        *cells += places.len();
        if *cells > limits.cells {
            return Err(FileError::TooLarge("cells"));
        }
        let line = printed.join("\t").trim_end().to_owned();
        if !line.trim_matches(crate::text::is_blank).is_empty() {
            texts.push(line);
        }
        grid.push(places);
    }
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut grid {
        *cells += width - row.len();
        if *cells > limits.cells {
            return Err(FileError::TooLarge("cells"));
        }
        row.resize(width, String::new());
    }
    let table = Table { rows: grid, header_rows };
    Ok(vec![Block { kind: BlockKind::Table(table), text: texts.join("\n"), emphasis: 0, centred: false }])
}

/// A data table has rows of several cells, and its cells hold words rather than an article.
fn is_data(rows: &[Row]) -> bool {
    let several = rows.iter().filter(|row| row.cells.len() > 1).count();
    let spanned = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.continues);
    let sizes = || rows.iter().flat_map(|row| &row.cells).map(|cell| cell.blocks.len());
    let (longest, all) = (sizes().max().unwrap_or(0), sizes().sum::<usize>());
    // A few rows with words in one cell each place a title; the other cells are margins.
    let words = |row: &Row| row.cells.iter().filter(|cell| !cell.blocks.is_empty()).count();
    let margins = rows.len() < 4 && rows.iter().all(|row| words(row) < 2);
    !margins && several > 0 && (several * 2 >= rows.len() || spanned) && !(longest * 2 > all && longest > 12)
}

/// The text of a cell in one line.
fn text(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks.iter().map(|block| block.text.replace(['\n', '\t'], " ")).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        let blocks = text.split('|').filter(|text| !text.is_empty()).map(Block::paragraph).collect();
        Cell { blocks, across: 1, continues: false }
    }

    fn row(cells: Vec<Cell>) -> Row {
        Row { cells, ..Row::default() }
    }

    fn read(rows: Vec<Row>) -> Vec<Block> {
        blocks(rows, &mut 0, &Limits::default()).unwrap()
    }

    #[test]
    fn spans_are_resolved_and_printed_once() {
        let wide = Cell { across: 2, ..cell("合计") };
        let below = Cell { continues: true, ..cell("") };
        let rows = vec![
            row(vec![cell("甲"), cell("一|二"), cell("三")]),
            row(vec![below, cell("四"), cell("")]),
            row(vec![wide, cell("五")]),
        ];
        let [Block { kind: BlockKind::Table(table), text, .. }] = &read(rows)[..] else { panic!() };
        assert_eq!(text, "甲\t一 二\t三\n\t四\n合计\t五");
        assert_eq!(table.rows, [["甲", "一 二", "三"], ["甲", "四", ""], ["合计", "合计", "五"]]);
    }

    #[test]
    fn a_table_that_holds_an_article_is_not_one() {
        let article: Vec<String> = (1..20).map(|n| format!("{n}.")).collect();
        let rows = vec![row(vec![cell("标题")]), row(vec![cell(&article.join("|")), cell("")])];
        assert_eq!(read(rows).len(), 20);
        assert_eq!(read(vec![row(vec![cell("标题")]), row(vec![cell("号")])]).len(), 2);
        assert_eq!(read(vec![row(vec![cell(""), cell("标题")]), row(vec![cell(""), cell("号")])]).len(), 2);
    }

    #[test]
    fn more_cells_than_the_limit_are_an_error() {
        let rows = vec![row(vec![Cell { across: 100, ..cell("甲") }, cell("乙")]); 20];
        let limits = Limits { cells: 1000, ..Limits::default() };
        assert_eq!(blocks(rows, &mut 0, &limits), Err(FileError::TooLarge("cells")));
    }
}
