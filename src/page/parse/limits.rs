//! Tags beyond sane limits, left out between the tokenizer and the tree.

use std::cell::Cell;

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};

use crate::page::dom::{DomId, Sink};

/// Deepest nesting of elements that must be closed by a tag of their own; browsers stop at 512, real pages at some 60.
const MAX_DEPTH: usize = 200;
/// Most open formatting elements: each of them is opened anew in every paragraph that follows.
const MAX_FORMATTING: usize = 32;
/// What the tags of one page may cost: a tag costs one and its depth in sixteenths, since the tree looks through the
/// stack of open elements. The largest real pages have some ten thousand tags.
const MAX_COST: usize = 2_000_000;
/// Most `<html>` and `<body>` tags: each one's attributes are merged into the first.
const MAX_ROOTS: usize = 16;

/// Stands between the tokenizer and the tree and leaves out the tags that are too many.
pub(super) struct Limits {
    tree: TreeBuilder<DomId, Sink>,
    cost: Cell<usize>,
    roots: Cell<usize>,
    nesting: Depth,
    formatting: Depth,
}

/// How many elements of a kind are open, and how many more would be.
struct Depth {
    limit: usize,
    open: Cell<usize>,
    left_out: Cell<usize>,
}

impl Depth {
    fn new(limit: usize) -> Self {
        Self { limit, open: Cell::new(0), left_out: Cell::new(0) }
    }

    /// Whether the tag goes on to the tree.
    fn lets(&self, kind: TagKind) -> bool {
        match kind {
            TagKind::StartTag if self.open.get() < self.limit => self.open.set(self.open.get() + 1),
            TagKind::StartTag => {
                self.left_out.set(self.left_out.get() + 1);
                return false;
            }
            TagKind::EndTag if self.left_out.get() > 0 => {
                self.left_out.set(self.left_out.get() - 1);
                return false;
            }
            TagKind::EndTag => self.open.set(self.open.get().saturating_sub(1)),
        }
        true
    }
}

impl Limits {
    pub(super) fn new(tree: TreeBuilder<DomId, Sink>) -> Self {
        let (cost, roots) = (Cell::new(0), Cell::new(0));
        Self { tree, cost, roots, nesting: Depth::new(MAX_DEPTH), formatting: Depth::new(MAX_FORMATTING) }
    }

    pub(super) fn into_tree(self) -> TreeBuilder<DomId, Sink> {
        self.tree
    }

    /// Only in foreign content (SVG) does `/>` close an element.
    fn in_svg(&self) -> bool {
        self.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn lets(&self, tag: &Tag) -> bool {
        let depth = self.nesting.open.get() + self.formatting.open.get();
        self.cost.set(self.cost.get() + 1 + depth / 16);
        match class_of(&tag.name) {
            // The tokenizer must hear of these in any case, or it would read their text as markup.
            Class::RawText => true,
            _ if self.cost.get() > MAX_COST => false,
            Class::Root => {
                self.roots.set(self.roots.get() + 1);
                self.roots.get() <= MAX_ROOTS
            }
            Class::Formatting => self.formatting.lets(tag.kind),
            Class::Nesting => tag.self_closing && self.in_svg() || self.nesting.lets(tag.kind),
            Class::Flat => true,
        }
    }
}

impl TokenSink for Limits {
    type Handle = DomId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<DomId> {
        match &token {
            Token::TagToken(tag) if !self.lets(tag) => TokenSinkResult::Continue,
            _ => self.tree.process_token(token, line),
        }
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// How an element counts towards the limits.
enum Class {
    /// Its content is not markup.
    RawText,
    /// `<html>`, `<body>`.
    Root,
    /// Reopened in the next paragraph while its end tag is missing.
    Formatting,
    /// Closed only by its own end tag.
    Nesting,
    /// Void, or closed by the next of its kind.
    Flat,
}

fn class_of(name: &LocalName) -> Class {
    match *name {
        local_name!("script")
        | local_name!("style")
        | local_name!("title")
        | local_name!("textarea")
        | local_name!("xmp")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("noscript") => Class::RawText,
        local_name!("html") | local_name!("body") => Class::Root,
        local_name!("a")
        | local_name!("b")
        | local_name!("big")
        | local_name!("code")
        | local_name!("em")
        | local_name!("font")
        | local_name!("i")
        | local_name!("nobr")
        | local_name!("s")
        | local_name!("small")
        | local_name!("strike")
        | local_name!("strong")
        | local_name!("tt")
        | local_name!("u") => Class::Formatting,
        local_name!("p")
        | local_name!("li")
        | local_name!("dd")
        | local_name!("dt")
        | local_name!("tr")
        | local_name!("td")
        | local_name!("th")
        | local_name!("tbody")
        | local_name!("thead")
        | local_name!("tfoot")
        | local_name!("option")
        | local_name!("head")
        | local_name!("br")
        | local_name!("img")
        | local_name!("input")
        | local_name!("meta")
        | local_name!("link")
        | local_name!("hr")
        | local_name!("col")
        | local_name!("wbr")
        | local_name!("area")
        | local_name!("base")
        | local_name!("embed")
        | local_name!("param")
        | local_name!("source")
        | local_name!("track") => Class::Flat,
        _ => Class::Nesting,
    }
}
