//! The text that a reader sees of an element.

use html5ever::local_name;
use scraper::ElementRef;
use scraper::node::Node;

use super::dom::{Content, Dom, DomId, Element};
use crate::text::clean_line;

/// The text that a reader sees of an element, one piece a text node, without the elements that `skip` names.
pub fn pieces(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    each(element, skip, &mut |text| pieces.extend(shown(text)));
    pieces
}

/// All the text that a reader sees of an element, in one line.
pub fn seen(element: ElementRef<'_>) -> String {
    clean_line(&pieces(element, &|_| false).join(" "))
}

/// The same of an element of the parser's tree.
pub(crate) fn text_in(dom: &Dom, element: DomId) -> String {
    let pieces: Vec<String> = texts(dom, element).filter_map(shown).collect();
    clean_line(&pieces.join(" "))
}

/// Whether a reader sees at least so many characters of an element; what stands behind them is not looked at.
pub(super) fn says(dom: &Dom, element: DomId, chars: usize) -> bool {
    let mut lengths = texts(dom, element).filter_map(shown).map(|piece| piece.chars().count());
    let mut left = chars;
    lengths.any(|length| {
        left = left.saturating_sub(length);
        left == 0
    })
}

/// The first letter or digit that a reader sees of an element.
pub(crate) fn first_letter(dom: &Dom, element: DomId) -> Option<char> {
    texts(dom, element).find_map(|text| text.chars().find(|c| c.is_alphanumeric()))
}

/// What a reader sees of a text; most of them are blanks between tags.
fn shown(text: &str) -> Option<String> {
    Some(text).filter(|text| !text.trim_ascii_start().is_empty()).map(clean_line).filter(|piece| !piece.is_empty())
}

/// Every text in an element, as it is written.
fn texts(dom: &Dom, element: DomId) -> impl Iterator<Item = &str> {
    let mut next = dom.first_child(element);
    let texts = std::iter::from_fn(move || {
        let at = next?;
        let inside = match dom.content(at) {
            Content::Element(inner) if !is_unseen(inner) => dom.first_child(at),
            _ => None,
        };
        next = inside.or_else(|| dom.behind(at, element));
        Some(dom.text(at))
    });
    texts.flatten()
}

/// Its content is no text of the page.
fn is_unseen(element: &Element) -> bool {
    matches!(
        *element.local(),
        local_name!("script") | local_name!("style") | local_name!("template") | local_name!("noscript")
    )
}

/// Every text in an element of the tree for CSS selectors.
fn each(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool, found: &mut dyn FnMut(&str)) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => found(text),
            Node::Element(inner) if !matches!(inner.name(), "script" | "style" | "template" | "noscript") => {
                if let Some(inner) = ElementRef::wrap(child).filter(|inner| !skip(*inner)) {
                    each(inner, skip, found);
                }
            }
            _ => {}
        }
    }
}
