//! The schema and the data dictionary beside the records, so that who gets the folder has both.

use std::path::Path;

use crate::record::schema;
use crate::write::{WriteError, atomic};

/// Writes `records/schema` below an output folder; files that are right already are not touched.
pub(super) fn describe(output: &Path) -> Result<(), WriteError> {
    let folder = output.join("records").join("schema");
    let below = output.to_string_lossy();
    let mut json = format!("{:#}", schema::jsonschema());
    json.push('\n');
    for (name, text) in [
        ("records.schema.json", json),
        ("DATA.md", schema::markdown()),
        ("records.sql", schema::duckdb(&below)),
        ("records_polars.py", schema::polars(&below)),
        ("records_arrow.py", schema::arrow(&below)),
    ] {
        atomic::replace(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}
