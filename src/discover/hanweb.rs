//! Hanweb (大汉) lists: jcms keeps its records as XML in a script and loads more from a proxy; jpaas loads a unit as
//! JSON.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use url::Url;

use super::Found;
use super::fixed;
use super::json;
use super::pager::{Pager, declared};
use super::query;
use super::rows::targets;
use super::view::{View, seen};
use crate::model::Target;
use crate::page::parse_html;
use crate::text::address_day;

/// `<recordset>` in the page, or as the answer of `dataproxy.jsp`.
pub(super) fn jcms(view: &View<'_>) -> Option<Found> {
    static RECORD: LazyLock<Regex> =
        LazyLock::new(|| fixed(r"(?s)<record>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>"));
    let records: Vec<String> = RECORD
        .captures_iter(&view.markup)
        .filter_map(|found| found.get(1).or_else(|| found.get(2)))
        // Some systems escape the markup of the records once more.
        .map(
            |record| {
                if record.as_str().contains("&lt;") { unescaped(record.as_str()) } else { record.as_str().to_owned() }
            },
        )
        .collect();
    if records.is_empty() {
        return arrays(view);
    }
    let rows = records.iter().map(|record| format!("<div class=\"record\">{record}</div>")).collect::<String>();
    let targets = targets(&view.fragment(rows));
    let pager = jcms_pager(view, records.len());
    Some(Found::of("hanweb_jcms", targets, pager))
}

/// `urls[i]='/art/…'; headers[i]='…'; year[i]='2023'; month[i]='2'; day[i]='28'; i++;`: every record of the column.
fn arrays(view: &View<'_>) -> Option<Found> {
    static FIELD: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"\b(urls|headers|year|month|day)\[\w+\]\s*=\s*(?:'([^']*)'|"([^"]*)"|(\d+))"#));
    let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for field in FIELD.captures_iter(&view.markup) {
        let value = field.get(2).or_else(|| field.get(3)).or_else(|| field.get(4))?;
        fields.entry(field.get(1)?.as_str()).or_default().push(value.as_str());
    }
    let of = |name: &str, n: usize| fields.get(name).and_then(|values| values.get(n)).copied();
    let target = |n: usize| {
        let url = view.resolve(of("urls", n)?)?;
        let title = seen(parse_html(of("headers", n)?).root_element());
        let number = |name: &str| of(name, n).and_then(|value| value.parse().ok());
        let year = of("year", n).and_then(|year| year.parse().ok());
        let shown = || Date::new(year?, number("month")?, number("day")?).ok();
        let date = shown().or_else(|| address_day(url.path()));
        (!title.is_empty()).then_some(Target { url, title, date })
    };
    let targets: Vec<Target> = (0..fields.get("urls")?.len()).filter_map(target).collect();
    (!targets.is_empty()).then(|| Found::of("hanweb_jcms", targets, Pager::default()))
}

fn jcms_pager(view: &View<'_>, n_records: usize) -> Pager {
    static TOTAL: LazyLock<Regex> =
        LazyLock::new(|| fixed(r"(?i)<totalrecord>\s*(\d+)|\btotalRecord\s*[:=]\s*['\x22]?(\d+)"));
    static PER_PAGE: LazyLock<Regex> = LazyLock::new(|| fixed(r"(?i)\bperPage\s*[:=]\s*['\x22]?(\d+)"));
    let number = |pattern: &Regex| -> Option<u32> {
        let found = pattern.captures(&view.markup)?;
        found.iter().skip(1).flatten().next()?.as_str().parse().ok()
    };
    let items = number(&TOTAL);
    let in_query = query_number(&view.url, "perpage").or_else(|| number(&PER_PAGE));
    let rows_a_page = in_query.filter(|&rows| rows > 0);
    let pages = items.zip(rows_a_page).map(|(items, rows)| items.div_ceil(rows).max(1));
    Pager { next: jcms_next(view, n_records, items, rows_a_page), pages, items }
}

/// The next group of records: behind those of an answer, behind those of the page, or where `<nextgroup>` leads.
fn jcms_next(view: &View<'_>, n_records: usize, items: Option<u32>, rows_a_page: Option<u32>) -> Option<Url> {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| fixed(r#"(?s)<nextgroup>.*?href=['"]?([^'">\s]+)"#));
    let start = query_number(&view.url, "startrecord").unwrap_or(1) as usize;
    let seen = start + n_records - 1;
    if items.is_some_and(|items| seen >= items as usize) {
        return None;
    }
    if query_number(&view.url, "startrecord").is_some() {
        let next = query::with(&view.url, "startrecord", seen + 1);
        return Some(query::with(&next, "endrecord", seen + n_records));
    }
    if let (Some(proxy), Some(rows)) = (proxy(view), rows_a_page) {
        let mut next = proxy;
        next.query_pairs_mut()
            .append_pair("startrecord", &(seen + 1).to_string())
            .append_pair("endrecord", &(seen + n_records).to_string())
            .append_pair("perpage", &rows.to_string());
        return Some(next);
    }
    let group = NEXT.captures(&view.markup)?;
    view.resolve(&group[1].replace("&amp;", "&")).filter(|url| *url != view.url)
}

