//! What a page shows before anything is read from it: glyphs, ruling lines and pictures at their places.

/// One character at its place; lengths are points, y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::file) struct Glyph {
    /// The character.
    pub(in crate::file) text: char,
    /// Left edge.
    pub(in crate::file) x: f32,
    /// Baseline.
    pub(in crate::file) y: f32,
    /// How far the next one stands.
    pub(in crate::file) width: f32,
    /// Font size.
    pub(in crate::file) size: f32,
    /// Bold, or in a heading face.
    pub(in crate::file) strong: bool,
    /// How the line that it stands in runs.
    pub(in crate::file) turn: Turn,
}

impl Glyph {
    /// The glyph, unless its place is no place on a page.
    pub(in crate::file) fn sound(self) -> Option<Self> {
        let on_page = |length: f32| length.is_finite() && length.abs() < 1e6;
        let sound = [self.x, self.y, self.width, self.size].into_iter().all(on_page);
        (sound && self.size >= 0.5).then_some(self)
    }
}

/// Characters that files give for a glyph of which they know nothing.
pub(in crate::file) fn is_unknown(c: char) -> bool {
    c.is_control() && !c.is_whitespace() || c == '\u{fffd}' || crate::text::is_private_use(c)
}

/// How a line of writing runs on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::file) enum Turn {
    /// To the right.
    #[default]
    None,
    /// Downwards: the page is to be turned to the left to be read.
    Right,
    /// To the left, upside down.
    Half,
    /// Upwards.
    Left,
    /// At another angle: a watermark, or a seal.
    Slanted,
}

impl Turn {
    /// Of a line that goes so far to the right and so far down.
    pub(in crate::file) fn of(right: f32, down: f32) -> Self {
        let flat = |long: f32, short: f32| short.abs() < long.abs() * 0.05;
        match () {
            () if flat(right, down) && right > 0.0 => Self::None,
            () if flat(right, down) => Self::Half,
            () if flat(down, right) && down > 0.0 => Self::Right,
            () if flat(down, right) => Self::Left,
            () => Self::Slanted,
        }
    }
}

/// A horizontal or vertical line, or the thin side of a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::file) struct Ruling {
    /// Left end.
    pub(in crate::file) x0: f32,
    /// Upper end.
    pub(in crate::file) y0: f32,
    /// Right end.
    pub(in crate::file) x1: f32,
    /// Lower end.
    pub(in crate::file) y1: f32,
}

impl Ruling {
    /// The line between two points; `None` if it is neither horizontal nor vertical, or no longer than it is thick.
    pub(in crate::file) fn between(a: (f32, f32), b: (f32, f32)) -> Option<Self> {
        let ruling = Self { x0: a.0.min(b.0), y0: a.1.min(b.1), x1: a.0.max(b.0), y1: a.1.max(b.1) };
        let (wide, high) = (ruling.x1 - ruling.x0, ruling.y1 - ruling.y0);
        (wide.min(high) <= Self::THICK && wide.max(high) > 2.0 * Self::THICK).then_some(ruling)
    }

    /// The centre line of a filled area that is thin enough to be a line.
    pub(in crate::file) fn bar(x0: f32, y0: f32, x1: f32, y1: f32) -> Option<Self> {
        let (wide, high) = (x1 - x0, y1 - y0);
        if high <= Self::THICK && wide > high {
            Self::between((x0, f32::midpoint(y0, y1)), (x1, f32::midpoint(y0, y1)))
        } else if wide <= Self::THICK {
            Self::between((f32::midpoint(x0, x1), y0), (f32::midpoint(x0, x1), y1))
        } else {
            None
        }
    }

    /// Thicker than this is a bar or a field of colour, in points.
    pub(in crate::file) const THICK: f32 = 2.5;

    /// Longer than high.
    pub(in crate::file) fn is_horizontal(self) -> bool {
        self.x1 - self.x0 > self.y1 - self.y0
    }
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::file) struct Sheet {
    /// Width in points.
    pub(in crate::file) width: f32,
    /// Height in points.
    pub(in crate::file) height: f32,
    /// The characters, in the order in which they are drawn.
    pub(in crate::file) glyphs: Vec<Glyph>,
    /// The lines.
    pub(in crate::file) rulings: Vec<Ruling>,
    /// The part of the page that pictures cover, as far as each of them goes alone.
    pub(in crate::file) pictured: f32,
    /// How many glyphs stand for no known character.
    pub(in crate::file) unknown: usize,
    /// Its pictures were read, and what they say stands among the glyphs.
    pub(in crate::file) is_read: bool,
}

impl Sheet {
    /// Nothing is drawn on it that could be read.
    pub(in crate::file) fn is_blank(&self) -> bool {
        self.glyphs.is_empty() && self.unknown == 0 && self.pictured < Self::PICTURED
    }

    /// A picture of text covers at least so much of its page.
    const PICTURED: f32 = 0.2;
    /// Most characters of a page that is a picture of text: a number or a stamp of the machine that scanned it.
    const STAMP: usize = 20;

    /// Whether the text is only a picture, or of its characters more than one in twenty is not known.
    pub(in crate::file) fn needs_ocr(&self) -> bool {
        if self.is_read {
            return false;
        }
        let known = self.glyphs.iter().filter(|glyph| !crate::text::is_blank(glyph.text)).count();
        let pictured = if known == 0 { Self::PICTURED } else { 2.0 * Self::PICTURED };
        known <= Self::STAMP && self.pictured >= pictured || self.unknown * 20 > known + self.unknown
    }

    /// Takes note of a picture that covers an area.
    pub(in crate::file) fn picture(&mut self, area: f32) {
        let share = (area.abs() / (self.width * self.height).max(1.0)).min(1.0);
        self.pictured = (self.pictured + share).min(1.0);
    }
}

/// What the pages of a file draw.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::file) struct Drawn {
    /// The title in the file's own metadata.
    pub(in crate::file) title: Option<String>,
    /// The pages.
    pub(in crate::file) sheets: Vec<Sheet>,
}
