//! How large the records of one page may become: generous for every real document, bounded for a hostile page.

/// Longest address that is asked for or put into a record, in bytes. Portals, proxies and servers take no more than
/// 8 KiB (RFC 9110 4.1 asks for 8,000 octets at least).
pub const MAX_ADDRESS: usize = 8 << 10;

/// What one page may hold at most. A page beyond one of these is turned away as too large, and counted.
///
/// Every section carries address, title, issuer and headings of its ancestors, so the records of a page can be much
/// larger than the page. By these limits they are at most some 30 times as large as it, and 64 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordLimits {
    /// Tags of the page. The largest real pages have some ten thousand.
    pub tags: usize,
    /// Characters of the text. The civil code has some 100,000.
    pub characters: usize,
    /// Lines of the text.
    pub lines: usize,
    /// Characters of the title.
    pub title: usize,
    /// Sections of the document. The civil code has some 1,500.
    pub sections: usize,
    /// Depth of the sections.
    pub depth: u32,
    /// Bytes that are copied from the document into its sections, all together.
    pub copied_bytes: u64,
}

impl Default for RecordLimits {
    fn default() -> Self {
        Self {
            tags: 200_000,
            characters: 2_000_000,
            lines: 50_000,
            title: 2_000,
            sections: 20_000,
            depth: 32,
            copied_bytes: 16 << 20,
        }
    }
}
