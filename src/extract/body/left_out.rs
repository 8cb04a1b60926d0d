//! Sentences of a page that are not in the text, and why: furniture for certain, or a warning.

use super::lines::Body;
use super::weights::Weights;
use crate::extract::explain::Trace;
use crate::extract::rules::LeftRule;
use crate::model::{Warning, WarningCode};
use crate::page::{Id as _, LabelLine, Line, LineId, Span, View, line_class, speaks_of_site};

/// Fewer characters in all are no loss that a reader has to look at: slogans.
const FEWEST: usize = 30;

/// A warning if sentences were left out that are no furniture for certain.
///
/// `named` are lines in the element of the body that a rule names for certain.
pub(super) fn left_out(
    view: &View,
    (body, named): (&Body, &[LineId]),
    weights: &Weights,
    hidden: bool,
    trace: &mut Trace<'_>,
) -> Option<Warning> {
    let page = Page { view, body, named, weights, hidden, end: end(view, body) };
    let (mut lines, mut chars) = (0, 0);
    for n in view.lines().all().iter().filter(|&n| page.is_sentence(n) && !body.holds(n)) {
        let mut rules = LeftRule::ALL.iter().filter(|rule| trace.allows(rule.name()));
        if let Some(rule) = rules.find(|&&rule| page.holds(rule, n)) {
            trace.hits(rule.name(), 1);
        } else {
            lines += 1;
            chars += view.lines()[n].plain();
        }
    }
    let detail = || format!("{lines} lines, {chars} characters");
    (chars >= FEWEST).then(|| Warning::of_document(WarningCode::TextLeftOut, detail()))
}

/// The first line below the body that ends every article: the way to the next one, a box of others, of comments, of rights.
fn end(view: &View, body: &Body) -> LineId {
    let ends = |&n: &LineId| {
        let text = view.lines().text(n);
        line_class::ends_article(text) || line_class::heads_comments(text) || line_class::heads_notice(text)
    };
    let all = view.lines().all();
    body.span.end.to(all.end).iter().find(ends).unwrap_or(all.end)
}

struct Page<'a> {
    view: &'a View,
    body: &'a Body,
    named: &'a [LineId],
    weights: &'a Weights,
    /// What is hidden is part of the article.
    hidden: bool,
    /// Where every article ends.
    end: LineId,
}

impl Page<'_> {
    /// Running text with a full stop, or a row of data.
    fn is_sentence(&self, n: LineId) -> bool {
        let line = &self.view.lines()[n];
        line.is_sentence && self.view.lines().text(n).contains('。')
            || line.links == 0 && self.weights.grids.hold_data(n)
    }

    fn holds(&self, rule: LeftRule, n: LineId) -> bool {
        let lines = self.view.lines();
        let (line, text) = (&lines[n], lines.text(n));
        match rule {
            LeftRule::Hidden => line.style.hidden && !self.hidden,
            LeftRule::Named => self.named.contains(&n),
            LeftRule::Copy => self.weights.repeated[n] || self.is_in_body(text),
            LeftRule::FurnitureBox => self.weights.is_boxed(n),
            LeftRule::AboveTitle => n < self.weights.title,
            LeftRule::Foot => n >= self.weights.foot,
            LeftRule::SiteNotice => self.weights.notice.contains(n),
            LeftRule::BelowEnd => n >= self.end,
            LeftRule::Link => line.links * 2 > line.chars || self.is_summary(n),
            LeftRule::Says => {
                lines.is_furniture(n) || speaks_of_site(text) || lines.labels(n).is_some_and(LabelLine::leads)
            }
        }
    }

    /// The body says the same.
    fn is_in_body(&self, text: &str) -> bool {
        self.body.span.iter().any(|n| self.body.holds(n) && self.view.lines().text(n) == text)
    }

    /// The line above or below is the link to a page, which this one sums up.
    fn is_summary(&self, n: LineId) -> bool {
        let lines = self.view.lines();
        let near: Span<LineId> = (n - 1).to(n + 2);
        let link = |line: &Line| line.links * 10 >= line.chars * 9 && line.links > 0;
        near.iter().filter(|&m| m != n).filter_map(|m| lines.get(m)).any(link)
    }
}
