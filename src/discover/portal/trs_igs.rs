//! Search interfaces of TRS (拓尔思): IGS and WAS5, named in a script of the page.

use std::sync::LazyLock;

use regex::Regex;

use crate::discover::found::FoundList;
use crate::discover::list::targets;
use crate::discover::pattern::pattern;
use crate::discover::portal::search::first_page;
use crate::page::View;

/// `/igs/front/search/list.html?…&pageNumber=`, `/was5/web/search?…` in a script of a page without rows.
pub(super) fn frame(view: &View) -> Option<FoundList> {
    static SEARCH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"['"]([^'"\s]*/(?:igs/front/search|was5/web/search)[^'"\s]*)['"]"#));
    let next = first_page(view, &SEARCH)?;
    targets(view).is_empty().then(|| FoundList::frame("trs_igs", Vec::new(), next))
}
