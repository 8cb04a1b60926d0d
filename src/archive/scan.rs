//! The members of a WARC file with their places, also of one that is damaged or cut off.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::ArchiveError;
use super::reader::{WarcReader, WarcRecord};

/// How every gzip member with deflate begins (RFC 1952).
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// A whole record and where it lies.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) offset: u64,
    /// Of the gzip member.
    pub(super) length: u64,
    pub(super) record: WarcRecord,
}

/// What stands at a place of a file.
#[derive(Debug)]
pub(super) enum Found {
    /// A whole, readable record.
    Record(Placed),
    /// Bytes that are none, up to the next whole record or the end of the file.
    Damage { offset: u64, length: u64, why: String },
}

/// Reads a file member by member. Behind bytes that cannot be read it goes on at the next whole record.
#[derive(Debug)]
pub(super) struct Scan {
    path: PathBuf,
    file: File,
    at: u64,
    end: u64,
    /// The whole record behind damage.
    ahead: Option<Placed>,
}

impl Scan {
    /// Begins at a byte of a file.
    pub(super) fn open(path: &Path, from: u64) -> Result<Self, ArchiveError> {
        let at = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => ArchiveError::Away { path: path.to_owned() },
            _ => ArchiveError::at(path, error),
        };
        let file = File::open(path).map_err(at)?;
        let end = file.metadata().map_err(at)?.len();
        Ok(Self { path: path.to_owned(), file, at: from, end, ahead: None })
    }

    /// Where the file ends.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// What comes next; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Found>, ArchiveError> {
        if let Some(placed) = self.ahead.take() {
            self.at = placed.offset + placed.length;
            return Ok(Some(Found::Record(placed)));
        }
        if self.at >= self.end {
            return Ok(None);
        }
        let offset = self.at;
        match self.read(offset)? {
            Ok(placed) => {
                self.at = offset + placed.length;
                Ok(Some(Found::Record(placed)))
            }
            Err(why) => {
                self.ahead = self.resume(offset + 1)?;
                self.at = self.ahead.as_ref().map_or(self.end, |placed| placed.offset);
                Ok(Some(Found::Damage { offset, length: self.at - offset, why }))
            }
        }
    }

    /// The record at a place, or what is wrong with it.
    fn read(&mut self, offset: u64) -> Result<Result<Placed, String>, ArchiveError> {
        self.file.seek(SeekFrom::Start(offset)).map_err(|error| ArchiveError::at(&self.path, error))?;
        let file = BufReader::with_capacity(32 << 10, (&self.file).take(self.end - offset));
        let mut input = Counted { input: file, consumed: 0 };
        match WarcReader::new(&mut input).next() {
            Some(Ok(record)) => Ok(Ok(Placed { offset, length: input.consumed, record })),
            Some(Err(error)) => match error.kind() {
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                    Ok(Err(error.to_string()))
                }
                _ => Err(ArchiveError::at(&self.path, error)),
            },
            None => Ok(Err("the file ends before it".to_owned())),
        }
    }

    /// The next whole record from a place on.
    fn resume(&mut self, from: u64) -> Result<Option<Placed>, ArchiveError> {
        let mut chunk = vec![0; 64 << 10];
        let mut start = from;
        loop {
            self.file.seek(SeekFrom::Start(start)).map_err(|error| ArchiveError::at(&self.path, error))?;
            let mut n = 0;
            while n < chunk.len() {
                match self.file.read(&mut chunk[n..]).map_err(|error| ArchiveError::at(&self.path, error))? {
                    0 => break,
                    more => n += more,
                }
            }
            if n < MAGIC.len() {
                return Ok(None);
            }
            let begins: Vec<usize> =
                chunk[..n].windows(MAGIC.len()).enumerate().filter(|(_, at)| *at == MAGIC).map(|(at, _)| at).collect();
            for at in begins {
                if let Ok(placed) = self.read(start + at as u64)? {
                    return Ok(Some(placed));
                }
            }
            // The last two bytes may be the beginning of one.
            start += (n - (MAGIC.len() - 1)) as u64;
        }
    }
}

/// Whether bytes look like the beginning of a member that was never finished, or of which a power cut left zeros.
pub(super) fn is_torn(path: &Path, offset: u64) -> Result<bool, ArchiveError> {
    let at = |error| ArchiveError::at(path, error);
    let mut file = File::open(path).map_err(at)?;
    file.seek(SeekFrom::Start(offset)).map_err(at)?;
    let mut head = Vec::new();
    (&mut file).take(MAGIC.len() as u64).read_to_end(&mut head).map_err(at)?;
    if MAGIC.starts_with(&head) {
        return Ok(true);
    }
    let mut rest = BufReader::with_capacity(64 << 10, file);
    if head.iter().any(|byte| *byte != 0) {
        return Ok(false);
    }
    loop {
        let bytes = rest.fill_buf().map_err(at)?;
        if bytes.is_empty() {
            return Ok(true);
        }
        if bytes.iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        let n = bytes.len();
        rest.consume(n);
    }
}

/// Counts what is taken from a reader.
struct Counted<R> {
    input: R,
    consumed: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.consumed += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.input.consume(n);
        self.consumed += n as u64;
    }
}
