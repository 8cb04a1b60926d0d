//! How good the records are: reasons of rejects, fields that are filled, odd numbers, lengths and parts by year.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::SitePage;
use super::chart::{percent, share, spread};
use super::facts::{Facts, Row};
use super::fills::Host;
use super::frame::{Frame, nth, pager, split};
use super::history::Failed;
use super::labels::{counted, grouped, label, word};
use super::listing;

/// So many hosts stand on a page.
const HOSTS: usize = 100;
/// So many documents with odd numbers are named.
const ODDEST: usize = 50;

/// So many cited works are named.
const MOST_CITED: usize = 20;

/// Fields whose filling differs from host to host.
const TOLD_BY_HOST: [&str; 10] = [
    "title",
    "published",
    "publisher",
    "issuers",
    "issuer",
    "region_code",
    "report_year",
    "document_number",
    "dated",
    "attachments",
];

/// The pages about quality.
pub(super) fn pages(facts: &Facts, failed: &[Failed]) -> Vec<SitePage> {
    let content = html! {
        h1 { (label("质量", "Quality")) }
        nav.inner aria-label="本页 On this page" {
            a href="#rejects" { (label("未收", "Rejects")) }
            a href="#fields" { (label("字段", "Fields")) }
            a href="#numbers" { (label("编号与警告", "Numbers and warnings")) }
            a href="#lengths" { (label("篇幅", "Lengths")) }
            a href="#parts" { (label("法定部分", "Parts")) }
            @if !facts.cited.is_empty() { a href="#cited" { (label("引用", "Citations")) } }
            a href="hosts.html" { (label("分网站", "By host")) }
        }
        section #rejects { h2 { (label("未收的原因", "Reasons of rejects")) } (rejects(failed)) }
        section #fields { h2 { (label("字段有值的比例", "Fields that are filled")) } (fields(facts)) }
        section #numbers { h2 { (label("编号与警告", "Numbers and warnings")) } (odd(facts)) }
        section #lengths { h2 { (label("篇幅", "Lengths")) } (lengths(facts)) }
        @if !facts.cited.is_empty() { section #cited { h2 { (label("引用最多的", "Cited most")) } (cited(facts)) } }
        section #parts { h2 { (label("法定部分，按年度", "Mandated parts by year")) } (parts(facts)) }
    };
    let mut pages = vec![("quality.html".to_owned(), Frame::top("质量 Quality", "quality.html").around(&content))];
    pages.extend(hosts(facts));
    pages
}

/// Bars of counts, the largest first.
fn bars(counts: &[(Markup, u64)], whole: u64) -> Markup {
    html! {
        table.bars {
            @for (name, count) in counts {
                tr { th scope="row" { (name) } td { (share(*count, whole)) } td.n { (grouped(*count)) } }
            }
        }
    }
}

fn sorted<K: Ord>(counts: BTreeMap<K, u64>) -> Vec<(K, u64)> {
    let mut counts: Vec<(K, u64)> = counts.into_iter().collect();
    // Stable: equal counts stay in the order of their names.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn rejects(failed: &[Failed]) -> Markup {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for page in failed {
        *counts.entry((&page.stage, &page.reason)).or_default() += 1;
    }
    let counts = sorted(counts);
    let most = counts.first().map_or(0, |(_, count)| *count);
    let name = |(stage, reason): (&str, &str)| html! { (word(reason)) " " small { (word(stage)) } };
    let counts: Vec<(Markup, u64)> = counts.into_iter().map(|(key, count)| (name(key), count)).collect();
    html! {
        p.note { a href="failed.html" { (counted(failed.len() as u64, label("页未能取得或未收", "pages failed or were turned away"))) } }
        (bars(&counts, most))
    }
}

fn fields(facts: &Facts) -> Markup {
    let all = facts.fills.all();
    let fields: Vec<(&str, u64)> =
        facts.fills.fields().iter().enumerate().map(|(n, field)| (field.as_str(), all.filled(n))).collect();
    let names = |wanted: u64| -> Vec<&str> {
        fields.iter().filter(|(_, filled)| *filled == wanted).map(|(field, _)| *field).collect()
    };
    html! {
        p.note { (counted(all.documents, label("篇文件", "documents"))) " · " a href="hosts.html" { (label("分网站", "by host")) } }
        table.bars {
            @for (field, filled) in fields.iter().filter(|(_, filled)| (1..all.documents).contains(filled)) {
                tr {
                    th scope="row" { code { (field) } }
                    td { (share(*filled, all.documents)) }
                    td.n { (percent(*filled, all.documents)) "%" }
                    td.n { (grouped(*filled)) }
                }
            }
        }
        @for (what, names) in [
            (label("全都有值：", "always filled: "), names(all.documents)),
            (label("全都无值：", "never filled: "), names(0)),
        ] {
            @if all.documents > 0 && !names.is_empty() { p.note { (what) code { (names.join(" · ")) } } }
        }
    }
}

