//! The parts of a file that is a ZIP archive inside, unpacked within the limits.

use std::io::{self, Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{FileError, Limits};

/// An opened archive, and how much may still be unpacked from it.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names of the members, as they are and as they are looked up.
    names: Vec<(String, String)>,
    budget: usize,
    ratio: usize,
}

impl<'a> Package<'a> {
    /// Reads the directory.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, FileError> {
        // Without the directory at the end of the file it was cut short.
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Truncated)?;
        if archive.len() > limits.members {
            return Err(FileError::TooLarge("members"));
        }
        let names = archive.file_names_raw().map(member_name).map(|name| (folded(&name), name)).map(|(f, n)| (n, f));
        let names = names.collect();
        Ok(Self { archive, names, budget: limits.unpacked, ratio: limits.ratio })
    }

    /// Paths of the members, in the order of the directory.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// The bytes of a member, by its path without regard to case and a leading `/`; `None` if there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        let wanted = folded(name);
        match self.names.iter().position(|(_, folded)| *folded == wanted) {
            Some(index) => self.member(index).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of the member at a place in the directory.
    pub(super) fn member(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        let file = self.archive.by_index(index).map_err(|error| of_zip(&error))?;
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let allowed = self.budget.min(packed.saturating_mul(self.ratio).max(Limits::RATIO_FROM));
        let mut bytes = Vec::new();
        // The size that the directory states may be a lie: what counts is what comes out.
        let result = file.take(allowed as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > allowed {
            return Err(FileError::TooLarge("unpacked"));
        }
        result.map_err(|error| of_io(&error))?;
        self.budget -= bytes.len();
        Ok(bytes)
    }
}

/// A name as text: UTF-8 if it is that, else GBK, which Chinese packers write without saying so.
pub(super) fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

fn folded(name: &str) -> String {
    name.trim_start_matches('/').to_ascii_lowercase().replace('\\', "/")
}

fn of_zip(error: &ZipError) -> FileError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => FileError::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            FileError::Unsupported("this way of packing")
        }
        ZipError::Io(error) => of_io(error),
        _ => FileError::Broken("packed member"),
    }
}

fn of_io(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => FileError::Truncated,
        _ => FileError::Broken("packed member"),
    }
}
