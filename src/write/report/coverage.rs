//! Who published for which year: sums by level and by province, and a matrix of issuers for each province.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::SitePage;
use super::facts::{Facts, Row};
use super::failures::Failures;
use super::frame::{Frame, nth, pager, split};
use super::history::Failed;
use super::labels::{Label, counted, label, word};

/// So many issuers stand on a page.
const PER_PAGE: usize = 120;

/// Levels from the top.
const LEVELS: [&str; 6] = ["province", "prefecture", "county", "township", "village", "unknown"];

/// The documents of an issuer, by year.
struct Issuer<'a> {
    name: &'a str,
    level: &'a str,
    code: &'a str,
    years: BTreeMap<i16, Vec<&'a Row>>,
    /// Years of which a list names a report that could not be had.
    failed: BTreeSet<i16>,
}

/// What a matrix says of an issuer and a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is a document, and it can still be had.
    Published,
    /// There is one, and its portal has it no more.
    Gone,
    /// Its list names one, which could not be had or read.
    Failed,
    /// There is none, but there is one of a year before and one of a year after.
    Missing,
    /// There is none, and nothing tells that there should be.
    Open,
}

/// The pages of the coverage.
pub(super) fn pages(facts: &Facts, failed: &[Failed]) -> Vec<SitePage> {
    let failures = Failures::of(failed);
    let mut provinces: BTreeMap<&str, Vec<Issuer<'_>>> = BTreeMap::new();
    let issuers = issuers(&facts.rows, &failures);
    let years = years(facts, &issuers);
    for issuer in issuers {
        provinces.entry(province_code(issuer.code)).or_default().push(issuer);
    }
    let all: Vec<&Issuer<'_>> = provinces.values().flatten().collect();
    let content = html! {
        h1 { (label("覆盖", "Coverage")) }
        p.note { (counted(all.len() as u64, label("个发文机关", "issuers"))) " · " (label(NOTE.zh, NOTE.en)) }
        (legend())
        h2 { (label("按层级", "By level")) }
        (sums(&years, &by_level(&all), label("层级", "Level")))
        h2 { (label("按省份", "By province")) }
        (sums(&years, &by_province(&provinces), label("省份", "Province")))
        (failures.by_source())
    };
    let mut pages = vec![("coverage.html".to_owned(), Frame::top("覆盖 Coverage", "coverage.html").around(&content))];
    for (code, issuers) in &provinces {
        pages.extend(province(code, issuers, &years));
    }
    pages
}

const NOTE: Label = label(
    "年度取报告年度，没有的取发布年份；缺 = 前后年度都有，这一年没有",
    "a year is the one reported on, else that of publication; missing = none for this year, but before and after",
);

/// The years of documents, and those before and behind of which only failed pages tell.
fn years(facts: &Facts, issuers: &[Issuer<'_>]) -> Vec<i16> {
    let mut years = facts.years();
    years.extend(issuers.iter().flat_map(|issuer| &issuer.failed));
    years.sort_unstable();
    years.dedup();
    years
}

fn issuers<'a>(rows: &'a [Row], failures: &Failures<'_>) -> Vec<Issuer<'a>> {
    let mut issuers: BTreeMap<(&str, &str), Issuer<'_>> = BTreeMap::new();
    for row in rows {
        let Some(year) = row.year else { continue };
        let name = row.issuer.as_deref().unwrap_or(&row.source);
        let code = row.region_code.as_deref().unwrap_or_default();
        let level = row.level.as_deref().unwrap_or("unknown");
        let issuer = issuers.entry((code, name)).or_insert_with(|| Issuer {
            name,
            level,
            code,
            years: BTreeMap::new(),
            failed: failures.of_issuer(&row.source, name),
        });
        issuer.years.entry(year).or_default().push(row);
    }
    issuers.into_values().collect()
}

impl Issuer<'_> {
    fn state(&self, year: i16) -> State {
        match self.years.get(&year) {
            Some(rows) if rows.iter().all(|row| row.is_gone) => State::Gone,
            Some(_) => State::Published,
            None if self.failed.contains(&year) => State::Failed,
            None if self.years.range(..year).next().is_some() && self.years.range(year..).next().is_some() => {
                State::Missing
            }
            None => State::Open,
        }
    }
}

