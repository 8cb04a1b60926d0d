//! How far an article reaches beyond the box of its running text: the lines above, below and between the boxes.
//!
//! A line is furniture only if it is recognised as such. From the box of the running text outwards every line of text
//! belongs to the article, up to the first line of furniture in each direction.

mod unfolded;

use super::related;
use super::table::Grid;
use super::weights::Weights;
use super::wrapped::begins_item;
use crate::extract::explain::Trace;
use crate::extract::rules::ReachRule;
use crate::page::{Id as _, LabelLine, LineId, NodeId, Span, Tag, View, behind, letters, line_class, speaks_of_site};
use crate::text::{find_date, is_blank, is_ideograph};
use crate::words::BODIES;

/// Most characters of a line that is a day and little else.
const LONGEST_DAY: usize = 23;
/// Characters of a line that is the name of a body.
const NAME: (usize, usize) = (4, 23);
/// So many lines behind the head of a box of other articles the first of them is linked; so many above stands a day.
const NEAR: usize = 3;
/// How far above the box of the running text a hidden part of the article may hang.
const STEPS: usize = 4;

/// The lines of an article, with what stands between them.
pub(super) struct Reach {
    /// The box of the running text.
    pub(super) core: NodeId,
    /// The smallest element around the lines.
    pub(super) element: NodeId,
    pub(super) lines: Span<LineId>,
    /// Hidden lines that a reader unfolds.
    pub(super) unfolded: Span<LineId>,
}

impl Reach {
    /// Nothing but what stands in an element.
    pub(super) fn of_element(view: &View, at: NodeId) -> Self {
        Self { core: at, element: at, lines: view.lines_in(at), unfolded: Span::empty() }
    }

    /// Everything around the box of the running text that belongs to the article.
    pub(super) fn around(
        view: &View,
        weights: &Weights,
        titles: &[String],
        core: NodeId,
        hidden: bool,
        trace: &mut Trace<'_>,
    ) -> Self {
        let around = Around { view, weights, titles, core, hidden, own: view.lines_in(core) };
        let mut lines = around.own;
        if trace.allows(ReachRule::Above.name()) {
            lines.start = around.start();
        }
        if trace.allows(ReachRule::Below.name()) {
            lines.end = around.end(trace.allows(ReachRule::TableBelow.name()));
        }
        let lone = trace.allows(ReachRule::LoneSentence.name()) && around.is_lone_sentence(lines.end);
        lines.end = if lone { around.own.end } else { lines.end };
        let certain = trace.allows(ReachRule::OtherArticles.name()).then(|| around.other_articles()).flatten();
        lines.end = certain.unwrap_or(lines.end);
        let unfolded = if trace.allows(ReachRule::Unfolded.name()) { around.unfolded(lines) } else { Span::empty() };
        if unfolded.len() > 0 {
            lines = lines.start.min(unfolded.start).to(lines.end.max(unfolded.end));
        }
        trace.hits(ReachRule::Above.name(), usize::from(lines.start < around.own.start));
        trace.hits(ReachRule::Below.name(), usize::from(lines.end > around.own.end));
        trace.hits(ReachRule::LoneSentence.name(), usize::from(lone));
        trace.hits(ReachRule::OtherArticles.name(), usize::from(certain.is_some()));
        trace.hits(ReachRule::Unfolded.name(), usize::from(unfolded.len() > 0));
        Self { core, element: around.element(lines), lines, unfolded }
    }
}

struct Around<'a> {
    view: &'a View,
    weights: &'a Weights,
    /// The letters of the declared titles.
    titles: &'a [String],
    core: NodeId,
    /// The lines of the box of the running text.
    own: Span<LineId>,
    /// What is hidden is part of the article.
    hidden: bool,
}

