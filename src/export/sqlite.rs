//! One SQLite file with full-text search, as Datasette opens it.

use std::path::Path;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use super::part::Part;
use super::selection::{Selection, document_of, file_at};
use super::{ExportError, Row, Written};
use crate::record::schema::{Column, Kind, RecordFile, files};

/// Words of Chinese are not parted, so the index is of three characters each: a search needs at least three.
const SEARCH: &str = "
CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content=documents, tokenize='trigram');
INSERT INTO documents_fts(documents_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE sections_fts USING fts5(title, heading, text, content=sections, tokenize='trigram');
INSERT INTO sections_fts(sections_fts) VALUES ('rebuild');
CREATE INDEX sections_of_a_document ON sections (doc_id, seq);
CREATE INDEX documents_of_an_issuer ON documents (issuer, report_year);
";

/// Writes every record file as a table of one database; lists are JSON, which SQLite's `json_each` opens.
///
/// # Errors
/// What cannot be read or written.
pub fn database(selection: &Selection, out: &Path) -> Result<Vec<Written>, ExportError> {
    let part = Part::begin(&file_at(out, "gongwen.sqlite"))?;
    let rows = fill(selection, &part)?;
    let path = part.commit()?;
    Ok(vec![Written { path, rows }])
}

fn fill(selection: &Selection, part: &Part) -> Result<u64, ExportError> {
    let failed = |error: rusqlite::Error| part.failed(error);
    let sources = selection.folders()?;
    let mut database = Connection::open(part.unfinished()).map_err(failed)?;
    // The file is thrown away if the machine stops, so nothing of it need be kept on the way.
    database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").map_err(failed)?;
    let transaction = database.transaction().map_err(failed)?;
    let mut n_rows = 0;
    for file in files() {
        transaction.execute_batch(&table(&file)).map_err(failed)?;
        let places = vec!["?"; file.columns.len()].join(", ");
        let insert = format!("INSERT OR REPLACE INTO {} VALUES ({places})", file.name);
        let mut insert = transaction.prepare(&insert).map_err(failed)?;
        for source in &sources {
            let chosen = selection.documents(source, |_| ())?;
            source.rows(file.name, |row: Row| {
                if chosen.contains_key(document_of(&row)) {
                    let cells = file.columns.iter().map(|column| Cell(row.get(&column.name).unwrap_or(&Value::Null)));
                    insert.execute(params_from_iter(cells)).map_err(failed)?;
                    n_rows += 1;
                }
                Ok(())
            })?;
        }
    }
    transaction.execute_batch(SEARCH).map_err(failed)?;
    transaction.commit().map_err(failed)?;
    Ok(n_rows)
}

/// The table of a record file.
fn table(file: &RecordFile) -> String {
    let column = |column: &Column| {
        let kind = match column.kind {
            Kind::Integer | Kind::Truth => "INTEGER",
            Kind::Number => "REAL",
            _ => "TEXT",
        };
        let rest = match column.name.as_str() {
            "id" if file.name == "documents" => " PRIMARY KEY",
            "doc_id" => " REFERENCES documents(id)",
            _ => "",
        };
        format!("  \"{}\" {kind}{rest}", column.name)
    };
    let columns: Vec<String> = file.columns.iter().map(column).collect();
    format!("CREATE TABLE {} (\n{}\n);", file.name, columns.join(",\n"))
}

/// A value of a record as one of SQLite.
struct Cell<'a>(&'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Bool(truth) => i64::from(*truth).into(),
            Value::String(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => whole.into(),
                (None, Some(number)) => number.into(),
                (None, None) => number.to_string().into(),
            },
            list => list.to_string().into(),
        })
    }
}
