//! Work that may fail or take for ever, on threads that can be left behind: a poison page costs one record, not the run.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::iter::Enumerate;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::commands::room::{Room, Turns};

/// Deep enough for every page within the limits.
const STACK: usize = 16 << 20;
/// How often it is looked for work that takes too long, and the part of its limit that this is at most.
const LOOK: Duration = Duration::from_secs(1);
const LOOKS_A_LIMIT: u32 = 4;

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Poison {
    /// The program has a bug here.
    Panic(String),
    /// It took longer than this.
    Slow(Duration),
}

impl fmt::Display for Poison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic(what) => write!(f, "the program failed at this page: {what}"),
            Self::Slow(limit) => write!(f, "the page took longer than {} s", limit.as_secs()),
        }
    }
}

/// What is done with each of many items.
pub(super) trait Work: Send + Sync + 'static {
    /// What is worked on.
    type Item: Send + 'static;
    /// What is known of an item while it is worked on.
    type Place: Send + 'static;
    /// What comes of it.
    type Done: Send + 'static;

    fn place(&self, item: &Self::Item) -> Self::Place;
    fn work(&self, item: Self::Item) -> Self::Done;
    /// What comes of an item at which the work failed.
    fn poisoned(&self, place: Self::Place, poison: &Poison) -> Self::Done;
    /// How much memory a result holds.
    fn bytes(&self, done: &Self::Done) -> usize;
}

/// Does the work for every item on all cores, and calls `take` with each result in order; stops at the first error of `take`.
///
/// The thread that takes an item out of the file works on it, so that no page goes from one core to another. A thread whose page
/// takes longer than `limit` is left behind, and ends with the program; another one takes its place.
pub(super) fn guarded<W: Work, E: From<io::Error>>(
    items: Box<dyn Iterator<Item = W::Item> + Send>,
    work: W,
    limit: Duration,
    mut take: impl FnMut(W::Done) -> Result<(), E>,
) -> Result<(), E> {
    let (sender, results) = channel();
    let crew = Arc::new(Crew {
        items: Mutex::new(items.enumerate()),
        work,
        running: Mutex::default(),
        room: Room::default(),
        results: sender,
    });
    let mut threads = thread::available_parallelism().map_or(1, usize::from);
    for _ in 0..threads {
        Crew::hire(&crew)?;
    }
    let look = LOOK.min(limit / LOOKS_A_LIMIT);
    let mut looked = Instant::now();
    let mut turns = Turns::of(&crew.room);
    while threads > 0 {
        match results.recv_timeout(look) {
            Ok(News::Result(n, bytes, result)) => turns.put(n, bytes, result),
            Ok(News::NoMore) => threads -= 1,
            // It is no page that failed: the file itself could not be walked through.
            Ok(News::Panic(panic)) => resume_unwind(panic),
            // The crew itself holds a sender.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        if looked.elapsed() >= look {
            looked = Instant::now();
            for (n, place) in crew.overdue(limit) {
                turns.put(n, 0, crew.work.poisoned(place, &Poison::Slow(limit)));
                Crew::hire(&crew)?;
            }
        }
        while let Some(result) = turns.take() {
            take(result)?;
        }
    }
    Ok(())
}

/// The threads at one file, and what they share.
struct Crew<W: Work> {
    items: Mutex<Enumerate<Box<dyn Iterator<Item = W::Item> + Send>>>,
    work: W,
    /// What is worked on, and since when. Whose number is gone was left behind.
    running: Mutex<BTreeMap<usize, (Instant, W::Place)>>,
    room: Room,
    results: Sender<News<W::Done>>,
}

/// What a thread tells.
enum News<R> {
    /// The result of an item, and how much room it takes.
    Result(usize, usize, R),
    /// It ends, since there is no item left.
    NoMore,
    /// There was no next item to be had.
    Panic(Box<dyn Any + Send>),
}

impl<W: Work> Crew<W> {
    /// One more thread.
    fn hire(crew: &Arc<Self>) -> io::Result<()> {
        let crew = Arc::clone(crew);
        thread::Builder::new().name("page".to_owned()).stack_size(STACK).spawn(move || crew.serve())?;
        Ok(())
    }

    /// Works on one item after another until none is left, it is left behind, or nobody wants results any more.
    fn serve(&self) {
        loop {
            let news = match catch_unwind(AssertUnwindSafe(|| self.next())) {
                Ok(Some((n, place, item))) => match self.result(n, place, item) {
                    Some((bytes, result)) => News::Result(n, bytes, result),
                    None => return,
                },
                Ok(None) => News::NoMore,
                Err(panic) => News::Panic(panic),
            };
            let ends = !matches!(news, News::Result(..));
            if self.results.send(news).is_err() || ends {
                return;
            }
        }
    }

