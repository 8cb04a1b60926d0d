//! Markup → [`Document`]: the steps in their order.

use url::Url;

use super::body::{self, Body, Found, Grids};
use super::embedded::embedded_text;
use super::explain::Trace;
use super::fields::{self, Around, DeclaredTitles, Shown, Sources, title};
use super::files;
use super::json;
use super::page_type::{Declared, Evidence, is_wall};
use super::rules::{PageRule, TitleRule};
use super::shell;
use super::{Content, Rules};
use crate::model::{DayOrigin, Document, Page, Reason, Reject, Stage, Warning, WarningCode};
use crate::page::line_class;
use crate::page::{
    Id as _, Label, LabelLine, Labelled, Line, LineId, Lines, MetaTags, NodeId, Span, View, behind, breadcrumb,
    declared_in_markup, family, folded, labelled, letters, posted, without_title,
};

/// So many lines in the element of the body may stand above its text.
const DROPPED: usize = 40;
/// So many lines up to the last of the title are looked at for its number.
const ABOVE: usize = 4;
/// First lines of the body that may hold a 发文字号.
const OPENING: usize = 8;
/// How far above the body its title is looked for, and how many lines are its head if the title is not there.
const HEAD: (usize, usize) = (40, 6);

/// The article of a page: shown, or kept for a script to show.
pub(super) fn document(view: &View, rules: Rules<'_>, trace: &mut Trace<'_>) -> Result<Content, Reject> {
    let visible = visible(view);
    if trace.allows(PageRule::Wall.name())
        && (is_wall(view, visible) || visible == 0 && shell::is_challenge(&view.tree))
    {
        trace.hits(PageRule::Wall.name(), 1);
        return Err(Reject { stage: Stage::Extract, reason: Reason::Wall });
    }
    let declared = DeclaredTitles::new(view);
    let titles: Vec<String> =
        declared.titles.iter().map(|title| folded(title)).filter(|title| !title.is_empty()).collect();
    let article = Article { view, declared, titles, visible };
    let found = body::read(view, &article.titles, rules, trace);
    let result = article.document(view, found, rules, trace);
    match &result {
        Ok(Content::Article(_)) => return result,
        Err(reject) if !is_bodiless(reject.reason) => return result,
        _ => {}
    }
    if let Some(state) = json::of_state(view) {
        // What a script would show may be no article either; then the files of the page are.
        let shown = document(&view.fragment(state), rules, trace);
        return if shown.is_err() && result.is_ok() { result } else { shown };
    }
    let Some(text) = embedded_text(view) else { return result };
    let embedded = view.fragment(text);
    let found = body::read(&embedded, &article.titles, Rules { article: Rules::default().article, ..rules }, trace);
    let shown = article.document(&embedded, found, rules, trace);
    if shown.is_err() && result.is_ok() { result } else { shown }
}

/// Characters of a page that are seen and no links.
fn visible(view: &View) -> usize {
    let lines = view.lines();
    lines.among(lines.all()).iter().filter(|line| !line.style.hidden).map(Line::plain).sum()
}

/// There may be a body that only a script shows.
fn is_bodiless(reason: Reason) -> bool {
    use Reason::{AttachmentOnly, List, NoArticle, ScriptOnly, Search};
    matches!(reason, NoArticle | ScriptOnly | AttachmentOnly | List | Search)
}

/// What is known of a page before its body is.
struct Article<'a> {
    view: &'a View,
    declared: DeclaredTitles,
    /// The letters of the declared titles.
    titles: Vec<String>,
    /// Characters of the page that are no links.
    visible: usize,
}

