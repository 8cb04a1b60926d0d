//! What a list page says about its site and its column.
//!
//! Portals carry the meta tags of the general office of the State Council's 2017 guideline on government websites
//! (政府网站发展指引): `SiteName`, `SiteIDCode`, `ColumnName`.

use std::sync::LazyLock;

use scraper::Selector;

use crate::discover::pattern::selector;
use crate::page::{View, seen};
use crate::text::clean_line;

/// What a list page says about its site and its column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteInfo {
    /// Name of the site.
    pub site: Option<String>,
    /// Name of the column.
    pub column: Option<String>,
    /// The ten digits under which the site is registered; the first six are the code of its region.
    pub site_code: Option<String>,
}

/// Reads the meta tags, else the `<title>`, which puts the column before the site.
pub fn site_info(view: &View) -> SiteInfo {
    static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("title"));
    let title = view.html().select(&TITLE).next().map(seen).unwrap_or_default();
    let mut parts =
        title.split(['_', '-', '|', '—', '–', '－', '＿', '>', '·']).map(str::trim).filter(|part| !part.is_empty());
    let (first, last) = (parts.next(), parts.next_back());
    let site_code =
        meta(view, "SiteIDCode").filter(|code| code.len() == 10 && code.bytes().all(|b| b.is_ascii_digit()));
    SiteInfo {
        site: meta(view, "SiteName").or_else(|| last.map(ToOwned::to_owned)),
        column: meta(view, "ColumnName").or_else(|| first.map(ToOwned::to_owned)),
        site_code,
    }
}

fn meta(view: &View, name: &str) -> Option<String> {
    static META: LazyLock<Selector> = LazyLock::new(|| selector("meta[name][content]"));
    let named =
        |meta: &scraper::ElementRef<'_>| meta.attr("name").is_some_and(|own| own.trim().eq_ignore_ascii_case(name));
    let texts = view.html().select(&META).filter(named).filter_map(|meta| meta.attr("content")).map(clean_line);
    texts.into_iter().find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Page, PageFormat};

    #[test]
    fn meta_tags_count_more_than_the_title() {
        for (text, site, column, code) in [
            (
                "<meta name='SiteName' content='云溪县人民政府'><meta name='columnname' content=' 法治政府建设 '>\
                 <meta name='SiteIDCode' content='4302810001'><title>列表</title>",
                Some("云溪县人民政府"),
                Some("法治政府建设"),
                Some("4302810001"),
            ),
            ("<title>法治政府建设_政务公开_云溪县人民政府</title>", Some("云溪县人民政府"), Some("法治政府建设"), None),
            ("<title>法治政府建设</title><meta name='SiteName' content=''>", None, Some("法治政府建设"), None),
            ("<meta name='SiteIDCode' content='bm12000001'>", None, None, None),
            ("<p>公告</p>", None, None, None),
        ] {
            let page =
                Page { url: None, format: PageFormat::Html, text: text.to_owned(), charset: "UTF-8", replaced: 0 };
            let own = |text: Option<&str>| text.map(ToOwned::to_owned);
            assert_eq!(
                site_info(&View::new(page)),
                SiteInfo { site: own(site), column: own(column), site_code: own(code) },
                "{text}"
            );
        }
    }
}
