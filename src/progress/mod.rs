//! What a crawl shows while it works: bars on a terminal, else a line a minute, or nothing.

mod bars;
mod screen;

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::bars::Bars;
pub use self::screen::{above, clear, hint};
use crate::language::told;
use crate::model::SourceId;

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
    /// How many sources are past their lists, so that all their pages are known.
    sources_listed: usize,
    pages: usize,
    pages_done: usize,
    list_pages: usize,
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
        self.change(|state, _| state.figures.sources = count);
    }

    /// A source begins: its list is read, and how long that is nobody knows.
    pub fn begin(&self, source: &SourceId) {
        self.change(|state, _| {
            let alone = state.figures.sources == 1;
            state.bars(|bars| bars.begin(source, alone));
        });
    }

    /// A list page of a source was read; so many articles are known by now.
    pub fn list_page(&self, source: &SourceId, items: usize) {
        self.change(|state, _| {
            state.figures.list_pages += 1;
            state.bars(|bars| bars.list_page(source, items));
        });
    }

    /// The list is read; so many pages of a source are to be fetched.
    pub fn pages_due(&self, source: &SourceId, count: usize) {
        self.change(|state, now| {
            state.figures.pages += count;
            state.figures.sources_listed += 1;
            state.bars(|bars| bars.pages_due(source, count, now));
        });
    }

    /// One of them is done.
    pub fn page_done(&self, source: &SourceId) {
        self.change(|state, now| {
            state.figures.pages_done += 1;
            state.bars(|bars| bars.page_done(source, now));
        });
    }

    /// A source is done.
    pub fn end(&self, source: &SourceId) {
        self.change(|state, _| {
            state.figures.sources_done += 1;
            state.bars(|bars| bars.end(source));
        });
    }

    fn change(&self, change: impl FnOnce(&mut State, Instant)) {
        let Some(state) = &self.0 else { return };
        let mut state: MutexGuard<'_, State> = state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        change(&mut state, now);
        state.show(now);
    }
}

impl State {
    fn bars(&mut self, change: impl FnOnce(&mut Bars)) {
        if let Some(bars) = &mut self.bars {
            change(bars);
        }
    }

    fn show(&mut self, now: Instant) {
        let figures = self.figures;
        if let Some(bars) = &mut self.bars {
            bars.total(figures, now);
        } else if now.duration_since(self.last_line) >= LINE_EVERY {
            self.last_line = now;
            // Progress that nobody can read is no reason to stop.
            let _ = writeln!(std::io::stderr().lock(), "{}", told(&figures.line()));
        }
    }
}

impl Figures {
    /// Whether every list is read, so that the number of pages is the last word.
    fn is_total_known(self) -> bool {
        self.sources_listed >= self.sources
    }

    fn sources_line(self) -> String {
        format!("{}/{} sources", self.sources_done, self.sources)
    }

    fn line(self) -> String {
        let Self { pages, pages_done, list_pages, .. } = self;
        format!("{}, {pages_done} of {pages} pages, {list_pages} list pages", self.sources_line())
    }
}

/// How long the rest takes, if it goes on as it went since `begun`; `None` as long as nobody can tell.
fn left(done: usize, total: usize, begun: Instant, now: Instant) -> Option<Duration> {
    const ENOUGH: usize = 3;
    if done < ENOUGH || total < done {
        return None;
    }
    let each = now.saturating_duration_since(begun) / u32::try_from(done).ok()?;
    Some(each * u32::try_from(total - done).ok()?)
}

/// A length of time to be glanced at.
fn about(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=99 => format!("{seconds}s"),
        100..=5_999 => format!("{}m", seconds.div_ceil(60)),
        _ => format!("{}h {:02}m", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_follow_what_is_told() {
        let progress =
            Progress(Some(Mutex::new(State { figures: Figures::default(), bars: None, last_line: Instant::now() })));
        let id: SourceId = "yunxi".parse().unwrap();
        let figures = || progress.0.as_ref().unwrap().lock().unwrap().figures;
        progress.sources(2);
        progress.begin(&id);
        progress.list_page(&id, 3);
        progress.pages_due(&id, 3);
        assert!(!figures().is_total_known(), "the list of the other source is not read yet");
        progress.page_done(&id);
        progress.end(&id);
        assert_eq!(figures().line(), "1/2 sources, 1 of 3 pages, 1 list pages");
        Progress::silent().page_done(&id);
    }

    #[test]
    fn what_is_left_is_told_from_the_pages_alone() {
        let begun = Instant::now();
        let after = |seconds| begun + Duration::from_secs(seconds);
        for (done, total, seconds, expect) in [
            (0, 100, 600, None),
            (2, 100, 4, None),
            (10, 100, 20, Some(180)),
            (100, 100, 200, Some(0)),
            (5, 4, 10, None),
        ] {
            assert_eq!(
                left(done, total, begun, after(seconds)).map(|time| time.as_secs()),
                expect,
                "{done} of {total}"
            );
        }
        for (seconds, expect) in [(22, "22s"), (120, "2m"), (121, "3m"), (7_500, "2h 05m")] {
            assert_eq!(about(Duration::from_secs(seconds)), expect);
        }
    }
}
