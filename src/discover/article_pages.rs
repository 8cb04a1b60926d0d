//! The further pages of an article that the portal cut into several: 1 2 3, 下一页, 余下全文.
//!
//! Such pages bear the address of the first one with a number: `t20230315_1.html`, `t20230315_1_2.html`; what leads
//! elsewhere is another article.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use html5ever::local_name;
use url::Url;

use super::address::address;
use super::pager::query::counts_pages;
use super::pager::steps::Step;
use crate::model::page_key;
use crate::page::{Dom, DomId, View, first_letter, text_in};
use crate::words::{PAGER_STEPS, REST_OF_ARTICLE};

/// An article of more pages is a list, or a pager without end.
const MOST_PAGES: u32 = 99;

/// The further pages that a page of an article leads to, in their order, without itself and the first one.
pub fn further_pages(view: &View) -> Vec<Url> {
    let here = page_key(view.url());
    let mut pages: BTreeMap<u32, Url> = BTreeMap::new();
    let dom = view.tree.dom();
    for link in dom.named(&local_name!("a")) {
        if !may_lead_on(dom, link) || !leads_on(&text_in(dom, link)) {
            continue;
        }
        let attribute = |name: &str| dom.element(link)?.attribute(name);
        let Some(url) = address(view, attribute).filter(|url| page_key(url) != here) else { continue };
        if let Some(number) = number_of_page(view.url(), &url) {
            pages.entry(number).or_insert(url);
        }
    }
    pages.into_values().collect()
}

/// Whether the bytes of a page may hold the address of a further page of it; what a page of one piece never does.
pub fn may_go_on(url: &Url, body: &[u8]) -> bool {
    let (stem, _) = split(url);
    let first = numbered(stem).map_or(stem, |(first, _)| first);
    let file = first.rsplit('/').next().unwrap_or_default();
    let holds = |text: &str| body.windows(text.len()).any(|window| window == text.as_bytes());
    let by_file = || ["_", "-"].iter().any(|mark| holds(&format!("{file}{mark}")));
    // Keys that count pages end in these letters, mostly.
    let by_query = || {
        ["page=", "Page=", "pageNo=", "pageno=", "?p=", "&p=", "Index=", "index=", "PAGENUM="]
            .iter()
            .any(|pair| holds(pair))
    };
    (!file.is_empty() && by_file()) || by_query()
}

/// A cheap test, since a page has hundreds of links: the label begins like a step or a number, or has no letters.
fn may_lead_on(dom: &Dom, link: DomId) -> bool {
    static FIRST: LazyLock<Vec<char>> = LazyLock::new(|| {
        let words = PAGER_STEPS.iter().chain(REST_OF_ARTICLE.iter());
        words.filter_map(|word| word.text.chars().find(|c| c.is_alphanumeric())).chain(['第']).collect()
    });
    let Some(first) = first_letter(dom, link) else { return true };
    first.is_ascii_digit() || first.to_lowercase().any(|first| FIRST.contains(&first))
}

fn leads_on(label: &str) -> bool {
    matches!(Step::of(label), Some(Step::Next | Step::Last | Step::Page(_))) || {
        let word: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
        REST_OF_ARTICLE.is(&word)
    }
}

/// The number that an address adds to that of another page of the same article.
fn number_of_page(here: &Url, other: &Url) -> Option<u32> {
    if here.host() != other.host() || here.port_or_known_default() != other.port_or_known_default() {
        return None;
    }
    let in_query = |url: &Url| {
        url.query_pairs().find(|(key, _)| counts_pages(key)).and_then(|(_, number)| number.parse::<u32>().ok())
    };
    if here.path() == other.path() {
        let rest = |url: &Url| {
            let pairs = url.query_pairs().filter(|(key, _)| !counts_pages(key));
            pairs.map(|(key, value)| (key.into_owned(), value.into_owned())).collect::<Vec<_>>()
        };
        return in_query(other).filter(|number| (1..=MOST_PAGES).contains(number) && rest(here) == rest(other));
    }
    let ((one, ending), (two, other_ending)) = (split(here), split(other));
    if ending != other_ending || here.query() != other.query() {
        return None;
    }
    // The first page has no number of its own, so that both may be told from the stem that they share.
    let first = numbered(one).filter(|(stem, _)| numbered(two).is_some_and(|(other, _)| *stem == other));
    let stem = first.map_or(one, |(stem, _)| stem);
    let number = two.strip_prefix(stem)?.strip_prefix(['_', '-'])?;
    number.parse().ok().filter(|number| (1..=MOST_PAGES).contains(number) && !number_has_zeros(two))
}

