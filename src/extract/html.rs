//! Markup → [`Document`]: the steps in their order.

use std::collections::HashSet;

use url::Url;

use super::Rules;
use super::blocks::blocks;
use super::choose;
use super::families::Families;
use super::fields::Sources;
use super::labelled::labelled;
use super::locate::{Scale, Weights};
use super::refuse::{Found, is_wall};
use super::stored::stored_text;
use super::title::{Said, Shown, title};
use super::trace::Trace;
use super::trim::{Kept, trim};
use crate::model::{Attachment, Document, Page, Reason, Reject, Stage, Warning, WarningCode};
use crate::page::line_class::{is_file_address, is_file_name};
use crate::page::{
    At, Dom, Label, Labelled, Lines, MetaTags, Tag, behind, breadcrumb, declared_in_markup, folded, letters,
    parse_html, without_title,
};
use crate::text::clean_line;

/// Running text below which hidden parts of a page are looked at, too.
const LITTLE: f64 = 120.0;

/// Most files of one article.
const MOST_FILES: usize = 500;

pub(super) fn document(page: &Page, rules: Rules<'_>, trace: &mut Trace) -> Result<Document, Reject> {
    let html = parse_html(&page.text);
    let dom = Dom::new(&html);
    let result = shown(page, &dom, rules, trace);
    let bodiless = result.as_ref().is_err_and(|reject| {
        matches!(
            reject.reason,
            Reason::NoArticle | Reason::ScriptOnly | Reason::AttachmentOnly | Reason::List | Reason::Search
        )
    });
    let Some(stored) = bodiless.then(|| stored_text(&dom)).flatten() else { return result };
    let text = format!("{}<div>{stored}</div>", page.text);
    let html = parse_html(&text);
    shown(&Page { text, ..page.clone() }, &Dom::new(&html), rules, trace)
}

/// The article that the page shows.
fn shown(page: &Page, dom: &Dom<'_>, rules: Rules<'_>, trace: &mut Trace) -> Result<Document, Reject> {
    let reject = |reason| Reject { stage: Stage::Extract, reason };
    let lines = Lines::new(dom);
    let visible: usize = lines.all.iter().filter(|line| !line.style.hidden).map(|line| line.chars - line.links).sum();
    if is_wall(&page.text, visible) {
        return Err(reject(Reason::Wall));
    }
    let meta = MetaTags::new(dom);
    let said = Said::new(dom, &meta);
    let families = Families::new(dom, page.url.as_ref(), rules.profiles, rules.choice);
    trace.note(|explanation| explanation.profiles.clone_from(&families.marks));

    let titles: Vec<String> = said.titles.iter().map(|title| folded(title)).filter(|title| !title.is_empty()).collect();
    let (weights, hidden) = weights(&lines, dom, &titles);
    let body = choose::body(dom, &lines, &weights, &families, rules.article.body.as_ref(), trace);
    let hidden = hidden || dom.nodes.get(body).is_some_and(|node| node.style.hidden);
    let removed = removed(dom, &families, rules);
    let kept = trim(dom, &lines, body, &removed, &titles, &weights, hidden);
    let outside = |n: usize| kept.flags.get(n) == Some(&false);
    let labels = labelled(dom, &lines, (0..lines.len()).filter(|&n| outside(n)));
    let (blocks, odd) = blocks(dom, &lines, body, &kept);

    let mut document = Document { profile: families.id.clone(), ..Document::default() };
    let proposed: Vec<At> = title_elements(dom, &families, rules);
    let crumbs = breadcrumb(dom, &lines, &titles, outside);
    let view = Shown { dom, lines: &lines, labels: &labels, crumbs: &crumbs, kept: &kept };
    let title = title(&said, &view, &proposed, trace);
    if let Some(title) = title {
        document.title = Some(title.lines.concat());
        document.title_lines = title.lines;
        let differs = title.tags_differ.map(|tagged| Warning::of_document(WarningCode::MetaTitle, tagged));
        document.warnings.extend(differs);
    }
    document.breadcrumb = without_title(crumbs, document.title.as_deref());
    let head = head(&lines, document.title_lines.last(), &kept);
    let opening = head.clone().chain(kept.range.clone().take(8)).map(|n| lines.text(n)).collect();
    let labelled = |n: &usize| labels.iter().any(|found| found.beside.contains(n));
    let head = head.filter(|n| !labelled(n)).map(|n| lines.text(n)).collect();
    document.attachments = attachments(dom, body, page.url.as_ref());
    Sources { labels: &labels, meta: &meta, head, opening, url: page.url.as_ref() }.fill(&mut document, trace);
    document.site_code = meta.first(&["siteidcode"]);
    trace.note(|explanation| explanation.dropped.clone_from(&kept.dropped));

    let found = Found {
        dom,
        body,
        blocks: &blocks,
        visible,
        heads: &[document.title.clone().unwrap_or_default(), dom.title.to_owned()],
        lines: &lines,
        tagged: meta.first(&["articletitle"]).is_some(),
        declared: meta.first(&["articletitle", "pubdate"]).is_some() || declares(&labels, document.published.is_some()),
        is_home: said.is_home(page.url.as_ref()),
        weight: weights.of(&kept.range),
        links: link_share(&lines, dom, body),
    };
    if let Some(reason) = found.reason() {
        return Err(reject(reason));
    }
    document.blocks = blocks;
    document.warnings.extend(odd);
    document.warnings.extend(charset_mismatch(page));
    Ok(document)
}

