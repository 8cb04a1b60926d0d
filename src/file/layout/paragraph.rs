//! Rows → paragraphs: a row goes on with the one before unless something says that it does not.

use super::measure::Measure;
use super::row::Row;
use super::table::joins_words;
use crate::model::Block;
use crate::text::{clean_line, is_blank};

/// So far from the left margin a row is indented, in font sizes.
const INDENT: f32 = 0.9;
/// So far before the right margin a row ends short, in font sizes.
const SHORT: f32 = 1.6;
/// Nearer to the right margin a row is full, in font sizes.
const FULL: f32 = 0.5;
/// A row this much larger or smaller is another kind of text.
const RESIZED: f32 = 0.12;
/// A step down of so many rows is a space between paragraphs.
const SPACE: f32 = 1.7;
/// A gap inside a row, in font sizes, that no sentence has.
const PARTED: f32 = 4.0;

/// Digits of printed numbers.
const NUMBER: &str = "一二三四五六七八九十百零〇0123456789０１２３４５６７８９";

/// Why a row begins a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Larger or smaller type.
    Resized,
    /// More space above than between other rows.
    Space,
    /// A line is drawn between the two rows.
    Ruled,
    /// The row before ended though what follows would still have had room.
    Short,
    /// The row is indented.
    Indented,
    /// The row stands in the middle.
    Centred,
    /// One of the rows has a gap that no sentence has: a number and its signatory, an imprint.
    Parted,
    /// The row before is an entry of a contents list.
    Leader,
    /// The row names an annex: 附件1.
    Annex,
    /// Text without indents: the row before ends a sentence, and this one begins with a number.
    Numbered,
}

/// A row with what is known of its surroundings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The row.
    pub(super) row: &'a Row,
    /// Its column.
    pub(super) measure: Measure,
    /// Number of the region that it stands in.
    pub(super) region: usize,
    /// A line is drawn across the column above it.
    pub(super) ruled: bool,
}

/// How the paragraphs of a document are set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Size of running text.
    pub(super) size: f32,
    /// The first row of a paragraph is indented (GB/T 9704-2012 7.3.3).
    pub(super) indents: bool,
    /// Heading faces stand out.
    pub(super) faces: bool,
}

impl Style {
    /// What most rows show.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let size = super::row::median(lines.iter().map(|line| line.row.size)).unwrap_or(12.0);
        let indented = lines.iter().filter(|line| (INDENT..4.5).contains(&line.indent())).count();
        let glyphs = lines.iter().flat_map(|line| line.row.visible());
        let (mut all, mut strong) = (0_usize, 0_usize);
        for glyph in glyphs {
            all += 1;
            strong += usize::from(glyph.strong);
        }
        Self { size, indents: indented * 20 > lines.len(), faces: strong * 10 < all * 6 }
    }
}

impl Line<'_> {
    /// From the left margin, in font sizes.
    fn indent(&self) -> f32 {
        (self.row.x0 - self.measure.left) / self.row.size
    }

    /// To the right margin, in font sizes.
    fn room(&self) -> f32 {
        (self.measure.right - self.row.x1) / self.row.size
    }

    /// In the middle of the column, and not because it fills it.
    pub(super) fn is_centred(&self, style: Style) -> bool {
        let (indent, room) = (self.indent(), self.room());
        let even = (indent - room).abs() < 1.5 || (indent - room).abs() < 0.15 * (indent + room);
        let least = if self.is_large(style) { 0.5 } else { 2.4 };
        even && indent > least && room > least.min(1.0)
    }

    fn is_large(&self, style: Style) -> bool {
        self.row.size > style.size * 1.12
    }

    fn is_parted(&self) -> bool {
        self.row.segments(PARTED).len() > 1
    }
}

/// Why `line` begins a paragraph after `before`; `None` if it goes on. `inside`: `before` itself goes on.
pub(super) fn break_between(before: &Line<'_>, inside: bool, line: &Line<'_>, style: Style) -> Option<Break> {
    let (text, last) = (line.row.text(), before.row.text());
    let (text, last) = (text.trim_matches(is_blank), last.trim_matches(is_blank));
    let step = line.row.y - before.row.y;
    let beside = before.region == line.region && step > 0.0;
    if (line.row.size / before.row.size - 1.0).abs() > RESIZED {
        return Some(Break::Resized);
    }
    // The line below a running head parts no sentence that goes on from the page before.
    if line.ruled && (beside || ends_sentence(last) || begins_numbered(text)) {
        return Some(Break::Ruled);
    }
    let centred = line.is_centred(style);
    // A title goes on in the next row, whatever its place.
    let titles =
        beside && step < 2.4 * line.row.size && !line.is_parted() && !before.is_parted() && !begins_numbered(text);
    if titles && line.is_large(style) && before.is_large(style) && !ends_sentence(last) {
        return None;
    }
    if beside && step > SPACE * line.measure.pitch.max(1.2 * line.row.size) {
        return Some(Break::Space);
    }
    if is_leader(last) {
        return Some(Break::Leader);
    }
    let goes_on = !ends_sentence(last) && !begins_numbered(text);
    // A form leaves blanks inside its sentences; those still run from margin to margin.
    let sentence = goes_on && before.room() < 1.2 && line.indent() < INDENT;
    if (before.is_parted() || line.is_parted()) && !sentence {
        return Some(Break::Parted);
    }
    if is_annex(text) {
        return Some(Break::Annex);
    }
    if before.room() > SHORT.max(first_token(line.row) + 0.6) {
        return Some(Break::Short);
    }
    if line.indent() >= INDENT {
        // A list may hang, and a paragraph may be set in as a whole: its rows go on where the sentence does.
        let moved = (line.row.x0 - before.row.x0).abs() > 0.4 * line.row.size;
        let alike = before.row.visible().last().map(|glyph| glyph.strong)
            == line.row.visible().next().map(|glyph| glyph.strong);
        let hangs = goes_on
            && alike
            && (moved || inside || before.room() < FULL)
            && line.indent() < 8.0
            && (moved || before.room() < 1.2)
            && !before.is_centred(style);
        return if hangs {
            None
        } else if centred {
            Some(Break::Centred)
        } else {
            Some(Break::Indented)
        };
    }
    (!style.indents && ends_sentence(last) && begins_numbered(text)).then_some(Break::Numbered)
}

