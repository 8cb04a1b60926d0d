//! Pages that are pictures: what somebody else reads off them is put where it stands, and is then read like any text.

use super::layout::{Glyph, Sheet, Turn};

/// A picture on a page in its own resolution, turned so that its writing stands upright.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The page, counted from 1.
    pub page: usize,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// One byte a pixel, grey; or three, red, green and blue.
    pub is_grey: bool,
    /// The pixels, row by row.
    pub pixels: Vec<u8>,
}

/// A line that was read off a picture; lengths are its pixels, y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct OcrLine {
    /// Left, upper, right and lower edge.
    pub area: [f32; 4],
    /// The text.
    pub text: String,
}

/// Reads a picture; `None` if it cannot be read.
pub type OcrReader<'a> = &'a dyn Fn(&Picture) -> Option<Vec<OcrLine>>;

impl Picture {
    /// The picture in the format of Netpbm, which every program that reads pictures knows.
    pub fn pnm(&self) -> Vec<u8> {
        let kind = if self.is_grey { "P5" } else { "P6" };
        let mut file = format!("{kind}\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.pixels);
        file
    }

    /// The picture as it is drawn: its axes may run in any direction of the page (`[a b c d]` of its matrix).
    pub(super) fn turned(self, [a, b, c, d]: [f64; 4]) -> Self {
        let depth = if self.is_grey { 1 } else { 3 };
        let (width, height) = (self.width as usize, self.height as usize);
        let is_across = b.abs() > a.abs();
        if !is_across && a >= 0.0 && d >= 0.0 || self.pixels.len() != width * height * depth {
            return self;
        }
        let (out_width, out_height) = if is_across { (height, width) } else { (width, height) };
        let mirrored = |flip: bool, at: usize, length: usize| if flip { length - 1 - at } else { at };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..out_height {
            for x in 0..out_width {
                let (from_x, from_y) = if is_across {
                    (mirrored(b < 0.0, y, width), mirrored(c < 0.0, x, height))
                } else {
                    (mirrored(a < 0.0, x, width), mirrored(d < 0.0, y, height))
                };
                let start = (from_y * width + from_x) * depth;
                pixels.extend_from_slice(self.pixels.get(start..start + depth).unwrap_or_default());
            }
        }
        let (width, height) = if is_across { (self.height, self.width) } else { (self.width, self.height) };
        Self { width, height, pixels, ..self }
    }
}

/// Puts the lines that were read off a picture onto its page, where the picture covers this area.
pub(super) fn put(sheet: &mut Sheet, area: [f32; 4], picture: &Picture, lines: &[OcrLine]) {
    let [left, top, right, bottom] = area;
    let scale_x = (right - left) / pixels(picture.width);
    let scale_y = (bottom - top) / pixels(picture.height);
    let ems: Vec<f32> = lines.iter().map(|line| em(line) * scale_x).collect();
    let usual = median(ems.clone());
    for (line, em) in lines.iter().zip(ems) {
        let [x0, _, x1, y1] = line.area;
        let wide: f32 = line.text.chars().map(units).sum();
        let unit = (x1 - x0) * scale_x / wide.max(0.5);
        // Boxes fit the ink, so those of one size of writing differ a little.
        let size = if (em - usual).abs() < usual * 0.15 { usual } else { em };
        let y = top + y1 * scale_y - size * 0.12;
        let mut x = left + x0 * scale_x;
        for text in line.text.chars() {
            let width = unit * units(text);
            sheet.glyphs.extend(Glyph { text, x, y, width, size, strong: false, turn: Turn::None }.sound());
            x += width;
        }
    }
    sheet.is_read |= !lines.is_empty();
}

/// The width of an ideograph of a line.
fn em(line: &OcrLine) -> f32 {
    let [x0, y0, x1, y1] = line.area;
    let wide: f32 = line.text.chars().map(units).sum();
    // A short line is measured by its height: its box ends with the ink of its last character.
    if wide < 4.0 { y1 - y0 } else { (x1 - x0) / wide }
}

/// How wide a character is set, in widths of an ideograph.
fn units(c: char) -> f32 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "no picture has 2^23 pixels in a row")]
fn pixels(count: u32) -> f32 {
    count.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_turned_as_its_page_shows_it() {
        let picture = Picture { page: 1, width: 3, height: 2, is_grey: true, pixels: vec![1, 2, 3, 4, 5, 6] };
        for (matrix, (width, height), pixels) in [
            ([1.0, 0.0, 0.0, 1.0], (3, 2), [1, 2, 3, 4, 5, 6]),
            ([-1.0, 0.0, 0.0, -1.0], (3, 2), [6, 5, 4, 3, 2, 1]),
            ([1.0, 0.0, 0.0, -1.0], (3, 2), [4, 5, 6, 1, 2, 3]),
            ([0.0, 1.0, -1.0, 0.0], (2, 3), [4, 1, 5, 2, 6, 3]),
            ([0.0, -1.0, 1.0, 0.0], (2, 3), [3, 6, 2, 5, 1, 4]),
        ] {
            let turned = picture.clone().turned(matrix);
            assert_eq!(
                ((turned.width, turned.height), &turned.pixels[..]),
                ((width, height), &pixels[..]),
                "{matrix:?}"
            );
        }
        assert_eq!(picture.pnm(), b"P5\n3 2\n255\n\x01\x02\x03\x04\x05\x06");
    }
}
