//! Pages that send the reader on, cookies, pages that come packed, and articles over several pages.

use std::io::Write as _;

use super::{Column, Desk, list_path, report, report_path};
use crate::portal::{Portal, Reply};

fn three_reports() -> (Portal, Desk) {
    let portal = Portal::open();
    let column = Column::new(2, 3);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    (portal, desk)
}

#[test]
fn a_stub_is_followed_like_a_redirect() {
    let (portal, desk) = three_reports();
    for n in 0..2 {
        portal.page(2, &format!("/new/{n}.html"), Reply::html(&report(2, n, "")));
    }
    portal.page(2, &report_path(0), Reply::html("<script>window.location.href = '/new/0.html';</script>"));
    portal.page(2, &report_path(1), Reply::html("<meta http-equiv='refresh' content='0;URL=/new/1.html'>"));
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.status("yunxi").as_str()), (0, "complete: "), "{}", run.said());
    let archived = desk.archived("yunxi");
    for n in 0..2 {
        assert!(archived.contains(&(report_path(n), report(2, n, ""))), "report {n}");
        assert_eq!(portal.answers(2, &format!("/new/{n}.html")), [200]);
    }
}

#[test]
fn stubs_that_go_round_or_lead_where_robots_may_not_go_fail() {
    let (portal, desk) = three_reports();
    portal.page(2, &report_path(0), Reply::html("<script>location.replace('/ring.html')</script>"));
    portal.page(2, "/ring.html", Reply::html(&format!("<script>location.href = '{}'</script>", report_path(0))));
    portal.page(2, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /private/\n".to_vec()));
    portal.page(2, &report_path(1), Reply::html("<script>location.href = '/private/1.html'</script>"));
    desk.crawl(&[]);
    let mut failed = desk.failed();
    failed.sort();
    let mut expect = [format!("{}: redirects", report_path(0)), format!("{}: robots", report_path(1))];
    expect.sort();
    assert_eq!(failed, expect);
}

#[test]
fn a_page_that_comes_packed_without_a_word_is_unpacked() {
    let (portal, desk) = three_reports();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(report(2, 1, "").as_bytes()).unwrap();
    let reply = Reply::bytes(packed.finish().unwrap()).header("content-type", "text/html; charset=utf-8");
    portal.page(2, &report_path(1), reply);
    assert_eq!(desk.crawl(&[]).exit(), 0);
    assert!(desk.archived("yunxi").contains(&(report_path(1), report(2, 1, ""))));
}

#[test]
fn the_further_pages_of_an_article_are_fetched_and_asked_for_again_if_they_fail() {
    let (portal, desk) = three_reports();
    let part = |n: usize| report_path(1).replace(".html", &format!("_{n}.html"));
    let links = |to: usize| format!("<p><a href='{}'>下一页</a></p>", part(to));
    portal.page(2, &report_path(1), Reply::html(&report(2, 1, &links(2))));
    portal.page(2, &part(2), Reply::html(&report(2, 1, &links(3))));
    portal.page(2, &part(3), Reply::status(500));
    let run = desk.crawl(&[]);
    assert_eq!(run.counts(), [3, 2, 0, 0, 0, 1], "{}", run.said());
    assert_eq!(portal.answers(2, &part(2)), [200]);

    portal.page(2, &part(3), Reply::html(&report(2, 1, "")));
    portal.forget();
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.status("yunxi").as_str()), (0, "complete: "), "{}", run.said());
    assert_eq!(portal.answers(2, &part(3)), [200]);
    portal.forget();
    assert_eq!(desk.crawl(&[]).exit(), 0);
    assert!(portal.answers(2, &part(3)).is_empty() && portal.answers(2, &list_path(0)).len() == 1);
}
