//! Taking pages of foreign archives into the archive of a source.

use std::path::Path;

use super::about::About;
use super::intake::Intake;
use super::note::Note;
use super::{Archive, ArchiveError, ForeignArchive, ForeignPage, Found, NoPage, Select, Told, warc};
use crate::model::{CaptureKind, Exchange, Reason, SourceId, canonical, digest};

/// What was taken from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Pages that were not here.
    pub captures: u64,
    /// Pages that were here already.
    pub known: u64,
    /// Pages that were not wanted, or have no bytes in this file.
    pub skipped: u64,
    /// Places that could not be read.
    pub damage: Vec<Told>,
}

impl Archive {
    /// Takes the pages of a WARC file of any program into the archive of a source, as if they had been fetched for it.
    ///
    /// # Errors
    /// What keeps the file from being read, or its pages from being taken in: the archive is then as before.
    pub fn import(&mut self, source: &SourceId, path: &Path, select: &Select) -> Result<Imported, ArchiveError> {
        let mut imported = Imported::default();
        let mut intake: Option<Intake> = None;
        for found in ForeignArchive::open(path)? {
            let placed = match found? {
                Found::Record(placed) => placed,
                Found::Told(told) => {
                    imported.damage.push(told);
                    continue;
                }
            };
            if !placed.is_page() {
                continue;
            }
            let offset = placed.offset;
            let page = match placed.page(path)? {
                Ok(page) => page,
                Err(NoPage::Kind) => continue,
                Err(NoPage::Reject { reason: Reason::Elsewhere, .. }) => {
                    imported.skipped += 1;
                    continue;
                }
                Err(NoPage::Reject { detail, .. }) => {
                    imported.damage.push(Told { offset, why: detail });
                    continue;
                }
            };
            let is_wanted = select.takes_address(page.url.as_ref())
                && select.takes_answer(page.status, page.content_type.as_deref());
            let Some(exchange) = exchange(source, page).filter(|_| is_wanted) else {
                imported.skipped += 1;
                continue;
            };
            let note = Note::of(&exchange, digest::sha256_hex(&exchange.body));
            if self.is_here(&note, intake.as_ref())? {
                imported.known += 1;
                continue;
            }
            let about = About::new(&exchange, None, None);
            let member = warc::response(&mut self.appender.gzip, &exchange, &note.sha256, &about);
            let mut open = match intake {
                Some(open) => open,
                None => self.begin_intake(source, note.fetched_at)?,
            };
            open.push(&note, &[member.bytes])?;
            imported.captures += 1;
            intake = if open.length() < self.roll_at {
                Some(open)
            } else {
                self.end_intake(open)?;
                None
            };
        }
        if let Some(open) = intake {
            self.end_intake(open)?;
        }
        Ok(imported)
    }
}

/// The page as if it had been fetched for a source.
fn exchange(source: &SourceId, page: ForeignPage) -> Option<Exchange> {
    let url = page.url?;
    Some(Exchange {
        source: source.clone(),
        kind: CaptureKind::Article,
        url: canonical(&url),
        final_url: canonical(&url),
        redirects: Vec::new(),
        fetched_at: page.fetched_at?,
        ip: None,
        status: page.status,
        headers: page.headers,
        body: page.body,
        reject: None,
    })
}
