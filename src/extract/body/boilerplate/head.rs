//! What stands above the text in the element of the body: the title, metadata, tools.

use super::{Judge, Verdict, drop, is_day, says_posted};
use crate::extract::body::begins_item;
use crate::extract::rules::DropRule;
use crate::page::{
    Each, Id as _, Label, LabelLine, LineId, NodeId, Span, Tag, behind, document_number, letters, line_class,
    speaks_of_site, value_lines, without_date,
};
use crate::text::{find_date, is_blank, parse_date};
use crate::words::EVENT_PARTS;

/// How many lines at the head are looked at for the title and the metadata.
const HEAD: usize = 300;
/// Most lines above a line of metadata that are neither metadata nor title nor tools.
const MOST_ABOVE: usize = 5;
/// Most lines of a title.
const MOST_OF_A_TITLE: usize = 4;
/// Most characters of a line of metadata with a single label.
const LONGEST_METADATA: usize = 80;
/// Most characters of a day with a time and no more.
const LONGEST_DAY: usize = 23;
/// Most characters of a scrap above the title.
const LONGEST_SCRAP: usize = 15;

impl Judge<'_> {
    /// Out: boxes before the one of the text that hold links and the heads above them.
    pub(super) fn side_links(&self, verdicts: &mut Each<LineId, Verdict>) {
        /// Fewest links of such a box.
        const FEWEST: usize = 3;
        let (view, lines) = (self.view, self.view.lines());
        let linked = |span: Span<LineId>| lines.among(span).iter().filter(|line| line.is_linked()).count();
        let is_list = |span: Span<LineId>| {
            lines.marks(span) == 0
                && linked(span) >= FEWEST
                && span.iter().all(|n| {
                    lines[n].is_linked() || lines[n].chars <= LONGEST_SCRAP && !self.text(n).contains(['：', ':'])
                })
                && linked(span) * 2 > span.len()
        };
        let boxes = view.tree.children(self.reach.element).map(|at| view.lines_in(at)).filter(|span| span.len() > 0);
        for span in boxes.take_while(|&span| is_list(span)) {
            drop(verdicts, span, self.on(DropRule::SideLinks, true));
        }
    }

    /// Out: everything down to the last line of metadata that comes before running text.
    pub(super) fn head(&self, verdicts: &mut Each<LineId, Verdict>) {
        let lines = self.view.lines();
        let settled = self.is_dated_above();
        let own_labels = self.own_labels(verdicts);
        let (end, dated, title) = self.metadata(verdicts, settled, own_labels);
        let end = if end < self.inside.end { end } else { self.inside.start };
        drop(verdicts, self.inside.start.to(end), self.on(DropRule::Head, true));
        let shown = |&n: &LineId| self.hidden || !lines[n].style.hidden;
        let undeclared = title.is_none() && !settled;
        let end = if undeclared { self.drop_undeclared(verdicts, end) } else { end };
        let Some(first) = end.to(self.inside.end).iter().find(shown) else { return };
        let title = title.filter(|&title| title >= first);
        if let Some(title) = title {
            let (behind, behind_title) = (self.end_of_title(first), self.end_of_title(title));
            // Only a portal sets a day behind a title.
            let with_day = without_date(self.text(title)).len() < self.text(title).len();
            if title + 1 == behind && (with_day || self.in_heading(first) || !self.is_shown_above(first.to(behind))) {
                drop(verdicts, first.to(behind), self.on(DropRule::Title, true));
            } else if first.to(title).iter().all(|n| self.is_scrap(n) || lines[n].links > 0 && lines[n].marks == 0) {
                drop(verdicts, first.to(title), self.on(DropRule::AboveTitle, true));
                if self.in_heading(title) {
                    drop(verdicts, title.to(behind_title), self.on(DropRule::Title, true));
                }
            }
        }
        let day = self.day_below(first, end, title.map(|title| self.end_of_title(title)), dated);
        if let Some(day) = day.filter(|&day| !own_labels.contains(day)) {
            drop(verdicts, day.to(day + 1), self.on(DropRule::BareDay, true));
        }
    }

    /// Where the metadata above the text ends, whether it says when, and the line of the title among or below it.
    fn metadata(
        &self,
        verdicts: &Each<LineId, Verdict>,
        settled: bool,
        own_labels: Span<LineId>,
    ) -> (LineId, bool, Option<LineId>) {
        let lines = self.view.lines();
        let posted = if settled { self.inside.start } else { self.posting(own_labels) };
        let (mut end, mut dated, mut title, mut others) = (self.inside.start, settled, None, 0);
        for n in self.inside.iter().take(HEAD) {
            let text = self.text(n);
            if n < end || verdicts[n] != Verdict::Body {
                continue;
            }
            if own_labels.contains(n) {
                break;
            }
            let is_metadata = self.is_metadata(n, dated) && !self.is_data(n, settled);
            if is_metadata && (others == 0 || !settled || self.is_of_the_portal(n)) {
                // What says who handled the page, or has nothing below it, stands below the text.
                let below = self.end_of_metadata(n) + 1;
                if below == self.inside.end || dated && others > 0 && self.is_credit(n) {
                    break;
                }
                end = below;
                dated |= find_date(text).is_some();
                others = 0;
            } else if lines.is_furniture(n) || n == end && self.is_tool(n) || self.heads_nothing(n) {
                end = n + 1;
            } else if self.is_title(n) && !self.is_data(n, settled) {
                title = Some(n);
            } else if n < posted {
                // Whatever it is, the portal has its say below.
            } else if lines[n].is_sentence || text.ends_with('；') || self.leads_on(n) {
                break;
            } else {
                // So many lines, or one with the number of a section, are no head.
                others += usize::from(!lines[n].is_linked());
                if others > MOST_ABOVE || begins_item(text) {
                    break;
                }
            }
        }
        (end, dated, title)
    }

    /// The line by which the portal says when it has put the page there, between a menu without sentences and the text; the
    /// first of all if there is none.
    fn posting(&self, own_labels: Span<LineId>) -> LineId {
        let lines = self.view.lines();
        let said = |n: LineId| lines[n].is_sentence && lines[n].links == 0;
        let ends =
            |n: LineId| said(n) || self.text(n).ends_with('；') || begins_item(self.text(n)) && self.label(n).is_none();
        let head = self.inside.iter().take(HEAD).take_while(|&n| !ends(n) && !own_labels.contains(n));
        let posts = |&n: &LineId| {
            let shown = self.hidden || !lines[n].style.hidden;
            shown && self.is_of_the_portal(n) && find_date(self.text(n)).is_some() && self.grids.holding(n).is_none()
        };
        let last = head.filter(posts).last();
        last.filter(|&n| n.to(self.inside.end).iter().any(said)).unwrap_or(self.inside.start)
    }

    /// Nothing but marks, what a site says of itself, or 相关链接： with its links behind it: no text begins so.
    fn heads_nothing(&self, n: LineId) -> bool {
        let text = self.text(n);
        let marks = || text.chars().all(|c| !c.is_alphanumeric());
        marks() || speaks_of_site(text) || text.ends_with(['：', ':']) && line_class::is_related_head(text)
    }

    /// The line of a day without a label that leads the text, or stands below its title.
    fn day_below(&self, first: LineId, end: LineId, below_title: Option<LineId>, dated: bool) -> Option<LineId> {
        let own = || {
            first
                .to((first + MOST_OF_A_TITLE).min(self.inside.end))
                .iter()
                .take_while(|&n| n == first || self.is_part_of_title(n - 1))
        };
        let in_digits = || own().find(|&n| self.is_bare_day(n) && !self.text(n).contains('年'));
        let leads = Some(first).filter(|_| end == self.inside.start);
        // The heading of a page is the portal's, and so is a day below it, however it is written.
        let below_heading =
            || below_title.filter(|&day| self.in_heading(day - 1) && !dated && self.view.posted(day).is_some());
        let day = [leads, below_title].into_iter().flatten().find(|&day| self.is_bare_day(day));
        day.or_else(in_digits).or_else(below_heading)
    }

    /// The line ends with a colon and names no cell of a table.
    fn leads_on(&self, n: LineId) -> bool {
        self.text(n).ends_with(['：', ':']) && self.grids.holding(n).is_none() && self.label(n).is_none()
    }

    /// The page has said above when it was published: what stands below in the form of a label may be the author's.
    fn is_dated_above(&self) -> bool {
        let lines = self.view.lines();
        let above = lines.all().start.to(self.inside.start);
        above.iter().any(|n| self.is_of_the_portal(n) && find_date(self.text(n)).is_some())
    }

    /// 责任编辑：…
    fn is_credit(&self, n: LineId) -> bool {
        self.label(n).and_then(LabelLine::first) == Some(Label::Credit)
    }

    /// A line that only a portal writes: several labels, or when it has put the page there.
    fn is_of_the_portal(&self, n: LineId) -> bool {
        self.label(n).is_some_and(|found| found.count() > 1 || found.word().is_some_and(says_posted))
    }

    /// In a table of data, of which only some rows look like metadata, or all do where the page has said it above.
    fn is_data(&self, n: LineId, settled: bool) -> bool {
        self.grids.holding(n).is_some_and(|grid| !(grid.labelled && (!settled || self.is_filed(grid.table))))
    }

    /// A line without marks of sentences, number, label or link: it may be a part of a title that no tag declares.
    fn is_part_of_title(&self, n: LineId) -> bool {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        line.marks == 0
            && line.links == 0
            && !text.ends_with(['：', ':'])
            && !begins_item(text)
            && self.label(n).is_none()
    }

    /// Out: a title that no tag declares, with its day; where it ends, or `from`.
    fn drop_undeclared(&self, verdicts: &mut Each<LineId, Verdict>, from: LineId) -> LineId {
        let Some(title) = self.undeclared_title(from) else { return from };
        let end = title.end;
        drop(verdicts, self.inside.start.to(title.start), self.on(DropRule::AboveTitle, true));
        drop(verdicts, title, self.on(DropRule::Title, true));
        drop(verdicts, end.to(end + 1), self.on(DropRule::BareDay, true));
        end
    }

    /// A title that no tag declares: the portal's day stands below it, and nothing but links and names above.
    fn undeclared_title(&self, from: LineId) -> Option<Span<LineId>> {
        /// So many lines of a menu or a list stand above.
        const ABOVE: usize = 40;
        let lines = self.view.lines();
        let above =
            |n: LineId| lines[n].is_linked() || self.is_part_of_title(n) || lines[n].links > 0 && lines[n].marks == 0;
        let is_posted =
            |n: LineId| self.view.posted(n).is_some_and(|posted| posted.is_certain || self.in_heading(n - 1));
        let bare =
            |n: LineId| (self.is_bare_day(n) || is_posted(n)) && self.label(n).is_none() && !self.is_data(n, false);
        let inside = from.to(self.inside.end);
        let mut days = inside.iter().take(ABOVE).take_while(|&n| above(n) || bare(n));
        let day = days.find(|&n| bare(n) && lines[n].links == 0 && n > from)?;
        let last = Some(day - 1).filter(|&n| self.is_part_of_title(n))?;
        let same = |n: &LineId| lines[*n].block == lines[last].block;
        Some(from.to(day).iter().rev().take_while(same).last()?.to(day))
    }

    /// The line behind those that together are the title; `first` if they are not.
    fn end_of_title(&self, first: LineId) -> LineId {
        let mut joined = String::new();
        for n in first.to((first + MOST_OF_A_TITLE).min(self.view.lines().all().end)).iter() {
            joined.extend(letters(without_date(self.text(n))));
            if self.titles.contains(&joined) {
                return n + 1;
            }
        }
        if self.is_title(first) { first + 1 } else { first }
    }

    /// What is said by some lines is said in a line above them, too.
    fn is_shown_above(&self, span: Span<LineId>) -> bool {
        let lines = self.view.lines();
        let said: String = span.iter().map(|n| self.text(n)).collect();
        let mut above = lines.all().start.to(span.start).iter();
        // 云溪县行政服务中心 below 云溪县行政服务中心联系方式 is the name of a body.
        let says = |text: &str| {
            behind(letters(&said), text).is_some() || !said.ends_with('…') && behind(letters(text), &said).is_some()
        };
        above.any(|n| !lines[n].style.hidden && self.is_title(n) && says(self.text(n)))
    }

    /// Short and neither a number nor the name of a document: nothing that stands above a title on paper.
    fn is_scrap(&self, n: LineId) -> bool {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        let paper =
            document_number::is_document_number(text) || text.ends_with("文件") || text.contains(['〔', '（', '-']);
        line.chars <= LONGEST_SCRAP && line.marks == 0 && !paper
    }

    /// `2023-02-28` and perhaps a time, nothing else.
    fn is_bare_day(&self, n: LineId) -> bool {
        self.view.lines().get(n).is_some_and(|line| line.chars <= LONGEST_DAY)
            && is_day(self.text(n))
            && !self.view.is_among_days(n)
    }

    /// The value of a label in a cell of its own belongs to the head, too.
    fn end_of_metadata(&self, n: LineId) -> LineId {
        let (tree, lines) = (&self.view.tree, self.view.lines());
        let beside = value_lines(self.view, n);
        // What begins a section is no value of a label above it.
        let value = Some(beside.end - 1).filter(|&last| last > n && !begins_item(self.text(last)));
        let n = value.unwrap_or(n);
        let Some(table) = tree.nearest(lines[n].block, |tag| tag == Tag::Table) else { return n };
        let own = self.view.lines_in(table);
        let labels = own.iter().filter(|&m| self.label(m).is_some()).count();
        // A table that holds the article, too, only lays out the page.
        let lays_out = lines.marks(own) * 3 > lines.marks(self.inside) * 2;
        if labels * 4 >= own.len() && own.end > n && !lays_out { own.end - 1 } else { n }
    }

    /// Metadata at the head, if metadata that says when was or was not met before.
    fn is_metadata(&self, n: LineId, dated: bool) -> bool {
        let text = self.text(n);
        let short = text.chars().count() < LONGEST_METADATA;
        // `2023-02-28 浏览次数：12`, 2023年02月28日　来源：县政府办
        let whole = |day: &str| parse_date(day.trim_matches(is_blank)).is_some();
        let day = |labels: &LabelLine| short && (is_day(labels.before(text)) || whole(labels.before(text)));
        let Some(found) = self.label(n) else {
            let is_posted = || !dated && self.view.posted(n).is_some_and(|posted| posted.is_certain);
            return self.view.lines().labels(n).is_some_and(day) || is_posted();
        };
        if self.heads_column(n) || self.opens_event(n, found) {
            return false;
        }
        found.count() > 1
            || short
                && match found.first() {
                    // 时间：… may open a notice of a meeting.
                    Some(Label::Day) => !dated && find_date(text).is_some() || self.in_grid(n) || self.in_run(n),
                    Some(Label::Title | Label::Position | Label::Other) => self.in_grid(n) || self.in_run(n),
                    _ => true,
                }
    }

    /// 时间： before 地点： and 参会人员：, as notices of meetings begin.
    fn opens_event(&self, n: LineId, found: &LabelLine) -> bool {
        let is_part = |n: LineId| {
            let text: String = self.text(n).chars().filter(|&c| !is_blank(c)).collect();
            let behind = EVENT_PARTS.starts(&text).and_then(|word| text.get(word.text.len()..));
            behind.is_some_and(|rest| rest.starts_with(['：', ':']))
        };
        found.count() == 1
            && matches!(found.first(), Some(Label::Day))
            && (n + 1).to((n + 2).min(self.inside.end)).iter().any(is_part)
    }

    /// The head of a column: its row has several cells, and the next row has as many, none of them a label.
    fn heads_column(&self, n: LineId) -> bool {
        /// Fewest columns; two or three are labels and their values as often.
        const COLUMNS: usize = 4;
        let tree = &self.view.tree;
        let is_cell = |tag| matches!(tag, Tag::Cell | Tag::HeadCell);
        let Some(row) = tree.nearest(self.view.lines()[n].block, |tag| tag == Tag::Row) else { return false };
        let next = tree.end(row);
        let cells = |row: NodeId| tree.children(row).filter(|&at| tree.tag(at).is_some_and(is_cell)).count();
        let labelled = || self.view.lines_in(next).iter().any(|n| self.label(n).is_some());
        tree.tag(next) == Some(Tag::Row) && cells(row) >= COLUMNS && cells(next) == cells(row) && !labelled()
    }

    /// Another label stands in the next line or the next but one, as where each has a line of its own.
    fn in_run(&self, n: LineId) -> bool {
        const NEAR: usize = 2;
        (n - NEAR).to(n + NEAR + 1).iter().any(|m| m != n && self.label(m).is_some())
    }
}
