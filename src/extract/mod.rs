//! [`Page`] → [`Document`]: finding the article, its blocks and its metadata.

mod html;
mod plain;
mod paper;
mod families;
mod foot;
mod copies;
mod locate;
mod choose;
mod trim;
mod wrapped;
mod pictures;
mod blocks;
mod table;
mod labelled;
mod title;
mod fields;
mod published;
mod refuse;
mod stored;
mod trace;
mod explain;

pub use explain::{BodyCandidate, DroppedLine, Explanation, FieldCandidate, ProfileMarks};

use crate::config::{ArticleRules, ProfileChoice, Profiles};
use url::Url;

use crate::model::{Block, Document, Page, PageFormat, Reject};
use trace::Trace;

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
pub fn extract(page: &Page, rules: Rules<'_>) -> Result<Document, Reject> {
    read(page, rules, &mut Trace::off())
}

/// The document that a file is, by its blocks.
///
/// # Errors
/// A file without text is rejected.
pub fn of_file(blocks: Vec<Block>, url: Option<&Url>) -> Result<Document, Reject> {
    paper::document(blocks, url, &mut Trace::off())
}

/// What extraction weighed on a page, and why it chose what it chose.
pub fn explain(page: &Page, rules: Rules<'_>) -> Explanation {
    let mut trace = Trace::on();
    let result = read(page, rules, &mut trace);
    Explanation { reject: result.err(), ..trace.into_explanation() }
}

fn read(page: &Page, rules: Rules<'_>, trace: &mut Trace) -> Result<Document, Reject> {
    match page.format {
        PageFormat::Html => html::document(page, rules, trace),
        PageFormat::Plain => plain::document(page, trace),
    }
}
