//! Names of documents and of their revisions.

use sha2::{Digest, Sha256};
use url::Url;

use crate::model::{canonical, digest};

/// `{host}:{first 10 characters of base32(sha256(canonical URL))}`, stable for the life of the page.
///
/// A page read from a file without an address is named by its bytes: `file:{first 10 of base32(sha256(bytes))}`.
pub fn document_id(url: Option<&Url>, raw_sha256: &str) -> String {
    match url {
        Some(url) => {
            let url = canonical(url);
            let hash = Sha256::digest(url.as_str());
            format!("{}:{}", url.host_str().unwrap_or("file"), short(&hash))
        }
        None => format!("file:{}", short(&bytes_of_hex(raw_sha256))),
    }
}

/// The name of a file inside an archive (ZIP, RAR, 7z): made like that of a document, from the address of the archive
/// and the place in it.
pub fn member_id(archive: Option<&Url>, raw_sha256: &str, member: &str) -> String {
    let within = archive.map_or_else(|| raw_sha256.to_owned(), |url| canonical(url).into());
    let host = archive.and_then(Url::host_str).unwrap_or("file");
    format!("{host}:{}", short(&Sha256::digest(format!("{within}#{member}"))))
}

/// First 12 hex digits of the SHA-256 of the text.
pub fn revision(text: &str) -> String {
    digest::hex(&Sha256::digest(text)[..6])
}

/// Ten characters of base32 are 50 bits.
fn short(hash: &[u8]) -> String {
    digest::base32(hash).chars().take(10).collect()
}

fn bytes_of_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        hex.chars().filter_map(|digit| digit.to_digit(16)).filter_map(|d| d.try_into().ok()).collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(url: &str) -> String {
        document_id(Some(&url.parse().unwrap()), "")
    }

    #[test]
    fn every_spelling_of_an_address_gives_one_id() {
        let plain = id("http://www.qingshi.test/c1/t20230228_1.html");
        assert_eq!(plain, id("http://www.qingshi.test:80/c1/t20230228_1.html#top"));
        assert_ne!(plain, id("http://www.qingshi.test/c1/t20230228_2.html"));
        let (host, hash) = plain.split_once(':').unwrap();
        assert_eq!((host, hash.len()), ("www.qingshi.test", 10));
        // Made with another program: base64.b32encode(hashlib.sha256(url).digest()) in Python.
        assert_eq!(plain, "www.qingshi.test:gmbzc3ewoe");
    }

    #[test]
    fn the_files_of_an_archive_are_named_by_their_places_in_it() {
        let url = "http://www.qingshi.test/c1/annexes.zip".parse().unwrap();
        let (one, two) = (member_id(Some(&url), "", "附件1.docx"), member_id(Some(&url), "", "附件2.docx"));
        assert!(one.starts_with("www.qingshi.test:") && one.len() == 27, "{one}");
        assert!(one != two && one != document_id(Some(&url), ""));
    }

    #[test]
    fn a_page_without_an_address_is_named_by_its_bytes() {
        let empty = digest::sha256_hex(b"");
        assert_eq!(document_id(None, &empty), "file:4oymiquy7q");
    }

    #[test]
    fn the_same_text_has_the_same_revision() {
        assert_eq!(revision(""), "e3b0c44298fc");
        assert_ne!(revision("一"), revision("二"));
    }
}
