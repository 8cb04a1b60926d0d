//! What kind of document it is, by its title: 文种, genre, and the year that a report is about.

use crate::model::{Document, Outline, Role};
use crate::text::{fold_char, is_blank};

/// 文种 of the 党政机关公文处理工作条例 (2012) art. 8, and the names that rules and plans go by.
const TYPES: [&str; 43] = [
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函",
    "纪要", "办法", "规定", "细则", "条例", "规则", "规程", "章程", "制度", "准则", "方案", "规划", "计划", "纲要",
    "要点", "措施", "预案", "指南", "标准", "规范", "总结", "汇报", "解读", "公示", "建议", "说明", "年报", "名单",
    "清单",
];

const RULES: [&str; 10] = ["办法", "规定", "细则", "条例", "规则", "规程", "章程", "制度", "准则", "规范"];

/// The title, folded, without blanks and without the lines 【…】 and brackets that portals put around it.
pub(super) fn folded_title(document: &Document) -> Option<String> {
    let title: String = document.title.as_ref()?.chars().map(fold_char).filter(|&c| !is_blank(c)).collect();
    (!title.is_empty()).then_some(title)
}

/// The 文种: what the title ends with, brackets behind it aside.
pub(super) fn document_type(title: &str) -> Option<&'static str> {
    let mut rest = title.trim_end_matches(['》', '"', '”']);
    while let Some(open) = rest.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        rest = rest.get(..open)?.trim_end_matches(['》', '"', '”']);
    }
    TYPES.into_iter().find(|name| rest.ends_with(name))
}

/// The genre, for analysis: which collection the document belongs to.
pub(super) fn genre(title: &str, outline: &Outline) -> &'static str {
    let holds = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let kind = document_type(title);
    let reports = holds(&["报告", "情况", "总结", "汇报", "年报"])
        && !matches!(kind, Some("通知" | "方案" | "解读" | "计划" | "要点" | "办法" | "意见" | "函" | "公告" | "公示"));
    let articles = outline.sections.iter().filter(|row| row.role == Role::Section && row.path.contains('a')).count();
    match kind {
        _ if reports && holds(&["信息公开"]) && holds(&["年度", "年报", "报告"]) => "foi_annual",
        _ if reports && holds(&["法治政府", "依法行政", "法治建设", "依法治"]) => "rule_of_law_annual",
        Some("解读") => "interpretation",
        _ if holds(&["解读", "答记者问", "问答"]) => "interpretation",
        Some("通知" | "通告" | "公告" | "公示" | "通报") => "notice",
        Some(name) if RULES.contains(&name) => "rules",
        _ if articles > 1 => "rules",
        Some("报告" | "总结" | "汇报") => "work_report",
        _ => "other",
    }
}

/// The year that a report is about: the year of its title, names of plans in 《》 aside; else that of its first lines.
///
/// A 政府工作报告 is named after the year it is given in, so only a heading such as 2022年工作回顾 says the year.
pub(super) fn report_year(title: &str, genre: &str, outline: &Outline) -> Option<i16> {
    if !matches!(genre, "rule_of_law_annual" | "foi_annual" | "work_report") {
        return None;
    }
    if title.contains("政府工作报告") {
        let headings = outline.sections.iter().filter_map(|row| row.heading.as_deref());
        return headings.filter(|heading| heading.contains("回顾") || heading.contains("总结")).find_map(year);
    }
    year(title).or_else(|| {
        let preamble = outline.sections.iter().find(|row| row.role == Role::Preamble)?;
        let text: String = outline.text.chars().skip(preamble.start).take(preamble.end - preamble.start).collect();
        let (_, reported) = text.rsplit_once('现')?;
        year(reported)
    })
}

/// The first year in a text, in digits or in Chinese numerals, outside 《》 and brackets.
fn year(text: &str) -> Option<i16> {
    let mut open = 0u32;
    let mut digits = String::new();
    for c in text.chars().map(fold_char) {
        match c {
            '《' | '(' | '〔' => open += 1,
            '》' | ')' | '〕' => open = open.saturating_sub(1),
            '年' if digits.len() == 4 => {
                if let Some(year) = digits.parse().ok().filter(|year| (1949..2100).contains(year)) {
                    return Some(year);
                }
            }
            _ => {}
        }
        let digit = "〇一二三四五六七八九".chars().position(|numeral| numeral == c);
        match c.to_digit(10).or(digit.and_then(|digit| u32::try_from(digit).ok())).or((c == '○').then_some(0)) {
            Some(digit) if open == 0 => digits.extend(char::from_digit(digit, 10)),
            _ => digits.clear(),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_what_the_title_ends_with() {
        for (title, name) in [
            ("青石镇关于2022年法治政府建设工作情况的报告", Some("报告")),
            ("关于印发《云溪县公积金提取办法》的通知", Some("通知")),
            ("云溪县公积金提取办法(试行)", Some("办法")),
            ("《云溪县公积金提取实施细则》", Some("细则")),
            ("青石镇开展植树活动", None),
        ] {
            assert_eq!(document_type(title), name, "{title}");
        }
    }

    #[test]
    fn the_genre_and_the_year_come_from_the_title() {
        let outline = Outline::default();
        for (title, name, year) in [
            ("青石镇2022年度法治政府建设工作报告", "rule_of_law_annual", Some(2022)),
            ("青石镇人民政府2021年政府信息公开工作年度报告", "foi_annual", Some(2021)),
            ("二〇二二年度依法行政工作总结", "rule_of_law_annual", Some(2022)),
            ("关于贯彻《法治政府建设实施纲要(2021-2025年)》情况的报告", "rule_of_law_annual", None),
            ("云溪县2023年政府工作报告", "work_report", None),
            ("关于做好2023年法治政府建设情况报告工作的通知", "notice", None),
            ("《云溪县购房补贴办法》解读", "interpretation", None),
            ("云溪县购房补贴办法", "rules", None),
        ] {
            assert_eq!(
                (genre(title, &outline), report_year(title, genre(title, &outline), &outline)),
                (name, year),
                "{title}"
            );
        }
    }
}
