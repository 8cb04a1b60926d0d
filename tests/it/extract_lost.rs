//! What nobody may lose: lines without sentences, and what looks like metadata, tools or the foot of a page and is none.

use gongwen::model::{Document, Reason};

use crate::document_of;

const FOOT: &str = "<div>主办单位：云溪县人民政府　网站标识码：9900000001</div>";

fn page(title: &str, body: &str) -> Result<Document, Reason> {
    let html = format!("<html><head><title>{title}_云溪县人民政府</title></head><body>{body}{FOOT}</body></html>");
    document_of(&html)
}

/// A page that says when it was published, with a text.
fn posted(title: &str, text: &str) -> Document {
    let head = format!("<h1>{title}</h1><div>发布时间：2023-05-06　来源：县政府办</div>");
    page(title, &format!("{head}{text}")).unwrap()
}

fn lines(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>")).collect()
}

#[test]
fn what_has_the_form_of_a_label_inside_of_a_text_takes_nothing_along() {
    for texts in [
        &["一、会议基本情况", "时间：2023年4月28日", "地点：二楼会议室", "二、会议内容", "会议听取了汇报。"][..],
        &["第15期", "时间：2023年4月28日", "地点：二楼会议室", "会议听取了汇报，研究了有关工作。"],
        &["一、青石水库", "门票：免费", "来源：县文旅局", "二、云溪古镇", "来源：古镇管委会", "欢迎前来游览。"],
        &["青石水库", "库容：三百万方", "作者：李明", "照片由作者提供，转载请注明。"],
    ] {
        let document = posted("县政府常务会议纪要", &format!("<div>{}</div>", lines(texts)));
        assert_eq!(document.text(), texts.join("\n"));
        assert_eq!(document.published.unwrap().to_string(), "2023-05-06");
    }
}

#[test]
fn metadata_below_the_title_goes_with_what_stands_between() {
    let text = "各乡镇要压实责任，落实措施，确保安全度汛。";
    for head in [
        "<h1>关于做好防汛工作的通知</h1><p>发布时间：2023-05-06</p><p>来源：县政府办</p>",
        "<p>云政发〔2023〕5号</p><p>关于做好防汛工作的通知</p><p>发布时间：2023-05-06 来源：县政府办</p>",
        "<p>首页 > 通知公告</p><h2>关于做好防汛工作的通知</h2><p>时间：2023-05-06　作者：李明</p>",
    ] {
        let document = page("关于做好防汛工作的通知", &format!("<div>{head}<p>{text}</p></div>")).unwrap();
        assert_eq!(document.text().lines().last(), Some(text));
        assert!(!document.text().contains("2023-05-06"), "{}", document.text());
        assert_eq!(document.published.unwrap().to_string(), "2023-05-06");
    }
}

fn table(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| {
        format!("<tr>{}</tr>", cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>())
    };
    format!("<table border=\"1\">{}</table>", rows.iter().map(row).collect::<String>())
}

#[test]
fn a_table_of_which_one_cell_is_a_sentence_stays_whole() {
    let forms: [&[&[&str]]; 4] = [
        &[
            &["项目名称", "青石河治理工程"],
            &["建设单位", "县水利局"],
            &["受理日期", "2023-05-06"],
            &["概况", "治理河道5公里。"],
        ],
        &[
            &["名称", "云溪山歌"],
            &["来源", "青石镇"],
            &["类别", "音乐"],
            &["简介", "山歌传唱三百余年，曲调悠扬，流传甚广。"],
        ],
        &[
            &["序号", "企业", "结果", "备注"],
            &["1", "白石超市", "不合格", "有过期食品3袋，已责令改正。"],
            &["2", "青石饭店", "合格", "无"],
        ],
        &[&["部门", "电话"], &["县水利局", "0000-1000001，工作日九点至十七点接听。"], &["县民政局", "0000-1000002"]],
    ];
    for rows in forms {
        for around in
            ["TABLE", "<div>TABLE</div>", "<div class='content'><div>TABLE</div></div>", "<center>TABLE</center>"]
        {
            let document = posted("青石河治理工程环评公示", &around.replace("TABLE", &table(rows)));
            let expected: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
            assert_eq!(document.text(), expected.join("\n"), "{around}");
        }
    }
}

