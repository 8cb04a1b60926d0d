//! The network: guarded, polite, limited requests; a page that cannot be had is one error value.
//!
//! [`Client::get`] follows redirects itself, so that the address guard and robots.txt are asked at every hop. One
//! [`Client`] serves a whole run: it keeps the pace, the failures and the robots.txt of every host.

mod address;
mod answer;
mod body;
mod client;
mod host;
mod log;
mod meter;
mod resolve;
mod retry;
mod robots;
mod sockets;
mod stop;
mod wall;
mod weak;

pub use address::Refused;
pub use answer::{Answer, Hop, Validators};
pub use body::unpack;
pub use client::Client;
pub use meter::Meter;
pub use stop::{Stop, Stopper};

use crate::model::{Reason, Reject, Stage};
use crate::words::OLD_TLS;

/// Why a page could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address guard turned it away.
    #[error(transparent)]
    Address(#[from] Refused),
    /// robots.txt does not allow it.
    #[error("robots.txt of `{0}` does not allow it")]
    Robots(String),
    /// robots.txt cannot be read, which closes the host (RFC 9309 2.3.1.4).
    #[error("robots.txt of `{host}` cannot be read ({why}), so nothing is asked there in this run")]
    RobotsUnknown {
        /// The host.
        host: String,
        /// What came instead of the file.
        why: String,
    },
    /// 404 or 410.
    #[error("the answer is {0}")]
    Gone(u16),
    /// Another status that is no success.
    #[error("the answer is {0}")]
    Status(u16),
    /// A bot wall answered.
    #[error("a bot wall answered with {status} ({wall})")]
    Wall {
        /// The status.
        status: u16,
        /// The product, as far as it is known.
        wall: &'static str,
    },
    /// An error page with a good status.
    #[error("an error page with a good status (`{0}`)")]
    ErrorPage(&'static str),
    /// No body.
    #[error("the answer is empty")]
    Empty,
    /// The body, packed or unpacked, is larger than allowed.
    #[error("the answer is larger than {max} bytes (`max_bytes`)")]
    TooLarge {
        /// The limit.
        max: u64,
    },
    /// No whole answer in time.
    #[error("no whole answer within {0:?} (`timeout`)")]
    Timeout(std::time::Duration),
    /// No connection: the name is not known, nobody listens, or no TLS is agreed on.
    #[error("{0}")]
    NoConnection(String),
    /// A connection that broke, or an answer that cannot be read.
    #[error("{0}")]
    Broken(String),
    /// The connection broke in the middle of the answer, or the answer is shorter than it says.
    #[error("the answer breaks off: {0}")]
    Cut(String),
    /// Too many redirects, or a loop of them.
    #[error("{0}")]
    Redirects(String),
    /// The host failed too often in this run, or asked for more patience than the run has.
    #[error("`{host}` is left alone for the rest of this run: {why}")]
    GivenUp {
        /// The host.
        host: String,
        /// What it did.
        why: String,
    },
    /// The run was stopped; the page was not asked for.
    #[error("the run was stopped")]
    Stopped,
    /// The client itself cannot be made.
    #[error("the HTTP client cannot be set up: {0}")]
    Setup(String),
}

impl FetchError {
    /// The failure as data of the run.
    pub fn reject(&self) -> Reject {
        let reason = match self {
            Self::Address(_) => Reason::Address,
            Self::Robots(_) => Reason::Robots,
            Self::Gone(_) => Reason::Gone,
            Self::Status(_) => Reason::HttpStatus,
            Self::Wall { .. } => Reason::Wall,
            Self::ErrorPage(_) => Reason::ErrorPage,
            Self::Empty => Reason::Empty,
            Self::TooLarge { .. } => Reason::TooLarge,
            Self::Timeout(_) => Reason::Timeout,
            Self::Cut(_) => Reason::Truncated,
            Self::Redirects(_) => Reason::Redirects,
            Self::NoConnection(_)
            | Self::Broken(_)
            | Self::RobotsUnknown { .. }
            | Self::GivenUp { .. }
            | Self::Stopped
            | Self::Setup(_) => Reason::Unreachable,
        };
        Reject { stage: Stage::Fetch, reason }
    }

    /// Whether the page itself was asked for, so that its failure counts as an attempt at it. What keeps the whole host
    /// or the whole run from being asked says nothing about a page.
    pub fn is_attempt(&self) -> bool {
        !matches!(
            self,
            Self::Robots(_)
                | Self::RobotsUnknown { .. }
                | Self::NoConnection(_)
                | Self::GivenUp { .. }
                | Self::Stopped
                | Self::Setup(_)
        )
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        Self::of(&error, error.is_connect())
    }
}

impl FetchError {
    /// A failure while the body comes.
    fn in_body(error: &reqwest::Error) -> Self {
        match Self::of(error, false) {
            Self::Broken(why) => Self::Cut(why),
            other => other,
        }
    }

    /// A failure of the connection, or to get one.
    fn of(error: &(dyn std::error::Error + 'static), connecting: bool) -> Self {
        let mut cause = error;
        while let Some(deeper) = cause.source() {
            if let Some(refused) = deeper.downcast_ref::<Refused>() {
                return Self::Address(refused.clone());
            }
            cause = deeper;
        }
        // The outer errors only say that a request failed; the innermost one says why.
        let why = in_words(&cause.to_string());
        if connecting { Self::NoConnection(why) } else { Self::Broken(why) }
    }
}

/// What the words of OpenSSL mean to an operator; everything else says it already.
fn in_words(cause: &str) -> String {
    if cause.contains("certificate verify failed") {
        return "its TLS certificate is not trusted: expired, self-signed, incomplete, or made for another name"
            .to_owned();
    }
    match OLD_TLS.holds(cause) {
        Some(words) => {
            format!("its TLS is too old for safe settings ({}); `[tls]` of the source can allow it", words.text)
        }
        None => cause.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_openssl_are_put_into_plain_ones() {
        let untrusted =
            "error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:x.c:1:";
        assert!(in_words(untrusted).starts_with("its TLS certificate is not trusted"));
        let old = "error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:x.c:9:SSL alert number 70";
        assert_eq!(
            in_words(old),
            "its TLS is too old for safe settings (protocol version); `[tls]` of the source can allow it"
        );
        assert_eq!(in_words("Connection refused (os error 111)"), "Connection refused (os error 111)");
    }

    #[test]
    fn only_what_a_page_answers_is_an_attempt_at_it() {
        let (host, why) = ("a.test".to_owned(), String::new());
        let said = || why.clone();
        for (error, attempt) in [
            (FetchError::Status(500), true),
            (FetchError::Gone(404), true),
            (FetchError::Empty, true),
            (FetchError::Broken(said()), true),
            (FetchError::Cut(said()), true),
            (FetchError::Timeout(std::time::Duration::ZERO), true),
            (FetchError::NoConnection(said()), false),
            (FetchError::Robots(host.clone()), false),
            (FetchError::RobotsUnknown { host: host.clone(), why: said() }, false),
            (FetchError::GivenUp { host, why: said() }, false),
            (FetchError::Stopped, false),
        ] {
            assert_eq!(error.is_attempt(), attempt, "{error:?}");
        }
    }
}
