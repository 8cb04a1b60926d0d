//! Which of the lines above a text is its title, whatever the tags say and the portal puts around it.

use gongwen::model::{Document, WarningCode};

use crate::document_of;

const SITE: &str = "云溪县人民政府门户网站";
const TITLE: &str = "云溪县人民政府办公室关于加强农村道路安全管理的通知";
const TEXT: &str = "<div><p>各乡镇人民政府，县直各单位：</p>\
    <p>为进一步规范农村道路交通安全管理，经县人民政府同意，现就有关事项通知如下。</p>\
    <p>各乡镇要充分认识这项工作的重要性，把它摆上重要议事日程。</p></div>";

const SIGNED: &str = "<p>云溪县人民政府办公室</p><p>2021年3月10日</p>";

fn page(head: &str, body: &str) -> Document {
    let html = format!("<html><head>{head}</head><body>{body}</body></html>");
    document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"))
}

fn tag(title: &str) -> String {
    format!("<title>{title}</title>")
}

#[test]
fn tools_and_labels_that_a_script_fills_hide_no_title_below_them() {
    for above in [
        "发布时间：2021-03-16　来源：县政府办　字体：大 中 小",
        "【字体：大 中 小】",
        "分享到：",
        "【打印】【关闭】",
        "发布时间：<span id=day></span>",
        "来源：",
    ] {
        for heading in ["h1", "div"] {
            let body = format!("<div>{above}</div><{heading}>{TITLE}</{heading}><div>发布时间：2021-03-16</div>{TEXT}");
            assert_eq!(page(&tag(SITE), &body).title.as_deref(), Some(TITLE), "{above}, {heading}");
        }
    }
}

#[test]
fn a_banner_above_the_breadcrumb_is_no_title() {
    for banner in ["云溪县优化营商环境政策服务专区", "学习贯彻党的二十大精神", "云溪县第一中学"]
    {
        for heading in ["h1", "h2"] {
            let place = "<div>当前位置：<a href=/>首页</a> &gt; <a href=/a/>政策</a></div>";
            let body = format!(
                "<div><{heading}>{banner}</{heading}></div>{place}<div>{TITLE}</div><div>2021-03-16 10:00 来源：县政府办</div>{TEXT}"
            );
            assert_eq!(page(&tag(SITE), &body).title.as_deref(), Some(TITLE), "{banner}, {heading}");
        }
    }
}

#[test]
fn badges_and_buttons_in_the_heading_are_no_part_of_the_title() {
    for badge in [
        "<span>现行有效</span>",
        "<span>[有效]</span>",
        "<em>NEW</em>",
        "<a href=#>分享</a>",
        "<span>收藏</span> <span>打印</span>",
        "<span>阅读：12</span>",
    ] {
        let body = format!("<h1>{TITLE}{badge}</h1><div>发布时间：2021-03-16</div>{TEXT}");
        assert_eq!(page(&tag(&format!("{TITLE}_{SITE}")), &body).title.as_deref(), Some(TITLE), "{badge}");
    }
    // What the tags cut and what stands in brackets belongs to it.
    for (tagged, shown) in [
        ("云溪县人民政府办公室关于加强农村道路安全管理的", TITLE),
        ("云溪县农村道路安全管理办法", "云溪县农村道路安全管理办法（试行）"),
        ("关于农村道路安全管理办法的通知", "关于农村道路安全管理办法的通知补充说明"),
    ] {
        let body = format!("<h1>{shown}</h1><div>发布时间：2021-03-16</div>{TEXT}");
        assert_eq!(page(&tag(tagged), &body).title.as_deref(), Some(shown));
    }
}

