//! The further pages of an article that the portal cut into several, joined behind the first one.

use std::collections::{BTreeSet, VecDeque};

use url::Url;

use crate::discover;
use crate::extract::{self, Rules};
use crate::model::{Document, PageFormat, Warning, WarningCode, page_key};
use crate::page::{self, View};

/// A further page of an article.
#[derive(Debug)]
pub struct PartPage {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Address after redirects.
    pub url: Url,
    /// The header of the answer.
    pub content_type: Option<String>,
}

/// Gives the further pages of articles by their addresses, as far as they are at hand.
pub type Parts<'a> = &'a dyn Fn(&Url) -> Option<PartPage>;

/// Puts the further pages of an article behind its first one; what is not at hand is a warning.
pub(super) fn join(document: &mut Document, view: &View, rules: Rules<'_>, parts: Parts<'_>) {
    let mut seen = BTreeSet::from([page_key(view.url())]);
    let mut open = VecDeque::from(discover::further_pages(view));
    let mut missing = Vec::new();
    while let Some(url) = open.pop_front() {
        if !seen.insert(page_key(&url)) {
            continue;
        }
        let Some((part, further)) = parts(&url).and_then(|part| read_part(&part, rules)) else {
            missing.push(url.to_string());
            continue;
        };
        open.extend(further);
        document.page_urls.push(url);
        append(document, part);
    }
    if !missing.is_empty() {
        document.warnings.push(Warning::of_document(WarningCode::GoesOn, missing.join(" ")));
    }
}

/// The article of a further page, and where that leads on.
fn read_part(part: &PartPage, rules: Rules<'_>) -> Option<(Document, Vec<Url>)> {
    let content_type = part.content_type.as_deref();
    let page = page::decode(&part.bytes, content_type, PageFormat::Html, Some(&part.url)).ok()?;
    let view = View::new(page);
    let document = extract::extract_by(&view, rules).ok()?;
    Some((document, discover::further_pages(&view)))
}

/// Puts one page behind those before it; a page that holds the whole article takes their place.
fn append(document: &mut Document, part: Document) {
    let is_whole = part.blocks.len() > document.blocks.len() && part.blocks.starts_with(&document.blocks);
    if is_whole {
        document.blocks = part.blocks;
    } else {
        document.blocks.extend(part.blocks);
    }
    for attachment in part.attachments {
        if !document.attachments.contains(&attachment) {
            document.attachments.push(attachment);
        }
    }
}
