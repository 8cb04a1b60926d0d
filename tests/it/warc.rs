//! The WARC reader: whole records or an error, whatever the bytes.

use std::io::Write;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use gongwen::archive::{Archive, WarcReader, WarcRecord};
use proptest::prelude::*;

use crate::archive::exchange;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// The whole records at the head of some bytes, and whether an error ended them.
fn read(bytes: &[u8]) -> (Vec<WarcRecord>, bool) {
    let mut records = Vec::new();
    for record in WarcReader::new(bytes) {
        match record {
            Ok(record) => records.push(record),
            Err(_) => return (records, true),
        }
    }
    (records, false)
}

/// A WARC file of three answers.
fn file() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    for n in 0..3 {
        archive.put(&exchange(&format!("{n}.html"), format!("<p>page {n}</p>").repeat(50).as_bytes())).unwrap();
    }
    let path = std::fs::read_dir(folder.path().join("archive/qingshi")).unwrap().next().unwrap().unwrap().path();
    std::fs::read(path).unwrap()
}

static FILE: LazyLock<Vec<u8>> = LazyLock::new(file);

#[test]
fn a_record_that_is_not_whole_is_an_error() {
    let whole = "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n";
    let (records, torn) = read(&gzip(whole.as_bytes()));
    assert!(!torn);
    assert_eq!(records[0].block, b"hello");
    let cases = [
        ("no version", whole.replace("WARC/1.1\r\n", "")),
        ("another format", whole.replace("WARC/1.1", "HTTP/1.1")),
        ("no length", whole.replace("Content-Length: 5\r\n", "")),
        ("no number", whole.replace("Length: 5", "Length: five")),
        ("shorter than said", whole.replace("Length: 5", "Length: 6")),
        ("longer than said", whole.replace("Length: 5", "Length: 4")),
        ("longer than all memory", whole.replace("Length: 5", "Length: 18446744073709551615")),
        ("no colon", whole.replace("WARC-Type: resource", "WARC-Type resource")),
        ("no end", whole.replace("hello\r\n\r\n", "hello")),
        ("two in a member", whole.repeat(2)),
        ("an endless head", format!("WARC/1.1\r\nX: {}", "x".repeat(1 << 20))),
        ("nothing", String::new()),
    ];
    for (what, text) in cases {
        let (records, torn) = read(&gzip(text.as_bytes()));
        assert!(torn && records.is_empty(), "{what}");
    }
}

#[test]
fn a_field_may_be_folded_and_its_name_has_no_case() {
    let text = "WARC/1.0\r\nwarc-type: resource\r\nX-Long: one\r\n  two\r\nCONTENT-LENGTH: 0\r\n\r\n\r\n\r\n";
    let (records, torn) = read(&gzip(text.as_bytes()));
    assert!(!torn);
    assert_eq!(records[0].field("WARC-Type"), Some("resource"));
    assert_eq!(records[0].field("x-long"), Some("one two"));
}

#[test]
fn a_file_that_is_cut_anywhere_gives_its_whole_records_and_then_an_error() {
    let file = &*FILE;
    let (all, torn) = read(file);
    assert!(!torn);
    assert_eq!(all.len(), 4);
    let mut clean = 0;
    for end in 0..file.len() {
        let (records, torn) = read(&file[..end]);
        assert!(records.len() < all.len());
        assert_eq!(records, all[..records.len()], "cut at {end}");
        clean += usize::from(!torn);
    }
    assert_eq!(clean, 4, "only between two records a cut does not show");
}

proptest! {
    // Every case of the last law syncs a file to the disk.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        read(&bytes);
        read(&gzip(&bytes));
        let mut head = b"WARC/1.1\r\nContent-Length: 7\r\n".to_vec();
        head.extend_from_slice(&bytes);
        read(&gzip(&head));
    }

    #[test]
    fn a_flipped_byte_never_gives_other_content(at in any::<prop::sample::Index>(), mask in 1u8..) {
        let mut file = FILE.clone();
        let (all, _) = read(&file);
        let at = at.index(file.len());
        file[at] ^= mask;
        let (records, _) = read(&file);
        // A record before the flipped byte is whole; one behind it is read as it was or not at all.
        for record in &records {
            prop_assert!(all.contains(record));
        }
    }

    #[test]
    fn what_is_put_is_what_is_read(body in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(folder.path()).unwrap();
        let gongwen::archive::Stored::New(capture) = archive.put(&exchange("1.html", &body)).unwrap() else {
            panic!("not stored")
        };
        prop_assert_eq!(archive.shelf().read(&capture).unwrap(), body);
    }
}
