//! `gongwen demo` as a new user runs it: everything is fetched once, read right, and stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The page that breaks off each time, so it is asked for again within a run and by the next one.
const CUT: &str = "/art/2023/2/7/art_1204_56120.html";

fn demo(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder).arg("demo").args(args);
    command
}

/// Runs the demo into `folder/output/demo` and gives its `--json`.
fn run(folder: &Path) -> Value {
    let output = demo(folder, &["--json"]).assert().code(0).get_output().clone();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The paths that the portal was asked for, with the status of its answers.
fn asked(summary: &Value) -> Vec<(&str, u64)> {
    let asked = summary["portal"]["asked"].as_array().unwrap();
    asked.iter().map(|entry| (entry[0].as_str().unwrap(), entry[1].as_u64().unwrap())).collect()
}

fn figures(counts: &Value) -> BTreeMap<&str, u64> {
    let figures: BTreeMap<&str, u64> =
        counts.as_object().unwrap().iter().map(|(key, value)| (key.as_str(), value.as_u64().unwrap())).collect();
    let parts: u64 = figures.iter().filter(|(key, _)| **key != "seen").map(|(_, count)| count).sum();
    assert_eq!(figures["seen"], parts, "{figures:?}");
    figures
}

fn rows(folder: &TempDir, file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.path().join("output/demo/records/demo").join(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn bytes(folder: &TempDir) -> Vec<Vec<u8>> {
    let files = ["documents.jsonl", "sections.jsonl", "tables.jsonl"];
    files.iter().map(|file| std::fs::read(folder.path().join("output/demo/records/demo").join(file)).unwrap()).collect()
}

#[test]
fn a_new_user_sees_figures_a_tree_and_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let output = demo(folder.path(), &[]).assert().code(0).get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    for expected in [
        "30 pages = 27 new + 0 changed + 0 unchanged + 1 skipped + 2 failed",
        "skipped, as it should: 1 that robots.txt does not allow",
        "28 documents with",
        "2 files on these pages",
        "1 of them is a file beside its page",
        "output/demo/records/demo/",
        "云溪县青石镇人民政府关于2022年度法治政府建设工作报告",
        "（三）推进政务公开",
        "gongwen demo ",
        "gongwen status --output output/demo ",
        "gongwen run --shipped --source liling --limit 5 ",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    for file in ["records/demo/documents.jsonl", "failed.jsonl", "state.sqlite"] {
        assert!(folder.path().join("output/demo").join(file).is_file(), "{file}");
    }
    let beside: Vec<_> = std::fs::read_dir(folder.path().join("output")).unwrap().collect();
    assert_eq!(beside.len(), 1, "the demo lies apart from what is crawled: {beside:?}");
}

#[test]
fn quiet_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path(), &["-q", "--output", "elsewhere"]).assert().code(0).stdout("").stderr("");
    assert!(folder.path().join("elsewhere/records/demo/documents.jsonl").is_file());
    assert!(!folder.path().join("output").exists());
}

#[test]
fn each_page_is_fetched_once_and_what_is_forbidden_never() {
    let folder = tempfile::tempdir().unwrap();
    let summary = run(folder.path());
    let asked = asked(&summary);
    let mut once = BTreeSet::new();
    for (path, status) in &asked {
        assert!(once.insert(path) || *path == CUT, "{path} was fetched twice");
        assert!(!path.starts_with("/nbzl/"), "{path} was fetched in spite of robots.txt");
        assert!([200, 404].contains(status), "{path}: {status}");
    }
    assert_eq!(asked.iter().filter(|(_, status)| *status == 404).count(), 1);
    let crawl = figures(&summary["run"]["crawl"]["counts"]);
    assert_eq!((crawl["seen"], crawl["new"], crawl["skipped"], crawl["failed"]), (30, 27, 1, 2));
    let reasons = &summary["run"]["crawl"]["sources"][0]["failures"];
    assert_eq!(reasons, &serde_json::json!({"gone": 1, "robots": 1, "truncated": 1}));
    let build = figures(&summary["run"]["build"]["counts"]);
    assert_eq!((build["seen"], build["new"], build["failed"]), (27, 27, 0));
    assert_eq!(figures(&summary["run"]["crawl"]["files"])["new"], 2);
    assert_eq!(figures(&summary["run"]["build"]["files"])["new"], 1);
    let failed = std::fs::read_to_string(folder.path().join("output/demo/failed.jsonl")).unwrap();
    assert_eq!(failed.lines().count(), 3, "those that were not fetched");
}

#[test]
fn a_second_run_fetches_nothing_that_has_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path());
    let records = bytes(&folder);
    let archived = first["portal"]["requests"].as_u64().unwrap();
    let second = run(folder.path());
    for (path, status) in asked(&second) {
        assert!(status == 304 || [CUT, "/robots.txt"].contains(&path), "{path}: {status}");
    }
    assert!(second["portal"]["not_modified"].as_u64().unwrap() > 0);
    assert!(second["portal"]["requests"].as_u64().unwrap() < archived / 2);
    let crawl = figures(&second["run"]["crawl"]["counts"]);
    assert_eq!((crawl["new"], crawl["changed"]), (0, 0));
    let build = figures(&second["run"]["build"]["counts"]);
    assert_eq!((build["new"], build["changed"], build["unchanged"]), (0, 0, 27));
    assert_eq!(records, bytes(&folder), "the records are not the same bytes");
}

