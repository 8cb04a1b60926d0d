//! The nastiest numbering that a survey of real documents found, each in words of our own.

use gongwen::model::{Block, Document, Flag, Outline, Role};
use gongwen::structure;

fn outline(lines: &[&str]) -> Outline {
    structure(&Document { blocks: lines.iter().copied().map(Block::paragraph).collect(), ..Document::default() })
}

/// Sections as `level marker heading`, a missing heading as `-`.
fn tree(lines: &[&str]) -> Vec<String> {
    let row = |row: &gongwen::model::Section| {
        let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
        let marker = row.marker.as_deref().unwrap_or("附").replace('\n', "");
        numbered.then(|| format!("{} {marker} {}", row.level, row.heading.as_deref().unwrap_or("-")))
    };
    outline(lines).sections.iter().filter_map(row).collect()
}

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
fn numbers_run_on_across_chapters_and_parts() {
    assert_eq!(
        tree(&[
            "第一章　总 则",
            "一、依据法律，制定本规则。",
            "二、坚持依法行政。",
            "第二章　组成人员职责",
            "三、由下列人员组成：镇长、副镇长。",
            "四、实行镇长负责制。"
        ]),
        ["1 第一章 总 则", "2 一、 -", "2 二、 -", "1 第二章 组成人员职责", "2 三、 -", "2 四、 -"]
    );
    assert_eq!(
        tree(&[
            "一、完善体系",
            "（一）完善培养体系。",
            "正文甲。",
            "二、构建标准",
            "（二）完善教学标准。",
            "正文乙。",
            "（三）启动试点工作。",
            "正文丙。"
        ]),
        [
            "1 一、 完善体系",
            "2 （一） 完善培养体系",
            "1 二、 构建标准",
            "2 （二） 完善教学标准",
            "2 （三） 启动试点工作"
        ]
    );
}

