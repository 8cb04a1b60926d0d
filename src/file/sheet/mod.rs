//! Workbooks (XLS, XLSX, ET): each sheet as a table, titles and remarks of one merged row as lines.

mod format;
mod records;
mod strings;
mod xls;
mod xlsx;

use super::flow::{Flow, level_emphasis};
use super::grid::{Grid, Span};
use super::{FileError, FileKind, FileRule, FileText, Limits};
use crate::model::Block;

pub(super) use xls::read as xls;
pub(super) use xlsx::read as xlsx;

/// The sheets that were read.
struct Sheets<'a> {
    flow: Flow<'a>,
    sheets: Vec<(String, Vec<Block>)>,
}

impl<'a> Sheets<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self { flow: Flow::new(limits), sheets: Vec::new() }
    }

    /// A sheet without cells.
    fn grid(&self, merged: Vec<Span>) -> Result<Grid, FileError> {
        if merged.len() > self.flow.limits.cells { Err(FileError::TooLarge("cells")) } else { Ok(Grid::new(merged)) }
    }

    /// A sheet that is not shown.
    fn hide(&mut self) {
        self.flow.note(FileRule::HiddenText, 1);
    }

    fn add(&mut self, name: String, grid: Grid) -> Result<(), FileError> {
        let blocks = grid.blocks(&mut self.flow.cells, self.flow.limits)?;
        if !blocks.is_empty() {
            self.sheets.push((name, blocks));
        }
        Ok(())
    }

    /// The text; the name of a sheet says something where there are several.
    fn finish(self, kind: FileKind) -> FileText {
        let several = self.sheets.len() > 1;
        let mut blocks = Vec::new();
        for (name, sheet) in self.sheets {
            let name = crate::text::clean_line(&name);
            let repeated = sheet.first().is_some_and(|block| block.text == name);
            if several && !is_default(&name) && !repeated {
                blocks.push(Block::paragraph(name));
            }
            blocks.extend(sheet);
        }
        level_emphasis(&mut blocks);
        FileText {
            kind,
            title: None,
            blocks,
            pages: 0,
            needs_ocr: Vec::new(),
            by_ocr: Vec::new(),
            notes: self.flow.notes(),
        }
    }
}

/// The program gave the name, nobody else: Sheet1, 工作表1.
fn is_default(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' '));
    name.is_empty() || stem.eq_ignore_ascii_case("sheet") || stem == "工作表"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_the_program_gave_says_nothing() {
        for (name, default) in [("Sheet1", true), ("sheet1 (2)", true), ("工作表3", true), ("汇总表", false)] {
            assert_eq!(is_default(name), default, "{name}");
        }
    }
}
