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
        ("<p>云水发〔2023〕4号　云财农〔2023〕19号</p>", Some("云水发〔2023〕4号")),
        ("<p>云溪县水务局行政处罚决定书云水罚字〔2023〕4号</p>", Some("云水罚字〔2023〕4号")),
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

fn day(document: &Document) -> Option<String> {
    document.published.map(|day| day.to_string())
}

#[test]
fn a_day_stands_beside_a_name_in_a_badge_or_behind_tools() {
    let name = Some("云溪县水务局");
    for (below, publisher) in [
        ("<span>2023年04月07日</span> <span>云溪县水务局</span>", name),
        ("<span>云溪县水务局</span> <span>2023年4月7日</span>", name),
        ("<span>2023-04-07</span><span>云溪县水务局</span>", name),
        ("2023-04-07 / 云溪县水务局", name),
        ("<p>字体：大 中 小　2023-04-07</p>", None),
        ("<p>【大 中 小】【打印】 2023-04-07</p>", None),
        ("<p>A+ A- 2023-04-07</p>", None),
        ("<b>07</b><span>2023-04</span>", None),
        ("<p>07</p><p>2023/04</p>", None),
        ("<span>2023年4月</span><b>07</b>", None),
        ("<p>04-07</p><p>2023</p>", None),
        ("<p>发布时间：Fri Apr 07 10:22:00 CST 2023　来源：云溪县水务局</p>", name),
        ("<p>发布时间：1680834120000</p>", None),
        ("<p>来源：云溪县水务局发布时间：2023-04-07</p>", name),
        ("<p>发布时间：2023-04-07 来源：云溪县水务局 -</p>", name),
        ("<p>发布时间：2023-04-07 来源： 打印</p>", None),
        ("<p>发布时间：2023-04-07 来源：http://yunxi.example/</p>", None),
        ("<p>审核时间：2023-04-07 本文来源：云溪县水务局</p>", name),
    ] {
        let found = page(TITLE, &format!("<h1>{TITLE}</h1><div>{below}</div>"), "", "");
        assert_eq!(day(&found).as_deref(), Some("2023-04-07"), "{below}");
        assert_eq!(found.publisher.as_deref(), publisher, "{below}");
        assert_eq!(found.title.as_deref(), Some(TITLE), "{below}");
        assert!(!found.text().contains("2023-04") && found.text().ends_with("2023年4月6日"), "{below}");
    }
}

#[test]
fn other_figures_in_the_head_are_no_day() {
    for below in
        ["<p>12</p><p>2023</p>", "<p>2023-04</p><p>云溪县</p>", "<p>第7期</p><p>2023-04</p>", "<p>07</p><p>2023-14</p>"]
    {
        assert_eq!(day(&page(TITLE, &format!("<h1>{TITLE}</h1><div>{below}</div>"), "", "")), None, "{below}");
    }
    let item = "<p>2023-03-01 云溪县召开供水工作联席会议</p><p>发布时间：2023-04-07</p>";
    assert_eq!(page(TITLE, &format!("<h1>{TITLE}</h1><div>{item}</div>"), "", "").publisher, None);
    let signed = "<p>云溪县水务局</p><p>2023年4月6日</p>";
    assert_eq!(day(&page(TITLE, &format!("<h1>{TITLE}</h1>"), signed, "")), None);
}

#[test]
fn the_time_of_posting_may_stand_alone_below_the_text() {
    let found = page(TITLE, &format!("<h1>{TITLE}</h1>"), "", "<p>2023-04-07 10:22:33</p>");
    assert_eq!(day(&found).as_deref(), Some("2023-04-07"));
    assert!(found.text().ends_with("2023年4月6日"));
    let item = "</div><div><a href='/1.html'>云溪县启动冬修水利</a></div><div>2023-04-07 10:22</div><div>";
    assert_eq!(day(&page(TITLE, &format!("<h1>{TITLE}</h1>"), "", item)), None);
    let kept = page(TITLE, &format!("<h1>{TITLE}</h1>"), "", "<p>2023-04-07</p>");
    assert!(kept.text().ends_with("2023-04-07"));
    assert_eq!(day(&kept), None);
}

#[test]
fn a_heading_is_the_title_without_what_a_portal_puts_beside_it() {
    for head in [
        "<h1>§<span>2023-04-07</span></h1>",
        "<h1>§<small>2023-04-07 10:22</small></h1>",
        "<h1><span>2023-04-07</span>§</h1>",
        "<h1>§<span>浏览：12</span></h1><p>发布时间：2023-04-07</p>",
        "<h1>§<span>来源：县政府办</span></h1><p>发布时间：2023-04-07</p>",
        "<h1>§<a>分享</a></h1><p>发布时间：2023-04-07</p>",
        "<h1>政策文件</h1><h2>§</h2><p>发布时间：2023-04-07</p>",
    ] {
        for tag in ["通知公告", "云溪县人民政府", "政策文件"] {
            let found = page(tag, &head.replace('§', TITLE), "", "");
            assert_eq!(found.title.as_deref(), Some(TITLE), "{tag} {head}");
            assert_eq!(day(&found).as_deref(), Some("2023-04-07"), "{tag} {head}");
        }
    }
}

