//! The record format is a promise: its types stand here a second time, and real records are held against both.

use serde::Deserialize;
use serde_json::Value;

use crate::build::{Place, report};
use crate::schema_check::violations;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, clippy::struct_field_names, reason = "the types are the test")]
struct Document {
    schema: String,
    id: String,
    rev: String,
    prev_rev: Option<String>,
    source: Option<String>,
    profile: Option<String>,
    url: Option<String>,
    final_url: Option<String>,
    title: Option<String>,
    title_lines: Vec<String>,
    genre: Option<String>,
    document_type: Option<String>,
    document_number: Option<String>,
    index_number: Option<String>,
    issuers: Vec<String>,
    addressees: Vec<String>,
    cc: Vec<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<jiff::civil::Date>,
    published_at: Option<jiff::Timestamp>,
    published_from: Option<String>,
    dated: Option<jiff::civil::Date>,
    printed: Option<jiff::civil::Date>,
    copies: Option<u32>,
    report_year: Option<i16>,
    region_code: Option<String>,
    region_name: Option<String>,
    region_level: Option<String>,
    issuer: Option<String>,
    issuer_level: Option<String>,
    breadcrumb: Vec<String>,
    views: Option<u64>,
    text: String,
    text_origin: String,
    page_urls: Vec<String>,
    parent_id: Option<String>,
    duplicate_of: Option<String>,
    attachments: Vec<Attachment>,
    section_count: usize,
    char_count: usize,
    warnings: Vec<Warning>,
    first_seen: Option<jiff::Timestamp>,
    last_checked: Option<jiff::Timestamp>,
    gone_at: Option<jiff::Timestamp>,
    fetched_at: Option<jiff::Timestamp>,
    http_status: Option<u16>,
    content_type: Option<String>,
    charset: Option<String>,
    raw_sha256: String,
    raw_bytes: u64,
    warc_file: Option<String>,
    warc_offset: Option<u64>,
    extractor: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Attachment {
    name: String,
    url: String,
    media_type: Option<String>,
    sha256: Option<String>,
    bytes: Option<u64>,
    document_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Warning {
    code: String,
    start: Option<usize>,
    end: Option<usize>,
    detail: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Section {
    schema: String,
    id: String,
    doc_id: String,
    rev: String,
    seq: usize,
    parent_id: Option<String>,
    path: String,
    level: u32,
    role: String,
    style: Option<String>,
    marker: Option<String>,
    number: Option<u32>,
    heading: Option<String>,
    text: String,
    items: Vec<Item>,
    part: Vec<String>,
    breadcrumb: Vec<String>,
    start: usize,
    text_start: usize,
    end: usize,
    subtree_end: usize,
    flags: Vec<String>,
    url: Option<String>,
    title: Option<String>,
    issuer: Option<String>,
    region_code: Option<String>,
    report_year: Option<i16>,
    published: Option<jiff::civil::Date>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Item {
    number: u32,
    style: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Table {
    schema: String,
    id: String,
    doc_id: String,
    section_id: String,
    rows: Vec<Vec<String>>,
    header_rows: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Citation {
    schema: String,
    doc_id: String,
    section_id: Option<String>,
    kind: String,
    title: Option<String>,
    document_number: Option<String>,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct Figure {
    schema: String,
    doc_id: String,
    section_id: Option<String>,
    value: f64,
    approximate: bool,
    unit: Option<String>,
    context: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the types are the test")]
struct FoiCell {
    schema: String,
    doc_id: String,
    report_year: Option<i16>,
    issuer: Option<String>,
    table: String,
    row: String,
    column: String,
    value: Option<f64>,
    flags: Vec<String>,
}

const DOCUMENT_KEYS: &str = "schema id rev prev_rev source profile url final_url title title_lines genre document_type \
    document_number index_number issuers addressees cc author publisher published published_at published_from dated printed copies \
    report_year region_code region_name region_level issuer issuer_level breadcrumb views text text_origin page_urls \
    parent_id duplicate_of attachments section_count char_count warnings first_seen last_checked gone_at fetched_at http_status \
    content_type charset raw_sha256 raw_bytes warc_file warc_offset extractor";
const SECTION_KEYS: &str = "schema id doc_id rev seq parent_id path level role style marker number heading text items \
    part breadcrumb start text_start end subtree_end flags url title issuer region_code report_year published source";
const TABLE_KEYS: &str = "schema id doc_id section_id rows header_rows";
const CITATION_KEYS: &str = "schema doc_id section_id kind title document_number start end";
const FIGURE_KEYS: &str = "schema doc_id section_id value approximate unit context start end";
const FOI_KEYS: &str = "schema doc_id report_year issuer table row column value flags";
const FILES: [&str; 7] = [
    "documents.jsonl",
    "revisions.jsonl",
    "sections.jsonl",
    "tables.jsonl",
    "citations.jsonl",
    "figures.jsonl",
    "foi.jsonl",
];

/// Real records: a report with a table and a file to download, one on government information with a table of the form, and
/// one that is little more than its bytes and was another one before.
fn records() -> Place {
    let place = Place::new();
    let mut archive = place.archive();
    let rich = String::from_utf8(report(2022, "健全工作机制")).unwrap().replace(
        "<p style=\"text-align:right\">青石镇人民政府</p>",
        "<table border=\"1\"><tr><th>项目</th><th>件数</th></tr><tr><td>行政处罚</td><td>12</td></tr>
         <tr><td>行政许可</td><td>30</td></tr></table><p>依据《中华人民共和国行政处罚法》办理案件12件。</p>
         <p>附件：<a href=\"/c1/list.xlsx\">统计表.xlsx</a></p>
         <p style=\"text-align:right\">青石镇人民政府</p>",
    );
    archive.put(&crate::archive::exchange("c1/2022.html", rich.as_bytes())).unwrap();
    let foi = String::from_utf8(report(2022, "依申请公开")).unwrap().replace("法治政府建设", "政府信息公开").replace(
        "<p style=\"text-align:right\">青石镇人民政府</p>",
        "<table><tr><td>申请人情况</td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td>
         <td>法律服务机构</td><td>其他</td><td>总计</td></tr><tr><td>一、本年新收政府信息公开申请数量</td><td>3</td>
         <td>1</td><td></td><td></td><td></td><td></td><td>5</td></tr></table>",
    );
    archive.put(&crate::archive::exchange("c1/foi.html", foi.as_bytes())).unwrap();
    for text in ["完善工作机制", "健全工作机制"] {
        archive.put(&crate::archive::exchange("c1/2021.html", &report(2021, text))).unwrap();
    }
    drop(archive);
    place.build(0);
    place
}

/// The lines of a file, each with exactly these keys in this order, and of this type.
fn check<T: for<'de> Deserialize<'de>>(place: &Place, file: &str, keys: &str) -> Vec<Value> {
    let records = place.records(file);
    for record in &records {
        let found: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(found, keys.split_whitespace().collect::<Vec<_>>(), "{file}");
        serde_json::from_value::<T>(record.clone()).unwrap_or_else(|error| panic!("{file}: {error}\n{record:#}"));
    }
    records
}

#[test]
fn every_record_has_the_promised_keys_in_the_promised_order() {
    let place = records();
    let documents = check::<Document>(&place, "documents.jsonl", DOCUMENT_KEYS);
    let revisions = check::<Document>(&place, "revisions.jsonl", DOCUMENT_KEYS);
    let sections = check::<Section>(&place, "sections.jsonl", SECTION_KEYS);
    let tables = check::<Table>(&place, "tables.jsonl", TABLE_KEYS);
    let citations = check::<Citation>(&place, "citations.jsonl", CITATION_KEYS);
    let figures = check::<Figure>(&place, "figures.jsonl", FIGURE_KEYS);
    let foi = check::<FoiCell>(&place, "foi.jsonl", FOI_KEYS);
    assert_eq!((documents.len(), revisions.len(), tables.len()), (3, 1, 2));
    assert!(citations.iter().all(|record| record["schema"] == "citation/1") && !citations.is_empty());
    assert!(figures.iter().all(|record| record["schema"] == "figure/1") && !figures.is_empty());
    assert!(foi.iter().all(|record| record["schema"] == "foi/1") && foi.len() == 7);
    assert!(documents.iter().all(|record| record["schema"] == "document/1"));
    assert!(sections.iter().all(|record| record["schema"] == "section/1"));
    assert!(tables.iter().all(|record| record["schema"] == "table/1"));
    assert_eq!(documents[1]["attachments"][0]["url"], "http://www.qingshi.test/c1/list.xlsx");
}

#[test]
fn nothing_is_missing_by_another_word_than_null() {
    fn look(record: &Value) -> Vec<&str> {
        let keys = record.as_object().unwrap();
        keys.iter()
            .filter(|(key, value)| *key != "text" && [r#""""#, r#""无""#, "{}"].contains(&value.to_string().as_str()))
            .map(|(key, _)| key.as_str())
            .collect()
    }
    let place = records();
    for file in FILES {
        for record in place.records(file) {
            assert_eq!(look(&record), Vec::<&str>::new(), "{file}: {record:#}");
        }
    }
}

#[test]
fn sections_point_into_their_document() {
    let place = records();
    let documents = place.records("documents.jsonl");
    let sections = place.records("sections.jsonl");
    for document in &documents {
        let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
        assert_eq!(document["char_count"], text.len());
        let own: Vec<&Value> = sections.iter().filter(|section| section["doc_id"] == document["id"]).collect();
        assert_eq!(document["section_count"], own.len());
        for (seq, section) in own.iter().enumerate() {
            let at = |key: &str| usize::try_from(section[key].as_u64().unwrap()).unwrap();
            assert_eq!(at("seq"), seq);
            let slice: String = text[at("text_start")..at("end")].iter().collect();
            assert_eq!(section["text"].as_str().unwrap(), slice);
            let path = section["path"].as_str().unwrap();
            assert_eq!(section["id"], format!("{}#{path}", document["id"].as_str().unwrap()));
            assert_eq!(section["rev"], document["rev"]);
            if let Some(parent) = section["parent_id"].as_str() {
                let parent = own[..seq].iter().find(|earlier| earlier["id"] == parent);
                let parent = parent.unwrap_or_else(|| panic!("the parent of {path} comes after it"));
                let name: String = ["marker", "heading"].iter().filter_map(|key| parent[key].as_str()).collect();
                assert_eq!(section["breadcrumb"].as_array().unwrap().last().unwrap(), &name, "{path}");
            }
        }
    }
}

#[test]
fn the_json_schema_holds_for_real_records_and_for_nothing_else() {
    let schema = gongwen::record::schema::jsonschema();
    let place = records();
    for file in FILES {
        for record in place.records(file) {
            assert_eq!(violations(&schema, &record), Vec::<String>::new(), "{file}");
            let mut wrong = record.clone();
            wrong["schema"] = "document/0".into();
            assert_ne!(violations(&schema, &wrong), Vec::<String>::new(), "{file}: another version");
            let mut short = record.clone();
            let keys = short.as_object_mut().unwrap();
            keys.shift_remove(if keys.contains_key("id") { "id" } else { "doc_id" });
            assert_ne!(violations(&schema, &short), Vec::<String>::new(), "{file}: a key is missing");
        }
    }
}

#[test]
fn the_data_dictionary_of_the_repository_is_that_of_the_program() {
    let kept = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("DATA.md")).unwrap();
    assert!(kept == gongwen::record::schema::markdown(), "run `gongwen schema --as markdown > DATA.md`");
}

#[test]
fn the_types_of_the_python_package_are_those_of_the_program() {
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("python/gongwen/records.py");
    let kept = std::fs::read_to_string(kept).unwrap();
    assert!(kept == gongwen::record::schema::python(), "run `gongwen schema --as python > python/gongwen/records.py`");
}

#[test]
fn schema_and_dictionary_lie_beside_the_data() {
    let place = records();
    let read = |name: &str| std::fs::read_to_string(place.output().join("records/schema").join(name)).unwrap();
    assert_eq!(read("DATA.md"), gongwen::record::schema::markdown());
    let schema: Value = serde_json::from_str(&read("records.schema.json")).unwrap();
    assert_eq!(schema, gongwen::record::schema::jsonschema());
    let sources = place.output().join("records/*/sections.jsonl");
    assert!(read("records.sql").contains(&format!("read_json('{}'", sources.display())));
    for name in ["records_polars.py", "records_arrow.py"] {
        assert!(read(name).contains(&format!("FOLDER = \"{}\"", place.output().join("records").display())));
    }
}
