//! A text that is read in pieces: a slice of the page while its pieces are neighbours there, a copy otherwise.

use std::ops::Range;

use html5ever::tendril::StrTendril;

/// What was read of a text so far.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Bytes of the page, while nothing is copied.
    slice: Range<usize>,
    copied: Option<StrTendril>,
}

impl Run {
    pub(super) fn is_empty(&self) -> bool {
        self.slice.is_empty() && self.copied.is_none()
    }

    /// Adds bytes of the page, which begin and end between characters.
    pub(super) fn push(&mut self, piece: Range<usize>, page: &StrTendril) {
        if piece.is_empty() {
            return;
        }
        if let Some(copied) = &mut self.copied {
            copied.push_slice(page.get(piece).unwrap_or_default());
        } else if self.slice.is_empty() {
            self.slice = piece;
        } else if self.slice.end == piece.start {
            self.slice.end = piece.end;
        } else {
            self.copy(page).push_slice(page.get(piece).unwrap_or_default());
        }
    }

    /// Adds a character that the page does not hold as such.
    pub(super) fn push_char(&mut self, c: char, page: &StrTendril) {
        self.copy(page).push_char(c);
    }

    fn copy(&mut self, page: &StrTendril) -> &mut StrTendril {
        let slice = std::mem::take(&mut self.slice);
        self.copied.get_or_insert_with(|| StrTendril::from_slice(page.get(slice).unwrap_or_default()))
    }

    /// The text, which shares the memory of the page where it can; nothing is left.
    pub(super) fn take(&mut self, page: &StrTendril) -> StrTendril {
        let slice = std::mem::take(&mut self.slice);
        self.copied.take().unwrap_or_else(|| shared(page, slice))
    }
}

/// A part of the page, in the memory of the page.
pub(super) fn shared(page: &StrTendril, part: Range<usize>) -> StrTendril {
    let part = u32::try_from(part.start).ok().zip(u32::try_from(part.len()).ok());
    part.and_then(|(start, len)| page.try_subtendril(start, len).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_the_page_are_one_slice_of_it() {
        let page = StrTendril::from_slice("一二三四五六七八九十");
        let mut run = Run::default();
        for piece in [3..6, 6..21, 21..24] {
            run.push(piece, &page);
        }
        let text = run.take(&page);
        assert_eq!(&*text, "二三四五六七八");
        assert_eq!(page.as_bytes().element_offset(&text.as_bytes()[0]), Some(3), "shared with the page");
        assert!(run.is_empty());
    }

    #[test]
    fn pieces_from_elsewhere_lose_nothing() {
        let page = StrTendril::from_slice("甲乙丙丁");
        let mut run = Run::default();
        run.push(0..3, &page);
        run.push_char('&', &page);
        run.push(3..12, &page);
        assert_eq!(&*run.take(&page), "甲&乙丙丁");
        run.push_char('&', &page);
        run.push(9..12, &page);
        assert_eq!(&*run.take(&page), "&丁");
        run.push(0..3, &page);
        run.push(9..12, &page);
        assert_eq!(&*run.take(&page), "甲丁");
        assert_eq!(&*run.take(&page), "", "what was taken is gone");
    }
}
