//! The file information block ([MS-DOC] 2.5): where everything is.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::super::{FileError, Limits};
use super::bytes::{place_at, u16_at};

/// The streams of a document, and its block.
pub(super) struct Streams {
    /// `WordDocument`: the text and its formats.
    pub(super) main: Vec<u8>,
    /// `0Table` or `1Table`: tables about the text.
    table: Vec<u8>,
    /// `Data`: properties too large for their place.
    pub(super) data: Vec<u8>,
}

/// Places of tables in the block, by their number ([MS-DOC] 2.5.6).
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    NoteReferences = 2,
    NoteTexts = 3,
    RunFormats = 12,
    ParagraphFormats = 13,
    Fonts = 15,
    Text = 33,
    Shapes = 40,
    EndnoteReferences = 46,
    EndnoteTexts = 47,
    BoxTexts = 56,
    Lists = 73,
    ListUses = 74,
}

/// Lengths of the parts of the text, in the order in which they follow one another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    pub(super) main: usize,
    pub(super) notes: usize,
    pub(super) heads: usize,
    pub(super) comments: usize,
    pub(super) endnotes: usize,
    pub(super) boxes: usize,
}

impl Streams {
    /// Opens the file; Word 95 and encrypted files are told.
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, FileError> {
        if !bytes.starts_with(&[0xd0, 0xcf]) {
            return Err(FileError::Unsupported("Word 2 to 95"));
        }
        let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| FileError::Truncated)?;
        let mut stream = |name: &str| -> Result<Option<Vec<u8>>, FileError> {
            if !file.is_stream(name) {
                return Ok(None);
            }
            let stream = file.open_stream(name).map_err(|_| FileError::Broken("stream"))?;
            if stream.len() > limits.unpacked as u64 {
                return Err(FileError::TooLarge("unpacked"));
            }
            let mut bytes = Vec::new();
            stream.take(limits.unpacked as u64).read_to_end(&mut bytes).map_err(|_| FileError::Truncated)?;
            Ok(Some(bytes))
        };
        let main = stream("WordDocument")?.ok_or(FileError::Broken("no document"))?;
        let version = u16_at(&main, 2).ok_or(FileError::Truncated)?;
        let flags = u16_at(&main, 10).ok_or(FileError::Truncated)?;
        if version < 0xc1 {
            return Err(FileError::Unsupported("Word 2 to 95"));
        }
        if flags & 0x0100 != 0 {
            return Err(FileError::Encrypted);
        }
        let name = if flags & 0x0200 == 0 { "0Table" } else { "1Table" };
        let table = stream(name)?.ok_or(FileError::Broken("no table stream"))?;
        let data = stream("Data")?.unwrap_or_default();
        Ok(Self { main, table, data })
    }

    /// A table about the text; empty if there is none.
    pub(super) fn part(&self, part: Part) -> &[u8] {
        self.place(part).and_then(|(at, size)| self.table.get(at..at.checked_add(size)?)).unwrap_or_default()
    }

    /// A table and everything behind it.
    pub(super) fn part_and_behind(&self, part: Part) -> (&[u8], &[u8]) {
        let behind = self.place(part).and_then(|(at, size)| self.table.get(at.checked_add(size)?..));
        (self.part(part), behind.unwrap_or_default())
    }

    fn place(&self, part: Part) -> Option<(usize, usize)> {
        let entry = 154 + part as usize * 8;
        Some((place_at(&self.main, entry)?, place_at(&self.main, entry + 4)?))
    }

    /// How long the parts of the text are.
    pub(super) fn lengths(&self) -> Result<Lengths, FileError> {
        let at = |n: usize| place_at(&self.main, 64 + n * 4).ok_or(FileError::Truncated);
        Ok(Lengths { main: at(3)?, notes: at(4)?, heads: at(5)?, comments: at(7)?, endnotes: at(8)?, boxes: at(9)? })
    }
}
