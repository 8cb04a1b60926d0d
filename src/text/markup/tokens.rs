//! What html5gum's tokenizer reads, as the tokens that html5ever's tree construction takes.

use std::borrow::Cow;
use std::convert::Infallible;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State};

/// Most attributes of a tag: each one is compared with all before it, since only the first of a name counts.
const MOST_ATTRIBUTES: usize = 200;
/// The tree construction wants a line for its error messages, which nobody reads.
const LINE: u64 = 0;

/// Feeds a sink of html5ever from a tokenizer of html5gum.
pub(super) struct Tokens<'a, S: TokenSink>(CallbackEmitter<Feed<'a, S>>);

impl<'a, S: TokenSink> Tokens<'a, S> {
    pub(super) fn new(sink: &'a S) -> Self {
        Self(CallbackEmitter::new(Feed { sink, open: None, attribute: Place::Left, state: None }))
    }
}

impl<S: TokenSink> ForwardingEmitter for Tokens<'_, S> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    /// Looking for errors, which nobody reads, would take as long as all the rest.
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_eof(&mut self) {
        self.0.emit_eof();
        let feed = self.0.callback_mut();
        feed.give(Token::EOFToken);
        feed.sink.end();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let naive = self.0.emit_current_tag();
        self.0.callback_mut().state.take().or(naive)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.0.callback_mut().sink.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

struct Feed<'a, S> {
    sink: &'a S,
    /// The start tag that is being read.
    open: Option<Tag>,
    /// Where the value of the attribute that is being read goes.
    attribute: Place,
    /// How the tokenizer must read on, by the tag that the tree took last.
    state: Option<State>,
}

enum Place {
    Last,
    /// Into nothing: the attribute is repeated or one too many.
    Left,
}

impl<S: TokenSink> Feed<'_, S> {
    fn give(&mut self, token: Token) {
        self.state = match self.sink.process_token(token, LINE) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => None,
            TokenSinkResult::Script(_) => Some(State::Data),
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            // The escaped kinds are states inside the tokenizer, which no tag asks for.
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => Some(State::ScriptData),
        };
    }

    fn attribute(&mut self, name: &[u8]) {
        let Some(tag) = &mut self.open else { return };
        let name = QualName::new(None, ns!(), local_name(name));
        let left = tag.attrs.len() == MOST_ATTRIBUTES || tag.attrs.iter().any(|known| known.name == name);
        self.attribute = if left { Place::Left } else { Place::Last };
        if !left {
            tag.attrs.push(Attribute { name, value: StrTendril::new() });
        }
    }

    fn value(&mut self, value: &[u8]) {
        let Some(tag) = &mut self.open else { return };
        if let (Place::Last, Some(attribute)) = (&self.attribute, tag.attrs.last_mut()) {
            attribute.value = tendril(value);
        }
    }

    fn text(&mut self, text: &[u8]) {
        let mut pieces = text.split(|&byte| byte == 0);
        if let Some(first) = pieces.next().filter(|first| !first.is_empty()) {
            self.give(Token::CharacterTokens(tendril(first)));
        }
        for piece in pieces {
            self.give(Token::NullCharacterToken);
            if !piece.is_empty() {
                self.give(Token::CharacterTokens(tendril(piece)));
            }
        }
    }
}

impl<S: TokenSink> Callback<Infallible, ()> for Feed<'_, S> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.open = Some(tag(TagKind::StartTag, name)),
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(tag) = self.open.take() {
                    self.give(Token::TagToken(Tag { self_closing, ..tag }));
                }
            }
            CallbackEvent::EndTag { name } => self.give(Token::TagToken(tag(TagKind::EndTag, name))),
            CallbackEvent::String { value } => self.text(value),
            CallbackEvent::Comment { value } => self.give(Token::CommentToken(tendril(value))),
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                self.give(Token::DoctypeToken(Doctype {
                    name: Some(name).filter(|name| !name.is_empty()).map(tendril),
                    public_id: public_identifier.map(tendril),
                    system_id: system_identifier.map(tendril),
                    force_quirks,
                }));
            }
            CallbackEvent::Error(_) => {}
        }
        None
    }
}

fn tag(kind: TagKind, name: &[u8]) -> Tag {
    Tag { kind, name: local_name(name), self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}

fn local_name(name: &[u8]) -> LocalName {
    LocalName::from(&*text_of(name))
}

fn tendril(text: &[u8]) -> StrTendril {
    StrTendril::from_slice(&text_of(text))
}

/// Tokens of a text are text, since it is cut at ASCII characters only; that they are is checked once more.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::UTF_8.decode_without_bom_handling(bytes).0
}
