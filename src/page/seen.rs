//! The text that a reader sees of an element.

use std::ops::ControlFlow;

use scraper::ElementRef;
use scraper::node::Node;

use crate::text::clean_line;

/// The text that a reader sees of an element, one piece a text node, without the elements that `skip` names.
pub fn pieces(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    let _ = each(element, skip, &mut |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    pieces
}

/// Whether a reader sees at least so many characters of an element; what stands behind them is not looked at.
pub(super) fn says(element: ElementRef<'_>, chars: usize) -> bool {
    let mut left = chars;
    each(element, &|_| false, &mut |piece| {
        left = left.saturating_sub(piece.chars().count());
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .is_break()
}

fn each(
    element: ElementRef<'_>,
    skip: &dyn Fn(ElementRef<'_>) -> bool,
    found: &mut dyn FnMut(String) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                let piece = clean_line(text);
                if !piece.is_empty() {
                    found(piece)?;
                }
            }
            Node::Element(inner) if !matches!(inner.name(), "script" | "style" | "template" | "noscript") => {
                if let Some(inner) = ElementRef::wrap(child).filter(|inner| !skip(*inner)) {
                    each(inner, skip, found)?;
                }
            }
            _ => {}
        }
    }
    ControlFlow::Continue(())
}

/// All the text that a reader sees of an element, in one line.
pub fn seen(element: ElementRef<'_>) -> String {
    clean_line(&pieces(element, &|_| false).join(" "))
}