impl Around<'_> {
    fn text(&self, n: LineId) -> &str {
        self.view.lines().text(n)
    }

    /// The first line: upwards to the title, to metadata or to furniture.
    ///
    /// In other cells, and above a day in words, only sentences tell that the article goes on: a decree with its
    /// signature above the rules that it issues.
    fn start(&self) -> LineId {
        let lines = self.view.lines();
        let (mut start, mut certain) = (self.own.start, true);
        for n in lines.all().start.to(self.own.start).iter().rev() {
            if self.is_passed_over(n) {
                continue;
            }
            let signed = line_class::is_worded_date(self.text(n)) && lines[n].links == 0;
            if self.ends(n) || !signed && self.heads(n) {
                break;
            }
            certain &= !signed && !self.in_other_cell(n);
            // Who is addressed stands above the first sentence.
            let addressed = || n + 1 == start && start < self.own.start && self.text(n).ends_with(['：', ':']);
            let heads = || n + 1 == start && start < self.own.start && self.heads_contents(n);
            let belongs = if certain { self.is_content(n) || heads() } else { self.is_enactment(n) || addressed() };
            if belongs {
                start = n;
            }
        }
        start
    }

    /// A whole sentence that is no link.
    fn is_enactment(&self, n: LineId) -> bool {
        let line = &self.view.lines()[n];
        line.is_sentence && line.links == 0 && self.text(n).ends_with(['。', '：'])
    }

    /// Behind the last line: downwards to furniture or to the foot.
    fn end(&self, tables: bool) -> LineId {
        let mut end = self.own.end;
        for n in self.own.end.to(self.weights.foot.min(self.view.lines().all().end)).iter() {
            if self.is_passed_over(n) {
                continue;
            }
            if self.ends(n) {
                break;
            }
            // What leads to nothing is no text.
            if self.is_link(n) || self.is_metadata(n) || self.text(n).ends_with(['：', ':']) {
                continue;
            }
            let row = tables && self.is_row(n);
            if row || self.is_content(n) && !self.names_file(n) || end == n && self.signs(n) {
                end = n + 1;
            }
        }
        end
    }

    /// All that stands behind the signature and the day of the document, up to `end`, is one sentence in another box.
    fn is_lone_sentence(&self, end: LineId) -> bool {
        let says = |&n: &LineId| !self.is_passed_over(n) && self.is_content(n);
        let beyond: Vec<LineId> = self.own.end.to(end).iter().filter(says).collect();
        let [only] = beyond.as_slice() else { return false };
        let text = self.text(*only);
        self.is_signed_above(self.own.end)
            && !line_class::is_closing(text)
            && !begins_item(text)
            && !text.starts_with(['（', '(', '*', '※'])
            && !["注", "备注", "说明", "联系", "咨询", "电话"].iter().any(|word| text.starts_with(word))
    }

    /// The head of a box of other articles or of comments inside of the box, below most of the running text.
    fn other_articles(&self) -> Option<LineId> {
        let heads = |&n: &LineId| {
            let links = || n.to((n + NEAR).min(self.view.lines().all().end)).iter().any(|n| self.is_link_to_page(n));
            let text = self.text(n);
            line_class::heads_comments(text)
                || line_class::heads_notice(text)
                || line_class::names_neighbour(text) && self.view.lines()[n].links > 0
                || line_class::is_related_head(text) && (links() || self.is_signed_above(n) || self.heads_last_box(n))
        };
        let below = |&n: &LineId| {
            let above = self.own.start.to(n);
            // What is still folded does not weigh yet.
            let folded = || above.iter().any(|n| line_class::unfolds(self.text(n)));
            // Readers may say more than a short document.
            let comments = || line_class::heads_comments(self.text(n)) && self.is_signed_above(n);
            self.weights.of(above) >= self.weights.of(n.to(self.own.end))
                || folded()
                || comments()
                || self.lists_to_the_end(n)
        };
        self.own.iter().filter(heads).find(below).or_else(|| self.items_below())
    }

    /// The first of the items that fill the box below the text of an article, without a head over them.
    fn items_below(&self) -> Option<LineId> {
        /// Fewest paragraphs of an article above them, and what it weighs for each part that they do.
        const ARTICLE: (usize, f64) = (2, 0.5);
        let first = related::items_at_end(self.view, self.own)?;
        let above = self.own.start.to(first);
        let lines = self.view.lines();
        let sentences = above.iter().filter(|&n| lines[n].is_sentence && lines[n].links == 0);
        let last = sentences.clone().next_back()?;
        // Among the paragraphs of the text they are its own.
        let parent = |n: LineId| self.view.tree.parent(lines[n].block);
        let weighs = self.weights.of(above) >= self.weights.of(first.to(self.own.end)) * ARTICLE.1;
        (sentences.count() >= ARTICLE.0 && weighs && parent(first) != parent(last)).then_some(first)
    }

    /// Below an article the line heads nothing but links to pages, each with its summary.
    fn lists_to_the_end(&self, head: LineId) -> bool {
        let has_text = || self.own.start.to(head).iter().any(|n| self.is_content(n));
        related::lists_pages(self.view, (head + 1).to(self.own.end)) && has_text()
    }

    /// A day in words stands close above, as below the end of a document.
    fn is_signed_above(&self, n: LineId) -> bool {
        (n - NEAR).to(n).iter().any(|n| self.own.contains(n) && line_class::is_worded_date(self.text(n)))
    }

    /// The line heads a box of its own, the last one with running text.
    fn heads_last_box(&self, n: LineId) -> bool {
        /// What weighs less is no running text.
        const LITTLE: f64 = 10.0;
        let around = self.view.tree.upwards(self.view.lines()[n].block).take_while(|&at| at > self.core);
        let mut boxes = around.map(|at| self.view.lines_in(at));
        let own = boxes.find(|inside| inside.len() > 1).filter(|inside| inside.start == n);
        own.is_some_and(|inside| self.weights.of(inside.end.to(self.own.end)) < LITTLE)
    }

    /// Neither the article nor its end: what is not shown, what stands on the page a second time.
    fn is_passed_over(&self, n: LineId) -> bool {
        let hidden = self.view.lines()[n].style.hidden && !self.hidden;
        hidden || self.weights.repeated[n] || line_class::unfolds(self.text(n))
    }

    /// Furniture: nothing of the article stands on its other side.
    fn ends(&self, n: LineId) -> bool {
        let text = self.text(n);
        self.weights.is_boxed(n)
            || self.view.lines().is_furniture(n)
            || line_class::ends_article(text)
            || line_class::is_reading_head(text)
            || line_class::heads_notice(text)
            || line_class::heads_comments(text)
            || self.is_link_to_page(n)
    }

    /// The title, its metadata, or the way to the page: the article begins below.
    fn heads(&self, n: LineId) -> bool {
        let text = self.text(n);
        let day = |text: &str| find_date(text).is_some() && !text.contains('（');
        let labelled = |labels: &LabelLine| labels.leads() || day(labels.before(text));
        self.view.lines().labels(n).is_some_and(labelled)
            || self.view.lines()[n].chars <= LONGEST_DAY && day(text)
            || text.contains(['>', '＞', '»'])
            || begins_label(text)
            // A title may begin with the name of the body, which signs as well.
            || BODIES.ends(text).is_none() && self.titles.iter().any(|title| behind(letters(title), text).is_some())
    }

    /// Mostly a link.
    fn is_link(&self, n: LineId) -> bool {
        related::is_link(self.view, n)
    }

    /// Mostly a link, and not to a file.
    fn is_link_to_page(&self, n: LineId) -> bool {
        related::is_link_to_page(self.view, n)
    }

    /// What only text has: sentences, clauses, numbers of sections, closing lines.
    fn is_content(&self, n: LineId) -> bool {
        let text = self.text(n);
        let says = self.view.lines()[n].marks > 0
            || text.ends_with(['：', ':'])
            || text.starts_with('（') && text.ends_with('）')
            || line_class::is_closing(text)
            || begins_item(text);
        says && !speaks_of_site(text)
    }

    /// 目录 right above its first line.
    fn heads_contents(&self, n: LineId) -> bool {
        let name: String = self.text(n).chars().filter(|&c| !is_blank(c)).collect();
        self.view.lines()[n].links == 0 && matches!(name.as_str(), "目录" | "目次")
    }

    /// 附件：… as portals list what can be downloaded.
    fn names_file(&self, n: LineId) -> bool {
        self.text(n).starts_with("附件") || line_class::is_file_name(self.text(n))
    }

    /// The name of a body alone in its line, not over links, and not one of many.
    fn signs(&self, n: LineId) -> bool {
        /// Most bodies that sign without a day below them.
        const MOST: usize = 3;
        let lines = self.view.lines();
        let mut below = (n + 1).to(lines.all().end).iter().filter(|&n| !self.is_passed_over(n));
        let over_links = below.clone().next().is_some_and(|next| self.is_link(next));
        self.names_body(n) && !over_links && !(0..MOST).all(|_| below.next().is_some_and(|n| self.names_body(n)))
    }

    /// The name of a body alone in its line.
    fn names_body(&self, n: LineId) -> bool {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        (NAME.0..=NAME.1).contains(&line.chars)
            && line.links == 0
            && text.starts_with(is_ideograph)
            && BODIES.ends(text).is_some()
            && !["主办", "承办", "协办"].iter().any(|role| text.ends_with(role))
    }

    /// A line without links in a table of data beside the running text, and not one of labels of the page.
    fn is_row(&self, n: LineId) -> bool {
        let beside = |grid: &Grid| !grid.labelled && !self.view.tree.span(grid.table).contains(self.core);
        self.view.lines()[n].links == 0 && self.weights.grids.holding(n).is_some_and(beside)
    }

    /// Labels of the page below its article.
    fn is_metadata(&self, n: LineId) -> bool {
        let page = |labels: &LabelLine| labels.leads() && (labels.count() > 1 || self.in_other_cell(n));
        self.view.lines().labels(n).is_some_and(page)
    }

    /// In a cell that does not hold the running text.
    fn in_other_cell(&self, n: LineId) -> bool {
        let tree = &self.view.tree;
        let cell = tree.nearest(self.view.lines()[n].block, |tag| matches!(tag, Tag::Cell | Tag::HeadCell));
        cell.is_some_and(|at| !tree.span(at).contains(self.core))
    }

    /// The smallest element around some lines.
    fn element(&self, lines: Span<LineId>) -> NodeId {
        let holds = |&at: &NodeId| {
            let within = self.view.lines_in(at);
            within.start <= lines.start && lines.end <= within.end
        };
        let tree = &self.view.tree;
        let element = tree.upwards(self.core).find(holds).unwrap_or(NodeId::ROOT);
        // Rows are no whole without their table.
        let is_part = matches!(tree.name(element), "tbody" | "thead" | "tfoot" | "tr");
        tree.nearest(element, |tag| tag == Tag::Table).filter(|_| is_part).unwrap_or(element)
    }
}

/// `内容描述：关于…`: a short name, a colon, a value.
fn begins_label(text: &str) -> bool {
    let Some((name, value)) = text.split_once(['：', ':']) else { return false };
    // 各村民委员会： and 同志们： address, 栏目： waits for a value.
    let longest = if value.is_empty() { 3 } else { 6 };
    (2..=longest).contains(&name.chars().count()) && name.chars().all(is_ideograph) && !name.ends_with('们')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_told_from_an_address() {
        for (text, label) in [
            ("内容描述：关于优化办理流程的通知", true),
            ("来源：", true),
            ("各村民委员会：", false),
            ("县人民政府：", false),
            ("同志们：", false),
            ("为做好防汛工作，现将有关事项通知如下：", false),
            ("一、时间", false),
        ] {
            assert_eq!(begins_label(text), label, "{text}");
        }
    }
}
