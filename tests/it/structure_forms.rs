//! Forms of markers: separators behind them, scanner's and typist's slips, families, references that only look so.

use gongwen::model::{Block, Document, Flag, Outline, Role, Section, Style};
use gongwen::structure;

fn outline(lines: &str) -> Outline {
    let blocks = lines.split('/').map(Block::paragraph).collect();
    structure(&Document { blocks, ..Document::default() })
}

fn numbered(outline: &Outline) -> impl Iterator<Item = &Section> {
    outline.sections.iter().filter(|row| matches!(row.role, Role::Section | Role::Question | Role::Annex))
}

/// Sections as `path marker heading`.
fn sections(lines: &str) -> Vec<String> {
    let outline = outline(lines);
    let row = |row: &Section| {
        let marker = row.marker.as_deref().unwrap_or_default();
        format!("{} {marker} {}", row.path, row.heading.as_deref().unwrap_or("-"))
    };
    numbered(&outline).map(row).collect()
}

#[test]
fn a_mark_behind_a_closed_marker_belongs_to_it() {
    for (one, two) in [
        ("（一）、", "（二）、"),
        ("（一）．", "（二）．"),
        ("（一）：", "（二）："),
        ("（一），", "（二），"),
        ("(1)、", "(2)、"),
        ("（1）.", "（2）."),
        ("1）、", "2）、"),
        ("一）、", "二）、"),
        ("①、", "②、"),
        ("①.", "②."),
        ("㈠、", "㈡、"),
        ("⑴、", "⑵、"),
        ("（a）、", "（b）、"),
    ] {
        let lines = format!("{one}总体要求/各村要抓好落实。/{two}重点任务/各村要抓好落实。");
        assert_eq!(sections(&lines), [format!("1 {one} 总体要求"), format!("2 {two} 重点任务")], "{one}");
    }
    for (one, two, prefix) in [
        ("第一部分：", "第二部分：", "p"),
        ("第一章、", "第二章、", "c"),
        ("第一章：", "第二章：", "c"),
        ("第一节．", "第二节．", "s"),
        ("第一编、", "第二编、", "b"),
        ("第一分编：", "第二分编：", "sb"),
    ] {
        let lines = format!("{one}总体要求/各村要抓好落实。/{two}重点任务/各村要抓好落实。");
        let found = [format!("{prefix}1 {one} 总体要求"), format!("{prefix}2 {two} 重点任务")];
        assert_eq!(sections(&lines), found, "{one}");
    }
}

#[test]
fn slips_of_scanners_and_typists_are_read() {
    for (lines, paths) in [
        ("一丶总则/正文。/二丶附则/正文。", ["1 一丶 总则", "2 二丶 附则"]),
        ("一､总则/正文。/二､附则/正文。", ["1 一､ 总则", "2 二､ 附则"]),
        ("ー、总则/正文。/二、附则/正文。", ["1 ー、 总则", "2 二、 附则"]),
        ("–、总则/正文。/二、附则/正文。", ["1 –、 总则", "2 二、 附则"]),
        ("（—）总则/正文。/（二）附则/正文。", ["1 （—） 总则", "2 （二） 附则"]),
        ("（ー）总则/正文。/（二）附则/正文。", ["1 （ー） 总则", "2 （二） 附则"]),
        ("⼀、总则/正文。/⼆、附则/正文。", ["1 ⼀、 总则", "2 ⼆、 附则"]),
        ("（⼀）总则/正文。/（⼆）附则/正文。", ["1 （⼀） 总则", "2 （⼆） 附则"]),
        ("一　总则/正文。/二　附则/正文。", ["1 一 总则", "2 二 附则"]),
        ("一 总则/正文。/二 附则/正文。", ["1 一 总则", "2 二 附则"]),
    ] {
        assert_eq!(sections(lines), paths, "{lines}");
    }
    for lines in [
        "一、总则/— 1 —/正文。/——摘自简报/二、附则/正文。",
        "一、总则/第二 季度增长较快。/二、附则/三 月底前完成。",
        "一、总则/一 季度增长/二 季度下降/二、附则/正文。",
    ] {
        assert_eq!(sections(lines), ["1 一、 总则", "2 二、 附则"], "{lines}");
    }
}

