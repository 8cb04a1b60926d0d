//! Where a text ends that is not markup.

use html5ever::tokenizer::TokenSink;
use memchr::{memchr, memchr2};

use super::{BLANK, CLOSE, KINDS, SLASH, Tokenizer};

/// How deep a script hides its end tag in what looks like a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    No,
    /// Behind `<!--`: an end tag still ends the script.
    Once,
    /// Behind `<!--` and `<script`: it does not.
    Twice,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Whether the end tag of the open element stands at a place that holds `<`.
    pub(super) fn is_end_of_raw(&self, at: usize) -> bool {
        self.byte(at + 1) == Some(b'/') && self.is_name(at + 2, self.last_start.as_bytes())
    }

    /// Whether a tag has this name, given where its name begins.
    fn is_name(&self, start: usize, name: &[u8]) -> bool {
        let end = start + name.len();
        self.bytes.get(start..end).is_some_and(|written| written.eq_ignore_ascii_case(name))
            && self.byte(end).is_some_and(|next| KINDS[usize::from(next)] & (BLANK | SLASH | CLOSE) != 0)
    }

    /// The place of the end tag, or the end of the page.
    pub(super) fn end_of_raw(&self) -> usize {
        let mut from = self.at;
        while let Some(at) = memchr(b'<', self.rest(from)).map(|at| from + at) {
            if self.is_end_of_raw(at) {
                return at;
            }
            from = at + 1;
        }
        self.bytes.len()
    }

    /// The place of the end tag of a script, or the end of the page.
    pub(super) fn end_of_script(&self) -> usize {
        let mut hidden = Hidden::No;
        // Where the comment began whose two dashes may be those of its end, too.
        let (mut from, mut comment) = (self.at, 0);
        loop {
            let rest = self.rest(from);
            let next = if hidden == Hidden::No { memchr(b'<', rest) } else { memchr2(b'<', b'>', rest) };
            let Some(at) = next.map(|at| from + at) else { return self.bytes.len() };
            from = at + 1;
            if self.byte(at) == Some(b'>') {
                if at >= comment + 2 && self.bytes.get(at - 2..at) == Some(b"--") {
                    hidden = Hidden::No;
                }
            } else if hidden != Hidden::Twice && self.is_end_of_raw(at) {
                return at;
            } else if hidden == Hidden::No && self.rest(at).starts_with(b"<!--") {
                hidden = Hidden::Once;
                (comment, from) = (at + 2, at + 4);
            } else if hidden == Hidden::Once && self.is_name(at + 1, b"script") {
                hidden = Hidden::Twice;
                from = at + 1 + b"script".len() + 1;
            } else if hidden == Hidden::Twice && self.byte(at + 1) == Some(b'/') && self.is_name(at + 2, b"script") {
                hidden = Hidden::Once;
                from = at + 2 + b"script".len() + 1;
            }
        }
    }
}
