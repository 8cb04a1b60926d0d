//! List pages in the shapes of the portal families, written for these tests.

mod families;
mod feeds;
mod laws;
mod pagers;
mod places;
mod totals;

use std::fmt::Write as _;

use url::Url;

use super::listing;
use crate::model::{Listing, Page, PageFormat};
use crate::page::View;

const TOWNS: [&str; 6] = ["青石镇", "白溪乡", "云溪街道", "枫桥镇", "柳湾乡", "石门镇"];

/// Reads an answer as it is.
fn read_raw(path: &str, text: &str) -> Listing {
    let url = Url::parse("http://www.example.gov.cn").unwrap().join(path).unwrap();
    let text = text.to_owned();
    let page = Page { url: Some(url), format: PageFormat::Html, text, charset: "UTF-8", replaced: 0 };
    listing(&View::new(page))
}

/// Reads markup as if it had been fetched from a path of a portal.
fn read(path: &str, body: &str) -> Listing {
    let head = "<head><title>法治政府建设</title></head>";
    read_raw(path, &format!("<html>{head}<body>{MENU}{body}{FOOTER}</body></html>"))
}

const MENU: &str = "<div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/zwgk/\">政务公开</a></li>
    <li><a href=\"/hdjl/\">互动交流</a></li><li><a href=\"/ztzl/\">专题专栏</a></li></ul></div>
    <div class=\"crumbs\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/zwgk/\">政务公开</a></div>";
const FOOTER: &str = "<div class=\"footer\"><a href=\"/map/\">网站地图</a> <a href=\"http://beian.example.cn/?id=43028102\">湘公网安备 43028102000001号</a>
    <p>共青团路12号，更新于2023-03-01</p></div>";

/// Six rows made by `row` from the number of the row, the title and the day.
fn rows(row: impl Fn(usize, &str, &str) -> String) -> String {
    let mut out = String::new();
    for (n, town) in TOWNS.iter().enumerate() {
        let _ = writeln!(
            out,
            "{}",
            row(n, &format!("{town}2022年度法治政府建设情况报告"), &format!("2023-02-{:02}", 28 - n))
        );
    }
    out
}

/// A list as most portals write it.
fn plain_list() -> String {
    let row = |n, title: &str, day: &str| {
        format!("<li><a href=\"./202302/t202302{:02}_{n}.html\">{title}</a><span>{day}</span></li>", 28 - n)
    };
    format!("<div class=\"list\"><ul>{}</ul></div>", rows(row))
}

fn days(listing: &Listing) -> Vec<String> {
    listing.targets.iter().map(|target| target.date.map_or_else(|| "-".to_owned(), |date| date.to_string())).collect()
}

/// Every row of `rows` was found, in order, with its title and its day.
fn assert_all_rows(listing: &Listing, shape: &str) {
    let titles: Vec<&str> = listing.targets.iter().map(|target| target.title.as_str()).collect();
    let expect: Vec<String> = TOWNS.iter().map(|town| format!("{town}2022年度法治政府建设情况报告")).collect();
    assert_eq!(titles, expect, "{shape}");
    let expect: Vec<String> = (0..TOWNS.len()).map(|n| format!("2023-02-{:02}", 28 - n)).collect();
    assert_eq!(days(listing), expect, "{shape}");
}

/// A shape of a list: its name, what stands around the rows (at `*`), and one row.
const SHAPES: &[(&str, &str, &str)] = &[
    ("li, day behind", "<ul>*</ul>", "<li><a href='{n}001.html'>{title}</a><span>{day}</span></li>"),
    ("li, day before", "<ul>*</ul>", "<li><span>[{day} 09:30]</span><a href='{n}001.html'>{title}</a></li>"),
    (
        "classes that differ",
        "<ul>*</ul>",
        "<li class='r{n}'><a href='{n}001.html'><font>{title}</font></a><i>{day}</i></li>",
    ),
    ("table", "<table>*</table>", "<tr><td>{n}</td><td><a href='{n}001.html'>{title}</a></td><td>{day}</td></tr>"),
    ("lines of text", "<div>*</div>", "· <a href='{n}001.html'>{title}</a> ({day})<br>"),
    ("lines in a cell", "<table><tr><td>*</td></tr></table>", "<a href='{n}001.html'>{title}</a> {day}<br>"),
    ("dt and dd", "<dl>*</dl>", "<dt><a href='{n}001.html'>{title}</a></dt><dd>{day}</dd>"),
    (
        "divs",
        "<div>*</div>",
        "<div class='i'><div><a href='{n}001.html'>{title}</a></div><div>发布日期：{day}</div></div>",
    ),
    ("cards", "<ul>*</ul>", "<li><a href='{n}001.html'><h3>{title}</h3><p>全文见附件。</p><i>{day}</i></a></li>"),
    (
        "cards of paragraphs",
        "<ul>*</ul>",
        "<li><a href='{n}001.html'><p>{title}</p><p>全文见附件，欢迎查阅。</p><p>{day}</p></a></li>",
    ),
    ("pinned", "<ul>*</ul>", "<li><a href='{n}001.html'><i>[置顶]</i>{title}<b>new</b></a><span>{day}</span></li>"),
    ("pinned in the text", "<ul>*</ul>", "<li><a href='{n}001.html'>【置顶】{title}</a><span>{day}</span></li>"),
    ("day in the link", "<ul>*</ul>", "<li><a href='{n}001.html'><em>{title}</em><em>{day}</em></a></li>"),
    (
        "column first",
        "<ul>*</ul>",
        "<li>[<a href='/zwgk/'>政务公开</a>]<a href='{n}001.html'>{title}</a><b>{day}</b></li>",
    ),
    (
        "picture first",
        "<ul>*</ul>",
        "<li><a href='{n}001.html'><img></a><a href='{n}001.html'>{title}</a><b>{day}</b></li>",
    ),
    ("several parts", "<h2>镇</h2><ul>*</ul><h2>乡</h2><ul></ul>", "<li><a href='{n}001.html'>{title}</a>{day}</li>"),
];

