//! Rows of a list: what belongs to a link beside its title.

use std::collections::HashMap;

use ego_tree::{NodeId, NodeRef};
use scraper::ElementRef;
use scraper::node::Node;

use crate::discover::link::Link;
use crate::page::pieces;
use crate::text::{clean_line, find_date};

/// The day that a row bears as an attribute: `<tr mc="…" rq="2023-02-28">`.
pub(super) fn told_day(row: ElementRef<'_>) -> Option<jiff::civil::Date> {
    find_date(row.attr("rq")?)
}

/// The texts of a row that are not the title: those beside the link, then those inside a link that wraps the row.
pub(super) fn beside(link: &Link<'_>, row: ElementRef<'_>) -> Vec<String> {
    let mut texts = pieces(row, &|inner| inner.id() == link.element.id());
    texts.extend(link.day_parts.iter().cloned());
    texts.extend(pieces(link.element, &|_| false).into_iter().filter(|piece| *piece != link.title));
    texts
}

/// The texts behind a row and those before it, up to the next row or line: for lists without elements for rows
/// (`<a>…</a> 2023-02-28<br>`, `<dt><a>…</a></dt><dd>2023-02-28</dd>`).
pub(super) fn around<'a>(
    row: ElementRef<'a>,
    held: &'a HashMap<NodeId, usize>,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let texts = |siblings: &mut dyn Iterator<Item = NodeRef<'a, Node>>| {
        let mut texts = Vec::new();
        for node in siblings.take(4) {
            let inline =
                |name: &str| matches!(name, "span" | "i" | "em" | "b" | "font" | "small" | "time" | "dd" | "td");
            let ends = node.value().as_element().is_some_and(|element| !inline(element.name()));
            if ends || held.contains_key(&node.id()) {
                break;
            }
            match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => texts.push(clean_line(text)),
                (_, Some(element)) => texts.extend(pieces(element, &|_| false)),
                _ => {}
            }
        }
        texts
    };
    [texts(&mut row.next_siblings()), texts(&mut row.prev_siblings())].into_iter()
}

/// More links than that in what HTML calls a row, and it is the frame of a whole list.
const LINKS_A_ROW: usize = 3;

/// Where a row holds several links of the list (`[column] title`, a picture and a title), the one with the longest
/// title is the item.
pub(super) fn one_link_a_row(links: Vec<Link<'_>>) -> Vec<Link<'_>> {
    let mut several = HashMap::new();
    let rows: Vec<Option<NodeId>> =
        links.iter().map(|link| row_element(link.element, &mut several).map(|row| row.id())).collect();
    let mut n_links: HashMap<NodeId, usize> = HashMap::new();
    for row in rows.iter().flatten() {
        *n_links.entry(*row).or_default() += 1;
    }
    let mut kept: Vec<Link<'_>> = Vec::new();
    let mut at: HashMap<NodeId, usize> = HashMap::new();
    for (link, row) in links.into_iter().zip(rows) {
        let Some(row) = row.filter(|row| n_links[row] <= LINKS_A_ROW) else {
            kept.push(link);
            continue;
        };
        match at.get(&row) {
            Some(&n) if kept[n].title.chars().count() >= link.title.chars().count() => {}
            Some(&n) => kept[n] = link,
            None => {
                at.insert(row, kept.len());
                kept.push(link);
            }
        }
    }
    kept
}

/// The nearest element that HTML itself calls a row; where a table row shows several dates, it holds several items.
/// `several` remembers which table rows do.
fn row_element<'a>(element: ElementRef<'a>, several: &mut HashMap<NodeId, bool>) -> Option<ElementRef<'a>> {
    let mut cell = None;
    for above in element.ancestors().filter_map(ElementRef::wrap) {
        match above.value().name() {
            "li" | "dd" => return Some(above),
            "td" => cell = cell.or(Some(above)),
            "tr" => {
                let several = *several.entry(above.id()).or_insert_with(|| n_dates(above) > 1);
                return if several { cell } else { Some(above) };
            }
            _ => {}
        }
    }
    None
}

/// How many texts beside the links of a table row hold a date.
fn n_dates(row: ElementRef<'_>) -> usize {
    let texts = pieces(row, &|inner| inner.value().name() == "a");
    texts.iter().filter(|text| find_date(text).is_some()).count()
}

/// How many links of the list every element holds.
pub(super) fn held_by(links: &[Link<'_>]) -> HashMap<NodeId, usize> {
    let mut held = HashMap::new();
    for link in links {
        for above in link.element.ancestors() {
            *held.entry(above.id()).or_default() += 1;
        }
    }
    held
}

/// For every link the highest element that holds no other link of the list; the link itself where there is none.
pub(super) fn rows<'a>(links: &[Link<'a>]) -> Vec<ElementRef<'a>> {
    let held = held_by(links);
    let single = links.len() == 1;
    links
        .iter()
        .map(|link| {
            if single {
                // Nothing tells where the only row ends but the markup itself.
                let parent = || link.element.parent().and_then(ElementRef::wrap);
                return row_element(link.element, &mut HashMap::new()).or_else(parent).unwrap_or(link.element);
            }
            let alone = link.element.ancestors().take_while(|above| held.get(&above.id()) == Some(&1));
            alone.filter_map(ElementRef::wrap).last().unwrap_or(link.element)
        })
        .collect()
}
