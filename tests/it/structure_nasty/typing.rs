//! How markers are typed.

use gongwen::model::{Flag, Role};

use super::{outline, tree};

#[test]
fn a_bracket_that_slipped_into_the_line_before_belongs_to_its_number() {
    assert_eq!(
        tree(&[
            "（一）经济平稳",
            "正文甲。",
            "（二）产业转型",
            "正文乙。",
            "（",
            "三）改革深化",
            "正文丙。",
            "（四）城乡协调",
            "正文丁。"
        ]),
        ["1 （一） 经济平稳", "1 （二） 产业转型", "1 （三） 改革深化", "1 （四） 城乡协调"]
    );
}

#[test]
fn a_dash_or_a_letter_may_stand_for_one() {
    assert_eq!(
        tree(&[
            "—、出台背景",
            "为保障住房。",
            "二、 编制依据",
            "(一) 《业务规范》修订后的要求。",
            "(二)其他文件要求。"
        ])[..2],
        ["1 —、 出台背景", "1 二、 编制依据"]
    );
    assert_eq!(
        tree(&[
            "（一）建议人注册并填写下列内容：",
            "l.方向的表述要科学；",
            "2.类别按菜单填写；",
            "3．学科按目录填写。",
            "（二）单位统一提交。"
        ]),
        ["1 （一） -", "2 l. -", "2 2. -", "2 3． -", "1 （二） -"]
    );
    assert_eq!(
        tree(&["-、政策措施", "（一）加强管理", "正文。", "二、保障措施", "正文。"]),
        ["1 -、 政策措施", "2 （一） 加强管理", "1 二、 保障措施"]
    );
}

#[test]
fn an_item_before_a_number_is_no_decimal() {
    assert_eq!(
        tree(&[
            "（四）奖励",
            "分段给予奖励：",
            "1.6 个月（含）内购房的，奖励百分之五。",
            "2.第 7 个月起购房的，奖励百分之二。",
            "（五）结算",
            "正文。"
        ]),
        ["1 （四） 奖励", "2 1. -", "2 2. -", "1 （五） 结算"]
    );
    let lines =
        ["6.“两重”：重大战略。", "7.“两新”：设备更新。", "8.6个重大专项：先进材料等6个专项。", "9.“两创”：创新创业。"];
    assert_eq!(tree(&lines).len(), 4);
    let lines = ["13.“三大工程”：三类工程。", "14.2025年10件实事：就业等实事。", "15.基层“三馆”：三类馆。"];
    assert_eq!(tree(&lines)[1], "1 14. 2025年10件实事");
    let lines = ["（一）资金", "1.5亿元资金已经拨付。", "（二）材料", "2.户口簿；", "3.身份证。"];
    assert_eq!(tree(&lines), ["1 （一） 资金", "1 （二） 材料", "2 2. -", "2 3. -"]);
    assert_eq!(
        tree(&["主要目标如下。", "5.5%左右的目标与实际相符。", "1.5亿元已经到位。", "3.15活动已经举办。"]),
        [""; 0]
    );
}

#[test]
fn a_heading_repeated_by_its_text_needs_no_mark_between() {
    assert_eq!(
        tree(&[
            "（一）核发",
            "正文。",
            "（二）房票使用房票使用应当遵守下列规定：",
            "（三）房票转让房票转让应当符合下列规定："
        ]),
        ["1 （一） 核发", "1 （二） 房票使用", "1 （三） 房票转让"]
    );
}

#[test]
fn two_sections_may_begin_on_one_line() {
    assert_eq!(
        tree(&[
            "一、贷款政策(一)贷款额度",
            "最高五十万元。",
            "(二)贷款比例",
            "不低于两成。",
            "二、附则",
            "自印发之日起施行。"
        ]),
        ["1 一、 贷款政策", "2 (一) 贷款额度", "2 (二) 贷款比例", "1 二、 附则"]
    );
    assert_eq!(
        tree(&[
            "（一）结算",
            "1、(1)用于购买新房的，由企业申请；",
            "(2)用于购买旧房的，由中介申请。",
            "2、材料齐全的，当场办结。"
        ]),
        ["1 （一） 结算", "2 1、 -", "3 (1) -", "3 (2) -", "2 2、 -"]
    );
}

#[test]
fn a_number_alone_has_its_title_on_the_next_line() {
    let outline =
        outline(&["（二）", "质量安全", "15.护理覆盖率", "定量。", "（三）", "合理用药", "16.点评比例", "定量。"]);
    let found: Vec<_> =
        outline.sections.iter().map(|row| (row.level, row.heading.as_deref(), row.flags.clone())).collect();
    assert_eq!(found[2], (1, Some("合理用药"), vec![Flag::HeadingSplit]));
    assert_eq!(found[3], (2, Some("点评比例"), vec![Flag::NumberContinues]));
}

