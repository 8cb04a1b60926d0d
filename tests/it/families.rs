//! A column of every portal family, crawled from its first list page to its last: every item once.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::portal::site::{Desk, report};
use crate::portal::{Portal, Reply};

const PAGES: usize = 3;
const ROWS: usize = 4;

/// A family: the address of an article from its number, and the list pages from the markup of their rows.
struct Family {
    name: &'static str,
    article: &'static str,
    lists: fn(&Rows) -> Vec<(String, String)>,
}

/// The rows of each page, as list items and as JSON.
struct Rows {
    html: Vec<String>,
    json: Vec<String>,
}

const FAMILIES: [Family; 13] = [
    Family { name: "trs_static", article: "/c1/202302/t202302{day}_{n}.html", lists: trs },
    Family { name: "trs_static", article: "/c1/t202302{day}_{n}.shtml", lists: trs_variables },
    Family { name: "ucap_static", article: "/c1/202302/0123456789abcdef0123456789ab{n}.shtml", lists: ucap },
    Family { name: "nfcms", article: "/c1/content/post_{n}.html", lists: links },
    Family { name: "jeecms", article: "/c1/{n}.jhtml", lists: scripted_links },
    Family { name: "vsb", article: "/info/1013/{n}.htm", lists: counted_down },
    Family { name: "siteserver", article: "/contents/2146/{n}.html", lists: numbers },
    Family { name: "hanweb_jcms", article: "/art/2023/2/{day}/art_12_{n}.html", lists: jcms },
    Family { name: "hanweb_jpaas", article: "/art/2023/art_0123456789abcdef0123456789ab{n}.html", lists: jpaas },
    Family { name: "gkmlpt", article: "/gkmlpt/content/1/{n}/post_{n}.html", lists: gkmlpt },
    Family { name: "ucap_json", article: "/c1/{n}/content.html", lists: ucap_json },
    Family { name: "lonsun", article: "/public/198/{n}.html", lists: lonsun },
    Family { name: "xinhua", article: "/2023-02/{day}/c_11294{n}.htm", lists: xinhua },
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
            let kind = if body.starts_with('{') { "application/json" } else { "text/html; charset=utf-8" };
            portal.page(host, path, Reply::bytes(body.as_bytes().to_vec()).header("content-type", kind));
        }
        for (n, path) in articles.iter().enumerate() {
            portal.page(host, path, Reply::html(&report(host, n, "")));
        }
        desk.source(&format!("host{host}"), &portal.url(host, &lists[0].0), "");
        expected.push((host, family, lists, articles));
    }
    let run = desk.crawl(&[]);
    for (host, family, lists, articles) in &expected {
        let asked: Vec<String> = portal
            .log()
            .into_iter()
            .filter(|asked| asked.host == format!("127.0.0.{host}"))
            .map(|asked| asked.path)
            .collect();
        for (path, _) in lists {
            assert_eq!(asked.iter().filter(|asked| *asked == path).count(), 1, "{}: {path} of {asked:#?}", family.name);
        }
        for path in articles {
            assert_eq!(asked.iter().filter(|asked| *asked == path).count(), 1, "{}: {path}", family.name);
        }
        let known: BTreeSet<&String> = lists.iter().map(|(path, _)| path).chain(articles).collect();
        let other: Vec<&String> = asked.iter().filter(|path| *path != "/robots.txt" && !known.contains(path)).collect();
        assert!(other.is_empty(), "{}: asked for {other:?} as well", family.name);
        assert_eq!(run.status(&format!("host{host}")), "complete: ", "{}", family.name);
    }
    assert_eq!(run.exit(), 0, "{}", run.said());
}

fn rows(article: &str) -> (Rows, Vec<String>) {
    let mut rows = Rows { html: Vec::new(), json: Vec::new() };
    let mut articles = Vec::new();
    for page in 0..PAGES {
        let (mut html, mut json) = (String::new(), Vec::new());
        for row in 0..ROWS {
            let (number, day) = (1000 + page * ROWS + row, 28 - page * ROWS - row);
            let path = article.replace("{n}", &number.to_string()).replace("{day}", &format!("{day:02}"));
            let title = format!("云溪县第{number}号法治政府建设年度报告");
            let _ = write!(html, "<li><a href=\"{path}\">{title}</a><span>2023-02-{day:02}</span></li>");
            json.push(format!(
                "{{\"title\":\"{title}\",\"url\":\"{path}\",\"publishTime\":\"2023-02-{day:02} 09:00\"}}"
            ));
            articles.push(path);
        }
        rows.html.push(html);
        rows.json.push(json.join(","));
    }
    (rows, articles)
}

