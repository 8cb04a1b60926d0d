//! One queue for each host: how many requests at once, how far apart, and when the host is left alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{FetchError, Stop, log};
use crate::config::Polite;

/// The longest `Crawl-delay` that is honoured in full; more would make a column take days.
const MAX_CRAWL_DELAY: Duration = Duration::from_secs(30);

/// A host that complains is asked this many times slower at most.
const MAX_SLOWDOWN: u32 = 8;

/// A host that is slow to answer is left alone as long as it took, up to this.
const MAX_REST: Duration = Duration::from_secs(10);

/// So many good answers in a row undo one step of slowing down.
const TRUST_AFTER: u32 = 20;

/// The queues of all hosts of a run.
#[derive(Debug)]
pub(super) struct Hosts {
    known: Mutex<HashMap<String, Arc<Host>>>,
    /// The right to have a request on its way, all hosts together.
    flights: Arc<Semaphore>,
    break_after: u32,
}

/// The queue of one host.
#[derive(Debug)]
pub(super) struct Host {
    name: String,
    slots: Arc<Semaphore>,
    flights: Arc<Semaphore>,
    /// Held by the one who waits for the next start, so that those behind keep their order.
    gate: tokio::sync::Mutex<()>,
    pace: Mutex<Pace>,
}

/// The right to send one request; it ends when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    host: Arc<Host>,
    _slot: OwnedSemaphorePermit,
    _flight: OwnedSemaphorePermit,
}

impl Hosts {
    /// No hosts yet; after `break_after` failures in a row one is left alone.
    pub(super) fn new(break_after: u32, flights: Arc<Semaphore>) -> Self {
        Self { known: Mutex::default(), flights, break_after }
    }

    /// The queue of a host; the manners of whoever comes first hold, but a longer interval that comes later counts.
    pub(super) fn host(&self, name: &str, polite: &Polite) -> Arc<Host> {
        let mut hosts = lock(&self.known);
        let host = hosts.entry(name.to_owned()).or_insert_with(|| {
            let concurrency = polite.concurrency.max(1);
            Arc::new(Host {
                name: name.to_owned(),
                slots: Arc::new(Semaphore::new(concurrency)),
                flights: Arc::clone(&self.flights),
                gate: tokio::sync::Mutex::default(),
                pace: Mutex::new(Pace::new(polite.interval, concurrency == 1, self.break_after)),
            })
        });
        lock(&host.pace).at_least(polite.interval);
        Arc::clone(host)
    }
}

impl Host {
    /// Waits for a free place and for the time of the next start, which is now when this returns.
    ///
    /// Who waits for the time holds no right to be on its way, so that however many hosts wait, none keeps another waiting.
    pub(super) async fn enter(self: &Arc<Self>, stop: &Stop) -> Result<Permit, FetchError> {
        let slot = stop.or(Arc::clone(&self.slots).acquire_owned()).await?;
        let slot = slot.map_err(|_| FetchError::Stopped)?;
        let _gate = stop.or(self.gate.lock()).await?;
        loop {
            while let Some(wait) = self.wait()? {
                log::waits(&self.name, wait);
                stop.sleep(wait).await?;
            }
            let flight = stop.or(Arc::clone(&self.flights).acquire_owned()).await?;
            let flight = flight.map_err(|_| FetchError::Stopped)?;
            // The host may have complained in the meantime.
            if self.wait()?.is_none() {
                lock(&self.pace).sent(Instant::now());
                return Ok(Permit { host: Arc::clone(self), _slot: slot, _flight: flight });
            }
        }
    }

    /// How long the next request has to wait, if it has to.
    fn wait(&self) -> Result<Option<Duration>, FetchError> {
        let pace = lock(&self.pace);
        if let Some(why) = &pace.given_up {
            return Err(FetchError::GivenUp { host: self.name.clone(), why: why.clone() });
        }
        Ok(Some(pace.wait(Instant::now())).filter(|wait| !wait.is_zero()))
    }

