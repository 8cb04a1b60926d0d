//! Families whose list pages are files with links, or with scripts that draw them.

use super::{PAGES, Rows, list_pages, numbered};

pub(super) fn trs(rows: &Rows) -> Vec<(String, String)> {
    let call = |n| format!("<script>createPageHTML({PAGES}, {}, \"index\", \"html\")</script>", n - 1);
    list_pages(rows, |n| numbered(n, 0, "index", "html"), call)
}

pub(super) fn trs_variables(rows: &Rows) -> Vec<(String, String)> {
    let script = |n| {
        let current = n - 1;
        format!(
            "<script>var countPage = {PAGES};\nvar currentPage = {current};document.write('<a href=\"index_'+i+'.shtml\">')</script>"
        )
    };
    list_pages(rows, |n| numbered(n, 0, "index", "shtml"), script)
}

pub(super) fn ucap(rows: &Rows) -> Vec<(String, String)> {
    let call = |n| format!("<script>createPageHTML('page_div',{PAGES}, {n},'common_list','shtml',12);</script>");
    list_pages(rows, |n| numbered(n, 1, "common_list", "shtml"), call)
}

pub(super) fn links(rows: &Rows) -> Vec<(String, String)> {
    let next = |n| if n < PAGES { format!("<a href=\"index_{}.html\">下一页</a>", n + 1) } else { String::new() };
    let pager =
        |n| format!("<script>window.NFCMS_SITE_ID=5</script>{}<a href=\"index_{PAGES}.html\">尾页</a>", next(n));
    list_pages(rows, |n| numbered(n, 1, "index", "html"), pager)
}

pub(super) fn scripted_links(rows: &Rows) -> Vec<(String, String)> {
    let next = |n| {
        if n < PAGES {
            format!("<a href=\"#\" onclick=\"location.href=encodeURI('index_{}.jhtml');\">下一页</a>", n + 1)
        } else {
            String::new()
        }
    };
    list_pages(rows, |n| numbered(n, 1, "index", "jhtml"), |n| format!("共12条记录 {n}/{PAGES}页 {}", next(n)))
}

pub(super) fn counted_down(rows: &Rows) -> Vec<(String, String)> {
    let path = |n| if n == 1 { "/fzzf.htm".to_owned() } else { format!("/fzzf/{}.htm", PAGES + 1 - n) };
    let next = |n| {
        if n < PAGES {
            format!("<a class=\"Next\" href=\"/fzzf/{}.htm\">下页</a>", PAGES - n)
        } else {
            "<span>下页</span>".to_owned()
        }
    };
    list_pages(rows, path, |n| format!("共12条 {n}/{PAGES} {}", next(n)))
}

pub(super) fn numbers(rows: &Rows) -> Vec<(String, String)> {
    let path = |n| if n == 1 { "/channels/2146.html".to_owned() } else { format!("/channels/2146_{n}.html") };
    let number = |n: usize, here: usize| {
        if n == here { format!("<b>{n}</b>") } else { format!("<a href=\"{}\">{n}</a>", path(n)) }
    };
    list_pages(rows, path, |here| format!("<div>{}</div>", (1..=PAGES).map(|n| number(n, here)).collect::<String>()))
}

/// The bare form of the call where the system counts from 1: on later pages it looks as if it counted from 0.
pub(super) fn counted_from_one(rows: &Rows) -> Vec<(String, String)> {
    let call = |n| format!("<script>createPageHTML({PAGES}, {n}, \"index\", \"html\")</script>");
    list_pages(rows, |n| numbered(n, 1, "index", "html"), call)
}

/// Pages that bear the number of their column.
pub(super) fn named(rows: &Rows) -> Vec<(String, String)> {
    let path = |n| {
        let file = if n == 1 { "index.html".to_owned() } else { format!("index_100456_{n}.html") };
        format!("/n100123/n100456/{file}")
    };
    let next =
        |n| if n < PAGES { format!("<a href=\"index_100456_{}.html\">下页</a>", n + 1) } else { String::new() };
    list_pages(rows, path, |n| format!("<div>{} <a href=\"index_100456_{PAGES}.html\">尾页</a></div>", next(n)))
}
