//! A portal on loopback is crawled: everything once, nothing again, and what fails is told.

use crate::portal::site::{Column, Desk, list_path, report, report_path};
use crate::portal::{Portal, Reply};

#[test]
fn a_column_is_crawled_and_a_second_run_fetches_nothing() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");

    let first = desk.crawl(&[]);
    assert_eq!(first.exit(), 0, "{}", first.said());
    assert_eq!(first.counts(), [40, 40, 0, 0, 0, 0]);
    assert_eq!(first.status("yunxi"), "complete: ");
    let pages = desk.archived("yunxi");
    assert_eq!(pages.len(), 40);
    for n in 0..40 {
        assert!(pages.contains(&(report_path(n), report(2, n, ""))), "report {n}");
        assert_eq!(portal.answers(2, &report_path(n)), [200]);
    }
    assert_eq!(portal.answers(2, "/robots.txt"), [404]);

    portal.forget();
    let second = desk.crawl(&[]);
    assert_eq!(second.exit(), 0, "{}", second.said());
    // Two whole pages of known items are enough.
    assert_eq!(second.counts(), [30, 0, 0, 30, 0, 0]);
    let asked: Vec<(String, u16)> = portal.log().into_iter().map(|asked| (asked.path, asked.status)).collect();
    assert_eq!(asked, [("/robots.txt".to_owned(), 404), (list_path(0), 304), (list_path(1), 304)]);
}
