//! What is odd about a document: contents that disagree, quotations never closed, sums that do not add up.

use std::collections::HashSet;

use crate::model::{Outline, Role, Section, Table, Warning, WarningCode};
use crate::text::{fold_char, is_blank};

use super::lines::Text;
use super::quote::Quotes;
use super::roles::contents_entry;

/// More of a kind would say nothing new.
const MOST: usize = 5;
/// A line that an entry of a contents list repeats has at most so many characters.
const LONGEST: usize = 100;

/// Every warning about the text, in the order of the text for each kind.
pub(super) fn warnings(text: &Text, quotes: &Quotes, outline: &Outline) -> Vec<Warning> {
    let mut found = Vec::new();
    found.extend(contents(text, outline));
    found.extend(quotes.unclosed.iter().take(MOST).map(|&open| unclosed(text, open)));
    found.extend(outline.sections.iter().filter_map(checksum).take(MOST));
    found
}

/// Entries of the contents list that no section of the text begins with.
fn contents(text: &Text, outline: &Outline) -> Option<Warning> {
    let list = outline.sections.iter().find(|row| row.role == Role::Toc)?;
    let lines: Vec<String> = text
        .lines
        .iter()
        .filter(|line| list.start <= line.start && line.end <= list.end)
        .skip(1)
        .map(|line| contents_entry(&text.key(line.start, line.end)))
        .collect();
    let heads: Vec<String> = outline.sections.iter().filter(|row| row.marker.is_some()).map(head).collect();
    let outside = text.lines.iter().filter(|line| line.end <= list.start || list.end <= line.start);
    let outside: HashSet<String> =
        outside.filter(|line| line.len() <= LONGEST).map(|line| text.key(line.start, line.end)).collect();
    let absent =
        |entry: &&String| !outside.contains(*entry) && !heads.iter().any(|head| head.starts_with(entry.as_str()));
    let missing: Vec<&str> = lines.iter().filter(absent).map(String::as_str).take(MOST).collect();
    (!missing.is_empty()).then(|| Warning {
        code: WarningCode::TocMismatch,
        start: Some(list.start),
        end: Some(list.end),
        detail: Some(missing.join("; ")),
    })
}

/// Marker and heading as a contents list prints them.
fn head(row: &Section) -> String {
    let printed = row.marker.iter().chain(&row.heading).flat_map(|part| part.chars());
    printed.map(fold_char).filter(|&c| !is_blank(c)).collect()
}

fn unclosed(text: &Text, open: usize) -> Warning {
    let end = text.lines.iter().find(|line| open < line.end).map_or(open + 1, |line| line.end);
    Warning { code: WarningCode::UnclosedQuote, start: Some(open), end: Some(end), detail: None }
}

/// The table of requests in an annual report on government information says what must hold of it: 第一项加第二项之和，
/// 等于第三项加第四项之和 (国办公开办函〔2021〕30号).
fn checksum(row: &Section) -> Option<Warning> {
    let table = row.table.as_ref()?;
    let received = row_of(table, |cell| cell.contains("本年新收政府信息公开申请数量"))?;
    let carried = row_of(table, |cell| cell.contains("上年结转政府信息公开申请数量"))?;
    let answered = row_of(table, |cell| cell.contains("总计") && cell.starts_with("(七)"))?;
    let pending = row_of(table, |cell| cell.contains("结转下年度继续办理"))?;
    let width = [received, carried, answered, pending].iter().map(|row| row.len()).min()?;
    let wrong = (1..=width).find_map(|from_right| {
        let value = |row: &[String]| row[row.len() - from_right].trim().parse::<u64>().ok();
        let (a, b, c, d) = (value(received)?, value(carried)?, value(answered)?, value(pending)?);
        (a.checked_add(b)? != c.checked_add(d)?).then(|| format!("{a} + {b} ≠ {c} + {d}"))
    })?;
    Some(Warning { code: WarningCode::ChecksumFailed, start: Some(row.start), end: Some(row.end), detail: Some(wrong) })
}

/// The row with a cell that says what it counts.
fn row_of(table: &Table, says: impl Fn(&str) -> bool) -> Option<&[String]> {
    let folded = |cell: &String| cell.chars().map(fold_char).filter(|&c| !is_blank(c)).collect::<String>();
    table.rows.iter().find(|row| row.iter().any(|cell| says(&folded(cell)))).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Document};

    fn codes(blocks: Vec<Block>) -> Vec<WarningCode> {
        let outline = crate::structure(&Document { blocks, ..Document::default() });
        outline.warnings.into_iter().map(|warning| warning.code).collect()
    }

    fn paragraphs(lines: &[&str]) -> Vec<Block> {
        lines.iter().copied().map(Block::paragraph).collect()
    }

    #[test]
    fn a_contents_list_must_agree_with_the_text() {
        let lines = ["目录", "一、举措 1", "二、问题 3", "一、举措", "正文。", "二、问题", "正文。"];
        assert_eq!(codes(paragraphs(&lines)), []);
        let lines = ["目录", "一、举措 1", "二、打算 3", "一、举措", "正文。", "二、问题", "正文。"];
        assert_eq!(codes(paragraphs(&lines)), [WarningCode::TocMismatch]);
    }

    #[test]
    fn a_quotation_must_be_closed() {
        assert_eq!(codes(paragraphs(&["推进“放管服”改革。"])), []);
        assert_eq!(codes(paragraphs(&["推进“放管服改革。"])), [WarningCode::UnclosedQuote]);
    }

    #[test]
    fn the_table_of_requests_must_add_up() {
        let table = |pending: &str| {
            let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
            let rows = vec![
                row(["一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量", "3", "4"]),
                row(["二、上年结转政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "1", "1"]),
                row(["三、本年度办理结果", "（七）总计", "4", "4"]),
                row(["四、结转下年度继续办理", "四、结转下年度继续办理", "0", pending]),
            ];
            let text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
            vec![Block { kind: BlockKind::Table(Table { rows, header_rows: None }), ..Block::paragraph(text) }]
        };
        assert_eq!(codes(table("1")), []);
        assert_eq!(codes(table("2")), [WarningCode::ChecksumFailed]);
        assert_eq!(codes(table("/")), [], "a blank is no number");
    }
}
