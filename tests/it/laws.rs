//! Laws that hold for every text: rows tile it, slices are slices, levels follow parents, and the result never varies.

use std::collections::HashSet;

use gongwen::model::{Block, BlockKind, Document, Outline, Role, Table};
use gongwen::structure;
use proptest::prelude::*;

/// The laws that one outline must keep.
fn check(outline: &Outline) -> Result<(), TestCaseError> {
    let chars: Vec<char> = outline.text.chars().collect();
    let mut behind = 0;
    let mut paths = HashSet::new();
    for (n, row) in outline.sections.iter().enumerate() {
        prop_assert!(behind <= row.start && row.start < row.end && row.end <= chars.len(), "spans in order: {row:?}");
        prop_assert!(chars[behind..row.start].iter().all(|c| c.is_whitespace()), "nothing is left out before {row:?}");
        prop_assert!((row.start..=row.end).contains(&row.text_start), "the own body is inside: {row:?}");
        behind = row.end;
        let own: String = chars[row.start..row.end].iter().collect();
        if let Some(marker) = &row.marker {
            prop_assert!(own.starts_with(marker.as_str()), "the marker is as printed: {row:?}");
        }
        if let Some(heading) = &row.heading {
            let flat: String = own.split('\n').collect();
            let flat: String = flat.chars().filter(|c| !c.is_whitespace()).collect();
            let heading: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert!(flat.contains(&heading), "the heading is as printed: {row:?}");
        }
        for item in &row.items {
            prop_assert!(
                row.text_start <= item.start && item.start < item.end && item.end <= row.end,
                "{item:?} in {row:?}"
            );
        }
        if let Some(parent) = row.parent {
            prop_assert!(parent < n, "parents come first: {row:?}");
            let parent = &outline.sections[parent];
            let deeper = matches!(row.role, Role::Section | Role::Question | Role::Answer);
            prop_assert_eq!(row.level, parent.level + u32::from(deeper), "levels follow parents: {:?}", row);
            prop_assert!(row.subtree_end <= parent.subtree_end, "subtrees nest: {row:?}");
        } else {
            let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
            prop_assert_eq!(row.level, u32::from(numbered), "{:?}", row);
        }
        prop_assert!(row.subtree_end >= row.end, "{row:?}");
        prop_assert!(paths.insert(row.path.clone()), "paths are unique: {row:?}");
    }
    prop_assert!(chars[behind..].iter().all(|c| c.is_whitespace()), "nothing is left out at the end");
    Ok(())
}

fn paragraphs(lines: &[String]) -> Document {
    Document { blocks: lines.iter().map(Block::paragraph).collect(), ..Document::default() }
}

/// What lines of documents begin with, as wrong as can be.
const HEADS: [&str; 35] = [
    "",
    "一、",
    "二、",
    "三、",
    "（一）",
    "(二)",
    "㈢",
    "1.",
    "2、",
    "3．",
    "（1）",
    "①",
    "1.1 ",
    "第一章 ",
    "第二条　",
    "第三条",
    "第一部分",
    "问：",
    "答：",
    "附件",
    "附件1",
    "附件：1.",
    "抄送：",
    "“一、",
    "一是",
    "目录",
    "目　录",
    "注：",
    "表1 ",
    "[1] ",
    "（",
    "二十一、",
    "—、",
    "l.",
    "2023年",
];
/// And what may follow.
const BODIES: [&str; 26] = [
    "",
    "加强组织领导",
    "加强组织领导。成立领导小组，全年召开会议4次。",
    "县人民政府",
    "2023年2月28日",
    "二〇二三年二月二十八日",
    "各有关单位：",
    "关于印发方案的通知",
    "青石镇工作方案",
    "一是宣讲；二是走访。",
    "总则",
    "根据有关规定，制定本办法。",
    "现将情况报告如下：",
    "特此报告。",
    "共印3份",
    "2023年2月28日印发",
    "“一网通办",
    "”",
    "何时施行？",
    "（此件公开发布）",
    "一、二级海塘",
    "1.5亿元",
    "\t3\t4",
    "　",
    "\u{200d}",
    "PAGEREF _Toc1 h 3",
];
const TAILS: [&str; 9] = ["", "", "", "。", "；", "：", "，", "（试行）", "（一）子项"];

/// Lines that are made of what documents are made of, in any order.
fn line() -> impl Strategy<Value = String> {
    let parts = (prop::sample::select(&HEADS[..]), prop::sample::select(&BODIES[..]), prop::sample::select(&TAILS[..]));
    parts.prop_map(|(head, body, tail)| format!("{head}{body}{tail}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_on_lines_of_documents(lines in prop::collection::vec(line(), 0..40), title in line()) {
        let mut document = paragraphs(&lines);
        document.title = Some(title);
        let outline = structure(&document);
        check(&outline)?;
        prop_assert_eq!(&structure(&document), &outline, "the same document gives the same outline");
    }

    #[test]
    fn laws_hold_on_any_text(lines in prop::collection::vec(any::<String>(), 0..8), emphasis in 0usize..40) {
        let mut document = paragraphs(&lines);
        for block in &mut document.blocks {
            block.emphasis = emphasis;
            block.centred = emphasis % 2 == 0;
        }
        check(&structure(&document))?;
    }

    #[test]
    fn laws_hold_with_tables_and_lists(lines in prop::collection::vec((line(), 0u8..4), 0..20)) {
        let block = |(line, kind): &(String, u8)| match kind {
            0 => Block { kind: BlockKind::Table(Table { rows: vec![vec![line.clone(), "甲".into()]], header_rows: None }), ..Block::paragraph(format!("{line}\t甲")) },
            1 => Block { kind: BlockKind::ListItem { ordinal: Some(1) }, ..Block::paragraph(line.clone()) },
            _ => Block::paragraph(line.clone()),
        };
        check(&structure(&Document { blocks: lines.iter().map(block).collect(), ..Document::default() }))?;
    }

    #[test]
    fn the_text_of_an_outline_gives_the_same_rows(lines in prop::collection::vec(line(), 0..40)) {
        let outline = structure(&paragraphs(&lines));
        let again: Vec<String> = outline.text.split('\n').map(str::to_owned).collect();
        prop_assert_eq!(structure(&paragraphs(&again)).sections, outline.sections);
    }
}
