//! The bars of a terminal: one for each active source, one for the whole if there are several, and a hint how to stop.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Figures, about, left, screen};
use crate::language::told;
use crate::model::SourceId;

/// More bars than this would push one another off the screen.
const MAX_BARS: usize = 12;

/// How often a spinner turns.
const TURN: Duration = Duration::from_millis(250);

/// Fits a terminal of 80 columns; the last part is cut where it does not.
const BAR: &str = "{prefix:18!} {bar:24} {pos:>6}/{len:<6} {wide_msg}";
/// Of a number that nobody knows.
const SPINNER: &str = "{prefix:18!} {spinner} {wide_msg}";
/// Not up to the edge: the `^C` that a terminal echoes behind it would begin a line that nobody clears.
const HINT: &str = "{msg:.dim}";

/// What stands below the bars until a signal comes.
const HOW_TO_STOP: &str = "Ctrl-C stops; what is archived stays, and the next run goes on from there";

#[derive(Debug)]
pub(super) struct Bars {
    all: MultiProgress,
    /// `None` where one source is all.
    total: Option<Row>,
    hint: ProgressBar,
    active: HashMap<SourceId, Row>,
}

/// One bar, or a spinner as long as nobody knows how much there is to do.
#[derive(Debug)]
struct Row {
    bar: ProgressBar,
    list_pages: usize,
    pages: usize,
    done: usize,
    /// Since when articles are fetched, and how many were done before; `None` while the list is read.
    fetching: Option<(Instant, usize)>,
}

impl Row {
    fn new(bar: ProgressBar, name: &str) -> Self {
        bar.set_style(style(SPINNER));
        bar.set_prefix(name.to_owned());
        bar.enable_steady_tick(TURN);
        Self { bar, list_pages: 0, pages: 0, done: 0, fetching: None }
    }

    /// So much is to be done in all, and it is known.
    fn fetch(&mut self, pages: usize, now: Instant) {
        self.fetching.get_or_insert((now, self.done));
        self.pages = pages;
        self.bar.disable_steady_tick();
        self.bar.set_style(style(BAR));
        self.bar.set_length(pages as u64);
        self.bar.set_position(self.done as u64);
    }

    fn rest(&self, now: Instant) -> String {
        let rest = self.fetching.and_then(|(begun, before)| left(self.done - before, self.pages - before, begun, now));
        rest.map_or_else(String::new, |time| format!("{} left", about(time)))
    }
}

impl Bars {
    pub(super) fn new() -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let hint = all.add(ProgressBar::new(0));
        hint.set_style(style(HINT));
        hint.set_message(told(HOW_TO_STOP));
        screen::open(&all, &hint);
        Self { all, total: None, hint, active: HashMap::new() }
    }

    /// A source begins; `alone` says that its bar is that of the whole.
    pub(super) fn begin(&mut self, source: &SourceId, alone: bool) {
        if self.total.is_none() && !alone {
            self.total = Some(Row::new(self.all.insert_before(&self.hint, ProgressBar::new(0)), &told("total")));
        }
        if self.active.len() >= MAX_BARS {
            return;
        }
        let below = self.total.as_ref().map_or(&self.hint, |total| &total.bar);
        let row = Row::new(self.all.insert_before(below, ProgressBar::new(0)), source.as_str());
        row.bar.set_message(told("asking for the list"));
        self.active.insert(source.clone(), row);
    }

    pub(super) fn list_page(&mut self, source: &SourceId, items: usize) {
        let Some(row) = self.active.get_mut(source) else { return };
        row.list_pages += 1;
        row.bar.set_message(told(&format!("list page {}, {items} articles so far", row.list_pages)).into_owned());
    }

    pub(super) fn pages_due(&mut self, source: &SourceId, count: usize, now: Instant) {
        let Some(row) = self.active.get_mut(source) else { return };
        row.bar.set_message("");
        row.fetch(count, now);
    }

    pub(super) fn page_done(&mut self, source: &SourceId, now: Instant) {
        let Some(row) = self.active.get_mut(source) else { return };
        row.done += 1;
        row.bar.inc(1);
        row.bar.set_message(told(&row.rest(now)).into_owned());
    }

    pub(super) fn end(&mut self, source: &SourceId) {
        if let Some(row) = self.active.remove(source) {
            row.bar.finish_and_clear();
            self.all.remove(&row.bar);
        }
    }

    /// Shows the whole: a bar once every list is read, a spinner with what is known until then.
    pub(super) fn total(&mut self, figures: Figures, now: Instant) {
        let Some(row) = &mut self.total else { return };
        row.done = figures.pages_done;
        let sources = figures.sources_line();
        if !figures.is_total_known() {
            let Figures { pages, pages_done, .. } = figures;
            row.bar.set_message(told(&format!("{sources}, {pages_done} of {pages} pages so far")).into_owned());
            return;
        }
        row.fetch(figures.pages, now);
        let rest = row.rest(now);
        let parted = if rest.is_empty() { "" } else { ", " };
        row.bar.set_message(told(&format!("{sources}{parted}{rest}")).into_owned());
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        screen::clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
