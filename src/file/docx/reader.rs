//! What is known while a document is read from its beginning to its end.

use super::super::field::Fields;
use super::super::flow::{Flow, Line};
use super::notes::Notes;
use super::numbering::Numbering;
use super::styles::Styles;

/// What is known while a document is read from its beginning to its end.
pub(super) struct Reader<'a, 'x> {
    /// What was read.
    pub(super) flow: Flow<'a>,
    /// Looks by style.
    pub(super) styles: Styles,
    /// Fields that are open.
    pub(super) fields: Fields,
    /// Notes.
    pub(super) notes: Notes<'x>,
    /// List numbers.
    pub(super) numbering: Numbering,
    /// Text of paragraphs whose end a tracked change has deleted: it goes on in the next one.
    pub(super) carried: Line,
}

impl<'a, 'x> Reader<'a, 'x> {
    /// Nothing read yet.
    pub(super) fn new(flow: Flow<'a>, styles: Styles, numbering: Numbering, notes: Notes<'x>) -> Self {
        Self { flow, styles, fields: Fields::default(), notes, numbering, carried: Line::default() }
    }
}
