//! What stands beside titles, days and numbers: remarks, columns, names of sites, addresses, further numbers.

use gongwen::model::Document;

use crate::document_of;

const SITE: &str = "云溪县人民政府门户网站";
const TITLE: &str = "云溪县人民政府办公室关于加强农村道路安全管理的通知";
const NEWS: &str = "县林业局开展森林防火演练";
const NUMBER: &str = "云政办发〔2023〕12号";
const PLACE: &str =
    "<div>当前位置：<a href=/>首页</a> &gt; <a href=/a/>政务公开</a> &gt; <a href=/a/b/>通知公告</a></div>";
const DAY: &str = "<div>发布时间：2023-11-08　来源：县政府办</div>";
const TEXT: &str = "<p>各乡镇人民政府，县直各单位：</p>\
    <p>为进一步规范农村道路交通安全管理，经县人民政府同意，现就有关事项通知如下。</p>\
    <p>各乡镇要充分认识这项工作的重要性，把它摆上重要议事日程。</p>";

/// A page whose tag has this title, with this markup above its text and this text.
fn page(tag: &str, above: &str, text: &str) -> Document {
    let html = format!(
        "<html><head><title>{tag}</title></head><body>{PLACE}<div>{above}<div>{text}</div></div></body></html>"
    );
    document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"))
}

fn title(tag: &str, above: &str) -> String {
    page(tag, above, TEXT).title.unwrap_or_default()
}

fn day(line: &str) -> Option<String> {
    page(TITLE, &format!("<h1>{TITLE}</h1>{line}"), TEXT).published.map(|day| day.to_string())
}

#[test]
fn a_remark_in_an_element_of_its_own_below_a_title_belongs_to_it() {
    let name = "云溪县森林防火奖励办法";
    for remark in ["（试行）", "(暂行)", "（征求意见稿）", "（2023年修订）", "（2023年版）", "（草案）"]
    {
        for tag in ["h1", "div", "p"] {
            for declared in [name, SITE] {
                let above = format!("<{tag} align=center>{name}</{tag}><{tag} align=center>{remark}</{tag}>{DAY}");
                assert_eq!(title(declared, &above), format!("{name}{remark}"), "{tag}, {declared}");
            }
        }
    }
    for (below, tag) in [("（2023年11月8日）", "h1"), ("（第5号）", "h1"), ("（青石镇）", "h1"), ("（试行）", "span")]
    {
        let above = format!("<h1>{name}</h1><div><{tag}>{below}</{tag}></div>{DAY}");
        assert_eq!(title(name, &above), name, "{below}");
    }
}

#[test]
fn the_column_before_a_title_is_none_of_it() {
    for column in ["<a href=/a/b/>[通知公告]</a>", "<em>【通知公告】</em>", "<span>通知公告</span>"] {
        for heading in ["h1", "div"] {
            for name in [TITLE, NEWS] {
                let above = format!("<{heading}>{column}{name}</{heading}>{DAY}");
                assert_eq!(title(&format!("{name}-{SITE}"), &above), name, "{column}");
                if column.contains(['[', '【']) {
                    assert_eq!(title(SITE, &above), name, "{column}");
                }
            }
        }
    }
    // The tag has it, too, and what is no column of the page belongs to a title.
    for (tag, name) in [
        (format!("【通知公告】{TITLE}"), format!("【通知公告】{TITLE}")),
        (SITE.to_owned(), format!("【关注】{TITLE}")),
        (SITE.to_owned(), format!("[图解]{TITLE}")),
    ] {
        assert_eq!(title(&tag, &format!("<h1>{name}</h1>{DAY}")), name);
    }
}

