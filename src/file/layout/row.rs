//! Glyphs that stand on one line.

use super::counts::{Counts, count};
use super::sheet::Glyph;
use crate::file::FileRule;
use crate::text::{is_blank, is_ideograph};

/// How far baselines of one row may lie apart, in font sizes: notes of a sentence stand a third higher.
const BASELINE: f32 = 0.4;
/// How far they may lie apart where nothing else stands.
const RAISED: f32 = 0.8;
/// Most marks of a row that stand raised in another.
const NOTES: usize = 4;
/// A gap wider than the others by so many font sizes is a blank.
const BLANK: f32 = 0.7;
/// A gap between two ideographs of a row without other gaps is a blank when it is wider than so many font sizes.
const NARROW_BLANK: f32 = 0.2;
/// How near the same character stands when it is drawn twice, in font sizes.
const TWICE: f32 = 0.2;

/// One row, its glyphs from left to right; never without a visible glyph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The glyphs.
    pub(super) glyphs: Vec<Glyph>,
    /// Left edge of what is visible.
    pub(super) x0: f32,
    /// Right edge of what is visible.
    pub(super) x1: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Size of most of the glyphs.
    pub(super) size: f32,
}

/// The rows of a page or of a part of it, from top to bottom.
pub(super) fn rows(mut glyphs: Vec<Glyph>, counts: &mut Counts) -> Vec<Row> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    // The largest glyph so far stands for the row.
    let (mut y, mut size) = (0.0_f32, 0.0_f32);
    for glyph in glyphs {
        if !row.is_empty() && (glyph.y - y).abs() > BASELINE * size.min(glyph.size) {
            rows.extend(Row::of(std::mem::take(&mut row), counts));
            size = 0.0;
        }
        if glyph.size > size {
            (y, size) = (glyph.y, glyph.size);
        }
        row.push(glyph);
    }
    rows.extend(Row::of(row, counts));
    settled(rows, counts)
}

/// Marks that stand high or low in a row, as notes and the quotes of text read by a machine do, belong to the row in
/// whose height they stand if nothing else stands in their place.
fn settled(rows: Vec<Row>, counts: &mut Counts) -> Vec<Row> {
    let mut settled: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        match settled.last_mut() {
            Some(above)
                if row.y - above.y < RAISED * row.size.max(above.size) && (row.notes(above) || above.notes(&row)) =>
            {
                let glyphs = std::mem::take(&mut above.glyphs).into_iter().chain(row.glyphs).collect();
                if let Some(joined) = Row::of(glyphs, counts) {
                    *above = joined;
                }
            }
            _ => settled.push(row),
        }
    }
    settled
}

impl Row {
    fn of(mut glyphs: Vec<Glyph>, counts: &mut Counts) -> Option<Self> {
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let glyphs = once(glyphs, counts);
        let visible = || glyphs.iter().filter(|glyph| !is_blank(glyph.text));
        let x0 = visible().next()?.x;
        let x1 = visible().map(|glyph| glyph.x + glyph.width).fold(x0, f32::max);
        let size = median(visible().map(|glyph| glyph.size))?;
        let y = median(visible().filter(|glyph| glyph.size > size * 0.9).map(|glyph| glyph.y))?;
        Some(Self { glyphs, x0, x1, y, size })
    }

    /// Whether these are a few marks that stand in the gaps of the other row.
    fn notes(&self, other: &Self) -> bool {
        let few = self.visible().count() <= NOTES && other.visible().nth(2 * NOTES).is_some();
        few && self.x0 > other.x0 - other.size && self.x1 < other.x1 + other.size && !self.covers(other)
    }

    /// Whether a glyph of one stands over a glyph of the other.
    fn covers(&self, other: &Self) -> bool {
        let mut theirs = other.visible().peekable();
        self.visible().any(|glyph| {
            while theirs.next_if(|other| other.x + other.width <= glyph.x + 0.3 * glyph.width).is_some() {}
            theirs.peek().is_some_and(|other| other.x < glyph.x + 0.7 * glyph.width)
        })
    }

    /// The visible glyphs.
    pub(super) fn visible(&self) -> impl Iterator<Item = &Glyph> {
        self.glyphs.iter().filter(|glyph| !is_blank(glyph.text))
    }

    /// Left and right edges of the parts between gaps of so many font sizes.
    pub(super) fn segments(&self, gap: f32) -> Vec<(f32, f32)> {
        let mut segments: Vec<(f32, f32)> = Vec::new();
        for glyph in self.visible() {
            let end = glyph.x + glyph.width;
            match segments.last_mut() {
                Some(last) if glyph.x - last.1 <= gap * self.size => last.1 = last.1.max(end),
                _ => segments.push((glyph.x, end)),
            }
        }
        segments
    }

