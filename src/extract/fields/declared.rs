//! The titles that the tags of a page declare: that of the article, and the parts of the page's.

use url::Url;

use crate::page::{View, folded, is_placeholder, line_class, plain, same_letters};
use crate::text::is_blank;

/// Longest page title that is looked at; it is cut at every separator.
const LONGEST_TAG: usize = 500;

/// The titles that the tags of a page declare.
pub(in crate::extract) struct DeclaredTitles {
    /// The meta tag of the article.
    pub(super) article: Option<String>,
    page: String,
    site: Option<String>,
    column: Option<String>,
    /// The titles that the tags may mean, best first: the article's, then parts of the page's.
    pub(in crate::extract) titles: Vec<String>,
}

impl DeclaredTitles {
    pub(in crate::extract) fn new(view: &View) -> Self {
        let meta = &view.meta;
        let column = meta.first(&["columnname"]);
        let site = meta.first(&["sitename"]);
        let article = meta
            .first(&["articletitle", "title", "og:title"])
            .filter(|title| !is_placeholder(title) && Some(title) != column.as_ref() && Some(title) != site.as_ref());
        let page: String = plain(view.tree.title()).chars().take(LONGEST_TAG).collect();
        let mut declared = Self { article, page, site, column, titles: Vec::new() };
        let parts = declared.cuts().chain(declared.tails()).map(str::to_owned);
        let mut titles: Vec<String> = declared.article.iter().cloned().chain(parts).collect();
        // Last the names of sites and bodies, which stand in page titles, too.
        titles.sort_by_key(|title| names_site(title));
        declared.titles = titles;
        declared
    }

    /// What stands behind a separator of the page title and ends like the title of a document.
    fn tails(&self) -> impl Iterator<Item = &str> {
        let page = self.page.as_str();
        let behind = page.char_indices().filter(|&(_, c)| SEPARATORS.contains(c) || is_blank(c));
        let tails = behind.filter_map(|(at, c)| page.get(at + c.len_utf8()..)).map(trimmed);
        tails.filter(|tail| ends_like_title(tail) && !self.is_site(tail))
    }

    /// The page title as a whole and cut before each separator, longest first.
    fn cuts(&self) -> impl Iterator<Item = &str> {
        let page = self.page.as_str();
        let separators = page.char_indices().filter(|&(_, c)| SEPARATORS.contains(c)).map(|(at, _)| at);
        let mut ends: Vec<usize> = separators.collect();
        ends.reverse();
        let whole = std::iter::once(page.len());
        let cuts = whole.chain(ends).filter_map(move |end| page.get(..end)).map(trimmed);
        cuts.filter(|cut| !cut.is_empty() && !self.is_site(cut))
    }

    /// The page is called like the site, or stands at its root.
    pub(in crate::extract) fn is_home(&self, url: Option<&Url>) -> bool {
        let root = url.is_some_and(|url| matches!(url.path(), "/" | "/index.html" | "/index.htm" | "/index.shtml"));
        let page = folded(&self.page);
        root || !page.is_empty() && (self.site.as_deref().map(folded).as_ref() == Some(&page) || page.ends_with("首页"))
    }

    fn is_site(&self, text: &str) -> bool {
        [&self.site, &self.column].into_iter().flatten().any(|name| same_letters(name, text))
    }
}

/// What stands between the names in a page title.
const SEPARATORS: &str = "_-|—–－·>»";

fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| is_blank(c) || SEPARATORS.contains(c))
}

/// The name of a site or of a body rather than of one of its pages.
pub(super) fn names_site(title: &str) -> bool {
    const ENDS: [&str; 13] =
        ["网站", "网", "门户", "首页", "平台", "政府", "局", "委员会", "办公室", "办事处", "厅", "中心", "集团"];
    let plain = !title.contains(['关', '《', '“', '，', '、']);
    plain && title.chars().count() < 24 && ENDS.iter().any(|end| title.ends_with(end))
}

/// Words that titles of documents end with: 文种 and what portals add to them.
const ENDS: [&str; 34] = [
    "通知",
    "报告",
    "意见",
    "办法",
    "公告",
    "通告",
    "决定",
    "方案",
    "规定",
    "细则",
    "解读",
    "函",
    "批复",
    "条例",
    "措施",
    "情况",
    "总结",
    "公报",
    "纪要",
    "规划",
    "建议",
    "请示",
    "议案",
    "命令",
    "答复",
    "要点",
    "计划",
    "公示",
    "预案",
    "指南",
    "年报",
    "汇报",
    "决议",
    "倡议书",
];

/// The last word is one that titles of documents end with; what stands in brackets behind it does not count.
pub(in crate::extract) fn ends_like_title(text: &str) -> bool {
    let text = text.trim_end_matches(|c| !line_class::is_letter(c));
    let unbracketed = text.rsplit_once(['（', '(']).map_or(text, |(head, _)| head).trim_end_matches(is_blank);
    ENDS.iter().any(|end| text.ends_with(end) || unbracketed.ends_with(end))
}
