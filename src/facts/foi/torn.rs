//! A table that was torn into lines → cells of the form: labels and numbers in reading order.
//!
//! An empty cell leaves no trace there. So a row counts only if it has as many numbers as the form has columns; of any
//! other the cells are null and say so.

use super::cell::{Cell, is_number};
use super::form::{APPLICANTS, PROCEDURES, RESULTS, bounds, plain, proactive_column, proactive_row, request_row};
use super::{Cells, put_row};
use crate::model::{FoiColumn, FoiRow, FoiTable};
use crate::text::is_blank;

/// Reads one of the tables off the lines of a text.
pub(super) fn read(text: &str, table: FoiTable, cells: &mut Cells) {
    let Some(part) = part(text, table) else { return };
    let words: Vec<&str> = part.split(is_separator).filter(|word| !word.is_empty()).collect();
    match table {
        FoiTable::Proactive => proactive(&words, cells),
        FoiTable::Requests => requests(&words, cells),
        FoiTable::ReviewLitigation => results(&words, cells),
    }
}

fn is_separator(c: char) -> bool {
    is_blank(c) || c == '\n' || c == '\t'
}

/// The lines from the head of a table to what follows it.
fn part(text: &str, table: FoiTable) -> Option<&str> {
    let (opens, ends) = bounds(table);
    let start = opens.iter().filter_map(|words| text.find(words)).min()?;
    let rest = text.get(start..)?;
    let end = ends.iter().filter_map(|words| rest.find(words)).min().unwrap_or(rest.len());
    rest.get(..end)
}

/// The cells of a row with so many columns.
fn placed(columns: usize, values: &[&str]) -> Vec<Cell> {
    if values.len() == columns {
        values.iter().map(|text| Cell::read(text)).collect()
    } else if values.is_empty() {
        vec![Cell::default(); columns]
    } else {
        vec![Cell::unplaced(); columns]
    }
}

fn proactive(words: &[&str], cells: &mut Cells) {
    let mut columns: Vec<FoiColumn> = Vec::new();
    let mut open: Option<FoiRow> = None;
    let mut values: Vec<&str> = Vec::new();
    let mut label = String::new();
    let mut close = |open: &mut Option<FoiRow>, columns: &[FoiColumn], values: &mut Vec<&str>| {
        if let Some(row) = open.take() {
            put_row(cells, (FoiTable::Proactive, row), columns, placed(columns.len(), values));
        }
        values.clear();
    };
    for &word in words {
        if is_number(word) && open.is_some() {
            values.push(word);
            continue;
        }
        label.push_str(word);
        if label.contains("信息内容") {
            close(&mut open, &columns, &mut values);
            columns.clear();
            label.clear();
        } else if let Some(column) = proactive_column(&label) {
            columns.push(column);
            label.clear();
        } else if let Some(row) = proactive_row(&label).filter(|_| !columns.is_empty()) {
            close(&mut open, &columns, &mut values);
            open = Some(row);
            label.clear();
        } else if label.contains('项') || label.ends_with(['）', ')']) {
            // 第二十条第（五）项 and （单位：万元） name neither.
            label.clear();
        }
    }
    close(&mut open, &columns, &mut values);
}

fn requests(words: &[&str], cells: &mut Cells) {
    let first = words.iter().position(|word| request_row(word) == Some(FoiRow::Received));
    let mut label = String::new();
    let mut values: Vec<&str> = Vec::new();
    let mut close = |label: &mut String, values: &mut Vec<&str>, next: Option<FoiRow>| {
        let row = request_row(label);
        // Without numbers 其他处理 is the head of the three rows below it.
        let is_head = row == Some(FoiRow::OtherOutcome) && values.is_empty() && next != Some(FoiRow::Concluded);
        if let Some(row) = row.filter(|_| !is_head) {
            put_row(cells, (FoiTable::Requests, row), &APPLICANTS, placed(APPLICANTS.len(), values));
        }
        label.clear();
        values.clear();
    };
    for &word in words.iter().skip(first.unwrap_or(words.len())) {
        if is_number(word) && request_row(&label).is_some() {
            values.push(word);
            continue;
        }
        let next = request_row(word);
        // A label may be broken over lines; one that names another row begins anew.
        let other = next.is_some() && request_row(&label).is_some_and(|row| Some(row) != next);
        if !values.is_empty() || other {
            close(&mut label, &mut values, next);
        }
        label.push_str(word);
    }
    close(&mut label, &mut values, None);
}

fn results(words: &[&str], cells: &mut Cells) {
    let n = PROCEDURES.len() * RESULTS.len();
    let heads = words.iter().filter(|word| plain(word).contains("结果维持")).count();
    if heads < PROCEDURES.len() {
        return;
    }
    let behind = words.iter().rposition(|word| plain(word).ends_with("总计")).map_or(words.len(), |at| at + 1);
    let values: Vec<&str> = words.iter().skip(behind).take_while(|word| is_number(word)).copied().collect();
    let found = placed(n, &values);
    for (procedure, values) in PROCEDURES.iter().zip(found.chunks(RESULTS.len())) {
        put_row(cells, (FoiTable::ReviewLitigation, *procedure), &RESULTS, values.to_vec());
    }
}
