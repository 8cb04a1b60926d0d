//! The bytes of an answer: read up to a limit, unpacked up to the same limit.

use std::io::Read;

use flate2::bufread::{GzDecoder, ZlibDecoder};
use url::Url;

use super::FetchError;

/// So much memory is taken for a body before it has come, at most.
const MOST_AHEAD: u64 = 256 << 10;

/// What a gzip file begins with (RFC 1952 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads the body as sent, at most `max` bytes of it.
pub(super) async fn read(mut response: reqwest::Response, max: u64) -> Result<Vec<u8>, FetchError> {
    let too_large = FetchError::TooLarge { max };
    if response.content_length().is_some_and(|length| length > max) {
        return Err(too_large);
    }
    // What a portal says that it will send is believed so far only.
    let said = response.content_length().unwrap_or(0).min(MOST_AHEAD);
    let mut body = Vec::with_capacity(usize::try_from(said).unwrap_or(0));
    while let Some(chunk) = response.chunk().await.map_err(|error| FetchError::in_body(&error))? {
        if (body.len() + chunk.len()) as u64 > max {
            return Err(too_large);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Reads the start of the body as sent: what lies beyond `max` bytes is not asked for.
pub(super) async fn read_start(mut response: reqwest::Response, max: usize) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| FetchError::in_body(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() >= max {
            break;
        }
    }
    Ok(body)
}

/// Whether a page comes packed without a header that says so; a file that is meant to be packed is left as it is.
pub(super) fn is_packed_page(body: &[u8], coding: &str, content_type: &str, url: &Url) -> bool {
    let kind = content_type.trim_start().to_ascii_lowercase();
    let is_page = kind.is_empty()
        || ["text/", "application/json", "application/xml", "application/xhtml"]
            .iter()
            .any(|page| kind.starts_with(page));
    let path = url.path().to_ascii_lowercase();
    let is_file = [".gz", ".tgz", ".svgz"].iter().any(|ending| path.ends_with(ending));
    coding.trim().is_empty() && body.starts_with(&GZIP) && is_page && !is_file
}

/// Undoes the content coding (RFC 9110 8.4); what a small body can be unpacked to is bounded as well.
///
/// # Errors
/// A body that is torn, packed in a way nobody asked for, or larger than `max` bytes when unpacked.
pub fn unpack(body: Vec<u8>, coding: &str, max: u64) -> Result<Vec<u8>, FetchError> {
    let coding = coding.trim().to_ascii_lowercase();
    let mut out = Vec::new();
    match coding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(&GZIP) => gunzip(&body, &mut out, max)?,
        "deflate" => limited(&mut ZlibDecoder::new(body.as_slice()), &mut out, max)?,
        // Some servers say gzip and send the page as it is.
        "" | "identity" | "gzip" | "x-gzip" => return Ok(body),
        _ => return Err(FetchError::Broken(format!("the answer is packed as `{coding}`, which was not asked for"))),
    }
    Ok(out)
}

/// Undoes the content coding of the start of a body, as far as it goes.
pub(super) fn unpack_start(body: Vec<u8>, max: usize) -> Vec<u8> {
    if !body.starts_with(&GZIP) {
        return body;
    }
    let mut out = Vec::new();
    // Torn, or more than is wanted: what there is will do.
    let _ = gunzip(&body, &mut out, max as u64);
    out
}

/// A gzip file is a row of members (RFC 1952 2.2); what follows the last one is dropped.
fn gunzip(body: &[u8], out: &mut Vec<u8>, max: u64) -> Result<(), FetchError> {
    let mut rest = body;
    while rest.starts_with(&GZIP) {
        let mut member = GzDecoder::new(rest);
        limited(&mut member, out, max)?;
        rest = member.into_inner();
    }
    Ok(())
}

fn limited(packed: &mut impl Read, out: &mut Vec<u8>, max: u64) -> Result<(), FetchError> {
    let room = max - out.len() as u64;
    let read = packed.take(room + 1).read_to_end(out);
    if out.len() as u64 > max {
        return Err(FetchError::TooLarge { max });
    }
    read.map(drop).map_err(|error| {
        let why = format!("the answer cannot be unpacked: {error}");
        if error.kind() == std::io::ErrorKind::UnexpectedEof { FetchError::Cut(why) } else { FetchError::Broken(why) }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn every_coding_that_portals_use_is_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"page").unwrap();
        let two = [gzip(b"pa"), gzip(b"ge"), b"junk".to_vec()].concat();
        let cases = [
            (b"page".to_vec(), ""),
            (b"page".to_vec(), "identity"),
            (b"page".to_vec(), "gzip"),
            (gzip(b"page"), "gzip"),
            (gzip(b"page"), " X-GZip "),
            (two, "gzip"),
            (zlib.finish().unwrap(), "deflate"),
        ];
        for (body, coding) in cases {
            assert_eq!(unpack(body, coding, 4).unwrap(), b"page", "{coding}");
        }
    }

    #[test]
    fn a_bomb_is_cut_off() {
        let bomb = gzip(&vec![0; 1 << 20]);
        assert!(bomb.len() < 20_000);
        assert!(matches!(unpack(bomb, "gzip", 20_000), Err(FetchError::TooLarge { max: 20_000 })));
        let row = gzip(&[0; 3000]).repeat(4);
        assert!(matches!(unpack(row, "gzip", 10_000), Err(FetchError::TooLarge { .. })));
    }

    #[test]
    fn a_packed_file_is_unpacked_up_to_the_limit() {
        let bomb = gzip(&vec![b' '; 1 << 20]);
        assert!(bomb.len() < 4096, "{}", bomb.len());
        let members = [gzip(b"<urlset>"), gzip(b"</urlset>")].concat();
        let torn = gzip(b"<urlset></urlset>").into_iter().take(15).collect();
        for (why, body, max, expect) in [
            ("as it is", b"<urlset>".to_vec(), 4, Ok(&b"<urlset>"[..])),
            ("packed", gzip(b"<urlset>"), 8, Ok(b"<urlset>")),
            ("in members", members, 64, Ok(b"<urlset></urlset>")),
            ("too large", gzip(b"<urlset>"), 7, Err("larger than 7 bytes")),
            ("a bomb", bomb, 65_536, Err("larger than 65536 bytes")),
            ("torn", torn, 64, Err("cannot be unpacked")),
        ] {
            match (unpack(body, "gzip", max), expect) {
                (Ok(text), Ok(expect)) => assert_eq!(text, expect, "{why}"),
                (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{why}: {error}"),
                (found, _) => panic!("{why}: {found:?}"),
            }
        }
    }

    #[test]
    fn the_start_of_a_large_or_torn_body_will_do() {
        assert_eq!(unpack_start(gzip(b"page"), 100), b"page");
        assert_eq!(unpack_start(b"page".to_vec(), 100), b"page");
        assert_eq!(unpack_start(gzip(&[7; 1000]), 10).first(), Some(&7));
    }

    #[test]
    fn a_torn_or_unknown_packing_is_an_error() {
        let mut torn = gzip(b"a page that is torn in the middle");
        torn.truncate(20);
        assert!(matches!(unpack(torn, "gzip", 100), Err(FetchError::Cut(_))));
        assert!(matches!(unpack(b"page".to_vec(), "br", 100), Err(FetchError::Broken(_))));
    }
}