#[test]
fn blanks_part_a_title_from_site_and_columns() {
    for site in ["云溪县人民政府", "云溪网", "平安云溪", "中国云溪", "云溪县教育局"] {
        for tag in [
            format!("{site} 通知公告 {NEWS}"),
            format!("{site} 政务公开 通知公告 {NEWS}"),
            format!("{site} 通知公告 {TITLE}"),
            format!("{TITLE} {site}"),
        ] {
            let name = if tag.contains(TITLE) { TITLE } else { NEWS };
            assert_eq!(title(&tag, ""), name, "{tag}");
        }
    }
    assert_eq!(title(&format!("{NEWS} 通知公告 {SITE}"), ""), NEWS);
    assert_eq!(title(&format!("{SITE} {NEWS}"), ""), NEWS);
    // Blanks also part the words of one title.
    for name in ["压实防火责任 守护绿水青山", "云溪县教育局 云溪县财政局召开资助工作会议", "县长信箱 办理情况 周报"]
    {
        assert_eq!(title(name, ""), name);
    }
    let joint = "云溪县教育局 云溪县财政局关于做好资助工作的通知";
    assert_eq!(title(joint, &format!("<h1>{joint}</h1>{DAY}")), joint);
}

#[test]
fn a_title_that_is_cut_is_whole_where_it_is_pointed_at() {
    let cut = "云溪县人民政府办公室关于加强农村…";
    for above in [
        format!("<h1 title=\"{TITLE}\">{cut}</h1>"),
        format!("<h1><span title=\"{TITLE}\">{cut}</span></h1>"),
        format!("<div title=\"{TITLE}\"><div>{cut}</div></div>"),
    ] {
        assert_eq!(title(SITE, &format!("{above}{DAY}")), TITLE, "{above}");
    }
    let other = format!("<h1 title=\"云溪县森林防火奖励办法\">{cut}</h1>{DAY}");
    assert_eq!(title(SITE, &other), cut);
}

#[test]
fn a_title_above_the_metadata_is_shown_whatever_its_text_begins_with() {
    let broken = "<p align=center>云溪县人民政府办公室关于加强</p><p align=center>农村道路安全管理</p><p align=center>的通知</p>";
    let subject = "关于加强农村道路安全管理的通知";
    for tag in ["无标题文档", SITE, "通知公告"] {
        for name in [
            format!("云政办发[2023]12号{subject}"),
            format!("{NUMBER} {TITLE}"),
            format!("{subject}（{NUMBER}）"),
            format!("{TITLE}{NUMBER}"),
        ] {
            for text in [TEXT.to_owned(), format!("{broken}{TEXT}")] {
                let document = page(tag, &format!("<div>{name}</div>{DAY}"), &text);
                assert_eq!(document.title.as_deref(), Some(name.as_str()), "{tag}, {text}");
                assert_eq!(document.document_number.as_deref(), Some(NUMBER), "{name}");
            }
        }
        // Where no title stands above the metadata, the text has it.
        let document = page(tag, &format!("<div>通知公告</div>{DAY}"), &format!("{broken}{TEXT}"));
        assert_eq!(document.title.as_deref(), Some(TITLE), "{tag}");
    }
}

#[test]
fn brackets_around_the_title_in_the_tag_are_none_of_it() {
    for tag in
        [format!("【{TITLE}】-云溪县发展和改革局"), format!("【{TITLE}】"), format!("{TITLE}】-云溪县发展和改革局")]
    {
        assert_eq!(title(&tag, ""), TITLE, "{tag}");
    }
    let framed = format!("【通知公告】{TITLE}");
    assert_eq!(title(&framed, &format!("<h1>{framed}</h1>{DAY}")), framed);
}

