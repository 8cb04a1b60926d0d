//! The answer of any interface that gives records as JSON, or markup inside of JSON.

use url::Url;

use crate::discover::found::FoundList;
use crate::discover::json;
use crate::discover::list::targets;
use crate::discover::pager::{Pager, query};
use crate::page::View;

/// The records, and the next page by the query of the address.
pub(super) fn read(view: &View) -> Option<FoundList> {
    let answer = json::answer(view)?;
    let targets = match &answer.html {
        Some(html) => targets(&view.fragment(html.clone())),
        None => answer.targets,
    };
    let n_here = targets.len();
    let next = query::next(view.url(), n_here, answer.total);
    let pages = query::pages(view.url(), n_here, answer.total);
    let exhausted = targets.is_empty() && answer.html.is_none();
    let found = FoundList::of(family(view.url()), targets, Pager { next, pages, items: answer.total });
    Some(FoundList { exhausted, ..found })
}

/// The family of an answer, by the form of its address.
fn family(url: &Url) -> &'static str {
    let path = url.path();
    let file = path.rsplit('/').next().unwrap_or_default();
    if path.contains("/gkmlpt/api/") {
        "gkmlpt"
    } else if file.starts_with("ds_") {
        "xinhua"
    } else if path.contains("/igs/") || path.contains("/was5/") {
        "trs_igs"
    } else if path.contains("inteligentsearch") || path.contains("/epoint") || path.contains("/EpointWebBuilder") {
        "epoint"
    } else if path.contains("/common/search/") || path.contains("/searchList/") || path.contains("/search/") {
        "ucap_json"
    } else {
        "spa_json"
    }
}
