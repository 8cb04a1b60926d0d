//! The words on links that lead through a list.

use crate::words::PAGER_STEPS;

/// Where a link of a pager leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discover) enum Step {
    /// To the next page.
    Next,
    /// To the last page.
    Last,
    /// To the last page on some portals, to the next one on others.
    Far,
    /// To the page before.
    Back,
    /// To the first page.
    First,
    /// To the page with this number.
    Page(u32),
}

impl Step {
    /// What the label of a link says.
    pub(in crate::discover) fn of(label: &str) -> Option<Self> {
        let word = word(label);
        if let Some(found) = PAGER_STEPS.find(&word) {
            return match found.meaning {
                Some("next") => Some(Self::Next),
                Some("last") => Some(Self::Last),
                Some("far") => Some(Self::Far),
                Some("back") => Some(Self::Back),
                _ => Some(Self::First),
            };
        }
        // `第2页`, and `2/12` or `第2页/共12页` in a choice of pages.
        let number = word.split('/').next().unwrap_or_default();
        let number = number.strip_prefix('第').unwrap_or(number);
        number.strip_suffix('页').unwrap_or(number).parse().ok().map(Self::Page)
    }
}

/// The label of a link that leads through the list, not to an item.
pub(in crate::discover) fn is_step(label: &str) -> bool {
    Step::of(label).is_some() || word(label).chars().all(|c| c.is_ascii_digit())
}

/// The label without blanks and brackets, in lower case.
fn word(text: &str) -> String {
    let fine = |c: &char| !c.is_whitespace() && !matches!(c, '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）');
    let word: String = text.chars().filter(fine).flat_map(char::to_lowercase).collect();
    match word.trim_end_matches(['>', '›', '»']) {
        "" => word,
        short => short.to_owned(),
    }
}
