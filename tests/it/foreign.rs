//! WARC files of other programs: every record is read or told, whatever the packing, the writer and the damage.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use gongwen::archive::{ForeignArchive, Found, Placed};
use gongwen::model::digest;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How the records of a file are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Members,
    OneMember,
    Frames,
}

pub(crate) const PACKINGS: [Packing; 4] = [Packing::Plain, Packing::Members, Packing::OneMember, Packing::Frames];

/// A response record of a page with its digest, as other programs write it.
pub(crate) fn response(url: &str, html: &str) -> Vec<u8> {
    let http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{html}",
        html.len()
    );
    record("response", url, http.as_bytes())
}

pub(crate) fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let payload = digest::sha256_hex(url.as_bytes());
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:test:{payload}>\r\nWARC-Date: 2023-03-01T08:00:00Z\r\n\
         WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n\
         WARC-Block-Digest: sha256:{}\r\nContent-Length: {}\r\n\r\n",
        digest::sha256_hex(block),
        block.len()
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// The records as one file.
pub(crate) fn packed(packing: Packing, records: &[Vec<u8>]) -> Vec<u8> {
    match packing {
        Packing::Plain => records.concat(),
        Packing::Members => records.iter().flat_map(|record| gzip(record)).collect(),
        Packing::OneMember => gzip(&records.concat()),
        Packing::Frames => {
            records.iter().flat_map(|record| compress_to_vec(&record[..], CompressionLevel::Fastest)).collect()
        }
    }
}

/// Five pages that differ in length and content.
fn pages() -> Vec<Vec<u8>> {
    (0..5)
        .map(|n| {
            let paragraph = format!("<p>第{n}段：云溪县推进法治政府建设，{}</p>\r\n\r\n", "依法行政".repeat(n + 3));
            response(&format!("http://www.yunxi.gov.cn/{n}.html"), &paragraph.repeat(8 * (n + 1)))
        })
        .collect()
}

/// The records of a file, and how many places were told.
fn read(folder: &Path, bytes: &[u8]) -> (Vec<Placed>, usize) {
    let path = folder.join("a.warc");
    std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).unwrap();
    let (mut records, mut told) = (Vec::new(), 0);
    for found in ForeignArchive::open(&path).unwrap() {
        match found.unwrap() {
            Found::Record(placed) => records.push(*placed),
            Found::Told(_) => told += 1,
        }
    }
    (records, told)
}

fn blocks(records: &[Placed]) -> Vec<&[u8]> {
    records.iter().map(|placed| &placed.record.block[..]).collect()
}

#[test]
fn every_packing_gives_the_same_records() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    let (plain, told) = read(folder.path(), &packed(Packing::Plain, &pages));
    assert_eq!((plain.len(), told), (5, 0));
    for packing in PACKINGS {
        let (records, told) = read(folder.path(), &packed(packing, &pages));
        assert_eq!(told, 0, "{packing:?}");
        assert_eq!(blocks(&records), blocks(&plain), "{packing:?}");
    }
}

#[test]
fn a_file_that_is_cut_anywhere_loses_only_its_last_record_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    let (all, _) = read(folder.path(), &packed(Packing::Plain, &pages));
    for packing in PACKINGS {
        let file = packed(packing, &pages);
        // Where each record begins, in a file whose records can be told apart from outside.
        let starts: Vec<usize> = match packing {
            Packing::OneMember => Vec::new(),
            _ => (0..=5).map(|n| packed(packing, &pages[..n]).len()).collect(),
        };
        for end in (1..file.len()).step_by(7) {
            let (records, told) = read(folder.path(), &file[..end]);
            let n = records.len();
            assert_eq!(blocks(&records), blocks(&all[..n]), "{packing:?} cut at {end}");
            if starts.is_empty() {
                assert_eq!(told, 1, "{packing:?} cut at {end}: {n}");
            } else {
                let whole = starts.iter().filter(|start| **start <= end).count() - 1;
                let is_border = starts.contains(&end);
                assert!(
                    n >= whole && n + told >= whole + usize::from(!is_border),
                    "{packing:?} cut at {end}: {n} + {told}"
                );
                // Where only the checksum is cut, the digest says that the record is whole; the cut is told all the same.
                assert!(n <= whole + 1 && told <= 1, "{packing:?} cut at {end}: {n} + {told}");
            }
        }
    }
}

#[test]
fn a_record_that_is_broken_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    let text = |n: usize| String::from_utf8(pages[n].clone()).unwrap();
    let length = |text: &str| text.split("Content-Length: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
    let said = length(&text(2));
    let number: usize = said.parse().unwrap();
    for (what, broken) in [
        ("too short", text(2).replacen(&said, &(number - 3).to_string(), 1)),
        ("too long", text(2).replacen(&said, &(number + 300).to_string(), 1)),
        ("beyond the file", text(2).replacen(&said, "9999999", 1)),
        ("beyond all memory", text(2).replacen(&said, "18446744073709551615", 1)),
        ("no length", text(2).replacen("Content-Length", "Content-Breadth", 1)),
        ("no version", text(2).replacen("WARC/1.0", "WORC/1.0", 1)),
        ("no colon", text(2).replacen("WARC-Type: ", "WARC-Type ", 1)),
    ] {
        let mut records = pages.clone();
        records[2] = broken.into_bytes();
        for packing in PACKINGS {
            let (found, told) = read(folder.path(), &packed(packing, &records));
            assert_eq!((found.len(), told), (4, 1), "{what}, {packing:?}");
        }
    }
}

