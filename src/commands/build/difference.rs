//! What differs between the records of a document and those that a build would write: key by key, shortly.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::write::records::Lines;

/// So much of a value is shown.
const SHOWN: usize = 48;
/// So many rows that differ are named.
const NAMED: usize = 8;

/// A line for each key of the document that differs, and one for each other file whose rows differ.
pub(super) fn differences(old: &Lines, new: &Lines) -> Vec<String> {
    let mut found = keys(&document(old.document()), &document(new.document()));
    for ((file, old), (_, new)) in old.by_file().zip(new.by_file()).skip(1) {
        found.extend(rows(file, old, new));
    }
    found
}

fn document(line: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(line).unwrap_or_default()
}

fn keys(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let absent = Value::from("(no such key)");
    let removed = old.keys().filter(|key| !new.contains_key(*key));
    let differ = |key: &&String| old.get(*key) != new.get(*key);
    new.keys()
        .chain(removed)
        .filter(differ)
        .map(|key| {
            let (before, after) = (old.get(key).unwrap_or(&absent), new.get(key).unwrap_or(&absent));
            match (before.as_str(), after.as_str()) {
                (Some(before), Some(after)) => format!("    {key}: {}", texts(before, after)),
                _ => format!("    {key}: {} → {}", short(&before.to_string()), short(&after.to_string())),
            }
        })
        .collect()
}

/// Two texts from where they part.
fn texts(before: &str, after: &str) -> String {
    let same = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
    let from = |text: &str| short(&text.chars().skip(same).collect::<String>());
    if same < SHOWN / 2 {
        return format!("{} → {}", short(before), short(after));
    }
    let lengths = (before.chars().count(), after.chars().count());
    format!("{} → {} characters, at {same}: {} → {}", lengths.0, lengths.1, from(before), from(after))
}

fn short(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() { line + "…" } else { line }
}

/// Which rows of a file differ, by the last part of their ids.
fn rows(file: &str, old: &[u8], new: &[u8]) -> Option<String> {
    let (before, after) = (by_id(old), by_id(new));
    let ids = after.keys().chain(before.keys().filter(|id| !after.contains_key(*id)));
    let differ: Vec<&str> = ids.filter(|id| before.get(*id) != after.get(*id)).map(String::as_str).collect();
    if differ.is_empty() {
        return None;
    }
    let named = differ.iter().take(NAMED).map(|id| id.rsplit('#').next().unwrap_or(id)).collect::<Vec<_>>().join(", ");
    let more = if differ.len() > NAMED { ", …" } else { "" };
    Some(format!("    {file}: {} → {} rows, {} differ: {named}{more}", before.len(), after.len(), differ.len()))
}

fn by_id(lines: &[u8]) -> BTreeMap<String, Map<String, Value>> {
    let rows = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(document);
    let id = |n: usize, row: &Map<String, Value>| {
        row.get("id").and_then(Value::as_str).map_or_else(|| format!("#row {}", n + 1), ToOwned::to_owned)
    };
    rows.enumerate().map(|(n, row)| (id(n, &row), row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(value: &serde_json::Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn only_the_keys_that_differ_are_shown_with_before_and_after() {
        let text = "一、总体情况。".repeat(10);
        let old = object(
            &serde_json::json!({"id": "a:1", "title": "报告", "views": 3, "text": format!("{text}旧"), "gone": 1}),
        );
        let new = object(
            &serde_json::json!({"id": "a:1", "title": "年度报告", "views": null, "text": format!("{text}新的")}),
        );
        assert_eq!(
            keys(&old, &new),
            [
                "    title: 报告 → 年度报告",
                "    views: 3 → null",
                "    text: 71 → 72 characters, at 70: 旧 → 新的",
                "    gone: 1 → \"(no such key)\"",
            ]
        );
    }

    #[test]
    fn rows_that_differ_are_named_by_their_path() {
        let lines = |rows: &[(&str, &str)]| -> Vec<u8> {
            let line = |(id, heading): &(&str, &str)| format!("{{\"id\":\"a:1#{id}\",\"heading\":\"{heading}\"}}\n");
            rows.iter().map(line).collect::<String>().into_bytes()
        };
        let old = lines(&[("1", "一"), ("2", "二"), ("3", "三")]);
        let new = lines(&[("1", "一"), ("2", "贰"), ("4", "四")]);
        let said = rows("sections.jsonl", &old, &new);
        assert_eq!(said.as_deref(), Some("    sections.jsonl: 3 → 3 rows, 3 differ: 2, 4, 3"));
        assert_eq!(rows("sections.jsonl", &old, &old), None);
    }
}
