//! The objects of an OFD page: texts, paths and images, each in a box with a space of its own.

use std::collections::HashMap;

use super::POINTS;
use crate::file::FileError;
use crate::file::layout::{Glyph, Ruling, Sheet, Turn, is_unknown};
use crate::file::xml::Element;

/// Lines of a page; more are hatching or a map.
const RULINGS: usize = 20_000;
/// From this weight on a face is bold.
const BOLD: f32 = 600.0;

/// A page that is being drawn.
pub(super) struct Canvas<'f> {
    /// The page so far.
    pub(super) sheet: Sheet,
    /// Upper left corner of the page.
    origin: (f32, f32),
    /// Which fonts make a heading.
    fonts: &'f HashMap<String, bool>,
    /// How many more characters may come.
    budget: &'f mut usize,
}

/// From the space of an object to the page: six numbers as in PDF.
#[derive(Clone, Copy)]
struct Space {
    matrix: [f32; 6],
    origin: (f32, f32),
}

impl Space {
    fn of(object: Element<'_>, page: (f32, f32)) -> Option<Self> {
        let area = numbers(&object.attr("Boundary")?);
        let matrix = object.attr("CTM").and_then(|text| <[f32; 6]>::try_from(numbers(&text)).ok());
        let (x, y) = (*area.first()?, *area.get(1)?);
        Some(Self { matrix: matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]), origin: (x - page.0, y - page.1) })
    }

    /// A place on the page, in points.
    fn place(self, x: f32, y: f32) -> (f32, f32) {
        let along = |n: usize| self.matrix[n] * x + self.matrix[n + 2] * y + self.matrix[n + 4];
        ((along(0) + self.origin.0) * POINTS, (along(1) + self.origin.1) * POINTS)
    }

    /// How long a length is on the page across and along the lines, in points.
    fn scale(self) -> (f32, f32) {
        let [a, b, c, d, ..] = self.matrix;
        (a.hypot(b) * POINTS, c.hypot(d) * POINTS)
    }

    fn turn(self) -> Turn {
        let [a, b, ..] = self.matrix;
        Turn::of(a, b)
    }
}

impl<'f> Canvas<'f> {
    pub(super) fn new(area: [f32; 4], fonts: &'f HashMap<String, bool>, budget: &'f mut usize) -> Self {
        let sheet = Sheet { width: area[2] * POINTS, height: area[3] * POINTS, ..Sheet::default() };
        Self { sheet, origin: (area[0], area[1]), fonts, budget }
    }

    /// Draws the layers of a page or of its template.
    pub(super) fn draw(&mut self, page: Element<'_>) -> Result<(), FileError> {
        for object in page.child("Content").into_iter().flat_map(Element::descendants) {
            match object.name() {
                "TextObject" | "PathObject" | "ImageObject" if object.attr("Visible").as_deref() == Some("false") => {}
                "TextObject" => self.text(object)?,
                "PathObject" => self.path(object),
                "ImageObject" => self.image(object),
                _ => {}
            }
        }
        Ok(())
    }

    fn text(&mut self, object: Element<'_>) -> Result<(), FileError> {
        let Some(space) = Space::of(object, self.origin) else { return Ok(()) };
        let number = |name: &str| object.attr(name).and_then(|value| value.trim().parse::<f32>().ok());
        let size = number("Size").unwrap_or(0.0);
        let face = object.attr("Font").and_then(|font| self.fonts.get(font.as_ref()).copied()).unwrap_or(false);
        let strong = face || number("Weight").is_some_and(|weight| weight >= BOLD);
        let (across, down) = space.scale();
        let (mut x, mut y) = (0.0, 0.0);
        for code in object.children().filter(|child| child.name() == "TextCode") {
            let start = |name: &str| code.attr(name).and_then(|value| value.trim().parse::<f32>().ok());
            (x, y) = (start("X").unwrap_or(x), start("Y").unwrap_or(y));
            let text = code.text();
            let count = text.chars().count();
            *self.budget = self.budget.checked_sub(count).ok_or(FileError::TooLarge("glyphs"))?;
            let steps = |name: &str| code.attr(name).map(|text| deltas(&text, count)).unwrap_or_default();
            let (right, below) = (steps("DeltaX"), steps("DeltaY"));
            for (n, c) in text.chars().enumerate() {
                let natural = if c.is_ascii() { size * 0.5 } else { size };
                let step = right.get(n).copied();
                let width = step.filter(|step| *step > 0.0).unwrap_or(natural).min(natural * 1.1);
                let (left, base) = space.place(x, y);
                let (width, size) = (width * across, size * down);
                if is_unknown(c) {
                    self.sheet.unknown += 1;
                } else {
                    let glyph = Glyph { text: c, x: left, y: base, width, size, strong, turn: space.turn() };
                    self.sheet.glyphs.extend(glyph.sound());
                }
                // Without steps sideways or down the characters follow one another.
                x += step.unwrap_or(if below.is_empty() { natural } else { 0.0 });
                y += below.get(n).copied().unwrap_or(0.0);
            }
        }
        Ok(())
    }

