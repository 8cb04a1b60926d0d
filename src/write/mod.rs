//! Putting records and reports on disk, atomically.

pub mod atomic;
pub mod changes;
pub mod documents;
pub mod records;
pub mod report;
pub mod runs;

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

/// What keeps a file from being written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// No permission.
    #[error("`{path}` may not be written: check its owner and permissions, or give another --output")]
    ReadOnly {
        /// File or folder.
        path: PathBuf,
    },
    /// No space left.
    #[error("no space left for `{path}`: free some and run again; what was there before is untouched")]
    Full {
        /// File or folder.
        path: PathBuf,
    },
    /// Another failure of the system.
    #[error("cannot write `{path}`")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl WriteError {
    pub(crate) fn at(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full { path }
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Io { path, source },
        }
    }
}

/// Appends a value as one line of JSON, keys in the order of its type.
fn json_line(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(&mut *out, value).expect("what is written here has only keys that are strings");
    out.push(b'\n');
}
