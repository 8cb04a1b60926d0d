//! Which of several things that a page says of an article counts: shown before hidden, the head before the foot, a heading
//! before those below it.

use gongwen::model::Document;

use crate::document_of;

const SITE: &str = "云溪县人民政府";
const TITLE: &str = "云溪县人民政府办公室关于加强农村道路安全管理的通知";
const NEWS: &str = "县林业局组织护林员开展森林防火演练";
const DAY: &str = "<div>发布时间：2023-11-08　来源：县政府办</div>";
const TEXT: &str = "<p>为进一步规范农村道路交通安全管理，经县人民政府同意，现就有关事项通知如下。</p>\
    <p>各乡镇要充分认识这项工作的重要性，把它摆上重要议事日程，明确责任，抓好落实。</p>\
    <p>各有关部门要加强协作，及时通报情况，定期组织检查，确保各项措施落到实处。</p>";
const HOME: &str = "<div><a href=/>云溪县人民政府</a></div>";
const FOOT: &str = "<div><p>主办单位：云溪县人民政府办公室</p><p>网站标识码：4306030001　湘ICP备05001234号</p></div>";

fn page(head: &str, body: &str) -> Document {
    let html = format!("<html><head>{head}</head><body>{body}</body></html>");
    document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"))
}

fn title(tag: &str, head: &str) -> String {
    page(&format!("<title>{tag}</title>"), &format!("<div>{head}<div>{TEXT}</div></div>")).title.unwrap_or_default()
}

#[test]
fn what_the_foot_says_is_of_the_site() {
    let tags = format!("<title>{TITLE}</title><meta name='PubDate' content='2023-11-08 10:22'>");
    for behind in [
        "<p>最后更新时间：2024-05-01</p>",
        "<p>发布时间：2024-05-01　来源：云溪网　作者：林晓</p>",
        "<p>当前位置：<a href=/>首页</a> &gt; <a href=/a/>政务动态</a></p>",
        "<p>索引号：0123/2019-00001　发文字号：云政发〔2022〕3号</p>",
    ] {
        let document = page(&tags, &format!("{HOME}<h1>{TITLE}</h1><div>{TEXT}</div>{FOOT}<div>{behind}</div>"));
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-11-08"), "{behind}");
        let said = [document.publisher, document.author, document.document_number, document.index_number];
        assert_eq!(said, [None, None, None, None], "{behind}");
        assert!(document.breadcrumb.is_empty(), "{behind}");
    }
    // Below the text and above the foot a page says more of its article.
    let below = "<div>信息来源：县政府办　作者：林晓</div>";
    let document = page(&tags, &format!("{HOME}<h1>{TITLE}</h1><div>{TEXT}</div>{below}{FOOT}"));
    assert_eq!((document.publisher.as_deref(), document.author.as_deref()), (Some("县政府办"), Some("林晓")));
}

#[test]
fn hidden_labels_count_only_where_none_is_shown() {
    let tag = format!("<title>{TITLE}</title>");
    let hidden = "<div style='display:none'>来源：云溪网　发布时间：2019-01-01</div>";
    for (above, below) in [(hidden, ""), ("", hidden)] {
        let document = page(&tag, &format!("{above}<h1>{TITLE}</h1>{DAY}<div>{TEXT}</div>{below}"));
        assert_eq!(document.publisher.as_deref(), Some("县政府办"));
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-11-08"));
    }
    let document = page(&tag, &format!("{hidden}<h1>{TITLE}</h1><div>{TEXT}</div>"));
    assert_eq!(document.publisher.as_deref(), Some("云溪网"));
}

#[test]
fn of_headings_that_look_alike_the_first_is_the_title() {
    let below = "六十余名队员在青石镇参加现场扑救";
    for (one, other) in [
        (format!("<h1>{NEWS}</h1>"), format!("<h1>{below}</h1>")),
        (format!("<table><tr><td><h1>{NEWS}</h1></td></tr>"), format!("<tr><td><h1>{below}</h1></td></tr></table>")),
        (format!("<h1>{NEWS}</h1>"), format!("<h2>{below}</h2>")),
        // A line above a higher heading leads to it.
        (format!("<h3>{below}</h3>"), format!("<h1>{NEWS}</h1>")),
        (format!("<h1>{NEWS}</h1>"), format!("<p style='display:none'>{below}</p>")),
    ] {
        assert_eq!(title(SITE, &format!("{one}{other}{DAY}")), NEWS, "{one}{other}");
    }
    // The column and the body stand in headings, too.
    for banner in ["政务动态", "云溪县林业局", "云溪县政府信息公开"] {
        for line in ["h1", "h3", "p"] {
            let head = format!("<h1>{banner}</h1><{line}>{NEWS}</{line}>{DAY}");
            assert_eq!(title(SITE, &head), NEWS, "{banner}, {line}");
        }
    }
}

#[test]
fn names_of_sites_and_numbers_of_registers_are_no_titles() {
    for line in ["云溪县政府门户网站 www.yunxi.example.cn", "YXDR-2022-01008"] {
        assert_eq!(title(SITE, &format!("<div>{NEWS}</div><div>{line}</div>{DAY}")), NEWS, "{line}");
        assert_eq!(title(SITE, &format!("<div>{line}</div>{DAY}")), "", "{line}");
    }
    let version = "云溪通 V2.0 正式上线运行";
    assert_eq!(title(SITE, &format!("<div>{version}</div>{DAY}")), version);
}

#[test]
fn a_second_line_of_a_title_that_no_tag_names_belongs_to_it() {
    let second = "——青石镇白云村演练见闻";
    for head in [format!("<p>{NEWS}</p><div>{second}</div>"), format!("<h1>{NEWS}</h1><p>{second}</p>")] {
        assert_eq!(title(SITE, &format!("{head}{DAY}")), format!("{NEWS}{second}"), "{head}");
        // The tag says where the title ends.
        assert_eq!(title(NEWS, &format!("{head}{DAY}")), NEWS, "{head}");
    }
    let said = "——2023年1月5日在云溪县第十届人民代表大会第二次会议上";
    assert_eq!(title(SITE, &format!("<h1>{NEWS}</h1><p>{said}</p>{DAY}")), NEWS);
}
