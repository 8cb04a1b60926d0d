//! How many rows at the top of a table are heads, by what stands in them; nothing where that is not certain.

use crate::text::{fold_char, is_blank};
use crate::words::COLUMN_HEADS;

/// Most rows that a head is believed to have.
const MOST: usize = 4;
/// Of the cells below a head, this share of one column holds numbers, in percent.
const NUMBERS: usize = 65;

/// The number of heads: rows of words over a column of numbers, or a row of names of columns. 0 if numbers stand in the
/// first row as in those below.
pub(super) fn heads(rows: &[Vec<String>]) -> Option<usize> {
    // Names down the side, as on a form: there is no head above.
    if rows.len() > 1 && rows.iter().all(|row| row.first().is_some_and(|cell| names_column(cell))) {
        return None;
    }
    let kinds: Vec<Vec<Kind>> = rows.iter().map(|row| row.iter().map(|cell| kind(cell)).collect()).collect();
    let is_words = |row: &&Vec<Kind>| !row.contains(&Kind::Number);
    let above = kinds.iter().take_while(is_words).count();
    if above == 0 {
        let columns = 0..kinds.first().map_or(0, Vec::len);
        let alike = columns.clone().any(|column| kinds.len() > 2 && is_numeric(&kinds, 0, column));
        return alike.then_some(0);
    }
    let below = kinds.len().saturating_sub(above);
    let over_numbers =
        below > 0 && (0..kinds.first().map_or(0, Vec::len)).any(|column| is_numeric(&kinds, above, column));
    // Several rows of words are one head only if cells of it are merged over them.
    let merged = (1..above).all(|n| rows.get(n - 1).zip(rows.get(n)).is_some_and(|(upper, row)| is_merged(upper, row)));
    if over_numbers && above <= MOST && merged {
        return Some(above);
    }
    let names = rows.first().map_or(0, |row| row.iter().filter(|cell| names_column(cell)).count());
    (names > 1 && rows.len() > 1 && names * 2 >= rows.first().map_or(0, Vec::len)).then_some(1)
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Empty,
    Number,
    Words,
}

fn kind(cell: &str) -> Kind {
    let text: String = cell.chars().map(fold_char).filter(|&c| !is_blank(c)).collect();
    if text.is_empty() || text.chars().all(|c| "/-—".contains(c)) {
        return Kind::Empty;
    }
    let marks = |c: char| c.is_ascii_digit() || ".,%+-‰".contains(c);
    let is_year = text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year));
    let is_number = text.chars().all(marks) && text.contains(|c: char| c.is_ascii_digit()) && !is_year;
    if is_number { Kind::Number } else { Kind::Words }
}

/// Whether a column holds numbers from a row on.
fn is_numeric(kinds: &[Vec<Kind>], from: usize, column: usize) -> bool {
    let cells = || kinds.iter().skip(from).filter_map(|row| row.get(column));
    let numbers = cells().filter(|kind| **kind == Kind::Number).count();
    let filled = cells().filter(|kind| **kind != Kind::Empty).count();
    numbers > 0 && numbers * 100 >= filled * NUMBERS
}

/// Whether a cell of a row goes on with the one above it, or the row above is one cell over several columns.
fn is_merged(upper: &[String], row: &[String]) -> bool {
    let same = upper.iter().zip(row).any(|(above, cell)| above == cell && !cell.trim().is_empty());
    let wide = upper.windows(2).any(|pair| matches!(pair, [left, right] if left == right && !left.trim().is_empty()));
    same || wide
}

fn names_column(cell: &str) -> bool {
    let text: String = cell.chars().filter(|&c| !is_blank(c)).collect();
    text.chars().count() <= 8 && COLUMN_HEADS.ends(&text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.split('|').map(ToOwned::to_owned).collect()).collect()
    }

    #[test]
    fn a_head_stands_over_numbers_or_names_its_columns() {
        for (what, rows, expected) in [
            ("words over numbers", &["单位|件数", "司法局|12", "财政局|3"][..], Some(1)),
            ("years are names", &["指标|2021|2022", "立案|12|15", "结案|11|14"], Some(1)),
            (
                "two rows, one cell over both",
                &["单位|案件|案件", "单位|立案|结案", "司法局|12|11", "财政局|3|3"],
                Some(2),
            ),
            ("a caption over all columns", &["统计表|统计表", "单位|件数", "司法局|12"], Some(2)),
            (
                "a list of tasks",
                &["序号|工作任务|责任单位|完成时限", "一|完善制度|司法局|6月", "二|开展培训|人社局|9月"],
                Some(1),
            ),
            ("serial numbers", &["序号|任务", "1|完善制度", "2|开展培训"], Some(1)),
            ("percentages", &["项目|占比", "许可|12.5%", "处罚|—"], Some(1)),
            ("numbers from the top", &["司法局|12", "财政局|3", "教育局|5"], Some(0)),
            ("words only", &["甲|乙", "丙|丁"], None),
            ("two rows of words that are not merged", &["甲|乙", "丙|丁", "戊|3"], None),
            ("one row", &["单位|件数"], None),
            ("a sheet of labels", &["姓名|张三", "电话|12345"], None),
            ("nothing", &[], None),
        ] {
            assert_eq!(heads(&table(rows)), expected, "{what}");
        }
    }
}