#[test]
fn tags_that_name_the_site_are_no_title_of_the_article() {
    for meta in ["property=og:title", "name=title", "name=ArticleTitle"] {
        let head = format!("{}<meta {meta} content=云溪县人民政府>", tag(SITE));
        let document = page(&head, &format!("<h1>{TITLE}</h1><div>发布时间：2021-03-16</div>{TEXT}"));
        assert_eq!(document.title.as_deref(), Some(TITLE), "{meta}");
        assert!(document.warnings.iter().all(|warning| warning.code != WarningCode::MetaTitle));
    }
}

#[test]
fn a_short_heading_above_metadata_is_a_title() {
    for (title, heading) in [("停水通知", "h1"), ("机构设置", "h2"), ("招聘启事", "h3")] {
        let text = "<div>因设备检修，我县城区定于3月20日停水，请广大用户做好储水准备。<br>云溪县自来水公司<br>2021年3月18日</div>";
        let place = "<div>当前位置：<a href=/>首页</a> &gt; <a href=/a/>公告</a></div>";
        let body = format!("{place}<{heading}>{title}</{heading}><div>发布时间：2021-03-16 来源：县政府办</div>{text}");
        assert_eq!(page(&tag(SITE), &body).title.as_deref(), Some(title));
    }
}

#[test]
fn a_bookmark_is_no_link_and_a_heading_may_be_one() {
    for anchor in ["<a name=OLE_LINK1>", "<a id=_Toc1>", "<a>", "<a name=x style=color:red>"] {
        let text = format!(
            "<div><p>县长到青石镇调研春耕备耕工作，县领导参加调研。</p><p>{anchor}他强调，要压实各级责任，稳定粮食播种面积。</a></p></div>"
        );
        let body = format!("<h1>{anchor}{TITLE}</a></h1><div>发布时间：2021-03-16</div>{text}");
        let document = page(&tag(SITE), &body);
        assert!(document.text().ends_with("稳定粮食播种面积。"), "{anchor}");
        assert_eq!(document.title.as_deref(), Some(TITLE), "{anchor}");
    }
    let body = format!("<h1><a href=/art/12.html>{TITLE}</a></h1><div>发布时间：2021-03-16</div>{TEXT}");
    assert_eq!(page(&tag(SITE), &body).title.as_deref(), Some(TITLE));
}

#[test]
fn badges_beside_a_title_are_no_part_of_it() {
    let short = "云溪县关于做好秋收工作的通知";
    for title in [short, TITLE] {
        for heading in [
            "<i>置顶</i><i>有效</i>§",
            "<span>现行有效</span>§",
            "§<span>【失效】</span>",
            "§（失效）",
            "§ <small>已废止</small>",
            "§<a href=1.pdf>[PDF版]</a>",
            "§<a href=1.html>【政策解读】</a>",
            "§<span>复制链接</span>",
        ] {
            let shown = heading.replace('§', title);
            for name in [title.to_owned(), format!("{title}-云溪县人民政府")] {
                let document = page(&tag(&name), &format!("<h1>{shown}</h1><div>发布时间：2023-11-08</div>{TEXT}"));
                assert_eq!(document.title.as_deref(), Some(title), "{shown}, {name}");
            }
        }
    }
    // What a title ends with is its own where the tags say it, too.
    for title in ["云溪县秋收工作办法（失效）", "云溪县关于做好秋收工作的通知解读", "有效落实秋收各项措施的通知"]
    {
        let document = page(&tag(title), &format!("<h1>{title}</h1><div>发布时间：2023-11-08</div>{TEXT}"));
        assert_eq!(document.title.as_deref(), Some(title));
    }
}

