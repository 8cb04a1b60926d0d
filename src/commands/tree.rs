//! The records of a page as a tree for people: metadata, then every section under its parent.

use std::fmt::Write as _;

use super::terminal::{Paint, printable};
use crate::language::told;
use crate::model::{DocumentRecord, Records, Reject, Role, SectionRecord};

/// How much of a section's text a line shows, in characters.
const SHOWN: usize = 40;

/// The tree of one page.
pub(super) fn tree(name: &str, records: &Records, paint: Paint) -> String {
    let mut out = String::new();
    let document = &records.document;
    let title = document.title.as_deref().unwrap_or("(no title)");
    line(&mut out, 0, &[paint.bold(title)]);
    for (label, value) in facts(name, document) {
        line(&mut out, 1, &[paint.dim(&format!("{label:<10}")), printable(&value).into_owned()]);
    }
    for section in &records.sections {
        line(&mut out, depth(section) + 1, &section_parts(section, paint));
    }
    for warning in &document.warnings {
        let detail = warning.detail.as_deref().unwrap_or_default();
        line(&mut out, 1, &[paint.alarm(&word(&warning.code)), paint.dim(detail)]);
    }
    out
}

/// The line for a page that gave no record.
pub(super) fn rejected(name: &str, reject: Reject, paint: Paint) -> String {
    let why = format!("no article ({}: {})", word(&reject.stage), reject.reason.as_str());
    format!("{} {}\n", paint.bold(name), paint.alarm(&why))
}

fn facts(name: &str, document: &DocumentRecord) -> Vec<(&'static str, String)> {
    let joined = |list: &[String], by: &str| (!list.is_empty()).then(|| list.join(by));
    let number = |n: u64| Some(n.to_string());
    let facts = [
        ("file", Some(name.to_owned())),
        ("url", document.url.clone()),
        ("profile", document.profile.clone()),
        ("breadcrumb", joined(&document.breadcrumb, " > ")),
        ("published", document.published_at.clone().or_else(|| document.published.clone())),
        ("author", document.author.clone()),
        ("publisher", document.publisher.clone()),
        ("number", document.document_number.clone()),
        ("index", document.index_number.clone()),
        ("type", document.document_type.clone()),
        ("genre", document.genre.map(|genre| genre.as_str().to_owned())),
        ("year", document.report_year.map(|year| year.to_string())),
        ("issuer", joined(&document.issuers, "、")),
        ("addressee", joined(&document.addressees, "、")),
        ("cc", joined(&document.cc, "、")),
        ("dated", document.dated.clone()),
        ("printed", document.printed.clone()),
        ("copies", document.copies.map(|copies| copies.to_string())),
        ("files", joined(&document.attachments.iter().map(|file| file.name.clone()).collect::<Vec<_>>(), ", ")),
        ("characters", number(document.char_count as u64)),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

fn section_parts(section: &SectionRecord, paint: Paint) -> Vec<String> {
    let mut parts = Vec::new();
    let opens = matches!(section.role, Role::Section | Role::Annex | Role::Question | Role::Answer);
    if !opens {
        parts.push(paint.name(&word(&section.role)));
    }
    let marker = section.marker.as_deref().unwrap_or_default();
    match &section.heading {
        Some(heading) => parts.push(paint.bold(&format!("{marker}{heading}"))),
        None if opens => parts.push(printable(&format!("{marker}{}", beginning(&section.text))).into_owned()),
        None => parts.push(printable(&beginning(&section.text)).into_owned()),
    }
    let mut notes = Vec::new();
    if section.heading.is_some() && !section.text.trim().is_empty() {
        notes.push(format!("{} characters", section.text.chars().count()));
    }
    if !section.items.is_empty() {
        notes.push(format!("{} items", section.items.len()));
    }
    notes.extend(section.part.iter().map(|part| format!("part {}", word(part))));
    notes.extend(section.flags.iter().map(word));
    if !notes.is_empty() {
        let notes: Vec<_> = notes.iter().map(|note| told(note)).collect();
        parts.push(paint.dim(&format!("[{}]", notes.join(", "))));
    }
    parts
}

/// Sections outside the numbered body stand at the depth of level 1.
fn depth(section: &SectionRecord) -> usize {
    section.level.max(1) as usize - 1
}

fn beginning(text: &str) -> String {
    let text = text.trim();
    let shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() { shown + "…" } else { shown }
}

/// The word that stands for the value in the records.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => other.map(|value| value.to_string()).unwrap_or_default(),
    }
}

fn line(out: &mut String, depth: usize, parts: &[String]) {
    let text = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{:indent$}{text}", "", indent = depth * 2);
}
