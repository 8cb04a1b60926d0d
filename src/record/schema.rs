//! The record format described for other programs, all forms from the record types and their doc comments.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::column::{Column, columns};
use crate::model::{DOCUMENT_SCHEMA, DocumentRecord, SECTION_SCHEMA, SectionRecord, TABLE_SCHEMA, TableRecord};

/// One kind of record.
struct Kind {
    /// The file that holds it, without its ending.
    file: &'static str,
    /// The value of its key `schema`.
    schema: &'static str,
    /// Its type as a JSON Schema that refers to nothing else.
    json: Value,
}

fn kinds() -> [Kind; 3] {
    [
        Kind { file: "documents", schema: DOCUMENT_SCHEMA, json: json_of::<DocumentRecord>() },
        Kind { file: "sections", schema: SECTION_SCHEMA, json: json_of::<SectionRecord>() },
        Kind { file: "tables", schema: TABLE_SCHEMA, json: json_of::<TableRecord>() },
    ]
}

fn json_of<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// A JSON Schema (2020-12) that every line of every record file fulfils; each kind is told by its key `schema`.
pub fn jsonschema() -> Value {
    let mut definitions = Map::new();
    for kind in kinds() {
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

/// A data dictionary: one table a file.
pub fn markdown() -> String {
    let mut text = String::new();
    for kind in kinds() {
        if !text.is_empty() {
            text.push('\n');
        }
        let about = kind.json["description"].as_str().unwrap_or_default();
        push(&mut text, &["## ", kind.file, ".jsonl\n\n", about, "\n\n| key | type | meaning |\n|---|---|---|\n"]);
        for column in columns(&kind.json) {
            row(&mut text, "", &column);
        }
    }
    text
}

/// One line of the table, and one for each key of an object inside.
fn row(text: &mut String, prefix: &str, column: &Column) {
    let name = format!("{prefix}{}", column.name);
    let meaning = column.meaning.replace('|', "\\|").replace('\n', " ");
    push(text, &["| `", &name, "` | ", &column.plain(), " | ", &meaning, " |\n"]);
    for inner in column.kind.fields() {
        row(text, &format!("{name}[]."), inner);
    }
}

/// SQL for `DuckDB`: a view for each file, with every column typed, run beside the files.
pub fn duckdb() -> String {
    let mut text = String::new();
    for kind in kinds() {
        let fields: Vec<String> = columns(&kind.json)
            .iter()
            .map(|column| format!("  '{}': '{}'", column.name, column.kind.duckdb()))
            .collect();
        let file = kind.file;
        push(&mut text, &["CREATE OR REPLACE VIEW ", file, " AS SELECT * FROM read_json('", file, ".jsonl',\n"]);
        push(&mut text, &["  format = 'newline_delimited', maximum_object_size = 1073741824, columns = {\n"]);
        push(&mut text, &[&fields.join(",\n"), "\n});\n"]);
    }
    text
}

/// Python for polars: a schema for each file, to be given to `read_ndjson` or `scan_ndjson`.
pub fn polars() -> String {
    let mut text = String::from("import polars as pl\n");
    for kind in kinds() {
        push(&mut text, &["\n", kind.file, " = {\n"]);
        for column in columns(&kind.json) {
            push(&mut text, &["    \"", &column.name, "\": ", &column.kind.polars(), ",\n"]);
        }
        text.push_str("}\n");
    }
    text
}

fn push(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_type_and_a_meaning_in_every_form() {
        let (markdown, duckdb, polars) = (markdown(), duckdb(), polars());
        for kind in kinds() {
            let required = kind.json["required"].as_array().unwrap().len();
            let columns = columns(&kind.json);
            assert_eq!(columns.len(), required, "{}: every key is always present", kind.file);
            for column in columns {
                assert!(!column.meaning.is_empty(), "{} has no meaning", column.name);
                assert!(markdown.contains(&format!("| `{}` |", column.name)), "{}", column.name);
                assert!(duckdb.contains(&format!("  '{}': '", column.name)), "{}", column.name);
                assert!(polars.contains(&format!("    \"{}\": pl.", column.name)), "{}", column.name);
            }
        }
    }

    #[test]
    fn the_types_are_those_of_the_other_programs() {
        for (text, form) in [
            ("'published': 'DATE'", duckdb()),
            ("'fetched_at': 'TIMESTAMPTZ'", duckdb()),
            ("'views': 'BIGINT'", duckdb()),
            ("'title_lines': 'VARCHAR[]'", duckdb()),
            ("'rows': 'VARCHAR[][]'", duckdb()),
            ("'items': 'STRUCT(\"number\" BIGINT, \"style\" VARCHAR, \"start\" BIGINT, \"end\" BIGINT)[]'", duckdb()),
            ("\"published\": pl.String", polars()),
            ("\"report_year\": pl.Int64", polars()),
            ("\"rows\": pl.List(pl.List(pl.String))", polars()),
            ("| `published` | day or null |", markdown()),
            ("| `items[].number` | integer |", markdown()),
            ("| `part` | list of text |", markdown()),
        ] {
            assert!(form.contains(text), "{text} is not in\n{form}");
        }
    }
}
