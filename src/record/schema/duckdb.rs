//! The record format as SQL for `DuckDB`: a view for each file, over all sources, with every column typed.

use super::column::Kind;
use super::{RecordFile, readable};

/// A line of a long document is longer than the 16 MiB that `DuckDB` allows by default.
const LONGEST_LINE: u64 = 1 << 30;

/// Views over the record files below an output folder; a source without records does no harm.
pub fn duckdb(output: &str) -> String {
    let head = "-- The records of gongwen as views over all sources: `duckdb -init FILE`, or `.read FILE` inside.\n";
    let view = |file: RecordFile| {
        let name = file.name;
        let path = format!("{output}/records/*/{name}.jsonl").replace('\'', "''");
        let columns: Vec<String> =
            file.columns.iter().map(|column| format!("  '{}': '{}'", column.name, sql_type(&column.kind))).collect();
        format!(
            "CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_json('{path}',\n  format = 'newline_delimited', \
             maximum_object_size = {LONGEST_LINE}, columns = {{\n{}\n}});\n",
            columns.join(",\n")
        )
    };
    std::iter::once(head.to_owned()).chain(readable().into_iter().map(view)).collect()
}

fn sql_type(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Choice(_) => "VARCHAR".to_owned(),
        Kind::Day => "DATE".to_owned(),
        Kind::Instant => "TIMESTAMPTZ".to_owned(),
        // With a sign, because `start - end` of numbers without one is an error.
        Kind::Integer => "BIGINT".to_owned(),
        Kind::Number => "DOUBLE".to_owned(),
        Kind::Truth => "BOOLEAN".to_owned(),
        Kind::List(inner) => sql_type(inner) + "[]",
        Kind::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|field| format!("\"{}\" {}", field.name, sql_type(&field.kind))).collect();
            format!("STRUCT({})", fields.join(", "))
        }
    }
}
