//! What is no numbered section: heads, closing parts, notes, attached letters, and where text stands between them.

use gongwen::model::{Block, BlockKind, Document, Outline, Role, Table};
use gongwen::structure;

fn outline(title: &str, lines: &[&str]) -> Outline {
    let title = (!title.is_empty()).then(|| title.to_owned());
    structure(&Document { title, blocks: lines.iter().copied().map(Block::paragraph).collect(), ..Document::default() })
}

/// Rows as `role text`, sections by their path.
fn rows(outline: &Outline) -> Vec<String> {
    let row = |row: &gongwen::model::Section| {
        let text: String = outline.text.chars().skip(row.start).take(row.end - row.start).collect();
        format!("{} {}", row.path, text.replace('\n', "/"))
    };
    outline.sections.iter().map(row).collect()
}

#[test]
fn the_head_of_a_letter() {
    let outline = outline(
        "云溪县人民政府办公室关于印发普法工作方案的通知",
        &[
            "云政办发〔2022〕20号",
            "云溪县人民政府办公室",
            "关于印发普法工作方案的通知",
            "各乡镇人民政府，",
            "县直各有关单位：",
            "现将方案印发给你们。",
            "一、抓好落实",
            "正文。",
        ],
    );
    assert_eq!(
        rows(&outline),
        [
            "preamble 云政办发〔2022〕20号",
            "title 云溪县人民政府办公室/关于印发普法工作方案的通知",
            "addressee 各乡镇人民政府，/县直各有关单位：",
            "preamble~2 现将方案印发给你们。",
            "1 一、抓好落实/正文。",
        ]
    );
}

#[test]
fn reports_are_signed_in_many_ways() {
    for (lines, issuers, dated) in [
        (&["正文结束。", "青石镇人民政府", "2023年2月"][..], &["青石镇人民政府"][..], None),
        (&["正文结束。", "青石镇人民政府　2023年2月8日"], &["青石镇人民政府"], Some("2023-02-08")),
        (&["正文结束。", "青石镇人民政府"], &["青石镇人民政府"], None),
        (&["正文结束。", "青石镇人民政府", "2023年2月8日（此件公开发布）"], &["青石镇人民政府"], Some("2023-02-08")),
        (&["正文结束。", "青石镇人民政府", "抄送：县委办。"], &["青石镇人民政府"], None),
        (&["正文结束。", "发布人：青石镇人民政府", "发布日期：2023年2月8日"], &["青石镇人民政府"], Some("2023-02-08")),
    ] {
        let outline = outline("", lines);
        assert_eq!(outline.issuers, issuers, "{lines:?}");
        assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), dated, "{lines:?}");
    }
}

#[test]
fn what_holds_for_the_whole_document_is_outside_its_last_section() {
    let lines = [
        "一、发放补贴。购房的，每平方米补贴一百元。",
        "二、减免税费。按规定减免契税。",
        "本措施自印发之日起施行，有效期一年。",
        "云溪县住房局",
        "2023年2月8日",
    ];
    let outline_read = outline("", &lines);
    let body = outline_read.sections.iter().find(|row| row.role == Role::Body).unwrap();
    assert_eq!((body.parent, body.level), (None, 0));
    // Where the section is about just that, it stays in it.
    let lines = ["一、补贴标准", "每平方米一百元。", "二、实施时间", "本办法自印发之日起施行。"];
    assert!(outline("", &lines).sections.iter().all(|row| row.role == Role::Section));
}

#[test]
fn notes_count_on_below_a_table_and_away_from_it() {
    use Role::{Caption, Note, Section, Table as Data};
    let table = Block {
        kind: BlockKind::Table(Table { rows: vec![vec!["甲".into(), "3".into()]; 2], header_rows: None }),
        ..Block::paragraph("甲\t3\n甲\t3")
    };
    let mut blocks = vec![Block::paragraph("一、数据"), Block::paragraph("表1 执法情况"), table];
    blocks.extend(
        ["注：①按年统计。", "②不含街道。", "二、说明", "正文。", "注：1.本公报为初步数。", "2.部分数据四舍五入。"]
            .map(Block::paragraph),
    );
    let outline = structure(&Document { blocks, ..Document::default() });
    let roles: Vec<Role> = outline.sections.iter().map(|row| row.role).collect();
    assert_eq!(roles, [Section, Caption, Data, Note, Note, Section, Note, Note]);
}

#[test]
fn a_letter_inside_a_letter_has_its_own_head() {
    let outline = outline(
        "云溪县转发关于开展检查的通知",
        &[
            "各乡镇人民政府：",
            "现将《市司法局关于开展检查的通知》转发给你们，请认真执行。",
            "云溪县司法局",
            "2023年3月1日",
            "市司法局关于开展检查的通知",
            "市司发〔2023〕3号",
            "各县（市、区）司法局：",
            "现就有关事项通知如下：",
            "一、检查内容",
            "正文。",
            "市司法局",
            "2023年2月1日",
        ],
    );
    assert_eq!(outline.addressees, ["各乡镇人民政府"]);
    assert_eq!(outline.issuers, ["云溪县司法局"]);
    assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), Some("2023-03-01"));
    let inner: Vec<&str> =
        outline.sections.iter().filter(|row| row.parent.is_some()).map(|row| row.path.as_str()).collect();
    assert_eq!(inner, ["x1.addressee", "x1.body", "x1.1", "x1.sig", "x1.date"]);
}

