//! Lists behind 答：, lists in one paragraph, Roman numerals.

use gongwen::model::{Block, Document, Outline, Role, Section};
use gongwen::structure;

fn outline(lines: &str) -> Outline {
    structure(&Document { blocks: lines.split('/').map(Block::paragraph).collect(), ..Document::default() })
}

/// Sections and questions as `path marker`.
fn tree(lines: &str) -> Vec<String> {
    let numbered = |row: &&Section| matches!(row.role, Role::Section | Role::Question | Role::Annex);
    let row = |row: &Section| format!("{} {}", row.path, row.marker.as_deref().unwrap_or("附"));
    outline(lines).sections.iter().filter(numbered).map(row).collect()
}

/// Items as `path number words`.
fn items(lines: &str) -> Vec<String> {
    let outline = outline(lines);
    let words = |start: usize, end: usize| outline.text.chars().skip(start).take(end - start).collect::<String>();
    let of = |row: &Section| {
        let item =
            |item: &gongwen::model::Item| format!("{} {} {}", row.path, item.number, words(item.start, item.end));
        row.items.iter().map(item).collect::<Vec<_>>()
    };
    outline.sections.iter().flat_map(of).collect()
}

#[test]
fn an_answer_may_begin_with_the_first_item_of_its_list() {
    for (one, two, three) in [
        ("（一）", "（二）", "（三）"),
        ("(1)", "(2)", "(3)"),
        ("1.", "2.", "3."),
        ("1、", "2、", "3、"),
        ("一、", "二、", "三、"),
        ("①", "②", "③"),
    ] {
        for label in ["答：", "答:", "答："] {
            let lines = format!(
                "问：标准是多少？/{label}{one}八十周岁以上，每月50元；/{two}九十周岁以上，每月100元；/{three}百岁以上，每月500元。\
                 /问：怎样申请？/答：向村里提出申请。"
            );
            let found =
                ["q1 问：", &format!("q1.1 {one}"), &format!("q1.2 {two}"), &format!("q1.3 {three}"), "q2 问："];
            assert_eq!(tree(&lines), found, "{label}{one}");
            let outline = outline(&lines);
            assert_eq!(outline.sections.iter().filter(|row| row.role == Role::Answer).count(), 2);
            assert!(outline.sections.iter().all(|row| row.flags.is_empty()), "{one}");
        }
    }
    // A text may stand between the items.
    let lines = "问：标准是多少？/答： （一）八十周岁以上的。/每月50元。/（二）九十周岁以上的。/每月100元。";
    assert_eq!(tree(lines), ["q1 问：", "q1.1 （一）", "q1.2 （二）"]);
}

#[test]
fn a_number_behind_the_label_of_an_answer_that_nothing_counts_on_is_text() {
    for (lines, found) in [
        ("问：多久？/答：1.5个工作日内办结。/问：多少？/答：2.5万元。", vec!["q1 问：", "q2 问："]),
        ("1.由谁负责？/答：1.由县局负责。/2.何时施行？/答：今年施行。", vec!["1 1.", "2 2."]),
        ("问：依据哪一条？/答：第一条已有规定。/第二条规定了例外。/问：其他？/答：无。", vec!["q1 问：", "q2 问："]),
        ("问：需要什么？/答：（一）身份证；（二）户口本。/问：其他？/答：无。", vec!["q1 问：", "q2 问："]),
    ] {
        assert_eq!(tree(lines), found, "{lines}");
    }
}

