//! What was asked of hosts on behalf of one source: requests, bytes, retries and waits, counted as they happen.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::model::Traffic;

/// Counts from several tasks at a time.
#[derive(Debug, Default)]
pub struct Meter {
    requests: AtomicU64,
    bytes: AtomicU64,
    retries: AtomicU64,
    waited_us: AtomicU64,
}

impl Meter {
    /// What was counted so far.
    pub fn read(&self) -> Traffic {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Traffic {
            requests: of(&self.requests),
            bytes: of(&self.bytes),
            retries: of(&self.retries),
            waited_ms: of(&self.waited_us) / 1000,
        }
    }

    pub(super) fn request(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn body(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn retry(&self) {
        self.retries.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn waited(&self, time: Duration) {
        self.waited_us.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}
