//! Pictures of the article that say something: their alternative text and where they stand.

use super::lines::Body;
use crate::model::{Warning, WarningCode};
use crate::page::{LineId, NodeId, Tag, View, is_letter};
use crate::text::clean_line;
use crate::words::PICTURE_WORDS;

/// Most pictures that are told of.
const MOST: usize = 200;

/// A warning for each picture inside the body whose alternative text says something.
///
/// `starts` are the first lines of the blocks and the characters at which these begin.
pub(super) fn pictures(view: &View, body: &Body, starts: &[(LineId, usize)]) -> Vec<Warning> {
    let tree = &view.tree;
    let shown = |at: NodeId| {
        let node = tree.get(at).filter(|node| !node.style.hidden && !node.style.link)?;
        let words = clean_line(tree.attribute(at, "alt").unwrap_or_default());
        if !says_something(&words) {
            return None;
        }
        // The line it stands in, or the next.
        let n = view.lines().behind(at);
        let inside = body.span.contains(n) || n == body.span.end;
        let mut around = tree.upwards(node.parent).take_while(|&at| at > body.element);
        (inside && !around.any(|at| tree[at].named_furniture)).then_some((n, words))
    };
    let images = tree.span(body.element).iter().filter(|&at| tree.tag(at) == Some(Tag::Image));
    let place = |n: LineId| {
        let block = starts.partition_point(|&(line, _)| line < n);
        starts.get(block).or(starts.last()).map(|&(_, start)| start)
    };
    let warning = |(n, words): (LineId, String)| Warning {
        code: WarningCode::Picture,
        start: place(n),
        end: place(n),
        detail: Some(words),
    };
    images.filter_map(shown).take(MOST).map(warning).collect()
}

/// More than the name of a file or the word for a picture.
fn says_something(words: &str) -> bool {
    let file =
        words.rsplit_once('.').is_some_and(|(_, end)| end.len() < 5 && end.chars().all(|c| c.is_ascii_alphanumeric()));
    let letters = words.chars().filter(|&c| is_letter(c) && !c.is_ascii_digit()).count();
    let plain = PICTURE_WORDS.is(&words.to_ascii_lowercase()) || words.contains("二维码");
    letters > 3 && !file && !plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_say_nothing() {
        for words in ["", "图片", "image001.png", "1.jpg", "logo", "IMG_2023", "微信二维码图片"] {
            assert!(!says_something(words), "{words}");
        }
        assert!(says_something("云溪县行政区划图"));
    }
}
