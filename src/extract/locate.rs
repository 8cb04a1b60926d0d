//! Which element holds the body: what the portal family says, what the text says, and the decision between the two.

use std::ops::Range;

use super::copies::repeated;
use super::foot::foot;
use crate::page::{At, Dom, LabelLine, Line, Lines, Tag, behind, letters, line_class};

/// What weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Sentences that are shown.
    Sentences,
    /// Sentences that a script may show, too.
    Hidden,
    /// Words without sentences: lists of names, tables.
    Words,
}

/// How much each line weighs as a part of an article.
pub(super) struct Weights {
    /// Sums up to each line: `sums[n]` is the weight of the lines before line n.
    sums: Vec<f64>,
    /// The same for lines that close a document.
    closings: Vec<usize>,
    /// The first line of the foot.
    pub(super) foot: usize,
    /// The lines that stand on the page a second time.
    pub(super) repeated: Vec<bool>,
}

impl Weights {
    pub(super) fn new(dom: &Dom<'_>, lines: &Lines, titles: &[String], scale: Scale) -> Self {
        let repeated = repeated(lines);
        // Of a desktop and a mobile copy one is chosen because the other weighs nothing.
        let again = |n: usize| repeated.get(n) == Some(&true);
        let own: Vec<f64> = (0..lines.len()).map(|n| if again(n) { 0.0 } else { weight(lines, n, scale) }).collect();
        let anchor = anchor(lines, titles, &own);
        let foot = foot(dom, lines, &own, anchor);
        let furniture = FurnitureBoxes::new(dom, lines);
        let (mut sums, mut closings) = (vec![0.0], vec![0]);
        let (mut sum, mut closing) = (0.0, 0);
        for (n, own) in own.into_iter().enumerate() {
            let inside = lines.all.get(n).is_some_and(|line| furniture.holds(line.first));
            // What stands above the title or in the foot is no body; boxes that call themselves furniture hardly are.
            let share = if n < anchor || n >= foot || inside { 0.05 } else { 1.0 };
            sum += own * share;
            closing += usize::from(n < foot && !inside && !again(n) && closes(lines, n, scale));
            sums.push(sum);
            closings.push(closing);
        }
        Self { sums, closings, foot, repeated }
    }

    /// Whether a whole sentence is among the lines that weigh.
    pub(super) fn holds_sentence(&self, lines: &Lines) -> bool {
        (0..lines.len()).any(|n| self.of(&(n..n + 1)) >= 10.0 && lines.text(n).contains('。'))
    }

    /// The weight of a range of lines.
    pub(super) fn of(&self, range: &Range<usize>) -> f64 {
        let at = |n: usize| self.sums.get(n).or(self.sums.last()).copied().unwrap_or_default();
        at(range.end) - at(range.start)
    }

    fn closings(&self, range: &Range<usize>) -> usize {
        let at = |n: usize| self.closings.get(n).or(self.closings.last()).copied().unwrap_or_default();
        at(range.end) - at(range.start)
    }
}

/// The line that shows the title, if most of the running text follows it; 0 otherwise.
fn anchor(lines: &Lines, titles: &[String], own: &[f64]) -> usize {
    let anchor = title_line(lines, titles);
    let (above, below) = own.split_at(anchor);
    if above.iter().sum::<f64>() > below.iter().sum::<f64>() { 0 } else { anchor }
}

