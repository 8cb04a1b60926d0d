//! The fields around an article, each chosen among what labels and tags say.

mod sources;
mod published;
mod head_days;
mod names;
mod numbers;
mod orders;
mod declared;
mod badges;
mod title;
mod title_metadata;
mod title_rank;

pub(super) use declared::{DeclaredTitles, ends_like_title, names_site};
pub(super) use sources::{Around, Sources};
pub(super) use title::{Shown, Title, title};

use super::explain::Trace;
use crate::model::Document;

/// Fills the fields of the document whose title, breadcrumb and attachments are known.
pub(super) fn fill(sources: &Sources<'_>, document: &mut Document, trace: &mut Trace<'_>) {
    published::published(sources, document, trace);
    document.publisher = names::publisher(sources, document, trace);
    document.author = names::author(sources, document, trace);
    document.document_number = numbers::document_number(sources, document, trace);
    document.index_number = numbers::index_number(sources, trace);
    document.views = numbers::views(sources, trace);
}
