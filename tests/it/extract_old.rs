//! Heads and tags of portals that are built with tables, fonts and spans: what stands in their lines, and what does not.

use gongwen::model::Document;

use crate::document_of;

const SITE: &str = "云溪县林业局";
const TITLE: &str = "云溪县林业局关于做好秋冬季造林工作的通知";
const NEWS: &str = "县林业局开展造林技术培训";
const NUMBER: &str = "云林发〔2023〕12号";
const DAY: &str = "2023-11-08";
const META: &str = "发布时间：2023-11-08　来源：县林业局";
const TEXT: &str = "<p>11月7日，县林业局组织技术人员到青石镇开展造林技术培训，现场共有六十余人参加。</p>\
    <p>技术人员讲解了整地、栽植、浇水的要点，并在地里作了示范，参加培训的林农提了许多问题。</p>\
    <p>下一步，县林业局将继续派技术人员到各乡镇指导，确保造林质量。</p>";
const PLACE: &str = "<b>您的位置：</b><a href=/>首页</a> &gt; <a href=/a/>政务公开</a> &gt; <a href=/a/b/>通知公告</a>";

/// A page of tables with this tag, line that says where it is, title and line below it.
fn page(tag: &str, place: &str, title: &str, line: &str) -> Document {
    let html = format!(
        "<html><head><title>{tag}</title></head><body><table width=980><tr><td><a href=/>首页</a> | <a href=/n/>新闻中心</a> | \
         <a href=/z/>政务公开</a></td></tr></table><table><tr><td>{place}</td></tr><tr><td align=center><font size=4>\
         <strong>{title}</strong></font></td></tr><tr><td align=center>{line}</td></tr><tr><td>{TEXT}</td></tr></table>\
         </body></html>"
    );
    document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"))
}

fn under(line: &str) -> Document {
    page(SITE, PLACE, NEWS, line)
}

fn day(found: &Document) -> Option<String> {
    found.published.map(|day| day.to_string())
}

#[test]
fn the_line_under_a_title_says_when_and_by_whom() {
    for line in [
        "（2023年11月8日 来源：县林业局）",
        "（2023-11-08　来源：县林业局　浏览：12）",
        "日期：2023年11月8日 │ 来源：县林业局 │ 浏览次数：12",
        "来源：县林业局／2023-11-08",
        "来源：县林业局，2023-11-08，点击12次",
        "时间:2023-11-08来源:县林业局作者:林晓点击:128次",
        "本站发布时间：2023-11-08　来源：县林业局",
        "文章发表：2023-11-08　来源：县林业局",
        "公布：2023-11-08　来源：县林业局",
        "http://www.yunxi.gov.cn　2023-11-08　来源：县林业局",
    ] {
        let found = under(line);
        assert_eq!(day(&found).as_deref(), Some(DAY), "{line}");
        assert_eq!(found.publisher.as_deref(), Some("县林业局"), "{line}");
        assert_eq!(found.title.as_deref(), Some(NEWS), "{line}");
        assert!(found.text().starts_with("11月7日"), "{line}: {}", found.text());
    }
}

#[test]
fn the_line_under_a_title_is_none() {
    for line in [
        "县林业局　2023-11-08",
        "(2023年11月8日)",
        "—— 2023-11-08 ——",
        "云溪县林业局网站　www.yxly.gov.cn　2023-11-08",
        "文/林晓　图/李明　2023-11-08",
        "文：林晓　图：李明　2023-11-08",
        "信息分类：通知公告　文章编辑：林晓　2023-11-08 10:22:33",
        "报送单位：县林业局　报送时间：2023-11-08",
        "归档时间：2024-06-15　时间：2023-11-08",
        "发文：2023-11-08　浏览：12",
    ] {
        let found = under(line);
        assert_eq!(found.title.as_deref(), Some(NEWS), "{line}");
        if !line.starts_with("发文") {
            assert_eq!(day(&found).as_deref(), Some(DAY), "{line}");
        }
    }
    let found = page(TITLE, PLACE, TITLE, &format!("{NUMBER}　2023-11-08"));
    assert_eq!((day(&found).as_deref(), found.document_number.as_deref()), (Some(DAY), Some(NUMBER)));
    for label in ["公开索引号", "公文索引号"] {
        let found = under(&format!("{label}：A001-2023-12　公开日期：2023-11-08"));
        assert_eq!(found.index_number.as_deref(), Some("A001-2023-12"), "{label}");
    }
    // One element with the title and the line.
    let both = format!("{NEWS}</strong></font><br>供稿：县林业局　日期：2023-11-08<strong><font>");
    assert_eq!(page(SITE, PLACE, &both, "").title.as_deref(), Some(NEWS));
}

