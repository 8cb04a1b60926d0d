//! What a saved page holds: itself, or the files of an archive.

use url::Url;

use super::saved::SavedPage;
use crate::file::{self, FileError, FileKind, Limits};
use crate::model::{PageFormat, Reject, Stage};

/// One thing to read: a saved page or file, or a file of a saved archive.
pub(super) struct Input {
    /// The name under which its result is reported.
    pub(super) name: String,
    /// Its bytes, or why an archive does not give them.
    pub(super) bytes: Result<Vec<u8>, Reject>,
    /// Markup or plain text, if it is no file of another kind.
    pub(super) format: PageFormat,
    /// Where it was fetched, if known.
    pub(super) url: Option<Url>,
}

impl Input {
    /// What the bytes are, if they are no page.
    pub(super) fn kind(&self) -> Option<FileKind> {
        self.bytes.as_ref().ok().and_then(|bytes| FileKind::of(bytes))
    }
}

/// The page itself, or the files of an archive, each under the name of the archive and its own.
pub(super) fn inputs(page: &SavedPage, bytes: Vec<u8>) -> Vec<Input> {
    let whole = |bytes| Input { name: page.name(), bytes, format: page.format, url: page.url.clone() };
    if !FileKind::of(&bytes).is_some_and(FileKind::is_archive) {
        return vec![whole(Ok(bytes))];
    }
    let reject = |error: FileError| Reject { stage: Stage::Decode, reason: error.reason() };
    match file::members(&bytes, &Limits::default()) {
        Ok(members) => {
            let format = |name: &str| {
                if name.to_lowercase().ends_with(".txt") { PageFormat::Plain } else { PageFormat::Html }
            };
            let input = |member: file::Member| Input {
                format: format(&member.name),
                name: format!("{}/{}", page.name(), member.name),
                bytes: member.bytes.map_err(reject),
                url: None,
            };
            members.into_iter().map(input).collect()
        }
        Err(error) => vec![whole(Err(reject(error)))],
    }
}
