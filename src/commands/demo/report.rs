//! The reports of the demo portal: one text file each, a small header and a paragraph a line.

use anyhow::{Context as _, anyhow};
use include_dir::{Dir, include_dir};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/demo/reports");

/// Every report, newest first, as a portal lists them.
pub(super) fn reports() -> anyhow::Result<Vec<Report>> {
    let mut reports = FILES
        .files()
        .map(|file| {
            let text = file.contents_utf8().context("not UTF-8")?;
            parse(text).with_context(|| format!("in the demo report `{}`", file.path().display()))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    reports.sort_by(|a, b| (b.published, &a.path).cmp(&(a.published, &b.path)));
    Ok(reports)
}

/// A report and the page that shows it.
#[derive(Debug, Clone)]
pub(super) struct Report {
    /// Path of the page.
    pub(super) path: &'static str,
    /// The portal family that its page is in the form of.
    pub(super) family: Family,
    /// How the page is encoded.
    pub(super) charset: Charset,
    /// What the portal does when it is asked for the page.
    pub(super) answer: Answer,
    /// The title, a printed line each.
    pub(super) title_lines: Vec<&'static str>,
    /// 发布时间 as printed.
    pub(super) published: &'static str,
    /// 作者; may be empty.
    pub(super) author: &'static str,
    /// 来源.
    pub(super) source: &'static str,
    /// 访问量; empty where a script would show it.
    pub(super) views: &'static str,
    /// The paragraphs; see [`super::markup`] for the marks.
    pub(super) body: Vec<&'static str>,
}

impl Report {
    /// The title in one piece.
    pub(super) fn title(&self) -> String {
        self.title_lines.concat()
    }

    /// How many documents it is: one, and one for each file beside its text.
    pub(super) fn documents(&self) -> usize {
        let can_be_had = self.answer == Answer::Whole && !self.path.starts_with(FORBIDDEN);
        let files = self.body.iter().filter(|line| line.starts_with('@')).count();
        let beside = if files == self.body.len() { files - 1 } else { files };
        if can_be_had { 1 + beside } else { 0 }
    }

    /// The day of 发布时间.
    pub(super) fn day(&self) -> &'static str {
        self.published.split(' ').next().unwrap_or(self.published)
    }
}

/// What the robots.txt of the portal keeps programs from.
pub(super) const FORBIDDEN: &str = "/nbzl/";

/// A family of portals whose pages look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Static pages of TRS WCM.
    Trs,
    /// Pages of hanweb JCMS.
    Hanweb,
    /// The pages of county portals in Hunan, `/c123/20230228/i456.html`.
    Hunan,
}

/// How a page is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Declared and sent as UTF-8.
    Utf8,
    /// Sent as GB18030 and declared as `gb2312`, as such pages are.
    Gb18030,
}

/// What the portal does when it is asked for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Sends it.
    Whole,
    /// Breaks off in the middle, each time.
    Cut,
    /// Says 404: removed since it was listed.
    Gone,
}

fn parse(text: &'static str) -> anyhow::Result<Report> {
    let (head, body) = text.split_once("\n\n").context("no blank line after the header")?;
    let values = |key: &str| -> Vec<&'static str> {
        let pairs = head.lines().filter_map(|line| line.split_once(':'));
        pairs.filter(|(name, _)| *name == key).map(|(_, value)| value.trim()).collect()
    };
    let value = |key: &str| values(key).first().copied().with_context(|| format!("no `{key}`"));
    Ok(Report {
        path: value("path")?,
        family: match value("family")? {
            "trs" => Family::Trs,
            "hanweb" => Family::Hanweb,
            "hunan" => Family::Hunan,
            other => return Err(anyhow!("no family `{other}`")),
        },
        charset: match value("charset")? {
            "utf-8" => Charset::Utf8,
            "gb18030" => Charset::Gb18030,
            other => return Err(anyhow!("no charset `{other}`")),
        },
        answer: match value("answer").unwrap_or("whole") {
            "whole" => Answer::Whole,
            "cut" => Answer::Cut,
            "gone" => Answer::Gone,
            other => return Err(anyhow!("no answer `{other}`")),
        },
        title_lines: values("title"),
        published: value("published")?,
        author: value("author")?,
        source: value("source")?,
        views: value("views")?,
        body: body.lines().filter(|line| !line.is_empty()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_reports_are_alike() {
        let reports = reports().unwrap();
        for key in [|r: &Report| r.path.to_owned(), Report::title, |r: &Report| r.body.concat()] {
            assert_eq!(reports.iter().map(key).collect::<BTreeSet<_>>().len(), reports.len());
        }
        let paragraphs: Vec<&str> = reports.iter().flat_map(|r| &r.body).copied().filter(|p| p.len() > 120).collect();
        let distinct: BTreeSet<&str> = paragraphs.iter().copied().collect();
        assert_eq!(paragraphs.len(), distinct.len(), "a long paragraph stands in two reports");
    }

    #[test]
    fn the_reports_cover_families_charsets_years_and_faults() {
        let reports = reports().unwrap();
        let sound = || reports.iter().filter(|r| r.answer == Answer::Whole);
        for family in [Family::Trs, Family::Hanweb, Family::Hunan] {
            for charset in [Charset::Utf8, Charset::Gb18030] {
                assert!(sound().any(|r| r.family == family && r.charset == charset), "{family:?} in {charset:?}");
            }
        }
        for year in 2019..=2025 {
            assert!(sound().any(|r| r.title().contains(&year.to_string())), "{year}");
        }
        let long = sound().filter(|r| r.body.iter().map(|p| p.chars().count()).sum::<usize>() > 400);
        assert!(long.count() >= 24);
        assert_eq!(reports.iter().filter(|r| r.answer == Answer::Cut).count(), 1);
        assert_eq!(reports.iter().filter(|r| r.answer == Answer::Gone).count(), 1);
    }

    #[test]
    fn a_report_without_a_key_names_the_key() {
        let error = parse("path: /a.html\nfamily: trs\n\nbody").unwrap_err();
        assert_eq!(error.to_string(), "no `charset`");
    }
}
