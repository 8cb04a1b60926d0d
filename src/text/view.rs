//! Words in a view: a slice of characters that were folded for matching.

/// Whether `view` begins with `word`.
pub fn begins(view: &[char], word: &str) -> bool {
    let mut rest = view.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// Whether `view` ends with `word`.
pub fn ends(view: &[char], word: &str) -> bool {
    let mut rest = view.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

/// Whether `word` stands anywhere in `view`.
pub fn holds(view: &[char], word: &str) -> bool {
    let Some(first) = word.chars().next() else { return true };
    (0..view.len()).any(|n| view[n] == first && begins(&view[n..], word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_both_ends_and_inside() {
        let view: Vec<char> = "关于印发办法的通知".chars().collect();
        assert!(begins(&view, "关于") && ends(&view, "通知") && holds(&view, "办法"));
        assert!(!begins(&view, "印发") && !ends(&view, "办法") && !holds(&view, "方案"));
    }
}
