//! Which first sentences, labels and lines are headings, and which only look like one.

use gongwen::model::{Block, Document, Role};
use gongwen::structure;

/// The headings of the sections of a text, line by line.
fn headings(lines: &[&str]) -> Vec<Option<String>> {
    let blocks = lines.iter().map(|line| Block::paragraph(*line)).collect();
    let outline = structure(&Document { blocks, ..Document::default() });
    outline.sections.into_iter().filter(|row| row.role == Role::Section).map(|row| row.heading).collect()
}

const TEXT: &str = "各乡镇要按照统一部署，抓好工作落实，按时报送进展情况。";

#[test]
fn a_first_sentence_may_name_a_place_before_its_verb() {
    let first = format!("一、在更高起点上推动河道治理。{TEXT}");
    let second = format!("二、在源头治理上加大工作力度。{TEXT}");
    let found = headings(&[&first, &second]);
    assert_eq!(found, [Some("在更高起点上推动河道治理".to_owned()), Some("在源头治理上加大工作力度".to_owned())]);
}

#[test]
fn what_asks_its_reader_or_enacts_names_no_theme() {
    let found = headings(&[
        "一、报名时间。三月一日至三月十日。",
        "二、面试地点。县第二中学教学楼三楼。",
        "三、请按照规定时间、地点参加面试。确实无法参加的，请提前两天联系。",
        "四、本通知自2023年5月1日起施行。未尽事宜按有关规定执行。",
    ]);
    assert_eq!(found, [Some("报名时间".to_owned()), Some("面试地点".to_owned()), None, None]);
    let found = headings(&[
        "（一）身份证，验原件收复印件（1份）。",
        "用曾用名申请的，还要提交证明。",
        "（二）居住证，验原件。",
    ]);
    assert_eq!(found, [None, None]);
}

#[test]
fn a_cited_title_makes_a_heading_no_longer() {
    let title =
        "常态化执行《云溪县住房公积金管理委员会关于调整部分贷款管理规定的通知》（云溪公积金通字〔2022〕4号）有关规定";
    let line = format!("二、{title}。");
    let found = headings(&["一、调整放宽贷款规定", TEXT, &line, "（一）连续缴存六个月以上即可申请贷款。", TEXT]);
    assert_eq!(found[1].as_deref(), Some(title));
}

#[test]
fn a_text_that_begins_like_its_heading_stands_under_one() {
    let found = headings(&[
        "（一）夫妻投靠增加结婚年限要求。夫妻投靠，被投靠人登记为本县户口须满五年。",
        "（二）子女投靠增加落户年限要求。子女投靠，被投靠人登记为本县户口须满五年。",
        "（三）父母投靠增加年龄要求。父母投靠，男年满六十周岁，女年满五十五周岁。",
    ]);
    assert!(found.iter().all(Option::is_some), "{found:?}");
}

#[test]
fn a_label_before_cases_is_a_subject_and_before_sentences_a_heading() {
    let found = headings(&[
        "（一）生育享受产假：顺产的，九十八天；难产的，增加三十天。",
        "（二）享受手术休假：取出的，一天；放置的，两天。",
    ]);
    assert_eq!(found, [None, None]);
    let found = headings(&[
        "（一）身份证明：提交身份证或者户口簿；",
        "（二）缴存证明：缴存人应当提供缴存地出具的证明及明细。通过网上授权可以取得的，免予提交；",
    ]);
    assert_eq!(found[1].as_deref(), Some("缴存证明"));
}

#[test]
fn among_siblings_with_headings_one_that_begins_like_a_sentence_has_one_too() {
    let lines = |third: &str| {
        ["1. 用地手续", "2. 规划手续", third, "4. 施工图审查", "5. 其他材料"]
            .map(|line| format!("{line}。已经办理并取得批准文件，且在有效期内。"))
    };
    let odd = lines("3. 已经确定施工企业");
    let found = headings(&odd.each_ref().map(String::as_str));
    assert_eq!(found[2].as_deref(), Some("已经确定施工企业"));
    // Among siblings without headings it has none.
    let plain = [
        "1. 各单位应当按照本通知的要求认真落实，不得拖延。逾期的通报批评。",
        "2. 已经确定施工企业。建设单位应当书面告知。",
        "3. 各单位必须于每月五日前将上月情况报送县住建局。逾期的通报批评。",
    ];
    assert_eq!(headings(&plain)[1], None);
}

#[test]
fn a_noun_at_its_end_makes_a_name_of_what_begins_like_a_sentence() {
    let lines = |words: &str| {
        [
            "1、申请人应当提交有效的居住证。".to_owned(),
            format!("2、{words}。"),
            "（1）就业的，提供劳动合同；".to_owned(),
            "（2）经商的，提供营业执照副本。".to_owned(),
            "3、申请人应当提交无犯罪记录的声明。".to_owned(),
        ]
    };
    let named = lines("在镇就业、经商证明材料");
    assert_eq!(headings(&named.each_ref().map(String::as_str))[1].as_deref(), Some("在镇就业、经商证明材料"));
    let told = lines("在镇就业、经商可予照顾");
    assert_eq!(headings(&told.each_ref().map(String::as_str))[1], None);
}

#[test]
fn two_cases_behind_a_label_make_it_a_subject_and_one_does_not() {
    let found = headings(&[
        "（一）享受手术休假：取出节育装置的，一天；施行结扎手术的，七天。",
        "（二）享受护理假：配偶生育的，十五天。",
    ]);
    assert_eq!(found, [None, Some("享受护理假".to_owned())]);
}

#[test]
fn entries_below_a_heading_that_announces_things_head_nothing() {
    for head in ["申请材料", "需提交的资料", "参会人员", "领导小组成员", "表彰名单：", "所需证件"]
    {
        let lines = [
            format!("一、{head}"),
            "1.申请表".into(),
            "2.王强".into(),
            "3.户口本".into(),
            "二、时间".into(),
            "月底。".into(),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let found = headings(&lines);
        assert!(found[0].is_some() && found[1..4].iter().all(Option::is_none), "{head}: {found:?}");
    }
    // Over a text of its own an entry is a heading, and so are steps and themes.
    let found = headings(&["一、申请材料", "1.申请表", "一式两份。", "2.身份证", "验原件。", "3.户口本", "验原件。"]);
    assert!(found.iter().all(Option::is_some), "{found:?}");
    let found = headings(&["一、办理流程", "1.提交申请", "2.受理审核", "3.发证"]);
    assert!(found.iter().all(Option::is_some), "{found:?}");
}
