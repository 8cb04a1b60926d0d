//! Words that pages of errors, walls and feet have, in articles that have them, too, and articles of few words.

use gongwen::model::{Document, Reason};

use crate::document_of;

const FOOT: &str = "<div>主办：云溪县人民政府　网站标识码：9900000001　湘ICP备05001234号-1</div>";
const POSTED: &str = "<div>发布时间：2023-05-06　来源：县政府办</div>";
const FIRST: &str = "为丰富群众生活，推动全民健身，决定举办环湖健步走活动，现将有关事项公告如下。";
const LAST: &str = "参加人员须身体健康，服从工作人员安排。";

fn page(title: &str, body: &str) -> Result<Document, Reason> {
    document_of(&format!("<html><head><title>{title}_云溪县人民政府</title></head><body>{body}{FOOT}</body></html>"))
}

fn article(title: &str, texts: &[&str], tag: &str) -> Result<Document, Reason> {
    let texts: String = texts.iter().map(|text| format!("<{tag}>{text}</{tag}>")).collect();
    page(title, &format!("<h1>{title}</h1>{POSTED}<div>{texts}</div>"))
}

/// The text, line by line, of an article in paragraphs of every kind.
fn stays(title: &str, texts: &[&str]) {
    for tag in ["p", "div", "li"] {
        let document = article(title, texts, tag).unwrap_or_else(|reason| panic!("{reason:?}: {texts:?} in {tag}"));
        assert_eq!(document.text(), texts.join("\n"), "in {tag}");
    }
}

#[test]
fn sentences_of_rights_and_registration_end_no_article() {
    for sentence in [
        "（三）参赛作品的版权归主办单位所有，主办单位有权展览。",
        "作品版权归主办方所有。",
        "《云溪志》版权所有，翻印必究。",
        "（二）未取得ICP备案的网站不得开通。",
        "依照上一条规定办理。",
    ] {
        stays("云溪县旅游形象标识征集公告", &[FIRST, sentence, LAST]);
        stays("云溪县旅游形象标识征集公告", &[FIRST, LAST, sentence]);
    }
    for own in ["凡本网注明来源的作品，版权均属于云溪县人民政府网。", "版权所有 云溪县人民政府 未经许可不得转载。"]
    {
        let title = "云溪县旅游形象标识征集公告";
        let body = format!("<h1>{title}</h1>{POSTED}<div><p>{FIRST}</p><p>{LAST}</p></div><div>{own}</div>");
        assert_eq!(page(title, &body).unwrap().text(), [FIRST, LAST].join("\n"), "{own}");
    }
}

#[test]
fn hosts_of_an_event_stay_where_the_paragraphs_are_of_any_kind() {
    stays("云溪县环湖健步走活动公告", &[FIRST, "主办单位：云溪县文旅局", "承办单位：云溪县体育总会", LAST]);
    stays("云溪县环湖健步走活动公告", &[FIRST, "一、主办单位：云溪县文旅局", "二、活动时间：5月18日", LAST]);
}

#[test]
fn sentences_that_begin_like_a_tool_or_hold_its_name_are_text() {
    for sentence in [
        "初审工作由县文旅局牵头负责。",
        "登录后填写报名信息并提交。",
        "打印、复印每张0.5元。",
        "关闭煤气阀门和电源开关。",
        "照片分辨率不低于300dpi。",
        "收藏于县博物馆的文物共三百件。",
    ] {
        stays("云溪县环湖健步走活动公告", &[FIRST, LAST, sentence]);
        stays("云溪县环湖健步走活动公告", &[sentence, FIRST, LAST]);
    }
    for tool in
        ["打印此页", "关闭窗口", "分享到：", "扫一扫在手机打开当前页", "手机扫一扫打开当前页", "返回列表", "初审：李明"]
    {
        let document = article("云溪县环湖健步走活动公告", &[FIRST, LAST, tool], "p").unwrap();
        assert_eq!(document.text(), [FIRST, LAST].join("\n"), "{tool}");
    }
}

