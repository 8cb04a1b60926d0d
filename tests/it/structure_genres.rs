//! A document of each genre, in our own words: the whole tree that must come out.

use gongwen::model::{Block, BlockKind, Document, Outline, Role, Table};
use gongwen::structure;

/// One paragraph a line; lines with a bar are the rows of a table.
pub(super) fn outline(title: &str, text: &str) -> Outline {
    let mut blocks: Vec<Block> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if line.contains('|') {
            rows.push(line.split('|').map(str::to_owned).collect());
            continue;
        }
        if !rows.is_empty() {
            let text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
            let kind = BlockKind::Table(Table { rows: std::mem::take(&mut rows), header_rows: None });
            blocks.push(Block { kind, ..Block::paragraph(text) });
        }
        if !line.is_empty() {
            blocks.push(Block::paragraph(line));
        }
    }
    structure(&Document { title: Some(title.to_owned()), blocks, ..Document::default() })
}

/// The rows as `path heading`, or `path …` where there is none, in the order of the text.
pub(super) fn rows(outline: &Outline) -> String {
    let row = |row: &gongwen::model::Section| {
        let opens = matches!(row.role, Role::Section | Role::Annex | Role::Question);
        let heading = if opens { row.heading.as_deref().unwrap_or("…") } else { "" };
        format!("{} {}", row.path, heading.replace('　', " ")).trim_end().to_owned()
    };
    outline.sections.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn reads(title: &str, text: &str, expected: &str) {
    let outline = outline(title, text);
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(rows(&outline).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_local_law_with_its_contents() {
    reads(
        "云溪县养犬管理条例",
        "（2019年10月25日云溪县人民代表大会常务委员会通过）
        目　录
        第一章　总则
        第二章　法律责任
        第一章　总　则
        第一条　为了规范养犬行为，制定本条例。
        第二条　县公安机关履行下列职责：
        （一）养犬登记；
        （二）查处违法行为：
        1.无证养犬；
        2.违规遛犬。
        第三条　【登记】养犬应当登记。
        第三条之一　导盲犬不受前条限制。
        第二章　法律责任
        第四条　违反本条例第三条第一款规定的，处五百元罚款。
        第五条　本条例自2020年1月1日起施行。",
        "remark
        toc
        c1 总 则
        c1.a1 …
        c1.a2 …
        c1.a2.1 …
        c1.a2.2 查处违法行为
        c1.a2.2.1 …
        c1.a2.2.2 …
        c1.a3 登记
        c1.a3-1 …
        c2 法律责任
        c2.a4 …
        c2.a5 …",
    );
}

#[test]
fn an_order_is_signed_by_an_officer_and_carries_rules() {
    let title = "云溪县人民政府令";
    let text = "第12号
        《云溪县停车场管理办法》已经县人民政府第20次常务会议通过，现予公布。
        县长　李　明
        2023年5月20日
        云溪县停车场管理办法
        第一章 总则
        第一条 为了加强停车场管理，制定本办法。
        第二章 附则
        第二条 本办法自2023年7月1日起施行。";
    reads(title, text, "preamble\nsig\ndate\nx1 云溪县停车场管理办法\nx1.c1 总则\nx1.c1.a1 …\nx1.c2 附则\nx1.c2.a2 …");
    let outline = outline(title, text);
    assert_eq!(outline.issuers, ["云溪县人民政府"]);
    assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), Some("2023-05-20"));
}

#[test]
fn a_decision_quotes_what_it_puts_in_and_prints_the_rules_again() {
    reads(
        "云溪县人民政府关于修改《云溪县绿化管理办法》等两件规章的决定",
        "云溪县人民政府决定对下列规章作如下修改：
        一、对《云溪县绿化管理办法》作出修改
        （一）第五条第二款修改为：“有下列情形之一的，不予批准：
        （一）未按规定提交材料的；
        （二）损害公共利益的。”
        （二）增加一条，作为第十条：“第十条　违反本办法的，处罚款。
        第十一条　拒不改正的，加倍处罚。”
        二、删去《云溪县市容管理办法》第七条。
        本决定自公布之日起施行。
        云溪县绿化管理办法
        （2010年3月1日云溪县人民政府令第3号公布）
        第一条　为了加强绿化，制定本办法。
        第二条　本办法适用于本县。",
        "preamble
        1 对《云溪县绿化管理办法》作出修改
        1.1 …
        1.2 …
        2 …
        body
        x1 云溪县绿化管理办法
        x1.a1 …
        x1.a2 …",
    );
}

#[test]
fn a_plan_with_contents_without_numbers() {
    reads(
        "云溪县“十四五”数字政府建设规划",
        "目录
        前言
        一、发展基础
        （一）主要成效
        二、主要任务
        （一）主要成效
        前言
        本规划根据省、市有关规划编制。
        一、发展基础
        （一）主要成效
        ——设施逐步完善。建成政务云平台。
        二、主要任务
        （一）主要成效
        数据全面共享。",
        "toc\npreamble\n1 发展基础\n1.1 主要成效\n2 主要任务\n2.1 主要成效",
    );
}

#[test]
fn a_budget_with_parts_whose_names_stand_below() {
    reads(
        "云溪县司法局2023年部门预算说明",
        "目　录
        第一部分 云溪县司法局概况
        一、主要职责
        第二部分 名词解释
        第一部分
        云溪县司法局概况
        一、主要职责
        （一）承担立法调研工作。
        （二）承担普法工作。
        第二部分
        名词解释
        一、财政拨款收入：指同级财政当年拨付的资金。
        二、“三公”经费：指因公出国（境）费和公务接待费。",
        "toc
        p1 云溪县司法局概况
        p1.1 主要职责
        p1.1.1 …
        p1.1.2 …
        p2 名词解释
        p2.1 财政拨款收入
        p2.2 “三公”经费",
    );
}

#[test]
fn an_annual_report_on_information_with_tables_under_articles() {
    reads(
        "青石镇2022年政府信息公开工作年度报告",
        "一、总体情况
        公开信息120条。
        二、主动公开政府信息情况
        第二十条第（一）项
        信息内容|本年制发件数
        规章|0
        第二十条第（五）项
        信息内容|本年处理决定数量
        行政许可|12
        三、收到和处理政府信息公开申请情况
        一、本年新收政府信息公开申请数量|2
        四、政府信息公开行政复议、行政诉讼情况
        结果维持|0
        五、存在的主要问题及改进情况
        一是意识不强。二是内容不多。
        六、其他需要报告的事项
        无。",
        "1 总体情况
        2 主动公开政府信息情况
        2.table
        2.body
        2.table~2
        3 收到和处理政府信息公开申请情况
        3.table
        4 政府信息公开行政复议、行政诉讼情况
        4.table
        5 存在的主要问题及改进情况
        6 其他需要报告的事项",
    );
}

#[test]
fn an_emergency_plan_counts_in_decimals() {
    reads(
        "云溪县森林火灾应急预案",
        "1  总则
        1.1  编制目的
        建立健全应对机制。
        1.2  《预案》衔接
        与上级预案衔接。
        2  应急响应
        2.1  Ⅳ级响应
        2.1.1  启动条件
        （1）火场持续12小时；
        （2）造成1人以上伤亡。
        2.1.2  响应措施
        2.1.2.1  前方措施
        派出工作组。
        2.1.2.2  后方措施
        调派力量。
        3  附则
        本预案自印发之日起实施。",
        "1 总则
        1.1 编制目的
        1.2 《预案》衔接
        2 应急响应
        2.1 Ⅳ级响应
        2.1.1 启动条件
        2.1.1.1 …
        2.1.1.2 …
        2.1.2 响应措施
        2.1.2.1 前方措施
        2.1.2.2 后方措施
        3 附则",
    );
}

#[test]
fn a_speech_names_its_occasion_before_it_greets() {
    let title = "政府工作报告";
    let text = "——2023年1月5日在云溪县第十七届人民代表大会第三次会议上
        云溪县县长　李明
        各位代表：
        现在，我代表县人民政府，向大会报告政府工作。
        一、2022年工作回顾
        生产总值增长5.2%。
        二、2023年工作安排
        重点抓好以下工作。
        谢谢大家！";
    reads(title, text, "preamble\naddressee\npreamble~2\n1 2022年工作回顾\n2 2023年工作安排\nclosing");
    assert_eq!(outline(title, text).addressees, ["各位代表"]);
    let text = "县委副书记、县长 李明\n（2023年3月10日）\n同志们：\n今天开会，主要任务是部署工作。";
    assert_eq!(outline("在推进会上的讲话", text).addressees, ["同志们"]);
}

#[test]
fn letters_that_answer() {
    let text = "云教函〔2023〕15号　　　　（A类）
        李代表：
        您提出的《关于加强学校建设的建议》收悉，现答复如下：
        一、关于办学条件
        近年来，我局投入资金2000万元。
        二、关于师资力量
        全年招聘教师50名。
        此复。
        云溪县教育局
        2023年6月30日
        （联系人：张三，联系电话：2222222）
        抄送：县人大常委会 县政府办公室";
    reads(
        "云溪县教育局关于第35号建议的答复",
        text,
        "preamble\naddressee\npreamble~2\n1 关于办学条件\n2 关于师资力量\nclosing\nsig\ndate\nremark\ncc",
    );
    let outline = outline("云溪县教育局关于第35号建议的答复", text);
    assert_eq!(outline.addressees, ["李代表"]);
    assert_eq!(outline.cc, ["县人大常委会", "县政府办公室"]);
}

#[test]
fn a_quotation_without_marks_is_text_and_an_announced_list_nests() {
    let text = "一、学习情况
        全镇组织学习4次。
        二、会议精神
        会议指出：
        一、要提高政治站位，深刻领会会议精神。
        二、要压实工作责任，层层传导压力。
        三、要严肃工作纪律，确保取得实效。
        三、贯彻措施
        立即召开会议。
        四、下步打算
        继续抓好落实。";
    reads("青石镇工作简报", text, "1 学习情况\n2 会议精神\n3 贯彻措施\n4 下步打算");
    reads(
        "青石镇工作简报",
        &text.replace("会议指出：", "主要抓好以下工作："),
        "1 学习情况\n2 会议精神\n2.1 …\n2.2 …\n2.3 …\n3 贯彻措施\n4 下步打算",
    );
}
