//! Pages that break extractors: odd markup, hidden and doubled bodies, and pages that are no article.

use gongwen::extract::extract;
use gongwen::model::{Document, PageFormat, Reason, WarningCode};
use gongwen::page::{View, decode};

fn read_bytes(bytes: &[u8]) -> Result<Document, Reason> {
    let page = decode(bytes, None, PageFormat::Html, None).map_err(|reject| reject.reason)?;
    extract(&View::new(page)).map_err(|reject| reject.reason)
}

fn read(html: &str) -> Result<Document, Reason> {
    read_bytes(html.as_bytes())
}

const LINES: [&str; 5] = [
    "各村民委员会：",
    "为做好今年的防汛工作，保障群众安全，现将有关事项通知如下。",
    "一、落实责任。各村书记是第一责任人，要逐户登记，逐段巡查。",
    "青石镇人民政府",
    "2023年6月1日",
];

fn paragraphs() -> String {
    LINES.map(|line| format!("<p>{line}</p>")).concat()
}

/// A page with a head, a navigation and a long foot around the given middle.
fn around(middle: &str) -> String {
    format!(
        "<html><head><title>关于做好防汛工作的通知-青石镇</title></head><body>\
         <ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li><li><a href='/b'>办事服务</a></li></ul>\
         <h1>关于做好防汛工作的通知</h1><div>发布时间：2023-06-01 来源：青石镇</div>{middle}\
         <div><a href='/c'>各村动态</a> <a href='/d'>便民电话</a> 主办单位：青石镇人民政府，承办单位：镇党政办，\
         地址：云溪县青石镇中心街1号，邮编000000，技术支持：某某公司，建议使用新版浏览器浏览本站</div></body></html>"
    )
}

#[test]
fn the_body_is_found_whatever_the_markup() {
    let body = paragraphs();
    let broken = LINES.join("<br>");
    let cells = LINES.map(|line| format!("<tr><td>{line}</td></tr>")).concat();
    for (trap, middle) in [
        ("two ends of html", format!("</body></html><div>{body}</div></body></html>")),
        ("a second body", format!("<body class='x'><div>{body}</div></body>")),
        ("a stray end before the article", format!("</div></div></html><div id='c'>{body}</div>")),
        ("a container in an open paragraph", format!("<p class='x'><div>{body}</div>")),
        ("text with line breaks in the container", format!("<div>　　{broken}</div>")),
        ("a layout table", format!("<table><tr><td width='10'></td><td><div>{body}</div></td></tr></table>")),
        ("a table of one column", format!("<table>{cells}</table>")),
        ("a desktop and a mobile copy", format!("<div class='pc'>{body}</div><div class='wap'>{body}</div>")),
        ("a hidden copy", format!("<div style='display:none'>{body}</div><div>{body}</div>")),
        (
            "a body that a script shows",
            format!("<div id='c' style='display: none;'>{body}</div><script>show()</script>"),
        ),
        ("a body in a textarea", format!("<div id='c'></div><textarea id='t'>{body}</textarea>")),
        (
            "a body in a script",
            format!("<div id='c'></div><script>var data = {{\"content\": \"{}\"}};</script>", body.replace('/', "\\/")),
        ),
        ("deep nesting", format!("{}{body}{}", "<div>".repeat(2000), "</div>".repeat(2000))),
        (
            "tools and links around it",
            format!(
                "<div>{body}<p>【打印本页】</p><p>扫一扫在手机打开当前页</p><p>责任编辑：王五</p><p>上一篇：<a href='1'>关于春耕的通知</a></p>\
                 <div>相关链接</div><ul><li><a href='2'>防汛知识，请您了解</a> 2023-05-30</li></ul></div>"
            ),
        ),
    ] {
        let document = read(&around(&middle)).unwrap_or_else(|reason| panic!("{trap}: {reason:?}"));
        assert_eq!(document.text().lines().collect::<Vec<_>>(), LINES, "{trap}");
        assert_eq!(document.title.as_deref(), Some("关于做好防汛工作的通知"), "{trap}");
        assert_eq!(document.publisher.as_deref(), Some("青石镇"), "{trap}");
    }
}

