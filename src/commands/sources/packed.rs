//! Files that a portal keeps packed: `sitemap.xml.gz`.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::fetch::FetchError;

/// What a gzip file begins with (RFC 1952 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The file without its packing, at most `max` bytes of it: a small file may unpack to any size.
pub(super) fn unpacked(body: Vec<u8>, max: u64) -> Result<Vec<u8>, FetchError> {
    if !body.starts_with(&GZIP) {
        return Ok(body);
    }
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(body.as_slice()).take(max.saturating_add(1)).read_to_end(&mut out);
    if out.len() as u64 > max {
        return Err(FetchError::TooLarge { max });
    }
    read.map_err(|error| FetchError::Broken(format!("the file cannot be unpacked: {error}")))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_packed_file_is_unpacked_up_to_the_limit() {
        let bomb = packed(&vec![b' '; 1 << 20]);
        assert!(bomb.len() < 4096, "{}", bomb.len());
        let members = [packed(b"<urlset>"), packed(b"</urlset>")].concat();
        let torn = packed(b"<urlset></urlset>").into_iter().take(15).collect();
        for (why, body, max, expect) in [
            ("as it is", b"<urlset>".to_vec(), 4, Ok(&b"<urlset>"[..])),
            ("packed", packed(b"<urlset>"), 8, Ok(b"<urlset>")),
            ("in members", members, 64, Ok(b"<urlset></urlset>")),
            ("too large", packed(b"<urlset>"), 7, Err("larger than 7 bytes")),
            ("a bomb", bomb, 65_536, Err("larger than 65536 bytes")),
            ("torn", torn, 64, Err("cannot be unpacked")),
        ] {
            match (unpacked(body, max), expect) {
                (Ok(text), Ok(expect)) => assert_eq!(text, expect, "{why}"),
                (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{why}: {error}"),
                (found, _) => panic!("{why}: {found:?}"),
            }
        }
    }
}
