//! The compiled configuration: what the program runs on.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use regex::Regex;
use scraper::Selector;
use url::Url;

use crate::model::SourceId;

/// One portal column.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name of its file.
    pub id: SourceId,
    /// What a reader calls it.
    pub name: String,
    /// GB/T 2260 or 12-digit code of the body that publishes there.
    pub region: Option<String>,
    /// First list pages.
    pub start: Vec<Url>,
    /// Which items of the list are wanted.
    pub select: Select,
    /// What the general rules do not find in the article.
    pub article: ArticleRules,
    /// Manners on this host, global values filled in.
    pub polite: Polite,
    /// What a sound list looks like.
    pub expect: Expect,
    /// How old the TLS of its hosts may be.
    pub tls: Tls,
    /// What one run spends on it at most.
    pub budget: Budget,
    /// Whether the files that hang on its pages are fetched.
    pub attachments: bool,
    /// When it is asked, and how often.
    pub schedule: Schedule,
}

/// When a source is asked, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// A run asks it at all.
    pub enabled: bool,
    /// A run leaves it alone until so much time has passed since the last good one.
    pub every: Option<Duration>,
    /// It is asked at these hours only; empty = at all hours.
    pub hours: Vec<Hours>,
    /// Within so many days every page that is known is asked for once more; `None` = never.
    pub recheck: Option<u32>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { enabled: true, every: None, hours: Vec::new(), recheck: None }
    }
}

/// Hours of the day, of Beijing; they may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// The first minute of the day.
    pub from: u16,
    /// The minute at which they end.
    pub to: u16,
}

impl Hours {
    /// How many minutes are left of them at a minute of the day; `None` outside of them.
    pub fn left(self, minute: u16) -> Option<u16> {
        const DAY: u16 = 24 * 60;
        let length = (self.to + DAY - self.from) % DAY;
        let length = if length == 0 { DAY } else { length };
        let passed = (minute + DAY - self.from) % DAY;
        (passed < length).then(|| length - passed)
    }
}

/// Which items of a list are wanted; an absent rule lets everything through.
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// Must match the title that the list shows.
    pub title_matches: Option<Regex>,
    /// Must match the path and query of the address.
    pub article_url: Option<Regex>,
    /// Sites beside its own to which the list may lead.
    pub hosts: Vec<String>,
    /// Keys in the queries of its items that name no page: what is different at every request.
    pub ignore_query: Vec<String>,
}

/// CSS overrides for the article of one source.
#[derive(Debug, Clone, Default)]
pub struct ArticleRules {
    /// The element that holds the body.
    pub body: Option<Selector>,
    /// The element that holds the title.
    pub title: Option<Selector>,
    /// Elements inside the body that are no part of the text.
    pub remove: Option<Selector>,
}

/// Who is told when something fails.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notify {
    /// The program and its arguments; empty = nobody.
    pub command: Vec<String>,
}

/// Manners towards one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polite {
    /// Least time between the starts of two requests.
    pub interval: Duration,
    /// Most requests in flight.
    pub concurrency: usize,
}

/// What a sound list looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// Fewer items on the first list page mean that the source broke.
    pub min_items: usize,
}

/// What one run spends on a source at most; what is left over comes with the next run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Most articles below one folder of the site, whichever: catches calendars and other traps without end.
    pub pages_per_folder: usize,
    /// Most folders in the path of an article.
    pub depth: usize,
    /// Most bytes of articles and their files.
    pub bytes: u64,
    /// Longest time for articles and their files.
    pub time: Duration,
    /// Most files that hang on articles.
    pub attachments: usize,
    /// Most bytes of one such file.
    pub attachment_bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            pages_per_folder: 20_000,
            depth: 20,
            bytes: 20 << 30,
            time: Duration::from_hours(24),
            attachments: 5_000,
            attachment_bytes: 64 << 20,
        }
    }
}

/// Who reads the pages of files that are pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ocr {
    /// The program and its arguments; the picture comes last. Empty = nobody does.
    pub command: Vec<String>,
    /// A line with less confidence than this, in percent, is left out.
    pub min_confidence: usize,
    /// Longest time for one picture.
    pub timeout: Duration,
    /// Most pictures of one file.
    pub pictures: usize,
}

