//! Bot walls are told from pages and from empty lists, reported, and not knocked at.

use crate::portal::site::{Column, Desk, list_path, report_path};
use crate::portal::{Portal, Reply};

const CHALLENGE: &str = "<html><head><meta r='m'></head><body><script>$_ts=window['$_ts'];</script></body></html>";

#[test]
fn a_wall_before_the_list_is_blocked_and_never_empty() {
    let script_only = "<html><body><div id=\"app\"></div><script src=\"/app.js\"></script></body></html>";
    for reply in [
        Reply::html(CHALLENGE).code(412),
        Reply::html(CHALLENGE).code(202),
        Reply::html(CHALLENGE),
        Reply::html("<script>document.cookie='__jsl_clearance=1';</script>").code(521),
        Reply::html(script_only),
    ] {
        let portal = Portal::open();
        let column = Column::new(2, 20);
        column.serve(&portal);
        portal.page(2, &list_path(0), reply.clone());
        let desk = Desk::new("");
        desk.source("yunxi", &column.start(&portal), "");
        let run = desk.crawl(&[]);
        assert_eq!(run.exit(), 3, "{reply:?}");
        assert!(run.status("yunxi").starts_with("blocked: "), "{}", run.status("yunxi"));
        assert_eq!(portal.answers(2, &list_path(0)).len(), 1, "a closed door is not knocked at again");
    }
}

#[test]
fn a_wall_that_comes_up_in_between_ends_the_source_and_keeps_what_was_fetched() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    // Newest first: ten pages come, then the wall.
    for n in 0..30 {
        portal.page(2, &report_path(n), Reply::html(CHALLENGE).code(412));
    }
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[polite]\nconcurrency = 1\n");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (3, [40, 10, 0, 0, 27, 3]));
    assert!(run.status("yunxi").starts_with("blocked: "), "{}", run.status("yunxi"));
    assert_eq!(desk.archived("yunxi").len(), 10, "no challenge is taken for a report");
    assert!(desk.failed().iter().all(|line| line.ends_with(": wall")));

    column.serve(&portal);
    assert_eq!(desk.crawl(&[]).counts(), [40, 30, 0, 10, 0, 0]);
}
