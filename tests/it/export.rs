//! Records in the forms of other programs: whole, typed, and the same bytes each time.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

use crate::archive::exchange;
use crate::build::{Place, report};

/// Two built reports.
fn reports() -> Place {
    let place = Place::new();
    let mut archive = place.archive();
    for year in [2021, 2022] {
        archive.put(&exchange(&format!("c1/{year}.html"), &report(year, "=1+1，健全工作机制"))).unwrap();
    }
    drop(archive);
    place.build(0);
    place
}

/// Exports, and gives the files that were written.
fn export(place: &Place, args: &[&str]) -> Vec<PathBuf> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().arg("--output").arg(place.output()).args(["--json", "-q", "export", "--to"]).args(args);
    let output = command.assert().code(0).get_output().clone();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    summary["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().into()).collect()
}

fn text(path: &PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn json_lines_of_all_sources_are_the_lines_of_the_sources() {
    let place = reports();
    for path in export(&place, &["jsonl"]) {
        let name = path.file_name().unwrap();
        assert_eq!(text(&path), text(&place.output().join("records/qingshi").join(name)), "{name:?}");
    }
    let years = export(&place, &["jsonl", "--by", "year"]);
    assert!(years.iter().any(|path| path.ends_with("sections/2021.jsonl")), "{years:?}");
    let later = export(&place, &["jsonl", "--since", "2023"]);
    assert_eq!(text(&later[0]).lines().count(), 1, "one of them is published in 2023");
}

#[test]
fn every_form_is_written_whole_and_twice_the_same() {
    let place = reports();
    for form in ["parquet", "csv", "jsonl", "xlsx", "sqlite", "csl-json", "bibtex", "ris", "wide", "chunks"] {
        if form == "parquet" && !cfg!(feature = "parquet") || form == "xlsx" && !cfg!(feature = "xlsx") {
            continue;
        }
        let bytes = || -> Vec<Vec<u8>> { export(&place, &[form]).iter().map(|path| fs::read(path).unwrap()).collect() };
        let first = bytes();
        assert!(first.iter().all(|bytes| !bytes.is_empty()) || form == "jsonl", "{form}");
        assert!(first == bytes(), "{form} differs");
    }
}

#[test]
#[cfg(feature = "xlsx")]
fn a_workbook_has_a_sheet_a_table_and_says_its_rows() {
    let place = reports();
    let path = &export(&place, &["xlsx"])[0];
    let output = Command::new(env!("CARGO_BIN_EXE_gongwen")).arg("extract").arg("--jsonl").arg(path).output().unwrap();
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = line["document"]["text"].as_str().unwrap();
    let documents = text.lines().find(|line| line.starts_with("documents\t")).unwrap();
    assert_eq!(documents, "documents\t2\t0", "the last sheet counts rows and cut cells");
    assert!(text.lines().any(|line| line.starts_with("document/1\t")), "{text}");
}

#[test]
#[cfg(feature = "parquet")]
fn parquet_comes_with_a_card_a_dictionary_and_a_citation() {
    let place = reports();
    export(&place, &["parquet", "--by", "year"]);
    let read = |name: &str| fs::read_to_string(place.output().join("export/parquet").join(name)).unwrap();
    let card = read("README.md");
    assert!(
        card.contains("- config_name: documents\n  data_files: \"documents/*.parquet\"\n  default: true\n"),
        "{card}"
    );
    assert!(card.contains("2 documents of one portal column (qingshi), published "), "{card}");
    assert_eq!(read("DATA.md"), gongwen::record::schema::markdown());
    assert!(read("CITATION.cff").starts_with("# Made by `gongwen export"));
}

#[test]
fn the_wide_table_has_the_whole_text_of_each_part() {
    let place = reports();
    let path = place.output().join("wide.jsonl");
    export(&place, &["wide", "--out", path.to_str().unwrap()]);
    let rows: Vec<Value> = text(&path).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    let measures = rows[0]["measures"].as_str().unwrap();
    assert!(measures.starts_with("一、主要举措和成效\n（一）加强组织领导\n"), "{measures}");
    assert!(measures.ends_with("群众满意度稳步提升。"), "{measures}");
    assert!(rows[0]["shortcomings"].as_str().unwrap().starts_with("二、"), "{}", rows[0]);
    assert_eq!(rows[0]["first_responsible"], Value::Null);
}

#[test]
fn passages_are_slices_of_the_text() {
    let place = reports();
    let paths = export(&place, &["chunks", "--max-chars", "20"]);
    let documents = place.records("documents.jsonl");
    for line in text(&paths[0]).lines() {
        let chunk: Value = serde_json::from_str(line).unwrap();
        let whole = documents.iter().find(|document| document["id"] == chunk["doc_id"]).unwrap();
        let at = |key: &str| usize::try_from(chunk[key].as_u64().unwrap()).unwrap();
        let slice: String =
            whole["text"].as_str().unwrap().chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(chunk["text"], slice);
        assert!(slice.chars().count() <= 20);
    }
}

#[test]
fn the_database_finds_chinese_words() {
    let place = reports();
    let paths = export(&place, &["sqlite"]);
    let database = rusqlite::Connection::open(&paths[0]).unwrap();
    let found: i64 = database
        .query_row("SELECT count(*) FROM sections_fts WHERE sections_fts MATCH '满意度'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(found, 2);
}

#[test]
fn without_records_it_says_what_to_do() {
    let place = Place::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().arg("--output").arg(place.output()).args(["export", "--to", "csv"]);
    let output = command.assert().code(1).get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("run `gongwen build` first"), "{said}");
}
