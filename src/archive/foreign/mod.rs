//! WARC files that other programs wrote, record by record: what cannot be read is told, never lost in silence.
//!
//! A member is unpacked (`packing`), cut into records (`stream`), and a record becomes a page (`page`) by undoing what HTTP did
//! to its body (`message`). The expensive half, from record to page, is left to the caller's threads.

#[cfg(feature = "parquet")]
mod columns;
mod digest;
mod lines;
mod message;
mod packing;
mod page;
mod select;
mod stream;
mod zstandard;

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

#[cfg(feature = "parquet")]
pub use self::columns::Rows;
pub use self::lines::{Line, Lines};
pub use self::page::{ForeignPage, NoPage};
pub use self::select::{HostPattern, Select};

use self::packing::{Member, Packing, Source};
use self::stream::{Next, Stream};
use super::{ArchiveError, WarcRecord};

/// A record and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Of its member; of the record itself in a file that is not packed.
    pub offset: u64,
    /// Of the member if the record has one for itself, else of the record unpacked.
    pub length: u64,
    /// The record.
    pub record: WarcRecord,
    /// Where the same bytes lie that a revisit record stands for.
    pub original: Option<u64>,
}

/// Bytes that are no whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Where, as in [`Placed`].
    pub offset: u64,
    /// What is wrong.
    pub why: String,
}

/// What stands at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A whole record.
    Record(Box<Placed>),
    /// Something else.
    Told(Told),
}

/// The records of a WARC file of any writer, in their order; it ends after the first error of the disk.
pub struct ForeignArchive {
    path: PathBuf,
    packing: Packing,
    end: u64,
    state: State,
    /// The last record of the member: whole only when something whole follows, or the member ends well.
    pending: Option<Pending>,
    ready: VecDeque<Found>,
    /// Payload digest → offset of the first record with it that can be found again.
    payloads: HashMap<String, u64>,
}

struct Pending {
    placed: Box<Placed>,
    is_first: bool,
}

enum State {
    /// Between two members.
    Between(Source),
    Within {
        offset: u64,
        is_first: bool,
        member: Box<Stream<Member>>,
    },
    Done,
}

