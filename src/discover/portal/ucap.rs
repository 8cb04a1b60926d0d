//! UCAP (开普): records from a search interface that a script of the page names.

use std::sync::LazyLock;

use regex::Regex;

use crate::discover::found::FoundList;
use crate::discover::list::targets;
use crate::discover::pattern::pattern;
use crate::page::View;

/// `/common/search/{channel}` or `/searchList/{channel}` in a script of the page.
pub(super) fn frame(view: &View) -> Option<FoundList> {
    static SEARCH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"['"]((?:https?://[\w.:-]+)?/(?:common/search|searchList|search)/[0-9a-f]{32})\b"#));
    let path = &SEARCH.captures(view.markup())?[1];
    let query = "_isAgg=true&_isJson=true&_pageSize=20&_template=index&page=1";
    let next = view.resolve(&format!("{path}?{query}"))?;
    // A list that the server wrote into the page has a pager of its own.
    targets(view).is_empty().then(|| FoundList::frame("ucap_json", Vec::new(), next))
}
