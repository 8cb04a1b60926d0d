//! Pages of the shapes that other portals have: walls, shells, texts in JSON, titles with ornaments, files behind scripts.

use gongwen::extract::extract;
use gongwen::model::{Document, PageFormat, Reason};
use gongwen::page::{View, decode};
use url::Url;

const TITLE: &str = "关于印发云溪县河道保洁办法的通知";
const BODY: &str = "<p>各乡镇人民政府：</p><p>现将《云溪县河道保洁办法》印发给你们，请认真贯彻执行。</p><p>一、明确责任</p>\
    <p>县水务局统筹全县河道保洁，各乡镇负责日常巡查，确保水面整洁。</p><p>云溪县水务局</p><p>2023年3月10日</p>";

fn read(html: &str) -> Result<Document, Reason> {
    let url = Url::parse("http://www.yunxi.example.gov.cn/zwgk/a.html").unwrap();
    let view = View::new(decode(html.as_bytes(), None, PageFormat::Html, Some(&url)).unwrap());
    extract(&view).map_err(|reject| reject.reason)
}

/// A page with these words in its `<title>`, this head, and this behind its body.
fn page(tag: &str, head: &str, behind: &str) -> Document {
    let info = "<p>发布时间：2023-03-15 来源：县水务局</p>";
    read(&format!("<html><head><title>{tag}</title></head><body>{head}{info}<div>{BODY}{behind}</div></body></html>"))
        .unwrap()
}

#[test]
fn walls_and_error_pages_are_told_by_what_they_say() {
    let challenge = format!("<script>var _0x1a=['a'];{}</script>", "_0x3f['push'](_0x3f['shift']());".repeat(9));
    for (body, reason) in [
        ("<div>请完成拼图验证</div>", Reason::Wall),
        ("<p>请按住滑块，拖动到最右边</p>", Reason::Wall),
        ("<p>您的访问过于频繁，请稍后再试</p>", Reason::Wall),
        ("<p>您的请求已被管理员设置的策略阻断。</p>", Reason::Wall),
        (challenge.as_str(), Reason::Wall),
        ("<h1>服务器内部错误</h1>", Reason::ErrorPage),
        ("<div>出错了</div>", Reason::ErrorPage),
    ] {
        let found = read(&format!("<html><head><title>提示</title></head><body>{body}</body></html>"));
        assert_eq!(found.err(), Some(reason), "{body}");
    }
}

#[test]
fn the_place_of_an_application_is_no_article() {
    let words =
        "We're sorry but this page doesn't work properly without JavaScript enabled. Please enable it to continue.";
    let shell = format!(
        "<title>云溪县人民政府</title><noscript>{words}</noscript><div id='app'></div><script src='/a.js'></script>"
    );
    assert_eq!(read(&shell).err(), Some(Reason::ScriptOnly));
}

#[test]
fn an_article_in_json_is_read_wherever_the_page_keeps_it() {
    let record = |day: &str| format!("{{\"title\": \"{TITLE}\", \"content\": \"{BODY}\", \"publishTime\": {day}}}");
    let shell = |inside: String| format!("<title>云溪县人民政府</title><div id='root'></div>{inside}");
    let text = record("\"2023-03-15 09:30\"");
    for page in [
        record("1678843800000"),
        record("1678843800"),
        text.replace("publishTime", "docPubTime"),
        shell(format!("<script type='application/json'>{{\"props\": {{\"article\": {text}}}}}</script>")),
        shell(format!("<script>const a = {{data: 1}}; let info = {text}; show(info);</script>")),
    ] {
        let document = read(&page).unwrap();
        assert_eq!(document.title.as_deref(), Some(TITLE), "{page}");
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-03-15"), "{page}");
    }
}

#[test]
fn titles_have_no_ornaments_and_keep_their_dashes() {
    let years = "关于召开2023-2024学年家长会的通知";
    for (tag, head, title) in [
        ("云溪县", "<h1>■关于做好河道保洁工作的通知■</h1>", "关于做好河道保洁工作的通知"),
        ("★ 关于做好河道保洁工作的通知_云溪县", "<h1>★ 关于做好河道保洁工作的通知</h1>", "关于做好河道保洁工作的通知"),
        ("云溪县教育局 - 关于召开2023-2024学年家长会的通知", "", years),
    ] {
        assert_eq!(page(tag, head, "").title.as_deref(), Some(title), "{tag}");
    }
}

