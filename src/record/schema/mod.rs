//! The record format described for people and for other programs, all forms from the record types and their doc comments.

mod arrow;
mod column;
mod dictionary;
mod duckdb;
mod polars;
mod python;
mod python_types;

pub use arrow::arrow;
pub use column::{Choice, Column, Kind};
pub use dictionary::markdown;
pub use duckdb::duckdb;
pub use polars::polars;
pub use python_types::python;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::model::{
    CITATION_SCHEMA, CitationRecord, DOCUMENT_SCHEMA, DocumentRecord, FIGURE_SCHEMA, FOI_SCHEMA, FigureRecord,
    FoiRecord, SECTION_SCHEMA, SectionRecord, TABLE_SCHEMA, TableRecord,
};

/// One kind of record.
struct Described {
    /// The file that holds it, without its ending.
    file: &'static str,
    /// The value of its key `schema`.
    schema: &'static str,
    /// Its type as a JSON Schema that refers to nothing else.
    json: Value,
}

fn described() -> Vec<Described> {
    vec![
        Described { file: "documents", schema: DOCUMENT_SCHEMA, json: json_of::<DocumentRecord>() },
        Described { file: "sections", schema: SECTION_SCHEMA, json: json_of::<SectionRecord>() },
        Described { file: "tables", schema: TABLE_SCHEMA, json: json_of::<TableRecord>() },
        Described { file: "citations", schema: CITATION_SCHEMA, json: json_of::<CitationRecord>() },
        Described { file: "figures", schema: FIGURE_SCHEMA, json: json_of::<FigureRecord>() },
        Described { file: "foi", schema: FOI_SCHEMA, json: json_of::<FoiRecord>() },
    ]
}

fn json_of<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// One record file and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// Its name without `.jsonl`.
    pub name: &'static str,
    /// What one line is.
    pub about: String,
    /// Its keys, in the order of the file.
    pub columns: Vec<Column>,
}

/// Every record file of a source, the documents first.
pub fn files() -> Vec<RecordFile> {
    let file = |kind: Described| RecordFile {
        name: kind.file,
        about: kind.json["description"].as_str().unwrap_or_default().to_owned(),
        columns: column::columns(&kind.json),
    };
    described().into_iter().map(file).collect()
}

/// What programs read: the files above, and the earlier texts, which have the columns of documents.
fn readable() -> Vec<RecordFile> {
    let mut files = files();
    let documents = files.iter().find(|file| file.name == "documents");
    let revisions = documents.map(|documents| RecordFile { name: "revisions", ..documents.clone() });
    files.extend(revisions);
    files
}

/// A JSON Schema (2020-12) that every line of every record file fulfils; each kind is told by its key `schema`.
pub fn jsonschema() -> Value {
    let mut definitions = Map::new();
    for kind in described() {
        let mut schema = kind.json;
        if let Some(tag) = schema.pointer_mut("/properties/schema").and_then(Value::as_object_mut) {
            tag.insert("const".to_owned(), kind.schema.into());
        }
        definitions.insert(kind.file.to_owned(), schema);
    }
    let any: Vec<Value> = definitions.keys().map(|file| json!({ "$ref": format!("#/$defs/{file}") })).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gongwen records",
        "oneOf": any,
        "$defs": definitions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_type_and_a_meaning_in_every_form() {
        let (markdown, duckdb, polars, arrow) = (markdown(), duckdb("output"), polars("output"), arrow("output"));
        for (kind, file) in described().iter().zip(files()) {
            let required = kind.json["required"].as_array().unwrap().len();
            assert_eq!(file.columns.len(), required, "{}: every key is always present", file.name);
            for column in file.columns {
                assert!(!column.meaning.is_empty(), "{} has no meaning", column.name);
                assert!(markdown.contains(&format!("| `{}` |", column.name)), "{}", column.name);
                assert!(duckdb.contains(&format!("  '{}': '", column.name)), "{}", column.name);
                assert!(polars.contains(&format!("    \"{}\": pl.", column.name)), "{}", column.name);
                assert!(arrow.contains(&format!("pa.field(\"{}\", pa.", column.name)), "{}", column.name);
            }
        }
    }

    #[test]
    fn every_word_that_a_value_may_be_has_a_meaning() {
        let markdown = markdown();
        let mut found = Vec::new();
        for file in files() {
            for column in &file.columns {
                for column in std::iter::once(column).chain(column.kind.fields()) {
                    for choice in column.kind.choices() {
                        assert!(!choice.meaning.is_empty(), "{}: `{}` has no meaning", column.name, choice.word);
                        assert!(markdown.contains(&format!("| `{}` |", choice.word)), "{}", choice.word);
                        found.push(column.name.clone());
                    }
                }
            }
        }
        found.dedup();
        for name in ["genre", "published_from", "text_origin", "code", "role", "style", "part", "flags"] {
            assert!(found.iter().any(|found| found == name), "`{name}` lists no words: {found:?}");
        }
    }

    #[test]
    fn the_types_are_those_of_the_other_programs() {
        for (text, form) in [
            ("'published': 'DATE'", duckdb("output")),
            ("'fetched_at': 'TIMESTAMPTZ'", duckdb("output")),
            ("'views': 'BIGINT'", duckdb("output")),
            ("'title_lines': 'VARCHAR[]'", duckdb("output")),
            ("'rows': 'VARCHAR[][]'", duckdb("output")),
            (
                "'items': 'STRUCT(\"number\" BIGINT, \"style\" VARCHAR, \"start\" BIGINT, \"end\" BIGINT)[]'",
                duckdb("output"),
            ),
            ("read_json('it''s here/records/*/sections.jsonl'", duckdb("it's here")),
            ("\"published\": pl.Date", polars("output")),
            ("\"fetched_at\": pl.Datetime(\"us\", \"UTC\")", polars("output")),
            ("\"report_year\": pl.Int64", polars("output")),
            ("\"rows\": pl.List(pl.List(pl.String))", polars("output")),
            ("pa.field(\"published\", pa.date32())", arrow("output")),
            ("pa.field(\"rows\", pa.list_(pa.list_(pa.string())))", arrow("output")),
            ("| `published` | day or null |", markdown()),
            ("| `items[].number` | integer |", markdown()),
            ("| `part` | list of words |", markdown()),
        ] {
            assert!(form.contains(text), "{text} is not in\n{form}");
        }
    }
}
