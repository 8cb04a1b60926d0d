//! A table whose cells are known → cells of the form.

use super::cell::{Cell, is_number};
use super::form::{APPLICANTS, PROCEDURES, RESULTS, other_column, plain, proactive_column, proactive_row, request_row};
use super::{Cells, put_row};
use crate::model::{FoiColumn, FoiTable};

/// What the heads of a table say of the columns below them.
#[derive(Default)]
struct Heads {
    /// Places of the columns of what is published unasked.
    proactive: Vec<(usize, FoiColumn)>,
    /// Places of the seven kinds of applicants.
    applicants: Option<Vec<usize>>,
    /// What the rows above say of the results below them, place by place.
    named: Vec<Option<FoiColumn>>,
    /// Places of the fifteen results, until their row came.
    results: Option<Vec<usize>>,
}

/// Reads what a table holds of the form; a report may be one table, or one for each part.
pub(super) fn read(rows: &[Vec<String>], cells: &mut Cells) {
    let mut heads = Heads::default();
    for row in rows {
        if heads.read(row) {
            continue;
        }
        results(row, &mut heads, cells);
        proactive(row, &heads, cells);
        requests(row, &heads, cells);
    }
}

impl Heads {
    /// Whether a row names columns.
    fn read(&mut self, row: &[String]) -> bool {
        let names: Vec<Option<FoiColumn>> = row.iter().map(|cell| other_column(cell)).collect();
        let places = |wanted: FoiColumn| {
            names.iter().enumerate().filter(move |(_, name)| **name == Some(wanted)).map(|(at, _)| at)
        };
        if names.contains(&Some(FoiColumn::Upheld)) {
            // Where no cells are merged, the results of reviews stand a row above those of suits.
            self.named.resize(names.len().max(self.named.len()), None);
            for (known, name) in self.named.iter_mut().zip(&names) {
                *known = name.or(*known);
            }
            let known = self.named.iter().enumerate();
            let known = known.filter(|(_, name)| name.is_some_and(|name| RESULTS.contains(&name)));
            let found: Vec<usize> = known.map(|(at, _)| at).collect();
            self.results = (found.len() == PROCEDURES.len() * RESULTS.len()).then_some(found);
            return true;
        }
        let applicants: Vec<usize> = APPLICANTS.iter().filter_map(|kind| places(*kind).next()).collect();
        if names.contains(&Some(FoiColumn::Company)) {
            // The heads may stand in two rows whose cells are not merged: then the numbers end the row.
            self.applicants = (applicants.len() == APPLICANTS.len()).then_some(applicants);
            return true;
        }
        let columns: Vec<Option<FoiColumn>> = row.iter().map(|cell| proactive_column(cell)).collect();
        if columns.iter().any(Option::is_some) {
            self.proactive.clear();
            for (at, column) in columns.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?))) {
                // A head over several places stands in each of them.
                if !self.proactive.iter().any(|(_, known)| *known == column) {
                    self.proactive.push((at, column));
                }
            }
            return true;
        }
        false
    }
}

/// The one row of the last table.
fn results(row: &[String], heads: &mut Heads, cells: &mut Cells) {
    let Some(places) = &heads.results else { return };
    let text = |at: &usize| row.get(*at).map_or("", String::as_str);
    if !places.iter().map(text).all(|text| plain(text).is_empty() || is_number(text)) {
        return;
    }
    for (procedure, places) in PROCEDURES.iter().zip(places.chunks(RESULTS.len())) {
        let values = places.iter().map(|at| Cell::read(text(at))).collect();
        put_row(cells, (FoiTable::ReviewLitigation, *procedure), &RESULTS, values);
    }
    heads.results = None;
    heads.named.clear();
}

/// A row of what is published unasked.
fn proactive(row: &[String], heads: &Heads, cells: &mut Cells) {
    let Some(first) = row.iter().find(|cell| !plain(cell).is_empty()) else { return };
    let Some(name) = proactive_row(first).filter(|_| !heads.proactive.is_empty()) else { return };
    let columns: Vec<FoiColumn> = heads.proactive.iter().map(|(_, column)| *column).collect();
    let values = heads.proactive.iter().map(|(at, _)| Cell::read(row.get(*at).map_or("", String::as_str))).collect();
    put_row(cells, (FoiTable::Proactive, name), &columns, values);
}

/// A row for applications: the last cell before the numbers names it.
fn requests(row: &[String], heads: &Heads, cells: &mut Cells) {
    let n = APPLICANTS.len();
    let Some(first) = row.len().checked_sub(n).filter(|first| *first > 0) else { return };
    let places = heads.applicants.clone().unwrap_or_else(|| (first..row.len()).collect());
    let labels = row.get(..places.first().copied().unwrap_or(0)).unwrap_or_default();
    let mut named = labels.iter().rev().filter(|label| !plain(label).is_empty());
    let Some(name) = named.next().and_then(|label| request_row(label)) else { return };
    let values = places.iter().map(|at| Cell::read(row.get(*at).map_or("", String::as_str))).collect();
    put_row(cells, (FoiTable::Requests, name), &APPLICANTS, values);
}