#[test]
fn a_heading_above_metadata_says_more_than_the_tag_of_the_article() {
    for tagged in ["关于做好农村安全工作的通知", "关于加强农村道路安全管理的通知", "道路安全"]
    {
        let head = format!("<title>政府文件</title><meta name=ArticleTitle content={tagged}>");
        let document = page(&head, &format!("<h1>{TITLE}</h1><div>发布时间：2021-03-16 10:00</div>{TEXT}"));
        assert_eq!(document.title.as_deref(), Some(TITLE), "{tagged}");
        assert_eq!(document.warnings[0].code, WarningCode::MetaTitle, "{tagged}");
    }
    // A banner of the column, without metadata below it, does not.
    let head = format!("<title>政府文件</title><meta name=ArticleTitle content={TITLE}>");
    for banner in
        ["<h1>云溪县安全生产专项整治行动通告</h1><div>首页</div>", "<h1>通知公告</h1><div>发布时间：2021-03-16</div>"]
    {
        assert_eq!(page(&head, &format!("{banner}{TEXT}")).title.as_deref(), Some(TITLE), "{banner}");
    }
}

#[test]
fn a_column_before_the_name_in_the_page_title_is_no_part_of_it() {
    for (column, title) in [
        ("办事指南-", "社会团体成立登记"),
        ("办事指南 | ", "社会团体成立登记"),
        ("云溪县人民政府-时政要闻-", "县领导调研乡村振兴工作"),
        ("领导之窗-", "林晓"),
    ] {
        let document = page(&tag(&format!("{column}{title}")), &format!("<h1>{title}</h1>{TEXT}{SIGNED}"));
        assert_eq!(document.title.as_deref(), Some(title), "{column}");
    }
    let document = page(&tag("办事指南-社会团体成立登记"), &format!("<h1>办事大厅</h1>{TEXT}{SIGNED}"));
    assert_eq!(document.title.as_deref(), Some("办事指南-社会团体成立登记"), "the heading says another thing");
}

#[test]
fn short_and_loud_titles_stand_right_above_labels() {
    let info = "<div>发布时间：2023-11-08　来源：县政府办</div>";
    for title in ["公告", "招标公告", "讣告", "一图看懂", "林晓"] {
        for rest in ["", " - 云溪县人民政府", "_云溪县人民政府"] {
            let document = page(&tag(&format!("{title}{rest}")), &format!("<div>{title}</div>{info}{TEXT}"));
            assert_eq!(document.title.as_deref(), Some(title), "{rest}");
        }
    }
    for title in ["讣告", "林晓", "注意！明起大幅降温！", "云溪县公安局 | 关于禁放烟花的通告"]
    {
        let document = page(&tag("云溪县人民政府"), &format!("<div>{title}</div>{info}{TEXT}"));
        assert_eq!(document.title.as_deref(), Some(title));
    }
    // The name of the site is no title, nor is a word above no labels.
    for above in ["", "<div>人民至上！</div>", "<div>正文</div>"] {
        let document = page(&tag("云溪县人民政府"), &format!("{above}<p>欢迎您访问本站</p>{TEXT}{SIGNED}"));
        assert_eq!(document.title, None, "{above}");
    }
}

#[test]
fn a_letter_is_titled_by_the_label_in_its_table() {
    let title = "咨询农村危房改造补贴政策";
    let question = "您好，我是青石镇柳树村村民，家中房屋年久失修，请问农村危房改造补贴如何申请？";
    let answer = "您好，您反映的问题已收悉。农村危房改造补贴由户主向村委会提出书面申请，经村民代表评议、镇政府审核后报县住建局审批。";
    for label in ["信件标题", "标题：", "主题：", "诉求标题", "留言标题："] {
        for name in ["信件详情-云溪县人民政府", "网上咨询", "县长信箱_云溪县人民政府"] {
            let rows = format!(
                "<table><tr><td>{label}</td><td colspan=3>{title}</td></tr>\
                 <tr><td>信件编号</td><td>20231108001</td><td>来信人</td><td>王**</td></tr>\
                 <tr><td>来信内容</td><td colspan=3>{question}</td></tr>\
                 <tr><td>回复内容</td><td colspan=3>{answer}</td></tr></table>"
            );
            let document = page(&tag(name), &rows);
            assert_eq!(document.title.as_deref(), Some(title), "{label}, {name}");
            assert!(document.text().contains(answer), "{label}");
        }
    }
}
