//! Articles that are one table or a few words, between boxes that portals put beside and below them.

use gongwen::model::Reason;

use crate::document_of;

const TITLE: &str = "云溪县2021年公开招聘教师笔试成绩公示";
const SITE: &str = "云溪县人民政府门户网站";
const FOOT: &str = "<div class=footer><p><a href=/about>关于我们</a> | <a href=/map>网站地图</a></p>\
    <p>主办：云溪县人民政府办公室　承办：云溪县大数据中心</p><p>政府网站标识码：9900000001</p><p>地址：云溪县人民路1号</p></div>";

fn side(head: &str, names: &[&str]) -> String {
    let links: String = names.iter().map(|name| format!("<li><a href={name}.html>{name}</a></li>")).collect();
    format!("<div class=left><h3>{head}</h3><ul>{links}</ul></div>")
}

#[test]
fn a_table_below_a_dated_title_is_the_article_whatever_stands_around_it() {
    let rows = [["序号", "姓名", "成绩"], ["1", "张一", "61.5"], ["2", "张二", "62.5"], ["3", "张三", "63.5"]];
    let rows = rows.map(|row| format!("<tr>{}</tr>", row.map(|cell| format!("<td>{cell}</td>")).concat()));
    let table = format!("<table>{}</table>", rows.concat());
    let bodies = side("公开机构", &["县政府办", "县发展改革局", "县教育局", "县公安局"]);
    let latest = side("最新公告", &["云溪县事业单位招聘公告", "云溪县教师招聘面试通知", "云溪县城区停水公告"]);
    let days = ["发布时间：2021-03-16", "2021-03-16", "2021年03月16日 09:12　点击：[12]"];
    let file = "<p>附件：<a href=1.doc>成绩表.doc</a></p>";
    for side in ["", &bodies, &latest] {
        for day in days {
            for (file, intro) in
                [("", ""), (file, ""), ("", "<p>现将成绩公布如下：</p>"), (file, "<p>现将成绩公布如下：</p>")]
            {
                for (tag, heading) in [(SITE, "h1"), (SITE, "div"), (TITLE, "div")] {
                    let place = "<div>当前位置：<a href=/>首页</a> &gt; <a href=/a/>公示</a></div>";
                    let head = format!("{place}<{heading}>{TITLE}</{heading}><div>{day}</div>");
                    let html = format!(
                        "<html><head><title>{tag}</title></head><body>{side}<div>{head}<div>{intro}{table}{file}</div></div>{FOOT}</body></html>"
                    );
                    let document = document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"));
                    assert_eq!(document.title.as_deref(), Some(TITLE), "{html}");
                    assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2021-03-16"), "{html}");
                    let text = document.text();
                    assert!(text.contains("序号\t姓名\t成绩\n1\t张一\t61.5"), "{html}: {text}");
                    assert!(
                        !text.contains("公安局") && !text.contains("停水") && !text.contains("主办"),
                        "{html}: {text}"
                    );
                    assert!(!text.contains(TITLE), "{html}: {text}");
                }
            }
        }
    }
}

const NEWS: [&str; 9] = [
    "全县一季度重点项目集中开工",
    "县领导调研春耕备耕工作",
    "云溪县召开信访工作联席会议",
    "关于开展电动自行车登记的通告",
    "今年首批惠企资金发放到位",
    "县图书馆春节期间开放安排",
    "全县防汛抗旱工作会议召开",
    "云溪县农村公路养护全面铺开",
    "县医院门诊部搬迁启用",
];

/// A page of an article: its editor box, or its lines beside the boxes.
fn short(title: &str, lines: &[&str], is_boxed: bool, beside: &str, below: &str) -> String {
    let text: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    let text = if is_boxed { format!("<div class=TRS_Editor>{text}</div>") } else { text };
    let day = "<div><span>发布时间：2016-10-22</span> <span>浏览次数：162</span></div>";
    format!(
        "<html><head><title>{title}-政务公开-{SITE}</title></head><body><div class=w1200>{beside}<h1>{title}</h1>{day}{text}\
         <p align=right>责任编辑：王小明</p>{below}</div></body></html>"
    )
}

