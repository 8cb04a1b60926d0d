//! Which lines inside the body's element are no part of the body: title and metadata above, tools and links below.

use std::ops::Range;

use super::explain::DroppedLine;
use super::labelled::value_lines;
use super::locate::Weights;
use crate::page::{At, Dom, Label, LabelLine, Lines, Tag, behind, letters, line_class, without_date};
use crate::text::{find_date, is_blank, is_private_use};

/// How many lines at the head are looked at for the title and the metadata.
const HEAD: usize = 300;

/// The lines of the body.
pub(super) struct Kept {
    /// From the first to the last.
    pub(super) range: Range<usize>,
    /// For every line of the page whether it is part of the body.
    pub(super) flags: Vec<bool>,
    /// The lines left out, with the reason.
    pub(super) dropped: Vec<DroppedLine>,
}

/// Tells the body's lines among those of its element.
pub(super) fn trim(
    dom: &Dom<'_>,
    lines: &Lines,
    body: At,
    removed: &[(At, At)],
    titles: &[String],
    weights: &Weights,
    hidden: bool,
) -> Kept {
    let inside = lines.within(body, dom.end(body));
    let mut why: Vec<Option<&'static str>> = vec![Some("outside"); lines.len()];
    let view = View { dom, lines, titles, hidden };
    let foot = view.foot(&inside, weights);
    let doubled = view.is_doubled(&inside, &weights.repeated);
    for n in inside.clone() {
        let again = doubled && weights.repeated.get(n) == Some(&true);
        if let Some(slot) = why.get_mut(n) {
            *slot = match n {
                n if n >= foot => Some("foot of the page"),
                _ if again => Some("second copy"),
                _ => view.stray(n, body, removed),
            };
        }
    }
    view.head(inside.clone(), &mut why);
    view.tail(inside.clone(), &mut why);
    let dropped = inside
        .clone()
        .filter_map(|n| Some(DroppedLine { text: lines.text(n).to_owned(), why: why.get(n).copied().flatten()? }))
        .collect();
    let kept: Vec<bool> = why.iter().map(Option::is_none).collect();
    let first = inside.clone().find(|&n| kept.get(n) == Some(&true)).unwrap_or(inside.start);
    let last = inside.clone().rev().find(|&n| kept.get(n) == Some(&true)).map_or(first, |n| n + 1);
    Kept { range: first..last, flags: kept, dropped }
}

struct View<'a> {
    dom: &'a Dom<'a>,
    lines: &'a Lines,
    titles: &'a [String],
    hidden: bool,
}