impl Default for Ocr {
    fn default() -> Self {
        Self { command: Vec::new(), min_confidence: 60, timeout: Duration::from_mins(2), pictures: 300 }
    }
}

/// How old the TLS of a server may be; by default not older than what is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tls {
    /// The oldest version that is spoken.
    pub min_version: TlsVersion,
    /// Keys, signatures and ciphers that the security level 2 of OpenSSL forbids, such as 1024-bit Diffie-Hellman.
    pub weak_keys: bool,
    /// Servers that do not know secure renegotiation (RFC 5746).
    pub legacy_renegotiation: bool,
    /// Certificates that are expired, self-signed, or made for another name.
    pub accept_invalid_certs: bool,
}

/// A version of TLS that may be the oldest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TlsVersion {
    /// RFC 2246, deprecated by RFC 8996.
    V1_0,
    /// RFC 4346, deprecated by RFC 8996.
    V1_1,
    /// RFC 5246.
    #[default]
    V1_2,
}

impl Tls {
    /// What is weaker than the default, in words; empty if nothing is.
    pub fn weaknesses(&self) -> Vec<String> {
        let version = match self.min_version {
            TlsVersion::V1_0 => Some("TLS 1.0 is spoken"),
            TlsVersion::V1_1 => Some("TLS 1.1 is spoken"),
            TlsVersion::V1_2 => None,
        };
        let flags = [
            (self.weak_keys, "weak keys are taken"),
            (self.legacy_renegotiation, "renegotiation may be insecure"),
            (self.accept_invalid_certs, "certificates are not checked"),
        ];
        let flags = flags.into_iter().filter(|(set, _)| *set).map(|(_, words)| words);
        version.into_iter().chain(flags).map(ToOwned::to_owned).collect()
    }

    /// What either of two sources on one host asks for.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            min_version: self.min_version.min(other.min_version),
            weak_keys: self.weak_keys || other.weak_keys,
            legacy_renegotiation: self.legacy_renegotiation || other.legacy_renegotiation,
            accept_invalid_certs: self.accept_invalid_certs || other.accept_invalid_certs,
        }
    }
}

/// Limits and manners of the client, the same for every host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchRules {
    /// What the client calls itself.
    pub user_agent: String,
    /// Longest time to a connection.
    pub connect_timeout: Duration,
    /// Longest time from the request to the last byte.
    pub timeout: Duration,
    /// Most bytes of one answer, before and after decompression.
    pub max_bytes: u64,
    /// How often a failed request is tried again.
    pub retries: usize,
    /// Shortest pause before the first retry; doubled each time, with jitter.
    pub backoff: Duration,
    /// Longest time a host is waited for when it asks with `Retry-After`.
    pub max_retry_after: Duration,
    /// Most redirects followed for one page.
    pub max_redirects: usize,
    /// Most list pages of one source in one run.
    pub max_list_pages: usize,
    /// Hosts whose sources ask for old TLS, and how old it may be.
    pub tls: BTreeMap<String, Tls>,
    /// Lets private and loopback addresses through: for tests, the demo and portals of a private network.
    pub allow_private: bool,
    /// Hosts whose address, port included, is given here instead of looked up: for tests and the demo only.
    ///
    /// The port counts where the URL names none, so that addresses and ids do not change with a free port.
    pub resolve: BTreeMap<String, SocketAddr>,
}

impl Default for FetchRules {
    fn default() -> Self {
        Self {
            user_agent: concat!("gongwen/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(15),
            timeout: Duration::from_mins(1),
            max_bytes: 32 << 20,
            retries: 3,
            backoff: Duration::from_secs(2),
            max_retry_after: Duration::from_mins(5),
            max_redirects: 5,
            max_list_pages: 500,
            tls: BTreeMap::new(),
            allow_private: false,
            resolve: BTreeMap::new(),
        }
    }
}

impl Default for Polite {
    fn default() -> Self {
        Self { interval: Duration::from_secs(2), concurrency: 1 }
    }
}

impl Default for Expect {
    fn default() -> Self {
        Self { min_items: 1 }
    }
}
