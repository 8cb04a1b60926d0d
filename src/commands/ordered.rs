//! Work on many items at once, results in the order of the items, memory flat.

use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::room::{Room, Turns};

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
        // The room bounds what waits in it.
        let (sender, results) = channel();
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(move || {
                while let Some((n, item)) = next() {
                    let result = work(item);
                    let bytes = bytes(&result);
                    room.enter(n, bytes);
                    // The taker went away: nobody wants the rest.
                    if sender.send((n, bytes, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut turns = Turns::of(room);
        // A thread that panicked has dropped its sender; the scope passes the panic on when it ends.
        for (n, bytes, result) in results {
            turns.put(n, bytes, result);
            while let Some(result) = turns.take() {
                take(result)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::room::WAITING;
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
