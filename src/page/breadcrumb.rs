//! The breadcrumb: 当前位置：首页 > 政务公开 > 法治政府建设.

use std::ops::Range;

use super::label::{Label, LabelLine};
use super::letters::{folded, same_letters};
use super::line_class::is_furniture;
use super::lines::{Line, Lines};
use super::tag::Tag;
use super::tree::{At, Dom, Kind};
use crate::text::{clean_line, is_blank};

/// Characters between the parts.
const SEPARATORS: &[char] =
    &['>', '＞', '»', '›', '→', '/', '\\', '|', '｜', '-', '—', '–', '·', '▶', '»', '〉', '》', '\u{e602}'];
/// Those of them that stand between columns and seldom elsewhere.
const ARROWS: &[char] = &['>', '＞', '»', '›', '→', '▶', '〉'];
/// Ids and classes of the element that holds it.
const NAMES: &[&str] = &[
    "crumb",
    "crumbs",
    "breadcrumb",
    "breadcrumbs",
    "bread",
    "position",
    "location",
    "path",
    "dqwz",
    "wz",
    "weizhi",
    "mbx",
    "place",
    "currentpath",
    "dangqian",
    "addr",
    "curpos",
];
/// Last parts that name no column.
const LEAVES: &[&str] = &[
    "正文",
    "内容",
    "详情",
    "详细",
    "文章内容",
    "内容页",
    "浏览文章",
    "信息内容",
    "查看内容",
    "列表",
    "文章",
    "信息浏览",
    "详细内容",
    "内容详情",
    "正文内容",
];

/// The parts, outermost first, without the title.
pub(crate) fn breadcrumb(
    dom: &Dom<'_>,
    lines: &Lines,
    titles: &[String],
    outside: impl Fn(usize) -> bool,
) -> Vec<String> {
    let labelled = (0..lines.len()).filter(|&n| outside(n)).find_map(|n| by_label(dom, lines, n));
    let parts = labelled.or_else(|| by_name(dom)).or_else(|| by_form(dom, lines, &outside)).unwrap_or_default();
    let parts = before_title(lines, titles, parts);
    before_leaf(parts.into_iter().map(|part| part.text).collect())
}

/// The parts without a title behind the links, told by what the tags say or by standing on the page once more.
fn before_title(lines: &Lines, titles: &[String], mut parts: Vec<Part>) -> Vec<Part> {
    let Some(last) = parts.last().filter(|last| !last.linked && last.text.chars().count() > 7) else { return parts };
    let said = folded(&last.text);
    let alone = |n: usize| lines.all.get(n).is_some_and(|line| line.links * 2 < line.chars);
    let shown = || (0..lines.len()).any(|n| alone(n) && same_letters(lines.text(n), &last.text));
    let long = last.text.chars().count() > 20;
    if parts.iter().any(|part| part.linked) && (long || titles.iter().any(|title| title.starts_with(&said)) || shown())
    {
        parts.pop();
    }
    parts
}

/// A part, and whether it is a link.
struct Part {
    text: String,
    linked: bool,
}

/// The breadcrumb of a line of plain text.
pub(crate) fn in_text(line: &str) -> Option<Vec<String>> {
    let found = LabelLine::read(line, &[]);
    let parts = match found.first() {
        Some(Label::Position) => {
            split(line.split_once([':', '：']).map_or(line, |(_, rest)| rest), SEPARATORS).collect()
        }
        _ if line.matches(ARROWS).count() > 1 && line.contains("首页") => split(line, SEPARATORS).collect(),
        _ => return None,
    };
    Some(before_leaf(parts))
}

/// The parts up to one that names no column.
fn before_leaf(parts: Vec<String>) -> Vec<String> {
    let leaf = parts
        .iter()
        .position(|part| LEAVES.contains(&part.as_str()) || is_furniture(part) || part.starts_with(['【', '[']));
    parts.into_iter().take(leaf.unwrap_or(usize::MAX)).collect()
}

fn by_label(dom: &Dom<'_>, lines: &Lines, n: usize) -> Option<Vec<Part>> {
    lines.labels(n).filter(|labels| labels.first() == Some(Label::Position))?;
    let line = lines.all.get(n)?;
    let block = line.block;
    let labelled = |nodes: Range<At>| {
        let parts = parts(dom, nodes);
        let label = |part: &Part| LabelLine::read(&part.text, &[]).first() == Some(Label::Position);
        let cut = parts.iter().position(label)?;
        let first = parts.get(cut)?;
        let rest = first.text.split_once([':', '：']).map_or("", |(_, rest)| rest);
        let mut after: Vec<Part> = split(rest, SEPARATORS).map(unlinked).collect();
        after.extend(parts.into_iter().skip(cut + 1));
        Some(after)
    };
    let alone = labelled(own(dom, line)).filter(|parts| parts.len() > 1);
    alone.or_else(|| {
        dom.upwards(block)
            .take(4)
            .filter(|&at| dom.end(at) - at < 120)
            .find_map(|at| labelled(at..dom.end(at)).filter(|parts| parts.len() > 1 || parts.len() == 1 && at != block))
    })
}

