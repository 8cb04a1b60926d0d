//! The model document: a township's annual report on law-based government, with half-width brackets as typed.

use std::collections::HashSet;

use gongwen::model::{Block, Document, Flag, Genre, Outline, Role, Section, Without};
use gongwen::structure;
use gongwen::structure::{Cost, GenreRule, HeadingRule, RoleRule, explain, rule_names, structure_without};

/// Written for this project in the form of the model document; half-width marks, as operators paste them.
const REPORT: &str = "根据《法治政府建设实施纲要(2021-2025年)》的规定,青石镇依法全面履行政府职能,现将我镇2022年度法治政府建设工作的主要情况报告如下:
一、2022年度推进法治政府建设的主要举措和成效
(一)强化法治政府建设组织领导
镇党委、政府将法治政府建设列入重点工作,主要领导对重要工作亲自部署。
(二)严格执行重大行政决策法定程序,确保决策程序规范化,全面推进政务公开制度
落实公众参与、专家论证、风险评估、合法性审查和集体讨论决定。
(三)加强政务公开和政府信息公开
一是完善公开制度。设立意见收集信箱。二是丰富公开方式。利用网站、公开栏等渠道。三是提高公开质量。坚持“先审查、后公开”原则。
二、党政主要负责人履行推进法治建设第一责任职责情况
镇党委书记和镇长认真履行第一责任人职责,公示、听证制度得到落实。
三、推进法治政府建设存在的问题与不足
取得了一些成绩,但是也存在以下三个“滞后”:一是机构建设滞后。没有专门的机构。二是机制建设滞后。职权有限。三是群众法治意识滞后。
四、下一步工作计划
2023年,我镇将扎实推进法治政府建设。
(一)带领全镇干部强化对法治思想的学习贯彻;加强对中央、省、市相关文件精神的领会学习。
(二)贯彻落实好关于镇属各单位在依法行政工作中的职责要求,坚决杜绝“一刀切执法”。
(三)转变政府职能,对标对表落实“放管服”要求,全面推进政务公开制度。
(四)加大监督力度。综合运用党委、人大监督和政府督查等方式,严查行政不作为、乱作为。
云溪市青石镇人民政府
2023年2月28日
抄送:云溪市委全面依法治市委员会办公室
青石镇人民政府办公室
2023年2月28日印发
共印3份";

fn outline(text: &str, title: &str) -> Outline {
    let blocks = text.lines().map(Block::paragraph).collect();
    structure(&Document { title: Some(title.to_owned()), blocks, ..Document::default() })
}

fn of(outline: &Outline, role: Role) -> Vec<&Section> {
    outline.sections.iter().filter(|row| row.role == role).collect()
}

fn slice(outline: &Outline, row: &Section) -> String {
    outline.text.chars().skip(row.start).take(row.end - row.start).collect()
}

#[test]
fn the_tree_of_the_model_report() {
    let outline = outline(REPORT, "云溪市青石镇人民政府关于2022年度法治政府建设工作报告");
    let rows: Vec<(u32, &str, Option<&str>)> = of(&outline, Role::Section)
        .into_iter()
        .map(|row| (row.level, row.path.as_str(), row.heading.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            (1, "1", Some("2022年度推进法治政府建设的主要举措和成效")),
            (2, "1.1", Some("强化法治政府建设组织领导")),
            (2, "1.2", Some("严格执行重大行政决策法定程序,确保决策程序规范化,全面推进政务公开制度")),
            (2, "1.3", Some("加强政务公开和政府信息公开")),
            (1, "2", Some("党政主要负责人履行推进法治建设第一责任职责情况")),
            (1, "3", Some("推进法治政府建设存在的问题与不足")),
            (1, "4", Some("下一步工作计划")),
            (2, "4.1", None),
            (2, "4.2", None),
            (2, "4.3", None),
            (2, "4.4", Some("加大监督力度")),
        ]
    );
    let last = outline.sections.iter().find(|row| row.path == "4.4").unwrap();
    assert_eq!(last.flags, [Flag::RunIn]);
    let numbers = |path: &str| {
        let row = outline.sections.iter().find(|row| row.path == path).unwrap();
        row.items.iter().map(|item| item.number).collect::<Vec<_>>()
    };
    assert_eq!((numbers("1.3"), numbers("3")), (vec![1, 2, 3], vec![1, 2, 3]));
}

