//! How a file of WARC records is packed: not at all, in gzip members, or in Zstandard frames with or without a dictionary.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::GzDecoder;

use super::zstandard::Zstandard;

/// How a gzip member with deflate begins (RFC 1952), and a Zstandard frame (RFC 8878).
const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The frame at the head of a `.warc.zst` file that holds the dictionary of all others.
const DICTIONARY: &[u8] = &[0x5d, 0x2a, 0x4d, 0x18];
/// A dictionary is some 100 KB; more is no dictionary.
const MAX_DICTIONARY: u64 = 16 << 20;

/// How a file is packed.
#[derive(Debug, Clone)]
pub(super) enum Packing {
    /// One stream of records.
    Plain,
    /// One or many gzip members.
    Gzip,
    /// One or many Zstandard frames.
    Zstd {
        /// Empty if there is none.
        dictionary: Vec<u8>,
    },
}

impl Packing {
    /// Looks at the head of a file and leaves it where the first member begins.
    pub(super) fn of(source: &mut Source) -> io::Result<Self> {
        let head = source.head(4)?;
        if head.starts_with(GZIP) {
            return Ok(Self::Gzip);
        }
        if head.starts_with(ZSTD) {
            return Ok(Self::Zstd { dictionary: Vec::new() });
        }
        if head != DICTIONARY {
            return Ok(Self::Plain);
        }
        let mut length = [0; 8];
        source.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes([length[4], length[5], length[6], length[7]]));
        let mut dictionary = Vec::new();
        source.take(length.min(MAX_DICTIONARY)).read_to_end(&mut dictionary)?;
        if dictionary.starts_with(ZSTD) {
            let packed = std::mem::take(&mut dictionary);
            Zstandard::new(&packed[..], &[])?.take(MAX_DICTIONARY).read_to_end(&mut dictionary)?;
        }
        Ok(Self::Zstd { dictionary })
    }

    /// How a member begins; `None` if there is only one.
    pub(super) fn magic(&self) -> Option<&'static [u8]> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some(GZIP),
            Self::Zstd { .. } => Some(ZSTD),
        }
    }

    /// Whether so few bytes are no member, not even an empty one.
    pub(super) fn is_cut(&self, length: u64) -> bool {
        let least = match self {
            Self::Plain => 0,
            Self::Gzip => 18,
            Self::Zstd { .. } => 9,
        };
        length < least
    }

    /// Unpacks the member that begins here.
    pub(super) fn member(&self, source: Source) -> io::Result<Member> {
        Ok(match self {
            Self::Plain => Member::Plain(source),
            Self::Gzip => Member::Gzip(Box::new(GzDecoder::new(source))),
            Self::Zstd { dictionary } => Member::Zstd(Box::new(Zstandard::new(source, dictionary)?)),
        })
    }
}

/// One member that is being unpacked.
pub(super) enum Member {
    Plain(Source),
    Gzip(Box<GzDecoder<Source>>),
    Zstd(Box<Zstandard<Source>>),
}

impl Member {
    /// The file, behind what was read of it.
    pub(super) fn into_source(self) -> Source {
        match self {
            Self::Plain(source) => source,
            Self::Gzip(member) => member.into_inner(),
            Self::Zstd(member) => member.into_inner(),
        }
    }
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(buffer),
            Self::Gzip(member) => member.read(buffer),
            Self::Zstd(member) => member.read(buffer),
        }
    }
}

/// A file that knows how far it was read.
#[derive(Debug)]
pub(super) struct Source {
    file: BufReader<File>,
    at: u64,
}

impl Source {
    pub(super) fn new(file: File) -> Self {
        Self { file: BufReader::with_capacity(64 << 10, file), at: 0 }
    }

    /// The first byte that was not read yet.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn go(&mut self, to: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(to))?;
        self.at = to;
        Ok(())
    }

    /// The next bytes, at most `n`, without reading them.
    pub(super) fn head(&mut self, n: usize) -> io::Result<Vec<u8>> {
        let at = self.at;
        let mut head = Vec::new();
        (&mut *self).take(n as u64).read_to_end(&mut head)?;
        self.file.seek_relative(-i64::try_from(head.len()).unwrap_or(0))?;
        self.at = at;
        Ok(head)
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.file.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.file.consume(n);
        self.at += n as u64;
    }
}
