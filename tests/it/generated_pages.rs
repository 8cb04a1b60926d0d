//! Pages made from known articles: body, title, day and source must come back exactly, whatever box they stand in.
//!
//! `GENERATED_PAGES=1000000 cargo test --release --test it -- generated_pages` makes a million and prints what fails by
//! kind of container and chrome.

mod tape; // the choices of a page
mod article; // what it says
mod container; // the boxes that hold it
mod chrome; // what stands around it

use std::collections::BTreeMap;

use gongwen::extract;
use gongwen::model::PageFormat;
use gongwen::page::{View, decode};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use url::Url;

use article::{Article, article};
use chrome::Labels;
use tape::{Tape, tape};

/// Pages of an ordinary run of the tests.
const PAGES: u64 = 2_000;
/// So many kinds of faults are shown, with the first page of each.
const SHOWN: usize = 40;
/// Choices that a page takes at most.
const CHOICES: usize = 600;

struct Generated {
    html: String,
    article: Article,
    labels: Labels,
    chosen: BTreeMap<&'static str, &'static str>,
}

fn generated(numbers: &[u16]) -> Generated {
    let mut tape = Tape::new(numbers);
    let article = article(&mut tape);
    let body = container::body(&article, &mut tape);
    let (html, labels) = chrome::page(&article, &body, &mut tape);
    Generated { html, article, labels, chosen: tape.chosen }
}

/// What of a page came out wrong: `body`, `title`, `day`, `source`, or why it was refused.
fn faults(page: &Generated) -> Vec<(&'static str, String)> {
    let url = Url::parse("http://www.yunxi.example.gov.cn/zwgk/gg/a.html").unwrap();
    let decoded = decode(page.html.as_bytes(), None, PageFormat::Html, Some(&url)).unwrap();
    let document = match extract(&View::new(decoded)) {
        Ok(document) => document,
        Err(reject) => return vec![("refused", reject.reason.as_str().to_owned())],
    };
    let mut faults = Vec::new();
    let mut check = |name: &'static str, found: String, expected: String| {
        if found != expected {
            faults.push((name, difference(&found, &expected)));
        }
    };
    let mut found: Vec<&str> = document.blocks.iter().flat_map(|block| block.text.split('\n')).collect();
    // A title that no tag declares may stay in the box of the text as its head.
    let title = |n: &usize| found.iter().take(*n).copied().collect::<String>() == page.article.title;
    let head = (1..=2).find(title).unwrap_or(0);
    found.drain(..head);
    let expected: Vec<String> = page.article.lines.iter().flat_map(article::Line::clean).collect();
    check("body", found.join("\n"), expected.join("\n"));
    check("title", document.title.unwrap_or_default(), page.article.title.clone());
    check("day", document.published.map(|day| day.to_string()).unwrap_or_default(), page.labels.published.clone());
    check("source", document.publisher.unwrap_or_default(), page.labels.publisher.clone().unwrap_or_default());
    faults
}

/// The lines that are too many or missing.
fn difference(found: &str, expected: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (found, expected) = (lines(found), lines(expected));
    let many = found.iter().filter(|line| !expected.contains(line)).map(|line| format!("\n+ {line}"));
    let missing = expected.iter().filter(|line| !found.contains(line)).map(|line| format!("\n- {line}"));
    many.chain(missing).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures are for a reader")]
fn the_article_of_a_generated_page_comes_back() {
    let pages = std::env::var("GENERATED_PAGES").ok().and_then(|number| number.parse().ok()).unwrap_or(PAGES);
    let mut all: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    let mut failed: BTreeMap<&str, u64> = BTreeMap::new();
    let mut first = BTreeMap::new();
    for seed in 0..pages {
        let page = generated(&tape(seed, CHOICES));
        let faults = faults(&page);
        for (kind, name) in &page.chosen {
            let entry = all.entry((kind, name)).or_default();
            entry.0 += 1;
            entry.1 += u64::from(!faults.is_empty());
        }
        for (fault, what) in faults {
            *failed.entry(fault).or_default() += 1;
            let kind = what.replace(|c: char| c.is_ascii_digit(), "0");
            first.entry((fault, kind)).or_insert_with(|| (seed, what, page.html.clone(), 0)).3 += 1;
        }
    }
    for ((kind, name), (n, bad)) in &all {
        if *bad > 0 {
            eprintln!("{kind} = {name}: {bad} of {n} pages");
        }
    }
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated_pages");
    let mut kinds: Vec<_> = first.into_iter().collect();
    kinds.sort_by_key(|(_, (.., times))| std::cmp::Reverse(*times));
    for ((fault, _), (seed, what, html, times)) in kinds.into_iter().take(SHOWN) {
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{seed}.html"));
        crate::rebuild::write(&path, html.as_bytes());
        eprintln!("{times} pages with this {fault}, the first is {}: {what}\n", path.display());
    }
    assert!(failed.is_empty(), "of {pages} pages: {failed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn a_generated_page_that_fails_is_shown_in_its_simplest_form(numbers in prop::collection::vec(any::<u16>(), 0..CHOICES)) {
        let page = generated(&numbers);
        let faults = faults(&page);
        prop_assert!(faults.is_empty(), "{:?}\n{}\n{:?}", faults, page.html, page.chosen);
    }
}
