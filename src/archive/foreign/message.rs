//! An HTTP answer as it went over the wire → status, headers and the body with chunks and compression undone.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::zstandard::Zstandard;

/// Largest body that is unpacked; a page of more is hostile or no page.
const MAX_BODY: u64 = 32 << 20;

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Why there is no body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unread {
    /// The block is no HTTP answer.
    NoMessage,
    /// The body ends before its end.
    CutOff,
    /// It unpacks to more than the limit.
    TooLarge,
    /// A compression that is not known, or broken bytes.
    Broken(String),
}

impl Message {
    /// Reads a block of `application/http`.
    pub(super) fn read(block: &[u8]) -> Result<Self, Unread> {
        let (head, body) = parts(block).ok_or(Unread::NoMessage)?;
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let mut first = lines.next().unwrap_or_default().split_ascii_whitespace();
        let is_http = first.next().is_some_and(|version| version.to_ascii_uppercase().starts_with("HTTP/"));
        let status = first.next().and_then(|status| status.parse().ok()).filter(|_| is_http);
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
        let mut message = Self { status: status.ok_or(Unread::NoMessage)?, headers, body: Vec::new() };
        message.body = message.decoded(body)?;
        Ok(message)
    }

    /// The first header of this name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body without chunks and compression. Many archives hold it decoded below the headers of the wire, so bytes that
    /// do not look packed are taken as they are.
    fn decoded(&self, wire: &[u8]) -> Result<Vec<u8>, Unread> {
        let is_chunked =
            self.header("Transfer-Encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
        let mut body = match is_chunked.then(|| joined(wire)).flatten() {
            Some(chunks) => chunks?,
            None => wire.to_vec(),
        };
        let encodings = self.header("Content-Encoding").unwrap_or_default().to_ascii_lowercase();
        let encodings: Vec<&str> = encodings.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        if !is_chunked && encodings.is_empty() {
            let said = self.header("Content-Length").and_then(|length| length.parse::<u64>().ok());
            if said.is_some_and(|said| said > body.len() as u64) {
                return Err(Unread::CutOff);
            }
        }
        for name in encodings.into_iter().rev() {
            body = unpacked(name, body)?;
        }
        Ok(body)
    }
}

/// Head and body of a message; bare line feeds are met as well.
fn parts(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let found = ends.iter().filter_map(|end| Some((memchr::memmem::find(block, end)?, end.len())));
    match found.min() {
        Some((at, length)) => Some((block.get(..at)?, block.get(at + length..)?)),
        // A head alone: an answer without a body.
        None => Some((block, &[])),
    }
}

/// The chunks of a body joined (RFC 9112 section 7.1); `None` if it is not in chunks.
fn joined(wire: &[u8]) -> Option<Result<Vec<u8>, Unread>> {
    let mut body = Vec::with_capacity(wire.len());
    let mut rest = wire;
    loop {
        let end = memchr::memchr(b'\n', rest.get(..rest.len().min(1024))?);
        let size = end.and_then(|end| std::str::from_utf8(rest.get(..end)?).ok());
        let size = size.and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let (Some(end), Some(size)) = (end, size) else {
            return (!body.is_empty()).then_some(Err(Unread::CutOff));
        };
        if size == 0 {
            return Some(Ok(body));
        }
        let from = end + 1;
        let Some(chunk) = from.checked_add(size).and_then(|to| rest.get(from..to)) else {
            // The first line was a number by chance, if nothing behind it is as it says.
            return if body.is_empty() && size > wire.len() { None } else { Some(Err(Unread::CutOff)) };
        };
        body.extend_from_slice(chunk);
        let next = rest.get(from + size..)?;
        rest = next.strip_prefix(b"\r\n").or_else(|| next.strip_prefix(b"\n")).unwrap_or(next);
    }
}

/// One compression undone.
fn unpacked(name: &str, body: Vec<u8>) -> Result<Vec<u8>, Unread> {
    match name {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => bounded(MultiGzDecoder::new(&body[..])),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            bounded(Zstandard::new(&body[..], &[]).map_err(|error| Unread::Broken(error.to_string()))?)
        }
        "gzip" | "x-gzip" | "zstd" | "identity" => Ok(body),
        // Servers send both forms under this name.
        "deflate" | "br" if is_markup(&body) => Ok(body),
        "deflate" if is_zlib(&body) => bounded(ZlibDecoder::new(&body[..])),
        "deflate" => bounded(DeflateDecoder::new(&body[..])),
        "br" => bounded(brotli_decompressor::Decompressor::new(&body[..], 16 << 10)),
        other => Err(Unread::Broken(format!("content encoding `{other}`"))),
    }
}

