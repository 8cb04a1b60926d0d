//! Whether a page is an article: articles name related ones and files, and these are no list.

use std::sync::LazyLock;

use scraper::Selector;

use super::list::prose;
use super::pattern::selector;
use crate::model::Target;
use crate::page::{View, pieces};
use crate::text::clean_line;
use crate::words::ARTICLE_TOOLS;

/// A list of so many items is more than what articles name beside themselves.
const MANY: usize = 12;
/// So many characters of running text outside of the list are an article; the introduction of a column is shorter.
const MUCH: usize = 300;

/// Whether the page is an article with these links beside it; `in_rows` characters of running text are theirs.
pub(super) fn is_article(view: &View, targets: &[Target], in_rows: usize, has_pages: bool) -> bool {
    let dated = targets.iter().filter(|target| target.date.is_some()).count();
    if targets.len() >= MANY && (has_pages || dated * 2 > targets.len()) {
        return false;
    }
    if is_marked(view) {
        return true;
    }
    if has_pages {
        return false;
    }
    let texts = pieces(view.html().root_element(), &|inner| inner.value().name() == "a");
    let all: usize = texts.iter().map(|text| prose(text)).sum();
    all.saturating_sub(in_rows) >= MUCH || texts.iter().any(|text| is_said(text, dated > 0))
}

/// Words that stand on articles: the one before and behind, who edited it, the size of its letters, files below it.
/// Some stand on lists with dates as well.
fn is_said(text: &str, dated: bool) -> bool {
    let tool = ARTICLE_TOOLS.starts(text.trim_start_matches(['【', '[', '（', '(']));
    tool.is_some_and(|tool| !dated || tool.meaning == Some("article"))
}

/// The meta tag of an article by the general office of the State Council's 2017 guideline on government websites
/// (政府网站发展指引): lists carry `ColumnName` only, or leave `ArticleTitle` empty.
fn is_marked(view: &View) -> bool {
    static META: LazyLock<Selector> = LazyLock::new(|| selector("meta[name][content]"));
    let mut metas = view.html().select(&META);
    metas.any(|meta| {
        let name = meta.attr("name").unwrap_or_default().trim();
        name.eq_ignore_ascii_case("ArticleTitle") && !clean_line(meta.attr("content").unwrap_or_default()).is_empty()
    })
}

#[cfg(test)]
mod tests {
    use url::Url;

    use crate::discover::listing;
    use crate::model::{Page, PageFormat};
    use crate::page::View;

    fn n_targets(text: String) -> usize {
        let url = Url::parse("http://www.example.gov.cn/c1/index.html").ok();
        let page = Page { url, format: PageFormat::Html, text, charset: "UTF-8", replaced: 0 };
        listing(&View::new(page)).targets.len()
    }

    fn list(n: usize) -> String {
        let row = |n| {
            format!("<li><a href='t202302{n:02}_{n}.html'>云溪县第{n}批行政许可事项清单</a><i>2023-02-{n:02}</i></li>")
        };
        format!("<ul>{}</ul>", (1..=n).map(row).collect::<String>())
    }

    const TEXT: &str =
        "坚持依法行政，加强行政执法监督，落实行政执法三项制度，提高政府工作人员法治素养，各项工作取得新的进展。";

    #[test]
    fn what_an_article_names_beside_itself_is_no_list() {
        let meta = |title: &str| format!("<meta name='ArticleTitle' content='{title}'>");
        let text = |n: usize| format!("<p>{TEXT}</p>").repeat(n);
        for (page, expect) in [
            (list(5), 5),
            (meta("") + &list(5), 5),
            (meta("云溪县2022年度法治政府建设情况报告") + &list(5), 0),
            (meta("法治政府建设") + &list(15), 15),
            (text(2) + &list(5), 5),
            (text(9) + &list(5), 0),
            (list(5) + "<p>上一篇：没有了</p>", 0),
            (list(5) + "<p>【字体：大 中 小】</p>", 5),
            ("<p>附件：<a href='P020230228.docx'>云溪县行政许可事项清单.docx</a></p>".to_owned(), 0),
            ("<p><a href='/zn/1.html'>写信须知及注意事项说明</a></p>".to_owned(), 0),
            (text(9) + &list(15), 15),
            (text(9) + &list(5) + "<a href='index_2.html'>下一页</a>", 5),
            (
                format!(
                    "<ul>{}</ul>",
                    format!("<li><a href='t20230201_1.html'>云溪县行政许可事项清单</a><p>{TEXT}</p></li>").repeat(9)
                ),
                9,
            ),
        ] {
            assert_eq!(n_targets(page.clone()), expect, "{page}");
        }
    }
}
