//! The style sheet ([MS-DOC] 2.9.271) and the fonts.

use super::super::face::is_heading_face;
use super::bytes::{u8_at, u16_at, utf16};
use super::fib::{Part, Streams};
use super::sprm::{self, modifiers, switch};

/// Styles that a style is based on, at most.
const CHAIN: usize = 20;

/// What a run or a paragraph looks like.
#[expect(clippy::struct_excessive_bools, reason = "the format has so many switches, each for itself")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) face: bool,
    pub(super) hidden: bool,
    pub(super) centred: bool,
    /// The list, from 1; 0 = none.
    pub(super) list: u16,
    pub(super) level: u8,
}

struct Style<'s> {
    base: usize,
    heading: bool,
    /// Lists of modifiers of paragraphs and of runs.
    paragraph: &'s [u8],
    run: &'s [u8],
}

/// The styles of a document.
pub(super) struct Styles<'s> {
    styles: Vec<Option<Style<'s>>>,
    /// Whether each font is a heading face.
    pub(super) faces: Vec<bool>,
}

impl<'s> Styles<'s> {
    /// Reads the style sheet and the fonts.
    pub(super) fn read(streams: &'s Streams) -> Self {
        let sheet = streams.part(Part::Styles);
        let head = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let count = usize::from(u16_at(sheet, 2).unwrap_or(0)).min(4096);
        let base = usize::from(u16_at(sheet, 4).unwrap_or(0));
        let mut at = 2 + head;
        let mut styles = Vec::new();
        for _ in 0..count {
            let Some(size) = u16_at(sheet, at).map(usize::from) else { break };
            styles.push(sheet.get(at + 2..at + 2 + size).and_then(|entry| style(entry, base)));
            at += 2 + size;
        }
        Self { styles, faces: faces(streams.part(Part::Fonts)) }
    }

    /// What a style says, with those that it is based on.
    pub(super) fn look(&self, style: usize) -> Look {
        let mut chain = Vec::new();
        let mut next = style;
        while chain.len() < CHAIN {
            let Some(Some(style)) = self.styles.get(next) else { break };
            chain.push(style);
            next = style.base;
        }
        let mut look = Look::default();
        for style in chain.into_iter().rev() {
            look.bold |= style.heading;
            self.apply(&mut look, Look::default(), style.paragraph);
            let above = look;
            self.apply(&mut look, above, style.run);
        }
        look
    }

    /// Applies modifiers to a look; `style` is what switches refer to.
    pub(super) fn apply(&self, look: &mut Look, style: Look, list: &[u8]) {
        for (code, operand) in modifiers(list) {
            match code {
                sprm::BOLD => look.bold = switch(operand, style.bold),
                sprm::HIDDEN => look.hidden = switch(operand, style.hidden),
                sprm::EAST_FACE => {
                    let font = usize::from(u16_at(operand, 0).unwrap_or(0));
                    look.face = self.faces.get(font) == Some(&true);
                }
                sprm::LIST => look.list = u16_at(operand, 0).unwrap_or(0),
                sprm::LIST_LEVEL => look.level = operand.first().copied().unwrap_or(0),
                code if sprm::ALIGNED.contains(&code) => look.centred = operand.first() == Some(&1),
                _ => {}
            }
        }
    }
}

fn style(entry: &[u8], base: usize) -> Option<Style<'_>> {
    let kind = u16_at(entry, 0)? & 0x0fff;
    let second = u16_at(entry, 2)?;
    let parts = usize::from(u16_at(entry, 4)? & 0x000f);
    let name = usize::from(u16_at(entry, base)?);
    let mut at = base + 2 + (name + 1) * 2;
    let mut lists = Vec::new();
    for _ in 0..parts {
        let size = usize::from(u16_at(entry, at)?);
        lists.push(entry.get(at + 2..at + 2 + size)?);
        at += 2 + size + size % 2;
    }
    let paragraphs = second & 0x000f == 1;
    let own = |n: usize| lists.get(n).copied().unwrap_or_default();
    Some(Style {
        base: usize::from(second >> 4),
        heading: paragraphs && (1..=9).contains(&kind),
        // The list of a paragraph begins with the number of the style.
        paragraph: if paragraphs { own(0).get(2..).unwrap_or_default() } else { &[] },
        run: if paragraphs { own(1) } else { own(0) },
    })
}

/// Names of fonts stand behind 39 bytes of facts.
fn faces(fonts: &[u8]) -> Vec<bool> {
    let count = usize::from(u16_at(fonts, 0).unwrap_or(0));
    let mut at = 4;
    let mut faces = Vec::new();
    for _ in 0..count {
        let Some(size) = u8_at(fonts, at).map(usize::from) else { break };
        let entry = fonts.get(at + 1..at + 1 + size).unwrap_or_default();
        let name = utf16(entry.get(39..).unwrap_or_default());
        // Behind the name may stand that of a font to use instead.
        faces.push(is_heading_face(name.split('\0').next().unwrap_or_default()));
        at += 1 + size;
    }
    faces
}
