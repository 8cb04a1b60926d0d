//! What names annexes and what opens them: lists of annexes in every form, titles below a promulgation, lists below a signature.

use gongwen::model::{Block, Document, Outline, Role, Section};
use gongwen::structure;

fn outline(title: Option<&str>, lines: &str) -> Outline {
    let blocks = lines.split('/').map(Block::paragraph).collect();
    structure(&Document { title: title.map(str::to_owned), blocks, ..Document::default() })
}

/// Sections and annexes as `level marker heading`.
fn tree(outline: &Outline) -> Vec<String> {
    let numbered = |row: &&Section| matches!(row.role, Role::Section | Role::Annex);
    let row = |row: &Section| {
        let words = [row.marker.as_deref(), row.heading.as_deref()];
        format!("{} {}", row.level, words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    outline.sections.iter().filter(numbered).map(row).collect()
}

/// The lines of the annex note.
fn note(outline: &Outline) -> Option<usize> {
    let note = outline.sections.iter().find(|row| row.role == Role::AnnexNote)?;
    let text: String = outline.text.chars().skip(note.start).take(note.end - note.start).collect();
    Some(text.lines().count())
}

const SIGNED: &str = "青石县司法局/2024年1月5日";

#[test]
fn a_list_of_annexes_may_be_counted_in_any_way_or_not_at_all() {
    for (list, lines) in [
        ("附件：1.申报表/2.汇总表", 2),
        ("附件：1．申报表/2．汇总表", 2),
        ("附件：1、申报表/2、汇总表/3、承诺书", 3),
        ("附件：/（1）申报表/（2）汇总表", 3),
        ("附件：（1）申报表/（2）汇总表", 2),
        ("附件：/①申报表/②汇总表", 3),
        ("附件：①申报表/②汇总表", 2),
        ("附件：（一）申报表/（二）汇总表", 2),
        ("附件：一、申报表/二、汇总表", 2),
        ("附件：申报表/汇总表/承诺书", 3),
        ("附件：/申报表/汇总表", 3),
        ("附件：申报材料/1.申报表/2.汇总表", 3),
    ] {
        let found = outline(None, &format!("请于月底前报送材料。/{list}/{SIGNED}"));
        assert_eq!((note(&found), tree(&found)), (Some(lines), vec![]), "{list}");
        assert_eq!(found.issuers, ["青石县司法局"], "{list}");
    }
    // Below the signature likewise.
    for list in
        ["附件：/1．申报表/2．汇总表", "附件：申报材料/1.申报表/2.汇总表", "附件：1.申报表/2.汇总表/抄送：县委办公室。"]
    {
        let found = outline(None, &format!("请于月底前报送材料。/{SIGNED}/{list}"));
        assert!(note(&found).is_some() && tree(&found).is_empty(), "{list}");
    }
}

#[test]
fn an_annex_with_its_title_behind_the_mark_is_one_where_its_text_begins() {
    let found = outline(None, &format!("请报送材料。/{SIGNED}/附件：申报材料清单/1.申报表（一式三份）；/2.汇总表。"));
    assert_eq!(tree(&found), ["1 附件： 申报材料清单", "2 1.", "2 2."]);
    let found = outline(None, &format!("请报送材料。/{SIGNED}/附：工作专班名单/组　长：李明/副组长：王强"));
    assert_eq!((note(&found), tree(&found)), (None, vec!["1 附： 工作专班名单".to_owned()]));
    // Nobody signed the letter, and each annex is numbered in its own way.
    let lines = "现将有关事项通知如下：/一、对象/全县。/二、时间/3月。/附件1：普查方案/一、目的/摸清底数。/二、方法/（一）入户/逐户登记。\
                 /附件2：普查细则/第一条 为了做好普查，制定本细则。/附件3：普查问答/1.什么是普查？/普查是全面调查。";
    let found = [
        "1 一、 对象",
        "1 二、 时间",
        "1 附件1： 普查方案",
        "2 一、 目的",
        "2 二、 方法",
        "3 （一） 入户",
        "1 附件2： 普查细则",
        "2 第一条",
        "1 附件3： 普查问答",
        "2 1. 什么是普查？",
    ];
    assert_eq!(tree(&outline(None, lines)), found);
}

#[test]
fn a_name_of_an_annex_is_none_where_the_text_goes_on() {
    for lines in [
        "一、材料/填写申报表。/附件：申报表/二、时间/月底前。",
        "一、材料/填写申报表。/附件1：申报表/附件2：汇总表/二、时间/月底前。",
    ] {
        assert_eq!(tree(&outline(None, lines)), ["1 一、 材料", "1 二、 时间"], "{lines}");
    }
    // The head of a page that is an annex.
    let found = outline(None, "附件1/青石县工作方案/青石县司法局/2024年1月5日/一、目标/清零。/二、步骤/排查。");
    assert_eq!(note(&found), None);
}

#[test]
fn the_title_of_an_annex_runs_over_three_lines_and_a_remark() {
    for lines in [
        "青石镇2024年度/法治政府建设工作要点/（征求意见稿）",
        "青石镇2024年度/法治政府建设/工作要点/（征求意见稿）",
        "附件/青石镇2024年度/法治政府建设/工作要点/（征求意见稿）",
        "附件：/青石镇2024年度/法治政府建设工作要点（征求意见稿）",
    ] {
        let found = outline(
            None,
            &format!("现公开征求意见。/{SIGNED}/{lines}/一、强化学习/组织学习。/二、强化执法/规范执法。"),
        );
        let title = "青石镇2024年度法治政府建设工作要点（征求意见稿）";
        let annex = found.sections.iter().find(|row| row.role == Role::Annex);
        assert_eq!(annex.and_then(|row| row.heading.as_deref()), Some(title), "{lines}");
        assert_eq!(found.sections.last().map(|row| row.level), Some(2), "{lines}");
    }
}

#[test]
fn what_a_letter_makes_known_is_an_annex_though_nobody_signed() {
    let title = "青石县养犬管理办法";
    let rest = "第一章 总则/第一条 为了规范养犬，制定本办法。/第二章 附则/第二条 自公布之日起施行。";
    for letter in [
        "《青石县养犬管理办法》已经县政府同意，现予公布。",
        "《青石县养犬管理办法》已经县政府同意，现予公布。/2010年3月5日",
        "《青石县养犬管理办法》已经县政府同意，现予公布。/二〇一〇年三月五日/县长 李明",
        "《青石县养犬办法》已经县政府同意，现予发布，自5月1日起施行。",
        "各乡镇人民政府：/现将《青石县养犬管理办法》印发给你们，请遵照执行。",
        "各乡镇人民政府：/现将《青石县养犬管理办法》印发给你们，请遵照执行/青石县人民政府/2010年3月5日",
        "各乡镇人民政府：/养犬办法已经县政府同意，现转发给你们。/特此通知。",
    ] {
        for page in [title, "青石县人民政府令第3号"] {
            let found = outline(Some(page), &format!("{letter}/{title}/{rest}"));
            let expected = ["1 青石县养犬管理办法", "2 第一章 总则", "3 第一条", "2 第二章 附则", "3 第二条"];
            assert_eq!(tree(&found), expected, "{page} {letter}");
        }
    }
}

#[test]
fn a_title_that_a_page_prints_again_is_no_annex_where_nothing_was_made_known() {
    let title = "青石县养犬管理办法";
    let rest = "第一章 总则/第一条 为了规范养犬，制定本办法。/第二章 附则/第二条 自公布之日起施行。";
    for head in ["青石县养犬管理办法/青石县公安局/2010年3月", "为方便查阅，本站收录全文。", "青石县养犬管理办法"]
    {
        let found = outline(Some(title), &format!("{head}/{title}/{rest}"));
        assert_eq!(tree(&found), ["1 第一章 总则", "2 第一条", "1 第二章 附则", "2 第二条"], "{head}");
    }
    // Pieces of a title that is broken over many lines open nothing.
    let lines = "《决定》已经通过，现予公布。/2023年9月20日/青石市人民政府/关于修改《青石市/个人住房管理办法》和/《青石市住房登记/实施细则》的决定\
                 /市政府决定作如下修改：/一、对办法作出修改/修改第一条。/二、对细则作出修改/修改第二条。";
    assert_eq!(tree(&outline(None, lines)), ["1 一、 对办法作出修改", "1 二、 对细则作出修改"]);
}

#[test]
fn a_list_below_the_signature_is_of_no_section_above_it() {
    let letter = "一、会议时间/3月5日。/二、会议地点/县政府礼堂。";
    for (list, one) in [
        ("参会人员：/1.李明，县财政局/2.王强，县审计局", "1."),
        ("名单/（1）李明，县财政局/（2）王强，县审计局", "（1）"),
        ("以下人员参会：/①李明，县财政局/②王强，县审计局", "①"),
    ] {
        let found = outline(None, &format!("{letter}/{SIGNED}/{list}"));
        let at = found.sections.iter().position(|row| row.marker.as_deref() == Some(one)).unwrap();
        let parent = found.sections[at].parent.map(|parent| found.sections[parent].role);
        assert_ne!(parent, Some(Role::Section), "{list}");
    }
    // Where the count goes on, the day was none of a signature that ends the text.
    let found = outline(None, &format!("{letter}/{SIGNED}/三、联系方式/1.电话/1234567/2.传真/7654321"));
    assert_eq!(tree(&found)[2..], ["1 三、 联系方式", "2 1. 电话", "2 2. 传真"]);
}

/// The letter that issues a document, what stands between, and the title of the document.
const ISSUED: &str = "各乡镇人民政府：/现将《青石县养犬管理办法》印发给你们，请遵照执行。";
const RULES: &str = "第一章 总则/第一条 为了规范养犬，制定本办法。/第二章 附则/第二条 自公布之日起施行。";

#[test]
fn a_remark_behind_a_title_and_marks_around_it_leave_it_the_name_that_the_letter_quotes() {
    for title in [
        "青石县养犬管理办法（试行）",
        "青石县养犬管理办法/（试行）",
        "青石县养犬管理办法/（2023年修订）",
        "青石县/养犬管理办法/（试行）",
        "《青石县养犬管理办法》",
    ] {
        for signed in ["", "2024年1月5日/", "青石县公安局/"] {
            for page in ["青石县养犬管理办法", "关于印发《青石县养犬管理办法》的通知"] {
                let found = tree(&outline(Some(page), &format!("{ISSUED}/{signed}{title}/{RULES}")));
                let levels: Vec<&str> = found.iter().filter_map(|row| row.split(' ').next()).collect();
                assert_eq!(levels, ["1", "2", "3", "2", "3"], "{page} {signed} {title}");
            }
        }
    }
}

#[test]
fn who_signs_a_letter_without_a_day_is_known_by_the_title_below() {
    let title = "青石县养犬管理办法";
    for letter in ["现将养犬管理办法印发给你们，请遵照执行。", "我局对养犬管理办法进行了修订，现重新公布。"]
    {
        let found = outline(Some(title), &format!("{letter}/青石县公安局/{title}/{RULES}"));
        assert_eq!(tree(&found)[..2], ["1 青石县养犬管理办法", "2 第一章 总则"], "{letter}");
        assert_eq!(found.issuers, ["青石县公安局"], "{letter}");
    }
    // A body above a heading signs nothing where nothing was made known.
    let found = outline(Some(title), &format!("请到窗口办理。/青石县公安局/养犬登记指南/{RULES}"));
    assert!(!found.sections.iter().any(|row| row.role == Role::Signature), "{:?}", tree(&found));
}

#[test]
fn points_of_the_letter_stand_between_the_name_and_the_document() {
    let title = "青石县养犬管理办法";
    let letter = "现将《青石县养犬管理办法》印发给你们，并通知如下：/一、加强宣传/做好解读。/二、抓好落实/制定细则。";
    let found = outline(Some(title), &format!("{letter}/{title}/{RULES}"));
    assert_eq!(tree(&found)[..4], ["1 一、 加强宣传", "1 二、 抓好落实", "1 青石县养犬管理办法", "2 第一章 总则"]);
}

#[test]
fn a_head_of_many_lines_opens_no_document() {
    let page = "青石县人民政府关于印发青石县养犬管理办法的通知";
    for head in [
        "青石县人民政府文件/青政〔2023〕3号/青石县养犬管理办法/目录/第一章 总则/第二章 附则",
        "青石县人民政府文件/青政〔2023〕3号/青石县养犬/管理办法",
        "青石县人民政府/文件/青政〔2023〕3号/青石县养犬/管理办法（试行）",
    ] {
        let found = outline(Some(page), &format!("{head}/{RULES}"));
        assert_eq!(tree(&found), ["1 第一章 总则", "2 第一条", "1 第二章 附则", "2 第二条"], "{head}");
    }
}

#[test]
fn an_annex_with_its_title_behind_the_mark_may_count_in_decimals() {
    let rest = "1 总则/1.1 目的/为规范管理，制定本规程。/1.2 范围/适用于全县。/2 附则/2.1 解释/由县公安局解释。";
    let found = outline(None, &format!("请遵照执行。/{SIGNED}/附件：青石县养犬管理规程/{rest}"));
    assert_eq!(tree(&found)[..3], ["1 附件： 青石县养犬管理规程", "2 1 总则", "3 1.1 目的"]);
}

#[test]
fn a_letter_that_issues_a_document_is_signed_in_any_form() {
    let letter = "《青石县养犬管理办法》已经县政府同意，现予公布，自5月1日起施行。";
    for signed in [
        "县长　李明",
        "县长李明/2024年1月5日",
        "县长　李明　　2024年1月5日",
        "2024年1月5日/县长　李明",
        "青石县公安局/二○○八年一月五日/主题词：养犬　办法　通知",
        "养犬治理专班/2024年1月5日",
    ] {
        for title in ["青石县养犬管理办法", "青石县/养犬/登记/管理办法", "养犬管理细则"] {
            let found = outline(Some("青石县养犬管理办法"), &format!("{letter}/{signed}/{title}/{RULES}"));
            let rows = tree(&found);
            let levels: Vec<&str> = rows.iter().filter_map(|row| row.split(' ').next()).collect();
            assert_eq!(levels, ["1", "2", "3", "2", "3"], "{signed} {title} {rows:?}");
        }
    }
    // A short line and a day inside of a text sign nothing where nothing was made known.
    let lines = "一、时间/报名时间安排如下。/第一阶段/2024年1月5日/报名须知和办法/二、地点/县政府。";
    assert_eq!(tree(&outline(None, lines)), ["1 一、 时间", "1 二、 地点"]);
}

#[test]
fn the_name_of_a_part_may_be_the_word_annex() {
    let lines = "第一部分/概况/一、职责/管理档案。/第二部分/附件/收支总表见下。";
    assert_eq!(tree(&outline(None, lines)), ["1 第一部分 概况", "2 一、 职责", "1 第二部分 附件"]);
}

#[test]
fn a_title_that_is_glued_to_its_mark_opens_the_annex() {
    for mark in ["附件1", "附件一", "附件（1）", "附件1——", "附件1-1", "附表1"] {
        let letter = "各村：/现将有关办法印发给你们，请遵照执行。";
        let annex = "第一章 总则/第一条 为加强养护，制定本办法。/第二条 本办法自印发之日起施行。";
        let found = tree(&outline(None, &format!("{letter}/{SIGNED}/{mark}青石县公路养护办法/{annex}")));
        assert_eq!(found.len(), 4, "{mark} {found:?}");
        assert!(found[0].starts_with("1 附") && found[0].ends_with("青石县公路养护办法"), "{found:?}");
        assert!(found[1].starts_with("2 第一章") && found[2].starts_with("3 第一条"), "{found:?}");
    }
}

#[test]
fn sentences_and_lists_that_begin_with_a_mark_open_none() {
    for line in ["附件1所列单位应当执行本办法", "附件1中的各项标准，由县财政局制定方案", "附件2和附件3为工作方案"]
    {
        let found =
            tree(&outline(None, &format!("各村：/现就有关事项通知如下：/一、{line}/二、抓好落实。/{line}/{SIGNED}")));
        assert!(!found.iter().any(|row| row.contains("附件") && row.starts_with("1 附件")), "{found:?}");
    }
    let list = "各村：/一、抓好养护。/二、抓好巡查。/附件1养护工作方案/附件2巡查任务清单/附件3养护人员名单";
    let found = outline(None, &format!("{list}/{SIGNED}"));
    assert_eq!((tree(&found).len(), note(&found)), (2, Some(3)), "{:?}", tree(&found));
    let found =
        outline(None, &format!("各村：/一、抓好养护。/二、抓好巡查。/{SIGNED}/附件1养护工作方案/附件2巡查任务清单"));
    assert_eq!((tree(&found).len(), note(&found)), (2, None), "{:?}", tree(&found));
}
