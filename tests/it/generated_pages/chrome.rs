//! What stands around an article: menus, breadcrumbs, labels, tools, related pages, the foot; and how its title is shown.

use super::article::Article;
use super::tape::Tape;

/// What the page says of its article besides its lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    pub(super) published: String,
    pub(super) publisher: Option<String>,
}

const SITE: &str = "云溪县人民政府门户网站";
const COLUMNS: [&str; 8] = ["首页", "政务公开", "政务服务", "互动交流", "走进云溪", "部门动态", "公示公告", "数据发布"];
const HEADLINES: [&str; 6] = [
    "全县一季度重点项目集中开工",
    "县领导调研春耕备耕工作",
    "云溪县召开信访工作联席会议",
    "关于开展电动自行车登记的通告",
    "今年首批惠企资金发放到位",
    "县图书馆春节期间开放安排",
];

/// The whole page around the body.
pub(super) fn page(article: &Article, body: &str, tape: &mut Tape<'_>) -> (String, Labels) {
    let mut labels = Labels::default();
    let head = head(&article.title, tape);
    let top = top(tape);
    let crumbs = crumbs(&article.title, tape);
    let title = title(&article.title, tape);
    let info = info(&mut labels, tape);
    let reading = reading(tape);
    // Only what says that it is the portal's stands below an article as well; a day in words alone may be the author's.
    let (info, body) = if tape.once_in(8) && info.contains("发布") && (!info.contains('年') || info.contains("来源"))
    {
        (reading.to_owned(), format!("{body}{info}"))
    } else {
        (format!("{info}{reading}"), body.to_owned())
    };
    let tools = tools(tape);
    let below = below(tape);
    let side = side(tape);
    let foot = foot(tape);
    let main = match tape.named("frame", &[("flat", 0), ("boxes", 1), ("table", 2), ("tools first", 3)]) {
        0 => format!("{title}{info}{body}{tools}{below}"),
        1 => format!(
            "<div class=\"main\"><div class=\"head\">{title}{info}</div><div class=\"text\">{body}</div>{tools}{below}</div>"
        ),
        2 => format!(
            "<table width=\"100%\"><tr><td>{title}</td></tr><tr><td>{info}</td></tr><tr><td>{body}</td></tr></table>{tools}{below}"
        ),
        _ => format!("<div class=\"wrap\">{title}{info}{tools}<div>{body}</div></div>{below}"),
    };
    let main =
        if tape.once_in(2) { format!("<div class=\"left\">{main}</div>{side}") } else { format!("{side}{main}") };
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\">{head}</head><body>{top}{crumbs}<div class=\"w1200\">{main}</div>{foot}</body></html>"
    );
    (html, labels)
}

fn head(title: &str, tape: &mut Tape<'_>) -> String {
    let named = match tape.named("title tag", &[("title_site", 0), ("site", 1), ("title", 2), ("title-column-site", 3)])
    {
        0 => format!("{title}_{SITE}"),
        1 => SITE.to_owned(),
        2 => title.to_owned(),
        _ => format!("{title}-政务公开-{SITE}"),
    };
    let meta = match tape.named("meta", &[("none", 0), ("standard", 1), ("empty", 2)]) {
        1 => format!("<meta name=\"SiteName\" content=\"{SITE}\"><meta name=\"ArticleTitle\" content=\"{title}\">"),
        2 => "<meta name=\"ArticleTitle\" content=\"\"><meta name=\"PubDate\" content=\"\">".to_owned(),
        _ => String::new(),
    };
    format!("<title>{named}</title>{meta}<style>.a{{color:red}}</style>")
}

fn links(texts: &[&str]) -> String {
    texts.iter().enumerate().map(|(n, text)| format!("<li><a href=\"/c{n}/index.html\">{text}</a></li>")).collect()
}

fn top(tape: &mut Tape<'_>) -> String {
    let menu = links(&COLUMNS);
    match tape.named(
        "top",
        &[("nothing", 0), ("menu", 1), ("menu and search", 2), ("login and date", 3), ("old browsers", 4)],
    ) {
        1 => format!("<div class=\"header\"><img src=\"logo.png\" alt=\"{SITE}\"></div><ul class=\"nav\">{menu}</ul>"),
        2 => format!(
            "<div><h1>{SITE}</h1><form action=\"/search\"><input name=\"q\"><input type=\"submit\" value=\"搜索\"></form><ul>{menu}</ul></div>"
        ),
        3 => format!(
            "<div><a href=\"/login\">登录</a> <a href=\"/reg\">注册</a> <a href=\"/wza\">无障碍浏览</a> <span>今天是2026年11月3日　星期二</span></div><ul>{menu}</ul>"
        ),
        4 => format!(
            "<div class=\"ie\"><p>您使用的浏览器版本过低，为了更好的浏览体验，请升级您的浏览器。</p></div><ul>{menu}</ul>"
        ),
        _ => String::new(),
    }
}

