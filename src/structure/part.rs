//! The parts that annual reports must have, and which sections they are.

use crate::model::{Outline, Part, Role};

/// Words in a heading that make it one of the five parts of an annual report on law-based government
/// (法治政府建设与责任落实督察工作规定, 2019).
const RULE_OF_LAW: [(Part, &[&str]); 5] = [
    (Part::FirstResponsible, &["第一责任", "党政主要负责人", "主要负责人履行", "主要负责同志履行", "述法"]),
    (Part::Shortcomings, &["问题", "不足", "短板", "困难", "差距", "原因", "薄弱"]),
    (
        Part::NextYear,
        &[
            "下一步",
            "下步",
            "下一年",
            "下年度",
            "今后",
            "打算",
            "努力方向",
            "工作计划",
            "工作安排",
            "工作思路",
            "工作重点",
        ],
    ),
    (Part::Other, &["其他需要报告", "其他情况", "其他事项", "需要报告的其他"]),
    (Part::Measures, &["举措", "成效", "做法", "情况", "总结", "成绩", "亮点", "主要工作", "工作开展", "回顾"]),
];

/// The six parts of an annual report on government information (国办公开办函〔2021〕30号).
const INFORMATION: [(Part, &[&str]); 6] = [
    (Part::Overview, &["总体情况", "概述", "基本情况"]),
    (Part::Proactive, &["主动公开"]),
    (Part::Requests, &["申请情况", "依申请"]),
    (Part::ReviewLitigation, &["行政复议", "行政诉讼"]),
    (Part::Problems, &["主要问题", "存在问题", "存在的问题", "改进情况"]),
    (Part::Other, &["其他需要报告", "其他事项"]),
];

/// Labels the sections of the first level by their headings, and everything in them likewise.
pub(super) fn label(outline: &mut Outline) {
    let year = outline.report_year;
    let law = match outline.genre.as_deref() {
        Some("rule_of_law_annual") => true,
        Some("foi_annual") => false,
        _ => return,
    };
    let own = |heading: &str| if law { rule_of_law(heading, year) } else { of(&INFORMATION, heading) };
    let mut shortcomings = false;
    for n in 0..outline.sections.len() {
        let row = &outline.sections[n];
        let part = match row.parent {
            Some(parent) => outline.sections[parent].part.clone(),
            None if row.role == Role::Section => {
                let mut part = row.heading.as_deref().map_or_else(Vec::new, own);
                shortcomings |= part.contains(&Part::Shortcomings);
                // What stands before the shortcomings under a heading of its own theme is what was done.
                if part.is_empty() && law && !shortcomings {
                    part.push(Part::Measures);
                }
                part
            }
            None => Vec::new(),
        };
        outline.sections[n].part = part;
    }
}

fn of(words: &[(Part, &[&str])], heading: &str) -> Vec<Part> {
    words.iter().filter(|(_, words)| words.iter().any(|word| heading.contains(word))).map(|(part, _)| *part).collect()
}

/// 情况 names measures only where nothing else is named; a year after the reported one names plans.
fn rule_of_law(heading: &str, year: Option<i16>) -> Vec<Part> {
    let mut part = of(&RULE_OF_LAW, heading);
    let later = year.is_some_and(|year| (1..=2).any(|more| heading.contains(&format!("{}年", year + more))));
    if later && !part.contains(&Part::NextYear) && !part.contains(&Part::Shortcomings) {
        part = vec![Part::NextYear];
    }
    let clear = ["举措", "成效", "做法", "成绩", "亮点"].iter().any(|word| heading.contains(word));
    if part.len() > 1 && !clear {
        part.retain(|part| *part != Part::Measures);
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_parts() {
        for (heading, parts) in [
            ("2022年度推进法治政府建设的主要举措和成效", vec![Part::Measures]),
            ("党政主要负责人履行推进法治建设第一责任人职责情况", vec![Part::FirstResponsible]),
            ("存在的不足和原因", vec![Part::Shortcomings]),
            ("存在问题及下一步打算", vec![Part::Shortcomings, Part::NextYear]),
            ("2023年法治政府建设", vec![Part::NextYear]),
            ("其他需要报告的情况", vec![Part::Other]),
            ("把准政治方向", vec![]),
        ] {
            assert_eq!(rule_of_law(heading, Some(2022)), parts, "{heading}");
        }
        assert_eq!(of(&INFORMATION, "收到和处理政府信息公开申请情况"), [Part::Requests]);
        assert_eq!(of(&INFORMATION, "因政府信息公开工作被申请行政复议、提起行政诉讼情况"), [Part::ReviewLitigation]);
    }
}