/// Width of what cannot be broken at the beginning of a row, in font sizes: a number, a Latin word, a character with
/// the mark behind it.
fn first_token(row: &Row) -> f32 {
    let mut glyphs = row.visible();
    let Some(first) = glyphs.next() else { return 0.0 };
    let narrow = |c: char| c.is_ascii_graphic();
    let mut end = first.x + first.width;
    if narrow(first.text) {
        end = glyphs.by_ref().take_while(|glyph| narrow(glyph.text)).last().map_or(end, |glyph| glyph.x + glyph.width);
    } else {
        end = glyphs
            .take_while(|glyph| "，。；：、！？）〕》”’".contains(glyph.text))
            .last()
            .map_or(end, |glyph| glyph.x + glyph.width);
    }
    (end - first.x) / row.size
}

/// `第一章 总则……3`
fn is_leader(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c) || "()（）-—IVXivx".contains(c));
    let dots = bare.chars().rev().take_while(|&c| "….·．⋯".contains(c)).count();
    dots > 3 || bare.ends_with("……") && bare.len() < text.len()
}

/// `附件1`, alone in its row.
fn is_annex(text: &str) -> bool {
    let rest = ["附件", "附表", "附录"].into_iter().find_map(|word| text.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.trim_matches(|c: char| NUMBER.contains(c) || is_blank(c) || "-—－:：".contains(c)).is_empty()
    })
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "”’）)》".contains(c)).ends_with(|c: char| "。；：！？.;:!?".contains(c))
        || text.ends_with(['》', '）']) && text.chars().count() < 12
}

/// `一、` `（一）` `1.` `1、` `（1）` `①` `第一条`
fn begins_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(is_blank);
    let Some(first) = text.chars().next() else { return false };
    let digits = |text: &str| text.trim_start_matches(|c: char| NUMBER.contains(c)).len();
    match first {
        '①'..='⑳' => true,
        '（' | '(' => {
            let inner = text.trim_start_matches(['（', '(']);
            let rest = inner.get(inner.len() - digits(inner)..).unwrap_or_default();
            rest.len() < inner.len() && rest.starts_with(['）', ')'])
        }
        '第' => {
            let inner = text.trim_start_matches('第');
            let rest = inner.get(inner.len() - digits(inner)..).unwrap_or_default();
            rest.len() < inner.len() && rest.starts_with(['条', '章', '节', '编', '款', '部'])
        }
        c if NUMBER.contains(c) => {
            let rest = text.get(text.len() - digits(text)..).unwrap_or_default();
            rest.starts_with(['、', '．'])
                || rest.starts_with('.')
                    && !rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    }
}

/// The rows of one paragraph as a block.
pub(super) fn block(lines: &[Line<'_>], style: Style) -> Option<Block> {
    let mut text = String::new();
    let mut strong = 0;
    let mut leading = style.faces;
    for line in lines {
        let row = line.row.text();
        let row = row.trim_matches(is_blank);
        if joins_words(&text, row) && !text.ends_with('-') {
            text.push(' ');
        }
        text.push_str(row);
        for glyph in line.row.visible() {
            leading &= glyph.strong;
            strong += usize::from(leading);
        }
    }
    let text = clean_line(&text);
    let mut seen = 0;
    let emphasis = text.chars().take_while(|&c| {
        seen += usize::from(!is_blank(c));
        seen <= strong
    });
    let emphasis = if strong == 0 { 0 } else { emphasis.count() };
    // Of a title that goes on, one row may stand where its program has put it.
    let centred = lines.iter().all(|line| line.is_centred(style) || line.is_large(style))
        && lines.iter().any(|line| line.is_centred(style));
    (!text.is_empty()).then(|| Block { emphasis, centred, ..Block::paragraph(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_begins_a_paragraph() {
        for (text, numbered) in [
            ("一、总则", true),
            ("（一）加强", true),
            ("(12)其他", true),
            ("1.工作", true),
            ("1．工作", true),
            ("12、工作", true),
            ("①甲", true),
            ("第十二条 本", true),
            ("第3章", true),
            ("1.5倍", false),
            ("第一，", false),
            ("（以下简称", false),
            ("2023年", false),
            ("一是", false),
            ("十", false),
            ("（）", false),
            ("", false),
        ] {
            assert_eq!(begins_numbered(text), numbered, "{text}");
        }
    }

    #[test]
    fn an_entry_of_a_contents_list_ends_with_dots_and_a_page() {
        for (text, leader) in [
            ("第一章 总则……………3", true),
            ("附件 ........ 12", true),
            ("等等……", false),
            ("共3页", false),
            ("总则……3", true),
        ] {
            assert_eq!(is_leader(text), leader, "{text}");
        }
    }
}