fn legend() -> Markup {
    html! {
        p.legend {
            span.key { i.published { "3" } (label("有，几篇", "published, how many")) }
            span.key { i.missing { "缺" } (label("缺", "missing")) }
            span.key { i.failed { "败" } (label("列表上有，未能取得", "listed, could not be had")) }
            span.key { i.gone { "逝" } (label("已从网站消失", "gone from its portal")) }
            span.key { i.open { "·" } (label("无从判断", "nothing tells")) }
        }
    }
}

/// A row of sums: what it is called, where it leads, and its issuers.
type Sum<'a> = (Markup, Vec<&'a Issuer<'a>>);

fn by_level<'a>(all: &[&'a Issuer<'a>]) -> Vec<Sum<'a>> {
    let of = |level: &str| -> Vec<&'a Issuer<'a>> {
        let is = |found: &str| found == level || level == "unknown" && !LEVELS.contains(&found);
        all.iter().copied().filter(|issuer| is(issuer.level)).collect()
    };
    LEVELS.iter().map(|level| (word(level), of(level))).filter(|(_, issuers)| !issuers.is_empty()).collect()
}

fn by_province<'a>(provinces: &'a BTreeMap<&str, Vec<Issuer<'a>>>) -> Vec<Sum<'a>> {
    let sum = |(code, issuers): (&&str, &'a Vec<Issuer<'a>>)| {
        let name = html! { a href=(nth(&stem(code), 0)) { (province_name(issuers)) } };
        (name, issuers.iter().collect())
    };
    provinces.iter().map(sum).collect()
}

/// The first two digits of a code; they name a file, so nothing else is let in.
fn province_code(code: &str) -> &str {
    code.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("00")
}

fn stem(code: &str) -> String {
    format!("coverage-{code}")
}

