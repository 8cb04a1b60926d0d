//! A folded view of text for matching, with a map back to the text that is never edited.

/// Folds one character for matching: full-width ASCII to ASCII, look-alike brackets and marks to one form.
pub fn fold_char(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' => ' ',
        '﹙' => '(',
        '﹚' => ')',
        '｡' => '。',
        _ => c,
    }
}

/// The folded view of a line, without blanks, each character with its index (in characters) in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded characters.
    pub chars: Vec<char>,
    /// For each of them the index of the character that it stands for.
    pub index: Vec<usize>,
}

impl Folded {
    /// Folds at most `limit` characters of a line.
    pub fn new(line: &str, limit: usize) -> Self {
        let (chars, index) = line
            .chars()
            .enumerate()
            .filter(|&(_, c)| !super::is_blank(c))
            .take(limit)
            .map(|(n, c)| (fold_char(c), n))
            .unzip();
        Self { chars, index }
    }
}
