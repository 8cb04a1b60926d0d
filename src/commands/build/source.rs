//! The archive of one source → its record files.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;
use url::Url;

use super::Span;
use super::difference::differences;
use super::kept::kept;
use crate::archive::{Archive, ArchiveError, Shelf, Versions};
use crate::commands::ordered::ordered;
use crate::commands::pages::{RawPage, page_records, page_revision};
use crate::commands::parts::PartPage;
use crate::config::{Config, Source};
use crate::extract::Rules;
use crate::facts::facts;
use crate::model::{Capture, Counts, FailedPage, Reason, RecordLimits, Records, Reject, SourceBuild, Stage, page_key};
use crate::record::document_id;
use crate::write::records::{Change, Lines, Previous, RecordFiles};

/// How many pages are looked up in the state before they are worked on; only their addresses are in memory.
const AT_ONCE: usize = 1024;

/// What becomes of a source's records.
pub(super) struct Built {
    pub(super) report: SourceBuild,
    pub(super) failed: Vec<FailedPage>,
    /// Captures that the archive cannot give back.
    pub(super) damaged: Vec<Capture>,
    /// `+ id`, `~ id` with what differs below it, `- id`, if asked for.
    pub(super) changes: Vec<String>,
}

/// What became of one page.
enum Page {
    Done(Box<Done>),
    /// Outside of the span of time: the records that there are stay.
    Outside {
        id: String,
    },
    Turned(Box<FailedPage>),
    /// The archive does not hold its bytes.
    Damaged(Box<Capture>, String),
}

/// The records of a page, and of which of its answers they are.
struct Done {
    lines: Lines,
    newest: Capture,
    /// Digests of the older answers.
    older: Vec<String>,
}

impl Page {
    /// How many bytes it holds while it waits for its turn.
    fn bytes(&self) -> usize {
        match self {
            Self::Done(done) => done.lines.bytes(),
            _ => 0,
        }
    }
}

/// Builds the records of one source; with `diff` nothing is written.
pub(super) fn build(
    config: &Config,
    source: &Source,
    archive: &Archive,
    output: &Path,
    span: Span,
    diff: bool,
) -> anyhow::Result<Built> {
    let previous = Previous::read(output, &source.id)?;
    let n_previous = previous.len() as u64;
    let mut report = empty(source);
    let mut span = span;
    if let Some(damage) = previous.damage() {
        // What lies outside of the span could not be kept as it was, so all is made anew.
        span = Span::default();
        let said = format!("{damage}: the records were made anew from the archive");
        tracing::warn!("`{}`: {said}", source.id);
        report.detail = Some(said);
    }
    let mut build = Build {
        output,
        diff,
        previous,
        files: None,
        failed: Vec::new(),
        damaged: Vec::new(),
        changes: Vec::new(),
        report,
    };

    let parts = archive.parts(&source.id)?;
    let worker = Worker { source, limits: &config.limits, shelf: archive.shelf(), span, parts };
    let mut pages = Vec::with_capacity(AT_ONCE);
    archive.articles(&source.id, |versions| {
        pages.push(versions);
        if pages.len() == AT_ONCE { build.take_all(&worker, &mut pages) } else { Ok(()) }
    })?;
    build.take_all(&worker, &mut pages)?;

    // A portal that changed its pages must not take the records of years with it, so no file is written without a
    // document: what was there stays.
    build.report.emptied = build.report.documents == 0 && n_previous > 0;
    if !build.report.emptied {
        build.take_left(archive)?;
    }
    let Build { files, failed, damaged, changes, report, .. } = build;
    if let Some(files) = files {
        files.commit()?;
    }
    Ok(Built { report, failed, damaged, changes })
}

fn empty(source: &Source) -> SourceBuild {
    SourceBuild {
        source: source.id.clone(),
        counts: Counts::default(),
        documents: 0,
        sections: 0,
        removed: 0,
        kept: 0,
        emptied: false,
        is_failed: false,
        detail: None,
    }
}