fn by_name(dom: &Dom<'_>) -> Option<Vec<Part>> {
    (0..dom.nodes.len()).find_map(|at| {
        let (tag, _) = dom.element(at)?;
        if !tag.breaks() || dom.end(at) - at > 120 {
            return None;
        }
        let named = dom.names(at).any(|value| {
            let lower = value.to_ascii_lowercase();
            let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
            words
                .any(|word| NAMES.contains(&word) || ["crumb", "weizhi", "dqwz"].iter().any(|name| word.contains(name)))
        });
        let parts = if named { parts(dom, at..dom.end(at)) } else { return None };
        let linked = (at..dom.end(at)).filter(|&at| dom.tag(at) == Some(Tag::Link)).count();
        (linked > 0 && parts.len() > 1 && parts.iter().all(|part| part.text.chars().count() < 60)).then_some(parts)
    })
}

/// A line that begins with 首页 and goes on with arrows, or has several arrows between links.
fn by_form(dom: &Dom<'_>, lines: &Lines, outside: impl Fn(usize) -> bool) -> Option<Vec<Part>> {
    let arrows = |text: &str| text.matches(ARROWS).count();
    let home = |text: &str| {
        let head: String = text.split(ARROWS).next().unwrap_or_default().chars().filter(|&c| !is_blank(c)).collect();
        head.ends_with("首页") && head.chars().count() < 12
    };
    let starts = (0..lines.len()).filter(|&n| outside(n) && home(lines.text(n)));
    let starts: Vec<usize> = starts.take(12).collect();
    let alone = starts.iter().filter(|&&n| arrows(lines.text(n)) > 1).find_map(|&n| {
        let parts = parts(dom, own(dom, lines.all.get(n)?));
        (parts.len() > 2).then_some(parts)
    });
    let begun = starts.iter().find_map(|&n| {
        let block = lines.all.get(n)?.block;
        dom.upwards(block).take(4).take_while(|&at| dom.end(at) - at < 90).find_map(|at| {
            let range = lines.within(at, dom.end(at));
            let whole = range.start == n && range.clone().map(|m| arrows(lines.text(m))).sum::<usize>() > 0;
            let parts = if whole { parts(dom, at..dom.end(at)) } else { Vec::new() };
            (parts.len() > 1).then_some(parts)
        })
    });
    alone.or(begun).or_else(|| {
        (0..lines.len()).filter(|&n| outside(n)).find_map(|n| {
            let line = lines.all.get(n)?;
            let several = line.chars < 120 && line.links * 3 > line.chars && arrows(lines.text(n)) > 1;
            several.then(|| parts(dom, own(dom, line)))
        })
    })
}

/// The nodes of a line, with the link that its first text stands in.
fn own(dom: &Dom<'_>, line: &Line) -> Range<At> {
    dom.nearest(line.first, |tag| tag == Tag::Link).unwrap_or(line.first)..line.last + 1
}

/// The texts of some nodes between separators; a link is one text.
fn parts(dom: &Dom<'_>, nodes: Range<At>) -> Vec<Part> {
    let text = |at: At| match dom.nodes.get(at).map(|node| (&node.kind, node.style.hidden)) {
        Some((&Kind::Text(text), false)) => Some(text),
        _ => None,
    };
    // Where arrows part the columns, other marks belong to their names.
    let arrows = nodes.clone().filter_map(text).any(|text| text.contains(ARROWS));
    let separators = if arrows { ARROWS } else { SEPARATORS };
    let mut parts = Vec::new();
    let mut link_end = 0;
    for at in nodes {
        match dom.nodes.get(at).map(|node| (&node.kind, node.style.hidden)) {
            Some((Kind::Element(Tag::Link, _), false)) if at >= link_end => {
                link_end = dom.end(at);
                let name = clean_line(&dom.text(at..link_end));
                let name = name.trim_matches(|c: char| is_blank(c) || ">＞»›→".contains(c));
                if !name.is_empty() {
                    parts.push(Part { text: name.to_owned(), linked: true });
                }
            }
            Some((Kind::Text(text), false)) if at >= link_end => parts.extend(split(text, separators).map(unlinked)),
            _ => {}
        }
    }
    parts
}

fn unlinked(text: String) -> Part {
    Part { text, linked: false }
}

fn split(text: &str, separators: &[char]) -> impl Iterator<Item = String> {
    // 》 also closes the name of a document.
    let named = text.contains('《');
    text.split(move |c: char| separators.contains(&c) && !(named && c == '》'))
        .map(clean_line)
        .map(|part| {
            part.trim_matches(|c: char| is_blank(c) || ":：".contains(c) && part.chars().count() < 2).to_owned()
        })
        .filter(|part| part.chars().any(char::is_alphanumeric))
}

/// The parts without the title at their end.
pub(crate) fn without_title(mut parts: Vec<String>, title: Option<&str>) -> Vec<String> {
    let title = title.map(folded).unwrap_or_default();
    while let Some(last) = parts.last() {
        let folded = folded(last);
        let cut = folded.chars().count() > 8 && title.starts_with(&folded);
        if folded == title || cut || folded.is_empty() {
            parts.pop();
        } else {
            break;
        }
    }
    if parts.len() > 10 {
        parts.clear();
    }
    parts
}
