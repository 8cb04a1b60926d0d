//! The three standard tables of a 信息公开年报, cell by cell: from tables with merged cells, and from tables torn into lines.

mod cell;
mod form;
mod grid;
mod sums;
mod torn;

use std::collections::BTreeMap;

use cell::Cell;

use crate::model::{FOI_SCHEMA, FoiColumn, FoiRecord, FoiRow, FoiTable, Genre, Records};

/// The cells that were found, in the order of the form.
type Cells = BTreeMap<(FoiTable, FoiRow, FoiColumn), Cell>;

/// The cells of the standard tables of a report.
pub(super) fn foi(records: &Records) -> Vec<FoiRecord> {
    let document = &records.document;
    if document.genre != Some(Genre::FoiAnnual) && !form::is_form(&document.text) {
        return Vec::new();
    }
    let mut cells = Cells::new();
    for table in &records.tables {
        grid::read(&table.rows, &mut cells);
    }
    for table in [FoiTable::Proactive, FoiTable::Requests, FoiTable::ReviewLitigation] {
        // A table that has lost its cells is read off the lines.
        if !cells.keys().any(|(found, ..)| *found == table) {
            torn::read(&document.text, table, &mut cells);
        }
    }
    sums::check(&mut cells);
    let record = |((table, row, column), cell): ((FoiTable, FoiRow, FoiColumn), Cell)| FoiRecord {
        schema: FOI_SCHEMA.to_owned(),
        doc_id: document.id.clone(),
        report_year: document.report_year,
        issuer: document.issuer.clone(),
        table,
        row,
        column,
        value: cell.value,
        flags: cell.flags,
    };
    cells.into_iter().map(record).collect()
}

/// Puts a row in its place, unless numbers stand there already: a sentence may name a row before the table does.
fn put_row(cells: &mut Cells, (table, row): (FoiTable, FoiRow), columns: &[FoiColumn], values: Vec<Cell>) {
    let is_taken = |column: &FoiColumn| cells.get(&(table, row, *column)).is_some_and(|cell| cell.value.is_some());
    if columns.iter().any(is_taken) {
        return;
    }
    for (column, cell) in columns.iter().zip(values) {
        cells.insert((table, row, *column), cell);
    }
}
