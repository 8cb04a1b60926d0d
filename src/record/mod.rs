//! Assembling the records: ids, revisions, provenance.

mod heads;
mod id;
mod region;
mod section;
mod size;
pub mod schema;

pub use id::{document_id, member_id, revision};
pub use region::{is_region, region_of_site};
pub use size::{document_fits, outline_fits, page_fits};

use jiff::civil::Date;
use region::Evidence;
use url::Url;

use crate::model::{
    Attachment, AttachmentRecord, Capture, DOCUMENT_SCHEMA, DayOrigin, Document, DocumentRecord, Genre, Outline,
    Records, SourceId, TextOrigin, Warning, WarningCode, canonical,
};

/// Number of the rules compiled into the program; raised when one of them can change a record.
///
/// Together with the version it tells whether two records of one page may differ because of the program.
pub const RULESET: u32 = 2;

/// Where the bytes of a page came from.
#[derive(Debug, Default, Clone, Copy)]
pub struct Provenance<'a> {
    /// The portal column; `None` for a page read from a file.
    pub source: Option<&'a SourceId>,
    /// Region code that the source declares.
    pub region: Option<&'a str>,
    /// The archived answer; `None` for a page read from a file.
    pub capture: Option<&'a Capture>,
    /// SHA-256 of the bytes, 64 hex digits.
    pub sha256: &'a str,
    /// How many bytes there are.
    pub bytes: u64,
    /// Revision of the capture before this one, if the text differed.
    pub prev_rev: Option<&'a str>,
    /// The day that the list showed.
    pub listed: Option<Date>,
    /// Address after redirects; `None` for a page of unknown origin.
    pub url: Option<&'a Url>,
    /// The page on which it hangs, for a file.
    pub parent: Option<&'a str>,
    /// Its place in the archive (ZIP, RAR, 7z) that was fetched.
    pub member: Option<&'a str>,
    /// Where the text was read from.
    pub text_origin: TextOrigin,
    /// Encoding of the text; `None` for a file, whose parts have encodings of their own.
    pub charset: Option<&'a str>,
    /// Broken bytes that were replaced.
    pub replaced: usize,
    /// Media type by the content, for a file that no server has named.
    pub media_type: Option<&'a str>,
}

/// Assembles the records of one page.
pub fn records(document: &Document, outline: &Outline, from: Provenance<'_>) -> Records {
    let document = document_record(document, outline, from);
    let sections = section::sections(&document, outline);
    let tables = section::tables(&document, outline);
    Records { document, sections, tables }
}

/// What a document says about where it comes from.
fn evidence<'a>(document: &'a Document, outline: &'a Outline, source_region: Option<&'a str>) -> Evidence<'a> {
    Evidence {
        site_code: document.site_code.as_deref(),
        source_region,
        issuers: &outline.issuers,
        title: document.title.as_deref(),
        headline: outline.document_type.is_none() && outline.genre.is_none_or(|genre| genre == Genre::Other),
        publisher: document.publisher.as_deref(),
        breadcrumb: &document.breadcrumb,
        addressees: &outline.addressees,
    }
}

/// The day of publication and where it was found: a list is trusted more than an address.
fn published(document: &Document, listed: Option<Date>) -> Option<(Date, DayOrigin)> {
    let own = document.published.zip(document.published_from);
    let sure = own.filter(|(_, origin)| *origin != DayOrigin::Url);
    sure.or(listed.map(|day| (day, DayOrigin::List))).or(own)
}

