//! The wide table: a row a report, a column a mandated part with its whole text.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use super::selection::{Selection, count, document_of, file_at, slice, text};
use super::table::Format;
use super::{ExportError, Row, Written};
use crate::record::schema::{Column, Kind, files};

/// What is known of a report besides its parts.
const FACTS: [&str; 12] = [
    "id",
    "title",
    "issuer",
    "issuer_level",
    "region_code",
    "region_name",
    "report_year",
    "published",
    "genre",
    "document_number",
    "char_count",
    "url",
];

/// A section of a part: where it begins and ends with all that is below it.
struct Span {
    id: String,
    parent: Option<String>,
    parts: Vec<String>,
    start: usize,
    end: usize,
}

/// Writes the reports that have mandated parts; the ending of the file says the form, CSV if it says none.
///
/// # Errors
/// What cannot be read or written.
pub fn wide(selection: &Selection, out: &Path) -> Result<Vec<Written>, ExportError> {
    let (columns, parts) = columns();
    let path = file_at(out, "wide.csv");
    let mut table = Format::of(&path).unwrap_or(Format::Csv).begin(&columns, &path)?;
    for source in selection.folders()? {
        let chosen = selection.documents(&source, |_| ())?;
        let mut spans: HashMap<String, Vec<Span>> = HashMap::new();
        source.rows("sections", |row| {
            if let (true, Some(span)) = (chosen.contains_key(document_of(&row)), span(&row)) {
                spans.entry(document_of(&row).to_owned()).or_default().push(span);
            }
            Ok(())
        })?;
        source.rows("documents", |document| {
            let own = text(&document, "id").and_then(|id| spans.remove(id));
            own.map_or(Ok(()), |own| table.row(&report(&document, &own, &parts)))
        })?;
    }
    Ok(vec![table.finish()?])
}

/// The columns, and the names of the parts among them.
fn columns() -> (Vec<Column>, Vec<String>) {
    let files = files();
    let of = |file: &str, key: &str| {
        let columns = files.iter().find(|known| known.name == file).map(|file| &file.columns);
        columns.and_then(|columns| columns.iter().find(|column| column.name == key)).cloned()
    };
    let mut columns: Vec<Column> = FACTS.iter().filter_map(|key| of("documents", key)).collect();
    let words = of("sections", "part").map(|column| column.kind.choices().to_vec()).unwrap_or_default();
    let parts = words.iter().map(|choice| choice.word.clone()).collect();
    columns.extend(words.into_iter().map(|choice| Column {
        name: choice.word,
        kind: Kind::Text,
        nullable: true,
        meaning: choice.meaning,
    }));
    (columns, parts)
}

fn span(section: &Row) -> Option<Span> {
    let parts: Vec<String> =
        section.get("part")?.as_array()?.iter().filter_map(|part| Some(part.as_str()?.to_owned())).collect();
    let end = count(section, "subtree_end")?;
    let parent = text(section, "parent_id").map(str::to_owned);
    let id = text(section, "id")?.to_owned();
    (!parts.is_empty()).then_some(Span { id, parent, parts, start: count(section, "start")?, end })
}

/// The facts of a report, and the text of each part: that of its topmost sections, one below the other.
fn report(document: &Row, spans: &[Span], parts: &[String]) -> Row {
    let fact = |key: &&str| ((*key).to_owned(), document.get(*key).cloned().unwrap_or_default());
    let mut row: Row = FACTS.iter().map(fact).collect();
    let whole = text(document, "text").unwrap_or_default();
    for part in parts {
        let own: Vec<&Span> = spans.iter().filter(|span| span.parts.contains(part)).collect();
        let is_inside = |span: &Span| own.iter().any(|other| span.parent.as_ref() == Some(&other.id));
        let texts: Vec<String> = own
            .iter()
            .filter(|span| !is_inside(span))
            .map(|span| slice(whole, span.start, span.end).trim_end().to_owned())
            .collect();
        let value = if texts.is_empty() { Value::Null } else { texts.join("\n").into() };
        row.insert(part.clone(), value);
    }
    row
}
