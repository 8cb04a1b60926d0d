//! The files that hang on a page, as a crawl is to know them.

use url::Url;

use crate::config::Source;
use crate::extract::{self, Content, Rules};
use crate::file::FileKind;
use crate::model::{Attachment, PageFormat};
use crate::page::line_class::may_link_files;
use crate::page::{self, View};

/// The files of a page, by the rules of its source; none of what is a file itself, or no page.
pub(super) fn of_page(source: &Source, url: &Url, content_type: Option<&str>, body: &[u8]) -> Vec<Attachment> {
    if !may_link_files(body) || FileKind::of(body).is_some() {
        return Vec::new();
    }
    let rules = Rules { article: &source.article, ..Rules::default() };
    let page = page::decode(body, content_type, PageFormat::Html, Some(url)).ok();
    let content = page.and_then(|page| extract::content(&View::new(page), rules).ok());
    content.map(|(Content::Article(document) | Content::Files(document))| document.attachments).unwrap_or_default()
}
