//! The bytes of one page → its records: the way that `build`, `extract` and `demo` share.

use url::Url;

use crate::config::Source;
use crate::extract::{self, Rules};
use crate::model::{Capture, PageFormat, Records, Reject, digest};
use crate::page;
use crate::record::{self, Provenance};
use crate::structure::structure;

/// A page as bytes, and where they come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawPage<'a> {
    bytes: &'a [u8],
    format: PageFormat,
    /// Address after redirects, if known.
    url: Option<&'a Url>,
    content_type: Option<&'a str>,
    archived: Option<(&'a Capture, &'a Source)>,
}

impl<'a> RawPage<'a> {
    /// A page that lies in a file.
    pub(super) fn saved(bytes: &'a [u8], format: PageFormat, url: Option<&'a Url>) -> Self {
        Self { bytes, format, url, content_type: None, archived: None }
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
        }
    }
}

/// Decodes the page, finds its article, structures it and assembles the records. Pure.
pub(super) fn page_records(raw: RawPage<'_>, rules: Rules<'_>, prev_rev: Option<&str>) -> Result<Records, Reject> {
    let page = page::decode(raw.bytes, raw.content_type, raw.format, raw.url)?;
    let document = extract::extract(&page, rules)?;
    let outline = structure(&document);
    let from = Provenance {
        source: raw.archived.map(|(capture, _)| &capture.source),
        region: raw.archived.and_then(|(_, source)| source.region.as_deref()),
        capture: raw.archived.map(|(capture, _)| capture),
        sha256: &digest::sha256_hex(raw.bytes),
        bytes: raw.bytes.len() as u64,
        prev_rev,
    };
    Ok(record::records(&page, &document, &outline, from))
}

/// The revision of a page's text, without the work of structuring it.
pub(super) fn page_revision(raw: RawPage<'_>, rules: Rules<'_>) -> Result<String, Reject> {
    let page = page::decode(raw.bytes, raw.content_type, raw.format, raw.url)?;
    Ok(record::revision(&extract::extract(&page, rules)?.text()))
}
