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
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(|error| ArchiveError::at(&path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Who holds it is only for the message.
                let _ = file.read_to_string(&mut holder);
                return Err(ArchiveError::Locked { path: output.to_owned(), holder: holder.trim().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(ArchiveError::at(&path, error)),
        }
        let note = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())
        };
        note(&mut file).map_err(|error| ArchiveError::at(&path, error))?;
        Ok(Self { _file: file })
    }
}
