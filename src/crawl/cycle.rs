//! The slow cycle: within so many days every known page is asked for once more, a few in each run, to learn what is gone.

use jiff::Timestamp;

use super::plan::{Due, key_hash};
use crate::archive::{UrlId, UrlState, UrlStatus};

const DAY: i64 = 24 * 60 * 60;

/// The cycle of a source as of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cycle {
    now: i64,
    /// How many seconds it takes.
    period: i64,
    /// How many seconds ago the last run was.
    passed: i64,
}

/// A page whose turn it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// When it was asked for last, in seconds.
    asked: i64,
    pub(super) id: UrlId,
    pub(super) due: Due,
    /// The hash of its key.
    pub(super) key: u64,
}

/// The pages whose turn it is, and how many are known.
#[derive(Debug, Default)]
pub(super) struct Turns {
    turns: Vec<Turn>,
    known: usize,
}

impl Cycle {
    /// A cycle of so many days, of a source that the last run asked at that time.
    pub(super) fn of(days: u32, now: Timestamp, last: Option<Timestamp>) -> Self {
        let (now, period) = (now.as_second(), i64::from(days.max(1)) * DAY);
        let passed = last.map_or(DAY, |last| now - last.as_second()).clamp(DAY, period);
        Self { now, period, passed }
    }

    /// Takes a page of which the archive has an answer.
    ///
    /// Each page has a moment of its own in the period, by its address: so the pages of one night spread over the period at
    /// once, and nights without a run lose none.
    pub(super) fn take(self, turns: &mut Turns, id: UrlId, key: &str, known: &UrlState) {
        turns.known += 1;
        let asked = known.checked_at.map(Timestamp::as_second);
        let key = key_hash(key);
        let moment = i64::try_from(key % self.period.unsigned_abs()).unwrap_or_default();
        let turn = |at: i64| (at - moment).div_euclid(self.period);
        if asked.is_none_or(|asked| turn(asked) < turn(self.now)) {
            let due = if known.state == UrlStatus::Gone { Due::Back } else { Due::Check };
            turns.turns.push(Turn { asked: asked.unwrap_or(i64::MIN), id, due, key });
        }
    }

    /// The pages that this run asks for, those first that were not asked for longest: at most twice as many as are due on
    /// average since the last run, so that where the cycle is new they spread over many nights.
    pub(super) fn due(self, turns: Turns) -> Vec<Turn> {
        let Turns { mut turns, known } = turns;
        let known = i64::try_from(known).unwrap_or(i64::MAX);
        let most = 1 + known.saturating_mul(2).saturating_mul(self.passed) / self.period;
        turns.sort_by_key(|turn| (turn.asked, turn.key));
        turns.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crawl::plan::tests::known;

    /// How often each of some pages is asked for in so many nights, and how many are on the night with the most.
    fn nights(pages: usize, days: u32, nights: std::ops::Range<i64>) -> (Vec<u32>, usize) {
        let start: Timestamp = "2026-01-01T18:00:00Z".parse().unwrap();
        let mut asked_at = vec![start; pages];
        let (mut times, mut most) = (vec![0; pages], 0);
        for night in nights {
            let now = start + jiff::SignedDuration::from_hours(24 * night);
            let last = now - jiff::SignedDuration::from_hours(24);
            let (cycle, mut turns) = (Cycle::of(days, now, Some(last)), Turns::default());
            for (page, at) in asked_at.iter().enumerate() {
                let state = UrlState { checked_at: Some(*at), ..known(UrlStatus::Done, true, 0) };
                cycle.take(&mut turns, UrlId::of(page), &format!("www.example.gov.cn/c1/{page}.html"), &state);
            }
            let due = cycle.due(turns);
            most = most.max(due.len());
            for turn in due {
                let page = (0..pages).find(|page| UrlId::of(*page) == turn.id).unwrap();
                times[page] += 1;
                asked_at[page] = now;
            }
        }
        (times, most)
    }

    #[test]
    fn every_page_has_its_turn_once_in_a_period_and_no_night_has_many() {
        let (times, most) = nights(900, 90, 1..91);
        assert!(times.iter().all(|times| *times == 1), "{times:?}");
        assert!((10..=21).contains(&most), "{most}");
        let (times, _) = nights(7, 30, 1..91);
        assert!(times.iter().all(|times| *times == 3), "{times:?}");
    }

    #[test]
    fn where_the_cycle_is_new_not_all_are_asked_for_at_once() {
        let (times, most) = nights(900, 90, 400..491);
        assert!(times.iter().all(|times| (1..=2).contains(times)), "{times:?}");
        assert_eq!(most, 21);
    }
}