    /// Takes the `Crawl-delay` of the host into account.
    pub(super) fn crawl_delay(&self, delay: Duration) {
        lock(&self.pace).at_least(delay.min(MAX_CRAWL_DELAY));
    }

    /// Nobody asks this host before the pause is over, and then more slowly.
    pub(super) fn complained(&self, pause: Duration) {
        log::complained(&self.name, pause);
        lock(&self.pace).complained(Instant::now(), pause);
    }

    /// Nobody asks this host again in this run.
    pub(super) fn give_up(&self, why: String) {
        log::given_up(&self.name, &why);
        lock(&self.pace).given_up.get_or_insert(why);
    }

    /// Notes whether the host did its part, for the circuit breaker.
    pub(super) fn note(&self, good: bool) {
        lock(&self.pace).note(good);
    }
}

impl Permit {
    /// The head of the answer is here.
    pub(super) fn answered(&self) {
        lock(&self.host.pace).answered(Instant::now());
    }
}

/// The rhythm of a host, as a function of the time that it is told.
#[derive(Debug)]
struct Pace {
    interval: Duration,
    one_at_a_time: bool,
    slowdown: u32,
    /// When the last request went out.
    last: Option<Instant>,
    next: Option<Instant>,
    good_in_a_row: u32,
    bad_in_a_row: u32,
    break_after: u32,
    given_up: Option<String>,
}

impl Pace {
    fn new(interval: Duration, one_at_a_time: bool, break_after: u32) -> Self {
        let (slowdown, good_in_a_row, bad_in_a_row) = (1, 0, 0);
        let (last, next, given_up) = (None, None, None);
        Self { interval, one_at_a_time, slowdown, last, next, good_in_a_row, bad_in_a_row, break_after, given_up }
    }

    fn wait(&self, now: Instant) -> Duration {
        self.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now))
    }

    fn sent(&mut self, now: Instant) {
        self.last = Some(now);
        self.next = Some(now + self.interval * self.slowdown);
    }

    /// How long a request takes to reach the host is not known, only that it is there when the answer comes. Where
    /// one request follows another, counting from the answer keeps the gap that the host sees from being shorter.
    /// A host that took longer than the interval is busy and rests as long as it took, unless no interval is kept.
    fn answered(&mut self, now: Instant) {
        if self.one_at_a_time {
            let took = self.last.map_or(Duration::ZERO, |last| now.saturating_duration_since(last));
            let rest = if self.interval.is_zero() { Duration::ZERO } else { took.min(MAX_REST) };
            self.not_before(now + rest.max(self.interval * self.slowdown));
        }
    }

    fn complained(&mut self, now: Instant, pause: Duration) {
        self.slowdown = (self.slowdown * 2).min(MAX_SLOWDOWN);
        self.good_in_a_row = 0;
        self.not_before(now + pause);
    }

    fn note(&mut self, good: bool) {
        if good {
            self.bad_in_a_row = 0;
            self.good_in_a_row += 1;
            if self.good_in_a_row.is_multiple_of(TRUST_AFTER) {
                self.slowdown = (self.slowdown / 2).max(1);
            }
        } else {
            self.good_in_a_row = 0;
            self.bad_in_a_row += 1;
            if self.bad_in_a_row >= self.break_after {
                self.given_up.get_or_insert(format!("{} requests in a row failed", self.bad_in_a_row));
            }
        }
    }

    fn at_least(&mut self, interval: Duration) {
        self.interval = self.interval.max(interval);
    }

    fn not_before(&mut self, at: Instant) {
        self.next = Some(self.next.map_or(at, |next| next.max(at)));
    }
}

