//! Epoint (新点): a search interface that takes a JSON question and counts rows, not pages.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};
use url::Url;

use crate::discover::found::FoundList;
use crate::discover::json;
use crate::discover::list::targets;
use crate::discover::pager::Pager;
use crate::discover::pattern::pattern;
use crate::model::Posted;
use crate::page::View;

/// Rows of one answer.
const ROWS: u64 = 20;

/// A column that asks the interface, or one of its answers.
pub(super) fn read(view: &View) -> Option<FoundList> {
    answer(view).or_else(|| column(view))
}

/// `categorynum = '003001'` and the address of the interface in a script; the page itself has no rows.
fn column(view: &View) -> Option<FoundList> {
    static INTERFACE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"['"]([^'"\s]*/rest/(?:esinteligentsearch/)?getFullTextData\w*)['"]"#));
    static CATEGORY: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)categorynum['"]?\s*[:=]\s*['"]?(\d{3,30})"#));
    let interface = view.resolve(&INTERFACE.captures(view.markup())?[1])?;
    let category = &CATEGORY.captures(view.markup())?[1];
    if !targets(view).is_empty() {
        return None;
    }
    let question = json!({
        "pn": 0, "rn": ROWS, "fields": "title", "sort": "{\"webdate\":0}", "ssort": "title", "cl": 200,
        "condition": [{ "fieldName": "categorynum", "equal": category, "isLike": true, "likeType": 2 }],
        "noParticiple": "0", "isBusiness": "1",
    });
    let next = Some(Posted::json(&interface, &question.to_string()));
    Some(FoundList::of("epoint", Vec::new(), Pager { next, ..Pager::default() }))
}

fn answer(view: &View) -> Option<FoundList> {
    let question: Value = serde_json::from_str(&Posted::of(view.url())?.body).ok()?;
    let answer = json::answer(view)?;
    let next = next(view.url(), question, answer.targets.len(), answer.total);
    let pages = answer.total.map(|total| total.div_ceil(u32::try_from(ROWS).unwrap_or(u32::MAX)));
    let exhausted = answer.targets.is_empty();
    let found = FoundList::of("epoint", answer.targets, Pager { next, pages, items: answer.total });
    Some(FoundList { exhausted, ..found })
}

/// The same question for the rows behind these.
fn next(url: &Url, mut question: Value, n_here: usize, total: Option<u32>) -> Option<Url> {
    let n_seen = question.get("pn")?.as_u64()?.checked_add(n_here as u64)?;
    if n_here == 0 || total.is_some_and(|total| n_seen >= u64::from(total)) {
        return None;
    }
    *question.get_mut("pn")? = n_seen.into();
    Some(Posted::json(&Posted::bare(url), &question.to_string()))
}
