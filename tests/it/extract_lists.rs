//! Articles that are one table, between boxes that portals put beside and below them.

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
