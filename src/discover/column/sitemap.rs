//! Sitemaps (sitemaps.org): addresses without words, of which some name the column by the first letters of its pinyin.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::discover::column::lead::Lead;
use crate::discover::column::wanted::Wanted;
use crate::discover::pattern::pattern;
use crate::page::View;

/// What a sitemap says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sitemap {
    /// Folders that may be the column, heaviest first.
    pub leads: Vec<Lead>,
    /// Other sitemaps, if this one is an index of them.
    pub more: Vec<Url>,
}

/// Reads a sitemap; of anything else nothing comes.
pub fn sitemap(view: &View, wanted: &Wanted) -> Sitemap {
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?is)<(url|sitemap)>.*?<loc>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]+)"));
    let mut sitemap = Sitemap::default();
    let mut seen = BTreeSet::new();
    for place in PLACE.captures_iter(view.markup()) {
        let Ok(url) = Url::parse(&place[2].replace("&amp;", "&")) else { continue };
        if place[1].eq_ignore_ascii_case("sitemap") {
            sitemap.more.push(url);
        } else if let Some(lead) = lead(&url, wanted).filter(|lead| seen.insert(lead.url.clone())) {
            sitemap.leads.push(lead);
        }
    }
    sitemap.leads.sort_by_key(|lead| std::cmp::Reverse(lead.weight));
    sitemap
}

/// The folder in the path of an address that is named like the column.
fn lead(url: &Url, wanted: &Wanted) -> Option<Lead> {
    let path = url.path().to_ascii_lowercase();
    let segments: Vec<&str> = path.split('/').collect();
    // The last segment is a file: an article, or the list itself.
    let (n, weight) =
        segments.iter().enumerate().rev().skip(1).find_map(|(n, segment)| Some((n, wanted.folder(segment)?)))?;
    let folder: String = url.path().split('/').take(n + 1).map(|segment| format!("{segment}/")).collect();
    let mut column = url.clone();
    column.set_path(&folder);
    column.set_query(None);
    Some(Lead { url: column, label: folder, weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Page, PageFormat};

    fn read(text: &str) -> (Vec<(String, u32)>, Vec<String>) {
        let page = Page { url: None, format: PageFormat::Html, text: text.to_owned(), charset: "UTF-8", replaced: 0 };
        let Sitemap { leads, more } = sitemap(&View::new(page), &Wanted::rule_of_law());
        let leads = leads.into_iter().map(|lead| (lead.url.path().to_owned(), lead.weight));
        (leads.collect(), more.iter().map(|url| url.path().to_owned()).collect())
    }

    #[test]
    fn the_folder_of_the_column_is_told_by_its_name() {
        let text = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>
            <url><loc>http://www.example.gov.cn/</loc></url>
            <url><loc>http://www.example.gov.cn/xw/202302/t20230201_1.html</loc></url>
            <url><loc>http://www.example.gov.cn/zwgk/yfxz/index.html</loc><lastmod>2023-02-01</lastmod></url>
            <url><loc><![CDATA[http://www.example.gov.cn/zwgk/fzzfjs/202302/t20230201_1.html]]></loc></url>
            <url><loc>http://www.example.gov.cn/zwgk/fzzfjs/202302/t20230201_2.html</loc></url></urlset>";
        let expect = [("/zwgk/fzzfjs/".to_owned(), 90), ("/zwgk/yfxz/".to_owned(), 65)];
        assert_eq!(read(text), (expect.to_vec(), vec![]));
    }

    #[test]
    fn an_index_leads_to_other_sitemaps() {
        let text = "<sitemapindex><sitemap><loc>http://www.example.gov.cn/a.xml</loc></sitemap></sitemapindex>";
        assert_eq!(read(text), (vec![], vec!["/a.xml".to_owned()]));
        assert_eq!(read("<html><a href='/fzzf/'>法治政府建设</a></html>"), (vec![], vec![]));
    }
}
