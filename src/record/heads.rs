//! How many rows at the top of a table are heads, by what stands in them; nothing where that is not certain.

use std::collections::HashSet;

use crate::model::Table;
use crate::text::{fold_char, is_blank};
use crate::words::{COLUMN_HEADS, FIGURE_UNITS};

/// Most rows that a head is believed to have.
const MOST: usize = 5;
/// Of the cells below a head, this share of one column holds numbers, in percent.
const NUMBERS: usize = 65;

/// How many rows at the top are marked as heads; by what stands in the table where none is, or only what it is called.
pub(super) fn header_rows(table: &Table) -> Option<usize> {
    let captions = captions(&table.rows);
    // A long table that is marked as a whole has no head that is.
    let whole = |marked: usize| marked > MOST && marked == table.rows.len();
    let marked = table.header_rows.filter(|&marked| marked > captions && !whole(marked));
    marked.or_else(|| heads(&table.rows)).or_else(|| table.header_rows.filter(|&marked| !whole(marked)))
}

/// The number of heads: rows of words over a column of numbers, or a row of names of columns, with what stands over all
/// columns above them. 0 if numbers stand in the first row as in those below.
fn heads(rows: &[Vec<String>]) -> Option<usize> {
    if is_form(rows) {
        return None;
    }
    let captions = captions(rows);
    let kinds = kinds(rows, captions);
    let is_words = |row: &&Vec<Kind>| !row.iter().any(|kind| kind.is_number() || *kind == Kind::Nothing);
    let above = kinds.iter().take_while(is_words).count();
    if above == 0 {
        let columns = 0..kinds.first().map_or(0, Vec::len);
        let alike = columns.clone().any(|column| kinds.len() > 2 && is_numeric(&kinds, 0, column));
        return alike.then_some(0);
    }
    // A group over all columns below their names is none of them.
    let group = (captions + 1..above).find(|&n| rows.get(n).is_some_and(|row| is_caption(row) && !names_units(row)));
    let head = group.unwrap_or(above);
    let over_numbers =
        above < kinds.len() && (0..kinds.first().map_or(0, Vec::len)).any(|column| is_numeric(&kinds, head, column));
    // Several rows of words are one head only if cells of it are merged over them.
    let merged = (captions + 1..head).all(|n| {
        let pair = rows.get(n - 1).zip(rows.get(n));
        pair.is_some_and(|(upper, row)| is_merged(upper, row) || counts_columns(row) || names_units(row))
    });
    if over_numbers && head <= MOST && merged {
        return Some(head);
    }
    let (_, below) = rows.split_at_checked(captions)?;
    let first = below.first().filter(|_| below.len() > 1)?;
    // A form that is to be filled in has cells free beside the names.
    let free = first.iter().skip(1).any(|cell| cell.trim().is_empty());
    let names = first.iter().filter(|cell| !free && names_column(cell)).count();
    let more = below.windows(2).take_while(|pair| matches!(pair, [upper, row] if upper != row && shares(upper, row)));
    (names > 1 && names * 2 >= first.len()).then(|| captions + 1 + more.count())
}

/// How many rows at the top are one text over all columns: what the table is called, what its numbers count.
fn captions(rows: &[Vec<String>]) -> usize {
    rows.iter().take_while(|row| is_caption(row)).count()
}

/// One text in several places, or in one place of several.
fn is_caption(row: &[String]) -> bool {
    let texts: HashSet<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    row.len() > 1 && texts.len() == 1 && texts.iter().all(|text| kind(text) == Kind::Words)
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Empty,
    /// 无, or a dash: a value is not there.
    Nothing,
    /// A number, or a mark that says yes or no.
    Number,
    /// A number with its unit, a day, a time: a value, or the name of a column over numbers.
    Measure,
    Words,
}

impl Kind {
    fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Measure)
    }
}

/// What stands in each cell, with the rows aside that open a group or are a head again.
fn kinds(rows: &[Vec<String>], captions: usize) -> Vec<Vec<Kind>> {
    let first = rows.get(captions);
    let mut kinds: Vec<Vec<Kind>> = rows.iter().map(|row| row.iter().map(|cell| kind(cell)).collect()).collect();
    for (n, row) in rows.iter().enumerate() {
        let aside = n > captions && (is_caption(row) && !names_units(row) || Some(row) == first);
        let numbered = (n == captions && counts(row, 1)) || (n > captions && n < MOST && counts_columns(row));
        let Some(kinds) = kinds.get_mut(n).filter(|_| aside || numbered) else { continue };
        kinds.fill(if aside { Kind::Empty } else { Kind::Words });
    }
    // 1月, 0-14岁 and 2022年12月31日 name columns where numbers alone stand below them.
    let from = kinds.iter().position(|row| row.contains(&Kind::Number)).unwrap_or(kinds.len());
    let over = |(column, kind): (usize, &Kind)| {
        *kind == Kind::Measure && from > captions && share(&kinds, from, column, |kind| kind == Kind::Number)
    };
    let names = kinds.get(captions).is_some_and(|row| row.iter().enumerate().any(over));
    for kind in kinds.get_mut(captions).filter(|_| names).into_iter().flatten() {
        *kind = if *kind == Kind::Measure { Kind::Words } else { *kind };
    }
    // What is merged over several rows of the head is what it is in the first of them.
    for n in captions + 1..MOST.min(rows.len()) {
        let Some((above, [row, ..])) = kinds.split_at_mut_checked(n) else { break };
        let (Some(upper), Some(cells), Some(kinds)) = (rows.get(n - 1), rows.get(n), above.last()) else { break };
        for (((upper, cell), above), kind) in upper.iter().zip(cells).zip(kinds).zip(row) {
            *kind = if upper == cell && *kind == Kind::Measure { *above } else { *kind };
        }
    }
    kinds
}

