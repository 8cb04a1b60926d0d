//! One item of a foreign file → its line of output, and what became of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use url::Url;

use super::guard::{Poison, Work};
use super::input::{Item, Place};
use super::name;
use super::title::Title;
use crate::archive::{ArchiveError, ForeignPage, NoPage, Select, Told};
use crate::commands::scope::Span;
use crate::extract::Rules;
use crate::model::{
    Capture, CaptureKind, DocumentRecord, Reason, RecordLimits, Records, Reject, SectionRecord, Stage, TableRecord,
    digest,
};
use crate::reading::{RawPage, page_records};

/// What is wanted of all files.
pub(super) struct Job {
    pub(super) select: Select,
    pub(super) title: Option<Title>,
    pub(super) span: Span,
    pub(super) limits: RecordLimits,
}

/// The pages of one file.
pub(super) struct Pages {
    pub(super) job: Arc<Job>,
    pub(super) path: PathBuf,
}

impl Work for Pages {
    type Item = Result<Item, ArchiveError>;
    type Place = Place;
    type Done = Result<Outcome, ArchiveError>;

    fn place(&self, item: &Self::Item) -> Place {
        item.as_ref().map_or_else(|_| Place::default(), Item::place)
    }

    fn work(&self, item: Self::Item) -> Self::Done {
        read(&self.job, &self.path, item?)
    }

    fn poisoned(&self, place: Place, poison: &Poison) -> Self::Done {
        Ok(Outcome::poisoned(&self.path, &place, poison))
    }

    fn bytes(&self, done: &Self::Done) -> usize {
        done.as_ref().map_or(0, |outcome| outcome.line.len())
    }
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is no page: a request, a note, the description of the file.
    Other,
    /// A page that is not selected.
    Skipped,
    /// A page with records.
    Record,
    /// A page that was turned away by the rules.
    Rejected,
    /// A page that could not be read.
    Failed,
}

/// What became of an item, with its line; skipped pages have none.
pub(super) struct Outcome {
    pub(super) fate: Fate,
    pub(super) sections: u64,
    pub(super) line: Vec<u8>,
}

/// One line of output: as `extract --jsonl`, with the place in the file.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    offset: u64,
    url: Option<&'a str>,
    document: Option<&'a DocumentRecord>,
    sections: &'a [SectionRecord],
    tables: &'a [TableRecord],
    reject: Option<Reject>,
    detail: Option<&'a str>,
}

impl Outcome {
    fn without_line(fate: Fate) -> Self {
        Self { fate, sections: 0, line: Vec::new() }
    }

    fn records(path: &Path, place: &Place, records: &Records) -> Self {
        let Records { document, sections, tables, .. } = records;
        let line = Line {
            file: &name(path),
            offset: place.offset,
            url: place.url.as_deref(),
            document: Some(document),
            sections,
            tables,
            reject: None,
            detail: None,
        };
        Self { fate: Fate::Record, sections: sections.len() as u64, line: line.bytes() }
    }

    fn turned(fate: Fate, path: &Path, place: &Place, reject: Reject, detail: Option<&str>) -> Self {
        let line = Line {
            file: &name(path),
            offset: place.offset,
            url: place.url.as_deref(),
            document: None,
            sections: &[],
            tables: &[],
            reject: Some(reject),
            detail,
        };
        Self { fate, sections: 0, line: line.bytes() }
    }

    fn told(path: &Path, told: &Told) -> Self {
        let place = Place { offset: told.offset, url: None };
        let reject = Reject { stage: Stage::Decode, reason: Reason::Damaged };
        Self::turned(Fate::Failed, path, &place, reject, Some(&told.why))
    }

    /// A page at which the program failed.
    fn poisoned(path: &Path, place: &Place, poison: &Poison) -> Self {
        let reject = Reject { stage: Stage::Extract, reason: Reason::Poison };
        Self::turned(Fate::Failed, path, place, reject, Some(&poison.to_string()))
    }
}

impl Line<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("it has only keys that are strings");
        line.push(b'\n');
        line
    }
}

/// Reads one item.
fn read(job: &Job, path: &Path, item: Item) -> Result<Outcome, ArchiveError> {
    let mut place = item.place();
    let page = match item {
        Item::Told(told) => return Ok(Outcome::told(path, &told)),
        Item::Line(line) => match line.page() {
            Ok(page) if job.select.takes_address(page.url.as_ref()) => page,
            Ok(_) => return Ok(Outcome::without_line(Fate::Skipped)),
            Err(told) => return Ok(Outcome::told(path, &told)),
        },
        Item::Record(placed) => {
            if !placed.is_page() {
                return Ok(Outcome::without_line(Fate::Other));
            }
            if !job.select.takes_address(placed.url().as_ref()) {
                return Ok(Outcome::without_line(Fate::Skipped));
            }
            match placed.page(path)? {
                Ok(page) => page,
                Err(NoPage::Kind) => return Ok(Outcome::without_line(Fate::Other)),
                Err(NoPage::Reject { reason, detail, .. }) => {
                    let fate = if reason == Reason::Elsewhere { Fate::Rejected } else { Fate::Failed };
                    let reject = Reject { stage: Stage::Decode, reason };
                    return Ok(Outcome::turned(fate, path, &place, reject, Some(&detail)));
                }
            }
        }
    };
    place.url = page.url.as_ref().map(ToString::to_string);
    if !job.select.takes_answer(page.status, page.content_type.as_deref()) {
        return Ok(Outcome::without_line(Fate::Skipped));
    }
    Ok(selected(job, path, &place, &page))
}

/// Reads a page that is wanted by all that shows without reading it.
fn selected(job: &Job, path: &Path, place: &Place, page: &ForeignPage) -> Outcome {
    let content_type = page.content_type.as_deref();
    let skipped = || Outcome::without_line(Fate::Skipped);
    if job.title.as_ref().is_some_and(|title| !title.may_be_in(&page.body, content_type)) {
        return skipped();
    }
    let capture = capture(path, page);
    let raw = RawPage::foreign(&page.body, content_type, page.url.as_ref()).with_capture(capture.as_ref());
    let records = match page_records(raw, Rules::default(), &job.limits) {
        Ok(made) => made.records,
        Err(reject) => return Outcome::turned(Fate::Rejected, path, place, reject, None),
    };
    let document = &records.document;
    if job.title.as_ref().is_some_and(|title| !title.is(document.title.as_deref())) {
        return skipped();
    }
    let published = document.published.as_deref().and_then(|day| day.parse().ok());
    if published.is_some_and(|day| !job.span.covers(day)) {
        return skipped();
    }
    Outcome::records(path, place, &records)
}

/// What the record says of the answer; nothing for a page without address and time.
fn capture(path: &Path, page: &ForeignPage) -> Option<Capture> {
    let url: &Url = page.url.as_ref()?;
    Some(Capture {
        // It stands in no record: a foreign page belongs to no source of ours.
        source: "foreign".parse().ok()?,
        kind: CaptureKind::Article,
        url: url.clone(),
        final_url: url.clone(),
        fetched_at: page.fetched_at?,
        status: page.status,
        content_type: page.content_type.clone(),
        sha256: digest::sha256_hex(&page.body),
        bytes: page.body.len() as u64,
        warc_file: name(path),
        warc_offset: page.offset,
        warc_length: page.length,
    })
}
