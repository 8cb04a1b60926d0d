//! Hanweb jcms (大汉): records as XML in a script of the page, more of them from a proxy.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use url::Url;

use crate::discover::found::FoundList;
use crate::discover::list::targets;
use crate::discover::pager::{Pager, query};
use crate::discover::pattern::pattern;
use crate::discover::script;
use crate::model::Target;
use crate::page::parse_html;
use crate::page::{View, seen};
use crate::text::address_day;

/// `<recordset>` in the page, or as the answer of `dataproxy.jsp`.
pub(super) fn read(view: &View) -> Option<FoundList> {
    static RECORD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?s)<record>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>"));
    let records: Vec<String> = RECORD
        .captures_iter(view.markup())
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
    Some(FoundList::of("hanweb_jcms", targets, pager))
}

/// `urls[i]='/art/…'; headers[i]='…'; year[i]='2023'; month[i]='2'; day[i]='28'; i++;`: every record of the column.
fn arrays(view: &View) -> Option<FoundList> {
    static FIELD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"\b(urls|headers|year|month|day)\[\w+\]\s*=\s*(?:'([^']*)'|"([^"]*)"|(\d+))"#));
    let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for field in FIELD.captures_iter(view.markup()) {
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
    (!targets.is_empty()).then(|| FoundList::of("hanweb_jcms", targets, Pager::default()))
}

fn jcms_pager(view: &View, n_records: usize) -> Pager {
    static TOTAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)<totalrecord>\s*(\d+)|\btotalRecord\s*[:=]\s*['\x22]?(\d+)"));
    static PER_PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bperPage\s*[:=]\s*['\x22]?(\d+)"));
    let number = |pattern: &Regex| -> Option<u32> {
        let found = pattern.captures(view.markup())?;
        found.iter().skip(1).flatten().next()?.as_str().parse().ok()
    };
    let items = number(&TOTAL);
    let in_query = query::number(view.url(), "perpage").or_else(|| number(&PER_PAGE));
    let rows_a_page = in_query.filter(|&rows| rows > 0);
    let pages = items.zip(rows_a_page).map(|(items, rows)| items.div_ceil(rows).max(1));
    Pager { next: jcms_next(view, n_records, items, rows_a_page), pages, items }
}

/// The next group of records: behind those of an answer, behind those of the page, or where `<nextgroup>` leads.
fn jcms_next(view: &View, n_records: usize, items: Option<u32>, rows_a_page: Option<u32>) -> Option<Url> {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?s)<nextgroup>.*?href=['"]?([^'">\s]+)"#));
    let start = query::number(view.url(), "startrecord").unwrap_or(1) as usize;
    let seen = start + n_records - 1;
    if items.is_some_and(|items| seen >= items as usize) {
        return None;
    }
    if query::number(view.url(), "startrecord").is_some() {
        let next = query::with(view.url(), "startrecord", seen + 1);
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
    let group = NEXT.captures(view.markup())?;
    view.resolve(&group[1].replace("&amp;", "&")).filter(|url| url != view.url())
}

/// `proxyUrl: '/module/web/jpage/dataproxy.jsp', ajaxParam: {col: 1, columnid: 8, unitid: '276315', …}`.
fn proxy(view: &View) -> Option<Url> {
    static PROXY: LazyLock<Regex> = LazyLock::new(|| pattern(r#"['"]([^'"\s]*/dataproxy\.jsp)['"]"#));
    let mut url = view.resolve(&PROXY.captures(view.markup())?[1])?;
    let parameters = script::literals(view.markup()).find(|literal| literal.name == "ajaxParam")?;
    url.query_pairs_mut().extend_pairs(parameters.fields());
    Some(url)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
