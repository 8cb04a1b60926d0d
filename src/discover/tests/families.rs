//! Families that bring their records in scripts, in XML or in JSON: from the first page to the last.

use super::{assert_all_rows, read, read_raw, rows};
use crate::model::{Listing, Posted};

fn next(listing: &Listing) -> String {
    listing.next.as_ref().map_or_else(String::new, |url| url.as_str().replace("http://www.example.gov.cn", ""))
}

fn records(escape: bool) -> String {
    rows(|n, title, day| {
        let row = format!(
            "<li><a href=\"/art/2023/2/28/art_12_590{n}.html\" title=\"{title}\">{title}</a><span>{day}</span></li>"
        );
        let row = if escape { row.replace('<', "&lt;").replace('>', "&gt;") } else { row };
        format!("<record><![CDATA[{row}]]></record>")
    })
}

const JPAGE: &str = "<script>$('#276315').jpage({ perPage: 2, totalRecord: 15, groupSize: 3,
    proxyUrl: '/module/web/jpage/dataproxy.jsp',
    ajaxParam: { col: 1, appid: 1, webid: 3, path: '/', columnid: 12, sourceContentType: 1, unitid: '276315', webname: '青石镇', permissiontype: 0 } });</script>";

#[test]
fn hanweb_records_in_a_script_are_read_to_the_last_group() {
    let page = format!(
        "<div id=\"276315\"><script type=\"text/xml\"><datastore><recordset>{}</recordset></datastore></script></div>{JPAGE}",
        records(false)
    );
    let first = read("/col/col12/index.html", &page);
    assert_all_rows(&first, "first page");
    assert_eq!((first.profile.as_deref(), first.pages, first.items), (Some("hanweb_jcms"), Some(8), Some(15)));
    let query = "col=1&appid=1&webid=3&path=%2F&columnid=12&sourceContentType=1&unitid=276315&webname=%E9%9D%92%E7%9F%B3%E9%95%87&permissiontype=0";
    assert_eq!(next(&first), format!("/module/web/jpage/dataproxy.jsp?{query}&startrecord=7&endrecord=12&perpage=2"));

    let answer = format!(
        "<datastore><totalrecord>15</totalrecord><totalpage>8</totalpage><recordset>{}</recordset></datastore>",
        records(true)
    );
    let second = read_raw(&next(&first), &answer);
    assert_all_rows(&second, "second group");
    assert_eq!(next(&second), format!("/module/web/jpage/dataproxy.jsp?{query}&startrecord=13&endrecord=18&perpage=2"));
    assert_eq!((second.pages, second.items), (Some(8), Some(15)));

    let third = read_raw(&next(&second), &answer);
    assert_eq!(third.next, None, "18 records are more than 15");
}

#[test]
fn hanweb_follows_the_next_group_where_no_call_tells_the_parameters() {
    let group = "<nextgroup><![CDATA[<a href=\"/module/jslib/jquery/jpage/dataproxy.jsp?page=2&amp;columnid=12\"></a>]]></nextgroup>";
    let page = format!(
        "<script type=\"text/xml\"><datastore>{group}<recordset>{}</recordset></datastore></script>",
        records(false)
    );
    let listing = read("/col/col12/index.html", &page);
    assert_all_rows(&listing, "next group");
    assert_eq!(next(&listing), "/module/jslib/jquery/jpage/dataproxy.jsp?page=2&columnid=12");
}

