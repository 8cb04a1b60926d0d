//! Reports on government information in every layout that portals use: each cell of the standard tables is read, or is null.

mod form;
mod layouts;
mod pdf;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use form::{Edition, Report, Style};
use layouts::{LAYOUTS, Layout};
use serde_json::Value;

/// Table, row and column of a cell by the words of the records.
type Place = (String, String, String);

/// The cells of one report: value and flags.
type Cells = BTreeMap<Place, (Option<f64>, Vec<String>)>;

/// Reads files with the program; gives the cells of each by its number.
fn read(files: &[(String, Vec<u8>)]) -> Vec<Cells> {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut urls = String::new();
    for (n, (name, bytes)) in files.iter().enumerate() {
        crate::rebuild::write(&at("pages").join(name), bytes);
        writeln!(urls, "{name}\thttp://www.yunxi.test/{n}").unwrap();
    }
    crate::rebuild::write(&at("urls.tsv"), urls.as_bytes());
    let output = Command::new(env!("CARGO_BIN_EXE_gongwen"))
        .env_clear()
        .current_dir(folder.path())
        .args(["extract", "--urls", "urls.tsv", "--output", "records", "pages"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let documents = lines(&at("records/documents.jsonl"));
    let number = |doc_id: &str| {
        let document = documents.iter().find(|document| document["id"] == doc_id).unwrap();
        document["url"].as_str().unwrap().rsplit('/').next().unwrap().parse::<usize>().unwrap()
    };
    let mut cells = vec![BTreeMap::new(); files.len()];
    for cell in lines(&at("records/foi.jsonl")) {
        let word = |key: &str| cell[key].as_str().unwrap().to_owned();
        let flags = cell["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap().to_owned()).collect();
        let place = (word("table"), word("row"), word("column"));
        cells[number(&word("doc_id"))].insert(place, (cell["value"].as_f64(), flags));
    }
    cells
}

fn lines(path: &Path) -> Vec<Value> {
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Which reports are written: every layout with both forms, and with cells left empty where the layout keeps them apart.
fn reports() -> Vec<(Layout, Edition, Style)> {
    let mut reports = Vec::new();
    for layout in LAYOUTS {
        for edition in [Edition::Of2019, Edition::Of2021] {
            reports.push((layout, edition, Style::Full));
        }
        reports.push((layout, Edition::Of2021, Style::Blank));
    }
    for style in [Style::Dashes, Style::Wide, Style::Thousands] {
        reports.push((Layout::Merged, Edition::Of2021, style));
        reports.push((Layout::OneCellALine, Edition::Of2021, style));
    }
    reports
}

#[test]
fn every_cell_of_thirty_reports_is_read_or_null_and_never_wrong() {
    let reports = reports();
    assert!(reports.len() >= 30);
    let written: Vec<Report> =
        reports.iter().enumerate().map(|(n, (_, edition, style))| Report::new(n, *edition, *style)).collect();
    let files: Vec<(String, Vec<u8>)> =
        reports.iter().zip(&written).enumerate().map(|(n, ((layout, ..), report))| layout.file(n, report)).collect();
    let found = read(&files);
    let (mut right, mut wrong, mut missed, mut unplaced) = (0, Vec::new(), Vec::new(), 0);
    for (n, ((layout, edition, style), report)) in reports.iter().zip(&written).enumerate() {
        for (place, expected) in report.cells() {
            let what = || format!("{layout:?} {edition:?} {style:?} {place:?}: {expected:?}");
            let (value, flags) = found[n].get(&place).cloned().unwrap_or_default();
            let is_there = found[n].contains_key(&place);
            match (value, expected) {
                (Some(value), Some(expected)) if (value - expected).abs() < 1e-9 => right += 1,
                (None, None) if is_there => right += 1,
                // Lines do not tell which cells of a row are empty: then the row says so.
                (None, _) if layout.is_torn() && flags == ["unplaced"] => unplaced += 1,
                (Some(value), _) => wrong.push(format!("{} is {value}", what())),
                (None, _) => missed.push(what()),
            }
            assert!(layout.is_torn() || !flags.iter().any(|flag| flag == "unplaced"), "{}", what());
        }
        let known: Vec<Place> = report.cells().map(|(place, _)| place).collect();
        wrong.extend(
            found[n]
                .keys()
                .filter(|place| !known.contains(place))
                .map(|place| format!("{layout:?} {edition:?}: no {place:?}")),
        );
    }
    #[expect(clippy::print_stdout, reason = "the figures are what is asked for")]
    {
        let total = right + wrong.len() + missed.len() + unplaced;
        println!(
            "{} reports, {total} cells: right {right}, wrong {}, missed {}, unplaced {unplaced}",
            reports.len(),
            wrong.len(),
            missed.len()
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(missed, Vec::<String>::new());
    // Only rows that are empty in part.
    assert!(unplaced * 10 < right, "{unplaced} of {right}");
}

#[test]
fn sums_that_disagree_are_flagged_and_nothing_else_is() {
    let sound = Report::new(1, Edition::Of2021, Style::Full);
    let mut odd = Report::new(2, Edition::Of2021, Style::Full);
    odd.add("requests", "received", "natural_person", 3.0);
    odd.add("review_litigation", "review", "total", 1.0);
    odd.add("requests", "concluded", "company", 2.0);
    let found = read(&[Layout::Merged.file(0, &sound), Layout::Merged.file(1, &odd)]);
    let flagged = |n: usize| {
        let odd = found[n].iter().filter(|(_, (_, flags))| !flags.is_empty());
        odd.map(|((table, row, column), (_, flags))| format!("{table} {row} {column} {}", flags.join(" ")))
            .collect::<Vec<_>>()
    };
    assert_eq!(flagged(0), Vec::<String>::new());
    assert_eq!(
        flagged(1),
        [
            "requests carried_out company balance_disagrees",
            "requests carried_out natural_person balance_disagrees",
            "requests concluded company column_sum_disagrees",
            "requests concluded total row_sum_disagrees",
            "requests received total row_sum_disagrees",
            "review_litigation review total row_sum_disagrees",
        ]
    );
}

#[test]
fn a_report_without_the_tables_has_no_cells() {
    let page = "<html><head><meta charset=\"utf-8\"><title>云溪县财政局2022年政府信息公开工作年度报告</title></head><body>
        <h1>云溪县财政局2022年政府信息公开工作年度报告</h1><div class=\"TRS_Editor\"><p>一、总体情况</p><p>全年主动公开政府信息312条，
        本年新收政府信息公开申请数量12件，上年结转政府信息公开申请数量1件，均已办结。</p><p>二、存在的主要问题及改进情况</p>
        <p>公开内容还不够全面，将进一步规范。</p></div></body></html>";
    let found = read(&[("page.html".to_owned(), page.as_bytes().to_vec())]);
    assert!(found[0].values().all(|(value, _)| value.is_none()), "{:?}", found[0]);
}