/// The name of a province, from the full name of any region in it.
fn province_name(issuers: &[Issuer<'_>]) -> Markup {
    let mut rows = issuers.iter().flat_map(|issuer| issuer.years.values().flatten());
    let full = rows.find_map(|row| row.region_name.as_deref()).unwrap_or_default();
    let end = ["自治区", "特别行政区", "省", "市"].iter().filter_map(|end| Some(full.find(end)? + end.len())).min();
    match end.and_then(|end| full.get(..end)) {
        Some(name) => html! { (name) },
        None if full.is_empty() => html! { (label("地区不详", "region unknown")) },
        None => html! { (full) },
    }
}

/// For each row and year: how many issuers published, how many are missing.
fn sums(years: &[i16], rows: &[Sum<'_>], what: Label) -> Markup {
    html! {
        div.scroll {
            table.matrix {
                thead {
                    tr {
                        th scope="col" { (what) }
                        th.n scope="col" { (label("机关", "Issuers")) }
                        @for year in years { th.n scope="col" { (year) } }
                    }
                }
                tbody {
                    @for (name, issuers) in rows {
                        tr {
                            th scope="row" { (name) }
                            td.n { (issuers.len()) }
                            @for year in years { (sum(issuers, *year)) }
                        }
                    }
                }
            }
        }
    }
}

fn sum(issuers: &[&Issuer<'_>], year: i16) -> Markup {
    let count = |state| issuers.iter().filter(|issuer| issuer.state(year) == state).count();
    let [published, gone, failed, missing] = [State::Published, State::Gone, State::Failed, State::Missing].map(count);
    // Four depths of colour are told apart; more are not.
    let depth = (published * 4).div_ceil(issuers.len().max(1));
    html! {
        td class={ "n d" (depth) } {
            @if published + gone + failed + missing == 0 { span.open { "·" } } @else { (published) }
            @if missing + failed + gone > 0 {
                div {
                    @if missing > 0 { span.missing { "缺" (missing) } }
                    @if failed > 0 { span.failed { "败" (failed) } }
                    @if gone > 0 { span.gone { "逝" (gone) } }
                }
            }
        }
    }
}

/// The matrix of one province.
fn province(code: &str, issuers: &[Issuer<'_>], years: &[i16]) -> Vec<SitePage> {
    let stem = stem(code);
    let pages = split(issuers, PER_PAGE);
    let count = pages.len();
    let page = |(n, part): (usize, &&[Issuer<'_>])| {
        let content = html! {
            p.back { a href="coverage.html" { "‹ " (label("覆盖", "Coverage")) } }
            h1 { (province_name(issuers)) }
            p.note { (counted(issuers.len() as u64, label("个发文机关", "issuers"))) }
            (legend())
            (levels(part))
            div.scroll {
                table.matrix #matrix {
                    thead {
                        tr {
                            th scope="col" { (label("发文机关", "Issuer")) }
                            @for year in years { th.n scope="col" { (year) } }
                        }
                    }
                    tbody {
                        @for issuer in *part {
                            tr data-level=(issuer.level) {
                                th scope="row" { (issuer.name) @if issuer.level != "unknown" { " " small { (word(issuer.level)) } } }
                                @for year in years { (cell(issuer, *year)) }
                            }
                        }
                    }
                }
            }
            (pager(&stem, n, count))
        };
        (nth(&stem, n), Frame::top("覆盖 Coverage", "coverage.html").around(&content))
    };
    pages.iter().enumerate().map(page).collect()
}

/// Shows the issuers of one level only.
fn levels(issuers: &[Issuer<'_>]) -> Markup {
    let found: Vec<&&str> =
        LEVELS.iter().filter(|level| issuers.iter().any(|issuer| issuer.level == **level)).collect();
    html! {
        @if found.len() > 1 {
            p.choice #levels role="group" aria-label="层级 Level" {
                button type="button" value="" aria-pressed="true" { (label("全部", "all")) }
                @for level in found { button type="button" value=(level) aria-pressed="false" { (word(level)) } }
            }
        }
    }
}

fn cell(issuer: &Issuer<'_>, year: i16) -> Markup {
    let rows = issuer.years.get(&year).map_or(&[][..], Vec::as_slice);
    let first = rows.first().map(|row| row.page.as_str()).unwrap_or_default();
    html! {
        @match issuer.state(year) {
            State::Published => td.published { a href=(first) title=(titles(rows)) { (rows.len()) } },
            State::Gone => td.gone { a href=(first) title=(titles(rows)) { "逝" } },
            State::Failed => td.failed { "败" },
            State::Missing => td.missing { "缺" },
            State::Open => td.open { "·" },
        }
    }
}

fn titles(rows: &[&Row]) -> String {
    rows.iter().take(5).map(|row| row.title.as_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(year: i16, is_gone: bool) -> Row {
        Row {
            year: Some(year),
            is_gone,
            source: "yunxi".to_owned(),
            issuer: Some("青石镇人民政府".to_owned()),
            ..Row::default()
        }
    }

    #[test]
    fn a_year_is_failed_if_a_list_names_it_and_missing_only_between_two_that_are_there() {
        let rows = [row(2016, false), row(2019, false), row(2021, true), row(2022, true), row(2022, false)];
        let failed =
            |title: &str| Failed { source: "yunxi".to_owned(), title: Some(title.to_owned()), ..Failed::default() };
        let failed = [failed("青石镇2020年度法治政府建设工作报告"), failed("古渡镇2018年度法治政府建设工作报告")];
        let issuers = issuers(&rows, &Failures::of(&failed));
        let states: Vec<State> = (2017..=2023).map(|year| issuers[0].state(year)).collect();
        assert_eq!(
            states,
            [
                State::Missing,
                State::Missing,
                State::Published,
                State::Failed,
                State::Gone,
                State::Published,
                State::Open
            ]
        );
    }
}