    fn path(&mut self, object: Element<'_>) {
        let Some(space) = Space::of(object, self.origin) else { return };
        let Some(data) = object.child("AbbreviatedData") else { return };
        let stroke = object.attr("Stroke").as_deref() != Some("false");
        let fill = object.attr("Fill").as_deref() == Some("true");
        let (lines, area) = lines(&data.text(), space);
        if stroke {
            self.rule(lines);
        } else if let (true, Some([x0, y0, x1, y1])) = (fill, area) {
            self.rule(Ruling::bar(x0, y0, x1, y1));
        }
    }

    fn rule(&mut self, lines: impl IntoIterator<Item = Ruling>) {
        let room = RULINGS.saturating_sub(self.sheet.rulings.len());
        self.sheet.rulings.extend(lines.into_iter().take(room));
    }

    fn image(&mut self, object: Element<'_>) {
        let area = object.attr("Boundary").map(|text| numbers(&text)).unwrap_or_default();
        let [_, _, width, height] = area[..] else { return };
        self.sheet.picture(width * POINTS * height * POINTS);
    }
}

/// The straight lines of a path, and the box around it.
fn lines(data: &str, space: Space) -> (Vec<Ruling>, Option<[f32; 4]>) {
    let mut words = data.split_ascii_whitespace().peekable();
    let (mut start, mut last) = ((0.0, 0.0), (0.0, 0.0));
    let mut lines = Vec::new();
    let mut area: Option<[f32; 4]> = None;
    while let Some(word) = words.next() {
        let mut operands: Vec<f32> = Vec::new();
        while let Some(number) = words.peek().and_then(|word| word.parse().ok()) {
            operands.push(number);
            words.next();
        }
        let end = match operands[..] {
            [.., x, y] => Some(space.place(x, y)),
            _ => None,
        };
        match (word, end) {
            ("S" | "M", Some(to)) => (start, last) = (to, to),
            ("L", Some(to)) => {
                lines.extend(Ruling::between(last, to));
                last = to;
            }
            ("C", _) => {
                lines.extend(Ruling::between(last, start));
                last = start;
            }
            (_, Some(to)) => last = to,
            _ => {}
        }
        if let Some((x, y)) = end {
            let [x0, y0, x1, y1] = area.unwrap_or([x, y, x, y]);
            area = Some([x0.min(x), y0.min(y), x1.max(x), y1.max(y)]);
        }
    }
    (lines, area)
}

/// Numbers parted by blanks.
pub(super) fn numbers(text: &str) -> Vec<f32> {
    let numbers = text.split_ascii_whitespace().map_while(|word| word.parse::<f32>().ok());
    numbers.filter(|number| number.is_finite()).collect()
}

/// Steps from character to character; `g 3 4.5` stands for three steps of 4.5.
fn deltas(text: &str, most: usize) -> Vec<f32> {
    let mut steps = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next().filter(|_| steps.len() < most) {
        if word.eq_ignore_ascii_case("g") {
            let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
            let step = words.next().and_then(|step| step.parse::<f32>().ok()).unwrap_or(0.0);
            steps.extend(std::iter::repeat_n(step, count.min(most)));
        } else {
            steps.push(word.parse().unwrap_or(0.0));
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_steps_are_written_once() {
        assert_eq!(deltas("g 2 4.5 3 g 1 2", 9), [4.5, 4.5, 3.0, 2.0]);
        assert_eq!(deltas("g 999999999 1", 3), [1.0, 1.0, 1.0]);
        assert!(deltas("", 3).is_empty());
    }

    #[test]
    fn straight_lines_of_a_path_are_found() {
        let space = Space { matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], origin: (10.0, 10.0) };
        let (found, area) = lines("M 0 0 L 100 0 L 100 20 Q 1 1 2 2 C", space);
        assert_eq!(found.iter().map(|line| line.is_horizontal()).collect::<Vec<_>>(), [true, false]);
        assert!(area.is_some());
    }
}
