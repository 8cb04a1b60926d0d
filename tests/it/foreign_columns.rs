//! Pages as rows of Parquet, and records as Parquet: every row is read or told, and the table says what the lines say.

use std::path::Path;

use gongwen::archive::Rows;
use parquet::file::reader::SerializedFileReader;
use parquet::record::{Field, Row};
use serde_json::Value;

use crate::foreign::{PACKINGS, Random, damage, packed};
use crate::foreign_build::{build, lines, put, reports};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/warc").join(name)).unwrap()
}

/// The bodies of the pages of a file, and how many places were told.
fn read(path: &Path) -> (Vec<Vec<u8>>, usize) {
    let (mut pages, mut told) = (Vec::new(), 0);
    for row in Rows::open(path).unwrap() {
        match row.unwrap().and_then(gongwen::archive::Line::page) {
            Ok(page) => pages.push(page.body),
            Err(_) => told += 1,
        }
    }
    (pages, told)
}

#[test]
fn a_table_that_is_no_parquet_or_has_other_columns_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fixture("pyarrow.parquet");
    for (name, bytes) in [("noise", &b"no table at all"[..]), ("empty", b""), ("cut", &whole[..100])] {
        let path = put(folder.path(), &format!("{name}.parquet"), bytes);
        assert_eq!(read(&path), (Vec::new(), 1), "{name}");
    }
    // The output has a column `document`, and no page.
    put(folder.path(), "a.warc", &packed(PACKINGS[0], &reports(0..2)));
    let (_, receipts, _) = build(folder.path(), &["--from", "a.warc", "--out", "out", "--to", "parquet"], b"");
    let (code, found, _) = build(folder.path(), &["--from", receipts[0]["output"].as_str().unwrap()], b"");
    assert_eq!((code, found.len()), (0, 1));
    assert!(found[0]["detail"].as_str().unwrap().contains("its columns are file, offset"), "{}", found[0]);
}

#[test]
fn no_damage_makes_the_reader_of_tables_panic_or_lose_a_row_in_silence() {
    let n: u64 = std::env::var("GONGWEN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let folder = tempfile::tempdir().unwrap();
    for name in ["pyarrow.parquet", "spark.parquet"] {
        let whole = fixture(name);
        let (all, told) = read(&put(folder.path(), name, &whole));
        assert_eq!((all.len(), told), (2, 0), "{name}");
        for seed in 0..n {
            let mut file = whole.clone();
            damage(&mut file, &mut Random(seed));
            let (found, told) = read(&put(folder.path(), name, &file));
            assert!(found.len() + told >= all.len() || told > 0, "{name}, seed {seed}: {} + {told}", found.len());
        }
    }
}

fn field<'a>(row: &'a Row, name: &str) -> &'a Field {
    row.get_column_iter().find(|(known, _)| *known == name).map(|(_, field)| field).unwrap()
}

#[test]
fn a_shard_as_parquet_says_what_the_lines_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut records = reports(0..40);
    records[7] = b"no record".to_vec();
    put(folder.path(), "a.warc.gz", &packed(PACKINGS[1], &records));
    let shards = ["--shards", "-", "--out", "out"];
    let (_, as_lines, _) = build(folder.path(), &shards, b"a.warc.gz\n");
    let as_table = [&shards[..], &["--to", "parquet"]].concat();
    let (code, receipts, said) = build(folder.path(), &as_table, b"a.warc.gz\n");
    assert_eq!(code, 0, "{said}");
    for key in ["pages", "records", "rejected", "failed", "sections"] {
        assert_eq!(receipts[0][key], as_lines[0][key], "{key}");
    }
    let path = folder.path().join(receipts[0]["output"].as_str().unwrap());
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(receipts[0]["bytes"], bytes.len());
    assert_eq!(receipts[0]["sha256"], gongwen::model::digest::sha256_hex(&bytes));

    let rows: Vec<Row> =
        SerializedFileReader::try_from(path.as_path()).unwrap().into_iter().map(Result::unwrap).collect();
    let lines = lines(&std::fs::read(folder.path().join(as_lines[0]["output"].as_str().unwrap())).unwrap());
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        let text = |field: &Field| if let Field::Str(text) = field { text.clone().into() } else { Value::Null };
        assert_eq!(text(field(row, "url")), line["url"]);
        match (field(row, "document"), field(row, "sections")) {
            (Field::Group(document), Field::ListInternal(sections)) => {
                assert_eq!(text(field(document, "text")), line["document"]["text"]);
                assert_eq!(sections.len(), line["sections"].as_array().unwrap().len());
                let is_day = matches!(field(document, "published"), Field::Date(_));
                assert_eq!(is_day, line["document"]["published"].is_string());
            }
            (document, _) => assert_eq!((document, &line["document"]), (&Field::Null, &Value::Null)),
        }
    }

    let (_, again, _) = build(folder.path(), &as_table, b"a.warc.gz\n");
    assert_eq!((&again[0]["status"], &again[0]["sha256"]), (&"skipped".into(), &receipts[0]["sha256"]));
    std::fs::remove_dir_all(folder.path().join("out")).unwrap();
    let (_, anew, _) = build(folder.path(), &as_table, b"a.warc.gz\n");
    assert_eq!(anew[0]["sha256"], receipts[0]["sha256"], "the same bytes every time");
}
