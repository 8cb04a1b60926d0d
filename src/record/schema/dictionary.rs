//! The data dictionary: a table a file, and every word that a value may be.

use super::column::{Choice, Column};
use super::files;

/// What holds for every file.
const HEAD: &str = "\
# Data dictionary

Made by `gongwen schema --as markdown` from the record types; a copy stands beside the data, in `output/records/schema`.

- The files are `output/records/<source>/<file>.jsonl`: UTF-8, one JSON object a line, every key always present.
- Unknown is `null`, no list is `[]`. A *day* is `YYYY-MM-DD`, an *instant* RFC 3339 with its zone. Codes are text, with their zeros.
- `start`, `end` and their like count characters (Unicode scalar values) of the document's `text`, from 0, the end exclusive:
  `text[start:end]` in Python. JavaScript, Java and Excel count otherwise where a character lies beyond U+FFFF.
- `id` is stable for the life of a page, `rev` for a text. Sections belong to a document by `doc_id`.
";

/// A data dictionary: one table a file, and one for each list of words.
pub fn markdown() -> String {
    let mut text = HEAD.to_owned();
    for file in files() {
        push(
            &mut text,
            &["\n## ", file.name, ".jsonl\n\n", &file.about, "\n\n| key | type | meaning |\n|---|---|---|\n"],
        );
        for column in &file.columns {
            row(&mut text, "", column);
        }
        for column in &file.columns {
            words(&mut text, "", column);
        }
    }
    text
}

/// One line of the table, and one for each key of an object inside.
fn row(text: &mut String, prefix: &str, column: &Column) {
    let name = format!("{prefix}{}", column.name);
    push(text, &["| `", &name, "` | ", &column.plain(), " | ", &cell(&column.meaning), " |\n"]);
    for inner in column.kind.fields() {
        row(text, &format!("{name}[]."), inner);
    }
}

/// The words of a key and of the keys inside.
fn words(text: &mut String, prefix: &str, column: &Column) {
    let name = format!("{prefix}{}", column.name);
    let choices = column.kind.choices();
    if !choices.is_empty() {
        push(text, &["\n`", &name, "` is one of:\n\n| word | meaning |\n|---|---|\n"]);
    }
    for Choice { word, meaning } in choices {
        push(text, &["| `", word, "` | ", &cell(meaning), " |\n"]);
    }
    for inner in column.kind.fields() {
        words(text, &format!("{name}[]."), inner);
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn push(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}
