//! Labels without a colon, numbers in unusual spellings, and lines of a text that have the form of a label.

use gongwen::model::Document;

use crate::document_of;

const TITLE: &str = "云溪县水务局关于做好乡村供水工作的通知";
const BODY: [&str; 4] = [
    "各乡镇人民政府：",
    "为做好乡村供水，保障群众用水，现将有关事项通知如下。",
    "一、落实责任",
    "各乡镇要确定专人巡查水源地，发现问题及时上报，落实值班值守制度。",
];

fn paragraphs(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<p>{line}</p>")).collect()
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

/// A page of this title, with lines above the body in its box.
fn titled(title: &str, inside: &str) -> Document {
    let body = paragraphs(&BODY);
    let html = format!(
        "<title>{title}</title><h1>{title}</h1><div>发布时间：2023-04-07</div><div id='zoom'>{inside}{body}</div>"
    );
    document_of(&html).unwrap()
}

#[test]
fn markup_alone_parts_a_label_from_its_value() {
    let pairs = [
        ("索引号", "QL00/2023-00012"),
        ("发布机构", "县水务局"),
        ("文号", "云水发〔2023〕4号"),
        ("主题", "水利、水务"),
        ("体裁", "通知"),
        ("来源", "云溪日报"),
        ("生成日期", "2023-04-06"),
        ("发布日期", "2023-04-07"),
    ];
    let head =
        "<title>云溪县人民政府门户网站</title><div>当前位置：<a href='/'>首页</a> &gt; <a href='/a'>文件</a></div>";
    for (around, form) in [
        ("<ul>ROWS</ul>", "<li><span>KEY</span><span>VALUE</span></li>"),
        ("<div>ROWS</div>", "<p><b>KEY</b>VALUE</p>"),
        ("<div>ROWS</div>", "<div><strong>KEY</strong> <em>VALUE</em></div>"),
        ("<ul>ROWS</ul>", "<li><label>KEY</label>\n<i>VALUE</i></li>"),
        ("<ul>ROWS</ul>", "<li><b>KEY</b>&nbsp;VALUE</li>"),
        ("<div>ROWS</div>", "<span><b>KEY</b>VALUE</span>"),
        ("<div>ROWS</div>", "<span><span>KEY</span>　<span>VALUE</span></span> "),
    ] {
        let rows: String = pairs.iter().map(|(key, value)| form.replace("KEY", key).replace("VALUE", value)).collect();
        let rows = around.replace("ROWS", &rows);
        let html = format!("{head}<div><h1>{TITLE}</h1>{rows}<div>{}</div></div>", paragraphs(&BODY));
        let found = document_of(&html).unwrap();
        assert_eq!(found.title.as_deref(), Some(TITLE), "{form}");
        assert_eq!(found.document_number.as_deref(), Some("云水发〔2023〕4号"), "{form}");
        assert_eq!(found.index_number.as_deref(), Some("QL00/2023-00012"), "{form}");
        assert_eq!(found.publisher.as_deref(), Some("云溪日报"), "{form}");
        assert_eq!(found.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"), "{form}");
        assert_eq!(lines(&found), BODY, "{form}");
    }
}

#[test]
fn an_emphasised_word_of_a_text_is_no_label() {
    for first in [
        "<p><b>来源</b>于山溪的水，要先沉淀再入管网。</p>",
        "<p><b>主题</b>突出的宣传活动每月一次</p>",
        "<p><b>时间</b>紧、任务重，各乡镇要抓紧落实。</p>",
        "<p><b>发布</b>停水通知要提前三天</p>",
    ] {
        let found = titled(TITLE, first);
        assert_eq!(found.blocks.len(), BODY.len() + 1, "{first} {:?}", lines(&found));
        assert_eq!(found.publisher, None, "{first}");
    }
}

#[test]
fn a_number_at_the_head_is_read_in_further_spellings() {
    for (line, number) in [
        ("云水发〔２０２３〕４号", Some("云水发〔2023〕4号")),
        ("云 水 发 〔2023〕 4 号", Some("云水发〔2023〕4号")),
        ("云水发〔二〇二三〕四号", Some("云水发〔二〇二三〕四号")),
        ("云水发〔2023〕4号文", Some("云水发〔2023〕4号")),
        ("云水发〔2023〕4", Some("云水发〔2023〕4")),
        ("云水发〔2023〕<br>4号", Some("云水发〔2023〕4号")),
        ("云水发2023年4号", Some("云水发2023年4号")),
        ("云水字第4号", Some("云水字第4号")),
        ("云水发〔2023〕4号　YXDR-2023-01003", Some("云水发〔2023〕4号")),
        ("（2023）云1129民初123号", Some("〔2023〕云1129民初123号")),
        ("第4号", None),
        ("云溪路第4号", None),
        ("见云政发2023年4号文件的有关规定", None),
    ] {
        let found = titled(TITLE, &format!("<p>{line}</p>"));
        assert_eq!(found.document_number.as_deref(), number, "{line}");
    }
    let labelled = format!("<title>{TITLE}</title><h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>文号：4号</div>");
    for (line, number) in [("<p>云水发〔2023〕4号</p>", "云水发〔2023〕4号"), ("", "4号")] {
        let found = document_of(&format!("{labelled}<div>{line}{}</div>", paragraphs(&BODY))).unwrap();
        assert_eq!(found.document_number.as_deref(), Some(number), "{line}");
    }
}

#[test]
fn a_title_may_hold_its_own_number_or_cite_that_of_another() {
    for (title, number) in [
        ("云溪市人民政府令第35号 云溪市城市绿化管理办法", Some("云溪市人民政府令第35号")),
        ("云溪市人民代表大会常务委员会公告（第15号）", Some("云溪市人民代表大会常务委员会公告（第15号）")),
        ("云溪市人民代表大会常务委员会公告（第十五号）", Some("云溪市人民代表大会常务委员会公告（第十五号）")),
        ("云溪市水务局公告2023年第3号　关于公布名单的公告", Some("云溪市水务局公告2023年第3号")),
        ("云水发〔2023〕4号 关于做好供水工作的通知", Some("云水发〔2023〕4号")),
        ("【供水】云水发〔2023〕4号关于做好供水工作的通知", Some("云水发〔2023〕4号")),
        ("关于做好供水工作的通知（云水发〔2023〕4号）【已废止】", Some("云水发〔2023〕4号")),
        ("关于贯彻落实云政办发〔2023〕8号文件的通知", None),
        ("云溪县水务局转发云政办发〔2023〕8号文件的通知", None),
        ("关于废止云水发〔2019〕4号的通知", None),
        ("《关于做好供水工作的通知》（云水发〔2023〕4号）政策解读", None),
        ("云水发〔2023〕4号文件解读", None),
        ("关于废止云溪市人民政府令第35号 的决定", None),
        ("云溪路12号 改造工程公告", None),
    ] {
        assert_eq!(titled(title, "").document_number.as_deref(), number, "{title}");
    }
    let announcement = titled("云溪市财政局公告", "<p>〔2023〕第2号</p>");
    assert_eq!(announcement.document_number.as_deref(), Some("〔2023〕第2号"));
}

#[test]
fn a_number_before_the_title_that_the_tags_leave_out_is_read() {
    for head in [
        format!("云水发〔2023〕4号 {TITLE}"),
        format!("（云水发〔2023〕4号）{TITLE}"),
        format!("{TITLE}（云水发〔2023〕4号）"),
    ] {
        let tag = format!("<title>云溪县人民政府门户网站</title><meta name='ArticleTitle' content='{TITLE}'>");
        let html = format!("{tag}<h1>{head}</h1><p>发布时间：2023-04-07</p><div>{}</div>", paragraphs(&BODY));
        assert_eq!(document_of(&html).unwrap().document_number.as_deref(), Some("云水发〔2023〕4号"), "{head}");
    }
}

/// A page with this line under its title and these at the head and at the end of its text.
fn around(posted: &str, head: &[&str], last: &[&str]) -> Document {
    let body: String = [head, &BODY, last].map(paragraphs).concat();
    let cell = format!(
        "<title>{TITLE}</title><table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{posted}</td></tr><tr><td>{body}</td></tr></table>"
    );
    let boxed = format!("<title>{TITLE}</title><h1>{TITLE}</h1><div>{posted}</div><div class='text'>{body}</div>");
    let found = document_of(&boxed).unwrap();
    assert_eq!(lines(&document_of(&cell).unwrap()), lines(&found), "{posted} {head:?} {last:?}");
    found
}

#[test]
fn a_text_may_begin_with_lines_in_the_form_of_labels() {
    for posted in ["2023年4月7日 09:12　作者：　点击：[12]", "发布时间：2023-04-07　来源：云溪日报", "2023-04-07"]
    {
        for head in [
            &["时间：2023年4月20日上午9时", "地点：县会议中心"][..],
            &["日期：2023-04-20"],
            &["时间：2023年4月20日上午9时，地点：县会议中心"],
            &["主办单位：县文旅局", "承办单位：县文化馆"],
            &["发布单位：县气象台", "预警级别：黄色", "发布时间：2023年4月20日"],
            &["摘要：本文研究乡村供水", "关键词：乡村；供水"],
            &["服务对象：用水户", "名称：乡村供水报装"],
            &["来源：《云溪年鉴》"],
        ] {
            let found = around(posted, head, &[]);
            assert_eq!(lines(&found), [head, &BODY].concat(), "{posted}");
            assert_eq!(found.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"), "{posted} {head:?}");
        }
        // What a portal files stands among the paragraphs, too.
        for head in
            [&["索引号：QL00/2023-00012", "主题分类：水利", "发文机关：县水务局"][..], &["文号：云水发〔2023〕4号"]]
        {
            assert_eq!(lines(&around(posted, head, &[])), BODY, "{posted} {head:?}");
        }
    }
    let found = around("2023-04-07", &["来源：云溪日报", "作者：林晓"], &[]);
    assert_eq!((found.publisher.as_deref(), found.author.as_deref()), (Some("云溪日报"), Some("林晓")));
    assert_eq!(lines(&found), BODY);
}

#[test]
fn a_note_of_sources_below_a_text_stays_and_the_source_of_the_page_goes() {
    for (last, kept) in [
        ("资料来源：财政数据来自县财政局；其他数据均来自县统计局。", true),
        ("资料来源：县统计局", true),
        ("来源：本文根据县志、年鉴整理，数据以县统计局公布的为准。", true),
        ("来源：云溪日报", false),
        ("责任编辑：林晓", false),
    ] {
        let found = around("发布时间：2023-04-07", &[], &[last]);
        assert_eq!(lines(&found).contains(&last), kept, "{last}");
    }
}

#[test]
fn sources_and_days_have_further_labels_and_counters_are_no_part_of_a_name() {
    for (posted, publisher) in [
        ("发布时间：2023-04-07 来源：县水务局 阅读 123 次", Some("县水务局")),
        ("发布时间：2023-04-07 来源：县水务局阅读量：123", Some("县水务局")),
        ("发布时间：2023-04-07　来源 | 云溪日报", Some("云溪日报")),
        ("来源｜云溪日报　信息公开日期：2023-04-07", Some("云溪日报")),
        ("刊发时间：2023-04-07　来自：云溪日报", Some("云溪日报")),
        ("颁布日期：2023-04-07", None),
    ] {
        let found = around(posted, &[], &[]);
        assert_eq!(found.publisher.as_deref(), publisher, "{posted}");
        assert_eq!(found.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"), "{posted}");
        assert_eq!(lines(&found), BODY, "{posted}");
    }
}

#[test]
fn labels_of_a_table_may_stand_above_their_values_or_break_in_narrow_cells() {
    let pairs = [
        ("索引号", "QL00/2023-00012"),
        ("发布机构", "县水务局"),
        ("文号", "云水发〔2023〕4号"),
        ("成文日期", "2023-04-01"),
        ("发布日期", "2023-04-07"),
        ("有效性", "有效"),
    ];
    let row = |cell: &str, texts: Vec<&str>| {
        let cells: String = texts.iter().map(|text| format!("<{cell}>{text}</{cell}>")).collect();
        format!("<tr>{cells}</tr>")
    };
    let rows = |cell: &str, pairs: &[(&str, &str)]| {
        row(cell, pairs.iter().map(|pair| pair.0).collect()) + &row("td", pairs.iter().map(|pair| pair.1).collect())
    };
    let broken: String = pairs
        .chunks(2)
        .map(|two| {
            let cells = two.iter().map(|(label, value)| {
                let (head, rest) = label.split_at(6);
                format!("<td>{head}<br>{rest}</td><td>{value}</td>")
            });
            format!("<tr>{}</tr>", cells.collect::<String>())
        })
        .collect();
    for table in [rows("th", &pairs), rows("td", &pairs), rows("td", &pairs[..3]) + &rows("td", &pairs[3..]), broken] {
        let html =
            format!("<title>{TITLE}</title><table>{table}</table><h1>{TITLE}</h1><div>{}</div>", paragraphs(&BODY));
        let document = document_of(&html).unwrap();
        assert_eq!(document.index_number.as_deref(), Some("QL00/2023-00012"), "{table}");
        assert_eq!(document.document_number.as_deref(), Some("云水发〔2023〕4号"), "{table}");
        assert_eq!(document.published.unwrap().to_string(), "2023-04-07", "{table}");
        assert_eq!(lines(&document), BODY, "{table}");
    }
}
