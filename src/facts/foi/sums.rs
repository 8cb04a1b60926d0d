//! The sums that the form itself asks for: 第一项加第二项之和，等于第三项加第四项之和, and the totals of rows and columns.

use super::Cells;
use super::form::{APPLICANTS, PROCEDURES, RESULTS};
use crate::model::{FoiColumn, FoiFlag, FoiRow, FoiTable};

/// The rows that 总计 adds up.
const OUTCOMES: [FoiRow; 22] = [
    FoiRow::Granted,
    FoiRow::PartlyGranted,
    FoiRow::RefusedStateSecret,
    FoiRow::RefusedByLaw,
    FoiRow::RefusedSafety,
    FoiRow::RefusedThirdParty,
    FoiRow::RefusedInternal,
    FoiRow::RefusedProcess,
    FoiRow::RefusedCaseFile,
    FoiRow::RefusedInquiry,
    FoiRow::UnavailableNotHeld,
    FoiRow::UnavailableNotMade,
    FoiRow::UnavailableUnclear,
    FoiRow::UnprocessedComplaint,
    FoiRow::UnprocessedRepeated,
    FoiRow::UnprocessedPublication,
    FoiRow::UnprocessedExcessive,
    FoiRow::UnprocessedConfirmation,
    FoiRow::OtherOutcome,
    FoiRow::OtherNotCorrected,
    FoiRow::OtherUnpaid,
    FoiRow::OtherRest,
];

/// Flags the totals that are not the sum of their parts.
pub(super) fn check(cells: &mut Cells) {
    let rows: Vec<FoiRow> = rows(cells, FoiTable::Requests);
    for row in &rows {
        total(cells, FoiTable::Requests, *row, &APPLICANTS);
    }
    for row in PROCEDURES {
        total(cells, FoiTable::ReviewLitigation, row, &RESULTS);
    }
    for column in APPLICANTS {
        let place = |row| (FoiTable::Requests, row, column);
        let parts: Vec<_> = OUTCOMES.iter().filter(|row| rows.contains(row)).map(|row| place(*row)).collect();
        if !parts.is_empty() {
            compare(cells, &parts, &[place(FoiRow::Concluded)], place(FoiRow::Concluded), FoiFlag::ColumnSumDisagrees);
        }
        let came = [place(FoiRow::Received), place(FoiRow::CarriedIn)];
        let went = [place(FoiRow::Concluded), place(FoiRow::CarriedOut)];
        compare(cells, &came, &went, place(FoiRow::CarriedOut), FoiFlag::BalanceDisagrees);
    }
}

fn rows(cells: &Cells, table: FoiTable) -> Vec<FoiRow> {
    let mut rows: Vec<FoiRow> = cells.keys().filter(|(found, ..)| *found == table).map(|(_, row, _)| *row).collect();
    rows.dedup();
    rows
}

/// The last of some columns is the sum of those before it.
fn total(cells: &mut Cells, table: FoiTable, row: FoiRow, columns: &[FoiColumn]) {
    let places: Vec<_> = columns.iter().map(|column| (table, row, *column)).collect();
    if let Some((total, parts)) = places.split_last() {
        compare(cells, parts, &[*total], *total, FoiFlag::RowSumDisagrees);
    }
}

type Place = (FoiTable, FoiRow, FoiColumn);

/// Flags a cell if two sums differ. Empty cells count for nothing; cells that could not be read settle nothing, and a total
/// that is not printed is not wrong.
fn compare(cells: &mut Cells, left: &[Place], right: &[Place], flagged: Place, flag: FoiFlag) {
    let is_read = |place: &Place| {
        cells
            .get(place)
            .is_some_and(|cell| cell.flags.iter().all(|flag| !matches!(flag, FoiFlag::NotANumber | FoiFlag::Unplaced)))
    };
    let value = |place: &Place| cells.get(place).and_then(|cell| cell.value);
    if !left.iter().chain(right).all(is_read) || value(&flagged).is_none() {
        return;
    }
    let sum = |places: &[Place]| places.iter().filter_map(value).sum::<f64>();
    // Numbers of applications are whole, so that a half is a difference.
    if (sum(left) - sum(right)).abs() > 0.5
        && let Some(cell) = cells.get_mut(&flagged)
    {
        cell.flags.push(flag);
    }
}
