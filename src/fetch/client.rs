//! The client of a run: one page through guard, robots.txt, queue, retries and redirects.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::cookie::Jar;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use tokio::sync::OnceCell;
use url::Url;

use super::address::Guard;
use super::host::{Hosts, Permit};
use super::meter::Meter;
use super::resolve::Resolver;
use super::retry::{Outcome, Verdict, blames_host, retry_after, verdict};
use super::robots::{self, Robots};
use super::sockets::Sockets;
use super::weak::Weak;
use super::{Answer, FetchError, Hop, Stop, Validators, body, log, wall};
use crate::config::{FetchRules, Polite, Tls};
use crate::model::{PageFormat, Posted, without_password};
use crate::page::{self, View};

/// So many pages that fail with all their retries, one after another, and the host is left alone.
const BREAK_AFTER_PAGES: u32 = 3;

/// A run that is stopped waits so long for the answers that are on their way: whoever stops it waits some 10 s at most.
const GRACE: Duration = Duration::from_secs(4);

/// The longest pause of our own between two tries.
const MAX_BACKOFF: Duration = Duration::from_mins(2);

/// The client of a run.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    /// For the hosts whose sources ask for old TLS.
    weak: Weak,
    guard: Guard,
    rules: FetchRules,
    hosts: Hosts,
    robots: Mutex<HashMap<String, Arc<RobotsCell>>>,
    stop: Stop,
}

/// What is known of one robots.txt: fetched once, also when two pages want it at the same time.
type RobotsCell = OnceCell<Result<Robots, FetchError>>;

/// How much of a body is wanted.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// More is an error.
    Whole(u64),
    /// What is beyond is not read.
    Start(usize),
}

/// How a page is asked for.
#[derive(Debug, Clone, Copy)]
struct Asking<'a> {
    polite: &'a Polite,
    known: &'a Validators,
    limit: Limit,
    /// Whether robots.txt is asked, and a page that only sends its reader on is followed.
    obey: bool,
    /// Where it is counted.
    meter: &'a Meter,
}

impl Client {
    /// A client by these rules; it begins nothing new once the sign is set.
    ///
    /// # Errors
    /// The TLS library cannot be set up, or the user agent is no header value.
    pub fn new(rules: &FetchRules, stop: Stop) -> Result<Self, FetchError> {
        Self::for_hosts(rules, stop, 1)
    }

    /// The same for a run that asks so many hosts.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn for_hosts(rules: &FetchRules, stop: Stop, hosts: usize) -> Result<Self, FetchError> {
        let sockets = Sockets::for_hosts(hosts);
        let guard = Guard::new(rules.allow_private);
        let resolver = Resolver::new(guard, rules.resolve.clone());
        let cookies = Arc::new(Jar::default());
        let weak = Weak::new(rules, &resolver, headers(), Arc::clone(&cookies))?;