#[test]
fn a_table_in_the_box_below_the_text_belongs_to_it() {
    let said = "<p>根据考核办法，现将2022年度各乡镇考核结果通报如下，请各乡镇对照改进。</p>";
    let rows: [&[&str]; 3] = [&["青石镇", "90分", "优秀"], &["白水镇", "91分", "优秀"], &["红岩乡", "92分", "优秀"]];
    let body = format!("<div>{said}</div><div>{}</div>", table(&rows));
    let document = posted("云溪县2022年度考核结果通报", &body);
    assert!(document.text().ends_with("红岩乡\t92分\t优秀"), "{}", document.text());
    // The head of a document is no part of it wherever it stands.
    let labels =
        table(&[&["索引号", "9900/2023-1", "主题分类", "综合"], &["发布机构", "县政府办", "发布日期", "2023-05-06"]]);
    let document = posted("云溪县2022年度考核结果通报", &format!("<div>{said}</div><div>{labels}</div>"));
    assert!(document.text().ends_with("请各乡镇对照改进。"), "{}", document.text());
}

#[test]
fn items_in_boxes_of_one_kind_stay_together_where_one_says_a_sentence() {
    let item = |name: &str, text: &str| format!("<div><h3>{name}</h3><p>{text}</p></div>");
    let items = [
        ("青石水库", "门票：免费"),
        ("云溪古镇", "古镇始建于明代，街巷保存完好，常年开放。"),
        ("红岩寺", "门票：十元"),
    ];
    let body: String = items.iter().map(|(name, text)| item(name, text)).collect();
    let document = posted("云溪县旅游景点", &format!("<div>{body}</div>"));
    let expected: Vec<&str> = items.iter().flat_map(|&(name, text)| [name, text]).collect();
    assert_eq!(document.text(), expected.join("\n"));
}

#[test]
fn links_that_the_text_announces_are_text() {
    let said = "为了解群众需求，县政务服务局组织开展网上问卷调查，欢迎广大群众踊跃参与。";
    let address = "http://wj.example.gov.cn/s/88";
    let text = format!("<p>{said}请点击以下链接填写：</p><p><a href=\"{address}\">{address}</a></p>");
    assert!(posted("关于开展网上问卷调查的公告", &format!("<div>{text}</div>")).text().ends_with(address));
    let names: String =
        ["县发改局权力清单", "县教育局权力清单"].map(|name| format!("<p><a href='/a.html'>{name}</a></p>")).concat();
    let text = format!("<p>经县政府同意，现将各部门权力清单公布如下。</p>{names}");
    assert!(posted("云溪县权力清单", &format!("<div>{text}</div>")).text().ends_with("县教育局权力清单"));
    // Others lead away.
    let others = "<p>相关链接：</p><p><a href='/a.html'>云溪县召开防汛工作会议</a></p>";
    assert!(
        posted("关于开展网上问卷调查的公告", &format!("<div><p>{said}</p>{others}</div>")).text().ends_with("参与。")
    );
}

#[test]
fn hosts_of_an_event_and_steps_that_name_a_tool_are_text() {
    let texts =
        ["定于3月18日举办油菜花节，欢迎广大游客前来观赏。", "主办单位：青石镇人民政府", "承办单位：青石镇文化站"];
    assert_eq!(posted("油菜花节活动公告", &format!("<div>{}</div>", lines(&texts))).text(), texts.join("\n"));
    let texts = [
        "请按下列步骤操作，如有疑问请致电12333。",
        "第一步，打开浏览器。",
        "第二步，点击打印本页按钮。",
        "第三步，关闭窗口，完成操作。",
    ];
    assert_eq!(posted("网站使用说明", &format!("<div>{}</div>", lines(&texts))).text(), texts.join("\n"));
    let tools = format!("<div>{}<p>【打印本页】 【关闭窗口】</p></div>", lines(&texts[..2]));
    assert_eq!(posted("网站使用说明", &tools).text(), texts[..2].join("\n"));
}

#[test]
fn of_a_hidden_copy_and_the_text_that_is_shown_the_copy_goes() {
    let texts = ["一、对新购住房的购房人，已缴税款可予退还。", "二、以上政策自2025年1月1日起执行，请遵照执行。"];
    let copy = format!("<div style='display:none'>{}</div>", lines(&texts));
    let shown = format!("<div>{}</div>", lines(&texts));
    for body in [format!("{copy}{shown}"), format!("{shown}{copy}"), format!("<div>{copy}<div>{shown}</div></div>")] {
        assert_eq!(posted("关于住房政策的通知", &body).text(), texts.join("\n"), "{body}");
    }
}

