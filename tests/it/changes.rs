//! What came, changed and went is told once: in `changes.jsonl`, the run report and `gongwen log`, and marked in the records.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::portal::site::{Column, Desk, Run, report, report_path};
use crate::portal::{Portal, Reply};

/// `kind path` of lines of the feed.
fn told(lines: &[Value]) -> Vec<String> {
    let path = |line: &Value| line["url"].as_str().unwrap().parse::<url::Url>().unwrap().path().to_owned();
    let mut told: Vec<String> =
        lines.iter().map(|line| format!("{} {}", line["kind"].as_str().unwrap(), path(line))).collect();
    told.sort();
    told
}

struct Nights {
    portal: Portal,
    desk: Desk,
}

impl Nights {
    fn begin() -> Self {
        let portal = Portal::open();
        let column = Column::new(2, 6);
        column.serve(&portal);
        let desk = Desk::new("");
        desk.source("yunxi", &column.start(&portal), "");
        Self { portal, desk }
    }

    /// Runs in the night of this day of March; gives the run and what it adds to the feed.
    fn run(&self, day: u32, flags: &[&str]) -> (Run, Vec<Value>) {
        let before = self.feed().len();
        let now = format!("2026-03-{day:02}T18:15:00Z");
        let flags = [&["run", "--allow-private", "--json", "--now", &now], flags].concat();
        let run = self.desk.run(&flags);
        (run, self.feed().split_off(before))
    }

    fn feed(&self) -> Vec<Value> {
        self.desk.lines("changes.jsonl")
    }

    fn records(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = std::fs::read_dir(self.desk.output().join("records/yunxi")).unwrap();
        let file =
            |entry: std::fs::DirEntry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap());
        folder.map(|entry| file(entry.unwrap())).collect()
    }

    /// The record of a report.
    fn document(&self, n: usize) -> Value {
        let documents = self.desk.lines("records/yunxi/documents.jsonl");
        documents.into_iter().find(|document| document["url"].as_str().unwrap().ends_with(&report_path(n))).unwrap()
    }
}

/// Six reports, of which one changes, one goes, and one goes and comes back.
fn four_nights() -> Nights {
    let nights = Nights::begin();
    let (first, feed) = nights.run(1, &[]);
    assert_eq!(first.exit(), 0, "{}", first.said());
    assert_eq!(told(&feed), (0..6).map(|n| format!("new {}", report_path(n))).collect::<Vec<_>>());
    let (_, nothing) = nights.run(2, &[]);
    assert_eq!(nothing, Vec::<Value>::new());

    nights.portal.page(2, &report_path(1), Reply::html(&report(2, 1, "（已更正）")));
    nights.portal.page(2, &report_path(2), Reply::status(404));
    nights.portal.page(2, &report_path(3), Reply::status(410));
    let (run, feed) = nights.run(3, &["--full"]);
    assert_eq!(run.exit(), 0, "what is withdrawn is news: {}", run.said());
    assert_eq!(
        told(&feed),
        [format!("changed {}", report_path(1)), format!("gone {}", report_path(2)), format!("gone {}", report_path(3))]
    );
    nights.portal.page(2, &report_path(3), Reply::html(&report(2, 3, "")));
    let (_, feed) = nights.run(4, &["--full"]);
    assert_eq!(told(&feed), [format!("back {}", report_path(3))]);
    nights
}

#[test]
fn a_change_is_told_once_with_the_run_that_found_it() {
    let nights = four_nights();
    let feed = nights.feed();
    let keys: Vec<&str> = feed[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["run", "at", "source", "id", "rev", "prev_rev", "kind", "url", "title", "published"]);
    let changed = feed.iter().find(|line| line["kind"] == "changed").unwrap();
    assert_eq!((changed["run"].as_str(), changed["source"].as_str()), (Some("20260303T181500Z"), Some("yunxi")));
    assert!(changed["at"].as_str().unwrap().starts_with("2026-03-03T18:15:"), "{changed}");
    assert_eq!(changed["id"], nights.document(1)["id"]);
    let report = nights.desk.lines("runs/20260303T181500Z.json").remove(0);
    let ids = |kind: &str| report["build"]["changes"][kind].as_array().unwrap().len();
    assert_eq!(["new", "changed", "gone", "back"].map(ids), [0, 1, 2, 0]);
    assert_eq!(report["build"]["changes"]["changed"][0], changed["id"]);
}

