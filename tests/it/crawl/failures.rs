//! Bad input of every kind: a clear word or a counted failure, the right exit code, and nothing else is lost.

use std::net::{Ipv4Addr, TcpListener};

use crate::portal::site::{Column, Desk, list_path, report_path};
use crate::portal::{Portal, Reply};

/// Crawls a column that is broken as `spoil` likes, beside one that is whole; gives exit code and state of the first.
fn beside_a_good_one(spoil: impl Fn(&Portal, &Column)) -> (i32, String) {
    let portal = Portal::open();
    let (good, bad) = (Column::new(2, 20), Column::new(3, 20));
    good.serve(&portal);
    bad.serve(&portal);
    spoil(&portal, &bad);
    let desk = Desk::new("max_list_pages = 12\nmax_bytes = \"1 MiB\"\n");
    desk.source("good", &good.start(&portal), "");
    desk.source("bad", &bad.start(&portal), "");
    let run = desk.crawl(&[]);
    run.counts();
    assert_eq!(run.status("good"), "complete: ", "the other source is not touched");
    assert_eq!(desk.archived("good").len(), 20);
    (run.exit(), run.status("bad"))
}

fn assert_starts(found: &(i32, String), exit: i32, start: &str) {
    assert!(found.0 == exit && found.1.starts_with(start), "{found:?} instead of {exit}, {start}");
}

#[test]
fn a_list_page_that_is_none_is_told_for_what_it_is() {
    let cases = [
        (Reply::status(404), "changed: list page"),
        (Reply::html(""), "changed: list page"),
        (Reply::html("<p>您访问的页面不存在</p>"), "changed: list page"),
        (Reply::bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(400)), "changed: list page"),
        (Reply::status(500), "unreachable: list page"),
        (Reply::hang_up(), "unreachable: list page"),
        (Reply::redirect("/fzzf/index.html"), "unreachable: list page"),
        (Reply::repeated(vec![b' '; 1 << 16], 3200), "unreachable: list page"),
        (Reply::html(&format!("<p>{}</p>", "云溪县概况。".repeat(300))), "changed: the first list page names 0 items"),
    ];
    for (reply, state) in cases {
        let found = beside_a_good_one(|portal, bad| portal.page(bad.host, &list_path(0), reply.clone()));
        assert_starts(&found, 3, state);
    }
}

/// A column was crawled, and then its list answers so; gives exit code and state.
fn after_a_good_night(reply: Reply) -> (i32, String) {
    let portal = Portal::open();
    let column = Column::new(2, 10);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.crawl(&[]).exit(), 0);
    portal.page(2, &list_path(0), reply);
    let run = desk.crawl(&[]);
    assert_eq!(desk.archived("yunxi").len(), 10, "what was there stays");
    (run.exit(), run.status("yunxi"))
}

#[test]
fn a_small_list_that_names_nothing_any_more_is_changed_and_a_challenge_is_a_wall() {
    let nav = "<a href=\"/\">首页</a><a href=\"/zwgk/\">政务公开</a>";
    let titles = "<tr><td>云溪县法治政府建设年度报告</td><td><a href=\"#1\">2024-03-01</a></td></tr>".repeat(5);
    for (page, exit, state) in [
        (format!("{nav}<p>暂无内容</p>"), 4, "changed: "),
        ("<p>暂无数据</p>".to_owned(), 4, "changed: "),
        (
            format!("{nav}<div id=\"list\"></div><script src=\"/list.js\"></script><p>主办：云溪县人民政府办公室</p>"),
            4,
            "changed: ",
        ),
        (format!("{nav}<table>{titles}</table>"), 4, "changed: "),
        ("<div id=\"app\"></div><script src=\"/app.js\"></script>".to_owned(), 3, "blocked: "),
        (
            "<p>正在为您检查浏览器的环境，请稍候，完成后自动跳转，过程大约需要五秒</p><script>c()</script>".to_owned(),
            3,
            "blocked: ",
        ),
    ] {
        let found = after_a_good_night(Reply::html(&format!("<html><body>{page}</body></html>")));
        assert_starts(&found, exit, state);
    }
}

#[test]
fn a_list_that_shrinks_is_an_alarm() {
    let found = after_a_good_night(Reply::html(&page_of_links(0..1, "")));
    assert_starts(&found, 4, "changed: the first list page names 1 items, as a rule it names 10");
    let found = after_a_good_night(Reply::html(&page_of_links(0..6, "")));
    assert_starts(&found, 0, "complete: ");
}

#[test]
fn a_list_that_robots_txt_does_not_allow_is_disallowed() {
    let found = beside_a_good_one(|portal, bad| {
        portal.page(bad.host, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /fzzf/".to_vec()));
    });
    assert_starts(&found, 3, "disallowed: list page");
}

#[test]
fn a_host_that_is_not_there_is_unreachable() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let desk = Desk::new("");
    desk.source("nobody", &format!("http://127.0.0.1:{port}/fzzf/index.html"), "");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (3, [0; 6]));
    assert!(run.status("nobody").starts_with("unreachable: list page"), "{}", run.status("nobody"));
    assert!(run.status("nobody").contains("refused"), "{}", run.status("nobody"));
    assert_eq!(desk.failed(), ["/fzzf/index.html: unreachable"]);
}

