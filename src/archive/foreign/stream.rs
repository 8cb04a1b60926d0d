//! The unpacked bytes of one member of a WARC file, cut into records; behind bytes that are none it finds the next one.

use std::io::{self, Read};

use memchr::memmem;

use crate::archive::WarcRecord;

/// Longest head of a record: two addresses of 64 KiB, a title, and room.
const MAX_HEAD: usize = 256 << 10;
/// Largest block of a record that is read; larger ones are told and passed over, so that memory stays flat.
const MAX_BLOCK: u64 = 32 << 20;
/// So much is unpacked at once.
const CHUNK: usize = 64 << 10;
/// How every record begins.
const VERSION: &[u8] = b"WARC/1.";

/// What comes next in a member.
#[derive(Debug)]
pub(super) enum Next {
    /// A whole record, and where it begins in the unpacked bytes.
    Record(u64, WarcRecord),
    /// Bytes that are no whole record, up to the next one or the end of the member.
    Broken(u64, String),
    /// The member ends; with what is wrong with its end, if that was not told yet.
    End(Option<String>),
}

/// How the unpacked bytes ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Open,
    Clean,
    /// The packing is broken or cut off here.
    Broken(String),
}

/// The unpacked bytes of one member.
#[derive(Debug)]
pub(super) struct Stream<R> {
    input: R,
    buffer: Vec<u8>,
    /// How much of the buffer is done.
    at: usize,
    /// How many unpacked bytes were thrown out of the buffer.
    before: u64,
    end: End,
    is_end_told: bool,
    is_altered: bool,
}

impl<R: Read> Stream<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), at: 0, before: 0, end: End::Open, is_end_told: false, is_altered: false }
    }

    pub(super) fn into_input(self) -> R {
        self.input
    }

    /// Whether the packing was sound to its end.
    pub(super) fn is_clean(&self) -> bool {
        self.end == End::Clean
    }

    /// Whether a checksum of the packing says that other bytes were packed, and not only that some are missing.
    pub(super) fn is_altered(&self) -> bool {
        self.is_altered
    }

    /// Whether the unpacked bytes begin like a record.
    pub(super) fn begins_a_record(&mut self) -> io::Result<bool> {
        self.has(VERSION.len())?;
        Ok(self.rest().starts_with(VERSION))
    }

    /// The next record.
    ///
    /// # Errors
    /// Only what the disk says; broken bytes are [`Next::Broken`].
    pub(super) fn next(&mut self) -> io::Result<Next> {
        // Some writers leave more than the two line ends between records.
        while self.has(1)? && matches!(self.rest().first(), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        if self.rest().is_empty() {
            let why = match &self.end {
                End::Broken(why) if !self.is_end_told => Some(why.clone()),
                _ => None,
            };
            return Ok(Next::End(why));
        }
        let place = self.before + self.at as u64;
        match self.record()? {
            Ok((length, record)) => {
                self.at += length;
                Ok(Next::Record(place, record))
            }
            Err(mut why) => {
                self.resume()?;
                if let End::Broken(end) = &self.end
                    && self.rest().is_empty()
                {
                    why = format!("{why}: {end}");
                    self.is_end_told = true;
                }
                Ok(Next::Broken(place, why))
            }
        }
    }

    /// The record that begins here and how many bytes it takes, or why there is none.
    fn record(&mut self) -> io::Result<Result<(usize, WarcRecord), String>> {
        self.has(VERSION.len())?;
        if !self.rest().starts_with(VERSION) {
            return Ok(Err("no `WARC/1.` at the head of a record".to_owned()));
        }
        let Some(head) = self.head()? else {
            return Ok(Err("a record head that is cut off or longer than 256 KiB".to_owned()));
        };
        let fields = match fields(self.rest().get(..head).unwrap_or_default()) {
            Ok(fields) => fields,
            Err(why) => return Ok(Err(why)),
        };
        let mut record = WarcRecord { fields, block: Vec::new() };
        let said = record.field("Content-Length").and_then(|length| length.parse::<u64>().ok());
        let Some(said) = said else { return Ok(Err("a record without `Content-Length`".to_owned())) };
        let length = match usize::try_from(said) {
            Ok(length) if said <= MAX_BLOCK => length,
            _ => return Ok(Err(format!("a record of {said} bytes, more than {} MiB", MAX_BLOCK >> 20))),
        };
        let end = head + length;
        if !self.has(end)? {
            let there = self.rest().len().saturating_sub(head);
            return Ok(Err(format!("a record that is cut off: it says {said} bytes and has {there}")));
        }
        let is_followed = self.has(end + 4)?;
        let tail = self.rest().get(end..).unwrap_or_default();
        let is_whole = if is_followed { tail.starts_with(b"\r\n\r\n") } else { b"\r\n\r\n".starts_with(tail) };
        if !is_whole {
            return Ok(Err("a record whose length is wrong".to_owned()));
        }
        let taken = end + tail.len().min(4);
        record.block = self.rest().get(head..end).unwrap_or_default().to_vec();
        Ok(Ok((taken, record)))
    }

    /// How long the head is, with its empty line.
    fn head(&mut self) -> io::Result<Option<usize>> {
        let mut seen: usize = 0;
        loop {
            let rest = self.rest();
            let rest = rest.get(..rest.len().min(MAX_HEAD)).unwrap_or_default();
            // The empty line may stand across the border.
            let from = seen.saturating_sub(3);
            if let Some(end) = memmem::find(rest.get(from..).unwrap_or_default(), b"\r\n\r\n") {
                return Ok(Some(from + end + 4));
            }
            seen = rest.len();
            if seen == MAX_HEAD || !self.has(seen + 1)? {
                return Ok(None);
            }
        }
    }

    /// Goes to the next bytes that look like the head of a record, or to the end.
    fn resume(&mut self) -> io::Result<()> {
        const SIGN: &[u8] = b"\nWARC/1.";
        self.at += 1;
        loop {
            if let Some(found) = memmem::find(self.rest(), SIGN) {
                self.at += found + 1;
                return Ok(());
            }
            self.at = self.buffer.len().saturating_sub(SIGN.len() - 1).max(self.at);
            if !self.has(SIGN.len())? {
                self.at = self.buffer.len();
                return Ok(());
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Whether there are so many bytes; unpacks more if it must.
    fn has(&mut self, n: usize) -> io::Result<bool> {
        while self.rest().len() < n {
            if self.end != End::Open {
                return Ok(false);
            }
            self.buffer.drain(..self.at);
            self.before += self.at as u64;
            self.at = 0;
            let old = self.buffer.len();
            self.buffer.resize(old + CHUNK, 0);
            let read = match self.input.read(self.buffer.get_mut(old..).unwrap_or_default()) {
                Ok(0) => {
                    self.end = End::Clean;
                    0
                }
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
                // The disk itself fails; all else is said by who unpacks.
                Err(error) if error.raw_os_error().is_some() => return Err(error),
                Err(error) => {
                    self.is_altered = matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput);
                    self.end = End::Broken(error.to_string());
                    0
                }
            };
            self.buffer.truncate(old + read);
        }
        Ok(true)
    }
}

/// The named fields of a head.
fn fields(head: &[u8]) -> Result<Vec<(String, String)>, String> {
    let text = String::from_utf8_lossy(head);
    let mut fields: Vec<(String, String)> = Vec::with_capacity(12);
    for line in text.lines().skip(1).take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            // A folded line goes on with the value before (WARC 1.1 section 4).
            value.push(' ');
            value.push_str(line.trim());
        } else {
            let (name, value) = line.split_once(':').ok_or("a field without a colon")?;
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    Ok(fields)
}
