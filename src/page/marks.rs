//! Words of ASCII that are looked for in a whole page at once, in letters of either case.

/// Fewest letters of such a word: three of them, from a place in it or from the next.
const SHORTEST: usize = WINDOW + 1;
const WINDOW: usize = 3;
/// Letters from the most to the least frequent; signs are more frequent in markup than any.
const FREQUENT: &str = "etaoinsrhdlucmfpgwybvkxjqz_";
/// Numbers of three letters; as many as stay at hand in the nearest memory of a processor.
const NUMBERS: usize = 8192;

/// Words, and where three letters of them lead.
///
/// At every second place of a page three letters are looked up in a table, and a word is compared only where the table knows
/// them. An automaton that looks at every byte takes four times as long.
pub(super) struct Marks {
    words: Vec<&'static str>,
    /// Whether a word has three letters of a number.
    known: Box<[bool; NUMBERS]>,
    /// The number of three letters, the word, and how far into it they are; sorted.
    places: Vec<(usize, usize, usize)>,
}

impl Marks {
    /// Words of at least four letters of ASCII.
    pub(super) fn new(words: Vec<&'static str>) -> Self {
        let mut places = Vec::with_capacity(words.len() * 2);
        for (word, text) in words.iter().enumerate() {
            debug_assert!(text.len() >= SHORTEST && text.is_ascii(), "{text}");
            let windows = text.as_bytes().array_windows().enumerate().skip(rarest(text)).take(2);
            places.extend(windows.map(|(at, window)| (number(*window), word, at)));
        }
        places.sort_unstable();
        let mut known = Box::new([false; NUMBERS]);
        for (number, ..) in &places {
            known[*number] = true;
        }
        Self { words, known, places }
    }

    /// Calls `found` with each word in a text and the place behind it.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let (pairs, rest) = bytes.as_chunks::<2>();
        let next = pairs.get(1..).unwrap_or_default().iter();
        for (n, (&[first, second], &[third, _])) in pairs.iter().zip(next).enumerate() {
            let number = number([first, second, third]);
            if self.known[number] {
                self.compare(bytes, 2 * n, number, &mut found);
            }
        }
        if let (Some(&[first, second]), Some(&third)) = (pairs.last(), rest.first()) {
            self.compare(bytes, bytes.len() - WINDOW, number([first, second, third]), &mut found);
        }
    }

    /// Looks for the words of which three letters with this number stand at a place.
    fn compare(&self, bytes: &[u8], at: usize, number: usize, found: &mut impl FnMut(usize, usize)) {
        let first = self.places.partition_point(|(known, ..)| *known < number);
        for &(_, word, into) in self.places.iter().skip(first).take_while(|(known, ..)| *known == number) {
            let text = self.words[word].as_bytes();
            let range = at.checked_sub(into).map(|start| start..start + text.len());
            if let Some(range) = range
                && bytes.get(range.clone()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(text))
            {
                found(word, range.end);
            }
        }
    }
}

/// Where the rarest letters of a word begin, so that the table seldom knows what is no word: not at `id="`.
fn rarest(word: &str) -> usize {
    let rarity = |letter: &u8| FREQUENT.find(char::from(letter.to_ascii_lowercase())).map_or(0, |place| place + 1);
    let windows = word.as_bytes().windows(SHORTEST).map(|letters| letters.iter().map(rarity).sum::<usize>());
    windows.enumerate().max_by_key(|(_, rarity)| *rarity).map_or(0, |(at, _)| at)
}

/// A number of three letters that is the same for either case.
fn number([first, second, third]: [u8; WINDOW]) -> usize {
    let letters = u32::from_le_bytes([first, second, third, 0]) | 0x0020_2020;
    // What Knuth spreads numbers with; the highest bits are the best.
    (letters.wrapping_mul(0x9e37_79b1) >> 19) as usize % NUMBERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_at_every_place_and_in_either_case() {
        let words = vec!["ucap", "trs_editor", "/r/cms/", "editor-content", "<tr syh=", "\"ewb-", "TRS_Editor"];
        let marks = Marks::new(words.clone());
        for (n, word) in words.iter().enumerate() {
            for before in ["", "文", "x", "文x", "ucapu"] {
                for written in [word.to_ascii_lowercase(), word.to_ascii_uppercase()] {
                    let text = format!("{before}{written}");
                    let mut found = Vec::new();
                    marks.each(&text, |word, end| found.push((word, end)));
                    assert!(found.contains(&(n, text.len())), "{text}");
                }
            }
        }
    }

    #[test]
    fn nothing_else_is_found() {
        let marks = Marks::new(vec!["ucap", "trs_editor"]);
        for text in ["", "uc", "uca", "uca文", "trs_edito", "TRS-EDITOR", "u c a p"] {
            marks.each(text, |word, _| panic!("{text}: {word}"));
        }
    }
}
