//! The body's lines → blocks: paragraphs, list items, tables.

use std::collections::HashMap;

use super::pictures::pictures;
use super::table::{self, DataTables};
use super::trim::Kept;
use super::wrapped::continued;
use crate::model::{Block, BlockKind, Warning, WarningCode};
use crate::page::{At, Dom, Lines, Tag};

/// The blocks of the body, in reading order, with the pictures among them and the lines that were joined.
pub(super) fn blocks(dom: &Dom<'_>, lines: &Lines, body: At, kept: &Kept) -> (Vec<Block>, Vec<Warning>) {
    let mut blocks: Vec<Block> = Vec::new();
    let continued = continued(lines, kept);
    // The first line of each block, and how many lines follow it in the same sentence.
    let mut firsts: Vec<(usize, usize)> = Vec::new();
    let (mut tables, mut ordinals) = (DataTables::default(), Ordinals::default());
    let mut n = kept.range.start;
    while n < kept.range.end {
        if kept.flags.get(n) != Some(&true) {
            n += 1;
            continue;
        }
        let Some(line) = lines.all.get(n) else { break };
        if let Some(at) = tables.holding(dom, lines, line.block, body, kept) {
            let range = lines.within(at, dom.end(at));
            for n in range.clone().filter(|&n| is_caption(dom, lines, n) && kept.flags.get(n) == Some(&true)) {
                blocks.push(Block::paragraph(lines.text(n)));
                firsts.push((n, 0));
            }
            if let Some(block) = table::block(dom, lines, at, kept) {
                blocks.push(block);
                firsts.push((n, 0));
            }
            n = range.end.max(n + 1);
            continue;
        }
        if let (true, Some(block), Some((first, more))) =
            (continued.get(n) == Some(&true), blocks.last_mut(), firsts.last_mut())
            && *first + *more + 1 == n
        {
            append(&mut block.text, lines.text(n));
            *more += 1;
            n += 1;
            continue;
        }
        firsts.push((n, 0));
        blocks.push(Block {
            kind: kind(dom, lines, n, &mut ordinals),
            text: lines.text(n).to_owned(),
            emphasis: line.emphasis,
            centred: line.style.centred,
        });
        n += 1;
    }
    let (starts, mut warnings) = joined(&blocks, &firsts);
    warnings.extend(pictures(dom, lines, body, kept, &starts));
    (blocks, warnings)
}

/// The first line of each block with the character at which it begins, and a warning for each block of several lines.
fn joined(blocks: &[Block], firsts: &[(usize, usize)]) -> (Vec<(usize, usize)>, Vec<Warning>) {
    let mut starts = Vec::with_capacity(blocks.len());
    let mut warnings = Vec::new();
    let mut start = 0;
    for (block, &(first, more)) in blocks.iter().zip(firsts) {
        let end = start + block.text.chars().count();
        starts.push((first, start));
        if more > 0 {
            let detail = Some(format!("{} lines", more + 1));
            warnings.push(Warning { code: WarningCode::LinesJoined, start: Some(start), end: Some(end), detail });
        }
        start = end + 1;
    }
    (starts, warnings)
}

/// The line stands in a `<caption>`, which is no cell of its table.
fn is_caption(dom: &Dom<'_>, lines: &Lines, n: usize) -> bool {
    let block = lines.all.get(n).and_then(|line| dom.element(line.block));
    block.is_some_and(|(_, element)| element.name() == "caption")
}

/// Goes on with a line; words in letters are parted by a blank.
fn append(text: &mut String, line: &str) {
    if text.ends_with(|c: char| c.is_ascii_alphanumeric()) && line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        text.push(' ');
    }
    text.push_str(line);
}

fn kind(dom: &Dom<'_>, lines: &Lines, n: usize, ordinals: &mut Ordinals) -> BlockKind {
    let item = lines
        .all
        .get(n)
        .and_then(|line| dom.nearest(line.block, |tag| matches!(tag, Tag::Item | Tag::Cell | Tag::HeadCell)));
    match item {
        Some(at) if dom.tag(at) == Some(Tag::Item) && lines.within(at, dom.end(at)).start == n => {
            BlockKind::ListItem { ordinal: ordinals.of(dom, at) }
        }
        _ => BlockKind::Paragraph,
    }
}

/// For each ordered list the item that was numbered last, and its number.
#[derive(Default)]
struct Ordinals(HashMap<At, (At, u32)>);

impl Ordinals {
    /// The number that a browser draws before an item (HTML standard, `ol`).
    fn of(&mut self, dom: &Dom<'_>, item: At) -> Option<u32> {
        let list = dom.parent(item);
        if dom.tag(list) != Some(Tag::OrderedList) {
            return None;
        }
        let number = |at: At, name: &str| dom.attribute(at, name).and_then(|value| value.trim().parse::<u32>().ok());
        let (previous, mut next) = match self.0.get(&list) {
            Some(&(item, ordinal)) => (item, ordinal.checked_add(1)?),
            None => (list, number(list, "start").unwrap_or(1)),
        };
        let from = if previous == list { list + 1 } else { dom.end(previous) };
        let items = std::iter::successors(Some(from), |&at| Some(dom.end(at))).take_while(|&at| at <= item);
        for at in items.filter(|&at| dom.tag(at) == Some(Tag::Item)) {
            next = number(at, "value").unwrap_or(next);
            if at == item {
                self.0.insert(list, (item, next));
                return Some(next);
            }
            next = next.checked_add(1)?;
        }
        None
    }
}
