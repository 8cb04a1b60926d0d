//! When and by whom a page was published, in the lines between its title and its text and in what markup and scripts say.

use gongwen::model::{DayOrigin, Document};

use crate::document_of;

const TITLE: &str = "云溪县人民政府办公室关于加强农村道路安全管理的通知";
const TEXT: [&str; 3] = [
    "各乡镇人民政府，县直各单位：",
    "为进一步规范农村道路交通安全管理，经县人民政府同意，现就有关事项通知如下。",
    "各乡镇要充分认识这项工作的重要性，把它摆上重要议事日程。",
];

fn text() -> String {
    TEXT.iter().map(|line| format!("<p>{line}</p>")).collect()
}

/// A page with this markup between title and text.
fn page(head: &str, between: &str) -> Document {
    let html = format!(
        "<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{between}<div>{}</div></body></html>",
        text()
    );
    document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"))
}

fn day(document: &Document) -> Option<String> {
    document.published.map(|day| day.to_string())
}

#[test]
fn a_day_among_names_and_counts_under_the_title_is_that_of_publication() {
    for line in [
        "2023年11月08日 星期三 10:22",
        "2023年11月8日（星期三）",
        "2023-11-08 星期三",
        "发布机构：县政府办　2023-11-08",
        "发布单位：县政府办 2023-11-08 10:22",
        "县政府办　2023-11-08",
        "县政府办　2023-11-08　浏览：12次",
        "县政府办 发布于 2023-11-08",
        "本文由 县政府办 于 2023-11-08 发布",
        "2023-11-08 | 县政府办 | 12次",
        "2023-11-08 / 县政府办",
        "2023-11-08 · 县政府办",
        "最后更新时间：2023-11-08",
        "最近更新：2023-11-08",
    ] {
        let document = page("", &format!("<div><p>{line}</p></div>"));
        assert_eq!(day(&document).as_deref(), Some("2023-11-08"), "{line}");
        assert_eq!(document.published_from, Some(DayOrigin::Page), "{line}");
        assert_eq!(document.text(), TEXT.join("\n"), "{line}");
    }
}

#[test]
fn other_days_under_the_title_are_not_that_of_publication() {
    for line in [
        "施工日期 2023-11-08",
        "会议时间 2023-11-08",
        "实施日期：2023-11-08",
        "今天是2023年11月8日 星期三",
        "2023-11-08至2023-11-10",
        "县政府办 2023-11-08 起施行",
    ] {
        assert_eq!(day(&page("", &format!("<div><p>{line}</p></div>"))), None, "{line}");
    }
}

#[test]
fn when_the_site_was_last_changed_says_less_than_the_day_under_the_title() {
    let html = format!(
        "<title>{TITLE}</title><h1>{TITLE}</h1><div>2023-11-08</div><div>{}</div><div>最后更新：2024-05-01</div>",
        text()
    );
    assert_eq!(day(&document_of(&html).unwrap()).as_deref(), Some("2023-11-08"));
}

#[test]
fn a_day_that_a_script_cuts_out_of_a_constant_is_shown() {
    for line in [
        "发布时间：<script>document.write('2023-11-08 10:22:00'.substr(0,16))</script>",
        "发布时间：<script>var d=\"2023-11-08 10:22:00\";document.write(d.substring(0,10));</script>",
        "发布时间：<script>var d=\"2023-11-08 10:22:00\";document.write(d.split(\" \")[0]);</script>",
        "发布时间：<script>var d=\"2023-11-08 10:22:00\";document.write(d.replace(/-/g,\"/\"));</script>",
        "发布时间：<i id=t></i><script>var d=\"2023-11-08 10:22\";document.getElementById(\"t\").innerHTML=d.slice(0,10);</script>",
        "发布时间：<i id=t></i><script>$(\"#t\").text(\"2023-11-08 10:22:00\".substring(0,10));</script>",
    ] {
        let document = page("", &format!("<p>{line}</p>"));
        assert_eq!(day(&document).as_deref(), Some("2023-11-08"), "{line}");
        assert_eq!(document.published_from, Some(DayOrigin::Page), "{line}");
    }
}

