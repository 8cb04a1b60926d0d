//! Families whose list pages are made for each request: tables, forms, queries and search interfaces.

use std::fmt::Write as _;

use super::{PAGES, ROWS, Rows};

/// Rows of a table in place of list items.
fn table(rows: &Rows, n: usize, day: impl Fn(&str) -> String) -> String {
    let mut table = String::from("<table class=\"list\">");
    for row in &rows.plain[n - 1] {
        let (path, title, day) = (&row.path, &row.title, day(&row.day));
        let _ = write!(table, "<tr class=\"row\"><td>·</td><td><a href=\"{path}\">{title}</a></td>{day}</tr>");
    }
    table + "</table>"
}

fn cell(day: &str) -> String {
    format!("<td>{day}</td>")
}

/// A search page in a frame, whose rows bear what they say as attributes.
pub(super) fn xxgk(rows: &Rows) -> Vec<(String, String)> {
    let search = "/module/xxgk/search.jsp?divid=div138&infotypeId=A02&jdid=1";
    let frame = format!(
        "<div class=\"tree\"><a href=\"/zn/\">公开指南</a></div><iframe id=\"list\" src=\"{search}\"></iframe>"
    );
    let answer = |n: usize| {
        let mut body = String::from("<table>");
        for row in &rows.plain[n - 1] {
            let (path, title, day) = (&row.path, &row.title, &row.day);
            let _ = write!(
                body,
                "<tr class=\"tr_main_value_odd\" mc=\"{title}\" rq=\"{day}\" syh=\"1129-2023-{n}\" wh=\"云政〔2023〕{n}号\">\
                 <td><a href=\"{path}\" target=\"_blank\">{title}</a></td></tr>"
            );
        }
        let next = if n < PAGES { "<a onclick=\"goPage('next')\">下一页</a>" } else { "" };
        format!("{body}</table><div>共12条 第{n}页/共{PAGES}页 {next}</div>")
    };
    let mut lists = vec![("/col/col9/index.html".to_owned(), frame), (search.to_owned(), answer(1))];
    lists.extend((2..=PAGES).map(|n| (format!("{search}&currpage={n}"), answer(n))));
    lists
}

/// The addresses of the pages are arguments of a function, or attributes.
pub(super) fn eportal(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| {
        if n == 1 {
            "/eportal/ui?pageId=9".to_owned()
        } else {
            format!("/eportal/ui?pageId=9&currentPage={n}&moduleId=m1")
        }
    };
    let page = |n: usize| {
        let attribute = if n == 1 { "onclick=\"queryArticle(this,'{}')\"" } else { "tagname=\"{}\"" };
        let next = if n < PAGES {
            format!("<a href=\"javascript:void(0)\" {}>下一页</a>", attribute.replace("{}", &path(n + 1)))
        } else {
            String::new()
        };
        format!("<div class=\"easysite-news-list\">{}</div><div>共{PAGES}页 {next}</div>", table(rows, n, cell))
    };
    (1..=PAGES).map(|n| (path(n), page(n))).collect()
}

/// ASP.NET: every page is an answer to the form of the page before, with its own state.
pub(super) fn postback(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| {
        let sent = |n: usize| format!(" __VIEWSTATE=v{}&__EVENTTARGET=AspNetPager1&__EVENTARGUMENT={n}", n - 1);
        format!("/list.aspx?id=3{}", if n > 1 { sent(n) } else { String::new() })
    };
    let page = |n: usize| {
        let next = if n < PAGES {
            format!("<a href=\"javascript:__doPostBack('AspNetPager1','{}')\">下一页</a>", n + 1)
        } else {
            "<a disabled=\"disabled\">下一页</a>".to_owned()
        };
        format!(
            "<form method=\"post\" action=\"list.aspx?id=3\"><input type=\"hidden\" name=\"__VIEWSTATE\" value=\"v{n}\">{}{next}</form>",
            table(rows, n, cell)
        )
    };
    (1..=PAGES).map(|n| (path(n), page(n))).collect()
}

