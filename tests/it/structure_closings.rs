//! What stands around a signature: seals, remarks below the day, signers below the day; and labels that name no reader.

use gongwen::model::{Block, Document, Outline, Role};
use gongwen::structure;

fn outline(lines: &str) -> Outline {
    structure(&Document { blocks: lines.split('/').map(Block::paragraph).collect(), ..Document::default() })
}

/// The roles of the rows in order, body and preamble aside.
fn roles(outline: &Outline) -> Vec<Role> {
    let plain = |role: &Role| !matches!(role, Role::Body | Role::Preamble);
    outline.sections.iter().map(|row| row.role).filter(plain).collect()
}

const SEALS: [&str; 8] =
    ["（印章）", "（盖章）", "(公章)", "（加盖公章）", "（行政机关印章）", "【公章】", "（签章）", "（此处盖章）"];

#[test]
fn the_place_of_a_seal_is_a_remark_and_opens_nothing() {
    use Role::{Date, Remark, Signature};
    for seal in SEALS {
        let signed = "当事人违反了规定，决定罚款5000元。/云溪县市场监督管理局";
        let copies = "本文书一式三份，一份送达，一份归档。";
        let below = outline(&format!("{signed}/2023年4月1日/{seal}/{copies}"));
        assert_eq!(roles(&below), [Signature, Date, Remark, Remark], "{seal}");
        let last = outline(&format!("{signed}/2023年4月1日/{seal}"));
        assert_eq!(roles(&last), [Signature, Date, Remark], "{seal}");
        let between = outline(&format!("{signed}/{seal}/2023年4月1日"));
        assert_eq!(roles(&between), [Signature, Remark, Date], "{seal}");
        let behind = outline(&format!("{signed}{seal}/2023年4月1日/{copies}"));
        assert_eq!(roles(&behind), [Signature, Date, Remark], "{seal}");
        for outline in [below, last, between] {
            assert_eq!(outline.issuers, ["云溪县市场监督管理局"], "{seal}");
            assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), Some("2023-04-01"), "{seal}");
        }
    }
}

#[test]
fn how_many_copies_are_made_is_no_title() {
    for copies in ["本决定书一式两份", "本文书一式叁份，送达一份，归档两份", "一式三联", "本表一式2份，县、镇各存1份。"]
    {
        let lines = format!("决定罚款5000元。/云溪县水务局/2023年4月1日/{copies}/逾期不缴的，加处罚款。");
        assert_eq!(roles(&outline(&lines)), [Role::Signature, Role::Date, Role::Remark], "{copies}");
    }
}

#[test]
fn a_document_below_the_day_or_the_seal_is_an_annex() {
    for seal in ["", "/（公章）"] {
        for title in ["云溪县养路办法", "养路工作（试点）", "云溪县印章管理办法", "印章管理（公章）要求"]
        {
            let lines = format!(
                "各乡镇：/现将有关要求印发给你们，请执行。/云溪县交通局/2023年4月1日{seal}/{title}/一、目标/正文。/二、任务/正文。"
            );
            let outline = outline(&lines);
            let annex = outline.sections.iter().find(|row| row.role == Role::Annex);
            assert_eq!(annex.and_then(|row| row.heading.as_deref()), Some(title), "{seal} {title}");
        }
    }
}

#[test]
fn who_signs_below_the_day_signs() {
    for (lines, issuers) in [
        ("请提前储水，敬请谅解。/2023年5月6日/云溪县自来水公司", vec!["云溪县自来水公司"]),
        ("请提前储水，敬请谅解！/2023年5月6日/云溪县自来水公司", vec!["云溪县自来水公司"]),
        ("请提前储水。/特此公告。/2023年5月6日/云溪县水务局", vec!["云溪县水务局"]),
        ("请提前储水。/二〇二三年五月六日/云溪县水务局/云溪县财政局", vec!["云溪县水务局", "云溪县财政局"]),
        ("请提前储水。/2023年5月6日/云溪县水务局（公章）", vec!["云溪县水务局"]),
        ("请提前储水。/2023年5月6日/云溪县水务局/（此件公开发布）", vec!["云溪县水务局"]),
        ("请提前储水。/2023年5月6日/云溪县水务局/附件：停水安排表", vec!["云溪县水务局"]),
        ("一、请提前储水。/二、不要外出。/2023年5月6日/云溪县水务局", vec!["云溪县水务局"]),
    ] {
        let outline = outline(lines);
        assert_eq!(outline.issuers, issuers, "{lines}");
        assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), Some("2023-05-06"), "{lines}");
        assert!(roles(&outline).contains(&Role::Signature), "{lines}");
    }
}