#[test]
fn a_few_words_are_an_article_whatever_stands_around_them() {
    let appointed = "云溪县人民政府关于赵一等同志职务任免的通知";
    let opening = ["各村（社区），各有关单位：", "经研究决定："];
    let signed = ["云溪县人民政府", "2024年7月18日"];
    let marked = ["任命赵一为云溪县财政所副所长；", "免去赵二云溪县财政所所长职务；"];
    let unmarked = ["任命赵一为云溪县财政所副所长", "免去赵二云溪县财政所所长职务"];
    let names = ["一等奖", "赵一", "钱二", "二等奖", "孙三", "李四"];
    let articles: [(&str, Vec<&str>, &[bool]); 4] = [
        (appointed, [opening, marked, signed].concat(), &[true, false]),
        (appointed, [opening, unmarked, signed].concat(), &[true, false]),
        ("关于表彰先进个人的决定", names.to_vec(), &[true, false]),
        ("关于赵一任职的通知", vec!["赵一任云溪县财政局副局长"], &[true]),
    ];
    let latest = side("最新信息", &NEWS);
    for (title, lines, boxed) in articles {
        for (beside, below) in [("", ""), (&latest, ""), ("", "相关链接"), (&latest, "热点新闻")] {
            let below = if below.is_empty() { String::new() } else { side(below, &NEWS) };
            for &is_boxed in boxed {
                let html = short(title, &lines, is_boxed, beside, &below);
                let document = document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"));
                assert_eq!(document.title.as_deref(), Some(title), "{html}");
                assert_eq!(document.text(), lines.join("\n"), "{html}");
            }
        }
    }
}

#[test]
fn what_points_to_something_else_or_only_links_is_no_article() {
    let beside = side("最新信息", &NEWS);
    for (lines, reason) in [
        (vec!["<a href=1.pdf>云溪县2023年度工作总结.pdf</a>"], Reason::AttachmentOnly),
        (vec!["正在加载数据请您稍候片刻"], Reason::List),
        (vec!["详见云溪县人民政府公报"], Reason::List),
        (NEWS.iter().map(|_| "<a href=1.html>云溪县召开信访工作会议</a>").collect(), Reason::List),
    ] {
        let html = short("关于全县2023年工作的通报", &lines, true, &beside, "");
        assert_eq!(document_of(&html).err(), Some(reason), "{html}");
    }
}

#[test]
fn files_and_pictures_below_a_dated_title_are_the_article_whatever_stands_around_them() {
    use Reason::{AttachmentOnly, ImageOnly};
    let latest = side("最新信息", &NEWS);
    let dated = latest.replace("</a>", "</a> <span>2023-01-02</span>");
    for (content, reason) in [
        ("<a href=1.pdf>云溪县2023年度工作总结.pdf</a>", AttachmentOnly),
        ("<a href=1.doc>附件1：工作总结</a></p><p><a href=2.doc>附件2：工作要点</a>", AttachmentOnly),
        ("附件：<a href=1.xls>云溪县2023年度部门预算表.xls</a>", AttachmentOnly),
        ("<img src=/icon_pdf.gif><a href=1.pdf>云溪县2023年度工作总结</a>", AttachmentOnly),
        ("<iframe src=/pdfjs/web/viewer.html?file=/a/1.pdf></iframe>", AttachmentOnly),
        ("<img src=/a/1.jpg>", ImageOnly),
        ("<img src=/a/1.jpg></p><p><img src=/a/2.jpg>", ImageOnly),
    ] {
        for (beside, below) in [("", ""), (&latest, ""), (&dated, ""), ("", "相关链接"), (&dated, "热点新闻")] {
            let below = if below.is_empty() { String::new() } else { side(below, &NEWS) };
            for is_boxed in [true, false] {
                let html = short("关于全县2023年度工作情况的通报", &[content], is_boxed, beside, &below);
                assert_eq!(document_of(&html).err(), Some(reason), "{html}");
            }
        }
    }
}

#[test]
fn a_picture_outside_of_the_words_is_not_what_the_page_shows() {
    let names = ["赵一　城关镇", "钱二　青石镇", "孙三　白云镇"];
    let code = "<div><img src=/a/20230101.jpg></div>";
    for (beside, below) in [(code, ""), ("", code), (code, code)] {
        let document = document_of(&short("云溪县2023年先进个人名单", &names, true, beside, below)).unwrap();
        assert_eq!(document.text(), names.join("\n"));
    }
    let html = short("云溪县2023年先进个人名单", &["名单见下图", "<img src=/a/20230101.jpg>"], true, "", "");
    assert_eq!(document_of(&html).err(), Some(Reason::ImageOnly));
}

#[test]
fn the_name_of_a_body_that_begins_the_title_is_the_first_line_of_a_text() {
    let lines = ["云溪县行政服务中心", "办公地址：城关镇人民路1号", "办公电话：0555-1234567", "邮编：123456"];
    for is_boxed in [true, false] {
        let document = document_of(&short("云溪县行政服务中心联系方式", &lines, is_boxed, "", "")).unwrap();
        assert_eq!(document.text(), lines.join("\n"));
    }
}
