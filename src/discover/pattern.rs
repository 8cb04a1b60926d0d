//! Patterns and selectors of this program, which are sound because every one is used in a test.

use regex::Regex;
use scraper::Selector;

/// Compiles a pattern of this program.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of the program is sound: every one is used in a test")
}

/// Reads a selector of this program.
pub(super) fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector of the program is sound: every one is used in a test")
}
