//! What the log keeps of the network: a line a request, and with `-vv` who waits for what.

use std::time::Duration;

use url::Url;

use super::{Answer, FetchError};

/// A request and what came of it.
pub(super) fn request(url: &Url, attempt: u32, took: Duration, result: &Result<Answer, FetchError>) {
    let (url, ms) = (url.as_str(), milliseconds(took));
    match result {
        Ok(Answer { status, body, .. }) => {
            tracing::info!(status, bytes = body.len() as u64, ms, attempt, url, "request");
        }
        Err(error) => tracing::info!(status = %"-", bytes = 0_u64, ms, attempt, url, error = %error, "request"),
    }
}

/// A page that is asked for again after a pause.
pub(super) fn again(url: &Url, pause: Duration) {
    tracing::debug!(ms = milliseconds(pause), url = url.as_str(), "asked again after a pause");
}

/// A host whose next request has to wait for its time.
pub(super) fn waits(host: &str, wait: Duration) {
    tracing::debug!(ms = milliseconds(wait), host, "waits for its turn");
}

/// A host that asked to be left alone for a while.
pub(super) fn complained(host: &str, pause: Duration) {
    tracing::debug!(ms = milliseconds(pause), host, "the host is too busy and is left alone");
}

/// A host that is not asked again in this run.
pub(super) fn given_up(host: &str, why: &str) {
    tracing::debug!(host, why, "the host is given up for this run");
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
