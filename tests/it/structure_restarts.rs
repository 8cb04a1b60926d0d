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
