//! Lines of the article itself that have the form of a label: 时间：…, 主办单位：…, 资料来源：….

use super::{Judge, Verdict};
use crate::page::{Each, Id as _, Label, LabelLine, LineId, Span, folded, line_class};
use crate::text::{find_date, is_blank};

/// So many lines above the box of the body the page says when it was published.
const ABOVE: usize = 6;
/// Most characters of a line that begins with the day of publication.
const LONGEST_POSTED: usize = 80;
/// Most lines of a summary by a machine.
const MOST_OF_A_SUMMARY: usize = 6;
/// So many lines below a label its text begins.
const BELOW: usize = 12;

impl Judge<'_> {
    /// The first lines of the box, if they are the author's own: the portal has said above what it says of the page, and
    /// they stand among the paragraphs of the text.
    pub(super) fn own_labels(&self, verdicts: &Each<LineId, Verdict>) -> Span<LineId> {
        let body = self.inside.iter().skip_while(|&n| verdicts[n] != Verdict::Body);
        let run: Vec<LineId> = body.take_while(|&n| self.label(n).is_some() || is_host(self.text(n))).collect();
        let behind = |&n: &LineId| !matches!(self.owner(n), Owner::Author);
        let named = run.iter().rposition(behind).map_or(0, |at| at + 1);
        let own = run.get(named..).unwrap_or_default();
        let (Some(&first), Some(&last)) = (own.first(), own.last()) else { return Span::empty() };
        let filed = run.iter().any(|&n| matches!(self.owner(n), Owner::Portal));
        let is_own = !filed && self.is_posted_above() && own.iter().all(|&n| self.is_among_text(n));
        if is_own { first.to(last + 1) } else { Span::empty() }
    }

    /// Near above the box a line says when the page was published.
    fn is_posted_above(&self) -> bool {
        let begins = |text: &str| {
            let text = text.trim_start_matches(|c: char| is_blank(c) || "[【(（".contains(c));
            text.starts_with(|c: char| c.is_ascii_digit())
        };
        (self.inside.start - ABOVE).to(self.inside.start).iter().any(|n| {
            let (line, text) = (&self.view.lines()[n], self.text(n));
            let posted = || self.label(n).is_some_and(|found| found.count() > 1 || is_day_label(found));
            let short = line.chars <= LONGEST_POSTED && line.marks == 0 && !line.is_linked();
            short && find_date(text).is_some() && (begins(text) || posted())
        })
    }

    /// Whose a line with a label is where the portal has said above what it says of the page.
    fn owner(&self, n: LineId) -> Owner {
        let text = self.text(n);
        let Some(found) = self.label(n) else { return Owner::Author };
        if found.count() > 1 || !text.contains(['：', ':', '】']) {
            return Owner::Portal;
        }
        let value = || found.values(text).into_iter().next().map(|found| found.value).unwrap_or_default();
        match found.first() {
            Some(Label::Published | Label::Day | Label::Dated | Label::Other) => Owner::Author,
            // 来源：《云溪年鉴》
            Some(Label::Publisher) if value().starts_with('《') => Owner::Author,
            Some(label @ (Label::Publisher | Label::Author)) if self.is_shown_above_as(label) => Owner::Author,
            Some(Label::Publisher | Label::Author) => Owner::Page,
            Some(Label::Title) if !self.says_title(&value()) => Owner::Author,
            _ => Owner::Portal,
        }
    }

    /// The letters are those of a declared title, or their beginning.
    fn says_title(&self, value: &str) -> bool {
        let value = folded(value);
        value.is_empty()
            || self.titles.iter().any(|title| title.starts_with(&value) || value.starts_with(title.as_str()))
    }

    /// A line above the box holds the label.
    fn is_shown_above_as(&self, label: Label) -> bool {
        let lines = self.view.lines();
        let holds = |n: LineId| {
            let values = lines.labels(n).map(|found| found.values(self.text(n)));
            values.is_some_and(|values| values.iter().any(|found| found.label == label && !found.value.is_empty()))
        };
        (self.inside.start - ABOVE).to(self.inside.start).iter().any(holds)
    }

    /// The next sentence stands in a paragraph beside it.
    fn is_among_text(&self, n: LineId) -> bool {
        let (tree, lines) = (&self.view.tree, self.view.lines());
        let block = lines[n].block;
        let next = n.to((n + BELOW).min(self.inside.end)).iter().find(|&n| lines[n].is_sentence);
        let Some(text) = next.map(|n| lines[n].block) else { return false };
        let beside = tree.parent(text) == tree.parent(block) && tree.name(text) == tree.name(block);
        (text == block || beside) && self.grids.holding(n).is_none()
    }

    /// What machines say the article is about: the box below such a head, or the lines down to the note that says so.
    pub(super) fn summaries(&self) -> Vec<Span<LineId>> {
        let lines = self.view.lines();
        let heads = self.inside.iter().filter(|&n| line_class::heads_summary(self.text(n)));
        let most = lines.marks(self.inside);
        let part = |span: &Span<LineId>| lines.marks(*span) * 2 < most;
        let summary = |head: LineId| {
            let note = |&n: &LineId| self.text(n).contains("AI生成") || self.text(n).contains("AI自动生成");
            let noted = head.to((head + MOST_OF_A_SUMMARY).min(self.inside.end)).iter().find(note);
            let around = self.view.tree.upwards(lines[head].block).map(|at| self.view.lines_in(at));
            let boxed = around.take_while(|span| span.start == head).filter(part).last().filter(|span| span.len() > 1);
            boxed.or_else(|| noted.map(|note| head.to(note + 1)).filter(part))
        };
        heads.filter_map(summary).collect()
    }

    /// A note below the text: 资料来源： of a bulletin, or a label before whole sentences.
    pub(super) fn is_note(&self, n: LineId) -> bool {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        let Some(found) = self.label(n).filter(|found| found.count() == 1) else { return false };
        let sources = found.word() == Some("资料来源");
        let sentence =
            text.ends_with('。') && line.marks > 1 && !matches!(found.first(), Some(Label::Credit | Label::Tool));
        line.links == 0 && (sources || sentence) && self.view.lines_in(self.reach.core).contains(n)
    }
}

/// Whose a line with a label is.
enum Owner {
    /// The article's.
    Author,
    /// It says of the page what nothing else does: 来源, 作者.
    Page,
    /// The portal's, as is all that stands around it.
    Portal,
}

/// 主办单位：…
fn is_host(text: &str) -> bool {
    ["主办", "承办", "协办"].iter().any(|role| text.starts_with(role)) && text.contains(['：', ':'])
}

/// The label says when: 发布时间, 日期.
fn is_day_label(found: &LabelLine) -> bool {
    matches!(found.first(), Some(Label::Published | Label::Day))
}
