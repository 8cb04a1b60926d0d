//! Passages for retrieval: the text of a section with its place in the document, never across sections.

use std::path::Path;

use serde_json::{Value, json};

use super::selection::{Selection, count, document_of, file_at, text};
use super::table::Format;
use super::{ExportError, Row, Written};
use crate::record::schema::{Column, Kind};

/// Writes passages of at most `longest` characters; the ending of the file says the form, JSON Lines if it says none.
///
/// # Errors
/// What cannot be read or written.
pub fn chunks(selection: &Selection, longest: usize, out: &Path) -> Result<Vec<Written>, ExportError> {
    let path = file_at(out, "chunks.jsonl");
    let mut table = Format::of(&path).unwrap_or(Format::Jsonl).begin(&columns(), &path)?;
    for source in selection.folders()? {
        let chosen = selection.documents(&source, |document| count(&document, "char_count"))?;
        source.rows("sections", |section| {
            if !chosen.contains_key(document_of(&section)) {
                return Ok(());
            }
            let own = text(&section, "text").unwrap_or_default();
            let start = count(&section, "text_start").unwrap_or_default();
            for (n, (from, passage)) in passages(own, longest).into_iter().enumerate() {
                table.row(&row(&section, n, start + from, &passage))?;
            }
            Ok(())
        })?;
    }
    Ok(vec![table.finish()?])
}

fn columns() -> Vec<Column> {
    let list = || Kind::List(Box::new(Kind::Text));
    let columns = [
        ("id", Kind::Text, "`{section id}@{number}`"),
        ("doc_id", Kind::Text, "The document"),
        ("section_id", Kind::Text, "The section"),
        ("breadcrumb", list(), "Marker and heading of every section around it, its own last"),
        ("text", Kind::Text, "The passage"),
        ("start", Kind::Integer, "Start in characters of the document's text"),
        ("end", Kind::Integer, "End, exclusive"),
        ("role", Kind::Text, "Role of the section"),
        ("title", Kind::Text, "Title of the document"),
        ("issuer", Kind::Text, "Issuer of the document"),
        ("region_code", Kind::Text, "Region code of the document"),
        ("report_year", Kind::Integer, "Year reported on"),
        ("published", Kind::Day, "Day of publication"),
        ("url", Kind::Text, "Address of the document"),
    ];
    let column = |(name, kind, meaning): (&str, Kind, &str)| Column {
        name: name.to_owned(),
        kind,
        nullable: true,
        meaning: meaning.to_owned(),
    };
    columns.into_iter().map(column).collect()
}

fn row(section: &Row, n: usize, start: usize, passage: &str) -> Row {
    let copied = |key: &str| section.get(key).cloned().unwrap_or_default();
    let id = text(section, "id").unwrap_or_default();
    let mut breadcrumb = section.get("breadcrumb").and_then(Value::as_array).cloned().unwrap_or_default();
    let own: String = ["marker", "heading"].iter().filter_map(|key| text(section, key)).collect();
    if !own.is_empty() {
        breadcrumb.push(own.into());
    }
    let mut row = Row::new();
    let mut put = |key: &str, value: Value| row.insert(key.to_owned(), value);
    put("id", format!("{id}@{n}").into());
    put("doc_id", copied("doc_id"));
    put("section_id", copied("id"));
    put("breadcrumb", breadcrumb.into());
    put("text", passage.into());
    put("start", json!(start));
    put("end", json!(start + passage.chars().count()));
    for key in ["role", "title", "issuer", "region_code", "report_year", "published", "url"] {
        put(key, copied(key));
    }
    row
}

/// A text in passages, each with its offset: cut behind the last sentence that still fits, else where it is full.
fn passages(text: &str, longest: usize) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut passages = Vec::new();
    let mut from = 0;
    while from < chars.len() {
        let full = chars.len().min(from + longest.max(1));
        let ends = |mark: &[char]| {
            let cut = |at: &usize| mark.contains(&chars[at - 1]);
            (from + 1..=full).rev().find(cut)
        };
        let to = if full == chars.len() {
            full
        } else {
            ends(&['\n', '。', '！', '？'])
                .or_else(|| ends(&['；', ';']))
                .or_else(|| ends(&['，', ',']))
                .unwrap_or(full)
        };
        let passage: String = chars[from..to].iter().collect();
        if !passage.trim().is_empty() {
            passages.push((from, passage));
        }
        from = to;
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_end_with_sentences_and_together_are_the_text() {
        let text = "甲镇办理案件十二件。乙镇办理三十件，其中行政处罚十件；其余为许可。\n丙镇未办理。";
        for longest in [1, 5, 12, 20, 1000] {
            let passages = passages(text, longest);
            assert!(passages.iter().all(|(_, passage)| passage.chars().count() <= longest), "{passages:?}");
            let mut whole = String::new();
            for (from, passage) in &passages {
                assert_eq!(*from, whole.chars().count());
                whole.push_str(passage);
                whole.push_str(
                    if text.strip_prefix(&whole).is_some_and(|rest| rest.starts_with('\n')) && longest == 1 {
                        "\n"
                    } else {
                        ""
                    },
                );
            }
            assert_eq!(whole, text, "{longest}");
        }
        let found = passages(text, 20);
        assert_eq!(found[0].1, "甲镇办理案件十二件。");
        assert_eq!(passages(" \n", 5), []);
    }
}
