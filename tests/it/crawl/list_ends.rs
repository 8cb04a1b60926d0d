//! Where a list ends: what portals show behind the last page, and lists that go on by a script.

use super::{Column, Desk, list_path};
use crate::portal::{Portal, Reply};

const PAGES: usize = 3;
const ROWS: usize = 5;

/// A list page with these reports and something behind them.
fn page(reports: std::ops::Range<usize>, behind: &str) -> Reply {
    let row = |n| {
        let path = super::report_path(n);
        format!("<li><a href=\"{path}\">云溪县第{n}号法治政府建设年度报告</a><span>2024-03-01</span></li>")
    };
    let rows: String = reports.map(row).collect();
    Reply::html(&format!("<html><body><ul>{rows}</ul><div class=\"pages\">{behind}</div></body></html>"))
}

fn next(n: usize) -> String {
    format!("<a href=\"{}\">下一页</a>", list_path(n))
}

/// Serves three pages, each with a link to the next one, and says what stands behind the third.
fn column(portal: &Portal, total: &str, behind: impl Fn(usize) -> Reply) -> Desk {
    Column::new(2, PAGES * ROWS).serve(portal);
    for n in 0..PAGES {
        portal.page(2, &list_path(n), page(n * ROWS..(n + 1) * ROWS, &(next(n + 1) + total)));
    }
    for n in PAGES..PAGES + 6 {
        portal.page(2, &list_path(n), behind(n));
    }
    let desk = Desk::new("");
    desk.source("yunxi", &portal.url(2, &list_path(0)), "");
    desk
}

type Behind = (&'static str, fn(usize) -> Reply);

const BEHIND: [Behind; 8] = [
    ("the last page again", |n| page(10..15, &next(n + 1))),
    ("the last page again without a link", |_| page(10..15, "")),
    ("the first page again", |n| page(0..5, &next(n + 1))),
    ("a page without rows", |n| page(0..0, &next(n + 1))),
    ("a page without rows and without a link", |_| page(0..0, "")),
    ("404", |_| Reply::status(404)),
    ("an error page", |_| Reply::html("<p>抱歉，您访问的页面不存在</p>")),
    ("the way back to the first page", |_| Reply::redirect("/fzzf/index.html")),
];

#[test]
fn a_page_that_adds_nothing_is_behind_the_end() {
    for (why, behind) in BEHIND {
        let portal = Portal::open();
        let desk = column(&portal, "", behind);
        let run = desk.crawl(&[]);
        assert_eq!((run.exit(), run.status("yunxi").as_str()), (0, "complete: "), "{why}: {}", run.said());
        assert_eq!(run.counts()[..2], [15, 15], "{why}");
        for n in 1..PAGES {
            assert_eq!(portal.answers(2, &list_path(n)).len(), 1, "{why}: page {n}");
        }
        portal.forget();
        let again = desk.crawl(&[]);
        assert_eq!((again.exit(), again.counts()[1]), (0, 0), "{why}: {}", again.said());
        let asked = portal.log().iter().filter(|asked| asked.path.starts_with("/fzzf/index")).count();
        assert_eq!(asked, 2, "{why}: the next night reads no more than it must");
    }
}

#[test]
fn a_page_that_adds_nothing_is_no_end_where_the_portal_declares_more() {
    for (why, behind) in BEHIND {
        let portal = Portal::open();
        let run = column(&portal, " 共 90 条 共 18 页", behind).crawl(&[]);
        assert!([3, 4].contains(&run.exit()), "{why}: {}", run.said());
        assert!(run.status("yunxi").starts_with("partial: "), "{why}: {}", run.status("yunxi"));
    }
}

#[test]
fn a_list_page_that_fails_is_no_end() {
    for status in [500, 503, 403] {
        let portal = Portal::open();
        let desk = column(&portal, "", |n| page(n * ROWS..(n + 1) * ROWS, ""));
        portal.page(2, &list_path(1), Reply::status(status));
        let run = desk.crawl(&[]);
        assert_eq!(run.exit(), 3, "{status}: {}", run.said());
        assert!(run.status("yunxi").starts_with("partial: list page"), "{}", run.status("yunxi"));
    }
}

#[test]
fn a_list_that_only_a_script_continues_is_partial() {
    for (behind, status) in [
        ("<a href=\"javascript:loadMore()\">加载更多</a>", "partial: the list goes on by a button that loads more"),
        ("<button onclick=\"more()\">点击加载更多</button>", "partial: the list goes on by a button that loads more"),
        ("<div id=\"more\">查看更多</div>", "partial: the list goes on by a button that loads more"),
        ("<a href=\"javascript:next()\">下一页</a>", "partial: the list goes on over pages that a script leads to"),
        (
            "<div id=\"p\"></div><script>$('#p').pagination({ pageCount: count })</script>",
            "partial: the list goes on over pages that a script leads to",
        ),
        ("<a href=\"/tz/\">更多&gt;&gt;</a>", "complete: "),
        ("<a href=\"/tz/\">查看更多</a>", "complete: "),
        ("<a href=\"javascript:more()\" style=\"display: none\">加载更多</a>", "complete: "),
        ("<a class=\"disabled\" href=\"javascript:next()\">下一页</a>", "complete: "),
        ("<a href=\"javascript:void(0)\">下一页</a> 共 1 页", "complete: "),
        ("<script>function pagination(id) {}</script>", "complete: "),
        ("<p>没有更多了</p>", "complete: "),
    ] {
        let portal = Portal::open();
        Column::new(2, ROWS).serve(&portal);
        portal.page(2, &list_path(0), page(0..ROWS, behind));
        let desk = Desk::new("");
        desk.source("yunxi", &portal.url(2, &list_path(0)), "");
        let run = desk.crawl(&[]);
        assert!(run.status("yunxi").starts_with(status), "{behind}: {}", run.status("yunxi"));
        assert_eq!(run.exit() == 0, status == "complete: ", "{behind}: {}", run.said());
        assert_eq!(run.counts()[1], 5, "{behind}: what is shown is fetched");
    }
}
