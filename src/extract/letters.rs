//! Titles as they are compared: by their letters, without blanks and punctuation.

use super::looks::is_letter;
use crate::text::fold_char;

/// The letters of a text, in one width.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| is_letter(c)).map(fold_char)
}

/// The letters of a text that is compared more than once.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(letters(text));
    folded
}

/// Whether two texts have the same letters.
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// The letters of a text behind those of a title, if it begins with them.
pub(super) fn behind<'a>(text: &'a str, title: &str) -> Option<impl Iterator<Item = char> + use<'a>> {
    let mut rest = letters(text);
    letters(title).all(|letter| rest.next() == Some(letter)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_marks_and_width_make_no_difference() {
        assert_eq!(folded("　云溪县〔２０２４〕 工作-报告"), "云溪县2024工作报告");
        assert!(same_letters("云溪县：工作报告", "云溪县 工作报告"));
        assert!(!same_letters("云溪县工作", "云溪县工作报告"));
        assert_eq!(behind("关于印发《办法》的通知", "关于印发办法").map(Iterator::collect), Some("的通知".to_owned()));
        assert!(behind("关于印发", "关于印发办法").is_none());
    }
}
