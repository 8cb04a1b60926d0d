//! The bytes of one page or file → its records.

use jiff::civil::Date;
use url::Url;

use super::file::{self, Given, Text};
use super::parts::{self, Parts};
use super::picture::PictureReader;
use crate::config::Source;
use crate::extract::{self, Content, Rules};
use crate::file::FileKind;
use crate::model::{
    Capture, Document, DocumentRecord, PageFormat, Reason, RecordLimits, Records, Reject, Stage, TextOrigin, Without,
    digest,
};
use crate::page::{self, View};
use crate::record::{self, Provenance};
use crate::structure::structure_without;

/// A page as bytes, and where they come from.
#[derive(Clone, Copy)]
pub struct RawPage<'a> {
    bytes: &'a [u8],
    format: PageFormat,
    /// Address after redirects, if known.
    url: Option<&'a Url>,
    content_type: Option<&'a str>,
    capture: Option<&'a Capture>,
    source: Option<&'a Source>,
    parts: Parts<'a>,
    files: Files<'a>,
    /// Who reads pages of files that are pictures.
    ocr: Option<&'a PictureReader>,
    /// The day that its list showed.
    listed: Option<Date>,
}

/// Gives the bytes of the files that hang on a page by their addresses, as far as they are at hand.
pub type Files<'a> = &'a dyn Fn(&Url) -> Option<Vec<u8>>;

/// Where a file hangs.
#[derive(Clone, Copy)]
pub struct Hanging<'a> {
    /// Its name, as the page shows it.
    pub name: &'a str,
    /// The page.
    pub page: &'a DocumentRecord,
}

/// The records of a page.
pub struct Made {
    /// Of the page itself.
    pub records: Records,
    /// The file whose text is that of the page, which has none of its own.
    pub text_of: Option<Url>,
}

impl<'a> RawPage<'a> {
    /// A page that lies in a file.
    pub fn saved(bytes: &'a [u8], format: PageFormat, url: Option<&'a Url>) -> Self {
        let (content_type, capture, source, ocr, listed) = (None, None, None, None, None);
        Self { bytes, format, url, content_type, capture, source, parts: &|_| None, files: &|_| None, ocr, listed }
    }

    /// A page that lies in the archive.
    pub fn archived(bytes: &'a [u8], capture: &'a Capture, source: &'a Source) -> Self {
        let page = Self::foreign(bytes, capture.content_type.as_deref(), Some(&capture.final_url));
        Self { capture: Some(capture), source: Some(source), ..page }
    }

