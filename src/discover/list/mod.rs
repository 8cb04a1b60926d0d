//! The main list of a page: links that stand in rows of one shape, with dates beside them and titles worth reading.

mod path;
mod rows;
mod signs;

use std::collections::{BTreeMap, HashMap};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::day::order::{Shown, years};
use super::day::shown_day;
use super::link::{Link, is_neighbour, links};
use crate::model::Target;
use crate::page::View;
use crate::text::address_day;
use path::Paths;
use rows::{around, beside, held_by, one_link_a_row, rows, told_day};
use signs::{Heading, Signs};

/// Least weight of a list as a whole, and of its rows on average, for it to be one.
const LEAST_LIST: i32 = 20;
const LEAST_ROW: i32 = 10;
/// Enough for the rows of a list whose heading is the name of the column.
const LEAST_NAMED: i32 = LEAST_ROW / 2;
/// What a date beside a link adds to its weight.
const DATED: i32 = 30;

/// So many rows without a date count; more of them are the menu of a whole portal, not a longer list.
const UNDATED_ROWS: usize = 25;
/// A text of so many characters with a full stop is running text.
const PROSE: usize = 40;

/// So few rows without a date are a list only if they lie below the folder of the page.
const FEW: usize = 3;

/// Most links of a page that are looked at; real list pages have some hundreds.
const MOST_LINKS: usize = 20_000;

/// The items of the main list, in the order of the page.
pub(super) fn targets(view: &View) -> Vec<Target> {
    lists(view).main
}

/// What lists a page has.
#[derive(Default)]
pub(super) struct Lists<'a> {
    /// The items of the main list, in the order of the page.
    pub(super) main: Vec<Target>,
    /// How many other lists of at least three items the page has.
    pub(super) n_others: usize,
    /// The elements above the items of the main list.
    pub(super) place: String,
    /// Characters of running text in the rows of the main list.
    pub(super) prose: usize,
    /// The last link of the main list.
    pub(super) last: Option<ElementRef<'a>>,
}

/// Finds the lists of a page.
///
/// Links of one list have the same path of elements above them, whatever the number of the row; so all links are
/// grouped by that path, and the group that weighs most is the main list. Lists in several parts (a heading and five
/// items for each sub-column) are one group.
pub(super) fn lists(view: &View) -> Lists<'_> {
    let mut paths = Paths::default();
    let mut groups: BTreeMap<usize, Vec<Link<'_>>> = BTreeMap::new();
    for link in links(view).take(MOST_LINKS) {
        groups.entry(paths.of(link.element)).or_default().push(link);
    }
    let lists = groups.into_iter().map(|(path, links)| (path, list(&one_link_a_row(links))));
    let lists: Vec<(usize, List<'_>)> = lists.filter(|(_, list)| list.grade >= LEAST_NAMED).collect();
    let lists = graded(view, lists);
    let n_long = lists.iter().filter(|(_, (_, list))| list.targets.len() >= 3).count();
    // Of equals the first on the page.
    let main = lists.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best });
    let main = main.map(|(_, main)| main);
    let Some((path, main)) = main else { return Lists::default() };
    Lists {
        n_others: n_long - usize::from(main.targets.len() >= 3),
        main: main.targets,
        place: paths.in_words(path),
        prose: main.prose,
        last: main.ends.map(|(_, last)| last),
    }
}

/// What a sign that a list is that of the column is worth: it outweighs a list so many times as heavy.
const SIGN: i64 = 4;

/// The lists that are good enough, each with its weight and what the signs on the page add to it.
fn graded<'a>(view: &'a View, lists: Vec<(usize, List<'a>)>) -> Vec<(i64, (usize, List<'a>))> {
    let signs = Signs::new(view);
    let near = |list: &List<'_>| signs.nearness(list.ends?.0);
    let nearest = lists.iter().filter(|(_, list)| list.grade >= LEAST_ROW).filter_map(|(_, list)| near(list)).max();
    let graded = lists.into_iter().filter_map(|(path, list)| {
        let (first, last) = list.ends?;
        let heading = signs.heading(first, last);
        let named = heading == Heading::Column;
        let floor = if named { LEAST_NAMED } else { LEAST_ROW };
        let for_it = [named, list.at_home, nearest.is_some() && near(&list) == nearest].map(u32::from);
        let against_it = u32::from(heading == Heading::Beside);
        let weight = i64::from(list.weight) * SIGN.pow(1 + for_it.iter().sum::<u32>() - against_it);
        (list.grade >= floor).then_some((weight, (path, list)))
    });
    graded.collect()
}

/// How many characters of running text a text is.
pub(super) fn prose(text: &str) -> usize {
    let length = text.chars().count();
    if length >= PROSE && text.contains('。') { length } else { 0 }
}

struct List<'a> {
    targets: Vec<Target>,
    weight: i32,
    /// How good the rows are on average; 0 if they are too few, all in all.
    grade: i32,
    /// The first link and the last one.
    ends: Option<(ElementRef<'a>, ElementRef<'a>)>,
    /// Most of the links lead to what lies below the page.
    at_home: bool,
    /// Characters of running text in the rows.
    prose: usize,
}

