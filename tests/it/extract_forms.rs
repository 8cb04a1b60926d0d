//! Pages in forms that no template of a portal family has: what surrounds an article, and where its labels stand.

use gongwen::extract::{Rules, explain, extract};
use gongwen::model::{BlockKind, Document, PageFormat, WarningCode};
use gongwen::page::{View, decode};
use url::Url;

const TITLE: &str = "云溪县水务局关于开展河道清淤的通知";
const LINES: [&str; 5] = [
    "各乡镇人民政府：",
    "为保障今年汛期行洪安全，县水务局决定开展河道清淤，现将有关事项通知如下。",
    "一、清淤范围。全县主要河道，以及各村排水沟渠。",
    "云溪县水务局",
    "2023年4月6日",
];
const NAVIGATION: &str =
    "<ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li><li><a href='/b'>办事服务</a></li></ul>";
const FOOT: &str = "<div><p>主办：云溪县人民政府 承办：云溪县人民政府办公室</p><p>本网站所有文字、图片，除特别注明外，版权归本网站所有。\
    未经授权，不得转载，违者将依法追究责任。</p><p>云ICP备00000000号 网站标识码：0000000000</p></div>";

fn page_at(html: &str, url: Option<&str>) -> Document {
    let url = url.map(|url| Url::parse(url).unwrap());
    let view = View::new(decode(html.as_bytes(), None, PageFormat::Html, url.as_ref()).unwrap());
    extract(&view).unwrap_or_else(|reject| panic!("{reject:?}\n{}\n{html}", explain(&view, Rules::default())))
}

/// A page called after its article whose middle is given.
fn read(middle: &str) -> Document {
    let title = format!("{TITLE}_通知公告_云溪县人民政府");
    page_at(&format!("<html><head><title>{title}</title></head><body>{NAVIGATION}{middle}{FOOT}</body></html>"), None)
}

fn paragraphs() -> String {
    LINES.map(|line| format!("<p>　　{line}</p>")).concat()
}

fn lines(document: &Document) -> Vec<String> {
    document.text().lines().map(str::to_owned).collect()
}

#[test]
fn labels_inside_the_body_are_read_and_left_out() {
    let body = paragraphs();
    for middle in [
        format!("<div><h2>{TITLE}</h2><p>时间：2023-04-07</p><p>稿源：县水务局</p><p>人气：</p>{body}</div>"),
        format!("<div><div>{TITLE}</div><div>2023-04-07 浏览次数：12 信息来源：县水务局</div>{body}</div>"),
        format!("<div><p>{TITLE}</p><p>来 源：县水务局 | 日期：2023/04/07 | 字号：[大 中 小]</p>{body}</div>"),
        format!(
            "<div><dl><dt>发布日期：</dt><dd>2023年4月7日</dd><dt>文章来源：</dt><dd>县水务局</dd></dl><h1>{TITLE}</h1>{body}</div>"
        ),
        format!(
            "<table><tr><td>{TITLE}</td></tr><tr><td>发布于：2023-04-07 来源：县水务局 【打印】【关闭】</td></tr><tr><td>{body}</td></tr></table>"
        ),
        format!("<h1>{TITLE}</h1><div>{body}</div><div>稿件来源：县水务局 发稿时间：2023-4-7</div>"),
        format!("<h1>{TITLE}</h1><p>更新时间：2023.4.7　　内容来源：县水务局　　责编：李四</p>{body}"),
    ] {
        let document = read(&middle);
        assert_eq!(lines(&document), LINES, "{middle}");
        assert_eq!(document.title.as_deref(), Some(TITLE), "{middle}");
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"), "{middle}");
        assert_eq!(document.publisher.as_deref(), Some("县水务局"), "{middle}");
    }
}