#[test]
fn two_machines_give_the_same_ids_and_texts() {
    let [one, two] = [(); 2].map(|()| {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path());
        let keys = ["id", "rev", "url", "title", "text", "raw_sha256"];
        let documents = rows(&folder, "documents.jsonl");
        documents.iter().map(|row| keys.map(|key| row[key].to_string())).collect::<Vec<_>>()
    });
    assert_eq!(one, two);
}

#[test]
fn every_report_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path());
    let documents: BTreeMap<String, Value> = rows(&folder, "documents.jsonl")
        .into_iter()
        .filter(|row| row["parent_id"].is_null())
        .map(|row| (row["url"].as_str().unwrap().replace("http://demo.gongwen.test", ""), row))
        .collect();
    assert!(documents.len() >= 24);
    let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/demo/reports");
    let mut charsets = BTreeMap::<(String, String), usize>::new();
    let mut read = 0;
    for entry in std::fs::read_dir(written).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let (head, body) = text.split_once("\n\n").unwrap();
        let value = |key: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": ").filter(|(name, _)| *name == key));
            lines.map(|(_, value)| value).collect::<String>()
        };
        let path = value("path");
        let Some(document) = documents.get(&path) else { continue };
        read += 1;
        *charsets.entry((value("family"), document["charset"].to_string())).or_default() += 1;
        let or_null = |text: String| if text.is_empty() { Value::Null } else { Value::from(text) };
        let profile = match value("family").as_str() {
            "trs" => Value::from("trs_static"),
            "hanweb" => Value::from("hanweb_jcms"),
            _ => Value::from("hunan"),
        };
        assert_eq!(document["profile"], profile, "{path}");
        assert_eq!(document["title"], value("title"), "{path}");
        assert_eq!(document["published"], value("published").split(' ').next().unwrap(), "{path}");
        assert_eq!(document["author"], or_null(value("author")), "{path}");
        assert_eq!(document["publisher"], or_null(value("source")), "{path}");
        let views = value("views").parse::<u64>().ok();
        assert_eq!(document["views"], views.map_or(Value::Null, Value::from), "{path}");
        if document["text_origin"] == "attachment" {
            continue;
        }
        assert_eq!(
            document["text"],
            body.lines().filter(|line| !line.is_empty()).map(clean).collect::<Vec<_>>().join("\n"),
            "{path}"
        );
    }
    assert_eq!(read, documents.len(), "a document comes from no report");
    assert!(charsets.len() >= 6, "three families in two charsets: {charsets:?}");
}

