//! A fetched page as text, and the blocks that its article is made of.

use url::Url;

/// How the text of a [`Page`] is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFormat {
    /// Markup.
    Html,
    /// Text as a reader would copy it from the browser.
    Plain,
}

/// A page after decoding: what extraction and discovery read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it was fetched, after redirects; `None` for a saved page of unknown origin.
    pub url: Option<Url>,
    /// Markup or plain text.
    pub format: PageFormat,
    /// The decoded text, without a byte order mark.
    pub text: String,
    /// The encoding it was decoded from, as named by the WHATWG Encoding Standard (`UTF-8`, `gb18030`).
    pub charset: &'static str,
    /// How many replacement characters decoding had to put in for broken bytes.
    pub replaced: usize,
}

/// One paragraph, list item, table or picture of the article, in reading order.
///
/// The clean text of a document is the text of its blocks joined by `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Clean text by the rules of the record format: never empty, no line end except between table rows.
    pub text: String,
    /// How many characters at the beginning are set in bold or in a heading face (黑体, 楷体); 0 = none.
    ///
    /// GB/T 9704-2012 7.3.3 sets headings so, which makes a run ending at the first 。 a heading.
    pub emphasis: usize,
    /// The line is centred on the page, as titles of attached documents are.
    pub centred: bool,
}

/// What a [`Block`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A line of running text.
    Paragraph,
    /// An `<li>`; the number that an `<ol>` draws is kept here and never put into the text.
    ListItem {
        /// The number that the browser shows, if the list is ordered.
        ordinal: Option<u32>,
    },
    /// A data table; the block's text has one line a row, cells joined by a tab.
    Table(Table),
}

/// A table with spans resolved: a cell that spans stands in every place that it covers in `rows`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Cell texts, row by row, all rows of one length.
    pub rows: Vec<Vec<String>>,
    /// How many rows at the top are marked as heads: `<thead>`, rows of `<th>` or of bold cells only, repeated at the top of
    /// each page; `None` if no row is.
    pub header_rows: Option<usize>,
}

impl Block {
    /// A paragraph without any mark of the page.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self { kind: BlockKind::Paragraph, text: text.into(), emphasis: 0, centred: false }
    }
}
