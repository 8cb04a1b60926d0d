//! `gongwen report` as a reader opens it: whole, without a dead link, and with nothing in it that acts but its own script.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

fn gongwen(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder).args(args);
    command
}

fn report(folder: &Path) -> Value {
    let output = gongwen(folder, &["report", "--json", "--quiet"]).assert().code(0).get_output().clone();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The files of the report, by their path below its folder.
fn files(folder: &Path) -> Vec<(String, String)> {
    fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let (root, mut files) = (folder.join("output/report"), Vec::new());
    collect(&root, &root, &mut files);
    files.sort();
    files
}

fn pages(folder: &Path) -> Vec<(String, String)> {
    let is_page = |(name, _): &(String, String)| Path::new(name).extension().is_some_and(|kind| kind == "html");
    files(folder).into_iter().filter(is_page).collect()
}

/// The values of an attribute, wherever it stands.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A record with the given keys; the rest is what a record of that kind has at least.
fn with(mut base: Value, keys: &Value) -> Value {
    for (key, value) in keys.as_object().unwrap() {
        base[key] = value.clone();
    }
    base
}

fn document(id: &str, keys: &Value) -> Value {
    let base = json!({"schema": "document/1", "id": id, "rev": "b", "prev_rev": null, "source": "yunxi", "title": "报告",
        "issuers": [], "report_year": 2024, "published": "2025-01-20", "text": "一、总体情况\n办件五件。",
        "section_count": 1, "char_count": 13, "warnings": [], "gone_at": null, "attachments": []});
    with(base, keys)
}

fn section(doc_id: &str, keys: &Value) -> Value {
    let base = json!({"schema": "section/1", "id": format!("{doc_id}#1"), "doc_id": doc_id, "seq": 0, "path": "1",
        "level": 1, "role": "section", "marker": "一、", "heading": "总体情况", "part": [], "flags": [], "start": 0,
        "text_start": 7, "end": 13});
    with(base, keys)
}

fn write(path: &Path, lines: &[Value]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    gongwen::write::atomic::replace(path, text.as_bytes()).unwrap();
}

/// An output folder with these records of one source.
fn output(documents: &[Value], sections: &[Value]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("output/records/yunxi");
    write(&records.join("documents.jsonl"), documents);
    write(&records.join("sections.jsonl"), sections);
    folder
}

#[test]
fn the_report_of_the_demo_is_whole_and_every_link_leads_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    gongwen(folder.path(), &["demo", "--quiet", "--output", "output"]).assert().code(0);
    let said = gongwen(folder.path(), &["report"]).assert().code(0).get_output().clone();
    let index = PathBuf::from("output").join("report").join("index.html");
    assert_eq!(String::from_utf8(said.stdout).unwrap().trim(), index.to_str().unwrap());

    let files = files(folder.path());
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let pages = pages(folder.path());
    let mut links = 0;
    for (name, page) in &pages {
        assert!(page.len() < 1 << 20, "{name} has {} bytes", page.len());
        let doubled = page.split('<').find(|tag| tag.matches(" class=\"").count() > 1);
        assert_eq!(doubled, None, "{name}: of two classes a browser reads one");
        for href in values(page, "href").into_iter().chain(values(page, "src")) {
            if href.starts_with("http://") {
                continue;
            }
            links += 1;
            let (file, place) = href.split_once('#').unwrap_or((href, ""));
            let target = if file.is_empty() { name.clone() } else { resolved(name, file) };
            assert!(names.contains(target.as_str()), "{name} leads to {href}, which is not there");
            let found = files.iter().find(|(name, _)| *name == target).unwrap();
            assert!(place.is_empty() || values(&found.1, "id").contains(&place), "{name}: no {href}");
        }
    }
    assert!(links > 500, "only {links} links were looked at");

    let coverage = &pages.iter().find(|(name, _)| name == "coverage-00.html").unwrap().1;
    let row = coverage.split(">芦塘乡人民政府<").nth(1).and_then(|rest| rest.split("</tr>").next()).unwrap();
    assert!(row.contains("<td class=\"failed\">败</td>"), "its report of 2022 is listed and gone: {row}");

    let shown = pages.iter().find(|(_, page)| page.contains("<title>云溪县青石镇人民政府关于2022年度")).unwrap();
    for expected in ["发布时间", "<span id=\"t0\" data-s=\"0\">", "（三）", "推进政务公开", "class=\"source\""]
    {
        assert!(shown.1.contains(expected), "{expected} is not in the page of the document");
    }
    let unmarked =
        pages.iter().filter(|(name, page)| name.starts_with("documents/") && !page.contains("data-s=\"0\">"));
    assert_eq!(unmarked.count(), 0, "each document has its text on the left");
}

