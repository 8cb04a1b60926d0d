//! The glyphs and lines of one page, as the interpreter of its content hands them out.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::object::Name;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, LumaData, RgbData, SoftMask,
};

use super::codes::Codes;
use crate::file::face::{is_bold, is_heading_face};
use crate::file::layout::{Glyph, Ruling, Sheet, Turn, is_unknown};
use crate::file::ocr::Picture;
use crate::text::is_ideograph;

/// Fonts are drawn in thousandths of their size.
const UNITS: f64 = 1000.0;
/// Points of a path that are looked at; a longer one is a drawing.
const PATH: usize = 4_000;
/// The part of a page that a picture of text covers at least, most pixels of it, and most of them on a page.
const PICTURE: f64 = 0.02;
const PIXELS: u64 = 60_000_000;
const PICTURES: usize = 50;
/// Lines of a page; more are hatching or a map.
const RULINGS: usize = 20_000;

/// What is drawn, and what it may still cost.
pub(super) struct Recorder<'c, 'a> {
    /// The page so far.
    pub(super) sheet: Sheet,
    /// Characters of fonts that do not say them.
    pub(super) codes: &'c mut Codes<'a>,
    /// How many more calls and glyphs may come.
    pub(super) budget: &'c mut Budget,
    /// The pictures with the areas that they cover, if somebody wants them.
    pub(super) pictures: Option<Vec<([f32; 4], Picture)>>,
    /// Inside how many marked contents that are no part of the text.
    artifacts: Vec<bool>,
}

/// What a file may still cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Calls of the interpreter: forms that draw forms double them at each level.
    pub(super) calls: usize,
    /// Glyphs.
    pub(super) glyphs: usize,
}

/// Thrown through the interpreter, which cannot be told to stop, when the budget is used up.
pub(super) struct Spent;

impl<'c, 'a> Recorder<'c, 'a> {
    pub(super) fn new(width: f32, height: f32, codes: &'c mut Codes<'a>, budget: &'c mut Budget) -> Self {
        let sheet = Sheet { width, height, ..Sheet::default() };
        Self { sheet, codes, budget, pictures: None, artifacts: Vec::new() }
    }

    fn spend(&mut self, glyphs: usize) {
        let left = self.budget.calls.checked_sub(1).zip(self.budget.glyphs.checked_sub(glyphs));
        let Some((calls, glyphs)) = left else {
            // Not a panic: no hook runs and nothing is printed. It ends in `super::glyphs`.
            std::panic::resume_unwind(Box::new(Spent))
        };
        *self.budget = Budget { calls, glyphs };
    }

    fn push(&mut self, text: char, glyph: Glyph) {
        if is_unknown(text) {
            self.sheet.unknown += 1;
        } else {
            self.sheet.glyphs.push(Glyph { text, ..glyph });
        }
    }

    fn line(&mut self, a: Point, b: Point) {
        if self.sheet.rulings.len() < RULINGS {
            self.sheet.rulings.extend(Ruling::between(point(a), point(b)));
        }
    }

    fn bar(&mut self, rect: Rect) {
        let [(x0, y0), (x1, y1)] = [Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1)].map(point);
        if self.sheet.rulings.len() < RULINGS {
            self.sheet.rulings.extend(Ruling::bar(x0, y0, x1, y1));
        }
    }

    fn frame(&mut self, rect: Rect) {
        if rect.width() <= f64::from(Ruling::THICK) || rect.height() <= f64::from(Ruling::THICK) {
            return self.bar(rect);
        }
        let [a, b] = [Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y0)];
        let [c, d] = [Point::new(rect.x1, rect.y1), Point::new(rect.x0, rect.y1)];
        for (from, to) in [(a, b), (b, c), (c, d), (d, a)] {
            self.line(from, to);
        }
    }

    /// Keeps a picture that may hold text, if somebody wants it.
    fn keep(&mut self, image: Image<'_, '_>, rect: Rect, transform: Affine) {
        let page = f64::from(self.sheet.width * self.sheet.height).max(1.0);
        let pixels = u64::from(image.width()) * u64::from(image.height());
        let Some(pictures) = self.pictures.as_mut() else { return };
        if rect.area() < page * PICTURE || pixels > PIXELS || pictures.len() >= PICTURES {
            return;
        }
        let mut found = None;
        match image {
            Image::Raster(raster) => raster.with_rgba(|data, _| found = Some(of_raster(data)), None),
            // What a stencil lets through is painted.
            Image::Stencil(stencil) => stencil.with_stencil(
                |LumaData { data, width, height, .. }, _| {
                    let pixels = data.into_iter().map(|painted| 255 - painted).collect();
                    found = Some(Picture { page: 0, width, height, is_grey: true, pixels });
                },
                None,
            ),
        }
        let [a, b, c, d, ..] = transform.as_coeffs();
        let [(x0, y0), (x1, y1)] = [Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1)].map(point);
        pictures.extend(found.map(|picture| ([x0, y0, x1, y1], picture.turned([a, b, c, d]))));
    }

    fn strokes(&mut self, path: &BezPath, transform: Affine) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements().iter().take(PATH) {
            match *element {
                PathEl::MoveTo(to) => (start, last) = (transform * to, transform * to),
                PathEl::LineTo(to) => {
                    self.line(last, transform * to);
                    last = transform * to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = transform * to,
                PathEl::ClosePath => {
                    self.line(last, start);
                    last = start;
                }
            }
        }
    }
}

