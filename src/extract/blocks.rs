//! The body's lines → blocks: paragraphs, list items, tables.

use super::dom::{At, Dom, Tag};
use super::lines::Lines;
use super::table;
use super::trim::Kept;
use crate::model::{Block, BlockKind};

/// The blocks of the body, in reading order.
pub(super) fn blocks(dom: &Dom<'_>, lines: &Lines, body: At, kept: &Kept) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut n = kept.range.start;
    while n < kept.range.end {
        if kept.flags.get(n) != Some(&true) {
            n += 1;
            continue;
        }
        let Some(line) = lines.all.get(n) else { break };
        if let Some(at) = table::holding(dom, lines, line.block, body, kept) {
            let range = lines.within(at, dom.end(at));
            if let Some(block) = table::block(dom, lines, at, kept) {
                blocks.push(block);
            }
            n = range.end.max(n + 1);
            continue;
        }
        blocks.push(Block {
            kind: kind(dom, lines, n),
            text: lines.text(n).to_owned(),
            emphasis: line.emphasis,
            centred: line.style.centred,
        });
        n += 1;
    }
    blocks
}

fn kind(dom: &Dom<'_>, lines: &Lines, n: usize) -> BlockKind {
    let item = lines
        .all
        .get(n)
        .and_then(|line| dom.nearest(line.block, |tag| matches!(tag, Tag::Item | Tag::Cell | Tag::HeadCell)));
    match item {
        Some(at) if dom.tag(at) == Some(Tag::Item) && lines.within(at, dom.end(at)).start == n => {
            BlockKind::ListItem { ordinal: ordinal(dom, at) }
        }
        _ => BlockKind::Paragraph,
    }
}

/// The number that a browser draws before an item (HTML standard, `ol`).
fn ordinal(dom: &Dom<'_>, item: At) -> Option<u32> {
    let list = dom.parent(item);
    if dom.tag(list) != Some(Tag::OrderedList) {
        return None;
    }
    let number = |at: At, name: &str| dom.attribute(at, name).and_then(|value| value.trim().parse::<u32>().ok());
    let mut next = number(list, "start").unwrap_or(1);
    for child in dom.children(list).filter(|&child| dom.tag(child) == Some(Tag::Item)) {
        next = number(child, "value").unwrap_or(next);
        if child == item {
            return Some(next);
        }
        next = next.checked_add(1)?;
    }
    None
}