#[test]
fn hanweb_units_are_asked_for_and_read() {
    let unit = "<script parseType=\"bulidstatic\" url=\"/api-gateway/jpaas-publish-server/front/page/build/unit\" \
                querydata=\"{'webId':'w1','pageId':'p1','parseType':'bulidstatic','tagId':'右侧列表'}\"></script>";
    let shell = read("/col/col12/index.html", unit);
    assert_eq!((shell.targets.len(), shell.profile.as_deref()), (0, Some("hanweb_jpaas")));
    let path = "/api-gateway/jpaas-publish-server/front/page/build/unit?webId=w1&pageId=p1&parseType=bulidstatic&tagId=%E5%8F%B3%E4%BE%A7%E5%88%97%E8%A1%A8";
    assert_eq!(next(&shell), format!("{path}&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A15%7D"));

    let list = rows(|n, title, day| {
        format!("<li><a href=\"/art/2023/art_0123456789abcdef0123456789abcde{n}.html\">{title}</a><b>{day}</b></li>")
    });
    let html = format!("<ul>{list}</ul><div class=\"pagination\" rows=\"15\" count=\"27\"></div>");
    let answer = serde_json::json!({ "success": true, "data": { "html": html } }).to_string();
    let first = read_raw(&next(&shell), &answer);
    assert_all_rows(&first, "first answer");
    assert_eq!((first.pages, first.items), (Some(2), Some(27)));
    assert!(next(&first).contains("pageNo%22%3A2"), "{}", next(&first));
    assert_eq!(read_raw(&next(&first), &answer).next, None);
}

/// Rows of a JSON array with these names for title, address and day.
fn json_rows(title_key: &str, url_key: &str, day_key: &str, value: impl Fn(&str) -> String) -> String {
    let rows = rows(|n, title, day| {
        let value = value(day);
        format!("{{\"{title_key}\":\"<em>{title}</em>\",\"{url_key}\":\"/c/{n}001.html\",\"{day_key}\":{value}}}")
    });
    rows.lines().collect::<Vec<_>>().join(",")
}

#[test]
fn guangdong_catalogues_are_read_from_their_interface() {
    let shell = read("/qsz/gkmlpt/index", "<script>window._CONFIG = { SID: '754011', TREE: [] }</script>");
    assert_eq!((shell.targets.len(), shell.profile.as_deref()), (0, Some("gkmlpt")));
    assert_eq!(next(&shell), "/qsz/gkmlpt/api/all/0?page=1&sid=754011");
    // Seconds since 1970; the first hours of a day in China are the day before in London.
    let seconds = |day: &str| {
        let instant: jiff::Timestamp = format!("{day}T00:30:00+08:00").parse().unwrap();
        instant.as_second().to_string()
    };
    let articles = json_rows("title", "url", "display_publish_time", seconds);
    let answer = format!("{{\"articles\":[{articles}],\"total\":13}}");
    let first = read_raw(&next(&shell), &answer);
    assert_all_rows(&first, "first answer");
    assert_eq!((first.profile.as_deref(), first.pages, first.items), (Some("gkmlpt"), Some(3), Some(13)));
    assert_eq!(next(&first), "/qsz/gkmlpt/api/all/0?page=2&sid=754011");
    let last = read_raw("/qsz/gkmlpt/api/all/0?page=3&sid=754011", &answer);
    assert_eq!(last.next, None);
}

#[test]
fn json_answers_are_read_whatever_their_names() {
    let text = |day: &str| format!("\"{day} 09:30:00\"");
    for (path, body, profile, follows) in [
        (
            "/common/search/0123?_isJson=true&_pageSize=6&page=1",
            format!(
                "{{\"data\":{{\"total\":13,\"results\":[{}]}}}}",
                json_rows("title", "url", "publishedTimeStr", text)
            ),
            "ucap_json",
            "page=2",
        ),
        (
            "/igs/front/search/list.html?pageNumber=2&pageSize=6",
            format!(
                "{{\"page\":{{\"total\":13,\"content\":[{}]}}}}",
                json_rows("DOCTITLE", "DOCPUBURL", "PUBDATE", text)
            ),
            "trs_igs",
            "pageNumber=3",
        ),
        (
            "/inteligentsearch/rest/getFullTextDataNew?pn=0&rn=6",
            format!(
                "{{\"result\":{{\"totalcount\":\"13\",\"records\":[{}]}}}}",
                json_rows("title", "linkurl", "webdate", text)
            ),
            "epoint",
            "pn=6",
        ),
        (
            "/ds_0123.json",
            format!("{{\"datasource\":[{}]}}", json_rows("title", "publishUrl", "publishTime", text)),
            "xinhua",
            "",
        ),
    ] {
        let listing = read_raw(path, &body);
        assert_all_rows(&listing, path);
        assert_eq!(listing.profile.as_deref(), Some(profile), "{path}");
        assert!(
            next(&listing).contains(follows) && next(&listing).is_empty() == follows.is_empty(),
            "{path}: {}",
            next(&listing)
        );
    }
}

