//! Lonsun (龙讯): the first rows stand in the page, more come as markup from `/site/label/…?labelName=…&pageIndex=2`.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::pager::{Pager, declared};
use super::rows::targets;
use super::view::View;
use super::{Found, fixed};

/// A page whose script asks for a label with a list.
pub(super) fn lonsun(view: &View<'_>) -> Option<Found> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| fixed(r#"['"]([^'"\s]*/site/label/\d+)\??[^'"]*['"]"#));
    static NAMED: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"(?s)\{[^{}]*\blabelName['"]?\s*:\s*['"](?:publicInfoList|\w*[lL]ist)['"][^{}]*\}"#));
    let label = view.resolve(&LABEL.captures(&view.markup)?[1])?;
    let parameters = NAMED.find(&view.markup)?.as_str();
    let here = targets(view);
    let declared = declared(view);
    let page = if here.is_empty() { 1 } else { 2 };
    let more = here.is_empty() || declared.pages.is_some_and(|pages| pages >= page);
    let next = more.then(|| ask(label, parameters, page));
    Some(Found::of("lonsun", here, Pager { next, ..declared }))
}

/// The label with the parameters of the script, as the script sends them.
fn ask(mut label: Url, parameters: &str, page: u32) -> Url {
    static PAIR: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"['"]?(\w+)['"]?\s*:\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))\s*[,}]"#));
    let mut fields = vec![("IsAjax".to_owned(), "1".to_owned()), ("dataType".to_owned(), "html".to_owned())];
    for pair in PAIR.captures_iter(parameters) {
        let known = ["IsAjax", "dataType", "pageIndex", "_"].contains(&&pair[1]);
        let value = pair.get(2).or_else(|| pair.get(3)).or_else(|| pair.get(4));
        if let Some(value) = value.filter(|_| !known) {
            fields.push((pair[1].to_owned(), value.as_str().to_owned()));
        }
    }
    fields.push(("pageIndex".to_owned(), page.to_string()));
    label.query_pairs_mut().clear().extend_pairs(fields);
    label
}