/// List pages from the path and the pager of each, counted from 1.
fn pages(rows: &Rows, path: impl Fn(usize) -> String, pager: impl Fn(usize) -> String) -> Vec<(String, String)> {
    let page = |n: usize| format!("<html><body><ul class=\"list\">{}</ul>{}</body></html>", rows.html[n - 1], pager(n));
    (1..=PAGES).map(|n| (path(n), page(n))).collect()
}

/// `/c1/`, then `/c1/{name}_{n}.{ending}` counted from `base` for the first page.
fn numbered(n: usize, base: usize, name: &str, ending: &str) -> String {
    if n == 1 { format!("/c1/{name}.{ending}") } else { format!("/c1/{name}_{}.{ending}", n - 1 + base) }
}

fn trs(rows: &Rows) -> Vec<(String, String)> {
    let call = |n| format!("<script>createPageHTML({PAGES}, {}, \"index\", \"html\")</script>", n - 1);
    pages(rows, |n| numbered(n, 0, "index", "html"), call)
}

fn trs_variables(rows: &Rows) -> Vec<(String, String)> {
    let script = |n| {
        let current = n - 1;
        format!(
            "<script>var countPage = {PAGES};\nvar currentPage = {current};document.write('<a href=\"index_'+i+'.shtml\">')</script>"
        )
    };
    pages(rows, |n| numbered(n, 0, "index", "shtml"), script)
}

fn ucap(rows: &Rows) -> Vec<(String, String)> {
    let call = |n| format!("<script>createPageHTML('page_div',{PAGES}, {n},'common_list','shtml',12);</script>");
    pages(rows, |n| numbered(n, 1, "common_list", "shtml"), call)
}

fn links(rows: &Rows) -> Vec<(String, String)> {
    let next = |n| if n < PAGES { format!("<a href=\"index_{}.html\">下一页</a>", n + 1) } else { String::new() };
    let pager =
        |n| format!("<script>window.NFCMS_SITE_ID=5</script>{}<a href=\"index_{PAGES}.html\">尾页</a>", next(n));
    pages(rows, |n| numbered(n, 1, "index", "html"), pager)
}

fn scripted_links(rows: &Rows) -> Vec<(String, String)> {
    let next = |n| {
        if n < PAGES {
            format!("<a href=\"#\" onclick=\"location.href=encodeURI('index_{}.jhtml');\">下一页</a>", n + 1)
        } else {
            String::new()
        }
    };
    pages(rows, |n| numbered(n, 1, "index", "jhtml"), |n| format!("共12条记录 {n}/{PAGES}页 {}", next(n)))
}

fn counted_down(rows: &Rows) -> Vec<(String, String)> {
    let path = |n| if n == 1 { "/fzzf.htm".to_owned() } else { format!("/fzzf/{}.htm", PAGES + 1 - n) };
    let next = |n| {
        if n < PAGES {
            format!("<a class=\"Next\" href=\"/fzzf/{}.htm\">下页</a>", PAGES - n)
        } else {
            "<span>下页</span>".to_owned()
        }
    };
    pages(rows, path, |n| format!("共12条 {n}/{PAGES} {}", next(n)))
}

fn numbers(rows: &Rows) -> Vec<(String, String)> {
    let path = |n| if n == 1 { "/channels/2146.html".to_owned() } else { format!("/channels/2146_{n}.html") };
    let number = |n: usize, here: usize| {
        if n == here { format!("<b>{n}</b>") } else { format!("<a href=\"{}\">{n}</a>", path(n)) }
    };
    pages(rows, path, |here| format!("<div>{}</div>", (1..=PAGES).map(|n| number(n, here)).collect::<String>()))
}