#[test]
fn the_main_list_is_found_in_every_shape() {
    for (shape, around, row) in SHAPES {
        let rows =
            rows(|n, title, day| row.replace("{n}", &n.to_string()).replace("{title}", title).replace("{day}", day));
        assert_all_rows(&read("/zwgk/fzzfjs/", &around.replace('*', &rows)), shape);
    }
}

#[test]
fn a_day_may_be_cut_into_parts_or_lack_its_year() {
    let cards = rows(|n, title, day| {
        let (month, day) = day.rsplit_once('-').unwrap();
        format!("<li><div><p>{day}</p><span>{month}</span></div><a href=\"{n}001.html\">{title}</a></li>")
    });
    assert_all_rows(&read("/c1/", &cards), "day above month");
    let short = rows(|n, title, day| {
        let (_, day) = day.split_once('-').unwrap();
        format!("<li><a href=\"./202302/t20230201_{n}.html\">{title}</a><span>{day}</span></li>")
    });
    assert_all_rows(&read("/c1/", &short), "year from the address");
    let bare = rows(|n, title, day| format!("<li><a href=\"t{}_{n}001.html\">{title}</a></li>", day.replace('-', "")));
    assert_all_rows(&read("/c1/", &bare), "day from the address");
}

#[test]
fn a_cut_title_is_taken_from_the_attribute() {
    let full = "云溪县人民政府关于2022年度法治政府建设工作情况的报告";
    for (shown, attribute, expect) in [
        ("云溪县人民政府关于2022年度法治政府...", full, full),
        ("云溪县人民政府关于2022年度法治政府…", full, full),
        (full, "点击查看", full),
        ("云溪县人民政府关于2022年度法治政府建设工作情况的报告", "", full),
    ] {
        let body =
            format!("<ul><li><a href=\"1001.html\" title=\"{attribute}\">{shown}</a><span>2023-02-28</span></li></ul>");
        assert_eq!(read("/c1/", &body).targets[0].title, expect);
    }
}

#[test]
fn a_list_with_one_item_is_a_list() {
    let listing = read(
        "/c1/",
        "<ul class=\"l\"><li><a href=\"t20230228_1.html\">青石镇2022年度法治政府建设情况报告</a><span>2023-02-28</span></li></ul>",
    );
    assert_eq!((listing.targets.len(), days(&listing)), (1, vec!["2023-02-28".to_owned()]));
}

#[test]
fn items_may_be_files_or_lie_on_other_hosts_or_be_opened_by_scripts() {
    let hrefs = [
        "./P020230228.pdf",
        "http://www.other.example.cn/a/1.html",
        "javascript:;",
        "#",
        "t20230228_1.html#top",
        "1001.doc",
    ];
    let body = rows(|n, title, day| {
        format!(
            "<li><a href=\"{}\" onclick=\"{}\">{title}</a><span>{day}</span></li>",
            hrefs[n],
            if n == 3 { "location.href='1003.html'" } else { "" }
        )
    });
    let urls: Vec<String> = read("/c1/", &body).targets.iter().map(|target| target.url.to_string()).collect();
    let expect = [
        "http://www.example.gov.cn/c1/P020230228.pdf",
        "http://www.other.example.cn/a/1.html",
        "javascript:;",
        "http://www.example.gov.cn/c1/1003.html",
        "http://www.example.gov.cn/c1/t20230228_1.html",
        "http://www.example.gov.cn/c1/1001.doc",
    ];
    assert_eq!(urls, expect);
}

