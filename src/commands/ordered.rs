//! Work on many items at once, results in the order of the items, memory flat.

use std::collections::BTreeMap;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// So many results may be ahead of the one that is taken next.
const AHEAD: usize = 256;
/// Bytes of results that may wait for the taker, however many threads there are: beyond them each thread holds one.
const WAITING: usize = 32 << 20;

/// Calls `work` for every item on all cores and `take` with each result in order; stops at the first error of `take`.
/// `bytes` says how much memory a result holds.
///
/// Each thread takes the next item as soon as it is free, so that to make items (to unpack the next record of a file) and to
/// work on them overlap, and one large item keeps nobody waiting. With one core a thread would only cost switches.
pub(super) fn ordered<T, R: Send, E>(
    items: impl IntoIterator<Item = T, IntoIter: Send>,
    work: impl Fn(T) -> R + Sync,
    bytes: impl Fn(&R) -> usize + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut items = items.into_iter();
    let most = items.size_hint().1.unwrap_or(usize::MAX);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(most);
    if threads < 2 {
        return items.try_for_each(|item| take(work(item)));
    }
    let (work, bytes, room) = (&work, &bytes, &Room::default());
    let items = &Mutex::new(items.enumerate());
    // The lock is let go before the work begins.
    let next = move || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        let (sender, results) = sync_channel(threads);
        for _ in 0..threads {
            let sender: SyncSender<(usize, R)> = sender.clone();
            scope.spawn(move || {
                while let Some((n, item)) = next() {
                    let result = work(item);
                    room.enter(n, bytes(&result));
                    // The taker went away: nobody wants the rest.
                    if sender.send((n, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        // Whoever waits for room is let go when the taker ends, however it ends.
        let _closing = Closing(room);
        let mut early = BTreeMap::new();
        // A thread that panicked has dropped its sender; the scope passes the panic on when it ends.
        for (n, result) in results {
            early.insert(n, result);
            while let Some(result) = early.remove(&room.next()) {
                room.leave(bytes(&result));
                take(result)?;
            }
        }
        Ok(())
    })
}

/// How much waits for the taker.
#[derive(Debug, Default)]
struct Room {
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
    fn enter(&self, n: usize, bytes: usize) {
        let full = |inside: &mut Inside| {
            let is_ahead = n > inside.next + AHEAD || inside.bytes + bytes > WAITING;
            !inside.closed && inside.next != n && is_ahead
        };
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        self.left.wait_while(inside, full).unwrap_or_else(PoisonError::into_inner).bytes += bytes;
    }

    /// Which result is taken next.
    fn next(&self) -> usize {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner).next
    }

    fn leave(&self, bytes: usize) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.bytes -= bytes;
        inside.next += 1;
        drop(inside);
        self.left.notify_all();
    }
}

/// Lets everybody in when it is dropped.
struct Closing<'a>(&'a Room);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.inside.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.0.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for n_items in [0, 1, 2, 3, 100, 1001] {
            let items: Vec<u64> = (0..n_items).collect();
            let mut taken = Vec::new();
            let done: Result<(), ()> = ordered(
                &items,
                |n| n * n,
                |_| WAITING / 2,
                |square| {
                    taken.push(square);
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(taken, items.iter().map(|n| n * n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_taker_that_fails_ends_the_work() {
        let items: Vec<usize> = (0..10_000).collect();
        let mut taken = 0;
        let done = ordered(
            &items,
            |n| *n,
            |_| WAITING,
            |n| {
                taken += 1;
                if n == 5 { Err("closed") } else { Ok(()) }
            },
        );
        assert_eq!((done, taken), (Err("closed"), 6));
    }
}