#[test]
fn cells_printed_as_lines_are_no_sections() {
    assert_eq!(
        tree(&[
            "一、指标",
            "6",
            "跨省开通率(%)",
            "46",
            "60",
            "7",
            "直接结算率(%)",
            "67",
            "80",
            "8",
            "参保人数",
            "[200]",
            "9"
        ]),
        ["1 一、 指标"]
    );
}

#[test]
fn a_comma_may_be_typed_for_the_mark() {
    assert_eq!(
        tree(&[
            "三.培养对象",
            "1.带头人,具有高级职称;",
            "2.骨干,具有中级职称;",
            "3,人员年龄应在45岁以下。",
            "四.培养目标",
            "培养三年。"
        ]),
        ["1 三. 培养对象", "2 1. -", "2 2. -", "2 3, -", "1 四. 培养目标"]
    );
}

#[test]
fn padded_digits_number_a_bulletin() {
    assert_eq!(
        tree(&[
            "01综合",
            "全年生产总值三百亿元。",
            "02农业",
            "粮食产量增长。",
            "03工业和建筑业",
            "工业增加值增长。",
            "[1]本公报数据为初步统计数。"
        ]),
        ["1 01 综合", "1 02 农业", "1 03 工业和建筑业"]
    );
}

#[test]
fn ordinals_in_running_text_are_items() {
    let outline = outline(&[
        "一、形势",
        "第一，承认问题存在。",
        "第二，承认成绩很大。",
        "第一书记带头宣讲。",
        "二、任务",
        "抓好落实。",
    ]);
    let numbers: Vec<u32> = outline.sections[0].items.iter().map(|item| item.number).collect();
    assert_eq!((outline.sections.len(), numbers), (2, vec![1, 2]));
}

#[test]
fn a_document_in_one_line_is_cut_where_that_is_certain() {
    let line = "现作出如下决定：　　一、充分认识意义　　（一）工作取得进展。各地区高度重视。　　二、落实任务　　（一）明确分工。\
                县司法局牵头。（二）落实经费。一是列入预算；二是专款专用。云溪县人民政府2023年2月1日";
    assert_eq!(
        tree(&[line]),
        ["1 一、 充分认识意义", "2 （一） 工作取得进展", "1 二、 落实任务", "2 （一） 明确分工", "2 （二） 落实经费"]
    );
    let outline_read = outline(&[line]);
    assert_eq!(outline_read.issuers, ["云溪县人民政府"]);
    assert_eq!(outline_read.dated.map(|day| day.to_string()).as_deref(), Some("2023-02-01"));
    // Headings without a mark stand before the first section inside.
    let line = "2022年，我镇依法行政。一、主要举措（一）加强领导。成立小组。（二）规范执法。办理案件。二、存在问题执法力量不足。\
                三、下步安排1.强化培训。2.创新普法。";
    assert_eq!(tree(&[line])[..3], ["1 一、 主要举措", "2 （一） 加强领导", "2 （二） 规范执法"]);
    let line = "县政府决定对《绿化管理办法》作如下修改：一、删去第六条第二款。二、将第七条修改为：“有下列情形的：一、材料不齐；\
                二、逾期。”三、第八条改为第七条。";
    assert_eq!(tree(&[line]), ["1 一、 -", "1 二、 -", "1 三、 -"]);
    // A list inside a paragraph is none.
    for line in
        ["会议要求：一、抓好落实。二、加强值守。", "分为一、二、三类。一、二级公路养护到位。二、三级公路逐步改善。"]
    {
        assert_eq!(outline(&[line]).sections[0].role, Role::Body, "{line}");
    }
}

#[test]
fn a_plan_may_print_its_numbers_without_marks() {
    assert_eq!(
        tree(&[
            "1总则",
            "1.1编制目的",
            "为应对灾害，制定本预案。",
            "1.2适用范围",
            "本县境内。",
            "2组织体系",
            "2.1领导机构",
            "设立指挥部。",
            "2.1.1成员单位",
            "由各部门组成。",
            "3预防预警",
            "正文。"
        ]),
        [
            "1 1 总则",
            "2 1.1 编制目的",
            "2 1.2 适用范围",
            "1 2 组织体系",
            "2 2.1 领导机构",
            "3 2.1.1 成员单位",
            "1 3 预防预警"
        ]
    );
    assert_eq!(tree(&["一、举措", "3岁以下婴幼儿照护", "12345热线办理", "5G网络覆盖", "1对1帮扶"]), ["1 一、 举措"]);
}