/// `proxyUrl: '/module/web/jpage/dataproxy.jsp', ajaxParam: {col: 1, columnid: 8, unitid: '276315', …}`.
fn proxy(view: &View<'_>) -> Option<Url> {
    static PROXY: LazyLock<Regex> = LazyLock::new(|| fixed(r#"['"]([^'"\s]*/dataproxy\.jsp)['"]"#));
    static PARAMETERS: LazyLock<Regex> = LazyLock::new(|| fixed(r"(?s)\bajaxParam\s*:\s*\{([^{}]*)\}"));
    static PAIR: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"['"]?(\w+)['"]?\s*:\s*(?:'([^']*)'|"([^"]*)"|([\w./-]+))"#));
    let mut url = view.resolve(&PROXY.captures(&view.markup)?[1])?;
    let parameters = PARAMETERS.captures(&view.markup)?;
    let pairs = PAIR.captures_iter(parameters.get(1)?.as_str()).filter_map(|pair| {
        let value = pair.get(2).or_else(|| pair.get(3)).or_else(|| pair.get(4))?;
        Some((pair[1].to_owned(), value.as_str().to_owned()))
    });
    url.query_pairs_mut().extend_pairs(pairs);
    Some(url)
}

/// The catalogue of hanweb: an answer of `/module/xxgk/search.jsp`, which is asked for its next page with `currpage`.
pub(super) fn xxgk(view: &View<'_>) -> Option<Found> {
    view.url.path().contains("/module/xxgk/").then_some(())?;
    let here = targets(view);
    let declared = declared(view);
    let page = query_number(&view.url, "currpage").unwrap_or(1);
    let more = !here.is_empty() && declared.pages.is_some_and(|pages| page < pages);
    let next = more.then(|| query::with(&view.url, "currpage", page as usize + 1));
    Some(Found::of("hanweb_xxgk", here, Pager { next, ..declared }))
}

/// `<script parseType="bulidstatic" url="/api-gateway/…/build/unit" querydata="{'webId':'…'}">`, and its answers.
pub(super) fn jpaas(view: &View<'_>) -> Option<Found> {
    static UNIT: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"(?is)<script[^>]*\burl=["']([^"']*/build/unit)["'][^>]*\bquerydata="(\{[^"]*\})""#));
    static PAIR: LazyLock<Regex> = LazyLock::new(|| fixed(r"'(\w+)'\s*:\s*'([^']*)'"));
    if view.url.path().ends_with("/build/unit") {
        return jpaas_answer(view);
    }
    let unit = UNIT.captures(&view.markup)?;
    let here = targets(view);
    let mut next = view.resolve(&unit[1])?;
    let pairs = PAIR.captures_iter(unit.get(2)?.as_str()).map(|pair| (pair[1].to_owned(), pair[2].to_owned()));
    next.query_pairs_mut().extend_pairs(pairs.collect::<Vec<_>>());
    // A page that is drawn by the server holds the first rows itself.
    let (page, size) = if here.is_empty() { (1, 15) } else { (2, here.len()) };
    next.query_pairs_mut().append_pair("paramJson", &format!("{{\"pageNo\":{page},\"pageSize\":{size}}}"));
    Some(Found::of("hanweb_jpaas", here, Pager { next: Some(next), pages: None, items: None }))
}

fn jpaas_answer(view: &View<'_>) -> Option<Found> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| fixed(r#"\bcount=["']?(\d+)"#));
    static ROWS: LazyLock<Regex> = LazyLock::new(|| fixed(r#"\brows=["']?(\d+)"#));
    let html = json::answer(view)?.html?;
    let number = |pattern: &Regex| -> Option<u32> { pattern.captures(&html)?[1].parse().ok() };
    let (items, rows) = (number(&COUNT), number(&ROWS).filter(|&rows| rows > 0));
    let pages = items.zip(rows).map(|(items, rows)| items.div_ceil(rows).max(1));
    let targets = targets(&view.fragment(html.clone()));
    let next = next_param_json(&view.url, targets.len(), pages);
    Some(Found::of("hanweb_jpaas", targets, Pager { next, pages, items }))
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

fn query_number(url: &Url, key: &str) -> Option<u32> {
    url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1.parse().ok()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
