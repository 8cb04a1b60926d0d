//! The titles that the tags of a page declare: that of the article, and the parts of the page's.

use url::Url;

use crate::page::{View, folded, is_placeholder, line_class, plain, same_letters, without_date};
use crate::text::{is_blank, is_ideograph};
use crate::words::{BODIES, BREADCRUMB_LEAVES, DOCUMENT_TYPES, PORTAL_ENDINGS, SITE_NAME_ENDINGS};

/// Fewest letters of a declared title that a head is compared with.
pub(super) const SHORTEST_DECLARED: usize = 5;
/// Most characters of the name of a column.
const COLUMN: usize = 8;
/// Fewest characters of a headline behind which a short name is that of the site.
const HEADLINE: usize = 12;
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
        let page = without_date(without_maker(&page)).to_owned();
        let mut declared = Self { article, page, site, column, titles: Vec::new() };
        let parts = declared.cuts().chain(declared.tails()).map(|part| unframed(part).to_owned());
        let mut titles: Vec<String> = declared.article.iter().cloned().chain(parts).collect();
        // Last the names of sites and bodies, which stand in page titles, too.
        titles.sort_by_key(|title| names_site(title));
        declared.titles = titles;
        declared
    }

    /// What stands behind a separator of the page title and ends like the title of a document.
    fn tails(&self) -> impl Iterator<Item = &str> {
        let page = self.page.as_str();
        let parts = move |&(at, c): &(usize, char)| {
            let before = page.get(..at).and_then(|head| head.chars().next_back());
            let after = page.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            // 2023-2024学年 is one word.
            let inside = [before, after].into_iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric()));
            is_blank(c) || SEPARATORS.contains(c) && !(DASHES.contains(c) && inside)
        };
        let behind = page.char_indices().filter(parts);
        let tails = behind.filter_map(|(at, c)| page.get(at + c.len_utf8()..)).map(trimmed);
        let tails = tails.filter(|tail| ends_like_title(tail) && !self.is_site(tail));
        tails.chain(self.behind_site()).chain(self.behind_words())
    }

    /// What stands behind the name of the site and columns that blanks part: 云溪县人民政府 通知公告 某镇召开会议.
    fn behind_words(&self) -> Option<&str> {
        let (site, rest) = self.page.split_once(is_blank)?;
        let words = rest.match_indices(is_blank).filter_map(|(at, _)| Some((rest.get(..at)?, rest.get(at..)?)));
        let last = |words: &str| words.rsplit(is_blank).next().unwrap_or_default().to_owned();
        let short = words.take_while(|(words, _)| last(words).chars().count() <= COLUMN);
        let is_column = |word: String| line_class::names_list(&word) || self.is_site(&word);
        let behind = short.filter(|(words, _)| is_column(last(words))).last();
        let is_portal = || PORTAL_ENDINGS.ends(site).is_some();
        let found = behind.map(|(_, behind)| behind).or_else(|| is_portal().then_some(rest))?.trim_matches(is_blank);
        let is_site = names_site(site) || self.is_site(site) || names_body(site);
        (is_site && found.chars().count() >= COLUMN && !names_site(found)).then_some(found)
    }

    /// What stands behind the names of the site and of columns: `云溪县人民政府_要闻_某镇召开会议`.
    fn behind_site(&self) -> Option<&str> {
        /// Fewest characters of a headline.
        const SHORTEST: usize = 10;
        let mut rest = self.page.as_str();
        let mut led = false;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| SEPARATORS.contains(c)) {
            let (head, tail) = (trimmed(rest.get(..at)?), rest.get(at + c.len_utf8()..)?);
            let is_site = names_site(head) || self.is_site(head) || c == '_' && names_body(head);
            let is_column = led && head.chars().count() <= COLUMN && (head.is_empty() || line_class::names_list(head));
            // 文章内容-某镇召开会议, 通知公告_某镇召开会议_云溪县人民政府
            let leads = BREADCRUMB_LEAVES.is(head)
                || c == '_' && tail.contains('_') && line_class::names_list(head) && head.chars().count() <= COLUMN;
            if !(is_site || is_column || leads) {
                break;
            }
            (rest, led) = (tail, true);
        }
        let found = trimmed(rest);
        let site =
            found.rsplit_once('_').filter(|(_, site)| names_site(site) || self.is_site(site) || names_body(site));
        let found = site.map_or(found, |(found, _)| trimmed(found));
        (led && found.chars().count() >= SHORTEST && !names_site(found) && !self.is_site(found)).then_some(found)
    }

    /// The page title as a whole and cut before each separator, longest first.
    fn cuts(&self) -> impl Iterator<Item = &str> {
        let page = self.page.as_str();
        let separators = page.char_indices().filter(|&(at, c)| match c {
            // 关于…的通知 云溪县人民政府
            c if is_blank(c) => {
                let behind = |rest: &str| {
                    names_site_alone(rest) || page.get(..at).is_some_and(ends_like_title) && is_site_word(rest)
                };
                page.get(at..).is_some_and(|rest| behind(rest.trim_matches(is_blank)))
            }
            c => SEPARATORS.contains(c),
        });
        let separators = separators.map(|(at, _)| at).filter(|&at| self.parts(page, at));
        let mut ends: Vec<usize> = separators.collect();
        ends.reverse();
        let whole = std::iter::once(page.len());
        let cuts = whole.chain(ends).filter_map(move |end| page.get(..end)).map(trimmed);
        cuts.filter(|cut| !cut.is_empty() && !self.is_site(cut))
    }

    /// A separator that parts names; a dash may belong to one: 2023-2025年, G210-S305, 青岭—丰水公路.
    fn parts(&self, page: &str, at: usize) -> bool {
        let (Some(head), Some(rest)) = (page.get(..at), page.get(at..)) else { return false };
        let Some(separator) = rest.chars().next() else { return false };
        if !DASHES.contains(separator) {
            return true;
        }
        let behind = rest.trim_start_matches(|c: char| DASHES.contains(c));
        let before = head.trim_end_matches(|c: char| DASHES.contains(c));
        let (last, next) = (before.chars().next_back(), behind.chars().next());
        if last.is_some_and(is_blank) || next.is_some_and(is_blank) {
            return true;
        }
        let counts = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let name = behind.split(|c| SEPARATORS.contains(c)).next().unwrap_or_default();
        // …-政务公开-云溪县人民政府: the same dash stands before the name of the site.
        let goes_on = || behind.get(name.len()..).and_then(|rest| rest.strip_prefix(separator)).is_some_and(names_site);
        let is_column = || name.chars().count() <= COLUMN && goes_on();
        let is_name = names_site(name) || self.is_site(name) || line_class::names_list(name) || is_column();
        // 某镇召开防火工作推进会-云溪发布: a headline and no more than a few short names.
        let short = |part: &str| part.chars().count() <= COLUMN || part.is_ascii();
        let is_headline = || {
            separator == '-'
                && before.chars().count() >= HEADLINE
                && behind.split(|c| SEPARATORS.contains(c)).all(short)
        };
        !(counts(last) && counts(next)) && (is_name || ends_like_title(before) || name.is_empty() || is_headline())
    }

    /// What stands between the separators of the page title and names neither site nor column.
    pub(super) fn parts_of_page(&self) -> impl Iterator<Item = &str> {
        let parts = self.page.split(|c| SEPARATORS.contains(c)).map(trimmed);
        parts.filter(|part| !self.is_site(part) && !names_site(part) && !line_class::names_list(part))
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
const SEPARATORS: &str = "_-|｜丨—–－·>»«";
/// Those of them that also stand within names.
const DASHES: &str = "-—–－";

/// A title without the brackets that some portals put around it in the tag, of which a name cut off may have taken one: 【…】.
fn unframed(title: &str) -> &str {
    if let Some(inside) = title.strip_prefix('【').and_then(|inside| inside.strip_suffix('】')) {
        return if inside.contains(['【', '】']) { title } else { inside };
    }
    let inside = title.strip_prefix('【').unwrap_or(title);
    let inside = inside.strip_suffix('】').filter(|inside| !inside.contains(['【', '】']) && ends_like_title(inside));
    inside.unwrap_or(title)
}

fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| is_blank(c) || c == ':' || SEPARATORS.contains(c))
}

