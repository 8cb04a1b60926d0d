//! Xinhua (新华网): records in a JSON file beside the page.

use std::sync::LazyLock;

use regex::Regex;

use crate::discover::found::FoundList;
use crate::discover::list::targets;
use crate::discover::pattern::pattern;
use crate::page::View;

/// `<ul id="showData0" data="datasource:0123…">`, records in `ds_0123….json` beside the page.
pub(super) fn frame(view: &View) -> Option<FoundList> {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bdatasource:([0-9a-zA-Z]{8,64})\b"));
    let next = view.resolve(&format!("ds_{}.json", &SOURCE.captures(view.markup())?[1]))?;
    // What the server wrote into the page is the beginning of what the file holds.
    Some(FoundList::frame("xinhua", targets(view), next))
}
