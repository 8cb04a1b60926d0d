//! Replacing a file as a whole: readers see the old one or the new one, never a part.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use super::WriteError;

/// After so many bytes of a new version those before are sent to the disk, while the next ones are made: at the end little is
/// left to wait for.
const SYNC_AFTER: usize = if cfg!(test) { 1 << 10 } else { 64 << 20 };

/// Replaces a file with `bytes`; says whether it differed. An equal file is not touched.
///
/// # Errors
/// What keeps it from being written; the file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let mut replacement = Replacement::begin(path)?;
    replacement.write_all(bytes)?;
    replacement.commit()
}

/// A file that is being written beside the one that it will replace.
///
/// Dropped without [`Replacement::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    part: PathBuf,
    /// `None` once it is committed.
    file: Option<BufWriter<File>>,
    /// Bytes since the last sync was begun.
    unsynced: usize,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

impl Replacement {
    /// Begins a new version of a file; its folder is made if it is missing, and what killed runs left is removed.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn begin(path: &Path) -> Result<Self, WriteError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| WriteError::at(folder, error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        remove_stale(path);
        let part = folder.join(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&part).map_err(|error| WriteError::at(&part, error))?;
        let file = Some(BufWriter::with_capacity(64 << 10, file));
        Ok(Self { path: path.to_owned(), part, file, unsynced: 0, syncing: None })
    }

    /// Appends to the new version.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn write_all(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        let at = |error| WriteError::at(&self.part, error);
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(bytes).map_err(at)?;
        self.unsynced += bytes.len();
        if self.unsynced > SYNC_AFTER && self.syncing.as_ref().is_none_or(JoinHandle::is_finished) {
            self.unsynced = 0;
            let file = file.get_ref().try_clone().map_err(at)?;
            self.wait()?;
            // Without a thread for it all is left to the last sync.
            self.syncing = thread::Builder::new().spawn(move || file.sync_data()).ok();
        }
        Ok(())
    }

    /// Waits for the sync that was begun. A system tells only once what it could not write.
    fn wait(&mut self) -> Result<(), WriteError> {
        let Some(syncing) = self.syncing.take() else { return Ok(()) };
        let done = syncing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        done.map_err(|error| WriteError::at(&self.part, error))
    }

    /// Puts the new version in place of the old one; says whether they differed.
    ///
    /// # Errors
    /// What keeps it from being written; the old version is then still there.
    pub fn commit(mut self) -> Result<bool, WriteError> {
        self.wait()?;
        let Some(file) = self.file.take() else { return Ok(false) };
        let at = |error| WriteError::at(&self.part, error);
        let file = file.into_inner().map_err(|error| at(error.into_error()))?;
        if equal(&self.part, &self.path).map_err(at)? {
            fs::remove_file(&self.part).map_err(at)?;
            return Ok(false);
        }
        file.sync_all().map_err(at)?;
        fs::rename(&self.part, &self.path).map_err(|error| WriteError::at(&self.path, error))?;
        if let Some(folder) = self.path.parent() {
            // A folder cannot be synced everywhere; where it can, the new name survives a power cut.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(true)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// Removes parts of a file that killed runs left; the caller sees to it that no other run is at work on it.
pub fn remove_stale(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let file = file.to_string_lossy();
        if file.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(".part")).is_some_and(is_number) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two files hold the same bytes; a missing second one differs.
fn equal(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, Ok(mut other)) = (File::open(one)?, File::open(other)) else { return Ok(false) };
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    loop {
        let n = fill(&mut one, &mut left)?;
        if n != fill(&mut other, &mut right)? || left[..n] != right[..n] {
            return Ok(false);
        }
        if n == 0 {
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match file.read(&mut buffer[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

/// The lines of a file with their offsets; none if there is no such file.
pub(super) fn lines(path: &Path, mut each: impl FnMut(u64, &[u8]) -> Result<(), WriteError>) -> Result<(), WriteError> {
    let (mut reader, mut line) = (LineReader::open(path)?, Vec::new());
    while let Some(offset) = reader.next(&mut line)? {
        each(offset, &line)?;
    }
    Ok(())
}

/// A file that is read line by line.
pub(super) struct LineReader {
    path: PathBuf,
    /// `None` if there is no such file, and behind an error.
    file: Option<BufReader<File>>,
    offset: u64,
}

impl LineReader {
    pub(super) fn open(path: &Path) -> Result<Self, WriteError> {
        let file = match File::open(path) {
            Ok(file) => Some(BufReader::with_capacity(64 << 10, file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(WriteError::at(path, error)),
        };
        Ok(Self { path: path.to_owned(), file, offset: 0 })
    }

    /// Reads the next line, with its line break, and gives its offset.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> Result<Option<u64>, WriteError> {
        line.clear();
        let Some(file) = &mut self.file else { return Ok(None) };
        match file.read_until(b'\n', line) {
            Ok(0) => Ok(None),
            Ok(n) => {
                self.offset += n as u64;
                Ok(Some(self.offset - n as u64))
            }
            Err(error) => {
                self.file = None;
                Err(WriteError::at(&self.path, error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_when_it_differs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/a.jsonl");
        assert!(replace(&path, b"one\n").unwrap());
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert!(!replace(&path, b"one\n").unwrap());
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        assert!(replace(&path, b"two\n").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"two\n");
    }

    #[test]
    fn nothing_is_left_of_a_version_that_was_given_up_or_killed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        replace(&path, b"one\n").unwrap();
        let mut given_up = Replacement::begin(&path).unwrap();
        given_up.write_all(b"half").unwrap();
        drop(given_up);
        File::create(folder.path().join(".a.jsonl.999999.part")).unwrap();
        File::create(folder.path().join(".b.jsonl.999999.part")).unwrap();
        replace(&path, b"two\n").unwrap();
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, [".b.jsonl.999999.part", "a.jsonl"], "the part of another file is not ours to remove");
    }

    #[test]
    fn what_is_sent_to_the_disk_meanwhile_is_there_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut written = Vec::new();
        let mut replacement = Replacement::begin(&path).unwrap();
        for n in 0..20_000 {
            let line = format!("{n}\n");
            replacement.write_all(line.as_bytes()).unwrap();
            written.extend(line.bytes());
        }
        assert!(replacement.syncing.is_some());
        assert!(replacement.commit().unwrap());
        assert_eq!(fs::read(&path).unwrap(), written);
    }
}
