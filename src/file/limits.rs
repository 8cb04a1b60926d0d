//! How much of a file is read at most.

/// Bounds on what one file may cost; beyond them it is an error, never a part of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: usize,
    /// Bytes of everything that is unpacked from it.
    pub unpacked: usize,
    /// Unpacked bytes for one packed byte, for parts over [`Limits::RATIO_FROM`]; text packs 20:1, a bomb 1000:1.
    pub ratio: usize,
    /// Files of an archive, and parts of a packed file.
    pub members: usize,
    /// Archives inside archives.
    pub depth: usize,
    /// Elements inside elements of an XML part, tables inside tables.
    pub nesting: usize,
    /// Elements and texts of one XML part.
    pub nodes: usize,
    /// Characters of the whole text.
    pub chars: usize,
    /// Cells of all tables.
    pub cells: usize,
    /// Pages.
    pub pages: usize,
    /// Glyphs of all pages.
    pub glyphs: usize,
}

impl Limits {
    /// Parts up to this size are read whatever their ratio.
    pub const RATIO_FROM: usize = 1 << 20;
}

impl Default for Limits {
    /// The largest report seen has 700 pages; a text of 10 million characters has 20,000.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            unpacked: 128 << 20,
            ratio: 200,
            members: 2_000,
            depth: 3,
            nesting: 256,
            nodes: 2_000_000,
            chars: 10_000_000,
            cells: 500_000,
            pages: 5_000,
            glyphs: 2_000_000,
        }
    }
}
