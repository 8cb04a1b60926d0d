//! The title: what the page shows, found with the help of what its tags say.

use super::dom::{At, Dom, Tag};
use super::labels::{Label, Labelled};
use super::lines::Lines;
use super::meta::{MetaTags, is_placeholder};
use super::trace::Trace;
use super::trim::folded;
use crate::text::{dates, is_blank};

/// A title and its lines as shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) lines: Vec<String>,
    /// The tags name another or a shorter one.
    pub(super) tags_differ: Option<String>,
}

/// What the tags say of the title.
pub(super) struct Said {
    article: Option<String>,
    page: String,
    site: Option<String>,
    column: Option<String>,
}

impl Said {
    pub(super) fn new(dom: &Dom<'_>, meta: &MetaTags<'_>) -> Self {
        let column = meta.first(&["columnname"]);
        let site = meta.first(&["sitename"]);
        let article = meta
            .first(&["articletitle", "title", "og:title"])
            .filter(|title| !is_placeholder(title) && Some(title) != column.as_ref() && Some(title) != site.as_ref());
        Self { article, page: super::meta::plain(dom.title), site, column }
    }

    /// The titles that the tags may mean, best first: the article's, then the beginnings of the page's.
    pub(super) fn titles(&self) -> Vec<String> {
        let mut titles: Vec<String> = self.article.iter().cloned().collect();
        titles.extend(self.cuts().map(str::to_owned));
        titles
    }

    /// The page title as a whole and cut before each separator, longest first; then what follows the first separator.
    fn cuts(&self) -> impl Iterator<Item = &str> {
        let page = self.page.as_str();
        let separators = page.char_indices().filter(|&(_, c)| "_-|—–－·>»".contains(c)).map(|(at, _)| at);
        let mut ends: Vec<usize> = separators.collect();
        ends.reverse();
        let whole = std::iter::once(page.len());
        let clean = |text: &'_ str| -> bool { !text.is_empty() };
        whole
            .chain(ends)
            .filter_map(move |end| page.get(..end))
            .map(|cut| cut.trim_matches(|c: char| is_blank(c) || "_-|—–－·>»".contains(c)))
            .filter(move |cut| clean(cut))
            .filter(|cut| !self.is_site(cut))
    }

    fn is_site(&self, text: &str) -> bool {
        [&self.site, &self.column].into_iter().flatten().any(|name| folded(name) == folded(text))
    }
}

/// The heads of the page that might be the title: headings, and lines equal to what the tags say.
pub(super) fn title(
    dom: &Dom<'_>,
    lines: &Lines,
    said: &Said,
    proposed: &[At],
    labels: &[Labelled],
    body_start: usize,
    trace: &mut Trace,
) -> Option<Title> {
    let wanted = said.titles();
    let shown = candidates(dom, lines, proposed, body_start);
    for candidate in &shown {
        trace.field("title", &candidate.join(""), || "shown".to_owned());
    }
    if let Some(found) = agreeing(&shown, &wanted) {
        trace.choose("title", &found.lines.concat(), "the page shows what its tags say");
        return Some(with_warning(found, said));
    }
    let labelled = labels.iter().filter(|found| found.label == Label::Title && found.value.chars().count() > 5);
    let labelled = labelled.map(|found| found.value.clone()).next();
    let fallback = said
        .article
        .clone()
        .map(|title| (title, "meta ArticleTitle"))
        .or_else(|| labelled.map(|title| (title, "label")))
        .or_else(|| shown.iter().find(|lines| heading_like(lines)).map(|lines| (lines.concat(), "heading")))
        .or_else(|| said.cuts().last().map(|cut| (cut.to_owned(), "page title")));
    let (text, origin) = fallback?;
    trace.field("title", &text, || origin.to_owned());
    trace.choose("title", &text, "no line of the page agrees with the tags");
    Some(Title { lines: vec![text], tags_differ: None })
}

fn with_warning(mut title: Title, said: &Said) -> Title {
    let shown = folded(&title.lines.concat());
    title.tags_differ = said.article.clone().filter(|article| folded(article) != shown);
    title
}

fn heading_like(lines: &[String]) -> bool {
    let chars = lines.concat().chars().count();
    (8..200).contains(&chars)
}

/// Lines of headings and of single blocks above the end of the page's head, as lists of lines.
fn candidates(dom: &Dom<'_>, lines: &Lines, proposed: &[At], body_start: usize) -> Vec<Vec<String>> {
    let of = |at: At| -> Vec<String> {
        lines.within(at, dom.end(at)).map(|n| without_date(lines.text(n))).filter(|text| !text.is_empty()).collect()
    };
    let mut found: Vec<Vec<String>> = proposed.iter().map(|&at| of(at)).collect();
    let headings = (0..dom.nodes.len()).filter(|&at| dom.tag(at) == Some(Tag::Heading));
    found.extend(headings.map(of).filter(|lines| lines.len() <= 6));
    let mut n = 0;
    let end = (body_start + 8).min(lines.len());
    while n < end {
        let block = lines.lines.get(n).map_or(0, |line| line.block);
        let same = (n..end).take_while(|&m| lines.lines.get(m).is_some_and(|line| line.block == block)).count().max(1);
        if same <= 6 {
            found.push((n..n + same).map(|m| without_date(lines.text(m))).filter(|text| !text.is_empty()).collect());
        }
        for m in n..n + same {
            found.push(vec![without_date(lines.text(m))]);
        }
        n += same;
    }
    found.retain(|lines| !lines.is_empty());
    found
}

/// The candidate that agrees best with one of the wanted titles.
fn agreeing(shown: &[Vec<String>], wanted: &[String]) -> Option<Title> {
    let folded_shown: Vec<String> = shown.iter().map(|lines| folded(&lines.concat())).collect();
    for want in wanted {
        let want = folded(want);
        if want.chars().count() < 5 {
            continue;
        }
        let equal = folded_shown.iter().position(|text| *text == want);
        // A tag may be cut: the page's longer line completes it.
        let longer = || {
            let fits = |text: &&String| text.starts_with(&want) && want.chars().count() > 14;
            let longest = folded_shown.iter().filter(fits).max_by_key(|text| text.len())?;
            folded_shown.iter().position(|text| text == longest)
        };
        if let Some(lines) = equal.or_else(longer).and_then(|n| shown.get(n)) {
            return Some(Title { lines: lines.clone(), tags_differ: None });
        }
    }
    None
}

/// A heading without the date that some templates put behind it.
fn without_date(text: &str) -> String {
    let Some(found) = dates(text).last() else { return text.to_owned() };
    let count = text.chars().count();
    let head: String = text.chars().take(found.start).collect();
    let tail: String = text.chars().skip(found.end).collect();
    let head = head.trim_end_matches(is_blank);
    let bracketed = head.ends_with(['(', '（', '[']) && tail.trim_matches(is_blank).chars().count() <= 1;
    if bracketed && count > 14 {
        head.trim_end_matches(|c: char| is_blank(c) || "(（[".contains(c)).to_owned()
    } else {
        text.to_owned()
    }
}
