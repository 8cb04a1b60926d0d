//! Lists that begin again, decimals with a mark behind them, and attached documents that number themselves in other ways.

use crate::structure_genres::{outline, rows};

#[track_caller]
fn reads(text: &str, expected: &[&str]) {
    assert_eq!(rows(&outline("云溪县司法局2022年度工作总结", text)), expected.join("\n"), "{text}");
}

#[test]
fn a_list_that_begins_again_behind_text_stands_beside_the_first() {
    for between in ["下一步工作打算", "2023年工作计划", "工作情况说明", "针对上述问题，下一步将采取以下措施："]
    {
        reads(
            &format!(
                "一、强化政治建设\n深入学习贯彻上级精神。\n二、强化依法行政\n规范执法行为，提升执法水平。\n{between}\n\
                 一、加强学习\n组织开展业务培训。\n二、狠抓落实\n压实各级工作责任。"
            ),
            &["1 强化政治建设", "2 强化依法行政", "1~2 加强学习", "2~2 狠抓落实"],
        );
    }
    // One that the outer list goes on behind, or that follows its heading at once, stays inside.
    reads(
        "一、强化政治建设\n深入学习。具体如下：\n一、抓学习\n组织培训。\n二、抓落实\n压实责任。\n二、强化依法行政\n规范执法行为。",
        &["1 强化政治建设", "1.1 抓学习", "1.2 抓落实", "2 强化依法行政"],
    );
}

#[test]
fn a_decimal_may_have_a_mark_behind_it() {
    for mark in ["、", ".", "：", "."] {
        reads(
            &format!(
                "1、总体要求\n1.1{mark}质量要求\n承包人应当按照规范施工，确保质量合格。\n1.2{mark}工期要求\n承包人应当按期完工。\n\
                 2、验收要求\n2.1{mark}承包人完工后应当及时提交验收申请并附全部资料。\n2.2{mark}发包人应当在收到之日起十五日内组织验收。"
            ),
            &["1 总体要求", "1.1 质量要求", "1.2 工期要求", "2 验收要求", "2.1 …", "2.2 …"],
        );
    }
    reads("5.完成征收任务。\n6.2020年全县收入增长5.2%，税收增长1.5、2.5个百分点。", &["5 …", "6 …"]);
}

#[test]
fn the_last_of_whole_paragraphs_has_no_heading_though_the_text_goes_on() {
    for (first, second, third) in [("（一）", "（二）", "（三）"), ("1.", "2.", "3."), ("①", "②", "③")] {
        let text = format!(
            "一、存在问题\n{first}部分干部法治意识不强，学习不够深入。\n{second}执法力量相对薄弱，人员流动性大。\n\
             {third}经费保障不足，装备有待更新。\n针对上述问题，我们将在今后工作中认真加以解决。\n二、下一步打算\n扎实工作。"
        );
        reads(&text, &["1 存在问题", "1.1 …", "1.2 …", "1.3 …", "2 下一步打算"]);
    }
    // With sections below it, it is the heading of these.
    reads(
        "一、优惠政策\n1.凡是刚性需求的个人，在展会政策期间购房的，均可以按照规定申请领取消费券。\n2.消费券领取、使用范围及有效期。\n\
         ①购房人根据需要选择平台领取消费券，并在平台上完成登记手续。\n②经审核合格后，消费券以电子券包形式推送。",
        &["1 优惠政策", "1.1 …", "1.2 消费券领取、使用范围及有效期", "1.2.1 …", "1.2.2 …"],
    );
}

#[test]
fn attached_documents_are_counted_in_many_ways() {
    for (first, second) in [
        ("附1：", "附2："),
        ("附件（一）", "附件（二）"),
        ("附件A", "附件B"),
        ("附录A", "附录B"),
        ("附件1—1", "附件2—1"),
        ("附件1（样式）", "附件2（样式）"),
        ("附件之一", "附件之二"),
        ("附件①", "附件②"),
        ("附一", "附二"),
        ("附1", "附2"),
        ("附件1", "附件2"),
        ("【附件1】", "【附件2】"),
    ] {
        reads(
            &format!(
                "各乡镇人民政府：\n现就有关事项通知如下：\n一、工作目标\n完成年度目标任务。\n云溪县人民政府办公室\n2023年11月8日\n\
                 {first}\n云溪县火灾防控工作方案\n为做好相关工作，制定本方案。\n一、工作任务\n全面排查隐患。\n\
                 {second}\n云溪县联络员名单\n序号|姓名\n1|张三"
            ),
            &[
                "addressee",
                "preamble",
                "1 工作目标",
                "sig",
                "date",
                "x1 云溪县火灾防控工作方案",
                "x1.1 工作任务",
                "x2 云溪县联络员名单",
                "x2.table",
            ],
        );
    }
}

