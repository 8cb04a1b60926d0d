//! Markup → tree, in linear time whatever the page does.

mod limits;
mod names;
mod reference;
mod run;
mod tokens;

use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::Html;

use super::dom::{Dom, Sink};
use limits::Limits;

/// Parses a page for CSS selectors, as `parse` does.
pub fn parse_html(text: &str) -> Html {
    parse(text).to_html()
}

/// Parses a page as a browser would, except that markup beyond sane limits is left out and its text kept.
///
/// The tree is built by html5ever, whose own way of reading tags takes three times as long as all of that. The tree
/// construction of the HTML standard looks through the stack of open elements at every tag, so that a page of nothing
/// but `<div>` takes quadratic time; the limits keep that stack short.
pub(super) fn parse(text: &str) -> Dom {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tree = TreeBuilder::new(Sink::new(Dom::new(nodes(text))), TreeBuilderOpts::default());
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
