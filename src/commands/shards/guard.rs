//! Work that may fail or take for ever, on threads that can be left behind: a poison page costs one record, not the run.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Deep enough for every page within the limits.
const STACK: usize = 16 << 20;

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

/// Calls one function for many callers, each call on a thread that is thrown away if it does not answer in time.
pub(super) struct Guard<I, O> {
    work: Arc<dyn Fn(I) -> O + Send + Sync>,
    limit: Duration,
    idle: Mutex<Vec<Helper<I, O>>>,
}

/// A thread that waits for work.
struct Helper<I, O> {
    input: Sender<I>,
    output: Receiver<Result<O, String>>,
}

impl<I: Send + 'static, O: Send + 'static> Guard<I, O> {
    pub(super) fn new(limit: Duration, work: impl Fn(I) -> O + Send + Sync + 'static) -> Self {
        Self { work: Arc::new(work), limit, idle: Mutex::default() }
    }

    /// The result for an input, or why there is none.
    pub(super) fn call(&self, input: I) -> Result<O, Poison> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let helper = match idle {
            Some(helper) => helper,
            None => self.helper().map_err(|error| Poison::Panic(error.to_string()))?,
        };
        let gone = || Poison::Panic("its thread ended".to_owned());
        helper.input.send(input).map_err(|_| gone())?;
        let result = match helper.output.recv_timeout(self.limit) {
            Ok(result) => result.map_err(Poison::Panic),
            // The thread works on, and ends with the program.
            Err(RecvTimeoutError::Timeout) => return Err(Poison::Slow(self.limit)),
            Err(RecvTimeoutError::Disconnected) => return Err(gone()),
        };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(helper);
        result
    }

    fn helper(&self) -> std::io::Result<Helper<I, O>> {
        let (input, inputs) = channel();
        let (results, output) = channel();
        let work = Arc::clone(&self.work);
        thread::Builder::new().name("page".to_owned()).stack_size(STACK).spawn(move || {
            for input in inputs {
                let result = catch_unwind(AssertUnwindSafe(|| work(input))).map_err(|panic| said(&*panic));
                if results.send(result).is_err() {
                    return;
                }
            }
        })?;
        Ok(Helper { input, output })
    }
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it does not say why".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_panics_costs_only_itself() {
        let guard = Guard::new(Duration::from_mins(1), |n: u32| {
            assert!(n != 3, "three");
            n * n
        });
        let results: Vec<_> = (1..=4).map(|n| guard.call(n)).collect();
        assert_eq!(results, [Ok(1), Ok(4), Err(Poison::Panic("three".to_owned())), Ok(16)]);
    }

    #[test]
    fn a_page_that_never_ends_is_given_up() {
        let (end, ends) = channel::<()>();
        let ends = Mutex::new(ends);
        let limit = Duration::from_millis(20);
        let guard = Guard::new(limit, move |waits: bool| {
            if waits {
                let _ = ends.lock().map(|ends| ends.recv());
            }
            waits
        });
        assert_eq!(guard.call(true), Err(Poison::Slow(limit)));
        drop(end);
    }
}