impl Article<'_> {
    /// The document with a body that was found in the page itself, or in a text that the page keeps for a script.
    fn document(&self, inner: &View, found: Found, rules: Rules<'_>, trace: &mut Trace<'_>) -> Result<Content, Reject> {
        let view = self.view;
        let (lines, meta) = (view.lines(), &view.meta);
        let Found { body, blocks, warnings, weight, grids, title: anchor, foot } = found;
        let is_embedded = !std::ptr::eq(view, inner);
        // What the foot says is of the site: 最后更新时间：, 当前位置：.
        let (behind, foot) = (Body::none(view), if is_embedded { lines.all().end } else { foot });
        let shown_body = if is_embedded { &behind } else { &body };
        let outside = |n: LineId| !shown_body.holds(n) && n < foot;
        let mut labels = labels(view, outside);
        let breadcrumb = breadcrumb(view, &self.titles, outside);
        let named = rules.article.title.as_ref().and_then(|selector| view.tree.select(selector).next());

        let mut document = Document { profile: family::of_article(view).map(str::to_owned), ..Document::default() };
        let shown = Shown { view, body: shown_body, labels: &labels, breadcrumb: &breadcrumb, named };
        let mut title = title(&self.declared, &shown, trace);
        if is_embedded {
            // What the text keeps for itself is as good as what the page shows.
            let inside = labelled(inner, inner.lines().all().iter().filter(|&n| !body.holds(n)));
            let shown = Shown { view: inner, body: &body, labels: &inside, breadcrumb: &breadcrumb, named: None };
            let agrees = fields::title(&self.declared, &shown, trace).filter(|title| title.rule == TitleRule::Declared);
            if title.as_ref().is_none_or(|title| title.rule != TitleRule::Declared) {
                title = agrees.or(title);
            }
            labels.extend(inside.into_iter().map(|found| Labelled { beside: Span::empty(), ..found }));
        }
        let evident = title.as_ref().map(TitleEvidence::of).unwrap_or_default();
        if let Some(title) = title {
            document.title = Some(title.lines.concat());
            document.title_lines = title.lines;
            let differs = title.tags_differ.map(|tagged| Warning::of_document(WarningCode::MetaTitle, tagged));
            document.warnings.extend(differs);
        }
        document.breadcrumb = without_title(breadcrumb, document.title.as_deref());
        document.attachments = files::attachments(inner, body.element, view.page.url.as_ref());
        let head = head(view, document.title_lines.last(), shown_body);
        let opening = opening(view, inner, head, (&body, &grids));
        let beside = |n: LineId| labels.iter().any(|found| found.beside.contains(n));
        let above = Some(head.start - 1).filter(|&n| !beside(n) && shows_day(lines, n)).map(|n| lines.text(n));
        let times = times(view, head.start, shown_body);
        let (around, dropped, url) = (around(view, head, shown_body), dropped(inner, &body), view.page.url.as_ref());
        let head = head.iter().filter(|&n| !beside(n)).map(|n| first_said(lines, n)).collect();
        let sources = Sources { labels: &labels, meta, head, above, around, opening, dropped, times, url };
        fields::fill(&sources, &mut document, trace);
        document.site_code = meta.first(&["siteidcode"]);

        let evidence = Evidence {
            view: inner,
            body: &body,
            blocks: &blocks,
            visible: self.visible + if is_embedded { visible(inner) } else { 0 },
            heads: &[document.title.as_deref().unwrap_or_default(), view.tree.title()],
            tagged: meta.first(&["articletitle"]).is_some(),
            declared: declared(meta, &labels, document.published_from, evident),
            dated: document.published_from == Some(DayOrigin::Page),
            article: article_nodes(inner, document.title_lines.last(), anchor, &body),
            is_home: self.declared.is_home(view.page.url.as_ref()),
            weight,
        };
        if let Some(reason) = evidence.reason(trace) {
            return instead(reason, inner, evidence.article, document, view.page.url.as_ref());
        }
        document.blocks = blocks;
        document.warnings.extend(warnings.into_iter().chain(charset_mismatch(&view.page)));
        Ok(Content::Article(document))
    }
}

/// What a page is that is no article for this reason: the files that stand in its place, if they are told.
fn instead(
    reason: Reason,
    view: &View,
    article: Span<NodeId>,
    mut document: Document,
    url: Option<&Url>,
) -> Result<Content, Reject> {
    if reason == Reason::AttachmentOnly {
        files::complete(view, article, &mut document.attachments, url);
        if !document.attachments.is_empty() {
            return Ok(Content::Files(document));
        }
    }
    Err(Reject { stage: Stage::Extract, reason })
}