#[test]
fn a_table_of_metadata_has_many_shapes() {
    let rows = [
        ("索引号", "0011/2023-00009"),
        ("发文机关", "云溪县水务局"),
        ("文件编号", "云水〔2023〕6号"),
        ("成文日期", "2023年4月6日"),
    ];
    let each = |form: fn(&str, &str) -> String| rows.map(|(label, value)| form(label, value)).concat();
    let shapes = [
        format!("<table>{}</table>", each(|label, value| format!("<tr><th>{label}</th><td>{value}</td></tr>"))),
        each(|label, value| format!("<dl><dt>{label}</dt><dd>{value}</dd></dl>")),
        format!("<ul>{}</ul>", each(|label, value| format!("<li><b>{label}：</b><span>{value}</span></li>"))),
        each(|label, value| format!("<div><div>{label}：</div><div>{value}</div></div>")),
        format!("<p>{}</p>", each(|label, value| format!("<strong>{label}：</strong>{value}<br>"))),
        each(|label, value| format!("<p>[{label}] <label>{value}</label></p>")),
        each(|label, value| format!("<div><div>{label}</div><div>{value}</div></div>")),
        format!("<section>{}</section>", each(|label, value| format!("<p>{label}</p><p>{value}</p>"))),
        format!("<div>{}</div>", each(|label, value| format!("<span>{label}：{value}</span>&nbsp;&nbsp;"))),
    ];
    for shape in shapes {
        let (body, abstracted) = (paragraphs(), "<p>内容概述：县水务局决定开展河道清淤，请认真执行。</p>");
        for middle in [
            format!("{shape}<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{body}</div>"),
            format!("<div>{shape}<h1>{TITLE}</h1><div>发布时间：2023-04-07</div>{body}</div>"),
            format!("<div>{shape}{abstracted}<h1>{TITLE}</h1><div>发布时间：2023-04-07</div>{body}</div>"),
        ] {
            let document = read(&middle);
            assert_eq!(document.index_number.as_deref(), Some("0011/2023-00009"), "{middle}");
            assert_eq!(document.document_number.as_deref(), Some("云水〔2023〕6号"), "{middle}");
            assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"), "{middle}");
            assert_eq!(lines(&document), LINES, "{middle}");
        }
    }
}

#[test]
fn words_of_labels_that_head_lines_of_an_article_stay() {
    let program = "<p>主题</p><p>法治宣传进乡村</p><p>时间</p><p>2023年5月1日</p><p>地点</p><p>镇政府会议室</p>";
    let document = read(&format!(
        "<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{}{program}<p>请各村组织群众按时参加。</p></div>",
        paragraphs()
    ));
    let behind = ["主题", "法治宣传进乡村", "时间", "2023年5月1日", "地点", "镇政府会议室", "请各村组织群众按时参加。"];
    assert_eq!(lines(&document), [&LINES[..], &behind[..]].concat());
    assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"));
}

#[test]
fn a_number_may_stand_above_the_title() {
    for head in [
        format!("<h1>云水〔2023〕6号<br>{TITLE}</h1>"),
        format!("<p>云水〔2023〕6号</p><h1>{TITLE}</h1>"),
        format!("<div>云溪县水务局文件</div><div>云水〔2023〕6号</div><h1>{TITLE}</h1>"),
    ] {
        let document = read(&format!("<div>{head}<div>发布时间：2023-04-07</div>{}</div>", paragraphs()));
        assert_eq!(document.document_number.as_deref(), Some("云水〔2023〕6号"), "{head}");
        assert_eq!(document.title.as_deref(), Some(TITLE), "{head}");
    }
    // The number of another document in a list above is none of this one.
    let list = "<ul><li><a href='/1'>云水〔2022〕1号 关于防汛的通知</a></li><li><a href='/2'>云水〔2022〕2号 关于抗旱的通知</a></li></ul>";
    let document = read(&format!("{list}<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{}</div>", paragraphs()));
    assert_eq!(document.document_number, None);
}

