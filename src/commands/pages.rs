//! The bytes of one page or file → its records: the way that `build`, `extract` and `demo` share.

use jiff::civil::Date;
use url::Url;

use super::parts::{self, Parts};
use crate::config::Source;
use crate::extract::{self, Rules};
use crate::file::{self, FileKind, FileText, Limits};
use crate::model::{
    Capture, Document, PageFormat, RecordLimits, Records, Reject, Stage, TextOrigin, Warning, WarningCode, digest,
};
use crate::page::{self, View};
use crate::record::{self, Provenance};
use crate::structure::structure;

/// A page as bytes, and where they come from.
#[derive(Clone, Copy)]
pub(super) struct RawPage<'a> {
    bytes: &'a [u8],
    format: PageFormat,
    /// Address after redirects, if known.
    url: Option<&'a Url>,
    content_type: Option<&'a str>,
    archived: Option<(&'a Capture, &'a Source)>,
    parts: Parts<'a>,
    /// The day that its list showed.
    listed: Option<Date>,
}

impl<'a> RawPage<'a> {
    /// A page that lies in a file.
    pub(super) fn saved(bytes: &'a [u8], format: PageFormat, url: Option<&'a Url>) -> Self {
        Self { bytes, format, url, content_type: None, archived: None, parts: &|_| None, listed: None }
    }

    /// A page that lies in the archive.
    pub(super) fn archived(bytes: &'a [u8], capture: &'a Capture, source: &'a Source) -> Self {
        let content_type = capture.content_type.as_deref();
        let plain = content_type.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("text/plain"));
        Self {
            bytes,
            format: if plain { PageFormat::Plain } else { PageFormat::Html },
            url: Some(&capture.final_url),
            content_type,
            archived: Some((capture, source)),
            parts: &|_| None,
            listed: None,
        }
    }

    /// The page with the day that its list showed.
    pub(super) fn with_listed(self, listed: Option<Date>) -> Self {
        Self { listed, ..self }
    }

    /// The page with those on which its article goes on.
    pub(super) fn with_parts(self, parts: Parts<'a>) -> Self {
        Self { parts, ..self }
    }

    /// Where it leads if it only sends its reader on.
    pub(super) fn leads_to(self) -> Option<Url> {
        let page = page::decode(self.bytes, self.content_type, self.format, self.url).ok()?;
        page::sent_on(&View::new(page))
    }
}

/// What the bytes were read as.
struct Read {
    document: Document,
    origin: TextOrigin,
    charset: Option<&'static str>,
    replaced: usize,
    media_type: Option<&'static str>,
}

/// Decodes the page, finds its article, structures it and assembles the records. Pure.
pub(super) fn page_records(raw: RawPage<'_>, rules: Rules<'_>, limits: &RecordLimits) -> Result<Records, Reject> {
    let read = read(raw, rules, limits)?;
    record::document_fits(&read.document, limits)?;
    let outline = structure(&read.document);
    let asked = raw.archived.map(|(capture, _)| &capture.url);
    for url in [raw.url, asked] {
        record::outline_fits(&read.document, &outline, url, limits)?;
    }
    let from = Provenance {
        source: raw.archived.map(|(capture, _)| &capture.source),
        region: raw.archived.and_then(|(_, source)| source.region.as_deref()),
        capture: raw.archived.map(|(capture, _)| capture),
        sha256: &digest::sha256_hex(raw.bytes),
        bytes: raw.bytes.len() as u64,
        prev_rev: None,
        listed: raw.listed,
        url: raw.url,
        text_origin: read.origin,
        charset: read.charset,
        replaced: read.replaced,
        media_type: read.media_type,
    };
    Ok(record::records(&read.document, &outline, from))
}

/// The revision of a page's text, without the work of structuring it.
pub(super) fn page_revision(raw: RawPage<'_>, rules: Rules<'_>, limits: &RecordLimits) -> Result<String, Reject> {
    Ok(record::revision(&read(raw, rules, limits)?.document.text()))
}

/// What bytes are decides how they are read; what they are called does not.
fn read(raw: RawPage<'_>, rules: Rules<'_>, limits: &RecordLimits) -> Result<Read, Reject> {
    if let Some(kind) = FileKind::of(raw.bytes) {
        let text = file_text(raw.bytes)?;
        let warnings = warnings(&text);
        let mut document = extract::of_file(text.blocks, raw.url)?;
        document.warnings.extend(warnings);
        let media_type = Some(kind.media_type());
        return Ok(Read { document, origin: TextOrigin::Attachment, charset: None, replaced: 0, media_type });
    }
    let page = page::decode(raw.bytes, raw.content_type, raw.format, raw.url)?;
    record::page_fits(&page, limits)?;
    let view = View::new(page);
    let mut document = extract::extract_by(&view, rules)?;
    parts::join(&mut document, &view, rules, raw.parts);
    let (charset, replaced) = (Some(view.page.charset), view.page.replaced);
    Ok(Read { document, origin: TextOrigin::Page, charset, replaced, media_type: None })
}

/// The text of a file, or why there is none.
pub(super) fn file_text(bytes: &[u8]) -> Result<FileText, Reject> {
    file::read(bytes, &Limits::default()).map_err(|error| {
        tracing::debug!(%error, "a file is not read");
        Reject { stage: Stage::Decode, reason: error.reason() }
    })
}

/// What a reader of the record must know of how the file was read.
fn warnings(text: &FileText) -> Vec<Warning> {
    let rules = text
        .notes
        .iter()
        .map(|note| Warning::of_document(WarningCode::FileRule, format!("{} {}", note.rule.as_str(), note.count)));
    let pages: Vec<String> = text.needs_ocr.iter().map(ToString::to_string).collect();
    let scanned =
        (!pages.is_empty()).then(|| Warning::of_document(WarningCode::NeedsOcr, format!("pages {}", pages.join(", "))));
    rules.chain(scanned).collect()
}