/// The labels of an article: of its publication or its index, or a source beside a day.
fn declares(labels: &[Labelled], dated: bool) -> bool {
    labels.iter().any(|found| match found.label {
        Label::Published | Label::Index => true,
        Label::Publisher => dated,
        _ => false,
    })
}

/// How much of what stands in an element is the text of links.
fn link_share(lines: &Lines, dom: &Dom<'_>, element: At) -> f64 {
    let inside = lines.all.get(lines.within(element, dom.end(element))).unwrap_or_default();
    share(inside.iter().map(|line| line.links).sum(), inside.iter().map(|line| line.chars).sum())
}

#[expect(clippy::cast_precision_loss, reason = "a page has far less than 2^52 characters")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The weights of the sentences shown; if there are none, of those that a script may show, else of bare words.
fn weights(lines: &Lines, dom: &Dom<'_>, titles: &[String]) -> (Weights, bool) {
    let weights = |scale| Weights::new(dom, lines, titles, scale);
    let shown = weights(Scale::Sentences);
    if shown.holds_sentence(lines) || shown.of(&(0..lines.len())) >= LITTLE {
        return (shown, false);
    }
    if lines.all.iter().any(|line| line.style.hidden && line.is_sentence) {
        return (weights(Scale::Hidden), true);
    }
    (weights(Scale::Words), false)
}

fn removed(dom: &Dom<'_>, families: &Families, rules: Rules<'_>) -> Vec<(At, At)> {
    let mut removed: Vec<(At, At)> = families.removed.iter().map(|&at| (at, dom.end(at))).collect();
    if let Some(selector) = &rules.article.remove {
        let ids: HashSet<_> = dom.html.select(selector).map(|element| element.id()).collect();
        let places = dom.nodes.iter().enumerate().filter(|(_, node)| ids.contains(&node.id));
        removed.extend(places.map(|(at, node)| (at, node.end)));
    }
    removed
}

fn title_elements(dom: &Dom<'_>, families: &Families, rules: Rules<'_>) -> Vec<At> {
    let named = rules.article.title.as_ref().and_then(|selector| choose::selected(dom, selector));
    named.into_iter().chain(families.titles.iter().copied()).collect()
}

/// The lines between the title and the body; a few lines if the title is not shown.
fn head(lines: &Lines, title: Option<&String>, kept: &Kept) -> std::ops::Range<usize> {
    let title = title.map(|title| folded(title)).unwrap_or_default();
    let end = kept.range.start;
    let starts = |n: &usize| !title.is_empty() && behind(letters(lines.text(*n)), &title).is_some();
    (end.saturating_sub(40)..end).rev().find(starts).unwrap_or(end.saturating_sub(6))..end
}

fn attachments(dom: &Dom<'_>, body: At, base: Option<&Url>) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    let Some(base) = base else { return found };
    // Portals put the list of files beside the body; a parent that holds much more is the page.
    let size = |at: At| dom.end(at) - at;
    let near = dom.upwards(body).take(4).take_while(|&at| size(at) < size(body) * 3 + 60).last().unwrap_or(body);
    for at in near..dom.end(near) {
        if found.len() == MOST_FILES {
            break;
        }
        let Some(href) = (dom.tag(at) == Some(Tag::Link)).then(|| dom.attribute(at, "href")).flatten() else {
            continue;
        };
        let name = clean_line(&dom.text(at..dom.end(at)));
        if !(is_file_address(href) || is_file_name(&name)) || href.starts_with("javascript") {
            continue;
        }
        let Ok(url) = base.join(href.trim()) else { continue };
        let name = if name.is_empty() { dom.attribute(at, "title").unwrap_or(href).to_owned() } else { name };
        if matches!(url.scheme(), "http" | "https") && found.iter().all(|known| known.url != url) {
            found.push(Attachment { name, url });
        }
    }
    found
}

/// The page declares an encoding in which its bytes are not written.
fn charset_mismatch(page: &Page) -> Option<Warning> {
    let declared = declared_in_markup(page.text.as_bytes())?.name();
    let same = declared == page.charset || declared == "GBK" && page.charset == "gb18030";
    let detail = || format!("declared {declared}, is {}", page.charset);
    (!same).then(|| Warning::of_document(WarningCode::CharsetMismatch, detail()))
}
