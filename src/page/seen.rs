//! The text that a reader sees of an element.

use scraper::ElementRef;
use scraper::node::Node;

use crate::text::clean_line;

/// The text that a reader sees of an element, one piece a text node, without the elements that `skip` names.
pub fn pieces(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    collect(element, skip, &mut pieces);
    pieces
}

fn collect(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool, pieces: &mut Vec<String>) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                let piece = clean_line(text);
                if !piece.is_empty() {
                    pieces.push(piece);
                }
            }
            Node::Element(inner) if !matches!(inner.name(), "script" | "style" | "template" | "noscript") => {
                if let Some(inner) = ElementRef::wrap(child).filter(|inner| !skip(*inner)) {
                    collect(inner, skip, pieces);
                }
            }
            _ => {}
        }
    }
}

/// All the text that a reader sees of an element, in one line.
pub fn seen(element: ElementRef<'_>) -> String {
    clean_line(&pieces(element, &|_| false).join(" "))
}
