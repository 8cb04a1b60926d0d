//! A value as the text of one cell.

use serde_json::Value;

/// What lists are joined with; no name of a body or a place holds it.
const JOINT: &str = "|";

/// Text as it is, numbers as digits, lists of them joined, all else as JSON; nothing for null.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.iter().all(is_plain) => values.iter().map(cell).collect::<Vec<_>>().join(JOINT),
        other => other.to_string(),
    }
}

fn is_plain(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_))
}
