//! What all documents together say: a row for each, and sums by field, host and year.

use std::collections::{BTreeMap, BTreeSet};

use super::fills::Fills;
use super::history::Change;
use super::records::{Document, Entry};

/// A document as lists and sums need it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The page of the document, from the folder of the report.
    pub(super) page: String,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) issuer: Option<String>,
    pub(super) level: Option<String>,
    pub(super) region_code: Option<String>,
    pub(super) region_name: Option<String>,
    /// The year reported on, else the year of publication.
    pub(super) year: Option<i16>,
    pub(super) published: Option<String>,
    pub(super) genre: Option<String>,
    pub(super) chars: u64,
    pub(super) parts: Vec<String>,
    /// Odd numbers, as flags of sections.
    pub(super) anomalies: u64,
    pub(super) warnings: u64,
    pub(super) is_gone: bool,
    pub(super) is_changed: bool,
    pub(super) is_file: bool,
}

impl Row {
    /// The row of a document whose page is at `page`, and which changed so.
    pub fn of(entry: &Entry, page: String, changes: &[Change]) -> Self {
        let document = &entry.document;
        let mut parts: Vec<String> = entry.sections.iter().flat_map(|section| section.part.clone()).collect();
        parts.sort_unstable();
        parts.dedup();
        Self {
            page,
            title: title(document).to_owned(),
            source: document.source.clone().unwrap_or_default(),
            issuer: issuer(document).map(str::to_owned),
            level: document.issuer_level.clone().or_else(|| document.region_level.clone()),
            region_code: document.region_code.clone(),
            region_name: document.region_name.clone(),
            year: document.report_year.or_else(|| year_of(document.published.as_deref()?)),
            published: document.published.clone(),
            genre: document.genre.clone(),
            chars: document.char_count as u64,
            parts,
            anomalies: entry.flags().filter(|flag| is_odd(flag)).count() as u64,
            warnings: document.warnings.len() as u64,
            is_gone: document.gone_at.is_some(),
            is_changed: document.prev_rev.is_some() || changes.iter().any(|change| change.kind == "changed"),
            is_file: document.parent_id.is_some(),
        }
    }

    /// The year of publication.
    pub(super) fn published_year(&self) -> Option<i16> {
        year_of(self.published.as_deref()?)
    }
}

/// What all documents together say.
#[derive(Debug, Default)]
pub struct Facts {
    pub(super) rows: Vec<Row>,
    pub(super) sections: u64,
    pub(super) fills: Fills,
    /// How many sections have a flag.
    pub(super) flags: BTreeMap<String, u64>,
    /// How many documents cite a law or document, by its title.
    pub(super) cited: BTreeMap<String, u64>,
    /// How many warnings there are, by code.
    pub(super) warnings: BTreeMap<String, u64>,
}

/// Whether a flag is about numbers that are not in order; the others are about how a heading is printed.
pub(super) fn is_odd(flag: &str) -> bool {
    !matches!(flag, "run_in" | "heading_split")
}

impl Facts {
    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.rows.len()
    }

    /// Takes a document into account.
    pub fn take(&mut self, entry: &Entry, row: Row) {
        for flag in entry.flags() {
            *self.flags.entry(flag.to_owned()).or_default() += 1;
        }
        for warning in &entry.document.warnings {
            *self.warnings.entry(warning.code.clone()).or_default() += 1;
        }
        let cited: BTreeSet<&String> = entry.citations.iter().filter_map(|citation| citation.title.as_ref()).collect();
        for title in cited {
            *self.cited.entry(title.clone()).or_default() += 1;
        }
        self.sections += entry.sections.len() as u64;
        self.fills.take(host(&entry.document.id), &entry.fills);
        self.rows.push(row);
    }

    /// Every year that a document reports on, without those between which nobody would expect a report.
    pub(super) fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.rows.iter().filter_map(|row| row.year).collect();
        years.sort_unstable();
        years.dedup();
        let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
        // One wrong year must not stretch a table over centuries.
        if i32::from(*last) - i32::from(*first) < 60 { (*first..=*last).collect() } else { years }
    }
}

/// Who issued a document, by the best name that there is.
pub(super) fn issuer(document: &Document) -> Option<&str> {
    document.issuer.as_deref().or_else(|| document.issuers.first().map(String::as_str))
}

/// The title of a document, or what stands for it.
pub(super) fn title(document: &Document) -> &str {
    document.title.as_deref().or(document.url.as_deref()).unwrap_or(&document.id)
}

/// The host of a document, from its id.
pub(super) fn host(id: &str) -> &str {
    id.rsplit_once(':').map_or(id, |(host, _)| host)
}

/// The year of a day.
pub(super) fn year_of(day: &str) -> Option<i16> {
    day.split('-').next()?.parse().ok()
}
