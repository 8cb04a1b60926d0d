//! Paging by the query of an address: `?page=2`, `?pageIndex=2`, `?offset=20`.

use url::Url;

use crate::words::PAGE_PARAMETERS;

/// What a parameter says about the page that it chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parameter {
    /// The number of the page.
    Number,
    /// The number of rows of a page.
    Size,
    /// The number of rows before the page.
    Offset,
}

impl Parameter {
    fn of(key: &str) -> Option<Self> {
        match PAGE_PARAMETERS.find(&key.to_ascii_lowercase())?.meaning? {
            "number" => Some(Self::Number),
            "size" => Some(Self::Size),
            _ => Some(Self::Offset),
        }
    }
}

/// The address of the next page, if the query of this one counts pages or rows and there are more rows.
///
/// `n_here` is the number of rows of this page, `total` that of all; without a total an empty page is the last.
pub(in crate::discover) fn next(url: &Url, n_here: usize, total: Option<u32>) -> Option<Url> {
    if n_here == 0 {
        return None;
    }
    let size = value(url, Parameter::Size).map_or(n_here, |(_, size)| size as usize).max(1);
    let total = total.map(|total| total as usize);
    if let Some((key, page)) = value(url, Parameter::Number) {
        let page = page.max(1) as usize;
        let n_seen = (page - 1).saturating_mul(size).saturating_add(n_here);
        // Some interfaces give fewer rows than they are asked for: they have their own size of a page.
        let more = |total| n_seen < total || (n_seen > total && n_here < size && page.saturating_mul(n_here) < total);
        return total.map_or(n_here >= size, more).then(|| with(url, &key, page + 1));
    }
    let (key, offset) = value(url, Parameter::Offset)?;
    let n_seen = offset as usize + n_here;
    let more = total.map_or(n_here >= size, |total| n_seen < total);
    more.then(|| with(url, &key, n_seen))
}

/// The address of the page behind this one, if the query of this one counts pages and there are `pages` of them.
pub(in crate::discover) fn next_of(url: &Url, pages: Option<u32>) -> Option<Url> {
    let (key, page) = value(url, Parameter::Number)?;
    (page > 0 && page < pages?).then(|| with(url, &key, page as usize + 1))
}

/// Whether a field of this name counts pages.
pub(in crate::discover) fn counts_pages(name: &str) -> bool {
    Parameter::of(name) == Some(Parameter::Number)
}

/// This address for another page, if its query counts pages.
pub(in crate::discover) fn page_of(url: &Url, page: usize) -> Option<Url> {
    let (key, _) = value(url, Parameter::Number)?;
    Some(with(url, &key, page))
}

/// How many pages that many rows make; the last page, which may be short, does not tell.
pub(in crate::discover) fn pages(url: &Url, n_here: usize, total: Option<u32>) -> Option<u32> {
    let here = u32::try_from(n_here).unwrap_or(u32::MAX);
    let is_first = value(url, Parameter::Number).is_none_or(|(_, page)| page <= 1);
    let asked = value(url, Parameter::Size).map(|(_, size)| size);
    let size = match asked {
        Some(asked) if !is_first || here >= asked || total.is_none_or(|total| total <= here) => asked,
        _ if is_first => here,
        _ => return None,
    };
    (size > 0).then(|| total.map(|total| total.div_ceil(size))).flatten()
}

/// The same address with another value for a key, which may stand in the path: `/data_itemId=9,pageIndex=1.json`.
pub(in crate::discover) fn with(url: &Url, key: &str, value: usize) -> Url {
    let mut changed = url.clone();
    if url.query_pairs().any(|(name, _)| name == key) {
        let pairs = url.query_pairs().map(|(name, old)| {
            let new = if name == key { value.to_string() } else { old.into_owned() };
            (name.into_owned(), new)
        });
        let pairs: Vec<(String, String)> = pairs.collect();
        changed.query_pairs_mut().clear().extend_pairs(pairs);
    } else if let Some((before, after)) = url.path().split_once(&format!("{key}=")) {
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        changed.set_path(&format!("{before}{key}={value}{rest}"));
    } else {
        changed.query_pairs_mut().append_pair(key, &value.to_string());
    }
    changed
}

/// The number that is the value of a key, whatever the case of the key.
pub(in crate::discover) fn number(url: &Url, key: &str) -> Option<u32> {
    url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1.parse().ok()
}

/// The first parameter of this kind that has a number as its value.
fn value(url: &Url, wanted: Parameter) -> Option<(String, u32)> {
    let known = |key: &str, value: &str| {
        let value = value.parse().ok().filter(|_| Parameter::of(key) == Some(wanted))?;
        Some((key.to_owned(), value))
    };
    let in_query = url.query_pairs().find_map(|(key, value)| known(&key, &value));
    let file = url.path().rsplit('/').next().unwrap_or_default();
    in_query.or_else(|| {
        file.split([',', '_', '.', '&'])
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| known(key, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_asked_for_until_all_rows_were_seen() {
        for (address, n_here, total, expect) in [
            ("/a?page=1&pageSize=20", 20, Some(50), "/a?page=2&pageSize=20"),
            ("/a?page=3&pageSize=20", 10, Some(50), ""),
            ("/a?page=1&pageSize=20", 20, None, "/a?page=2&pageSize=20"),
            ("/a?page=2&pageSize=20", 7, None, ""),
            ("/a?page=1&pageSize=20", 0, None, ""),
            // The interface gives no more than four rows, whatever it is asked for.
            ("/a?page=1&pageSize=20", 4, Some(12), "/a?page=2&pageSize=20"),
            ("/a?page=2&pageSize=20", 4, Some(12), "/a?page=3&pageSize=20"),
            ("/a?page=3&pageSize=20", 4, Some(12), ""),
            ("/a?offset=0", 4, Some(12), "/a?offset=4"),
            ("/a?offset=8", 4, Some(12), ""),
            ("/data_itemId=9,pageIndex=1,pageSize=4.json", 4, Some(12), "/data_itemId=9,pageIndex=2,pageSize=4.json"),
            ("/data_itemId=9,pageIndex=3,pageSize=4.json", 4, Some(12), ""),
            ("/a?id=3", 4, Some(12), ""),
        ] {
            let url = Url::parse("http://www.example.gov.cn").unwrap().join(address).unwrap();
            let found = next(&url, n_here, total).map(|url| url.as_str().replace("http://www.example.gov.cn", ""));
            assert_eq!(found.unwrap_or_default(), expect, "{address} with {n_here} of {total:?}");
        }
    }

    #[test]
    fn the_number_of_pages_follows_from_the_number_of_rows() {
        for (address, n_here, total, expect) in [
            ("/a?page=1", 15, Some(40), Some(3)),
            ("/a?page=3", 10, Some(40), None),
            ("/a?page=3&pageSize=15", 10, Some(40), Some(3)),
            ("/a?page=1&pageSize=20", 4, Some(12), Some(3)),
            ("/a?page=1&pageSize=20", 12, Some(12), Some(1)),
            ("/a?page=1", 15, None, None),
        ] {
            let url = Url::parse("http://www.example.gov.cn").unwrap().join(address).unwrap();
            assert_eq!(pages(&url, n_here, total), expect, "{address} with {n_here} of {total:?}");
        }
    }
}
