//! The page that a page without a list of its own shows in a frame.

use std::sync::LazyLock;

use regex::Regex;
use scraper::Selector;
use url::Url;

use super::pattern::{pattern, selector};
use crate::page::View;

/// Where a frame on this page leads: of several the first that names a list.
pub(super) fn framed(view: &View) -> Option<Url> {
    static FRAMES: LazyLock<Selector> = LazyLock::new(|| selector("iframe[src], frame[src]"));
    static LIST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)list|search|lb\b|dir|catalog|more|news|index"));
    let sources = view.html().select(&FRAMES).filter_map(|frame| view.resolve(frame.attr("src")?));
    let here = |url: &Url| url.host() == view.url().host() && matches!(url.scheme(), "http" | "https");
    sources.filter(here).find(|url| LIST.is_match(&format!("{}?{}", url.path(), url.query().unwrap_or_default())))
}
