//! Numbers, breadcrumbs, days and titles in the head of a page, in the forms that portals give them, and what only looks like them.

use gongwen::extract::extract;
use gongwen::model::{Document, PageFormat};
use gongwen::page::{View, decode};
use url::Url;

const TITLE: &str = "云溪县水务局关于做好乡村供水工作的通知";
const ORDER: &str = "云溪县养犬管理办法";
const BODY: &str = "<p>各乡镇人民政府：</p><p>为做好乡村供水，保障群众用水，现将有关事项通知如下。</p><p>一、落实责任</p>\
    <p>各乡镇要确定专人巡查水源地，发现问题及时上报。</p><p>云溪县水务局</p><p>2023年4月6日</p>";

/// A page with a head, something at the beginning of its text, and something at its end.
fn page(tag: &str, head: &str, inside: &str, below: &str) -> Document {
    page_at("http://yunxi.example/zwgk/1.html", tag, head, inside, below)
}

fn page_at(address: &str, tag: &str, head: &str, inside: &str, below: &str) -> Document {
    let foot = "<div>主办：云溪县人民政府办公室　浙ICP备05000000号</div>";
    let html = format!("<title>{tag}</title><body>{head}<div id='zoom'>{inside}{BODY}{below}</div>{foot}");
    let url = Url::parse(address).unwrap();
    let view = View::new(decode(html.as_bytes(), None, PageFormat::Html, Some(&url)).unwrap());
    extract(&view).unwrap_or_else(|reject| panic!("{head} {inside}: {reject:?}"))
}

fn headed(title: &str) -> String {
    format!("<h1>{title}</h1><div>发布时间：2023-04-07</div>")
}

#[test]
fn the_number_of_an_order_stands_in_a_line_below_it_or_in_the_title() {
    let whole = Some("云溪县人民政府令第5号");
    for (title, inside, number) in [
        (ORDER, "<p>云溪县人民政府令（第5号）</p>", Some("云溪县人民政府令（第5号）")),
        (ORDER, "<p>云溪县人民政府第5号令</p>", Some("云溪县人民政府第5号令")),
        ("云溪县养犬管理办法（云溪县人民政府令第5号）", "", whole),
        ("云溪县人民政府令第5号：云溪县养犬管理办法", "", whole),
        ("云溪县人民政府令（第5号）云溪县养犬管理办法", "", Some("云溪县人民政府令（第5号）")),
        ("云溪县养犬管理办法 云溪县人民政府令第5号", "", whole),
        ("云溪县水务局公告（2023年第3号）", "", Some("云溪县水务局公告（2023年第3号）")),
        ("云溪县水务局公告2023年第3号——关于检查的公告", "", Some("云溪县水务局公告2023年第3号")),
        ("云溪县水务局关于检查的公告（2023年第3号）", "", Some("2023年第3号")),
        (ORDER, "<p>（2019年1月3日云溪县人民政府令第4号公布　2023年4月6日修订）</p>", None),
        (ORDER, "<p>详见云溪县水务局公告2023年第1号</p>", None),
        ("云溪县水质公告（2023年第3期）", "", None),
        ("对县政协第12号提案的答复", "", None),
    ] {
        let found = page(&format!("{title}-云溪县人民政府"), &headed(title), inside, "");
        assert_eq!(found.document_number.as_deref(), number, "{title} {inside}");
        // The tag may say the title without.
        if number.is_some() && inside.is_empty() && title.contains(ORDER) {
            let found = page(&format!("{ORDER}-云溪县人民政府"), &headed(title), "", "");
            assert_eq!(found.document_number.as_deref(), number, "{title}");
        }
    }
}

#[test]
fn a_number_is_read_behind_what_a_sheet_has_before_it() {
    for (inside, number) in [
        ("<p>特急　云水发〔2023〕4号</p>", Some("云水发〔2023〕4号")),
        ("<p>（A）云水提复〔2023〕4号</p>", Some("云水提复〔2023〕4号")),
        ("<p>云溪县水务局　云溪县财政局　云水发〔2023〕4号</p>", Some("云水发〔2023〕4号")),
        ("<p>云水发〔2023年〕4号</p>", Some("云水发〔2023〕4号")),
        ("<p>云水发[98]4号</p>", Some("云水发〔98〕4号")),
        ("<p>根据 云水发〔2023〕4号</p>", None),
        ("<p>云溪县水务局云水路（98）幢4号</p>", None),
    ] {
        assert_eq!(page(TITLE, &headed(TITLE), inside, "").document_number.as_deref(), number, "{inside}");
    }
    let badge = format!("<h1>{TITLE}<small>云水发〔2023〕4号</small></h1>");
    assert_eq!(page(TITLE, &badge, "", "").document_number.as_deref(), Some("云水发〔2023〕4号"));
}

