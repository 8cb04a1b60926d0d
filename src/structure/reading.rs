//! One document read through all passes, in the order that [`super`] explains.

use std::collections::HashSet;

use crate::model::{Document, Without};

use super::assemble::{self, Draft, Numbered};
use super::heading::{Heading, headings};
use super::kind::Kind;
use super::lines::{Line, Text};
use super::marker::Marker;
use super::quote::{self, Inside, Quotes};
use super::roles::{self, Opening, RoleRule, Roles};
use super::tree::{self, Candidate, Slot, Taken};
use super::{shape, unbroken};

/// What a marker is worth less that may stand inside a quotation.
const QUOTED: i32 = 60;
/// A second marker on a line stands behind a heading of at most so many characters.
const SECOND_MARKER: usize = 25;
/// What a second marker on a line is worth less: it needs a line that goes on counting.
const SECOND: i32 = 45;

/// Everything that is known of a document before its rows are written.
pub(super) struct Reading {
    /// Its lines.
    pub(super) text: Text,
    /// Its open quotations.
    pub(super) quotes: Quotes,
    /// By which rule each line has a role.
    pub(super) roles: Roles,
    /// Where sections and attached documents may begin.
    pub(super) slots: Vec<Slot>,
    /// What became of each slot.
    pub(super) taken: Vec<Option<Taken>>,
    /// The attached documents.
    pub(super) openings: Vec<Opening>,
    /// The rows in the making.
    pub(super) drafts: Vec<Draft>,
    /// The heading of each.
    pub(super) headings: Vec<Option<Heading>>,
}

impl Reading {
    /// Runs the passes.
    pub(super) fn new(document: &Document, without: &Without) -> Self {
        let mut text = Text::new(document);
        unbroken::split_whole_documents(&mut text);
        unbroken::split_adopted(&mut text);
        unbroken::split_sections(&mut text);
        unbroken::split_answers(&mut text);
        unbroken::leave_lists_in_paragraphs(&mut text);
        roles::split_signatures(&mut text);
        let quotes = quote::quotes(&text);
        let mut roles: Roles = vec![None; text.lines.len()];
        // Before a pass looks at the lines, so that it may take what a rule that is off would have taken before it.
        let keep = |roles: &mut Roles| {
            for role in roles.iter_mut().filter(|role| role.is_some_and(|rule| !without.allows(rule.name()))) {
                *role = None;
            }
        };
        roles::mark_tables(&text, &mut roles);
        keep(&mut roles);
        roles::mark_contents(&text, &mut roles);
        keep(&mut roles);
        let head = roles::mark_head(&text, document, &mut roles);
        keep(&mut roles);
        roles::mark_annex_lists(&text, head, &mut roles);
        keep(&mut roles);
        roles::mark_tail(&text, head, &mut roles);
        keep(&mut roles);
        let mut openings = roles::openings(&text, document, head, &roles);
        openings.retain(|opening| without.allows(opening.rule.name()));
        for opening in openings.iter().filter(|opening| opening.rule.worth() > 0) {
            roles::mark_inner_addressee(&text, opening.end, &mut roles);
        }
        keep(&mut roles);
        let slots = slots(&text, &roles, &quotes, &openings);
        let taken = tree::best_reading(&slots);
        let (openings, numbered) = chosen(&slots, &taken, openings);
        let drafts = assemble::drafts(&text, &roles, &openings, &numbered);
        let headings = headings(&text, &drafts, without);
        Self { text, quotes, roles, slots, taken, openings, drafts, headings }
    }
}

