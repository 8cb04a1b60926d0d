//! The tokens of a page, as html5ever's tree construction takes them.

mod declaration;
mod raw;

use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2};

use super::names::Names;
use super::reference::reference;
use super::run::{Run, shared};

/// Most attributes of a tag: each one is compared with all before it, since only the first of a name counts.
const MOST_ATTRIBUTES: usize = 200;
/// The tree construction wants a line for its error messages, which nobody reads.
const LINE: u64 = 0;

/// Reads a page and gives its tokens to a sink of html5ever.
///
/// The states of the HTML standard, but a whole text, name or value at a time instead of a character: a place in the
/// page takes the place of a state.
pub(super) fn feed<S: TokenSink>(page: &str, sink: &S) {
    let page = with_line_feeds(page);
    let bytes = page.as_bytes();
    Tokenizer {
        page: &page,
        bytes,
        at: 0,
        has_nul: memchr(0, bytes).is_some(),
        sink,
        content: Content::Markup,
        text: Run::default(),
        names: Names::new(),
        last_start: LocalName::default(),
    }
    .run();
}

/// Every line end is a line feed.
fn with_line_feeds(page: &str) -> StrTendril {
    let mut text = StrTendril::with_capacity(u32::try_from(page.len()).unwrap_or_default());
    let mut rest = page;
    while let Some((line, behind)) = memchr(b'\r', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        text.push_slice(line);
        rest = behind.strip_prefix("\r").unwrap_or_default();
        if !rest.starts_with('\n') {
            text.push_char('\n');
        }
    }
    text.push_slice(rest);
    text
}

/// What the bytes at the place are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Markup,
    /// Text with references up to the end tag of its element.
    RcData,
    /// Text up to the end tag of its element.
    RawText,
    /// The same, in which a comment may hide an end tag.
    Script,
    /// Text up to the end of the page.
    Plain,
}

struct Tokenizer<'a, S> {
    page: &'a StrTendril,
    bytes: &'a [u8],
    /// How far the page is read.
    at: usize,
    has_nul: bool,
    sink: &'a S,
    content: Content,
    /// Text since the last tag.
    text: Run,
    names: Names<'a>,
    /// The element whose end tag ends a text that is not markup.
    last_start: LocalName,
}

impl<'a, S: TokenSink> Tokenizer<'a, S> {
    fn run(mut self) {
        while self.at < self.bytes.len() {
            match self.content {
                Content::Markup => self.markup(),
                Content::RcData => self.rc_data(),
                Content::RawText | Content::Script => {
                    let end = if self.content == Content::Script { self.end_of_script() } else { self.end_of_raw() };
                    self.raw_text(end);
                    self.end_raw();
                }
                Content::Plain => self.raw_text(self.bytes.len()),
            }
        }
        self.give_text();
        self.give(Token::EOFToken);
        self.sink.end();
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn rest(&self, from: usize) -> &'a [u8] {
        self.bytes.get(from..).unwrap_or_default()
    }

    /// Where one of some kinds of bytes stands next, or the end of the page.
    fn until(&self, from: usize, kinds: u8) -> usize {
        let rest = self.rest(from);
        from + rest.iter().position(|&byte| KINDS[usize::from(byte)] & kinds != 0).unwrap_or(rest.len())
    }

    fn behind_blanks(&self, from: usize) -> usize {
        let rest = self.rest(from);
        from + rest.iter().position(|&byte| KINDS[usize::from(byte)] & BLANK == 0).unwrap_or(rest.len())
    }

    /// Text up to the next tag or reference, and that.
    fn markup(&mut self) {
        let rest = self.rest(self.at);
        let end = self.at + memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        self.shown_text(end);
        match self.byte(end) {
            Some(b'&') => self.reference(),
            Some(_) => self.opened(),
            None => {}
        }
    }

    fn rc_data(&mut self) {
        let rest = self.rest(self.at);
        let end = self.at + memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        self.raw_text(end);
        match self.byte(end) {
            Some(b'&') => self.reference(),
            Some(_) if self.is_end_of_raw(end) => self.end_raw(),
            Some(_) => self.raw_text(end + 1),
            None => {}
        }
    }

    /// Text in which the tree wants to hear of each NUL.
    fn shown_text(&mut self, end: usize) {
        while let Some(nul) = self.nul(self.at..end) {
            self.text.push(self.at..nul, self.page);
            self.give_text();
            self.give(Token::NullCharacterToken);
            self.at = nul + 1;
        }
        self.text.push(self.at..end, self.page);
        self.at = end;
    }

    /// Text in which a NUL is a character that cannot be shown.
    fn raw_text(&mut self, end: usize) {
        while let Some(nul) = self.nul(self.at..end) {
            self.text.push(self.at..nul, self.page);
            self.text.push_char(char::REPLACEMENT_CHARACTER, self.page);
            self.at = nul + 1;
        }
        self.text.push(self.at..end, self.page);
        self.at = end;
    }

    fn nul(&self, part: Range<usize>) -> Option<usize> {
        if !self.has_nul {
            return None;
        }
        memchr(0, self.bytes.get(part.clone())?).map(|at| part.start + at)
    }

    /// `&` at the place.
    fn reference(&mut self) {
        match reference(self.rest(self.at + 1), false) {
            Some(found) => {
                self.text.push_char(found.first, self.page);
                if let Some(second) = found.second {
                    self.text.push_char(second, self.page);
                }
                self.at += 1 + found.len;
            }
            None => self.shown_text(self.at + 1),
        }
    }

    /// `</>`, an error and no token. The tree construction takes the error for what follows a `<pre>`: the line break behind
    /// it, which the standard drops, stays.
    fn nameless(&mut self, behind: usize) {
        self.at = behind;
        self.give_text();
        self.give(Token::ParseError("".into()));
    }

