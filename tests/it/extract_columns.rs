//! Pages that hold no document: columns with summaries, topics, searches; and articles that look a little like them.

use gongwen::extract;
use gongwen::model::{PageFormat, Reason};
use gongwen::page::{View, decode};

const NEWS: [(&str, &str, &str); 5] = [
    (
        "云溪县召开法治政府建设推进会",
        "2024-03-05",
        "三月四日上午，云溪县召开推进会，县委副书记出席并讲话，对下一步工作作出部署。",
    ),
    (
        "县司法局开展普法宣传活动",
        "2024-02-28",
        "昨日，县司法局在青石镇集市开展普法宣传，发放资料五百余份，接受群众咨询六十余人次。",
    ),
    (
        "青石镇举办行政执法培训班",
        "2024-02-20",
        "为进一步提升业务水平，青石镇举办培训班，全镇四十名执法人员参加培训并通过考试。",
    ),
    (
        "云溪县公布年度十大法治事件",
        "2024-01-30",
        "近日，云溪县公布了上年度十大法治事件，涉及优化营商环境、行政复议改革等多个方面。",
    ),
    (
        "县政府常务会议学法",
        "2024-01-15",
        "县政府第三十次常务会议专题学习行政复议法，县长主持会议并就贯彻落实提出要求。",
    ),
];

fn page(title: &str, middle: &str) -> String {
    let navigation = "<ul><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li></ul>";
    let foot = "<p>主办：云溪县人民政府办公室 地址：云溪县人民路1号</p><p>云ICP备00000000号</p>";
    format!("<html><head><title>{title}</title></head><body>{navigation}{middle}{foot}</body></html>")
}

/// Why a page is no article; `None` if it is one.
fn reject(title: &str, middle: &str) -> Option<Reason> {
    let decoded = decode(page(title, middle).as_bytes(), None, PageFormat::Html, None).unwrap();
    extract(&View::new(decoded)).err().map(|reject| reject.reason)
}

fn items(form: fn(usize, &str, &str, &str) -> String) -> String {
    let each = NEWS.iter().enumerate().map(|(n, (title, day, summary))| form(n, title, day, summary));
    format!("<div>{}</div>", each.collect::<String>())
}

#[test]
fn items_with_summaries_and_days_are_a_column_however_they_lead_on() {
    let shapes = [
        items(|n, title, day, summary| {
            format!("<div><h3><a href='/a/{n}.html'>{title}</a></h3><p>{summary}</p><span>{day}</span></div>")
        }),
        items(|n, title, day, summary| {
            format!("<li><span>{day}</span><a href='/a/{n}.html'>{title}</a><p>{summary}</p></li>")
        }),
        items(|n, title, day, summary| {
            format!("<div><h3>{title}</h3><p>{summary}<a href='/a/{n}.html'>[详细]</a></p><p>{day}</p></div>")
        }),
        items(|n, title, day, summary| {
            format!("<div onclick='go({n})'><h3>{title}</h3><p>{summary}</p><span>{day}</span></div>")
        }),
        items(|n, title, day, summary| {
            format!("<dl><dt><a href='/a/{n}.html'>{title}</a></dt><dd>发布时间：{day}</dd><dd>{summary}</dd></dl>")
        }),
    ];
    for shape in shapes {
        assert_eq!(reject("法治动态_云溪县人民政府", &shape), Some(Reason::List), "{shape}");
    }
    let rows = NEWS.map(|(title, day, _)| {
        format!("<tr><td>43/2024-1</td><td><a href='/a.html'>{title}</a></td><td>县司法局</td><td>{day}</td></tr>")
    });
    let table =
        format!("<table><tr><th>索引号</th><th>名称</th><th>机构</th><th>日期</th></tr>{}</table>", rows.concat());
    assert!(reject("政府信息公开目录_云溪县人民政府", &table).is_some());
}

#[test]
fn an_article_with_days_and_links_is_one() {
    let told = NEWS.map(|(title, _, summary)| format!("<p>{title}。{summary}</p>")).concat();
    let others =
        NEWS.map(|(title, day, _)| format!("<li><a href='/b.html'>{title}</a> <span>{day}</span></li>")).concat();
    for middle in [
        // A chronicle: days without ways to other pages.
        NEWS.map(|(title, day, summary)| format!("<p>{day}</p><p>{title}。{summary}</p>")).concat(),
        format!("<h1>云溪县法治大事记</h1><p>发布时间：2024-04-01</p>{told}<h3>相关阅读</h3><ul>{others}</ul>"),
        // A list of documents with numbers, each a link.
        format!(
            "<h1>云溪县关于公布规范性文件清理结果的通知</h1><p>发布时间：2024-04-01</p><p>各乡镇人民政府：</p>\
             <p>一、继续有效的文件共五件，请认真执行。</p><p>二、废止的文件共三件，不再作为依据。</p>\
             <p>三、本通知自印发之日起施行。</p><p>附件：</p><ul>{others}</ul>"
        ),
    ] {
        assert_eq!(reject("云溪县法治大事记_云溪县人民政府", &format!("<div>{middle}</div>")), None, "{middle}");
    }
}

#[test]
fn a_topic_is_a_few_words_above_columns_and_a_search_counts_its_hits() {
    let introduction =
        "<p>为全面推进法治政府建设，县门户网站特开设本专题，及时公开工作动态、政策文件和年度报告，欢迎监督。</p>";
    let column = |name: &str| {
        let titles = NEWS.map(|(title, _, _)| format!("<li><a href='/a.html'>{title}</a></li>")).concat();
        format!("<div><h2>{name}</h2><ul>{titles}</ul></div>")
    };
    let topic = format!("<div>{introduction}</div>{}{}", column("工作动态"), column("年度报告"));
    assert_eq!(reject("法治政府建设专题_云溪县人民政府", &topic), Some(Reason::List));

    let hits = items(|n, title, day, summary| {
        format!("<div><a href='/a/{n}.html'>{title}</a><p>{summary}</p><p>{day} www.yunxi.example.gov.cn</p></div>")
    });
    let search = format!("<p>为您找到相关结果约128个</p>{hits}");
    assert_eq!(reject("搜索结果_云溪县人民政府", &search), Some(Reason::Search));
}