/// Every place where a section or an attached document may begin, in order.
fn slots(text: &Text, roles: &Roles, quotes: &Quotes, openings: &[Opening]) -> Vec<Slot> {
    let alone = alone(text);
    let mut slots = Vec::new();
    let mut next = openings.iter().peekable();
    let mut signed = None;
    for (n, line) in text.lines.iter().enumerate() {
        if let Some(opening) = next.next_if(|opening| opening.line == n) {
            slots.push(Slot::Break { line: n, worth: opening.rule.worth() });
            continue;
        }
        if roles[n] == Some(RoleRule::SignedDay) {
            signed = Some(n);
        }
        if roles[n].is_some() || quotes.inside[n] == Inside::Certainly {
            continue;
        }
        let stop = text.view(line).last().copied().unwrap_or('\0');
        let led = n > 0 && text.view(&text.lines[n - 1]).last() == Some(&':');
        let candidate = |marker: Marker, less: i32| {
            let shape = shape::shape(text, &marker, line.end);
            Candidate { marker, worth: marker.weight + shape.score - less, heading: shape.heading, led, stop, signed }
        };
        let inside = if quotes.inside[n] == Inside::Perhaps { QUOTED } else { 0 };
        let readings =
            line.readings.map(|marker| marker.filter(|marker| !alone.contains(&(marker.kind, marker.number))));
        let Some(first) = readings[0].or(readings[1]) else { continue };
        let candidates = readings.map(|marker| marker.map(|marker| candidate(marker, inside)));
        slots.push(Slot::Number { line: n, second: false, candidates });
        if let Some(second) = second_marker(text, &first, line) {
            let candidates = [Some(candidate(second, inside + SECOND)), None];
            slots.push(Slot::Number { line: n, second: true, candidates });
        }
    }
    slots
}

/// The kinds and numbers of lines that number nothing, since they stand alone, or are letters before answers of a
/// question and items of a section: a letter that opens a section stands over a text.
fn alone(text: &Text) -> HashSet<(Kind, u16)> {
    let lines = text.lines.iter().enumerate();
    let markers: Vec<(usize, Marker)> =
        lines.flat_map(|(n, line)| line.readings.into_iter().flatten().map(move |marker| (n, marker))).collect();
    if !markers.iter().any(|(_, marker)| marker.needs_company()) {
        return HashSet::new();
    }
    let all: HashSet<(Kind, u16)> = markers.iter().map(|(_, marker)| (marker.kind, marker.number)).collect();
    let of = |kind: Kind| markers.iter().filter(move |(_, marker)| marker.kind == kind);
    let heads = |n: usize, marker: &Marker| {
        let letter = |line: &Line| line.readings.iter().flatten().any(|next| next.kind == marker.kind);
        shape::shape(text, marker, text.lines[n].end).heading && text.lines.get(n + 1).is_some_and(|line| !letter(line))
    };
    let letters = [Kind::Letter, Kind::LetterParen, Kind::RomanParen];
    let items = |kind: Kind| {
        letters.contains(&kind) && of(kind).filter(|(n, marker)| heads(*n, marker)).count() * 4 < of(kind).count() * 3
    };
    let beside = |marker: &Marker| {
        let other = |number: u16| all.contains(&(marker.kind, number));
        other(marker.number + 1) || other(marker.number.wrapping_sub(1))
    };
    let needy = markers.iter().map(|(_, marker)| marker).filter(|marker| marker.needs_company());
    needy.filter(|marker| !beside(marker) || items(marker.kind)).map(|marker| (marker.kind, marker.number)).collect()
}

/// `一、贷款政策（一）贷款额度` and `1、（1）房票用于…` begin two sections.
fn second_marker(text: &Text, first: &Marker, line: &Line) -> Option<Marker> {
    let from = text.skip_blanks(first.end, line.end);
    let reach = (from + SECOND_MARKER).min(line.end);
    let heading =
        text.folded[from..reach].iter().take_while(|c| !matches!(c, '(' | '。' | ',' | ';' | ':' | '、' | '“' | '《'));
    let at = from + heading.count();
    if at == reach || text.folded[at] != '(' {
        return None;
    }
    let [Some(second), _] = text.readings_at(at, line.end) else { return None };
    (second.number == 1 && second.kind != first.kind).then_some(second)
}

/// The attached documents and sections of the best reading.
fn chosen(slots: &[Slot], taken: &[Option<Taken>], openings: Vec<Opening>) -> (Vec<Opening>, Vec<Numbered>) {
    let mut numbered = Vec::new();
    let mut kept = Vec::new();
    let mut openings = openings.into_iter();
    for (slot, taken) in slots.iter().zip(taken) {
        match (slot, taken) {
            (Slot::Break { .. }, taken) => kept.extend(openings.next().filter(|_| taken.is_some())),
            (Slot::Number { line, candidates, .. }, Some(Taken::Section { candidate, depth, flag })) => {
                let marker = candidates[*candidate].map(|candidate| candidate.marker);
                numbered.extend(marker.map(|marker| Numbered { line: *line, marker, depth: *depth, flag: *flag }));
            }
            (Slot::Number { .. }, _) => {}
        }
    }
    (kept, numbered)
}
