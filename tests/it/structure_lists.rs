//! Lists: two that follow each other, lists behind 答：, lists in one paragraph, Roman numerals.

use gongwen::model::{Block, Document, Flag, Outline, Role, Section};
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
fn a_second_list_behind_running_text_stands_beside_the_first() {
    for (first, second) in [("1.", "1、"), ("1、", "1."), ("1．", "1、"), ("（1）", "1)"), ("1)", "（1）")] {
        let of = |marker: &str, number: &str| marker.replace('1', number);
        let (two, three) = (of(first, "2"), of(first, "3"));
        let below = of(second, "2");
        let lines = format!(
            "有以下证据证明：/{first}检查笔录1份；/{two}询问笔录1份；/{three}照片5张。\
             /本局认为，当事人违反了规定，决定处罚如下：/{second}没收糕点3袋；/{below}罚款5000元。/逾期不缴的，加处罚款。"
        );
        let found = [
            format!("1 {first}"),
            format!("2 {two}"),
            format!("3 {three}"),
            format!("1~2 {second}"),
            format!("2~2 {below}"),
        ];
        assert_eq!(tree(&lines), found, "{first} {second}");
        let restart = outline(&lines).sections.iter().filter(|row| row.flags.contains(&Flag::NumberRestart)).count();
        assert_eq!(restart, 1, "{first} {second}");
    }
    // Below a section likewise.
    let lines = "一、处罚/1.检查笔录；/2.照片。/本局认为，应当处罚：/1、没收糕点；/2、罚款。/二、救济/可以申请复议。";
    assert_eq!(tree(lines), ["1 一、", "1.1 1.", "1.2 2.", "1.1~2 1、", "1.2~2 2、", "2 二、"]);
}

#[test]
fn a_list_with_another_mark_stands_below_an_item_that_holds_it() {
    for lines in [
        // Nothing stands between.
        "1.申请材料包括：/1、申请表；/2、身份证。/2.办理时限为三日。",
        // A heading stands over a text and over the list.
        "1.申请材料/办理时提交下列材料：/1、申请表；/2、身份证。/2.办理时限/三日内办结。",
        // The outer list goes on.
        "1.申请人到窗口申请。/申请时提交下列材料：/1、申请表；/2、身份证。/2.窗口三日内办结。",
    ] {
        assert_eq!(tree(lines), ["1 1.", "1.1 1、", "1.2 2、", "2 2."], "{lines}");
    }
    // As its siblings hold one, the last holds one.
    let lines = "1.申请人到窗口申请。/提交下列材料：/1、申请表；/2、身份证。/2.申请人领取证件。/出示下列材料：/1、受理单；/2、身份证。";
    assert_eq!(tree(lines), ["1 1.", "1.1 1、", "1.2 2、", "2 2.", "2.1 1、", "2.2 2、"]);
}

#[test]
fn a_list_that_was_one_sentence_holds_nothing_behind_running_text() {
    for (one, two) in [("1.", "2."), ("（1）", "（2）"), ("①", "②"), ("1、", "2、")] {
        let lists = format!(
            "有以下证据：/（一）笔录1份；/（二）照片5张。/本局决定处罚如下：/{one}没收糕点；/{two}罚款5000元。"
        );
        let found = ["1 （一）", "2 （二）", &format!("1~2 {one}"), &format!("2~2 {two}")];
        assert_eq!(tree(&lists), found, "{one}");
        let found = [
            "a3 第三条",
            "a3.1 （一）",
            "a3.2 （二）",
            &format!("a3.1~2 {one}"),
            &format!("a3.2~2 {two}"),
            "a4 第四条",
        ];
        assert_eq!(tree(&format!("第三条 {lists}/第四条 可以申请复议。")), found, "{one}");
    }
    for (lines, found) in [
        // Directly below an item stands what it holds.
        ("（一）笔录；/（二）照片包括：/1.原件；/2.副本。", vec!["1 （一）", "2 （二）", "2.1 1.", "2.2 2."]),
        ("（一）笔录；/（二）照片。/1.原件；/2.副本。", vec!["1 （一）", "2 （二）", "2.1 1.", "2.2 2."]),
        // Items that are sentences by themselves may have more than one paragraph.
        (
            "（一）制作笔录。/（二）拍摄照片。/照片包括：/1.原件；/2.副本。",
            vec!["1 （一）", "2 （二）", "2.1 1.", "2.2 2."],
        ),
        // The list goes on.
        (
            "（一）笔录；/（二）照片。/照片包括：/1.原件；/2.副本。/（三）录音。",
            vec!["1 （一）", "2 （二）", "2.1 1.", "2.2 2.", "3 （三）"],
        ),
    ] {
        assert_eq!(tree(lines), found, "{lines}");
    }
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

#[test]
fn a_list_directly_below_the_last_heading_of_another_stands_in_it() {
    let text = "各单位要抓好落实。";
    for (one, two, inner) in
        [("1.", "2.", ["（一）", "（二）"]), ("（1）", "（2）", ["1.", "2."]), ("1、", "2、", ["（一）", "（二）"])]
    {
        let lines = format!("{one}组织领导/{text}/{two}重点任务/{}摸底/{text}/{}整治/{text}", inner[0], inner[1]);
        let found = [format!("1 {one}"), format!("2 {two}"), format!("2.1 {}", inner[0]), format!("2.2 {}", inner[1])];
        assert_eq!(tree(&lines), found, "{one}");
    }
    // What nests so once does so below a text, too.
    let list = |head: &str, below: &str| format!("（1）{head}/{below}（一）摸底/{text}/（二）整治/{text}");
    let lines =
        format!("一、任务/{}/二、保障/{}/（2）考核/{text}", list("排查", &format!("{text}/")), list("经费", ""));
    let found = [
        "1 一、",
        "1.1 （1）",
        "1.1.1 （一）",
        "1.1.2 （二）",
        "2 二、",
        "2.1 （1）",
        "2.1.1 （一）",
        "2.1.2 （二）",
        "2.2 （2）",
    ];
    assert_eq!(tree(&lines), found);
    // A list that was one sentence is over, and what follows stands beside it.
    let lines = format!("一、材料/1.申请表；/2.身份证。/办理分两步：/（一）受理/{text}/（二）发证/{text}");
    assert_eq!(tree(&lines)[1..3], ["1.1 1.", "1.2 2."]);
}
