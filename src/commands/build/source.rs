//! The archive of one source → its record files.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::difference::differences;
use super::duplicates::repeating;
use super::files::{FilePart, Files};
use super::kept::kept;
use super::news::News;
use super::worker::{Done, Page, Worker, damaged};
use crate::archive::{Archive, ArchiveError, Versions};
use crate::commands::ocr::reader;
use crate::commands::ordered::ordered;
use crate::commands::scope::Span;
use crate::config::{Config, Source};
use crate::model::{Attachment, Capture, Counts, DocumentChange, FailedPage, Reason, SourceBuild, Stage};
use crate::record::document_id;
use crate::write::changes::Feed;
use crate::write::records::{Change, Lines, Previous, RecordFiles};

/// How many pages are looked up in the state before they are worked on; only their addresses are in memory.
const AT_ONCE: usize = 1024;

/// What becomes of a source's records.
pub(super) struct Built {
    pub(super) report: SourceBuild,
    pub(super) failed: Vec<FailedPage>,
    /// Files that gave no document.
    pub(super) failed_files: Vec<FailedPage>,
    /// Captures that the archive cannot give back.
    pub(super) damaged: Vec<Capture>,
    /// Files that documents name and the archive has not got.
    pub(super) unfetched: Vec<Attachment>,
    /// `+ id`, `~ id` with what differs below it, `- id`, if asked for.
    pub(super) changes: Vec<String>,
    /// What the feed tells of this build.
    pub(super) told: Vec<DocumentChange>,
}

/// Builds the records of one source and tells what came, changed and went as of a run; without a feed nothing is written.
pub(super) fn build(
    config: &Config,
    source: &Source,
    archive: &Archive,
    output: &Path,
    span: Span,
    feed: Option<(&mut Feed, &str)>,
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
        diff: feed.is_none(),
        previous,
        files: None,
        failed: Vec::new(),
        failed_files: Vec::new(),
        damaged: Vec::new(),
        unfetched: Vec::new(),
        changes: Vec::new(),
        told: Vec::new(),
        feed,
        taken: HashSet::new(),
        report,
    };

    let parts = archive.parts(&source.id)?;
    let files = Files::of(archive, &source.id)?;
    let ocr = reader(&config.ocr, Some(&output.join("ocr")), build.diff);
    let worker = Worker { source, limits: &config.limits, shelf: archive.shelf(), span, parts, files, ocr };
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
    let Build { files, failed, failed_files, damaged, unfetched, changes, told, feed, report, .. } = build;
    if let Some(files) = files {
        files.commit()?;
    }
    // Behind the records: what a killed run has not told, the next one tells.
    if let Some((feed, _)) = feed {
        feed.append(&told)?;
    }
    // Who leaves files out is not owed any.
    let unfetched = if source.attachments { unfetched } else { Vec::new() };
    Ok(Built { report, failed, failed_files, damaged, unfetched, changes, told })
}