#[test]
fn what_documents_say_of_themselves_is_no_day_of_publication() {
    for line in [
        "（2023年11月8日县人民政府第12次常务会议通过　自2024年1月1日起施行）",
        "（2023年11月8日云溪县人大常委会通过）",
        "云林发〔2023〕12号　2023年11月8日",
    ] {
        assert_eq!(day(&page(TITLE, PLACE, TITLE, line)), None, "{line}");
    }
    let found = page(TITLE, PLACE, "林业站日期：2023-11-08 至 2023-11-12 培训安排", META);
    assert_eq!(day(&found).as_deref(), Some(DAY));
}

#[test]
fn the_column_in_an_element_before_a_title_is_none_of_it() {
    for column in [
        "<span>工作动态</span>",
        "<font color=blue>图片新闻</font> ",
        "[基层动态]",
        "【政务要闻】",
        "<em>通知公告</em>",
    ] {
        for tag in [SITE, &format!("{NEWS}-{SITE}")] {
            assert_eq!(
                page(tag, PLACE, &format!("{column}{NEWS}"), META).title.as_deref(),
                Some(NEWS),
                "{column}, {tag}"
            );
        }
    }
    for title in [
        "<span>政府信息</span>公开工作年度报告",
        "<span>工作动态</span>发布管理办法（试行）",
        "<span>农村公告</span>栏建设",
        "【公示】县林业局造林补贴发放对象",
    ] {
        let plain = title.replace("<span>", "").replace("</span>", "");
        assert_eq!(page(SITE, PLACE, title, META).title.as_deref(), Some(plain.as_str()));
    }
}

#[test]
fn a_title_that_only_the_tag_says_is_cut_out_of_it() {
    for tag in [
        format!("通知公告_{NEWS}_{SITE}"),
        format!("文章内容-{NEWS}"),
        format!("{SITE}-通知公告-详细页-{NEWS}"),
        format!("【{NEWS}】-{SITE}"),
        format!("::{NEWS}::"),
        format!("{NEWS}(2023-11-08)"),
        format!("{NEWS} Powered by SiteServer CMS"),
        format!("{NEWS} - Powered by DedeCMS"),
    ] {
        assert_eq!(page(&tag, PLACE, "", META).title.as_deref(), Some(NEWS), "{tag}");
    }
    assert_eq!(page("【关注】造林培训【图】", PLACE, "", META).title.as_deref(), Some("【关注】造林培训【图】"));
}

#[test]
fn strokes_part_the_columns_up_to_the_title() {
    let columns = ["首页", "政务公开", "通知公告"];
    let links = |separator: &str| columns.map(|name| format!("<a href=/{}/>{name}</a>", name.len())).join(separator);
    for separator in [" - ", "－", " · ", " – ", "--", " | ", " :: "] {
        for last in ["正文", NEWS] {
            let place = format!("{}{separator}{last}", links(separator));
            let found = page(&format!("{NEWS}-{SITE}"), &place, NEWS, META);
            assert_eq!(found.breadcrumb, columns, "{place}");
        }
    }
    for separator in [" &gt; ", " - ", "/"] {
        let place = format!("&gt;&gt; {}{separator}正文", links(separator));
        assert_eq!(page(SITE, &place, NEWS, META).breadcrumb, columns, "{place}");
    }
    // A menu.
    for separator in [" - ", " | ", " · "] {
        assert!(page(SITE, &links(separator), NEWS, META).breadcrumb.is_empty(), "{separator}");
    }
}

/// The rows of a box as cells, as lines of one element, and as items.
fn boxes(rows: &[(&str, &str)]) -> [String; 4] {
    let each =
        |form: &dyn Fn(&str, &str) -> String| rows.iter().map(|(label, value)| form(label, value)).collect::<String>();
    [
        format!("<table>{}</table>", each(&|label, value| format!("<tr><td>{label}：</td><td>{value}</td></tr>"))),
        format!("<table>{}</table>", each(&|label, value| format!("<tr><td>{label}：{value}</td></tr>"))),
        format!("<div>{}</div>", each(&|label, value| format!("{label}：{value}<br>"))),
        format!("<ul>{}</ul>", each(&|label, value| format!("<li><b>{label}：</b>{value}</li>"))),
    ]
}

