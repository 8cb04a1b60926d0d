//! The archive: fetched bytes in WARC files and what is known about them in SQLite.
//!
//! An answer is committed in this order: the WARC record is appended, flushed and synced, then one SQLite transaction
//! stores file, offset, length and digest. A process that dies between the two leaves a tail that nobody knows of;
//! it is cut when the archive is opened next, and the page is asked for again.

mod captures;
mod frontier;
mod gzip;
mod lock;
mod overview;
mod put;
mod reader;
mod repair;
mod runs;
mod shelf;
mod state;
mod warc;

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

pub use captures::Versions;
pub use frontier::{Enqueued, Queued, UrlId, UrlState, UrlStatus};
pub use lock::Lock;
pub use overview::Overview;
pub use put::Stored;
pub use reader::{WarcReader, WarcRecord};
pub use repair::Repair;
pub use runs::RunRecord;
pub use shelf::Shelf;

/// A new WARC file begins when one has grown to this.
const ROLL_AT: u64 = 1 << 30;

/// The archive below an output folder.
#[derive(Debug)]
pub struct Archive {
    state: Connection,
    shelf: Shelf,
    appender: shelf::Appender,
    roll_at: u64,
    repairs: Vec<Repair>,
    /// `None` when opened for reading only.
    lock: Option<Lock>,
}

impl Archive {
    /// Opens the archive of an output folder for writing, makes it if it is missing, takes the lock, and cuts off what
    /// a run that was killed left behind.
    ///
    /// # Errors
    /// [`ArchiveError::Locked`] if another run is at work; else what is wrong with the folder or the state.
    pub fn open(output: &Path) -> Result<Self, ArchiveError> {
        let lock = Lock::take(output)?;
        let path = output.join("state.sqlite");
        repair::refuse_orphans(output, &path)?;
        let mut state = state::open(&path)?;
        let shelf = Shelf::new(output);
        let repairs = repair::repair(&mut state, &shelf)?;
        let appender = shelf::Appender::new(shelf.clone());
        Ok(Self { state, shelf, appender, roll_at: ROLL_AT, repairs, lock: Some(lock) })
    }

    /// Opens the archive for reading only: no lock, nothing changed, also while a crawl runs.
    ///
    /// # Errors
    /// [`ArchiveError::Missing`] if nothing was crawled into this folder yet.
    pub fn open_read_only(output: &Path) -> Result<Self, ArchiveError> {
        let state = state::open_read_only(&output.join("state.sqlite"))?;
        let shelf = Shelf::new(output);
        let appender = shelf::Appender::new(shelf.clone());
        Ok(Self { state, shelf, appender, roll_at: ROLL_AT, repairs: Vec::new(), lock: None })
    }

    /// The same archive with WARC files that roll at another size.
    #[must_use]
    pub fn rolling_at(mut self, bytes: u64) -> Self {
        self.roll_at = bytes;
        self
    }

    /// The WARC files, for reading from other threads.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// What had to be put right when the archive was opened.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Whether it may be written to.
    pub fn is_writable(&self) -> bool {
        self.lock.is_some()
    }
}

/// What keeps the archive from working.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Another run is at work.
    #[error("another run (process {holder}) is at work in `{path}`: wait for it, or give another --output")]
    Locked {
        /// The output folder.
        path: PathBuf,
        /// Its process id.
        holder: String,
    },
    /// Nothing was crawled yet.
    #[error("there is no archive at `{path}`: run `gongwen crawl` first, or give the --output that it wrote to")]
    Missing {
        /// The state file.
        path: PathBuf,
    },
    /// WARC files without their state.
    #[error(
        "`{path}` is missing, but there are WARC files beside it: restore it from a backup, or move the folder \
         `archive` away to begin anew"
    )]
    Orphaned {
        /// The state file.
        path: PathBuf,
    },
    /// A run was killed and the folder may not be written, so it cannot be tidied up.
    #[error("`{path}` was left by a run that was killed, and its folder may not be written: open it writable once")]
    Unfinished {
        /// The state file.
        path: PathBuf,
    },
    /// No permission to write.
    #[error("`{path}` may not be written: check its owner and permissions, or give another --output")]
    ReadOnly {
        /// File or folder.
        path: PathBuf,
    },
    /// No space left.
    #[error("no space left for `{path}`: free some and run again; all that was archived is safe")]
    Full {
        /// File or folder.
        path: PathBuf,
    },
    /// The disk does not do as it is told.
    #[error("the disk fails at `{path}` ({why}): see whether it is full, broken or gone, and run again")]
    Disk {
        /// The state file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// Another program holds the database.
    #[error("`state.sqlite` is held by another program: close it and run again")]
    Busy,
    /// The database is no database of ours or is broken.
    #[error("`{path}` is damaged or no SQLite file: restore it from a backup")]
    Corrupt {
        /// The state file.
        path: PathBuf,
    },
    /// Written by a newer version.
    #[error("`{path}` was written by a newer gongwen (state version {found}): use that version")]
    TooNew {
        /// The state file.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// A WARC file does not hold what the state says.
    #[error("`{path}` is damaged at byte {offset}: {why}")]
    Damaged {
        /// The WARC file.
        path: PathBuf,
        /// Where.
        offset: u64,
        /// What is wrong.
        why: String,
    },
    /// The state holds a value that this program never writes.
    #[error("the state holds a wrong value: {0}")]
    Value(String),
    /// Another failure of a file.
    #[error("cannot use `{path}`")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another failure of the database.
    #[error("cannot use `state.sqlite`")]
    State(#[source] rusqlite::Error),
}

impl ArchiveError {
    /// A failure of the system at a path.
    fn at(path: &Path, source: io::Error) -> Self {
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

impl From<rusqlite::Error> for ArchiveError {
    fn from(error: rusqlite::Error) -> Self {
        let path = PathBuf::from("state.sqlite");
        // The index of the log is made by growing a file, where SQLite does not tell a full disk from a broken one.
        if error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::Full { path };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { path },
            Some(ErrorCode::SystemIoFailure) => Self::Disk { path, why: error.to_string() },
            _ => Self::State(error),
        }
    }
}
