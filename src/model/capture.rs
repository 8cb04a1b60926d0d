//! One answer of a portal as it lies in the archive.

use jiff::Timestamp;
use url::Url;

use super::SourceId;

/// What was asked for when a capture was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaptureKind {
    /// A page that a list named.
    Article,
    /// A list page.
    List,
    /// A file that an article links to.
    Attachment,
    /// A further page of an article that the portal cut into several.
    Part,
}

impl CaptureKind {
    /// The word used in the state database and in WARC headers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::List => "list",
            Self::Attachment => "attachment",
            Self::Part => "part",
        }
    }

    /// The reverse of [`CaptureKind::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Article, Self::List, Self::Attachment, Self::Part].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One answer of a portal: where it came from and where its bytes lie in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The portal column for which it was fetched.
    pub source: SourceId,
    /// What was asked for.
    pub kind: CaptureKind,
    /// Canonical address that was asked for.
    pub url: Url,
    /// Address after redirects.
    pub final_url: Url,
    /// When the answer came.
    pub fetched_at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` header as sent.
    pub content_type: Option<String>,
    /// SHA-256 of the body, 64 hex digits.
    pub sha256: String,
    /// Length of the body in bytes, after transfer and content decoding.
    pub bytes: u64,
    /// Name of the WARC file, below the archive folder of the source.
    pub warc_file: String,
    /// Byte offset of the record's gzip member in that file.
    pub warc_offset: u64,
    /// Length of that gzip member in bytes.
    pub warc_length: u64,
}
