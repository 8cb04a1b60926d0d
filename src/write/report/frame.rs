//! What every page has: head, the way to the other pages, paging.

use maud::{DOCTYPE, Markup, html};

use super::labels::{Label, label};

/// The generator that each page names: by it a later report knows what it may replace.
pub(super) const MADE_BY: &str = "gongwen report";

/// Nothing from elsewhere is ever loaded and no script but the one of the site is run, whatever a page holds. Opened
/// from disk a page has no origin, so that the scheme is named as well.
const POLICY: &str = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; \
                      form-action 'none'";

/// The parts of the site.
const PARTS: [(&str, Label); 6] = [
    ("index.html", label("概览", "Overview")),
    ("coverage.html", label("覆盖", "Coverage")),
    ("documents.html", label("文件", "Documents")),
    ("sources.html", label("来源", "Sources")),
    ("quality.html", label("质量", "Quality")),
    ("search.html", label("检索", "Search")),
];

/// A page of the site.
pub(super) struct Frame<'a> {
    /// For the title bar.
    pub(super) title: &'a str,
    /// The part that it belongs to: a file of [`PARTS`].
    pub(super) part: &'a str,
    /// The way from the page up to the folder of the report: empty, or `../../`.
    pub(super) root: &'a str,
    /// Names what the page was made of; empty where it is always made anew.
    pub(super) key: &'a str,
    /// A class of the whole page.
    pub(super) class: &'a str,
}

impl<'a> Frame<'a> {
    /// A page beside `index.html`.
    pub(super) fn top(title: &'a str, part: &'a str) -> Self {
        Self { title, part, root: "", key: "", class: "site" }
    }

    /// The page around its content.
    pub(super) fn around(&self, content: &Markup) -> String {
        let Self { title, part, root, key, class } = self;
        html! {
            (DOCTYPE)
            html lang="zh-CN" data-lang="zh" {
                head {
                    meta charset="utf-8";
                    meta name="generator" content=(MADE_BY) data-key=(key);
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    title { (title) " · gongwen" }
                    link rel="stylesheet" href={ (root) "assets/report.css" };
                    script src={ (root) "assets/report.js" } {}
                }
                body class=(class) data-root=(root) {
                    a.skip href="#main" { (label("跳到正文", "Skip to the content")) }
                    header.top {
                        a.brand href={ (root) "index.html" } { "公文" span { "gongwen" } }
                        nav aria-label="站点 Site" {
                            @for (file, name) in PARTS {
                                a href={ (root) (file) } aria-current=[(file == *part).then_some("page")] { (name) }
                            }
                        }
                        button #lang type="button" aria-label="切换语言 Switch language" {
                            (label("English", "中文"))
                        }
                    }
                    main #main tabindex="-1" { (content) }
                }
            }
        }
        .into_string()
    }
}

/// The name of the `n`-th page (from 0) of a row of pages.
pub(super) fn nth(stem: &str, n: usize) -> String {
    if n == 0 { format!("{stem}.html") } else { format!("{stem}-{}.html", n + 1) }
}

/// The way between the pages of a row: the first, the last, and those around.
pub(super) fn pager(stem: &str, at: usize, count: usize) -> Markup {
    if count < 2 {
        return html! {};
    }
    let near: Vec<usize> = (0..count).filter(|n| *n == 0 || *n + 1 == count || n.abs_diff(at) <= 2).collect();
    html! {
        nav.pager aria-label="分页 Pages" {
            @if at > 0 { a rel="prev" href=(nth(stem, at - 1)) { "‹ " (label("上一页", "Previous")) } }
            @for (k, n) in near.iter().enumerate() {
                @if k > 0 && near[k - 1] + 1 < *n { span.gap { "…" } }
                a href=(nth(stem, *n)) aria-current=[(*n == at).then_some("page")] { (n + 1) }
            }
            @if at + 1 < count { a rel="next" href=(nth(stem, at + 1)) { (label("下一页", "Next")) " ›" } }
        }
    }
}

/// Splits a row of things into pages of `per` each, at least one.
pub(super) fn split<T>(items: &[T], per: usize) -> Vec<&[T]> {
    if items.is_empty() { vec![items] } else { items.chunks(per).collect() }
}
