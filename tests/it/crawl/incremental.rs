//! Later runs: what is new and what has changed is found, what is known is left alone, what broke off goes on.

use super::one_of_twenty_failed;
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
fn a_second_run_over_many_hosts_finds_all_that_is_new_or_changed_and_fetches_nothing_else() {
    let portal = Portal::open();
    let desk = Desk::new("");
    let mut columns: Vec<Column> = (2..22).map(|host| Column::new(host, 30)).collect();
    for column in &columns {
        column.serve(&portal);
        desk.source(&format!("host{}", column.host), &column.start(&portal), "");
    }
    assert_eq!(desk.crawl(&[]).counts(), [600, 600, 0, 0, 0, 0]);
    for column in &mut columns {
        // Every other host publishes; on all of them one page in ten changes.
        if column.host % 2 == 0 {
            column.reports.extend(30..35);
        }
        column.serve(&portal);
        for n in [4, 14, 24] {
            portal.page(column.host, &report_path(n), Reply::html(&report(column.host, n, "（已更正）")));
        }
    }
    portal.forget();
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()[1]), (0, 50), "{}", run.said());
    for column in &columns {
        let host = column.host;
        let listed = if host % 2 == 0 { [200, 200] } else { [304, 304] };
        let lists: Vec<u16> = (0..2).flat_map(|n| portal.answers(host, &list_path(n))).collect();
        assert_eq!(lists, listed, "host {host}");
        assert!(
            (0..30).all(|n| portal.answers(host, &report_path(n)).is_empty()),
            "host {host}: a known page was fetched"
        );
    }
    portal.forget();
    let full = desk.crawl(&["--full"]);
    assert_eq!((full.exit(), full.counts()), (0, [650, 0, 60, 590, 0, 0]), "{}", full.said());
    for host in 2..22 {
        for n in 0..30 {
            let status = if n % 10 == 4 { 200 } else { 304 };
            assert_eq!(portal.answers(host, &report_path(n)), [status], "host {host}, report {n}");
        }
        assert_eq!(portal.answers(host, &list_path(1)), [304], "host {host}");
    }
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
    let (portal, column, desk, _, first) = one_of_twenty_failed();
    assert_eq!((first.exit(), first.counts()), (0, [20, 19, 0, 0, 0, 1]), "one of twenty is what max_failed lets pass");
    assert_eq!(first.status("yunxi"), "partial: 1 page could not be had");

    column.serve(&portal);
    portal.forget();
    let second = desk.crawl(&[]);
    assert_eq!(second.counts(), [20, 1, 0, 19, 0, 0]);
    assert_eq!(second.status("yunxi"), "complete: ");
    assert!(desk.failed().is_empty(), "{:?}", desk.failed());
    assert_eq!(portal.log().len(), 4, "robots.txt, two list pages, one report");
}

/// Crawls a column whose list changes after so many of its pages were read.
fn moved(before: &Column, after: &Column, after_pages: usize) -> (Portal, Desk) {
    let portal = Portal::open();
    before.serve(&portal);
    after.serve(&portal);
    let old = before.list_pages().into_iter().zip(after.list_pages());
    for (n, (old, new)) in old.take(after_pages).enumerate() {
        portal.script(2, &list_path(n), vec![old, new]);
    }
    let desk = Desk::new("");
    desk.source("yunxi", &before.start(&portal), "");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.status("yunxi").as_str()), (0, "complete: "), "{}", run.said());
    (portal, desk)
}

#[test]
fn a_report_that_is_published_while_the_list_is_read_is_found() {
    let before = Column::new(2, 52);
    let mut after = before.clone();
    after.reports.push(52);
    // The number of pages stays as it was; the last item of the first page is the first one of the second.
    let (portal, desk) = moved(&before, &after, 1);
    assert_eq!(desk.archived("yunxi").len(), 53);
    assert_eq!(portal.answers(2, &list_path(0)), [200, 200]);
    assert_eq!(portal.answers(2, &list_path(3)).len(), 2);
    assert_eq!(portal.answers(2, &report_path(52)), [200], "once");
}

#[test]
fn a_report_that_slips_to_a_page_that_was_read_is_found() {
    let before = Column::new(2, 61);
    let mut after = before.clone();
    // One is taken from the first page, so the first one of the third page goes to the second, which was read.
    after.reports.retain(|&n| n != 58);
    let (_, desk) = moved(&before, &after, 2);
    let archived = desk.archived("yunxi");
    for n in after.reports {
        assert!(archived.iter().any(|(path, _)| *path == report_path(n)), "report {n} was lost");
    }
}

