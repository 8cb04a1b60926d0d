//! Damaged files of every format: cut short, with changed bytes, with blocks in the wrong place, also inside of what is packed.
//!
//! `GONGWEN_TEST_MUTATIONS=10000 cargo test --release --test it -- file_mutated --nocapture` makes so many of each format and
//! says how long the slowest took.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use gongwen::file::{self, FileKind, FileText, Limits};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::file_docx::Parts;

/// Mutations of each format, unless more are asked for.
const EACH: u64 = 200;
/// Some results are read twice and must be the same.
const TWICE: u64 = 16;

/// Numbers that are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

/// Bytes changed, cut or moved by a fixed rule.
fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let length = bytes.len();
    let changes = match numbers.below(4) {
        0 => {
            bytes.truncate(numbers.below(length));
            return bytes;
        }
        1 => {
            let (from, to, count) = (numbers.below(length), numbers.below(length), 1 + numbers.below(2000));
            let moved: Vec<u8> = bytes.iter().skip(from).take(count).copied().collect();
            bytes.iter_mut().skip(to).zip(moved).for_each(|(byte, new)| *byte = new);
            return bytes;
        }
        2 => 1 + numbers.below(8),
        _ => 1 + numbers.below(200),
    };
    for _ in 0..changes {
        let at = numbers.below(length);
        // Ends of ranges find what other values do not.
        let byte = [0, 1, 0x7f, 0x80, 0xff, numbers.below(256)][numbers.below(6)];
        if let Some(place) = bytes.get_mut(at) {
            *place = u8::try_from(byte).unwrap();
        }
    }
    bytes
}

/// The same done to one part of a package, which stays a sound package: sums of its parts would else keep damage out.
fn mutated_inside(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else { return mutated(bytes, numbers) };
    let chosen = numbers.below(package.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..package.len() {
        let mut part = package.by_index(n).unwrap();
        let mut inside = Vec::new();
        part.read_to_end(&mut inside).unwrap();
        if n == chosen {
            inside = mutated(&inside, numbers);
        }
        writer.start_file(part.name().unwrap().into_owned(), SimpleFileOptions::default()).unwrap();
        writer.write_all(&inside).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The fixtures by the format that they have.
fn formats() -> BTreeMap<String, Vec<Vec<u8>>> {
    let folder = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let mut formats: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for path in [folder("file"), folder("files/pages")].iter().flat_map(|folder| fs::read_dir(folder).unwrap()) {
        let path = path.unwrap().path();
        let ending = path.extension().unwrap().to_str().unwrap().to_owned();
        formats.entry(ending).or_default().push(fs::read(path).unwrap());
    }
    for files in formats.values_mut() {
        files.sort();
    }
    let list = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>";
    let table = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let parts = Parts {
        body: &[list, table].concat().repeat(30),
        numbering: "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%1）\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        ..Parts::default()
    };
    formats.insert("docx".to_owned(), vec![parts.file()]);
    formats
}

fn read(bytes: &[u8]) -> Result<FileText, String> {
    let limits = Limits::default();
    match FileKind::of(bytes) {
        Some(kind) if kind.is_archive() => match file::members(bytes, &limits) {
            Ok(members) => Err(format!("{} files", members.len())),
            Err(error) => Err(error.to_string()),
        },
        _ => file::read(bytes, &limits).map_err(|error| error.to_string()),
    }
}

#[test]
fn a_damaged_file_is_read_or_refused_and_the_same_every_time() {
    let asked = std::env::var("GONGWEN_TEST_MUTATIONS").ok().and_then(|count| count.parse().ok());
    let formats = formats();
    assert!(formats.len() >= 9, "{:?}", formats.keys());
    for (format, files) in &formats {
        let (mut slowest, mut texts) = ((Duration::ZERO, 0), 0_u64);
        for seed in 0..asked.unwrap_or(EACH) {
            let mut numbers = Numbers::of(seed);
            let sound = &files[numbers.below(files.len())];
            let bytes = if seed % 2 == 0 { mutated(sound, &mut numbers) } else { mutated_inside(sound, &mut numbers) };
            let began = Instant::now();
            let result = read(&bytes);
            slowest = slowest.max((began.elapsed(), seed));
            if let Ok(text) = &result {
                texts += 1;
                assert!(text.blocks.iter().all(|block| !block.text.is_empty()), "{format} {seed}");
            }
            if seed < TWICE {
                assert_eq!(result, read(&bytes), "{format} {seed}");
            }
        }
        if let Some(count) = asked {
            let (time, seed) = (slowest.0.as_millis(), slowest.1);
            told(&format!("{format}: {count} mutations, {texts} read, the slowest (seed {seed}) took {time} ms"));
        }
    }
}

#[expect(clippy::print_stderr, reason = "the figures are what was asked for")]
fn told(line: &str) {
    eprintln!("{line}");
}
