//! The archive: fetched bytes in WARC files and what is known about them in SQLite.
//!
//! An answer is committed in this order: the WARC record is appended, flushed and synced, then one SQLite transaction
//! stores file, offset, length and digest. A process that dies between the two leaves a tail that nobody knows of;
//! when the archive is opened next, its whole records are taken into the state and an unfinished one is cut. Each record
//! says of its capture what the state says, so that the state can be made anew from the files.

mod about;
mod captures;
mod check;
mod foreign;
mod frontier;
mod gzip;
mod import;
mod intake;
mod lock;
mod merge;
mod note;
mod overview;
mod put;
mod reader;
mod rebuild;
mod repair;
mod restore;
mod runs;
mod scan;
mod shelf;
mod state;
mod warc;

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

pub use captures::Versions;
pub use check::{Checked, check};
#[cfg(feature = "parquet")]
pub use foreign::Rows;
pub use foreign::{ForeignArchive, ForeignPage, Found, HostPattern, Line, Lines, NoPage, Placed, Select, Told};
pub use frontier::{Enqueued, Queued, UrlId, UrlState, UrlStatus};
pub use import::Imported;
pub use lock::Lock;
pub use merge::Merged;
pub use overview::Overview;
pub use put::{MAX_BATCH, Stored};
pub use reader::{WarcReader, WarcRecord};
pub use rebuild::{Damage, Rebuilt, rebuild};
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
    /// Opens the archive of an output folder for writing, makes it if it is missing, takes the lock, and settles what a
    /// run that was killed left behind.
    ///
    /// # Errors
    /// [`ArchiveError::Locked`] if another run is at work, [`ArchiveError::Away`], [`ArchiveError::Older`] or
    /// [`ArchiveError::Orphaned`] if files and state do not belong together; else what is wrong with them.
    pub fn open(output: &Path) -> Result<Self, ArchiveError> {
        let lock = Lock::take(output)?;
        let path = output.join("state.sqlite");
        let shelf = Shelf::new(output);
        repair::refuse_orphans(&shelf, &path)?;
        let mut state = state::open(&path)?;
        let repairs = repair::repair(&mut state, &shelf, &path)?;
        let appender = shelf::Appender::new(shelf.clone());
        Ok(Self { state, shelf, appender, roll_at: ROLL_AT, repairs, lock: Some(lock) })
    }

    /// [`Archive::open`], but nothing is made where nothing was crawled yet.
    ///
    /// # Errors
    /// [`ArchiveError::Missing`], or what [`Archive::open`] gives.
    pub fn open_existing(output: &Path) -> Result<Self, ArchiveError> {
        let path = output.join("state.sqlite");
        if !path.exists() && Shelf::new(output).files()?.is_empty() {
            return Err(ArchiveError::Missing { path });
        }
        Self::open(output)
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
        "`{path}` is missing or empty, but there are WARC files beside it: run `gongwen archive rebuild` to make it \
         anew from them"
    )]
    Orphaned {
        /// The state file.
        path: PathBuf,
    },
    /// The state speaks of files that are not there.
    #[error(
        "`{path}` is not there, but `state.sqlite` knows what it holds: mount its disk or put it back; if it is gone for \
         good, run `gongwen archive rebuild` to go on with what is left"
    )]
    Away {
        /// A WARC file, or the folder of all of them.
        path: PathBuf,
    },
    /// There are files, or captures at the end of one, that the state does not know.
    #[error(
        "`{path}` holds pages that `{state}` does not know, so the state is older than the archive: put the newer state \
         back, or run `gongwen archive rebuild` to make it anew from the WARC files"
    )]
    Older {
        /// The state file.
        state: PathBuf,
        /// The WARC file.
        path: PathBuf,
    },
    /// Something else stands where a file of ours belongs.
    #[error("`{path}` is a link or no file: move it away and run again")]
    NoFile {
        /// What is in the way.
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
    #[error("`{path}` is damaged or no SQLite file: run `gongwen archive rebuild` to make it anew from the WARC files")]
    Corrupt {
        /// The state file.
        path: PathBuf,
    },
    /// Written by a newer version.
    #[error(
        "`{path}` was written by a newer gongwen (state version {found}): use that version, or run `gongwen archive \
         rebuild` with this one"
    )]
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
    #[error("the state holds a wrong value: {0}; run `gongwen archive rebuild` to make it anew from the WARC files")]
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
            // Our own questions are right, so with an unknown table or column it is not what it was.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown) => Self::Corrupt { path },
            Some(ErrorCode::SystemIoFailure) => Self::Disk { path, why: error.to_string() },
            None if is_wrong_value(&error) || matches!(error, rusqlite::Error::SqlInputError { .. }) => {
                Self::Corrupt { path }
            }
            _ => Self::State(error),
        }
    }
}

/// Whether the database holds a value of a type that is never written there.
fn is_wrong_value(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..)
            | Error::QueryReturnedNoRows
    )
}
