//! Which of several lists is that of the column, and which year its days are of.

use super::{days, read, read_raw};
use crate::model::Listing;

const OWN: [&str; 3] =
    ["云溪县2022年度法治政府建设情况报告", "青石镇2022年度法治政府建设情况报告", "白溪乡2022年度法治政府建设情况报告"];

/// Ten dated rows of another column.
fn box_of_news(heading: &str) -> String {
    let row = |n| {
        format!(
            "<li><a href='/xw/content/post_77{n:02}.html'>云溪县召开第{n}次重点工作推进会议</a><i>2024-04-{:02}</i></li>",
            28 - n
        )
    };
    format!("<div><div><b>{heading}</b></div><ul>{}</ul></div>", (1..=10).map(row).collect::<String>())
}

/// Three rows whose addresses contain `{n}`.
fn list(href: &str, day: &str) -> String {
    let row = |(n, title): (usize, &&str)| {
        format!("<li><a href='{}'>{title}</a><span>{day}</span></li>", href.replace("{n}", &n.to_string()))
    };
    OWN.iter().enumerate().map(row).collect()
}

fn titles(listing: &Listing) -> Vec<&str> {
    listing.targets.iter().map(|target| target.title.as_str()).collect()
}

#[test]
fn a_short_list_of_the_own_column_weighs_more_than_a_longer_one_beside_it() {
    const AWAY: &str = "http://www.other.example.cn/a/100{n}.html";
    for (sign, path, own) in [
        (
            "addresses below the page",
            "/zwgk/fzzf/",
            format!("<ul>{}</ul>", list("./202302/t20230228_{n}.html", "2023-02-28")),
        ),
        (
            "the number of the column in the addresses",
            "/col/col1229346873/index.html",
            format!("<ul>{}</ul>", list("/art/2023/2/28/art_1229346873_590{n}.html", "2023-02-28")),
        ),
        ("the name of the column above", "/c1/", format!("<h2>法治政府建设</h2><ul>{}</ul>", list(AWAY, "2023-02-28"))),
        (
            "a breadcrumb above",
            "/c1/",
            format!(
                "<p>您当前的位置：<a href='/'>首页</a> &gt; 法治政府建设 &gt; 列表</p><div><ul>{}</ul></div>",
                list(AWAY, "2023-02-28")
            ),
        ),
        ("a pager behind", "/c1/", format!("<div><ul>{}</ul><p>共 1 页</p></div>", list(AWAY, "2023-02-28"))),
    ] {
        for heading in ["最新公开", "要闻"] {
            let news = box_of_news(heading);
            for body in [format!("{news}<div class='m'>{own}</div>"), format!("<div class='m'>{own}</div>{news}")] {
                assert_eq!(titles(&read(path, &body)), OWN, "{sign}, {heading}: {body}");
            }
        }
    }
    let news = read("/c1/", &format!("{}<div>{}</div>", box_of_news("要闻"), list(AWAY, "2023-02-28")));
    assert_eq!(news.targets.len(), 10, "without a sign the longer list counts");
}

#[test]
fn boxes_that_are_made_alike_are_told_apart() {
    let own =
        format!("<div><div><b>列表</b></div><ul>{}</ul></div>", list("./202302/t20230228_{n}.html", "2023-02-28"));
    let menu =
        ["机构职能", "领导之窗", "政策文件", "人事信息"].map(|name| format!("<li><a href='/{name}/'>{name}</a></li>"));
    let menu = format!("<div><div><b>目录</b></div><ul>{}</ul></div>", menu.concat());
    for body in [format!("{menu}{own}"), format!("{own}{menu}"), format!("{}{own}", box_of_news("要闻"))] {
        assert_eq!(titles(&read("/zwgk/fzzf/", &body)), OWN, "{body}");
    }
    let part = |name: &str| {
        format!(
            "<div><div><b>{name}</b></div><ul>{}</ul></div>",
            list(&format!("./{name}/t20230228_{{n}}.html"), "2023-02-28")
        )
    };
    assert_eq!(read("/zwgk/fzzf/", &(part("a") + &part("b"))).targets.len(), 6, "the parts of one list");
}

#[test]
fn a_list_without_days_is_one_below_the_name_of_its_column() {
    let rows = list("javascript:;", "").repeat(2);
    for (above, n_items) in [("<h2>法治政府建设</h2>", 6), ("<h2>要闻</h2>", 0)] {
        assert_eq!(read("/c1/", &format!("<div>{above}<ul>{rows}</ul></div>")).targets.len(), n_items, "{above}");
    }
}

#[test]
fn a_day_without_a_year_lies_between_those_beside_it() {
    let rows = |shown: &[&str]| {
        let row = |(n, day): (usize, &&str)| {
            format!("<li><a href='/a/100{n}.html'>青石镇2022年度第{n}批行政许可事项清单</a><span>[{day}]</span></li>")
        };
        format!("<ul>{}</ul>", shown.iter().enumerate().map(row).collect::<String>())
    };
    for (shown, expect) in [
        (["2024-01-10", "01-05", "12-28", "2023-12-20"], ["2024-01-10", "2024-01-05", "2023-12-28", "2023-12-20"]),
        (["2024-01-10", "01-05", "12-28", "2022-12-20"], ["2024-01-10", "-", "-", "2022-12-20"]),
        (["01-10", "01-05", "12-28", "12-20"], ["-", "-", "-", "-"]),
    ] {
        assert_eq!(days(&read_raw("/c1/", &rows(&shown))), expect, "{shown:?}");
    }
    let again =
        "<ul><li><a href='./202208/t20220822_1.html'>云溪县2019年度法治政府建设情况报告</a><i>01-31</i></li></ul>";
    assert_eq!(days(&read("/c1/", again)), ["-"], "an old page that was put on the portal again");
}
