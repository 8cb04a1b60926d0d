//! What is printed in a cell: a number, nothing, or something else.

use crate::model::FoiFlag;
use crate::text::{fold_char, is_blank};

/// A cell of the form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// The number that is printed.
    pub(super) value: Option<f64>,
    /// What is odd.
    pub(super) flags: Vec<FoiFlag>,
}

impl Cell {
    /// Reads the text of a cell; dashes and 无 stand for an empty one.
    pub(super) fn read(text: &str) -> Self {
        let text: String = text.chars().map(fold_char).filter(|&c| !is_blank(c) && c != '\n').collect();
        if is_empty(&text) {
            return Self::default();
        }
        match number(&text) {
            Some(value) => Self { value: Some(value), flags: Vec::new() },
            None => Self { value: None, flags: vec![FoiFlag::NotANumber] },
        }
    }

    /// A cell whose number could not be told from those beside it.
    pub(super) fn unplaced() -> Self {
        Self { value: None, flags: vec![FoiFlag::Unplaced] }
    }
}

fn is_empty(text: &str) -> bool {
    text.chars().all(|c| "/\\-—–_无".contains(c))
}

/// 12, 1,024, 3.5万元, +2, 增2, -1, 减1.
fn number(text: &str) -> Option<f64> {
    let unit = ["万元", "元", "件", "项", "个", "条", "宗", "次"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text);
    let (sign, digits) = match unit.chars().next()? {
        '-' | '减' | '−' => (-1.0, unit.trim_start_matches(['-', '减', '−', '少'])),
        '+' | '增' => (1.0, unit.trim_start_matches(['+', '增', '加'])),
        _ => (1.0, unit),
    };
    let plain: String = digits.chars().filter(|&c| c != ',').collect();
    let is_number =
        plain.starts_with(|c: char| c.is_ascii_digit()) && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = is_number.then(|| plain.parse().ok()).flatten()?;
    Some(if value == 0.0 { 0.0 } else { sign * value })
}

/// Whether a text is what may stand in a cell of numbers, an empty one aside.
pub(super) fn is_number(text: &str) -> bool {
    let folded: String = text.chars().map(fold_char).filter(|&c| !is_blank(c)).collect();
    number(&folded).is_some() || (!folded.is_empty() && is_empty(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_cell_is_never_naught() {
        for (text, value, odd) in [
            ("", None, false),
            ("　", None, false),
            ("/", None, false),
            ("—", None, false),
            ("0", Some(0.0), false),
            ("１２", Some(12.0), false),
            ("1,024", Some(1024.0), false),
            ("3.52万元", Some(3.52), false),
            ("+2", Some(2.0), false),
            ("减1", Some(-1.0), false),
            ("-0", Some(0.0), false),
            ("见附件", None, true),
            ("1.2.3", None, true),
        ] {
            let cell = Cell::read(text);
            assert_eq!((cell.value, !cell.flags.is_empty()), (value, odd), "{text:?}");
        }
    }
}
