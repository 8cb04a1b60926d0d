//! The nastiest numbering that a survey of real documents found, each in words of our own.

mod counts; // how the numbers of a document run: across chapters, into annexes, back to one
mod typing; // how markers are typed: slipped brackets, dashes for numbers, two on one line

use gongwen::model::{Block, Document, Outline, Role};
use gongwen::structure;

pub(super) fn outline(lines: &[&str]) -> Outline {
    structure(&Document { blocks: lines.iter().copied().map(Block::paragraph).collect(), ..Document::default() })
}

/// Sections as `level marker heading`, a missing heading as `-`.
pub(super) fn tree(lines: &[&str]) -> Vec<String> {
    let row = |row: &gongwen::model::Section| {
        let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
        let marker = row.marker.as_deref().unwrap_or("附").replace('\n', "");
        numbered.then(|| format!("{} {marker} {}", row.level, row.heading.as_deref().unwrap_or("-")))
    };
    outline(lines).sections.iter().filter_map(row).collect()
}
