//! Running text as word processors hold it → blocks: runs, line breaks, paragraphs, list markers, emphasis.

use std::collections::BTreeMap;

use super::list::Marker;
use super::{FileError, FileNote, FileRule, Limits};
use crate::model::{Block, BlockKind};
use crate::text::{clean_line, is_blank};

/// The paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Runs of text, each with whether it is emphasised.
    runs: Vec<(String, bool)>,
}

impl Line {
    /// Adds a run; `\n` is a line break.
    pub(super) fn push(&mut self, text: &str, emphasised: bool) {
        match self.runs.last_mut() {
            Some((last, same)) if *same == emphasised => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.runs.push((text.to_owned(), emphasised)),
        }
    }

    /// Nothing but blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.runs.iter().all(|(text, _)| text.chars().all(is_blank))
    }

    /// The blocks of the paragraph, one a line; a marker stands before the first.
    fn blocks(self, marker: Option<Marker>, centred: bool) -> Vec<Block> {
        let mut lines: Vec<Vec<(String, bool)>> = vec![Vec::new()];
        for (text, emphasised) in self.runs {
            for (n, part) in text.split('\n').enumerate() {
                if n > 0 {
                    lines.push(Vec::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push((part.to_owned(), emphasised));
                }
            }
        }
        let mut kind = BlockKind::Paragraph;
        match marker {
            Some(Marker::Number(marker)) => {
                let first = lines.iter_mut().find(|line| line.iter().any(|(text, _)| !text.trim().is_empty()));
                let line = match first {
                    Some(line) => line,
                    None => &mut lines[0],
                };
                let emphasised = line.iter().find(|(text, _)| !text.chars().all(is_blank)).is_some_and(|run| run.1);
                // Blanks typed behind a drawn number only move the text.
                for (text, _) in line.iter_mut() {
                    *text = text.trim_start_matches(is_blank).to_owned();
                    if !text.is_empty() {
                        break;
                    }
                }
                line.insert(0, (marker, emphasised));
            }
            Some(Marker::Bullet) => kind = BlockKind::ListItem { ordinal: None },
            None => {}
        }
        lines.into_iter().filter_map(|runs| block(&runs, kind.clone(), centred)).collect()
    }
}

fn block(runs: &[(String, bool)], kind: BlockKind, centred: bool) -> Option<Block> {
    let whole: String = runs.iter().map(|(text, _)| text.as_str()).collect();
    let text = clean_line(&whole);
    let leading: String = runs
        .iter()
        .take_while(|(text, emphasised)| *emphasised || text.chars().all(is_blank))
        .map(|(text, _)| text.as_str())
        .collect();
    let emphasis = clean_line(&leading).chars().count().min(text.chars().count());
    (!text.is_empty()).then_some(Block { kind, text, emphasis, centred })
}

/// What of a file was read so far, and how much it may still hold.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    /// What the reader is told.
    pub(super) limits: &'a Limits,
    /// Cells of tables so far.
    pub(super) cells: usize,
    chars: usize,
    notes: BTreeMap<FileRule, usize>,
}

impl<'a> Flow<'a> {
    /// Nothing read.
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: 0, chars: 0, notes: BTreeMap::new() }
    }

    /// A rule applied.
    pub(super) fn note(&mut self, rule: FileRule, count: usize) {
        if count > 0 {
            *self.notes.entry(rule).or_default() += count;
        }
    }

    /// How often the rules applied.
    pub(super) fn notes(&self) -> Vec<FileNote> {
        self.notes.iter().map(|(&rule, &count)| FileNote { rule, count }).collect()
    }

    /// The blocks of a paragraph.
    pub(super) fn paragraph(
        &mut self,
        line: Line,
        marker: Option<Marker>,
        centred: bool,
    ) -> Result<Vec<Block>, FileError> {
        self.note(FileRule::NumberDrawn, usize::from(matches!(marker, Some(Marker::Number(_)))));
        self.chars += line.runs.iter().map(|(text, _)| text.len()).sum::<usize>();
        if self.chars > self.limits.chars.saturating_mul(3) {
            return Err(FileError::TooLarge("chars"));
        }
        Ok(line.blocks(marker, centred))
    }
}

/// Emphasis that most of a document has says nothing: a text set in one heading face throughout has no headings in it.
pub(super) fn level_emphasis(blocks: &mut [Block]) {
    let texts = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Table(_)));
    let (emphasised, all) =
        texts.fold((0, 0), |(emphasised, all), block| (emphasised + block.emphasis, all + block.text.chars().count()));
    if emphasised * 2 > all {
        for block in blocks {
            block.emphasis = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(runs: &[(&str, bool)], marker: Option<&str>) -> Vec<(String, usize)> {
        let mut line = Line::default();
        for (text, emphasised) in runs {
            line.push(text, *emphasised);
        }
        let marker = marker.map(|text| Marker::Number(text.to_owned()));
        let blocks = Flow::new(&Limits::default()).paragraph(line, marker, false).unwrap();
        blocks.into_iter().map(|block| (block.text, block.emphasis)).collect()
    }

    fn lines(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
        expected.iter().map(|(text, emphasis)| ((*text).to_owned(), *emphasis)).collect()
    }

    #[test]
    fn the_emphasis_at_the_beginning_is_counted_in_the_clean_text() {
        let runs = [("\u{3000} ", false), ("（一）", true), ("加强  领导。", true), ("一年来，", false), ("重", true)];
        assert_eq!(read(&runs, None), lines(&[("（一）加强 领导。一年来，重", 9)]));
        assert_eq!(read(&[("一年来", false), ("重", true)], None), lines(&[("一年来重", 0)]));
    }

    #[test]
    fn each_line_of_a_paragraph_is_a_block() {
        assert_eq!(read(&[("甲\n乙", true), ("\n\n丙", false)], None), lines(&[("甲", 1), ("乙", 1), ("丙", 0)]));
        assert_eq!(read(&[(" \u{3000}", false)], None), lines(&[]));
    }

    #[test]
    fn a_marker_stands_before_the_first_words() {
        assert_eq!(read(&[("\n  总则", true)], Some("第一章 ")), lines(&[("第一章 总则", 6)]));
        assert_eq!(read(&[], Some("3.")), lines(&[("3.", 0)]));
    }

    #[test]
    fn emphasis_of_a_whole_document_is_no_evidence() {
        let block = |text: &str, emphasis| Block { emphasis, ..Block::paragraph(text) };
        let mut blocks = vec![block("一、总则", 4), block("各村认真学习，扎实推进。", 12)];
        level_emphasis(&mut blocks);
        assert_eq!(blocks.iter().map(|block| block.emphasis).collect::<Vec<_>>(), [0, 0]);
        let mut blocks = vec![block("一、总则", 4), block("各村认真学习，扎实推进。", 0)];
        level_emphasis(&mut blocks);
        assert_eq!(blocks[0].emphasis, 4);
    }
}
