//! Ctrl-C and SIGTERM: the first asks the run to end, the second ends it.

use crate::commands::Exit;
use crate::fetch::Stopper;

/// Listens for signals as long as the runtime lives.
pub(in crate::commands) fn listen(stopper: Stopper, quiet: bool) {
    tokio::spawn(async move {
        if !signal().await {
            // Nothing to listen to: then the system's own way of ending holds. The sign must stay readable.
            return std::future::pending().await;
        }
        stopper.stop();
        if !quiet {
            tracing::warn!("finishing the pages in hand; once more to end at once");
        }
        if signal().await {
            #[expect(clippy::exit, reason = "asked twice to end; what was archived is safe at every moment")]
            std::process::exit(Exit::Interrupted as i32);
        }
        std::future::pending::<()>().await;
    });
}

/// Waits for a signal; false if the system gives none.
#[cfg(unix)]
async fn signal() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return false;
    };
    tokio::select! {
        got = interrupt.recv() => got.is_some(),
        got = terminate.recv() => got.is_some(),
    }
}

/// Waits for a signal; false if the system gives none.
#[cfg(not(unix))]
async fn signal() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}
