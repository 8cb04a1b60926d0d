//! The title: what the page shows, found with the help of what its tags declare.

use super::badges;
use super::declared::{
    DeclaredTitles, SHORTEST_DECLARED, ends_like_title, is_column_or_site, names_site, one_word, shortest,
};
use crate::extract::body::Body;
use crate::extract::explain::{FieldCandidate, Trace};
use crate::extract::rules::TitleRule;
use crate::page::{
    Id as _, Label, Labelled, Line, LineId, NodeId, Span, Tag, View, behind, document_number, folded, letters,
    line_class, same_letters, without_date,
};
use crate::text::is_blank;

/// How many lines above the body, and how many of its first, may belong to the head of an article.
const AROUND: (usize, usize) = (24, 8);
/// Most lines of a title.
const MOST: usize = 6;
/// Most lines of a title that is set line by line in blocks of their own.
const MOST_BLOCKS: usize = 3;
/// Most characters of one of its lines.
const LONGEST: usize = 200;
/// A declared title that is longer may be completed by a head, since tags cut.
const LONG_DECLARED: usize = 14;
/// Fewest characters of the meta tag of the article, and of a label's value, that are taken unseen.
const SHORTEST_UNSEEN: (usize, usize) = (4, 6);

/// A title and its lines as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Title {
    pub(in crate::extract) lines: Vec<String>,
    /// Where it comes from.
    pub(in crate::extract) rule: TitleRule,
    /// The tags name another or a shorter one.
    pub(in crate::extract) tags_differ: Option<String>,
}

/// What a page shows around its body.
pub(in crate::extract) struct Shown<'a> {
    pub(in crate::extract) view: &'a View,
    pub(in crate::extract) body: &'a Body,
    pub(in crate::extract) labels: &'a [Labelled],
    pub(in crate::extract) breadcrumb: &'a [String],
    /// The element that the source file names.
    pub(in crate::extract) named: Option<NodeId>,
}

/// A head of the page that might be the title.
pub(super) struct Head {
    pub(super) lines: Vec<String>,
    /// Where it stands.
    pub(super) span: Span<LineId>,
    /// What speaks for it before it is looked at: the source names it, it is a heading.
    pub(super) base: usize,
    /// Lines of several blocks, which only together can be what the tags declare.
    pub(super) combined: bool,
}

/// The title: a head of the page that agrees with the tags, else the tags', else the most prominent head.
pub(in crate::extract) fn title(declared: &DeclaredTitles, shown: &Shown<'_>, trace: &mut Trace<'_>) -> Option<Title> {
    let heads = shown.heads();
    trace.note(|explanation| {
        let looks = heads.iter().map(|head| (head, shown.rank(head))).filter(|&(_, rank)| rank > 0);
        explanation.fields.extend(looks.map(|(head, rank)| FieldCandidate {
            field: "title",
            value: head.lines.concat(),
            origin: format!("head of the page, rank {rank}"),
            chosen: false,
            rule: None,
        }));
    });
    let is_column = |text: &str| shown.breadcrumb.iter().any(|part| same_letters(part, text));
    let wanted: Vec<String> = declared.titles.iter().filter(|title| !is_column(title)).cloned().collect();
    for want in &wanted {
        trace.field("title", want, || "tags".to_owned());
    }
    let (lines, rule) = chosen(declared, shown, &heads, &wanted, is_column, trace)?;
    let lines = shown.without_break(completed(lines, &declared.titles, shown), &declared.titles);
    let lines = without_number(without_ornaments(lines));
    let text = lines.concat();
    trace.field("title", &text, || rule.to_string());
    trace.choose("title", &text, rule.name());
    let tags_differ = declared.article.clone().filter(|article| !same_letters(article, &text) && !names_site(article));
    Some(Title { lines, rule, tags_differ })
}