#[test]
fn an_address_that_cannot_be_asked_is_an_error_of_the_configuration() {
    for start in ["ftp://www.yunxi.test/", "www.yunxi.test/fzzf/", ""] {
        let desk = Desk::new("");
        desk.source("yunxi", start, "");
        let run = desk.crawl(&[]);
        assert_eq!(run.exit(), 2, "{start}");
        assert!(run.said().contains("yunxi.toml"), "{}", run.said());
    }
    let desk = Desk::new("");
    desk.source("yunxi", "http://127.0.0.1/", "");
    let run = desk.run(&["crawl", "--json"]);
    assert_eq!(run.exit(), 3);
    assert!(run.status("yunxi").contains("not a public address"), "{}", run.status("yunxi"));
}

#[test]
fn a_list_that_loops_ends_and_says_so() {
    let found = beside_a_good_one(|portal, bad| {
        let link = "<a href=\"index.html\">下一页</a> 共 9 页";
        portal.page(bad.host, &list_path(1), Reply::html(&page_of_links(15..30, link)));
    });
    assert_starts(&found, 3, "partial: the list leads back to itself at");
    // Pages without end that repeat the last one, as portals do whose pager does not know where it ends.
    let found = beside_a_good_one(|portal, bad| {
        for n in 0..60 {
            let link = format!("<a href=\"index_{}.html\">下一页</a> 共 60 页", n + 1);
            portal.page(bad.host, &list_path(n), Reply::html(&page_of_links(0..20, &link)));
        }
    });
    assert_starts(&found, 3, "partial: the list leads back to itself at");
}

#[test]
fn a_list_without_end_ends_at_the_limit() {
    let found = beside_a_good_one(|portal, bad| {
        for n in 0..60 {
            let link = format!("<a href=\"index_{}.html\">下一页</a>", n + 1);
            portal.page(bad.host, &list_path(n), Reply::html(&page_of_links(n * 20..n * 20 + 20, &link)));
        }
    });
    assert_starts(&found, 3, "partial: 12 list pages were read and there are more");
}

fn page_of_links(reports: std::ops::Range<usize>, next: &str) -> String {
    let items: String = reports
        .map(|n| {
            let path = report_path(n % 20);
            let unique = if n < 20 { String::new() } else { format!("?n={n}") };
            format!("<li><a href=\"{path}{unique}\">云溪县第{n}号法治政府建设年度报告</a><span>2024-03-01</span></li>")
        })
        .collect();
    format!("<html><body><ul>{items}</ul><div class=\"pages\">{next}</div></body></html>")
}

#[test]
fn bad_pages_are_counted_each_with_its_reason() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    let bad = [
        (Reply::status(404), "gone"),
        (Reply::status(403), "http_status"),
        (Reply::html(" "), "empty"),
        (Reply::html("<p>抱歉，网页不存在</p>"), "error_page"),
        (Reply::repeated(vec![b'x'; 1 << 16], 3200), "too_large"),
        (Reply::broken_after("<p>half").header("content-length", "90000"), "truncated"),
        (Reply::redirect("/private/1.html"), "robots"),
        (Reply::redirect("/a/../ring"), "redirects"),
    ];
    portal.page(2, "/ring", Reply::redirect("/ring"));
    portal.page(2, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /private".to_vec()));
    for (n, (reply, _)) in bad.iter().enumerate() {
        portal.page(2, &report_path(n), reply.clone());
    }
    let desk = Desk::new("max_bytes = \"1 MiB\"\n");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (3, [40, 32, 0, 0, 1, 7]), "{}", run.said());
    let want: Vec<String> = bad.iter().enumerate().map(|(n, (_, why))| format!("{}: {why}", report_path(n))).collect();
    assert_eq!(desk.failed(), want);
    assert_eq!(desk.archived("yunxi").len(), 32, "no bad page is among the good ones");
}

#[test]
fn a_picture_with_the_name_of_a_page_gives_no_record() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    portal.page(2, &report_path(4), Reply::bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(400)));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.run(&["run", "--allow-private", "--json"]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    assert_eq!(desk.failed(), [format!("{}: binary", report_path(4))]);
    let report: serde_json::Value = serde_json::from_str(&run.printed()).unwrap();
    assert_eq!((&report["build"]["documents"], &report["build"]["counts"]["failed"]), (&19.into(), &1.into()));
}

#[test]
fn a_source_that_had_reports_and_has_none_is_an_alarm() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.crawl(&[]).exit(), 0);
    let redesigned = format!("<html><body><p>{}</p></body></html>", "本栏目已改版。".repeat(200));
    portal.page(2, &list_path(0), Reply::html(&redesigned));
    let run = desk.crawl(&[]);
    assert_eq!(run.exit(), 4);
    assert!(run.status("yunxi").starts_with("changed: "), "{}", run.status("yunxi"));
    assert_eq!(desk.archived("yunxi").len(), 20, "what was there stays");
}

#[test]
fn a_total_that_is_not_reached_is_an_alarm() {
    let portal = Portal::open();
    let column = Column::new(2, 60);
    column.serve(&portal);
    // The third of four pages leads nowhere, and the fourth is not where its number would have it.
    portal.page(2, &list_path(2), Reply::html(&page_of_links(0..15, "共4页")));
    portal.remove(2, &list_path(3));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.crawl(&[]);
    assert_eq!(run.exit(), 4, "{}", run.status("yunxi"));
    assert_eq!(run.status("yunxi"), "partial: the portal declares 4 list pages, the list leads to 3");
}