#[test]
fn what_a_box_of_metadata_holds_is_no_title_and_takes_none() {
    let rows = [
        ("索引号", "A001/2023-12"),
        ("公开事项", TITLE),
        ("公开依据", "政府信息公开条例"),
        ("适用条件", "县林业局林业工作管理办法"),
        ("公开单位", "县林业局"),
        ("发文字号", NUMBER),
        ("执行日期", "2023年12月1日"),
        ("公开日期", DAY),
        ("失效日期", ""),
    ];
    for rows in boxes(&rows) {
        for tag in [SITE, "信息公开"] {
            for heads in [[&rows, ""], ["", &rows]] {
                let html = format!(
                    "<html><head><title>{tag}</title></head><body><div>{PLACE}</div>{}<p align=center><b>{TITLE}</b></p>{}\
                     <div>{TEXT}</div></body></html>",
                    heads[0], heads[1]
                );
                let found = document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"));
                assert_eq!(found.title.as_deref(), Some(TITLE), "{html}");
                assert_eq!(day(&found).as_deref(), Some(DAY), "{html}");
                assert_eq!(found.document_number.as_deref(), Some(NUMBER), "{html}");
                assert_eq!(found.index_number.as_deref(), Some("A001/2023-12"), "{html}");
            }
        }
    }
    // A headline with a colon between lines of metadata.
    let above = "<div>索引号：A001/2023-12</div><div class=t>青石镇：护林员上山忙</div>";
    let html = format!(
        "<html><head><title>{SITE}</title></head><body><div>{PLACE}</div>{above}<div>{META}</div><div>{TEXT}</div></body></html>"
    );
    let found = document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"));
    assert_eq!(found.title.as_deref(), Some("青石镇：护林员上山忙"));
    let found = under("索引号：A001/2023-12 归口科室：办公室　公开日期：2023-11-08");
    assert_eq!(found.index_number.as_deref(), Some("A001/2023-12"));
}

#[test]
fn counts_beside_a_day_and_a_name_are_none_of_either() {
    for line in [
        "<span>县林业局</span>&nbsp;&nbsp;<span>2023-11-8 10:22:33</span>&nbsp;&nbsp;点击<span>12</span>次",
        "[<span>2023-11-8 10:22:33</span>] [<span>县林业局</span>] [阅读<span>12</span>次]",
        "<span>2023-11-08</span><span>县林业局</span><span>阅读：12</span>",
    ] {
        let found = under(line);
        assert_eq!(found.title.as_deref(), Some(NEWS), "{line}");
        assert_eq!(day(&found).as_deref(), Some(DAY), "{line}");
    }
    let found = under("<span>2023-11-08</span><span>县林业局</span><span>阅读：12</span>");
    assert_eq!(found.publisher.as_deref(), Some("县林业局"));
}

#[test]
fn what_stands_behind_a_title_in_its_line_is_none_of_it() {
    for (behind, dated) in [
        ("　[点击数：12]", false),
        ("（浏览次数：12）", false),
        ("　发布时间：2023-11-08", true),
        (" 发布日期：2023年11月8日 浏览：12", true),
        ("　来源：县林业局　2023-11-08", true),
        ("　<font size=2>2023-11-08</font>", true),
        ("　【字体：大 中 小】", false),
        (" 【打印】【关闭】", false),
    ] {
        for tag in [SITE, NEWS, &format!("{NEWS}-{SITE}")] {
            let found = page(tag, PLACE, &format!("{NEWS}{behind}"), "");
            assert_eq!(found.title.as_deref(), Some(NEWS), "{behind}, {tag}");
            assert_eq!(day(&found).as_deref(), dated.then_some(DAY), "{behind}, {tag}");
        }
    }
    for title in [
        "森林防火会议 时间：2023-11-08 地点：县林业局三楼",
        "青石镇：护林员上山忙",
        "林业站的一天【组图】",
        "【已废止】云溪县造林补贴办法",
        "造林补贴发放公示 第2批 2023年11月",
    ] {
        assert_eq!(page(title, PLACE, title, "发布时间：2023-11-09").title.as_deref(), Some(title));
    }
    // The line of a source below a title is no second line of it.
    let found = page(
        SITE,
        PLACE,
        &format!("{TITLE}</strong></font><br>[云溪县林业局-林业服务平台网站] 发布时间：2023-11-08<strong>"),
        "",
    );
    assert_eq!(found.title.as_deref(), Some(TITLE));
    // A column or a banner in bold above it.
    for above in ["工作动态", "云溪县人民政府网站"] {
        let found = page(SITE, PLACE, &format!("<div>{above}</div><div>{TITLE}</div>"), META);
        assert_eq!(found.title.as_deref(), Some(TITLE), "{above}");
    }
}
