//! `gongwen report`: records, runs and archive → a static site in `output/report`.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;

use super::ordered::ordered;
use super::terminal::{say, written};
use super::{Context, Exit};
use crate::archive::{Archive, Lock, Queued, Shelf};
use crate::model::{CaptureKind, SourceId};
use crate::write::report::{
    Document, DocumentPage, Entry, Facts, History, Index, ReportError, Revision, Row, SiteFolder, SourceRecords, Tally,
    document_page, site_pages, sources,
};

/// So many documents are in memory at once.
const AT_ONCE: usize = 128;

/// What is said at the end.
#[derive(Debug, Serialize)]
struct Summary {
    index: String,
    documents: usize,
    #[serde(flatten)]
    tally: Tally,
    /// Lines of the output folder that could not be read.
    damaged: u64,
}

/// The verb.
pub(super) fn run(context: &Context) -> anyhow::Result<Exit> {
    let output = &context.global.output;
    // A build that replaces the files in the middle would give pages of two states.
    let _lock = Lock::share(output)?;
    let sources = sources(output)?;
    let mut history = History::read(output, &sources)?;
    let titles = titles(output, &history);
    history.name_failed(&titles);
    let site = SiteFolder::open(output)?;
    let index = site.index().display().to_string();
    let mut report = Report {
        facts: Facts::default(),
        index: Index::default(),
        damaged: history.damaged,
        history,
        site,
        shelf: Shelf::new(output),
    };
    for source in &sources {
        let mut records = SourceRecords::open(output, source)?;
        let mut entries = Vec::with_capacity(AT_ONCE);
        while let Some(entry) = records.next_entry()? {
            entries.push(entry);
            if entries.len() == AT_ONCE {
                report.take(&mut entries)?;
            }
        }
        report.take(&mut entries)?;
        report.damaged += records.damaged();
    }
    let documents = report.facts.documents();
    let damaged = report.damaged;
    let tally = report.finish()?;
    print(context, &Summary { index, documents, tally, damaged })
}

/// What the lists call the pages that failed, by address; nothing where the state cannot be read: records may be shown
/// without the archive that they were made from.
fn titles(output: &Path, history: &History) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    let Ok(archive) = Archive::open_read_only(output) else { return titles };
    for (source, urls) in history.failed() {
        let Ok(source) = source.parse() else { continue };
        let take = |queued: Queued| {
            if urls.contains(queued.target.url.as_str()) {
                titles.insert(queued.target.url.into(), queued.target.title);
            }
        };
        if let Err(error) = archive.each_known(&source, CaptureKind::Article, take) {
            tracing::warn!("`{source}`: pages that failed stand without their titles: {error}");
        }
    }
    titles
}

fn print(context: &Context, summary: &Summary) -> anyhow::Result<Exit> {
    let Summary { index, documents, tally, damaged } = summary;
    say(context, &format!("{documents} documents; {} of {} files are new or differ\n", tally.written, tally.files));
    let line = if context.global.json { serde_json::to_string(summary)? } else { index.clone() };
    if context.global.json || !context.global.quiet {
        written(writeln!(io::stdout().lock(), "{line}"))?;
    }
    if *damaged == 0 {
        return Ok(Exit::Done);
    }
    tracing::warn!("{damaged} lines of the output folder are no records and were passed over: run `gongwen build`");
    Ok(Exit::Partial)
}

/// The report as it is being made.
struct Report {
    facts: Facts,
    index: Index,
    history: History,
    site: SiteFolder,
    shelf: Shelf,
    damaged: u64,
}

/// A page that must be made.
struct Job {
    entry: Entry,
    path: String,
    revisions: Vec<Revision>,
    is_archived: bool,
}

impl Job {
    fn page<'a>(&'a self, history: &'a History) -> DocumentPage<'a> {
        DocumentPage {
            entry: &self.entry,
            changes: history.changes(&self.entry.document.id),
            revisions: &self.revisions,
            is_archived: self.is_archived,
        }
    }
}

impl Report {
    /// Takes documents into account and makes their pages, on all cores; pages that are there already are left.
    fn take(&mut self, entries: &mut Vec<Entry>) -> Result<(), ReportError> {
        let mut jobs = Vec::with_capacity(entries.len());
        for entry in entries.drain(..) {
            let path = DocumentPage::path(&entry.document);
            let changes = self.history.changes(&entry.document.id);
            let row = Row::of(&entry, path.clone(), changes);
            for (file, text) in self.index.take(&row, &entry) {
                self.site.put(&file, text.as_bytes())?;
            }
            self.facts.take(&entry, row);
            let revisions = self.history.revisions(&entry.document.id)?;
            let is_archived =
                place(&entry.document).is_some_and(|(source, file, _)| self.shelf.path(&source, file).is_file());
            let job = Job { entry, path, revisions, is_archived };
            if self.site.has(&job.path, &job.page(&self.history).key()) {
                self.site.keep(&job.path);
            } else {
                jobs.push(job);
            }
        }
        let Self { shelf, history, site, .. } = self;
        let make = |job: &Job| {
            let bytes = bytes(shelf, &job.entry.document);
            (job.path.clone(), document_page(&job.page(history), bytes.as_deref()))
        };
        ordered(&jobs, make, |(_, page)| page.len(), |(path, page)| site.put(&path, page.as_bytes()))
    }

    /// Makes what is about all documents; the page that a reader opens first comes last.
    fn finish(mut self) -> Result<Tally, ReportError> {
        let rest = self.index.finish();
        let pages = site_pages(&self.facts, &self.history, &self.index);
        for (page, text) in rest.into_iter().chain(pages) {
            self.site.put(&page, text.as_bytes())?;
        }
        self.site.finish()
    }
}

/// Where the fetched bytes of a document lie.
fn place(document: &Document) -> Option<(SourceId, &str, u64)> {
    let source = document.source.as_deref()?.parse().ok()?;
    Some((source, document.warc_file.as_deref()?, document.warc_offset?))
}

/// The fetched bytes; `None` if the archive does not give them back, which `gongwen archive check` explains.
fn bytes(shelf: &Shelf, document: &Document) -> Option<Vec<u8>> {
    let (source, file, offset) = place(document)?;
    // The record does not say how long the member is; its end is written in it.
    shelf.read_at(&source, file, offset, u64::MAX, &document.raw_sha256).ok()
}