/// Characters of running text: whole for a sentence, a part for a short line, nothing for links and furniture.
fn weight(lines: &Lines, n: usize, scale: Scale) -> f64 {
    let Some(line) = lines.all.get(n) else { return 0.0 };
    if line.style.hidden && scale != Scale::Hidden || line.links * 2 > line.chars || lines.is_furniture(n) {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a line has far less than 2^52 characters")]
    let own = line.chars.min(800).saturating_sub(line.links) as f64;
    if line.marks > 0 && line.chars >= 10 {
        own
    } else if line.chars < 12 && scale != Scale::Words || lines.labels(n).is_some_and(LabelLine::leads) {
        0.0
    } else {
        own * if scale == Scale::Words { 0.5 } else { 0.1 }
    }
}

/// The line that shows the title as the tags give it; 0 if there is none.
fn title_line(lines: &Lines, titles: &[String]) -> usize {
    let shows = |n: usize| {
        let line = lines.all.get(n)?;
        let text = (line.chars > 8 && line.links * 2 < line.chars).then(|| lines.text(n))?;
        let shown = |title: &String| {
            behind(letters(text), title).is_some_and(|mut rest| rest.next().is_none() || title.chars().count() > 14)
        };
        titles.iter().any(shown).then_some(n)
    };
    (0..lines.len()).find_map(shows).unwrap_or(0)
}

fn closes(lines: &Lines, n: usize, scale: Scale) -> bool {
    let seen = lines
        .all
        .get(n)
        .is_some_and(|line| (scale == Scale::Hidden || !line.style.hidden) && line.links * 2 <= line.chars);
    seen && line_class::is_closing(lines.text(n)) && !line_class::heads_files(lines.text(n))
}

/// The boxes that say of themselves that they are furniture, unless they hold a good part of the page.
struct FurnitureBoxes(Vec<(At, At)>);

impl FurnitureBoxes {
    fn new(dom: &Dom<'_>, lines: &Lines) -> Self {
        let total: usize = lines.all.iter().map(|line| line.chars - line.links).sum();
        let mut boxes = Vec::new();
        let mut at = 0;
        while at < dom.nodes.len() {
            let end = dom.end(at);
            if dom.nodes.get(at).is_some_and(|node| node.named_furniture) {
                let own = lines.within(at, end);
                let chars: usize = own.filter_map(|n| lines.all.get(n)).map(|line| line.chars - line.links).sum();
                if chars * 3 < total {
                    boxes.push((at, end));
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        Self(boxes)
    }

    fn holds(&self, at: At) -> bool {
        let n = self.0.partition_point(|&(start, _)| start <= at);
        n > 0 && self.0.get(n - 1).is_some_and(|&(_, end)| at < end)
    }
}

/// Share of a body that stray sentences of the page around it may weigh: slogans, and titles with commas in them.
const STRAY: f64 = 0.6;

/// Lines that for the most part are links, as in navigation.
fn mostly_links(lines: &Lines, around: impl Iterator<Item = usize>) -> bool {
    let sum = |(linked, all), line: &Line| (linked + line.links, all + line.chars);
    let (linked, all) = around.filter_map(|n| lines.all.get(n)).fold((0, 0), sum);
    linked * 2 > all
}

/// The element that the scorer proposes.
pub(super) struct Scored {
    pub(super) at: At,
    /// The next smaller one, and what it lacks.
    pub(super) smaller: Option<(At, &'static str)>,
}

/// The smallest element that holds the running text of the page and its closing lines.
pub(super) fn by_weight(dom: &Dom<'_>, lines: &Lines, weights: &Weights) -> Scored {
    let mut at = 0;
    loop {
        let own = lines.within(at, dom.end(at));
        let heaviest = dom
            .children(at)
            .filter(|&child| dom.tag(child).is_some_and(may_hold_body))
            .map(|child| (child, lines.within(child, dom.end(child))))
            .max_by(|a, b| weights.of(&a.1).total_cmp(&weights.of(&b.1)));
        let Some((child, inside)) = heaviest else { return Scored { at, smaller: None } };
        let (total, kept) = (weights.of(&own), weights.of(&inside));
        let (before, after) = (own.start..inside.start, inside.end..own.end);
        let loss = total - kept;
        let strays = || {
            loss < kept * STRAY && mostly_links(lines, before.clone().chain(after.start..after.end.min(weights.foot)))
        };
        let lacks = if total <= 0.0 {
            "nothing weighs"
        } else if loss > allowed_loss(kept) && !strays() {
            "running text stands outside"
        } else if weights.closings(&after) > 0 {
            "closing lines stand below it"
        } else if heads_annex(lines, before) {
            "the line that heads an annex stands above it"
        } else {
            at = child;
            continue;
        };
        return Scored { at, smaller: Some((child, lacks)) };
    }
}

/// 附件1 stands alone right above the text, which is then an annex.
fn heads_annex(lines: &Lines, before: Range<usize>) -> bool {
    before.rev().take(3).any(|n| {
        let line = lines.all.get(n).is_some_and(|line| line.chars < 8 && line.links == 0);
        line && lines.text(n).starts_with("附件")
    })
}

fn allowed_loss(kept: f64) -> f64 {
    (kept * 0.12).max(12.0)
}

fn may_hold_body(tag: Tag) -> bool {
    !matches!(tag, Tag::Paragraph | Tag::Heading | Tag::Link | Tag::Meta | Tag::Break)
}
