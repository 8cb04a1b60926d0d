//! A record of a foreign archive → the page that it holds.

use std::path::Path;

use jiff::Timestamp;
use url::Url;

use super::message::{Message, Unread};
use super::{ForeignArchive, Placed, digest};
use crate::archive::{ArchiveError, WarcRecord};
use crate::model::Reason;

/// A page as it stands in a foreign archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignPage {
    /// Where it was fetched; `None` for a page of unknown origin.
    pub url: Option<Url>,
    /// When.
    pub fetched_at: Option<Timestamp>,
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` header, else what the archive found the bytes to be.
    pub content_type: Option<String>,
    /// The headers of the answer in their order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, decoded.
    pub body: Vec<u8>,
    /// As in [`Placed`].
    pub offset: u64,
    /// As in [`Placed`].
    pub length: u64,
}

/// Why a record gives no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPage {
    /// It is of a kind that holds none: a request, a note, the description of the file.
    Kind,
    /// It should hold one.
    Reject {
        /// Why it does not.
        reason: Reason,
        /// In words.
        detail: String,
        /// Its address.
        url: Option<Url>,
    },
}

impl Placed {
    /// Whether it is of a kind that holds a page.
    pub fn is_page(&self) -> bool {
        kind(&self.record).is_some()
    }

    /// The address, without reading the page.
    pub fn url(&self) -> Option<Url> {
        let text = self.record.field("WARC-Target-URI")?;
        // WARC 1.0 was read by some writers as asking for angle brackets.
        text.trim_start_matches('<').trim_end_matches('>').parse().ok()
    }

    /// The page. `path` is the file that it came from, where a revisit record finds its bytes.
    ///
    /// # Errors
    /// What the disk says; a record without a page is [`NoPage`].
    pub fn page(self, path: &Path) -> Result<Result<ForeignPage, NoPage>, ArchiveError> {
        let Some(kind) = kind(&self.record) else { return Ok(Err(NoPage::Kind)) };
        let url = self.url();
        let reject =
            |reason, detail: &str| Ok(Err(NoPage::Reject { reason, detail: detail.to_owned(), url: url.clone() }));
        if digest::is_wrong(&self.record) {
            return reject(Reason::Damaged, "its bytes do not have its `WARC-Block-Digest`");
        }
        if let Some(why) = self.record.field("WARC-Truncated") {
            return reject(Reason::Truncated, &format!("its writer cut it off: {why}"));
        }
        let Some(fetched_at) = self.record.field("WARC-Date").and_then(instant) else {
            return reject(Reason::Damaged, "its `WARC-Date` is no time");
        };
        let block = match kind {
            Kind::Resource => return Ok(Ok(self.resource(url, fetched_at))),
            Kind::Response => None,
            Kind::Revisit => {
                let original = match self.original {
                    Some(offset) => ForeignArchive::again(path, offset)?,
                    None => None,
                };
                let Some(original) = original else {
                    return reject(Reason::Elsewhere, "a revisit of bytes that this file does not hold");
                };
                Some(original.record.block)
            }
        };
        let message = match Message::read(block.as_deref().unwrap_or(&self.record.block)) {
            Ok(message) => message,
            Err(Unread::NoMessage) => return reject(Reason::Broken, "its block is no HTTP answer"),
            Err(Unread::CutOff) => return reject(Reason::Truncated, "its HTTP body is cut off"),
            Err(Unread::TooLarge) => return reject(Reason::TooLarge, "its HTTP body unpacks to more than 32 MiB"),
            Err(Unread::Broken(why)) => return reject(Reason::Broken, &format!("its HTTP body: {why}")),
        };
        let content_type = message.header("Content-Type").or_else(|| self.record.field("WARC-Identified-Payload-Type"));
        Ok(Ok(ForeignPage {
            url,
            fetched_at: Some(fetched_at),
            status: message.status,
            content_type: content_type.map(ToOwned::to_owned),
            headers: message.headers.into_iter().map(|(name, value)| (name, value.into_bytes())).collect(),
            body: message.body,
            offset: self.offset,
            length: self.length,
        }))
    }

    /// A page whose record is its bytes, without an answer of HTTP.
    fn resource(self, url: Option<Url>, fetched_at: Timestamp) -> ForeignPage {
        let content_type = self.record.field("Content-Type").map(ToOwned::to_owned);
        let headers = content_type.iter().map(|kind| ("Content-Type".to_owned(), kind.clone().into_bytes())).collect();
        let Self { offset, length, record, .. } = self;
        let (fetched_at, status, body) = (Some(fetched_at), 200, record.block);
        ForeignPage { url, fetched_at, status, content_type, headers, body, offset, length }
    }
}

/// The kinds of records that hold pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Response,
    Revisit,
    Resource,
}

fn kind(record: &WarcRecord) -> Option<Kind> {
    let scheme = |scheme: &str| {
        record.field("WARC-Target-URI").is_some_and(|url| url.trim_start_matches('<').starts_with(scheme))
    };
    let is_of_the_web = scheme("http://") || scheme("https://");
    match record.field("WARC-Type")? {
        // Answers of name servers stand under `dns:`.
        "response" if is_of_the_web => Some(Kind::Response),
        "revisit" if is_of_the_web => Some(Kind::Revisit),
        "resource" if is_of_the_web => Some(Kind::Resource),
        _ => None,
    }
}

/// A `WARC-Date`; WARC 1.1 lets its end away.
fn instant(text: &str) -> Option<Timestamp> {
    const REST: &str = "0000-01-01T00:00:00Z";
    let whole = match text.len() {
        4 | 7 | 10 => format!("{text}{}", REST.chars().skip(text.len()).collect::<String>()),
        _ => text.to_owned(),
    };
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_its_time_is_read() {
        for (text, full) in [
            ("2023", Some("2023-01-01T00:00:00Z")),
            ("2023-02", Some("2023-02-01T00:00:00Z")),
            ("2023-02-28", Some("2023-02-28T00:00:00Z")),
            ("2023-02-28T08:00:00Z", Some("2023-02-28T08:00:00Z")),
            ("2023-02-28T08:00:00.123456Z", Some("2023-02-28T08:00:00.123456Z")),
            ("gestern", None),
        ] {
            assert_eq!(instant(text).map(|at| at.to_string()).as_deref(), full, "{text}");
        }
    }
}
