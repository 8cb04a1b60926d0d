//! The breadcrumb: 当前位置：首页 > 政务公开 > 法治政府建设.

use super::dom::{At, Dom, Kind, Tag};
use super::labels::{Label, LabelLine};
use super::letters::folded;
use super::lines::Lines;
use super::looks::is_furniture;
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
pub(super) fn breadcrumb(dom: &Dom<'_>, lines: &Lines, outside: impl Fn(usize) -> bool) -> Vec<String> {
    let labelled = (0..lines.len()).filter(|&n| outside(n)).find_map(|n| by_label(dom, lines, n));
    let parts = labelled.or_else(|| by_name(dom)).or_else(|| by_form(dom, lines, &outside)).unwrap_or_default();
    before_leaf(parts)
}

/// The breadcrumb of a line of plain text.
pub(super) fn in_text(line: &str) -> Option<Vec<String>> {
    let found = LabelLine::read(line, &[]);
    let parts = match found.first() {
        Some(Label::Position) => split(line.split_once([':', '：']).map_or(line, |(_, rest)| rest)),
        _ if line.matches(ARROWS).count() > 1 && line.contains("首页") => split(line),
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

fn by_label(dom: &Dom<'_>, lines: &Lines, n: usize) -> Option<Vec<String>> {
    lines.labels(n).filter(|labels| labels.first() == Some(Label::Position))?;
    let block = lines.all.get(n)?.block;
    dom.upwards(block).take(4).filter(|&at| dom.end(at) - at < 120).find_map(|at| {
        let parts = parts(dom, at);
        let cut = parts.iter().position(|part| LabelLine::read(part, &[]).first() == Some(Label::Position))?;
        let first = parts.get(cut)?;
        let rest = first.split_once([':', '：']).map_or("", |(_, rest)| rest);
        let mut after: Vec<String> = split(rest);
        after.extend(parts.into_iter().skip(cut + 1));
        (after.len() > 1 || after.len() == 1 && at != block).then_some(after)
    })
}

fn by_name(dom: &Dom<'_>) -> Option<Vec<String>> {
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
        let parts = if named { parts(dom, at) } else { return None };
        let linked = (at..dom.end(at)).filter(|&at| dom.tag(at) == Some(Tag::Link)).count();
        (linked > 0 && parts.len() > 1 && parts.iter().all(|part| part.chars().count() < 60)).then_some(parts)
    })
}

/// A line that begins with 首页 and goes on with arrows, or has several arrows between links.
fn by_form(dom: &Dom<'_>, lines: &Lines, outside: impl Fn(usize) -> bool) -> Option<Vec<String>> {
    let arrows = |text: &str| text.matches(ARROWS).count();
    let home = |text: &str| {
        let head: String = text.split(ARROWS).next().unwrap_or_default().chars().filter(|&c| !is_blank(c)).collect();
        head.ends_with("首页") && head.chars().count() < 12
    };
    let starts = (0..lines.len()).filter(|&n| outside(n) && home(lines.text(n)));
    let begun = starts.take(12).find_map(|n| {
        let block = lines.all.get(n)?.block;
        dom.upwards(block).take(4).take_while(|&at| dom.end(at) - at < 90).find_map(|at| {
            let range = lines.within(at, dom.end(at));
            let whole = range.start == n && range.clone().map(|m| arrows(lines.text(m))).sum::<usize>() > 0;
            let parts = if whole { parts(dom, at) } else { Vec::new() };
            (parts.len() > 1).then_some(parts)
        })
    });
    begun.or_else(|| {
        (0..lines.len()).filter(|&n| outside(n)).find_map(|n| {
            let line = lines.all.get(n)?;
            let several = line.chars < 120 && line.links * 3 > line.chars && arrows(lines.text(n)) > 1;
            several.then(|| parts(dom, line.block))
        })
    })
}

/// The texts of an element between separators; a link is one text.
fn parts(dom: &Dom<'_>, at: At) -> Vec<String> {
    let mut parts = Vec::new();
    let mut link_end = 0;
    for at in at..dom.end(at) {
        match dom.nodes.get(at).map(|node| (&node.kind, node.style.hidden)) {
            Some((Kind::Element(Tag::Link, _), false)) if at >= link_end => {
                link_end = dom.end(at);
                let text: String = (at..link_end)
                    .filter_map(|at| match dom.nodes.get(at)?.kind {
                        Kind::Text(text) => Some(text),
                        Kind::Element(..) => None,
                    })
                    .collect();
                let text = clean_line(&text);
                let text = text.trim_matches(|c: char| is_blank(c) || ">＞»›→".contains(c));
                if !text.is_empty() {
                    parts.push(text.to_owned());
                }
            }
            Some((Kind::Text(text), false)) if at >= link_end => parts.extend(split(text)),
            _ => {}
        }
    }
    parts
}

fn split(text: &str) -> Vec<String> {
    text.split(SEPARATORS)
        .map(clean_line)
        .map(|part| {
            part.trim_matches(|c: char| is_blank(c) || ":：".contains(c) && part.chars().count() < 2).to_owned()
        })
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

/// The parts without the title at their end.
pub(super) fn without_title(mut parts: Vec<String>, title: Option<&str>) -> Vec<String> {
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
