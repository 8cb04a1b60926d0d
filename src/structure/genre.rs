//! What kind of document it is, by its title: 文种, genre, and the year that a report is about.

use serde::Serialize;

use crate::model::{Document, Genre, Outline, Role};
use crate::text::{fold_char, is_blank};
use crate::words::{DOCUMENT_TYPES, GENRE_WORDS, Word};

/// A rule that chooses the genre, the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GenreRule {
    /// A report about 信息公开 of a year.
    FoiReport,
    /// A report about 法治政府 or 依法行政.
    RuleOfLawReport,
    /// The title ends with 解读, or holds such a word.
    Interpretation,
    /// The title ends with a 文种 that makes something known.
    NoticeByType,
    /// The title ends with a 文种 of rules.
    RulesByType,
    /// More than one 条 stands in the text.
    RulesByArticles,
    /// The title ends with 报告 or one of its other names.
    ReportByType,
    /// None of them.
    NoRule,
}

impl GenreRule {
    /// The genre that the rule chooses.
    pub fn genre(self) -> Genre {
        match self {
            Self::FoiReport => Genre::FoiAnnual,
            Self::RuleOfLawReport => Genre::RuleOfLawAnnual,
            Self::Interpretation => Genre::Interpretation,
            Self::NoticeByType => Genre::Notice,
            Self::RulesByType | Self::RulesByArticles => Genre::Rules,
            Self::ReportByType => Genre::WorkReport,
            Self::NoRule => Genre::Other,
        }
    }
}

/// The title, folded, without blanks and without the lines 【…】 and brackets that portals put around it.
pub(super) fn folded_title(document: &Document) -> Option<String> {
    let title: String = document.title.as_ref()?.chars().map(fold_char).filter(|&c| !is_blank(c)).collect();
    (!title.is_empty()).then_some(title)
}

/// The 文种: what the title ends with, brackets behind it aside.
pub(super) fn document_type(title: &str) -> Option<Word> {
    let mut rest = title.trim_end_matches(['》', '"', '”']);
    while let Some(open) = rest.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        rest = rest.get(..open)?.trim_end_matches(['》', '"', '”']);
    }
    DOCUMENT_TYPES.ends(rest).filter(|word| word.meaning != Some("paper"))
}

/// The genre, for analysis: which collection the document belongs to.
pub(super) fn genre(title: &str, outline: &Outline) -> GenreRule {
    let about =
        |meaning: &str| GENRE_WORDS.iter().any(|word| word.meaning == Some(meaning) && title.contains(word.text));
    let name = document_type(title);
    let is_any = |names: &[&str]| name.is_some_and(|name| names.contains(&name.text));
    let is = |meaning: &str| name.is_some_and(|name| name.meaning == Some(meaning));
    // What speaks about reports is none: a notice that asks for them, a plan, a letter.
    let reports = about("report")
        && !is("notice")
        && !is("interpretation")
        && !is_any(&["方案", "计划", "要点", "办法", "意见", "函"]);
    let yearly = ["年度", "年报", "报告"].iter().any(|word| title.contains(word));
    let articles = outline.sections.iter().filter(|row| row.role == Role::Section && row.path.contains('a')).count();
    if reports && about("foi_annual") && yearly {
        GenreRule::FoiReport
    } else if reports && about("rule_of_law_annual") {
        GenreRule::RuleOfLawReport
    } else if is("interpretation") || about("interpretation") {
        GenreRule::Interpretation
    } else if is("notice") {
        GenreRule::NoticeByType
    } else if is("rules") {
        GenreRule::RulesByType
    } else if articles > 1 {
        GenreRule::RulesByArticles
    } else if is("report") {
        GenreRule::ReportByType
    } else {
        GenreRule::NoRule
    }
}

/// The year that a report is about: the year of its title, names of plans in 《》 aside; else that of its first lines.
///
/// A 政府工作报告 is named after the year it is given in, so only a heading such as 2022年工作回顾 says the year.
pub(super) fn report_year(title: &str, genre: Genre, outline: &Outline) -> Option<i16> {
    if !matches!(genre, Genre::RuleOfLawAnnual | Genre::FoiAnnual | Genre::WorkReport) {
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
            assert_eq!(document_type(title).map(|word| word.text), name, "{title}");
        }
    }

    #[test]
    fn the_genre_and_the_year_come_from_the_title() {
        let outline = Outline::default();
        for (title, name, year) in [
            ("青石镇2022年度法治政府建设工作报告", Genre::RuleOfLawAnnual, Some(2022)),
            ("青石镇人民政府2021年政府信息公开工作年度报告", Genre::FoiAnnual, Some(2021)),
            ("二〇二二年度依法行政工作总结", Genre::RuleOfLawAnnual, Some(2022)),
            ("关于贯彻《法治政府建设实施纲要(2021-2025年)》情况的报告", Genre::RuleOfLawAnnual, None),
            ("云溪县2023年政府工作报告", Genre::WorkReport, None),
            ("关于做好2023年法治政府建设情况报告工作的通知", Genre::Notice, None),
            ("《云溪县购房补贴办法》解读", Genre::Interpretation, None),
            ("云溪县购房补贴办法", Genre::Rules, None),
        ] {
            assert_eq!(
                (genre(title, &outline).genre(), report_year(title, genre(title, &outline).genre(), &outline)),
                (name, year),
                "{title}"
            );
        }
    }
}
