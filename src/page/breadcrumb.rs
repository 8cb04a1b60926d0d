//! The breadcrumb: 当前位置：首页 > 政务公开 > 法治政府建设.

use super::ids::{Id as _, LineId, NodeId, Span};
use super::label::{Label, LabelLine};
use super::letters::{folded, same_letters};
use super::line_class::is_furniture;
use super::lines::{Line, Lines};
use super::tag::Tag;
use super::tree::Tree;
use super::view::View;
use crate::text::{clean_line, find_date, is_blank, is_ideograph, is_private_use, parse_datetime};
use crate::words::{BREADCRUMB_BOXES, BREADCRUMB_LEAVES};

/// Characters between the parts.
const SEPARATORS: &[char] = &[
    '>', '＞', '﹥', '»', '›', '→', '⇒', '➤', '❯', '‣', '►', '▶', '〉', '》', '/', '\\', '|', '｜', '-', '—', '–', '─',
    '－', '·', '•', '_', '~',
];
/// Those of them that stand between columns and seldom elsewhere.
const ARROWS: &[char] = &['>', '＞', '﹥', '»', '›', '→', '⇒', '➤', '❯', '‣', '►', '▶', '〉'];
/// Those that part the links of a menu as often.
const STROKES: &[char] = &['/', '\\', '-', '—', '–', '─', '－', '·', '|', '｜', ':', '：'];
/// So many elements around a line that names the place may be its breadcrumb.
const LEVELS: usize = 4;
/// An element of more nodes holds more than a breadcrumb.
const MOST_NODES: usize = 120;
/// The same for one that only its first word tells.
const MOST_NODES_BEGUN: usize = 90;
/// A longer part is no name of a column.
const LONGEST_PART: usize = 60;
/// A longer name is that of a page.
const LONGEST_COLUMN: usize = 8;
/// Longest line that may be a breadcrumb by its arrows alone.
const LONGEST_LINE: usize = 120;
/// Longest text that ends in 首页 and begins a breadcrumb: 云溪县政府网站首页.
const LONGEST_HOME: usize = 12;
/// So many lines that begin like a breadcrumb are looked at.
const MOST_STARTS: usize = 12;

/// The parts, outermost first, without the title.
pub(crate) fn breadcrumb(view: &View, titles: &[String], outside: impl Fn(LineId) -> bool) -> Vec<String> {
    let labelled = view.lines().all().iter().filter(|&n| outside(n)).find_map(|n| by_label(view, n, titles));
    let found = labelled.or_else(|| by_name(&view.tree)).or_else(|| by_form(view, titles, &outside));
    let found = found.or_else(|| by_paths(view, &outside));
    let parts = before_title(view.lines(), titles, from_home(found.unwrap_or_default()));
    before_leaf(parts.into_iter().map(|part| part.text).collect())
}

/// The parts from the link home on; a label that is none of ours may stand before it: 栏目导航.
fn from_home(mut parts: Vec<Part>) -> Vec<Part> {
    let home = parts.iter().position(|part| part.linked && part.text.ends_with("首页"));
    let labels = home.filter(|&home| parts.iter().take(home).all(|part| !part.linked));
    parts.drain(..labels.unwrap_or(0));
    parts
}

