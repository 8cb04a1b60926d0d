//! Bad nights, one after another: nothing is given up, and the exit code says every morning whether something is owed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};

use crate::portal::site::{Column, Desk, Run, list_path, report_path};
use crate::portal::{Portal, Reply};

const REPORTS: usize = 8;
/// So many of them are had before it begins.
const HAD: usize = 3;

/// What happens to a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outage {
    /// Nobody listens.
    Refused,
    /// Every connection breaks, also that for robots.txt.
    Reset,
    /// Only robots.txt cannot be had.
    NoRobots,
    /// The lists are there, and behind them every connection breaks: the circuit breaker opens.
    NoReports,
    /// The same with an answer.
    Faulty,
    /// The host asks for more patience than a run has.
    Busy,
    /// A bot wall.
    Wall,
    /// The list is not there.
    NoList,
    /// Some pages are torn, empty, or an error page.
    SomeTorn,
    /// Some pages are not there, though the list names them.
    SomeGone,
}

const OUTAGES: [Outage; 10] = [
    Outage::Refused,
    Outage::Reset,
    Outage::NoRobots,
    Outage::NoReports,
    Outage::Faulty,
    Outage::Busy,
    Outage::Wall,
    Outage::NoList,
    Outage::SomeTorn,
    Outage::SomeGone,
];

impl Outage {
    /// What a path answers meanwhile.
    fn answer(self, path: &str) -> Option<Reply> {
        let report = (0..REPORTS).find(|&n| path == report_path(n));
        match self {
            Self::Refused => None,
            Self::Reset => Some(Reply::hang_up()),
            Self::NoRobots => (path == "/robots.txt").then(|| Reply::status(503)),
            Self::NoReports => report.map(|_| Reply::hang_up()),
            Self::Faulty => report.map(|_| Reply::status(500)),
            Self::Busy => Some(Reply::status(503).header("retry-after", "86400")),
            Self::Wall => (path != "/robots.txt").then(|| Reply::status(412)),
            Self::NoList => (path == list_path(0)).then(|| Reply::status(500)),
            Self::SomeTorn => match report? {
                0 => Some(Reply::broken_after("<p>half").header("content-length", "90000")),
                1 => Some(Reply::html(" ")),
                2 => Some(Reply::html("<p>抱歉，网页不存在</p>")),
                _ => None,
            },
            Self::SomeGone => report.filter(|n| *n < 2).map(|_| Reply::status(404)),
        }
    }
}

/// A portal with a column that has its bad nights.
struct Sick {
    id: String,
    host: u8,
    outage: Outage,
    /// It lasts from the second night on for so many.
    nights: usize,
}

impl Sick {
    fn is_ill(&self, night: usize) -> bool {
        (1..=self.nights).contains(&night)
    }
}

fn time(night: usize) -> String {
    let first: Timestamp = "2026-03-01T02:30:00Z".parse().unwrap();
    // Cron is not punctual to the second.
    let late = i64::try_from(night * 7919 % 60).unwrap();
    (first + SignedDuration::from_hours(24 * i64::try_from(night).unwrap()) + SignedDuration::from_secs(late))
        .to_string()
}

fn crawl(desk: &Desk, night: usize, more: &[&str]) -> Run {
    desk.crawl(&[&["--now", time(night).as_str()], more].concat())
}

#[test]
fn no_number_of_bad_nights_drops_a_page_and_each_morning_says_what_is_owed() {
    let portal = Portal::open();
    let mut other = Some(Portal::open());
    let desk = Desk::new("");
    let cases = OUTAGES.iter().flat_map(|&outage| [1, 6, 30].map(|nights| (outage, nights)));
    let sick: Vec<Sick> = (2..)
        .zip(cases)
        .map(|(host, (outage, nights))| Sick { id: format!("{outage:?}{nights}").to_lowercase(), host, outage, nights })
        .collect();
    let column = |sick: &Sick| Column::new(sick.host, REPORTS);
    let (port, unreached) = (other.as_ref().unwrap().port(), |sick: &&Sick| sick.outage == Outage::Refused);
    for sick in &sick {
        let at = if unreached(&sick) { other.as_ref().unwrap() } else { &portal };
        column(sick).serve(at);
        desk.source(&sick.id, &column(sick).start(at), "");
    }
    let had = HAD.to_string();
    assert_eq!(crawl(&desk, 0, &["--limit", &had]).exit(), 0);

    // Every night while one of them is ill, then some until the longest wait is over.
    let nights = (1..=32).chain([34, 38, 46, 62, 64]);
    let mut last = BTreeMap::new();
    for night in nights {
        // One portal is not there for others than it is ill for: its hosts are told apart by what they answer.
        let refusing: Vec<&Sick> = sick.iter().filter(unreached).filter(|sick| sick.is_ill(night)).collect();
        if refusing.len() == 3 {
            other = None;
        } else if other.is_none() {
            other = Some(Portal::open_at(port));
            sick.iter().filter(unreached).for_each(|sick| column(sick).serve(other.as_ref().unwrap()));
        }
        for sick in &sick {
            let (ill, outage) = (sick.is_ill(night), sick.outage);
            let at = if unreached(&sick) { other.as_ref() } else { Some(&portal) };
            let Some(at) = at else { continue };
            // Where the port is open again for others, the connection breaks at once instead.
            let outage = if outage == Outage::Refused { Outage::Reset } else { outage };
            at.instead(sick.host, move |path| if ill { outage.answer(path) } else { None });
        }
        let run = crawl(&desk, night, &[]);
        let mut owing = 0;
        for sick in &sick {
            let (missing, owed, status) = judged(sick, night, &run, &desk);
            owing += usize::from(owed > 0);
            last.insert(sick.id.clone(), (missing, status));
        }
        let ill = sick.iter().any(|sick| sick.is_ill(night));
        assert!(
            owing == 0 || run.exit() == 3,
            "night {night}: {owing} sources owe pages, and the exit code is {}",
            run.exit()
        );
        assert!(ill || owing > 0 || run.exit() == 0, "night {night}: {}", run.said());
    }
    for (id, (missing, status)) in last {
        assert_eq!((missing, status.as_str()), (0, "complete"), "{id}");
    }
}

