//! The record format as Python for polars: the schema of each file, and a function that reads it over all sources.

use super::column::{Column, Kind};
use super::{python, readable};

/// A Python module that reads the records below an output folder into polars.
pub fn polars(output: &str) -> String {
    let schemas: String = readable()
        .iter()
        .map(|file| {
            let fields: String = file.columns.iter().map(|column| format!("    {},\n", field(column))).collect();
            format!("\nSCHEMAS[\"{}\"] = {{\n{fields}}}\n", file.name)
        })
        .collect();
    python::module(include_str!("polars.py"), output, &schemas)
}

fn field(column: &Column) -> String {
    format!("\"{}\": {}", column.name, polars_type(&column.kind))
}

fn polars_type(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Choice(_) => "pl.String".to_owned(),
        Kind::Day => "pl.Date".to_owned(),
        Kind::Instant => "pl.Datetime(\"us\", \"UTC\")".to_owned(),
        // polars' JSON reader stops at numbers of less than 32 bits.
        Kind::Integer => "pl.Int64".to_owned(),
        Kind::Number => "pl.Float64".to_owned(),
        Kind::Truth => "pl.Boolean".to_owned(),
        Kind::List(inner) => format!("pl.List({})", polars_type(inner)),
        Kind::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("pl.Struct({{{}}})", fields.join(", "))
        }
    }
}