/// The parts without a title behind the links, told by what the tags say or by standing on the page once more.
fn before_title(lines: &Lines, titles: &[String], mut parts: Vec<Part>) -> Vec<Part> {
    let Some(last) = parts.last().filter(|last| !last.linked && last.text.chars().count() > 7) else { return parts };
    let said = folded(&last.text);
    let alone = |n: LineId| lines[n].links * 2 < lines[n].chars;
    let shown = || lines.all().iter().any(|n| alone(n) && same_letters(lines.text(n), &last.text));
    let long = last.text.chars().count() > 20;
    if (parts.len() == 1 || parts.iter().any(|part| part.linked))
        && (long || titles.iter().any(|title| title.starts_with(&said)) || shown())
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

/// The parts up to one that names no column: 正文, a tool, the clock of the page.
fn before_leaf(parts: Vec<String>) -> Vec<String> {
    let is_leaf = |part: &String| {
        BREADCRUMB_LEAVES.is(part) || is_furniture(part) || part.starts_with(['【', '[']) || is_clock(part)
    };
    // 返回首页 is a tool elsewhere.
    let leaf = parts.iter().position(|part| is_leaf(part) && !part.ends_with("首页"));
    parts.into_iter().take(leaf.unwrap_or(usize::MAX)).collect()
}

/// 今天是2024年1月2日 星期二, 2024年1月2日.
fn is_clock(part: &str) -> bool {
    part.starts_with("今天") || find_date(part).is_some() && part.contains("星期") || parse_datetime(part).is_some()
}

fn by_label(view: &View, n: LineId, titles: &[String]) -> Option<Vec<Part>> {
    let (tree, lines) = (&view.tree, view.lines());
    lines.labels(n).filter(|labels| labels.first() == Some(Label::Position))?;
    let line = &lines[n];
    let labelled = |nodes: Span<NodeId>| {
        let parts = parts(tree, nodes);
        let label = |part: &Part| LabelLine::read(&part.text, &[]).first() == Some(Label::Position);
        let cut = parts.iter().position(label)?;
        let first = parts.get(cut)?;
        let rest = first.text.split_once([':', '：']).map_or("", |(_, rest)| rest);
        let mut after: Vec<Part> = split(rest, SEPARATORS).map(unlinked).collect();
        after.extend(parts.into_iter().skip(cut + 1));
        Some(after)
    };
    let alone = labelled(own(tree, line));
    if alone.as_ref().is_some_and(|parts| parts.len() > 1) {
        return alone;
    }
    let around = tree.upwards(line.block).take(LEVELS).filter(|&at| tree.span(at).len() < MOST_NODES);
    let around = around.take_while(|&at| view.lines_in(at).iter().all(|m| m == n || !ends_place(view, m, titles)));
    let mut around = around.filter_map(|at| Some((at, labelled(tree.span(at))?)));
    let named = around.find(|(at, parts)| parts.len() > 1 || parts.len() == 1 && *at != line.block);
    let found = named.map(|(_, parts)| parts).or(alone)?;
    // 位置：云溪路1号 says where a house is.
    let is_house = lines.labels(n).and_then(LabelLine::word) == Some("位置")
        && found.len() == 1
        && !found.iter().any(|part| part.linked);
    (!is_house).then_some(found)
}

/// A line that is no part of a breadcrumb: a heading, the title, metadata of the article, running text.
fn ends_place(view: &View, n: LineId, titles: &[String]) -> bool {
    let (lines, line) = (view.lines(), &view.lines()[n]);
    let labelled =
        || lines.labels(n).is_some_and(|labels| ![Some(Label::Position), Some(Label::Views)].contains(&labels.first()));
    let is_title = || {
        let said = folded(lines.text(n));
        titles.iter().any(|title| title.chars().count() > LONGEST_COLUMN && said.starts_with(title.as_str()))
    };
    let text = lines.text(n);
    view.tree.tag(line.block) == Some(Tag::Heading)
        || line.links == 0
            && (line.chars > LONGEST_PART || text.contains('。') || find_date(text).is_some() && !is_beside(view, n))
        || labelled()
        || line.links == 0 && is_title()
}

/// The line stands in a cell beside others, as the clock of a page does.
fn is_beside(view: &View, n: LineId) -> bool {
    view.tree.name(view.lines()[n].block) == "td" && is_clock(view.lines().text(n))
}

fn by_name(tree: &Tree) -> Option<Vec<Part>> {
    // What the name of a box says of it: location and path are places of other kinds as often.
    let called = |value: &str, meaning: Option<&str>| {
        let lower = value.to_ascii_lowercase();
        let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
        let names = || BREADCRUMB_BOXES.iter().filter(|name| name.meaning == meaning);
        words.any(|word| names().any(|name| word == name.text || meaning == Some("part") && word.contains(name.text)))
    };
    tree.all().iter().find_map(|at| {
        let is_called =
            |meaning| tree.names(at).chain(tree.attribute(at, "aria-label")).any(|name| called(name, meaning));
        let certain = || is_called(None) || is_called(Some("part"));
        if !tree.tag(at)?.breaks() || tree.span(at).len() > MOST_NODES || !(certain() || is_called(Some("place"))) {
            return None;
        }
        let parts = parts(tree, tree.span(at));
        let linked = tree.span(at).iter().any(|at| tree.tag(at) == Some(Tag::Link));
        let home = parts.first().is_some_and(|part| part.text.ends_with("首页"));
        let parted = || tree.span(at).iter().filter_map(|at| tree.text_of(at)).any(|text| text.contains(SEPARATORS));
        let told = linked && (home || certain() || parted()) || home && parts.len() > 2;
        (told && parts.len() > 1 && parts.iter().all(|part| part.text.chars().count() < LONGEST_PART)).then_some(parts)
    })
}

/// A line that begins with 首页 and goes on with arrows, or has several arrows between links.
fn by_form(view: &View, titles: &[String], outside: impl Fn(LineId) -> bool) -> Option<Vec<Part>> {
    let (tree, lines) = (&view.tree, view.lines());
    // 〈〉 are brackets within 《》.
    let arrows = |text: &str| if text.contains('〈') { 0 } else { text.matches(ARROWS).count() };
    let home = |text: &str| {
        let head: String = text
            .trim_start_matches(|c: char| is_blank(c) || ARROWS.contains(&c))
            .split(ARROWS)
            .next()
            .and_then(|head| head.split(STROKES).next())
            .unwrap_or_default()
            .chars()
            .filter(|&c| !is_blank(c))
            .collect();
        head.ends_with("首页") && head.chars().count() < LONGEST_HOME
    };
    let starts = lines.all().iter().filter(|&n| outside(n) && home(lines.text(n)));
    let starts: Vec<LineId> = starts.take(MOST_STARTS).collect();
    let alone = starts.iter().filter(|&&n| arrows(lines.text(n)) > 0).find_map(|&n| {
        let parts = parts(tree, own(tree, &lines[n]));
        let from_home = parts.len() > 1 && parts.first().is_some_and(|home| home.linked);
        (from_home || parts.len() > 2).then_some(parts)
    });
    let begun = starts.iter().find_map(|&n| {
        let around = tree.upwards(lines[n].block).take(LEVELS);
        around.take_while(|&at| tree.span(at).len() < MOST_NODES_BEGUN).find_map(|at| {
            let inside = view.lines_in(at);
            let whole = inside.start == n && inside.iter().any(|m| arrows(lines.text(m)) > 0);
            let parts = if whole { parts(tree, tree.span(at)) } else { Vec::new() };
            // A name is no sentence, and no line of another box.
            let short = parts.iter().all(|part| part.text.chars().count() < LONGEST_PART && !part.text.contains('。'));
            (parts.len() > 1 && short).then_some(parts)
        })
    });
    alone.or_else(|| by_strokes(view, &starts)).or_else(|| by_dashes(view, titles, &starts)).or(begun).or_else(|| {
        lines.all().iter().filter(|&n| outside(n)).find_map(|n| {
            let line = &lines[n];
            let several = || line.chars < LONGEST_LINE && line.links * 3 > line.chars && leads_on(lines.text(n));
            several().then(|| parts(tree, own(tree, line)))
        })
    })
}

/// Arrows stand between what the line says, more than one or a double one; 更多>> only ends in them, and lists begin with them.
fn leads_on(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    let inner = text.trim_end_matches(|c: char| is_blank(c) || ARROWS.contains(&c));
    !text.starts_with(ARROWS)
        && !text.contains('〈')
        && inner.matches(ARROWS).count() > 1
        && inner.chars().any(is_ideograph)
}

/// A line of links from home on, each of which leads deeper than the one before: pictures part them.
fn by_paths(view: &View, outside: impl Fn(LineId) -> bool) -> Option<Vec<Part>> {
    /// Fewest links; two of them are also the beginning of a menu.
    const FEWEST: usize = 3;
    let (tree, lines) = (&view.tree, view.lines());
    lines.all().iter().filter(|&n| outside(n)).find_map(|n| {
        let nodes = own(tree, &lines[n]);
        let steps = || nodes.iter().filter(|&at| tree.tag(at) == Some(Tag::Link));
        let folder = |at: NodeId| tree.attribute(at, "href").and_then(folder);
        let folders: Vec<&str> = steps().filter_map(folder).collect();
        let deeper = |pair: &[&str]| pair[1].len() > pair[0].len() && pair[1].starts_with(pair[0]);
        // ../../ then ../ from the page itself
        let climbs = |pair: &[&str]| pair[0].len() > pair[1].len() && pair.iter().all(|path| is_upwards(path));
        let nested = folders.windows(2).all(deeper) || folders.windows(2).all(climbs);
        let whole = folders.len() >= FEWEST && steps().count() == folders.len() && nested;
        let parts = if whole { parts(tree, nodes) } else { Vec::new() };
        parts.first().is_some_and(|home| home.text.ends_with("首页")).then_some(parts)
    })
}

/// `../../`
fn is_upwards(path: &str) -> bool {
    path.split_terminator('/').all(|step| matches!(step, "." | ".."))
}

/// The path of an address up to the last `/`.
fn folder(address: &str) -> Option<&str> {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.get(rest.find('/')?..)?,
        None => address,
    };
    path.get(..=path.rfind('/')?)
}