#[test]
fn a_breadcrumb_is_read_whatever_parts_it() {
    let links =
        |between: &str| ["首页", "信息公开", "通知公告"].map(|name| format!("<a href='/c'>{name}</a>")).join(between);
    for crumbs in [
        format!("<span>您的位置：{}<span>&gt;</span>正文</span>", links("<span>&gt;</span>")),
        format!("<span>当前位置:{} / {TITLE}</span>", links(" / ")),
        format!("<div>{} &gt;&gt; {TITLE}</div>", links(" &gt;&gt; ")),
        format!("<p>您当前所在的位置：{} » 内容</p>", links(" » ")),
        format!("<div>位置：<ul>{}</ul></div>", links("").replace("<a", "<li><a").replace("</a>", "</a></li>")),
        format!("<span>现在位置：{} - 正文</span>", links(" - ")),
        format!("<nav aria-label='breadcrumb'><ol>{}<li>正文</li></ol></nav>", links("").replace("<a", "<li><a").replace("</a>", "</a></li>")),
        "<div><a href='/'>首页</a><img src='/a.png'><a href='/c/'>信息公开</a><img src='/a.png'><a href='/c/d/'>通知公告</a></div>".to_owned(),
        format!("<div id='pos'></div><script>document.getElementById('pos').innerHTML = \"当前位置：{}\";</script>", links(" &gt; ")),
    ] {
        let middle =
            format!("<div>{crumbs}<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{}</div></div>", paragraphs());
        let document = read(&middle);
        assert_eq!(document.breadcrumb, ["首页", "信息公开", "通知公告"], "{middle}");
        assert_eq!(
            (document.title.as_deref(), lines(&document)),
            (Some(TITLE), LINES.map(str::to_owned).to_vec()),
            "{middle}"
        );
    }
}

#[test]
fn what_stands_around_an_article_does_not_outweigh_it() {
    let short = ["定于4月8日上午清淤。", "云溪县水务局", "2023年4月6日"];
    let body = short.map(|line| format!("<p>{line}</p>")).concat();
    let head = format!("<h1>{TITLE}</h1><div>发布时间：2023-04-07</div>");
    let list: String = (1..20)
        .map(|n| format!("<li><a href='/{n}.html'>县水务局检查水库，要求落实责任</a> 2023-03-{n:02}</li>"))
        .collect();
    for middle in [
        format!("{head}<div>{body}</div>"),
        format!("<div>{head}<div>{body}</div></div><div><h3>通知公告</h3><ul>{list}</ul></div>"),
        format!("<div>{head}{body}<div>相关文章</div><ul>{list}</ul></div>"),
        format!("<p>深入学习贯彻会议精神，奋力谱写新篇章！</p><div><ul>{list}</ul></div>{head}<div>{body}</div>"),
        format!("{head}<div>{body}<p>（责任编辑：李四）</p><p>打印本文 | 关闭窗口</p><p>本文已被阅读 35 次</p></div>"),
    ] {
        assert_eq!(lines(&read(&middle)), short, "{middle}");
    }
}

#[test]
fn a_second_copy_beside_the_first_is_dropped() {
    let body = paragraphs();
    let copies = format!("<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{body}<p>责任编辑：李四</p>{body}</div>");
    assert_eq!(lines(&read(&copies)), LINES);
}

#[test]
fn a_title_that_no_tag_names_is_read_from_the_page() {
    let middle = format!("<div>{TITLE}</div><div>发布时间：2023-04-07 来源：县水务局</div><div>{}</div>", paragraphs());
    for tag in ["云溪县人民政府门户网站", "云溪县水务局", "", "云溪县人民政府-云溪县水务局关于开展河道清淤的通知"]
    {
        let page = format!("<html><head><title>{tag}</title></head><body>{NAVIGATION}{middle}{FOOT}</body></html>");
        assert_eq!(page_at(&page, None).title.as_deref(), Some(TITLE), "{tag}");
    }
}