#[test]
fn markup_says_the_day_where_the_page_shows_how_long_ago_it_was() {
    for shown in ["3 个月前", "11月8日", "2023年11月8日"] {
        let line = format!("<p>发布于 <time datetime=\"2023-11-08T10:22:00+08:00\">{shown}</time></p>");
        let document = page("", &line);
        assert_eq!(day(&document).as_deref(), Some("2023-11-08"), "{shown}");
        assert_eq!(document.text(), TEXT.join("\n"), "{shown}");
    }
    // One in the text, or in a list below it, is another's.
    let below = format!(
        "<title>{TITLE}</title><h1>{TITLE}</h1><div>{}</div><ul><li><a href=1.html>云溪县启动冬修水利</a><time datetime=2023-11-08>昨天</time></ul>",
        text()
    );
    assert_eq!(day(&document_of(&below).unwrap()), None);
    let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","datePublished":"2023-11-08T10:22:00+08:00"}</script>"#;
    let document = page(data, "");
    assert_eq!(day(&document).as_deref(), Some("2023-11-08"));
    assert_eq!(document.published_from, Some(DayOrigin::Meta));
}

#[test]
fn behind_a_day_no_label_needs_a_colon() {
    for line in [
        "发布时间 2023-11-08 来源 县政府办 浏览 123",
        "发布时间　2023-11-08　　来源　县政府办　　浏览　123",
        "发布时间2023-11-08 来源县政府办",
        "<span>发布时间 2023-11-08</span><span>来源 县政府办</span>",
        "2023-11-08 来源 县政府办",
        "时间 2023-11-08 10:22 来源 县政府办",
        "发布时间 2023-11-08 | 来源 县政府办 | 浏览量 123",
    ] {
        let document = page("", &format!("<p>{line}</p>"));
        assert_eq!(day(&document).as_deref(), Some("2023-11-08"), "{line}");
        assert_eq!(document.publisher.as_deref(), Some("县政府办"), "{line}");
        assert_eq!(document.text(), TEXT.join("\n"), "{line}");
    }
}

#[test]
fn a_paragraph_that_begins_like_labels_stays_text() {
    for line in [
        "时间 2023年11月10日上午9时 地点 县政府三楼会议室",
        "2023-11-10 来源地证明送达，编辑 张三到场。",
        "发布时间 2023-11-10前报送的，来源 按县级统计，不再另行通知。",
    ] {
        let html = format!(
            "<title>{TITLE}</title><h1>{TITLE}</h1><div>发布时间：2023-11-08</div><div>{}<p>{line}</p>{0}</div>",
            text()
        );
        let document = document_of(&html).unwrap();
        assert!(document.text().contains(line), "{line}: {}", document.text());
        assert_eq!(day(&document).as_deref(), Some("2023-11-08"), "{line}");
    }
}

#[test]
fn who_published_a_page_is_told_without_marks_and_tools_behind_the_name() {
    for (line, publisher, author) in [
        ("来源：：县林业局", Some("县林业局"), None),
        ("来源：县林业局/作者：林晓", Some("县林业局"), Some("林晓")),
        ("来源：县林业局 我要纠错", Some("县林业局"), None),
        ("来源：县林业局 收藏本文", Some("县林业局"), None),
        ("来源：县林业局 A- A+", Some("县林业局"), None),
        ("来源：县林业局 12人阅读", Some("县林业局"), None),
        ("来源：<a>县林业局</a>（<a>原文链接</a>）", Some("县林业局"), None),
        ("来源于：县林业局", Some("县林业局"), None),
        ("来源：1", None, None),
        ("来源：admin", None, None),
        ("作者：〔林晓〕", None, Some("林晓")),
        ("本报记者：林晓", None, Some("林晓")),
    ] {
        let document = page("", &format!("<div>2023-11-08</div><div>{line}</div>"));
        assert_eq!(document.publisher.as_deref(), publisher, "{line}");
        assert_eq!(document.author.as_deref(), author, "{line}");
        assert_eq!(document.text(), TEXT.join("\n"), "{line}");
    }
}

#[test]
fn an_interview_keeps_what_its_reporter_says() {
    let talk = ["记者：请您介绍一下今年的情况。", "林晓：今年全县新修农村道路一百公里，群众出行更加方便。"];
    let body: String = talk.iter().chain(&TEXT[1..]).map(|line| format!("<p>{line}</p>")).collect();
    let html = format!("<title>{TITLE}</title><h1>{TITLE}</h1><div>2023-11-08</div><div>{body}</div>");
    let document = document_of(&html).unwrap();
    assert!(document.text().starts_with(&talk.join("\n")), "{}", document.text());
    assert_eq!(document.author, None);
}
