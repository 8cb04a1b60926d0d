//! The path of elements above a link, by which the links of one list are known.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::ElementRef;

/// The paths of elements above links, by name and class from the root down; equal paths have equal numbers.
///
/// Left out is what differs between the rows of one list: emphasis around a link, and the classes of rows (`odd`,
/// `first`, `top`).
#[derive(Default)]
pub(super) struct Paths {
    of_element: HashMap<NodeId, usize>,
    /// A path is one above it and one more step.
    known: HashMap<(usize, String), usize>,
}

impl Paths {
    /// The steps of a path, the innermost first.
    pub(super) fn in_words(&self, mut path: usize) -> String {
        let steps: HashMap<usize, (usize, &str)> =
            self.known.iter().map(|((above, step), number)| (*number, (*above, step.as_str()))).collect();
        let mut words = Vec::new();
        while let Some((above, step)) = steps.get(&path) {
            words.push(*step);
            path = *above;
        }
        words.join("<")
    }

    /// The path above an element.
    pub(super) fn of(&mut self, element: ElementRef<'_>) -> usize {
        let mut open: Vec<ElementRef<'_>> = Vec::new();
        let mut path = 0;
        for above in element.ancestors().filter_map(ElementRef::wrap) {
            if let Some(&known) = self.of_element.get(&above.id()) {
                path = known;
                break;
            }
            open.push(above);
        }
        for above in open.into_iter().rev() {
            if let Some(step) = step(above) {
                let number = self.known.len() + 1;
                path = *self.known.entry((path, step)).or_insert(number);
            }
            self.of_element.insert(above.id(), path);
        }
        path
    }
}

/// What an element adds to a path.
fn step(element: ElementRef<'_>) -> Option<String> {
    let value = element.value();
    match value.name() {
        "b" | "strong" | "em" | "i" | "u" | "font" | "span" => None,
        name @ ("li" | "tr" | "td" | "dd") => Some(name.to_owned()),
        name => Some(format!("{name}.{}", value.attr("class").unwrap_or_default())),
    }
}
