//! All documents, the newest first, page by page.

use maud::{Markup, html};

use super::SitePage;
use super::facts::{Facts, Row};
use super::frame::{Frame, nth, pager, split};
use super::labels::{counted, label, word};

/// So many documents stand on a page.
const PER_PAGE: usize = 100;

/// The pages of the list.
pub(super) fn pages(facts: &Facts) -> Vec<SitePage> {
    let mut rows: Vec<&Row> = facts.rows.iter().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.published.as_deref()), row.page.as_str()));
    let pages = split(&rows, PER_PAGE);
    let count = pages.len();
    let page = |(n, rows): (usize, &&[&Row])| {
        let content = html! {
            h1 { (label("文件", "Documents")) }
            p.note { (counted(facts.rows.len() as u64, label("篇，新的在前", "documents, the newest first"))) }
            (table(rows))
            (pager("documents", n, count))
        };
        (nth("documents", n), Frame::top("文件 Documents", "documents.html").around(&content))
    };
    pages.iter().enumerate().map(page).collect()
}

/// Documents as a table.
pub(super) fn table(rows: &[&Row]) -> Markup {
    html! {
        div.scroll {
            table.list {
                thead {
                    tr {
                        th { (label("标题", "Title")) }
                        th { (label("发文机关", "Issuer")) }
                        th.n { (label("年度", "Year")) }
                        th { (label("发布", "Published")) }
                        th.n { (label("字数", "Length")) }
                        th { (label("状况", "State")) }
                    }
                }
                tbody { @for row in rows { (line(row)) } }
            }
        }
    }
}

fn line(row: &Row) -> Markup {
    html! {
        tr {
            td.title { a href=(row.page) { (row.title) } }
            td { (row.issuer.as_deref().unwrap_or("—")) }
            td.n { @if let Some(year) = row.year { (year) } }
            td.day { (row.published.as_deref().unwrap_or("—")) }
            td.n { (row.chars) }
            td.state {
                @if row.is_gone { span.chip.gone { (word("gone")) } }
                @if row.is_changed { span.chip.changed { (word("changed")) } }
                @if row.is_file { span.chip { (word("attachment")) } }
                @if row.anomalies > 0 { span.chip.flag { (label("编号", "numbers")) " " (row.anomalies) } }
                @if row.warnings > 0 { span.chip.flag { (label("警告", "warnings")) " " (row.warnings) } }
            }
        }
    }
}
