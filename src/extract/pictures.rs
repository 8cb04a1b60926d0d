//! Pictures of the article that say something: their alternative text and where they stand.

use super::trim::Kept;
use crate::model::{Warning, WarningCode};
use crate::page::line_class::is_letter;
use crate::page::{At, Dom, Lines, Tag};
use crate::text::clean_line;

/// Most pictures that are told of.
const MOST: usize = 200;

/// A warning for each picture inside the body whose alternative text says something.
///
/// `starts` are the first lines of the blocks and the characters at which these begin.
pub(super) fn pictures(dom: &Dom<'_>, lines: &Lines, body: At, kept: &Kept, starts: &[(usize, usize)]) -> Vec<Warning> {
    let shown = |at: At| {
        let node = dom.nodes.get(at).filter(|node| !node.style.hidden && !node.style.link)?;
        let words = clean_line(dom.attribute(at, "alt").unwrap_or_default());
        if !says_something(&words) {
            return None;
        }
        // The line it stands in, or the next.
        let n = lines.within(0, at).end;
        let inside = kept.range.contains(&n) || n == kept.range.end;
        let boxed = dom
            .upwards(node.parent)
            .take_while(|&at| at > body)
            .any(|at| dom.nodes.get(at).is_some_and(|node| node.named_furniture));
        (inside && !boxed).then_some((n, words))
    };
    let images = (body..dom.end(body)).filter(|&at| dom.tag(at) == Some(Tag::Image));
    let place = |n: usize| {
        let block = starts.partition_point(|&(line, _)| line < n);
        starts.get(block).or(starts.last()).map(|&(_, start)| start)
    };
    let warning = |(n, words): (usize, String)| Warning {
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
    let plain =
        ["图片", "图像", "照片", "插图", "image", "img", "icon", "logo", "二维码", "打印", "分享", "扫一扫", "微信"];
    letters > 3 && !file && !plain.iter().any(|word| words.eq_ignore_ascii_case(word) || words.contains("二维码"))
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
