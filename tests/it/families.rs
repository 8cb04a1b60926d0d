//! A column of every portal family, crawled from its first list page to its last: every item once.

mod pages;
mod scripts;
mod tables;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::portal::site::{Desk, Run, report};
use crate::portal::{Portal, Reply};

const PAGES: usize = 3;
const ROWS: usize = 4;

/// A family: its id, the address of an article from its number, and the list pages from the markup of their rows.
struct Family {
    name: &'static str,
    article: &'static str,
    lists: fn(&Rows) -> Vec<(String, String)>,
}

/// The rows of each page, as they are, as list items, and as JSON.
#[derive(Default)]
struct Rows {
    plain: Vec<Vec<Row>>,
    html: Vec<String>,
    json: Vec<String>,
}

/// One item of a list.
struct Row {
    path: String,
    title: String,
    day: String,
}

/// The families, one to a host.
const FAMILIES: [Family; 26] = [
    Family { name: "trs_static", article: "/c1/202302/t202302{day}_{n}.html", lists: pages::trs },
    Family { name: "trs_static", article: "/c1/t202302{day}_{n}.shtml", lists: pages::trs_variables },
    Family { name: "trs_static", article: "/c1/202302/t202302{day}_{n}.html", lists: pages::counted_from_one },
    Family { name: "ucap_static", article: "/c1/202302/0123456789abcdef0123456789ab{n}.shtml", lists: pages::ucap },
    Family { name: "nfcms", article: "/c1/content/post_{n}.html", lists: pages::links },
    Family { name: "jeecms", article: "/c1/{n}.jhtml", lists: pages::scripted_links },
    Family { name: "vsb", article: "/info/1013/{n}.htm", lists: pages::counted_down },
    Family { name: "siteserver", article: "/contents/2146/{n}.html", lists: pages::numbers },
    Family { name: "turbocms", article: "/n100123/n100456/c{n}/content.html", lists: pages::named },
    Family { name: "hanweb_jcms", article: "/art/2023/2/{day}/art_12_{n}.html", lists: scripts::jcms },
    Family { name: "hanweb_jcms", article: "/art/2023/2/{day}/art_12_{n}.html", lists: scripts::jcms_groups },
    Family { name: "hanweb_jcms", article: "/art/2023/2/{day}/art_12_{n}.html", lists: scripts::jcms_arrays },
    Family {
        name: "hanweb_jpaas",
        article: "/art/2023/art_0123456789abcdef0123456789ab{n}.html",
        lists: scripts::jpaas,
    },
    Family { name: "hanweb_xxgk", article: "/art/2023/2/{day}/art_12_{n}.html", lists: tables::xxgk },
    Family { name: "gkmlpt", article: "/gkmlpt/content/1/{n}/post_{n}.html", lists: scripts::gkmlpt },
    Family { name: "ucap_json", article: "/c1/{n}/content.html", lists: scripts::ucap_json },
    Family { name: "lonsun", article: "/public/198/{n}.html", lists: scripts::lonsun },
    Family { name: "xinhua", article: "/2023-02/{day}/c_11294{n}.htm", lists: scripts::xinhua },
    Family {
        name: "epoint",
        article: "/xxgk/003001/202302{day}/01234567-89ab-cdef-0123-456789ab{n}.html",
        lists: tables::epoint,
    },
    Family { name: "eportal", article: "/eportal/ui?pageId=9&articleKey={n}&columnId=3", lists: tables::eportal },
    Family { name: "aspx", article: "/show.aspx?id={n}", lists: tables::postback },
    Family { name: "", article: "/viewFile.do?id={n}", lists: tables::offset },
    Family { name: "", article: "/iDetail.jsp?id={n}", lists: tables::form },
    Family { name: "trs_igs", article: "/zcwj/a{n}.html", lists: tables::igs },
    Family { name: "trs_igs", article: "/zcwj/a{n}.html", lists: tables::was5 },
    Family { name: "spa_json", article: "/cn/view/pages/detail.html?docId={n}", lists: tables::json_files },
];

