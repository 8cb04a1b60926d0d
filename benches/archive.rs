//! What it costs to put pages into the archive: 10,000 pages of 40 KB from 50 sources, in batches as a crawl does.
//!
//! `cargo bench --bench archive` prints CPU time a page, bytes a page on disk, and the peak of resident memory.

use std::error::Error;
use std::io::Write as _;
use std::time::Instant;

use gongwen::archive::Archive;
use gongwen::model::{CaptureKind, Exchange, SourceId};

const PAGES: usize = 10_000;
const SOURCES: usize = 50;
const BATCH: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut archive = Archive::open(folder.path())?;
    let sources: Vec<SourceId> = (0..SOURCES).map(|n| format!("s{n}").parse()).collect::<Result<_, _>>()?;
    let (begun, mut spent) = (Instant::now(), 0);
    for first in (0..PAGES).step_by(BATCH) {
        let batch: Vec<Exchange> =
            (first..PAGES.min(first + BATCH)).map(|n| exchange(n, &sources[n % SOURCES])).collect::<Result<_, _>>()?;
        let before = cpu_ns();
        archive.put_batch(&batch)?;
        spent += cpu_ns() - before;
    }
    let mut bytes = 0;
    for source in &sources {
        for file in std::fs::read_dir(folder.path().join(format!("archive/{source}")))? {
            bytes += file?.metadata()?.len();
        }
    }
    writeln!(
        std::io::stdout().lock(),
        "{PAGES} pages in {:.1} s: {} µs CPU a page, {} bytes a page, peak {} KB resident",
        begun.elapsed().as_secs_f64(),
        spent / 1000 / PAGES as u64,
        bytes / PAGES as u64,
        peak_kb()
    )?;
    Ok(())
}

fn exchange(n: usize, source: &SourceId) -> Result<Exchange, Box<dyn Error>> {
    let url: url::Url = format!("http://www.{source}.test/c1/t{n}.html").parse()?;
    Ok(Exchange {
        source: source.clone(),
        kind: CaptureKind::Article,
        final_url: url.clone(),
        url,
        redirects: Vec::new(),
        fetched_at: "2026-03-01T00:00:00Z".parse()?,
        ip: None,
        status: 200,
        headers: vec![("Content-Type".to_owned(), b"text/html; charset=utf-8".to_vec())],
        body: page(n).into_bytes(),
        reject: None,
    })
}

/// A page of about 40 KB whose text does not repeat itself more than a report does.
fn page(n: usize) -> String {
    const WORDS: &str = "依法行政 法治政府建设 工作机制 行政执法 矛盾纠纷 群众 政务公开 重大决策 合法性审查 专题会议 述法 培训 \
                         案件 复议 应诉 宣传 责任 监督 改革 服务 清单 落实 全面推进 持续优化";
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut text = String::from("<!DOCTYPE html><html><body><div class=\"TRS_Editor\">");
    let mut seed = n as u64 + 1;
    while text.len() < 40_000 {
        text.push_str("<p style=\"text-indent: 2em; font-family: 仿宋\">");
        for _ in 0..30 {
            // The constants of Knuth's MMIX.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[usize::try_from(seed >> 33).unwrap_or_default() % words.len()]);
            if seed >> 60 == 0 {
                text.push_str(&(seed >> 50).to_string());
            }
        }
        text.push_str("。</p>\n");
    }
    text
}

/// CPU time of this thread so far in nanoseconds, from `/proc/self/schedstat`; 0 where there is none.
fn cpu_ns() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|ns| ns.parse().ok()).unwrap_or_default()
}

/// The peak of resident memory, from `/proc/self/status`; 0 where there is none.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
