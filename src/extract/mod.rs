//! [`View`] → [`Document`]: finding the article, its blocks and its metadata.

mod explain;
mod rules;
mod body;
mod fields;
mod files;
mod json;
mod shell;
mod teasers;
mod page_type;
mod embedded;
mod article;
mod printed;
mod plain;
mod paper;

pub use explain::{BodyCandidate, DroppedLine, Explanation, FieldCandidate};
pub use rules::{
    BodyRule, DayRule, DropRule, JoinRule, LeftRule, NameRule, NumberRule, PageRule, ReachRule, Rules, TitleRule,
    WeightRule, rule_names,
};

use url::Url;

use crate::model::{Block, Document, PageFormat, Reason, Reject, Stage, Without};
use crate::page::{View, sent_on};
use explain::Trace;

/// Finds the article of a page.
///
/// # Errors
/// A page that is no article is rejected with the reason.
pub fn extract(view: &View) -> Result<Document, Reject> {
    extract_by(view, Rules::default())
}

/// Finds the article of a page of which something is known: what its source file says.
///
/// # Errors
/// A page that is no article is rejected with the reason.
pub fn extract_by(view: &View, rules: Rules<'_>) -> Result<Document, Reject> {
    content(view, rules)?.article()
}

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An article.
    Article(Document),
    /// Only files: what the page says of them, and a document without a text.
    Files(Document),
}

impl Content {
    /// The article; a page of files has none.
    ///
    /// # Errors
    /// The page is rejected as `attachment_only`.
    pub fn article(self) -> Result<Document, Reject> {
        match self {
            Self::Article(document) => Ok(document),
            Self::Files(_) => Err(Reject { stage: Stage::Extract, reason: Reason::AttachmentOnly }),
        }
    }
}

/// Finds the article of a page, or the files that stand in its place.
///
/// # Errors
/// A page that is neither is rejected with the reason.
pub fn content(view: &View, rules: Rules<'_>) -> Result<Content, Reject> {
    read(view, rules, &mut Trace::off(rules.without))
}

/// The document that a file is, by its blocks.
///
/// # Errors
/// A file without text is rejected.
pub fn of_file(blocks: Vec<Block>, url: Option<&Url>) -> Result<Document, Reject> {
    paper::document(blocks, url, &mut Trace::off(Without::NOTHING))
}

/// What extraction weighed on a page, and by which rules it chose what it chose.
pub fn explain(view: &View, rules: Rules<'_>) -> Explanation {
    let mut trace = Trace::on(rules.without);
    let result = read(view, rules, &mut trace).and_then(Content::article);
    Explanation { reject: result.err(), ..trace.into_explanation() }
}

fn read(view: &View, rules: Rules<'_>, trace: &mut Trace<'_>) -> Result<Content, Reject> {
    if sent_on(view).is_some() {
        return Err(Reject { stage: Stage::Extract, reason: Reason::Redirect });
    }
    if json::is_json(view.markup()) {
        let shown = json::of_answer(view.markup()).map(|shown| view.fragment(shown));
        let none = Reject { stage: Stage::Extract, reason: Reason::NoArticle };
        return shown.map_or(Err(none), |shown| article::document(&shown, rules, trace));
    }
    match view.page.format {
        PageFormat::Html => article::document(view, rules, trace),
        PageFormat::Plain => plain::document(&view.page, trace).map(Content::Article),
    }
}
