//! A portal on loopback is crawled: everything once, nothing again, and what fails is told.

mod failures;
mod files;
mod incremental;
mod items;
mod list_ends;
mod nights;
mod scope;
mod schedule;
mod sent_on;
mod signals;
#[cfg(unix)]
mod survival;
mod walls;

use crate::portal::site::{Column, Desk, Run, list_path, report, report_path};
use crate::portal::{Portal, Reply};

/// A column of twenty reports was crawled, of which the one at this path could not be had.
fn one_of_twenty_failed() -> (Portal, Column, Desk, String, Run) {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let path = report_path(1);
    portal.page(2, &path, Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.crawl(&[]);
    assert_eq!(desk.failed(), [format!("{path}: http_status")]);
    (portal, column, desk, path, run)
}

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

#[test]
fn twelve_hosts_are_crawled_side_by_side_and_each_is_asked_as_it_likes() {
    let portal = Portal::open();
    let desk = Desk::new("");
    let polite = "[polite]\ninterval = \"4ms\"\nconcurrency = 1\n";
    for host in 2..14 {
        let column = Column::new(host, 16);
        column.serve(&portal);
        desk.source(&format!("host{host}"), &column.start(&portal), polite);
    }
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (0, [192, 192, 0, 0, 0, 0]), "{}", run.said());
    for host in 2..14 {
        assert_eq!(desk.archived(&format!("host{host}")).len(), 16);
        let (in_flight, gap) = portal.manners(host);
        assert_eq!(in_flight, 1, "host {host}");
        assert!(gap >= std::time::Duration::from_millis(4), "host {host}: {gap:?}");
    }
    let order: Vec<String> = portal.log().into_iter().map(|asked| asked.host).collect();
    let switches = order.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(switches > 24, "the hosts take turns: {switches} switches");
}

#[test]
fn run_crawls_and_builds_and_says_so_in_one_report() {
    let portal = Portal::open();
    let column = Column::new(2, 5);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.run(&["run", "--allow-private", "--json"]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    let report: serde_json::Value = serde_json::from_str(&run.printed()).unwrap();
    assert_eq!(report["verb"], "run");
    assert_eq!(report["crawl"]["counts"]["new"], 5);
    assert_eq!(report["build"]["documents"], 5);
    let on_disk = desk.output().join("runs").join(format!("{}.json", report["id"].as_str().unwrap()));
    let on_disk: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(on_disk).unwrap()).unwrap();
    assert_eq!(on_disk, report);

    let quiet = desk.run(&["run", "--allow-private", "--quiet"]);
    assert_eq!((quiet.exit(), quiet.said(), quiet.printed()), (0, String::new(), String::new()));
}
