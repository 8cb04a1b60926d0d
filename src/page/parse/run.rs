//! A text that is read in pieces: a slice of the page while its pieces are neighbours there, a copy otherwise.

use std::borrow::Cow;
use std::ops::Range;

use html5ever::tendril::StrTendril;

/// What was read of a text so far.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Bytes of the page, while nothing is copied.
    slice: Range<usize>,
    copied: Vec<u8>,
}

impl Run {
    pub(super) fn is_empty(&self) -> bool {
        self.slice.is_empty() && self.copied.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.slice = 0..0;
        self.copied.clear();
    }

    pub(super) fn push(&mut self, piece: &[u8], page: &StrTendril) {
        let page = page.as_bytes();
        let Some(start) = piece.first().and_then(|first| page.element_offset(first)) else {
            return self.copy(piece, page);
        };
        if self.is_empty() {
            self.slice = start..start + piece.len();
        } else if self.copied.is_empty() && self.slice.end == start {
            self.slice.end += piece.len();
        } else {
            self.copy(piece, page);
        }
    }

    /// A piece may end inside a character, so bytes are gathered.
    fn copy(&mut self, piece: &[u8], page: &[u8]) {
        let slice = std::mem::take(&mut self.slice);
        self.copied.extend_from_slice(page.get(slice).unwrap_or_default());
        self.copied.extend_from_slice(piece);
    }

    /// The text, which shares the memory of the page where it can; nothing is left.
    pub(super) fn take(&mut self, page: &StrTendril) -> StrTendril {
        let text = match self.shared(page) {
            Some(text) => text,
            // The tokenizer cuts texts at ASCII characters, so nothing is lost here.
            None => StrTendril::from_slice(&readable(&self.copied)),
        };
        self.clear();
        text
    }

    fn shared(&self, page: &StrTendril) -> Option<StrTendril> {
        if !self.copied.is_empty() {
            return None;
        }
        page.try_subtendril(u32::try_from(self.slice.start).ok()?, u32::try_from(self.slice.len()).ok()?).ok()
    }
}

/// Bytes as text; much quicker than the standard library's lossy reading where nothing is broken.
pub(super) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_the_page_are_one_slice_of_it() {
        let page = StrTendril::from_slice("一二三四五六七八九十");
        let bytes = page.as_bytes();
        let mut run = Run::default();
        run.push(&bytes[3..6], &page);
        run.push(&bytes[6..20], &page);
        run.push(&bytes[20..24], &page);
        let text = run.take(&page);
        assert_eq!(&*text, "二三四五六七八");
        assert_eq!(page.as_bytes().element_offset(&text.as_bytes()[0]), Some(3), "shared with the page");
        assert!(run.is_empty());
    }

    #[test]
    fn pieces_from_elsewhere_and_cut_characters_lose_nothing() {
        let page = StrTendril::from_slice("甲乙丙丁");
        let bytes = page.as_bytes();
        for pieces in [
            [&bytes[0..3], "&".as_bytes(), &bytes[3..12]].as_slice(),
            &["甲&".as_bytes(), &bytes[3..6], &bytes[6..12]],
            &[&[bytes[0]], &bytes[1..3], b"&", &bytes[3..7], &bytes[7..12]],
        ] {
            let mut run = Run::default();
            for piece in pieces {
                run.push(piece, &page);
            }
            assert_eq!(&*run.take(&page), "甲&乙丙丁");
            run.push(b"x", &page);
            assert_eq!(&*run.take(&page), "x", "what was taken is gone");
        }
    }
}