fn crumbs(title: &str, tape: &mut Tape<'_>) -> String {
    let steps = "<a href=\"/\">首页</a> &gt; <a href=\"/zwgk/\">政务公开</a> &gt; <a href=\"/zwgk/gg/\">公示公告</a>";
    match tape.named("crumbs", &[("nothing", 0), ("labelled", 1), ("with the title", 2), ("bare, ends in 正文", 3)]) {
        1 => format!("<div class=\"pos\">当前位置：{steps}</div>"),
        2 => format!("<div>您的位置：{steps} &gt; {title}</div>"),
        3 => format!("<div>{steps} &gt; 正文</div>"),
        _ => String::new(),
    }
}

fn title(title: &str, tape: &mut Tape<'_>) -> String {
    match tape.named("title", &[("h1", 0), ("div", 1), ("centred p", 2), ("two lines", 3), ("td", 4)]) {
        0 => format!("<h1>{title}</h1>"),
        1 => format!("<div class=\"tit\"><span>{title}</span></div>"),
        2 => format!("<p align=\"center\"><strong>{title}</strong></p>"),
        3 => {
            let at = title.char_indices().map(|(at, _)| at).nth(title.chars().count() / 2).unwrap_or(0);
            let (first, second) = title.split_at(at);
            format!("<h2>{first}<br>{second}</h2>")
        }
        _ => format!("<table align=\"center\"><tr><td class=\"biaoti\">{title}</td></tr></table>"),
    }
}

fn info(labels: &mut Labels, tape: &mut Tape<'_>) -> String {
    let (year, month, day) = (2016 + tape.below(10), 1 + tape.below(12), 1 + tape.below(28));
    labels.published = format!("{year}-{month:02}-{day:02}");
    let shown = match tape.below(4) {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{year}年{month}月{day}日"),
        2 => format!("{year}-{month:02}-{day:02} 09:{:02}", 10 + day),
        _ => format!("{year}/{month}/{day}"),
    };
    let publisher = tape.of(&["青石镇人民政府", "云溪县发展改革局", "云溪融媒"]);
    let with_publisher = tape.below(4) != 1;
    labels.publisher = with_publisher.then(|| publisher.to_owned());
    let label = tape.named(
        "day",
        &[("发布时间", "发布时间："), ("发布日期", "发布日期: "), ("日期", "日期："), ("时间", "时间：")],
    );
    let mut parts = vec![format!("{label}{shown}")];
    if with_publisher {
        parts.insert(tape.below(2), format!("来源：{publisher}"));
    }
    match tape.named("tools in the labels", &[("none", 0), ("views", 1), ("size", 2), ("size and print", 3)]) {
        1 => parts.push(format!("浏览次数：{}", 10 + tape.below(900))),
        2 => parts.push("字体：【大 中 小】".to_owned()),
        3 => parts.push(
            "<a href=\"#\">打印</a> 字号：[<a href=\"#\">大</a> <a href=\"#\">中</a> <a href=\"#\">小</a>]".to_owned(),
        ),
        _ => {}
    }
    let spans = |parts: &[String]| parts.iter().map(|part| format!("<span>{part}</span>")).collect::<Vec<_>>();
    match tape.named(
        "labels",
        &[("one line", 0), ("spans", 1), ("cells", 2), ("list", 3), ("bare day", 4), ("head of a document", 5)],
    ) {
        4 => {
            labels.publisher = None;
            format!("<div class=\"date\">{year}-{month:02}-{day:02}</div>")
        }
        5 => {
            labels.publisher = None;
            format!(
                "<table class=\"xxgk\"><tr><td>索引号</td><td>9900/2024-{day:05}</td><td>主题分类</td><td>综合政务</td></tr>\
                 <tr><td>发布机构</td><td>青石镇人民政府</td><td>发布日期</td><td>{year}-{month:02}-{day:02}</td></tr></table>"
            )
        }
        0 => format!("<div class=\"info\">{}</div>", parts.join("　　")),
        1 => format!("<div>{}</div>", spans(&parts).join("&nbsp;&nbsp;")),
        2 => format!(
            "<table><tr>{}</tr></table>",
            parts.iter().map(|part| format!("<td>{part}</td>")).collect::<String>()
        ),
        _ => format!("<ul>{}</ul>", parts.iter().map(|part| format!("<li>{part}</li>")).collect::<String>()),
    }
}

