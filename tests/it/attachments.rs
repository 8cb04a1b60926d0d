//! Files that hang on pages become documents: text and parent told, shared ones read once, bad ones counted, none lost.

use serde_json::Value;

use crate::file_docx::{Parts, packed};
use crate::portal::site::{Column, Desk, Run, report, report_path};
use crate::portal::{Portal, Reply};

/// A DOCX of these paragraphs.
fn docx(lines: &[&str]) -> Vec<u8> {
    let body: String = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    Parts { body: &body, ..Parts::default() }.file()
}

fn link(path: &str, name: &str) -> String {
    format!("<p><a href=\"{path}\">{name}</a></p>")
}

/// Report `n` with these links below its text.
fn with_links(portal: &Portal, n: usize, links: &str) {
    let page = report(2, n, "").replace("</div></body>", &format!("{links}</div></body>"));
    portal.page(2, &report_path(n), Reply::html(&page));
}

/// Report `n` as a page that shows nothing but a file.
fn only_file(portal: &Portal, n: usize, path: &str) {
    let page = report(2, n, "");
    let (head, rest) = page.split_once("<div class=\"TRS_Editor\">").unwrap();
    let tail = rest.split_once("</div>").unwrap().1;
    let page = format!("{head}<div class=\"TRS_Editor\">{}</div>{tail}", link(path, "云溪县报告.docx"));
    portal.page(2, &report_path(n), Reply::html(&page));
}

fn column(reports: usize) -> (Portal, Desk) {
    let portal = Portal::open();
    let column = Column::new(2, reports);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "region = \"430281\"\n");
    (portal, desk)
}

fn records(desk: &Desk, file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(desk.output().join("records/yunxi").join(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The document whose address ends so.
fn document(desk: &Desk, path: &str) -> Value {
    let documents = records(desk, "documents.jsonl");
    let found = documents.iter().find(|document| document["url"].as_str().unwrap().ends_with(path));
    found.unwrap_or_else(|| panic!("no document of {path}")).clone()
}

/// Crawls and builds; gives what the build says of the files.
fn run(desk: &Desk, exit: i32) -> (Run, [u64; 4]) {
    let run = desk.run(&["run", "--allow-private", "--json"]);
    assert_eq!(run.exit(), exit, "{}", run.said());
    let report: Value = serde_json::from_str(&run.printed()).unwrap();
    let files = &report["build"]["files"];
    let figures = ["seen", "new", "unchanged", "failed"].map(|key| files[key].as_u64().unwrap());
    (run, figures)
}

const ANNEX: [&str; 4] = ["附件", "行政执法情况统计说明", "一、检查情况", "全年检查十二次，办结率百分之百。"];

#[test]
fn a_file_of_an_article_is_a_document_of_its_own_below_its_page() {
    let (portal, desk) = column(2);
    let bytes = docx(&ANNEX);
    with_links(&portal, 0, &link("/f/a.docx", "附件：统计说明.docx"));
    portal.page(2, "/f/a.docx", Reply::bytes(bytes.clone()).header("content-type", "application/octet-stream"));
    let (run, files) = run(&desk, 0);
    assert_eq!(files, [1, 1, 0, 0], "{}", run.said());
    let (page, file) = (document(&desk, &report_path(0)), document(&desk, "/f/a.docx"));
    assert_eq!(file["parent_id"], page["id"]);
    assert_eq!(page["parent_id"], Value::Null);
    assert_eq!((&file["text_origin"], &page["text_origin"]), (&"attachment".into(), &"page".into()));
    assert_eq!(file["text"], ANNEX.join("\n"));
    assert_eq!(file["title"], ANNEX[1]);
    for key in ["published", "published_from", "region_code", "source"] {
        assert_eq!(file[key], page[key], "{key}");
    }
    let attachment = &page["attachments"][0];
    assert_eq!(attachment["document_id"], file["id"]);
    assert_eq!(attachment["name"], "附件：统计说明.docx");
    assert_eq!(attachment["bytes"], bytes.len());
    assert_eq!(attachment["sha256"], file["raw_sha256"]);
    assert!(attachment["media_type"].as_str().unwrap().ends_with("wordprocessingml.document"), "{attachment}");
    let sections = records(&desk, "sections.jsonl");
    let of_file = sections.iter().filter(|section| section["doc_id"] == file["id"]);
    assert!(of_file.into_iter().any(|section| section["marker"] == "一、"), "the same structurer reads it");
}

#[test]
fn a_page_that_is_only_a_file_is_a_document_with_the_text_of_the_file() {
    let (portal, desk) = column(1);
    only_file(&portal, 0, "/f/a.docx");
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)));
    let (_, files) = run(&desk, 0);
    assert_eq!(files, [0, 0, 0, 0], "the file is the page");
    let page = document(&desk, &report_path(0));
    assert_eq!((&page["text_origin"], &page["text"]), (&"attachment".into(), &ANNEX.join("\n").into()));
    assert_eq!(page["title"], "云溪县第0号法治政府建设年度报告", "the page says what it is called");
    assert_eq!(page["published"], "2015-01-01");
    assert_eq!(page["attachments"][0]["document_id"], page["id"]);
    assert_eq!(records(&desk, "documents.jsonl").len(), 1);
}

