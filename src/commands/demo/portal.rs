//! The demo portal: an HTTP server on loopback that keeps count of what it is asked for.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use hyper::body::{Body, Bytes, Frame};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::site::Resource;

const NOT_FOUND: &str = "<html><head><title>404</title></head><body><h1>您访问的页面不存在或已删除</h1></body></html>";

/// A running portal; it stops when it is dropped.
pub(super) struct Portal {
    address: SocketAddr,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// One request and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The path.
    pub(super) path: String,
    /// The status of the answer.
    pub(super) status: u16,
}

type Log = Arc<Mutex<Vec<Asked>>>;
type Site = Arc<BTreeMap<String, Resource>>;

impl Portal {
    /// Opens the portal on a free port of the loopback address.
    pub(super) fn open(site: BTreeMap<String, Resource>) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        let log = Log::default();
        let (stop, stopped) = oneshot::channel();
        let accepting = accept(listener, Arc::new(site), Arc::clone(&log));
        let thread = std::thread::Builder::new().name("demo portal".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! { () = accepting => {}, _ = stopped => {} }
            });
        })?;
        Ok(Self { address, log, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it was asked for, in order.
    pub(super) fn log(&self) -> Vec<Asked> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // Both fail only when the thread has ended already, which is what is wanted.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

async fn accept(listener: TcpListener, site: Site, log: Log) {
    while let Ok((stream, _)) = listener.accept().await {
        let (site, log) = (Arc::clone(&site), Arc::clone(&log));
        let service = service_fn(move |request| {
            let response = answer(&request, &site);
            let asked = Asked { path: request.uri().path().to_owned(), status: response.status().as_u16() };
            log.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
            async { Ok::<_, Infallible>(response) }
        });
        // A connection that breaks, such as the one that is cut on purpose, ends alone.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// RFC 9110, 13.2.2: `If-None-Match` first, `If-Modified-Since` only where it is absent.
fn answer(request: &Request<impl Body>, site: &BTreeMap<String, Resource>) -> Response<Sent> {
    let Some(resource) = site.get(request.uri().path()) else {
        return built(StatusCode::NOT_FOUND, &[(CONTENT_TYPE, "text/html; charset=utf-8")], NOT_FOUND.into());
    };
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let unchanged = match header(IF_NONE_MATCH) {
        Some(tags) => tags.split(',').any(|tag| tag.trim() == resource.etag),
        None => header(IF_MODIFIED_SINCE) == Some(&resource.last_modified),
    };
    let validators = [(ETAG, resource.etag.as_str()), (LAST_MODIFIED, resource.last_modified.as_str())];
    if unchanged {
        return built(StatusCode::NOT_MODIFIED, &validators, Bytes::new());
    }
    let length = resource.bytes.len().to_string();
    let [etag, last_modified] = validators;
    let headers = [(CONTENT_TYPE, resource.content_type), (CONTENT_LENGTH, &length), etag, last_modified];
    let sent = if resource.cut { resource.bytes.slice(..resource.bytes.len() / 2) } else { resource.bytes.clone() };
    built(StatusCode::OK, &headers, sent)
}

fn built(status: StatusCode, headers: &[(hyper::header::HeaderName, &str)], bytes: Bytes) -> Response<Sent> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, *value);
    }
    response.body(if bytes.is_empty() { Sent::Done } else { Sent::Ready(bytes) }).expect("every header is ASCII")
}

/// A body that does not tell its length, so that `Content-Length` may promise more than comes.
enum Sent {
    /// All of it is still to be sent.
    Ready(Bytes),
    /// It is handed over; a pause lets the server flush it before it sees that the end is missing.
    Flushing,
    /// Nothing is left.
    Done,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match std::mem::replace(&mut *self, Self::Done) {
            Self::Ready(bytes) => {
                *self = Self::Flushing;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Self::Flushing => {
                task.waker().wake_by_ref();
                Poll::Pending
            }
            Self::Done => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Done)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::super::report::{Answer, reports};
    use super::super::site::site;
    use super::*;

    /// Status, header block and body of one request.
    fn ask(portal: &Portal, path: &str, header: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(portal.address()).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n{header}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_lowercase(), answer[end + 4..].to_vec())
    }

    #[test]
    fn every_page_is_served_as_its_report_says() {
        let reports = reports().unwrap();
        let site = site(&reports);
        let portal = Portal::open(site.clone()).unwrap();
        for report in &reports {
            let (status, head, body) = ask(&portal, report.path, "");
            match report.answer {
                Answer::Whole => {
                    assert_eq!((status, body), (200, site[report.path].bytes.to_vec()), "{}", report.path);
                }
                Answer::Cut => {
                    assert!(head.contains(&format!("content-length: {}", site[report.path].bytes.len())));
                    assert_eq!((status, body.len()), (200, site[report.path].bytes.len() / 2));
                }
                Answer::Gone => assert_eq!(status, 404),
            }
        }
        assert_eq!(ask(&portal, "/robots.txt", "").2, site["/robots.txt"].bytes);
        assert_eq!(portal.log().len(), reports.len() + 1);
        assert_eq!(portal.log().last().unwrap(), &Asked { path: "/robots.txt".to_owned(), status: 200 });
    }

    #[test]
    fn an_unchanged_page_is_answered_with_304() {
        let site = site(&reports().unwrap());
        let page = site["/fzzf/index.html"].clone();
        let portal = Portal::open(site).unwrap();
        for (header, status) in [
            (format!("If-None-Match: {}\r\n", page.etag), 304),
            (format!("If-None-Match: \"x\", {}\r\n", page.etag), 304),
            (format!("If-Modified-Since: {}\r\n", page.last_modified), 304),
            (format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {}\r\n", page.last_modified), 200),
            (String::new(), 200),
        ] {
            let (answered, head, body) = ask(&portal, "/fzzf/index.html", &header);
            assert_eq!(answered, status, "{header}");
            assert_eq!(body.is_empty(), status == 304);
            assert!(head.contains(&format!("etag: {}", page.etag)));
        }
    }
}
