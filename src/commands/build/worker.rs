//! One archived page → its records and those of its files: what threads do side by side.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

use super::Span;
use super::files::{FilePart, Files, Setting};
use super::news::{News, chain, date};
use crate::archive::{ArchiveError, Shelf, Versions};
use crate::config::Source;
use crate::extract::Rules;
use crate::facts::facts;
use crate::file::FileKind;
use crate::model::{
    Attachment, Capture, DocumentRecord, FailedPage, Reason, RecordLimits, Records, Reject, Stage, page_key,
};
use crate::reading::{
    Hanging, Made, PartPage, PictureReader, RawPage, file_records, is_of_a_file, page_records, page_revision,
};
use crate::record::document_id;
use crate::write::records::Lines;

/// What became of one page.
pub(super) enum Page {
    Done(Box<Done>),
    /// Outside of the span of time: the records that there are stay.
    Outside {
        id: String,
    },
    Turned(Box<FailedPage>, Vec<FilePart>),
    /// The archive does not hold its bytes.
    Damaged(Box<Capture>, String),
}

/// The records of a page, and of which of its answers they are.
pub(super) struct Done {
    pub(super) lines: Lines,
    pub(super) newest: Capture,
    /// Digests of the older answers.
    pub(super) older: Vec<String>,
    /// The files that hang on it.
    pub(super) files: Vec<FilePart>,
    /// Those of them that the archive has not got.
    pub(super) unfetched: Vec<Attachment>,
    pub(super) news: News,
}

impl Page {
    /// How many bytes it holds while it waits for its turn.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Done(done) => done.lines.bytes() + done.files.iter().map(FilePart::bytes).sum::<usize>(),
            _ => 0,
        }
    }
}

/// What every thread shares.
pub(super) struct Worker<'a> {
    pub(super) limits: &'a RecordLimits,
    pub(super) source: &'a Source,
    pub(super) shelf: &'a Shelf,
    pub(super) span: Span,
    /// The further pages of articles, by page key.
    pub(super) parts: HashMap<String, Capture>,
    pub(super) files: Files,
    /// Who reads pages of files that are pictures.
    pub(super) ocr: Option<PictureReader>,
}

/// Where a capture lies that gave no document, and what it is.
fn whereabouts(newest: &Capture, reject: Reject, raw: RawPage<'_>, bytes: &[u8]) -> String {
    let mut place = format!("{} bytes at {}:{}", newest.bytes, newest.warc_file, newest.warc_offset);
    if let Some(target) = raw.leads_to().filter(|_| reject.reason == Reason::Redirect) {
        place = format!("it leads to `{target}`; {place}");
    }
    if FileKind::of(bytes).is_none() && is_of_a_file(reject.reason) {
        place = format!("the body of the page is a file; {place}");
    }
    place
}