#[test]
fn a_list_of_annexes_is_no_annex() {
    for lines in [
        &["一、要求", "正文。", "附件：1.甲表", "2.乙表", "云溪县司法局", "2023年3月1日"][..],
        &["一、要求", "正文。", "附件：", "1.甲表.doc", "2.乙表.xls"],
        &["一、要求", "正文。", "云溪县司法局", "2023年3月1日", "附件：1.甲表.doc", "附件：2.乙表.doc"],
    ] {
        let outline = outline("", lines);
        assert!(outline.sections.iter().all(|row| row.role != Role::Annex), "{lines:?}");
        assert_eq!(outline.sections.iter().filter(|row| row.role == Role::AnnexNote).count(), 1, "{lines:?}");
    }
}

#[test]
fn bold_type_proves_a_heading() {
    let bold = |text: &str, emphasis: usize| Block { emphasis, ..Block::paragraph(text) };
    let blocks = vec![
        bold("（一）镇长亲自部署。每季度听取汇报，研究解决困难。", 10),
        bold("（二）书记带头学法我镇把学习贯彻列入日程，全年学习4次。", 9),
        bold("（三）对企业做到无事不扰。各村按照职责落实帮扶措施。", 13),
    ];
    let outline = structure(&Document { blocks, ..Document::default() });
    let headings: Vec<Option<&str>> = outline.sections.iter().map(|row| row.heading.as_deref()).collect();
    assert_eq!(headings, [Some("镇长亲自部署"), Some("书记带头学法"), Some("对企业做到无事不扰")]);
}

#[test]
fn attached_documents_are_known_in_many_shapes() {
    let letter = ["各乡镇人民政府：", "现将《云溪县普法工作方案》印发给你们。", "云溪县司法局", "2023年3月1日"];
    let plan = ["一、目标", "正文。", "二、任务", "正文。"];
    let marked = |outline: &Outline| -> Vec<(u32, Option<String>)> {
        let annexes = outline.sections.iter().filter(|row| row.role == Role::Annex);
        annexes.map(|row| (row.level, row.heading.clone())).collect()
    };
    let some = |heading: &str| vec![(1, Some(heading.to_owned()))];
    for (between, expected) in [
        (&["云溪县普法工作方案"][..], some("云溪县普法工作方案")),
        (&["云溪县普法", "工作方案"], some("云溪县普法工作方案")),
        (
            &["云溪县法治宣传教育", "三年行动计划", "（2023—2025年）"],
            some("云溪县法治宣传教育三年行动计划（2023—2025年）"),
        ),
        (&["（此件公开发布）", "抄送：县委办。", "云溪县普法工作方案"], some("云溪县普法工作方案")),
        (&["附件", "云溪县普法工作方案"], some("云溪县普法工作方案")),
        (&["附件：云溪县普法工作方案"], some("云溪县普法工作方案")),
        (&["2023年十件实事"], some("2023年十件实事")),
    ] {
        let lines: Vec<&str> = letter.iter().chain(between).chain(&plan).copied().collect();
        assert_eq!(marked(&outline("", &lines)), expected, "{between:?}");
    }
    // Links below a letter are no document; neither is the title of a report behind its cover.
    let lines: Vec<&str> =
        letter.iter().copied().chain(["相关解读", "《云溪县普法工作方案》政策解读", "一图读懂普法方案"]).collect();
    assert_eq!(marked(&outline("", &lines)), []);
    let title = "云溪县2022年法治政府建设工作报告";
    let lines: Vec<&str> = [title, "云溪县人民政府", "2023年3月1日", title].into_iter().chain(plan).collect();
    assert_eq!(marked(&outline(title, &lines)), []);
}

#[test]
fn questions_and_answers_in_their_labels() {
    let lines = [
        "一、政策问答",
        "问 ：何时施行？",
        "答 ：今年施行。",
        "问题二：由谁负责？",
        "答：由县住房局负责。",
        "问题：人手不足，经费不足。",
    ];
    let outline = outline("", &lines);
    let found: Vec<(Role, Option<u32>, Option<&str>)> =
        outline.sections.iter().map(|row| (row.role, row.number, row.heading.as_deref())).collect();
    assert_eq!(
        found,
        [
            (Role::Section, Some(1), Some("政策问答")),
            (Role::Question, None, Some("何时施行？")),
            (Role::Answer, None, None),
            (Role::Question, Some(2), Some("由谁负责？")),
            (Role::Answer, None, None),
        ]
    );
}

#[test]
fn a_numbered_line_that_holds_the_title_of_the_page_is_a_section() {
    let blocks = "一、领导小组/组长由县长担任。/二、工作职责/统筹协调。".split('/').map(Block::paragraph).collect();
    let document = Document { title: Some("领导小组".to_owned()), blocks, ..Document::default() };
    let sections = structure(&document).sections;
    assert_eq!(sections.iter().filter(|row| row.role == Role::Section).count(), 2);
    assert!(sections.iter().all(|row| row.role != Role::Title));
}