/// A query that counts rows, without a link to the next page.
pub(super) fn offset(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| format!("/viewQueryAll.do?type=9&offset={}", (n - 1) * ROWS);
    (1..=PAGES).map(|n| (path(n), format!("{}<p>共 12 条记录</p>", table(rows, n, cell)))).collect()
}

/// A form whose field for the page is filled in by a script.
pub(super) fn form(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| if n == 1 { "/iList.jsp?cat=7".to_owned() } else { format!("/iList.jsp cpage={n}&cat=7") };
    let page = |n: usize| {
        let next =
            if n < PAGES { format!("<a href=\"javascript:page('{}')\">下一页</a>", n + 1) } else { String::new() };
        format!(
            "{}<form method=\"post\" action=\"/iList.jsp\"><input type=\"hidden\" name=\"cpage\" value=\"{n}\">\
             <input type=\"hidden\" name=\"cat\" value=\"7\"></form>{next}",
            table(rows, n, cell)
        )
    };
    (1..=PAGES).map(|n| (path(n), page(n))).collect()
}

/// A frame whose script asks a search interface of TRS.
pub(super) fn igs(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| {
        // What stands in the page is asked for as it stands; what is counted on is written by the rules.
        let filter = if n == 1 { "filter[SITEID]" } else { "filter%5BSITEID%5D" };
        format!("/igs/front/search/list.html?index=zc&type=gov&pageNumber={n}&pageSize=4&{filter}=12")
    };
    let frame = format!("<div id=\"list\"></div><script>$.getJSON('{}', show);</script>", path(1));
    let answers =
        (1..=PAGES).map(|n| (path(n), format!("{{\"page\":{{\"total\":12,\"content\":[{}]}}}}", rows.json[n - 1])));
    std::iter::once(("/zcwj/index.html".to_owned(), frame)).chain(answers).collect()
}

/// The older interface, whose answer is a page.
pub(super) fn was5(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| format!("/was5/web/search?channelid=12&prepage=4&page={n}");
    (1..=PAGES).map(|n| (path(n), format!("<ul>{}</ul><p>共12条记录</p>", rows.html[n - 1]))).collect()
}

/// A question in JSON that counts rows, for all that the interface has.
pub(super) fn epoint(rows: &Rows) -> Vec<(String, String)> {
    let interface = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew";
    let frame =
        format!("<div class=\"ewb-list\"></div><script>var categorynum='003001'; post('{interface}', q)</script>");
    let path = |offset: usize| {
        let condition = "[{\"fieldName\":\"categorynum\",\"equal\":\"003001\",\"isLike\":true,\"likeType\":2}]";
        format!(
            "{interface} {{\"pn\":{offset},\"rn\":20,\"fields\":\"title\",\"sort\":\"{{\\\"webdate\\\":0}}\",\"ssort\":\"title\",\
             \"cl\":200,\"condition\":{condition},\"noParticiple\":\"0\",\"isBusiness\":\"1\"}}"
        )
    };
    let answer = |n: usize| format!("{{\"result\":{{\"totalcount\":12,\"records\":[{}]}}}}", rows.json[n - 1]);
    let mut lists = vec![("/xxgk/003001/list.html".to_owned(), frame)];
    lists.extend((1..=PAGES).map(|n| (path((n - 1) * ROWS), answer(n))));
    lists
}

/// Files of JSON whose names count the pages.
pub(super) fn json_files(rows: &Rows) -> Vec<(String, String)> {
    let path = |n: usize| format!("/cn/static/data/DocInfo/data_itemId=915,pageIndex={n},pageSize=4.json");
    (1..=PAGES).map(|n| (path(n), format!("{{\"data\":{{\"total\":12,\"rows\":[{}]}}}}", rows.json[n - 1]))).collect()
}
