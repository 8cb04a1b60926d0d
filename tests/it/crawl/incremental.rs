//! Later runs: what is new and what has changed is found, what is known is left alone, what broke off goes on.

use crate::portal::site::{Column, Desk, list_path, report, report_path};
use crate::portal::{Portal, Reply};

#[test]
fn new_reports_are_found_and_changed_ones_with_a_full_run() {
    let portal = Portal::open();
    let mut column = Column::new(2, 60);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.crawl(&[]);

    column.reports.extend(60..65);
    column.serve(&portal);
    for n in [3, 50] {
        portal.page(2, &report_path(n), Reply::html(&report(2, n, "（已更正）")));
    }
    portal.forget();
    let run = desk.crawl(&[]);
    assert_eq!(run.counts()[1], 5, "five are new");
    for n in 60..65 {
        assert_eq!(portal.answers(2, &report_path(n)), [200]);
    }
    assert_eq!(portal.answers(2, &report_path(3)), [0; 0], "known pages are not asked for");

    portal.forget();
    let full = desk.crawl(&["--full"]);
    assert_eq!(full.counts(), [65, 0, 2, 63, 0, 0]);
    assert_eq!(portal.answers(2, &report_path(3)), [200]);
    assert_eq!(portal.answers(2, &report_path(4)), [304]);
    assert!(desk.archived("yunxi").contains(&(report_path(50), report(2, 50, "（已更正）"))));
    assert_eq!(desk.versions("yunxi", &report_path(50)), 2, "the old text stays");
}

#[test]
fn a_pinned_item_does_not_end_the_run_early() {
    let portal = Portal::open();
    let mut column = Column::new(2, 60);
    // The oldest report stands at the top of every page.
    column.pinned = Some(0);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.crawl(&[]).counts(), [60, 60, 0, 0, 0, 0]);
    // Three pages of new ones.
    column.reports.extend(60..105);
    column.serve(&portal);
    assert_eq!(desk.crawl(&[]).counts()[1], 45);
}

#[test]
fn what_failed_is_asked_for_again_and_its_line_goes_when_it_succeeds() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let path = report_path(1);
    portal.page(2, &path, Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let first = desk.crawl(&[]);
    assert_eq!((first.exit(), first.counts()), (0, [20, 19, 0, 0, 0, 1]), "one of twenty is what max_failed lets pass");
    assert_eq!(first.status("yunxi"), "partial: 1 page could not be had");
    assert_eq!(desk.failed(), [format!("{path}: http_status")]);

    column.serve(&portal);
    portal.forget();
    let second = desk.crawl(&[]);
    assert_eq!(second.counts(), [20, 1, 0, 19, 0, 0]);
    assert_eq!(second.status("yunxi"), "complete: ");
    assert!(desk.failed().is_empty(), "{:?}", desk.failed());
    assert_eq!(portal.log().len(), 4, "robots.txt, two list pages, one report");
}

#[test]
fn a_page_that_is_gone_is_noted_and_its_text_stays() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.crawl(&[]);
    portal.remove(2, &report_path(7));
    let full = desk.crawl(&["--full"]);
    assert_eq!((full.exit(), full.counts()), (0, [20, 0, 0, 19, 0, 1]));
    assert_eq!(full.status("yunxi"), "complete: gone since the list was made: 1 page");
    assert_eq!(desk.failed(), [format!("{}: gone", report_path(7))]);
    assert!(desk.archived("yunxi").contains(&(report_path(7), report(2, 7, ""))));
    portal.forget();
    desk.crawl(&[]);
    assert_eq!(portal.answers(2, &report_path(7)), [0; 0], "what is gone is not asked for again");
    assert_eq!(desk.failed().len(), 1, "and is still listed");
}

#[test]
fn a_run_that_did_not_see_the_whole_list_does_not_let_the_next_one_stop_early() {
    let portal = Portal::open();
    let column = Column::new(2, 90);
    column.serve(&portal);
    portal.page(2, &list_path(3), Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let first = desk.crawl(&[]);
    assert_eq!((first.exit(), first.counts()), (3, [45, 45, 0, 0, 0, 0]));
    assert!(first.status("yunxi").starts_with("partial: list page"), "{}", first.status("yunxi"));
    column.serve(&portal);
    let second = desk.crawl(&[]);
    assert_eq!((second.exit(), second.counts()), (0, [90, 45, 0, 45, 0, 0]));
}
