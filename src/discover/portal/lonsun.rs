//! Lonsun (龙讯): the first rows stand in the page, more come as markup from `/site/label/…?labelName=…&pageIndex=2`.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::discover::found::FoundList;
use crate::discover::list::targets;
use crate::discover::pager::{Pager, declared};
use crate::discover::pattern::pattern;
use crate::discover::script::{Literal, literals};
use crate::page::View;

/// A page whose script asks for a label with a list.
pub(super) fn read(view: &View) -> Option<FoundList> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r#"['"]([^'"\s]*/site/label/\d+)\??[^'"]*['"]"#));
    let label = view.resolve(&LABEL.captures(view.markup())?[1])?;
    let names_list = |literal: &Literal| {
        literal.get("labelName").is_some_and(|name| name.ends_with("List") || name.ends_with("list"))
    };
    let parameters = literals(view.markup()).find(names_list)?;
    let here = targets(view);
    let declared = declared(view);
    let page = if here.is_empty() { 1 } else { 2 };
    let more = here.is_empty() || declared.pages.is_some_and(|pages| pages >= page);
    let next = more.then(|| ask(label, &parameters, page));
    Some(FoundList::of("lonsun", here, Pager { next, ..declared }))
}

/// The label with the parameters of the script, as the script sends them.
fn ask(mut label: Url, parameters: &Literal, page: u32) -> Url {
    let known = ["IsAjax", "dataType", "pageIndex", "_"];
    let others = parameters.fields().filter(|(key, _)| !known.contains(key));
    label
        .query_pairs_mut()
        .clear()
        .extend_pairs([("IsAjax", "1"), ("dataType", "html")])
        .extend_pairs(others)
        .append_pair("pageIndex", &page.to_string());
    label
}
