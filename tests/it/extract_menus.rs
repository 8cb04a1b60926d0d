//! What stands between a title and the text in one box without names: menus, the say of the portal, heads of nothing.

use crate::document_of;

const TITLE: &str = "云溪县水务局关于做好冬季供水保障工作的通知";
const BODY: [&str; 4] = [
    "各乡镇水管站：",
    "为做好冬季供水保障工作，现将有关事项通知如下。",
    "各站要在11月底前完成管网检修，备足抢修材料。",
    "遇有管道冻裂，要在两小时内到场处置，并及时上报。",
];

fn paragraphs(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<p>{line}</p>")).collect()
}

fn boxes(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<div>{line}</div>")).collect()
}

fn read(inside: &str) -> String {
    let html = format!("<title>{TITLE}</title><div>{inside}</div>");
    let document = document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"));
    document.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_menu_that_is_no_link_ends_where_the_portal_says_when_it_posted() {
    let menu =
        boxes(&["走进云溪", "要闻动态", "县情概况", "部门频道", "办事大厅", "互动平台", "专题集锦", "热词推荐："]);
    let title = format!("<div>{TITLE}</div>");
    for posted in ["发布时间：2023-11-09　来源：县水务局", "来源：县水务局　发布日期：2023-11-09　浏览：12次"]
    {
        let page = format!("{menu}{title}<div>{posted}</div>{}", paragraphs(&BODY));
        assert_eq!(read(&page), BODY.join("\n"), "{page}");
    }
}

#[test]
fn lines_above_a_date_of_the_author_are_text() {
    // No portal speaks: the lines are a list of the article.
    let names = [
        "青石镇水管站",
        "双井镇水管站",
        "白鹿镇水管站",
        "柳林镇水管站",
        "石门镇水管站",
        "竹园镇水管站",
        "古渡镇水管站",
    ];
    let head = format!("<h1>{TITLE}</h1><div>发布时间：2023-11-09</div>");
    let page = format!("{head}<div>{}{}</div>", paragraphs(&names), paragraphs(&BODY));
    assert!(read(&page).contains("青石镇水管站"), "{page}");
    // What the portal says below a text without sentences leaves the text where it is.
    let below =
        format!("<h1>{TITLE}</h1><div>{}<div>发布时间：2023-11-09　来源：县水务局</div></div>", paragraphs(&names));
    assert!(read(&below).contains("青石镇水管站"), "{below}");
}

#[test]
fn heads_of_nothing_and_marks_above_a_text_are_none_of_it() {
    let head = format!("<h1>{TITLE}</h1><div>发布时间：2023-11-09　来源：县水务局</div>");
    for first in [
        "相关链接：",
        "相关文件：",
        "| | |",
        "\u{e602}|\u{e60d}",
        "首页 - 政务公开 - 通知公告",
        "首页/政务公开",
        "今天是：2023年11月9日",
        "文章内容",
        "内容详情",
        "12次阅读",
        "内容描述：关于做好冬季供水保障工作的通知",
    ] {
        let page = format!("{head}<div><div>{first}</div>{}</div>", paragraphs(&BODY));
        assert_eq!(read(&page), BODY.join("\n"), "{page}");
    }
    for first in ["相关要求", "通知内容：", "冬季供水，人人有责", "首页设计要求"] {
        let page = format!("{head}<div><p>{first}</p>{}</div>", paragraphs(&BODY));
        assert!(read(&page).starts_with(first), "{page}");
    }
}

#[test]
fn the_name_of_a_contents_list_stays_with_it_in_any_markup() {
    let list = ["一、总体要求", "二、检修安排", "三、应急处置"];
    let head = format!("<h1>{TITLE}</h1><div>发布时间：2023-11-09　来源：县水务局</div>");
    for name in ["目录", "目　录"] {
        let contents = format!("<div><p>{name}</p>{}</div>", paragraphs(&list));
        let page = format!("{head}<div><div>{contents}</div><div>{}</div></div>", paragraphs(&BODY));
        assert!(read(&page).starts_with(name), "{page}");
    }
}

#[test]
fn a_title_with_a_day_behind_it_is_the_portals_also_where_it_stands_a_second_time() {
    let head = format!("<h1>{TITLE}</h1><div>发布时间：2023-11-09　来源：县水务局</div>");
    for day in ["（2023年11月9日）", "(2023-11-09)"] {
        let page = format!("{head}<div><div>{TITLE}{day}</div>{}</div>", paragraphs(&BODY));
        assert_eq!(read(&page), BODY.join("\n"), "{page}");
    }
}
