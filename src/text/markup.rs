//! Markup → tree, in linear time whatever the page does.

use std::borrow::Cow;
use std::cell::Cell;

use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};

/// Deepest nesting of elements that must be closed by a tag of their own; browsers stop at 512, real pages at some 60.
const MAX_DEPTH: usize = 200;
/// Most open formatting elements: each of them is opened anew in every paragraph that follows.
const MAX_FORMATTING: usize = 32;
/// What the tags of one page may cost: a tag costs one and its depth in sixteenths, since the tree looks through the
/// stack of open elements. The largest real pages have some ten thousand tags.
const MAX_COST: usize = 2_000_000;
/// Most `<html>` and `<body>` tags: each one's attributes are merged into the first.
const MAX_ROOTS: usize = 16;

/// Parses a page as a browser would, except that markup beyond sane limits is left out and its text kept.
///
/// The tree construction of the HTML standard looks through the stack of open elements at every tag, so that a page
/// of nothing but `<div>` takes quadratic time; the limits keep that stack short.
pub fn parse_html(text: &str) -> Html {
    let tree = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Limits::new(tree), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&without_giant_tags(text)));
    while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) = tokenizer.feed(&input) {}
    tokenizer.end();
    tokenizer.sink.tree.sink.finish()
}

/// Pages below this size are parsed as they are: even if they were one tag, its attributes would be few enough.
const LARGE: usize = 100_000;
/// Longest tag that is kept if it has many attributes; a picture in a `data:` address is long and is one.
const GIANT: usize = 32_000;
/// Most blanks, and so attributes, of a tag longer than that.
const GIANT_BLANKS: usize = 4000;

/// The text without tags of thousands of attributes: the tokenizer compares each attribute with all before it.
fn without_giant_tags(text: &str) -> Cow<'_, str> {
    if text.len() < LARGE {
        return Cow::Borrowed(text);
    }
    let is_giant = |tag: &str| tag.len() > GIANT && tag.bytes().filter(u8::is_ascii_whitespace).count() > GIANT_BLANKS;
    let mut kept: Option<String> = None;
    let mut from = 0;
    for (at, _) in
        text.match_indices('<').filter(|&(at, _)| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphabetic))
    {
        let Some(rest) = text.get(at..).filter(|_| at >= from) else { continue };
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        if rest.get(..end).is_some_and(is_giant) {
            kept.get_or_insert_default().push_str(text.get(from..at).unwrap_or_default());
            from = at + end;
        }
    }
    match kept {
        Some(kept) => Cow::Owned(kept + text.get(from..).unwrap_or_default()),
        None => Cow::Borrowed(text),
    }
}

/// Stands between the tokenizer and the tree and leaves out the tags that are too many.
struct Limits {
    tree: TreeBuilder<NodeId, HtmlTreeSink>,
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
    fn new(tree: TreeBuilder<NodeId, HtmlTreeSink>) -> Self {
        let (cost, roots) = (Cell::new(0), Cell::new(0));
        Self { tree, cost, roots, nesting: Depth::new(MAX_DEPTH), formatting: Depth::new(MAX_FORMATTING) }
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
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(html: &Html) -> String {
        html.root_element().text().collect()
    }

    #[test]
    fn a_sane_page_is_parsed_as_by_the_plain_parser() {
        for page in [
            "<p>一<p>二<table><tr><td>三</table>",
            "<b><i>甲</b>乙</i><p>丙",
            "<body a=1></html><body b=2><div>文<script>if(a<b){'</div>'}</script>",
            "<svg><path d=''/></svg><div>文",
        ] {
            assert_eq!(parse_html(page), Html::parse_document(page), "{page}");
        }
    }

    #[test]
    fn hostile_markup_keeps_its_text_and_takes_linear_time() {
        for unit in [
            "<div>",
            "<b>",
            "<b id=x><p>",
            "<span><div>",
            "<table><tr><td>",
            "<p><b>",
            "<a><p>",
            "<body x=1>",
            "<div/>",
        ] {
            let page = format!("<p>头</p>{}尾", unit.repeat(60_000));
            let html = parse_html(&page);
            let text = text_of(&html);
            assert!(text.contains('头') && text.contains('尾'), "{unit}");
        }
    }

    #[test]
    fn a_tag_of_thousands_of_attributes_is_left_out() {
        let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
        let html = parse_html(&format!("<p>头</p><div{attributes}>尾"));
        assert_eq!(text_of(&html), "头尾");
        let picture = format!("<p>头<img src='data:{}'>尾", "x".repeat(200_000));
        assert_eq!(parse_html(&picture), Html::parse_document(&picture));
    }

    #[test]
    fn what_is_left_out_is_closed_in_its_own_right() {
        let page = format!("{}深{}<div id=end>浅</div>", "<div>".repeat(3000), "</div>".repeat(3000));
        let html = parse_html(&page);
        let end = html.select(&scraper::Selector::parse("body > #end").unwrap()).next().map(|e| e.text().collect());
        assert_eq!(end, Some("浅".to_owned()));
    }
}
