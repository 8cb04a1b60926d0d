//! Ids and classes by which templates name what surrounds an article, and editors the boxes that they fill.

use super::dom::Element;
use crate::words::{EDITOR_BOXES, FURNITURE_BOXES, WordList};

/// The id or a class holds one of the words for what surrounds an article, as a whole word.
pub(crate) fn is_furniture(element: &Element) -> bool {
    let words = element.names().flat_map(|value| value.split(|c: char| !c.is_ascii_alphabetic()));
    words.into_iter().any(|word| is_one_of(&FURNITURE_BOXES, word))
}

/// The id or a class is one of a box that an editor of portal software fills, or the element is named so.
pub(crate) fn is_editor(element: &Element) -> bool {
    let names = element.names().flat_map(str::split_ascii_whitespace);
    names.chain([element.name()]).any(|name| is_one_of(&EDITOR_BOXES, name))
}

/// Whether a name is one of the list, whatever its case.
fn is_one_of(list: &WordList, name: &str) -> bool {
    const LONGEST: usize = 24;
    if !(3..=LONGEST).contains(&name.len()) {
        return false;
    }
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..name.len()) else { return false };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| list.is(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_name_furniture() {
        for (word, known) in
            [("Footer", true), ("nav", true), ("padding", false), ("headline", false), ("sharepoint", false)]
        {
            assert_eq!(is_one_of(&FURNITURE_BOXES, word), known, "{word}");
        }
    }

    #[test]
    fn every_name_of_a_box_is_short_enough_to_be_found() {
        for word in EDITOR_BOXES.iter().chain(FURNITURE_BOXES.iter()) {
            let list = if EDITOR_BOXES.is(word.text) { &EDITOR_BOXES } else { &FURNITURE_BOXES };
            assert!(is_one_of(list, &word.text.to_ascii_uppercase()), "{}", word.text);
        }
    }
}
