//! Which page of a portal to look at next on the way from its home page to a column.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use url::Url;

use crate::crawl::site;
use crate::discover::Lead;
use crate::model::page_key;

/// A column that lies deeper is not what a home page means.
const DEEPEST: usize = 5;

/// A page to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// Its address.
    pub(super) url: Url,
    /// The labels of the links that lead there, from the home page on.
    pub(super) trail: Vec<String>,
    /// The weight of the last link.
    pub(super) weight: u32,
}

/// The pages that are known and not yet looked at.
#[derive(Debug)]
pub(super) struct Search {
    site: String,
    seen: BTreeSet<String>,
    open: Vec<Step>,
}

impl Search {
    /// A search that stays on the site of this page, which has been looked at.
    pub(super) fn from(home: &Url) -> Self {
        Self { site: site(home), seen: BTreeSet::from([page_key(home)]), open: Vec::new() }
    }

    /// Adds the links of a page that was reached by this trail.
    pub(super) fn offer(&mut self, leads: Vec<Lead>, trail: &[String]) {
        if trail.len() >= DEEPEST {
            return;
        }
        for Lead { url, label, weight } in leads {
            if site(&url) == self.site && self.seen.insert(page_key(&url)) {
                let trail = trail.iter().cloned().chain([label]).collect();
                self.open.push(Step { url, trail, weight });
            }
        }
    }

    /// The weight of the most promising page.
    pub(super) fn best(&self) -> Option<u32> {
        self.open.iter().map(|step| step.weight).max()
    }

    /// The most promising page: the heaviest link, of equals the one nearest to the home page, of these the first.
    pub(super) fn next(&mut self) -> Option<Step> {
        let (n, _) = self.open.iter().enumerate().min_by_key(|(_, step)| (Reverse(step.weight), step.trail.len()))?;
        Some(self.open.remove(n))
    }
}

/// Whether an address is that of a home page: nothing behind the host.
pub(super) fn is_home(url: &Url) -> bool {
    let path = url.path().trim_matches('/').to_ascii_lowercase();
    let stem = path.split('.').next().unwrap_or_default();
    url.query().is_none() && matches!(stem, "" | "index" | "default" | "main" | "home")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(path: &str, label: &str, weight: u32) -> Lead {
        let url = Url::parse("http://www.example.gov.cn/").unwrap().join(path).unwrap();
        Lead { url, label: label.to_owned(), weight }
    }

    #[test]
    fn the_heaviest_link_goes_first_and_no_page_is_looked_at_twice() {
        let home = Url::parse("http://www.example.gov.cn/").unwrap();
        let mut search = Search::from(&home);
        let zwgk = || lead("/zwgk/", "政务公开", 40);
        search.offer(vec![zwgk(), lead("/map.html", "网站地图", 45), lead("/index.html", "政务公开", 40)], &[]);
        let first = search.next().unwrap();
        assert_eq!((first.url.path(), first.trail.as_slice()), ("/map.html", &["网站地图".to_owned()][..]));
        let deep = lead("/zwgk/fzzf/index.html", "法治政府建设", 100);
        search.offer(vec![zwgk(), lead("/b/", "信息公开", 40), deep.clone()], &first.trail);
        let paths: Vec<String> =
            std::iter::from_fn(|| search.next()).map(|step| step.trail.join(">") + " " + step.url.path()).collect();
        assert_eq!(paths, ["网站地图>法治政府建设 /zwgk/fzzf/index.html", "政务公开 /zwgk/", "网站地图>信息公开 /b/"]);
        search.offer(vec![deep], &[]);
        assert_eq!(search.next(), None);
    }

    #[test]
    fn a_search_stays_on_its_site_and_near_its_home() {
        let mut search = Search::from(&Url::parse("http://www.example.gov.cn/").unwrap());
        let there = |url: &str| Lead { url: Url::parse(url).unwrap(), label: "政务公开".to_owned(), weight: 40 };
        search.offer(vec![there("http://www.other.gov.cn/"), there("https://zwgk.example.gov.cn/a/")], &[]);
        assert_eq!(search.next().map(|step| step.url.to_string()).as_deref(), Some("https://zwgk.example.gov.cn/a/"));
        assert_eq!(search.next(), None);
        search.offer(vec![there("http://www.example.gov.cn/deep/")], &vec![String::new(); DEEPEST]);
        assert_eq!(search.next(), None);
        let mut loopback = Search::from(&Url::parse("http://127.0.0.2:8000/").unwrap());
        loopback.offer(vec![there("http://127.0.0.3:8000/a/"), there("http://127.0.0.2:8000/a/")], &[]);
        assert_eq!(loopback.next().map(|step| step.url.to_string()).as_deref(), Some("http://127.0.0.2:8000/a/"));
    }

    #[test]
    fn a_home_page_is_told_by_its_address() {
        for (path, home) in [
            ("/", true),
            ("/index.html", true),
            ("/default.aspx", true),
            ("/index.html?id=2", false),
            ("/zwgk/", false),
            ("/zwgk/index.html", false),
            ("/col/col12/index.html", false),
        ] {
            assert_eq!(is_home(&Url::parse("http://www.example.gov.cn").unwrap().join(path).unwrap()), home, "{path}");
        }
    }
}