#[test]
fn frames_lead_to_their_records() {
    let xinhua = read("/2023/list.htm", "<ul id=\"showData0\" data=\"datasource:0123456789abcdef\"></ul>");
    assert_eq!(next(&xinhua), "/2023/ds_0123456789abcdef.json");
    let ucap =
        read("/c1/list.shtml", "<script>$.get('/common/search/0123456789abcdef0123456789abcdef', show)</script>");
    assert_eq!(
        next(&ucap),
        "/common/search/0123456789abcdef0123456789abcdef?_isAgg=true&_isJson=true&_pageSize=20&_template=index&page=1"
    );
}

#[test]
fn answers_without_records_end_the_list() {
    for text in ["{}", "{\"data\":{\"total\":0,\"results\":[]}}", "[1, 2", "{\"articles\":[{\"title\":\"\"}]}", "null"]
    {
        let listing = read_raw("/gkmlpt/api/all/0?page=4&sid=1", text);
        assert_eq!((listing.targets.len(), listing.next), (0, None), "{text}");
    }
}

#[test]
fn a_query_that_counts_pages_is_counted_on() {
    let list = super::plain_list();
    for (path, pager, follows) in [
        ("/eportal/ui?pageId=12&currentPage=2", "共5页", "/eportal/ui?pageId=12&currentPage=3"),
        ("/eportal/ui?pageId=12&currentPage=5", "共5页", ""),
        (
            "/module/xxgk/search.jsp?divid=div1&currpage=1",
            "第1页 / 共2页",
            "/module/xxgk/search.jsp?divid=div1&currpage=2",
        ),
        ("/list?id=3", "共5页", ""),
    ] {
        assert_eq!(next(&read(path, &format!("{list}{pager}"))), follows, "{path}");
    }
}

const STATE: &str =
    "<input type='hidden' name='__VIEWSTATE' value='/wEPDwUK+A=='><input type='hidden' name='__EVENTTARGET' value=''>
    <input type='submit' name='search' value='搜索'><input type='text' name='key' value='法治'>";

#[test]
fn a_postback_sends_the_form_of_the_page() {
    let pager = "<a disabled='disabled'>上一页</a><span>1</span><a href=\"javascript:__doPostBack('AspNetPager1','2')\">2</a>\
        <a href=\"javascript:__doPostBack('AspNetPager1','2')\">下一页</a><a href=\"javascript:__doPostBack('AspNetPager1','7')\">尾页</a>共7页";
    let page = format!("<form method='post' action='./list.aspx?id=3'>{STATE}{}{pager}</form>", super::plain_list());
    let listing = read("/xxgk/list.aspx?id=3", &page);
    assert_all_rows(&listing, "postback");
    assert_eq!(
        (listing.pages, listing.profile.as_deref()),
        (Some(7), Some("trs_static")),
        "the items decide the family"
    );
    let posted = Posted::of(&listing.next.unwrap()).unwrap();
    assert_eq!(posted.url.as_str(), "http://www.example.gov.cn/xxgk/list.aspx?id=3");
    assert_eq!(
        posted.body,
        "__VIEWSTATE=%2FwEPDwUK%2BA%3D%3D&key=%E6%B3%95%E6%B2%BB&__EVENTTARGET=AspNetPager1&__EVENTARGUMENT=2"
    );
}

