//! Numbers, days, titles and breadcrumbs as portals set them.

use gongwen::model::Document;

use crate::document_of;

const TITLE: &str = "云溪县水务局关于做好乡村供水工作的通知";
const BODY: [&str; 6] = [
    "各乡镇人民政府：",
    "为做好乡村供水，保障群众用水，现将有关事项通知如下。",
    "一、落实责任",
    "各乡镇要确定专人巡查水源地，发现问题及时上报。",
    "云溪县水务局",
    "2023年4月6日",
];

fn paragraphs() -> String {
    BODY.map(|line| format!("<p>{line}</p>")).concat()
}

/// A page of this title with something above the title, below it, and at the head of the body.
fn page(tag: &str, above: &str, below: &str, inside: &str) -> Document {
    let body = paragraphs();
    let foot = "<div>主办：云溪县人民政府办公室　浙ICP备05000000号</div>";
    let html = format!(
        "<html><head><title>{tag}</title></head><body>{above}<h1>{TITLE}</h1><div>{below}</div><div id='zoom'>{inside}{body}</div>{foot}</body></html>"
    );
    document_of(&html).unwrap()
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn a_labelled_number_is_read_in_every_spelling() {
    for (label, number) in [
        ("发文字号：云 政 发〔2023〕9号", Some("云政发〔2023〕9号")),
        ("文号：云环审（表）[2023]9号", Some("云环审（表）〔2023〕9号")),
        ("文号：第5号令", Some("第5号令")),
        ("文号：云溪县人民政府令（第5号）", Some("云溪县人民政府令（第5号）")),
        ("公开文号：云政发〔2023〕9", Some("云政发〔2023〕9")),
        ("发文号：云政发{2023}9号", Some("云政发〔2023〕9号")),
        ("字号：云水〔2023〕4号", Some("云水〔2023〕4号")),
        ("字号：大 中 小", None),
        ("文号：2023年度", None),
        ("文号：无", None),
    ] {
        let below = format!("<span>{label}</span> <span>发布日期：2023-04-07</span>");
        assert_eq!(page(TITLE, "", &below, "").document_number.as_deref(), number, "{label}");
    }
}

#[test]
fn a_number_at_the_head_is_read_with_what_stands_beside_it_and_a_cited_one_is_not() {
    for (head, number) in [
        ("<p>云水〔2023〕4号　　　签发人：林某某</p>", Some("云水〔2023〕4号")),
        ("<p>云水提复〔2023〕4号　A类</p>", Some("云水提复〔2023〕4号")),
        ("<p>（云水发〔2023〕4号 2023年4月6日）</p>", Some("云水发〔2023〕4号")),
        ("<p>云溪县水务局文件　云水发〔2023〕4号</p>", Some("云水发〔2023〕4号")),
        ("<p>云溪县人民政府令</p><p>第5号</p>", Some("云溪县人民政府令第5号")),
        ("<p>云溪县水务局公告</p><p>（2023年第4号）</p>", Some("云溪县水务局公告2023年第4号")),
        ("<p>2023年第4号</p>", None),
        ("<p>云政发〔2023〕9号文件要求各地巡查。</p>", None),
        ("<p>《云溪县节水办法》（云政发〔2023〕9号）已废止</p>", None),
    ] {
        let found = page(TITLE, "", "发布日期：2023-04-07", head);
        assert_eq!(found.document_number.as_deref(), number, "{head}");
    }
}

#[test]
fn a_number_of_an_announcement_stands_alone_below_its_title() {
    let announce = "关于注销取水许可证的公告";
    let body =
        "<p>2023年第4号</p><p>根据有关规定，现将注销的取水许可证公告如下。</p><p>云溪县水务局</p><p>2023年4月6日</p>";
    let html = format!("<title>{announce}</title><h1>{announce}</h1><p>发布时间：2023-04-07</p><div>{body}</div>");
    assert_eq!(document_of(&html).unwrap().document_number.as_deref(), Some("2023年第4号"));
}

#[test]
fn a_day_without_a_label_may_stand_before_a_name_but_not_in_a_span() {
    for (below, day) in [
        ("<em>2023/04/07</em><i>云溪县水务局</i><b>阅读 35</b>", Some("2023-04-07")),
        ("2023-04-07 云溪县水务局", Some("2023-04-07")),
        ("2023-04-07至2023-04-17公示", None),
        ("2023-04-07前在线填写报名表", None),
    ] {
        let found = page(TITLE, "", below, "").published.map(|day| day.to_string());
        assert_eq!(found.as_deref(), day, "{below}");
    }
}

#[test]
fn a_breadcrumb_ends_before_what_names_no_column() {
    let columns = "<a href=/>首页</a>SEP<a href=a>政务公开</a>SEP<a href=b>通知公告</a>";
    for above in [
        format!("<div><span>当前位置</span>{}</div>", columns.replace("SEP", "<i></i>")),
        format!("<div>{}</div>", columns.replace("SEP", "<span>/</span>")),
        format!("<div>您正在访问：{} - 查看信息</div>", columns.replace("SEP", " - ")),
        format!("<div>当前位置：{} <span>今天是2024年1月2日</span></div>", columns.replace("SEP", "&gt;")),
    ] {
        assert_eq!(page(TITLE, &above, "2023-04-07", "").breadcrumb, ["首页", "政务公开", "通知公告"], "{above}");
    }
    let menu = "<a href=/>首页</a>/<a href=a>政务公开</a>/<a>服务</a>/<a>互动</a>/<a>云溪</a>/<a>专题</a>/<a>数据</a>";
    assert_eq!(page(TITLE, &format!("<div>{menu}</div>"), "2023-04-07", "").breadcrumb, Vec::<String>::new());
}

#[test]
fn a_title_may_be_short_or_stand_in_the_body_only() {
    let notice = "<p>因管网检修，4月8日8时至12时青石路停水，请市民做好储水准备。</p>";
    for (title, head) in [("停水通知", "发布时间：2023-04-07"), ("公示", "时间：2023-04-07")] {
        let html = format!("<title>{title}_云溪县</title><h1>{title}</h1><p>{head}</p><div>{notice}</div>");
        assert_eq!(document_of(&html).unwrap().title.as_deref(), Some(title));
    }
    let lines = ["云溪县水务局", "关于做好乡村供水工作的通知"];
    let html = format!(
        "<title>通知公告-云溪县水务局</title><div>通知公告</div><div><p>{}</p><p>{}</p>{}</div>",
        lines[0],
        lines[1],
        paragraphs()
    );
    assert_eq!(document_of(&html).unwrap().title.as_deref(), Some(TITLE));
}

#[test]
fn tools_and_votes_around_an_article_are_no_text() {
    for inside in ["<p>选择阅读字号：大 中 小</p>", "<p>文章字体：[大] [中] [小]</p>", "<p>收听全文</p>"]
    {
        assert_eq!(lines(&page(TITLE, "", "发布日期：2023-04-07", inside)), BODY, "{inside}");
    }
    for behind in [
        "评价此文：有用 没用",
        "您觉得这篇文章对您有帮助吗？",
        "点赞（3）",
        "标签：供水 水务",
        "阅读原文",
        "相关附件：无",
    ] {
        let html = format!(
            "<title>{TITLE}</title><h1>{TITLE}</h1><p>发布日期：2023-04-07</p><div>{}<p>{behind}</p></div>",
            paragraphs()
        );
        assert_eq!(lines(&document_of(&html).unwrap()), BODY, "{behind}");
    }
    let text = "点赞新时代，奋进新征程，全县干部群众齐心协力。";
    let kept = page(TITLE, "", "发布日期：2023-04-07", &format!("<p>{text}</p>"));
    assert!(lines(&kept).contains(&text));
}

#[test]
fn the_numbers_in_a_table_of_other_documents_are_theirs() {
    let row = |n: usize| {
        format!("<tr><td>{n}</td><td>云审水许〔2023〕{n}号</td><td>青石镇第{n}水厂</td><td>取水许可</td></tr>")
    };
    let rows: String = (1..4).map(row).collect();
    let table =
        format!("<table border='1'><tr><td>序号</td><td>许可文号</td><td>申请人</td><td>事项</td></tr>{rows}</table>");
    let document = page(TITLE, "", "发布时间：2023-04-07", &table);
    assert_eq!(document.document_number, None);
    let labels = "<table><tr><td>发文字号</td><td>云水发〔2023〕9号</td></tr><tr><td>发布日期</td><td>2023-04-07</td></tr></table>";
    let document = page(TITLE, labels, "", &table);
    assert_eq!(document.document_number.as_deref(), Some("云水发〔2023〕9号"));
}
