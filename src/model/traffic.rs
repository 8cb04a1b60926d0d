//! What a crawl cost the hosts of a source.

use serde::{Deserialize, Serialize};

/// What a run asked of the hosts of a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traffic {
    /// Requests, those for robots.txt and repeated ones among them.
    pub requests: u64,
    /// Bytes of the bodies that came, as they were sent.
    pub bytes: u64,
    /// Requests that were repeated after a failure.
    pub retries: u64,
    /// Milliseconds that were waited for the turn at a host and between retries.
    pub waited_ms: u64,
}