/// A line of a report without the marks of the demo's own notation.
fn clean(line: &str) -> String {
    match (line.strip_prefix('|'), line.strip_prefix('@')) {
        (Some(row), _) => row.replace('|', "\t"),
        (_, Some(named)) => named.split_once(' ').unwrap().1.to_owned(),
        _ => line.trim_start_matches(['>', '=']).replace("**", ""),
    }
}

#[test]
fn a_report_that_is_only_a_file_and_an_annex_are_read() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path());
    let documents = rows(&folder, "documents.jsonl");
    let titled = |title: &str| documents.iter().find(|document| document["title"] == title).unwrap();
    let only_file = titled("长坪镇2024年度法治政府建设工作报告");
    assert_eq!((&only_file["text_origin"], &only_file["published"]), (&"attachment".into(), &"2025-02-18".into()));
    assert_eq!(only_file["attachments"][0]["document_id"], only_file["id"]);
    assert!(only_file["text"].as_str().unwrap().contains("\n三、下一步打算\n"), "{}", only_file["text"]);

    let annex = titled("桥亭街道2025年度行政执法情况统计");
    let page = titled("桥亭街道办事处关于2025年法治政府建设年度情况的报告");
    assert_eq!((&annex["parent_id"], &annex["published"]), (&page["id"], &page["published"]));
    assert_eq!(page["attachments"][0]["document_id"], annex["id"]);
    let sections = rows(&folder, "sections.jsonl");
    let markers: Vec<&str> = sections
        .iter()
        .filter(|section| section["doc_id"] == annex["id"] && section["role"] == "section")
        .map(|section| section["marker"].as_str().unwrap())
        .collect();
    assert_eq!(markers, ["一、", "（一）", "（二）", "二、", "三、"], "Word draws them");
    assert_eq!(rows(&folder, "tables.jsonl").iter().filter(|table| table["doc_id"] == annex["id"]).count(), 1);
}

#[test]
fn every_document_has_numbered_sections_and_all_years_are_there() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path());
    let sections = rows(&folder, "sections.jsonl");
    let mut years = BTreeSet::new();
    for document in rows(&folder, "documents.jsonl").into_iter().filter(|document| document["parent_id"].is_null()) {
        let own: Vec<&Value> = sections.iter().filter(|section| section["doc_id"] == document["id"]).collect();
        let title = &document["title"];
        assert_eq!(document["section_count"], own.len(), "{title}");
        let top = own.iter().filter(|section| section["level"] == 1 && section["marker"].is_string()).count();
        assert!(top >= 3, "{title}: {top} sections on the first level");
        assert_eq!(document["genre"], "rule_of_law_annual", "{title}");
        years.insert(document["report_year"].as_i64().unwrap());
        let parts: BTreeSet<&str> =
            own.iter().flat_map(|s| s["part"].as_array().unwrap()).map(|p| p.as_str().unwrap()).collect();
        assert!(parts.contains("measures"), "{title}: {parts:?}");
    }
    assert_eq!(years, (2019..=2025).collect());
    assert!(!rows(&folder, "tables.jsonl").is_empty());
}

#[test]
fn the_notebooks_are_sound_and_hold_no_outputs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    let mut notebooks = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.extension().is_none_or(|extension| extension != "ipynb") {
            continue;
        }
        notebooks += 1;
        let notebook: Value = serde_json::from_slice(&std::fs::read(&entry).unwrap()).unwrap();
        assert_eq!(notebook["nbformat"], 4);
        for cell in notebook["cells"].as_array().unwrap() {
            assert!(cell["id"].is_string() && cell["source"].is_array(), "{}", entry.display());
            if cell["cell_type"] == "code" {
                assert_eq!(cell["outputs"], Value::Array(Vec::new()), "{}", entry.display());
                assert_eq!(cell["execution_count"], Value::Null, "{}", entry.display());
            }
        }
    }
    assert!(notebooks > 1, "{notebooks}");
}