/// The nodes of a line, with the link that its first text stands in.
fn own(tree: &Tree, line: &Line) -> Span<NodeId> {
    tree.nearest(line.first, |tag| tag == Tag::Link).unwrap_or(line.first).to(line.last + 1)
}

/// The texts of some nodes between separators; a link is one text.
fn parts(tree: &Tree, nodes: Span<NodeId>) -> Vec<Part> {
    let shown = |at: NodeId| tree.get(at).is_some_and(|node| !node.style.hidden);
    // Where arrows part the columns, other marks belong to their names.
    let texts = || nodes.iter().filter(|&at| shown(at)).filter_map(|at| tree.text_of(at));
    let is_part = |text: &&str| text.chars().any(|c| !is_blank(c) && !ARROWS.contains(&c));
    // One before the first name is an ornament.
    let led = tree.nearest(nodes.start, |tag| tag == Tag::Link).is_none()
        && texts().next().is_some_and(|text| !is_part(&text));
    let arrows = texts().skip(usize::from(led)).any(|text| text.contains(ARROWS));
    let separators = if arrows { ARROWS } else { SEPARATORS };
    let mut parts = Vec::new();
    let mut link_end = NodeId::ROOT;
    for at in nodes.iter().filter(|&at| shown(at)) {
        if at < link_end {
            continue;
        }
        if tree.tag(at) == Some(Tag::Link) {
            link_end = tree.end(at);
            let name = clean_line(&tree.text(tree.span(at)));
            let name = name.trim_matches(|c: char| is_blank(c) || ">＞»›→".contains(c));
            // [首页]: brackets around the whole name are its frame.
            let name = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
            if !name.is_empty() {
                parts.push(Part { text: name.to_owned(), linked: true });
            }
        } else if let Some(text) = tree.text_of(at) {
            parts.extend(split(text, separators).map(unlinked));
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
    // An arrow may be a picture in a font, or have a shaft.
    let parts = move |c: char| separators.contains(&c) && !(named && c == '》') || is_private_use(c);
    text.split(parts)
        .map(clean_line)
        .map(|part| {
            let part = part.trim_start_matches([':', '：', '.', '=']).trim_end_matches(['-', '=']);
            part.trim_matches(|c: char| is_blank(c) || ":：".contains(c) && part.chars().count() < 2).to_owned()
        })
        .filter(|part| part.chars().any(char::is_alphanumeric))
}

/// A line of links that begins with 首页 and parts them by strokes alone: 首页 / 政务公开 / 通知公告.
fn by_strokes(view: &View, starts: &[LineId]) -> Option<Vec<Part>> {
    /// Most strokes; a menu has more columns than a page has above it.
    const COUNT: std::ops::RangeInclusive<usize> = 2..=5;
    let (tree, lines) = (&view.tree, view.lines());
    starts.iter().filter(|&&n| COUNT.contains(&lines.text(n).matches(['/', '\\']).count())).find_map(|&n| {
        let parts = parts(tree, own(tree, &lines[n]));
        let columns = parts.iter().filter(|part| part.linked).count();
        (parts.first().is_some_and(|home| home.linked) && columns > 1 && columns + 1 >= parts.len()).then_some(parts)
    })
}

/// A line of links that begins with 首页 and parts them by dashes, up to 正文 or the title: 首页 - 工作动态 - 正文. Menus have neither.
fn by_dashes(view: &View, titles: &[String], starts: &[LineId]) -> Option<Vec<Part>> {
    let (tree, lines) = (&view.tree, view.lines());
    starts.iter().filter(|&&n| lines.text(n).contains(STROKES)).find_map(|&n| {
        let parts = parts(tree, own(tree, &lines[n]));
        let (last, columns) = parts.split_last()?;
        let is_title =
            || titles.iter().any(|title| title.chars().count() > LONGEST_COLUMN && *title == folded(&last.text));
        let ends = !last.linked && (BREADCRUMB_LEAVES.is(&last.text) || is_title());
        (ends && columns.len() > 1 && columns.iter().all(|part| part.linked)).then_some(parts)
    })
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
