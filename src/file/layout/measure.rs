//! The area that the text of a column fills: its margins, the size of its type, the distance of its rows.

use super::columns::Item;
use super::row::{Row, median};

/// Fewest full rows that tell the margins.
const ROWS: usize = 4;

/// The text area of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Where rows begin that are not indented.
    pub(super) left: f32,
    /// Where full rows end.
    pub(super) right: f32,
    /// Size of running text.
    pub(super) size: f32,
    /// From baseline to baseline.
    pub(super) pitch: f32,
}

/// The measure of every region; one with too few rows takes that of the others.
///
/// `widths` are those of their pages.
pub(super) fn measures(regions: &[Vec<Item>], widths: &[f32]) -> Vec<Measure> {
    let own: Vec<Option<Measure>> = regions.iter().map(|items| measure(items, ROWS)).collect();
    let known: Vec<Measure> = own.iter().flatten().copied().collect();
    let of = |((items, own), width): ((&Vec<Item>, &Option<Measure>), &f32)| match own {
        Some(own) => aligned(*own, &known),
        None => borrowed(items, &known, *width),
    };
    regions.iter().zip(&own).zip(widths).map(of).collect()
}

fn measure(items: &[Item], least: usize) -> Option<Measure> {
    let rows: Vec<&Row> =
        items.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None }).collect();
    let size = median(rows.iter().map(|row| row.size))?;
    let widest = rows.iter().map(|row| row.x1 - row.x0).fold(0.0, f32::max);
    let full: Vec<&&Row> =
        rows.iter().filter(|row| row.x1 - row.x0 > 0.6 * widest && (row.size / size - 1.0).abs() < 0.12).collect();
    if full.len() < least {
        return None;
    }
    let mut ends: Vec<f32> = full.iter().map(|row| row.x1).collect();
    ends.sort_by(f32::total_cmp);
    let right = ends.get(ends.len() * 9 / 10).copied()?;
    // The lowest place at which more than a stray row begins.
    let mut starts: Vec<f32> = full.iter().map(|row| row.x0).collect();
    starts.sort_by(f32::total_cmp);
    let often = 2.max(full.len() / 12);
    let many = |from: f32| starts.iter().filter(|&&x| x >= from - 0.1 && x < from + 0.3 * size).count();
    let left = starts.iter().copied().find(|&x| many(x) >= often).or(starts.first().copied())?;
    let steps = rows.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|&step| step > 0.5 * size);
    let pitch = median(steps).unwrap_or(1.6 * size);
    Some(Measure { left, right, size, pitch })
}

/// A page on which every row is indented still has the margin of the other pages.
fn aligned(own: Measure, known: &[Measure]) -> Measure {
    let alike = known
        .iter()
        .filter(|other| (other.right - own.right).abs() < own.size && (other.size / own.size - 1.0).abs() < 0.12);
    let left = median(alike.map(|other| other.left)).unwrap_or(own.left);
    let indented = own.left - left > 0.5 * own.size && own.left - left < 3.5 * own.size;
    Measure { left: if indented { left } else { own.left }, ..own }
}

fn borrowed(items: &[Item], known: &[Measure], width: f32) -> Measure {
    let rough = measure(items, 1).unwrap_or(Measure { left: 0.0, right: width, size: 12.0, pitch: 20.0 });
    let inside = |other: &&Measure| rough.left > other.left - rough.size && rough.right < other.right + rough.size;
    if let Some(found) = known.iter().rev().find(inside) {
        return *found;
    }
    // What stands over several columns has the width of all; on a page of few rows the margins are even.
    let left = known.iter().map(|other| other.left).fold(rough.left, f32::min);
    let right = known.iter().map(|other| other.right).fold(rough.right, f32::max);
    Measure { left, right: if known.is_empty() { right.max(width - left) } else { right }, ..rough }
}
