//! Fifty hosts at once, most of them bad in every way that portals are: every report once and right, manners as the
//! portal saw them, every bad host told; and a second run that finds what is new and leaves the rest alone.

mod kinds;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::portal::site::{Column, Desk, Run, list_path, report, report_path};
use crate::portal::{Asked, Portal, Reply};
use kinds::Kind;

const HOSTS: std::ops::Range<u8> = 2..52;
const REPORTS: usize = 12;
/// The report that is bad where one is: the newest, so that what comes behind it is judged too.
const BAD: usize = REPORTS - 1;
const MAX_LIST_PAGES: usize = 20;
const INTERVAL: Duration = Duration::from_millis(5);

/// Some hosts allow two requests at once and set no pause.
fn at_once(host: u8) -> usize {
    if host.is_multiple_of(5) { 2 } else { 1 }
}

/// A desk of whoever crawls the fifty hosts.
fn desk() -> Desk {
    Desk::new(&format!("timeout = \"3s\"\nmax_bytes = \"1 MiB\"\nmax_list_pages = {MAX_LIST_PAGES}\n"))
}

/// The fifty hosts, and their sources on every desk.
fn open(desks: &[Desk]) -> Portal {
    let portal = Portal::open();
    for host in HOSTS {
        let column = Column::new(host, REPORTS);
        column.serve(&portal);
        Kind::of(host).spoil(&portal, host);
        let (interval, at_once) = if at_once(host) == 1 { (INTERVAL, 1) } else { (Duration::ZERO, at_once(host)) };
        let polite = format!("[polite]\ninterval = \"{}ms\"\nconcurrency = {at_once}\n", interval.as_millis());
        for desk in desks {
            desk.source(&format!("host{host}"), &column.start(&portal), &polite);
        }
    }
    portal
}

#[test]
fn two_crawls_of_two_shards_ask_fifty_hosts_exactly_once_together() {
    let desks = [desk(), desk(), desk()];
    let portal = open(&desks);
    let runs = std::thread::scope(|scope| {
        let crawl = |n: usize| {
            let desk = &desks[n];
            scope.spawn(move || desk.crawl(&["--shard", &format!("{n}/2")]))
        };
        [crawl(0), crawl(1)].map(|run| run.join().unwrap())
    });
    let mut shares = [0, 0];
    for host in HOSTS {
        let source = format!("host{host}");
        let asks = |run: &Run| {
            run.report()["sources"].as_array().unwrap().iter().any(|asked| asked["source"] == source.as_str())
        };
        let owners: Vec<usize> = (0..2).filter(|&n| asks(&runs[n])).collect();
        assert_eq!(owners.len(), 1, "host {host} belongs to {owners:?}");
        let owner = owners[0];
        shares[owner] += 1;
        judge_result(&portal, &desks[owner], &runs[owner], host);
        judge_manners(&portal, host);
    }
    assert!(shares.iter().all(|share| *share > 10), "{shares:?}");

    let [one, other, all] = &desks;
    let folders = [one, other].map(|desk| desk.output().to_string_lossy().into_owned());
    let merged = all.run(&["merge", &folders[0], &folders[1]]);
    assert_eq!(merged.exit(), 0, "{}", merged.said());
    for host in HOSTS {
        let source = format!("host{host}");
        let apart = [one.archived(&source), other.archived(&source)].concat();
        assert_eq!(all.archived(&source), apart, "host {host}");
    }
}

#[test]
fn every_report_of_fifty_hosts_is_found_once_and_every_bad_host_is_told() {
    let desks = [desk()];
    let portal = open(&desks);
    let [desk] = desks;
    let run = desk.crawl(&[]);
    assert_eq!(run.exit(), 3, "{}", run.said());
    run.counts();
    for host in HOSTS {
        judge_result(&portal, &desk, &run, host);
        judge_manners(&portal, host);
    }
}

/// What was found there, and what was said of it.
fn judge_result(portal: &Portal, desk: &Desk, run: &Run, host: u8) {
    let kind = Kind::of(host);
    let who = format!("{kind:?}, host {host}");
    let source = format!("host{host}");
    let status = run.status(&source);
    let want = kind.want();
    assert_eq!(status.split(':').next(), Some(want.status), "{who}: {status}");
    assert_eq!(desk.failed_of(&source), Vec::from_iter(want.reason), "{who}: {status}");

    let found: BTreeMap<String, String> = desk.archived(&source).into_iter().collect();
    let served = |n: usize| (report_path(n), String::from_utf8_lossy(&kind.served(host, n)).into_owned());
    let expected: BTreeMap<String, String> = want.reports.clone().map(served).collect();
    assert!(found == expected, "{who}: {} reports are archived, {status}", found.len());
    for n in 0..want.reports.end.max(REPORTS) {
        let answers = portal.answers(host, &report_path(n));
        let once = if want.reports.contains(&n) { vec![200] } else { vec![] };
        let expected = if n == BAD { want.answers.clone().unwrap_or(once) } else { once };
        assert_eq!(answers, expected, "{who}: report {n}");
    }
}