fn jcms(rows: &Rows) -> Vec<(String, String)> {
    let records = |n: usize| {
        format!(
            "<datastore><totalrecord>12</totalrecord><recordset>{}</recordset></datastore>",
            rows.html[n].replace("<li>", "<record><![CDATA[<li>").replace("</li>", "</li>]]></record>")
        )
    };
    let call = "<script>$('#1').jpage({perPage:4,proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{col:1,columnid:12}})</script>";
    let answer = |start: usize| {
        format!(
            "/module/web/jpage/dataproxy.jsp?col=1&columnid=12&startrecord={start}&endrecord={}&perpage=4",
            start + 3
        )
    };
    vec![
        (
            "/col/col12/index.html".to_owned(),
            format!("<div id=\"1\"><script type=\"text/xml\">{}</script></div>{call}", records(0)),
        ),
        (answer(5), records(1)),
        (answer(9), records(2)),
    ]
}

fn jpaas(rows: &Rows) -> Vec<(String, String)> {
    let unit = "/api-gateway/jpaas-publish-server/front/page/build/unit";
    let shell = format!(
        "<script parseType=\"bulidstatic\" url=\"{unit}\" querydata=\"{{'webId':'w1','pageId':'p1'}}\"></script>"
    );
    let answer = |n: usize| {
        let html = format!("<ul>{}</ul><div class='pagination' rows='4' count='12'></div>", rows.html[n - 1]);
        let path = format!("{unit}?webId=w1&pageId=p1&paramJson=%7B%22pageNo%22%3A{n}%2C%22pageSize%22%3A15%7D");
        (path, serde_json::json!({ "success": true, "data": { "html": html } }).to_string())
    };
    vec![("/col/col12/index.html".to_owned(), shell), answer(1), answer(2), answer(3)]
}

/// A frame, then answers in JSON whose array and total bear these names.
fn json_pages(rows: &Rows, frame: (&str, &str), path: impl Fn(usize) -> String, array: &str) -> Vec<(String, String)> {
    let answers = (1..=PAGES).map(|n| (path(n), format!("{{\"total\":12,\"{array}\":[{}]}}", rows.json[n - 1])));
    std::iter::once((frame.0.to_owned(), frame.1.to_owned())).chain(answers).collect()
}

fn gkmlpt(rows: &Rows) -> Vec<(String, String)> {
    let frame = ("/gkmlpt/index", "<script>window._CONFIG = { SID: '754011' }</script>");
    json_pages(rows, frame, |n| format!("/gkmlpt/api/all/0?page={n}&sid=754011"), "articles")
}

fn ucap_json(rows: &Rows) -> Vec<(String, String)> {
    let channel = "0123456789abcdef0123456789abcdef";
    let frame = format!("<script>load('/common/search/{channel}')</script>");
    let query = |n| format!("/common/search/{channel}?_isAgg=true&_isJson=true&_pageSize=20&_template=index&page={n}");
    // The interface was asked for more rows a page than there are.
    let all = rows.json.join(",");
    vec![("/c1/list.shtml".to_owned(), frame), (query(1), format!("{{\"data\":{{\"total\":12,\"results\":[{all}]}}}}"))]
}

fn xinhua(rows: &Rows) -> Vec<(String, String)> {
    let frame = "<ul id=\"showData0\" data=\"datasource:0123456789abcdef\"></ul>".to_owned();
    let all = rows.json.join(",");
    vec![
        ("/c1/list.htm".to_owned(), frame),
        ("/c1/ds_0123456789abcdef.json".to_owned(), format!("{{\"datasource\":[{all}]}}")),
    ]
}

fn lonsun(rows: &Rows) -> Vec<(String, String)> {
    let script = "<script>var pageCount = 3;</script>";
    let call =
        "<script>$.get('/site/label/8888', { labelName: 'publicInfoList', organId: 198, pageIndex: i })</script>";
    let answer = |n: usize| {
        let path =
            format!("/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&organId=198&pageIndex={n}");
        (path, format!("<ul>{}</ul>{script}", rows.html[n - 1]))
    };
    vec![("/public/column/198".to_owned(), format!("<ul>{}</ul>{script}{call}", rows.html[0])), answer(2), answer(3)]
}
