//! Which lines inside the body's element are no part of the body: title and metadata above, tools and links below.

mod head;
mod own;
mod tail;

use super::lines::Body;
use super::reach::Reach;
use super::table::Grids;
use super::weights::Weights;
use crate::extract::explain::{DroppedLine, Trace};
use crate::extract::rules::DropRule;
use crate::page::{
    Each, Id as _, LabelLine, LineId, NodeId, Span, Tag, View, behind, letters, line_class, without_date,
};
use crate::text::{find_date, is_private_use};

/// Most bytes of a line that is a tool of the page.
const LONGEST_TOOL: usize = 90;

/// What a line of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// It stands outside of the element.
    Outside,
    /// It is part of the body.
    Body,
    /// It is none.
    Dropped(DropRule),
}

/// Tells the body's lines among those of its element; the second value are the lines that a rule names for certain.
pub(super) fn without(
    view: &View,
    reach: &Reach,
    removed: &[Span<NodeId>],
    titles: &[String],
    weights: &Weights,
    hidden: bool,
    trace: &mut Trace<'_>,
) -> (Body, Vec<LineId>) {
    let inside = reach.lines;
    let chars = |written: bool| {
        let lines = view.lines().among(inside).iter();
        lines.filter(|line| line.style.written == written).map(|line| line.chars).sum::<usize>()
    };
    let written = chars(true) > chars(false);
    let judge = Judge { view, reach, inside, titles, grids: &weights.grids, hidden, written, trace };
    let mut verdicts: Each<LineId, Verdict> = view.lines().all().iter().map(|_| Verdict::Outside).collect();
    let foot = judge.foot(weights);
    let doubled = judge.is_doubled(&weights.repeated);
    let pages = judge.page_numbers();
    let summaries = judge.summaries();
    for n in inside.iter() {
        let rule = judge.on(DropRule::Foot, n >= foot);
        let rule = rule.or_else(|| judge.on(DropRule::Copy, judge.is_copy(n, doubled, &weights.repeated)));
        let rule = rule.or_else(|| judge.on(DropRule::PageNumber, pages.binary_search(&n).is_ok()));
        let summed = || summaries.iter().any(|summary| summary.contains(n));
        let rule = rule.or_else(|| judge.on(DropRule::MachineSummary, summed()));
        let rule = rule.or_else(|| judge.stray(n, removed));
        verdicts[n] = rule.map_or(Verdict::Body, Verdict::Dropped);
    }
    judge.side_links(&mut verdicts);
    judge.head(&mut verdicts);
    judge.tail(&mut verdicts);
    let dropped = inside.iter().filter_map(|n| match verdicts[n] {
        Verdict::Dropped(rule) => Some(DroppedLine { text: view.lines().text(n).to_owned(), rule }),
        Verdict::Outside | Verdict::Body => None,
    });
    let dropped: Vec<DroppedLine> = dropped.collect();
    for line in &dropped {
        trace.hits(line.rule.name(), 1);
    }
    trace.note(|notes| notes.dropped.clone_from(&dropped));
    let named = inside.iter().filter(|&n| matches!(verdicts[n], Verdict::Dropped(rule) if rule.is_certain()));
    let named = named.collect();
    let kept = verdicts.iter().map(|verdict| *verdict == Verdict::Body).collect();
    (Body::new(reach.element, reach.core, inside, kept), named)
}

/// Drops the lines that are still part of the body.
fn drop(verdicts: &mut Each<LineId, Verdict>, lines: Span<LineId>, rule: Option<DropRule>) {
    let Some(rule) = rule else { return };
    for verdict in verdicts.within_mut(lines).iter_mut().filter(|verdict| **verdict == Verdict::Body) {
        *verdict = Verdict::Dropped(rule);
    }
}

/// What is known when the lines of an element are judged.
struct Judge<'a> {
    view: &'a View,
    reach: &'a Reach,
    inside: Span<LineId>,
    /// The letters of the declared titles.
    titles: &'a [String],
    grids: &'a Grids,
    /// What is hidden is part of the article.
    hidden: bool,
    /// A script writes the article itself.
    written: bool,
    trace: &'a Trace<'a>,
}

