//! Which lines near a title are metadata: what stands under it, and what stands in the box of a document.

use super::declared::ends_like_title;
use super::title::Shown;
use crate::page::{Label, LabelLine, Labelled, LineId, Span, Tag, posted, posted_by};
use crate::text::{dates, is_blank, parse_datetime};

/// So many characters behind a day are no title.
pub(super) const DAY_ONLY: usize = 4;

impl Shown<'_> {
    /// The line of metadata or the bare day that portals put under a title.
    pub(super) fn is_metadata(&self, n: LineId) -> bool {
        /// Most bytes of a line that is a day.
        const LONGEST_DAY: usize = 180;
        let text = self.view.lines().text(n);
        let labels = self.view.lines().labels(n);
        let when = |label| matches!(label, Label::Published | Label::Publisher | Label::Day | Label::Author);
        labels.and_then(LabelLine::first).is_some_and(when)
            || text.len() < LONGEST_DAY
                && (begins_with_day(labels.map_or(text, |labels| labels.before(text))) || self.view.posted(n).is_some())
    }

    /// The value of a label other than the title's; a box may say the title as 公开事项, too.
    pub(super) fn is_value(&self, span: Span<LineId>, text: &str) -> bool {
        let is_own = |found: &Labelled| {
            found.beside.contains(span.start) || found.label != Label::Other || !ends_like_title(text)
        };
        self.labels.iter().any(|found| found.label != Label::Title && found.value == text && is_own(found))
    }

    /// The value of a label that no list has, or such a label among known ones: 公开依据：政府信息公开条例.
    pub(super) fn stands_in_box(&self, n: LineId) -> bool {
        /// Most characters of a label with its colon.
        const LABEL: usize = 8;
        let (tree, lines) = (&self.view.tree, self.view.lines());
        let known = |n: LineId| lines.labels(n).filter(|labels| labels.leads()).and_then(LabelLine::first);
        let colon = |text: &str| text.find(['：', ':']).map(|at| text.get(..at).unwrap_or_default().chars().count());
        let above = lines.text(n - 1);
        let is_cell = |n: LineId| matches!(tree.tag(self.block(n)), Some(Tag::Cell | Tag::HeadCell));
        let is_value = || {
            is_cell(n)
                && is_cell(n - 1)
                && above.ends_with(['：', ':'])
                && above.chars().count() <= LABEL
                && known(n - 1).is_none()
        };
        let make = |n: LineId| {
            // Of a cell its row.
            let block = if is_cell(n) { tree.parent(self.block(n)) } else { self.block(n) };
            (tree.parent(block), tree.name(block), tree.attribute(block, "class"))
        };
        let alike = |m: LineId| make(m) == make(n) && known(m).is_some_and(|label| label != Label::Title);
        let is_label = || colon(lines.text(n)).is_some_and(|at| at < LABEL) && alike(n - 1) && alike(n + 1);
        n - 1 < n && (is_value() || is_label())
    }

    /// A title whose last line is the metadata below it, in one element.
    pub(super) fn ends_in_metadata(&self, span: Span<LineId>) -> bool {
        let lines = self.view.lines();
        let says = |n: LineId| {
            let text = lines.text(n);
            let posted = || posted(text).is_some_and(|posted| posted.is_certain) || posted_by(text).is_some();
            lines.labels(n).is_some_and(LabelLine::leads) || is_bracketed_day(text) || posted()
        };
        span.len() > 1 && says(span.end - 1)
    }
}

/// A label that ends with when, and perhaps further ones: 来信时间：2023-02-28 浏览：12.
pub(super) fn says_when(text: &str) -> bool {
    let more = |value: &str| {
        let value = value.trim_start_matches(is_blank);
        let end = dates(value).next().filter(|found| found.start == 0).map(|found| found.end);
        let behind: Option<String> = end.map(|end| value.chars().skip(end).collect());
        behind.is_some_and(|behind| behind.starts_with(is_blank) && behind.contains(['：', ':']))
    };
    text.split_once(['：', ':']).is_some_and(|(_, value)| parse_datetime(value).is_some() || more(value))
}

/// A day in brackets, and nothing else.
pub(super) fn is_bracketed_day(text: &str) -> bool {
    let inner = text
        .strip_prefix(['（', '(', '[', '【', '〔'])
        .and_then(|text| text.strip_suffix(['）', ')', ']', '】', '〕']));
    inner.is_some_and(|inner| parse_datetime(inner).is_some())
}

/// The text begins with a day and goes on with nothing but a time.
fn begins_with_day(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    dates(text).next().is_some_and(|found| found.start == 0 && text.chars().count() - found.end < DAY_ONLY)
}