#[test]
fn a_title_stands_below_a_banner_and_over_two_lines_of_the_text() {
    const NEWS: &str = "青石镇召开秋冬季森林防火工作推进会";
    for banner in ["云溪县政府信息公开", "政策文件", "政务动态"] {
        let head = format!("<h1>{banner}</h1><p>{NEWS}</p><div>发布时间：2023-04-07</div>");
        assert_eq!(page(banner, &head, "", "").title.as_deref(), Some(NEWS), "{banner}");
    }
    let head = "<h1>青石镇召开防火会</h1><p>确保今冬明春不发生森林火灾事故</p><div>发布时间：2023-04-07</div>";
    assert_eq!(page("青石镇召开防火会", head, "", "").title.as_deref(), Some("青石镇召开防火会"));
    let lines = "<center><b>云溪县人民政府</b></center><center><b>关于印发云溪县养犬管理办法的通知</b></center>";
    let found = page("云溪县人民政府", "<div>发布时间：2023-04-07</div>", lines, "");
    assert_eq!(found.title.as_deref(), Some("云溪县人民政府关于印发云溪县养犬管理办法的通知"));
}

#[test]
fn the_title_in_the_tag_alone_loses_names_of_any_shape() {
    const NEWS: &str = "青石镇召开秋冬季森林防火工作推进会";
    for (tag, title) in [
        ("§-云溪发布", NEWS),
        ("§-平安云溪", NEWS),
        ("§-Yunxi Government", NEWS),
        ("§-信息公开-云溪县", NEWS),
        ("§-中国·云溪", NEWS),
        ("云溪县人民政府-§", NEWS),
        ("云溪县人民政府_通知公告_§", NEWS),
        ("云溪发布_§", NEWS),
        ("云溪县人民政府｜通知公告｜§", TITLE),
        ("云溪县人民政府-通知公告-§", TITLE),
        ("§ 云溪县人民政府", TITLE),
        ("§｜云溪县人民政府", TITLE),
        ("§-云溪县人民政府", "权威发布 | 云溪县防火工作新举措"),
        ("§-云溪县人民政府", "凝心聚力谱新篇——云溪县防火工作综述"),
        ("§-云溪县人民政府", "云溪县2023-2025年防火规划"),
    ] {
        let found = page(&tag.replace('§', title), "<div>发布时间：2023-04-07</div>", "", "");
        assert_eq!(found.title.as_deref(), Some(title), "{tag}");
    }
}

#[test]
fn folders_of_an_address_may_be_a_day() {
    for (path, expected) in [
        ("2023/0407/c123a4567/page.htm", Some("2023-04-07")),
        ("202304/07/12.html", Some("2023-04-07")),
        ("2023/1407/c123a4567/page.htm", None),
        ("2023/0407.html", None),
    ] {
        let found = page_at(&format!("http://yunxi.example/{path}"), TITLE, &format!("<h1>{TITLE}</h1>"), "", "");
        assert_eq!(day(&found).as_deref(), expected, "{path}");
    }
    for tag in [
        "property='og:release_date'",
        "itemprop='datePublished'",
        "name='DC.date'",
        "property='bytedance:published_time'",
    ] {
        let head = format!("<meta {tag} content='2023-04-07T10:22:00+08:00'><h1>{TITLE}</h1>");
        assert_eq!(day(&page(TITLE, &head, "", "")).as_deref(), Some("2023-04-07"), "{tag}");
    }
}

/// A page with a whole head of its own.
fn title_of(tags: &str, head: &str, inside: &str) -> Option<String> {
    page(tags, &format!("{head}<div>发布时间：2023-04-07</div>"), inside, "").title
}

#[test]
fn a_title_is_the_one_that_is_shown_whatever_form_the_tags_have() {
    let subject = "关于做好乡村供水工作的通知";
    let meta = |title: &str| format!("云溪县人民政府</title><meta name='ArticleTitle' content='{title}'><title>");
    for head in ["<h2>{}</h2>", "<div class='tit'>{}</div>", "<p align='center'><b>{}</b></p>"] {
        let shown = |title: &str| head.replace("{}", title);
        for (tagged, title) in [(subject, TITLE), (TITLE, subject), (&*TITLE.replace("供水", "洪水"), TITLE)] {
            assert_eq!(title_of(&meta(tagged), &shown(title), "").as_deref(), Some(title), "{head} {tagged}");
        }
        // What has other words is no form of it.
        assert_eq!(title_of(&meta(TITLE), &shown("云溪县水利简报今日要闻速览"), "").as_deref(), Some(TITLE), "{head}");
        assert_eq!(title_of(TITLE, &shown("云溪县水务局关于做好乡村．．．"), "").as_deref(), Some(TITLE), "{head}");
    }
}

