//! Plain text, one paragraph a line → its document and its records.

use crate::model::{Block, BlockKind, Document, Records, Table, Without, digest};
use crate::record::{self, Provenance};
use crate::structure::structure_without;
use crate::text::{clean_line, is_blank};

/// The records of plain text, whose first lines may be its title; what has an address or a portal knows neither.
pub fn plain_records(text: &str, n_title_lines: usize, without: &Without) -> Records {
    let document = plain_document(text, n_title_lines);
    let outline = structure_without(&document, without);
    let from = Provenance {
        sha256: &digest::sha256_hex(text.as_bytes()),
        bytes: text.len() as u64,
        charset: Some("UTF-8"),
        ..Provenance::default()
    };
    record::records(&document, &outline, from)
}

/// One block a line; lines that follow one another and hold a tab are the rows of one table.
///
/// A tab before the text only indents it, unless the line before is a row: then the first cell is empty.
pub fn plain_document(text: &str, n_title_lines: usize) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines().chain([""]) {
        let judged = if rows.is_empty() { line.trim_matches(is_blank) } else { line };
        if judged.contains('\t') {
            rows.push(line.split('\t').map(clean_line).collect());
            continue;
        }
        if !rows.is_empty() {
            blocks.push(table(std::mem::take(&mut rows)));
        }
        let line = clean_line(line);
        if !line.is_empty() {
            blocks.push(Block::paragraph(line));
        }
    }
    let title_lines: Vec<String> = blocks.iter().take(n_title_lines).map(|block| block.text.clone()).collect();
    let title = (!title_lines.is_empty()).then(|| title_lines.concat());
    Document { title, title_lines, blocks, ..Document::default() }
}

/// A table in which every row is as wide as the widest.
fn table(mut rows: Vec<Vec<String>>) -> Block {
    let text = rows.iter().map(|cells| cells.join("\t")).collect::<Vec<_>>().join("\n");
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &mut rows {
        row.resize(width, String::new());
    }
    Block { kind: BlockKind::Table(Table { rows, header_rows: None }), text, emphasis: 0, centred: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_tabs_that_follow_one_another_are_one_table() {
        let document = plain_document("\u{feff}一、数据\r\n类型\t件数\n\t12\n\n\t注：略　\n甲\t乙\n", 1);
        let kinds: Vec<(&str, Option<usize>)> = document
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Table(table) => (block.text.as_str(), Some(table.rows.len())),
                _ => (block.text.as_str(), None),
            })
            .collect();
        let expect = [("一、数据", None), ("类型\t件数\n\t12", Some(2)), ("注：略", None), ("甲\t乙", Some(1))];
        assert_eq!(kinds, expect);
        assert_eq!(document.title.as_deref(), Some("一、数据"));
    }

    #[test]
    fn an_empty_text_has_no_blocks() {
        assert_eq!(plain_document("", 0), Document::default());
        assert_eq!(plain_document(" \n　\n", 3), Document::default());
    }
}
