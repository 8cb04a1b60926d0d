//! The health of the sources over the runs, and the pages that failed.

use maud::{Markup, html};

use super::SitePage;
use super::chart::stacked;
use super::frame::{Frame, nth, pager, split};
use super::history::{Failed, History};
use super::labels::{Label, counted, label, word};
use super::runs::{Health, Run, SourceRun, healths};

/// So many sources, or failed pages, stand on a page.
const PER_PAGE: usize = 100;

/// A run in the strip of a source: so wide, and at most so high.
const STEP: usize = 5;
const HIGH: u64 = 16;

/// The pages about sources.
pub(super) fn pages(history: &History) -> Vec<SitePage> {
    let healths = healths(&history.runs);
    let parts = split(&healths, PER_PAGE);
    let count = parts.len();
    let page = |(n, part): (usize, &&[Health<'_>])| {
        let content = html! {
            h1 { (label("来源", "Sources")) }
            p.note {
                (counted(healths.len() as u64, label("个来源", "sources"))) " · "
                (counted(history.runs.len() as u64, label("次运行，旧的在左", "runs, the oldest on the left"))) " · "
                a href="failed.html" { (counted(history.failed.len() as u64, label("页未能取得", "pages failed"))) }
            }
            @if n == 0 { (runs_chart(&history.runs)) }
            (legend())
            (table(part))
            (pager("sources", n, count))
        };
        (nth("sources", n), Frame::top("来源 Sources", "sources.html").around(&content))
    };
    let mut pages: Vec<SitePage> = parts.iter().enumerate().map(page).collect();
    pages.extend(failed_pages(&history.failed));
    pages
}

/// What the runs brought.
pub(super) fn runs_chart(runs: &[Run]) -> Markup {
    let column = |run: &Run| {
        let counts = run.crawl.as_ref().map(|crawl| crawl.counts).unwrap_or_default();
        (run.day().get(5..).unwrap_or_default().to_owned(), vec![counts.new, counts.changed, counts.failed])
    };
    let columns: Vec<(String, Vec<u64>)> = runs.iter().map(column).collect();
    let name = label("每次运行的网页", "Pages of each run");
    let series = [
        ("published", label("新增", "new")),
        ("changed", label("变更", "changed")),
        ("failed", label("失败", "failed")),
    ];
    stacked(name, &series, &columns)
}

/// How high the mark of a status is: it is told by its height, too, not by colour alone.
const STATUSES: [(&str, u64); 6] =
    [("complete", 16), ("partial", 11), ("changed", 8), ("empty", 6), ("blocked", 4), ("unreachable", 4)];

fn legend() -> Markup {
    html! {
        p.legend {
            @for (status, high) in STATUSES {
                span.key {
                    svg.strip width=(STEP) height=(HIGH) viewBox={ "0 0 " (STEP) " " (HIGH) } aria-hidden="true" {
                        rect class=(status) width=(STEP - 1) y=(HIGH - high) height=(high) {}
                    }
                    (word(status))
                }
            }
        }
    }
}

fn table(healths: &[Health<'_>]) -> Markup {
    html! {
        div.scroll {
            table.list {
                thead {
                    tr {
                        th { (label("来源", "Source")) }
                        th { (label("状况", "State")) }
                        th { (label("各次运行", "Runs")) }
                        th.n { (label("网页", "Pages")) }
                        th { (label("最新文件", "Newest")) }
                        th { (label("最近完整", "Last complete")) }
                    }
                }
                tbody { @for health in healths { (line(health)) } }
            }
        }
    }
}

fn line(health: &Health<'_>) -> Markup {
    let last = health.last;
    html! {
        tr {
            th scope="row" { (health.source) }
            td {
                span class={ "chip " (status_class(last)) } { (word(&last.status)) }
                @if let Some(since) = health.sick_since { " " small { (label("自", "since")) " " (since) } }
                @if let Some(detail) = &last.detail { p.detail { (detail) } }
            }
            td.wide { (strip(health)) }
            td.n { (name(label("网页", "pages"))) (last.counts.seen) }
            td.day { (name(label("最新", "newest"))) (last.newest.as_deref().unwrap_or("—")) }
            td.day { (name(label("最近完整", "last complete"))) (health.last_good.unwrap_or("—")) @if health.last_good != Some(health.last_day) { p.detail { (label("末次运行", "last run")) " " (health.last_day) } } }
        }
    }
}

/// What a cell is, for narrow screens, where tables have no heads.
fn name(name: Label) -> Markup {
    html! { span.name { (name) " " } }
}

fn status_class(run: &SourceRun) -> &'static str {
    STATUSES.iter().find(|(status, _)| *status == run.status).map_or("unknown", |(status, _)| status)
}

fn strip(health: &Health<'_>) -> Markup {
    let width = health.runs.len() * STEP;
    let count = |status: &str| health.runs.iter().flatten().filter(|run| run.status == status).count();
    let told: Vec<String> = STATUSES
        .iter()
        .map(|(status, _)| (status, count(status)))
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| format!("{count} {status}"))
        .collect();
    html! {
        svg.strip width=(width) height=(HIGH) viewBox={ "0 0 " (width) " " (HIGH) } role="img" aria-label=(told.join(", ")) {
            // One shape a status, not one a run: ten thousand shapes are slow to show.
            @for (status, high) in STATUSES {
                @let shape = shape(&health.runs, status, high);
                @if !shape.is_empty() { path class=(status) d=(shape) {} }
            }
        }
    }
}

fn shape(runs: &[Option<&SourceRun>], status: &str, high: u64) -> String {
    let wide = STEP - 1;
    let mark = |(n, _)| format!("M{} {}h{wide}v{high}h-{wide}z", n * STEP, HIGH - high);
    runs.iter().enumerate().filter(|(_, run)| run.is_some_and(|run| run.status == status)).map(mark).collect()
}

/// Every page that failed, one by one.
fn failed_pages(failed: &[Failed]) -> Vec<SitePage> {
    let parts = split(failed, PER_PAGE);
    let count = parts.len();
    let page = |(n, part): (usize, &&[Failed])| {
        let content = html! {
            p.back { a href="sources.html" { "‹ " (label("来源", "Sources")) } }
            h1 { (label("未能取得", "Failed")) }
            p.note { (counted(failed.len() as u64, label("页", "pages"))) }
            div.scroll {
                table.list {
                    thead {
                        tr {
                            th { (label("网址", "Address")) }
                            th { (label("原因", "Reason")) }
                            th { (label("来源", "Source")) }
                            th { (label("时间", "When")) }
                        }
                    }
                    tbody {
                        @for page in *part {
                            tr {
                                td.url { @if let Some(title) = &page.title { (title) br; } (page.url) p.detail { (page.detail) } }
                                td { (word(&page.reason)) " " small { (word(&page.stage)) } }
                                td { (page.source) }
                                td.day { (page.at.split('T').next().unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
            (pager("failed", n, count))
        };
        (nth("failed", n), Frame::top("未能取得 Failed", "sources.html").around(&content))
    };
    parts.iter().enumerate().map(page).collect()
}
