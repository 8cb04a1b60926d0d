//! Why a page gave no record, and what was odd about one that did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a page was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading a list page.
    Discover,
    /// Getting the bytes.
    Fetch,
    /// Turning bytes into text.
    Decode,
    /// Finding the article.
    Extract,
    /// Reading its sections.
    Structure,
    /// Assembling its records.
    Record,
}

/// Why a page was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No bytes, or only white space.
    Empty,
    /// Not text: an image, an archive, an office file under a wrong name.
    Binary,
    /// More bytes, tags, text, sections or copies than the limits.
    TooLarge,
    /// A list of links.
    List,
    /// The front page of a site or column.
    Home,
    /// What a search on the site found, or its form.
    Search,
    /// An error page sent as if it were a good one (soft 404).
    ErrorPage,
    /// A bot wall or challenge.
    Wall,
    /// The page only sends its reader on, and is archived as it is.
    Redirect,
    /// The text is made by a script that we do not run.
    ScriptOnly,
    /// The article is only pictures.
    ImageOnly,
    /// The article is only files to download.
    AttachmentOnly,
    /// Nothing that looks like an article.
    NoArticle,
    /// 404 or 410.
    Gone,
    /// Another HTTP status that is no success.
    HttpStatus,
    /// robots.txt does not allow it.
    Robots,
    /// No connection, or none that lasted.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// More redirects than the limit, or a loop.
    Redirects,
    /// The address is private or otherwise not to be asked.
    Address,
    /// The list leads to another site, which the source does not name.
    OtherHost,
    /// The archive does not hold the bytes that its state names.
    Damaged,
    /// A note that the page was as before; the archive that holds its bytes is another one.
    Elsewhere,
    /// The program failed at the page, or took longer than its limit: please report it.
    Poison,
    /// A file of a known kind that is not read, as Word 95.
    Unsupported,
    /// A file that needs a password.
    Encrypted,
    /// An answer or a file that ends before its content does.
    Truncated,
    /// A file that contradicts its format.
    Broken,
    /// A file whose pages are pictures of text.
    NeedsOcr,
}

impl Stage {
    /// Every stage, in the order in which a page passes them.
    pub const ALL: [Self; 6] =
        [Self::Discover, Self::Fetch, Self::Decode, Self::Extract, Self::Structure, Self::Record];

    /// The word used in records and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::Fetch => "fetch",
            Self::Decode => "decode",
            Self::Extract => "extract",
            Self::Structure => "structure",
            Self::Record => "record",
        }
    }

    /// The reverse of [`Stage::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 29] = [
        Self::Empty,
        Self::Binary,
        Self::TooLarge,
        Self::List,
        Self::Home,
        Self::Search,
        Self::ErrorPage,
        Self::Wall,
        Self::Redirect,
        Self::ScriptOnly,
        Self::ImageOnly,
        Self::AttachmentOnly,
        Self::NoArticle,
        Self::Gone,
        Self::HttpStatus,
        Self::Robots,
        Self::Unreachable,
        Self::Timeout,
        Self::Redirects,
        Self::Address,
        Self::OtherHost,
        Self::Damaged,
        Self::Elsewhere,
        Self::Poison,
        Self::Unsupported,
        Self::Encrypted,
        Self::Truncated,
        Self::Broken,
        Self::NeedsOcr,
    ];

    /// The reverse of [`Reason::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }

    /// The word used in records and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::TooLarge => "too_large",
            Self::List => "list",
            Self::Home => "home",
            Self::Search => "search",
            Self::ErrorPage => "error_page",
            Self::Wall => "wall",
            Self::Redirect => "redirect",
            Self::ScriptOnly => "script_only",
            Self::ImageOnly => "image_only",
            Self::AttachmentOnly => "attachment_only",
            Self::NoArticle => "no_article",
            Self::Gone => "gone",
            Self::HttpStatus => "http_status",
            Self::Robots => "robots",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Redirects => "redirects",
            Self::Address => "address",
            Self::OtherHost => "other_host",
            Self::Damaged => "damaged",
            Self::Elsewhere => "elsewhere",
            Self::Poison => "poison",
            Self::Unsupported => "unsupported",
            Self::Encrypted => "encrypted",
            Self::Truncated => "truncated",
            Self::Broken => "broken",
            Self::NeedsOcr => "needs_ocr",
        }
    }
}

/// A page that gives no record: data, not an error of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reject {
    /// Where it was turned away.
    pub stage: Stage,
    /// Why.
    pub reason: Reason,
}

/// What a [`Warning`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// Broken bytes were replaced while decoding.
    EncodingReplaced,
    /// The declared encoding was wrong.
    CharsetMismatch,
    /// The dates of the page and of its meta tags disagree.
    DateConflict,
    /// The meta tags name another or a shorter title than the page.
    MetaTitle,
    /// The meta tags name another source or author than the page.
    MetaSource,
    /// A meta tag holds a placeholder.
    MetaPlaceholder,
    /// The contents list and the headings disagree.
    TocMismatch,
    /// A quotation is opened and never closed.
    UnclosedQuote,
    /// The sums that a table says of itself do not hold.
    ChecksumFailed,
    /// Lines of a paragraph that the page breaks at a fixed width are one again.
    LinesJoined,
    /// A picture with words of its own stands here; they are the detail, not in the text.
    Picture,
    /// Pages of the file are pictures, and their text is missing.
    NeedsOcr,
    /// Pages of the file are pictures, and their text is what a program read off them.
    Ocr,
    /// What reading a file wrote out, left out or changed, and how often.
    FileRule,
    /// The archive does not give back the bytes of this record any more: it stands as an earlier build made it.
    Unarchived,
    /// The article goes on on pages that are not at hand; they are the detail.
    GoesOn,
    /// Sentences of the page are not in the text, and nothing tells for certain that they are no part of the article.
    TextLeftOut,
}

/// Something odd but usable in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// Start of the span of `text` that it concerns, in characters; null = the whole document.
    pub start: Option<usize>,
    /// End of that span, exclusive.
    pub end: Option<usize>,
    /// The values that disagree, for a reader.
    pub detail: Option<String>,
}

impl Warning {
    /// A warning about the whole document.
    pub fn of_document(code: WarningCode, detail: String) -> Self {
        Self { code, start: None, end: None, detail: Some(detail) }
    }
}
