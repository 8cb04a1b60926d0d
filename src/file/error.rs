//! Why a file gives no text.

use crate::model::Reason;

/// A file that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// No bytes, or no text in them.
    #[error("the file holds no text")]
    Empty,
    /// No kind of file that is known.
    #[error("the file is of no known kind")]
    Unknown,
    /// A known kind that is not read: Word 95, a picture, a presentation.
    #[error("{0} is not read")]
    Unsupported(&'static str),
    /// It holds files and no text of its own.
    #[error("{0} holds files, not a text")]
    Archive(&'static str),
    /// A password is needed.
    #[error("the file is encrypted")]
    Encrypted,
    /// The file ends before its content does.
    #[error("the file is cut short")]
    Truncated,
    /// The file contradicts its format; what is named is the part that does.
    #[error("the file is broken: {0}")]
    Broken(&'static str),
    /// More than a limit allows; what is named is the limit.
    #[error("the file is too large: {0}")]
    TooLarge(&'static str),
    /// Its pages are pictures of text.
    #[error("the pages of the file are pictures")]
    NeedsOcr,
}

impl FileError {
    /// The reason under which the file is counted.
    pub fn reason(self) -> Reason {
        match self {
            Self::Empty => Reason::Empty,
            Self::Unknown => Reason::Binary,
            Self::Unsupported(_) | Self::Archive(_) => Reason::Unsupported,
            Self::Encrypted => Reason::Encrypted,
            Self::Truncated => Reason::Truncated,
            Self::Broken(_) => Reason::Broken,
            Self::TooLarge(_) => Reason::TooLarge,
            Self::NeedsOcr => Reason::NeedsOcr,
        }
    }
}