/// The report of a source that could not be built.
pub(super) fn unbuilt(source: &Source, why: String) -> SourceBuild {
    SourceBuild { detail: Some(why), is_failed: true, ..empty(source) }
}

/// The build of one source as it goes on: pages come in in the order of their addresses.
struct Build<'a> {
    output: &'a Path,
    diff: bool,
    previous: Previous,
    /// Begun with the first document.
    files: Option<RecordFiles>,
    failed: Vec<FailedPage>,
    damaged: Vec<Capture>,
    changes: Vec<String>,
    report: SourceBuild,
}

impl Build<'_> {
    fn take_all(&mut self, worker: &Worker<'_>, pages: &mut Vec<Versions>) -> anyhow::Result<()> {
        let bytes = |page: &Result<Page, ArchiveError>| page.as_ref().map_or(0, Page::bytes);
        ordered(pages, |page| worker.page(page), bytes, |page| self.take(page?))?;
        pages.clear();
        Ok(())
    }

    fn take(&mut self, page: Page) -> anyhow::Result<()> {
        let counts = &mut self.report.counts;
        counts.seen += 1;
        match page {
            Page::Done(done) => {
                let Done { lines, newest, older } = *done;
                // The newest bytes of the page are lost, so its record says more than those that are left.
                let outlived = self.previous.made_of(&lines.id).is_some_and(|made| {
                    made.fetched_at > newest.fetched_at
                        && !made.is(&newest.sha256)
                        && !older.iter().any(|sha256| made.is(sha256))
                });
                if outlived {
                    let why = "the archive holds only older bytes than the record was made of".to_owned();
                    return self.keep(&lines.id, damaged(&newest, why));
                }
                // Only who shows what changed needs the old lines.
                let old = if self.diff { self.previous.keep(&lines.id)? } else { None };
                let change = match &old {
                    Some(old) if old.is_same(&lines) => Change::Unchanged,
                    Some(_) => Change::Changed,
                    None => self.previous.compare(&lines),
                };
                match change {
                    Change::New => counts.new += 1,
                    Change::Changed => counts.changed += 1,
                    Change::Unchanged => counts.unchanged += 1,
                }
                if self.diff && change == Change::New {
                    self.changes.push(format!("+ {}", lines.id));
                }
                if let Some(old) = old.filter(|_| change == Change::Changed) {
                    self.changes.push(format!("~ {}", lines.id));
                    self.changes.extend(differences(&old, &lines));
                }
                self.push(&lines)
            }
            Page::Outside { id } => {
                counts.skipped += 1;
                match self.previous.keep(&id)? {
                    Some(lines) => self.push(&lines),
                    None => Ok(()),
                }
            }
            Page::Turned(failed) => {
                counts.failed += 1;
                self.failed.push(*failed);
                Ok(())
            }
            Page::Damaged(capture, why) => {
                let page = damaged(&capture, why);
                let id = document_id(Some(&capture.url), &capture.sha256);
                self.damaged.push(*capture);
                self.keep(&id, page)
            }
        }
    }

    /// Counts a page that the archive does not give back, and keeps its records if there are any.
    fn keep(&mut self, id: &str, page: FailedPage) -> anyhow::Result<()> {
        self.report.counts.failed += 1;
        self.failed.push(page);
        let Some(kept) = kept(&mut self.previous, id)? else { return Ok(()) };
        self.report.kept += 1;
        self.changes.extend((self.diff && !kept.is_same).then(|| format!("~ {id}")));
        self.push(&kept.lines)
    }

    /// Keeps the records of pages that the archive does not know any more. The others that no page gave are gone: the
    /// rules turned their pages away.
    fn take_left(&mut self, archive: &Archive) -> anyhow::Result<()> {
        for id in self.previous.left() {
            let source = self.report.source.clone();
            let lost = match kept(&mut self.previous, &id)? {
                Some(kept) if archive.newest(&source, &kept.url)?.is_none() => Some(kept),
                _ => None,
            };
            let Some(kept) = lost else {
                self.report.removed += 1;
                self.changes.push(format!("- {id}"));
                continue;
            };
            self.report.counts.seen += 1;
            self.report.counts.failed += 1;
            self.report.kept += 1;
            self.changes.extend((self.diff && !kept.is_same).then(|| format!("~ {id}")));
            self.push(&kept.lines)?;
            self.failed.push(FailedPage {
                source,
                url: kept.url,
                stage: Stage::Decode,
                reason: Reason::Damaged,
                detail: "the archive does not hold the bytes that the record was made of".to_owned(),
                at: kept.fetched_at,
            });
        }
        Ok(())
    }

    fn push(&mut self, lines: &Lines) -> anyhow::Result<()> {
        self.report.documents += 1;
        self.report.sections += lines.sections as u64;
        if self.diff {
            return Ok(());
        }
        let files = match &mut self.files {
            Some(files) => files,
            none => none.insert(RecordFiles::begin(self.output, &self.report.source)?),
        };
        Ok(files.push(lines)?)
    }
}