fn empty(source: &Source) -> SourceBuild {
    SourceBuild {
        source: source.id.clone(),
        counts: Counts::default(),
        files: Counts::default(),
        rejected_files: BTreeMap::new(),
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
    failed_files: Vec<FailedPage>,
    damaged: Vec<Capture>,
    unfetched: Vec<Attachment>,
    changes: Vec<String>,
    /// What was told before, and the run that tells now.
    feed: Option<(&'a mut Feed, &'a str)>,
    told: Vec<DocumentChange>,
    /// Files that were taken: one that hangs on several pages is taken with the first of them.
    taken: HashSet<String>,
    report: SourceBuild,
}

impl Build<'_> {
    fn take_all(&mut self, worker: &Worker<'_>, pages: &mut Vec<Versions>) -> anyhow::Result<()> {
        let bytes = |page: &Result<Page, ArchiveError>| page.as_ref().map_or(0, Page::bytes);
        ordered(pages.drain(..), |page| worker.page(&page), bytes, |page| self.take(page?))
    }

    fn take(&mut self, page: Page) -> anyhow::Result<()> {
        self.report.counts.seen += 1;
        match page {
            Page::Done(done) => {
                let Done { lines, newest, older, files, unfetched, news } = *done;
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
                self.unfetched.extend(unfetched);
                self.put(&lines, |report| &mut report.counts)?;
                self.hear(&news);
                files.into_iter().try_for_each(|file| self.take_file(file))
            }
            Page::Outside { id } => {
                self.report.counts.skipped += 1;
                self.keep_as_is(&id)?;
                self.keep_files(&id)
            }
            Page::Turned(failed, files) => {
                self.report.counts.failed += 1;
                self.failed.push(*failed);
                files.into_iter().try_for_each(|file| self.take_file(file))
            }
            Page::Damaged(capture, why) => {
                let page = damaged(&capture, why);
                let id = document_id(Some(&capture.url), &capture.sha256);
                self.damaged.push(*capture);
                self.keep(&id, page)
            }
        }
    }

    /// Takes a file that hangs on a page, unless an earlier page had it.
    fn take_file(&mut self, file: FilePart) -> anyhow::Result<()> {
        if !self.taken.insert(file.id()) {
            return Ok(());
        }
        self.report.files.seen += 1;
        match file {
            FilePart::Document(lines, news) => {
                self.put(&lines, |report| &mut report.files)?;
                self.hear(&news);
                Ok(())
            }
            FilePart::Turned(_, failed) => {
                self.turn_file(*failed);
                Ok(())
            }
            FilePart::Damaged(capture, why) => {
                let id = document_id(Some(&capture.url), &capture.sha256);
                self.turn_file(damaged(&capture, why));
                self.damaged.push(*capture);
                self.keep_flagged(&id).map(drop)
            }
        }
    }

    fn hear(&mut self, news: &News) {
        // Who only shows what changed tells nobody.
        if let Some((feed, run)) = &self.feed {
            self.told.extend(news.untold(feed, &self.report.source, run));
        }
    }

    fn turn_file(&mut self, failed: FailedPage) {
        self.report.files.failed += 1;
        *self.report.rejected_files.entry(failed.reason).or_default() += 1;
        self.failed_files.push(failed);
    }

    /// Counts the records of a page or file by what has changed, and writes them.
    fn put(&mut self, lines: &Lines, of: fn(&mut SourceBuild) -> &mut Counts) -> anyhow::Result<()> {
        // Whether it repeats another is found when all sources are built: until then what was found holds.
        let repeats = self.previous.duplicate_of(&lines.id).and_then(|original| repeating(lines, original));
        let lines = repeats.as_ref().unwrap_or(lines);
        // Only who shows what changed needs the old lines.
        let old = if self.diff { self.previous.keep(&lines.id)? } else { None };
        let change = match &old {
            Some(old) if old.is_same(lines) => Change::Unchanged,
            Some(_) => Change::Changed,
            None => self.previous.compare(lines),
        };
        let counts = of(&mut self.report);
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
            self.changes.extend(differences(&old, lines));
        }
        self.push(lines)
    }

    fn keep_as_is(&mut self, id: &str) -> anyhow::Result<()> {
        match self.previous.keep(id)? {
            Some(lines) => self.push(&lines),
            None => Ok(()),
        }
    }

    /// Keeps the files that hang on a page whose records stay as they are.
    fn keep_files(&mut self, page: &str) -> anyhow::Result<()> {
        for id in self.previous.files_of(page) {
            if self.taken.insert(id.clone()) {
                self.report.files.seen += 1;
                self.report.files.skipped += 1;
                self.keep_as_is(&id)?;
            }
        }
        Ok(())
    }

    /// Counts a page that the archive does not give back, and keeps its records if there are any.
    fn keep(&mut self, id: &str, page: FailedPage) -> anyhow::Result<()> {
        self.report.counts.failed += 1;
        self.failed.push(page);
        if self.keep_flagged(id)? { self.keep_files(id) } else { Ok(()) }
    }

    /// Keeps the records of a document, if there are any, with a warning.
    fn keep_flagged(&mut self, id: &str) -> anyhow::Result<bool> {
        let Some(kept) = kept(&mut self.previous, id)? else { return Ok(false) };
        self.report.kept += 1;
        self.changes.extend((self.diff && !kept.is_same).then(|| format!("~ {id}")));
        self.push(&kept.lines)?;
        Ok(true)
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
                title: None,
                listed: None,
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