impl ForeignArchive {
    /// Opens a file.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        Self::begin(path).map_err(|error| ArchiveError::at(path, error))
    }

    fn begin(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let end = file.metadata()?.len();
        let mut source = Source::new(file);
        let packing = Packing::of(&mut source)?;
        let (pending, ready, payloads) = (None, VecDeque::new(), HashMap::new());
        Ok(Self { path: path.to_owned(), packing, end, state: State::Between(source), pending, ready, payloads })
    }

    /// The record at an offset that [`Placed::original`] names; for any thread.
    ///
    /// # Errors
    /// What the disk says.
    pub fn again(path: &Path, offset: u64) -> Result<Option<Box<Placed>>, ArchiveError> {
        let again = || {
            let mut archive = Self::begin(path)?;
            if let State::Between(source) = &mut archive.state {
                source.go(offset)?;
            }
            archive.step()
        };
        match again().map_err(|error| ArchiveError::at(path, error))? {
            Some(Found::Record(placed)) if placed.offset == offset => Ok(Some(placed)),
            _ => Ok(None),
        }
    }

    fn step(&mut self) -> io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(None),
                State::Between(source) => self.enter(source)?,
                State::Within { offset, is_first, member } => self.go_on(offset, is_first, member)?,
            }
        }
    }

    /// Begins the next member.
    fn enter(&mut self, mut source: Source) -> io::Result<()> {
        let offset = source.at();
        if offset >= self.end {
            return Ok(());
        }
        if let Some(magic) = self.packing.magic()
            && source.head(magic.len())? != magic
        {
            self.tell(offset, "bytes that begin no member".to_owned());
            return self.resume(source, offset + 1);
        }
        let member = Box::new(Stream::new(self.packing.member(source)?));
        self.state = State::Within { offset, is_first: true, member };
        Ok(())
    }

    /// Takes the next record of a member.
    fn go_on(&mut self, offset: u64, is_first: bool, mut member: Box<Stream<Member>>) -> io::Result<()> {
        let place = |within: u64| if matches!(self.packing, Packing::Plain) { offset + within } else { offset };
        match member.next()? {
            Next::Record(within, record) => {
                let length = record.block.len() as u64;
                let placed = Box::new(Placed { offset: place(within), length, record, original: None });
                let before = self.pending.replace(Pending { placed, is_first });
                self.keep(before, None);
                self.state = State::Within { offset, is_first: false, member };
            }
            Next::Broken(within, why) => {
                let told = place(within);
                let before = self.pending.take();
                self.keep(before, None);
                self.tell(told, why);
                self.state = State::Within { offset, is_first: false, member };
            }
            Next::End(mut why) => {
                let (mut is_clean, is_altered) = (member.is_clean(), member.is_altered());
                let source = member.into_input().into_source();
                let last = self.pending.take();
                // A head that is cut off is an empty member for who unpacks it.
                if is_clean && is_first && self.packing.is_cut(source.at() - offset) {
                    is_clean = false;
                    why = Some("a member that is cut off".to_owned());
                }
                // Where the packing is cut off behind the last record, a digest of its own says whether that is whole. What
                // may have stood behind it is told in any case. Where a checksum is wrong no digest helps: it does not cover
                // the head, and a page under the address of another is worse than none.
                let length = source.at() - offset;
                let is_sound = |last: &Pending| !is_altered && digest::is_verified(&last.placed.record);
                let last = last.filter(|last| why.is_none() || is_sound(last));
                self.keep(last, is_clean.then_some(length));
                if let Some(why) = why {
                    self.tell(offset, why);
                }
                if is_clean || self.packing.magic().is_none() {
                    self.state = State::Between(source);
                } else {
                    // What was unpacked wrongly may have eaten the heads of the next members.
                    self.resume(source, offset + 1)?;
                }
            }
        }
        Ok(())
    }

    /// Hands a record out; the length of its member is told if that holds nothing else.
    fn keep(&mut self, pending: Option<Pending>, member: Option<u64>) {
        let Some(Pending { mut placed, is_first }) = pending else { return };
        if is_first && let Some(length) = member.filter(|_| self.packing.magic().is_some()) {
            placed.length = length;
        }
        let record = &placed.record;
        let kind = record.field("WARC-Type");
        if let Some(payload) = record.field("WARC-Payload-Digest").map(ToOwned::to_owned) {
            if kind == Some("revisit") {
                placed.original = self.payloads.get(&payload).copied();
            } else if kind == Some("response") && (is_first || self.packing.magic().is_none()) {
                self.payloads.entry(payload).or_insert(placed.offset);
            }
        }
        self.ready.push_back(Found::Record(placed));
    }

    fn tell(&mut self, offset: u64, why: String) {
        self.ready.push_back(Found::Told(Told { offset, why }));
    }

    /// Goes to the next member from a place on that unpacks to the head of a record.
    fn resume(&mut self, mut source: Source, from: u64) -> io::Result<()> {
        let Some(magic) = self.packing.magic() else { return Ok(()) };
        let mut start = from;
        while start < self.end {
            source.go(start)?;
            let window = source.head(64 << 10)?;
            for at in memchr::memmem::find_iter(&window, magic) {
                let offset = start + at as u64;
                source.go(offset)?;
                let mut member = Stream::new(self.packing.member(source)?);
                let begins = member.begins_a_record()?;
                source = member.into_input().into_source();
                if begins {
                    source.go(offset)?;
                    self.state = State::Between(source);
                    return Ok(());
                }
            }
            // The last bytes may be the beginning of a magic number.
            start += window.len().saturating_sub(magic.len() - 1).max(1) as u64;
        }
        Ok(())
    }
}

impl Iterator for ForeignArchive {
    type Item = Result<Found, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().map_err(|error| ArchiveError::at(&self.path, error)).transpose()
    }
}
