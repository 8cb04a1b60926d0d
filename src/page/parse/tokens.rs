//! What html5gum's tokenizer reads, as the tokens that html5ever's tree construction takes.

use std::convert::Infallible;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::{Emitter, Error, State, Tokenizer};

use super::run::{Run, readable};

/// Most attributes of a tag: each one is compared with all before it, since only the first of a name counts.
const MOST_ATTRIBUTES: usize = 200;
/// The tree construction wants a line for its error messages, which nobody reads.
const LINE: u64 = 0;

/// Reads a page and gives its tokens to a sink of html5ever.
pub(super) fn feed<S: TokenSink>(page: &str, sink: &S) {
    let page = StrTendril::from_slice(page);
    let Ok(()) = Tokenizer::new_with_emitter(&*page, Tokens::new(&page, sink)).finish();
}

/// Gathers the pieces that the tokenizer reads.
struct Tokens<'a, S> {
    page: &'a StrTendril,
    sink: &'a S,
    /// Text since the last tag.
    text: Run,
    /// The tag that is being read; attributes of an end tag are nothing.
    kind: TagKind,
    name: Vec<u8>,
    attributes: Vec<Attribute>,
    self_closing: bool,
    attribute_name: Vec<u8>,
    attribute_value: Run,
    /// The element whose end tag ends a text that is not markup.
    last_start: LocalName,
    comment: Run,
    doctype: Doctype,
}

impl<'a, S: TokenSink> Tokens<'a, S> {
    fn new(page: &'a StrTendril, sink: &'a S) -> Self {
        Self {
            page,
            sink,
            text: Run::default(),
            kind: TagKind::StartTag,
            name: Vec::new(),
            attributes: Vec::new(),
            self_closing: false,
            attribute_name: Vec::new(),
            attribute_value: Run::default(),
            last_start: LocalName::default(),
            comment: Run::default(),
            doctype: Doctype::default(),
        }
    }

    /// Gives a token; the answer is how the tokenizer must read on, where that is for the tree to say.
    fn give(&self, token: Token) -> Option<State> {
        match self.sink.process_token(token, LINE) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => None,
            TokenSinkResult::Script(_) => Some(State::Data),
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            // The escaped kinds are states inside the tokenizer, which no tag asks for.
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => Some(State::ScriptData),
        }
    }

    fn give_text(&mut self) {
        if !self.text.is_empty() {
            let text = self.text.take(self.page);
            self.give(Token::CharacterTokens(text));
        }
    }

    fn end_attribute(&mut self) {
        if self.attribute_name.is_empty() {
            return;
        }
        let name = QualName::new(None, ns!(), local_name(&self.attribute_name));
        let value = self.attribute_value.take(self.page);
        self.attribute_name.clear();
        if self.attributes.len() < MOST_ATTRIBUTES && self.attributes.iter().all(|known| known.name != name) {
            self.attributes.push(Attribute { name, value });
        }
    }

    fn begin_tag(&mut self, kind: TagKind) {
        self.kind = kind;
        self.name.clear();
        self.attributes.clear();
        self.self_closing = false;
        self.attribute_name.clear();
        self.attribute_value.clear();
    }
}

fn push(text: &mut StrTendril, piece: &[u8]) {
    text.push_slice(&readable(piece));
}

fn local_name(name: &[u8]) -> LocalName {
    LocalName::from(&*readable(name))
}

impl<S: TokenSink> Emitter for Tokens<'_, S> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start = local_name(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.give_text();
        self.give(Token::EOFToken);
        self.sink.end();
    }

    fn emit_error(&mut self, _: Error) {}

    /// Looking for errors, which nobody reads, would take as long as all the rest.
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, piece: &[u8]) {
        if !piece.contains(&0) {
            return self.text.push(piece, self.page);
        }
        for (n, piece) in piece.split(|&byte| byte == 0).enumerate() {
            if n > 0 {
                self.give_text();
                self.give(Token::NullCharacterToken);
            }
            self.text.push(piece, self.page);
        }
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(TagKind::StartTag);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(TagKind::EndTag);
    }

    fn push_tag_name(&mut self, piece: &[u8]) {
        self.name.extend_from_slice(piece);
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, piece: &[u8]) {
        self.attribute_name.extend_from_slice(piece);
    }

    fn push_attribute_value(&mut self, piece: &[u8]) {
        self.attribute_value.push(piece, self.page);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = self.kind == TagKind::StartTag;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.give_text();
        self.end_attribute();
        let name = local_name(&self.name);
        let mut attrs = std::mem::take(&mut self.attributes);
        match self.kind {
            TagKind::StartTag => self.last_start = name.clone(),
            TagKind::EndTag => attrs.clear(),
        }
        let (kind, self_closing) = (self.kind, self.self_closing);
        self.give(Token::TagToken(Tag { kind, name, self_closing, attrs, had_duplicate_attributes: false }))
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.kind == TagKind::EndTag && self.last_start.as_bytes() == self.name
    }

    /// Text may open formatting elements anew, so the tree must have it before it is asked.
    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.give_text();
        self.sink.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn init_comment(&mut self) {
        self.give_text();
        self.comment.clear();
    }

    fn push_comment(&mut self, piece: &[u8]) {
        self.comment.push(piece, self.page);
    }

    fn emit_current_comment(&mut self) {
        let comment = self.comment.take(self.page);
        self.give(Token::CommentToken(comment));
    }

    fn init_doctype(&mut self) {
        self.give_text();
        self.doctype = Doctype::default();
    }

    fn push_doctype_name(&mut self, piece: &[u8]) {
        push(self.doctype.name.get_or_insert_default(), piece);
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        push(self.doctype.public_id.insert(StrTendril::new()), value);
    }

    fn push_doctype_public_identifier(&mut self, piece: &[u8]) {
        push(self.doctype.public_id.get_or_insert_default(), piece);
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        push(self.doctype.system_id.insert(StrTendril::new()), value);
    }

    fn push_doctype_system_identifier(&mut self, piece: &[u8]) {
        push(self.doctype.system_id.get_or_insert_default(), piece);
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    fn emit_current_doctype(&mut self) {
        let doctype = std::mem::take(&mut self.doctype);
        self.give(Token::DoctypeToken(doctype));
    }
}