    /// `<` at the place.
    fn opened(&mut self) {
        let at = self.at;
        match (self.byte(at + 1), self.byte(at + 2)) {
            (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => self.tag(TagKind::StartTag, at + 1),
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.tag(TagKind::EndTag, at + 2),
            (Some(b'/'), Some(b'>')) => self.nameless(at + 3),
            (Some(b'/'), Some(_)) => self.bogus_comment(at + 2),
            (Some(b'!'), _) => self.declaration(at + 2),
            (Some(b'?'), _) => self.bogus_comment(at + 1),
            (Some(b'/'), None) => self.shown_text(at + 2),
            _ => self.shown_text(at + 1),
        }
    }

    /// The end tag that ended a text, if the page has not ended.
    fn end_raw(&mut self) {
        if self.at < self.bytes.len() {
            self.content = Content::Markup;
            self.tag(TagKind::EndTag, self.at + 2);
        }
    }

    /// A tag whose name begins here; one that the page breaks off is nothing.
    fn tag(&mut self, kind: TagKind, start: usize) {
        let mut at = self.until(start, BLANK | SLASH | CLOSE);
        let name = self.names.get(self.bytes.get(start..at).unwrap_or_default());
        let (mut attrs, mut self_closing) = (Vec::new(), false);
        loop {
            at = self.behind_blanks(at);
            match self.byte(at) {
                Some(b'>') => break,
                Some(b'/') => {
                    at += 1;
                    self_closing = self.byte(at) == Some(b'>');
                }
                Some(_) => at = self.attribute(at, kind, &mut attrs),
                None => {
                    self.at = at;
                    return;
                }
            }
        }
        self.at = at + 1;
        self.give_text();
        if kind == TagKind::StartTag {
            self.last_start = name.clone();
        }
        let self_closing = self_closing && kind == TagKind::StartTag;
        self.give(Token::TagToken(Tag { kind, name, self_closing, attrs, had_duplicate_attributes: false }));
    }

    /// An attribute whose name begins here, and where it ends; those of an end tag are nothing.
    fn attribute(&mut self, start: usize, kind: TagKind, attrs: &mut Vec<Attribute>) -> usize {
        let name = start..self.until(start + 1, BLANK | SLASH | CLOSE | EQUALS);
        let behind = self.behind_blanks(name.end);
        let (value, end) = if self.byte(behind) == Some(b'=') {
            let start = self.behind_blanks(behind + 1);
            if let Some(quote @ (b'"' | b'\'')) = self.byte(start) {
                let rest = self.rest(start + 1);
                let end = start + 1 + memchr(quote, rest).unwrap_or(rest.len());
                (start + 1..end, end + 1)
            } else {
                let end = self.until(start, BLANK | CLOSE);
                (start..end, end)
            }
        } else {
            (0..0, behind)
        };
        if kind == TagKind::StartTag && attrs.len() < MOST_ATTRIBUTES {
            let local = self.names.get(self.bytes.get(name).unwrap_or_default());
            if attrs.iter().all(|known| known.name.local != local) {
                attrs.push(Attribute { name: QualName::new(None, ns!(), local), value: self.value(value) });
            }
        }
        end
    }

    fn value(&self, part: Range<usize>) -> StrTendril {
        let value = self.bytes.get(part.clone()).unwrap_or_default();
        let Some(mut next) = memchr2(b'&', 0, value) else { return shared(self.page, part) };
        let (mut run, mut done) = (Run::default(), 0);
        loop {
            let found = if value.get(next) == Some(&0) {
                Some((1, char::REPLACEMENT_CHARACTER, None))
            } else {
                let found = reference(value.get(next + 1..).unwrap_or_default(), true);
                found.map(|found| (1 + found.len, found.first, found.second))
            };
            let mut behind = next + 1;
            if let Some((len, first, second)) = found {
                run.push(part.start + done..part.start + next, self.page);
                run.push_char(first, self.page);
                if let Some(second) = second {
                    run.push_char(second, self.page);
                }
                behind = next + len;
                done = behind;
            }
            match memchr2(b'&', 0, value.get(behind..).unwrap_or_default()) {
                Some(at) => next = behind + at,
                None => break,
            }
        }
        run.push(part.start + done..part.end, self.page);
        run.take(self.page)
    }

    fn give_text(&mut self) {
        if !self.text.is_empty() {
            let text = self.text.take(self.page);
            self.give(Token::CharacterTokens(text));
        }
    }

    /// Gives a token; the answer says how to read on, where that is for the tree to say.
    fn give(&mut self, token: Token) {
        self.content = match self.sink.process_token(token, LINE) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => return,
            TokenSinkResult::Script(_) => Content::Markup,
            TokenSinkResult::Plaintext => Content::Plain,
            TokenSinkResult::RawData(RawKind::Rcdata) => Content::RcData,
            TokenSinkResult::RawData(RawKind::Rawtext) => Content::RawText,
            // The escaped kinds are places inside a script, which no tag asks for.
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => Content::Script,
        };
    }
}

const BLANK: u8 = 1;
const SLASH: u8 = 2;
const CLOSE: u8 = 4;
const EQUALS: u8 = 8;

/// What bytes mean inside a tag.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    kinds[b'\t' as usize] = BLANK;
    kinds[b'\n' as usize] = BLANK;
    kinds[0x0c] = BLANK;
    kinds[b' ' as usize] = BLANK;
    kinds[b'/' as usize] = SLASH;
    kinds[b'>' as usize] = CLOSE;
    kinds[b'=' as usize] = EQUALS;
    kinds
};
