//! The first page: how much there is, from when, and how it stands.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::chart::stacked;
use super::facts::{Facts, Row};
use super::frame::Frame;
use super::history::History;
use super::labels::{Label, grouped, label, word};
use super::listing;
use super::runs::healths;
use super::sources::runs_chart;

/// So many of the newest documents are shown.
const NEWEST: usize = 12;

/// The first page.
pub(super) fn page(facts: &Facts, history: &History) -> String {
    let healths = healths(&history.runs);
    let sick = healths.iter().filter(|health| health.sick_since.is_some()).count();
    let mut newest: Vec<&Row> = facts.rows.iter().collect();
    newest.sort_by_key(|row| (std::cmp::Reverse(row.published.as_deref()), row.page.as_str()));
    newest.truncate(NEWEST);
    let content = html! {
        h1 { (label("概览", "Overview")) }
        (figures(facts, healths.len(), sick, history.failed.len()))
        (availability(&facts.rows))
        div.two {
            section { h2 { (label("类别", "Genres")) } (genres(&facts.rows)) }
            section { h2 { (label("运行", "Runs")) } (runs_chart(&history.runs)) p.note { (last_run(history)) } }
        }
        h2 { (label("最新文件", "Newest documents")) }
        (listing::table(&newest))
        p { a href="documents.html" { (label("全部文件", "All documents")) " ›" } }
    };
    Frame::top("概览 Overview", "index.html").around(&content)
}

fn last_run(history: &History) -> Markup {
    html! {
        @match history.runs.last() {
            Some(run) => { (label("末次运行", "The last run")) " " (run.day()) " " code { (run.id) } },
            None => (label("还没有抓取记录", "No run has crawled yet")),
        }
    }
}

fn figures(facts: &Facts, sources: usize, sick: usize, failed: usize) -> Markup {
    let mut issuers: Vec<&str> = facts.rows.iter().filter_map(|row| row.issuer.as_deref()).collect();
    issuers.sort_unstable();
    issuers.dedup();
    let years = facts.years();
    let span = years.first().zip(years.last()).map(|(first, last)| format!("{first}–{last}"));
    html! {
        dl.figures {
            (figure("documents.html", &grouped(facts.rows.len() as u64), label("篇文件", "documents")))
            (figure("quality.html", &grouped(facts.sections), label("节", "sections")))
            (figure("coverage.html", &grouped(issuers.len() as u64), label("个发文机关", "issuers")))
            @if let Some(span) = span { (figure("coverage.html", &span, label("年度", "years"))) }
            (figure("sources.html", &grouped(sources as u64), label("个来源", "sources")))
            @if sick > 0 { (figure("sources.html", &grouped(sick as u64), label("个来源有恙", "sources not well"))) }
            (figure("failed.html", &grouped(failed as u64), label("页未能取得", "pages failed")))
        }
    }
}

fn figure(page: &str, figure: &str, name: Label) -> Markup {
    html! { div { dt { a href=(page) { (name) } } dd { (figure) } } }
}

/// What was published in a year, and what became of it.
fn availability(rows: &[Row]) -> Markup {
    let mut years: BTreeMap<i16, [u64; 3]> = BTreeMap::new();
    for row in rows {
        let Some(year) = row.published_year().or(row.year) else { continue };
        let [same, changed, gone] = years.entry(year).or_default();
        let count = if row.is_gone {
            gone
        } else if row.is_changed {
            changed
        } else {
            same
        };
        *count += 1;
    }
    let columns: Vec<(String, Vec<u64>)> =
        years.into_iter().map(|(year, counts)| (year.to_string(), counts.to_vec())).collect();
    let series = [
        ("published", label("仍是原样", "as published")),
        ("changed", label("后有变更", "changed since")),
        ("gone", label("已消失", "gone since")),
    ];
    stacked(label("按发布年份", "By year of publication"), &series, &columns)
}

fn genres(rows: &[Row]) -> Markup {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.genre.as_deref().unwrap_or("unknown")).or_default() += 1;
    }
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(genre, count)| (std::cmp::Reverse(*count), *genre));
    html! {
        table.bars {
            @for (genre, count) in counts {
                tr { th scope="row" { (word(genre)) } td { (super::chart::share(count, rows.len() as u64)) } td.n { (grouped(count)) } }
            }
        }
    }
}
