//! `kill -9` at random instants of a crawl and of a build: at the end everything is there once, and no line is ever torn.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use gongwen::archive::WarcReader;
use serde_json::Value;

use crate::portal::site::{Column, Desk, report, report_path};
use crate::portal::{Portal, Reply};

const REPORTS: usize = 1200;
const PER_PAGE: usize = 100;
const LIST_PAGES: u64 = REPORTS.div_ceil(PER_PAGE) as u64;
const KILLS: usize = 100;
const IN_FLIGHT: usize = 2;

/// A small generator (Numerical Recipes), seeded anew for each run of the test; the seed is in every message.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Kills the program some requests after its start and a little later than that; false if it was done before.
fn kill(portal: &Portal, child: &mut Child, random: &mut Random) -> bool {
    // Some kills fall into reading the list, most into the reports behind.
    let in_list = random.below(5) == 0;
    let requests = if in_list { random.below(LIST_PAGES) } else { LIST_PAGES + random.below(16) };
    let until = usize::try_from(requests).unwrap();
    while portal.log().len() < until {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
    let moment = Instant::now() + Duration::from_micros(random.below(4000));
    kill_at(moment, child)
}

/// Kills the program at this instant; false if it was done before.
fn kill_at(moment: Instant, child: &mut Child) -> bool {
    while Instant::now() < moment {
        std::hint::spin_loop();
    }
    let alive = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    alive
}

fn seed() -> u64 {
    u64::from(std::process::id()) ^ u64::from(Instant::now().elapsed().subsec_nanos())
}

#[test]
fn a_hundred_kills_lose_nothing_and_repeat_nothing() {
    let seed = seed();
    let mut random = Random(seed);
    let portal = Portal::open();
    let column = Column { per_page: PER_PAGE, ..Column::new(2, REPORTS) };
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let mut asked = Vec::new();
    let mut kills = 0;
    while kills < KILLS {
        portal.forget();
        let mut crawl = desk.command(&["crawl", "--allow-private", "--quiet"]);
        let mut child = crawl.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let killed = kill(&portal, &mut child, &mut random);
        assert!(killed, "seed {seed}: the crawl was done after {kills} kills, so the test needs more reports");
        kills += 1;
        asked.extend(portal.log());
    }
    portal.forget();
    let last = desk.crawl(&[]);
    assert_eq!(last.exit(), 0, "seed {seed}: {}", last.said());
    asked.extend(portal.log());
    let [_, new, changed, unchanged, ..] = last.counts();
    assert_eq!((new + unchanged, changed), (REPORTS as u64, 0), "seed {seed}");
    assert!(new > 0, "seed {seed}: the last run had nothing to do, so the test needs more reports");

    every_report_is_archived_once(&desk, REPORTS, &format!("seed {seed}"));
    // A page whose answer was on its way when the program died may be fetched again; no other.
    let mut twice = 0;
    for n in 0..REPORTS {
        let times = asked.iter().filter(|asked| asked.path == report_path(n)).count();
        assert!(times > 0, "seed {seed}: report {n} was never asked for");
        twice += times - 1;
    }
    assert!(twice <= KILLS * IN_FLIGHT, "seed {seed}: {twice} pages were fetched again");
    every_record_is_written_once(&desk, REPORTS, seed);
}

/// Judges the state and, by an independent way, every record of the WARC files.
pub(crate) fn every_report_is_archived_once(desk: &Desk, reports: usize, why: &str) {
    let pages: BTreeMap<String, String> = desk.archived("yunxi").into_iter().collect();
    assert_eq!(pages.len(), reports, "{why}");
    let versions = desk.all_versions("yunxi");
    for n in 0..reports {
        let path = report_path(n);
        assert_eq!(pages.get(&path), Some(&report(2, n, "")), "{why}: report {n} is not as it was sent");
        assert_eq!(versions.get(&path), Some(&1), "{why}: report {n}");
    }
    let mut found = BTreeSet::new();
    for file in files(&desk.output().join("archive/yunxi")) {
        for record in WarcReader::new(BufReader::new(File::open(file).unwrap())) {
            let record = record.unwrap_or_else(|error| panic!("{why}: {error}"));
            let Some(uri) = record.field("WARC-Target-URI") else { continue };
            if record.field("WARC-Type") == Some("response") && uri.contains("/t20") {
                let path = uri.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap();
                let n: usize = path.rsplit(['_', '.']).nth(1).unwrap().parse().unwrap();
                assert_eq!(String::from_utf8_lossy(record.body()), report(2, n - 1000, ""), "{why}: {path}");
                assert!(found.insert(path.clone()), "{why}: {path} is in the WARC files twice");
            }
        }
    }
    assert_eq!(found.len(), reports, "{why}");
}

/// Builds, and judges every line.
fn every_record_is_written_once(desk: &Desk, reports: usize, seed: u64) {
    let built = desk.run(&["build"]);
    assert_eq!(built.exit(), 0, "seed {seed}: {}", built.said());
    let lines = |name: &str| records(desk, name).unwrap_or_else(|| panic!("seed {seed}: there is no {name}"));
    let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
    let documents = lines("documents.jsonl");
    assert_eq!((documents.len(), ids(&documents).len()), (reports, reports), "seed {seed}");
    let titles: BTreeSet<&str> = documents.iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), reports, "seed {seed}");
    let sections = lines("sections.jsonl");
    assert_eq!(ids(&sections).len(), sections.len(), "seed {seed}");
}

/// The rows of a file of records, none of which is torn; `None` if there is no such file.
fn records(desk: &Desk, name: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(desk.output().join("records/yunxi").join(name)).ok()?;
    assert!(text.ends_with('\n'), "the last line of {name} is torn");
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn a_build_that_is_killed_shows_all_records_or_none() {
    const SOME: usize = 200;
    let seed = seed();
    let mut random = Random(seed);
    let portal = Portal::open();
    let column = Column::new(2, SOME);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.crawl(&[]).exit(), 0);
    let build = || desk.command(&["build", "--quiet"]).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    assert!(build().wait().unwrap().success());
    let whole = u64::try_from(began.elapsed().as_micros()).unwrap();
    std::fs::remove_dir_all(desk.output().join("records")).unwrap();
    for _ in 0..20 {
        kill_at(Instant::now() + Duration::from_micros(random.below(whole)), &mut build());
        for name in ["documents.jsonl", "sections.jsonl"] {
            let rows = records(&desk, name).map(|rows| rows.len());
            assert!(rows.is_none_or(|rows| rows >= SOME), "seed {seed}: {rows:?} rows in {name}");
        }
    }
    every_record_is_written_once(&desk, SOME, seed);
    let left: Vec<_> = files(&desk.output().join("records/yunxi"));
    assert!(left.iter().all(|path| path.extension().is_some_and(|end| end == "jsonl")), "seed {seed}: {left:?}");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_kill_between_list_and_reports_hides_nothing() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    for n in 0..40 {
        portal.page(2, &report_path(n), Reply::html(&report(2, n, "")).held());
    }
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let mut child = desk.command(&["crawl", "--allow-private", "--quiet"]).spawn().unwrap();
    portal.wait_for(|log| log.iter().any(|asked| asked.path.contains("/t20")));
    child.kill().unwrap();
    child.wait().unwrap();
    portal.let_go();
    // The list pages are answered with 304 now, and what they name is still due.
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (0, [40, 40, 0, 0, 0, 0]), "{}", run.said());
    assert_eq!(run.report()["sources"][0]["list_unchanged"], 3);
}
