//! Pages that are only a frame: a script loads the list as JSON from an address that stands in the page.

use std::sync::LazyLock;

use regex::Regex;
use scraper::Selector;
use url::Url;

use super::Found;
use super::fixed;
use super::json;
use super::pager::Pager;
use super::query;
use super::rows::targets;
use super::view::View;
use crate::model::Target;

/// Reads a frame, or the JSON that it loads.
pub(super) fn shell(view: &View<'_>) -> Option<Found> {
    answer(view).or_else(|| gkmlpt(view)).or_else(|| xinhua(view)).or_else(|| ucap(view)).or_else(|| search(view))
}

/// The records, and the next page by the query of the address.
fn answer(view: &View<'_>) -> Option<Found> {
    let answer = json::answer(view)?;
    let targets = match &answer.html {
        Some(html) => targets(&view.fragment(html.clone())),
        None => answer.targets,
    };
    let n_here = targets.len();
    let next = query::next(&view.url, n_here, answer.total);
    let pages = query::pages(&view.url, n_here, answer.total);
    let exhausted = targets.is_empty() && answer.html.is_none();
    let found = Found::of(family(&view.url), targets, Pager { next, pages, items: answer.total });
    Some(Found { exhausted, ..found })
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

/// Open-government catalogues of Guangdong: `window._CONFIG = {… SID: '754011' …}`, records from
/// `/gkmlpt/api/all/{column}`. The column is what stands behind `#` in the address; 0 is all of them.
fn gkmlpt(view: &View<'_>) -> Option<Found> {
    static SITE: LazyLock<Regex> = LazyLock::new(|| fixed(r#"\bSID\b['"]?\s*[:=]\s*['"]?(\d+)"#));
    let (root, _) = view.url.path().split_once("/gkmlpt/")?;
    let site = SITE.captures(&view.markup)?;
    let column = view.url.fragment().filter(|column| column.parse::<u32>().is_ok()).unwrap_or("0");
    let next = view.resolve(&format!("{root}/gkmlpt/api/all/{column}?page=1&sid={}", &site[1]))?;
    Some(frame("gkmlpt", Vec::new(), next))
}

/// `<ul id="showData0" data="datasource:0123…">`, records in `ds_0123….json` beside the page.
fn xinhua(view: &View<'_>) -> Option<Found> {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| fixed(r"\bdatasource:([0-9a-zA-Z]{8,64})\b"));
    let next = view.resolve(&format!("ds_{}.json", &SOURCE.captures(&view.markup)?[1]))?;
    // What the server wrote into the page is the beginning of what the file holds.
    Some(frame("xinhua", targets(view), next))
}

/// `/common/search/{channel}` or `/searchList/{channel}` in a script of the page.
fn ucap(view: &View<'_>) -> Option<Found> {
    static SEARCH: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"['"]((?:https?://[\w.:-]+)?/(?:common/search|searchList|search)/[0-9a-f]{32})\b"#));
    let path = &SEARCH.captures(&view.markup)?[1];
    let query = "_isAgg=true&_isJson=true&_pageSize=20&_template=index&page=1";
    let next = view.resolve(&format!("{path}?{query}"))?;
    // A list that the server wrote into the page has a pager of its own.
    targets(view).is_empty().then(|| frame("ucap_json", Vec::new(), next))
}

/// The address of a search interface of TRS or hanweb in a script of the page.
fn search(view: &View<'_>) -> Option<Found> {
    static SEARCH: LazyLock<Regex> = LazyLock::new(|| {
        fixed(r#"['"]([^'"\s]*/(?:igs/front/search|was5/web/search|module/xxgk/search\w*\.jsp)[^'"\s]*)['"]"#)
    });
    let address = SEARCH.captures(&view.markup)?.get(1)?.as_str().replace("&amp;", "&");
    // A script puts the number of the page behind what is quoted.
    let first = if address.ends_with('=') { format!("{address}1") } else { address };
    let next = view.resolve(&first)?;
    let profile = if next.path().contains("/xxgk/") { "hanweb_xxgk" } else { "trs_igs" };
    targets(view).is_empty().then(|| frame(profile, Vec::new(), next))
}

/// The page that a page without a list of its own shows in a frame: of several the first that names a list.
pub(super) fn inner(view: &View<'_>) -> Option<Url> {
    static FRAMES: LazyLock<Selector> =
        LazyLock::new(|| Selector::parse("iframe[src], frame[src]").expect("a fixed selector"));
    static LIST: LazyLock<Regex> = LazyLock::new(|| fixed(r"(?i)list|search|lb\b|dir|catalog|more|news|index"));
    let sources = view.html.select(&FRAMES).filter_map(|frame| view.resolve(frame.attr("src")?));
    let here = |url: &Url| url.host() == view.url.host() && matches!(url.scheme(), "http" | "https");
    sources.filter(here).find(|url| LIST.is_match(&format!("{}?{}", url.path(), url.query().unwrap_or_default())))
}

fn frame(profile: &'static str, targets: Vec<Target>, next: Url) -> Found {
    Found::of(profile, targets, Pager { next: Some(next), ..Pager::default() })
}