#[expect(clippy::too_many_lines, reason = "one line a key of the record")]
fn document_record(document: &Document, outline: &Outline, from: Provenance<'_>) -> DocumentRecord {
    let capture = from.capture;
    let url = capture.map(|capture| &capture.url).or(from.url);
    let final_url = capture.map(|capture| &capture.final_url).or(from.url);
    let published = published(document, from.listed);
    let evidence = evidence(document, outline, from.region);
    let region = region::resolve(&evidence);
    let issuer = region::issuer(&evidence, outline.genre);
    DocumentRecord {
        schema: DOCUMENT_SCHEMA.to_owned(),
        id: from.member.map_or_else(|| document_id(url, from.sha256), |name| member_id(url, from.sha256, name)),
        rev: revision(&outline.text),
        prev_rev: from.prev_rev.map(ToOwned::to_owned),
        source: from.source.map(ToString::to_string),
        profile: document.profile.clone(),
        url: url.map(|url| canonical(url).into()),
        final_url: final_url.map(Url::to_string),
        title: document.title.clone(),
        title_lines: document.title_lines.clone(),
        genre: outline.genre,
        document_type: outline.document_type.clone(),
        document_number: document.document_number.clone(),
        index_number: document.index_number.clone(),
        issuers: outline.issuers.clone(),
        addressees: outline.addressees.clone(),
        cc: outline.cc.clone(),
        author: document.author.clone(),
        publisher: document.publisher.clone(),
        published: published.map(|(day, _)| day.to_string()),
        published_at: document.published_at.clone(),
        published_from: published.map(|(_, origin)| origin),
        dated: outline.dated.map(|day| day.to_string()),
        printed: outline.printed.map(|day| day.to_string()),
        copies: outline.copies,
        report_year: outline.report_year,
        region_code: region.as_ref().map(|region| region.code.clone()),
        region_name: region.as_ref().and_then(|region| region.name.clone()),
        region_level: region.map(|region| region.level.to_owned()),
        issuer_level: issuer.as_ref().and_then(|issuer| issuer.level).map(ToOwned::to_owned),
        issuer: issuer.map(|issuer| issuer.name),
        breadcrumb: document.breadcrumb.clone(),
        views: document.views,
        text: outline.text.clone(),
        text_origin: from.text_origin,
        page_urls: document.page_urls.iter().map(Url::to_string).collect(),
        parent_id: from.parent.map(ToOwned::to_owned),
        duplicate_of: None,
        attachments: document.attachments.iter().map(attachment).collect(),
        section_count: outline.sections.len(),
        char_count: outline.text.chars().count(),
        warnings: warnings(from.replaced, document, outline),
        first_seen: None,
        last_checked: None,
        gone_at: None,
        fetched_at: capture.map(|capture| capture.fetched_at.to_string()),
        http_status: capture.map(|capture| capture.status),
        content_type: capture
            .and_then(|capture| capture.content_type.clone())
            .or(from.media_type.map(ToOwned::to_owned)),
        charset: from.charset.map(ToOwned::to_owned),
        raw_sha256: from.sha256.to_owned(),
        raw_bytes: from.bytes,
        warc_file: capture.map(|capture| capture.warc_file.clone()),
        warc_offset: capture.map(|capture| capture.warc_offset),
        extractor: format!("gongwen/{}/{RULESET}", env!("CARGO_PKG_VERSION")),
    }
}

fn attachment(attachment: &Attachment) -> AttachmentRecord {
    AttachmentRecord {
        name: attachment.name.clone(),
        url: attachment.url.to_string(),
        media_type: None,
        sha256: None,
        bytes: None,
        document_id: None,
    }
}

/// The warnings of every stage, in the order of the stages.
fn warnings(replaced: usize, document: &Document, outline: &Outline) -> Vec<Warning> {
    let replaced =
        (replaced > 0).then(|| Warning::of_document(WarningCode::EncodingReplaced, format!("{replaced} characters")));
    replaced.into_iter().chain(document.warnings.iter().cloned()).chain(outline.warnings.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_list_comes_behind_that_of_the_page_and_before_that_of_the_address() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (own, listed) = (day("2023-03-15"), day("2023-03-20"));
        for (from, is_listed, expected) in [
            (Some(DayOrigin::Page), true, Some((own, DayOrigin::Page))),
            (Some(DayOrigin::Meta), true, Some((own, DayOrigin::Meta))),
            (Some(DayOrigin::Url), true, Some((listed, DayOrigin::List))),
            (Some(DayOrigin::Url), false, Some((own, DayOrigin::Url))),
            (None, true, Some((listed, DayOrigin::List))),
            (None, false, None),
        ] {
            let document = Document { published: from.map(|_| own), published_from: from, ..Document::default() };
            assert_eq!(published(&document, is_listed.then_some(listed)), expected, "{from:?}");
        }
    }
}
