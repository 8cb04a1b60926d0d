//! Outline rows → section and table records.

use super::heads::header_rows;
use crate::model::{
    DocumentRecord, ItemRecord, Outline, SECTION_SCHEMA, Section, SectionRecord, TABLE_SCHEMA, TableRecord,
};

/// The sections of an outline, with what they share copied from the document.
pub(super) fn sections(document: &DocumentRecord, outline: &Outline) -> Vec<SectionRecord> {
    let slices = Slices::new(&outline.text);
    let rows = &outline.sections;
    rows.iter()
        .enumerate()
        .map(|(seq, row)| SectionRecord {
            schema: SECTION_SCHEMA.to_owned(),
            id: id(document, row),
            doc_id: document.id.clone(),
            rev: document.rev.clone(),
            seq,
            parent_id: row.parent.and_then(|parent| rows.get(parent)).map(|parent| id(document, parent)),
            path: row.path.clone(),
            level: row.level,
            role: row.role,
            style: row.style,
            marker: row.marker.clone(),
            number: row.number,
            heading: row.heading.clone(),
            text: slices.slice(row.text_start, row.end).to_owned(),
            items: row
                .items
                .iter()
                .map(|item| ItemRecord { number: item.number, style: item.style, start: item.start, end: item.end })
                .collect(),
            part: row.part.clone(),
            breadcrumb: breadcrumb(rows, row),
            start: row.start,
            text_start: row.text_start,
            end: row.end,
            subtree_end: row.subtree_end,
            flags: row.flags.clone(),
            url: document.url.clone(),
            title: document.title.clone(),
            issuer: document.issuer.clone(),
            region_code: document.region_code.clone(),
            report_year: document.report_year,
            published: document.published.clone(),
            source: document.source.clone(),
        })
        .collect()
}

/// The tables of an outline.
pub(super) fn tables(document: &DocumentRecord, outline: &Outline) -> Vec<TableRecord> {
    let with_table = outline.sections.iter().filter_map(|row| Some((row, row.table.as_ref()?)));
    with_table
        .map(|(row, table)| {
            let section_id = id(document, row);
            TableRecord {
                schema: TABLE_SCHEMA.to_owned(),
                id: format!("{section_id}/table"),
                doc_id: document.id.clone(),
                section_id,
                rows: table.rows.clone(),
                header_rows: header_rows(table),
            }
        })
        .collect()
}

fn id(document: &DocumentRecord, row: &Section) -> String {
    [document.id.as_str(), "#", &row.path].concat()
}

/// Marker and heading of every ancestor, outermost first.
fn breadcrumb(rows: &[Section], row: &Section) -> Vec<String> {
    let ancestors = std::iter::successors(row.parent, |parent| rows.get(*parent)?.parent);
    let mut names: Vec<String> = ancestors
        .filter_map(|n| rows.get(n))
        .map(|row| row.marker.iter().chain(&row.heading).map(String::as_str).collect())
        .filter(|name: &String| !name.is_empty())
        .collect();
    names.reverse();
    names
}

/// A text that is sliced by characters.
struct Slices<'a> {
    text: &'a str,
    /// Byte offset of every character, and the length.
    bytes: Vec<usize>,
}

impl<'a> Slices<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, bytes }
    }

    /// The characters from `start` to `end`; nothing if there are none.
    fn slice(&self, start: usize, end: usize) -> &'a str {
        let range = self.bytes.get(start).zip(self.bytes.get(end));
        range.and_then(|(start, end)| self.text.get(*start..*end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters_not_bytes() {
        let slices = Slices::new("一、𠮷a");
        assert_eq!(slices.slice(1, 3), "、𠮷");
        assert_eq!(slices.slice(0, 4), "一、𠮷a");
        assert_eq!(slices.slice(4, 4), "");
        for (start, end) in [(3, 2), (0, 5), (9, 9)] {
            assert_eq!(slices.slice(start, end), "", "{start}..{end}");
        }
    }
}
