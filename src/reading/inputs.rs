//! What a saved page holds: itself, or the files of an archive.

use url::Url;

use crate::file::{self, FileError, FileKind, Limits};
use crate::model::{PageFormat, Reject, Stage};

/// One thing to read: a saved page or file, or a file of a saved archive.
#[derive(Debug)]
pub struct Input {
    /// The name under which its result is reported.
    pub name: String,
    /// Its bytes, or why an archive does not give them.
    pub bytes: Result<Vec<u8>, Reject>,
    /// Markup or plain text, if it is no file of another kind.
    pub format: PageFormat,
    /// Where it was fetched, if known.
    pub url: Option<Url>,
}

impl Input {
    /// What the bytes are, if they are no page.
    pub fn kind(&self) -> Option<FileKind> {
        self.bytes.as_ref().ok().and_then(|bytes| FileKind::of(bytes))
    }
}

/// The page itself, or the files of an archive, each under the name of the archive and its own.
pub fn inputs(name: &str, bytes: Vec<u8>, format: PageFormat, url: Option<&Url>) -> Vec<Input> {
    let whole = |bytes| Input { name: name.to_owned(), bytes, format, url: url.cloned() };
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
                name: format!("{name}/{}", member.name),
                bytes: member.bytes.map_err(reject),
                url: None,
            };
            members.into_iter().map(input).collect()
        }
        Err(error) => vec![whole(Err(reject(error)))],
    }
}