impl View<'_> {
    /// The first line of the page's foot, if the body's element holds it, too.
    fn foot(&self, inside: &Range<usize>, weights: &Weights) -> usize {
        let legal =
            |n: usize| line_class::is_registration(self.lines.text(n)) || line_class::is_right(self.lines.text(n));
        if (weights.foot..inside.end).any(legal) { weights.foot } else { inside.end }
    }

    /// Most of the sentences stand there twice.
    fn is_doubled(&self, inside: &Range<usize>, repeated: &[bool]) -> bool {
        let (mut once, mut again) = (0, 0);
        for n in inside.clone() {
            let marks = self.lines.all.get(n).map_or(0, |line| line.marks);
            *(if repeated.get(n) == Some(&true) { &mut again } else { &mut once }) += marks;
        }
        again > 0 && again * 10 >= once * 8
    }

    /// Why a line is out wherever it stands.
    fn stray(&self, n: usize, body: At, removed: &[(At, At)]) -> Option<&'static str> {
        let line = self.lines.all.get(n)?;
        let text = self.lines.text(n);
        if line.style.hidden && !self.hidden {
            return Some("hidden");
        }
        if text.chars().all(|c| is_private_use(c) || is_blank(c)) {
            return Some("signs of an icon font");
        }
        if removed.iter().any(|&(from, to)| (from..to).contains(&line.first)) {
            return Some("removed by the profile");
        }
        let strong = text.len() < 90
            && ["扫一扫在手机", "在手机打开当前页", "打印本页", "关闭窗口", "【打印", "[打印"]
                .iter()
                .any(|w| text.contains(w));
        if strong {
            return Some("tool of the page");
        }
        let boxed = self.dom.upwards(line.block).take_while(|&at| at > body).any(|at| {
            self.dom.nodes.get(at).is_some_and(|node| node.named_furniture)
                && self.lines.marks(&self.lines.within(at, self.dom.end(at))) == 0
        });
        boxed.then_some("box of the page")
    }

    fn is_title(&self, n: usize) -> bool {
        let text = without_date(self.lines.text(n));
        self.titles.iter().any(|title| {
            let whole = title.chars().count();
            let shown = behind(letters(title), text).map(|rest| whole - rest.count());
            shown.is_some_and(|shown| shown > 4 && shown * 3 > whole)
        })
    }

    fn label(&self, n: usize) -> Option<&LabelLine> {
        self.lines.labels(n).filter(|labels| labels.leads())
    }

    /// Metadata at the head, if metadata that says when was or was not met before.
    fn is_metadata(&self, n: usize, dated: bool) -> bool {
        let text = self.lines.text(n);
        let short = text.chars().count() < 80;
        // `2023-02-28 浏览次数：12`
        let day = |labels: &LabelLine| short && is_day(labels.before(text));
        let Some(found) = self.label(n) else { return self.lines.labels(n).is_some_and(day) };
        found.count() > 1
            || short
                && match found.first() {
                    // 时间：… may open a notice of a meeting.
                    Some(Label::Day) => !dated && find_date(text).is_some() || self.in_grid(n) || self.in_run(n),
                    Some(Label::Title | Label::Position | Label::Other) => self.in_grid(n) || self.in_run(n),
                    _ => true,
                }
    }

    /// Another label stands in the next line or the next but one, as where each has a line of its own.
    fn in_run(&self, n: usize) -> bool {
        (n.saturating_sub(2)..n + 3).any(|m| m != n && self.label(m).is_some())
    }

    /// Out: everything down to the last line of metadata that comes before running text.
    fn head(&self, inside: Range<usize>, why: &mut [Option<&'static str>]) {
        let (mut end, mut dated, mut title) = (inside.start, false, None);
        for n in inside.clone().take(HEAD) {
            let text = self.lines.text(n);
            let Some(line) = self.lines.all.get(n) else { break };
            if n < end || why.get(n).copied().flatten().is_some() {
                continue;
            }
            if self.is_metadata(n, dated) {
                end = self.end_of_metadata(n, &inside) + 1;
                dated |= find_date(text).is_some();
            } else if self.lines.is_furniture(n) {
                end = n + 1;
            } else if self.is_title(n) {
                title = Some(n);
            } else if line.is_sentence || text.ends_with(['：', ':']) && !self.in_grid(n) && self.label(n).is_none() {
                break;
            }
        }
        let mut drop = |range: Range<usize>, reason: &'static str| {
            for slot in why.get_mut(range).into_iter().flatten() {
                slot.get_or_insert(reason);
            }
        };
        drop(inside.start..end, "head of the page");
        let Some(first) =
            (end..inside.end).find(|&n| self.lines.all.get(n).is_some_and(|line| self.hidden || !line.style.hidden))
        else {
            return;
        };
        if let Some(title) = title.filter(|&title| title >= first) {
            let behind = self.end_of_title(first);
            if title + 1 == behind && (self.in_heading(first) || !self.is_shown_above(first..behind)) {
                drop(first..behind, "title");
            } else if (first..title).all(|n| self.is_scrap(n)) {
                drop(first..title, "above the title");
            }
        }
        if end == inside.start && self.is_bare_day(first) {
            drop(first..first + 1, "day of publication");
        } else if let Some(title) = title.filter(|&title| title >= first && self.is_bare_day(title + 1)) {
            drop(title + 1..title + 2, "day of publication");
        }
    }

    /// Index behind the lines that together are the title; `first` if they are not.
    fn end_of_title(&self, first: usize) -> usize {
        let mut joined = String::new();
        for n in first..(first + 4).min(self.lines.len()) {
            joined.extend(letters(without_date(self.lines.text(n))));
            if self.titles.contains(&joined) {
                return n + 1;
            }
        }
        if self.is_title(first) { first + 1 } else { first }
    }

    /// What is said by some lines is said in a line above them, too.
    fn is_shown_above(&self, range: Range<usize>) -> bool {
        let said: String = range.clone().map(|n| self.lines.text(n)).collect();
        let shown = |n: usize| self.lines.all.get(n).is_some_and(|line| !line.style.hidden);
        (0..range.start).any(|n| shown(n) && self.is_title(n) && behind(letters(&said), self.lines.text(n)).is_some())
    }

    /// Short and neither a number nor the name of a document: nothing that stands above a title on paper.
    fn is_scrap(&self, n: usize) -> bool {
        let text = self.lines.text(n);
        let paper = line_class::is_document_number(text) || text.ends_with("文件") || text.contains(['〔', '（', '-']);
        self.lines.all.get(n).is_none_or(|line| line.chars < 16 && line.marks == 0) && !paper
    }

    /// `2023-02-28` and perhaps a time, nothing else.
    fn is_bare_day(&self, n: usize) -> bool {
        self.lines.all.get(n).is_some_and(|line| line.chars < 24) && is_day(self.lines.text(n))
    }

    /// The value of a label in a cell of its own belongs to the head, too.
    fn end_of_metadata(&self, n: usize, inside: &Range<usize>) -> usize {
        let Some(line) = self.lines.all.get(n) else { return n };
        let beside = value_lines(self.dom, self.lines, n);
        let n = n.max(beside.end.saturating_sub(1));
        let table = self.dom.nearest(line.block, |tag| tag == Tag::Table);
        let Some(table) = table else { return n };
        let own = self.lines.within(table, self.dom.end(table));
        let labels = own.clone().filter(|&m| self.label(m).is_some()).count();
        // A table that holds the article, too, only lays out the page.
        let lays_out = self.lines.marks(&own) * 3 > self.lines.marks(inside) * 2;
        if labels * 4 >= own.len() && own.end > n && !lays_out { own.end - 1 } else { n }
    }

    fn in_grid(&self, n: usize) -> bool {
        let Some(line) = self.lines.all.get(n) else { return false };
        self.dom.nearest(line.block, |tag| matches!(tag, Tag::Cell | Tag::HeadCell)).is_some()
    }

    fn in_heading(&self, n: usize) -> bool {
        let Some(line) = self.lines.all.get(n) else { return false };
        self.dom.nearest(line.block, |tag| tag == Tag::Heading).is_some()
    }

    /// Out: boxes of links, tools and legal lines at the end.
    fn tail(&self, inside: Range<usize>, why: &mut [Option<&'static str>]) {
        let text_until = inside.clone().rev().find(|&n| why.get(n) == Some(&None) && self.is_running(n));
        let ended = (text_until.unwrap_or(inside.start)..inside.end).find(|&n| {
            (line_class::ends_article(self.lines.text(n)) || line_class::is_reading_head(self.lines.text(n)))
                && Some(n) != text_until
        });
        let mut end = ended.unwrap_or(inside.end);
        while end > inside.start {
            let n = end - 1;
            if why.get(n) == Some(&None) && !self.is_tail(n) {
                break;
            }
            end = n;
        }
        for slot in why.get_mut(end..inside.end).into_iter().flatten() {
            slot.get_or_insert("tail of the page");
        }
    }

    /// Text of the article rather than of the boxes and the foot below it.
    fn is_running(&self, n: usize) -> bool {
        let Some(line) = self.lines.all.get(n) else { return false };
        let text = self.lines.text(n);
        let sentence = text.contains(['。', '；']) || line.marks > 1;
        line.links * 2 <= line.chars
            && !self.lines.is_furniture(n)
            && !line_class::ends_article(text)
            && (sentence || line_class::is_closing(text) && !line_class::heads_files(text))
    }

    fn is_tail(&self, n: usize) -> bool {
        let text = self.lines.text(n);
        if line_class::is_furniture(text) || line_class::is_related_head(text) || line_class::heads_files(text) {
            return true;
        }
        let Some(line) = self.lines.all.get(n) else { return true };
        // A day in words is the document's own even behind a label.
        let label = line.chars < 60
            && !text.contains('年')
            && self.label(n).is_some_and(|found| !matches!(found.first(), Some(Label::Title | Label::Other)));
        let marks_only = text.chars().all(|c| !c.is_alphanumeric()) && !text.contains(['（', '年']);
        label || marks_only || self.is_further_reading(n) || self.heads_list(n)
    }

    /// The name of a list of links that stands below it: 通知公告, 热点专题.
    fn heads_list(&self, n: usize) -> bool {
        let short = self.lines.all.get(n).is_some_and(|line| line.chars < 9);
        short && line_class::names_list(self.lines.text(n)) && (n + 1..n + 3).all(|n| self.is_further_reading(n))
    }

    /// A line that is a link to another page, or names one behind 相关解读：.
    fn is_further_reading(&self, n: usize) -> bool {
        let Some(line) = self.lines.all.get(n) else { return false };
        let text = self.lines.text(n);
        let to_file =
            line_class::is_file_name(text) || text.contains("附件") || self.links_to_file(line.first, line.last);
        let headed = text.split_once(['：', ':']).is_some_and(|(head, _)| line_class::is_related_head(head));
        let dated = line.links + 14 >= line.chars && line.links >= 8 && is_day(text);
        !to_file
            && (line.links * 10 >= line.chars * 9
                || dated
                || headed && line.links * 2 > line.chars
                || headed && text.contains('《'))
    }

    fn links_to_file(&self, first: At, last: At) -> bool {
        (first..=last).any(|at| {
            let link = self.dom.nearest(at, |tag| tag == Tag::Link);
            link.and_then(|link| self.dom.attribute(link, "href")).is_some_and(line_class::is_file_address)
        })
    }
}

/// A text with a day written in figures.
fn is_day(text: &str) -> bool {
    find_date(text).is_some() && !text.contains(['（', '年'])
}
