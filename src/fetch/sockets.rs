//! How many connections a run holds open, at work and idle, within what the system allows a process.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// So many requests are on their way at the same time, all hosts together. What waits for the time of its next request
/// is not among them, so this bounds how many hosts may be slow to answer, not how many may be crawled.
const AT_ONCE: u64 = 1024;

/// So many files are left to the archive, the state and whatever else a process has open.
const OTHERS: u64 = 128;

/// No more open files are asked for than this.
const MOST_FILES: u64 = 65_536;

/// What a system allows that does not say so.
#[cfg(any(test, not(unix)))]
const USUAL_FILES: u64 = 1024;

/// Idle connections that are kept for each host, where there is room for all of them.
const IDLE_PER_HOST: u64 = 2;

/// The connections of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sockets {
    at_once: u64,
    idle_per_host: u64,
}

impl Sockets {
    /// For a run that asks so many hosts; as many files as are needed and the system allows are asked for.
    pub(super) fn for_hosts(hosts: usize) -> Self {
        let wanted = (OTHERS + AT_ONCE + IDLE_PER_HOST.saturating_mul(hosts as u64)).min(MOST_FILES);
        Self::within(raise(wanted), hosts)
    }

    fn within(files: u64, hosts: usize) -> Self {
        let sockets = files.saturating_sub(OTHERS).max(2);
        let at_once = AT_ONCE.min(sockets / 2);
        // A host that has no place for an idle connection is connected to anew for each request.
        let idle_per_host = ((sockets - at_once) / (hosts as u64).max(1)).min(IDLE_PER_HOST);
        Self { at_once, idle_per_host }
    }

    /// The right to have a request on its way.
    pub(super) fn flights(self) -> Arc<Semaphore> {
        Arc::new(Semaphore::new(usize::try_from(self.at_once).unwrap_or(Semaphore::MAX_PERMITS)))
    }

    /// How many idle connections are kept for a host.
    pub(super) fn idle_per_host(self) -> usize {
        usize::try_from(self.idle_per_host).unwrap_or(usize::MAX)
    }
}

/// Asks for so many open files and gives how many there may be.
#[cfg(unix)]
fn raise(wanted: u64) -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let (allowed, possible) = (current.unwrap_or(MOST_FILES), maximum.unwrap_or(MOST_FILES));
    let aim = wanted.min(possible);
    if aim <= allowed || setrlimit(Resource::Nofile, Rlimit { current: Some(aim), maximum }).is_err() {
        return allowed;
    }
    aim
}

/// Asks for so many open files and gives how many there may be.
#[cfg(not(unix))]
fn raise(_: u64) -> u64 {
    USUAL_FILES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sockets_fit_into_the_files_that_a_process_may_open() {
        for (files, hosts, at_once, idle_per_host) in [
            (65_536, 50, 1024, 2),
            (65_536, 10_000, 1024, 2),
            (8192, 7000, 1024, 1),
            (USUAL_FILES, 200, 448, 2),
            (USUAL_FILES, 400, 448, 1),
            (USUAL_FILES, 2000, 448, 0),
            (64, 2000, 1, 0),
        ] {
            let sockets = Sockets::within(files, hosts);
            assert_eq!(sockets, Sockets { at_once, idle_per_host }, "{files} files, {hosts} hosts");
            let most = at_once + idle_per_host * hosts as u64;
            assert!(most + OTHERS <= files || files < OTHERS + 2, "{most} sockets");
        }
    }
}
