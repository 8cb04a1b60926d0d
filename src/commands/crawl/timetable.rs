//! Which sources a run asks now: those whose time it is, and of these as long as it is their time.

use std::time::Duration;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::exit;
use crate::archive::{Archive, ArchiveError};
use crate::cli::CrawlArgs;
use crate::commands::Exit;
use crate::config::{Hours, Source};
use crate::model::SourceReport;

/// So many runs are looked at to find the last good one.
const LONG: usize = 100;

/// The sources that are asked now, and how many are left alone.
#[derive(Debug)]
pub(super) struct Timetable {
    pub(super) due: Vec<Source>,
    /// Outside of their hours.
    pub(super) out_of_hours: usize,
    /// Asked not long enough ago.
    pub(super) resting: usize,
}

impl Timetable {
    /// What it says of those that are left alone; empty if there are none.
    pub(super) fn text(&self) -> String {
        let Self { resting, out_of_hours, .. } = self;
        let told: Vec<String> = [
            (*resting > 0).then(|| format!("{resting} asked not long ago")),
            (*out_of_hours > 0).then(|| format!("{out_of_hours} outside of their hours")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if told.is_empty() { String::new() } else { format!("left alone: {}\n", told.join(", ")) }
    }
}

/// What of these sources is asked by a run that begins now.
pub(super) fn timetable(
    sources: &[&Source],
    args: &CrawlArgs,
    archive: &Archive,
    max_failed: f64,
    now: Timestamp,
) -> Result<Timetable, ArchiveError> {
    let mut table = Timetable { due: Vec::with_capacity(sources.len()), out_of_hours: 0, resting: 0 };
    // Who names a source, or asks for more than what is new, means now.
    let now_is_meant = !args.scope.sources.is_empty() || args.full || args.retry_failed.is_some();
    for source in sources {
        let Some(left) = left(&source.schedule.hours, now) else {
            table.out_of_hours += 1;
            continue;
        };
        if let Some(every) = source.schedule.every.filter(|_| !now_is_meant)
            && last_good(source, archive, max_failed)?.is_some_and(|last| rests(last, every, now))
        {
            table.resting += 1;
            continue;
        }
        let mut source = (*source).clone();
        source.budget.time = source.budget.time.min(left);
        table.due.push(source);
    }
    Ok(table)
}

/// How long it is still the time of a source; `None` outside of its hours.
fn left(hours: &[Hours], now: Timestamp) -> Option<Duration> {
    if hours.is_empty() {
        return Some(Duration::MAX);
    }
    let now = Offset::constant(8).to_datetime(now);
    let minute = u16::from(now.hour().unsigned_abs()) * 60 + u16::from(now.minute().unsigned_abs());
    let left = hours.iter().filter_map(|hours| hours.left(minute)).max()?;
    Some(Duration::from_mins(u64::from(left)))
}

/// When the last run began that ended well.
fn last_good(source: &Source, archive: &Archive, max_failed: f64) -> Result<Option<Timestamp>, ArchiveError> {
    let history = archive.source_history(&source.id, LONG)?;
    let good = |report: &SourceReport| exit::of_source(report, max_failed) == Exit::Done;
    Ok(history.iter().find(|(_, report)| !report.is_broken_off() && good(report)).map(|(at, _)| *at))
}

/// A run that begins a little earlier in the night than the last one is a day later all the same. One that is still to come
/// was noted when the clock was wrong.
fn rests(last: Timestamp, every: Duration, now: Timestamp) -> bool {
    let every = SignedDuration::try_from(every).unwrap_or(SignedDuration::MAX);
    let slack = (every / 10).min(SignedDuration::from_hours(12));
    let passed = now.duration_since(last);
    !passed.is_negative() && passed < every - slack
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_rests_for_its_time_less_a_little() {
        let last: Timestamp = "2026-03-01T18:15:00Z".parse().unwrap();
        let week = Duration::from_hours(7 * 24);
        for (now, rests_then) in [
            ("2026-03-02T18:15:00Z", true),
            ("2026-03-07T18:15:00Z", true),
            ("2026-03-08T18:14:00Z", false),
            ("2026-02-20T18:15:00Z", false),
        ] {
            assert_eq!(rests(last, week, now.parse().unwrap()), rests_then, "{now}");
        }
    }

    #[test]
    fn hours_are_those_of_beijing() {
        let night = [Hours { from: 22 * 60, to: 6 * 60 }];
        let left = |at: &str| left(&night, at.parse().unwrap()).map(|left| left.as_secs() / 60);
        assert_eq!(left("2026-03-01T18:15:00Z"), Some(225), "02:15 in Beijing");
        assert_eq!(left("2026-03-01T02:15:00Z"), None, "10:15 in Beijing");
    }
}