#[test]
fn a_notice_of_one_sentence_beats_its_page() {
    let document = read(&around("<div><p>定于6月5日上午停水。</p><p>2023年6月1日</p></div>")).unwrap();
    assert_eq!(document.text(), "定于6月5日上午停水。\n2023年6月1日");
}

#[test]
fn a_body_without_a_sentence_is_a_body() {
    let rows: String = (1..30).map(|n| format!("<tr><td>{n}</td><td>张{n}</td><td>青石镇</td></tr>")).collect();
    let table = format!(
        "<div><p>附件1</p><table border=1><tr><th>序号</th><th>姓名</th><th>单位</th></tr>{rows}</table></div>"
    );
    let text = read(&around(&table)).unwrap().text();
    assert!(text.starts_with("附件1\n序号\t姓名\t单位\n1\t张1\t青石镇\n"), "{text}");
    assert!(text.ends_with("29\t张29\t青石镇"), "{text}");
    let names: String = (1..20).map(|n| format!("<p>第{n}村党支部</p>")).collect();
    let text = read(&around(&format!("<div>{names}</div>"))).unwrap().text();
    assert_eq!((text.lines().count(), text.lines().next()), (19, Some("第1村党支部")), "{text}");
}

#[test]
fn the_closing_of_a_document_stays() {
    let closing = [
        "附件：1.值班表",
        "2.物资表",
        "青石镇人民政府",
        "2023年6月1日",
        "（此件公开发布）",
        "抄送：县水务局。",
        "青石镇党政办 2023年6月1日印发",
        "共印3份",
    ];
    let middle = format!("<div>{}{}</div>", paragraphs(), closing.map(|line| format!("<p>{line}</p>")).concat());
    let text = read(&around(&middle)).unwrap().text();
    assert!(text.ends_with(&closing.join("\n")), "{text}");
}

#[test]
fn numbers_that_a_list_draws_are_kept_as_marks() {
    let middle = format!(
        "<div>{}<ol start='3'><li>巡查河堤，不留死角。</li><li value='7'>清点物资，及时补充。</li></ol></div>",
        paragraphs()
    );
    let document = read(&around(&middle)).unwrap();
    let ordinals: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match block.kind {
            gongwen::model::BlockKind::ListItem { ordinal } => ordinal,
            _ => None,
        })
        .collect();
    assert_eq!(ordinals, [3, 7]);
    assert!(
        document.text().contains(
            "
巡查河堤"
        ),
        "a number was put into the text"
    );
}

