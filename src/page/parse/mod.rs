//! Markup → tree, in linear time whatever the page does.

mod limits;
mod names;
mod reference;
mod run;
mod tokens;

use ego_tree::Tree;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{Html, HtmlTreeSink, Node};

use limits::Limits;

/// Parses a page as a browser would, except that markup beyond sane limits is left out and its text kept.
///
/// The tree is built by html5ever, whose own way of reading tags takes three times as long as all of that. The tree
/// construction of the HTML standard looks through the stack of open elements at every tag, so that a page of nothing
/// but `<div>` takes quadratic time; the limits keep that stack short.
pub fn parse_html(text: &str) -> Html {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut html = Html::new_document();
    html.tree = Tree::with_capacity(Node::Document, nodes(text));
    let tree = TreeBuilder::new(HtmlTreeSink::new(html), TreeBuilderOpts::default());
    let limits = Limits::new(tree);
    tokens::feed(text, &limits);
    limits.into_tree().sink.finish()
}

/// Room for the nodes of a page, since a tree that grows is copied again and again: real pages have a node for each 30
/// to 200 bytes. A huge page gets room for a large one and no more.
fn nodes(text: &str) -> usize {
    (text.len() / 24).clamp(16, 16_384)
}

#[cfg(test)]
mod tests;