/// The title without the number that stands before or behind it on a line of its own; one in brackets belongs to it.
fn without_number(mut lines: Vec<String>) -> Vec<String> {
    let is_number = |line: Option<&String>| {
        line.is_some_and(|line| line.ends_with('号') && document_number::is_document_number(line))
    };
    if lines.len() > 1 && is_number(lines.last()) {
        lines.pop();
    } else if lines.len() > 1 && is_number(lines.first()) {
        lines.remove(0);
    }
    lines
}

/// The title without ■, ★ and their like before and behind it.
fn without_ornaments(lines: Vec<String>) -> Vec<String> {
    const ORNAMENTS: &str = "■□◆◇★☆●▲△▼▽※◎▪◢◣►";
    let is_ornament = |c: char| ORNAMENTS.contains(c) || is_blank(c);
    let bare = |line: &String| line.trim_matches(is_ornament).to_owned();
    if lines.iter().any(|line| bare(line).is_empty()) { lines } else { lines.iter().map(bare).collect() }
}

/// Finds the lines of a title.
type Find<'a> = &'a dyn Fn() -> Option<Vec<String>>;

/// The lines of the title, and where they come from: the first rule that finds some.
fn chosen(
    declared: &DeclaredTitles,
    shown: &Shown<'_>,
    heads: &[Head],
    wanted: &[String],
    is_column: impl Fn(&str) -> bool,
    trace: &Trace<'_>,
) -> Option<(Vec<String>, TitleRule)> {
    let prominent = |least: usize| {
        let ranked = heads.iter().map(|head| (head, shown.rank(head))).filter(|&(_, rank)| rank >= least);
        let found = ranked.max_by_key(|&(head, rank)| (rank, shown.precedence(head)));
        let found = found.map(|(head, _)| shown.with_subtitle(shown.with_other_lines(head, heads), heads));
        let first = |head: &Head| shown.view.lines().first_element(head.span.start).map(str::to_owned);
        found.map(|head| badges::without_column(head.lines.clone(), first(head).as_deref(), shown.breadcrumb))
    };
    let article = || {
        let article = declared.article.clone();
        let is_own = |title: &String| !is_column(title) && !names_site(title);
        article.filter(|title| is_own(title) && title.chars().count() >= SHORTEST_UNSEEN.0)
    };
    let labelled = || {
        let mut labelled = shown.labels.iter().filter(|found| found.label == Label::Title);
        labelled.find(|found| found.value.chars().count() >= SHORTEST_UNSEEN.1).map(|found| found.value.clone())
    };
    let page_tag = || shortest(wanted);
    let names_site_only = || page_tag().is_none();
    // 通知公告-云溪县水利局
    let names_column_only = || names_site_only() || wanted.iter().all(|title| is_column_or_site(title, &is_column));
    let letterhead = wanted.iter().any(|title| document_number::is_letterhead(title))
        && wanted.iter().all(|title| document_number::is_letterhead(title) || names_site(title));
    let rules: [(TitleRule, Find<'_>); 13] = [
        (TitleRule::BodyHead, &|| letterhead.then(|| shown.body_head()).flatten()),
        (TitleRule::Declared, &|| shown.agreeing(heads, wanted).filter(|lines| !shown.heads_column(heads, lines))),
        (TitleRule::HeadBeforeTag, &|| shown.before_tag(heads, &article()?)),
        (TitleRule::ArticleTag, &|| article().map(|title| vec![title])),
        (TitleRule::Label, &|| labelled().map(|title| vec![title])),
        (TitleRule::Short, &|| shown.short(heads, wanted).filter(|lines| !shown.heads_column(heads, lines))),
        (TitleRule::Head, &|| prominent(RANKS.0)),
        (TitleRule::BodyHead, &|| names_column_only().then(|| shown.body_head()).flatten()),
        (TitleRule::InnerLabel, &|| shown.inner_label().map(|title| vec![title])),
        (TitleRule::PagePart, &|| shown.part_of_page(heads, declared)),
        (TitleRule::HeadBesideSite, &|| names_site_only().then(|| prominent(RANKS.1)).flatten()),
        (TitleRule::PageTag, &|| page_tag().map(|title| vec![title])),
        (TitleRule::OneWord, &|| one_word(wanted)),
    ];
    let mut rules = rules.into_iter().filter(|(rule, _)| trace.allows(rule.name()));
    rules.find_map(|(rule, find)| Some((find()?, rule)))
}

/// Least rank of a head that is a title on its own, and of one where the tags name the site only.
const RANKS: (usize, usize) = (5, 4);

/// A title that is cut for display, completed by the tags or by a line of the page that begins with its letters.
fn completed(lines: Vec<String>, declared: &[String], shown: &Shown<'_>) -> Vec<String> {
    let Some(last) = lines.last().filter(|last| is_cut(last)) else {
        return lines;
    };
    let cut = last.trim_end_matches(['…', '⋯', '.', '．']);
    let begin: String = lines.iter().take(lines.len() - 1).map(String::as_str).chain([cut]).collect();
    let begin = folded(&begin);
    let whole = |text: &&str| {
        !is_cut(text)
            && !text.contains('。')
            && behind(letters(text), &begin).is_some_and(|rest| (1..LONGEST).contains(&rest.count()))
    };
    let opening = shown.body.span.iter().take(AROUND.1).map(|n| shown.view.lines().text(n));
    let found = declared
        .iter()
        .map(String::as_str)
        .chain(shown.tips(last))
        .chain(opening)
        .filter(whole)
        .min_by_key(|text| text.len())
        .map(|text| vec![text.to_owned()]);
    if begin.is_empty() { lines } else { found.unwrap_or(lines) }
}

/// Dots say that the text goes on.
fn is_cut(text: &str) -> bool {
    text.ends_with(['…', '⋯']) || text.ends_with("..") || text.ends_with("．．")
}

/// The head has the letters of a title and no others.
pub(super) fn says(head: &Head, title: &str) -> bool {
    head.lines.iter().flat_map(|line| letters(line)).eq(title.chars())
}

/// A whole title with a badge or a button behind it: …的通知 现行有效.
fn is_labelled(head: &str, title: &str) -> bool {
    /// Most characters of what a portal writes behind a title.
    const LONGEST: usize = 14;
    let rest = head.strip_prefix(title).map(|rest| rest.trim_start_matches(is_blank));
    let badge = rest.is_some_and(|rest| {
        rest.chars().count() <= LONGEST && rest.starts_with(|c: char| line_class::is_letter(c) || "[【".contains(c))
    });
    badge && ends_like_title(title) && !ends_like_title(head)
}

impl Shown<'_> {
    /// The head that agrees best with one of the declared titles.
    ///
    /// A line with the name of a body, as a signature is, is no sign that this is the title.
    fn agreeing(&self, heads: &[Head], wanted: &[String]) -> Option<Vec<String>> {
        let telling = wanted.iter().filter(|want| !names_site(want)).map(|want| (want, folded(want)));
        let spelled: Vec<(&String, String)> =
            telling.filter(|(_, want)| want.chars().count() >= SHORTEST_DECLARED).collect();
        let wanted: Vec<&String> = spelled.iter().map(|(_, want)| want).collect();
        spelled.iter().find_map(|(spelled, want)| {
            // How many letters a head has behind those of the tag.
            let rest =
                |head: &Head| behind(head.lines.iter().flat_map(|line| letters(line)), want).map(Iterator::count);
            let beginning: Vec<(&Head, usize)> = heads.iter().filter_map(|head| Some((head, rest(head)?))).collect();
            // One tag may cut what another says whole.
            let whole = |longer: &&String| {
                let more =
                    longer.strip_prefix(want.as_str()).map(|more| more.chars().count()).filter(|&more| more > 0)?;
                beginning.iter().find(|(head, rest)| *rest == more && says(head, longer))
            };
            let equal = wanted.iter().find_map(whole).or_else(|| beginning.iter().find(|(_, rest)| *rest == 0));
            // A tag may be cut: the page's longer line completes it.
            let completes = |head: &Head| !head.combined && !head.lines.iter().any(|line| line.contains('。'));
            let longer = beginning.iter().filter(|(head, _)| want.chars().count() > LONG_DECLARED && completes(head));
            if equal.is_none() && heads.iter().any(|head| self.is_badged(head, spelled)) {
                return Some(vec![(*spelled).clone()]);
            }
            let (head, _) = equal.or_else(|| longer.max_by_key(|(_, rest)| *rest))?;
            let head = self.with_other_lines(head, heads);
            let plain = rest(head).is_some_and(|rest| rest > 0) && is_labelled(&head.lines.concat(), spelled);
            Some(if plain { vec![(*spelled).clone()] } else { head.lines.clone() })
        })
    }

    /// The head is a title with badges beside it.
    fn is_badged(&self, head: &Head, title: &str) -> bool {
        let linked = || self.view.lines().among(head.span).iter().any(|line| line.links > 0);
        !head.combined && badges::is_badged(&head.lines.concat(), title, linked(), self.breadcrumb)
    }

    /// Headings, the element that the source names, and the single lines and blocks above the body.
    fn heads(&self) -> Vec<Head> {
        let (tree, lines) = (&self.view.tree, self.view.lines());
        let mut heads = Vec::new();
        if let Some(at) = self.named {
            self.push(&mut heads, self.view.lines_in(at), NAMED);
        }
        for at in tree.all().iter().filter(|&at| tree.tag(at) == Some(Tag::Heading)) {
            self.push(&mut heads, self.view.lines_in(at), 1);
        }
        let start = self.start();
        let mut n = start - AROUND.0;
        let end = (start + AROUND.1).min(lines.all().end);
        while n < end {
            let block = self.block(n);
            let same = n.to(end).iter().take_while(|&m| self.block(m) == block).count().max(1);
            if same > 1 {
                self.push(&mut heads, n.to(n + same), 1);
            }
            for m in n.to(n + same).iter() {
                self.push(&mut heads, m.to(m + 1), 0);
            }
            for together in 2..=MOST_BLOCKS {
                self.push(&mut heads, n.to((n + together).min(end)), 0);
            }
            n = n + same;
        }
        heads
    }

    /// The first line of the text; the element around it may begin far above, with what is hidden or furniture.
    pub(super) fn start(&self) -> LineId {
        self.body.span.iter().find(|&n| self.body.holds(n)).unwrap_or(self.body.span.start)
    }

    /// What the elements in and around the lines that show a text say of it when pointed at.
    fn tips(&self, text: &str) -> impl Iterator<Item = &str> {
        let (tree, lines) = (&self.view.tree, self.view.lines());
        let end = (self.start() + AROUND.1).min(lines.all().end);
        let shown = (self.start() - AROUND.0).to(end).iter().filter(move |&n| lines.text(n) == text);
        let elements = shown.flat_map(|n| tree.upwards(self.block(n)).take(2).chain(tree.span(self.block(n)).iter()));
        elements.filter_map(|at| tree.attribute(at, "title"))
    }

    /// The title at the head of the body, below a red head or a number.
    fn body_head(&self) -> Option<Vec<String>> {
        let lines = self.view.lines();
        let texts: Vec<&str> = self.body.span.iter().take(AROUND.1).map(|n| lines.text(n)).collect();
        let is_above = |text: &&str| document_number::is_letterhead(text) || document_number::is_document_number(text);
        let above = texts.iter().take_while(|text| is_above(text)).count();
        let title: Vec<&str> = texts.iter().copied().skip(above).take(MOST_BLOCKS).collect();
        let length = (1..=title.len()).find(|&count| title.get(count - 1).is_some_and(|line| ends_like_title(line)))?;
        let title = title.get(..length)?;
        // Without a head above it, the addressee below or the subject tells a title.
        let addressed = texts.get(above + length).is_some_and(|line| line.ends_with(['：', ':']));
        let is_headed = above > 0 || addressed || title.iter().any(|line| line.starts_with("关于"));
        let is_text = |line: &&str| line_class::is_sentence(line) || line.ends_with(['：', ':', '。', '；', '，']);
        let fits = is_headed && !title.iter().any(|line| is_text(line) || line.chars().count() > LONGEST / 2);
        fits.then(|| title.iter().map(|line| (*line).to_owned()).collect())
    }

    /// A title without the blank that stands for a line break: the tags spell it without, or the text breaks there.
    fn without_break(&self, title: Vec<String>, declared: &[String]) -> Vec<String> {
        let [text] = title.as_slice() else { return title };
        if !text.contains(is_blank) {
            return title;
        }
        if let Some(spelled) = declared.iter().find(|other| !other.contains(is_blank) && same_letters(other, text)) {
            return vec![spelled.clone()];
        }
        let lines = self.view.lines();
        let opening: Vec<&str> = self.body.span.iter().take(AROUND.1).map(|n| lines.text(n)).collect();
        let joined = (0..opening.len()).find_map(|from| {
            let broken = (2..=MOST).filter_map(|count| opening.get(from..from + count));
            let mut broken = broken.filter(|lines| lines.iter().all(|line| !line.contains(is_blank)));
            broken.find(|lines| same_letters(&lines.concat(), text))
        });
        joined.map_or_else(|| title.clone(), |lines| vec![lines.concat()])
    }

    pub(super) fn block(&self, n: LineId) -> NodeId {
        self.view.lines().get(n).map_or(NodeId::ROOT, |line| line.block)
    }

    fn push(&self, heads: &mut Vec<Head>, span: Span<LineId>, base: usize) {
        let lines = self.view.lines();
        let among = lines.among(span);
        if span.len() > MOST || among.len() < span.len() || among.iter().any(|line| line.chars > LONGEST) {
            return;
        }
        // Beside a heading stands what a portal says of the page; beside other lines it may be all that they say.
        let is_heading = |n: LineId| self.view.tree.tag(self.block(n)) == Some(Tag::Heading);
        let said = |n: LineId| if is_heading(n) { lines.headline(n) } else { lines.text(n) };
        // Below the first line stands what is no part of a title as a whole.
        // A line that begins with a label, or has none and no bracket or number at its end, holds no title and metadata.
        let holds_both = |n: LineId| match lines.labels(n) {
            Some(labels) => !labels.leads(),
            None => lines.text(n).ends_with(badges::ends_metadata),
        };
        let is_cut = |n: LineId| n == span.start && (is_heading(n) || holds_both(n));
        let own = |n: LineId| if is_cut(n) { badges::without_metadata(said(n)) } else { said(n) };
        let texts = span.iter().map(|n| without_date(own(n)).to_owned()).filter(|text| !text.is_empty());
        let texts: Vec<String> = texts.collect();
        // A main heading may lead to the page itself.
        let main = || base > 0 && matches!(self.view.tree.name(self.block(span.start)), "h1" | "h2");
        if texts.is_empty() || among.iter().all(Line::is_linked) && base < NAMED && !main() {
            return;
        }
        let combined = span.iter().any(|n| self.block(n) != self.block(span.start)) && base == 0;
        let navigates = |n: LineId| lines[n].is_linked() || lines.text(n).starts_with(['>', '＞', '»']);
        if combined && span.iter().any(navigates) {
            return;
        }
        heads.push(Head { lines: texts, span, base, combined });
    }
}

/// What speaks for the element that the source names.
const NAMED: usize = 5;
