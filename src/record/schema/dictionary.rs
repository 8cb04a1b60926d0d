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
- `revisions.jsonl` has the lines of `documents.jsonl` that newer texts have superseded: `prev_rev` leads to one of them by `id` and `rev`.
- A document that the portal has withdrawn stays, with `gone_at`. `last_checked` alone makes no document another one.
";

/// The feed, which lies beside the records.
const FEED: &str = "
## changes.jsonl

What came, changed, went and is back: `output/changes.jsonl`, appended in whole lines and never rewritten; `gongwen log` reads it.

| key | type | meaning |
|---|---|---|
| `run` | text | The run that found it; its report is `runs/<run>.json`. |
| `at` | instant | When the portal first answered so. |
| `source` | text | Config id of the portal column. |
| `id` | text | Id of the document. |
| `rev` | text | The revision that the records hold. |
| `prev_rev` | text or null | The revision before it, which `revisions.jsonl` holds. |
| `kind` | word | What happened. |
| `url`, `title`, `published` | text or null | As in `documents.jsonl`. |

`kind` is one of:

| word | meaning |
|---|---|
| `new` | It came. |
| `changed` | The portal gives another text than before; that rules read the same bytes in another way is no change. |
| `gone` | The portal has withdrawn it (404 or 410); its text stays in the records. |
| `back` | It was withdrawn, and is there again. |
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
    text + FEED
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
