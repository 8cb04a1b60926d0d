//! The folder of the site: each page is replaced as a whole, an equal one is not touched, pages of documents that are no
//! more are removed.
//!
//! A page can be made again at any time, so nothing is synced: the order of writes does not matter, and ten thousand
//! syncs would take longer than all else.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::ReportError;
use super::frame::MADE_BY;
use super::index::DATA;
use crate::write::WriteError;

/// How many bytes at the top of a page hold its key.
const HEAD: u64 = 512;

/// The site as it is being written.
#[derive(Debug)]
pub struct SiteFolder {
    root: PathBuf,
    /// What an earlier report left and this one has not made yet.
    old: HashSet<String>,
    folders: HashSet<PathBuf>,
    tally: Tally,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Tally {
    /// Pages and data files that the site has.
    pub files: u64,
    /// How many of them were made or differ from what an earlier report left.
    pub written: u64,
    /// Pages of an earlier report that have no document any more.
    pub removed: u64,
}

impl SiteFolder {
    /// Opens the site below an output folder.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn open(output: &Path) -> Result<Self, ReportError> {
        let root = output.join("report");
        let mut old = HashSet::new();
        collect(&root, "", &mut old)?;
        Ok(Self { root, old, folders: HashSet::new(), tally: Tally::default() })
    }

    /// The page that a reader opens first.
    pub fn index(&self) -> PathBuf {
        self.root.join("index.html")
    }

    /// Whether the page that is there was made with this key.
    pub fn has(&self, page: &str, key: &str) -> bool {
        if !self.old.contains(page) {
            return false;
        }
        let Ok(file) = File::open(self.root.join(page)) else { return false };
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).is_ok() && String::from_utf8_lossy(&head).contains(key)
    }

    /// Leaves a page as it is.
    pub fn keep(&mut self, page: &str) {
        self.old.remove(page);
        self.tally.files += 1;
    }

    /// Puts a page in place.
    ///
    /// # Errors
    /// What keeps it from being written; the old one is then still there.
    pub fn put(&mut self, page: &str, bytes: &[u8]) -> Result<(), ReportError> {
        let path = self.root.join(page);
        let is_same = self.old.remove(page) && fs::read(&path).is_ok_and(|old| old == bytes);
        self.tally.files += 1;
        if is_same {
            return Ok(());
        }
        self.tally.written += 1;
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        if !self.folders.contains(&folder) {
            fs::create_dir_all(&folder).map_err(|error| WriteError::at(&folder, error))?;
            self.folders.insert(folder);
        }
        let part = self.root.join(format!("{page}.part"));
        let write = || {
            File::create(&part)?.write_all(bytes)?;
            fs::rename(&part, &path)
        };
        write().map_err(|error| {
            let _ = fs::remove_file(&part);
            WriteError::at(&path, error).into()
        })
    }

    /// Removes what earlier reports made and this one did not. What somebody else put there stays.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn finish(mut self) -> Result<Tally, ReportError> {
        for page in &self.old {
            let path = self.root.join(page);
            if is_ours(&path) {
                fs::remove_file(&path).map_err(|error| WriteError::at(&path, error))?;
                self.tally.removed += 1;
            }
        }
        Ok(self.tally)
    }
}

/// Whether a file is a page, a data file or the rest of a killed report.
fn is_ours(path: &Path) -> bool {
    if path.extension().is_some_and(|extension| extension == "part") {
        return true;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    read.is_ok() && (head.contains(MADE_BY) || head.starts_with(DATA))
}

fn collect(folder: &Path, prefix: &str, names: &mut HashSet<String>) -> Result<(), ReportError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(ReportError::read(folder, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| ReportError::read(folder, error))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(|error| ReportError::read(&entry.path(), error))?;
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else if kind.is_file() {
            names.insert(name);
        }
    }
    Ok(())
}
