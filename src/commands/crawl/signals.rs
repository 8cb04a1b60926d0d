//! Ctrl-C and SIGTERM: the first asks a crawl to end, the second ends it; what comes after the crawl ends at once.

use std::io;

use crate::commands::Exit;
use crate::fetch::Stopper;
use crate::progress;

/// What is said after the first signal.
const ENDING: &str = "finishing the pages in hand; once more to end at once";

/// Listens for signals until the process ends, on a thread of its own.
///
/// Once a signal is listened for, the system's own way of ending is off for good, so somebody must listen during the
/// build that follows a crawl as well.
pub(in crate::commands) fn listen(stopper: Stopper, quiet: bool) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::new()?
    };
    let obey = async move {
        signals.next().await;
        if stopper.stop() {
            if !progress::hint(ENDING) && !quiet {
                tracing::warn!("{ENDING}");
            }
            signals.next().await;
        }
        progress::clear();
        #[expect(
            clippy::exit,
            reason = "asked to end while nothing can be finished; all files are whole at every moment"
        )]
        std::process::exit(Exit::Interrupted as i32);
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(obey))?;
    Ok(())
}

/// The signals that ask a program to end.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signals that ask a program to end.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
