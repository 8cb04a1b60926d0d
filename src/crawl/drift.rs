//! Whether a list moves while it is read, so that an item may slip past the reader.

use super::plan::KeyHash;

/// Whether the list moved while it was read, so that an item may have slipped past the reader.
#[derive(Debug, Default)]
pub(super) struct Drift {
    /// The last item of the page before.
    last: Option<KeyHash>,
    /// How many items the pages before declared.
    items: Option<u32>,
    pub(super) moved: bool,
}

impl Drift {
    /// Looks at the next page: an item that closes one page and is on the next as well was pushed there by a new one,
    /// and a total that is not that of the page before means that items came or went. A number of pages tells nothing
    /// before the end: many pagers name only the pages around.
    pub(super) fn pass(&mut self, keys: &[KeyHash], items: Option<u32>) {
        // A page of one item may be a pinned one.
        let pushed = keys.len() > 1 && self.last.as_ref().is_some_and(|last| keys.contains(last));
        let other_total = self.items.zip(items).is_some_and(|(before, now)| before != now);
        self.moved |= pushed || other_total;
        self.items = items.or(self.items);
        self.last = keys.last().copied();
    }
}
