//! Families whose pages are frames: the records come in scripts, in JSON, or as pieces of markup.

use std::fmt::Write as _;

use super::{PAGES, Rows};

pub(super) fn jcms(rows: &Rows) -> Vec<(String, String)> {
    let records = |n: usize| {
        format!(
            "<datastore><totalrecord>12</totalrecord><recordset>{}</recordset></datastore>",
            rows.html[n].replace("<li>", "<record><![CDATA[<li>").replace("</li>", "</li>]]></record>")
        )
    };
    let call = "<script>$('#1').jpage({perPage:4,proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{col:1,columnid:12}})</script>";
    let answer = |start: usize| {
        format!(
            "/module/web/jpage/dataproxy.jsp?col=1&columnid=12&startrecord={start}&endrecord={}&perpage=4",
            start + 3
        )
    };
    vec![
        (
            "/col/col12/index.html".to_owned(),
            format!("<div id=\"1\"><script type=\"text/xml\">{}</script></div>{call}", records(0)),
        ),
        (answer(5), records(1)),
        (answer(9), records(2)),
    ]
}

pub(super) fn jpaas(rows: &Rows) -> Vec<(String, String)> {
    let unit = "/api-gateway/jpaas-publish-server/front/page/build/unit";
    let shell = format!(
        "<script parseType=\"bulidstatic\" url=\"{unit}\" querydata=\"{{'webId':'w1','pageId':'p1'}}\"></script>"
    );
    let answer = |n: usize| {
        let html = format!("<ul>{}</ul><div class='pagination' rows='4' count='12'></div>", rows.html[n - 1]);
        let path = format!("{unit}?webId=w1&pageId=p1&paramJson=%7B%22pageNo%22%3A{n}%2C%22pageSize%22%3A15%7D");
        (path, serde_json::json!({ "success": true, "data": { "html": html } }).to_string())
    };
    vec![("/col/col12/index.html".to_owned(), shell), answer(1), answer(2), answer(3)]
}

/// No call tells the parameters: each group of records names the address of the next.
pub(super) fn jcms_groups(rows: &Rows) -> Vec<(String, String)> {
    let proxy = |n: usize| format!("/module/jslib/jquery/jpage/dataproxy.jsp?page={n}&columnid=12");
    let records = |n: usize| {
        let group = proxy(n + 1).replace('&', "&amp;");
        let group = if n < PAGES {
            format!("<nextgroup><![CDATA[<a href=\"{group}\"></a>]]></nextgroup>")
        } else {
            String::new()
        };
        let rows = rows.html[n - 1].replace('<', "&lt;").replace('>', "&gt;");
        let rows =
            rows.replace("&lt;li&gt;", "<record><![CDATA[&lt;li&gt;").replace("&lt;/li&gt;", "&lt;/li&gt;]]></record>");
        format!("<datastore>{group}<recordset>{rows}</recordset></datastore>")
    };
    vec![
        ("/col/col12/index.html".to_owned(), format!("<script type=\"text/xml\">{}</script>", records(1))),
        (proxy(2), records(2)),
        (proxy(3), records(3)),
    ]
}

/// Old pages hold every record in arrays of a script, which shows them page by page.
pub(super) fn jcms_arrays(rows: &Rows) -> Vec<(String, String)> {
    let mut script =
        String::from("var urls = new Array(); var headers = new Array(); var year = new Array(); var i = 0;\n");
    for row in rows.plain.iter().flatten() {
        let (path, title, day) = (&row.path, &row.title, row.day.trim_start_matches("2023-02-"));
        let _ =
            writeln!(script, "urls[i]='{path}';headers[i]=\"{title}\";year[i]='2023';month[i]='2';day[i]='{day}';i++;");
    }
    vec![("/col/col12/index.html".to_owned(), format!("<div id=\"list\"></div><script>{script}</script>"))]
}

/// A frame, then answers in JSON whose array and total bear these names.
fn json_pages(rows: &Rows, frame: (&str, &str), path: impl Fn(usize) -> String, array: &str) -> Vec<(String, String)> {
    let answers = (1..=PAGES).map(|n| (path(n), format!("{{\"total\":12,\"{array}\":[{}]}}", rows.json[n - 1])));
    std::iter::once((frame.0.to_owned(), frame.1.to_owned())).chain(answers).collect()
}

/// The column is named behind `#`.
pub(super) fn gkmlpt(rows: &Rows) -> Vec<(String, String)> {
    let frame = ("/gkmlpt/index#2187", "<script>window._CONFIG = { SID: '754011' }</script>");
    json_pages(rows, frame, |n| format!("/gkmlpt/api/all/2187?page={n}&sid=754011"), "articles")
}

/// The interface gives fewer rows a page than it is asked for.
pub(super) fn ucap_json(rows: &Rows) -> Vec<(String, String)> {
    let channel = "0123456789abcdef0123456789abcdef";
    let frame = format!("<script>load('/common/search/{channel}')</script>");
    let query = |n| format!("/common/search/{channel}?_isAgg=true&_isJson=true&_pageSize=20&_template=index&page={n}");
    json_pages(rows, ("/c1/list.shtml", &frame), query, "results")
}

pub(super) fn xinhua(rows: &Rows) -> Vec<(String, String)> {
    let frame = "<ul id=\"showData0\" data=\"datasource:0123456789abcdef\"></ul>".to_owned();
    let all = rows.json.join(",");
    vec![
        ("/c1/list.htm".to_owned(), frame),
        ("/c1/ds_0123456789abcdef.json".to_owned(), format!("{{\"datasource\":[{all}]}}")),
    ]
}

pub(super) fn lonsun(rows: &Rows) -> Vec<(String, String)> {
    let script = "<script>var pageCount = 3;</script>";
    let call =
        "<script>$.get('/site/label/8888', { labelName: 'publicInfoList', organId: 198, pageIndex: i })</script>";
    let answer = |n: usize| {
        let path =
            format!("/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&organId=198&pageIndex={n}");
        (path, format!("<ul>{}</ul>{script}", rows.html[n - 1]))
    };
    vec![("/public/column/198".to_owned(), format!("<ul>{}</ul>{script}{call}", rows.html[0])), answer(2), answer(3)]
}