impl Judge<'_> {
    /// The rule, if it holds and is on.
    fn on(&self, rule: DropRule, holds: bool) -> Option<DropRule> {
        (holds && self.trace.allows(rule.name())).then_some(rule)
    }

    fn text(&self, n: LineId) -> &str {
        self.view.lines().text(n)
    }

    /// The first line of the page's foot, if the body's element holds it, too.
    fn foot(&self, weights: &Weights) -> LineId {
        let legal = |n: LineId| line_class::is_registration(self.text(n)) || line_class::is_right(self.text(n));
        if weights.foot.to(self.inside.end).iter().any(legal) { weights.foot } else { self.inside.end }
    }

    /// Most of the sentences stand there twice.
    fn is_doubled(&self, repeated: &Each<LineId, bool>) -> bool {
        let (mut once, mut again) = (0, 0);
        for n in self.inside.iter() {
            *(if repeated[n] { &mut again } else { &mut once }) += self.view.lines()[n].marks;
        }
        again > 0 && again * 10 >= once * 8
    }

    /// The line stands there a second time, or its cut beginning does: the reader unfolds the whole.
    fn is_copy(&self, n: LineId, doubled: bool, repeated: &Each<LineId, bool>) -> bool {
        /// Fewest characters of a beginning that tells its line.
        const TELLING: usize = 9;
        let unfolded = self.reach.unfolded;
        let text = self.text(n).trim_end_matches(['…', '.', '。']);
        let whole = |m: LineId| self.text(m).len() > self.text(n).len() && self.text(m).starts_with(text);
        // It is the last of what is shown, or says itself that it goes on; a heading above may begin like a line below the fold.
        let way = |m: LineId| self.view.lines()[m].is_linked() || line_class::unfolds(self.text(m));
        let last = || (n + 1).to(unfolded.start).iter().all(way);
        let is_cut = || self.text(n).ends_with(['…', '.']) || last();
        let cut = || !unfolded.contains(n) && text.chars().count() >= TELLING && is_cut() && unfolded.iter().any(whole);
        // What is unfolded says again what is shown only if it says it from the beginning.
        let again = unfolded.contains(n) && repeated.get(unfolded.start) == Some(&true);
        (doubled || again) && repeated[n] || unfolded.len() > 0 && cut()
    }

    /// The numbers of printed pages, each one more than the one before; a single one is set between dashes.
    fn page_numbers(&self) -> Vec<LineId> {
        let found = self.inside.iter().filter_map(|n| Some((n, line_class::page_number(self.text(n))?)));
        let found: Vec<(LineId, u32)> = found.collect();
        let counts = found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
        let one = found.len() == 1 && found.iter().any(|&(n, _)| !self.text(n).starts_with('第'));
        if counts && (one || found.len() > 1) { found.into_iter().map(|(n, _)| n).collect() } else { Vec::new() }
    }

    /// Why a line is out wherever it stands.
    fn stray(&self, n: LineId, removed: &[Span<NodeId>]) -> Option<DropRule> {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        // Strokes may part them.
        let icons = || text.contains(is_private_use) && !text.chars().any(char::is_alphanumeric);
        self.on(DropRule::Hidden, line.style.hidden && !self.hidden && !self.reach.unfolded.contains(n))
            .or_else(|| self.on(DropRule::Written, line.style.written && !self.written))
            .or_else(|| self.on(DropRule::IconFont, icons()))
            .or_else(|| self.on(DropRule::Source, removed.iter().any(|removed| removed.contains(line.first))))
            .or_else(|| {
                self.on(DropRule::Tool, text.len() < LONGEST_TOOL && line_class::holds_tool(text) && !self.tells(n))
            })
            .or_else(|| self.on(DropRule::Interpretation, line.is_linked() && line_class::names_interpretation(text)))
            .or_else(|| self.on(DropRule::Pager, line_class::is_pager(text)))
            .or_else(|| self.on(DropRule::Unfolder, line.links > 0 && line_class::unfolds(text)))
            .or_else(|| self.on(DropRule::FurnitureBox, self.is_boxed(line.block)))
    }

    /// A step of a text that tells how to use a tool: 第二步，点击打印本页按钮。
    fn tells(&self, n: LineId) -> bool {
        self.text(n).ends_with(['。', '；']) && self.view.lines()[n].links == 0
    }

    /// The block stands in a box of furniture that holds no sentence.
    fn is_boxed(&self, block: NodeId) -> bool {
        let tree = &self.view.tree;
        let mut around = tree.upwards(block).take_while(|&at| at > self.reach.element);
        around.any(|at| tree[at].named_furniture && self.view.lines().marks(self.view.lines_in(at)) == 0)
    }

    /// Tools and their counts, and no row of a table of data.
    fn is_tool(&self, n: LineId) -> bool {
        line_class::is_tool_line(self.text(n)) && self.grids.holding(n).is_none()
    }

    fn is_title(&self, n: LineId) -> bool {
        /// Fewest letters of a title that tell it, and the part of it that must be there.
        const SHOWN: (usize, usize) = (5, 3);
        let text = without_date(self.text(n));
        self.titles.iter().any(|title| {
            let whole = title.chars().count();
            let shown = behind(letters(title), text).map(|rest| whole - rest.count());
            shown.is_some_and(|shown| shown >= SHOWN.0 && shown * SHOWN.1 > whole)
        })
    }

    fn label(&self, n: LineId) -> Option<&LabelLine> {
        self.view.lines().labels(n).filter(|labels| labels.leads())
    }

    /// In a cell of a table.
    fn in_grid(&self, n: LineId) -> bool {
        self.is_in(n, |tag| matches!(tag, Tag::Cell | Tag::HeadCell))
    }

    fn in_heading(&self, n: LineId) -> bool {
        self.is_in(n, |tag| tag == Tag::Heading)
    }

    fn is_in(&self, n: LineId, fits: impl Fn(Tag) -> bool) -> bool {
        self.view.lines().get(n).is_some_and(|line| self.view.tree.nearest(line.block, fits).is_some())
    }
}

/// A text with a day written in figures.
fn is_day(text: &str) -> bool {
    find_date(text).is_some() && !text.contains(['（', '年'])
}

/// 发布时间, 更新日期: what a portal did with a page.
fn says_posted(word: &str) -> bool {
    ["发布", "发表", "更新", "录入", "上传"].iter().any(|deed| word.starts_with(deed))
}