/// What every thread shares.
struct Worker<'a> {
    limits: &'a RecordLimits,
    source: &'a Source,
    shelf: &'a Shelf,
    span: Span,
    /// The further pages of articles, by page key.
    parts: HashMap<String, Capture>,
}

impl Worker<'_> {
    fn part(&self, url: &Url) -> Option<PartPage> {
        let capture = self.parts.get(&page_key(url))?;
        let bytes = self.shelf.read(capture).ok()?;
        Some(PartPage { bytes, url: capture.final_url.clone(), content_type: capture.content_type.clone() })
    }

    fn page(&self, versions: &Versions) -> Result<Page, ArchiveError> {
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
        let raw = RawPage::archived(&bytes, newest, self.source).with_parts(&parts).with_listed(versions.listed);
        let mut records = match page_records(raw, rules, self.limits) {
            Ok(records) => records,
            Err(reject) => {
                let mut place = format!("{} bytes at {}:{}", newest.bytes, newest.warc_file, newest.warc_offset);
                if let Some(target) = raw.leads_to().filter(|_| reject.reason == Reason::Redirect) {
                    place = format!("it leads to `{target}`; {place}");
                }
                return Ok(Page::Turned(Box::new(failed(newest, reject, place))));
            }
        };
        if versions.listed.is_none() && published(&records).is_some_and(|day| !self.span.covers(day)) {
            return Ok(outside());
        }
        records.document.prev_rev = self.previous_revision(versions, &records.document.rev)?;
        let older = versions.older.iter().map(|capture| capture.sha256.clone()).collect();
        Ok(Page::Done(Box::new(Done { lines: Lines::of(&records, &facts(&records)), newest: newest.clone(), older })))
    }

    fn rules(&self) -> Rules<'_> {
        Rules { article: &self.source.article, ..Rules::default() }
    }

    /// The newest older revision: captures whose bytes differ but not their text, as after a new page design, are none.
    fn previous_revision(&self, versions: &Versions, rev: &str) -> Result<Option<String>, ArchiveError> {
        for capture in &versions.older {
            let bytes = match self.shelf.read(capture) {
                Ok(bytes) => bytes,
                Err(ArchiveError::Damaged { .. }) => continue,
                Err(error) => return Err(error),
            };
            let parts = |url: &Url| self.part(url);
            let raw = RawPage::archived(&bytes, capture, self.source).with_parts(&parts);
            match page_revision(raw, self.rules(), self.limits) {
                Ok(older) if older != rev => return Ok(Some(older)),
                _ => {}
            }
        }
        Ok(None)
    }
}

fn published(records: &Records) -> Option<Date> {
    records.document.published.as_deref()?.parse().ok()
}

/// A page whose bytes the archive does not give back.
fn damaged(capture: &Capture, why: String) -> FailedPage {
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
    }
}