/// Where a link of a page leads.
fn resolved(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        if part == ".." { _ = parts.pop() } else { parts.push(part) }
    }
    parts.join("/")
}

#[test]
fn a_second_report_writes_nothing_and_a_page_goes_with_its_document() {
    let (one, two) = (document("a.test:one", &json!({})), document("a.test:two", &json!({})));
    let sections = [section("a.test:one", &json!({})), section("a.test:two", &json!({}))];
    let folder = output(&[one.clone(), two], &sections);
    let first = report(folder.path());
    let before = files(folder.path());
    let second = report(folder.path());
    assert_eq!((second["written"].as_u64(), &second["files"]), (Some(0), &first["files"]));
    assert_eq!(files(folder.path()), before);

    let notes = folder.path().join("output/report/documents/notes.txt");
    gongwen::write::atomic::replace(&notes, b"mine").unwrap();
    write(&folder.path().join("output/records/yunxi/documents.jsonl"), &[one]);
    write(&folder.path().join("output/records/yunxi/sections.jsonl"), &sections[..1]);
    assert_eq!(report(folder.path())["removed"], 1);
    let names: Vec<String> = files(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"documents/yunxi/a.test_one.html".to_owned()));
    assert!(!names.contains(&"documents/yunxi/a.test_two.html".to_owned()));
    assert!(notes.is_file(), "what somebody else put there stays");
}

#[test]
fn what_a_record_says_is_text_and_never_markup() {
    const EVIL: &str = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"x()";
    let keys = json!({"title": EVIL, "issuer": EVIL, "issuers": [EVIL], "publisher": EVIL, "document_number": EVIL,
        "region_name": EVIL, "region_code": "../../x", "genre": EVIL, "text": EVIL, "url": "javascript:alert(1)",
        "source": "../../../x", "published": EVIL, "warnings": [{"code": EVIL, "start": 0, "end": 9, "detail": EVIL}],
        "attachments": [{"name": EVIL, "media_type": EVIL, "bytes": 1}], "gone_at": EVIL});
    let id = format!("../{EVIL}:x");
    let rows = json!({"marker": EVIL, "heading": EVIL, "path": EVIL, "role": EVIL, "part": [EVIL], "flags": [EVIL],
        "text_start": 0, "end": 30});
    let folder = output(&[document(&id, &keys)], &[section(&id, &rows)]);
    let failed = json!({"source": EVIL, "url": EVIL, "stage": EVIL, "reason": EVIL, "detail": EVIL, "at": EVIL});
    write(&folder.path().join("output/failed.jsonl"), &[failed]);
    let change = json!({"id": id, "at": EVIL, "kind": EVIL});
    write(&folder.path().join("output/changes.jsonl"), &[change]);
    report(folder.path());
    let pages = pages(folder.path());
    assert!(pages.len() > 8);
    for (name, page) in &pages {
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, 1, "{name} has a script that is not ours");
        for bad in ["</title></script", "<img", "onclick=\"", "href=\"javascript:", "<iframe", "style=\""] {
            assert!(!page.contains(bad), "{name} holds {bad}");
        }
        assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"), "{name}");
    }
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names.iter().all(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || "./_-".contains(c))),
        "{names:?}"
    );
}