#[test]
fn a_list_that_keeps_still_is_read_once() {
    let portal = Portal::open();
    let mut column = Column::new(2, 60);
    column.pinned = Some(0);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.crawl(&[]);
    assert!((0..4).all(|n| portal.answers(2, &list_path(n)).len() == 1));
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
    assert_eq!((full.exit(), full.counts()), (0, [20, 0, 1, 19, 0, 0]));
    assert_eq!(full.status("yunxi"), "complete: withdrawn by the portal, kept in the archive: 1 page");
    assert_eq!(full.source("yunxi")["gone"], 1);
    assert_eq!(desk.failed(), [""; 0], "it is news, and no failure");
    assert!(desk.archived("yunxi").contains(&(report_path(7), report(2, 7, ""))));
    portal.forget();
    desk.crawl(&[]);
    assert_eq!(portal.answers(2, &report_path(7)), [0; 0], "what is gone is not asked for again");
    let again = desk.crawl(&["--full"]);
    assert_eq!((again.exit(), again.counts()), (0, [20, 0, 0, 20, 0, 0]), "it was told once");
    column.serve(&portal);
    assert_eq!(desk.crawl(&["--full"]).counts(), [20, 0, 0, 20, 0, 0]);
}

#[test]
fn a_portal_that_withdraws_many_pages_at_once_is_an_alarm() {
    let portal = Portal::open();
    let column = Column::new(2, 12);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.crawl(&[]);
    (0..3).for_each(|n| portal.remove(2, &report_path(n)));
    let full = desk.crawl(&["--full"]);
    assert_eq!((full.exit(), full.counts()), (4, [12, 0, 3, 9, 0, 0]));
    let told = "changed: the portal has withdrawn 3 of 12 known pages that it was asked for";
    assert_eq!(full.status("yunxi"), told);
    assert_eq!(desk.archived("yunxi").len(), 12);
    assert_eq!(desk.crawl(&[]).exit(), 0, "once");
}

#[test]
fn only_what_failed_is_asked_for_again() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    let other = Column::new(3, 5);
    other.serve(&portal);
    let path = report_path(12);
    portal.page(2, &path, Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.source("qingshi", &other.start(&portal), "");
    desk.crawl(&[]);
    let failed = desk.output().join("failed.jsonl");
    let failed = failed.to_str().unwrap();
    portal.forget();
    let again = desk.crawl(&["--retry-failed", failed]);
    assert_eq!((again.exit(), again.counts()), (3, [1, 0, 0, 0, 0, 1]), "{}", again.said());

    column.serve(&portal);
    portal.forget();
    let healed = desk.crawl(&["--retry-failed", failed]);
    assert_eq!((healed.exit(), healed.counts()), (0, [1, 1, 0, 0, 0, 0]), "{}", healed.said());
    assert_eq!(healed.status("yunxi"), "complete: ");
    let asked: Vec<String> = portal.log().into_iter().map(|asked| asked.path).collect();
    assert_eq!(asked, ["/robots.txt".to_owned(), path]);
    assert!(desk.failed().is_empty());
    assert_eq!(desk.crawl(&["--retry-failed", failed]).exit(), 0, "there is no such file, so nothing failed");
    assert_eq!(desk.crawl(&["--retry-failed", "other.jsonl"]).exit(), 1);
}

#[test]
fn a_list_that_failed_is_read_again_as_a_whole() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    portal.page(2, &list_path(1), Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.crawl(&[]).counts()[1], 15);
    column.serve(&portal);
    let failed = desk.output().join("failed.jsonl");
    let healed = desk.crawl(&["--retry-failed", failed.to_str().unwrap()]);
    assert_eq!((healed.exit(), healed.counts()), (0, [40, 25, 0, 15, 0, 0]), "{}", healed.said());
    assert!(desk.failed().is_empty());
}

#[test]
fn known_pages_are_asked_for_again_on_a_schedule() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.crawl(&[]);
    portal.page(2, &report_path(3), Reply::html(&report(2, 3, "又及。")));
    portal.forget();
    let fresh = desk.crawl(&["--recheck", "1d"]);
    assert_eq!((fresh.exit(), fresh.counts()), (0, [40, 0, 0, 40, 0, 0]));
    assert!(portal.answers(2, &report_path(3)).is_empty(), "it was asked for a moment ago");
    let stale = desk.crawl(&["--recheck", "0d"]);
    assert_eq!((stale.exit(), stale.counts()), (0, [40, 0, 1, 39, 0, 0]));
    assert!(portal.answers(2, &list_path(2)).is_empty(), "the end of the list is known");
    assert_eq!((portal.answers(2, &report_path(3)), portal.answers(2, &report_path(4))), (vec![200], vec![304]));
    assert_eq!(desk.versions("yunxi", &report_path(3)), 2);
    assert_eq!(desk.crawl(&["--recheck", "90"]).exit(), 2, "a length of time has a unit");
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