/// A page title without the program that made it: `… - Powered by DedeCMS`.
fn without_maker(page: &str) -> &str {
    const BY: &str = "powered by";
    let found = page.to_ascii_lowercase().find(BY).and_then(|at| page.get(..at));
    found.map_or(page, trimmed)
}

/// The name of a site or of a body rather than of one of its pages.
pub(in crate::extract) fn names_site(title: &str) -> bool {
    let plain = !title.contains(['关', '《', '“', '，', '、']);
    plain && title.chars().count() < 24 && SITE_NAME_ENDINGS.ends(title).is_some()
}

/// A short name, or that of a body: 云溪发布, 云溪县第一中学.
fn names_body(text: &str) -> bool {
    /// Most characters of it.
    const LONGEST: usize = 16;
    let chars = text.chars().count();
    let plain = !text.contains(['关', '《', '“', '，', '、']) && !ends_like_title(text);
    plain && (chars <= COLUMN || chars <= LONGEST && (BODIES.ends(text).is_some() || text.is_ascii()))
}

/// The name of a portal behind a title that only a blank parts from it, perhaps with the column before it.
fn names_site_alone(text: &str) -> bool {
    let (columns, name) = text.rsplit_once(is_blank).unwrap_or(("", text));
    let is_column = |word: &str| line_class::names_list(word) && word.chars().count() <= COLUMN;
    names_site(name) && columns.split(is_blank).filter(|word| !word.is_empty()).all(is_column)
        || text.starts_with("欢迎访问")
}

