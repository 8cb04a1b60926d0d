//! Links that lead through a portal towards a column of reports.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use crate::discover::address::address;
use crate::discover::column::wanted::Wanted;
use crate::discover::pattern::{pattern, selector};
use crate::model::page_key;
use crate::page::{View, seen};
use crate::text::clean_line;

/// A link that is worth following.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Where it leads.
    pub url: Url,
    /// What a reader sees of it.
    pub label: String,
    /// How near it is to the column: 100 for 法治政府建设年度报告, 40 for 政务公开.
    pub weight: u32,
}

/// The links of a page that are worth following, heaviest first, of equals the first on the page; each page once.
pub fn leads(view: &View, wanted: &Wanted) -> Vec<Lead> {
    static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a, area[href], iframe[src], frame[src]"));
    let mut leads: Vec<Lead> = Vec::new();
    let mut at = HashMap::new();
    for lead in view.html().select(&LINKS).filter_map(|element| lead(view, element, wanted)) {
        let key = page_key(&lead.url);
        if let Some(&n) = at.get(&key) {
            let known: &mut Lead = &mut leads[n];
            if lead.weight > known.weight {
                *known = lead;
            }
        } else {
            at.insert(key, leads.len());
            leads.push(lead);
        }
    }
    leads.sort_by_key(|lead| std::cmp::Reverse(lead.weight));
    leads
}

fn lead(view: &View, element: ElementRef<'_>, wanted: &Wanted) -> Option<Lead> {
    let is_frame = matches!(element.value().name(), "iframe" | "frame");
    let url = if is_frame { view.resolve(element.attr("src")?) } else { address(view, |name| element.attr(name)) };
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let label = label(element);
    // A frame holds what the page around it is about.
    let weight = weight(&label, wanted).max(if is_frame { 30 } else { 0 });
    (weight > 0).then_some(Lead { url, label, weight })
}

/// The text of a link, or what stands for it: its `title`, the text of its picture.
fn label(element: ElementRef<'_>) -> String {
    static PICTURE: LazyLock<Selector> = LazyLock::new(|| selector("img[alt], img[title]"));
    let own = |element: ElementRef<'_>| {
        let attributes = ["title", "alt"].into_iter().filter_map(|name| element.attr(name));
        attributes.map(clean_line).find(|text| !text.is_empty())
    };
    let shown = seen(element);
    if !shown.is_empty() {
        return shown;
    }
    own(element).or_else(|| element.select(&PICTURE).find_map(own)).unwrap_or_default()
}

/// How near the page behind a label is to the column; 0 = not worth following.
fn weight(label: &str, wanted: &Wanted) -> u32 {
    /// A label is a few words; what is longer is the title of an article.
    const LONGEST_LABEL: usize = 20;
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"[12][0-9]{3}|[一二][〇零○Ｏ一二三四五六七八九]{3}年"));
    let word: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let is_label = word.chars().count() <= LONGEST_LABEL && !YEAR.is_match(&word);
    if wanted.is_wanted(&word) && !is_label {
        // A report names its own column in the breadcrumb.
        return 46;
    }
    if !is_label {
        return 0;
    }
    if word.eq_ignore_ascii_case("sitemap") { 45 } else { wanted.weight(&word) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::NAMES_COLUMN;
    use crate::model::{Page, PageFormat};

    fn weight(label: &str) -> u32 {
        super::weight(label, &Wanted::rule_of_law())
    }

    #[test]
    fn a_label_tells_how_near_the_column_is() {
        let order = [
            "法治政府建设年度报告",
            "依法行政",
            "法定主动公开内容",
            "政府信息公开目录",
            "云溪县2022年度法治政府建设工作情况报告",
            "网站地图",
            "政府信息公开",
            "政务公开",
            "通知公告",
        ];
        for pair in order.windows(2) {
            assert!(weight(pair[0]) > weight(pair[1]), "{pair:?}: {} {}", weight(pair[0]), weight(pair[1]));
        }
        for named in ["法治政府建设", "法治政府建设 专栏", "法治政府建设情况报告"] {
            assert!(weight(named) >= NAMES_COLUMN, "{named}");
        }
        for elsewhere in [
            "",
            "首页",
            "依申请公开",
            "政府信息公开指南",
            "政府信息公开年报",
            "政府信息公开工作年度报告",
            "政府信息公开制度",
            "云溪县召开2023年全县政务公开工作推进会议",
            "关于开展二〇二三年政务公开培训的通知",
        ] {
            assert_eq!(weight(elsewhere), 0, "{elsewhere}");
        }
    }

    #[test]
    fn links_pictures_and_frames_are_leads_each_page_once() {
        let text = "<a href='/zwgk/'>政务公开</a><a href='/'>首页</a><a href='/zwgk/index.html'>信息公开</a>\
            <a href='/fzzf/'><img src='a.png' alt='法治政府建设'></a><a title='网站地图' href='/map.html'></a>\
            <a href='javascript:void(0)'>政务公开</a><iframe src='/tree.html'></iframe>\
            <a href='#' onclick=\"window.open('/yfxz/list.html')\">依法行政</a>";
        let url = Url::parse("http://www.example.gov.cn/").ok();
        let page = Page { url, format: PageFormat::Html, text: text.to_owned(), charset: "UTF-8", replaced: 0 };
        let found: Vec<(String, String)> = leads(&View::new(page), &Wanted::rule_of_law())
            .into_iter()
            .map(|lead| (lead.url.path().to_owned(), lead.label))
            .collect();
        let expect = [
            ("/fzzf/", "法治政府建设"),
            ("/yfxz/list.html", "依法行政"),
            ("/map.html", "网站地图"),
            ("/zwgk/index.html", "信息公开"),
            ("/tree.html", ""),
        ];
        assert_eq!(found, expect.map(|(path, label)| (path.to_owned(), label.to_owned())));
    }
}