/// What the host saw.
fn judge_manners(portal: &Portal, host: u8) {
    let kind = Kind::of(host);
    let who = format!("{kind:?}, host {host}");
    let (in_flight, gap) = portal.manners(host);
    assert!(in_flight <= at_once(host), "{who}: {in_flight} at once");
    if at_once(host) > 1 {
        return;
    }
    assert!(gap >= INTERVAL, "{who}: {gap:?}");
    let log: Vec<Asked> = portal.log().into_iter().filter(|asked| asked.host == format!("127.0.0.{host}")).collect();
    for pair in log.windows(2) {
        let gap = pair[1].at - pair[0].at;
        // The pause is known with the answer, so it holds from the request behind it on.
        let asked_for = match kind {
            Kind::Busy | Kind::BusyUntil if pair[0].status == 503 => Duration::from_secs(1),
            Kind::Delayed if pair[0].path != "/robots.txt" => kinds::CRAWL_DELAY,
            _ => INTERVAL,
        };
        assert!(gap >= asked_for, "{who}: {} came {gap:?} after {}", pair[1].path, pair[0].path);
    }
}

/// Five new reports on every other host, and other text in every tenth report of every host.
fn go_on(portal: &Portal, columns: &mut [Column]) {
    for column in columns {
        if column.host.is_multiple_of(2) {
            let count = column.reports.len();
            column.reports.extend(count..count + 5);
            column.serve(portal);
        }
        for n in (0..60).step_by(10) {
            portal.page(column.host, &report_path(n), Reply::html(&report(column.host, n, "（已更正）")));
        }
    }
}

#[test]
fn a_second_run_over_fifty_hosts_finds_what_is_new_and_leaves_the_rest_alone() {
    let portal = Portal::open();
    let desk = Desk::new("");
    let mut columns: Vec<Column> = HOSTS.map(|host| Column::new(host, 60)).collect();
    for column in &columns {
        column.serve(&portal);
        desk.source(&format!("host{}", column.host), &column.start(&portal), "");
    }
    let first = desk.crawl(&[]);
    assert_eq!((first.exit(), first.counts()), (0, [3000, 3000, 0, 0, 0, 0]), "{}", first.said());

    go_on(&portal, &mut columns);
    portal.forget();
    let second = desk.crawl(&[]);
    assert_eq!((second.exit(), second.counts()[1]), (0, 125), "{}", second.said());
    for column in &columns {
        let lists = |n| portal.answers(column.host, &list_path(n));
        if column.host.is_multiple_of(2) {
            assert_eq!(lists(0), [200], "host {}", column.host);
        } else {
            let host = column.host;
            assert_eq!((lists(0), lists(1), lists(2)), (vec![304], vec![304], vec![]), "host {host}");
        }
        for &n in &column.reports {
            let want = if n < 60 { vec![] } else { vec![200] };
            assert_eq!(portal.answers(column.host, &report_path(n)), want, "host {}: report {n}", column.host);
        }
    }

    portal.forget();
    let third = desk.crawl(&["--recheck", "0d"]);
    assert_eq!((third.exit(), third.counts()[1..4].to_vec()), (0, vec![0, 300, 2825]), "{}", third.said());
    for column in &columns {
        assert!(portal.answers(column.host, &list_path(0)) == [304], "host {}", column.host);
        let source = format!("host{}", column.host);
        let (pages, versions) = (BTreeMap::from_iter(desk.archived(&source)), desk.all_versions(&source));
        assert_eq!(pages.len(), column.reports.len());
        for &n in &column.reports {
            let changed = n < 60 && n % 10 == 0;
            let (status, times, more) = if changed { (200, 2, "（已更正）") } else { (304, 1, "") };
            let path = report_path(n);
            assert_eq!(portal.answers(column.host, &path), [status], "host {}: report {n}", column.host);
            assert_eq!(pages[&path], report(column.host, n, more), "host {}: report {n}", column.host);
            assert_eq!(versions[&path], times, "host {}: report {n}", column.host);
        }
    }
}