#[test]
fn the_file_of_the_document_names_its_number_and_others_name_theirs() {
    let number = Some("云水发〔2023〕4号");
    for (files, number) in [
        (vec!["云水发〔2023〕4号.pdf"], number),
        (vec!["云水发〔2023〕4号云溪县水务局关于做好乡村供水工作的通知.pdf"], number),
        (vec!["关于做好乡村供水工作的通知（云水发〔2023〕4号）.doc", "附件1.doc"], number),
        (vec!["云水发〔2023〕4号.pdf", "云水发〔2022〕9号.pdf"], None),
        (vec!["云水发〔2022〕9号云溪县水务局关于节约用水的通知.pdf"], None),
        (vec!["附件：云水发〔2022〕9号.pdf"], None),
    ] {
        let link = |(n, name): (usize, &&str)| format!("<p><a href='/u/{n}.pdf'>{name}</a></p>");
        let below: String = files.iter().enumerate().map(link).collect();
        assert_eq!(page(TITLE, &headed(TITLE), "", &below).document_number.as_deref(), number, "{files:?}");
    }
    let reading = "《关于做好乡村供水工作的通知》政策解读";
    let below = "<p><a href='http://yunxi.example/u/1.pdf'>云水发〔2023〕4号.pdf</a></p>";
    assert_eq!(page(reading, &headed(reading), "", below).document_number, None);
}

#[test]
fn a_number_on_a_line_of_its_own_is_no_part_of_the_title() {
    for title in ["云水罚〔2023〕4号<br>§", "§<br>云水罚〔2023〕4号"] {
        let notice = "云溪县水务局行政处罚信息公开表";
        let head = headed(&title.replace('§', notice));
        let found = page(&format!("{notice}（云水罚〔2023〕4号）"), &head, "", "");
        assert_eq!(found.title.as_deref(), Some(notice), "{title}");
        assert_eq!(found.document_number.as_deref(), Some("云水罚〔2023〕4号"), "{title}");
    }
    let title = format!("{TITLE}（云水发〔2023〕4号）");
    assert_eq!(page(&title, &headed(&title), "", "").title.as_deref(), Some(title.as_str()));
}

#[test]
fn a_breadcrumb_is_read_with_every_arrow_and_nothing_else_is_one() {
    let links = ["<a href='/'>首页</a>", "<a href='/zw/'>政务公开</a>", "<a href='/zw/tz/'>通知公告</a>"];
    for arrow in ["►", "➤", "❯", "⇒", "‣", "﹥", "•", "_", "-&gt;", "=&gt;", "&#xe7a3;", "&gt;&gt;&gt;"] {
        for path in [format!("{}{arrow}正文", links.join(arrow)), ["首页", "政务公开", "通知公告"].join(arrow)]
        {
            let found = page(TITLE, &format!("<div>当前位置：{path}</div>{}", headed(TITLE)), "", "");
            assert_eq!(found.breadcrumb, ["首页", "政务公开", "通知公告"], "{path}");
        }
    }
    for path in [
        format!(
            "<table><tr><td>您现在的位置：</td><td>{}</td><td>2023年12月1日</td></tr></table>",
            links.join("&gt;&gt;")
        ),
        "<div><a href='../../../'>首页</a><a href='../../'>政务公开</a><a href='../'>通知公告</a></div>".to_owned(),
        format!(
            "<div class='location'><a href='/x'>云溪</a> <a href='/y'>切换</a></div><div>{}</div>",
            links.join(" &gt; ")
        ),
        format!("<div>位置：云溪县云中路1号</div><div class='crumb'>{}</div>", links.join(" &gt; ")),
        format!("<div class='location'>{}</div>", links.join("")),
    ] {
        let found = page(TITLE, &format!("{path}{}", headed(TITLE)), "", "");
        assert_eq!(found.breadcrumb, ["首页", "政务公开", "通知公告"], "{path}");
    }
    for other in [
        "<div><h3>通知公告</h3><a href='/tz'>更多&gt;&gt;</a></div>",
        "<div><a href='/tz'>通知公告</a> <a href='/tz'>更多 &gt;&gt;</a></div>",
        "<div><a href='/tz'>MORE&gt;&gt;</a></div>",
        "<div><a href='/zt'>&gt;&gt;进入专题</a></div>",
        "<div><a href='/1'>&gt; 机构职能</a> <a href='/2'>&gt; 政策文件</a> <a href='/3'>&gt; 人事信息</a></div>",
        "<div>公告：<a href='/1'>关于停水的通知&gt;&gt;</a></div>",
        "<div><a href='/1'>&lt;&lt;</a> <a href='/2'>2</a> <a href='/3'>&gt;&gt;</a></div>",
        "<div>位置：云溪县云中路1号</div>",
        "<div class='location'><a href='/x'>云溪</a> <a href='/y'>切换</a></div>",
    ] {
        let found = page(TITLE, &format!("{other}{}", headed(TITLE)), "", "");
        assert_eq!(found.breadcrumb, Vec::<String>::new(), "{other}");
    }
}
