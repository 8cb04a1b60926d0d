//! `sources add` against a portal on loopback: from an address to a source file that crawls.

use std::io::Write;
use std::path::PathBuf;

use crate::portal::site::{Column, Desk, Run, report_path};
use crate::portal::{Portal, Reply};

fn add(desk: &Desk, arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = ["sources", "add", "--allow-private"].iter().chain(arguments).copied().collect();
    desk.run(&arguments)
}

fn file(desk: &Desk, id: &str) -> PathBuf {
    desk.output().parent().unwrap().join(format!("config/sources/{id}.toml"))
}

/// A home page whose way to the column is three links long, with wrong ways beside it.
fn portal_with_a_home_page() -> Portal {
    let portal = Portal::open();
    Column::new(2, 40).serve(&portal);
    let page = |path: &str, body: &str| {
        portal.page(
            2,
            path,
            Reply::html(&format!("<html><head><title>云溪县人民政府</title></head><body>{body}</body></html>")),
        );
    };
    let news: String = (1..9)
        .map(|n| format!("<li><a href='/xw/202402/t2024022{n}_{n}.html'>县委召开第{n}次专题会议研究部署工作</a><span>2024-02-2{n}</span></li>"))
        .collect();
    let menu = "<a href='/zwgk/'>政务公开</a><a href='/ysq/'>依申请公开</a><a href='http://127.0.0.3/'>依法行政</a>";
    page("/", &format!("{menu}<ul>{news}</ul>"));
    page("/zwgk/", "<a href='/zwgk/zn/'>政府信息公开指南</a><a href='/zwgk/ml/'>法定主动公开内容</a>");
    page("/zwgk/ml/", "<a href='/gone/'>依法行政</a><a href='/fzzf/index.html'>法治政府建设</a>");
    portal
}