fn of_raster(data: ImageData) -> Picture {
    let page = 0;
    match data {
        ImageData::Rgb(RgbData { data: pixels, width, height, .. }) => {
            Picture { page, width, height, is_grey: false, pixels }
        }
        ImageData::Luma(LumaData { data: pixels, width, height, .. }) => {
            Picture { page, width, height, is_grey: true, pixels }
        }
    }
}

impl<'a> Device<'a> for Recorder<'_, 'a> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.spend(run.glyphs().len());
        if self.artifacts.contains(&true) {
            return;
        }
        let Some(first) = run.glyphs().first() else { return };
        let font = match &**first {
            Drawn::Outline(glyph) => glyph.font_data().and_then(|font| font.postscript_name),
            Drawn::Type3(_) => None,
        };
        let strong = font.as_deref().is_some_and(|name| is_heading_face(name) || is_bold(name));
        let start = self.sheet.glyphs.len();
        for drawn in run.glyphs() {
            let Some(mut glyph) = placed(drawn, props.transform * drawn.transform()) else { continue };
            glyph.strong = strong;
            match drawn.as_unicode() {
                Some(BfString::Char(c)) if !is_unknown(c) => self.push(c, glyph),
                Some(BfString::String(text)) => {
                    let count = f32::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX).max(1));
                    let width = glyph.width / count;
                    for (n, c) in text.chars().enumerate() {
                        let x = glyph.x + width * f32::from(u16::try_from(n).unwrap_or(u16::MAX));
                        self.push(c, Glyph { x, width, ..glyph });
                    }
                }
                // A font whose map knows no character for the code, or a wrong one.
                _ => {
                    let code = drawn.char_code();
                    match font.as_deref().and_then(|font| self.codes.character(font, code)) {
                        Some(c) => self.push(c, glyph),
                        None => self.sheet.unknown += 1,
                    }
                }
            }
        }
        if let Some(run) = self.sheet.glyphs.get_mut(start..) {
            squared(run);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(0);
        match mode {
            DrawMode::Fill(_) => self.bar((props.transform * path.clone()).bounding_box()),
            DrawMode::Invisible => {}
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.strokes(path, props.transform),
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(0);
        let rect = props.transform.transform_rect_bbox(*rect);
        match mode {
            DrawMode::Fill(_) => self.bar(rect),
            DrawMode::Invisible => {}
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.frame(rect),
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.spend(0);
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let rect = props.transform.transform_rect_bbox(pixels);
        #[expect(clippy::cast_possible_truncation, reason = "an area on a page")]
        self.sheet.picture(rect.area() as f32);
        self.keep(image, rect, props.transform);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.spend(0);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.spend(0);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend(0);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    /// Tagged files say what is a running head (ISO 32000-1, 14.8.2.2).
    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.spend(0);
        let kind = properties.and_then(|dict| dict.get::<Name<'_>>(b"Type".as_slice()));
        self.artifacts.push(tag == b"Artifact" && kind.is_some_and(|kind| kind.as_ref() == b"Pagination"));
    }

    fn end_marked_content(&mut self) {
        self.artifacts.pop();
    }
}

/// Where a glyph stands; `None` if its place is no number, or it has no size.
fn placed(drawn: &Drawn<'_>, transform: Affine) -> Option<Glyph> {
    let advance = match drawn {
        Drawn::Outline(glyph) => glyph.advance_width(),
        Drawn::Type3(glyph) => glyph.advance_width(),
    };
    let origin = transform * Point::ZERO;
    let up = transform * Point::new(0.0, UNITS) - origin;
    let along = transform * Point::new(UNITS, 0.0) - origin;
    let size = up.hypot();
    let width = along.hypot() * f64::from(advance.unwrap_or(500.0)) / UNITS;
    let (x, y) = point(origin);
    let (right, down) = point(along.to_point());
    #[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
    let (size, width) = (size as f32, width as f32);
    Glyph { text: ' ', x, y, width, size, strong: false, turn: Turn::of(right, down) }.sound()
}

/// Ideographs are square: a font that is drawn much smaller than its size says is as large as its ideographs are wide.
fn squared(run: &mut [Glyph]) {
    let square = run.iter().find(|glyph| is_ideograph(glyph.text) && glyph.width > 0.0);
    let Some(scale) = square.map(|glyph| glyph.width / glyph.size).filter(|scale| !(0.6..1.6).contains(scale)) else {
        return;
    };
    for glyph in run {
        glyph.size *= scale;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places on a page")]
fn point(at: Point) -> (f32, f32) {
    (at.x as f32, at.y as f32)
}
