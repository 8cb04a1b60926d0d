//! [`Document`] → [`Outline`]: markers, depth, headings, roles and inline items, tiling the text.
//!
//! The passes, in an order that matters:
//!
//! 1. Lines. A document that lost its line breaks is cut, then a paragraph of several sections with headings, then `答：（一）…` into label and list, then `青石镇人民政府　2023年2月28日` into who signs and when. A paragraph that is a list in itself numbers nothing.
//!    Everything behind this works on lines that never change again, each with the markers that it may begin with.
//! 2. Quotations: what is numbered inside them is not the document's.
//! 3. Roles. A line gets at most one, and the first rule wins, so certain evidence comes before weak: tables and their
//!    notes (markup says so); contents lists (they look like sections, so before anything that looks for those); the
//!    head (title, number, readers), which says where the rest may begin; lists of annexes, which must be known before
//!    the signatures below them and before the annexes that they name; the tail.
//! 4. Openings of attached documents: they need the head (nothing is attached above it), the signatures (a title behind
//!    one opens a document), and the names in the letter and in its list of annexes. Whom an attached letter is for
//!    comes last of the roles, since only an opening tells a reader's line inside the text from running text.
//! 5. The best reading of all lines that have no role and are not quoted: which are sections, how they nest, and which
//!    openings open a document.
//! 6. Rows: lines dealt out to sections, headings by the vote of siblings, paths, items; then facts and warnings.

mod lines;
mod unbroken;
mod kind;
mod marker;
mod shape;
mod quote;
mod names;
mod roles;
mod cost;
mod tree;
mod assemble;
mod reading;
mod sentence;
mod listing;
mod heading;
mod items;
mod rows;
mod genre;
mod part;
mod facts;
mod check;
mod explain;

use crate::model::{Document, Outline, Without};

pub use cost::Cost;
pub use explain::{Explanation, LineExplanation, ReadingExplanation};
pub use genre::GenreRule;
pub use heading::HeadingRule;
pub use roles::{AnnexRule, RoleRule};

use reading::Reading;

/// Reads the structure of a document. Total: whatever the text, every non-blank character lands in one section.
pub fn structure(document: &Document) -> Outline {
    structure_without(document, Without::NOTHING)
}

/// The same with rules switched off, to measure what they do.
pub fn structure_without(document: &Document, without: &Without) -> Outline {
    outline(document, &Reading::new(document, without), without)
}

/// Explains the structure of a document.
pub fn explain(document: &Document, without: &Without) -> Explanation {
    let reading = Reading::new(document, without);
    explain::explanation(document, &reading, &outline(document, &reading, without), without)
}

/// The names of all rules of the structure.
pub fn rule_names() -> Vec<&'static str> {
    let names = [
        RoleRule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>(),
        AnnexRule::ALL.iter().map(|rule| rule.name()).collect(),
        HeadingRule::ALL.iter().map(|rule| rule.name()).collect(),
        GenreRule::ALL.iter().map(|rule| rule.name()).collect(),
    ];
    names.concat()
}

fn outline(document: &Document, reading: &Reading, without: &Without) -> Outline {
    let sections = rows::rows(document, reading);
    let mut outline = Outline { text: document.text(), sections, ..Outline::default() };
    facts::add(document, &reading.text, &mut outline, without);
    outline.warnings = check::warnings(&reading.text, &reading.quotes, &outline);
    outline
}
