//! [`Document`] → [`Outline`]: markers, depth, headings, roles and inline items, tiling the text.

use crate::model::{Document, Outline, Role, Section};

/// Reads the structure of a document. Total: whatever the text, every non-blank character lands in one section.
pub fn structure(document: &Document) -> Outline {
    let text = document.text();
    let end = text.chars().count();
    let body = Section {
        path: "body".to_owned(),
        parent: None,
        level: 0,
        role: Role::Body,
        style: None,
        marker: None,
        number: None,
        heading: None,
        items: Vec::new(),
        part: Vec::new(),
        table: None,
        start: 0,
        text_start: 0,
        end,
        subtree_end: end,
        flags: Vec::new(),
    };
    Outline { text, sections: vec![body], ..Outline::default() }
}
