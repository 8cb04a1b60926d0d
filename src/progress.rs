//! What a crawl shows while it works: bars on a terminal, else a line a minute, or nothing.

use std::collections::HashMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::SourceId;

/// More bars than this would push one another off the screen.
const MAX_BARS: usize = 12;

/// How far apart lines are where there is no terminal.
const LINE_EVERY: Duration = Duration::from_mins(1);

/// Where a crawl shows how far it is.
#[derive(Debug)]
pub struct Progress(Option<Mutex<State>>);

#[derive(Debug)]
struct State {
    figures: Figures,
    bars: Option<Bars>,
    last_line: Instant,
}

/// How far the crawl is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Figures {
    sources: usize,
    sources_done: usize,
    pages: usize,
    pages_done: usize,
    list_pages: usize,
}

/// A bar for each active source, and one for the whole below them.
#[derive(Debug)]
struct Bars {
    screen: MultiProgress,
    total: ProgressBar,
    active: HashMap<SourceId, ProgressBar>,
}

impl Progress {
    /// Shows nothing.
    pub fn silent() -> Self {
        Self(None)
    }

    /// Shows bars if stderr is a terminal, else a line a minute there.
    pub fn on_stderr() -> Self {
        let bars = std::io::stderr().is_terminal().then(Bars::new);
        Self(Some(Mutex::new(State { figures: Figures::default(), bars, last_line: Instant::now() })))
    }

    /// So many sources are to be crawled.
    pub fn sources(&self, count: usize) {
        self.change(|state| state.figures.sources = count);
    }

    /// A source begins.
    pub fn begin(&self, source: &SourceId) {
        self.change(|state| {
            if let Some(bars) = &mut state.bars {
                bars.begin(source);
            }
        });
    }

    /// A list page of a source was read; so many pages are known by now.
    pub fn list_page(&self, source: &SourceId, items: usize) {
        self.change(|state| {
            state.figures.list_pages += 1;
            if let Some(bar) = state.bar(source) {
                bar.set_message(format!("list: {items} pages"));
                bar.tick();
            }
        });
    }

    /// So many pages of a source are to be fetched.
    pub fn pages_due(&self, source: &SourceId, count: usize) {
        self.change(|state| {
            state.figures.pages += count;
            if let Some(bar) = state.bar(source) {
                bar.set_message("");
                bar.set_length(count as u64);
            }
        });
    }

    /// One of them is done.
    pub fn page_done(&self, source: &SourceId) {
        self.change(|state| {
            state.figures.pages_done += 1;
            if let Some(bar) = state.bar(source) {
                bar.inc(1);
            }
        });
    }

    /// A source is done.
    pub fn end(&self, source: &SourceId) {
        self.change(|state| {
            state.figures.sources_done += 1;
            if let Some(bar) = state.bars.as_mut().and_then(|bars| bars.active.remove(source)) {
                bar.finish_and_clear();
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let Some(state) = &self.0 else { return };
        let mut state: MutexGuard<'_, State> = state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        state.show(Instant::now());
    }
}

impl State {
    fn bar(&self, source: &SourceId) -> Option<&ProgressBar> {
        self.bars.as_ref().and_then(|bars| bars.active.get(source))
    }

    fn show(&mut self, now: Instant) {
        if let Some(bars) = &self.bars {
            bars.total.set_length(self.figures.pages as u64);
            bars.total.set_position(self.figures.pages_done as u64);
            bars.total.set_message(self.figures.sources_line());
        } else if now.duration_since(self.last_line) >= LINE_EVERY {
            self.last_line = now;
            // Progress that nobody can read is no reason to stop.
            let _ = writeln!(std::io::stderr().lock(), "{}", self.figures.line());
        }
    }
}

impl Figures {
    fn sources_line(self) -> String {
        format!("{}/{} sources", self.sources_done, self.sources)
    }

    fn line(self) -> String {
        let Self { pages, pages_done, list_pages, .. } = self;
        format!("{}, {pages_done} of {pages} pages, {list_pages} list pages", self.sources_line())
    }
}

impl Bars {
    fn new() -> Self {
        let screen = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let total = screen.add(ProgressBar::new(0));
        total.set_style(style("{prefix:20} {wide_bar} {pos}/{len} {per_sec} eta {eta} {msg}"));
        total.set_prefix("total");
        Self { screen, total, active: HashMap::new() }
    }

    fn begin(&mut self, source: &SourceId) {
        if self.active.len() >= MAX_BARS {
            return;
        }
        let bar = self.screen.insert_before(&self.total, ProgressBar::new(0));
        bar.set_style(style("{prefix:20} {wide_bar} {pos}/{len} {per_sec} eta {eta} {msg}"));
        bar.set_prefix(source.to_string());
        self.active.insert(source.clone(), bar);
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.total.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_follow_what_is_told() {
        let progress =
            Progress(Some(Mutex::new(State { figures: Figures::default(), bars: None, last_line: Instant::now() })));
        let id: SourceId = "yunxi".parse().unwrap();
        progress.sources(2);
        progress.begin(&id);
        progress.list_page(&id, 3);
        progress.pages_due(&id, 3);
        progress.page_done(&id);
        progress.end(&id);
        let figures = progress.0.as_ref().unwrap().lock().unwrap().figures;
        assert_eq!(figures.line(), "1/2 sources, 1 of 3 pages, 1 list pages");
        Progress::silent().page_done(&id);
    }
}