#[test]
fn a_rebuild_invents_no_change_and_gives_the_same_records() {
    let nights = four_nights();
    let (feed, records) = (nights.feed(), nights.records());
    assert_eq!(nights.desk.run(&["build"]).exit(), 0);
    assert_eq!((nights.feed(), nights.records()), (feed.clone(), records.clone()), "built again");
    std::fs::remove_dir_all(nights.desk.output().join("records")).unwrap();
    assert_eq!(nights.desk.run(&["build"]).exit(), 0);
    assert_eq!((nights.feed(), nights.records()), (feed.clone(), records.clone()), "without records");
    for verb in [&["archive", "check"][..], &["archive", "rebuild"], &["archive", "check"], &["build"]] {
        let run = nights.desk.run(verb);
        assert_eq!(run.exit(), 0, "{verb:?}: {}{}", run.said(), run.printed());
    }
    assert_eq!(nights.feed(), feed, "from the WARC files alone");
    for (name, bytes) in nights.records() {
        assert!(bytes == records[&name], "{name} is another one after a rebuild of the state");
    }
    // A joined folder tells the same, and no line twice.
    let other = Desk::new("");
    let output = nights.desk.output();
    let merge = ["merge", output.to_str().unwrap()];
    for _ in 0..2 {
        assert_eq!(other.run(&merge).exit(), 0);
        assert_eq!(other.lines("changes.jsonl"), feed);
    }
    // What a kill between records and feed has left untold is told by the next build.
    let path = nights.desk.output().join("changes.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let torn = text.len() - 20;
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(torn as u64).unwrap();
    assert_eq!(nights.desk.run(&["build"]).exit(), 0);
    assert_eq!(told(&nights.feed()), told(&feed));
}

#[test]
fn a_gone_document_stays_with_its_text_and_every_revision_leads_to_one() {
    let nights = four_nights();
    let (stays, gone, back) = (nights.document(0), nights.document(2), nights.document(3));
    let days = |document: &Value| {
        ["first_seen", "last_checked", "gone_at"]
            .map(|key| document[key].as_str().map(|at| at.chars().skip(8).take(2).collect::<String>()))
    };
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(days(&stays), [day("01"), day("04"), None]);
    assert_eq!(days(&gone), [day("01"), day("04"), day("03")]);
    assert_eq!(days(&back), [day("01"), day("04"), None]);
    assert_eq!(gone["text"].as_str().unwrap().len(), stays["text"].as_str().unwrap().len());

    let changed = nights.document(1);
    let revisions = nights.desk.lines("records/yunxi/revisions.jsonl");
    assert_eq!(revisions.len(), 1);
    assert_eq!((&revisions[0]["id"], &revisions[0]["rev"]), (&changed["id"], &changed["prev_rev"]));
    let text = |document: &Value| document["text"].as_str().unwrap().replace("（已更正）", "");
    assert_eq!(text(&revisions[0]), text(&changed));
    assert!(!revisions[0]["text"].as_str().unwrap().contains("已更正"));
}

#[test]
fn the_log_shows_a_run_a_source_or_what_came_since() {
    let nights = four_nights();
    let log = |flags: &[&str]| {
        let run = nights.desk.run(&[&["log"], flags].concat());
        (run.exit(), run.printed(), run.said())
    };
    let (code, text, said) = log(&[]);
    assert_eq!((code, said.as_str()), (0, "0 new, 0 changed, 0 gone, 1 back\n"), "the last run that found something");
    assert!(text.contains("20260304T181500Z") && text.contains("第3号法治政府建设年度报告"), "{text}");
    assert_eq!(log(&["20260303T181500Z"]).2, "0 new, 1 changed, 2 gone, 0 back\n");
    assert_eq!(log(&["--since", "20260301T181500Z"]).2, "0 new, 1 changed, 2 gone, 1 back\n");
    assert_eq!(log(&["--since", "2026-03-05"]).2, "0 new, 0 changed, 0 gone, 1 back\n", "it is the 5th in Beijing");
    assert_eq!(log(&["--source", "yunxi"]).2, "6 new, 1 changed, 2 gone, 1 back\n");
    assert_eq!(log(&["--source", "other"]).2, "0 new, 0 changed, 0 gone, 0 back\n");
    let (_, lines, _) = log(&["--jsonl", "-q", "--since", "2026"]);
    let feed = std::fs::read_to_string(nights.desk.output().join("changes.jsonl")).unwrap();
    assert_eq!(lines, feed);
    assert_eq!(log(&["20260302T181500Z"]).2, "0 new, 0 changed, 0 gone, 0 back\n", "a run that found nothing");
    assert_eq!(log(&["20200101T000000Z"]).0, 2);
    assert_eq!(log(&["--since", "lately"]).0, 2);
    assert_eq!(Desk::new("").run(&["log"]).exit(), 2);
}