/// `t20230315_01`: numbers of articles are padded, numbers of pages are not.
fn number_has_zeros(stem: &str) -> bool {
    stem.rsplit(['_', '-']).next().is_some_and(|number| number.len() > 1 && number.starts_with('0'))
}

/// A stem that ends in a short number: `/a/1_2` is `/a/1` and 2.
fn numbered(stem: &str) -> Option<(&str, u32)> {
    let at = stem.rfind(['_', '-'])?;
    let number = stem.get(at + 1..)?.parse().ok().filter(|number| (1..=MOST_PAGES).contains(number))?;
    let stem = stem.get(..at)?;
    // `t20230315_12` is the twelfth article of a day.
    let n_digits = stem.bytes().rev().take_while(u8::is_ascii_digit).count();
    (n_digits < 8).then_some((stem, number))
}

/// The path without the ending of its file, and the ending.
fn split(url: &Url) -> (&str, &str) {
    let path = url.path();
    let dot = path.rfind('.').filter(|dot| !path.get(*dot..).unwrap_or_default().contains('/'));
    dot.and_then(|dot| path.split_at_checked(dot)).unwrap_or((path, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Page, PageFormat};

    fn pages(path: &str, links: &str) -> Vec<String> {
        let base = Url::parse("http://www.yunxi.example/").unwrap();
        let text = format!("<p>坚持依法行政。</p><div>{links}</div>");
        let page = Page { url: base.join(path).ok(), format: PageFormat::Html, text, charset: "UTF-8", replaced: 0 };
        let view = View::new(page);
        let found = further_pages(&view);
        assert!(found.is_empty() || may_go_on(view.url(), view.markup().as_bytes()), "{path} {links}");
        found.iter().map(|url| url.as_str().replace("http://www.yunxi.example", "")).collect()
    }

    #[test]
    fn further_pages_bear_the_address_of_the_first_with_a_number() {
        for (path, links, expect) in [
            (
                "/a/1.html",
                "<a href='1.html'>1</a><a href='1_2.html'>2</a><a href='1_3.html'>3</a>",
                "/a/1_2.html /a/1_3.html",
            ),
            ("/a/1.html", "<a href='1_2.html'>下一页</a>", "/a/1_2.html"),
            ("/a/1.html", "<a href='1_1.html'>下一页</a><a href='1_2.html'>3</a>", "/a/1_1.html /a/1_2.html"),
            ("/a/1_2.html", "<a href='1.html'>上一页</a><a href='1_3.html'>下一页</a>", "/a/1_3.html"),
            (
                "/a/t20230315_4711.html",
                "<a href='t20230315_4711_2.html'>余下全文&gt;&gt;</a>",
                "/a/t20230315_4711_2.html",
            ),
            ("/a/t20230315_4711.html", "<a href='./t20230315_4711-2.html'>[2]</a>", "/a/t20230315_4711-2.html"),
            ("/show.jsp?id=9", "<a href='show.jsp?id=9&page=2'>第2页</a>", "/show.jsp?id=9&page=2"),
            ("/show.jsp?id=9&page=2", "<a href='show.jsp?id=9&page=3'>下页</a>", "/show.jsp?id=9&page=3"),
            ("/a/1.html", "<a href='#' onclick=\"location.href='1_2.html'\">下一页</a>", "/a/1_2.html"),
        ] {
            assert_eq!(pages(path, links).join(" "), expect, "{path} {links}");
        }
    }

    #[test]
    fn other_articles_are_no_further_pages() {
        for (path, links) in [
            ("/a/1.html", "<a href='2.html'>下一篇</a>"),
            ("/a/1.html", "<a href='2.html'>下一页</a>"),
            ("/a/t20230315_4711.html", "<a href='t20230316_4712.html'>下一页</a>"),
            ("/a/t20230315_1.html", "<a href='t20230315_2011.html'>下一页</a>"),
            ("/a/t20230315_12.html", "<a href='t20230315_13.html'>下一页</a>"),
            ("/a/1.html", "<a href='1_2.html'>2022年工作报告</a>"),
            ("/a/1.html", "<a href='http://other.example/a/1_2.html'>下一页</a>"),
            ("/a/1.html", "<a href='/b/1_2.html'>下一页</a>"),
            ("/show.jsp?id=9", "<a href='show.jsp?id=10&page=2'>下一页</a>"),
            ("/a/1.html", "<a href='1.html'>1</a>"),
        ] {
            assert!(pages(path, links).is_empty(), "{path} {links}");
        }
    }
}