fn hosts(facts: &Facts) -> Vec<SitePage> {
    let fields: Vec<(usize, &String)> =
        facts.fills.fields().iter().enumerate().filter(|(_, field)| TOLD_BY_HOST.contains(&field.as_str())).collect();
    let hosts = facts.fills.hosts();
    let parts = split(&hosts, HOSTS);
    let count = parts.len();
    let page = |(n, part): (usize, &&[(&str, &Host)])| {
        let content = html! {
            p.back { a href="quality.html" { "‹ " (label("质量", "Quality")) } }
            h1 { (label("分网站的字段", "Fields by host")) }
            p.note { (label("有值的百分比", "percent filled")) }
            div.scroll {
                table.matrix {
                    thead {
                        tr {
                            th { (label("网站", "Host")) }
                            th.n { (label("文件", "Documents")) }
                            @for (_, field) in &fields { th.n { code { (field) } } }
                        }
                    }
                    tbody {
                        @for (name, host) in *part {
                            tr {
                                th scope="row" { (name) }
                                td.n { (grouped(host.documents)) }
                                @for (field, _) in &fields {
                                    @let filled = percent(host.filled(*field), host.documents);
                                    td class={ "n d" (filled.div_ceil(25)) } { (filled) }
                                }
                            }
                        }
                    }
                }
            }
            (pager("hosts", n, count))
        };
        (nth("hosts", n), Frame::top("分网站的字段 Fields by host", "quality.html").around(&content))
    };
    parts.iter().enumerate().map(page).collect()
}

fn odd(facts: &Facts) -> Markup {
    let named = |counts: &BTreeMap<String, u64>| -> Vec<(Markup, u64)> {
        sorted(counts.iter().map(|(code, count)| (code.as_str(), *count)).collect::<BTreeMap<&str, u64>>())
            .into_iter()
            .map(|(code, count)| (html! { (word(code)) " " small { code { (code) } } }, count))
            .collect()
    };
    let [flags, warnings] = [named(&facts.flags), named(&facts.warnings)];
    let mut oddest: Vec<&Row> = facts.rows.iter().filter(|row| row.anomalies > 0).collect();
    oddest.sort_by_key(|row| (std::cmp::Reverse(row.anomalies), row.page.as_str()));
    html! {
        div.two {
            div { h3 { (label("各节的标记", "Flags of sections")) } (bars(&flags, facts.sections)) }
            div { h3 { (label("警告", "Warnings")) } (bars(&warnings, facts.rows.len() as u64)) }
        }
        @if !oddest.is_empty() {
            details {
                summary {
                    (counted(oddest.len() as u64, label("篇编号有异常", "documents with odd numbers")))
                    @if oddest.len() > ODDEST { " · " (label("列出最多的", "the oddest:")) " " (ODDEST) }
                }
                (listing::table(&oddest[..oddest.len().min(ODDEST)]))
            }
        }
    }
}

fn lengths(facts: &Facts) -> Markup {
    let mut years: BTreeMap<i16, Vec<u64>> = BTreeMap::new();
    for row in &facts.rows {
        if let Some(year) = row.year {
            years.entry(year).or_default().push(row.chars);
        }
    }
    let columns: Vec<(String, Vec<u64>)> =
        years.into_iter().map(|(year, lengths)| (year.to_string(), lengths)).collect();
    let name = label(
        "每篇字数：横线为中位数，竖条含八成文件",
        "Characters of a document: the line is the median, the bar holds eight in ten",
    );
    spread(name, &columns)
}

/// The works that most documents cite.
fn cited(facts: &Facts) -> Markup {
    let mut cited = sorted(facts.cited.iter().map(|(title, count)| (title.as_str(), *count)).collect());
    cited.truncate(MOST_CITED);
    let cited: Vec<(Markup, u64)> =
        cited.into_iter().map(|(title, count)| (html! { "《" (title) "》" }, count)).collect();
    html! {
        p.note { (label("引用它的文件篇数", "documents that cite it")) }
        (bars(&cited, facts.rows.len() as u64))
    }
}

/// For the genres that have mandated parts: in how many reports of a year each is found.
fn parts(facts: &Facts) -> Markup {
    let years = facts.years();
    let genres = ["rule_of_law_annual", "foi_annual"];
    html! {
        @for genre in genres {
            @let rows: Vec<&Row> = facts.rows.iter().filter(|row| row.genre.as_deref() == Some(genre)).collect();
            @if !rows.is_empty() { h3 { (word(genre)) } (parts_of(&rows, &years)) }
        }
    }
}

fn parts_of(rows: &[&Row], years: &[i16]) -> Markup {
    let mut parts: Vec<&str> = rows.iter().flat_map(|row| &row.parts).map(String::as_str).collect();
    parts.sort_unstable();
    parts.dedup();
    let in_year = |year: i16| rows.iter().filter(move |row| row.year == Some(year));
    html! {
        div.scroll {
            table.matrix {
                thead { tr { th { (label("部分", "Part")) } @for year in years { th.n scope="col" { (year) } } } }
                tbody {
                    tr { th scope="row" { (label("报告篇数", "reports")) } @for year in years { td.n { (in_year(*year).count()) } } }
                    @for part in parts {
                        tr {
                            th scope="row" { (word(part)) }
                            @for year in years {
                                @let all = in_year(*year).count() as u64;
                                @let with = in_year(*year).filter(|row| row.parts.iter().any(|found| found == part)).count() as u64;
                                @let found = percent(with, all);
                                @if all == 0 { td.n { span.open { "·" } } } @else { td class={ "n d" (found.div_ceil(25)) } { (found) "%" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
