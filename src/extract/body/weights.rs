//! How much each line of a page weighs as a part of an article: running text weighs, what surrounds it does not.

use std::collections::HashSet;

use super::copies::repeated;
use super::foot::foot;
use super::related::headed_box;
use super::table::Grids;
use crate::extract::explain::Trace;
use crate::extract::rules::WeightRule;
use crate::page::{Each, Id as _, LabelLine, Line, LineId, NodeId, Span, Sums, View, behind, letters, line_class};

/// What weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Sentences that are shown.
    Sentences,
    /// Sentences that a script may show, too.
    Hidden,
    /// Words without sentences: lists of names, tables, the files of an article that says nothing itself.
    Words,
}

/// Running text below which hidden parts of a page are looked at, too.
const LITTLE: f64 = 120.0;
/// Least weight of a line that is a whole sentence.
const SENTENCE: f64 = 10.0;
/// What stands above the title, in the foot or in a box of furniture weighs such a part: hardly anything.
const HARDLY: f64 = 0.05;
/// More characters of one line do not weigh: a page put into one line is no longer article than others.
const MOST_OF_A_LINE: usize = 800;
/// Fewest characters of a sentence.
const SHORTEST_SENTENCE: usize = 10;
/// Fewest characters of a line without marks that weighs, where sentences do.
const SHORTEST_LINE: usize = 12;
/// What such a line weighs of its characters, where sentences weigh and where words do.
const SHARE_OF_A_LINE: (f64, f64) = (0.1, 0.5);

/// How much each line weighs.
pub(super) struct Weights {
    sums: Sums<LineId, f64>,
    closings: Sums<LineId, usize>,
    /// The line that shows the title as the tags give it.
    pub(super) heading: Option<LineId>,
    /// The same if most of what weighs follows it; the first of the page otherwise.
    pub(super) title: LineId,
    /// The first line of the foot.
    pub(super) foot: LineId,
    /// What the site says of its rights.
    pub(super) notice: Span<LineId>,
    /// The lines that stand on the page a second time.
    pub(super) repeated: Each<LineId, bool>,
    /// The tables of short cells.
    pub(super) grids: Grids,
    /// The lines in boxes that call themselves furniture.
    in_furniture: Each<LineId, bool>,
}

impl Weights {
    /// The weights of the sentences shown; if there are none, of those that a script may show, else of bare words.
    /// The second value says that what is hidden weighs.
    pub(super) fn of_page(view: &View, titles: &[String], trace: &mut Trace<'_>) -> (Self, bool) {
        let lines = view.lines();
        let heading = title_line(view, titles);
        let shown = Self::new(view, heading, Scale::Sentences, trace);
        let speaks = shown.holds_sentence(view) || shown.of(lines.all()) >= LITTLE;
        let above = speaks && shown.stands_above(view);
        if speaks && !above {
            return (shown, false);
        }
        let (hidden, seen): (Vec<LineId>, Vec<LineId>) = lines.all().iter().partition(|&n| lines[n].style.hidden);
        let seen: HashSet<&str> = seen.into_iter().map(|n| lines.text(n)).collect();
        if hidden.into_iter().any(|n| lines[n].is_sentence && !seen.contains(lines.text(n))) {
            let waiting = Self::new(view, heading, Scale::Hidden, trace);
            if !above || waiting.of(heading.unwrap_or(lines.all().start).to(lines.all().end)) >= LITTLE {
                return (waiting, true);
            }
        }
        if above {
            return (shown, false);
        }
        (Self::new(view, heading, Scale::Words, trace), false)
    }

    fn new(view: &View, heading: Option<LineId>, scale: Scale, trace: &mut Trace<'_>) -> Self {
        let lines = view.lines();
        let on = |rule: WeightRule| trace.allows(rule.name());
        let (copies, above, below, boxes) =
            (on(WeightRule::Copy), on(WeightRule::AboveTitle), on(WeightRule::Foot), on(WeightRule::FurnitureBox));
        let repeated = if copies { repeated(view) } else { lines.all().iter().map(|_| false).collect() };
        // Of a desktop and a mobile copy one is chosen because the other weighs nothing.
        let own: Each<LineId, f64> =
            lines.all().iter().map(|n| if repeated[n] { 0.0 } else { weight(view, n, scale) }).collect();
        let anchor = heading.filter(|_| above).map_or(lines.all().start, |title| anchor(view, title, &own));
        let foot = if below { foot(view, &own, anchor) } else { lines.all().end };
        let furniture = FurnitureBoxes::new(view, boxes);
        let inside = |n: LineId| furniture.holds(lines[n].first);
        let is_related = on(WeightRule::RelatedBox);
        let related = lines.all().iter().filter(|_| is_related).filter_map(|n| headed_box(view, n));
        let related: Vec<Span<LineId>> = related.collect();
        let notice = if on(WeightRule::SiteNotice) { site_notice(view, anchor) } else { Span::empty() };
        let outer = |n: LineId| {
            n < anchor || n >= foot || notice.contains(n) || inside(n) || related.iter().any(|span| span.contains(n))
        };
        let sums = Sums::of(lines.all().iter().map(|n| own[n] * if outer(n) { HARDLY } else { 1.0 }));
        let closes = |n: LineId| n < foot && !inside(n) && !repeated[n] && closes(view, n, scale);
        let closings = Sums::of(lines.all().iter().map(|n| usize::from(closes(n))));
        trace.hits(WeightRule::Copy.name(), repeated.iter().filter(|again| **again).count());
        trace.hits(WeightRule::AboveTitle.name(), lines.all().start.to(anchor).len());
        trace.hits(WeightRule::Foot.name(), foot.to(lines.all().end).len());
        trace.hits(WeightRule::SiteNotice.name(), notice.len());
        trace.hits(WeightRule::RelatedBox.name(), related.len());
        trace.hits(WeightRule::FurnitureBox.name(), furniture.0.len());
        let in_furniture = lines.all().iter().map(inside).collect();
        let grids = Grids::of(view);
        Self { sums, closings, heading, title: anchor, foot, notice, repeated, grids, in_furniture }
    }