#[test]
fn a_page_whose_file_cannot_be_read_is_turned_away_for_what_the_file_is() {
    let (portal, desk) = column(20);
    only_file(&portal, 0, "/f/a.docx");
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)[..200].to_vec()));
    run(&desk, 0);
    assert_eq!(desk.failed(), [format!("{}: truncated", report_path(0))]);
    let failed = std::fs::read_to_string(desk.output().join("failed.jsonl")).unwrap();
    assert!(failed.contains("the body of the page is a file"), "{failed}");
}

#[test]
fn the_same_bytes_on_two_pages_are_one_document_below_the_first() {
    let (portal, desk) = column(3);
    for (n, path) in [(0, "/f/b.docx"), (1, "/f/a.docx"), (2, "/f/b.docx")] {
        with_links(&portal, n, &link(path, "附件.docx"));
        portal.page(2, path, Reply::bytes(docx(&ANNEX)));
    }
    let (_, files) = run(&desk, 0);
    assert_eq!(files, [1, 1, 0, 0]);
    let documents = records(&desk, "documents.jsonl");
    let below: Vec<&Value> = documents.iter().filter(|document| !document["parent_id"].is_null()).collect();
    assert_eq!((documents.len(), below.len()), (4, 1));
    assert_eq!(below[0]["parent_id"], document(&desk, &report_path(0))["id"]);
    assert!(below[0]["url"].as_str().unwrap().ends_with("/f/a.docx"), "the first of its addresses");
    for n in 0..3 {
        assert_eq!(document(&desk, &report_path(n))["attachments"][0]["document_id"], below[0]["id"], "report {n}");
    }
    let before = std::fs::read(desk.output().join("records/yunxi/documents.jsonl")).unwrap();
    assert_eq!(desk.run(&["build", "-q"]).exit(), 0);
    assert_eq!(std::fs::read(desk.output().join("records/yunxi/documents.jsonl")).unwrap(), before);
}

#[test]
fn a_file_that_cannot_be_read_is_counted_and_takes_nothing_with_it() {
    let (portal, desk) = column(2);
    let all = [link("/f/cut.docx", "附件1.docx"), link("/f/p.pdf", "附件2.pdf"), link("/f/a.docx", "附件3.docx")];
    with_links(&portal, 0, &all.concat());
    portal.page(2, "/f/cut.docx", Reply::bytes(docx(&ANNEX)[..300].to_vec()));
    portal.page(2, "/f/p.pdf", Reply::bytes(b"\x89PNG\r\n\x1a\n a picture under another name".to_vec()));
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)));
    let (run, files) = run(&desk, 0);
    assert_eq!(files, [3, 1, 0, 2], "{}", run.said());
    let mut failed = desk.failed();
    failed.sort();
    assert_eq!(failed, ["/f/cut.docx: truncated", "/f/p.pdf: binary"]);
    assert!(run.said().contains("2 without text, binary 1, truncated 1"), "{}", run.said());
    let page = document(&desk, &report_path(0));
    let told: Vec<(&str, bool)> = page["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["media_type"].as_str().unwrap(), file["document_id"].is_null()))
        .collect();
    assert_eq!(told[1], ("image/png", true));
    assert_eq!([told[0].1, told[2].1], [true, false]);
}

#[test]
fn every_file_of_an_archive_is_a_document() {
    let (portal, desk) = column(1);
    with_links(&portal, 0, &link("/f/all.zip", "附件.zip"));
    let text = |title: &str| format!("{title}\n\n一、总则\n　　坚持依法行政，办结率百分之百。\n");
    let zip = packed(&[
        ("附件/统计表一.txt", text("青石镇统计说明")),
        ("附件/照片.jpg", "\u{7f}".to_owned()),
        ("附件/统计表二.txt", text("古渡镇统计说明")),
    ]);
    portal.page(2, "/f/all.zip", Reply::bytes(zip));
    let (_, files) = run(&desk, 0);
    assert_eq!(files, [3, 2, 0, 1]);
    let page = document(&desk, &report_path(0));
    let documents = records(&desk, "documents.jsonl");
    let members: Vec<&Value> = documents.iter().filter(|document| document["parent_id"] == page["id"]).collect();
    let titles: Vec<&str> = members.iter().map(|member| member["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["青石镇统计说明", "古渡镇统计说明"]);
    assert_ne!(members[0]["id"], members[1]["id"]);
    assert_eq!(page["attachments"][0]["document_id"], members[0]["id"]);
    assert_eq!(page["attachments"][0]["media_type"], "application/zip");
}

#[test]
fn a_build_that_looks_at_a_span_of_days_leaves_the_files_of_the_others() {
    let (portal, desk) = column(30);
    with_links(&portal, 0, &link("/f/a.docx", "附件.docx"));
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)));
    run(&desk, 0);
    let before = std::fs::read(desk.output().join("records/yunxi/documents.jsonl")).unwrap();
    let build = desk.run(&["build", "--since", "2015-02-01", "--json"]);
    let report: Value = serde_json::from_str(&build.printed()).unwrap();
    assert_eq!(report["build"]["files"]["skipped"], 1);
    assert_eq!(std::fs::read(desk.output().join("records/yunxi/documents.jsonl")).unwrap(), before);
}

