//! What a portal answered, and whether that is a page.

use std::net::IpAddr;
use std::time::Instant;

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED};
use url::Url;

use super::{FetchError, wall};

/// What a portal needs to tell whether a page has changed since it was fetched (RFC 9110 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

/// The answer of a portal after redirects, with its body unpacked.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The address that was asked for.
    pub url: Url,
    /// The address that answered.
    pub final_url: Url,
    /// The redirects on the way, in order.
    pub hops: Vec<Hop>,
    /// HTTP status.
    pub status: u16,
    /// Headers as sent.
    pub headers: HeaderMap,
    /// The body after transfer and content decoding; empty for 304.
    pub body: Vec<u8>,
    /// The address of the machine that answered.
    pub remote: Option<IpAddr>,
    /// When the last byte came.
    pub at: Instant,
}

/// One redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The address that was asked.
    pub url: Url,
    /// Its status.
    pub status: u16,
}

impl Answer {
    /// Why this answer is no page, if it is none.
    pub fn fault(&self) -> Option<FetchError> {
        let status = self.status;
        if let Some(wall) = wall::wall(status, &self.headers, &self.body) {
            return Some(FetchError::Wall { status, wall });
        }
        match status {
            304 => None,
            404 | 410 => Some(FetchError::Gone(status)),
            200..300 if self.body.trim_ascii().is_empty() => Some(FetchError::Empty),
            200..300 if !self.hops.is_empty() && is_error_path(&self.final_url) => {
                Some(FetchError::ErrorPage("redirected to an error page"))
            }
            200..300 => wall::error_page(&self.body).map(FetchError::ErrorPage),
            _ => Some(FetchError::Status(status)),
        }
    }

    /// Whether the page shows next to nothing to a reader, as challenges and script-only pages do.
    pub fn says_little(&self) -> bool {
        wall::says_little(&self.body)
    }

    /// Whether the body begins as a page of HTML does, whatever it is called.
    pub fn is_markup(&self) -> bool {
        let head = self.body.get(..1024).unwrap_or(&self.body);
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
        [&b"<!doctype html"[..], b"<html", b"<head", b"<script", b"<body"].iter().any(|tag| head.starts_with(tag))
    }

    /// Whether the page has hardly a word for a reader, as challenges and pages that a script makes.
    pub fn is_bare(&self) -> bool {
        wall::is_bare(&self.body)
    }

    /// The `Content-Type` header.
    pub fn content_type(&self) -> Option<&str> {
        self.header(&CONTENT_TYPE)
    }

    /// What the portal needs to tell whether the page has changed since.
    pub fn validators(&self) -> Validators {
        let own = |name| self.header(name).map(ToOwned::to_owned);
        Validators { etag: own(&ETAG), last_modified: own(&LAST_MODIFIED) }
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Portals send the reader of a missing page to `/404.html`, `/error.htm` and the like.
fn is_error_path(url: &Url) -> bool {
    let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    let name = last.split('.').next().unwrap_or(last).to_ascii_lowercase();
    matches!(name.as_str(), "404" | "error" | "error404" | "404error" | "notfound" | "404page")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reason;

    fn reason(status: u16, body: &str, redirected_to: Option<&str>) -> Option<Reason> {
        let url = Url::parse("http://www.example.gov.cn/a/1.html").unwrap();
        let answer = Answer {
            url: url.clone(),
            final_url: redirected_to.map_or(url.clone(), |path| url.join(path).unwrap()),
            hops: redirected_to.map(|_| Hop { url, status: 302 }).into_iter().collect(),
            status,
            headers: HeaderMap::new(),
            body: body.as_bytes().to_vec(),
            remote: None,
            at: Instant::now(),
        };
        answer.fault().map(|error| error.reject().reason)
    }

    #[test]
    fn an_answer_that_is_no_page_says_why() {
        let cases = [
            (200, "<p>公告</p>", None, None),
            (304, "", None, None),
            (200, " \n", None, Some(Reason::Empty)),
            (404, "x", None, Some(Reason::Gone)),
            (410, "x", None, Some(Reason::Gone)),
            (403, "x", None, Some(Reason::HttpStatus)),
            (500, "x", None, Some(Reason::HttpStatus)),
            (302, "x", None, Some(Reason::HttpStatus)),
            (412, "x", None, Some(Reason::Wall)),
            (200, "<p>页面不存在</p>", None, Some(Reason::ErrorPage)),
            (200, "<p>公告</p>", Some("/404.html"), Some(Reason::ErrorPage)),
            (200, "<p>公告</p>", Some("/b/1.html"), None),
        ];
        for (status, body, to, want) in cases {
            assert_eq!(reason(status, body, to), want, "{status} {body} {to:?}");
        }
    }
}
