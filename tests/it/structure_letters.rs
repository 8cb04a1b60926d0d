//! Letters and what they carry: who signs, for whom, and the documents that stand below their signature.

use gongwen::model::{Block, Document, Outline, Role, Section};
use gongwen::structure;

fn outline(title: &str, lines: &str) -> Outline {
    let title = (!title.is_empty()).then(|| title.to_owned());
    structure(&Document { title, blocks: lines.split('/').map(Block::paragraph).collect(), ..Document::default() })
}

/// Annexes and sections as `level path heading`.
fn openers(outline: &Outline) -> Vec<String> {
    let row = |row: &Section| format!("{} {} {}", row.level, row.path, row.heading.as_deref().unwrap_or("-"));
    let numbered = |row: &&Section| matches!(row.role, Role::Section | Role::Annex);
    outline.sections.iter().filter(numbered).map(row).collect()
}

const RULES: &str = "第一条 为规范管理，制定本办法。/第二条 本办法自2023年4月1日起施行。";

#[test]
fn what_a_decree_makes_known_is_attached_to_it() {
    for letter in [
        "云溪县人民政府令第12号/《云溪县养路办法》已经通过，现予公布。/县长 李明/2023年3月1日",
        "《云溪县养路办法》已经通过，现予公布。/县　　长/2023年3月1日/（此件公开发布）",
        "云建规〔2023〕5号/各有关单位：/现将《云溪县养路办法》印发给你们。/云溪县住房和城乡建设局/2023年3月1日",
        "公告/《云溪县养路办法》已由县人大常委会通过，现予公布。/云溪县人民代表大会常务委员会/2023年3月1日",
    ] {
        let found = ["1 x1 云溪县养路办法", "2 x1.a1 -", "2 x1.a2 -"];
        for title in ["云溪县养路办法", "云溪县人民政府关于公布养路办法的决定"] {
            let outline = outline(title, &format!("{letter}/云溪县养路办法/{RULES}"));
            assert_eq!(openers(&outline), found, "{title}: {letter}");
        }
    }
}

#[test]
fn a_title_that_is_repeated_below_a_cover_attaches_nothing() {
    for head in ["云溪县养路办法/（2023年3月1日县政府会议通过）", "云溪县养路办法/目录/第一条/第二条/云溪县养路办法"]
    {
        let outline = outline("云溪县养路办法", &format!("{head}/{RULES}"));
        assert_eq!(openers(&outline), ["1 a1 -", "1 a2 -"], "{head}");
    }
}

#[test]
fn titles_of_attached_documents_run_over_up_to_three_lines() {
    let letter = "各乡镇：/现将方案印发给你们，请认真执行。/云溪县人民政府/2023年3月1日";
    for (title, heading) in [
        ("云溪县养路方案", "云溪县养路方案"),
        ("云溪县乡村道路养护/实施方案", "云溪县乡村道路养护实施方案"),
        ("云溪县人民政府/关于乡村道路养护的/实施意见", "云溪县人民政府关于乡村道路养护的实施意见"),
        ("云溪县养路细则/（试行）", "云溪县养路细则（试行）"),
    ] {
        let outline = outline(
            "云溪县人民政府关于做好养路工作的通知",
            &format!("{letter}/{title}/一、目标/正文。/二、任务/正文。"),
        );
        let found = [format!("1 x1 {heading}"), "2 x1.1 目标".to_owned(), "2 x1.2 任务".to_owned()];
        assert_eq!(openers(&outline), found, "{title}");
    }
}

#[test]
fn annexes_stand_side_by_side() {
    let lines = "各乡镇：/现将办法印发给你们。/云溪县人民政府/2023年3月1日/云溪县养路办法\
                 /第一条 为规范管理，制定本办法。/附件1/养路标准/一、路面/正文。/附件2/养路台账/一、登记/正文。";
    let found =
        ["1 x1 云溪县养路办法", "2 x1.a1 -", "1 x1~2 养路标准", "2 x1~2.1 路面", "1 x2 养路台账", "2 x2.1 登记"];
    assert_eq!(openers(&outline("关于印发养路办法的通知", lines)), found);
    // Of an annex that is a picture nothing is left but its mark.
    let lines = "编制本指南。/一、范围/正文。/附件：/1.申请表.doc/2.流程图.docx/附件1/附件2";
    let outline = outline("", lines);
    assert_eq!(openers(&outline), ["1 1 范围", "1 x1 -", "1 x2 -"]);
}

