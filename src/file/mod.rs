//! The bytes of an office file → its text as blocks, in reading order.
//!
//! Pure: no file, no network, no child process. What a file is follows from its bytes, never from its name. A file that
//! cannot be read is an error with a reason, within the [`Limits`]; macros, scripts and links are never followed.

mod kind;
mod limits;
mod error;
mod package;
mod xml;
mod list;
mod face;
mod symbol;
mod field;
mod flow;
mod table;
mod grid;
mod sheet;
mod rows;
mod rtf;
mod archive;
mod doc;
mod docx;
mod layout;
mod pdf;
mod ofd;
mod paged;
mod ocr;

pub use error::FileError;
pub use kind::FileKind;
pub use limits::Limits;
pub use ocr::{OcrLine, OcrReader, Picture};

use crate::model::Block;

/// What a file says, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// What the file is by its content.
    pub kind: FileKind,
    /// The title in the file's own metadata, as its author wrote it: often that of the template.
    pub title: Option<String>,
    /// The text.
    pub blocks: Vec<Block>,
    /// How many pages the file says that it has; 0 = it has no pages, or does not say.
    pub pages: usize,
    /// Pages, counted from 1, whose text is only a picture.
    pub needs_ocr: Vec<usize>,
    /// Pages that are pictures and were read by somebody else.
    pub by_ocr: Vec<usize>,
    /// What was left out or changed on the way, and how often.
    pub notes: Vec<FileNote>,
}

/// A rule of reading that changed or left out something, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileNote {
    /// The rule.
    pub rule: FileRule,
    /// How often it applied.
    pub count: usize,
}

/// What reading a file leaves out, changes or writes out; each is counted in [`FileText::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRule {
    /// A list number that the program draws and the text does not hold was written out.
    NumberDrawn,
    /// Text that tracked changes have deleted was left out.
    DeletedText,
    /// Text set as hidden was left out.
    HiddenText,
    /// The instruction of a field was left out; what it shows stays.
    FieldCode,
    /// Running heads and feet were left out.
    RunningHead,
    /// A line that is only a page number was left out.
    PageNumber,
    /// A glyph drawn twice at one place was read once.
    DrawnTwice,
    /// A Kangxi radical or compatibility ideograph was read as the common character.
    Folded,
    /// A glyph without a known character was left out.
    UnknownGlyph,
    /// Writing at an angle was left out: watermarks and seals.
    Slanted,
    /// Glyphs beyond the edge of the page were left out.
    OffPage,
}

impl FileRule {
    /// The word used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NumberDrawn => "number_drawn",
            Self::DeletedText => "deleted_text",
            Self::HiddenText => "hidden_text",
            Self::FieldCode => "field_code",
            Self::RunningHead => "running_head",
            Self::PageNumber => "page_number",
            Self::DrawnTwice => "drawn_twice",
            Self::Folded => "folded",
            Self::UnknownGlyph => "unknown_glyph",
            Self::Slanted => "slanted",
            Self::OffPage => "off_page",
        }
    }
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path inside the archive, with `/`.
    pub name: String,
    /// Its bytes, or why it cannot be unpacked.
    pub bytes: Result<Vec<u8>, FileError>,
}

/// The files of an archive; those of archives inside it stand under the path of that archive.
///
/// # Errors
/// An archive that is encrypted, broken or beyond the limits; a file that is no archive.
pub fn members(bytes: &[u8], limits: &Limits) -> Result<Vec<Member>, FileError> {
    if bytes.len() > limits.bytes {
        return Err(FileError::TooLarge("bytes"));
    }
    archive::members(bytes, limits)
}

/// Reads the text of a file.
///
/// # Errors
/// A file that is encrypted, broken, too large or of a kind that is not read; an archive, which is no text but has
/// [`members`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<FileText, FileError> {
    read_with(bytes, limits, None)
}

/// The same, with somebody who reads the pages that are pictures.
///
/// # Errors
/// As [`read`].
pub fn read_with(bytes: &[u8], limits: &Limits, ocr: Option<OcrReader<'_>>) -> Result<FileText, FileError> {
    if bytes.len() > limits.bytes {
        return Err(FileError::TooLarge("bytes"));
    }
    let text = match FileKind::of(bytes).ok_or(FileError::Unknown)? {
        FileKind::Docx => docx::read(bytes, limits)?,
        kind @ FileKind::Pdf => paged::text(kind, pdf::glyphs(bytes, limits, ocr)?)?,
        kind @ FileKind::Ofd => paged::text(kind, ofd::glyphs(bytes, limits)?)?,
        FileKind::Doc => doc::read(bytes, limits)?,
        FileKind::Rtf => rtf::read(bytes, limits)?,
        FileKind::Xlsx => sheet::xlsx(bytes, limits)?,
        FileKind::Xls => sheet::xls(bytes, limits)?,
        FileKind::Sealed => return Err(FileError::Encrypted),
        kind @ (FileKind::Zip | FileKind::Rar | FileKind::SevenZip) => return Err(FileError::Archive(kind.as_str())),
        kind @ (FileKind::Slides | FileKind::OpenDocument | FileKind::Compound) => {
            return Err(FileError::Unsupported(kind.as_str()));
        }
    };
    match (text.blocks.is_empty(), text.needs_ocr.is_empty()) {
        (true, true) => Err(FileError::Empty),
        (true, false) => Err(FileError::NeedsOcr),
        _ => Ok(text),
    }
}
