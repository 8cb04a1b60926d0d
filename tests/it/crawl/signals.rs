//! Ctrl-C, SIGTERM and the lock: the page in hand is finished, twice means now, and one run at a time.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

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