    /// A page that another program archived.
    pub fn foreign(bytes: &'a [u8], content_type: Option<&'a str>, url: Option<&'a Url>) -> Self {
        let plain = content_type.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("text/plain"));
        let format = if plain { PageFormat::Plain } else { PageFormat::Html };
        Self { content_type, ..Self::saved(bytes, format, url) }
    }

    /// The page with what is known of the answer that brought it.
    #[must_use]
    pub fn with_capture(self, capture: Option<&'a Capture>) -> Self {
        Self { capture, ..self }
    }

    /// The page with the day that its list showed.
    #[must_use]
    pub fn with_listed(self, listed: Option<Date>) -> Self {
        Self { listed, ..self }
    }

    /// The page with those on which its article goes on.
    #[must_use]
    pub fn with_parts(self, parts: Parts<'a>) -> Self {
        Self { parts, ..self }
    }

    /// The page with the files that hang on it, for one that has no text but theirs.
    #[must_use]
    pub fn with_files(self, files: Files<'a>) -> Self {
        Self { files, ..self }
    }

    /// The page or file with who reads pages that are pictures.
    #[must_use]
    pub fn with_ocr(self, ocr: Option<&'a PictureReader>) -> Self {
        Self { ocr, ..self }
    }

    /// Its bytes, as those of a file of this name.
    fn given(self, name: &'a str) -> Given<'a> {
        Given { bytes: self.bytes, name, content_type: self.content_type, url: self.url, ocr: self.ocr }
    }

    /// Where it leads if it only sends its reader on.
    pub fn leads_to(self) -> Option<Url> {
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
    text_of: Option<Url>,
}

impl From<Text> for Read {
    fn from(Text { document, origin, charset, media_type }: Text) -> Self {
        let media_type = Some(media_type);
        Self { document, origin, charset, replaced: 0, media_type, text_of: None }
    }
}

/// Decodes the page, finds its article, structures it and assembles the records. Pure.
pub fn page_records(raw: RawPage<'_>, rules: Rules<'_>, limits: &RecordLimits) -> Result<Made, Reject> {
    let mut read = read(raw, rules, limits)?;
    let text_of = read.text_of.take();
    Ok(Made { records: assembled(raw, &read, (None, None), rules.without, limits)?, text_of })
}

/// The records of a file that hangs on a page, or of each file of an archive, with its place there.
pub fn file_records(
    raw: RawPage<'_>,
    hanging: Hanging<'_>,
    limits: &RecordLimits,
) -> Vec<(Option<String>, Result<Records, Reject>)> {
    let texts = file::texts(raw.given(hanging.name));
    let records = |(member, text): (Option<String>, Result<Text, Reject>)| {
        let made = text.and_then(|mut text| {
            file::adopt(&mut text.document, member.as_deref().unwrap_or(hanging.name), hanging.page);
            assembled(raw, &text.into(), (Some(hanging.page), member.as_deref()), Without::NOTHING, limits)
        });
        (member, made)
    };
    texts.into_iter().map(records).collect()
}

/// Structures a document and assembles its records.
fn assembled(
    raw: RawPage<'_>,
    read: &Read,
    (parent, member): (Option<&DocumentRecord>, Option<&str>),
    without: &Without,
    limits: &RecordLimits,
) -> Result<Records, Reject> {
    record::document_fits(&read.document, limits)?;
    let outline = structure_without(&read.document, without);
    let asked = raw.capture.map(|capture| &capture.url);
    for url in [raw.url, asked] {
        record::outline_fits(&read.document, &outline, url, limits)?;
    }
    let declared = raw.source.and_then(|source| source.region.as_deref());
    let from = Provenance {
        source: raw.source.map(|source| &source.id),
        // Where a page is at home, so are its files.
        region: declared.or_else(|| parent?.region_code.as_deref()),
        capture: raw.capture,
        sha256: &digest::sha256_hex(raw.bytes),
        bytes: raw.bytes.len() as u64,
        prev_rev: None,
        listed: raw.listed,
        url: raw.url,
        parent: parent.map(|page| page.id.as_str()),
        member,
        text_origin: read.origin,
        charset: read.charset,
        replaced: read.replaced,
        media_type: read.media_type,
    };
    Ok(record::records(&read.document, &outline, from))
}

/// The revision of a page's text, without the work of structuring it.
pub fn page_revision(raw: RawPage<'_>, rules: Rules<'_>, limits: &RecordLimits) -> Result<String, Reject> {
    Ok(record::revision(&read(raw, rules, limits)?.document.text()))
}

/// What bytes are decides how they are read; what they are called does not.
fn read(raw: RawPage<'_>, rules: Rules<'_>, limits: &RecordLimits) -> Result<Read, Reject> {
    if FileKind::of(raw.bytes).is_some() {
        return file::first_text(raw.given("")).map(Read::from);
    }
    let page = page::decode(raw.bytes, raw.content_type, raw.format, raw.url)?;
    record::page_fits(&page, limits)?;
    let view = View::new(page);
    let mut document = match extract::content(&view, rules)? {
        Content::Article(document) => document,
        Content::Files(page) => return of_files(page, raw),
    };
    parts::join(&mut document, &view, rules, raw.parts);
    let (charset, replaced) = (Some(view.page.charset), view.page.replaced);
    Ok(Read { document, origin: TextOrigin::Page, charset, replaced, media_type: None, text_of: None })
}

/// A page that has no text but that of its files: the first one that can be read is its body.
fn of_files(page: Document, raw: RawPage<'_>) -> Result<Read, Reject> {
    let mut why = None;
    for file in &page.attachments {
        let Some(bytes) = (raw.files)(&file.url) else { continue };
        let given = Given { bytes: &bytes, name: &file.name, content_type: None, url: Some(&file.url), ocr: raw.ocr };
        match file::first_text(given) {
            Ok(text) => {
                let text_of = Some(file.url.clone());
                let document = file::body_of(page, text.document);
                return Ok(Read { text_of, media_type: None, ..Text { document, ..text }.into() });
            }
            Err(reject) => _ = why.get_or_insert(reject),
        }
    }
    Err(why.unwrap_or(Reject { stage: Stage::Extract, reason: Reason::AttachmentOnly }))
}
