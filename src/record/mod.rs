//! Assembling the records: ids, revisions, provenance.

use crate::model::{Capture, Document, Outline, Page, Records, SourceId};

/// Where the bytes of a page came from.
#[derive(Debug, Clone, Copy)]
pub struct Provenance<'a> {
    /// The portal column; `None` for a page read from a file.
    pub source: Option<&'a SourceId>,
    /// Region code that the source declares.
    pub region: Option<&'a str>,
    /// The archived answer; `None` for a page read from a file.
    pub capture: Option<&'a Capture>,
    /// SHA-256 of the bytes, 64 hex digits.
    pub sha256: &'a str,
    /// How many bytes there are.
    pub bytes: u64,
    /// Revision of the capture before this one, if the text differed.
    pub prev_rev: Option<&'a str>,
}

/// Assembles the records of one page.
pub fn records(_page: &Page, _document: &Document, _outline: &Outline, _from: Provenance<'_>) -> Records {
    unimplemented!("record")
}
