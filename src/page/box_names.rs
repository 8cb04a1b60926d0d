//! Ids and classes by which templates name what surrounds an article.

use scraper::node::Element;

use super::tag::names_of;

/// The id or a class holds one of the words, as a whole word.
pub(crate) fn is_furniture(element: &Element) -> bool {
    names_of(element).flat_map(|value| value.split(|c: char| !c.is_ascii_alphabetic())).any(is_furniture_word)
}

fn is_furniture_word(word: &str) -> bool {
    const LONGEST: usize = 16;
    if !(3..=LONGEST).contains(&word.len()) {
        return false;
    }
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    #[rustfmt::skip]
    let known = matches!(
        &*lower,
        b"footer" | b"foot" | b"bottom" | b"copyright" | b"nav" | b"navbar" | b"menu" | b"sidebar" | b"toolbar"
        | b"crumb" | b"crumbs" | b"breadcrumb" | b"breadcrumbs" | b"position" | b"search" | b"login" | b"pagination"
        | b"share" | b"bdsharebuttonbox" | b"print" | b"qrcode" | b"ewm" | b"erweima" | b"friendlink" | b"yqlj"
        | b"related" | b"relevant" | b"relevantdoc" | b"xgjd" | b"xgzc" | b"xglj" | b"xgwz" | b"xgyd" | b"xgxx" | b"xgwd"
        | b"popup" | b"dialog" | b"modal" | b"alert" | b"float" | b"tips" | b"mask" | b"layer"
    );
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_name_furniture() {
        for (word, known) in
            [("Footer", true), ("nav", true), ("padding", false), ("headline", false), ("sharepoint", false)]
        {
            assert_eq!(is_furniture_word(word), known, "{word}");
        }
    }
}
