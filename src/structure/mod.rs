//! [`Document`] → [`Outline`]: markers, depth, headings, roles and inline items, tiling the text.

mod lines;
mod glued;
mod marker;
mod shape;
mod quote;
mod organ;
mod roles;
mod head;
mod colophon;
mod annex_note;
mod tail;
mod annex;
mod tree;
mod draft;
mod sentence;
mod heading;
mod items;
mod rows;
mod genre;
mod part;
mod facts;
mod check;

use crate::model::{Document, Outline};

use annex::Opening;
use draft::Found;
use lines::Text;
use quote::{Inside, Quotes};
use roles::Roles;
use tree::{Candidate, Slot, Taken};

/// What a marker is worth less that may stand inside a quotation.
const QUOTED: i32 = 60;
/// A second marker on a line stands behind a heading of at most so many characters.
const SECOND_MARKER: usize = 25;
/// What a second marker on a line is worth less: it needs a line that goes on counting.
const SECOND: i32 = 45;

/// Reads the structure of a document. Total: whatever the text, every non-blank character lands in one section.
pub fn structure(document: &Document) -> Outline {
    let mut text = Text::new(document);
    glued::split_whole_documents(&mut text);
    tail::split_signatures(&mut text);
    let quotes = quote::quotes(&text);
    let mut roles: Roles = vec![None; text.lines.len()];
    roles::mark_tables(&text, &mut roles);
    roles::mark_contents(&text, &mut roles);
    let head = head::mark_head(&text, document, &mut roles);
    tail::mark_tail(&text, head, &mut roles);
    let openings = annex::openings(&text, document, head, &roles);
    for opening in openings.iter().filter(|opening| opening.worth > 0) {
        head::mark_inner_addressee(&text, opening.end, &mut roles);
    }
    let slots = slots(&text, &roles, &quotes, &openings);
    let (openings, found) = chosen(&slots, openings);
    let drafts = draft::drafts(&text, &roles, &openings, &found);
    let sections = rows::rows(&text, document, &openings, &drafts);
    let mut outline = Outline { text: document.text(), sections, ..Outline::default() };
    facts::add(document, &text, &mut outline);
    outline.warnings = check::warnings(&text, &quotes, &outline);
    outline
}

/// Every place where a section or an attached document may begin, in order.
fn slots(text: &Text, roles: &Roles, quotes: &Quotes, openings: &[Opening]) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut next = openings.iter().peekable();
    for (n, line) in text.lines.iter().enumerate() {
        if let Some(opening) = next.next_if(|opening| opening.line == n) {
            slots.push(Slot::Break { worth: opening.worth });
            continue;
        }
        if roles[n].is_some() || quotes.inside[n] == Inside::Certainly {
            continue;
        }
        let led = n > 0 && lines::ends(text.view(&text.lines[n - 1]), ":");
        let candidate = |marker: marker::Marker, less: i32| {
            let shape = shape::shape(text, &marker, line.end);
            Candidate { marker, worth: marker.weight + shape.score - less, heading: shape.heading, led }
        };
        let inside = if quotes.inside[n] == Inside::Perhaps { QUOTED } else { 0 };
        let readings = marker::read(text, line.start, line.end);
        let Some(first) = readings[0].or(readings[1]) else { continue };
        let candidates = readings.map(|marker| marker.map(|marker| candidate(marker, inside)));
        slots.push(Slot::Number { line: n, second: false, candidates });
        if let Some(second) = second_marker(text, &first, line.end) {
            let candidates = [Some(candidate(second, inside + SECOND)), None];
            slots.push(Slot::Number { line: n, second: true, candidates });
        }
    }
    slots
}

/// `一、贷款政策（一）贷款额度` and `1、（1）房票用于…` begin two sections.
fn second_marker(text: &Text, first: &marker::Marker, end: usize) -> Option<marker::Marker> {
    let from = text.skip_blanks(first.end, end);
    let reach = (from + SECOND_MARKER).min(end);
    let heading =
        text.folded[from..reach].iter().take_while(|c| !matches!(c, '(' | '。' | ',' | ';' | ':' | '、' | '“' | '《'));
    let at = from + heading.count();
    if at == reach || text.folded[at] != '(' {
        return None;
    }
    let [Some(second), _] = marker::read(text, at, end) else { return None };
    (second.number == 1 && second.kind != first.kind).then_some(second)
}

/// The attached documents and sections of the best reading.
fn chosen(slots: &[Slot], openings: Vec<Opening>) -> (Vec<Opening>, Vec<Found>) {
    let mut found = Vec::new();
    let mut kept = Vec::new();
    let mut openings = openings.into_iter();
    for (slot, taken) in slots.iter().zip(tree::best_reading(slots)) {
        match (slot, taken) {
            (Slot::Break { .. }, taken) => kept.extend(openings.next().filter(|_| taken.is_some())),
            (Slot::Number { line, candidates, .. }, Some(Taken::Section { candidate, depth, flag })) => {
                let marker = candidates[candidate].map(|candidate| candidate.marker);
                found.extend(marker.map(|marker| Found { line: *line, marker, depth, flag }));
            }
            (Slot::Number { .. }, _) => {}
        }
    }
    (kept, found)
}
