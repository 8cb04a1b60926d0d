//! Text that a page keeps for its scripts to show: in a `<textarea>`, a hidden field, or a string in a script.

use crate::page::line_class::{is_sentence, sentence_marks};
use crate::page::{Tag, View};
use crate::text::{is_blank, is_ideograph};

/// Fewest characters of an embedded text that may be an article.
const LEAST: usize = 60;
/// Markup is mostly ASCII, so that Han characters are one such part at least; code has no sentences.
const HAN_PART: usize = 12;
/// A text that is longer than one such part of the longest is its rival.
const RIVAL: usize = 2;

/// The longest embedded text that reads like an article, as markup; none if another is about as long: of the records of
/// an application, a notice and what became of it, none is the page's.
pub(super) fn embedded_text(view: &View) -> Option<String> {
    let tree = &view.tree;
    let inputs = tree.all().iter().filter(|&at| tree.tag(at) == Some(Tag::Input));
    let fields = inputs.filter_map(|at| tree.attribute(at, "value")).filter(|value| value.len() > LEAST);
    let plain = tree.textareas().map(with_line_ends).chain(fields.map(str::to_owned));
    let literals = tree.scripts().flat_map(literals);
    let mut texts: Vec<String> = plain.chain(literals).filter(|text| reads_like_article(text)).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    // The longest is no rival of itself.
    let rival = texts.iter().any(|text| is_rival(text, texts.first().map_or("", String::as_str)));
    texts.into_iter().next().filter(|_| !rival)
}

/// About as long as the longest text, and not the same without its markup.
fn is_rival(text: &str, longest: &str) -> bool {
    /// So many ideographs tell a text.
    const TELLING: usize = 12;
    let letters = |text: &str| text.chars().filter(|&c| is_ideograph(c)).collect::<String>();
    let start: String = letters(text).chars().take(TELLING).collect();
    text.len() * RIVAL > longest.len() && !letters(longest).contains(&start)
}

/// The text of a text area, whose line ends a reader sees unless it is markup itself.
fn with_line_ends(text: &str) -> String {
    if text.contains("</") || text.contains("<br") {
        return text.to_owned();
    }
    format!("<pre>{}</pre>", text.trim_matches(is_blank))
}

fn reads_like_article(text: &str) -> bool {
    let han = text.chars().filter(|&c| is_ideograph(c)).count();
    let others = text.chars().filter(|&c| !is_blank(c)).count();
    han >= LEAST && han * HAN_PART > others && is_sentence(text) && sentence_marks(text) > 1
}

/// The string literals of a script that are long enough, unescaped as JSON is.
fn literals(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(start) = rest.find(['"', '\'', '`']) {
        let Some(quote) = rest.get(start..).and_then(|text| text.chars().next()) else { break };
        let Some(inside) = rest.get(start + 1..) else { break };
        let (literal, length) = unescaped(inside, quote);
        if literal.len() > LEAST * 3 {
            found.push(literal);
        }
        rest = inside.get(length..).unwrap_or_default();
    }
    found
}

/// The text up to the closing quote, and how many bytes it took with the quote.
fn unescaped(text: &str, quote: char) -> (String, usize) {
    let mut literal = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return (literal, at + 1),
            '\n' if quote != '`' => return (literal, at),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n') => literal.push('\n'),
                Some('t' | 'r') => literal.push(' '),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                    literal.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                }
                Some(c) => literal.push(c),
                None => break,
            },
            c => literal.push(c),
        }
    }
    (literal, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_unescaped() {
        let long = "法治".repeat(60);
        let script = format!(r#"var a = "x", b = {{"c": "\u003cp>{long}\"\/\n", d: '{long}'}};"#);
        assert_eq!(literals(&script), [format!("<p>{long}\"/\n"), long]);
        assert_eq!(unescaped("abc", '"'), ("abc".to_owned(), 3));
    }
}
