//! The body's lines → blocks: paragraphs, list items, tables.

use std::collections::HashMap;

use super::lines::Body;
use super::pictures::pictures;
use super::table::{self, DataTables};
use super::wrapped::continued;
use crate::extract::explain::Trace;
use crate::extract::rules::JoinRule;
use crate::model::{Block, BlockKind, Warning, WarningCode};
use crate::page::{LineId, NodeId, Tag, Tree, View};

/// A block, the first line of it, and how many lines follow in the same sentence.
struct Cut {
    block: Block,
    first: LineId,
    more: usize,
}

/// The blocks of the body, in reading order, with the pictures among them and the lines that were joined.
pub(super) fn blocks(view: &View, body: &Body, trace: &mut Trace<'_>) -> (Vec<Block>, Vec<Warning>) {
    let lines = view.lines();
    let mut cuts: Vec<Cut> = Vec::new();
    let continued = trace.allows(JoinRule::FixedWidth.name()).then(|| continued(lines, body));
    let goes_on = |n: LineId| continued.as_ref().is_some_and(|continued| continued[n]);
    let (mut tables, mut ordinals) = (DataTables::default(), Ordinals::default());
    let mut n = body.span.start;
    while n < body.span.end {
        let first = n;
        n = n + 1;
        if !body.holds(first) {
            continue;
        }
        let line = &lines[first];
        if let Some((table, rows)) = tables.holding(view, line.block, body) {
            let inside = lines.within(rows);
            let captions = inside.iter().filter(|&n| body.holds(n) && view.tree.name(lines[n].block) == "caption");
            cuts.extend(captions.map(|n| Cut { block: Block::paragraph(lines.text(n)), first: n, more: 0 }));
            cuts.extend(table::block(view, (table, rows), body).map(|block| Cut { block, first, more: 0 }));
            n = n.max(inside.end);
            continue;
        }
        let text = lines.text(first);
        if let Some(cut) = cuts.last_mut().filter(|cut| goes_on(first) && cut.first + cut.more + 1 == first) {
            append(&mut cut.block.text, text);
            cut.more += 1;
            trace.hits(JoinRule::FixedWidth.name(), 1);
            continue;
        }
        let kind = kind(view, first, &mut ordinals);
        let block = Block { kind, text: text.to_owned(), emphasis: line.emphasis, centred: line.style.centred };
        cuts.push(Cut { block, first, more: 0 });
    }
    let (starts, mut warnings) = joined(&cuts);
    warnings.extend(pictures(view, body, &starts));
    (cuts.into_iter().map(|cut| cut.block).collect(), warnings)
}

/// The first line of each block with the character at which it begins, and a warning for each block of several lines.
fn joined(cuts: &[Cut]) -> (Vec<(LineId, usize)>, Vec<Warning>) {
    let mut starts = Vec::with_capacity(cuts.len());
    let mut warnings = Vec::new();
    let mut start = 0;
    for Cut { block, first, more } in cuts {
        let end = start + block.text.chars().count();
        starts.push((*first, start));
        if *more > 0 {
            let detail = Some(format!("{} lines", more + 1));
            warnings.push(Warning { code: WarningCode::LinesJoined, start: Some(start), end: Some(end), detail });
        }
        start = end + 1;
    }
    (starts, warnings)
}

/// Goes on with a line; words in letters are parted by a blank.
fn append(text: &mut String, line: &str) {
    if text.ends_with(|c: char| c.is_ascii_alphanumeric()) && line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        text.push(' ');
    }
    text.push_str(line);
}

fn kind(view: &View, n: LineId, ordinals: &mut Ordinals) -> BlockKind {
    let tree = &view.tree;
    let item = tree.nearest(view.lines()[n].block, |tag| matches!(tag, Tag::Item | Tag::Cell | Tag::HeadCell));
    match item {
        Some(at) if tree.tag(at) == Some(Tag::Item) && view.lines_in(at).start == n => {
            BlockKind::ListItem { ordinal: ordinals.of(tree, at) }
        }
        _ => BlockKind::Paragraph,
    }
}

/// For each ordered list the item that was numbered last, and its number.
#[derive(Default)]
struct Ordinals(HashMap<NodeId, (NodeId, u32)>);

impl Ordinals {
    /// The number that a browser draws before an item (HTML standard, `ol`).
    fn of(&mut self, tree: &Tree, item: NodeId) -> Option<u32> {
        let list = tree.parent(item);
        if tree.tag(list) != Some(Tag::OrderedList) {
            return None;
        }
        let number =
            |at: NodeId, name: &str| tree.attribute(at, name).and_then(|value| value.trim().parse::<u32>().ok());
        let (previous, mut next) = match self.0.get(&list) {
            Some(&(item, ordinal)) => (item, ordinal.checked_add(1)?),
            None => (list, number(list, "start").unwrap_or(1)),
        };
        let from = if previous == list { list + 1 } else { tree.end(previous) };
        let items = std::iter::successors(Some(from), |&at| Some(tree.end(at))).take_while(|&at| at <= item);
        for at in items.filter(|&at| tree.tag(at) == Some(Tag::Item)) {
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
