//! The values of visible labels, which stand behind, beside or below them.

use super::ids::{Id as _, LineId, NodeId, Span};
use super::label::{Label, LabelLine, Labelled};
use super::line_class::is_letter;
use super::tag::Tag;
use super::view::View;
use crate::text::find_date;

/// Longest value in an element of its own, in characters.
const LONGEST_VALUE: usize = 120;
/// Longest value that is metadata wherever it stands.
const LONGEST_SURE_VALUE: usize = 40;

/// A value of fewer characters says instead of a day that there is none: 长期有效.
const SHORT: usize = 6;

/// Every label of the given lines with its value.
pub(crate) fn labelled(view: &View, among: impl Iterator<Item = LineId>) -> Vec<Labelled> {
    let lines = view.lines();
    let mut found = Vec::new();
    for n in among {
        let from = found.len();
        let bare = if let Some((line, text)) = broken(view, n) {
            found.extend(line.values(&text));
            false
        } else {
            let Some(line) = lines.labels(n) else { continue };
            found.extend(line.values(lines.text(n)));
            line.last().is_some_and(|hit| hit.bare)
        };
        let last = found.get_mut(from..).and_then(<[Labelled]>::last_mut).filter(|last| last.value.is_empty());
        if let Some(last) = last
            && (!bare || in_grid(view, n))
        {
            let (value, span) = below(view, n).unwrap_or_else(|| beside(view, n));
            if fits(view, (last.word, last.label), &value, span) {
                (last.value, last.beside) = (value, span);
            }
        }
    }
    found
}

/// Whether a value that stands beside a label is one: where a script fills it in, the title or the text stands there.
fn fits(view: &View, (word, label): (&str, Label), value: &str, span: Span<LineId>) -> bool {
    let lines = view.lines();
    match label {
        Label::Position => lines.among(span).iter().all(|line| line.links > 0),
        Label::Published | Label::Day | Label::Dated => find_date(value).is_some(),
        // 失效日期： is empty as long as a document is in force, and its title stands below.
        Label::Other if word.ends_with("日期") || word.ends_with("时间") => {
            find_date(value).is_some() || value.chars().count() < SHORT
        }
        Label::Tool => false,
        Label::Publisher | Label::Author if value.contains("关于") => false,
        _ => lines.among(span).iter().all(|line| view.tree.tag(line.block) != Some(Tag::Heading)),
    }
}

/// The lines of the value that stands beside or below the last label of a line.
pub(crate) fn value_lines(view: &View, n: LineId) -> Span<LineId> {
    let lines = view.lines();
    let Some(last) = lines.labels(n).and_then(LabelLine::last) else { return Span::empty() };
    let filled = lines.text(n).get(last.value..).is_some_and(|rest| rest.chars().any(is_letter));
    if filled || last.label == Label::Tool || last.bare && !in_grid(view, n) {
        return Span::empty();
    }
    let (value, span) = beside(view, n);
    // A counter that a script fills is followed by the article.
    let counts = last.label != Label::Views || value.chars().all(|c| c.is_ascii_digit());
    let sure = value.chars().count() <= LONGEST_SURE_VALUE && !value.contains(['，', '。', '；']);
    if counts && sure { span } else { Span::empty() }
}

/// The line stands where a label needs no colon: in a table or a definition list, or among others like it in boxes that are
/// set as one.
fn in_grid(view: &View, n: LineId) -> bool {
    in_cell(view, n) || has_peers(view, n)
}

/// Another bare label stands near, with one line between at least: pairs of label and value.
fn has_peers(view: &View, n: LineId) -> bool {
    /// So many lines away it is.
    const NEAR: usize = 4;
    let lines = view.lines();
    let is_bare = |n: LineId| lines.labels(n).and_then(LabelLine::last).is_some_and(|hit| hit.bare);
    let near = (n - NEAR).to((n + NEAR + 1).min(lines.all().end));
    let is_next = |m: LineId| m == n + 1 || m + 1 == n;
    !is_bare(n + 1) && near.iter().any(|m| m != n && !is_next(m) && is_bare(m))
}

fn in_cell(view: &View, n: LineId) -> bool {
    /// So far out from the line its cell is.
    const LEVELS: usize = 3;
    let tree = &view.tree;
    let Some(line) = view.lines().get(n) else { return false };
    tree.upwards(line.block).take(LEVELS).any(|at| {
        matches!(tree.tag(at), Some(Tag::Cell | Tag::HeadCell)) || matches!(tree.name(at), "dt" | "dd" | "li")
    })
}

