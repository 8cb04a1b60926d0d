//! The files that hang on the pages of a source: what a page's record says of them, and what they are themselves.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use url::Url;

use super::news::{News, chain, date};
use crate::archive::{Archive, ArchiveError, Shelf, Versions};
use crate::config::Source;
use crate::facts::facts;
use crate::file::FileKind;
use crate::model::{
    Attachment, Capture, DocumentRecord, FailedPage, RecordLimits, Records, Reject, SourceId, page_key,
};
use crate::reading::{Hanging, PictureReader, RawPage, file_records};
use crate::record::document_id;
use crate::write::records::Lines;

/// What became of one file.
pub(super) enum FilePart {
    /// A document of its own.
    Document(Lines, Box<News>),
    /// It gave none; the id is the one that it would have.
    Turned(String, Box<FailedPage>),
    /// The archive does not hold its bytes.
    Damaged(Box<Capture>, String),
}

impl FilePart {
    /// How many bytes it holds while it waits for its turn.
    pub(super) fn bytes(&self) -> usize {
        if let Self::Document(lines, _) = self { lines.bytes() } else { 0 }
    }

    /// What it is told from others by.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Document(lines, _) => lines.id.clone(),
            Self::Turned(id, _) => id.clone(),
            Self::Damaged(capture, _) => capture.url.to_string(),
        }
    }
}

/// The files that the archive holds of a source.
pub(super) struct Files {
    by_key: HashMap<String, Versions>,
    /// The first address, in their order, under which the archive has the same bytes.
    first: HashMap<String, String>,
    /// What is known of the bytes that were read, by their digest.
    read: Mutex<HashMap<String, Known>>,
}

/// What is known of bytes that were read.
#[derive(Clone)]
struct Known {
    /// The first of the pages, in their order, for which they were read.
    page: String,
    media_type: &'static str,
    document_id: Option<String>,
}

/// What a page is looked at with.
pub(super) struct Setting<'a> {
    pub(super) source: &'a Source,
    pub(super) shelf: &'a Shelf,
    pub(super) limits: &'a RecordLimits,
    /// Files whose bytes were wanted and are lost.
    pub(super) damaged: &'a RefCell<Vec<FilePart>>,
    pub(super) ocr: Option<&'a PictureReader>,
}

impl Files {
    /// What the archive holds.
    pub(super) fn of(archive: &Archive, source: &SourceId) -> Result<Self, ArchiveError> {
        let (mut by_key, mut first) = (HashMap::new(), HashMap::new());
        archive.files(source, |versions| {
            let key = page_key(&versions.newest.url);
            first.entry(versions.newest.sha256.clone()).or_insert_with(|| key.clone());
            by_key.insert(key, versions);
            Ok::<_, ArchiveError>(())
        })?;
        Ok(Self { by_key, first, read: Mutex::default() })
    }

    /// A file by its address: the same bytes at several addresses are one file, that of the first.
    fn find(&self, url: &Url) -> Option<&Versions> {
        let same = &self.by_key.get(&page_key(url))?.newest.sha256;
        self.by_key.get(self.first.get(same)?)
    }

    /// When the bytes of a file came, if it had others before.
    pub(super) fn changed_at(&self, url: &Url) -> Option<Timestamp> {
        let versions = self.by_key.get(&page_key(url)).filter(|versions| !versions.older.is_empty())?;
        Some(versions.newest.fetched_at)
    }

    /// The bytes of a file, as far as the archive gives them.
    pub(super) fn bytes(&self, url: &Url, setting: &Setting<'_>) -> Option<Vec<u8>> {
        let capture = &self.find(url)?.newest;
        let bytes = setting.shelf.read(capture);
        let lost = |error: ArchiveError| {
            setting.damaged.borrow_mut().push(FilePart::Damaged(Box::new(capture.clone()), error.to_string()));
        };
        bytes.map_err(lost).ok()
    }

