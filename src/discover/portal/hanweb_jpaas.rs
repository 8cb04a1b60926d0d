//! Hanweb jpaas (大汉): a unit of the page is loaded as markup inside of JSON.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::discover::found::FoundList;
use crate::discover::json;
use crate::discover::list::targets;
use crate::discover::pager::Pager;
use crate::discover::pattern::pattern;
use crate::discover::script;
use crate::page::View;

/// `<script parseType="bulidstatic" url="/api-gateway/…/build/unit" querydata="{'webId':'…'}">`, and its answers.
pub(super) fn read(view: &View) -> Option<FoundList> {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"(?is)<script[^>]*\burl=["']([^"']*/build/unit)["'][^>]*\bquerydata="(\{[^"]*\})""#)
    });
    if view.url().path().ends_with("/build/unit") {
        return jpaas_answer(view);
    }
    let unit = UNIT.captures(view.markup())?;
    let here = targets(view);
    let mut next = view.resolve(&unit[1])?;
    let question = script::literals(unit.get(2)?.as_str()).next().unwrap_or_default();
    next.query_pairs_mut().extend_pairs(question.fields());
    // A page that is drawn by the server holds the first rows itself.
    let (page, size) = if here.is_empty() { (1, 15) } else { (2, here.len()) };
    next.query_pairs_mut().append_pair("paramJson", &format!("{{\"pageNo\":{page},\"pageSize\":{size}}}"));
    Some(FoundList::of("hanweb_jpaas", here, Pager { next: Some(next), pages: None, items: None }))
}

fn jpaas_answer(view: &View) -> Option<FoundList> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bcount=["']?(\d+)"#));
    static ROWS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\brows=["']?(\d+)"#));
    let html = json::answer(view)?.html?;
    let number = |pattern: &Regex| -> Option<u32> { pattern.captures(&html)?[1].parse().ok() };
    let (items, rows) = (number(&COUNT), number(&ROWS).filter(|&rows| rows > 0));
    let pages = items.zip(rows).map(|(items, rows)| items.div_ceil(rows).max(1));
    let targets = targets(&view.fragment(html.clone()));
    let next = next_param_json(view.url(), targets.len(), pages);
    Some(FoundList::of("hanweb_jpaas", targets, Pager { next, pages, items }))
}

/// The page number of jpaas stands in a JSON text that is the value of `paramJson`.
fn next_param_json(url: &Url, n_here: usize, pages: Option<u32>) -> Option<Url> {
    let (_, text) = url.query_pairs().find(|(key, _)| key == "paramJson")?;
    let mut parameters: serde_json::Value = serde_json::from_str(&text).ok()?;
    let page = parameters.get("pageNo")?.as_u64()?;
    let size = parameters.get("pageSize").and_then(serde_json::Value::as_u64).unwrap_or(1);
    let more = pages.map_or(n_here as u64 >= size, |pages| page < u64::from(pages));
    if !more || n_here == 0 {
        return None;
    }
    *parameters.get_mut("pageNo")? = page.checked_add(1)?.into();
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .map(|(key, value)| {
            let value = if key == "paramJson" { parameters.to_string() } else { value.into_owned() };
            (key.into_owned(), value)
        })
        .collect();
    let mut next = url.clone();
    next.query_pairs_mut().clear().extend_pairs(pairs);
    Some(next)
}