/// A label that a line end breaks in a narrow cell, 成文 and 日期, with its text; `n` is its last line.
fn broken(view: &View, n: LineId) -> Option<(LabelLine, String)> {
    /// Most characters of its two lines.
    const LONGEST: (usize, usize) = (3, 6);
    let lines = view.lines();
    let own = lines.get(n).filter(|own| own.chars <= LONGEST.1)?;
    let head = lines.get(n - 1).filter(|head| head.block == own.block && head.chars <= LONGEST.0)?;
    if head.first == own.first || !matches!(view.tree.tag(own.block), Some(Tag::Cell | Tag::HeadCell)) {
        return None;
    }
    let text = format!("{}{}", lines.text(n - 1), lines.text(n));
    let found = LabelLine::read(&text, &[]);
    let is_whole = found.leads() && found.count() == 1 && found.last().is_some_and(|hit| hit.value == text.len());
    is_whole.then_some((found, text))
}

/// The value in the cell below, where the labels of a table stand in a row and their values in the next one.
fn below(view: &View, n: LineId) -> Option<(String, Span<LineId>)> {
    /// Most cells of a row that are looked at.
    const MOST: usize = 24;
    let (tree, lines) = (&view.tree, view.lines());
    let is_cell = |at: NodeId| matches!(tree.tag(at), Some(Tag::Cell | Tag::HeadCell));
    let cells = |row: NodeId| tree.children(row).filter(|&at| is_cell(at)).take(MOST).collect::<Vec<_>>();
    let cell = tree.upwards(lines.get(n)?.block).find(|&at| is_cell(at))?;
    let row = tree.parent(cell);
    let next = Some(tree.end(row)).filter(|&next| next < tree.end(tree.parent(row)))?;
    let end = tree.end(tree.parent(row));
    let following = std::iter::successors(Some(next), |&at| Some(tree.end(at))).take_while(|&at| at < end);
    let next = following.into_iter().find(|&at| tree.tag(at).is_some() && tree.name(at) == "tr")?;
    let (labels, values) = (cells(row), cells(next));
    let place = labels.iter().position(|&at| at == cell)?;
    let is_label = |at: NodeId| {
        let own = view.lines_in(at);
        let last = lines.labels(own.start).and_then(LabelLine::last);
        own.len() == 1 && last.is_some_and(|hit| hit.value == lines.text(own.start).len())
    };
    let fits = labels.len() > 1 && labels.len() == values.len();
    if !fits || !labels.iter().all(|&at| is_label(at)) || values.iter().any(|&at| is_label(at)) {
        return None;
    }
    let span = view.lines_in(*values.get(place)?);
    let text = span.iter().map(|n| lines.text(n)).collect::<Vec<_>>().join(" ");
    let short = text.chars().count() <= LONGEST_VALUE;
    Some(if short { (text, span) } else { (String::new(), Span::empty()) })
}

/// The text of the element that follows the label's: the next cell, `<dd>`, `<p>` or `<span>`.
fn beside(view: &View, n: LineId) -> (String, Span<LineId>) {
    let (tree, lines) = (&view.tree, view.lines());
    let Some(line) = lines.get(n) else { return (String::new(), Span::empty()) };
    let value = |element: NodeId| {
        let span = view.lines_in(element);
        let mut joined = String::new();
        if span.start > n + 1 {
            return (joined, Span::empty());
        }
        for m in span.iter().filter(|&m| m > n) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(lines.text(m));
            // Four bytes are one character at most.
            if joined.len() > LONGEST_VALUE * 4 {
                break;
            }
        }
        let is_label = LabelLine::read(&joined, &[]).leads() || joined.ends_with([':', '：']);
        let none = joined.chars().count() > LONGEST_VALUE || is_label;
        if none { (String::new(), Span::empty()) } else { (joined, span) }
    };
    // The label's own element goes on below it, as in `<li><b>索引号</b><div>…</div></li>`.
    let block = tree.nearest(line.block, Tag::breaks).unwrap_or(line.block);
    let own = view.lines_in(block);
    if own.len() > 1 && own.start == n {
        return value(block);
    }
    for at in tree.upwards(line.block).take(2) {
        let end = tree.end(tree.parent(at));
        let next = std::iter::successors(Some(tree.end(at)), |&at| Some(tree.end(at)));
        let sibling = next.take_while(|&at| at < end).find(|&at| tree.tag(at).is_some());
        if let Some(sibling) = sibling {
            return value(sibling);
        }
    }
    (String::new(), Span::empty())
}