        let http = reqwest::Client::builder()
            // What a portal sets it gets back in the same run, and nobody else does.
            .cookie_provider(cookies)
            .user_agent(&rules.user_agent)
            .default_headers(headers())
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would look names up by itself, past the guard.
            .no_proxy()
            .dns_resolver(Arc::new(resolver))
            .connect_timeout(rules.connect_timeout)
            .tls_version_min(reqwest::tls::Version::TLS_1_2)
            // Old servers send heads that today's rules forbid; browsers read them, so portals never notice.
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .pool_max_idle_per_host(sockets.idle_per_host())
            .pool_idle_timeout(Duration::from_secs(30))
            .build()
            .map_err(|error| FetchError::Setup(error.to_string()))?;
        let tries = u32::try_from(rules.retries).unwrap_or(u32::MAX).saturating_add(1);
        let hosts = Hosts::new(BREAK_AFTER_PAGES.saturating_mul(tries), sockets.flights());
        Ok(Self { http, weak, guard, rules: rules.clone(), hosts, robots: Mutex::default(), stop })
    }

    /// What is weaker about the TLS of these hosts than safe settings.
    pub fn weak_tls<'a>(&self, urls: impl Iterator<Item = &'a Url>) -> Vec<String> {
        let options = urls.filter_map(|url| self.rules.tls.get(url.host_str()?));
        options.copied().reduce(Tls::or).map(|options| options.weaknesses()).unwrap_or_default()
    }

    /// Asks for a page and follows redirects; with validators the answer may be 304.
    ///
    /// # Errors
    /// Why there is no answer; an answer with a bad status is none of these, see [`Answer::fault`].
    pub async fn get(&self, url: &Url, polite: &Polite, known: &Validators) -> Result<Answer, FetchError> {
        self.get_within(url, polite, known, self.rules.max_bytes, &Meter::default()).await
    }

    /// The same for what may have so many bytes, since a file is larger than a page; counts what it takes.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn get_within(
        &self,
        url: &Url,
        polite: &Polite,
        known: &Validators,
        max_bytes: u64,
        meter: &Meter,
    ) -> Result<Answer, FetchError> {
        let asking = Asking { polite, known, limit: Limit::Whole(max_bytes), obey: true, meter };
        self.follow(url, asking).await
    }

    /// The most bytes that a page may have.
    pub fn max_bytes(&self) -> u64 {
        self.rules.max_bytes
    }

    async fn follow(&self, url: &Url, asking: Asking<'_>) -> Result<Answer, FetchError> {
        let mut hops: Vec<Hop> = Vec::new();
        let mut at = without_password(url.clone());
        loop {
            self.guard.check(&at)?;
            if asking.obey {
                self.ask_robots(&at, asking).await?;
            }
            let mut answer = self.try_often(&at, asking).await?;
            let sent_on = || if asking.obey { stub(&answer) } else { None };
            let Some(next) = redirect(&answer).or_else(sent_on) else {
                answer.url = url.clone();
                answer.hops = hops;
                return Ok(answer);
            };
            hops.push(Hop { url: at, status: answer.status });
            let n_visits = hops.iter().filter(|hop| hop.url == next).count();
            // A portal that has set a cookie may send the reader to the same page once more.
            if n_visits > usize::from(answer.headers.contains_key(SET_COOKIE)) {
                // A challenge that wants a cookie sends the reader round until it comes back.
                let status = answer.status;
                let challenge = wall::cookie_wall(&answer.headers).map(|wall| FetchError::Wall { status, wall });
                return Err(challenge.unwrap_or(FetchError::Redirects("the redirects go round in a loop".to_owned())));
            }
            if hops.len() > self.rules.max_redirects {
                let max = self.rules.max_redirects;
                return Err(FetchError::Redirects(format!("more than {max} redirects (`max_redirects`)")));
            }
            at = next;
        }
    }

    /// The sitemaps that the robots.txt of a site names, as far as it was read.
    pub fn sitemaps(&self, url: &Url) -> Vec<Url> {
        let cell = self.robots_of(&url.origin().ascii_serialization());
        cell.get().and_then(|robots| robots.as_ref().ok()).map(|robots| robots.sitemaps.clone()).unwrap_or_default()
    }

    fn robots_of(&self, origin: &str) -> Arc<RobotsCell> {
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(robots.entry(origin.to_owned()).or_default())
    }

    /// Asks robots.txt, which is fetched once a run for each origin.
    async fn ask_robots(&self, url: &Url, asking: Asking<'_>) -> Result<(), FetchError> {
        let origin = url.origin().ascii_serialization();
        let cell = self.robots_of(&origin);
        let robots = cell.get_or_try_init(|| self.fetch_robots(url, asking)).await?.as_ref().map_err(Clone::clone)?;
        if robots.allows(url) { Ok(()) } else { Err(FetchError::Robots(origin)) }
    }

    /// The outer error is that of a stopped run and is not kept; the inner one closes the host (RFC 9309 2.3.1).
    async fn fetch_robots(&self, url: &Url, asking: Asking<'_>) -> Result<Result<Robots, FetchError>, FetchError> {
        let name = url.host_str().unwrap_or_default();
        let unknown = |why: String| Ok(Err(FetchError::RobotsUnknown { host: name.to_owned(), why }));
        let Ok(file) = url.join("/robots.txt") else { return unknown("its address cannot be made".to_owned()) };
        let (known, limit) = (Validators::default(), Limit::Start(robots::MAX_BYTES));
        match Box::pin(self.follow(&file, Asking { known: &known, limit, obey: false, ..asking })).await {
            Ok(answer) if (200..300).contains(&answer.status) => {
                let robots = Robots::parse(&answer.body);
                tracing::debug!(host = name, crawl_delay = ?robots.crawl_delay, "robots.txt is read");
                if let Some(delay) = robots.crawl_delay {
                    self.hosts.host(name, asking.polite).crawl_delay(delay);
                }
                Ok(Ok(robots))
            }
            Ok(answer) if answer.status == 429 || answer.status >= 500 => unknown(format!("answer {}", answer.status)),
            // Any other status, and redirects that lead nowhere, mean that there is no file.
            Ok(_) | Err(FetchError::Redirects(_) | FetchError::Wall { .. }) => Ok(Ok(Robots::default())),
            Err(FetchError::Stopped) => Err(FetchError::Stopped),
            Err(error) => unknown(error.to_string()),
        }
    }

    /// One address, with retries, each in the queue of its host.
    async fn try_often(&self, url: &Url, asking: Asking<'_>) -> Result<Answer, FetchError> {
        let Asking { meter, .. } = asking;
        let host = self.hosts.host(url.host_str().unwrap_or_default(), asking.polite);
        let mut pauses = pauses(&self.rules, url);
        let mut left = self.rules.retries;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let came = Instant::now();
            let permit = host.enter(&self.stop).await?;
            meter.waited(came.elapsed());
            meter.request();
            let sent = Instant::now();
            let asked = tokio::time::timeout(self.rules.timeout, self.send(url, asking, &permit));
            let asked = self.stop.or_after(GRACE, asked).await;
            drop(permit);
            let result = asked?.unwrap_or(Err(FetchError::Timeout(self.rules.timeout)));
            log::request(url, attempt, sent.elapsed(), &result);
            let Some(outcome) = outcome(&result) else { return result };
            host.note(!blames_host(outcome));
            let pause = pauses.next().unwrap_or(MAX_BACKOFF);
            match verdict(outcome, left, self.rules.max_retry_after) {
                Verdict::Take => return result,
                Verdict::AgainLater => {
                    log::again(url, pause);
                    self.stop.sleep(pause).await?;
                    meter.waited(pause);
                }
                Verdict::HostLater(asked_for) => host.complained(asked_for.unwrap_or(pause)),
                Verdict::GiveUpHost => {
                    host.give_up("its `Retry-After` is longer than `max_retry_after`".to_owned());
                    return result;
                }
            }
            meter.retry();
            left -= 1;
        }
    }

    /// One request and its whole answer.
    async fn send(&self, url: &Url, asking: Asking<'_>, permit: &Permit) -> Result<Answer, FetchError> {
        let Asking { known, limit, meter, .. } = asking;
        let mut request = match Posted::of(url) {
            Some(posted) => self.http.post(posted.url).header(CONTENT_TYPE, posted.content_type).body(posted.body),
            None => self.http.get(url.clone()),
        };
        for (name, value) in [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = if self.weak.knows(url.host_str().unwrap_or_default()) {
            self.weak.send(request.build()?).await?
        } else {
            request.send().await?
        };
        permit.answered();
        let remote = response.remote_addr().map(|address| address.ip());
        if let Some(address) = remote.filter(|_| !self.rules.resolve.contains_key(url.host_str().unwrap_or_default())) {
            self.guard.check_ip(address)?;
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = match limit {
            Limit::Whole(max) => {
                let coding = text(&headers, &CONTENT_ENCODING).unwrap_or_default().to_owned();
                let kind = text(&headers, &CONTENT_TYPE).unwrap_or_default().to_owned();
                let body = body::read(response, max).await?;
                meter.body(body.len());
                let coding = if body::is_packed_page(&body, &coding, &kind, url) { "gzip" } else { &coding };
                body::unpack(body, coding, max)?
            }
            Limit::Start(max) => {
                let body = body::read_start(response, max).await?;
                meter.body(body.len());
                body::unpack_start(body, max)
            }
        };
        let (url, final_url, hops, at) = (url.clone(), url.clone(), Vec::new(), Instant::now());
        Ok(Answer { url, final_url, hops, status, headers, body, remote, at })
    }
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8")),
        (ACCEPT_ENCODING, HeaderValue::from_static("gzip")),
        (ACCEPT_LANGUAGE, HeaderValue::from_static("zh-CN,zh;q=0.9")),
    ])
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// What the result means for trying again; `None` if that would change nothing.
fn outcome(result: &Result<Answer, FetchError>) -> Option<Outcome> {
    match result {
        Ok(answer) if wall::wall(answer.status, &answer.headers, &answer.body).is_some() => None,
        Ok(Answer { status, headers, .. }) => {
            let pause = text(headers, &RETRY_AFTER).and_then(|value| retry_after(value, text(headers, &DATE)));
            Some(Outcome::Status(*status, pause))
        }
        Err(FetchError::NoConnection(_) | FetchError::Broken(_) | FetchError::Cut(_)) => Some(Outcome::Broken),
        Err(FetchError::Timeout(_)) => Some(Outcome::Late),
        Err(_) => None,
    }
}