#[test]
fn lines_of_a_title_that_the_tags_leave_out_belong_to_it() {
    let (body, subject) = ("云溪县水务局", "2022年度法治政府建设工作报告");
    let whole = format!("{body}{subject}");
    for head in [
        format!("<h1>{body}<br>{subject}</h1>"),
        format!("<div class='bt'><p>{body}</p><p>{subject}</p></div>"),
        format!("<div><div>{body}</div><div>{subject}</div></div>"),
    ] {
        for tag in [subject, "云溪县人民政府", "法治建设-云溪县人民政府", ""] {
            assert_eq!(title_of(tag, &head, "").as_deref(), Some(&*whole), "{head} {tag}");
        }
    }
    for (head, tag, title) in [
        ("<h1>县水务局检修水管<br>——白云村见闻</h1>", "县水务局检修水管", "县水务局检修水管——白云村见闻"),
        ("<h1>云溪县供水管理办法<br>（试行）</h1>", "云溪县供水管理办法", "云溪县供水管理办法（试行）"),
        // What is no second line of a title stays out of it.
        ("<h1>云溪县供水管理办法<br>（第5号）</h1>", "云溪县供水管理办法", "云溪县供水管理办法"),
        ("<h1>县水务局检修水管</h1><h3>——白云村见闻</h3>", "县水务局检修水管", "县水务局检修水管"),
        ("<div>云溪县人民政府</div><h1>2022年度法治政府建设工作报告</h1>", subject, subject),
        ("<h1>县水务局<br>县水务局检修水管</h1>", "县水务局检修水管", "县水务局检修水管"),
    ] {
        assert_eq!(title_of(tag, head, "").as_deref(), Some(title), "{head}");
    }
    // The text may repeat the title with the body before it.
    let inside = format!("<p align='center'><b>{body}</b></p><p align='center'><b>{subject}</b></p>");
    assert_eq!(title_of(subject, &format!("<h1>{subject}</h1>"), &inside).as_deref(), Some(subject));
}

#[test]
fn a_letter_is_titled_by_what_it_says_and_not_by_the_mailbox() {
    for (label, mailbox) in [("标题", "局长信箱"), ("信件标题", "局长信箱"), ("提问标题", "在线咨询")]
    {
        let rows = format!(
            "<table><tr><td>{label}</td><td>白云村的水管坏了</td></tr><tr><td>来信时间</td><td>2023-04-05</td></tr></table>"
        );
        let found = page(mailbox, &format!("<h2>{mailbox}</h2>"), &rows, "");
        assert_eq!(found.title.as_deref(), Some("白云村的水管坏了"), "{label}");
    }
    let found = page("局长信箱", "<h2>局长信箱</h2><div>发布时间：2023-04-07</div>", "", "");
    assert_eq!(found.title.as_deref(), Some("局长信箱"));
}

#[test]
fn a_day_of_something_else_is_not_that_of_the_publication() {
    let day = |head: &str, tags: &str| {
        page(&format!("{TITLE}</title>{tags}<title>"), head, "", "").published.map(|day| day.to_string())
    };
    for label in ["成文日期", "失效日期", "签发日期", "有效期至", "开标时间"] {
        let table = format!(
            "<table><tr><td>索引号</td><td>Y-1</td><td>{label}</td><td>2023-04-05</td></tr></table><h1>{TITLE}</h1>"
        );
        assert_eq!(day(&table, "<meta name='PubDate' content='2023-04-07'>").as_deref(), Some("2023-04-07"), "{label}");
        let named = format!("{table}<div>来源：县水务局　2023-04-07</div>");
        assert_eq!(day(&named, "").as_deref(), Some("2023-04-07"), "{label}");
    }
    assert_eq!(day(&format!("<div>2023-04-07</div><h1>{TITLE}</h1>"), "").as_deref(), Some("2023-04-07"));
    for label in ["更新时间", "修改时间", "审核时间", "最后更新"] {
        let both = format!("<h1>{TITLE}</h1><p>{label}：2024-01-05　日期：2023-04-07</p>");
        assert_eq!(day(&both, "").as_deref(), Some("2023-04-07"), "{label}");
        assert_eq!(
            day(&format!("<h1>{TITLE}</h1><p>{label}：2024-01-05</p>"), "").as_deref(),
            Some("2024-01-05"),
            "{label}"
        );
    }
    for (value, expected) in [
        ("23-04-07", Some("2023-04-07")),
        ("23-04-07 10:20", Some("2023-04-07")),
        ("2023\u{2011}04\u{2011}07", Some("2023-04-07")),
        ("Fri, 07 Apr 2023 10:20:00", Some("2023-04-07")),
        ("Apr 7, 2023", Some("2023-04-07")),
        ("04-07-2023", None),
        ("12-34-56", None),
    ] {
        assert_eq!(day(&format!("<h1>{TITLE}</h1><p>发布时间：{value}</p>"), "").as_deref(), expected, "{value}");
    }
}
