//! The title: what the page shows, found with the help of what its tags say.

use std::ops::Range;

use url::Url;

use super::explain::FieldCandidate;
use super::trace::Trace;
use super::trim::Kept;
use crate::page::{
    At, Dom, Label, LabelLine, Labelled, Lines, MetaTags, Tag, behind, folded, is_placeholder, letters, line_class,
    plain, same_letters, without_date,
};
use crate::text::{dates, is_blank};

/// A title and its lines as shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) lines: Vec<String>,
    /// The tags name another or a shorter one.
    pub(super) tags_differ: Option<String>,
}

/// Longest page title that is looked at; it is cut at every separator.
const LONGEST_TAG: usize = 500;

/// What the tags say of the title.
pub(super) struct Said {
    article: Option<String>,
    page: String,
    site: Option<String>,
    column: Option<String>,
    /// The titles that the tags may mean, best first: the article's, then parts of the page's.
    pub(super) titles: Vec<String>,
}

impl Said {
    pub(super) fn new(dom: &Dom<'_>, meta: &MetaTags<'_>) -> Self {
        let column = meta.first(&["columnname"]);
        let site = meta.first(&["sitename"]);
        let article = meta
            .first(&["articletitle", "title", "og:title"])
            .filter(|title| !is_placeholder(title) && Some(title) != column.as_ref() && Some(title) != site.as_ref());
        let page: String = plain(dom.title).chars().take(LONGEST_TAG).collect();
        let mut said = Self { article, page, site, column, titles: Vec::new() };
        let parts = said.cuts().chain(said.tails()).map(str::to_owned);
        let mut titles: Vec<String> = said.article.iter().cloned().chain(parts).collect();
        // Last the names of sites and bodies, which stand in page titles, too.
        titles.sort_by_key(|title| names_site(title));
        said.titles = titles;
        said
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
    pub(super) fn is_home(&self, url: Option<&Url>) -> bool {
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
fn names_site(title: &str) -> bool {
    const ENDS: [&str; 13] =
        ["网站", "网", "门户", "首页", "平台", "政府", "局", "委员会", "办公室", "办事处", "厅", "中心", "集团"];
    let plain = !title.contains(['关', '《', '“', '，', '、']);
    plain && title.chars().count() < 24 && ENDS.iter().any(|end| title.ends_with(end))
}

/// The page title cut back to its first part.
fn shortest(wanted: &[String]) -> Option<String> {
    let long = wanted.iter().filter(|title| title.chars().count() > 5);
    long.min_by_key(|title| (names_site(title), title.chars().count())).cloned()
}

/// What the page shows.
pub(super) struct Shown<'a> {
    pub(super) dom: &'a Dom<'a>,
    pub(super) lines: &'a Lines,
    pub(super) labels: &'a [Labelled],
    pub(super) crumbs: &'a [String],
    pub(super) kept: &'a Kept,
}

/// A head of the page that might be the title.
struct Head {
    lines: Vec<String>,
    /// Where it stands.
    range: Range<usize>,
    /// What speaks for it before it is looked at: the profile names it, it is a heading.
    base: usize,
    /// Lines of several blocks, which only together can be what the tags say.
    combined: bool,
}

/// The title: a head of the page that agrees with the tags, else the tags', else the most prominent head.
pub(super) fn title(said: &Said, shown: &Shown<'_>, proposed: &[At], trace: &mut Trace) -> Option<Title> {
    let heads = shown.heads(proposed);
    trace.note(|explanation| {
        let looks = heads.iter().map(|head| (head, shown.rank(head))).filter(|&(_, rank)| rank > 0);
        explanation.fields.extend(looks.map(|(head, rank)| FieldCandidate {
            field: "title",
            value: head.lines.concat(),
            origin: format!("head of the page, rank {rank}"),
            chosen: false,
            why: String::new(),
        }));
    });
    let prominent = |least: usize| {
        let ranked = heads.iter().map(|head| (head, shown.rank(head))).filter(|&(_, rank)| rank >= least);
        ranked.max_by_key(|&(_, rank)| rank).map(|(head, _)| head.lines.clone())
    };
    let is_column = |text: &str| shown.crumbs.iter().any(|part| same_letters(part, text));
    let wanted: Vec<String> = said.titles.iter().filter(|title| !is_column(title)).cloned().collect();
    for want in &wanted {
        trace.field("title", want, || "tags".to_owned());
    }
    // A line with the name of a body, as a signature is, is no sign that this is the title.
    let telling: Vec<&String> = wanted.iter().filter(|want| !names_site(want)).collect();
    if let Some(found) = agreeing(&heads, &telling) {
        trace.field("title", &found.lines.concat(), || "head of the page".to_owned());
        trace.choose("title", &found.lines.concat(), "the page shows what its tags say");
        return Some(with_warning(found, said));
    }
    let article = said.article.clone().filter(|title| !is_column(title) && title.chars().count() > 3);
    let labelled = shown.labels.iter().find(|found| found.label == Label::Title && found.value.chars().count() > 5);
    let (lines, why) = if let Some(title) = article {
        (vec![title], "the article's tag; the page shows nothing like it")
    } else if let Some(found) = labelled {
        (vec![found.value.clone()], "labelled")
    } else if let Some(lines) = prominent(3) {
        (lines, "the most prominent head above the body")
    } else if let Some(lines) = prominent(2).filter(|_| shortest(&wanted).is_none_or(|title| names_site(&title))) {
        (lines, "the most prominent head above the body; the tags name the site only")
    } else {
        (vec![shortest(&wanted)?], "the page's tag without the names of column and site")
    };
    trace.field("title", &lines.concat(), || why.to_owned());
    trace.choose("title", &lines.concat(), why);
    Some(with_warning(Title { lines, tags_differ: None }, said))
}

fn with_warning(mut title: Title, said: &Said) -> Title {
    let shown = title.lines.concat();
    title.tags_differ = said.article.clone().filter(|article| !same_letters(article, &shown));
    title
}

/// The head has the letters of a title and no others.
fn says(head: &Head, title: &str) -> bool {
    head.lines.iter().flat_map(|line| letters(line)).eq(title.chars())
}

/// The head that agrees best with one of the wanted titles.
fn agreeing(heads: &[Head], wanted: &[&String]) -> Option<Title> {
    let wanted: Vec<String> = wanted.iter().map(|want| folded(want)).filter(|want| want.chars().count() >= 5).collect();
    wanted.iter().find_map(|want| {
        // How many letters a head has behind those of the tag.
        let rest = |head: &Head| behind(head.lines.iter().flat_map(|line| letters(line)), want).map(Iterator::count);
        let beginning: Vec<(&Head, usize)> = heads.iter().filter_map(|head| Some((head, rest(head)?))).collect();
        // One tag may cut what another says whole.
        let whole = |longer: &String| {
            let more = longer.strip_prefix(want.as_str()).map(|more| more.chars().count()).filter(|&more| more > 0)?;
            beginning.iter().find(|(head, rest)| *rest == more && says(head, longer))
        };
        let equal = wanted.iter().find_map(whole).or_else(|| beginning.iter().find(|(_, rest)| *rest == 0));
        // A tag may be cut: the page's longer line completes it.
        let completes = |head: &Head| !head.combined && !head.lines.iter().any(|line| line.contains('。'));
        let longer = beginning.iter().filter(|(head, _)| want.chars().count() > 14 && completes(head));
        let (head, _) = equal.or_else(|| longer.max_by_key(|(_, rest)| *rest))?;
        Some(Title { lines: head.lines.clone(), tags_differ: None })
    })
}

/// How many lines above the body may belong to the head of an article.
const ABOVE: usize = 24;
/// Most lines of a title.
const MOST: usize = 6;
/// Most characters of one of its lines.
const LONGEST: usize = 200;

impl Shown<'_> {
    /// Headings, elements that the profile names, and the single lines and blocks above the body.
    fn heads(&self, proposed: &[At]) -> Vec<Head> {
        let mut heads = Vec::new();
        for &at in proposed {
            self.push(&mut heads, self.lines.within(at, self.dom.end(at)), 5);
        }
        for at in (0..self.dom.nodes.len()).filter(|&at| self.dom.tag(at) == Some(Tag::Heading)) {
            self.push(&mut heads, self.lines.within(at, self.dom.end(at)), 1);
        }
        let start = self.kept.range.start;
        let mut n = start.saturating_sub(ABOVE);
        let end = (start + 8).min(self.lines.len());
        while n < end {
            let block = self.block(n);
            let same = (n..end).take_while(|&m| self.block(m) == block).count().max(1);
            if same > 1 {
                self.push(&mut heads, n..n + same, 1);
            }
            for m in n..n + same {
                self.push(&mut heads, m..m + 1, 0);
            }
            // A title may be set line by line in blocks of their own.
            self.push(&mut heads, n..(n + 2).min(end), 0);
            self.push(&mut heads, n..(n + 3).min(end), 0);
            n += same;
        }
        heads
    }

    fn block(&self, n: usize) -> At {
        self.lines.all.get(n).map_or(0, |line| line.block)
    }

    fn push(&self, heads: &mut Vec<Head>, range: Range<usize>, base: usize) {
        let long = |n: usize| self.lines.all.get(n).is_none_or(|line| line.chars > LONGEST);
        if range.len() > MOST || range.clone().any(long) {
            return;
        }
        let lines: Vec<String> = range
            .clone()
            .map(|n| without_date(self.lines.text(n)).to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        let linked = range.clone().filter_map(|n| self.lines.all.get(n)).all(|line| line.links * 2 > line.chars);
        if lines.is_empty() || linked && base < 2 {
            return;
        }
        let combined = range.clone().any(|n| self.block(n) != self.block(range.start)) && base == 0;
        let navigates = |n: usize| {
            let line = self.lines.all.get(n).is_some_and(|line| line.links * 2 > line.chars);
            line || self.lines.text(n).starts_with(['>', '＞', '»'])
        };
        if combined && range.clone().any(navigates) {
            return;
        }
        heads.push(Head { lines, range, base, combined });
    }

    /// The line of metadata or the bare day that portals put under a title.
    fn is_metadata(&self, n: usize) -> bool {
        let text = self.lines.text(n);
        let labels = self.lines.labels(n);
        let when = |label| matches!(label, Label::Published | Label::Publisher | Label::Day | Label::Author);
        labels.and_then(LabelLine::first).is_some_and(when)
            || text.len() < 180 && parse_head_day(labels.map_or(text, |labels| labels.before(text)))
    }

    /// How much a head looks like a title; 0 = not at all.
    fn rank(&self, head: &Head) -> usize {
        match self.looks(head.range.end - 1, &head.lines.concat()) {
            looks if looks > 0 && (head.range.len() == 1 || head.base > 0) => head.base + looks,
            _ => 0,
        }
    }

    /// Marks of a title: near above the body, in an element that is called one, of the right length, ending like one.
    fn looks(&self, n: usize, text: &str) -> usize {
        let chars = text.chars().count();
        let strange = !(6..160).contains(&chars)
            || n > self.kept.range.start
            || line_class::is_furniture(text)
            || line_class::is_document_number(text)
            || dates(text).next().is_some_and(|day| day.start == 0 && chars < day.end + 4)
            || LabelLine::read(text, &[]).leads()
            || text.contains(['>', '＞', '|'])
            || text.ends_with(['！', '!', '：', ':', '。'])
            || self.crumbs.iter().any(|part| part == text);
        if strange {
            return 0;
        }
        let near = usize::from(self.kept.range.start - n < 12);
        let named = self.dom.upwards(self.block(n)).take(3).any(|at| {
            self.dom.names(at).any(|value| {
                let lower = value.to_ascii_lowercase();
                ["title", "tit", "bt", "biaoti", "headline"].iter().any(|word| lower.contains(word))
            })
        });
        let ends = ends_like_title(text);
        let headed = (n + 1..n + 4).take_while(|&m| m <= self.kept.range.start).any(|m| self.is_metadata(m));
        near + 2 * usize::from(named) + usize::from(chars >= 12) + 2 * usize::from(ends) + 3 * usize::from(headed)
    }
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
pub(super) fn ends_like_title(text: &str) -> bool {
    let text = text.trim_end_matches(|c| !line_class::is_letter(c));
    let unbracketed = text.rsplit_once(['（', '(']).map_or(text, |(head, _)| head).trim_end_matches(is_blank);
    ENDS.iter().any(|end| text.ends_with(end) || unbracketed.ends_with(end))
}

/// The text begins with a day and goes on with nothing but a time.
fn parse_head_day(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    dates(text).next().is_some_and(|found| found.start == 0 && text.chars().count() - found.end < 4)
}
