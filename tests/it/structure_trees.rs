//! Documents made from a tree that is known: the tree must come back exactly.
//!
//! `PROPTEST_CASES=1000000 cargo test --release --test it structure_trees` makes a million of each.

mod words; // what they say
mod writer; // how a tree becomes lines
mod faults; // what goes wrong in real ones

use gongwen::model::{Block, BlockKind, Document, Outline, Role, Style, Table};
use gongwen::structure;
use proptest::prelude::*;

use faults::fault;
use writer::{Piece, Row, Writer, forms, nodes, scheme};

fn document(pieces: &[Piece], title: &str) -> Document {
    let block = |piece: &Piece| match piece {
        Piece::Line(line) => Block::paragraph(line),
        Piece::Table(cells) => {
            let rows: Vec<Vec<String>> = cells.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
            let text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
            Block { kind: BlockKind::Table(Table { rows, header_rows: None }), ..Block::paragraph(text) }
        }
    };
    Document { title: Some(title.to_owned()), blocks: pieces.iter().map(block).collect(), ..Document::default() }
}

fn lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<Piece> {
    lines.into_iter().map(|line| Piece::Line(line.to_owned())).collect()
}

/// The sections and annexes that were found.
fn rows(outline: &Outline) -> Vec<Row> {
    let row = |row: &gongwen::model::Section| {
        let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
        numbered.then(|| Row {
            level: row.level,
            style: row.style.unwrap(),
            number: row.number,
            heading: row.heading.clone(),
            items: row.items.iter().map(|item| item.number).collect(),
            flags: row.flags.clone(),
        })
    };
    outline.sections.iter().filter_map(row).collect()
}

fn annex(number: Option<u32>, heading: &str) -> Row {
    let heading = Some(heading.to_owned());
    Row { level: 1, style: Style::Annex, number, heading, items: Vec::new(), flags: Vec::new() }
}

/// How a report ends: the lines, and the roles that they must have.
const ENDS: [(&[&str], &[Role]); 5] = {
    use Role::{Cc, Closing, Copies, Date, Imprint, Remark, Signature};
    [
        (&["青石镇人民政府", "2023年2月28日", "抄送：县委依法治县办。"], &[Signature, Date, Cc]),
        (&["特此报告。", "中共青石镇委员会", "青石镇人民政府", "二〇二三年二月二十八日"], &[Closing, Signature, Date]),
        (
            &["青石镇人民政府　2023年2月28日", "（此件公开发布）", "青石镇党政办公室　2023年3月1日印发", "共印3份"],
            &[Signature, Date, Remark, Imprint, Copies],
        ),
        (
            &["青石镇人民政府", "2023 年 2 月 28 日", "抄送：县委办，县政府办。", "青石镇党政办公室　2023年3月1日印发"],
            &[Signature, Date, Cc, Imprint],
        ),
        (&["以上报告，请审议。"], &[Closing]),
    ]
};

fn end() -> impl Strategy<Value = (&'static [&'static str], &'static [Role])> {
    prop::sample::select(ENDS.to_vec())
}

/// The report of a tree, behind the sentence that opens it.
fn report(body: &[Piece], end: &[&str]) -> Document {
    let mut pieces = lines(["2022年，我镇扎实推进依法行政。现将有关情况报告如下："]);
    pieces.extend(body.iter().cloned());
    pieces.extend(lines(end.iter().copied()));
    document(&pieces, "青石镇2022年法治政府建设工作报告")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_of_a_report_comes_back(
        scheme in scheme(), forms in forms(), narrow: bool, nodes in nodes(), contents: bool, (end, roles) in end(),
    ) {
        let mut writer = Writer::new(scheme, &forms, narrow, 0);
        writer.list(&nodes, 0);
        let mut document = report(&writer.pieces, end);
        if contents {
            let entries = writer.contents();
            document.blocks.splice(0..0, lines(entries.iter().map(String::as_str)).iter().map(|piece| match piece {
                Piece::Line(line) => Block::paragraph(line),
                Piece::Table(_) => Block::paragraph(""),
            }));
        }
        let outline = structure(&document);
        prop_assert_eq!(rows(&outline), writer.expected, "{}", outline.text);
        let closing: Vec<Role> =
            outline.sections.iter().map(|row| row.role).filter(|role| ENDS.iter().any(|(_, all)| all.contains(role))).collect();
        prop_assert_eq!(closing, roles, "{}", outline.text);
    }

    #[test]
    fn a_fault_spoils_nothing_around_it(
        scheme in scheme(), forms in forms(), narrow: bool, nodes in nodes(), fault in fault(), at in 0usize..12,
    ) {
        let mut writer = Writer::new(scheme, &forms, narrow, 0).with_fault(fault, at);
        writer.list(&nodes, 0);
        let outline = structure(&report(&writer.pieces, ENDS[0].0));
        prop_assert_eq!(rows(&outline), writer.expected, "{:?} {}", fault, outline.text);
    }

    #[test]
    fn a_notice_and_what_it_issues_have_trees_of_their_own(
        letter in (scheme(), forms(), nodes()), issued in (scheme(), forms(), nodes()), annexed in (scheme(), forms(), nodes()),
        narrow: bool, marked: bool,
    ) {
        let mut pieces = lines(["各乡镇人民政府，县直各单位：", "现将《云溪县工作方案》印发给你们，并就有关事项通知如下："]);
        let mut expected = Vec::new();
        let write = |pieces: &mut Vec<Piece>, (scheme, forms, nodes): &(_, Vec<_>, Vec<_>), narrow, base| {
            let mut writer = Writer::new(*scheme, forms, narrow, base);
            writer.list(nodes, 0);
            pieces.append(&mut writer.pieces);
            writer.expected
        };
        expected.extend(write(&mut pieces, &letter, narrow, 0));
        pieces.extend(lines(["云溪县人民政府", "2022年3月1日"]));
        pieces.extend(lines(marked.then_some("附件")));
        pieces.extend(lines(["云溪县工作方案", "为做好有关工作，制定本方案。"]));
        expected.push(annex(None, "云溪县工作方案"));
        expected.extend(write(&mut pieces, &issued, narrow, 1));
        pieces.extend(lines(["附件2", "任务分解表"]));
        expected.push(annex(Some(2), "任务分解表"));
        expected.extend(write(&mut pieces, &annexed, !narrow, 1));
        let outline = structure(&document(&pieces, "云溪县人民政府关于印发云溪县工作方案的通知"));
        prop_assert_eq!(rows(&outline), expected, "{}", outline.text);
    }
}
