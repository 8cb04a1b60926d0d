//! Works cited and figures: hand-checked sentences, and what must not be lost or invented.

use std::collections::BTreeMap;

use gongwen::facts::facts;
use gongwen::model::{Block, CitationRecord, Document, Facts, FigureRecord};
use gongwen::record::{Provenance, records};

/// Of what the sentences state, this share is found, and of what is found, this share is right.
const FLOOR: f64 = 0.97;

/// The facts of a report with these paragraphs.
fn read(paragraphs: &[&str]) -> (String, Facts) {
    let blocks = ["一、工作开展情况"].iter().chain(paragraphs).map(|text| Block::paragraph(*text)).collect();
    let document =
        Document { title: Some("青石镇2022年度工作报告".to_owned()), blocks, ..Document::default() };
    let from = Provenance::default();
    let records = records(&document, &gongwen::structure(&document), from);
    let facts = facts(&records);
    (records.document.text, facts)
}

fn figure(figure: &FigureRecord) -> String {
    let mark = if figure.approximate { "~" } else { "" };
    format!("{mark}{} {}", figure.value, figure.unit.as_deref().unwrap_or_default()).trim_end().to_owned()
}

fn citation(citation: &CitationRecord) -> String {
    let kind = serde_json::to_value(citation.kind).unwrap();
    let title = citation.title.as_deref().unwrap_or("-");
    let number = citation.document_number.as_deref().unwrap_or_default();
    format!("{} {title} {number}", kind.as_str().unwrap()).trim_end().to_owned()
}

/// The sentences of a table, and what they state.
fn cases(table: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (sentence, stated) = line.split_once('\t').unwrap_or((line, ""));
        (sentence, stated.split("; ").filter(|fact| !fact.is_empty()).collect())
    })
}

/// Counts what is found and right, missed, and invented, each fact as often as it is stated.
#[derive(Default)]
struct Score {
    right: u32,
    missed: u32,
    invented: u32,
    wrong: Vec<String>,
}

impl Score {
    fn count(&mut self, sentence: &str, stated: &[&str], found: &[String]) {
        let mut open: BTreeMap<&str, i32> = BTreeMap::new();
        for fact in stated {
            *open.entry(fact).or_default() += 1;
        }
        for fact in found {
            *open.entry(fact).or_default() -= 1;
        }
        let missed: i32 = open.values().filter(|&&n| n > 0).sum();
        let invented: i32 = open.values().filter(|&&n| n < 0).map(|n| -n).sum();
        self.missed += u32::try_from(missed).unwrap();
        self.invented += u32::try_from(invented).unwrap();
        self.right += u32::try_from(stated.len()).unwrap() - u32::try_from(missed).unwrap();
        if missed + invented > 0 {
            self.wrong.push(format!("{sentence}\n    stated {stated:?}\n    found  {found:?}"));
        }
    }

    fn assert(&self, what: &str, least: u32) {
        let of = |n: u32| f64::from(self.right) / f64::from(self.right + n);
        let (precision, recall) = (of(self.invented), of(self.missed));
        let said = format!(
            "{what}: precision {precision:.3}, recall {recall:.3} of {}\n{}",
            self.right + self.missed,
            self.wrong.join("\n")
        );
        #[expect(clippy::print_stdout, reason = "the figures are what is asked for")]
        {
            println!("{said}");
        }
        assert!(self.right + self.missed >= least, "{what}: too few cases");
        assert!(precision >= FLOOR && recall >= FLOOR, "{said}");
    }
}

#[test]
fn figures_of_hand_checked_sentences_are_found_with_value_and_unit() {
    let mut score = Score::default();
    for (sentence, stated) in cases(include_str!("../fixtures/facts/figures.tsv")) {
        let found: Vec<String> = read(&[sentence]).1.figures.iter().map(figure).collect();
        score.count(sentence, &stated, &found);
    }
    score.assert("figures", 300);
}

#[test]
fn citations_of_hand_checked_sentences_are_found_with_title_and_number() {
    let mut score = Score::default();
    for (sentence, stated) in cases(include_str!("../fixtures/facts/citations.tsv")) {
        let found: Vec<String> = read(&[sentence]).1.citations.iter().map(citation).collect();
        score.count(sentence, &stated, &found);
    }
    score.assert("citations", 300);
}

#[test]
fn offsets_are_those_of_what_is_printed_and_sections_hold_them() {
    let (text, facts) =
        read(&["依据《行政处罚法》（2021年修订）办案７０余件，罚款１．５亿元。", "按国办发〔2021〕30号文件办理。"]);
    let text: Vec<char> = text.chars().collect();
    let slice = |start: usize, end: usize| text[start..end].iter().collect::<String>();
    let printed: Vec<String> = facts.figures.iter().map(|figure| slice(figure.start, figure.end)).collect();
    assert_eq!(printed, ["７０余件", "１．５亿元"]);
    let printed: Vec<String> = facts.citations.iter().map(|found| slice(found.start, found.end)).collect();
    assert_eq!(printed, ["《行政处罚法》", "国办发〔2021〕30号"]);
    assert_eq!(facts.figures[0].context, "依据《行政处罚法》（2021年修订）办案７０余件");
    let sections = facts.figures.iter().map(|figure| &figure.section_id);
    assert!(sections.chain(facts.citations.iter().map(|found| &found.section_id)).all(Option::is_some));
}

#[test]
fn no_text_makes_the_passes_fail() {
    let pieces = [
        "《",
        "》",
        "（",
        "）",
        "〔2021〕",
        "号",
        "第",
        "百分之",
        "万",
        "余",
        "12",
        ".",
        ",",
        "—",
        "以下简称",
        "“",
        "\n",
        "GB/T ",
        "-",
    ];
    let mut random = 7usize;
    for _ in 0..2_000 {
        let text: String = (0..12)
            .map(|_| {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                pieces[(random >> 33) % pieces.len()]
            })
            .collect();
        let (text, facts) = read(&[text.trim()]);
        let length = text.chars().count();
        assert!(facts.figures.iter().all(|figure| figure.start < figure.end && figure.end <= length), "{text}");
        assert!(facts.citations.iter().all(|found| found.start < found.end && found.end <= length), "{text}");
    }
}
