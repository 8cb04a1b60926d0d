//! WARC 1.1 records (ISO 28500:2017) as bytes: one gzip member a record.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::about::{self, About};
use super::gzip::Gzip;
use crate::model::{Exchange, SourceId, digest};

/// A record before it is put on disk.
#[derive(Debug)]
pub(super) struct Member {
    /// The gzip member.
    pub(super) bytes: Vec<u8>,
    /// Its `WARC-Record-ID`.
    pub(super) id: String,
}

/// The answer whose bytes came again.
#[derive(Debug)]
pub(super) struct Original {
    /// The address that gave it.
    pub(super) final_url: String,
    /// When.
    pub(super) fetched_at: String,
}

/// The record at the head of each file.
pub(super) fn warcinfo(gzip: &mut Gzip, source: &SourceId, file: &str, at: Timestamp) -> Member {
    let block = format!(
        "software: gongwen/{}\r\nformat: WARC File Format 1.1\r\n\
         conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
         isPartOf: {source}\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let mut head = Head::new("warcinfo", at, &[source.as_str().as_bytes(), file.as_bytes()]);
    head.field("WARC-Filename", file);
    head.field("Content-Type", "application/warc-fields");
    head.digest("WARC-Block-Digest", &[block.as_bytes()]);
    head.member(gzip, &[block.as_bytes()])
}

/// The answer as an HTTP message with its body decoded; `sha256` is the digest of the body.
pub(super) fn response(gzip: &mut Gzip, exchange: &Exchange, sha256: &str, about: &About) -> Member {
    let http = http_head(exchange);
    let mut head =
        Head::new("response", exchange.fetched_at, &[exchange.final_url.as_str().as_bytes(), sha256.as_bytes()]);
    head.field("WARC-Target-URI", exchange.final_url.as_str());
    if let Some(ip) = exchange.ip {
        head.field("WARC-IP-Address", &ip.to_string());
    }
    if let Some(about) = about.field() {
        head.field(about::FIELD, &about);
    }
    head.field("Content-Type", "application/http; msgtype=response");
    head.digest("WARC-Block-Digest", &[&http, &exchange.body]);
    head.field("WARC-Payload-Digest", &format!("sha256:{sha256}"));
    head.member(gzip, &[&http, &exchange.body])
}

/// An answer with the bytes of an earlier one, `of`, which are not written again (profiles identical-payload-digest and
/// server-not-modified of WARC 1.1, 6.7.2 and 6.7.3): its head alone.
pub(super) fn revisit(gzip: &mut Gzip, exchange: &Exchange, sha256: &str, about: &About, of: &Original) -> Member {
    let http = http_head(exchange);
    let mut head =
        Head::new("revisit", exchange.fetched_at, &[exchange.final_url.as_str().as_bytes(), sha256.as_bytes()]);
    head.field("WARC-Target-URI", exchange.final_url.as_str());
    let profile = if exchange.status == 304 { "server-not-modified" } else { "identical-payload-digest" };
    head.field("WARC-Profile", &format!("http://netpreserve.org/warc/1.1/revisit/{profile}"));
    head.field("WARC-Refers-To-Target-URI", &of.final_url);
    head.field("WARC-Refers-To-Date", &of.fetched_at);
    if let Some(ip) = exchange.ip {
        head.field("WARC-IP-Address", &ip.to_string());
    }
    if let Some(about) = about.field() {
        head.field(about::FIELD, &about);
    }
    head.field("Content-Type", "application/http; msgtype=response");
    head.digest("WARC-Block-Digest", &[&http]);
    head.field("WARC-Payload-Digest", &format!("sha256:{sha256}"));
    head.member(gzip, &[&http])
}

/// What the answer itself does not say: what was asked for and the way to it; `None` if there is nothing to say.
pub(super) fn metadata(gzip: &mut Gzip, exchange: &Exchange, concurrent_to: &str) -> Option<Member> {
    if exchange.redirects.is_empty() && exchange.reject.is_none() && exchange.url == exchange.final_url {
        return None;
    }
    let mut block = format!("asked: {}\r\nkind: {}\r\n", exchange.url, exchange.kind.as_str());
    for hop in &exchange.redirects {
        for part in ["redirect: ", &hop.status.to_string(), " ", hop.url.as_str(), "\r\n"] {
            block.push_str(part);
        }
    }
    if let Some(reject) = exchange.reject {
        for part in ["reject: ", reject.reason.as_str(), "\r\n"] {
            block.push_str(part);
        }
    }
    let mut head = Head::new("metadata", exchange.fetched_at, &[concurrent_to.as_bytes(), block.as_bytes()]);
    head.field("WARC-Target-URI", exchange.final_url.as_str());
    head.field("WARC-Concurrent-To", concurrent_to);
    head.field("Content-Type", "application/warc-fields");
    head.digest("WARC-Block-Digest", &[block.as_bytes()]);
    Some(head.member(gzip, &[block.as_bytes()]))
}

/// The head of the HTTP message. Headers that describe the body on the wire are kept under another name, because the
/// body here is decoded; readers would otherwise decode it again.
fn http_head(exchange: &Exchange) -> Vec<u8> {
    const OF_THE_WIRE: [&str; 3] = ["content-encoding", "transfer-encoding", "content-length"];
    let reason = reqwest::StatusCode::from_u16(exchange.status).ok().and_then(|status| status.canonical_reason());
    let mut http = format!("HTTP/1.1 {} {}\r\n", exchange.status, reason.unwrap_or_default()).into_bytes();
    for (name, value) in &exchange.headers {
        if OF_THE_WIRE.iter().any(|wire| name.eq_ignore_ascii_case(wire)) {
            http.extend_from_slice(b"X-Archive-Orig-");
        }
        http.extend(name.bytes().filter(|byte| byte.is_ascii_graphic() && *byte != b':'));
        http.extend_from_slice(b": ");
        http.extend(value.iter().map(|byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { *byte }));
        http.extend_from_slice(b"\r\n");
    }
    http.extend_from_slice(format!("Content-Length: {}\r\n\r\n", exchange.body.len()).as_bytes());
    http
}

/// The named fields of one record.
struct Head {
    text: String,
    id: String,
}

impl Head {
    /// The id is made from `parts`, so that the same bytes fetched at the same time give the same file.
    fn new(kind: &str, at: Timestamp, parts: &[&[u8]]) -> Self {
        let mut name = format!("{kind}\n{at}").into_bytes();
        for part in parts {
            name.push(b'\n');
            name.extend_from_slice(part);
        }
        let id = format!("<urn:uuid:{}>", Uuid::new_v5(&Uuid::NAMESPACE_URL, &name));
        let text = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {at}\r\n");
        Self { text, id }
    }

    fn field(&mut self, name: &str, value: &str) {
        for part in [name, ": ", value, "\r\n"] {
            self.text.push_str(part);
        }
    }

    fn digest(&mut self, name: &str, parts: &[&[u8]]) {
        let mut sha256 = Sha256::new();
        for part in parts {
            sha256.update(part);
        }
        self.field(name, &format!("sha256:{}", digest::hex(&sha256.finalize())));
    }

    /// Compresses fields and block.
    fn member(mut self, gzip: &mut Gzip, parts: &[&[u8]]) -> Member {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.field("Content-Length", &length.to_string());
        self.text.push_str("\r\n");
        let all: Vec<&[u8]> =
            [self.text.as_bytes()].into_iter().chain(parts.iter().copied()).chain([&b"\r\n\r\n"[..]]).collect();
        Member { bytes: gzip.member(&all), id: self.id }
    }
}