/// What a title tells of the page.
#[derive(Debug, Clone, Copy, Default)]
struct TitleEvidence {
    seen: Seen,
    /// It is shown as the tags name it, and ends as those of documents do.
    of_document: bool,
    /// The tags name a headline.
    headline: bool,
}

/// Where the page shows its title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Seen {
    #[default]
    Nowhere,
    /// A headline at the head of the page, whatever the tags name.
    AtHead,
    /// As the tags name it.
    AsDeclared,
}

impl TitleEvidence {
    fn of(title: &fields::Title) -> Self {
        let headline = is_headline(title);
        let seen = match title.rule {
            TitleRule::Declared | TitleRule::Short => Seen::AsDeclared,
            TitleRule::Head | TitleRule::HeadBesideSite if headline => Seen::AtHead,
            _ => Seen::Nowhere,
        };
        let is_shown = seen == Seen::AsDeclared;
        Self {
            seen,
            of_document: is_shown && fields::ends_like_title(&title.lines.concat()),
            headline: headline && (is_shown || title.rule == TitleRule::PageTag),
        }
    }
}

/// A title that names more than a site and a column.
fn is_headline(title: &fields::Title) -> bool {
    /// Fewest characters of a headline, and of one that ends like the name of a column: 招聘公示.
    const SHORTEST: (usize, usize) = (8, 12);
    let text = title.lines.concat();
    let least = if line_class::names_list(&text) { SHORTEST.1 } else { SHORTEST.0 };
    text.chars().count() >= least && !fields::names_site(&text)
}

/// What tells that a page is one of an article.
fn declared(meta: &MetaTags, labels: &[Labelled], day: Option<DayOrigin>, title: TitleEvidence) -> Declared {
    let TitleEvidence { seen, of_document, headline } = title;
    let dated = match seen {
        Seen::Nowhere => false,
        Seen::AtHead => day == Some(DayOrigin::Page),
        Seen::AsDeclared => day.is_some(),
    };
    match meta.first(&["articletitle", "pubdate"]).is_some() || declares(labels, day.is_some(), of_document) {
        true => Declared::Whole,
        false if of_document || headline || dated => Declared::Title,
        false => Declared::Nothing,
    }
}

/// The labels of an article: of its publication or its index, or a source beside a day or the title of a document.
fn declares(labels: &[Labelled], dated: bool, titled: bool) -> bool {
    labels.iter().any(|found| match found.label {
        Label::Published | Label::Index => true,
        Label::Publisher => dated || titled,
        Label::Day => dated,
        _ => false,
    })
}

/// The nodes from the title, if it is shown, to where the article ends: tools, the way to the next one, legal lines.
fn article_nodes(view: &View, title: Option<&String>, anchor: Option<LineId>, body: &Body) -> Span<NodeId> {
    let lines = view.lines();
    let start = title_line(view, title, body).or(anchor);
    let below = start.map_or(body.span.end, |start| body.span.end.max(start + 1));
    let end = below.to(lines.all().end).iter().find(|&n| line_class::ends_article(lines.text(n)));
    let end = end.and_then(|n| lines.get(n)).map_or(view.tree.all().end, |line| line.first);
    start.and_then(|start| lines.get(start)).map_or(NodeId::ROOT, |line| line.first).to(end)
}

/// The lines between the title and the body; a few lines if the title is not shown.
fn head(view: &View, title: Option<&String>, body: &Body) -> Span<LineId> {
    let end = body.span.start;
    title_line(view, title, body).unwrap_or(end - HEAD.1).to(end)
}

/// The labels of the lines outside of the text. What is hidden is of this page only where nothing is shown: it may be a
/// template, or of another.
fn labels(view: &View, outside: impl Fn(LineId) -> bool) -> Vec<Labelled> {
    let lines = view.lines();
    let is_hidden = |n: &LineId| lines[*n].style.hidden;
    let (hidden, shown): (Vec<LineId>, Vec<LineId>) = lines.all().iter().filter(|&n| outside(n)).partition(is_hidden);
    labelled(view, shown.into_iter().chain(hidden))
}

