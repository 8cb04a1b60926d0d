//! Parameters that differ at every request and name no page: `?t=1679329800123`, `?_=0.8347`.
//!
//! Templates put the time of the request, or a random number, behind an address so that no cache answers. Taken as part
//! of the address they would make every item a new one every night.

use std::collections::HashSet;

use url::Url;

use crate::model::{Target, page_key};
use crate::words::CACHE_BUSTERS;

/// What a value is that a script makes at the moment of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MadeNow {
    /// Milliseconds since 1970: thirteen digits, from 2001 to 2286.
    Milliseconds,
    /// Seconds since 1970: ten digits, from 2001 to 2286.
    Seconds,
    /// `Math.random()`: a fraction below one.
    Fraction,
    /// The time as figures: `20230320163000`.
    Clock,
}

impl MadeNow {
    fn of(value: &str) -> Option<Self> {
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.len() {
            13 if digits && value.starts_with('1') => Some(Self::Milliseconds),
            10 if digits && value.starts_with('1') => Some(Self::Seconds),
            14 | 17 if digits && value.starts_with("20") => Some(Self::Clock),
            _ => {
                let fraction = value.strip_prefix("0.").is_some_and(|rest| rest.len() > 5);
                (fraction && value.parse::<f64>().is_ok()).then_some(Self::Fraction)
            }
        }
    }
}

/// Takes parameters that are made at the request from the items of a list, where these differ without them as well.
pub(super) fn strip(targets: &mut [Target]) {
    for key in keys(targets) {
        let differ = |urls: &mut dyn Iterator<Item = Url>| urls.map(|url| page_key(&url)).collect::<HashSet<_>>().len();
        let bare = differ(&mut targets.iter().map(|target| without(&target.url, &key)));
        if bare == differ(&mut targets.iter().map(|target| target.url.clone())) || is_one_page_each(targets, &key, bare)
        {
            for target in targets.iter_mut() {
                target.url = without(&target.url, &key);
            }
        }
    }
}

/// Items that are shown twice differ in nothing but the parameter.
fn is_one_page_each(targets: &[Target], key: &str, n_bare: usize) -> bool {
    let named: HashSet<(String, &str)> =
        targets.iter().map(|target| (page_key(&without(&target.url, key)), target.title.as_str())).collect();
    named.len() == n_bare
}

/// The address of a list page without such a parameter.
pub(super) fn stripped(url: &Url) -> Url {
    let keys: Vec<String> =
        url.query_pairs().filter(|(_, value)| MadeNow::of(value).is_some()).map(|(key, _)| key.into_owned()).collect();
    let is_buster = |key: &&String| CACHE_BUSTERS.is(&key.to_lowercase());
    keys.iter().filter(is_buster).fold(url.clone(), |url, key| without(&url, key))
}

/// The keys whose every value is made at the request.
fn keys(targets: &[Target]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in targets.iter().flat_map(|target| target.url.query_pairs()) {
        if !keys.iter().any(|known| *known == key) {
            keys.push(key.into_owned());
        }
    }
    let values = |key: &str| -> Vec<String> {
        let of = |target: &Target| {
            target
                .url
                .query_pairs()
                .filter(|(name, _)| name == key)
                .map(|(_, value)| value.into_owned())
                .collect::<Vec<_>>()
        };
        targets.iter().flat_map(of).collect()
    };
    // A number of ten digits may be that of a column, and the only item of a list tells nothing.
    let is_named = |key: &str| CACHE_BUSTERS.is(&key.to_lowercase());
    let is_made = |key: &str, value: &str| match MadeNow::of(value) {
        Some(MadeNow::Fraction) => targets.len() > 1 || is_named(key),
        Some(_) => is_named(key),
        None => false,
    };
    let names_itself = |url: &Url, key: &str| without(url, key).path().contains(|c: char| c.is_ascii_digit());
    keys.retain(|key| {
        values(key).iter().all(|value| is_made(key, value))
            && (targets.len() > 1 || targets.iter().all(|target| names_itself(&target.url, key)))
    });
    keys
}

fn without(url: &Url, key: &str) -> Url {
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != key)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut bare = url.clone();
    bare.set_query(None);
    if !pairs.is_empty() {
        bare.query_pairs_mut().extend_pairs(pairs);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped_of(addresses: &[&str]) -> Vec<String> {
        let base = Url::parse("http://www.yunxi.example/").unwrap();
        let target = |(n, address): (usize, &&str)| Target {
            url: base.join(address).unwrap(),
            title: format!("第{n}号"),
            date: None,
        };
        let mut targets: Vec<Target> = addresses.iter().enumerate().map(target).collect();
        strip(&mut targets);
        targets.iter().map(|target| target.url.as_str().replace("http://www.yunxi.example/", "")).collect()
    }

    #[test]
    fn what_is_made_at_the_request_is_no_part_of_an_address() {
        for (addresses, expect) in [
            (["a/1.html?t=1679329800123", "a/2.html?t=1679329800124"], ["a/1.html", "a/2.html"]),
            (["a/1.html?_=0.8347123", "a/2.html?_=0.1247123"], ["a/1.html", "a/2.html"]),
            (["s.jsp?id=3&v=20230320163000", "s.jsp?id=4&v=20230320163000"], ["s.jsp?id=3", "s.jsp?id=4"]),
            (["s.jsp?id=3&ts=1679329800", "s.jsp?id=4&ts=1679329800"], ["s.jsp?id=3", "s.jsp?id=4"]),
            // Without it the items would be one page: it names them.
            (["s.jsp?t=1679329800123", "s.jsp?t=1679329800124"], ["s.jsp?t=1679329800123", "s.jsp?t=1679329800124"]),
            (["s.jsp?t=101", "s.jsp?t=102"], ["s.jsp?t=101", "s.jsp?t=102"]),
            (["a/1.html?c=12", "a/2.html?c=12"], ["a/1.html?c=12", "a/2.html?c=12"]),
            (["a/1.html?t=1679329800123", "a/2.html?t=7"], ["a/1.html?t=1679329800123", "a/2.html?t=7"]),
        ] {
            assert_eq!(stripped_of(&addresses), expect, "{addresses:?}");
        }
    }

    #[test]
    fn the_address_of_a_list_page_loses_only_what_is_called_so() {
        for (address, expect) in [
            ("l?page=2&_=1679329800123", "l?page=2"),
            ("l?page=2&t=1679329800123", "l?page=2"),
            ("l?id=1679329800123&page=2", "l?id=1679329800123&page=2"),
        ] {
            let url = Url::parse("http://www.yunxi.example/").unwrap();
            assert_eq!(stripped(&url.join(address).unwrap()), url.join(expect).unwrap(), "{address}");
        }
    }
}
