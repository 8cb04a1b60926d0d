//! The sections of a document as a tree, with the warnings where they belong.

use maud::{Markup, html};

use super::facts::is_odd;
use super::labels::word;
use super::records::{Cells, Entry, Section, Warning};

/// Deeper levels are drawn like this one.
const DEEPEST: u32 = 7;

/// The tree; each heading leads to the section's text in the pane beside it.
pub(super) fn outline(entry: &Entry) -> Markup {
    let text: Vec<char> = entry.document.text.chars().collect();
    html! {
        ol.tree {
            @for section in &entry.sections {
                @let warnings = warnings_in(section, &entry.document.warnings);
                li #{ "s" (section.seq) } class={ "l" (section.level.min(DEEPEST)) } data-s=(section.seq) {
                    (heading(section))
                    (chips(section, &entry.sections))
                    (own(section, &text, &warnings, &entry.tables))
                    @for warning in &warnings { (told(warning)) }
                }
            }
        }
    }
}

/// A warning as a line.
pub(super) fn told(warning: &Warning) -> Markup {
    html! {
        p.warn { b { (word(&warning.code)) } @if let Some(detail) = &warning.detail { " " (detail) } }
    }
}

/// Warnings that start within the own span of a section.
fn warnings_in<'a>(section: &Section, warnings: &'a [Warning]) -> Vec<&'a Warning> {
    let here = |warning: &&Warning| warning.start.is_some_and(|start| (section.start..section.end).contains(&start));
    warnings.iter().filter(here).collect()
}

fn heading(section: &Section) -> Markup {
    html! {
        a.go href={ "#t" (section.seq) } {
            @if let Some(marker) = &section.marker { span.marker { (marker.trim()) } }
            @match &section.heading {
                Some(heading) => span.head { (heading) },
                None => @if section.marker.is_none() { span.role { (word(&section.role)) } },
            }
            code.path { (section.path) }
        }
    }
}

/// Odd numbers, and the mandated parts that begin here: what is inside of a part need not say so again.
fn chips(section: &Section, all: &[Section]) -> Markup {
    let parent = section.parent_id.as_ref().and_then(|id| all.iter().find(|parent| parent.id == *id));
    let parts: Vec<&String> =
        section.part.iter().filter(|part| parent.is_none_or(|parent| !parent.part.contains(part))).collect();
    let flags: Vec<&String> = section.flags.iter().filter(|flag| is_odd(flag)).collect();
    html! {
        @if !parts.is_empty() || !flags.is_empty() {
            span.chips {
                @for part in parts { span.chip.part { (word(part)) } }
                @for flag in flags { span.chip.flag { (word(flag)) } }
            }
        }
    }
}

fn own(section: &Section, text: &[char], warnings: &[&Warning], tables: &[Cells]) -> Markup {
    let table = tables.iter().find(|table| table.section_id == section.id);
    html! {
        @match table {
            Some(table) => (grid(table)),
            None => {
                @let pieces = pieces(section, text, warnings);
                @if pieces.iter().any(|(piece, _)| !piece.trim().is_empty()) {
                    p.own { @for (piece, is_odd) in &pieces { @if *is_odd { mark { (piece) } } @else { (piece) } } }
                }
            }
        }
    }
}

fn grid(table: &Cells) -> Markup {
    let heads = table.header_rows.unwrap_or_default();
    html! {
        div.scroll tabindex="0" {
            table.cells {
                @for (n, row) in table.rows.iter().enumerate() {
                    tr { @for cell in row { @if n < heads { th { (cell) } } @else { td { (cell) } } } }
                }
            }
        }
    }
}

/// The own text of a section, cut where a span begins or ends that a warning is about.
fn pieces(section: &Section, text: &[char], warnings: &[&Warning]) -> Vec<(String, bool)> {
    let end = section.end.min(text.len());
    let start = section.text_start.min(end);
    let is_odd = |at: usize| {
        let within =
            |warning: &&&Warning| warning.start.zip(warning.end).is_some_and(|(start, end)| (start..end).contains(&at));
        warnings.iter().any(|warning| within(&warning))
    };
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (at, c) in text.iter().enumerate().take(end).skip(start) {
        let odd = !warnings.is_empty() && is_odd(at);
        match pieces.last_mut() {
            Some((piece, is)) if *is == odd => piece.push(*c),
            _ => pieces.push((c.to_string(), odd)),
        }
    }
    pieces
}