#[test]
fn a_body_below_a_day_that_ends_nothing_does_not_sign() {
    for lines in [
        // The title of what follows, and a body in its head.
        "请认真执行。/2023年5月6日/云溪县水务局/云溪县停水方案/一、目标/正文。/二、任务/正文。",
        "活动安排如下：/2023年5月6日/云溪县水务局",
        "讲座时间/2023年5月6日/云溪县水务局",
    ] {
        assert_eq!(outline(lines).issuers, [""; 0], "{lines}");
    }
    // Where the name stands above the day, what stands below it does not sign.
    let found = outline("请提前储水。/云溪县水务局/2023年5月6日/云溪县自来水公司");
    assert_eq!(found.issuers, ["云溪县水务局"]);
}

#[test]
fn a_label_of_a_party_is_no_reader() {
    for label in [
        "咨询人",
        "来信人",
        "申请人",
        "当事人",
        "被申请人",
        "法定代表人",
        "答复单位",
        "受理部门",
        "建设单位",
        "咨询 人",
    ] {
        for colon in ['：', ':'] {
            let found = outline(&format!("{label}{colon}/王某/请问需要哪些材料？/您好，材料齐全的，三日内办结。"));
            assert_eq!((found.addressees.len(), roles(&found)), (0, vec![]), "{label}{colon}");
        }
    }
    for reader in
        ["各申请人", "各建设单位", "全体当事人", "县直各单位", "各责任单位、各受理部门", "云溪县财政局", "同志们"]
    {
        let found = outline(&format!("{reader}：/现将有关事项通知如下。/一、范围/正文。"));
        assert!(!found.addressees.is_empty(), "{reader}");
    }
}

#[test]
fn an_imprint_may_stand_on_two_lines() {
    use Role::{Cc, Copies, Date, Imprint, Signature};
    let signed = "工作平稳。/青石镇人民政府/2024年3月1日";
    for (lines, copied) in [
        ("抄送：县委办公室，县人大办公室。/青石镇党政办公室/2024年3月1日印发", 2),
        ("抄送：县委办公室，县人大办公室，/县监委，县法院。/青石镇党政办公室/2024年3月1日印发", 4),
        ("抄送：县委办公室。/青石镇党政办公室/二〇二四年三月一日印", 1),
        ("报：县委、县政府/送：县人大、县政协/青石镇党政办公室 2024年3月1日印发", 4),
        ("报：县委/送：县人大/发：各村。/青石镇党政办公室/2024年3月1日印制", 3),
        ("主送：县委/抄送：县人大/青石镇党政办公室　2024年3月1日印发", 2),
    ] {
        let found = outline(&format!("{signed}/{lines}/（共印20份）"));
        assert_eq!(roles(&found), [Signature, Date, Cc, Imprint, Copies], "{lines}");
        assert_eq!(found.cc.len(), copied, "{lines}: {:?}", found.cc);
        assert!(found.cc.iter().all(|name| !name.contains('：') && !name.contains("党政办公室")), "{lines}");
        assert_eq!(found.printed.map(|day| day.to_string()).as_deref(), Some("2024-03-01"), "{lines}");
    }
    // Where nothing ends the list, it goes on; a body above a whole imprint is one of those who get a copy.
    for last in ["青石镇党政办公室2024年3月1日印发", "2024年3月1日印发"] {
        let found = outline(&format!("工作平稳。/抄送：县委办公室/县人大办公室/{last}"));
        assert_eq!((roles(&found), found.cc.len()), (vec![Cc, Imprint], 2), "{last}");
    }
}