#[test]
fn what_became_of_a_document_is_told_with_the_difference() {
    let keys = json!({"prev_rev": "a", "gone_at": "2026-03-01T00:00:00Z"});
    let folder = output(&[document("a.test:one", &keys)], &[section("a.test:one", &json!({}))]);
    let old = document("a.test:one", &json!({"rev": "a", "text": "一、总体情况\n办件三件。"}));
    write(&folder.path().join("output/records/yunxi/revisions.jsonl"), &[old]);
    let change =
        |at: &str, kind: &str| json!({"run": "r", "at": at, "source": "yunxi", "id": "a.test:one", "kind": kind});
    let changes = [change("2026-01-01T00:00:00Z", "changed"), change("2026-03-01T00:00:00Z", "gone")];
    write(&folder.path().join("output/changes.jsonl"), &changes);
    report(folder.path());
    let pages = pages(folder.path());
    let page = &pages.iter().find(|(name, _)| name.ends_with("one.html")).unwrap().1;
    for expected in ["办件<del>三</del><ins>五</ins>件。", "网页已消失", "2026-03-01", "已变更"] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    let coverage = &pages.iter().find(|(name, _)| name == "coverage-00.html").unwrap().1;
    assert!(coverage.contains("<td class=\"gone\">"), "{coverage}");
}

#[test]
fn warnings_stand_in_the_section_that_they_are_about() {
    let warning = json!({"code": "checksum_failed", "start": 7, "end": 9, "detail": "3 ≠ 5"});
    let keys = json!({"warnings": [warning]});
    let folder =
        output(&[document("a.test:one", &keys)], &[section("a.test:one", &json!({"flags": ["number_skipped"]}))]);
    report(folder.path());
    let pages = pages(folder.path());
    let page = &pages.iter().find(|(name, _)| name.ends_with("one.html")).unwrap().1;
    let row = page.split("<li id=\"s0\"").nth(1).and_then(|rest| rest.split("</li>").next()).unwrap();
    for expected in ["<mark>办件</mark>五件。", "表内合计不符", "3 ≠ 5", "跳号"] {
        assert!(row.contains(expected), "{expected} is not in\n{row}");
    }
}

#[test]
fn what_a_document_cites_leads_to_the_section_that_does() {
    let (one, two) = (document("a.test:one", &json!({})), document("a.test:two", &json!({})));
    let folder = output(&[one, two], &[section("a.test:one", &json!({})), section("a.test:two", &json!({}))]);
    let citation = |title: &str| {
        json!({"schema": "citation/1", "doc_id": "a.test:two", "section_id": "a.test:two#1", "kind": "law",
            "title": title, "document_number": null, "start": 0, "end": 2})
    };
    let path = folder.path().join("output/records/yunxi/citations.jsonl");
    write(&path, &[citation("行政处罚法"), citation("行政处罚法"), citation("<b>")]);
    report(folder.path());
    let pages = pages(folder.path());
    let page = |name: &str| &pages.iter().find(|(found, _)| found.ends_with(name)).unwrap().1;
    assert!(!page("one.html").contains("行政处罚法"));
    assert_eq!(page("two.html").matches("<a href=\"#s0\">《行政处罚法》</a>").count(), 1, "once, however often");
    assert!(page("two.html").contains("《&lt;b&gt;》"));
    assert!(page("quality.html").contains("《行政处罚法》"), "the works that are cited most");
}

#[test]
fn without_records_it_says_what_to_do_and_a_damaged_line_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = gongwen(folder.path(), &["report"]).assert().code(1).get_output().clone();
    assert!(String::from_utf8(missing.stderr).unwrap().contains("run `gongwen build` first"));
    assert!(!folder.path().join("output").exists(), "nothing is made where there is nothing to show");

    let folder = output(&[document("a.test:one", &json!({})), json!("torn")], &[section("a.test:one", &json!({}))]);
    let output = gongwen(folder.path(), &["report"]).assert().code(3).get_output().clone();
    assert!(String::from_utf8(output.stderr).unwrap().contains("1 lines"));
    assert!(folder.path().join("output/report/documents/yunxi/a.test_one.html").is_file());
}
