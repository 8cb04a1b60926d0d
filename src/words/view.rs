//! The same questions about a view, a slice of characters that were folded for matching.

use crate::text::{begins, ends, holds};

use super::{Word, WordList};

impl WordList {
    /// The longest word with which the view begins.
    pub fn starts_view(&self, view: &[char]) -> Option<Word> {
        self.candidates(&self.by_first, view.first().copied()).find(|word| begins(view, word.text))
    }

    /// The longest word with which the view ends.
    pub fn ends_view(&self, view: &[char]) -> Option<Word> {
        self.candidates(&self.by_last, view.last().copied()).find(|word| ends(view, word.text))
    }

    /// The first word of the file that stands anywhere in the view.
    pub fn holds_view(&self, view: &[char]) -> Option<Word> {
        self.iter().find(|word| holds(view, word.text))
    }
}

impl Word {
    /// What is left of the view behind the word that it begins with.
    pub fn behind<'a>(&self, view: &'a [char]) -> &'a [char] {
        view.get(self.text.chars().count()..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_asked_like_a_text() {
        let list = WordList::new("报告\n工作报告\n通知\n");
        let view: Vec<char> = "年度工作报告通知稿".chars().collect();
        assert_eq!(list.ends_view(&view[..6]).map(|word| word.text), Some("工作报告"));
        assert_eq!(list.starts_view(&view[4..]).map(|word| word.text), Some("报告"));
        assert_eq!(list.holds_view(&view).map(|word| word.text), Some("报告"));
        assert_eq!(list.starts_view(&view[4..]).map(|word| word.behind(&view[4..]).len()), Some(3));
        assert!(list.starts_view(&view).is_none() && list.ends_view(&[]).is_none());
    }
}
