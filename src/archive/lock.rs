//! The advisory lock that keeps a second run out of an output folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::ArchiveError;

/// Held as long as it lives, and let go of by the system when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of an output folder, which is made if it is missing.
    ///
    /// # Errors
    /// [`ArchiveError::Locked`] if another run holds it.
    pub fn take(output: &Path) -> Result<Self, ArchiveError> {
        std::fs::create_dir_all(output).map_err(|error| ArchiveError::at(output, error))?;
        let path = output.join(".lock");
        let mut file = open(&path, OpenOptions::new().read(true).write(true).create(true).truncate(false))?;
        refuse_held(file.try_lock(), &mut file, output)?;
        let note = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())
        };
        note(&mut file).map_err(|error| ArchiveError::at(&path, error))?;
        Ok(Self { _file: file })
    }

    /// Keeps runs out of an output folder while it is only read; `None` where there has been none.
    ///
    /// # Errors
    /// [`ArchiveError::Locked`] if a run holds it.
    pub fn share(output: &Path) -> Result<Option<Self>, ArchiveError> {
        let path = output.join(".lock");
        if !path.exists() {
            return Ok(None);
        }
        let mut file = open(&path, OpenOptions::new().read(true))?;
        refuse_held(file.try_lock_shared(), &mut file, output)?;
        Ok(Some(Self { _file: file }))
    }
}

fn refuse_held(locked: Result<(), TryLockError>, file: &mut File, output: &Path) -> Result<(), ArchiveError> {
    match locked {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Who holds it is only for the message.
            let _ = file.take(32).read_to_string(&mut holder);
            Err(ArchiveError::Locked { path: output.to_owned(), holder: holder.trim().to_owned() })
        }
        Err(TryLockError::Error(error)) => Err(ArchiveError::at(&output.join(".lock"), error)),
    }
}

/// Opens the lock itself: through a link another file would be written over, and a pipe would be waited for.
fn open(path: &Path, options: &mut OpenOptions) -> Result<File, ArchiveError> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let no_file = || ArchiveError::NoFile { path: path.to_owned() };
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Err(no_file());
    }
    let file = options.open(path).map_err(|error| ArchiveError::at(path, error))?;
    let is_file = file.metadata().map_err(|error| ArchiveError::at(path, error))?.is_file();
    if is_file { Ok(file) } else { Err(no_file()) }
}