fn kind(cell: &str) -> Kind {
    let text: String = cell.chars().map(fold_char).filter(|&c| !is_blank(c)).collect();
    if text.is_empty() {
        return Kind::Empty;
    }
    if text.chars().all(|c| "/-—".contains(c)) || ["无", "暂无"].contains(&text.as_str()) {
        return Kind::Nothing;
    }
    if text.chars().all(|c| "√×✓✔".contains(c)) {
        return Kind::Number;
    }
    let bare = text.trim_start_matches(['≤', '≥', '<', '>', '~', '约', '¥', '￥', '(']).trim_end_matches(')');
    let marks = |c: char| c.is_ascii_digit() || ".,%+-‰:/".contains(c);
    let (number, unit) = bare.split_at(bare.find(|c| !marks(c)).unwrap_or(bare.len()));
    let is_year = text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year));
    if is_year || !number.contains(|c: char| c.is_ascii_digit()) {
        return Kind::Words;
    }
    if unit.is_empty() {
        return Kind::Number;
    }
    let plain = unit.trim_start_matches(['万', '亿']);
    let is_unit = FIGURE_UNITS.is(plain) || plain.split_once('/').is_some_and(|(unit, _)| FIGURE_UNITS.is(unit));
    let is_day = unit.chars().all(|c| marks(c) || "年月日号时分至到".contains(c));
    if is_unit || is_day { Kind::Measure } else { Kind::Words }
}

/// Whether a column holds numbers from a row on.
fn is_numeric(kinds: &[Vec<Kind>], from: usize, column: usize) -> bool {
    share(kinds, from, column, Kind::is_number)
}

/// Whether most of what a column holds from a row on is of a kind.
fn share(kinds: &[Vec<Kind>], from: usize, column: usize, is_it: impl Fn(Kind) -> bool) -> bool {
    let cells = || kinds.iter().skip(from).filter_map(|row| row.get(column));
    let right = cells().filter(|kind| is_it(**kind)).count();
    let filled = cells().filter(|kind| !matches!(kind, Kind::Empty | Kind::Nothing)).count();
    right > 0 && right * 100 >= filled * NUMBERS
}

/// Whether a cell of a row goes on with the one above it, or the row above is one cell over several columns.
fn is_merged(upper: &[String], row: &[String]) -> bool {
    let wide = upper.windows(2).any(|pair| matches!(pair, [left, right] if left == right && !left.trim().is_empty()));
    shares(upper, row) || wide
}

/// Whether a cell of a row goes on with the one above it.
fn shares(upper: &[String], row: &[String]) -> bool {
    upper.iter().zip(row).any(|(above, cell)| above == cell && !cell.trim().is_empty())
}

/// 甲 1 2, or 1 2 3 from the first column on: the columns are counted below their names.
fn counts_columns(row: &[String]) -> bool {
    let stems = row.iter().take_while(|cell| ["甲", "乙", "丙", "丁", "栏次"].contains(&cell.trim())).count();
    row.len() > 2 && counts(row, stems)
}

/// （万元） below 产值: what the numbers of a column count.
fn names_units(row: &[String]) -> bool {
    let texts = || row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let units = texts().filter(|text| text.starts_with(['（', '(']) && text.ends_with(['）', ')'])).count();
    units > 0 && units * 2 >= texts().count()
}

/// 1, 2 and so on behind so many cells.
fn counts(row: &[String], from: usize) -> bool {
    let rest = row.get(from..).unwrap_or_default();
    row.len() > 2 && rest.len() > 1 && rest.iter().zip(1..).all(|(cell, n)| cell.trim().parse() == Ok(n))
}

/// Names down the side and none beside the first, as on a form: there is no head above.
fn is_form(rows: &[Vec<String>]) -> bool {
    let named = |row: &&Vec<String>| row.first().is_some_and(|cell| names_column(cell));
    let beside = rows.first().and_then(|row| row.get(1)).is_some_and(|cell| names_column(cell));
    rows.len() > 1
        && rows.first().is_some_and(|row| named(&row))
        && !beside
        && rows.iter().filter(named).count() * 2 > rows.len()
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
            ("numbers with their units", &["票种|票价", "成人票|60元", "儿童票|30元"], Some(1)),
            ("days as names", &["资产|2022年12月31日", "流动资产|12.5", "固定资产|8.0"], Some(1)),
            ("days as values", &["批次|办结", "第一批|2022年3月1日", "第二批|2022年4月1日"], Some(1)),
            ("months as numbers", &["月份|1|2|3", "降水量|30|42|61", "气温|3|6|11"], Some(1)),
            ("columns that are counted", &["乡镇|户数|人口", "甲|1|2", "青石镇|120|310", "白马乡|98|240"], Some(2)),
            ("a group below the names", &["单位|件数", "执法部门|执法部门", "司法局|12", "水务局|3"], Some(1)),
            ("a caption in one place", &["统计表||", "单位|件数|人数", "司法局|12|3"], Some(2)),
            ("a caption over names", &["名册|名册", "姓名|职务", "李明|主任"], Some(2)),
            ("units below the names", &["产品|产量|产值", "|（吨）|（万元）", "水泥|120|36", "钢材|80|42"], Some(2)),
            ("no value in the first row", &["单位|申请|不予", "司法局|—|—", "财政局|3|1"], Some(1)),
            ("a form to be filled in", &["姓名||电话|", "地址||职务|", "民族||学历|"], None),
            ("one row", &["单位|件数"], None),
            ("a sheet of labels", &["姓名|张三", "电话|12345"], None),
            ("nothing", &[], None),
        ] {
            assert_eq!(heads(&table(rows)), expected, "{what}");
        }
    }
}