#[test]
fn an_article_that_tells_of_errors_or_checks_is_one() {
    let first = "5月5日，青石镇柳树村七旬老人外出未归，家属报警求助。";
    for sentence in [
        "家属在附近寻找多时，没有找到老人。",
        "要重点排查页面不存在、404错误等问题。",
        "办理时需进行安全验证、输入验证码。",
        "访问过于频繁的账号将被限制。",
    ] {
        stays("青石民警深山寻回走失老人", &[first, sentence]);
    }
    stays("关于做好系统错误整治工作的通知", &[FIRST, LAST]);
    let aside = "<div>没有找到相关信息</div><noscript>请启用JavaScript</noscript>";
    let body = format!("<h1>青石民警深山寻回走失老人</h1>{POSTED}<div><p>{first}</p></div>{aside}");
    assert!(page("青石民警深山寻回走失老人", &body).is_ok());
    assert_eq!(page("出错了", "<div>抱歉，您访问的页面不存在。</div>").unwrap_err(), Reason::ErrorPage);
    assert_eq!(page("提示信息", "<div>没有找到您要的内容！</div>").unwrap_err(), Reason::ErrorPage);
    let wall = "<html><body><div>访问过于频繁，请完成安全验证</div></body></html>";
    assert_eq!(document_of(wall).unwrap_err(), Reason::Wall);
}

#[test]
fn lines_of_a_few_words_below_a_dated_title_are_an_article() {
    for texts in [
        &["张三　县第一中学", "李四　县第二中学", "王五　青石镇中心小学"][..],
        &["1.大力弘扬宪法精神", "2.维护宪法权威"],
        &["AQI：56", "空气质量级别：二级（良）"],
        &["县应急管理局：0730-8412345", "县公安局：110"],
    ] {
        stays("2023年云溪县有关事项一览表公示", texts);
        let links: String = (0..12).map(|n| format!("<li><a href={n}.html>云溪县第{n}次公告公示</a></li>")).collect();
        let texts: String = texts.iter().map(|text| format!("<p>{text}</p>")).collect();
        let body = format!(
            "<h1>2023年云溪县有关事项一览</h1>{POSTED}<div>{texts}</div><div><h3>推荐</h3><ul>{links}</ul></div>"
        );
        assert!(page("2023年云溪县有关事项一览", &body).is_ok(), "{texts}");
    }
    // Without a title and a day it may be anything.
    assert!(page("云溪县", "<div><p>政务公开</p><p>办事服务</p></div>").is_err());
}

#[test]
fn an_announced_list_of_links_is_an_article() {
    let links: String =
        (0..10).map(|n| format!("<p><a href=/{n}.html>云溪县第{n}局政府信息公开制度</a></p>")).collect();
    let title = "云溪县政府信息公开制度汇编";
    let of = |lead: &str| page(title, &format!("<h1>{title}</h1>{POSTED}<div>{lead}{links}</div>"));
    assert!(of("<p>现将我县政府信息公开制度汇编如下：</p>").is_ok());
    assert_eq!(of("").unwrap_err(), Reason::List);
    let row = |n: usize| format!("<tr><td>{n}</td><td>云溪县第{n}局</td><td><a href=/{n}.html>点击查看</a></td></tr>");
    let rows: String = (0..10).map(row).collect();
    let table = format!("<h1>{title}</h1>{POSTED}<div><p>现将有关制度汇编如下：</p><table>{rows}</table></div>");
    assert!(page(title, &table).is_ok());
}

