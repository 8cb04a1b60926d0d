//! Work on many items at once, results in the order of the items, memory flat.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Results that a thread may be ahead of the taker.
const AHEAD: usize = 4;

/// Calls `work` for every item on all cores and `take` with each result in order; stops at the first error of `take`.
///
/// Thread `k` of `n` works on items `k`, `k + n`, `k + 2n` … through a channel of its own, so that taking turns over
/// the channels gives the order back and no result waits in a growing heap. With one core there is nothing to share
/// out, and a thread would only cost switches.
pub(super) fn ordered<T: Sync, R: Send, E>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    if threads < 2 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    let work = &work;
    thread::scope(|scope| {
        let (senders, results): (Vec<SyncSender<R>>, Vec<_>) = (0..threads).map(|_| sync_channel(AHEAD)).unzip();
        for (k, sender) in senders.into_iter().enumerate() {
            scope.spawn(move || {
                for item in items.iter().skip(k).step_by(threads) {
                    // The taker went away: nobody wants the rest.
                    if sender.send(work(item)).is_err() {
                        return;
                    }
                }
            });
        }
        // A thread that panicked has dropped its sender; the scope passes the panic on when it ends.
        for n in 0..items.len() {
            let Ok(result) = results[n % threads].recv() else { break };
            take(result)?;
        }
        Ok(())
    })
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
            |n| {
                taken += 1;
                if n == 5 { Err("closed") } else { Ok(()) }
            },
        );
        assert_eq!((done, taken), (Err("closed"), 6));
    }
}
