//! Comments, document types, and what begins like them.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Token, TokenSink};
use memchr::{memchr, memmem};

use super::{BLANK, CLOSE, Tokenizer};
use crate::page::parse::run::shared;

impl<S: TokenSink> Tokenizer<'_, S> {
    /// What stands behind `<!`.
    pub(super) fn declaration(&mut self, start: usize) {
        let rest = self.rest(start);
        if rest.starts_with(b"--") {
            self.comment(start + 2);
        } else if is_word(rest, b"doctype") {
            self.doctype(start + b"doctype".len());
        } else if rest.starts_with(b"[CDATA[") && self.is_foreign() {
            self.at = start + b"[CDATA[".len();
            let rest = self.rest(self.at);
            let end = memmem::find(rest, b"]]>");
            self.shown_text(self.at + end.unwrap_or(rest.len()));
            self.at = (self.at + 3).min(self.bytes.len());
        } else {
            self.bogus_comment(start);
        }
    }

    /// Text may open formatting elements anew, so the tree must have it before it is asked.
    fn is_foreign(&mut self) -> bool {
        self.give_text();
        self.sink.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// A comment that ends at the next `>`, whatever it is.
    pub(super) fn bogus_comment(&mut self, start: usize) {
        let rest = self.rest(start);
        let end = start + memchr(b'>', rest).unwrap_or(rest.len());
        self.give_comment(start, end, end + 1);
    }

    fn comment(&mut self, start: usize) {
        let rest = self.rest(start);
        let short = [&b">"[..], b"->"].into_iter().find(|end| rest.starts_with(end));
        if let Some(end) = short {
            return self.give_comment(start, start, start + end.len());
        }
        let mut from = 0;
        while let Some(dashes) = rest.get(from..).and_then(|rest| memmem::find(rest, b"--")).map(|at| from + at) {
            let close = match (rest.get(dashes + 2), rest.get(dashes + 3)) {
                (Some(b'>'), _) => 3,
                (Some(b'!'), Some(b'>')) => 4,
                _ => {
                    from = dashes + 1;
                    continue;
                }
            };
            return self.give_comment(start, start + dashes, start + dashes + close);
        }
        // The page breaks off, perhaps inside the end of the comment.
        let cut = [&b"--!"[..], b"--", b"-"].into_iter().find(|cut| rest.ends_with(cut)).map_or(0, <[u8]>::len);
        self.give_comment(start, self.bytes.len() - cut, self.bytes.len());
    }

    fn give_comment(&mut self, start: usize, end: usize, behind: usize) {
        self.give_text();
        self.at = behind.min(self.bytes.len());
        let comment = self.readable(start, end);
        self.give(Token::CommentToken(comment));
    }

    /// A part of the page in which a NUL is a character that cannot be shown.
    fn readable(&self, start: usize, end: usize) -> StrTendril {
        let part = shared(self.page, start..end);
        if self.has_nul && part.contains('\0') { part.replace('\0', "\u{fffd}").into() } else { part }
    }

    fn doctype(&mut self, start: usize) {
        self.give_text();
        let mut doctype = Doctype::default();
        let end = self.read_doctype(start, &mut doctype);
        // What is wrong with it is passed over.
        let rest = self.rest(end);
        self.at = (end + memchr(b'>', rest).unwrap_or(rest.len()) + 1).min(self.bytes.len());
        self.give(Token::DoctypeToken(doctype));
    }

    /// Reads as far as all is well, and says how far.
    fn read_doctype(&self, start: usize, doctype: &mut Doctype) -> usize {
        doctype.force_quirks = true;
        let start = self.behind_blanks(start);
        let end = self.until(start, BLANK | CLOSE);
        if start == end {
            return end;
        }
        doctype.name = Some(self.readable(start, end).to_ascii_lowercase().into());
        let at = self.behind_blanks(end);
        let rest = self.rest(at);
        let is_public = is_word(rest, b"public");
        if !is_public && !is_word(rest, b"system") {
            doctype.force_quirks = self.byte(at) != Some(b'>');
            return at;
        }
        let mut at = self.behind_blanks(at + b"public".len());
        if is_public {
            let (id, end, is_whole) = self.quoted(at);
            doctype.public_id = id;
            if !is_whole {
                return end;
            }
            at = self.behind_blanks(end);
            if self.byte(at) == Some(b'>') {
                doctype.force_quirks = false;
                return at;
            }
        }
        let (id, end, is_whole) = self.quoted(at);
        doctype.system_id = id;
        doctype.force_quirks = !is_whole || self.behind_blanks(end) == self.bytes.len();
        end
    }

    /// What is quoted here, where it ends, and whether it ends with its quote.
    fn quoted(&self, at: usize) -> (Option<StrTendril>, usize, bool) {
        let Some(quote @ (b'"' | b'\'')) = self.byte(at) else { return (None, at, false) };
        let rest = self.rest(at + 1);
        let len = memchr::memchr2(quote, b'>', rest).unwrap_or(rest.len());
        let end = at + 1 + len;
        let is_whole = self.byte(end) == Some(quote);
        (Some(self.readable(at + 1, end)), end + usize::from(is_whole), is_whole)
    }
}

/// Whether bytes begin with a word, in letters of either case.
fn is_word(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}
