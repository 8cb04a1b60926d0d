//! Flags that narrow a crawl: spans of time, limits, dry runs, shards, selection.

use std::collections::BTreeSet;

use crate::portal::site::{Column, Desk, list_path, report_path};
use crate::portal::{Portal, Reply};

#[test]
fn a_span_of_time_is_filled_piece_by_piece() {
    let portal = Portal::open();
    // One report a day of each month of 28 days: the first 336 are of 2015.
    let column = Column::new(2, 400);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");

    let recent = desk.crawl(&["--since", "2016-02"]);
    assert_eq!(recent.exit(), 2, "a month is neither a year nor a day");
    let recent = desk.crawl(&["--since", "2016-02-01"]);
    assert_eq!((recent.exit(), recent.counts()[1]), (0, 36), "{}", recent.said());
    assert!(portal.answers(2, &list_path(20)).is_empty(), "two pages before the span end the run");

    let older = desk.crawl(&["--since", "2015-12-01", "--until", "2015-12-31"]);
    assert_eq!((older.exit(), older.counts()[1]), (0, 28));
    assert_eq!(desk.archived("yunxi").len(), 64);

    let all = desk.crawl(&[]);
    assert_eq!((all.exit(), all.counts()), (0, [400, 336, 0, 64, 0, 0]));
    let again = desk.crawl(&["--since", "2015"]);
    assert_eq!(again.counts(), [30, 0, 0, 30, 0, 0], "all is known, so two pages are enough");
    for n in 0..400 {
        assert_eq!(portal.answers(2, &report_path(n)), [200], "report {n}");
    }
}

#[test]
fn a_limit_is_kept_and_the_rest_comes_later() {
    let portal = Portal::open();
    let column = Column::new(2, 50);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    for _ in 0..2 {
        let run = desk.crawl(&["--limit", "7"]);
        assert_eq!((run.exit(), run.counts()[1]), (0, 7), "{}", run.said());
    }
    assert_eq!(desk.archived("yunxi").len(), 14);
    assert_eq!(desk.crawl(&[]).counts(), [50, 36, 0, 14, 0, 0]);
}

#[test]
fn a_dry_run_shows_what_is_due_and_leaves_nothing_behind() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let dry = desk.run(&["crawl", "--allow-private", "--dry-run"]);
    assert_eq!(dry.exit(), 0, "{}", dry.said());
    assert_eq!(dry.printed().lines().count(), 20);
    let first =
        format!("yunxi\tnew\t2015-01-20\t{}\t云溪县第19号法治政府建设年度报告", portal.url(2, &report_path(19)));
    assert_eq!(dry.printed().lines().next(), Some(first.as_str()));
    assert!(!desk.output().exists(), "nothing is written");
    assert!(dry.said().ends_with("20 pages of 1 sources would be asked for: 20 new, 0 again, 0 to be checked\n"));
    assert!((0..20).all(|n| portal.answers(2, &report_path(n)).is_empty()));
    desk.crawl(&[]);
    let dry = desk.run(&["crawl", "--allow-private", "--dry-run"]);
    assert_eq!((dry.exit(), dry.printed()), (0, String::new()));
    assert!(dry.said().starts_with("nothing is due: the lists of 1 sources"), "{}", dry.said());
}

#[test]
fn to_ask_again_where_no_page_has_failed_is_done_and_a_list_that_never_was_is_a_mistake() {
    let portal = Portal::open();
    let column = Column::new(2, 3);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let list = desk.output().join("failed.jsonl");
    let again = |list: &str| desk.run(&["crawl", "--allow-private", "--retry-failed", list]);
    assert_eq!(again(list.to_str().unwrap()).exit(), 1, "no run was here");
    assert_eq!(desk.crawl(&[]).exit(), 0);
    let run = again(list.to_str().unwrap());
    assert_eq!((run.exit(), run.said().as_str()), (0, "no page has failed, so there is nothing to ask for again\n"));
    assert_eq!(again("faild.jsonl").exit(), 1);
}

#[test]
fn the_shards_of_a_crawl_are_the_whole_crawl_and_nothing_twice() {
    let portal = Portal::open();
    let desk = Desk::new("");
    for host in 2..12 {
        let column = Column::new(host, 3);
        column.serve(&portal);
        desk.source(&format!("host{host}"), &column.start(&portal), "");
    }
    let mut seen = BTreeSet::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let run = desk.crawl(&["--shard", shard]);
        assert_eq!(run.exit(), 0, "{}", run.said());
        for source in run.report()["sources"].as_array().unwrap() {
            assert!(seen.insert(source["source"].to_string()), "{source} twice");
        }
    }
    assert_eq!(seen.len(), 10);
}

#[test]
fn a_source_takes_only_what_it_selects() {
    let portal = Portal::open();
    let column = Column::new(2, 30);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[select]\ntitle_matches = '第\\d号.*报告'\n");
    assert_eq!(desk.crawl(&[]).counts(), [10, 10, 0, 0, 0, 0]);
    let none = Desk::new("");
    none.source("yunxi", &column.start(&portal), "[select]\ntitle_matches = '财政预算'\n");
    let run = none.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (3, [0; 6]));
    assert!(run.status("yunxi").starts_with("empty: "), "{}", run.status("yunxi"));
    assert_eq!(none.crawl(&["--source", "nobody"]).exit(), 2);
}

#[test]
fn what_can_name_no_page_is_refused_before_anybody_is_asked() {
    let portal = Portal::open();
    let column = Column::new(2, 5);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    for flags in [&["--since", "2022", "--until", "2020"][..], &["--limit", "0"], &["--source", "nobody"]] {
        let run = desk.crawl(flags);
        assert_eq!(run.exit(), 2, "{flags:?}: {}", run.said());
        assert!(portal.log().is_empty() && !desk.output().exists(), "{flags:?}");
    }
    assert_eq!(desk.crawl(&["--since", "2015-01-01", "--until", "2015-01-01"]).exit(), 0);
    assert_eq!(desk.run(&["build", "--since", "2022", "--until", "2020"]).exit(), 2);
}

#[test]
fn a_password_that_a_portal_links_is_neither_used_nor_written_down() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let with_password = |path: &str| portal.url(2, path).replacen("//", "//clerk:geheim@", 1);
    let link = format!("<a href=\"{}\">下一页</a>", with_password(&list_path(1)));
    let item = |n: usize| {
        format!("<li><a href=\"{}\">云溪县第{n}号法治政府建设年度报告</a></li>", with_password(&report_path(n)))
    };
    let items: String = (5..20).rev().map(item).collect();
    portal.page(2, &list_path(0), Reply::html(&format!("<html><body><ul>{items}</ul><div>{link}</div></body></html>")));
    portal.page(2, &list_path(1), Reply::redirect(&with_password("/fzzf/second.html")));
    portal.page(2, &report_path(7), Reply::redirect(&with_password("/fzzf/none.html")));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.run(&["crawl", "--allow-private", "--json", "--dry-run"]);
    assert!(!run.printed().contains("geheim") && run.printed().contains(&report_path(7)), "{}", run.printed());
    let run = desk.crawl(&[]);
    assert_eq!(run.counts()[1], 14, "{}", run.said());
    for file in ["failed.jsonl", "state.sqlite", "state.sqlite-wal"] {
        let bytes = std::fs::read(desk.output().join(file)).unwrap_or_default();
        assert!(!bytes.windows(6).any(|window| window == b"geheim"), "{file}");
    }
    assert!(!run.said().contains("geheim") && !run.printed().contains("geheim"), "{}", run.said());
}
