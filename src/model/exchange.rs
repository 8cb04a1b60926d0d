//! One question to a portal and its answer, as fetching hands it to the archive.

use std::net::IpAddr;

use jiff::Timestamp;
use url::Url;

use super::{CaptureKind, Reject, SourceId};

/// One answer of a portal with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The portal column for which it was fetched.
    pub source: SourceId,
    /// What was asked for.
    pub kind: CaptureKind,
    /// Canonical address that was asked for.
    pub url: Url,
    /// Address after redirects: the one that gave this answer.
    pub final_url: Url,
    /// The answers on the way, in order; empty without a redirect.
    pub redirects: Vec<Redirect>,
    /// When the answer came.
    pub fetched_at: Timestamp,
    /// The server's address, if known.
    pub ip: Option<IpAddr>,
    /// HTTP status of the last answer.
    pub status: u16,
    /// Headers of the last answer in their order, values as sent.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body after transfer and content decoding.
    pub body: Vec<u8>,
    /// Why no record can come of it: an error page, a bot wall. It is then kept as a sample only.
    pub reject: Option<Reject>,
}

/// An answer that pointed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The address that was asked.
    pub url: Url,
    /// Its status, 301 for instance.
    pub status: u16,
}

impl Exchange {
    /// The first header of this name, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(&found.1).ok().map(str::trim)
    }
}