    /// The next item, and what is known of it. Nobody else unpacks one meanwhile.
    fn next(&self) -> Option<(usize, W::Place, W::Item)> {
        let (n, item) = locked(&self.items).next()?;
        Some((n, self.work.place(&item), item))
    }

    /// What came of an item, once there is room for it; nothing if this thread was left behind.
    fn result(&self, n: usize, place: W::Place, item: W::Item) -> Option<(usize, W::Done)> {
        locked(&self.running).insert(n, (Instant::now(), place));
        let result = catch_unwind(AssertUnwindSafe(|| self.work.work(item)));
        let (_, place) = locked(&self.running).remove(&n)?;
        let result = result.unwrap_or_else(|panic| self.work.poisoned(place, &Poison::Panic(said(&*panic))));
        let bytes = self.work.bytes(&result);
        self.room.enter(n, bytes);
        Some((bytes, result))
    }

    /// The items whose threads are to be left behind.
    fn overdue(&self, limit: Duration) -> Vec<(usize, W::Place)> {
        let mut running = locked(&self.running);
        let late: Vec<usize> =
            running.iter().filter(|(_, (begun, _))| begun.elapsed() >= limit).map(|(n, _)| *n).collect();
        late.into_iter().filter_map(|n| running.remove(&n).map(|(_, place)| (n, place))).collect()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it does not say why".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::*;

    /// Squares; fails at three, and waits at four until it is let go.
    struct Squares(Mutex<Receiver<()>>);

    impl Work for Squares {
        type Item = u32;
        type Place = u32;
        type Done = Result<u32, (u32, Poison)>;

        fn place(&self, n: &u32) -> u32 {
            *n
        }

        fn work(&self, n: u32) -> Self::Done {
            assert!(n != 3, "three");
            if n == 4 {
                let _ = locked(&self.0).recv();
            }
            Ok(n * n)
        }

        fn poisoned(&self, n: u32, poison: &Poison) -> Self::Done {
            Err((n, poison.clone()))
        }

        fn bytes(&self, _: &Self::Done) -> usize {
            1
        }
    }

    fn squares(items: impl Iterator<Item = u32> + Send + 'static, limit: Duration) -> Vec<Result<u32, (u32, Poison)>> {
        let (let_go, waits) = channel();
        let mut taken = Vec::new();
        let done: io::Result<()> = guarded(Box::new(items), Squares(Mutex::new(waits)), limit, |result| {
            taken.push(result);
            Ok(())
        });
        drop(let_go);
        assert!(done.is_ok());
        taken
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for n in [0, 1, 2, 3, 1000] {
            let wanted: Vec<_> = (10..10 + n).map(|n| Ok(n * n)).collect();
            assert_eq!(squares(10..10 + n, Duration::from_mins(1)), wanted);
        }
    }

    #[test]
    fn a_page_that_panics_costs_only_itself() {
        let wanted = [Ok(1), Ok(4), Err((3, Poison::Panic("three".to_owned()))), Ok(25)];
        assert_eq!(squares([1, 2, 3, 5].into_iter(), Duration::from_mins(1)), wanted);
    }

    #[test]
    fn a_page_that_never_ends_is_given_up() {
        let limit = Duration::from_millis(20);
        let wanted: Vec<_> = (4..400).map(|n| if n == 4 { Err((n, Poison::Slow(limit))) } else { Ok(n * n) }).collect();
        assert_eq!(squares(4..400, limit), wanted);
        // As many as there are cores, and more.
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let fours = squares(std::iter::repeat_n(4, 2 * cores + 1), limit);
        assert_eq!(fours, vec![Err((4, Poison::Slow(limit))); 2 * cores + 1]);
    }

    #[test]
    fn a_file_that_cannot_be_walked_through_ends_the_work() {
        let items = (1..3).chain(std::iter::from_fn(|| panic!("no next")));
        let ended = catch_unwind(|| squares(items, Duration::from_mins(1)));
        assert_eq!(ended.map_err(|panic| said(&*panic)), Err("no next".to_owned()));
    }

    #[test]
    fn a_taker_that_fails_ends_the_work() {
        let (_let_go, waits) = channel();
        let mut taken = 0;
        let done = guarded(Box::new(10..10_000), Squares(Mutex::new(waits)), Duration::from_mins(1), |_| {
            taken += 1;
            if taken == 6 { Err(io::Error::other("closed")) } else { Ok(()) }
        });
        assert_eq!((done.map_err(|error| error.to_string()), taken), (Err("closed".to_owned()), 6));
    }
}
