//! PDF and OFD files as pages of paragraphs and tables, and files that were made to break a reader.
//!
//! The files are made by `tests/fixtures/files/make_pages.py`.

pub(crate) mod hostile;

use std::fs;
use std::path::{Path, PathBuf};

use gongwen::file::{FileError, FileRule, FileText, Limits, read};
use gongwen::model::{Block, BlockKind};

/// What the report of the fixtures says.
const REPORT: [&str; 10] = [
    "云溪县青石镇人民政府2022年度法治政府建设工作报告",
    "县人民政府：",
    "2022年，青石镇坚持以习近平法治思想为指导，全面推进依法行政，现将有关情况报告如下：",
    "一、主要举措和成效",
    "（一）加强组织领导。镇党委、镇政府主要负责人认真履行推进法治建设第一责任人职责，全年召开专题会议4次，研究解决重点问题12个。",
    "（二）规范执法行为。开展行政执法案卷评查2次，组织执法人员培训86人次。",
    "二、存在的问题",
    "一是执法力量不足；二是宣传形式单一。",
    "云溪县青石镇人民政府",
    "2023年1月10日",
];

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files/pages");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn bytes(name: &str) -> Vec<u8> {
    let path = fixtures().into_iter().find(|path| path.ends_with(name));
    fs::read(path.unwrap_or_else(|| panic!("no fixture {name}"))).unwrap()
}

fn text(name: &str) -> FileText {
    read(&bytes(name), &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn lines(text: &FileText) -> Vec<&str> {
    text.blocks.iter().map(|block| block.text.as_str()).collect()
}

fn count(text: &FileText, rule: FileRule) -> usize {
    text.notes.iter().filter(|note| note.rule == rule).map(|note| note.count).sum()
}

#[test]
fn every_chinese_map_says_the_characters_without_any_other_help() {
    let maps: Vec<PathBuf> = fixtures().into_iter().filter(|path| path.to_string_lossy().contains("/cmap_")).collect();
    assert_eq!(maps.len(), 6);
    for path in maps {
        let text = read(&fs::read(&path).unwrap(), &Limits::default()).unwrap();
        assert_eq!(lines(&text), REPORT, "{}", path.display());
    }
}

#[test]
fn headings_in_a_heading_face_and_centred_titles_are_known() {
    let text = text("cmap_gbk-euc-h.pdf");
    let emphasis: Vec<usize> = text.blocks.iter().map(|block| block.emphasis).collect();
    assert_eq!(emphasis, [0, 0, 0, 9, 0, 0, 7, 0, 0, 0]);
    let centred: Vec<bool> = text.blocks.iter().map(|block| block.centred).collect();
    assert_eq!(centred, [true, false, false, false, false, false, false, false, false, false]);
}

#[test]
fn a_file_locked_without_a_password_is_read_and_one_with_a_password_is_told() {
    for name in ["rc4_40", "rc4_128", "aes_128", "aes_256"] {
        assert_eq!(lines(&text(&format!("encrypted_{name}.pdf"))), REPORT, "{name}");
    }
    assert_eq!(read(&bytes("encrypted_password.pdf"), &Limits::default()), Err(FileError::Encrypted));
}

#[test]
fn an_embedded_font_with_a_chinese_map_needs_no_map_to_unicode() {
    assert_eq!(lines(&text("embedded.pdf")), REPORT);
}

#[test]
fn radicals_are_read_as_characters() {
    let text = text("radicals.pdf");
    assert_eq!(lines(&text), REPORT);
    assert!(count(&text, FileRule::Folded) > 10);
}

#[test]
fn glyphs_drawn_twice_are_read_once_and_as_bold() {
    let text = text("twice.pdf");
    assert_eq!(lines(&text)[..3], [REPORT[0], "一、主要举措", "镇政府依法履行职责，执法人员持证上岗。"]);
    assert_eq!(text.blocks[1].emphasis, 6);
    assert_eq!(count(&text, FileRule::DrawnTwice), REPORT[0].chars().count() + 6);
}

#[test]
fn columns_are_read_one_after_the_other_and_paragraphs_go_on_over_them() {
    let text = text("columns.pdf");
    let lines = lines(&text);
    assert_eq!(lines[0], "云溪县镇容管理办法");
    assert!(text.blocks[0].centred);
    let numbers: Vec<String> =
        lines[1..].iter().map(|line| line.chars().take_while(|&c| c != '条').collect()).collect();
    let expected =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"].map(|n| format!("第{n}"));
    assert_eq!(numbers, expected);
    assert!(lines[1..].iter().all(|line| line.ends_with("制定本办法。")));
    assert_eq!(text.pages, 2);
}

#[test]
fn a_ruled_table_goes_on_over_the_page_end() {
    let text = text("table.pdf");
    let lines = lines(&text);
    assert_eq!((lines.len(), lines[0], lines[2]), (3, "任务分解如下：", "以上任务于年底前完成。"));
    let BlockKind::Table(table) = &text.blocks[1].kind else { panic!("no table: {:?}", text.blocks[1]) };
    let rows: Vec<Vec<&str>> = table.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let cut = "办理行政复议案件，依法化解行政争议，做到事事有回音，件件有着落";
    assert_eq!(
        rows,
        [
            ["序号", "项目", "内容", "责任单位"],
            ["1", "执法监督", "开展案卷评查", "司法所"],
            ["2", "执法监督", "组织执法人员培训并考核", "司法所"],
            ["3", "矛盾调处", cut, "综治办"],
            ["4", "普法宣传", "举办讲座", "宣传办"],
        ]
    );
    assert_eq!(table.header_rows, Some(1));
    // A cell over two rows is printed in the first.
    assert_eq!(lines[1].lines().nth(2), Some("2\t组织执法人员培训并考核\t司法所"));
}

#[test]
fn running_heads_and_page_numbers_are_left_out_and_paragraphs_go_on_over_them() {
    let text = text("heads.pdf");
    assert_eq!(text.blocks.len(), 13);
    assert!(lines(&text).iter().skip(2).step_by(2).all(|line| line.starts_with("各村") && line.ends_with("安全。")));
    assert_eq!(count(&text, FileRule::RunningHead) + count(&text, FileRule::PageNumber), 2 * text.pages);
}

#[test]
fn a_page_set_sideways_is_turned_and_a_watermark_left_out() {
    let text = text("turned.pdf");
    assert_eq!(lines(&text), ["青石镇权责清单", "镇政府依法行使下列职权，并接受监督。"]);
    assert_eq!(count(&text, FileRule::Slanted), 4);
}

#[test]
fn pictures_of_text_and_nameless_glyphs_need_a_reader_of_pictures() {
    for name in ["scan.pdf", "unknown.pdf"] {
        assert_eq!(read(&bytes(name), &Limits::default()), Err(FileError::NeedsOcr), "{name}");
    }
}

#[test]
fn an_ofd_file_is_read_like_a_printed_page() {
    let text = text("report.ofd");
    assert_eq!(lines(&text)[..10], REPORT);
    assert_eq!((text.pages, text.title.as_deref()), (2, Some("青石镇报告")));
    assert_eq!(text.blocks[3].emphasis, 9);
    let Some(Block { kind: BlockKind::Table(table), .. }) = text.blocks.last() else { panic!("no table") };
    assert_eq!(table.rows, [["项目", "数量"], ["评查", "2次"], ["培训", "86人次"]]);
}