#[test]
fn the_roles_and_facts_of_the_model_report() {
    let outline = outline(REPORT, "云溪市青石镇人民政府关于2022年度法治政府建设工作报告");
    for (role, text) in [
        (Role::Signature, "云溪市青石镇人民政府"),
        (Role::Date, "2023年2月28日"),
        (Role::Cc, "抄送:云溪市委全面依法治市委员会办公室\n青石镇人民政府办公室"),
        (Role::Imprint, "2023年2月28日印发"),
        (Role::Copies, "共印3份"),
    ] {
        let rows = of(&outline, role);
        assert_eq!(rows.len(), 1, "{role:?}");
        assert_eq!(slice(&outline, rows[0]), text);
        assert_eq!((rows[0].level, rows[0].parent), (0, None));
    }
    assert_eq!(of(&outline, Role::Preamble).len(), 1);
    assert_eq!(outline.issuers, ["云溪市青石镇人民政府"]);
    assert_eq!(outline.cc, ["云溪市委全面依法治市委员会办公室", "青石镇人民政府办公室"]);
    assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), Some("2023-02-28"));
    assert_eq!(outline.printed, outline.dated);
    assert_eq!(outline.copies, Some(3));
    assert_eq!(outline.report_year, Some(2022));
    assert_eq!(outline.document_type.as_deref(), Some("报告"));
    assert_eq!(outline.genre, Some(Genre::RuleOfLawAnnual));
}

#[test]
fn every_rule_of_the_structure_is_named_once_and_can_be_switched_off() {
    let names = rule_names();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    let lines = ["云溪县财政局：", "一、范围", "正文。", "二、时间", "正文。", "特此报告。"];
    let blocks = lines.iter().copied().map(Block::paragraph).collect();
    let document = Document { title: Some("关于范围的报告".into()), blocks, ..Document::default() };
    for name in explain(&document, Without::NOTHING).rules().into_keys() {
        let without = Without::parse(name, &names).unwrap();
        assert!(!explain(&document, &without).rules().contains_key(name) || name == "genre.no_rule", "{name}");
        let (with, without) = (structure(&document), structure_without(&document, &without));
        assert_ne!((with.sections, with.genre), (without.sections, without.genre), "{name} does nothing");
    }
}

#[test]
fn every_line_is_explained_by_a_role_and_a_rule() {
    let lines = ["云溪县财政局：", "一、范围", "（一）项目名称", "正文。", "二、时间", "特此报告。"];
    let blocks = lines.iter().copied().map(Block::paragraph).collect();
    let document = Document { title: Some("关于范围的报告".into()), blocks, ..Document::default() };
    let explanation = explain(&document, Without::NOTHING);
    assert_eq!(explanation.genre, Some(GenreRule::ReportByType));
    let rules: Vec<_> = explanation.lines.iter().map(|line| (line.role, line.rule, line.heading)).collect();
    assert_eq!(
        rules,
        [
            (Role::Addressee, Some(RoleRule::ReadersAtTop), None),
            (Role::Section, None, Some(HeadingRule::UnmarkedLine)),
            (Role::Section, None, Some(HeadingRule::UnmarkedLine)),
            (Role::Section, None, None),
            (Role::Section, None, Some(HeadingRule::UnmarkedLeaf)),
            (Role::Closing, Some(RoleRule::ClosingFormula), None),
        ]
    );
    let [winner, other] = &explanation.lines[4].readings[0];
    assert_eq!((winner.reading.as_str(), other.total <= winner.total), ("二、 depth 0", true));
    assert!(winner.costs.contains(&(Cost::Next, 20)), "{winner}");
    assert_eq!(winner.total, winner.worth + winner.costs.iter().map(|(_, tenths)| tenths).sum::<i32>());
}