    /// Nothing that is shown below the title weighs: what does is a slogan above, and the article waits for a script.
    fn stands_above(&self, view: &View) -> bool {
        let all = view.lines().all();
        let below = |title: LineId| self.of(title.to(all.end));
        self.heading.is_some_and(|title| title > all.start && self.of(all) < LITTLE && below(title) < SENTENCE)
    }

    /// Whether a whole sentence is among the lines that weigh.
    fn holds_sentence(&self, view: &View) -> bool {
        let lines = view.lines();
        lines.all().iter().any(|n| self.of(n.to(n + 1)) >= SENTENCE && lines.text(n).contains('。'))
    }

    /// The weight of some lines.
    pub(super) fn of(&self, span: Span<LineId>) -> f64 {
        self.sums.within(span)
    }

    /// Whether a line stands in a box that calls itself furniture.
    pub(super) fn is_boxed(&self, n: LineId) -> bool {
        self.in_furniture[n]
    }

    /// How many of some lines close a document.
    pub(super) fn closings(&self, span: Span<LineId>) -> usize {
        self.closings.within(span)
    }
}

/// What a site says of its rights below an article: from its head to the end of the box.
fn site_notice(view: &View, anchor: LineId) -> Span<LineId> {
    let lines = view.lines();
    let mut below = anchor.to(lines.all().end).iter();
    let Some(head) = below.find(|&n| line_class::heads_notice(lines.text(n))) else { return Span::empty() };
    let mut boxes = view.tree.upwards(lines[head].block).map(|at| view.lines_in(at));
    let larger = boxes.find(|inside| inside.end > head + 1 && inside.start <= head);
    larger.filter(|inside| inside.start + 1 >= head).map_or(head.to(head + 1), |inside| head.to(inside.end))
}

/// The line that shows the title, if most of the running text follows it; the first otherwise.
fn anchor(view: &View, title: LineId, own: &Each<LineId, f64>) -> LineId {
    let all = view.lines().all();
    let sum = |span: Span<LineId>| own.within(span).iter().sum::<f64>();
    if sum(all.start.to(title)) > sum(title.to(all.end)) { all.start } else { title }
}

/// Characters of running text: whole for a sentence, a part for a short line, nothing for links and furniture.
fn weight(view: &View, n: LineId, scale: Scale) -> f64 {
    let lines = view.lines();
    let line = &lines[n];
    let way = line.is_linked() && !(scale == Scale::Words && view.links_to_file(n));
    if line.style.hidden && scale != Scale::Hidden || way || lines.is_furniture(n) {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a line has far less than 2^52 characters")]
    let own = line.chars.min(MOST_OF_A_LINE).saturating_sub(if line.is_linked() { 0 } else { line.links }) as f64;
    if line.marks > 0 && line.chars >= SHORTEST_SENTENCE {
        own
    } else if line.chars < SHORTEST_LINE && scale != Scale::Words || lines.labels(n).is_some_and(LabelLine::leads) {
        0.0
    } else {
        // Words say more than the names of files.
        own * if scale == Scale::Words && !line.is_linked() { SHARE_OF_A_LINE.1 } else { SHARE_OF_A_LINE.0 }
    }
}

/// The line that shows the title as the tags give it.
fn title_line(view: &View, titles: &[String]) -> Option<LineId> {
    /// Fewest characters of the line.
    const SHORTEST: usize = 9;
    /// A declared title that is longer is told by its beginning, since tags cut.
    const LONG: usize = 14;
    let lines = view.lines();
    let shows = |&n: &LineId| {
        let line = &lines[n];
        let shown = |title: &String| {
            let rest = behind(letters(lines.text(n)), title);
            rest.is_some_and(|mut rest| rest.next().is_none() || title.chars().count() > LONG)
        };
        line.chars >= SHORTEST && line.links * 2 < line.chars && titles.iter().any(shown)
    };
    lines.all().iter().find(shows)
}

fn closes(view: &View, n: LineId, scale: Scale) -> bool {
    let (line, text) = (&view.lines()[n], view.lines().text(n));
    (scale == Scale::Hidden || !line.style.hidden)
        && !line.is_linked()
        && line_class::is_closing(text)
        && !line_class::heads_files(text)
}

/// The boxes that say of themselves that they are furniture, unless they hold a good part of the page.
struct FurnitureBoxes(Vec<Span<NodeId>>);

impl FurnitureBoxes {
    fn new(view: &View, on: bool) -> Self {
        /// One such part of the page is too much for furniture.
        const PART: usize = 3;
        let (tree, lines) = (&view.tree, view.lines());
        let plain = |span: Span<LineId>| lines.among(span).iter().map(Line::plain).sum::<usize>();
        let total = plain(lines.all());
        let mut boxes = Vec::new();
        let mut at = NodeId::ROOT;
        while on && at < tree.all().end {
            if tree[at].named_furniture && plain(view.lines_in(at)) * PART < total {
                boxes.push(tree.span(at));
                at = tree.end(at);
            } else {
                at = at + 1;
            }
        }
        Self(boxes)
    }

    fn holds(&self, at: NodeId) -> bool {
        let n = self.0.partition_point(|span| span.start <= at);
        n > 0 && self.0.get(n - 1).is_some_and(|span| at < span.end)
    }
}