#[test]
fn every_family_is_crawled_to_its_last_page() {
    let portal = Portal::open();
    let desk = Desk::new("");
    let mut expected = Vec::new();
    for (family, host) in FAMILIES.iter().zip(2..) {
        let (rows, articles) = rows(family.article);
        let lists = (family.lists)(&rows);
        for (path, body) in &lists {
            let kind = if body.starts_with(['{', '[']) { "application/json" } else { "text/html; charset=utf-8" };
            portal.page(host, bare(path), Reply::bytes(body.as_bytes().to_vec()).header("content-type", kind));
        }
        for (n, path) in articles.iter().enumerate() {
            portal.page(host, path, Reply::html(&report(host, n, "")));
        }
        desk.source(&format!("host{host}"), &portal.url(host, &lists[0].0), "");
        expected.push((host, family, lists, articles));
    }
    let run = desk.crawl(&[]);
    let wrong: Vec<String> = expected
        .iter()
        .flat_map(|(host, family, lists, articles)| judge(&portal, &run, *host, family, lists, articles))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(run.exit(), 0, "{}", run.said());
}

/// What was not as it should be: every list page and every article asked for once, and nothing else.
fn judge(
    portal: &Portal,
    run: &Run,
    host: u8,
    family: &Family,
    lists: &[(String, String)],
    articles: &[String],
) -> Vec<String> {
    let log = portal.log().into_iter().filter(|asked| asked.host == format!("127.0.0.{host}"));
    let asked: Vec<String> = log.map(|asked| asked.path).collect();
    let known: BTreeSet<&str> = lists.iter().map(|(path, _)| path).chain(articles).map(|path| bare(path)).collect();
    let mut wrong = Vec::new();
    for path in &known {
        let times = asked.iter().filter(|asked| asked == path).count();
        if times != 1 {
            wrong.push(format!("{path} was asked for {times} times"));
        }
    }
    wrong.extend(
        asked
            .iter()
            .filter(|path| *path != "/robots.txt" && !known.contains(path.as_str()))
            .map(|path| format!("{path} was asked for as well")),
    );
    let source = format!("host{host}");
    if run.status(&source) != "complete: " {
        wrong.push(run.status(&source));
    }
    let profile = run.source(&source)["profile"].as_str().unwrap_or_default().to_owned();
    if profile != family.name {
        wrong.push(format!("it is taken for `{profile}`"));
    }
    wrong.into_iter().map(|wrong| format!("{} ({}): {wrong}", family.name, lists[0].0)).collect()
}

/// What is asked for of an address.
fn bare(path: &str) -> &str {
    path.split('#').next().unwrap_or(path)
}

fn rows(article: &str) -> (Rows, Vec<String>) {
    let mut rows = Rows::default();
    let mut articles = Vec::new();
    for page in 0..PAGES {
        let (mut plain, mut html, mut json) = (Vec::new(), String::new(), Vec::new());
        for row in 0..ROWS {
            let (number, day) = (1000 + page * ROWS + row, 28 - page * ROWS - row);
            let path = article.replace("{n}", &number.to_string()).replace("{day}", &format!("{day:02}"));
            let title = format!("云溪县第{number}号法治政府建设年度报告");
            let _ = write!(html, "<li><a href=\"{path}\">{title}</a><span>2023-02-{day:02}</span></li>");
            json.push(format!(
                "{{\"title\":\"{title}\",\"url\":\"{path}\",\"publishTime\":\"2023-02-{day:02} 09:00\"}}"
            ));
            articles.push(path.clone());
            plain.push(Row { path, title, day: format!("2023-02-{day:02}") });
        }
        rows.plain.push(plain);
        rows.html.push(html);
        rows.json.push(json.join(","));
    }
    (rows, articles)
}

/// List pages from the path and the pager of each, counted from 1.
fn list_pages(rows: &Rows, path: impl Fn(usize) -> String, pager: impl Fn(usize) -> String) -> Vec<(String, String)> {
    let page = |n: usize| format!("<html><body><ul class=\"list\">{}</ul>{}</body></html>", rows.html[n - 1], pager(n));
    (1..=PAGES).map(|n| (path(n), page(n))).collect()
}

/// `/c1/`, then `/c1/{name}_{n}.{ending}` counted from `base` for the first page.
fn numbered(n: usize, base: usize, name: &str, ending: &str) -> String {
    if n == 1 { format!("/c1/{name}.{ending}") } else { format!("/c1/{name}_{}.{ending}", n - 1 + base) }
}
