//! What the properties of a row say of its cells.

use super::super::rows::Shape;
use super::bytes::{u8_at, u16_at};
use super::sprm::{self, modifiers};

/// The shape of the row that these modifiers end.
pub(super) fn shape(lists: &[&[u8]]) -> Shape {
    let mut shape = Shape::default();
    for (code, operand) in lists.iter().flat_map(|list| modifiers(list)) {
        match code {
            sprm::HEAD_ROW => shape.head = operand.first().is_some_and(|&on| on != 0),
            sprm::CELLS => {
                let count = usize::from(u8_at(operand, 2).unwrap_or(0));
                let edge = |n: usize| u16_at(operand, 3 + n * 2).map(|edge| i32::from(edge.cast_signed()));
                shape.edges = (0..=count).map_while(edge).collect();
                let flags = |n: usize| u16_at(operand, 3 + (count + 1) * 2 + n * 20).unwrap_or(0);
                shape.continues = (0..count).map(|n| flags(n) >> 5 & 3 == 1).collect();
            }
            sprm::MERGED => {
                let cell = u8_at(operand, 1).and_then(|n| shape.continues.get_mut(usize::from(n)));
                if let Some(cell) = cell {
                    *cell = u8_at(operand, 2) == Some(1);
                }
            }
            _ => {}
        }
    }
    shape
}