#[test]
fn from_the_home_page_to_a_source_that_crawls() {
    let portal = portal_with_a_home_page();
    let desk = Desk::new("");
    let run = add(&desk, &[&portal.url(2, "/"), "--id", "yunxi"]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    for part in [
        "云溪县 法治政府建设",
        "政务公开 > 法定主动公开内容 > 法治政府建设",
        "trs_static",
        "3 declared, the second is",
        "index_1.html, with 15 more items",
        "30 of 30 titles",
        "2015-01-11 to 2015-02-12",
        "* 2015-02-12  云溪县第39号法治政府建设年度报告",
    ] {
        assert!(run.printed().contains(part), "{part} is not in\n{}", run.printed());
    }
    assert_eq!(run.printed().matches("  * 20").count(), 10, "ten titles");
    let text = std::fs::read_to_string(file(&desk, "yunxi")).unwrap();
    assert!(text.contains("title_matches") && text.contains(&portal.url(2, "/fzzf/index.html")), "{text}");
    assert!(portal.log().iter().all(|asked| asked.host == "127.0.0.2"), "another host was asked");
    for path in ["/ysq/", "/zwgk/zn/"] {
        assert!(portal.answers(2, path).is_empty(), "{path} leads elsewhere");
    }
    assert_eq!(desk.run(&["sources", "check"]).exit(), 0);
    let crawl = desk.crawl(&["--source", "yunxi"]);
    assert_eq!((crawl.exit(), crawl.counts()[1]), (0, 40), "{}", crawl.said());
}

#[test]
fn a_column_is_taken_as_it_was_named_and_never_written_over() {
    let portal = Portal::open();
    let mut column = Column::new(2, 8);
    column.serve(&portal);
    let desk = Desk::new("");
    let start = column.start(&portal);
    let dry = add(&desk, &[&start, "--dry-run"]);
    assert_eq!(dry.exit(), 0, "{}", dry.said());
    assert!(dry.printed().contains("a single page") && dry.printed().contains("[select]"), "{}", dry.printed());
    assert!(!file(&desk, "127-0-0-2-fzzf").exists(), "nothing is written");

    assert_eq!(add(&desk, &[&start, "-q"]).printed(), "");
    let before = std::fs::read_to_string(file(&desk, "127-0-0-2-fzzf")).unwrap();
    let again = add(&desk, &[&start]);
    assert_eq!(again.exit(), 2);
    assert!(again.said().contains("--force"), "{}", again.said());
    let twin = add(&desk, &[&start, "--id", "twin"]);
    assert_eq!(twin.exit(), 2);
    assert!(twin.said().contains("already a start of `127-0-0-2-fzzf`"), "{}", twin.said());
    assert!(!file(&desk, "twin").exists());

    column.reports.push(8);
    column.serve(&portal);
    let json = add(&desk, &[&start, "--force", "--json"]);
    assert_eq!(json.exit(), 0, "{}", json.said());
    let summary: serde_json::Value = serde_json::from_str(&json.printed()).unwrap();
    assert_eq!((&summary["items_read"], &summary["wanted"], &summary["written"]), (&9.into(), &9.into(), &true.into()));
    assert_ne!(std::fs::read_to_string(file(&desk, "127-0-0-2-fzzf")).unwrap(), before);
}

#[test]
fn a_column_without_such_reports_is_taken_whole() {
    let portal = Portal::open();
    let items: String = (1..6)
        .map(|n| format!("<li><a href='./202402/t2024020{n}_{n}.html'>关于公布第{n}批行政许可事项的公告</a><span>2024-02-0{n}</span></li>"))
        .collect();
    portal.page(2, "/gg/", Reply::html(&format!("<a href='/fzzf/'>法治政府建设</a><ul>{items}</ul>")));
    let desk = Desk::new("");
    let run = add(&desk, &[&portal.url(2, "/gg/"), "--dry-run"]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    assert!(run.printed().contains("0 of 5 titles") && run.printed().contains("there is a link `法治政府建设`"));
    assert!(!run.printed().contains("[select]"), "{}", run.printed());
}

#[test]
fn a_report_on_the_home_page_leads_to_its_column_by_its_breadcrumb() {
    let portal = Portal::open();
    Column::new(2, 12).serve(&portal);
    let title = "云溪县人民政府关于2023年度法治政府建设工作情况的报告";
    portal.page(2, "/", Reply::html(&format!("<ul><li><a href='/a/1.html'>{title}</a></li></ul>")));
    let crumbs = "当前位置：<a href='/'>首页</a> > <a href='/fzzf/index.html'>法治政府建设</a>";
    portal.page(2, "/a/1.html", Reply::html(&format!("{crumbs}<h1>{title}</h1><p>现将有关情况报告如下。</p>")));
    let desk = Desk::new("");
    let run = add(&desk, &[&portal.url(2, "/"), "--dry-run"]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    assert!(run.printed().contains("12 of 12 titles"), "{}", run.printed());
}

#[test]
fn what_keeps_a_column_from_being_found_is_told() {
    let portal = Portal::open();
    portal.page(2, "/c1/", Reply::html("<p>暂无内容</p>"));
    portal.page(3, "/", Reply::status(412));
    portal.page(4, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /".to_vec()));
    portal.page(5, "/", Reply::hang_up());
    portal.page(5, "/robots.txt", Reply::status(404));
    portal.page(6, "/", Reply::html("<a href='/zwgk/'>政务公开</a>"));
    portal.page(6, "/zwgk/", Reply::html("<a href='/zwgk/'>政务公开</a><p>建设中</p>"));
    portal.page(7, "/", Reply::html("<a href='/zwgk/'>政务公开</a>"));
    portal.page(7, "/zwgk/", Reply::status(412));
    let desk = Desk::new("");
    for (n, path, exit, part) in [
        (2, "/c1/", 1, "is not a list"),
        (3, "/", 3, "never circumvented"),
        (4, "/", 3, "robots.txt"),
        (5, "/", 3, "browser"),
        (6, "/", 1, "(3 pages asked for)"),
        (7, "/", 3, "a bot wall"),
        (8, "/", 3, "404"),
    ] {
        let run = add(&desk, &[&portal.url(n, path), "--id", "yunxi", "-q"]);
        assert_eq!(run.exit(), exit, "host {n}: {}", run.said());
        assert!(run.said().contains(part), "host {n}: {}", run.said());
        assert!(!file(&desk, "yunxi").exists());
    }
}

#[test]
fn other_reports_are_looked_for_where_the_user_says_so() {
    let portal = Portal::open();
    let column = |n: u8, path: &str, name: &str, title: &str| {
        let items: String = (1..6)
            .map(|y| format!("<li><a href='./202{y}01/t202{y}0110_{y}.html'>云溪县202{y}年{title}</a><span>202{y}-01-10</span></li>"))
            .collect();
        let html =
            format!("<html><head><title>{name}_云溪县人民政府</title></head><body><ul>{items}</ul></body></html>");
        portal.page(n, path, Reply::html(&html));
    };
    let menu = "<a href='/nb/'>政府信息公开年报</a><a href='/bg/'>政府工作报告</a><a href='/qz/'>权责清单</a>";
    portal.page(2, "/", Reply::html(menu));
    column(2, "/nb/", "政府信息公开年报", "政府信息公开工作年度报告");
    column(2, "/bg/", "政府工作报告", "政府工作报告");
    column(2, "/qz/", "权责清单", "司法局权责清单目录公告");
    let desk = Desk::new("");
    for (want, path, pattern) in [
        ("foi", "/nb/", "信息公开.*(报告|年报)"),
        ("work_report", "/bg/", "政府工作报告"),
        ("权责清单", "/qz/", "权责清单"),
    ] {
        let run = add(&desk, &[&portal.url(2, "/"), "--want", want, "--dry-run"]);
        assert_eq!(run.exit(), 0, "{want}: {}", run.said());
        assert!(run.said().starts_with("looking for "), "{}", run.said());
        assert!(run.printed().contains(path) && run.printed().contains("5 of 5 titles"), "{want}: {}", run.printed());
        assert!(run.printed().contains(pattern), "{want}: {}", run.printed());
    }
    let none = add(&desk, &[&portal.url(2, "/")]);
    assert_eq!(none.exit(), 1);
    assert!(none.said().contains("法治政府建设年度报告") && none.said().contains("--want"), "{}", none.said());
    let wrong = add(&desk, &[&portal.url(2, "/"), "--want", "("]);
    assert_eq!(wrong.exit(), 2, "{}", wrong.said());
    assert_eq!(add(&desk, &["ftp://www.example.gov.cn/"]).exit(), 2);
}

#[test]
fn a_column_that_a_script_fills_is_told_at_once() {
    let portal = Portal::open();
    let links: String = (0..20).map(|n| format!("<a href='/zwgk/{n}/'>政务公开</a>")).collect();
    portal.page(2, "/", Reply::html(&format!("{links}<a href='/fzzf/'>法治政府建设</a>")));
    let scripted = "<html><head><title>法治政府建设_云溪县人民政府</title></head><body><div id='list'></div>\
        <script src='/js/list.js'></script></body></html>";
    portal.page(2, "/fzzf/", Reply::html(scripted));
    let desk = Desk::new("");
    for (path, pages) in [("/", 2), ("/fzzf/", 1)] {
        portal.forget();
        let run = add(&desk, &[&portal.url(2, path), "-q"]);
        assert_eq!(run.exit(), 1, "{}", run.said());
        assert!(run.said().contains("/fzzf/` is the column") && run.said().contains("script"), "{}", run.said());
        assert_eq!(portal.log().len(), pages + 1, "and robots.txt");
    }
}

#[test]
fn a_search_form_of_another_site_is_not_asked() {
    let portal = Portal::open();
    let channel = "0123456789abcdef0123456789abcdef";
    let script = format!("<script>var url = '{}';</script>", portal.url(3, &format!("/common/search/{channel}")));
    let page = format!(
        "<html><head><title>法治政府建设_云溪县</title></head><body><div id='list'></div>{script}</body></html>"
    );
    portal.page(2, "/fzzf/", Reply::html(&page));
    let desk = Desk::new("");
    let run = add(&desk, &[&portal.url(2, "/fzzf/"), "-q"]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    assert!(portal.log().iter().all(|asked| asked.host == "127.0.0.2"), "another host was asked");
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn sitemaps_lead_to_a_column_that_no_link_names() {
    let portal = Portal::open();
    let page = |n: u8, path: &str, text: &str| portal.page(n, path, Reply::html(text));
    for n in [2, 3, 4, 5] {
        Column::new(n, 12).serve(&portal);
        page(n, "/", "<a href='/zwgk/'>政务公开</a>");
        page(n, "/zwgk/", "<p>建设中</p>");
    }
    let place = |n: u8, path: &str| format!("<url><loc>{}</loc></url>", portal.url(n, path));
    // At the usual place; named in robots.txt and an index of others; a page for readers.
    page(2, "/sitemap.xml", &format!("<urlset>{}{}</urlset>", place(2, "/xw/1.html"), place(2, &report_path(3))));
    let named = format!("User-agent: *\nDisallow: /x\nSitemap: {}\n", portal.url(3, "/maps.xml"));
    portal.page(3, "/robots.txt", Reply::bytes(named.into_bytes()));
    let index = format!("<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>", portal.url(3, "/map1.xml"));
    page(3, "/maps.xml", &index);
    page(3, "/map1.xml", &format!("<urlset>{}</urlset>", place(3, &report_path(3))));
    page(4, "/", "<a href='/zwgk/'>政务公开</a><a href='/wzdt.html'>网站地图</a>");
    page(
        4,
        "/wzdt.html",
        "<ul><li><a href='/zwgk/'>政务公开</a></li><li><a href='/fzzf/index.html'>法治政府建设</a></li></ul>",
    );
    // Packed, as large portals keep theirs.
    let named = format!("User-agent: *\nDisallow: /x\nSitemap: {}\n", portal.url(5, "/map.xml.gz"));
    portal.page(5, "/robots.txt", Reply::bytes(named.into_bytes()));
    portal.page(5, "/map.xml.gz", Reply::bytes(packed(&format!("<urlset>{}</urlset>", place(5, &report_path(3))))));
    let desk = Desk::new("");
    for n in [2, 3, 4, 5] {
        // The server gives the list for its folder.
        portal.page(n, "/fzzf/", Column::new(n, 12).list_pages().remove(0));
        let run = add(&desk, &[&portal.url(n, "/"), "--dry-run"]);
        assert_eq!(run.exit(), 0, "host {n}: {}", run.said());
        assert!(run.printed().contains("12 of 12 titles"), "host {n}: {}", run.printed());
    }
}

#[test]
fn a_search_ends_however_many_links_there_are() {
    let portal = Portal::open();
    let links: String = (0..100).map(|n| format!("<a href='/zwgk/{n}/'>政务公开</a>")).collect();
    portal.page(2, "/", Reply::html(&links));
    for n in 0..100 {
        portal.page(2, &format!("/zwgk/{n}/"), Reply::html(&links));
    }
    let desk = Desk::new("");
    let run = add(&desk, &[&portal.url(2, "/"), "-q"]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    assert_eq!(portal.log().len(), 10, "nine pages and robots.txt: one is kept for a second page of the list");
}