    /// Whether narrow gaps are blanks: in a row whose characters stand close, and not in one that is set wide or unevenly.
    fn narrow_blanks(&self, usual: f32) -> bool {
        /// One gap of so many, at most, is a blank.
        const RARE: usize = 8;
        /// All other gaps are the usual one, up to so many font sizes; those of text that a machine has read are not.
        const EVEN: f32 = 0.06;
        let pairs = || self.glyphs.windows(2).filter(|pair| pair.iter().all(|glyph| is_ideograph(glyph.text)));
        let (wide, close): (Vec<f32>, Vec<f32>) = pairs()
            .map(|pair| gap(&pair[0], &pair[1]))
            .partition(|gap| *gap > usual.max(0.0) + NARROW_BLANK * self.size);
        let even = close.iter().all(|gap| (gap - usual).abs() < EVEN * self.size);
        even && usual < 0.1 * self.size && wide.len() * RARE <= self.glyphs.len()
    }

    /// What is written, a gap wider than the others of the row as a blank.
    pub(super) fn text(&self) -> String {
        let pairs = self.glyphs.windows(2).filter(|pair| !is_blank(pair[0].text) && !is_blank(pair[1].text));
        let usual = median(pairs.map(|pair| gap(&pair[0], &pair[1]))).unwrap_or(0.0);
        let narrow = self.narrow_blanks(usual);
        let mut text = String::new();
        let mut last: Option<&Glyph> = None;
        for glyph in &self.glyphs {
            if let Some(last) = last {
                let gap = gap(last, glyph);
                let word = glyph.text.is_ascii_alphanumeric() && last.text.is_ascii_alphanumeric();
                let blank = gap > usual.max(0.0) + BLANK * self.size
                    || word && gap > 0.2 * last.size + usual.max(0.0)
                    || narrow && is_narrow_blank(last, glyph, usual);
                if blank && !is_blank(glyph.text) && !is_blank(last.text) {
                    text.push(' ');
                }
            }
            text.push(glyph.text);
            last = Some(glyph);
        }
        text
    }
}

/// `第一条 为了` with a blank of a Latin face, which some programs leave out and move on instead.
fn is_narrow_blank(a: &Glyph, b: &Glyph, usual: f32) -> bool {
    is_ideograph(a.text) && is_ideograph(b.text) && gap(a, b) > usual.max(0.0) + NARROW_BLANK * a.size
}

fn gap(a: &Glyph, b: &Glyph) -> f32 {
    b.x - (a.x + a.width)
}

/// Fill and outline, or bold by printing a second time a little aside, are one character, and a strong one.
fn once(glyphs: Vec<Glyph>, counts: &mut Counts) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near = TWICE.min(glyph.width / glyph.size * 0.5) * glyph.size;
        let twin = kept.iter_mut().rev().take(3).find(|other| {
            other.text == glyph.text && (other.x - glyph.x).abs() < near && (other.size / glyph.size - 1.0).abs() < 0.1
        });
        match twin {
            Some(twin) if is_blank(twin.text) => {}
            Some(twin) => {
                twin.strong = true;
                count(counts, FileRule::DrawnTwice, 1);
            }
            None => kept.push(glyph),
        }
    }
    kept
}

/// The middle value.
pub(super) fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::layout::Turn;

    /// A row of characters 16 points wide, after some of which the pen moves on.
    fn row(text: &str, moves: &[(usize, f32)]) -> Row {
        let mut x = 80.0;
        let mut glyphs = Vec::new();
        for (n, text) in text.chars().enumerate() {
            glyphs.push(Glyph { text, x, y: 100.0, width: 16.0, size: 16.0, strong: false, turn: Turn::None });
            x += 16.0 + moves.iter().find(|(at, _)| *at == n).map_or(0.0, |(_, by)| *by);
        }
        Row::of(glyphs, &mut Counts::new()).unwrap()
    }

    #[test]
    fn a_gap_as_wide_as_a_latin_blank_is_one_where_all_else_stands_close() {
        assert_eq!(
            row("第二条为了规范档案管理，制定本办法。", &[(2, 4.4)]).text(),
            "第二条 为了规范档案管理，制定本办法。"
        );
        assert_eq!(
            row("第二条为了规范档案管理，制定本办法。", &[(2, 1.6)]).text(),
            "第二条为了规范档案管理，制定本办法。"
        );
        // Between a figure and an ideograph programs leave room on their own.
        assert_eq!(row("到２年3月止共计一百二十日有效", &[(0, 4.4), (1, 4.4)]).text(), "到２年3月止共计一百二十日有效");
    }

    #[test]
    fn gaps_of_a_row_that_is_set_unevenly_are_no_blanks() {
        let moves: Vec<(usize, f32)> = (0..16).step_by(3).map(|n| (n, 4.4)).collect();
        assert_eq!(row("第二条为了规范档案管理，制定本办法。", &moves).text(), "第二条为了规范档案管理，制定本办法。");
        // As a machine places what it has read from a picture.
        let read = row("第二条为了规范档案管理，制定本办法。", &[(2, 4.4), (4, 1.5), (8, 1.9), (13, -1.2)]);
        assert_eq!(read.text(), "第二条为了规范档案管理，制定本办法。");
    }
}
