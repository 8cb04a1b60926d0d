//! A portal on loopback that does what a test scripts and judges the client: every `127.0.0.x` is a host of its own.

mod body;
pub(crate) mod site;

use std::collections::{BTreeMap, HashMap};
use std::net::Ipv4Addr;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::header::{ETAG, HOST, IF_NONE_MATCH, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

use body::{Script, Step};

/// A running portal; it stops when it is dropped.
pub(crate) struct Portal {
    port: u16,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    site: Mutex<HashMap<(String, String), Vec<Reply>>>,
    log: Mutex<Log>,
    /// Told of every request.
    asked: Condvar,
    /// What a host answers instead, by the path.
    instead: Mutex<HashMap<String, Instead>>,
    /// Opens for the replies that are held back.
    gate: watch::Sender<bool>,
}

/// Gives another answer to a path, or lets the usual one be given.
type Instead = Arc<dyn Fn(&str) -> Option<Reply> + Send + Sync>;

#[derive(Default)]
struct Log {
    asked: Vec<Asked>,
    in_flight: BTreeMap<String, usize>,
}

/// One request as the portal saw it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) at: Instant,
    /// Requests to this host that were being answered, this one included.
    pub(crate) in_flight: usize,
    pub(crate) status: u16,
    pub(crate) user_agent: String,
}