#[test]
fn names_stay_where_a_label_stands_below_them() {
    let texts = [
        "青石镇：张三 李四 王五 陈二",
        "白水镇：赵六 钱七 何大明",
        "红岩乡：孙八 周九 吴小红",
        "东山街道：郑十一 冯春",
    ];
    for below in ["来源：县委组织部", "责任编辑：王芳", "发布日期：2023-05-06", "【打印】【关闭】"]
    {
        let body = format!("<div>{}<p>{below}</p></div>", lines(&texts));
        let head = "<h1>先进个人名单</h1><div>发布时间：2023-05-06　来源：县政府办</div>";
        let document = page("先进个人名单", &format!("{head}{body}"));
        let document = document.unwrap_or_else(|reason| panic!("{below}: {reason:?}"));
        assert_eq!(document.text(), texts.join("\n"), "{below}");
    }
}

#[test]
fn a_notice_of_one_sentence_is_an_article_where_the_page_shows_its_title() {
    for day in ["", "<div>2023-05-06</div>", "<div>更新：2023-05-08　发布：2023-05-06</div>"] {
        let document = page("停水通知", &format!("<h1>停水通知</h1>{day}<div><p>5月8日停水，请提前储水。</p></div>"));
        let document = document.unwrap_or_else(|reason| panic!("{day}: {reason:?}"));
        assert_eq!(document.text(), "5月8日停水，请提前储水。");
        assert_eq!(document.published.map(|day| day.to_string()), (!day.is_empty()).then(|| "2023-05-06".to_owned()));
    }
    assert!(page("通知公告", "<h1>通知公告</h1><div><p>暂无内容，请稍后再来。</p></div>").is_err());
}

#[test]
fn comments_summaries_of_machines_and_other_pages_are_no_text() {
    let texts = ["各乡镇人民政府：", "为做好防汛工作，现通知如下，请认真贯彻执行。", "云溪县人民政府", "2023年5月4日"];
    let text = format!("<div>{}</div>", lines(&texts));
    let above = "<div>AI摘要：本通知要求各乡镇做好防汛工作，落实值班制度。（内容由AI生成，仅供参考）</div>";
    let comments = "<div><h3>网友评论（2）</h3><div><b>网友_3381</b><p>这个政策很好，什么时候可以在我们村里落实呢？希望尽快。</p></div></div>";
    let others = "<div><h3>热点推荐</h3><p onclick='go(1)'>云溪县召开秋季农业生产现场会</p><p onclick='go(2)'>青石镇开展校园食品安全检查</p></div>";
    let summaries = "<div><h2>推荐阅读</h2><ul><li><a href='/b.html'>全县春耕备耕有序推进</a><p>记者从县农业农村局获悉，春耕备耕已经全面铺开。</p></li>\
        <li><a href='/c.html'>县图书馆春节开放安排</a><p>县图书馆公布春节期间开放时间，欢迎读者前往。</p></li></ul></div>";
    for body in
        [format!("{above}{text}"), format!("{text}{comments}"), format!("{text}{others}"), format!("{text}{summaries}")]
    {
        assert_eq!(posted("关于做好防汛工作的通知", &body).text(), texts.join("\n"), "{body}");
    }
}

#[test]
fn short_news_is_an_article_where_the_tags_name_a_headline_wherever_the_page_shows_it() {
    const HEADLINE: &str = "云溪县召开防汛工作会议";
    let text = lines(&["5月6日，云溪县召开防汛工作会议，县长出席。", "会议要求，各乡镇要压实责任，确保安全度汛。"]);
    for body in [
        format!("<div>{text}</div>"),
        format!("<h1>{HEADLINE}</h1><div>{text}</div>"),
        format!("<div>{text}</div><h3>{HEADLINE}</h3>"),
        format!("<ul><li><a href=/>首页</a></li><li><a href=/a/>动态</a></li></ul><div>{text}</div>"),
    ] {
        let document = page(HEADLINE, &body).unwrap_or_else(|reason| panic!("{reason:?}: {body}"));
        assert_eq!(document.title.as_deref(), Some(HEADLINE));
        assert!(document.text().contains("确保安全度汛。"));
    }
    // The name of a column is no headline, and what an application says of browsers no article.
    assert_eq!(page("工作动态", &format!("<div>{text}</div>")), Err(Reason::NoArticle));
    let wait = "<div id=app></div><noscript>很抱歉，本系统需要您的浏览器启用脚本后才能正常访问。</noscript>";
    assert_eq!(page("云溪县政务服务一体化平台", wait), Err(Reason::ScriptOnly));
}