/// The lines that may be the number of the document: from the title to the first of the body, and, as on the sheet, above
/// the title.
fn opening<'a>(view: &'a View, inner: &'a View, head: Span<LineId>, (body, grids): (&Body, &Grids)) -> Vec<&'a str> {
    let text = |n: LineId| view.lines().text(n);
    let said = inner.lines();
    // What follows those who are written to, or a lead to a list, cites the numbers of others.
    let leads = |n: LineId| said.text(n).ends_with(['：', ':']) && !said.labels(n).is_some_and(LabelLine::leads);
    let before = body.span.iter().take(OPENING).scan(false, |is_led, n| {
        let is_before = !*is_led;
        *is_led |= leads(n);
        is_before.then_some(n)
    });
    // So may a table of data, and a link.
    let own = before.filter(|&n| !grids.hold_data(n) && !said.get(n).is_some_and(Line::is_linked));
    let first = own.map(|n| said.text(n));
    head.iter().map(text).chain(first).chain((head.start - ABOVE).to(head.start).iter().map(text)).collect()
}

/// The lines of the head and those right beside title and body, as they stand in the page.
fn around<'a>(view: &'a View, head: Span<LineId>, body: &Body) -> Around<'a> {
    /// So many lines above the title and below the body.
    const LINES: usize = 2;
    let lines = view.lines();
    let below = body.span.end.to((body.span.end + LINES).min(lines.all().end));
    let below = below.iter().take_while(|&n| lines.get(n).is_some_and(|line| line.links == 0));
    Around {
        head: (head.start - LINES).to(head.end).iter().map(|n| lines.text(n)).collect(),
        named: head.iter().filter(|&n| lines[n].links == 0).filter_map(|n| lines.day_and_name(n)).collect(),
        below: below.map(|n| lines.text(n)).collect(),
    }
}

/// A line shows a day; in a table above the title the last cell may hold that of something else: 失效日期.
fn shows_day(lines: &Lines, n: LineId) -> bool {
    let said = lines.text(n - 1).trim_end_matches(['：', ':']);
    let named = ["日期", "时间", "期至"].iter().any(|end| said.ends_with(end));
    !named && posted(lines.text(n)).is_some()
}

/// A line, or the day that it begins with where only boxes part what stands in it.
fn first_said(lines: &Lines, n: LineId) -> &str {
    lines.leading_day(n).unwrap_or_else(|| lines.text(n))
}

/// The first lines in the element of the body that are no part of it.
fn dropped<'a>(view: &'a View, body: &Body) -> Vec<&'a str> {
    let first = body.span.iter().take(DROPPED);
    first.filter(|&n| !body.holds(n)).map(|n| first_said(view.lines(), n)).collect()
}

/// The attributes of the times between a line and the text.
fn times<'a>(view: &'a View, from: LineId, body: &Body) -> Vec<&'a str> {
    let (tree, lines) = (&view.tree, view.lines());
    let text = body.span.iter().find(|&n| body.holds(n)).unwrap_or(body.span.start);
    let node = |n: LineId| lines.get(n).map_or(tree.all().end, |line| line.first);
    let times = node(from).to(node(text)).iter().filter(|&at| tree.name(at) == "time");
    times.filter_map(|at| tree.attribute(at, "datetime")).collect()
}

/// The line above the body that shows the title.
fn title_line(view: &View, title: Option<&String>, body: &Body) -> Option<LineId> {
    let title = title.map(|title| folded(title)).unwrap_or_default();
    let end = body.span.start;
    let starts = |&n: &LineId| !title.is_empty() && behind(letters(view.lines().text(n)), &title).is_some();
    (end - HEAD.0).to(end).iter().rev().find(starts)
}

/// The page declares an encoding in which its bytes are not written.
fn charset_mismatch(page: &Page) -> Option<Warning> {
    let declared = declared_in_markup(page.text.as_bytes())?.name();
    let same = declared == page.charset || declared == "GBK" && page.charset == "gb18030";
    let detail = || format!("declared {declared}, is {}", page.charset);
    (!same).then(|| Warning::of_document(WarningCode::CharsetMismatch, detail()))
}