#[test]
fn a_file_is_found_wherever_its_address_stands() {
    let root = "http://www.yunxi.example.gov.cn";
    for (link, name, address) in [
        ("<a href='/attach.do?id=5' download='河道名录.xls'>河道名录</a>", "河道名录.xls", "/attach.do?id=5"),
        ("<a href='javascript:;' data-href='/f/d.docx'>名录.docx</a>", "名录.docx", "/f/d.docx"),
        ("<iframe src='/ViewerJS/#../upload/a.pdf'></iframe>", "a.pdf", "/upload/a.pdf"),
    ] {
        let files = page(TITLE, &format!("<h1>{TITLE}</h1>"), link).attachments;
        let found: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.url.as_str().to_owned())).collect();
        assert_eq!(found, [(name, format!("{root}{address}"))], "{link}");
    }
}

#[test]
fn the_number_of_an_account_is_no_author_and_a_path_without_links_a_breadcrumb() {
    let path = "<div class='dqwz'>首页 / 政务公开 / 通知公告 / 信息细览</div>";
    let info = "<p>作者：1234567 公告编号：公告〔2023〕3号</p>";
    let document = page(TITLE, &format!("{path}<h1>{TITLE}</h1>{info}"), "");
    assert_eq!(document.author, None);
    assert_eq!(document.document_number.as_deref(), Some("公告〔2023〕3号"));
    assert_eq!(document.breadcrumb, ["首页", "政务公开", "通知公告"]);
}

/// The names of the files of a page with this markup below its text.
fn files(markup: &str) -> Vec<String> {
    let document = page(TITLE, &format!("<h1>{TITLE}</h1>"), markup);
    document.attachments.into_iter().map(|file| file.name).collect()
}

#[test]
fn a_link_that_only_says_how_to_get_a_file_is_named_by_what_stands_beside_it() {
    for (markup, name) in [
        ("<p>责任分工表.doc <a href=/u/a.doc>下载</a></p>", "责任分工表.doc"),
        ("<ul><li><span>责任分工表.doc</span><a href=/u/a.doc>点击下载</a></li></ul>", "责任分工表.doc"),
        (
            "<table><tr><td>1</td><td>责任分工表.doc</td><td>32KB</td><td><a href=/u/a.doc>[下载]</a></table>",
            "责任分工表.doc",
        ),
        (
            "<table><tr><td>1</td><td>责任分工表</td><td>2023-03-15</td><td><a href=/u/a.doc>下载</a></table>",
            "责任分工表",
        ),
        ("<p>附件：<a href=/u/a.doc title=责任分工表.doc>下载</a></p>", "责任分工表.doc"),
        ("<p>附件1：责任分工表 <a href=/u/a.doc>[下载]</a></p>", "附件1：责任分工表"),
        ("<a href=/u/a.doc download=责任分工表.doc>下载附件</a>", "责任分工表.doc"),
        ("<a href=/u/a.doc><img src=doc.gif alt=责任分工表.doc></a>", "责任分工表.doc"),
        ("<p>附件：<a href=/u/a.doc>下载</a></p>", "下载"),
        ("<p>请各单位下载填写。<a href=/u/a.doc>下载</a></p>", "下载"),
    ] {
        assert_eq!(files(markup), [name], "{markup}");
    }
    let two = "<p>甲表.doc <a href=/a.doc>下载</a> 乙表.doc <a href=/b.doc>下载</a></p>";
    assert_eq!(files(two), ["甲表.doc", "乙表.doc"]);
}

#[test]
fn a_link_that_the_page_calls_an_attachment_is_a_file_whatever_its_address() {
    for (markup, names) in [
        ("<p><a href=/attachment/12345>附件1：责任分工表</a></p>", &["附件1：责任分工表"][..]),
        ("<p><a href='/DownLoad.ashx?guid=abc'>附件：责任分工表</a></p>", &["附件：责任分工表"]),
        ("<p>附件：<a href=/files/12>责任分工表</a></p>", &["责任分工表"]),
        ("<p><a href=/file/12>责任分工表.docx (32KB)</a></p>", &["责任分工表.docx (32KB)"]),
        (
            "<div><h4>附件下载</h4><ul><li><a href=/file/12>甲表</a></li><li><a href=/file/13>乙表</a></li></ul></div>",
            &["甲表", "乙表"],
        ),
        ("<p><a href=/zwgk/12.html>附件1：责任分工表</a></p>", &[]),
        ("<p><a href=/zwgk/>附件：政策汇编</a></p>", &[]),
        ("<p>附件：<a href=/zwgk/12.html>责任分工表</a></p>", &[]),
        ("<p><a href=/attachment/12345>附件说明的有关情况</a></p>", &[]),
        ("<div><h4>相关链接</h4><ul><li><a href=/file/12>甲表</a></li></ul></div>", &[]),
        ("<p><a href=/u/1.jpg>附件：现场照片.jpg</a></p>", &[]),
    ] {
        assert_eq!(files(markup), names, "{markup}");
    }
}
