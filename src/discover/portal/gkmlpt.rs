//! Open-government catalogues of Guangdong (政府信息公开目录管理系统): a frame with the number of the site, records as JSON.

use std::sync::LazyLock;

use regex::Regex;

use crate::discover::found::FoundList;
use crate::discover::pattern::pattern;
use crate::page::View;

/// `window._CONFIG = {… SID: '754011' …}`, records from
/// `/gkmlpt/api/all/{column}`. The column is what stands behind `#` in the address; 0 is all of them.
pub(super) fn frame(view: &View) -> Option<FoundList> {
    static SITE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bSID\b['"]?\s*[:=]\s*['"]?(\d+)"#));
    let (root, _) = view.url().path().split_once("/gkmlpt/")?;
    let site = SITE.captures(view.markup())?;
    let column = view.url().fragment().filter(|column| column.parse::<u32>().is_ok()).unwrap_or("0");
    let next = view.resolve(&format!("{root}/gkmlpt/api/all/{column}?page=1&sid={}", &site[1]))?;
    Some(FoundList::frame("gkmlpt", Vec::new(), next))
}