/// A row: its item, and how much speaks for it.
struct Row<'a> {
    target: Target,
    link: ElementRef<'a>,
    /// What holds the row and others.
    part: Option<NodeId>,
    shown: Shown,
    at_home: bool,
    weight: i32,
    prose: usize,
}

impl Row<'_> {
    /// It shows a day, with a year or without.
    fn is_dated(&self) -> bool {
        self.shown != Shown::Nothing
    }
}

fn list<'a>(links: &[Link<'a>]) -> List<'a> {
    let elements = rows(links);
    let held = held_by(links);
    let mut rows: Vec<Row<'a>> = links
        .iter()
        .zip(elements)
        .filter_map(|(link, row)| {
            let texts = beside(link, row);
            if texts.iter().any(|text| is_neighbour(text)) {
                return None;
            }
            let inside = shown_day(&texts, &link.url);
            let mut around = around(row, &held).map(|texts| shown_day(&texts, &link.url));
            let shown = match (inside, told_day(row)) {
                (Shown::Day(_), _) => inside,
                (_, Some(day)) => Shown::Day(day),
                (Shown::NoYear(..), None) => around.find(|shown| matches!(shown, Shown::Day(_))).unwrap_or(inside),
                (Shown::Nothing, None) => around.find(|shown| *shown != Shown::Nothing).unwrap_or(inside),
            };
            let target = Target { url: link.url.clone(), title: link.title.clone(), date: None };
            let weight = link.weight + if shown == Shown::Nothing { 0 } else { DATED };
            let prose = texts.iter().map(|text| prose(text)).sum();
            let part = row.parent().map(|parent| parent.id());
            Some(Row { target, link: link.element, part, shown, at_home: link.at_home, weight, prose })
        })
        .collect();
    keep_list(&mut rows);
    // Where nearly all rows are dated, a link without a date that looks like none of them belongs to a menu of the
    // same make.
    if rows.iter().filter(|row| row.is_dated()).count() * 4 > rows.len() * 3 {
        rows.retain(|row| row.is_dated() || row.weight >= LEAST_ROW);
    }
    let shown: Vec<Shown> = rows.iter().map(|row| row.shown).collect();
    for (row, day) in rows.iter_mut().zip(years(&shown)) {
        // An address far from the day that the row shows says when an old page was put on the portal again.
        let bare = !row.is_dated();
        row.target.date = day.or_else(|| address_day(row.target.url.path()).filter(|_| bare));
    }
    weighed(rows)
}

fn weighed(rows: Vec<Row<'_>>) -> List<'_> {
    let dated: i32 = rows.iter().filter(|row| row.is_dated()).map(|row| row.weight).sum();
    let undated: i32 = rows.iter().filter(|row| !row.is_dated()).take(UNDATED_ROWS).map(|row| row.weight).sum();
    let few = rows.len() < FEW && rows.iter().all(|row| row.target.date.is_none());
    let least = if few { 3 * LEAST_ROW } else { LEAST_ROW };
    let n_counted = rows.iter().filter(|row| row.is_dated()).count() + UNDATED_ROWS;
    let weight = dated + undated;
    let average = weight / i32::try_from(rows.len().clamp(1, n_counted)).unwrap_or(i32::MAX);
    List {
        weight,
        ends: rows.first().zip(rows.last()).map(|(first, last)| (first.link, last.link)),
        at_home: rows.iter().filter(|row| row.at_home).count() * 2 > rows.len(),
        grade: if weight < LEAST_LIST { 0 } else { average * LEAST_ROW / least },
        prose: rows.iter().map(|row| row.prose).sum(),
        targets: rows.into_iter().map(|row| row.target).collect(),
    }
}

/// Of boxes that are made alike, keeps those that are the list: a menu has neither days nor items, and a box of other
/// columns leads away where the list leads to what lies below it.
fn keep_list(rows: &mut Vec<Row<'_>>) {
    let mut boxes: HashMap<Option<NodeId>, Boxed> = HashMap::new();
    for row in rows.iter() {
        let own = boxes.entry(row.part).or_default();
        own.rows += 1;
        own.dated += i32::from(row.is_dated());
        own.at_home += i32::from(row.at_home);
        own.weight += row.weight;
    }
    if boxes.values().any(Boxed::holds_items) {
        boxes.retain(|_, own| own.holds_items() || own.dated > 0);
    }
    if boxes.values().any(|own| own.at_home == own.rows) {
        boxes.retain(|_, own| own.at_home > 0 || own.rows < 3);
    }
    rows.retain(|row| boxes.contains_key(&row.part));
}

/// The rows that one element holds.
#[derive(Default)]
struct Boxed {
    rows: i32,
    dated: i32,
    at_home: i32,
    weight: i32,
}

impl Boxed {
    fn holds_items(&self) -> bool {
        self.weight >= self.rows * LEAST_ROW
    }
}
