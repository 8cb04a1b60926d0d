//! The parts that annual reports must have, and which sections they are.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::model::{Genre, Outline, Part, Role};
use crate::words::{FOI_PARTS, RULE_OF_LAW_PARTS, WordList};

/// Labels the sections of the first level by their headings, and everything in them likewise.
pub(super) fn label(outline: &mut Outline) {
    let year = outline.report_year;
    let law = match outline.genre {
        Some(Genre::RuleOfLawAnnual) => true,
        Some(Genre::FoiAnnual) => false,
        _ => return,
    };
    let own = |heading: &str| if law { rule_of_law(heading, year) } else { of(&FOI_PARTS, heading) };
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

/// The parts whose words the heading holds, each once, in the order of the list.
fn of(words: &WordList, heading: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for word in words.iter().filter(|word| heading.contains(word.text)) {
        let part = word.meaning.and_then(named);
        parts.extend(part.filter(|part| !parts.contains(part)));
    }
    parts
}

fn named(name: &str) -> Option<Part> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    Part::deserialize(name).ok()
}

/// 情况 names measures only where nothing else is named; a year after the reported one names plans.
fn rule_of_law(heading: &str, year: Option<i16>) -> Vec<Part> {
    let mut part = of(&RULE_OF_LAW_PARTS, heading);
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
    fn every_word_of_the_lists_names_a_part() {
        for list in [&RULE_OF_LAW_PARTS, &FOI_PARTS] {
            assert!(list.iter().all(|word| !of(list, word.text).is_empty()));
        }
    }

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
        assert_eq!(of(&FOI_PARTS, "收到和处理政府信息公开申请情况"), [Part::Requests]);
        assert_eq!(of(&FOI_PARTS, "因政府信息公开工作被申请行政复议、提起行政诉讼情况"), [Part::ReviewLitigation]);
    }
}