#[test]
fn a_list_in_one_paragraph_is_one_of_items() {
    for (one, two, three) in [
        ("1.", "2.", "3."),
        ("1．", "2．", "3．"),
        ("1、", "2、", "3、"),
        ("（1）", "（2）", "（3）"),
        ("(1)", "(2)", "(3)"),
        ("（一）", "（二）", "（三）"),
        ("①", "②", "③"),
    ] {
        for mark in ["；", "。"] {
            let (first, second) = (format!("{one}力量不足{mark}"), format!("{two}经费紧张{mark}"));
            let third = format!("{three}设备老化。");
            let lines = format!("一、主要工作/学习10次。/二、存在的问题/{first}{second}{third}/三、下一步/加强培训。");
            assert_eq!(tree(&lines), ["1 一、", "2 二、", "3 三、"], "{one}{mark}");
            assert_eq!(items(&lines), [format!("2 1 {first}"), format!("2 2 {second}"), format!("2 3 {third}")]);
        }
    }
    // It may run over two paragraphs, and blanks may stand between.
    let lines = "一、问题/1.力量不足； 2.经费紧张；/3.设备老化；　4.人员流失。/二、打算/加强培训。";
    assert_eq!(tree(lines), ["1 一、", "2 二、"]);
    assert_eq!(items(lines).len(), 4);
    // Under each of several sections likewise.
    let lines = "一、问题/（一）县级/1.力量不足；2.经费紧张。/（二）镇级/1.设备老化；2.人员流失。";
    assert_eq!(tree(lines), ["1 一、", "1.1 （一）", "1.2 （二）"]);
    assert_eq!(items(lines).len(), 4);
}

#[test]
fn a_paragraph_that_a_line_counts_on_from_is_a_section() {
    for (lines, found) in [
        ("1.甲类：分两级。1.一级；2.二级。/2.乙类：不分级。", vec!["1 1.", "2 2."]),
        ("1.甲类：1.一级；2.二级。/其他不分级。", vec!["1 1."]),
        ("（一）依照前款规定；（二）项规定的情形除外。/其他从其规定。", vec!["1 （一）"]),
        ("⑴甲类一级；⑵乙类二级。/其他不分级。", vec!["1 ⑴"]),
        ("1.依照前款第1项；2.5万元以下的从其规定。/2.其他情形不予处理。", vec!["1 1.", "2 2."]),
        ("1.投入2.5万元；3.6万元另行安排。/2.投入1.2亿元。", vec!["1 1.", "2 2."]),
        ("1.会议于2023.5.6召开；2023.5.8结束。/2.会后抓好落实。", vec!["1 1.", "2 2."]),
        ("1.加强领导。成立专班。/2.加强宣传。印发手册。", vec!["1 1.", "2 2."]),
        ("（一）依照本条第（二）项办理；逾期的，依照第（三）项办理。/（二）另行规定。", vec!["1 （一）", "2 （二）"]),
        ("1.报告《办法；2.细则》的情况。/2.报告其他情况。", vec!["1 1.", "2 2."]),
    ] {
        assert_eq!(tree(lines), found, "{lines}");
    }
    for lines in ["1.2亿元用于修路；2.5万元用于绿化。", "2023.5.6开工；2023.5.8完工。", "1.5万元；2.5万元；3.5万元。"]
    {
        assert_eq!(items(lines), [""; 0], "{lines}");
    }
}

#[test]
fn roman_numerals_count_what_stands_below_a_section() {
    let text = "坚持以人民为中心。";
    for (one, two) in [("Ⅰ.", "Ⅱ."), ("Ⅰ、", "Ⅱ、"), ("I.", "II."), ("I、", "II、")] {
        let below = format!("（二）主要任务/{one}调查/摸清底数。/{two}整改/限期完成。");
        let found = ["1 （一）", "2 （二）", &format!("2.1 {one}"), &format!("2.2 {two}")];
        assert_eq!(tree(&format!("（一）总体要求/{text}/{below}")), found, "{one}");
        let found = ["1 一、", "1.1 （一）", "1.2 （二）", &format!("1.2.1 {one}"), &format!("1.2.2 {two}"), "2 二、"];
        assert_eq!(tree(&format!("一、方案/（一）总体要求/{text}/{below}/二、附则/{text}")), found, "{one}");
    }
    let lines = format!("一、要求/{text}/二、任务/Ⅰ.调查/{text}/Ⅱ.整改/{text}/三、保障/{text}");
    assert_eq!(tree(&lines), ["1 一、", "2 二、", "2.1 Ⅰ.", "2.2 Ⅱ.", "3 三、"]);
    // Above 一、 they count the parts.
    let lines = format!("Ⅰ、总论/一、要求/{text}/二、任务/{text}/Ⅱ、分论/一、镇区/{text}/二、村居/{text}");
    assert_eq!(tree(&lines), ["1 Ⅰ、", "1.1 一、", "1.2 二、", "2 Ⅱ、", "2.1 一、", "2.2 二、"]);
}