fn bounded(mut packed: impl Read) -> Result<Vec<u8>, Unread> {
    let mut body = Vec::new();
    match packed.by_ref().take(MAX_BODY + 1).read_to_end(&mut body) {
        Ok(_) if body.len() as u64 > MAX_BODY => Err(Unread::TooLarge),
        Ok(_) => Ok(body),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Unread::CutOff),
        Err(error) => Err(Unread::Broken(error.to_string())),
    }
}

/// Whether bytes are a page already. Neither of the compressions without a magic number begins so.
fn is_markup(body: &[u8]) -> bool {
    let start = body.iter().find(|byte| !byte.is_ascii_whitespace());
    start == Some(&b'<') || body.starts_with(b"\xef\xbb\xbf<") || body.is_empty()
}

/// Whether bytes begin as RFC 1950 says.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 15 == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    const PAGE: &str = "<html><p>云溪县法治政府建设工作报告</p></html>";

    fn body(headers: &str, wire: &[u8]) -> Result<String, Unread> {
        let mut block = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
        block.extend_from_slice(wire);
        Message::read(&block).map(|message| String::from_utf8(message.body).unwrap())
    }

    fn gzip() -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(PAGE.as_bytes()).unwrap();
        gzip.finish().unwrap()
    }

    #[test]
    fn what_http_did_to_a_body_is_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(PAGE.as_bytes()).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(PAGE.as_bytes()).unwrap();
        let zstd = compress_to_vec(PAGE.as_bytes(), CompressionLevel::Fastest);
        // `brotli -c` of "<p>hello</p>", as no encoder is among our libraries.
        let brotli = [0x8b, 0x05, 0x80, 0x3c, 0x70, 0x3e, 0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x3c, 0x2f, 0x70, 0x3e, 0x03];
        let half = PAGE.len() / 2;
        let (one, two) = PAGE.as_bytes().split_at(half);
        let chunks = |parts: &[&[u8]]| {
            let mut wire = Vec::new();
            for part in parts {
                write!(wire, "{:x};x=1\r\n", part.len()).unwrap();
                wire.extend_from_slice(part);
                wire.extend_from_slice(b"\r\n");
            }
            wire.extend_from_slice(b"0\r\n\r\n");
            wire
        };
        for (headers, wire) in [
            ("", PAGE.as_bytes().to_vec()),
            ("Transfer-Encoding: chunked\r\n", chunks(&[one, two])),
            ("Transfer-Encoding: chunked\r\n", PAGE.as_bytes().to_vec()),
            ("content-encoding: gzip\r\n", gzip()),
            ("Content-Encoding: gzip\r\nContent-Length: 9999\r\n", PAGE.as_bytes().to_vec()),
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunks(&[&gzip()])),
            ("Content-Encoding: deflate\r\n", zlib.finish().unwrap()),
            ("Content-Encoding: deflate\r\n", raw.finish().unwrap()),
            ("Content-Encoding: zstd\r\n", zstd),
            ("Content-Encoding: br\r\n", PAGE.as_bytes().to_vec()),
        ] {
            assert_eq!(body(headers, &wire).as_deref(), Ok(PAGE), "{headers}");
        }
        assert_eq!(body("Content-Encoding: br\r\n", &brotli).as_deref(), Ok("<p>hello</p>"));
    }

    #[test]
    fn a_body_that_is_not_whole_is_no_body() {
        let gzip = gzip();
        let cut = gzip.get(..gzip.len() / 2).unwrap();
        for (headers, wire) in [
            ("Content-Length: 9999\r\n", PAGE.as_bytes()),
            ("Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n40\r\nwor"),
            ("Content-Encoding: gzip\r\n", cut),
        ] {
            assert_eq!(body(headers, wire), Err(Unread::CutOff), "{headers}");
        }
        assert!(matches!(body("Content-Encoding: x-secret\r\n", b"abc"), Err(Unread::Broken(_))));
        assert_eq!(Message::read(b"hello"), Err(Unread::NoMessage));
    }

    #[test]
    fn a_small_body_that_unpacks_to_gigabytes_is_stopped() {
        let zeros = vec![0; 33 << 20];
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&zeros).unwrap();
        assert_eq!(body("Content-Encoding: gzip\r\n", &gzip.finish().unwrap()), Err(Unread::TooLarge));
    }
}