/// How many pages of a portal are not in the archive, how many the report says are owed, and its status, after judging
/// these by one another.
fn judged(sick: &Sick, night: usize, run: &Run, desk: &Desk) -> (u64, u64, String) {
    let found = run.source(&sick.id);
    let owed = found["owed"].as_u64().unwrap();
    let status = found["status"].as_str().unwrap().to_owned();
    let missing = REPORTS as u64 - desk.all_versions(&sick.id).len() as u64;
    let told = format!("night {night}, {}: {found}", sick.id);
    if sick.outage == Outage::SomeGone {
        // That a page is not there is an answer, and what is not there is not owed.
        assert_eq!(owed, 0, "{told}");
    } else {
        assert_eq!(owed, missing, "{told}");
        assert_eq!(status == "complete", owed == 0 && !sick.is_ill(night) || is_harmless(sick, owed), "{told}");
    }
    (missing, owed, status)
}

/// Whether all pages are had and the lists are there, so that the portal is not seen to be ill.
fn is_harmless(sick: &Sick, owed: u64) -> bool {
    owed == 0 && matches!(sick.outage, Outage::NoReports | Outage::Faulty | Outage::SomeTorn)
}

#[test]
fn a_portal_that_fails_half_of_all_requests_is_had_in_the_end_and_only_then_is_the_exit_code_0() {
    const MANY: usize = 1200;
    let portal = Portal::open();
    let column = Column { per_page: 60, ..Column::new(2, MANY) };
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[polite]\nconcurrency = 4\n");
    let asked = AtomicUsize::new(1);
    portal.instead(2, move |_| {
        let n = asked.fetch_add(1, Ordering::Relaxed).wrapping_mul(6_364_136_223_846_793_005) >> 33;
        match n % 4 {
            0 => Some(Reply::hang_up()),
            1 => Some(Reply::status(500)),
            _ => None,
        }
    });
    let mut healthy = false;
    for night in 0..12 {
        if night == 4 {
            portal.instead(2, |_| None);
            healthy = true;
        }
        let run = crawl(&desk, night, &[]);
        let missing = MANY - desk.all_versions("yunxi").len();
        assert_eq!(run.exit() == 0, missing == 0, "night {night}, {missing} missing: {}", run.status("yunxi"));
        if missing == 0 {
            assert!(healthy && night <= 6, "{night}");
            return;
        }
    }
    panic!("pages are missing after eight perfect nights: {}", MANY - desk.all_versions("yunxi").len());
}

#[test]
fn a_page_that_fails_for_weeks_is_asked_for_more_and_more_rarely() {
    let portal = Portal::open();
    let column = Column::new(2, REPORTS);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    portal.page(2, &report_path(5), Reply::status(500));
    portal.page(2, &report_path(6), Reply::status(404));
    let mut nights: [Vec<usize>; 2] = Default::default();
    for night in 0..80 {
        portal.forget();
        let run = crawl(&desk, night, &[]);
        for (nights, report) in nights.iter_mut().zip([5, 6]) {
            if !portal.answers(2, &report_path(report)).is_empty() {
                nights.push(night);
            }
        }
        assert_eq!(run.exit(), 3, "night {night}: {}", run.status("yunxi"));
        assert_eq!(run.source("yunxi")["owed"], 1, "night {night}");
        if night == 6 {
            let told =
                "partial: 1 page failed too often to be asked for now; owed: 1 page, asked for again from 2026-03-07";
            assert!(run.status("yunxi").starts_with(told), "{}", run.status("yunxi"));
        }
    }
    assert_eq!(nights, [vec![0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67], vec![0, 1, 3, 7, 15, 31, 63]]);
    portal.forget();
    crawl(&desk, 80, &["--full"]);
    assert_eq!(portal.answers(2, &report_path(5)), [500, 500], "a full run waits for nothing");
}

#[test]
fn pages_that_always_fail_keep_no_others_waiting() {
    let portal = Portal::open();
    let column = Column::new(2, 30);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[polite]\nconcurrency = 1\n");
    // The newest ones, which are asked for first, break every connection: after three of them the host is left alone.
    for n in 26..30 {
        portal.page(2, &report_path(n), Reply::hang_up());
    }
    let first = crawl(&desk, 0, &[]);
    assert_eq!((first.exit(), first.counts()[1]), (3, 0), "{}", first.said());
    let second = crawl(&desk, 1, &[]);
    assert_eq!((second.exit(), second.counts()[1]), (3, 26), "{}", second.said());
}

#[test]
fn a_wrong_clock_keeps_no_page_waiting() {
    let portal = Portal::open();
    let column = Column::new(2, REPORTS);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    portal.page(2, &report_path(5), Reply::status(500));
    for night in 0..6 {
        crawl(&desk, 40_000 + night, &[]);
    }
    column.serve(&portal);
    let run = crawl(&desk, 0, &[]);
    assert_eq!((run.exit(), run.counts()[1]), (0, 1), "{}", run.said());
}