#[test]
fn a_title_over_several_paragraphs_is_one_where_the_tags_name_the_site() {
    let site = |middle: &str| {
        let page =
            format!("<html><head><title>云溪县人民政府</title></head><body>{NAVIGATION}{middle}{FOOT}</body></html>");
        page_at(&page, None).title.unwrap_or_default()
    };
    let whole = "云溪县水务局关于开展河道清淤工作的通知";
    let body = format!("<p>来源：县水务局 日期：2023-04-07</p>{}", paragraphs());
    let line = |text: &str| format!("<p align='center'><b>{text}</b></p>");
    for parts in
        [&["云溪县水务局", "关于开展河道清淤工作的通知"][..], &["云溪县水务局", "关于开展河道", "清淤工作的通知"]]
    {
        let head: String = parts.iter().map(|part| line(part)).collect();
        assert_eq!(site(&format!("<div>{head}{body}</div>")), whole, "{head}");
    }
    // The name of the site, of the column and a red head above a whole title are no part of it.
    for above in [
        "<h1>云溪县水务局</h1>",
        "<p align='center'><b>云溪县水务局文件</b></p>",
        "<p align='center'><b>云溪县水务局</b></p>",
    ] {
        let head = format!("{above}<p align='center'><b>{whole}</b></p>");
        assert_eq!(site(&format!("<div>{head}{body}</div>")), whole, "{head}");
    }
}

#[test]
fn a_day_may_stand_in_brackets_beside_the_tools() {
    for line in [
        "[ 2023-04-07 ] [字体：大 中 小]",
        "【2023-04-07】 字号：[大] [中] [小]",
        "县水务局 2023-04-07 10:20:33",
        "编辑：李四 审核：王五 2023-04-07",
        "发布时间：20230407",
    ] {
        let document = read(&format!("<h1>{TITLE}</h1><div>{line}</div><div>{}</div>", paragraphs()));
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-04-07"), "{line}");
    }
}

#[test]
fn sources_that_disagree_are_told_of() {
    let tags = "<meta name='PubDate' content='2023-04-09 03:10'><meta name='ContentSource' content='县政府办'>";
    let page = |shown: &str, tags: &str| {
        format!(
            "<html><head><title>{TITLE}</title>{tags}</head><body><h1>{TITLE}</h1><div>{shown}</div><div>{}</div></body></html>",
            paragraphs()
        )
    };
    let document = page_at(&page("发布时间：2023-04-07 来源：县水务局", tags), None);
    let codes: Vec<WarningCode> = document.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [WarningCode::DateConflict, WarningCode::MetaSource]);
    assert_eq!(document.publisher.as_deref(), Some("县水务局"));

    let clock = page_at(&page("发布时间：2023-04-09 15:10", tags), None);
    assert_eq!(clock.published_at.as_deref(), Some("2023-04-09T15:10:00+08:00"));

    let anew = page_at(&page("", tags), Some("http://www.yunxi.example.gov.cn/c1/202004/t20200407_12.html"));
    assert_eq!(anew.published.map(|day| day.to_string()).as_deref(), Some("2020-04-07"));
    let fresh = page_at(&page("", tags), Some("http://www.yunxi.example.gov.cn/c1/202304/t20230407_12.html"));
    assert_eq!(fresh.published.map(|day| day.to_string()).as_deref(), Some("2023-04-09"));
}

#[test]
fn a_sentence_broken_at_a_fixed_width_is_joined_and_flagged() {
    let broken = [
        "　　今年春耕工作时间紧、任务重，各村要高度重视，及早安排，把责任落实",
        "到每一个村民小组，把种子、化肥、农药等农资准备充足，确保不误农时，不",
        "留撂荒地块。镇农业服务中心要派出技术人员，到田间地头指导，帮助农户解",
        "决实际困难。",
        "　　一、抓好备耕。各村要在三月十日前完成农资储备，落实耕地面积，检修农",
        "机具，做好水源调度。",
        "　　二、抓好防灾。",
    ]
    .join("<br>");
    let document = read(&format!("<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{broken}</div>"));
    let lines = lines(&document);
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[0].ends_with("解决实际困难。") && lines[1].ends_with("检修农机具，做好水源调度。"), "{lines:#?}");
    let text: Vec<char> = document.text().chars().collect();
    let joined = document.warnings.iter().filter(|warning| warning.code == WarningCode::LinesJoined);
    let spans: Vec<String> = joined.map(|w| text[w.start.unwrap()..w.end.unwrap()].iter().collect()).collect();
    assert_eq!(spans, lines[..2]);
}

