//! Outputs of several machines become one: nothing lost, nothing twice, the newest text wins, a kill does no harm.

use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use gongwen::archive::Archive;

use crate::archive::exchange;
use crate::foreign::{packed, response};
use crate::portal::Portal;
use crate::portal::site::{Column, Desk};

/// An archive with these pages: name, day of March 2026, text.
fn archive(folder: &Path, pages: &[(&str, i8, &str)]) {
    let mut archive = Archive::open(folder).unwrap();
    for (name, day, text) in pages {
        let mut exchange = exchange(name, text.as_bytes());
        exchange.fetched_at = format!("2026-03-{day:02}T00:00:00Z").parse().unwrap();
        archive.put(&exchange).unwrap();
    }
}

/// The texts of all pages, newest first.
fn texts(folder: &Path) -> Vec<Vec<String>> {
    let archive = Archive::open_read_only(folder).unwrap();
    let mut pages = Vec::new();
    let each = |versions: gongwen::archive::Versions| {
        let captures = std::iter::once(&versions.newest).chain(&versions.older);
        let read = |capture| String::from_utf8(archive.shelf().read(capture).unwrap()).unwrap();
        pages.push(captures.map(read).collect());
        Ok::<_, gongwen::archive::ArchiveError>(())
    };
    archive.articles(&"qingshi".parse().unwrap(), each).unwrap();
    pages
}

#[test]
fn the_newest_text_wins_in_whatever_order_and_twice_is_once() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    archive(one.path(), &[("a", 1, "a of day 1"), ("a", 5, "a of day 5"), ("b", 2, "b"), ("c", 1, "c")]);
    archive(two.path(), &[("a", 3, "a of day 3"), ("b", 1, "older b"), ("c", 4, "c"), ("d", 2, "d")]);
    let want_a = ["a of day 5", "a of day 3", "a of day 1"];
    for order in [[one.path(), two.path()], [two.path(), one.path()]] {
        let all = tempfile::tempdir().unwrap();
        let mut merged = Archive::open(all.path()).unwrap();
        let taken: u64 = order.map(|folder| merged.merge(folder).unwrap().captures).iter().sum();
        assert!((7..=8).contains(&taken), "{taken}");
        drop(merged);
        let found = texts(all.path());
        assert_eq!(found[0], want_a);
        assert_eq!(found[1], ["b", "older b"]);
        assert_eq!(found[3], ["d"]);
        assert_eq!(found[2][0], "c");
        let mut again = Archive::open(all.path()).unwrap();
        for folder in order {
            assert_eq!(again.merge(folder).unwrap().captures, 0);
        }
        drop(again);
        assert_eq!(texts(all.path()), found);
        assert_eq!(gongwen::archive::check(all.path()).unwrap().damage, []);

        // The files alone say the same.
        gongwen::archive::rebuild(all.path()).unwrap();
        assert_eq!(texts(all.path()), found);
    }
}

#[test]
fn a_file_that_was_noted_and_not_named_is_named_when_the_archive_is_opened() {
    let (one, all) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    archive(one.path(), &[("a", 1, "a"), ("b", 2, "b")]);
    Archive::open(all.path()).unwrap().merge(one.path()).unwrap();
    let folder = all.path().join("archive/qingshi");
    let path = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let mut part = path.clone().into_os_string();
    part.push(".part");
    std::fs::rename(&path, part).unwrap();
    drop(Archive::open(all.path()).unwrap());
    assert_eq!(texts(all.path()).len(), 2);
}

/// Crawls one part of the portal; the desk has the same sources as all others.
fn crawl(desk: &Desk, shard: &str) {
    let run = desk.crawl(&["--shard", shard]);
    assert_eq!(run.exit(), 0, "{}", run.said());
}

#[test]
fn two_crawls_of_two_shards_merged_are_one_crawl_and_kills_lose_nothing() {
    let portal = Portal::open();
    let hosts = [2, 3, 4, 5];
    let desks = [Desk::new(""), Desk::new(""), Desk::new(""), Desk::new(""), Desk::new("")];
    for host in hosts {
        let column = Column::new(host, 12);
        column.serve(&portal);
        for desk in &desks {
            desk.source(&format!("s{host}"), &column.start(&portal), "");
        }
    }
    let [single, zero, one, all, spare] = &desks;
    crawl(single, "1/1");
    let asked = portal.log().len();
    portal.forget();
    crawl(zero, "0/2");
    crawl(one, "1/2");
    assert_eq!(portal.log().len(), asked, "every page is asked for exactly once");

    let output = |desk: &Desk| desk.output().to_string_lossy().into_owned();
    let merge = ["merge", &output(zero), &output(one)];
    // The kills are spread over a whole merge, from the start of the program to the writing of the records.
    let begun = Instant::now();
    let run = spare.run(&merge);
    let whole = begun.elapsed();
    assert_eq!(run.exit(), 0, "{}", run.said());
    for n in 0..12 {
        let mut child = all.command(&merge).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * n / 12);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let run = all.run(&merge);
    assert_eq!(run.exit(), 0, "{}", run.said());
    let run = single.run(&["build"]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    for host in hosts {
        let read = |desk: &Desk| {
            let path = desk.output().join(format!("records/s{host}/documents.jsonl"));
            let text = std::fs::read_to_string(path).unwrap();
            let documents = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            documents.map(|line| ["id", "rev", "prev_rev", "text"].map(|key| line[key].clone())).collect::<Vec<_>>()
        };
        assert_eq!(read(all), read(single));
        assert_eq!(read(all).len(), 12);
    }
    portal.forget();
    crawl(all, "1/1");
    assert!(portal.log().iter().all(|request| !request.path.contains("t2")), "what is known is not fetched again");
}

#[test]
fn pages_of_a_foreign_file_become_captures_of_a_source() {
    let folder = tempfile::tempdir().unwrap();
    let pages = [
        response("http://www.qingshi.gov.cn/c1/1.html", "<p>一</p>"),
        response("http://other.example.com/2.html", "<p>二</p>"),
    ];
    let path = folder.path().join("a.warc.gz");
    std::fs::File::create(&path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, &packed(crate::foreign::PACKINGS[1], &pages)))
        .unwrap();
    let output = folder.path().join("output");
    let mut archive = Archive::open(&output).unwrap();
    let source = "qingshi".parse().unwrap();
    let select = gongwen::archive::Select { hosts: vec!["*.gov.cn".parse().unwrap()], ..Default::default() };
    let imported = archive.import(&source, &path, &select).unwrap();
    assert_eq!((imported.captures, imported.known, imported.skipped), (1, 0, 1));
    let again = archive.import(&source, &path, &select).unwrap();
    assert_eq!((again.captures, again.known), (0, 1));
    drop(archive);
    assert_eq!(texts(&output), [["<p>一</p>"]]);
    assert_eq!(gongwen::archive::check(&output).unwrap().damage, []);
}