#[test]
fn what_scripts_print_of_a_day_and_tags_of_other_names_say_when_a_page_was_published() {
    for script in [
        "document.write(formatDate('2023-11-08 10:22:33', 'yyyy-MM-dd'))",
        "document.write(timestampToTime(1699410153))",
        "document.write(new Date(1699410153000).toLocaleDateString())",
        "var d = new Date('2023/11/08'); document.write(d.getFullYear() + '-' + (d.getMonth() + 1) + '-' + d.getDate())",
    ] {
        let line = format!("<div>发布时间：<script>{script}</script>　来源：县政府办</div>");
        assert_eq!(day(&line).as_deref(), Some("2023-11-08"), "{script}");
    }
    for script in ["document.write(new Date().toLocaleDateString())", "document.write(days('12'))"] {
        assert_eq!(day(&format!("<div>发布时间：<script>{script}</script></div>")), None, "{script}");
    }
    for name in ["publish-date", "Maketime"] {
        let tag = format!("{TITLE}</title><meta name='{name}' content='2023-11-08 10:22:33'><title>");
        let document = page(&tag, &format!("<h1>{TITLE}</h1>"), TEXT);
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-11-08"), "{name}");
    }
}

#[test]
fn a_day_beside_names_and_addresses_is_that_of_publication() {
    for line in [
        "<p><a href=/>云溪县政府门户网站&nbsp;www.yunxi.example</a>&nbsp;<span>2023-11-08 17:32:17</span> <span>来源：县政府办</span></p>",
        "<h5><span>[县政府办]</span> 2023-11-08 字号：<a>T</a> | <a>T</a></h5>",
        "<p>由 webmaster 于 周三, 11/08/2023 - 10:22 提交</p>",
        "<p>webmaster 提交于 周三, 11/08/2023 - 10:22</p>",
        "<p>发布时间|2023-11-08</p>",
        "<p>发布时间丨2023-11-08</p>",
        "<p>发布时间/2023-11-08</p>",
        "<p>发布时间：2023年11-08</p>",
        "<p>[发布时间：] 2023-11-08</p>",
    ] {
        assert_eq!(day(line).as_deref(), Some("2023-11-08"), "{line}");
    }
    for line in [
        "<p>[县政府办] 2023-11-08 起施行</p>",
        "<p>由县政府办于 11/08/2023 举办</p>",
        "<p>发布时间|来源</p>",
        "<p>发布时间：2023年11-12月</p>",
    ] {
        assert_eq!(day(line), None, "{line}");
    }
    let document = page(TITLE, &format!("<h1>{TITLE}</h1><h5>[县政府办] 2023-11-08 字号：T | T</h5>"), TEXT);
    assert_eq!(document.publisher.as_deref(), Some("县政府办"));
}

#[test]
fn a_number_is_read_whatever_stands_beside_it() {
    let number = |text: &str| page(TITLE, &format!("<h1>{TITLE}</h1>{DAY}"), text).document_number;
    for line in [
        "编号：云政办发〔2023〕12号",
        "云政办发〔2023〕12号（有效）",
        "云政办发＜2023＞12号",
        "云政办发｛2023｝12号",
        "YXDR-2023-01012 云政办发〔2023〕12号",
        "云政办发〔2023〕12号　类别标记：A",
    ] {
        let text = format!("<p align=center>{line}</p>{TEXT}");
        assert_eq!(number(&text).as_deref(), Some(NUMBER), "{line}");
    }
    let announcement = "云溪县人大常委会公告〔十四届〕第36号";
    assert_eq!(number(&format!("<p>{announcement}</p>{TEXT}")).as_deref(), Some(announcement));
    // Numbers that the text cites stand behind those who are written to, behind a lead, or lead to another page.
    for cited in [
        "<p>各乡镇人民政府：</p><p>云政发〔2022〕3号</p><p>上述文件继续有效，请遵照执行，并及时报告执行情况。</p>",
        "<p>现将继续有效的文件公布如下：</p><p>1.云溪县防火办法</p><p>云政发〔2022〕3号</p><p>2.云溪县养犬办法</p>",
        "<p><a href=/x>云政发〔2022〕3号</a></p><p>为便于理解上述文件，现就有关内容作如下解读，供参考。</p>",
    ] {
        assert_eq!(number(&format!("{cited}{TEXT}")), None, "{cited}");
        let own = format!("<p>{NUMBER}</p>{cited}");
        assert_eq!(number(&own).as_deref(), Some(NUMBER), "{cited}");
    }
}
