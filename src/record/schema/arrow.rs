//! The record format as Python for Arrow: the schema of each file, and a function that reads it over all sources.

use super::column::{Column, Kind};
use super::{python, readable};

/// A Python module that reads the records below an output folder into Arrow tables.
pub fn arrow(output: &str) -> String {
    let schemas: String = readable()
        .iter()
        .map(|file| {
            let fields: String = file.columns.iter().map(|column| format!("    {},\n", field(column))).collect();
            format!("\nSCHEMAS[\"{}\"] = pa.schema([\n{fields}])\n", file.name)
        })
        .collect();
    python::module(include_str!("arrow.py"), output, &schemas)
}

fn field(column: &Column) -> String {
    format!("pa.field(\"{}\", {})", column.name, arrow_type(&column.kind))
}

fn arrow_type(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Choice(_) => "pa.string()".to_owned(),
        Kind::Day => "pa.date32()".to_owned(),
        Kind::Instant => "pa.timestamp(\"us\", \"UTC\")".to_owned(),
        Kind::Integer => "pa.int64()".to_owned(),
        Kind::Number => "pa.float64()".to_owned(),
        Kind::Truth => "pa.bool_()".to_owned(),
        Kind::List(inner) => format!("pa.list_({})", arrow_type(inner)),
        Kind::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("pa.field(\"{}\", {})", field.name, arrow_type(&field.kind)))
                .collect();
            format!("pa.struct([{}])", fields.join(", "))
        }
    }
}