#[test]
fn a_name_above_those_whom_a_speech_addresses_takes_nothing_away() {
    for speaker in ["周立新", "李　明", "县长　周立新"] {
        let text =
            format!("{speaker}\n同志们：\n今天我们召开会议，主要任务是部署工作。\n一、提高认识\n今年以来，形势平稳。");
        let outline = outline("在全县安全生产工作会议上的讲话", &text);
        assert!(rows(&outline).contains("addressee"), "{speaker}: {}", rows(&outline));
    }
}

#[test]
fn what_an_announcement_settles_is_a_sentence_and_what_a_report_names_a_heading() {
    let list = |heads: [&str; 3]| {
        format!(
            "一、考试安排\n（一）{}。考生不得携带通讯工具进入考场。\n（二）{}。请考生提前做好准备，安排好交通。\n\
             （三）{}。有关情况另行通知，请及时关注。\n二、其他事项\n未尽事宜，另行通知。",
            heads[0], heads[1], heads[2]
        )
    };
    for heads in [
        ["面试不收取费用", "合同期为三年", "申报材料一式三份"],
        ["补贴资金由县财政承担", "招生计划以省教育厅公布为准", "逾期未报名的视为放弃"],
        ["每户只能申请一次补助", "考生食宿自理", "每个单位不超过两项"],
    ] {
        reads(&list(heads), &["1 考试安排", "1.1 …", "1.2 …", "1.3 …", "2 其他事项"]);
    }
    reads(
        &list(["坚持以人民为中心", "健全由政府主导的工作机制", "强化经费保障"]),
        &["1 考试安排", "1.1 坚持以人民为中心", "1.2 健全由政府主导的工作机制", "1.3 强化经费保障", "2 其他事项"],
    );
}

#[test]
fn a_question_with_its_answer_in_one_line_is_the_heading() {
    reads(
        "1.哪些人可以提取公积金？答：符合条件的缴存职工可以申请提取。\n2.如何办理提取业务？答：到窗口或者网上大厅办理。",
        &["1 哪些人可以提取公积金？", "2 如何办理提取业务？"],
    );
}

#[test]
fn a_day_that_a_draft_leaves_open_dates_it_and_all_kinds_of_units_are_addressed() {
    for (readers, day) in [
        ("各有关单位：", "2023年　月　日"),
        ("局属各单位、机关各科室：", "　年　月　日"),
        ("尊敬的各位领导、各位来宾：", "2023年5月　日"),
        ("各股室、各站所：", "　　年　　月　　日"),
    ] {
        reads(
            &format!(
                "{readers}\n现就有关事项通知如下。\n一、征求意见时间\n可以在三十日内反馈意见。\n云溪县民政局\n{day}"
            ),
            &["addressee", "preamble", "1 征求意见时间", "sig", "date"],
        );
    }
}

#[test]
fn a_list_that_rules_announce_is_no_quotation() {
    for lead in ["应当遵守下列规定：", "应当遵守以下规定：", "应当符合下列要求："] {
        reads(
            &format!(
                "第一条　为加强档案管理工作，制定本规定。\n第二条　档案工作的主要任务是：\n一、收集和整理各种档案；\n二、提供档案利用服务。\n\
                 第三条　利用档案{lead}\n一、办理登记手续；\n二、按时归还所借的档案。\n第四条　本规定自公布之日起施行。"
            ),
            &["a1 …", "a2 …", "a2.1 …", "a2.2 …", "a3 …", "a3.1 …", "a3.2 …", "a4 …"],
        );
    }
}