/// What reads a page to those who cannot.
fn reading(tape: &mut Tape<'_>) -> &'static str {
    let readers = [
        ("nothing", ""),
        ("voice", "<div class=\"audio\"><a href=\"javascript:read()\">语音播报</a><span>00:00</span></div>"),
        ("contrast", "<div><span>保护视力色：</span><i></i><i></i><i></i></div>"),
    ];
    tape.named("reading", &readers)
}

fn tools(tape: &mut Tape<'_>) -> String {
    let tools = [
        ("nothing", ""),
        (
            "share",
            "<div class=\"bdsharebuttonbox\"><span>分享到：</span><a href=\"#\">微信</a><a href=\"#\">微博</a></div>",
        ),
        (
            "print and close",
            "<div>【<a href=\"javascript:print()\">打印本页</a>】【<a href=\"javascript:close()\">关闭窗口</a>】</div>",
        ),
        ("code", "<div><img src=\"ewm.png\"><p>扫一扫在手机打开当前页</p></div>"),
        ("editor", "<p style=\"text-align:right\">责任编辑：王小明</p>"),
        (
            "editor and share",
            "<div><span>[责任编辑：李华]</span></div><div class=\"share\">分享： <a href=\"#\"></a></div>",
        ),
    ];
    tape.named("tools", &tools).to_owned()
}

fn rows(tape: &mut Tape<'_>) -> String {
    let n = 2 + tape.below(5);
    let dated = tape.once_in(2);
    let row = |n: usize| {
        let day = if dated { format!("<span>2024-0{}-1{}</span>", 1 + n % 9, n % 9) } else { String::new() };
        format!("<li><a href=\"/art/{n}.html\">{}</a>{day}</li>", HEADLINES[n % 6])
    };
    (0..n).map(row).collect()
}

fn below(tape: &mut Tape<'_>) -> String {
    let rows = rows(tape);
    match tape.named("below", &[("nothing", 0), ("neighbours", 1), ("related", 2), ("recommended with summaries", 3), ("neighbours and related", 4), ("comments", 5)]) {
        1 => neighbours(),
        2 => format!("<div class=\"relevant\"><h3>相关链接</h3><ul>{rows}</ul></div>"),
        3 => {
            let summary = |n: usize| format!("<p>记者从{}获悉，此项工作已经全面铺开，各乡镇积极行动。</p>", COLUMNS[n]);
            let items: String = HEADLINES[..3]
                .iter()
                .enumerate()
                .map(|(n, line)| format!("<li><a href=\"/b.html\">{line}</a>{}</li>", summary(n)))
                .collect();
            format!("<div><h2>推荐阅读</h2><ul>{items}</ul></div>")
        }
        4 => format!("{}<div><div>相关阅读</div><ul>{rows}</ul></div>", neighbours()),
        5 => "<div id=\"comment\"><h3>网友评论</h3><p>文明上网，理性发言，请遵守评论服务协议。</p><textarea name=\"c\"></textarea><button>提交</button></div>".to_owned(),
        _ => String::new(),
    }
}

fn neighbours() -> String {
    format!(
        "<div>上一篇：<a href=\"/1.html\">{}</a></div><div>下一篇：<a href=\"/2.html\">{}</a></div>",
        HEADLINES[0], HEADLINES[3]
    )
}

fn side(tape: &mut Tape<'_>) -> String {
    let rows = rows(tape);
    match tape.named("side", &[("nothing", 0), ("newest", 1), ("menu", 2)]) {
        1 => format!("<div class=\"right\"><h3>最新信息</h3><ul>{rows}</ul></div>"),
        2 => format!(
            "<div class=\"side\"><dl><dt>政府信息公开</dt>{}</dl></div>",
            links(&["公开指南", "公开制度", "法定主动公开内容", "公开年报", "依申请公开"])
        ),
        _ => String::new(),
    }
}

fn foot(tape: &mut Tape<'_>) -> String {
    let popup = "<div id=\"tip\" style=\"display:none\"><p>您访问的链接即将离开本网站，是否继续？</p><a href=\"#\">继续访问</a><a href=\"#\">放弃</a></div>";
    let host = "<p>主办单位：云溪县人民政府　承办单位：云溪县人民政府办公室</p>";
    match tape.named(
        "foot",
        &[("nothing", 0), ("host and numbers", 1), ("address", 2), ("with popup", 3), ("links of friends", 4)],
    ) {
        1 => format!(
            "<div class=\"footer\">{host}<p>某ICP备00000000号-1　网站标识码：9900000001　某公网安备99000002000001号</p></div>"
        ),
        2 => format!(
            "<div>{host}<p>地址：云溪县人民路1号　邮编：000000　联系电话：0000-0000000</p><p>版权所有：云溪县人民政府　建议使用1024×768分辨率浏览本站</p></div>"
        ),
        3 => format!("<div class=\"foot\">{host}</div>{popup}"),
        4 => format!(
            "<div><span>友情链接：</span><a href=\"#\">中国政府网</a><a href=\"#\">省人民政府</a><select><option>县直部门网站</option></select></div><div>{host}</div>"
        ),
        _ => String::new(),
    }
}
