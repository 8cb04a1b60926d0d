//! Which sources a run asks, and when: bad files, sources that rest, hours, and the slow cycle of known pages.

use crate::portal::site::{Column, Desk, list_path, report_path};
use crate::portal::{Portal, Reply};

/// Two columns, each on a host of its own.
fn two() -> (Portal, Desk, [Column; 2]) {
    let portal = Portal::open();
    let desk = Desk::new("");
    let columns = [2, 3].map(|host| Column::new(host, 4));
    for column in &columns {
        column.serve(&portal);
    }
    (portal, desk, columns)
}

#[test]
fn a_bad_source_file_stops_that_source_alone_and_is_told_each_time() {
    let (portal, desk, [good, bad]) = two();
    desk.source("good", &good.start(&portal), "");
    desk.source("bad", &bad.start(&portal), "strat = 1\n");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()[1]), (2, 4), "{}", run.said());
    assert!(run.said().contains("bad.toml:3: strat: unknown key; did you mean `start`?"), "{}", run.said());
    assert!(portal.answers(3, &list_path(0)).is_empty());
    let report = std::fs::read_dir(desk.output().join("runs")).unwrap().next().unwrap().unwrap().path();
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("\"exit\":2") && report.contains("strat: unknown key"), "{report}");

    let named = desk.crawl(&["--source", "good"]);
    assert_eq!(named.exit(), 0, "nobody asked for the bad one: {}", named.said());
    assert!(!named.said().contains("strat"), "{}", named.said());
    let run = desk.crawl(&["--source", "bad"]);
    assert!(run.exit() == 2 && run.said().contains("strat"), "{}", run.said());
    let run = desk.crawl(&["--source", "god"]);
    assert!(run.exit() == 2 && run.said().contains("did you mean `good`?"), "{}", run.said());
    let built = desk.run(&["build"]);
    assert!(built.exit() == 2 && built.said().contains("strat"), "{}", built.said());
    assert_eq!(desk.lines("records/good/documents.jsonl").len(), 4, "{}", built.said());
    assert_eq!(desk.run(&["sources", "check"]).exit(), 2);
}

#[test]
fn a_source_that_is_switched_off_rests_or_has_other_hours_is_left_alone() {
    let (portal, desk, [weekly, other]) = two();
    desk.source("weekly", &weekly.start(&portal), "every = \"7d\"\n");
    desk.source("other", &other.start(&portal), "enabled = false\n");
    let asked = |now: &str, more: &[&str]| {
        portal.forget();
        let run = desk.crawl(&[&["--now", now], more].concat());
        assert_eq!(run.exit(), 0, "{}", run.said());
        [2, 3].map(|host| !portal.answers(host, &list_path(0)).is_empty())
    };
    assert_eq!(asked("2026-03-01T18:15:00Z", &[]), [true, false]);
    assert_eq!(asked("2026-03-02T18:15:00Z", &[]), [false, false]);
    assert_eq!(asked("2026-03-02T18:16:00Z", &["--source", "weekly"]), [true, false], "who names it means now");
    assert_eq!(asked("2026-03-09T18:15:00Z", &[]), [true, false]);
    let off = desk.crawl(&["--source", "other"]);
    assert!(off.exit() == 2 && off.said().contains("enabled = false"), "{}", off.said());

    desk.source("other", &other.start(&portal), "hours = [\"22:00-06:00\"]\n");
    assert_eq!(asked("2026-03-10T02:15:00Z", &[]), [false, false], "10:15 in Beijing");
    assert_eq!(asked("2026-03-10T18:15:00Z", &[]), [false, true], "02:15 in Beijing");
}

#[test]
fn known_pages_are_asked_for_again_a_few_a_night_and_one_that_is_withdrawn_is_news() {
    let portal = Portal::open();
    let column = Column::new(2, 30);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "recheck = \"10d\"\n");
    let night = |n: i64| {
        let now = "2026-03-01T18:15:00Z".parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_hours(24 * n);
        desk.crawl(&["--now", &now.to_string()])
    };
    assert_eq!(night(0).exit(), 0);
    portal.page(2, &report_path(7), Reply::status(404));
    portal.forget();
    let mut most = 0;
    for n in 1..=10 {
        let before = portal.log().len();
        let run = night(n);
        assert_eq!(run.exit(), 0, "{}", run.said());
        let log = portal.log();
        most = most.max(log.iter().skip(before).filter(|asked| asked.path.contains("/t20")).count());
    }
    for n in 0..30 {
        assert_eq!(portal.answers(2, &report_path(n)), [if n == 7 { 404 } else { 304 }], "report {n}");
    }
    assert!(most <= 7, "{most} in one night");
    // A dry run tells what it would ask, and one for a few pages asks for no old ones.
    assert_eq!(desk.crawl(&["--limit", "1", "--now", "2026-03-29T18:15:00Z"]).counts()[1], 0);
    assert_eq!(portal.answers(2, &report_path(1)), [304]);
}

#[test]
fn a_portal_that_withdraws_many_at_once_is_an_alarm() {
    let portal = Portal::open();
    let column = Column::new(2, 10);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "recheck = \"1d\"\n");
    assert_eq!(desk.crawl(&["--now", "2026-03-01T18:15:00Z"]).exit(), 0);
    (0..8).for_each(|n| portal.page(2, &report_path(n), Reply::status(410)));
    let run = desk.crawl(&["--now", "2026-03-02T18:15:00Z"]);
    assert_eq!(run.exit(), 4, "{}", run.said());
    assert!(run.status("yunxi").contains("has withdrawn 8 of 10 known pages"), "{}", run.status("yunxi"));
}
