//! Items of a column that show more than a title: a summary, a day, a number.

use crate::page::{LineId, NodeId, Span, Tag, View, line_class};
use crate::text::{find_date, is_blank};
use crate::words::NO_ITEM_LABELS;

/// Fewest items of a column.
const FEWEST: usize = 4;
/// Fewest linked characters of a title, and most marks of sentences in it.
const TITLE: (usize, usize) = (6, 1);
/// The day of an item stands at most so many lines below its title.
const NEAR: usize = 4;
/// Most characters of a day and the marks around it beside a title.
const BESIDE: usize = 16;
/// Most characters of a line that shows a day and little else.
const DAY: usize = 48;
/// So many lines from the last a pager stands.
const PAGER: usize = 6;
/// An element that a click opens is looked for so many levels up.
const LEVELS: usize = 3;

/// Whether most of the lines are items, each with a way to another page, with a day, and with a summary or in a table; where a
/// pager stands below, or a way that says nothing else behind each summary, they need no day.
pub(super) fn are_items(view: &View, body: Span<LineId>) -> bool {
    let lines: Vec<LineId> = body.iter().filter(|&n| !view.lines()[n].style.hidden).collect();
    let paged = lines.iter().rev().take(PAGER).any(|&n| line_class::is_pager(view.lines().text(n)));
    let mut opened: Vec<NodeId> = Vec::new();
    let mut items: Vec<usize> = Vec::new();
    let (mut days, mut told, mut summed_up) = (0, 0, 0);
    for (place, &n) in lines.iter().enumerate() {
        let dated = || lines.iter().skip(place).take(NEAR + 1).any(|&m| shows_day(view, m));
        days += usize::from(shows_day(view, n));
        let way = is_way(view, n);
        if leads_on(view, n, &mut opened) && (paged || dated()) || way {
            // The way may stand behind the summary.
            let near = lines.iter().skip(place.saturating_sub(1)).take(NEAR + 1);
            let sums_up = |&m: &LineId| view.lines()[m].is_sentence;
            let summed = near.copied().any(|m| sums_up(&m));
            summed_up += usize::from(way && summed);
            told += usize::from(summed || in_cell(view, n));
            items.push(place);
        }
    }
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return false };
    let fewest = if paged { FEWEST - 1 } else { FEWEST };
    // From the first to the last item, and the lines of the last: the rest is no item.
    let covered = last + NEAR - first;
    items.len() >= fewest
        && (paged || days >= fewest || summed_up >= fewest)
        && told * 2 >= items.len()
        && covered * 10 >= lines.len() * 7
        && items.len() * (NEAR + 2) >= covered
}

/// The title of another page, or a line of a box that a click opens; a box counts once.
fn leads_on(view: &View, n: LineId, opened: &mut Vec<NodeId>) -> bool {
    let line = &view.lines()[n];
    let mostly = line.links * 10 >= line.chars * 7 || line.links + BESIDE >= line.chars && shows_day(view, n);
    if line.links >= TITLE.0 && mostly && line.marks <= TITLE.1 {
        return true;
    }
    let clicked = view.tree.upwards(line.block).take(LEVELS).find(|&at| view.tree.attribute(at, "onclick").is_some());
    let new = clicked.filter(|at| !opened.contains(at));
    opened.extend(new);
    new.is_some()
}

/// `[详细]`, alone or behind a summary.
fn is_way(view: &View, n: LineId) -> bool {
    let line = &view.lines()[n];
    let text = view.lines().text(n);
    let end = text.trim_end_matches(|c: char| is_blank(c) || "[]【】>»".contains(c));
    let label = NO_ITEM_LABELS.ends(end).filter(|word| word.text.chars().count() > 1);
    label.is_some_and(|word| line.links >= word.text.chars().count()) && line.links < 10
}

fn in_cell(view: &View, n: LineId) -> bool {
    view.tree.nearest(view.lines()[n].block, |tag| matches!(tag, Tag::Cell | Tag::HeadCell)).is_some()
}

/// A day, with little beside it.
fn shows_day(view: &View, n: LineId) -> bool {
    let line = &view.lines()[n];
    let text = view.lines().text(n);
    line.chars <= DAY && !line.is_sentence && (find_date(text).is_some() || is_tile(text))
}

/// 01 2023-11: the day above its month, as on a leaf of a calendar.
fn is_tile(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only = text.chars().all(|c| c.is_ascii_digit() || is_blank(c) || "-./年月日".contains(c));
    only && (6..=8).contains(&digits) && text.contains("20")
}
