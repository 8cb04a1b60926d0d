//! Titles as they are compared: by their letters, without blanks and punctuation.

use super::line_class::is_letter;
use crate::text::{dates, fold_char, is_blank};

/// The letters of a text, in one width.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| is_letter(c)).map(fold_char)
}

/// The letters of a text that is compared more than once.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(letters(text));
    folded
}

/// Whether two texts have the same letters.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// The letters behind those of a title, if these are the first.
pub(crate) fn behind<I: Iterator<Item = char>>(mut letters_of_text: I, title: &str) -> Option<I> {
    letters(title).all(|letter| letters_of_text.next() == Some(letter)).then_some(letters_of_text)
}

/// A heading without the date that some templates put behind it.
pub(crate) fn without_date(text: &str) -> &str {
    if !text.ends_with([')', '）', ']', '】']) || text.chars().count() <= 14 {
        return text;
    }
    let Some(found) = dates(text).last() else { return text };
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let (head, tail) = (text.get(..byte(found.start)), text.get(byte(found.end)..));
    let head = head.unwrap_or_default().trim_end_matches(is_blank);
    let closed = tail.is_some_and(|tail| tail.trim_matches(is_blank).chars().count() <= 1);
    if closed && head.ends_with(['(', '（', '[']) {
        head.trim_end_matches(|c: char| is_blank(c) || "(（[".contains(c))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_marks_and_width_make_no_difference() {
        assert_eq!(folded("　云溪县〔２０２４〕 工作-报告"), "云溪县2024工作报告");
        assert!(same_letters("云溪县：工作报告", "云溪县 工作报告"));
        assert!(!same_letters("云溪县工作", "云溪县工作报告"));
        assert_eq!(
            behind(letters("关于印发《办法》的通知"), "关于印发办法").map(Iterator::collect),
            Some("的通知".to_owned())
        );
        assert!(behind(letters("关于印发"), "关于印发办法").is_none());
    }
}
