//! The text that a reader sees of an element.

use std::ops::ControlFlow;

use html5ever::LocalName;
use scraper::node::Node;
use scraper::{ElementRef, Html};

use crate::text::clean_line;

/// The elements of a name, in the order in which the parser made them; what the CSS selector of the name finds, in a
/// fraction of its time.
pub(crate) fn elements(html: &Html, name: LocalName) -> impl Iterator<Item = ElementRef<'_>> {
    let elements = html.tree.nodes().filter_map(ElementRef::wrap);
    elements.filter(move |element| element.value().name.local == name && element.parent().is_some())
}

/// The text that a reader sees of an element, one piece a text node, without the elements that `skip` names.
pub fn pieces(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    let _ = each(element, skip, &mut |text| {
        pieces.extend(shown(text));
        ControlFlow::Continue(())
    });
    pieces
}

/// Whether a reader sees at least so many characters of an element; what stands behind them is not looked at.
pub(super) fn says(element: ElementRef<'_>, chars: usize) -> bool {
    let mut left = chars;
    each(element, &|_| false, &mut |text| {
        left = left.saturating_sub(shown(text).map_or(0, |piece| piece.chars().count()));
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .is_break()
}

/// What a reader sees of a text; most of them are blanks between tags.
fn shown(text: &str) -> Option<String> {
    Some(text).filter(|text| !text.trim_ascii_start().is_empty()).map(clean_line).filter(|piece| !piece.is_empty())
}

/// The first letter or digit that a reader sees of an element.
pub(crate) fn first_letter(element: ElementRef<'_>) -> Option<char> {
    let mut first = None;
    let _ = each(element, &|_| false, &mut |text| {
        first = text.chars().find(|c| c.is_alphanumeric());
        if first.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    first
}

/// Every text in an element, as it is written, until one breaks the walk off.
fn each(
    element: ElementRef<'_>,
    skip: &dyn Fn(ElementRef<'_>) -> bool,
    found: &mut dyn FnMut(&str) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => found(text)?,
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