#[test]
fn every_body_of_a_signature_is_named_whole() {
    for (signature, issuers) in [
        ("云溪县文物局", vec!["云溪县文物局"]),
        ("云溪县文物局、古城管理委员会", vec!["云溪县文物局", "古城管理委员会"]),
        ("云溪县文物局　云溪县财政局", vec!["云溪县文物局", "云溪县财政局"]),
        ("云溪县文物局/云溪县财政局", vec!["云溪县文物局", "云溪县财政局"]),
        ("云溪县2023年公开招聘医生/领导小组办公室", vec!["云溪县2023年公开招聘医生领导小组办公室"]),
        ("云溪县推进法治政府建设/工作领导小组", vec!["云溪县推进法治政府建设工作领导小组"]),
        ("（云溪县统计局）", vec!["云溪县统计局"]),
    ] {
        let outline = outline("", &format!("一、请按时参加。/二、未到的视为放弃。/{signature}/2023年3月10日"));
        assert_eq!(outline.issuers, issuers, "{signature}");
        assert_eq!(outline.sections.iter().filter(|row| row.role == Role::Signature).count(), 1, "{signature}");
        assert_eq!(outline.sections[1].end - outline.sections[1].start, "二、未到的视为放弃。".chars().count());
    }
    let outline = outline("", "请逐座巡查。/情况报市文物局、市水利局、市交通运输局。/青石市文物局/2023年6月30日");
    assert_eq!(outline.issuers, ["青石市文物局"]);
}

#[test]
fn a_day_may_stand_at_the_top() {
    for (head, signatures) in [("（2023年1月17日）", 0), ("云溪县统计局/2023年5月", 1), ("2023年6月24日", 0)]
    {
        let outline =
            outline("云溪县2022年统计公报", &format!("云溪县2022年统计公报/{head}/2022年平稳。/一、综合/正文。"));
        let count = |role: Role| outline.sections.iter().filter(|row| row.role == role).count();
        assert_eq!((count(Role::Date), count(Role::Signature)), (1, signatures), "{head}");
    }
}

#[test]
fn copies_go_to_lists_of_bodies_on_several_lines() {
    let lines = "正文已经结束。/云溪县人民政府/2023年3月1日/抄送：县委各部门，云溪警备区。\
                 /县人大办公室，县政协办公室，/县检察院。/各民主党派县委。/云溪县人民政府办公室　2023年3月2日印发";
    let outline = outline("", lines);
    let copies = outline.sections.iter().find(|row| row.role == Role::Cc).unwrap();
    let text: String = outline.text.chars().skip(copies.start).take(copies.end - copies.start).collect();
    assert!(text.ends_with("各民主党派县委。"), "{text}");
    assert!(outline.printed.is_some());
}

#[test]
fn the_title_below_the_mark_that_names_it_is_no_second_annex() {
    for title in ["云溪县养路办法", "云溪县/养路办法"] {
        let lines = format!(
            "各乡镇：/现将《云溪县养路办法》印发给你们。/云溪县人民政府/2023年3月1日/附件：云溪县养路办法/{title}/{RULES}"
        );
        let found = ["1 x1 云溪县养路办法", "2 x1.a1 -", "2 x1.a2 -"];
        assert_eq!(openers(&outline("关于印发养路办法的通知", &lines)), found, "{title}");
    }
}

#[test]
fn the_mark_of_an_annex_has_many_spellings() {
    let letter = "各乡镇：/现将有关材料印发给你们，请认真执行。/云溪县人民政府/2023年3月1日";
    for (one, two) in [
        ("附件：1", "附件：2"),
        ("（附件一）", "（附件二）"),
        ("【附件1】", "【附件2】"),
        ("〔附件1〕", "〔附件2〕"),
        ("附1", "附2"),
    ] {
        let outline =
            outline("关于做好养路工作的通知", &format!("{letter}/{one}/养路方案/{RULES}/{two}/养路细则/{RULES}"));
        let found = ["1 x1 养路方案", "2 x1.a1 -", "2 x1.a2 -", "1 x2 养路细则", "2 x2.a1 -", "2 x2.a2 -"];
        assert_eq!(openers(&outline), found, "{one}");
    }
    let text =
        outline("关于做好养路工作的通知", "一、任务/（附件另行下发）/附1万元的，按附2办理。/二、要求/认真落实。");
    assert!(text.sections.iter().all(|row| row.role != Role::Annex));
}
