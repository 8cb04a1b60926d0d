//! Ctrl-C, SIGTERM and the lock: the page in hand is finished, twice means now, a build ends at once, one run at a time.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::one_of_twenty_failed;
use crate::portal::site::{Column, Desk, report, report_path};
use crate::portal::{Portal, Reply};

/// A crawl of twelve reports that hangs at the third, and the child that is at work.
fn hanging() -> (Portal, Desk, Child) {
    let portal = Portal::open();
    let column = Column::new(2, 12);
    column.serve(&portal);
    portal.page(2, &report_path(9), Reply::html(&report(2, 9, "")).held());
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[polite]\nconcurrency = 1\n");
    let child = desk.command(&["crawl", "--allow-private"]).stderr(Stdio::piped()).spawn().unwrap();
    portal.wait_for(|log| log.iter().any(|asked| asked.path == report_path(9)));
    (portal, desk, child)
}

fn send(signal: &str, child: &Child) {
    assert!(Command::new("kill").arg(signal).arg(child.id().to_string()).status().unwrap().success());
}

/// Waits until the program has noticed the signal.
fn noticed(child: &mut Child) -> impl std::io::Read + use<> {
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("finishing the pages in hand") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "the program ended without a word");
    }
    said
}

#[test]
fn the_first_signal_finishes_the_page_in_hand() {
    for signal in ["-INT", "-TERM"] {
        let (portal, desk, mut child) = hanging();
        send(signal, &child);
        let _said = noticed(&mut child);
        portal.let_go();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        let pages = desk.archived("yunxi");
        assert_eq!(pages.len(), 3);
        assert!(pages.contains(&(report_path(9), report(2, 9, ""))), "the page in hand is in the archive");
        assert!((0..9).all(|n| portal.answers(2, &report_path(n)).is_empty()), "and nothing new was begun");

        let rest = desk.crawl(&[]);
        assert_eq!((rest.exit(), rest.counts()), (0, [12, 9, 0, 3, 0, 0]));
        assert!((0..12).all(|n| portal.answers(2, &report_path(n)) == [200]), "every page once");
    }
}

#[test]
fn an_answer_that_never_comes_is_not_waited_for_when_the_run_is_to_end() {
    let (portal, desk, mut child) = hanging();
    send("-TERM", &child);
    let _said = noticed(&mut child);
    // The portal does not let go, and the time that an answer may take is a minute.
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(desk.archived("yunxi").len(), 2);
    assert!(desk.failed().is_empty(), "nobody knows what it would have answered: {:?}", desk.failed());
    portal.let_go();
    assert_eq!(desk.crawl(&[]).counts(), [12, 10, 0, 2, 0, 0]);
}

#[test]
fn a_page_that_a_signal_cuts_short_stays_in_the_list_of_failures() {
    let (portal, _, desk, path, _) = one_of_twenty_failed();
    let failed = desk.failed();
    portal.page(2, &path, Reply::status(503).header("retry-after", "60"));
    portal.forget();
    let mut child = desk.command(&["crawl", "--allow-private"]).stderr(Stdio::null()).spawn().unwrap();
    portal.wait_for(|log| log.iter().any(|asked| asked.path == path));
    send("-TERM", &child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(desk.failed(), failed, "nobody knows yet whether it is there again");
}

#[test]
fn the_second_signal_ends_at_once() {
    let (portal, desk, mut child) = hanging();
    send("-INT", &child);
    let _said = noticed(&mut child);
    send("-TERM", &child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(desk.archived("yunxi").len(), 2);
    portal.let_go();
    assert_eq!(desk.crawl(&[]).counts(), [12, 10, 0, 2, 0, 0]);
}

#[test]
fn a_second_run_is_kept_out() {
    let (portal, desk, mut child) = hanging();
    for verb in ["crawl", "run"] {
        let second = desk.run(&[verb, "--allow-private"]);
        assert_eq!(second.exit(), 75, "{}", second.said());
        assert!(second.said().contains(&child.id().to_string()), "{}", second.said());
    }
    portal.let_go();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(desk.archived("yunxi").len(), 12);
}

#[test]
fn a_signal_in_the_build_behind_a_crawl_ends_it_at_once() {
    let portal = Portal::open();
    let column = Column::new(2, 12);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    // A build reads the records of the one before; here it waits for a writer, and then for what is written.
    let records = desk.output().join("records/yunxi");
    std::fs::create_dir_all(&records).unwrap();
    let pipe = records.join("documents.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = desk.command(&["run", "--allow-private"]).stderr(Stdio::null()).spawn().unwrap();
    let (reached, building) = std::sync::mpsc::channel();
    std::thread::spawn({
        let pipe = pipe.clone();
        move || reached.send(std::fs::File::options().write(true).open(pipe))
    });
    let patience = Duration::from_mins(1);
    let _writer = building.recv_timeout(patience).expect("the build was never begun").unwrap();
    send("-TERM", &child);
    let deadline = Instant::now() + patience;
    while child.try_wait().unwrap().is_none() && Instant::now() < deadline {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));

    std::fs::remove_file(&pipe).unwrap();
    let rest = desk.run(&["run", "--allow-private", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&rest.printed()).unwrap();
    assert_eq!((rest.exit(), &report["build"]["documents"]), (0, &12.into()), "{}", rest.said());
}
