//! A fetched page as plain elements, each letter of its article marked with the section that it belongs to.
//!
//! `ammonia` leaves elements without attributes, addresses, scripts, styles and forms. Its result has no `<` but those
//! of tags, so that marks can be set between them without reading it as HTML again.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use ammonia::Builder;
use maud::{Markup, PreEscaped};

use super::records::Section;
use crate::model::PageFormat;
use crate::page::{decode, parse_html};
use crate::text::is_blank;

/// Larger pages are shown as their clean text.
const MAX_BYTES: usize = 1 << 20;

/// A line of so many letters stands in a page once; shorter ones are looked for between such lines only.
const ANCHOR: usize = 12;

const KEPT: [&str; 37] = [
    "p",
    "div",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "caption",
    "blockquote",
    "pre",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "center",
    "section",
    "article",
];

/// What is inside of these is no text.
const EMPTIED: [&str; 15] = [
    "script", "style", "title", "noscript", "noframes", "iframe", "object", "svg", "math", "template", "select",
    "textarea", "button", "video", "audio",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(KEPT))
        .clean_content_tags(HashSet::from(EMPTIED))
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan"])
        .url_schemes(HashSet::new())
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(|_, _, value| value.parse::<u8>().ok().map(|_| value.into()));
    cleaner
});

/// The page with its sections marked by `data-s`; `None` if it is no markup, or if less than half of the text stands in
/// it: the text is of a file, or of other pages as well.
pub(super) fn source_page(
    bytes: &[u8],
    content_type: Option<&str>,
    text: &str,
    sections: &[Section],
) -> Option<Markup> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let page = decode(bytes, content_type, PageFormat::Html, None).ok()?;
    let clean = cleaned(&page.text);
    let letters = Letters::of(&clean);
    let pieces = pieces(text, sections);
    let owners = owners(&letters, &pieces);
    let found = owners.iter().flatten().count();
    let all: usize = pieces.iter().map(|piece| piece.owners.len()).sum();
    (found * 2 > all).then(|| PreEscaped(marked(&clean, &letters, &owners)))
}

/// The page without anything that acts. It is parsed within limits first, since a page of nothing but `<div>` takes
/// other parsers quadratic time.
fn cleaned(text: &str) -> String {
    CLEANER.clean(&parse_html(text).html()).to_string()
}

/// The letters of cleaned markup, without blanks.
struct Letters {
    text: String,
    /// For each byte of `text` the letter that it is of.
    of_byte: Vec<usize>,
    /// Where each letter stands in the markup: `&lt;` is one.
    at: Vec<(usize, usize)>,
}

impl Letters {
    fn of(clean: &str) -> Self {
        let mut letters = Self { text: String::new(), of_byte: Vec::new(), at: Vec::new() };
        let mut in_tag = false;
        let mut rest = clean.char_indices();
        while let Some((at, c)) = rest.next() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if in_tag => {}
                '&' => {
                    let tail = rest.as_str();
                    let named = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("nbsp;", ' ')];
                    let (name, c) = named.into_iter().find(|(name, _)| tail.starts_with(name)).unwrap_or(("", '&'));
                    (0..name.len()).for_each(|_| _ = rest.next());
                    letters.push(at, at + 1 + name.len(), c);
                }
                c => letters.push(at, at + c.len_utf8(), c),
            }
        }
        letters
    }

    fn push(&mut self, at: usize, end: usize, c: char) {
        if is_letter(c) {
            self.text.push(c);
            self.of_byte.extend(std::iter::repeat_n(self.at.len(), c.len_utf8()));
            self.at.push((at, end));
        }
    }

    /// The letters of `piece` between two letters, if they stand there: the first of them.
    fn find(&self, piece: &str, from: usize, to: usize) -> Option<usize> {
        let byte = |letter: usize| self.of_byte.partition_point(|of| *of < letter);
        let start = byte(from);
        let found = self.text.get(start..byte(to))?.find(piece)?;
        self.of_byte.get(start + found).copied()
    }
}

