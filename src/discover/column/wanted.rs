//! What a search for a column is after: the titles of the reports, the labels and folders that lead to them.

use regex::Regex;

use crate::discover::pattern::pattern;
use crate::words::{
    COLUMN_ASTRAY, COLUMN_WAYS, FOI_COLUMNS, FOI_PINYIN, FOI_WAYS, RULE_OF_LAW_PINYIN, RULE_OF_LAW_WAYS,
    WORK_REPORT_PINYIN, WORK_REPORT_WAYS, WordList,
};

/// From this weight on a label names the column itself.
pub const NAMES_COLUMN: u32 = 90;

/// The reports that are looked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    kind: Kind,
    /// What their titles match.
    titles: Regex,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    RuleOfLaw,
    Foi,
    WorkReport,
    Pattern,
}

/// Titles of 法治政府建设年度报告; lists cut long titles, and `…` or `...` stands for what is not shown.
const RULE_OF_LAW: &str = r"法治政府建设.*(报告|情况|总结|…|\.\.\.)";
/// Titles of 政府信息公开工作年度报告.
const FOI: &str = r"信息公开.*(报告|年报)|信息公开(工作)?(年度?)?(…|\.\.\.)";
/// Titles of 政府工作报告.
const WORK_REPORT: &str = "政府工作报告";

impl Wanted {
    /// Annual reports on law-based government.
    pub fn rule_of_law() -> Self {
        Self { kind: Kind::RuleOfLaw, titles: pattern(RULE_OF_LAW) }
    }

    /// `rule_of_law`, `foi`, `work_report`, or a pattern of titles.
    ///
    /// # Errors
    /// It is none of these words and no pattern either.
    pub fn named(text: &str) -> Result<Self, regex::Error> {
        Ok(match text {
            "rule_of_law" => Self::rule_of_law(),
            "foi" => Self { kind: Kind::Foi, titles: pattern(FOI) },
            "work_report" => Self { kind: Kind::WorkReport, titles: pattern(WORK_REPORT) },
            _ => Self { kind: Kind::Pattern, titles: Regex::new(text)? },
        })
    }

    /// The pattern that titles match.
    pub fn titles(&self) -> &str {
        self.titles.as_str()
    }

    /// Whether a title looks like that of such a report.
    pub fn is_wanted(&self, title: &str) -> bool {
        self.titles.is_match(title)
    }

    /// What they are, for a reader.
    pub fn said(&self) -> String {
        match self.kind {
            Kind::RuleOfLaw => "annual reports on law-based government (法治政府建设年度报告)".to_owned(),
            Kind::Foi => "annual reports on open government information (政府信息公开年报)".to_owned(),
            Kind::WorkReport => "work reports of the government (政府工作报告)".to_owned(),
            Kind::Pattern => format!("titles that match `{}`", self.titles),
        }
    }

    /// How near the column the page behind a label of this many characters or fewer is; 0 = not worth following.
    pub(super) fn weight(&self, label: &str) -> u32 {
        if self.kind == Kind::Pattern && self.is_wanted(label) {
            return 100;
        }
        let is_other = self.kind != Kind::Foi && FOI_COLUMNS.is_in(label);
        if COLUMN_ASTRAY.is_in(label) || is_other && self.kind != Kind::Pattern {
            return 0;
        }
        let near = self.ways().and_then(|ways| ways.holds(label)).or_else(|| COLUMN_WAYS.holds(label));
        near.and_then(|way| way.meaning?.parse().ok()).unwrap_or(0)
    }

    /// Whether a column of this name is one of such reports.
    pub fn names(&self, column: &str) -> bool {
        self.weight(column) >= NAMES_COLUMN
    }

    /// How near the column a folder of an address is; `None` = its name says nothing.
    pub(super) fn folder(&self, name: &str) -> Option<u32> {
        let names: &WordList = match self.kind {
            Kind::RuleOfLaw => &RULE_OF_LAW_PINYIN,
            Kind::Foi => &FOI_PINYIN,
            Kind::WorkReport => &WORK_REPORT_PINYIN,
            Kind::Pattern => return None,
        };
        names.holds(name)?.meaning?.parse().ok()
    }

    fn ways(&self) -> Option<&'static WordList> {
        match self.kind {
            Kind::RuleOfLaw => Some(&RULE_OF_LAW_WAYS),
            Kind::Foi => Some(&FOI_WAYS),
            Kind::WorkReport => Some(&WORK_REPORT_WAYS),
            Kind::Pattern => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_by_their_titles() {
        for (want, title, wanted) in [
            ("rule_of_law", "青石镇人民政府关于2022年度法治政府建设工作情况的报告", true),
            ("rule_of_law", "2022年法治政府建设工作总结", true),
            ("rule_of_law", "青石镇人民政府关于2022年度法治政府建设...", true),
            ("rule_of_law", "法治政府建设实施方案", false),
            ("rule_of_law", "青石镇2022年政府信息公开工作年度报告", false),
            ("foi", "青石镇2022年政府信息公开工作年度报告", true),
            ("foi", "云溪县政府信息公开年报（2022）", true),
            ("foi", "云溪县人民政府2022年政府信息公开…", true),
            ("foi", "政府信息公开指南", false),
            ("work_report", "2023年云溪县政府工作报告", true),
            ("work_report", "云溪县法院工作报告", false),
            ("权责清单", "云溪县司法局权责清单", true),
            ("权责清单", "云溪县司法局", false),
        ] {
            assert_eq!(Wanted::named(want).unwrap().is_wanted(title), wanted, "{want}: {title}");
        }
        assert!(Wanted::named("(").is_err());
    }

    #[test]
    fn the_name_of_a_column_counts_for_who_looks_for_it() {
        for (column, kinds) in [
            ("法治政府建设年度报告", [true, false, false]),
            ("政府信息公开年报", [false, true, false]),
            ("政府信息公开工作年度报告", [false, true, false]),
            ("政府工作报告", [false, false, true]),
            ("依申请公开", [false, false, false]),
            ("政务公开", [false, false, false]),
        ] {
            let named = ["rule_of_law", "foi", "work_report"].map(|want| Wanted::named(want).unwrap().names(column));
            assert_eq!(named, kinds, "{column}");
        }
        let pattern = Wanted::named("权责清单").unwrap();
        assert!(pattern.names("权责清单") && !pattern.names("政务公开"));
        assert!(pattern.weight("政务公开") > 0 && pattern.weight("依申请公开") == 0);
    }

    #[test]
    fn folders_are_told_by_the_letters_of_their_pinyin() {
        let folder = |want: &str, name: &str| Wanted::named(want).unwrap().folder(name);
        assert_eq!([folder("foi", "zfxxgknb"), folder("rule_of_law", "zfxxgknb")], [Some(90), None]);
        assert_eq!([folder("work_report", "zfgzbg"), folder("x", "zfgzbg")], [Some(90), None]);
    }
}