#[test]
fn a_meeting_keeps_its_time() {
    let texts = ["时间：2023年5月10日上午9:00", "地点：县政府三楼会议室", "参会人员：各乡镇长", "1.传达会议精神"];
    for head in [POSTED, "<p>2023-05-06</p>", "<p>来源：县政府办　2023-05-06</p>"] {
        for texts in [texts, ["时　间：2023年5月10日", "地　点：三楼会议室", texts[2], texts[3]]] {
            let lines: String = texts.iter().map(|text| format!("<p>{text}</p>")).collect();
            let title = "关于召开全县安全生产工作会议的通知";
            let document = page(title, &format!("<h1>{title}</h1>{head}<div>{lines}</div>")).unwrap();
            assert_eq!(document.text(), texts.join("\n"));
            assert_eq!(document.published.unwrap().to_string(), "2023-05-06");
        }
    }
}

#[test]
fn metadata_below_the_text_is_metadata_in_any_markup() {
    let labels = [
        ("索引号", "430603/2023-00123"),
        ("发文机关", "云溪县人民政府办公室"),
        ("发布日期", "2023-05-06"),
        ("有效性", "有效"),
    ];
    let forms: [fn(&str, &str) -> String; 4] = [
        |name, value| format!("<p>{name}：{value}</p>"),
        |name, value| format!("<li><span>{name}：</span><span>{value}</span></li>"),
        |name, value| format!("<dl><dt>{name}</dt><dd>{value}</dd></dl>"),
        |name, value| format!("<div><div>{name}：</div><div>{value}</div></div>"),
    ];
    for form in forms {
        let fields: String = labels.iter().map(|(name, value)| form(name, value)).collect();
        let title = "云溪县关于做好防火工作的通知";
        let text = format!("<h1>{title}</h1><div><div><p>{FIRST}</p><p>{LAST}</p></div><div>{fields}</div></div>");
        let document = page(title, &text).unwrap();
        assert_eq!(document.text(), [FIRST, LAST].join("\n"), "{fields}");
        assert_eq!(document.index_number.as_deref(), Some("430603/2023-00123"), "{fields}");
        assert_eq!(document.published.unwrap().to_string(), "2023-05-06", "{fields}");
    }
    // The fields of a decision are its text.
    let own = ["当事人：云溪县红星超市", "处罚机关：云溪县市场监督管理局", "处罚日期：2023年5月1日"];
    stays("行政处罚信息公示", &[FIRST, own[0], own[1], own[2]]);
}

#[test]
fn what_another_tab_shows_is_no_part_of_the_article() {
    let title = "云溪县关于做好防火工作的通知";
    let shown = format!("<div class=c><p>{FIRST}</p><p>{LAST}</p></div>");
    let other = "<div class=c style=display:none><p>为便于理解，现将通知解读如下。</p><p>一、出台背景</p></div>";
    let tabs = "<ul><li>文件原文</li><li>政策解读</li></ul>";
    let with = |between: &str, behind: &str| {
        page(title, &format!("<h1>{title}</h1>{POSTED}{between}<div>{shown}{behind}</div>")).unwrap().text()
    };
    assert_eq!(with(tabs, other), [FIRST, LAST].join("\n"));
    let agreement = other.replace("class=c", "class=agreement");
    assert_eq!(with("", &agreement), [FIRST, LAST].join("\n"));
    // The second page of the article is hidden like this, too.
    assert!(with("", other).contains("出台背景"));
}

#[test]
fn items_with_a_pager_or_ways_are_a_list_without_days() {
    let item = |n: usize, way: &str| {
        format!(
            "<div><h3><a href=/{n}.html>云溪县第{n}项重点工作推进</a></h3><p>近日，县领导调研第{n}项工作，强调要加快进度。{way}</p></div>"
        )
    };
    let list = |count: usize, way: &str, behind: &str| {
        let items: String = (0..count).map(|n| item(n, way)).collect();
        page("工作动态", &format!("<div><h1>工作动态</h1>{items}{behind}</div>")).err()
    };
    let pager = "<div>首页 上一页 <a href=2>2</a> <a href=2>下一页</a> <a href=9>尾页</a></div>";
    assert_eq!(list(10, "", pager), Some(Reason::List));
    assert_eq!(list(10, "<a href=/1.html>[详细]</a>", ""), Some(Reason::List));
}
