//! Results that many threads make, taken in the order of their items, with a bound on how many wait.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// So many results may be ahead of the one that is taken next.
const AHEAD: usize = 256;
/// Bytes of results that may wait for the taker, however many threads there are: beyond them each thread holds one.
pub(super) const WAITING: usize = 32 << 20;

/// How much waits for the taker.
#[derive(Debug, Default)]
pub(super) struct Room {
    inside: Mutex<Inside>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    bytes: usize,
    /// Which result is taken next.
    next: usize,
    closed: bool,
}

impl Room {
    /// Waits until there is room for a result; the one that is taken next always finds some.
    pub(super) fn enter(&self, n: usize, bytes: usize) {
        let full = |inside: &mut Inside| {
            let is_ahead = n > inside.next + AHEAD || inside.bytes + bytes > WAITING;
            !inside.closed && inside.next != n && is_ahead
        };
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        self.left.wait_while(inside, full).unwrap_or_else(PoisonError::into_inner).bytes += bytes;
    }

    fn leave(&self, bytes: usize) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.bytes -= bytes;
        inside.next += 1;
        drop(inside);
        self.left.notify_all();
    }

    fn close(&self) {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.left.notify_all();
    }
}

/// What the taker holds: results that came before their turn. When it is dropped, whoever waits for room is let in.
pub(super) struct Turns<'a, R> {
    room: &'a Room,
    early: BTreeMap<usize, (usize, R)>,
    next: usize,
}

impl<'a, R> Turns<'a, R> {
    pub(super) fn of(room: &'a Room) -> Self {
        Self { room, early: BTreeMap::new(), next: 0 }
    }

    /// Keeps a result that entered the room with so many bytes.
    pub(super) fn put(&mut self, n: usize, bytes: usize, result: R) {
        self.early.insert(n, (bytes, result));
    }

    /// The result whose turn it is, if it is there.
    pub(super) fn take(&mut self) -> Option<R> {
        let (bytes, result) = self.early.remove(&self.next)?;
        self.next += 1;
        self.room.leave(bytes);
        Some(result)
    }
}

impl<R> Drop for Turns<'_, R> {
    fn drop(&mut self) {
        self.room.close();
    }
}