#[test]
fn items_that_a_click_opens_are_items() {
    const OPEN: &str = "<script>function show(id, kind) { window.open('/a/' + id + '.html?k=' + kind) }
        var go = function (id) { location.href = \"/a/\" + id + \".html\"; };</script>";
    for (row, expect) in [
        ("<li onclick=\"location.href='/a/{n}001.html'\">{title}<span>{day}</span></li>", "/a/{n}001.html"),
        (
            "<tr onclick=\"window.open('/a/{n}001.html')\"><td>{n}</td><td>{title}</td><td>{day}</td></tr>",
            "/a/{n}001.html",
        ),
        ("<li><a href='#' onclick=\"show('{n}001', 3)\">{title}</a><span>{day}</span></li>", "/a/{n}001.html?k=3"),
        ("<li><a href=\"javascript:show({n}001,'b')\">{title}</a><span>{day}</span></li>", "/a/{n}001.html?k=b"),
        ("<li onclick='go({n}001)'><p>{title}</p><i>{day}</i></li>", "/a/{n}001.html"),
        ("<div onclick=\"go('{n}001')\"><span>{day}</span><span>{title}</span></div>", "/a/{n}001.html"),
    ] {
        let body =
            rows(|n, title, day| row.replace("{n}", &n.to_string()).replace("{title}", title).replace("{day}", day));
        let around = if row.starts_with("<tr") { format!("<table>{body}</table>") } else { format!("<ul>{body}</ul>") };
        let listing = read("/c1/", &(OPEN.to_owned() + &around));
        assert_all_rows(&listing, row);
        let first = listing.targets[1].url.as_str().replace("http://www.example.gov.cn", "");
        assert_eq!(first, expect.replace("{n}", "1"), "{row}");
    }
}

#[test]
fn the_front_page_of_a_site_is_no_list() {
    let blocks =
        |n: usize| (0..n).map(|n| plain_list().replace("\"list\"", &format!("\"block{n}\""))).collect::<String>();
    assert_eq!(read("/c1/", &blocks(5)).targets.len(), 0);
    let with_sidebars = read("/c1/", &blocks(3));
    assert_all_rows(&with_sidebars, "two lists beside the main one");
    let paged = read("/c1/", &format!("{}<script>createPageHTML(2, 0, \"index\", \"html\")</script>", blocks(5)));
    assert_all_rows(&paged, "a pager");
}

#[test]
fn the_menu_of_a_portal_is_no_list_and_hides_none() {
    let column = |n: usize| format!("<li><a href=\"/zwgk/column{n}.html\">政务公开第{n}号专题栏目</a></li>");
    let columns: String = (0..60).map(column).collect();
    let unfolding = format!("<ul><li><a href=\"/zwgk/\">政务公开</a><ul>{columns}</ul></li></ul>");
    assert_eq!(read("/c1/", &unfolding).targets.len(), 0);
    for menu in [unfolding, format!("<div class=\"m\">{columns}</div>")] {
        assert_all_rows(&read("/c1/", &format!("{menu}{}", plain_list())), "a menu before the list");
    }
    let hot: String = (1..8)
        .map(|n| format!("<li><a href=\"/xw/202403/t2024030{n}_{n}.html\">云溪县召开第{n}次重点工作推进会议</a><i>2024-03-0{n}</i></li>"))
        .collect();
    assert_all_rows(
        &read("/c1/", &format!("<div><ul>{hot}</ul></div>{}", plain_list())),
        "the items of the own column",
    );
}

#[test]
fn pages_that_are_no_list_give_no_targets() {
    let columns = "<ul class=\"map\"><li><a href=\"/a/\">领导之窗</a></li><li><a href=\"/b/\">机构职能</a></li><li><a href=\"/c/\">政策文件</a></li></ul>";
    let article = "<h1>青石镇2022年度法治政府建设情况报告</h1><p>一、主要举措</p><p>上一篇：<a href=\"1000.html\">青石镇2022年政府信息公开工作年度报告</a></p>";
    for body in ["", columns, article, "<p>共 0 页</p>", "<script>location.href='/index.html'</script>"] {
        let listing = read("/c1/", body);
        assert_eq!((listing.targets.len(), listing.next), (0, None), "{body}");
    }
}

#[test]
fn the_family_is_told_by_addresses_and_marks() {
    for (href, mark, family) in [
        ("./202302/t20230228_{n}.html", "", Some("trs_static")),
        (
            "http://www.example.gov.cn/zwgk/content/post_100{n}.html",
            "<script>window.NFCMS_SITE_ID=5</script>",
            Some("nfcms"),
        ),
        ("/art/2023/2/28/art_1229346873_5902593{n}.html", "", Some("hanweb_jcms")),
        ("../info/1013/13581{n}.htm", "", Some("vsb")),
        ("/c100123/202302/0123456789abcdef0123456789abcde{n}.shtml", "", Some("ucap_static")),
        ("../contents/2146/13348{n}.html", "<a href=\"/channels/2146.html\">年报</a>", Some("siteserver")),
        ("1850{n}.jhtml", "", Some("jeecms")),
        ("/20230228/01234567-89ab-cdef-0123-456789abcde{n}.html", "", Some("epoint")),
        ("/n2588025/n2588119/c123456{n}/content.html", "", Some("turbocms")),
        ("/2023-02/28/c_112940000{n}.htm", "", Some("xinhua")),
        ("show.asp?id=100{n}", "", None),
    ] {
        let body = rows(|n, title, day| {
            format!("<li><a href=\"{}\">{title}</a><span>{day}</span></li>", href.replace("{n}", &n.to_string()))
        });
        let listing = read("/c1/", &format!("{body}{mark}"));
        assert_all_rows(&listing, href);
        assert_eq!(listing.profile.as_deref(), family, "{href}");
    }
}
