//! A file that is written beside its place and renamed when it is whole.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::ExportError;
use crate::write::WriteError;

/// Dropped without [`Part::commit`] it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Part {
    path: PathBuf,
    part: PathBuf,
}

impl Part {
    /// Begins a file; its folder is made.
    pub(super) fn begin(path: &Path) -> Result<Self, ExportError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| WriteError::at(folder, error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let part = folder.join(format!(".{name}.{}.part", std::process::id()));
        // What a killed export with the same number left would be taken for ours.
        let _ = fs::remove_file(&part);
        Ok(Self { path: path.to_owned(), part })
    }

    /// Where it is written until it is whole.
    pub(super) fn unfinished(&self) -> &Path {
        &self.part
    }

    /// The file, new and empty.
    pub(super) fn create(&self) -> Result<File, ExportError> {
        Ok(File::create(&self.part).map_err(|error| WriteError::at(&self.part, error))?)
    }

    /// The failure of a library that writes the file.
    pub(super) fn failed(&self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ExportError {
        ExportError::Format { path: self.path.clone(), source: error.into() }
    }

    /// Puts the file in its place and says where that is.
    pub(super) fn commit(self) -> Result<PathBuf, ExportError> {
        File::options()
            .append(true)
            .open(&self.part)
            .and_then(|file| file.sync_all())
            .map_err(|error| self.at(error))?;
        fs::rename(&self.part, &self.path).map_err(|error| self.at(error))?;
        Ok(self.path.clone())
    }

    fn at(&self, error: std::io::Error) -> ExportError {
        WriteError::at(&self.path, error).into()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It is gone already where it was committed.
        let _ = fs::remove_file(&self.part);
    }
}