/// Where a redirect leads, without a fragment.
fn redirect(answer: &Answer) -> Option<Url> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    // Some servers send the address as raw UTF-8.
    let location = String::from_utf8_lossy(answer.headers.get(LOCATION)?.as_bytes()).into_owned();
    let mut next = answer.final_url.join(location.trim()).ok()?;
    next.set_fragment(None);
    // A portal may lead us on, but not make us send something, nor give us a name to go by.
    Some(without_password(Posted::bare(&next)))
}

/// Where a page that only sends its reader on leads; a wall does so as well and is left alone.
fn stub(answer: &Answer) -> Option<Url> {
    if answer.status != 200 || !answer.says_little() || answer.fault().is_some() {
        return None;
    }
    let page = page::decode(&answer.body, answer.content_type(), PageFormat::Html, Some(&answer.final_url)).ok()?;
    page::sent_on(&View::new(page)).map(|next| Posted::bare(&next))
}

/// Growing pauses with jitter, so that pages that failed together do not come back together.
fn pauses(rules: &FetchRules, url: &Url) -> impl Iterator<Item = Duration> {
    let seed = url.as_str().bytes().fold(0_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let builder = ExponentialBuilder::new().with_min_delay(rules.backoff).with_max_delay(MAX_BACKOFF);
    builder.with_max_times(rules.retries.saturating_add(1)).with_jitter().with_jitter_seed(seed).build()
}
