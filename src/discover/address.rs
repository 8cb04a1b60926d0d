//! Where an element of a list page leads: by its `href`, or by the address that its script goes to.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;
use url::Url;

use super::pattern::pattern;
use crate::page::View;

/// Where a link leads: its `href`, or the address that its script goes to.
pub(super) fn address(view: &View, element: ElementRef<'_>) -> Option<Url> {
    let href = element.attr("href").unwrap_or_default().trim();
    let is_script = href.is_empty() || href.starts_with('#') || href.to_ascii_lowercase().starts_with("javascript:");
    if !is_script {
        return view.resolve(href).filter(|url| matches!(url.scheme(), "http" | "https"));
    }
    let scripts = [element.attr("onclick").unwrap_or_default(), href];
    let found = scripts.iter().find_map(|script| view.resolve(script_address(script)?));
    // What a script will take from an attribute.
    let told = ["tagname", "data-href", "data-url"].iter().filter_map(|name| element.attr(name));
    let found = found.or_else(|| told.filter(|told| told.contains(['/', '.'])).find_map(|told| view.resolve(told)));
    // A list whose items are opened by scripts is a list all the same: its items are counted, and named as lost.
    found.or_else(|| href.starts_with("javascript:").then(|| Url::parse(href).ok()).flatten())
}

/// The address in `location.href='index_2.html'`, `window.open("…")`, `goto('/c1/2.html')`.
fn script_address(script: &str) -> Option<&str> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"['"]([^'"\s]*(?:/|\.\w*html?|\?)[^'"\s]*)['"]"#));
    QUOTED.captures(script)?.get(1).map(|found| found.as_str())
}
