//! What kind of document it is, by its title: 文种, genre, and the year that a report is about.

use crate::model::{Document, Genre, Outline, Role, Without, rules};
use crate::text::{fold_char, is_blank};
use crate::words::{DOCUMENT_TYPES, GENRE_WORDS, HEADLINE_VERBS, INTERPRETATION_COLUMNS, Word};

rules! {
    /// A rule that chooses the genre, the first that holds.
    pub enum GenreRule: "genre" {
        /// A report about 信息公开 of a year.
        FoiReport = "foi_report",
        /// A report about 法治政府 or 依法行政.
        RuleOfLawReport = "rule_of_law_report",
        /// The title ends with 解读, or holds such a word.
        Interpretation = "interpretation",
        /// The title ends with a 文种 that makes something known.
        NoticeByType = "notice_by_type",
        /// More than one 条 stands in the text.
        RulesByArticles = "rules_by_articles",
        /// The page stands in a column that holds interpretations alone, where one is often named like what it explains.
        InterpretationByColumn = "interpretation_by_column",
        /// The title ends with a 文种 of rules.
        RulesByType = "rules_by_type",
        /// The title ends with 报告 or one of its other names.
        ReportByType = "report_by_type",
        /// None of them.
        NoRule = "no_rule",
    }
}

impl GenreRule {
    /// The genre that the rule chooses.
    pub fn genre(self) -> Genre {
        match self {
            Self::FoiReport => Genre::FoiAnnual,
            Self::RuleOfLawReport => Genre::RuleOfLawAnnual,
            Self::Interpretation | Self::InterpretationByColumn => Genre::Interpretation,
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
    let mut rest = without_number(title).trim_end_matches(['》', '"', '”']);
    while let Some(open) = rest.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        rest = rest.get(..open)?.trim_end_matches(['》', '"', '”']);
    }
    DOCUMENT_TYPES.ends(rest).filter(|word| word.meaning != Some("paper") && !tells_of(rest, *word))
}

/// A title without the number that is glued to its end: …房屋转让公告青产公发〔2023〕第20号.
fn without_number(title: &str) -> &str {
    /// Most characters of a body's mark before the year.
    const LONGEST_MARK: usize = 8;
    let Some(open) = title.strip_suffix('号').and_then(|head| head.rfind(['〔', '['])) else { return title };
    let head = title.get(..open).unwrap_or(title);
    let mut cuts = head.char_indices().map(|(at, c)| at + c.len_utf8()).rev().take(LONGEST_MARK + 1);
    cuts.find_map(|cut| head.get(..cut).filter(|cut| DOCUMENT_TYPES.ends(cut).is_some())).unwrap_or(title)
}

/// What those who do something are called by at the end of their names: a place, a body, a point in time.
const DOERS: &str = "省市县区州旗镇乡局委厅部院办所处府会议国地年月日起我们";

/// 青岭县将制定购房优惠措施: a headline that tells of a plan, rules or a list, and is none.
fn tells_of(title: &str, kind: Word) -> bool {
    let told = matches!(kind.meaning, Some("type" | "rules"));
    let Some(head) = title.strip_suffix(kind.text).filter(|_| told) else { return false };
    if head.contains("关于") || head.starts_with('《') {
        return false;
    }
    let before = |at: usize| head.get(..at).and_then(|head| head.chars().next_back());
    let behind = |end: usize| head.get(end..).and_then(|rest| rest.chars().next());
    let does = |verb: Word, at: usize| {
        let somebody = before(at).is_some_and(|c| match verb.meaning {
            Some("doer") => DOERS.contains(c) || c.is_ascii_punctuation(),
            _ => !"拟应可需须未".contains(c),
        });
        somebody && behind(at + verb.text.len()).is_some_and(|c| !"的会者后来军士".contains(c))
    };
    HEADLINE_VERBS.iter().any(|verb| head.match_indices(verb.text).any(|(at, _)| does(verb, at)))
}

/// The genre, for analysis: which collection the document belongs to.
///
/// `column` is where the page stands on its portal.
pub(super) fn genre(title: &str, column: Option<&str>, outline: &Outline, without: &Without) -> GenreRule {
    let about =
        |meaning: &str| GENRE_WORDS.iter().any(|word| word.meaning == Some(meaning) && title.contains(word.text));
    let name = document_type(title);
    let is_any = |names: &[&str]| name.is_some_and(|name| names.contains(&name.text));
    let is = |meaning: &str| name.is_some_and(|name| name.meaning == Some(meaning));
    // What speaks about reports is none: a notice that asks for them, a plan, a letter.
    let reports = || {
        about("report")
            && !is("notice")
            && !is("interpretation")
            && !is_any(&["方案", "计划", "要点", "办法", "意见", "函"])
    };
    let yearly = || ["年度", "年报", "报告"].iter().any(|word| title.contains(word));
    let articles = || outline.sections.iter().filter(|row| row.role == Role::Section && row.path.contains('a')).count();
    let holds = |rule: &GenreRule| match rule {
        GenreRule::FoiReport => about("foi_annual") && yearly() && reports(),
        GenreRule::RuleOfLawReport => about("rule_of_law_annual") && reports(),
        GenreRule::Interpretation => is("interpretation") || about("interpretation"),
        GenreRule::NoticeByType => is("notice"),
        GenreRule::RulesByArticles => articles() > 1,
        GenreRule::InterpretationByColumn => column.is_some_and(is_interpretations),
        GenreRule::RulesByType => is("rules"),
        GenreRule::ReportByType => is("report"),
        GenreRule::NoRule => true,
    };
    let mut rules = GenreRule::ALL.iter().copied().filter(|rule| without.allows(rule.name()));
    rules.find(holds).unwrap_or(GenreRule::NoRule)
}

/// A column that holds interpretations alone: 政策解读, but not 政策文件及解读.
fn is_interpretations(column: &str) -> bool {
    let mixed = ["文件", "法规", "公告", "通知", "及", "和", "与", "、", "/"];
    INTERPRETATION_COLUMNS.ends(column).is_some() && !mixed.iter().any(|word| column.contains(word))
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
            ("云溪县房屋转让公告云产公发[2023]第20号", Some("公告")),
            ("云溪县房屋转让公告(云产公发[2023]第20号)", Some("公告")),
            ("《云溪县公积金提取实施细则》", Some("细则")),
            ("青石镇开展植树活动", None),
            ("云溪县秋季房展延长至明年1月将制定购房优惠措施", None),
            ("云溪县出台购房补贴办法", None),
            ("云溪三家企业入选全国白名单", None),
            ("云溪县启动防汛二级应急预案", None),
            ("云溪县防汛应急预案", Some("预案")),
            ("云溪县人民政府信息发布办法", Some("办法")),
            ("云溪县规范性文件制定程序规定", Some("规定")),
            ("云溪县人民政府关于公布权责清单的决定", Some("决定")),
            ("云溪县公布的行政许可清单", Some("清单")),
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
            ("青石镇政务公开2022年度报告", Genre::FoiAnnual, Some(2022)),
        ] {
            let found = genre(title, None, &outline, Without::NOTHING).genre();
            assert_eq!((found, report_year(title, found, &outline)), (name, year), "{title}");
        }
    }

    #[test]
    fn a_headline_that_tells_of_a_document_is_none() {
        for (title, name) in [
            ("云溪县秋季房展延长至明年1月将制定购房优惠措施", None),
            ("云溪县公布2023年房地产项目白名单", None),
            ("我县两家企业入选全省绿色工厂名单", None),
            ("云溪县财政局出台二十条惠企措施", None),
            ("省应急厅发布防汛应急预案", None),
            ("云溪县防汛应急预案", Some("预案")),
            ("云溪县信息发布管理制度", Some("制度")),
            ("云溪县新闻发布会制度", Some("制度")),
            ("关于公布2023年行政执法人员名单", Some("名单")),
            ("2023年拟列入培育库企业名单", Some("名单")),
            ("云溪县促进就业若干措施", Some("措施")),
            ("云溪县土地管理法实施办法", Some("办法")),
            ("云溪县将军山风景区保护规划", Some("规划")),
            ("云溪县印发方案的通知", Some("通知")),
        ] {
            assert_eq!(document_type(title).map(|word| word.text), name, "{title}");
        }
    }

    #[test]
    fn a_column_of_interpretations_says_so_of_its_pages() {
        let outline = Outline::default();
        for (title, column, name) in [
            ("公积金新政来了", "政策解读", Genre::Interpretation),
            ("云溪县购房补贴办法", "政策解读", Genre::Interpretation),
            ("关于印发云溪县购房补贴办法的通知", "政策解读", Genre::Notice),
            ("公积金新政来了", "政策文件及解读", Genre::Other),
            ("云溪县购房补贴办法", "政策文件", Genre::Rules),
        ] {
            assert_eq!(genre(title, Some(column), &outline, Without::NOTHING).genre(), name, "{title} in {column}");
        }
    }
}