#[test]
fn lines_of_one_length_that_are_no_sentence_stay_apart() {
    let names = [
        "青石镇第一中心小学校舍维修加固工程项目",
        "青石镇第二中心小学操场整治改造工程项目",
        "青石镇卫生院门诊大楼外墙修缮工程项目",
        "青石镇敬老院消防设施更新改造工程项目",
    ];
    let document = read(&format!(
        "<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{}<br>{}</div>",
        LINES[1],
        names.join("<br>")
    ));
    assert_eq!(document.text().lines().count(), 5, "{}", document.text());
}

#[test]
fn pictures_with_words_captions_and_notes_keep_their_place() {
    let table = "<table border=1><caption>表1 清淤任务</caption><tr><th>河道</th><th>长度</th></tr><tr><td>东河</td><td>3</td></tr></table><p>注：长度单位为公里。</p>";
    let picture = "<p><img src='a.png' alt='云溪县主要河道分布图'></p><p><img src='b.png' alt='b.png'></p>";
    let document = read(&format!(
        "<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div><p>{}</p>{picture}{table}<p>{}</p></div>",
        LINES[1], LINES[4]
    ));
    assert_eq!(lines(&document), [LINES[1], "表1 清淤任务", "河道\t长度", "东河\t3", "注：长度单位为公里。", LINES[4]]);
    assert!(
        document
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Table(table) if table.header_rows == Some(1)))
    );
    let pictures: Vec<_> = document.warnings.iter().filter(|warning| warning.code == WarningCode::Picture).collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    assert_eq!(pictures[0].detail.as_deref(), Some("云溪县主要河道分布图"));
    assert_eq!(pictures[0].start, Some(LINES[1].chars().count() + 1));
}

#[test]
fn what_an_author_wrote_is_one_whatever_boxes_the_editor_put_it_in() {
    let long = "各单位要落实责任，逐段巡查，发现问题及时处理，确保河道畅通，确保群众安全，确保工程质量。".repeat(6);
    let want = ["目录", "清淤范围……………………1", &long, "请各乡镇认真组织，有关情况及时报县水务局。"].map(str::to_owned);
    let [first, second, third, last] = &want;
    let paragraph = |text: &str| format!("<p>{text}</p>");
    let box_of = |name: &str, inner: &str| format!("<div class='{name}'>{inner}</div>");
    let head = format!("{}{}", paragraph(first), paragraph(second));
    let body = format!("<div>{}{}</div>", paragraph(third), paragraph(last));
    for name in ["TRS_Editor", "v_news_content", "a j-fontContent b", "zoom"] {
        for middle in [
            box_of(name, &format!("{head}{body}")),
            box_of(name, &box_of(name, &format!("{head}<span>{body}</span>"))),
            format!("{}<hr>{}", box_of(name, &format!("{head}{}", paragraph(third))), box_of(name, &paragraph(last))),
            format!("<div id='{name}'>{head}<blockquote>{body}</blockquote></div>"),
        ] {
            let document = read(&format!("<h1>{TITLE}</h1><div>发布时间：2023-04-07</div>{middle}"));
            assert_eq!(lines(&document), want, "{middle}");
        }
    }
    // A box that an editor filled beside the article is none of it.
    let beside = box_of("TRS_Editor", "<p>热线电话</p>");
    let document = read(&format!("<h1>{TITLE}</h1><div>发布时间：2023-04-07</div><div>{}</div>{beside}", paragraphs()));
    assert_eq!(lines(&document), LINES);
}