    /// Fills in what the record of a page says of its files, and gives what these are; `text_of` is the one whose text is
    /// that of the page. Files that the archive has not got are added to `unfetched`.
    pub(super) fn of_page(
        &self,
        page: &mut DocumentRecord,
        text_of: Option<&Url>,
        setting: &Setting<'_>,
        unfetched: &mut Vec<Attachment>,
    ) -> Vec<FilePart> {
        let (mut parts, mut files) = (Vec::new(), std::mem::take(&mut page.attachments));
        for file in &mut files {
            let Ok(url) = Url::parse(&file.url) else { continue };
            let Some(versions) = self.find(&url) else {
                unfetched.push(Attachment { name: file.name.clone(), url });
                continue;
            };
            file.sha256 = Some(versions.newest.sha256.clone());
            file.bytes = Some(versions.newest.bytes);
            let known = self.known(versions, page, &file.name, setting, &mut parts);
            file.media_type = known.as_ref().map(|known| known.media_type.to_owned());
            file.document_id = known.and_then(|known| known.document_id);
            if text_of == Some(&url) {
                // The page is its document; what else an archive holds is as it is.
                let own = document_id(Some(&versions.newest.url), "");
                parts.retain(|part| !matches!(part, FilePart::Document(lines, _) if lines.id == own));
                file.document_id = Some(page.id.clone());
            }
        }
        page.attachments = files;
        parts
    }

    /// Reads a file, unless it was read for a page that comes before.
    fn known(
        &self,
        versions: &Versions,
        page: &DocumentRecord,
        name: &str,
        setting: &Setting<'_>,
        parts: &mut Vec<FilePart>,
    ) -> Option<Known> {
        let capture = &versions.newest;
        let here =
            page.url.as_deref().and_then(|url| Url::parse(url).ok()).map(|url| page_key(&url)).unwrap_or_default();
        let lock = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let before = lock().get(&capture.sha256).filter(|known| known.page <= here).cloned();
        if before.is_some() {
            return before;
        }
        let bytes = match setting.shelf.read(capture) {
            Ok(bytes) => bytes,
            Err(error) => {
                parts.push(FilePart::Damaged(Box::new(capture.clone()), error.to_string()));
                return None;
            }
        };
        let raw = RawPage::archived(&bytes, capture, setting.source).with_ocr(setting.ocr);
        let mut known = Known { page: here, media_type: FileKind::media_type_of(&bytes), document_id: None };
        for (member, made) in file_records(raw, Hanging { name, page }, setting.limits) {
            match made {
                Ok(mut records) => {
                    let (older, since) = superseded(versions, page, &records, member.as_deref(), setting);
                    records.document.prev_rev = older.first().map(|older| older.rev.clone());
                    date(&mut records.document, versions);
                    known.document_id.get_or_insert_with(|| records.document.id.clone());
                    let news = Box::new(News::of(&records.document, versions, since));
                    let lines = Lines::of(&records, &facts(&records)).with_revisions(&older);
                    parts.push(FilePart::Document(lines, news));
                }
                Err(reject) => {
                    let id = format!("{}#{}", capture.url, member.as_deref().unwrap_or_default());
                    parts.push(FilePart::Turned(id, Box::new(turned(capture, member, reject, page))));
                }
            }
        }
        lock()
            .entry(capture.sha256.clone())
            .and_modify(|other| {
                if known.page < other.page {
                    other.clone_from(&known);
                }
            })
            .or_insert_with(|| known.clone());
        Some(known)
    }
}

/// The texts that the newest one of a file has superseded, newest first, and since when the portal gives that one.
fn superseded(
    versions: &Versions,
    page: &DocumentRecord,
    records: &Records,
    member: Option<&str>,
    setting: &Setting<'_>,
) -> (Vec<DocumentRecord>, Timestamp) {
    let (mut since, mut rev) = (versions.newest.fetched_at, records.document.rev.clone());
    let mut older: Vec<DocumentRecord> = Vec::new();
    for capture in &versions.older {
        let Ok(bytes) = setting.shelf.read(capture) else { continue };
        let raw = RawPage::archived(&bytes, capture, setting.source).with_ocr(setting.ocr);
        let name = records.document.title.as_deref().unwrap_or_default();
        let made = file_records(raw, Hanging { name, page }, setting.limits);
        let same = made.into_iter().find(|(name, _)| name.as_deref() == member);
        let Some((_, Ok(made))) = same else { continue };
        if made.document.rev != rev {
            rev.clone_from(&made.document.rev);
            older.push(made.document);
        } else if older.is_empty() {
            since = capture.fetched_at;
        }
    }
    chain(&mut older, versions);
    (older, since)
}

fn turned(capture: &Capture, member: Option<String>, reject: Reject, page: &DocumentRecord) -> FailedPage {
    let of_page = page.url.as_deref().unwrap_or_default();
    let place = format!("{} bytes at {}:{}", capture.bytes, capture.warc_file, capture.warc_offset);
    let detail = match member {
        Some(name) => format!("`{name}` in a file of `{of_page}`; {place}"),
        None => format!("a file of `{of_page}`; {place}"),
    };
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