#[test]
fn further_families_number_sections_if_they_count() {
    for (lines, style, count) in [
        ("甲、本县情况/一、人口/正文。/乙、邻县情况/一、人口/正文。", Style::Stem, 2),
        ("壹、总体要求/正文。/贰、重点任务/正文。/叁、保障措施/正文。", Style::Cn, 3),
        ("Ⅰ、总体要求/正文。/Ⅱ、重点任务/正文。", Style::Roman, 2),
        ("I、总体要求/正文。/II、重点任务/正文。/III、保障措施/正文。/IV、附则/正文。", Style::Roman, 4),
        ("A.总体要求/正文。/B.重点任务/正文。", Style::Letter, 2),
        ("a、总体要求/正文。/b、重点任务/正文。", Style::Letter, 2),
        ("（a）总体要求/正文。/（b）重点任务/正文。", Style::LetterParen, 2),
        ("a）总体要求/正文。/b）重点任务/正文。", Style::LetterParen, 2),
        ("（i）总体要求/正文。/（ii）重点任务/正文。/（iii）保障措施/正文。", Style::RomanParen, 3),
        ("第一、总体要求/正文。/第二、重点任务/正文。", Style::Cn, 2),
    ] {
        let outline = outline(lines);
        assert_eq!(numbered(&outline).filter(|row| row.style == Some(style)).count(), count, "{lines}");
        assert!(numbered(&outline).all(|row| row.role == Role::Section), "{lines}");
    }
    // One of a family alone, or one that names things, numbers nothing.
    for lines in [
        "甲、乙双方应当履行合同。/甲方负责施工。",
        "A、B两类企业。/B类企业占多数。",
        "I级响应启动。/II级响应启动。",
        "A.总体要求/正文。",
        "第一、二产业平稳。/第三产业增长。",
        "U.S.标准。/V.S.标准。",
    ] {
        assert_eq!(sections(lines), [""; 0], "{lines}");
    }
    // Letters before whole paragraphs are items of the section around them.
    let outline = outline("1.材料如下：/a.身份证原件，验原件收复印件。/b.户口本原件，验原件收复印件。/2.时间");
    assert_eq!(numbered(&outline).count(), 2);
    assert_eq!(outline.sections[0].items.iter().map(|item| item.number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_line_that_refers_to_items_opens_none() {
    let head = "一、任务/（一）普法/开展宣讲。/（二）执法/规范文书。/二、分工";
    for line in [
        "（一）、（二）项所列事项由县级办理。",
        "（一）和（二）项由司法所承办。",
        "（二）至（四）项由派出所承办。",
        "（一）—（三）项由派出所承办。",
        "（一）项由司法所承办。",
        "（一）或者（二）项情形的，从其规定。",
        "①、②两种情形除外。",
        "第一章、第二章规定的程序同时适用。",
        "第二章规定的程序同时适用。",
        "第一章至第三章的规定同时适用。",
    ] {
        let lines = format!("{head}/{line}/三、时间/年底前。");
        let found = ["1 一、 任务", "1.1 （一） 普法", "1.2 （二） 执法", "2 二、 分工", "3 三、 时间"];
        assert_eq!(sections(&lines), found, "{line}");
    }
    let lines = "一、问题/（一）人手不足。人员偏少。/（二）至今未建台账。三村没有。/（三）项目缓慢。未开工。\
                 /（四）和谐村居不多。只有两个。/（五）与群众沟通少。走访不够。/二、打算";
    assert_eq!(sections(lines).len(), 7, "words that begin like a reference are words");
}

#[test]
fn numerals_of_every_kind_count() {
    for (lines, numbers) in [
        ("第一百九十九条 甲。/第两百条 乙。/第两百零一条 丙。", vec![199, 200, 201]),
        ("第一〇条 甲。/第一一条 乙。", vec![10]),
        ("第九条 甲。/第一〇条 乙。/第十一条 丙。", vec![9, 10, 11]),
        ("二十、甲。/廿一、乙。/廿二、丙。", vec![20, 21, 22]),
        ("二十九、甲。/卅、乙。", vec![29, 30]),
    ] {
        let outline = outline(lines);
        assert_eq!(numbered(&outline).filter_map(|row| row.number).collect::<Vec<_>>(), numbers, "{lines}");
    }
    for line in ["两、三个村组尚未通水。", "两百户群众受益。", "廿余户受益。"] {
        let lines = format!("一、情况/{line}/二、打算/继续。");
        assert_eq!(sections(&lines), ["1 一、 情况", "2 二、 打算"], "{line}");
    }
}

#[test]
fn a_number_before_a_date_is_an_item() {
    for line in ["1.8月18日至20日报名。", "1．2009年8月31日出生的。", "1.12月底前完成。"] {
        let lines = format!("一、时间/{line}/2.录取。/二、地点/县城。");
        assert_eq!(sections(&lines).len(), 4, "{line}");
    }
    for line in ["1.5亿元已拨付。", "2.8万户受益。", "2023.12月底前全部完成。", "1：500地形图完成。"]
    {
        let lines = format!("一、投入/{line}/二、覆盖/县城。");
        assert_eq!(sections(&lines).len(), 2, "{line}");
    }
}

#[test]
fn articles_are_articles_wherever_their_count_stands() {
    let flags = |lines: &str, path: &str| {
        let found = outline(lines).sections.into_iter().find(|row| row.path == path);
        found.map(|row| row.flags)
    };
    let excerpt =
        "第一条 为规范管理，制定本办法。/第二条 适用于全县。/第九条 申请人应当申请。/第二十条 自发布之日施行。";
    assert_eq!(flags(excerpt, "a9"), Some(vec![Flag::NumberSkipped]));
    assert_eq!(flags(excerpt, "a20"), Some(vec![Flag::NumberSkipped]));
    let back = "第七条 甲应当登记。/第八条 乙应当登记。/第三条 丙应当登记。";
    assert_eq!(flags(back, "a3"), Some(vec![Flag::NumberRestart]));
    let inserted = "第二十条 甲。/第二十条之一 乙。/第二十条之二 丙。/第二十一条 丁。";
    for path in ["a20", "a20-1", "a20-2", "a21"] {
        let first = if path == "a20" { vec![Flag::StartsMidway] } else { vec![] };
        assert_eq!(flags(inserted, path), Some(first), "{path}");
    }
    let referring = "第一条 为规范管理，制定本办法。/第二条 不予受理：/第九条规定的材料不齐的，应当补正。\
                     /第九条、第十条的情形同时出现的，从重。/第三条 自发布之日施行。";
    assert_eq!(sections(referring).len(), 3);
}

#[test]
fn heads_stand_over_articles_that_run_on() {
    let lines = "一、受理/第一条 下列纠纷应当受理：/（一）合同；/（二）侵权。/第二条 仲裁的，从其规定。/二、处理\
                 /第三条 违反法律的，无效。/第四条 按照下列情形处理：/（一）返还；/（二）被告。/三、附则/第五条 公布之日施行。";
    let paths: Vec<String> = outline(lines).sections.into_iter().map(|row| row.path).collect();
    let found = ["1", "1.a1", "1.a1.1", "1.a1.2", "1.a2", "2", "2.a3", "2.a4", "2.a4.1", "2.a4.2", "3", "3.a5"];
    assert_eq!(paths, found);
    // Items of an article that begin anew in each stay below it.
    let lines = "第六条 必须具备下列条件：/一.技术成熟；/二.水平领先；/第七条 下列成果不鉴定：/一.基础研究；/二.软件；";
    let paths: Vec<String> = outline(lines).sections.into_iter().map(|row| row.path).collect();
    assert_eq!(paths, ["a6", "a6.1", "a6.2", "a7", "a7.1", "a7.2"]);
}

#[test]
fn titles_of_chapters_may_end_in_rules() {
    let lines = "第一章 总则/第一节 一般规定/第一条 为了规范，制定本法。/第二节 特别规定（试行）/第二条 适用于全县。";
    let found = [
        "c1 第一章 总则",
        "c1.s1 第一节 一般规定",
        "c1.s1.a1 第一条 -",
        "c1.s2 第二节 特别规定（试行）",
        "c1.s2.a2 第二条 -",
    ];
    assert_eq!(sections(lines), found);
    let lines = "第二编 物权/第一分编 通则/第一章 一般规定/第一条 本编调整物权关系。/第二分编 所有权/第四章 一般规定/第二条 所有权人依法占有。";
    let paths: Vec<String> = outline(lines).sections.into_iter().map(|row| row.path).collect();
    assert_eq!(paths, ["b2", "b2.sb1", "b2.sb1.c1", "b2.sb1.c1.a1", "b2.sb2", "b2.sb2.c4", "b2.sb2.c4.a2"]);
}

#[test]
fn a_paragraph_of_headed_sections_is_cut() {
    let lines =
        "一、做法/（一）完善制度。修订制度三项。（二）强化培训。组织培训六期。（三）严格考核。通报两次考核。/二、打算";
    assert_eq!(sections(lines).len(), 5);
    for (lines, items) in [
        ("一、做法/（一）完善制度；（二）强化培训；（三）严格考核。/二、打算", 3),
        ("一、做法/抓好三件事：（一）完善制度；（二）强化培训。/二、打算", 2),
        ("一、做法/抓好三件事：①完善制度；②强化培训；③严格考核。/二、打算", 3),
        ("一、做法/按第三条第（一）项、第（二）项办理，见表1、表2。/二、打算", 0),
    ] {
        let outline = outline(lines);
        assert_eq!(outline.sections[0].items.len(), items, "{lines}");
        assert_eq!(numbered(&outline).filter(|row| row.level == 1).count(), 2, "{lines}");
    }
}

#[test]
fn a_dash_may_stand_between_a_number_and_its_title() {
    for (one, two) in [
        ("一-", "二-"),
        ("一—", "二—"),
        ("一 - ", "二 - "),
        ("1-", "2-"),
        ("1—", "2—"),
        ("1 – ", "2 – "),
        ("１－", "２－"),
    ] {
        let lines = format!("{one}总体要求/各村要抓好落实。/{two}重点任务/各村要抓好落实。");
        let found = [format!("1 {} 总体要求", one.trim_end()), format!("2 {} 重点任务", two.trim_end())];
        assert_eq!(sections(&lines), found, "{one}");
    }
    for lines in [
        "3—5月开展排查/六月整改。",
        "三—五月开展排查/六—八月整改",
        "一——总体要求/正文。/二——重点任务/正文。",
        "1-2号楼/3-4号楼",
        "1-个人申请，窗口受理。/2-窗口受理，三日办结。",
        "1-总体要求/正文。",
    ] {
        assert_eq!(sections(lines), [""; 0], "{lines}");
    }
}

#[test]
fn a_chapter_may_begin_behind_the_remark_on_its_adoption() {
    for head in [
        "（2020年3月1日县人大常委会通过）第一章 总则",
        "（2020年3月1日县人大常委会通过）　第一章　总则",
        "青石县绿化条例（2020年3月1日县人大常委会通过）第一章 总则",
        "青石县绿化条例（2020年3月1日通过 2021年5月1日修正）第一章 总则",
    ] {
        let lines = format!("{head}/第一条 为了绿化，制定本条例。/第二章 附则/第二条 自公布之日起施行。");
        let outline = outline(&lines);
        let paths: Vec<&str> = numbered(&outline).map(|row| row.path.as_str()).collect();
        assert_eq!(paths, ["c1", "c1.a1", "c2", "c2.a2"], "{head}");
        assert_eq!(outline.sections[0].marker, None, "{head}");
    }
    // Running text that cites a chapter is not cut.
    for line in ["本条例（2020年3月1日通过）第一章规定的程序从其规定。", "依照办法（2020年施行）第二章办理，不得延误。"]
    {
        assert_eq!(outline(line).sections.len(), 1, "{line}");
    }
}
