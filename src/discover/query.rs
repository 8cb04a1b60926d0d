//! Paging by the query of an address: `?page=2`, `?pageIndex=2`, `?offset=20`.

use url::Url;

/// Keys whose value is the number of the page.
const PAGES: [&str; 13] = [
    "page",
    "pageno",
    "pagenum",
    "pagenumber",
    "pageindex",
    "currentpage",
    "curpage",
    "currpage",
    "cur_page",
    "cpage",
    "_page",
    "p",
    "nowpage",
];
/// Keys whose value is the number of rows of a page.
const SIZES: [&str; 9] = ["pagesize", "_pagesize", "page_size", "perpage", "rows", "rn", "limit", "prepage", "size"];
/// Keys whose value is the number of rows before the page.
const OFFSETS: [&str; 3] = ["offset", "pn", "start"];

/// The address of the next page, if the query of this one counts pages or rows and there are more rows.
///
/// `n_here` is the number of rows of this page, `total` that of all; without a total an empty page is the last.
pub(super) fn next(url: &Url, n_here: usize, total: Option<u32>) -> Option<Url> {
    if n_here == 0 {
        return None;
    }
    let size = value(url, &SIZES).map_or(n_here, |(_, size)| size as usize).max(1);
    let total = total.map(|total| total as usize);
    if let Some((key, page)) = value(url, &PAGES) {
        let n_seen = (page.max(1) as usize).saturating_mul(size);
        let more = total.map_or(n_here >= size, |total| n_seen < total);
        return more.then(|| with(url, &key, page as usize + 1));
    }
    let (key, offset) = value(url, &OFFSETS)?;
    let n_seen = offset as usize + n_here;
    let more = total.map_or(n_here >= size, |total| n_seen < total);
    more.then(|| with(url, &key, n_seen))
}

/// The address of the page behind this one, if the query of this one counts pages and there are `pages` of them.
pub(super) fn next_of(url: &Url, pages: Option<u32>) -> Option<Url> {
    let (key, page) = value(url, &PAGES)?;
    (page > 0 && page < pages?).then(|| with(url, &key, page as usize + 1))
}

/// Whether a field of this name counts pages.
pub(super) fn counts_pages(name: &str) -> bool {
    PAGES.contains(&name.to_ascii_lowercase().as_str())
}

/// This address for another page, if its query counts pages.
pub(super) fn page_of(url: &Url, page: usize) -> Option<Url> {
    let (key, _) = value(url, &PAGES)?;
    Some(with(url, &key, page))
}

/// How many pages that many rows make.
pub(super) fn pages(url: &Url, n_here: usize, total: Option<u32>) -> Option<u32> {
    let size = value(url, &SIZES).map_or_else(|| u32::try_from(n_here).unwrap_or(u32::MAX), |(_, size)| size);
    (size > 0).then(|| total.map(|total| total.div_ceil(size))).flatten()
}

/// The same address with another value for a key.
pub(super) fn with(url: &Url, key: &str, value: usize) -> Url {
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, old)| if name == key { (name.into(), value.to_string()) } else { (name.into(), old.into()) })
        .collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url
}

/// The first of these keys that has a number as its value.
fn value(url: &Url, keys: &[&str]) -> Option<(String, u32)> {
    url.query_pairs().find_map(|(key, value)| {
        let known = keys.contains(&key.to_ascii_lowercase().as_str());
        let value = value.parse().ok().filter(|_| known)?;
        Some((key.into_owned(), value))
    })
}
