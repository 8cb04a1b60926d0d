//! Days that a portal puts under a title without a label, in every place and form.

use gongwen::model::Document;

use crate::document_of;

const TITLE: &str = "云溪县人民政府办公室关于加强农村道路安全管理的通知";
const TEXT: [&str; 3] = [
    "各乡镇人民政府，县直各单位：",
    "为进一步规范农村道路交通安全管理，经县人民政府同意，现就有关事项通知如下。",
    "各乡镇要充分认识这项工作的重要性，把它摆上重要议事日程。",
];

fn page(tag: &str, body: &str) -> Document {
    let html = format!("<html><head><title>{tag}</title></head><body>{body}</body></html>");
    document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"))
}

fn text() -> String {
    TEXT.iter().map(|line| format!("<p>{line}</p>")).collect()
}

#[test]
fn a_day_under_the_heading_is_no_text_whatever_stands_behind_it_and_below_the_box() {
    let note = "<p>附注：本页面由县政府办维护，如有疑问请致电。</p>";
    for day in [
        "2021年03月16日 09:12　作者：　点击：[12]",
        "2021-3-16 9:12:33 【大 中 小】",
        "2021-03-16 阅读123次",
        "2021-03-16 县政府办",
        "2021年3月16日",
        "（2021-03-16）",
        "[2021-03-16]",
    ] {
        for below in ["", note] {
            for (tag, heading) in [(TITLE, "h1"), ("云溪县人民政府门户网站", "h1"), (TITLE, "h3")] {
                let head = format!("<{heading}>{TITLE}</{heading}><div>{day}</div>");
                let document = page(tag, &format!("<form>{head}<div id=c>{}</div>{below}</form>", text()));
                assert_eq!(document.title.as_deref(), Some(TITLE), "{day}, {below}");
                assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2021-03-16"), "{day}");
                assert!(document.text().starts_with(&TEXT.join("\n")), "{day}, {below}: {}", document.text());
            }
        }
    }
}

#[test]
fn a_day_that_the_document_gives_itself_stays() {
    for day in ["（2021年3月16日）", "（2021年3月16日县人民政府第3次常务会议通过）", "2021年3月16日在全县会议上"]
    {
        let head = format!("<div>{TITLE}</div><div>发布时间：2021-04-01</div>");
        let document = page(TITLE, &format!("{head}<div><p>{TITLE}</p><p>{day}</p>{}</div>", text()));
        assert!(document.text().contains(day), "{day}: {}", document.text());
        assert_eq!(document.published.unwrap().to_string(), "2021-04-01");
    }
}

#[test]
fn a_breadcrumb_that_names_no_or_one_column_takes_neither_title_nor_day() {
    for place in [
        "<div>当前位置：</div>",
        "<div>您的位置：<span id=c></span></div>",
        "<div>当前位置：<a href=/>首页</a> &gt;</div>",
        "<div>当前位置：县政府文件</div>",
        "<p>当前位置：</p><hr>",
        "<h2>您在这里</h2><div>首页 » 政务公开 » 县政府文件</div>",
    ] {
        for head in [
            format!("<h1>{TITLE}</h1><div>发布时间：2021-03-16 09:12　来源：县政府办</div>"),
            format!("<div>{TITLE}</div><div>2021-03-16</div>"),
        ] {
            let document = page("云溪县人民政府门户网站", &format!("{place}<div>{head}<div>{}</div></div>", text()));
            assert_eq!(document.title.as_deref(), Some(TITLE), "{place}");
            assert_eq!(document.published.unwrap().to_string(), "2021-03-16", "{place}");
            assert_eq!(document.text(), TEXT.join("\n"), "{place}");
            assert!(
                document.breadcrumb.iter().all(|step| step.chars().count() < 8),
                "{place}: {:?}",
                document.breadcrumb
            );
        }
    }
}

#[test]
fn a_day_whose_neighbours_only_boxes_part_and_one_above_the_title_are_read() {
    let icons = "<div><span><i></i>2021-03-16</span><span><i></i>123</span><span><i></i>县政府办</span></div>";
    let heading = format!("<h1>{TITLE}</h1>");
    for head in [
        format!("{heading}{icons}"),
        format!("{heading}<div><span>2021-03-16 10:20</span><span>123</span></div>"),
        format!("<div>2021-03-16</div>{heading}"),
        format!("<div>2021年3月16日</div>{heading}"),
    ] {
        let document = page("云溪县人民政府门户网站", &format!("{head}<div>{}</div>", text()));
        assert_eq!(document.title.as_deref(), Some(TITLE), "{head}");
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2021-03-16"), "{head}");
        assert_eq!(document.text(), TEXT.join("\n"), "{head}");
    }
    // The clock of the page is no day of an article.
    let clock = page(TITLE, &format!("<div>今天是2026年11月28日 星期六</div>{heading}<div>{}</div>", text()));
    assert_eq!(clock.published, None);
}

#[test]
fn days_in_a_row_are_a_programme_and_no_metadata() {
    for days in [
        ["2021-03-16 青石镇", "2021-03-17 白水镇", "2021-03-18 红岩乡"],
        ["2021年3月16日 09:30 青石镇", "2021年3月17日 09:30 白水镇", "2021年3月18日 09:30 红岩乡"],
        ["2021-03-16", "2021-03-17", "2021-03-18"],
    ] {
        for posted in ["", "<div>发布时间：2021-03-01</div>", "<div>2021-03-01 10:20 县政府办</div>"] {
            for lead in ["", "<p>具体安排</p>"] {
                let programme = days.map(|day| format!("<p>{day}</p>")).concat();
                let body = format!(
                    "<h1>{TITLE}</h1>{posted}<div>{lead}{programme}{}</div><p>附注：以当天通知为准。</p>",
                    text()
                );
                let document = page(TITLE, &body);
                assert!(document.text().contains(&days.join("\n")), "{body}: {}", document.text());
                let published = document.published.map(|day| day.to_string());
                assert_eq!(published.as_deref(), (!posted.is_empty()).then_some("2021-03-01"), "{body}");
            }
        }
    }
}