#[test]
fn upper_markers_may_stand_below_articles() {
    assert_eq!(
        tree(&[
            "第六条　申请鉴定须具备以下条件:",
            "一.技术成熟;",
            "二.指标领先;",
            "三.能够应用;",
            "第七条　下列成果不组织鉴定",
            "一.基础研究;",
            "二.软科学研究。"
        ]),
        ["1 第六条 -", "2 一. -", "2 二. -", "2 三. -", "1 第七条 -", "2 一. -", "2 二. -"]
    );
    assert_eq!(
        tree(&[
            "第二条　成果包括：",
            "㈠列入计划的成果；",
            "⑴临床研究；",
            "①有效；",
            "②安全；",
            "⑵基础研究；",
            "㈡计划外的成果。",
            "第三条　本办法自发布之日起施行。"
        ]),
        ["1 第二条 -", "2 ㈠ -", "3 ⑴ -", "4 ① -", "4 ② -", "3 ⑵ -", "2 ㈡ -", "1 第三条 -"]
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
fn a_contents_list_is_no_text_even_without_page_numbers() {
    let lines = [
        "目　录",
        "1　总则",
        "1.1　编制目的",
        "1.2　工作原则",
        "2　组织机构",
        "1　总则",
        "1.1　编制目的",
        "为应对突发事件，制定本预案。",
        "1.2　工作原则",
        "统一领导。",
        "2　组织机构",
        "设立指挥部。",
    ];
    assert_eq!(outline(&lines).sections.iter().filter(|row| row.role == Role::Toc).count(), 1);
    assert_eq!(tree(&lines), ["1 1 总则", "2 1.1 编制目的", "2 1.2 工作原则", "1 2 组织机构"]);
}

#[test]
fn sentences_about_articles_are_none() {
    assert_eq!(
        tree(&[
            "二、主要内容",
            "共三条措施。",
            "第一条为科学供应用地。主要是科学制定计划。",
            "第二条为加大支持力度。主要是落实政策。",
            "第三条的规定由县住建局解释。"
        ]),
        ["1 二、 主要内容"]
    );
    assert_eq!(
        tree(&[
            "第二章贷款对象",
            "第六条借款人应当具备下列条件:",
            "(一)连续缴存；",
            "(二)信用良好。",
            "第三章贷款额度、期限及利率",
            "第七条贷款额度按下列标准执行:",
            "(一)不高于余额；"
        ]),
        [
            "1 第二章 贷款对象",
            "2 第六条 -",
            "3 (一) -",
            "3 (二) -",
            "1 第三章 贷款额度、期限及利率",
            "2 第七条 -",
            "3 (一) -"
        ]
    );
}

#[test]
fn an_annex_begins_its_own_count() {
    assert_eq!(
        tree(&[
            "一、过去一年",
            "正文。",
            "二、今年任务",
            "正文。",
            "附件",
            "2025年10件实事",
            "一、稳定就业",
            "新增就业一千人。",
            "二、改善住房",
            "改造旧房。"
        ]),
        ["1 一、 过去一年", "1 二、 今年任务", "1 附件 2025年10件实事", "2 一、 稳定就业", "2 二、 改善住房"]
    );
    assert_eq!(
        tree(&[
            "一、过去一年",
            "正文。",
            "附件2",
            "名词解释",
            "1.“四上”企业：",
            "达到一定规模的单位。",
            "2.“双高计划”：",
            "建设计划的简称。"
        ]),
        ["1 一、 过去一年", "1 附件2 名词解释", "2 1. “四上”企业", "2 2. “双高计划”"]
    );
}

#[test]
fn numbered_questions_have_answers_with_lists() {
    let lines = [
        "13、可以申请哪几类变更？",
        "答：应当通过系统提交申请。",
        "14、申请变更提交以下材料？",
        "答：（1）申请表2份。",
        "（2）照片1张。",
        "（3）证明1份。",
        "15、何时办结？",
        "答：三日内。",
    ];
    assert_eq!(
        tree(&lines),
        ["1 13、 可以申请哪几类变更？", "1 14、 申请变更提交以下材料？", "2 （2） -", "2 （3） -", "1 15、 何时办结？"]
    );
    let roles: Vec<Role> = outline(&lines).sections.iter().map(|row| row.role).collect();
    assert_eq!(roles.iter().filter(|role| **role == Role::Answer).count(), 3);
}

#[test]
fn a_document_may_begin_in_the_middle() {
    let lines = [
        "1. 优化认定标准。缴存人家庭购房的，按首套认定。",
        "2. 下调首付比例。首付不低于两成。",
        "3. 扩大提取范围。患病的，可以提取。",
        "三、执行时间",
        "自印发之日起执行。",
    ];
    assert_eq!(tree(&lines), ["1 1. 优化认定标准", "1 2. 下调首付比例", "1 3. 扩大提取范围", "1 三、 执行时间"]);
    assert_eq!(
        tree(&["第二章  平台管理", "第五条 平台由县设立。", "第三章 监督", "第六条 县政府负责监督。"]),
        ["1 第二章 平台管理", "2 第五条 -", "1 第三章 监督", "2 第六条 -"]
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
fn a_count_may_begin_again_right_below_its_heading() {
    assert_eq!(
        tree(&[
            "一、2022年主要措施",
            "一、强化领导责任",
            "正文。",
            "二、健全机制",
            "正文。",
            "三、规范执法",
            "正文。",
            "二、存在问题",
            "正文。",
            "三、下步打算",
            "正文。"
        ]),
        [
            "1 一、 2022年主要措施",
            "2 一、 强化领导责任",
            "2 二、 健全机制",
            "2 三、 规范执法",
            "1 二、 存在问题",
            "1 三、 下步打算"
        ]
    );
}

#[test]
fn levels_may_be_left_out_and_counts_may_cross_them() {
    assert_eq!(
        tree(&["一、工作情况", "(1)宣传到位", "正文。", "(2)执法规范", "正文。"]),
        ["1 一、 工作情况", "2 (1) 宣传到位", "2 (2) 执法规范"]
    );
    assert_eq!(
        tree(&[
            "一、情况",
            "（一）组织",
            "1.成立小组",
            "正文。",
            "2.召开会议",
            "正文。",
            "（二）宣传",
            "3.举办讲座",
            "正文。",
            "4、发放手册",
            "正文。"
        ]),
        [
            "1 一、 情况",
            "2 （一） 组织",
            "3 1. 成立小组",
            "3 2. 召开会议",
            "2 （二） 宣传",
            "3 3. 举办讲座",
            "3 4、 发放手册"
        ]
    );
}

#[test]
fn a_document_in_one_line_stays_text() {
    let outline = outline(&[
        "现作出如下决定：　　一、充分认识意义　　（一）工作取得进展。各地区高度重视。　　二、落实任务　　（一）明确分工。",
    ]);
    assert_eq!(outline.sections.len(), 1);
    assert_eq!(outline.sections[0].role, Role::Body);
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

#[test]
fn one_style_may_nest_in_itself_with_another_mark() {
    assert_eq!(
        tree(&[
            "1.申请条件",
            "申请人应当符合条件：",
            "1、具有户籍；",
            "2、没有住房。",
            "2.申请材料",
            "正文。",
            "3.申请程序",
            "正文。"
        ]),
        ["1 1. 申请条件", "2 1、 -", "2 2、 -", "1 2. 申请材料", "1 3. 申请程序"]
    );
}
