//! Throughput of extraction, stage by stage: each one does what the one before does, and one thing more.
//!
//! Reads the pages in `$GONGWEN_CORPUS` (a folder of saved pages), or else the fixtures of the tests.

use std::path::{Path, PathBuf};

use divan::counter::{BytesCount, ItemsCount};
use gongwen::extract::{Rules, extract};
use gongwen::model::{PageFormat, RecordLimits, Records, Reject};
use gongwen::page::{View, decode, parse_html};
use gongwen::reading::{RawPage, line, page_records};

fn main() {
    divan::main();
}

fn pages() -> Vec<Vec<u8>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract");
    let folder = std::env::var_os("GONGWEN_CORPUS").map_or(fixtures, PathBuf::from);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder of pages").map(|entry| entry.expect("a page").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "html"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a readable page")).collect()
}

fn measured(bencher: divan::Bencher<'_, '_>, work: impl Fn(&[u8]) + Sync) {
    let pages = pages();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let bencher = bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len()));
    bencher.bench(|| pages.iter().for_each(|page| work(page)));
}

#[divan::bench]
fn decoding(bencher: divan::Bencher<'_, '_>) {
    measured(bencher, |page| drop(divan::black_box(decode(page, None, PageFormat::Html, None))));
}

/// The yardstick: what html5ever's own tokenizer takes for the same trees, which tells how fast the machine is.
#[divan::bench]
fn decoding_and_stock_parser(bencher: divan::Bencher<'_, '_>) {
    measured(bencher, |page| {
        if let Ok(page) = decode(page, None, PageFormat::Html, None) {
            divan::black_box(scraper::Html::parse_document(&page.text));
        }
    });
}

#[divan::bench]
fn decoding_and_parsing(bencher: divan::Bencher<'_, '_>) {
    measured(bencher, |page| {
        if let Ok(page) = decode(page, None, PageFormat::Html, None) {
            divan::black_box(parse_html(&page.text));
        }
    });
}

#[divan::bench]
fn bytes_to_view(bencher: divan::Bencher<'_, '_>) {
    measured(bencher, |page| {
        if let Ok(page) = decode(page, None, PageFormat::Html, None) {
            divan::black_box(View::new(page));
        }
    });
}

#[divan::bench]
fn bytes_to_document(bencher: divan::Bencher<'_, '_>) {
    measured(bencher, |page| {
        if let Ok(page) = decode(page, None, PageFormat::Html, None) {
            drop(divan::black_box(extract(&View::new(page))));
        }
    });
}

fn records(page: &[u8], limits: &RecordLimits) -> Result<Records, Reject> {
    page_records(RawPage::saved(page, PageFormat::Html, None), Rules::default(), limits).map(|made| made.records)
}

#[divan::bench]
fn bytes_to_records(bencher: divan::Bencher<'_, '_>) {
    let limits = RecordLimits::default();
    measured(bencher, |page| drop(divan::black_box(records(page, &limits))));
}

#[divan::bench]
fn bytes_to_json(bencher: divan::Bencher<'_, '_>) {
    let limits = RecordLimits::default();
    measured(bencher, |page| {
        let records = records(page, &limits);
        drop(divan::black_box(line("page.html", records.as_ref().map_err(|reject| *reject))));
    });
}