/// A lock that a panic elsewhere cannot poison: the values behind it are whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn starts_are_an_interval_apart_and_count_from_the_answer() {
        let t = Instant::now();
        let mut pace = Pace::new(100 * MS, true, 9);
        assert_eq!(pace.wait(t), Duration::ZERO);
        pace.sent(t);
        assert_eq!(pace.wait(t + 40 * MS), 60 * MS);
        pace.answered(t + 40 * MS);
        assert_eq!(pace.wait(t + 40 * MS), 100 * MS);
        assert_eq!(pace.wait(t + 500 * MS), Duration::ZERO);
        let mut parallel = Pace::new(100 * MS, false, 9);
        parallel.sent(t);
        parallel.answered(t + 40 * MS);
        assert_eq!(parallel.wait(t + 40 * MS), 60 * MS);
    }

    #[test]
    fn a_host_that_is_slow_to_answer_rests_as_long_as_it_took() {
        let t = Instant::now();
        for (interval, took, rest) in [(100, 40, 100), (100, 700, 700), (100, 60_000, 10_000), (0, 700, 0)] {
            let mut pace = Pace::new(interval * MS, true, 9);
            pace.sent(t);
            pace.answered(t + took * MS);
            assert_eq!(pace.wait(t + took * MS), rest * MS, "{interval} {took}");
        }
    }

    #[test]
    fn a_complaint_stops_the_host_and_slows_it_down_for_a_while() {
        let t = Instant::now();
        let mut pace = Pace::new(100 * MS, true, 9);
        pace.complained(t, 5000 * MS);
        assert_eq!(pace.wait(t), 5000 * MS);
        pace.complained(t, 10 * MS);
        assert_eq!(pace.wait(t), 5000 * MS, "a shorter pause does not undo a longer one");
        pace.sent(t + 5000 * MS);
        assert_eq!(pace.wait(t + 5000 * MS), 400 * MS, "twice slower, twice");
        for _ in 0..2 * TRUST_AFTER {
            pace.note(true);
        }
        pace.sent(t + 6000 * MS);
        assert_eq!(pace.wait(t + 6000 * MS), 100 * MS, "trust comes back");
    }

    #[test]
    fn only_failures_in_a_row_break_the_circuit() {
        let mut pace = Pace::new(MS, true, 3);
        for good in [false, false, true, false, false] {
            pace.note(good);
        }
        assert_eq!(pace.given_up, None);
        pace.note(false);
        assert_eq!(pace.given_up.as_deref(), Some("3 requests in a row failed"));
    }

    #[tokio::test]
    async fn nobody_waits_for_a_host_that_is_given_up() {
        let hosts = Hosts::new(2, Arc::new(Semaphore::new(1)));
        let host = hosts.host("portal.test", &Polite { interval: Duration::from_hours(1), concurrency: 1 });
        drop(host.enter(&Stop::never()).await.unwrap());
        host.note(false);
        hosts.host("portal.test", &Polite::default()).note(false);
        assert!(matches!(host.enter(&Stop::never()).await, Err(FetchError::GivenUp { .. })));
    }

    #[tokio::test]
    async fn a_host_that_waits_for_its_time_keeps_no_other_waiting() {
        let hosts = Hosts::new(9, Arc::new(Semaphore::new(1)));
        let slow = hosts.host("slow.test", &Polite { interval: Duration::from_hours(1), concurrency: 2 });
        let other = hosts.host("other.test", &Polite { interval: Duration::ZERO, concurrency: 2 });
        let stop = Stop::never();
        let on_its_way = slow.enter(&stop).await.unwrap();
        let mut second = std::pin::pin!(other.enter(&stop));
        tokio::select! {
            biased;
            _ = &mut second => panic!("one request at a time was allowed"),
            () = std::future::ready(()) => {}
        }
        drop(on_its_way);
        drop(second.await.unwrap());
        let waiting = slow.enter(&stop);
        let mut waiting = std::pin::pin!(waiting);
        tokio::select! {
            biased;
            _ = &mut waiting => panic!("the interval is an hour"),
            other = other.enter(&stop) => drop(other.unwrap()),
        }
    }
}
