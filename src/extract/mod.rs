//! Bytes → [`Page`] → [`Document`]: decoding, finding the article, its blocks and its metadata.

mod decode;
mod explain;

pub use decode::decode;
pub use explain::{BodyCandidate, DroppedLine, Explanation, FieldCandidate, ProfileMarks};

use crate::config::{ArticleRules, ProfileChoice, Profiles};
use crate::model::{Document, Page, Reason, Reject, Stage};

/// What extraction is told besides the page.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The known portal families.
    pub profiles: &'a Profiles,
    /// How the family is found.
    pub choice: &'a ProfileChoice,
    /// Overrides of the source.
    pub article: &'a ArticleRules,
}

/// Finds the article of a page.
///
/// # Errors
/// A page that is no article is rejected with the reason.
pub fn extract(_page: &Page, _rules: Rules<'_>) -> Result<Document, Reject> {
    Err(Reject { stage: Stage::Extract, reason: Reason::NoArticle })
}

/// What extraction weighed on a page, and why it chose what it chose.
pub fn explain(page: &Page, rules: Rules<'_>) -> Explanation {
    Explanation { reject: extract(page, rules).err(), ..Explanation::default() }
}
