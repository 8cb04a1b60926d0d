//! Keys that say whose a document is and how far the head of a table reaches: hand-checked cases, each with its floors.

use gongwen::extract::extract;
use gongwen::model::{Block, Document, PageFormat};
use gongwen::page::{View, decode};
use gongwen::record::{Provenance, records};
use url::Url;

/// Least precision and recall of a key: what was measured, rounded down to two digits.
struct Floor {
    precision: f64,
    recall: f64,
}

const ISSUER: Floor = Floor { precision: 0.99, recall: 0.97 };
const ISSUER_LEVEL: Floor = Floor { precision: 0.99, recall: 0.98 };
const HEADER_ROWS: Floor = Floor { precision: 1.0, recall: 0.98 };

/// So many cases a key has at least.
const LEAST: u32 = 300;

/// Counts the values that are right, missed and invented; a wrong one is missed and invented.
#[derive(Default)]
struct Score {
    cases: u32,
    right: u32,
    missed: u32,
    invented: u32,
    wrong: Vec<String>,
}

impl Score {
    fn count(&mut self, case: &str, stated: Option<&str>, found: Option<&str>) {
        self.cases += 1;
        if stated == found {
            self.right += u32::from(stated.is_some());
            return;
        }
        self.missed += u32::from(stated.is_some());
        self.invented += u32::from(found.is_some());
        self.wrong.push(format!("{case}\n    stated {stated:?}\n    found  {found:?}"));
    }

    /// Prints the figures, and says whether they reach the floors.
    #[expect(clippy::print_stdout, reason = "the figures are what is asked for")]
    fn reaches(&self, what: &str, floor: &Floor) -> bool {
        let of = |n: u32| f64::from(self.right) / f64::from(self.right + n);
        let (precision, recall) = (of(self.invented), of(self.missed));
        let all = self.right + self.missed;
        println!("{what}: precision {precision:.3}, recall {recall:.3} of {all} in {} cases", self.cases);
        println!("{}", self.wrong.join("\n"));
        self.cases >= LEAST && precision >= floor.precision && recall >= floor.recall
    }
}

/// A column of a fixture; `-` is nothing.
fn said(column: &str) -> Option<&str> {
    Some(column).filter(|column| *column != "-")
}

#[test]
fn the_issuing_body_of_hand_checked_documents_is_found_under_its_one_name_and_with_its_level() {
    let (mut names, mut levels) = (Score::default(), Score::default());
    let table = include_str!("../fixtures/facts/issuers.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [region, title, signed, publisher, name, level] = columns[..] else { panic!("six columns: {line}") };
        let document = document(title, said(signed), said(publisher));
        let from = Provenance { region: said(region), ..Provenance::default() };
        let found = records(&document, &gongwen::structure(&document), from).document;
        names.count(line, said(name), found.issuer.as_deref());
        levels.count(line, said(level), found.issuer_level.as_deref());
    }
    // Both are printed before either can fail.
    let (names, levels) = (names.reaches("issuer", &ISSUER), levels.reaches("issuer_level", &ISSUER_LEVEL));
    assert!(names && levels, "below the floor, or too few cases");
}

/// A document with this title, a few lines of text, and these lines below it with a day.
fn document(title: &str, signed: Option<&str>, publisher: Option<&str>) -> Document {
    let body = ["现将有关情况说明如下。", "一、工作开展情况", "全年召开会议三次，研究有关事项，各项任务按期完成。"];
    let tail = signed.into_iter().flat_map(|lines| lines.split('/').chain(["2023年2月28日"]));
    Document {
        title: Some(title.to_owned()),
        publisher: publisher.map(ToOwned::to_owned),
        blocks: body.into_iter().chain(tail).map(Block::paragraph).collect(),
        ..Document::default()
    }
}

#[test]
fn the_head_of_hand_checked_tables_reaches_as_far_as_a_reader_says() {
    let mut score = Score::default();
    let text = include_str!("../fixtures/facts/header_rows.txt");
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty() && !block.starts_with('#')) {
        let (heads, rows) = block.split_once('\n').unwrap();
        let found = header_rows(rows).map(|heads| heads.to_string());
        score.count(block, said(heads), found.as_deref());
    }
    assert!(score.reaches("header_rows", &HEADER_ROWS), "below the floor, or too few cases");
}

/// What the record of a table says that stands in an article.
fn header_rows(rows: &str) -> Option<usize> {
    let prose =
        "<p>全年召开会议三次，研究有关事项，各项任务按期完成，现将有关情况说明如下，请各单位结合实际认真贯彻执行。</p>";
    let rows: String = rows.lines().map(row).collect();
    let html = format!(
        "<html><head><title>关于印发有关情况的通知</title></head><body><h1>关于印发有关情况的通知</h1>\
         <div class='content'>{prose}{prose}<table>{rows}</table>{prose}</div></body></html>"
    );
    let url = Url::parse("http://www.yunxi.example.gov.cn/zwgk/a.html").unwrap();
    let view = View::new(decode(html.as_bytes(), None, PageFormat::Html, Some(&url)).unwrap());
    let document = extract(&view).unwrap();
    let records = records(&document, &gongwen::structure(&document), Provenance::default());
    records.tables.first().and_then(|table| table.header_rows)
}

/// A row of the fixture as HTML.
fn row(row: &str) -> String {
    let marked = row.strip_prefix("! ");
    let bold = row.strip_prefix("* ");
    let tag = if marked.is_some() { "th" } else { "td" };
    let cells: String =
        marked.or(bold).unwrap_or(row).split('|').map(|cell| one_cell(cell, tag, bold.is_some())).collect();
    format!("<tr>{cells}</tr>")
}

fn one_cell(cell: &str, tag: &str, bold: bool) -> String {
    let span = |mark: char| {
        let (text, span) = cell.rsplit_once(mark)?;
        span.parse::<u8>().ok().map(|span| (text, span))
    };
    let (text, spans) = match (span('>'), span('^')) {
        (Some((text, across)), _) => (text, format!(" colspan={across}")),
        (None, Some((text, down))) => (text, format!(" rowspan={down}")),
        (None, None) => (cell, String::new()),
    };
    let text = text.replace('<', "&lt;");
    let text = if bold { format!("<b>{text}</b>") } else { text };
    format!("<{tag}{spans}>{text}</{tag}>")
}
