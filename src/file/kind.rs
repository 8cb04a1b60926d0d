//! What a file is, by its bytes.

use std::io::Cursor;

use super::Limits;
use super::package::Package;

/// First bytes; those of ZIP and of compound files say only how the file is packed.
const SIGNATURES: [(&[u8], FileKind); 8] = [
    (b"%PDF-", FileKind::Pdf),
    (b"{\\rtf", FileKind::Rtf),
    (b"PK\x03\x04", FileKind::Zip),
    (b"PK\x05\x06", FileKind::Zip),
    (b"Rar!\x1a\x07", FileKind::Rar),
    (b"7z\xbc\xaf\x27\x1c", FileKind::SevenZip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Doc),
    // Word for Windows 2 and Word 6 without a compound file.
    (b"\xdb\xa5", FileKind::Doc),
];

/// The kinds of files that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// OFD (GB/T 33190-2016).
    Ofd,
    /// Word 2007 and later (ECMA-376).
    Docx,
    /// Word 97 to 2003, and WPS Writer, which writes the same.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97 to 2003, and WPS Spreadsheets.
    Xls,
    /// Slides, of either format; not read.
    Slides,
    /// An office file that is encrypted as a whole.
    Sealed,
    /// An ODF file; not read.
    OpenDocument,
    /// A compound file of another program; not read.
    Compound,
    /// A ZIP archive.
    Zip,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
}

impl FileKind {
    /// The media type of any bytes: of a file that is read, of a picture, else of text or of nothing in particular.
    pub fn media_type_of(bytes: &[u8]) -> &'static str {
        const PICTURES: [(&[u8], &str); 7] = [
            (b"\xff\xd8\xff", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n", "image/png"),
            (b"GIF8", "image/gif"),
            (b"BM", "image/bmp"),
            (b"II*\0", "image/tiff"),
            (b"MM\0*", "image/tiff"),
            (b"RIFF", "image/webp"),
        ];
        let picture = || PICTURES.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, kind)| *kind);
        let text = || if bytes.contains(&0) { "application/octet-stream" } else { "text/plain" };
        Self::of(bytes).map(Self::media_type).or_else(picture).unwrap_or_else(text)
    }

    /// What bytes are; `None` if they are none of the kinds.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // Readers accept bytes before the header of a PDF; portals send a byte order mark or blank lines there.
        let head = bytes.get(..1024).unwrap_or(bytes);
        let start = head.trim_ascii_start();
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)).map(|(_, kind)| match kind {
            Self::Zip => packed(bytes),
            Self::Doc if start.first() == Some(&0xd0) => compound(bytes),
            kind => *kind,
        })
    }

    /// It holds files and no text of its own.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Rar | Self::SevenZip)
    }

    /// The word used in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Ofd => "OFD",
            Self::Docx => "DOCX",
            Self::Doc => "DOC",
            Self::Rtf => "RTF",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Slides => "a presentation",
            Self::Sealed => "an encrypted office file",
            Self::OpenDocument => "OpenDocument",
            Self::Compound => "a compound file of another program",
            Self::Zip => "ZIP",
            Self::Rar => "RAR",
            Self::SevenZip => "7z",
        }
    }

    /// The media type, as registered with IANA where it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Doc => "application/msword",
            Self::Rtf => "application/rtf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xls => "application/vnd.ms-excel",
            Self::Slides => "application/vnd.ms-powerpoint",
            Self::OpenDocument => "application/vnd.oasis.opendocument.text",
            Self::Sealed | Self::Compound => "application/x-ole-storage",
            Self::Zip => "application/zip",
            Self::Rar => "application/vnd.rar",
            Self::SevenZip => "application/x-7z-compressed",
        }
    }
}

/// What a ZIP archive is by the names of its members; one that was cut short, by the names that are left.
fn packed(bytes: &[u8]) -> FileKind {
    let Ok(package) = Package::open(bytes, &Limits::default()) else {
        let names = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        return match () {
            () if names(b"OFD.xml") => FileKind::Ofd,
            () if names(b"word/document.xml") => FileKind::Docx,
            () if names(b"xl/workbook.xml") => FileKind::Xlsx,
            () => FileKind::Zip,
        };
    };
    let has = |wanted: &str| package.names().any(|name| name.trim_start_matches('/').eq_ignore_ascii_case(wanted));
    let below = |folder: &str| package.names().any(|name| name.trim_start_matches('/').starts_with(folder));
    match () {
        () if has("OFD.xml") => FileKind::Ofd,
        () if has("[Content_Types].xml") && below("word/") => FileKind::Docx,
        () if has("[Content_Types].xml") && below("xl/") => FileKind::Xlsx,
        () if has("[Content_Types].xml") && below("ppt/") => FileKind::Slides,
        () if has("mimetype") && has("content.xml") => FileKind::OpenDocument,
        () => FileKind::Zip,
    }
}

/// What a compound file is by its streams; one whose directory cannot be read is taken for the commonest.
fn compound(bytes: &[u8]) -> FileKind {
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return FileKind::Doc };
    let kinds = [
        ("EncryptedPackage", FileKind::Sealed),
        ("WordDocument", FileKind::Doc),
        ("Workbook", FileKind::Xls),
        ("Book", FileKind::Xls),
        ("PowerPoint Document", FileKind::Slides),
    ];
    let found = kinds.into_iter().find(|(stream, _)| file.is_stream(stream));
    found.map_or(FileKind::Compound, |(_, kind)| kind)
}