/// A short name behind what ends like a title: 关于…的通知 平安云溪.
fn is_site_word(text: &str) -> bool {
    /// Shorter ones are remarks: 全文, 附件.
    const SHORTEST: usize = 3;
    (SHORTEST..=COLUMN).contains(&text.chars().count()) && text.chars().all(is_ideograph) && !ends_like_title(text)
}

/// The last word is one that titles of documents end with; what stands in brackets behind it does not count.
pub(in crate::extract) fn ends_like_title(text: &str) -> bool {
    let text = text.trim_end_matches(|c| !line_class::is_letter(c));
    let unbracketed = text.rsplit_once(['（', '(']).map_or(text, |(head, _)| head).trim_end_matches(is_blank);
    DOCUMENT_TYPES.ends(text).is_some() || DOCUMENT_TYPES.ends(unbracketed).is_some()
}

/// The name of a kind of document as a whole title: 公 示.
pub(super) fn one_word(wanted: &[String]) -> Option<Vec<String>> {
    let mut words = wanted.iter().map(|title| title.chars().filter(|&c| !is_blank(c)).collect::<String>());
    words.find(|word| DOCUMENT_TYPES.is(word)).map(|word| vec![word])
}

/// Every part of a page title is the name of a column or of the site.
pub(super) fn is_column_or_site(title: &str, is_column: impl Fn(&str) -> bool) -> bool {
    let mut parts = title.split(|c| SEPARATORS.contains(c)).map(|part| part.trim_matches(is_blank));
    parts.all(|part| part.is_empty() || names_site(part) || is_column(part) || line_class::names_list(part))
}

/// The page title cut back to its first part; none if it names the site alone.
pub(super) fn shortest(wanted: &[String]) -> Option<String> {
    let long = wanted.iter().filter(|title| title.chars().count() > SHORTEST_DECLARED);
    let is_name = |title: &str| names_site(title) || names_body(title) || is_column_or_site(title, names_body);
    let found = long.min_by_key(|title| (is_name(title), title.chars().count()))?;
    // 公告 - 云溪县人民政府
    let is_site = |rest: &str| trimmed(rest).len() < rest.len() && names_site(trimmed(rest));
    let short = wanted.iter().find(|title| found.strip_prefix(title.as_str()).is_some_and(is_site));
    short.or_else(|| Some(found).filter(|title| !names_site(title))).cloned()
}