#[test]
fn files_of_pages_that_an_older_crawl_has_left_out_come_with_the_crawl_after_a_build() {
    let (portal, desk) = column(2);
    with_links(&portal, 0, &link("/f/a.docx", "附件.docx"));
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)));
    assert_eq!(desk.crawl(&["--no-attachments"]).exit(), 0);
    assert_eq!(desk.run(&["build", "-q"]).exit(), 0);
    assert_eq!(document(&desk, &report_path(0))["attachments"][0]["sha256"], Value::Null);
    portal.forget();
    let (_, files) = run(&desk, 0);
    assert_eq!(files, [1, 1, 0, 0]);
    assert_eq!(portal.answers(2, &report_path(0)), [0; 0], "the page is not asked for again");
    assert_eq!(portal.answers(2, "/f/a.docx"), [200]);
}

#[test]
fn a_file_that_a_list_names_is_a_document_in_its_own_right() {
    let (portal, desk) = column(2);
    portal.page(2, &report_path(1), Reply::bytes(docx(&ANNEX)));
    let (_, files) = run(&desk, 0);
    assert_eq!(files, [0, 0, 0, 0]);
    let file = document(&desk, &report_path(1));
    assert_eq!((&file["text_origin"], &file["parent_id"]), (&"attachment".into(), &Value::Null));
    assert_eq!((&file["published"], &file["published_from"]), (&"2015-01-02".into(), &"list".into()));
}

#[test]
fn a_state_that_is_made_anew_from_the_archive_knows_the_files() {
    let (portal, desk) = column(2);
    with_links(&portal, 0, &link("/f/a.docx", "附件.docx"));
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)));
    run(&desk, 0);
    let path = desk.output().join("records/yunxi/documents.jsonl");
    let before = std::fs::read(&path).unwrap();
    assert_eq!(desk.run(&["archive", "check"]).exit(), 0);
    let rebuilt = desk.run(&["archive", "rebuild"]);
    assert_eq!(rebuilt.exit(), 0, "{}", rebuilt.said());
    assert_eq!(desk.run(&["build", "-q"]).exit(), 0);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    portal.forget();
    assert_eq!(desk.crawl(&[]).exit(), 0);
    assert_eq!(portal.answers(2, "/f/a.docx"), [0; 0], "what the archive has is not asked for");
}

#[test]
fn a_file_whose_bytes_are_lost_stays_until_it_is_fetched_again() {
    let (portal, desk) = column(2);
    with_links(&portal, 0, &link("/f/a.docx", "附件.docx"));
    portal.page(2, "/f/a.docx", Reply::bytes(docx(&ANNEX)));
    run(&desk, 0);
    let whole = document(&desk, "/f/a.docx");
    let warc = desk.output().join("archive/yunxi").join(whole["warc_file"].as_str().unwrap());
    let mut bytes = std::fs::read(&warc).unwrap();
    let at = usize::try_from(whole["warc_offset"].as_u64().unwrap()).unwrap();
    bytes[at + 200..at + 260].fill(0x55);
    gongwen::write::atomic::replace(&warc, &bytes).unwrap();

    assert_eq!(desk.run(&["build", "-q"]).exit(), 3);
    let kept = document(&desk, "/f/a.docx");
    assert_eq!((&kept["text"], &kept["parent_id"]), (&whole["text"], &whole["parent_id"]));
    assert_eq!(kept["warnings"].as_array().unwrap().last().unwrap()["code"], "unarchived");
    assert_eq!(desk.failed(), ["/f/a.docx: damaged"]);

    portal.forget();
    run(&desk, 0);
    assert_eq!(portal.answers(2, "/f/a.docx"), [200]);
    assert_eq!(document(&desk, "/f/a.docx")["warnings"], whole["warnings"]);
}