#[test]
fn a_script_fills_the_number_of_the_page_into_a_form() {
    let list = super::plain_list();
    let form = |method: &str, action: &str| {
        format!(
            "<form method='{method}' action='{action}'><input type='hidden' name='cpage' value='1'><input name='type' value='9'></form>"
        )
    };
    for (path, form, pager, follows) in [
        (
            "/dir.jsp",
            form("post", ""),
            "<a href=\"javascript:page('2')\">下一页</a>",
            "/dir.jsp?__wb_method=POST&cpage=2&type=9",
        ),
        ("/dir.jsp", form("get", "/all.do"), "<a href='#' onclick='goPage(2)'>下一页</a>", "/all.do?cpage=2&type=9"),
        (
            "/dir.jsp",
            form("post", ""),
            "<input type='button' value='下一页' onclick=\"toPage(2)\">",
            "/dir.jsp?__wb_method=POST&cpage=2&type=9",
        ),
        ("/dir.jsp?cur_page=3", String::new(), "<a onclick='turnPage(4)'>下一页</a>", "/dir.jsp?cur_page=4"),
        ("/dir.jsp", String::new(), "<a onclick='turnPage(4)'>下一页</a>", ""),
    ] {
        assert_eq!(next(&read(path, &format!("{list}{form}{pager}"))), follows, "{pager}");
    }
    // The answer to a form is asked on in the same way.
    let answer = format!("{list}{}<a href=\"javascript:page('3')\">下一页</a>", form("post", ""));
    assert_eq!(
        next(&read("/dir.jsp?__wb_method=POST&cpage=2&type=9", &answer)),
        "/dir.jsp?__wb_method=POST&cpage=3&type=9"
    );
}

#[test]
fn a_link_never_makes_us_send_anything() {
    let page = super::plain_list().replace("./202302/", "/delete?__wb_method=POST&id=");
    assert_eq!(read("/c1/", &page).targets.len(), 0);
}

#[test]
fn epoint_columns_ask_the_interface_row_by_row() {
    let page = "<script>var categorynum = '003001'; post('/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew', q)</script>";
    let column = read("/xxgk/003001/list.html", page);
    assert_eq!((column.targets.len(), column.profile.as_deref()), (0, Some("epoint")));
    let question = Posted::of(&column.next.clone().unwrap()).unwrap();
    assert_eq!(question.url.path(), "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew");
    assert!(question.body.contains("\"pn\":0") && question.body.contains("003001"), "{}", question.body);

    let rows = json_rows("title", "linkurl", "webdate", |day| format!("\"{day} 09:30:00\""));
    let answer = format!("{{\"result\":{{\"totalcount\":12,\"records\":[{rows}]}}}}");
    let first = read_raw(&next(&column), &answer);
    assert_all_rows(&first, "first answer");
    assert!(Posted::of(&first.next.clone().unwrap()).unwrap().body.contains("\"pn\":6"));
    assert_eq!(read_raw(&next(&first), &answer).next, None);
}

#[test]
fn lonsun_asks_the_label_for_more_rows() {
    let script = "<script>Ls.pagination('.p', function (i) { $.get('/site/label/8888?_=1', { labelName: 'publicInfoList', \
        siteId: '42', organId: 198, pageSize: 20, pageIndex: i, action: \"list\" }) }, { currentPage: 1, pageCount: 3 })</script>";
    let list = super::plain_list();
    let first = read("/public/column/198", &format!("{list}{script}"));
    assert_all_rows(&first, "first page");
    assert_eq!((first.profile.as_deref(), first.pages), (Some("lonsun"), Some(3)));
    let label = "/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=42&organId=198&pageSize=20&action=list";
    assert_eq!(next(&first), format!("{label}&pageIndex=2"));
    let second = read_raw(&next(&first), &format!("{list}<script>var pageCount = 3;</script>"));
    assert_eq!(next(&second), format!("{label}&pageIndex=3"));
    assert_eq!(read_raw(&next(&second), &format!("{list}<script>var pageCount = 3;</script>")).next, None);
}