/// Clean text differs from its page by these only.
fn is_letter(c: char) -> bool {
    !is_blank(c) && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A line or a cell of the text.
struct Piece {
    letters: String,
    /// For each letter the section that it belongs to.
    owners: Vec<Option<usize>>,
}

fn pieces(text: &str, sections: &[Section]) -> Vec<Piece> {
    let mut spans: Vec<(usize, usize, usize)> =
        sections.iter().map(|section| (section.start, section.end, section.seq)).collect();
    spans.sort_unstable();
    let mut spans = spans.into_iter().peekable();
    let mut pieces = vec![Piece { letters: String::new(), owners: Vec::new() }];
    for (at, c) in text.chars().enumerate() {
        while spans.next_if(|(_, end, _)| *end <= at).is_some() {}
        if matches!(c, '\n' | '\t') {
            pieces.push(Piece { letters: String::new(), owners: Vec::new() });
        } else if let Some(piece) = pieces.last_mut().filter(|_| is_letter(c)) {
            piece.letters.push(c);
            piece.owners.push(spans.peek().filter(|(start, ..)| *start <= at).map(|(.., seq)| *seq));
        }
    }
    pieces.retain(|piece| !piece.owners.is_empty());
    pieces
}

/// For each letter of the page the section that it belongs to.
fn owners(letters: &Letters, pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut places: Vec<Option<usize>> = vec![None; pieces.len()];
    let mut from = 0;
    for (piece, place) in pieces.iter().zip(&mut places).filter(|(piece, _)| piece.owners.len() >= ANCHOR) {
        if let Some(at) = letters.find(&piece.letters, from, letters.at.len()) {
            *place = Some(at);
            from = at + piece.owners.len();
        }
    }
    let mut from = 0;
    for n in 0..pieces.len() {
        let to = || places[n..].iter().flatten().next().copied().unwrap_or(letters.at.len());
        let place = places[n].or_else(|| letters.find(&pieces[n].letters, from, to()));
        if let Some(at) = place {
            from = at + pieces[n].owners.len();
        }
        places[n] = place;
    }
    let mut owners = vec![None; letters.at.len()];
    for (piece, at) in pieces.iter().zip(places) {
        if let Some(at) = at {
            owners[at..at + piece.owners.len()].copy_from_slice(&piece.owners);
        }
    }
    owners
}

/// The markup with a `<span>` around each run of letters of one section, from its first letter to its last; the first run
/// of a section can be linked to.
fn marked(clean: &str, letters: &Letters, owners: &[Option<usize>]) -> String {
    let part = |from: usize, to: usize| clean.get(from..to).unwrap_or_default();
    let mut out = String::with_capacity(clean.len() * 5 / 4);
    let mut linked = HashSet::new();
    let mut copied = 0;
    let mut of_letter = letters.at.iter().zip(owners).peekable();
    while let Some((&(start, mut end), owner)) = of_letter.next() {
        let Some(seq) = owner else { continue };
        // A mark must not reach over a tag.
        let goes_on = |next: usize, end: usize| !part(end, next).contains('<');
        while let Some(((_, last), _)) = of_letter.next_if(|((next, _), other)| *other == owner && goes_on(*next, end))
        {
            end = *last;
        }
        let id = if linked.insert(seq) { format!(" id=\"t{seq}\"") } else { String::new() };
        let _ = write!(out, "{}<span{id} data-s=\"{seq}\">{}</span>", part(copied, start), part(start, end));
        copied = end;
    }
    out + part(copied, clean.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(seq: usize, start: usize, end: usize) -> Section {
        Section { seq, start, end, ..Section::default() }
    }

    fn shown(page: &str, text: &str, sections: &[Section]) -> Option<String> {
        source_page(page.as_bytes(), Some("text/html; charset=utf-8"), text, sections).map(PreEscaped::into_string)
    }

    #[test]
    fn nothing_of_a_page_acts_or_leads_anywhere() {
        let page = "<body onload=x()><script>alert(1)</script><style>a{background:url(//x.test)}</style>\
            <a href='javascript:x()' onclick=x()>链接</a><img src=//x.test/a.png onerror=x()><iframe src=//x.test></iframe>\
            <form action=//x.test><input><button>按</button></form><svg><script>1</script></svg><base href=//x.test>\
            <meta http-equiv=refresh content='0;url=//x.test'><link rel=stylesheet href=//x.test>\
            <p style='position:fixed' class=top id=main>正文<td colspan='2' rowspan='x\" onclick=\"x()'>格</table>\
            <math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x()&gt;'>";
        let clean = cleaned(page);
        assert_eq!(clean.replace("<p></p>", ""), "链接<p>正文格</p>");
        let table = cleaned("<table><tr><td colspan=2 rowspan='9\" onclick=\"x()' style=a>格</table>");
        assert_eq!(table, "<table><tbody><tr><td colspan=\"2\">格</td></tr></tbody></table>");
    }

    #[test]
    fn each_letter_of_the_article_is_marked_with_its_section() {
        let page = "<div>首页 &gt; 公开</div><h1>报告</h1><p>一、<b>总体</b>情况</p><p>办件 3&nbsp;件&lt;5　&nbsp;</p><div>版权</div>";
        let text = "一、总体情况\n办件 3 件<5";
        let marked = shown(page, text, &[section(0, 0, 7), section(1, 7, 15)]).unwrap();
        assert_eq!(
            marked,
            "<div>首页 &gt; 公开</div><h1>报告</h1><p><span id=\"t0\" data-s=\"0\">一、</span><b><span data-s=\"0\">总体</span>\
             </b><span data-s=\"0\">情况</span></p><p><span id=\"t1\" data-s=\"1\">办件 3&nbsp;件&lt;5</span>　&nbsp;</p><div>版权</div>"
        );
    }

    #[test]
    fn a_short_line_is_looked_for_between_long_ones() {
        let page =
            "<ul><li>概况</ul><p>一年来全县法治政府建设稳步推进。<p>概况<p>全县行政机关负责人出庭应诉率提高。<p>概况";
        let text = "一年来全县法治政府建设稳步推进。\n概况\n全县行政机关负责人出庭应诉率提高。";
        let marked = shown(page, text, &[section(0, 0, 17), section(1, 17, 20), section(2, 20, 38)]).unwrap();
        assert!(marked.contains("<ul><li>概况</li></ul>"), "{marked}");
        assert_eq!(marked.matches("data-s=\"1\">概况").count(), 1, "{marked}");
    }

    #[test]
    fn what_is_no_markup_or_another_text_is_not_shown() {
        assert!(shown("%PDF-1.7 …", "正文", &[section(0, 0, 2)]).is_none());
        assert!(shown("<p>另一页", "正文", &[section(0, 0, 2)]).is_none());
    }

    /// The markup without its marks: a cleaned page has no `<span>` of its own.
    fn unmarked(marked: &str) -> String {
        let mut pieces = marked.split('<');
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |plain, piece| match piece.strip_prefix('/').unwrap_or(piece).strip_prefix("span") {
            Some(rest) => plain + rest.split_once('>').unwrap().1,
            None => plain + "<" + piece,
        })
    }

    proptest::proptest! {
        #[test]
        fn marks_change_no_letter_of_a_page(soup in "[<>&;/a-c 一二三、pdivb\"=]{0,80}", text in "[一二三、a-c\n\t]{0,40}") {
            let clean = cleaned(&soup);
            let letters = Letters::of(&clean);
            let owners = owners(&letters, &pieces(&text, &[section(0, 0, 9), section(1, 9, 99)]));
            let marked = marked(&clean, &letters, &owners);
            proptest::prop_assert_eq!(unmarked(&marked), clean);
        }
    }
}