#[test]
fn a_page_whose_address_is_damaged_is_not_given_out_where_a_checksum_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    let other = String::from_utf8(pages[2].clone()).unwrap().replace("/2.html", "/7.html").into_bytes();
    for packing in [Packing::Members, Packing::Frames] {
        let whole = packed(packing, &pages[..3]);
        let mut altered = packed(packing, std::slice::from_ref(&other));
        // The checksum of what was written, behind what it became; gzip has the length behind it.
        let sum = if packing == Packing::Members { 8 } else { 4 };
        let kept = altered.len() - sum;
        altered.truncate(kept);
        altered.extend_from_slice(&whole[whole.len() - sum..]);
        let mut file = packed(packing, &pages[..2]);
        file.extend(altered);
        file.extend(packed(packing, &pages[3..]));
        let (found, told) = read(folder.path(), &file);
        assert_eq!((found.len(), told), (4, 1), "{packing:?}");
        assert!(found.iter().all(|placed| !placed.url().unwrap().path().contains('7')), "{packing:?}");
    }
}

#[test]
fn bytes_between_members_are_told_and_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    for packing in [Packing::Members, Packing::Frames] {
        let mut file = packed(packing, &pages[..2]);
        file.extend_from_slice(&[0; 4096]);
        file.extend(packed(packing, &pages[2..]));
        let (found, told) = read(folder.path(), &file);
        assert_eq!((found.len(), told), (5, 1), "{packing:?}");
    }
}

/// A small generator (Numerical Recipes); the seed is in every message.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }
}

/// One damage as disks, transfers and programs do it.
pub(crate) fn damage(file: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(file.len());
    let length = 1 + random.below((file.len() - at).min(200));
    match random.below(5) {
        0 => file[at] ^= 1 << random.below(8),
        1 => file.truncate(at.max(1)),
        2 => drop(file.drain(at..at + length)),
        3 => file[at..at + length].fill(0),
        _ => {
            let copy = file[at..at + length].to_vec();
            file.splice(at..at, copy);
        }
    }
}

/// `GONGWEN_MUTATIONS=10000` for more than CI has time for.
#[test]
fn no_damage_makes_the_reader_panic_or_lose_a_record_in_silence() {
    let n: u64 = std::env::var("GONGWEN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    let (all, _) = read(folder.path(), &packed(Packing::Plain, &pages));
    let originals = blocks(&all);
    let addresses: Vec<_> = all.iter().map(Placed::url).collect();
    let files = PACKINGS.map(|packing| packed(packing, &pages));
    for seed in 0..n {
        let mut random = Random(seed);
        let packing = random.below(files.len());
        let mut file = files[packing].clone();
        for _ in 0..=random.below(2) {
            damage(&mut file, &mut random);
        }
        let (records, mut told) = read(folder.path(), &file);
        let path = folder.path().join("a.warc");
        let mut kept = Vec::new();
        let has_checksum = matches!(PACKINGS[packing], Packing::Members | Packing::Frames);
        for placed in records {
            let is_known = !has_checksum || addresses.contains(&placed.url());
            assert!(is_known, "seed {seed}: a page under another address, {:?}", placed.url());
            let digest = placed.record.field("WARC-Block-Digest").unwrap_or_default().to_ascii_lowercase();
            let block = placed.record.block.clone();
            match placed.page(&path).unwrap() {
                Ok(_) => kept.push((block, digest.starts_with("sha256:"))),
                Err(_) => told += 1,
            }
        }
        let is_original = |block: &Vec<u8>| originals.contains(&&block[..]);
        let lost = originals.iter().filter(|block| !kept.iter().any(|(kept, _)| kept == *block)).count();
        // Where the digest itself is gone, a changed block cannot be known in a file that is not packed.
        let is_unknowable = kept.iter().any(|(block, is_named)| !is_named && !is_original(block));
        let is_excused = is_unknowable || is_cut_at_a_border(&file, &files);
        assert!(lost == 0 || told > 0 || is_excused, "seed {seed}: {lost} lost, nothing told");
        let is_whole = |(block, is_named): &(Vec<u8>, bool)| !is_named || is_original(block);
        assert!(kept.iter().all(is_whole), "seed {seed}: a changed block is given out");
    }
}

/// A file that ends where a record ends does not show that there was more.
fn is_cut_at_a_border(file: &[u8], files: &[Vec<u8>]) -> bool {
    files.iter().any(|whole| whole.starts_with(file))
}
