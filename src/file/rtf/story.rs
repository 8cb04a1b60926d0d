//! A text of an RTF file while it is read: the document, a note, a text box; and the numbers drawn in it.

use super::super::flow::Line;
use super::super::list::{Marker, Suffix, with_suffix};
use super::super::rows::Rows;
use crate::model::Block;
use crate::text::clean_line;

/// Text that goes into the document, a note or a text box.
#[derive(Default)]
pub(super) struct Story {
    pub(super) blocks: Vec<Block>,
    pub(super) rows: Rows,
    pub(super) line: Line,
    pub(super) marker: String,
}

/// What the writer of the file has drawn before a paragraph.
pub(super) fn marker_of(text: &str) -> Option<Marker> {
    let tab = text.ends_with('\t');
    let marker = clean_line(text);
    match marker.chars().any(char::is_alphanumeric) {
        true if tab => Some(Marker::Number(with_suffix(marker, Suffix::Tab))),
        true if text.ends_with(' ') => Some(Marker::Number(with_suffix(marker, Suffix::Space))),
        true => Some(Marker::Number(marker)),
        false if marker.is_empty() => None,
        false => Some(Marker::Bullet),
    }
}
