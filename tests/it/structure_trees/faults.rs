//! What goes wrong in the numbering of real documents, one fault a document.

use gongwen::model::Style;
use proptest::prelude::*;

use super::writer::Piece;

/// A fault of one section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A number is left out before it.
    Skips,
    /// It repeats the number before it.
    Repeats,
    /// The first of its list is number 2.
    Midway,
    /// Blanks stand inside its marker.
    Spaced,
    /// One of its brackets is of the other width.
    Mixed,
    /// Its marker is one character: ㈢ ⒊ ⑶.
    Glyph,
    /// The opening bracket is missing.
    Unopened,
    /// The opening bracket stands on the line before.
    Slipped,
    /// A dash is typed for 一, an l for 1.
    Mistyped,
    /// Its text opens a quotation that it does not close.
    Unclosed,
    /// Its text has its quotation marks the wrong way round.
    Inverted,
    /// Its text is broken within a sentence.
    Broken,
    /// Its text begins with a quantity.
    Quantity,
}

impl Fault {
    /// The number itself is odd.
    pub(super) fn is_of_numbers(self) -> bool {
        matches!(self, Self::Skips | Self::Repeats | Self::Midway)
    }

    /// The marker as it is typed then.
    pub(super) fn typed(self, style: Style, number: usize, printed: &str, before: &mut Vec<Piece>) -> String {
        let bracketed = matches!(style, Style::CnParen | Style::ArabicParen);
        let glyph = |first: u32| char::from_u32(first + u32::try_from(number).unwrap() - 1).unwrap().to_string();
        let inner = || printed.trim_matches(['（', '）', '(', ')']).to_owned();
        match (self, style) {
            (Self::Spaced, _) if bracketed => format!("（ {} ）", inner()),
            (Self::Spaced, Style::Cn | Style::Arabic) => format!("{printed} "),
            (Self::Mixed, _) if bracketed => format!("（{})", inner()),
            (Self::Glyph, Style::CnParen) if number <= 10 => glyph(0x3220),
            (Self::Glyph, Style::ArabicParen) => glyph(0x2474),
            (Self::Glyph, Style::Arabic) => glyph(0x2488),
            (Self::Unopened, _) if bracketed => format!("{}）", inner()),
            (Self::Slipped, _) if bracketed => {
                before.push(Piece::Line("（".to_owned()));
                format!("{}）", inner())
            }
            (Self::Mistyped, Style::Cn) if number == 1 => "—、".to_owned(),
            (Self::Mistyped, Style::Arabic) if number == 1 => "l.".to_owned(),
            _ => printed.to_owned(),
        }
    }

    /// The lines that its text becomes.
    pub(super) fn told(self, text: &str) -> Vec<String> {
        match self {
            Self::Unclosed => vec![format!("推进“放管服改革。{text}")],
            Self::Inverted => vec![format!("推进”放管服“改革。{text}")],
            Self::Broken => {
                let clause = text.find('，').map_or(text.len(), |at| at + '，'.len_utf8());
                let (before, behind) = text.split_at(clause);
                vec![before.to_owned(), behind.to_owned()]
            }
            Self::Quantity => vec![format!("1.5亿元资金已经拨付。{text}")],
            _ => vec![text.to_owned()],
        }
    }
}

pub(super) fn fault() -> impl Strategy<Value = Fault> {
    use Fault::{
        Broken, Glyph, Inverted, Midway, Mistyped, Mixed, Quantity, Repeats, Skips, Slipped, Spaced, Unclosed, Unopened,
    };
    prop::sample::select(vec![
        Skips, Repeats, Midway, Spaced, Mixed, Glyph, Unopened, Slipped, Mistyped, Unclosed, Inverted, Broken, Quantity,
    ])
}