impl Worker<'_> {
    fn part(&self, url: &Url) -> Option<PartPage> {
        let capture = self.parts.get(&page_key(url))?;
        let bytes = self.shelf.read(capture).ok()?;
        Some(PartPage { bytes, url: capture.final_url.clone(), content_type: capture.content_type.clone() })
    }

    pub(super) fn page(&self, versions: &Versions) -> Result<Page, ArchiveError> {
        let newest = &versions.newest;
        let outside = || Page::Outside { id: document_id(Some(&newest.url), &newest.sha256) };
        if versions.listed.is_some_and(|day| !self.span.covers(day)) {
            return Ok(outside());
        }
        let bytes = match self.shelf.read(newest) {
            Ok(bytes) => bytes,
            Err(error @ ArchiveError::Damaged { .. }) => {
                return Ok(Page::Damaged(Box::new(newest.clone()), error.to_string()));
            }
            Err(error) => return Err(error),
        };
        let rules = self.rules();
        let parts = |url: &Url| self.part(url);
        let damaged = RefCell::default();
        let setting = Setting {
            source: self.source,
            shelf: self.shelf,
            limits: self.limits,
            damaged: &damaged,
            ocr: self.ocr.as_ref(),
        };
        let files = |url: &Url| self.files.bytes(url, &setting);
        let raw = RawPage::archived(&bytes, newest, self.source)
            .with_parts(&parts)
            .with_files(&files)
            .with_ocr(self.ocr.as_ref());
        let raw = raw.with_listed(versions.listed);
        let Made { mut records, text_of } = match page_records(raw, rules, self.limits) {
            Ok(made) => made,
            Err(reject) => {
                let place = whereabouts(newest, reject, raw, &bytes);
                return Ok(Page::Turned(Box::new(failed(newest, reject, place)), damaged.take()));
            }
        };
        if versions.listed.is_none() && published(&records).is_some_and(|day| !self.span.covers(day)) {
            return Ok(outside());
        }
        let (older_texts, mut since) = self.superseded(versions, &records.document.rev)?;
        records.document.prev_rev = older_texts.first().map(|older| older.rev.clone());
        date(&mut records.document, versions);
        if let Some(file) = text_of.as_ref().and_then(|url| self.files.changed_at(url)) {
            since = since.max(file);
        }
        let news = News::of(&records.document, versions, since);
        let older = versions.older.iter().map(|capture| capture.sha256.clone()).collect();
        let mut unfetched = Vec::new();
        let mut files = self.files.of_page(&mut records.document, text_of.as_ref(), &setting, &mut unfetched);
        files.extend(damaged.take());
        files.extend(self.rest_of_archive(raw, &bytes, &records, versions));
        Ok(Page::Done(Box::new(Done {
            lines: Lines::of(&records, &facts(&records)).with_revisions(&older_texts),
            newest: newest.clone(),
            older,
            files,
            unfetched,
            news,
        })))
    }

    /// What an archive (ZIP, RAR, 7z) that a list names holds beside the file that is its document.
    fn rest_of_archive(&self, raw: RawPage<'_>, bytes: &[u8], records: &Records, versions: &Versions) -> Vec<FilePart> {
        if !FileKind::of(bytes).is_some_and(FileKind::is_archive) {
            return Vec::new();
        }
        let hanging = Hanging { name: "", page: &records.document };
        let members = file_records(raw, hanging, self.limits).into_iter().filter_map(|(_, made)| made.ok());
        let others = members.filter(|member| member.document.rev != records.document.rev);
        let news = |member: &Records| News::of(&member.document, versions, versions.newest.fetched_at);
        let part = |mut member: Records| {
            date(&mut member.document, versions);
            FilePart::Document(Lines::of(&member, &facts(&member)), Box::new(news(&member)))
        };
        others.map(part).collect()
    }

    fn rules(&self) -> Rules<'_> {
        Rules { article: &self.source.article, ..Rules::default() }
    }

    /// The texts that the newest one has superseded, newest first, and since when the portal gives that one: captures whose
    /// bytes differ but not their text, as after a new page design, are none of their own.
    fn superseded(&self, versions: &Versions, rev: &str) -> Result<(Vec<DocumentRecord>, Timestamp), ArchiveError> {
        let (mut since, mut rev) = (versions.newest.fetched_at, rev.to_owned());
        let mut older: Vec<DocumentRecord> = Vec::new();
        for capture in &versions.older {
            let bytes = match self.shelf.read(capture) {
                Ok(bytes) => bytes,
                Err(ArchiveError::Damaged { .. }) => continue,
                Err(error) => return Err(error),
            };
            let parts = |url: &Url| self.part(url);
            let lost = RefCell::default();
            let setting = Setting {
                source: self.source,
                shelf: self.shelf,
                limits: self.limits,
                damaged: &lost,
                ocr: self.ocr.as_ref(),
            };
            let files = |url: &Url| self.files.bytes(url, &setting);
            let raw = RawPage::archived(&bytes, capture, self.source)
                .with_parts(&parts)
                .with_files(&files)
                .with_ocr(self.ocr.as_ref())
                .with_listed(versions.listed);
            match page_revision(raw, self.rules(), self.limits) {
                Ok(same) if same == rev => {
                    if older.is_empty() {
                        since = capture.fetched_at;
                    }
                }
                Ok(_) => {
                    if let Ok(made) = page_records(raw, self.rules(), self.limits) {
                        rev.clone_from(&made.records.document.rev);
                        older.push(made.records.document);
                    }
                }
                Err(_) => {}
            }
        }
        chain(&mut older, versions);
        Ok((older, since))
    }
}

fn published(records: &Records) -> Option<Date> {
    records.document.published.as_deref()?.parse().ok()
}

/// A page whose bytes the archive does not give back.
pub(super) fn damaged(capture: &Capture, why: String) -> FailedPage {
    failed(capture, Reject { stage: Stage::Decode, reason: Reason::Damaged }, why)
}

fn failed(capture: &Capture, reject: Reject, detail: String) -> FailedPage {
    FailedPage {
        source: capture.source.clone(),
        url: capture.url.clone(),
        stage: reject.stage,
        reason: reject.reason,
        detail,
        at: capture.fetched_at,
        title: None,
        listed: None,
    }
}