#[test]
fn a_page_that_is_no_article_is_rejected_with_the_reason() {
    let links: String =
        (0..60).map(|n| format!("<li><a href='/{n}.html'>关于第{n}项工作的通知</a> 2023-01-02</li>")).collect();
    let script = format!("<div id='app'></div><script>{}</script>", "load();".repeat(300));
    let file = "<div><p><a href='/a/b.pdf'>青石镇2022年工作报告.pdf</a></p></div>";
    let picture = "<div><p><img src='/p/1.png'></p><p><img src='/p/2.png'></p></div>";
    let wall = "<html><body><script>var arg1='1';document.cookie='acw_sc__v2='+arg1;</script></body></html>".to_owned();
    let error =
        "<html><head><title>提示</title></head><body><p>您访问的页面不存在或已被删除！</p></body></html>".to_owned();
    let list = format!("<html><head><title>通知公告_云溪县</title></head><body><ul>{links}</ul></body></html>");
    let home = format!(
        "<html><head><title>云溪县人民政府</title><meta name='SiteName' content='云溪县人民政府'></head><body><ul>{links}</ul></body></html>"
    );
    let titled = list.replace("通知公告_云溪县", "全文检索_云溪县人民政府");
    let counted = list.replace("<ul>", "<p>为您找到相关结果约 60 个</p><ul>");
    for (page, reason) in [
        (list, Reason::List),
        (titled, Reason::Search),
        (counted, Reason::Search),
        (home, Reason::Home),
        (error, Reason::ErrorPage),
        (wall, Reason::Wall),
        (format!("<html><body>{script}</body></html>"), Reason::ScriptOnly),
        (around(file), Reason::AttachmentOnly),
        (around(picture), Reason::ImageOnly),
        ("<html><body><p>你好</p></body></html>".to_owned(), Reason::NoArticle),
    ] {
        assert_eq!(read(&page).err(), Some(reason), "{page}");
    }
    assert_eq!(read_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").err(), Some(Reason::Binary));
    assert_eq!(read("  \n").err(), Some(Reason::Empty));
}

#[test]
fn what_the_tags_say_is_checked_against_the_page() {
    let tags = "<meta name='ArticleTitle' content='<div>关于做好防汛工作的</div>'><meta name='PubDate' content='2024-01-01 10:00:00'>\
                <meta name='ContentSource' content='null'><meta name='Author' content='系统管理员'>";
    let page =
        around(&format!("<div>{}</div>", paragraphs())).replace("<head>", &format!("<head><meta charset='gbk'>{tags}"));
    let document = read(&page).unwrap();
    assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-06-01"));
    assert_eq!((document.author, document.title.as_deref()), (None, Some("关于做好防汛工作的通知")));
    let codes: Vec<WarningCode> = document.warnings.iter().map(|warning| warning.code).collect();
    for code in [WarningCode::DateConflict, WarningCode::CharsetMismatch] {
        assert!(codes.contains(&code), "{code:?} is not among {codes:?}");
    }
}

#[test]
fn two_glued_days_of_a_tag_are_the_first() {
    let page = format!(
        "<html><head><title>通知</title><meta name='PubDate' content='2017-09-20 09:292019-05-22 11:37'></head><body><div>{}</div></body></html>",
        paragraphs()
    );
    let document = read(&page).unwrap();
    assert_eq!(document.published_at.as_deref(), Some("2017-09-20T09:29:00+08:00"));
}

#[test]
fn metadata_is_read_in_every_form() {
    let forms = [
        "<table><tr><th>索引号</th><td>0011/2023-00009</td><th>发文字号</th><td>青政发〔2023〕6号</td></tr></table>",
        "<dl><dt>索引号：</dt><dd>0011/2023-00009</dd><dt>发文字号：</dt><dd>青政发[2023]6号</dd></dl>",
        "<ul><li>[索引号] <span>0011/2023-00009</span></li><li>[发文字号] <span>青政发【2023】6 号</span></li></ul>",
        "<div><span>索 引 号：0011/2023-00009</span><span>文　　号：青政发（2023）6号</span></div>",
        "<div><b>索引号：</b><p>0011/2023-00009</p></div><div><b>文件编号：</b><p>青政发〔2023〕6号</p></div>",
        "<ul><li>索引号：0011/2023-00009</li><li>发文机关：青石镇</li><li>发文字号：青政发〔2023〕6号</li></ul>",
    ];
    for form in forms {
        let document = read(&around(&format!("{form}<div>{}</div>", paragraphs()))).unwrap();
        assert_eq!(document.index_number.as_deref(), Some("0011/2023-00009"), "{form}");
        assert_eq!(document.document_number.as_deref(), Some("青政发〔2023〕6号"), "{form}");
        assert_eq!(document.text().lines().collect::<Vec<_>>(), LINES, "{form}");
    }
    let empty = "<table><tr><th>索引号</th><td></td><th>统一登记号</th><td>无</td></tr><tr><th>发文字号</th><td>无</td></tr></table>";
    let document = read(&around(&format!("{empty}<div>{}</div>", paragraphs()))).unwrap();
    assert_eq!((document.index_number, document.document_number), (None, None));
}

#[test]
fn hostile_pages_take_linear_time() {
    let units = [
        "<div>",
        "<p><b>",
        "<table><tr><td>",
        "<h1>",
        "<ol><li>",
        "<div class=share>",
        "发布时间：",
        "<a href=x.pdf>",
        "<div><p>ICP备",
        "<img src=1.png alt=青石镇行政区划图>",
        "<p>为保障安全，现将有关事项通知如下。",
        "</title>-甲",
    ];
    for unit in units {
        let page = format!("<html><body>{}{}</body></html>", paragraphs(), unit.repeat(100_000));
        let start = std::time::Instant::now();
        let _ = read(&page);
        // Quadratic time would be minutes; the bound only has to lie between the two on a slow machine.
        assert!(start.elapsed().as_secs() < 60, "{unit}");
    }
}