/// What the portal answers.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<Step>,
    latency: Duration,
    /// Answered with 304 to whoever names it.
    etag: Option<String>,
    /// The connection is closed without an answer.
    hang_up: bool,
    /// Held back until the portal is told to let go.
    held: bool,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        let (headers, body) = (Vec::new(), Vec::new());
        Self { status, headers, body, latency: Duration::ZERO, etag: None, hang_up: false, held: false }
    }

    /// A page with a tag that changes with its text.
    pub(crate) fn html(text: &str) -> Self {
        let etag = format!("\"{:x}\"", text.bytes().fold(7_u64, |sum, b| sum.wrapping_mul(131).wrapping_add(b.into())));
        let page = Self::bytes(text.as_bytes().to_vec()).header("content-type", "text/html; charset=utf-8");
        Self { etag: Some(etag), ..page }
    }

    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self { body: vec![Step::Data(bytes.into())], ..Self::status(200) }
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::status(302).header(LOCATION.as_str(), to)
    }

    pub(crate) fn hang_up() -> Self {
        Self { hang_up: true, ..Self::status(500) }
    }

    /// The connection breaks after these bytes.
    pub(crate) fn broken_after(text: &str) -> Self {
        Self { body: vec![Step::Data(text.as_bytes().to_vec().into()), Step::Break], ..Self::status(200) }
    }

    /// One byte at a time, without end.
    pub(crate) fn drip(pause: Duration) -> Self {
        Self { body: vec![Step::Drip(pause)], ..Self::status(200) }
    }

    /// The same chunk so many times, made as it is sent.
    pub(crate) fn repeated(chunk: Vec<u8>, times: usize) -> Self {
        Self { body: vec![Step::Repeat(chunk.into(), times)], ..Self::status(200) }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn code(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn after(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    pub(crate) fn held(self) -> Self {
        Self { held: true, ..self }
    }
}

impl Portal {
    /// Opens a portal on a free port of every loopback address.
    pub(crate) fn open() -> Self {
        Self::open_at(0)
    }

    /// Opens a portal on a port that one before has left; 0 is a free one.
    pub(crate) fn open_at(port: u16) -> Self {
        let listener = std::net::TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let (stop, stopped) = oneshot::channel();
        let accepting = accept(listener, Arc::clone(&shared));
        // A thread of its own, so that a test may block and may have a runtime of its own.
        let thread = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::select! { () = accepting => {}, _ = stopped => {} }
            });
        });
        Self { port, shared, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The address of a path on host `127.0.0.n`.
    pub(crate) fn url(&self, n: u8, path: &str) -> String {
        format!("http://127.0.0.{n}:{}{path}", self.port)
    }

    /// What a path answers; the last reply goes on for ever.
    pub(crate) fn script(&self, n: u8, path: &str, replies: Vec<Reply>) {
        lock(&self.shared.site).insert((host(n), path.to_owned()), replies);
    }

    /// A path that is posted to is followed by a blank and what is sent.
    pub(crate) fn page(&self, n: u8, path: &str, reply: Reply) {
        self.script(n, path, vec![reply]);
    }

    /// The same for a host that the client knows by name.
    pub(crate) fn page_of(&self, name: &str, path: &str, reply: Reply) {
        lock(&self.shared.site).insert((name.to_owned(), path.to_owned()), vec![reply]);
    }

    /// What a host answers from now on, where this gives something.
    pub(crate) fn instead(&self, n: u8, answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) {
        lock(&self.shared.instead).insert(host(n), Arc::new(answer));
    }

    pub(crate) fn remove(&self, n: u8, path: &str) {
        lock(&self.shared.site).remove(&(host(n), path.to_owned()));
    }

    /// Every request so far, in order.
    pub(crate) fn log(&self) -> Vec<Asked> {
        lock(&self.shared.log).asked.clone()
    }

    /// Forgets the requests so far.
    pub(crate) fn forget(&self) {
        lock(&self.shared.log).asked.clear();
    }

    /// Waits until the requests so far are as wanted.
    pub(crate) fn wait_for(&self, wanted: impl Fn(&[Asked]) -> bool) {
        let log = lock(&self.shared.log);
        let patience = Duration::from_mins(1);
        let (log, timeout) = self.shared.asked.wait_timeout_while(log, patience, |log| !wanted(&log.asked)).unwrap();
        assert!(!timeout.timed_out(), "the portal was not asked as expected: {:?}", log.asked);
    }

    /// Lets the replies go that are held back, now and later.
    pub(crate) fn let_go(&self) {
        self.shared.gate.send_replace(true);
    }

    /// The statuses with which a path was answered.
    pub(crate) fn answers(&self, n: u8, path: &str) -> Vec<u16> {
        let of_path = |asked: &Asked| asked.host == host(n) && asked.path == path;
        self.log().into_iter().filter(of_path).map(|asked| asked.status).collect()
    }

    /// The most requests that a host had in flight, and the shortest time between two of them.
    pub(crate) fn manners(&self, n: u8) -> (usize, Duration) {
        let asked: Vec<Asked> = self.log().into_iter().filter(|asked| asked.host == host(n)).collect();
        let gaps = asked.windows(2).map(|pair| pair[1].at.duration_since(pair[0].at));
        (asked.iter().map(|asked| asked.in_flight).max().unwrap_or(0), gaps.min().unwrap_or(Duration::MAX))
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // Both fail only when the thread has ended already.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn host(n: u8) -> String {
    format!("127.0.0.{n}")
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let listener = TcpListener::from_std(listener).unwrap();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| {
            let shared = Arc::clone(&shared);
            async move { answer(request, &shared).await }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// Why a connection is closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the portal hangs up")]
struct HangUp;

async fn answer(request: Request<Incoming>, shared: &Shared) -> Result<Response<Script>, HangUp> {
    let (request, body) = request.into_parts();
    let header = |name| request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = header(HOST).split(':').next().unwrap_or_default().to_owned();
    let mut path = request.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if request.method == Method::POST {
        let sent = body.collect().await.map_err(|_| HangUp)?.to_bytes();
        path = format!("{path} {}", String::from_utf8_lossy(&sent));
    }
    let (n, flight) = begin(shared, &host, &path, header(hyper::header::USER_AGENT));
    let reply = next_reply(shared, &host, &path);
    if !reply.latency.is_zero() {
        tokio::time::sleep(reply.latency).await;
    }
    if reply.held {
        shared.gate.subscribe().wait_for(|open| *open).await.map_err(|_| HangUp)?;
    }
    let unchanged = reply.etag.as_deref().is_some_and(|etag| etag == header(IF_NONE_MATCH));
    let status = if unchanged { 304 } else { reply.status };
    lock(&shared.log).asked[n].status = status;
    drop(flight);
    if reply.hang_up {
        return Err(HangUp);
    }
    let mut response = Response::builder().status(status);
    for (name, value) in &reply.headers {
        response = response.header(name, value);
    }
    if let Some(etag) = &reply.etag {
        response = response.header(ETAG, etag);
    }
    let body = if unchanged { Vec::new() } else { reply.body };
    Ok(response.body(Script::new(body)).unwrap())
}

/// A request that is being answered, until it is dropped: also when the client goes away.
struct Flight<'a> {
    shared: &'a Shared,
    host: String,
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        *lock(&self.shared.log).in_flight.entry(self.host.clone()).or_default() -= 1;
    }
}

/// Notes the request before anything else happens to it; gives its place in the log.
fn begin<'a>(shared: &'a Shared, host: &str, path: &str, user_agent: &str) -> (usize, Flight<'a>) {
    let flight = Flight { shared, host: host.to_owned() };
    let mut log = lock(&shared.log);
    let in_flight = log.in_flight.entry(host.to_owned()).or_default();
    *in_flight += 1;
    let in_flight = *in_flight;
    let (host, path, user_agent) = (host.to_owned(), path.to_owned(), user_agent.to_owned());
    log.asked.push(Asked { host, path, at: Instant::now(), in_flight, status: 0, user_agent });
    shared.asked.notify_all();
    (log.asked.len() - 1, flight)
}

fn next_reply(shared: &Shared, host: &str, path: &str) -> Reply {
    let instead = lock(&shared.instead).get(host).cloned();
    if let Some(reply) = instead.and_then(|instead| instead(path)) {
        return reply;
    }
    let mut site = lock(&shared.site);
    match site.get_mut(&(host.to_owned(), path.to_owned())) {
        Some(replies) if replies.len() > 1 => replies.remove(0),
        Some(replies) => replies[0].clone(),
        None => Reply::html("<html><body><h1>404</h1></body></html>").code(404),
    }
}
