//! Where an element of a list page leads: by its `href`, or by the address that its script goes to.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::pattern::pattern;
use crate::page::{View, text_of};

/// Where a link leads: its `href`, or the address that its script goes to.
pub(super) fn address<'a>(view: &View, attr: impl Fn(&str) -> Option<&'a str>) -> Option<Url> {
    let href = attr("href").unwrap_or_default().trim();
    let is_script = href.is_empty() || href.starts_with('#') || href.to_ascii_lowercase().starts_with("javascript:");
    if !is_script {
        return view.resolve(href).filter(|url| matches!(url.scheme(), "http" | "https"));
    }
    let scripts = [attr("onclick").unwrap_or_default(), href];
    let found = scripts.iter().find_map(|script| view.resolve(script_address(script)?));
    let found = found.or_else(|| scripts.iter().find_map(|script| view.resolve(&called(view, script)?)));
    // What a script will take from an attribute.
    let told = ["tagname", "data-href", "data-url"].iter().filter_map(|name| attr(name));
    let found = found.or_else(|| told.filter(|told| told.contains(['/', '.'])).find_map(|told| view.resolve(told)));
    // A list whose items are opened by scripts is a list all the same: its items are counted, and named as lost.
    found.or_else(|| href.starts_with("javascript:").then(|| Url::parse(href).ok()).flatten())
}

/// The address in `location.href='index_2.html'`, `window.open("…")`, `goto('/c1/2.html')`.
fn script_address(script: &str) -> Option<&str> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"['"]([^'"\s]*(?:/|\.\w*html?|\?)[^'"\s]*)['"]"#));
    QUOTED.captures(script)?.get(1).map(|found| found.as_str())
}

/// The address that a function of the page goes to: `open('12')` where the page says
/// `function open(id) { location.href = '/a/' + id + '.html' }`.
fn called(view: &View, script: &str) -> Option<String> {
    static CALL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:javascript:)?\s*(?:return\s+)?([A-Za-z_$][\w$]*)\s*\(([^()]*)\)"));
    static GOES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:\blocation(?:\.href)?\s*=\s*|\b(?:open|assign|replace)\s*\(\s*)"));
    /// A function of a template that opens an item is short.
    const LONGEST: usize = 600;
    let call = CALL.captures(script)?;
    let markup = view.markup();
    let heads =
        [format!("function {}", &call[1]), format!("{} = function", &call[1]), format!("{}=function", &call[1])];
    let at = heads.iter().find_map(|head| Some(markup.find(head.as_str())? + head.len()))?;
    let (parameters, body) = markup.get(at..)?.trim_start().strip_prefix('(')?.split_once(')')?;
    let names = parameters.split(',').map(str::trim);
    let values = call[2].split(',').map(|value| value.trim().trim_matches(['\'', '"']));
    let known: Vec<(&str, &str)> = names.zip(values).collect();
    let body: String = body.chars().take(LONGEST).collect();
    let value = |name: &str| known.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    GOES.find_iter(&body).find_map(|goes| text_of(body.get(goes.end()..)?, &value))
}
