//! The form on a printed sheet: a PDF with a Chinese map and no embedded font.

use std::fmt::Write as _;

use super::form::Sheet;
use super::layouts::{Piece, places};
use crate::file_pages::hostile::{object, pdf, stream};

/// Size of the page in points.
const PAGE: (f64, f64) = (1200.0, 1200.0);
/// Size of the letters; from row to row it is `ROW`.
const LETTER: f64 = 9.0;
const ROW: f64 = 16.0;
const MARGIN: f64 = 60.0;

/// A page with these pieces; tables are ruled, or set without lines.
pub(super) fn file(title: &str, pieces: &[Piece], ruled: bool) -> Vec<u8> {
    let mut content = String::new();
    let mut y = PAGE.1 - MARGIN;
    print(&mut content, 400.0, y, title);
    y -= 2.0 * ROW;
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                print(&mut content, MARGIN + 2.0 * LETTER, y, line);
                y -= 1.5 * ROW;
            }
            Piece::Table(sheet) => {
                table(&mut content, y, sheet, ruled);
                y -= (points(sheet.len()) + 1.0) * ROW;
            }
        }
    }
    let (width, height) = PAGE;
    pdf(&[
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
        )),
        stream("", content.as_bytes()),
        object(
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        ),
        object(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 7 0 R \
                /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        ),
        object(
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 \
                /Descent -120 /CapHeight 880 /StemV 80 >>",
        ),
    ])
}

fn points(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

fn print(content: &mut String, x: f64, y: f64, text: &str) {
    let letters: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    writeln!(content, "BT /F {LETTER} Tf 1 0 0 1 {x} {y} Tm <{letters}> Tj ET").unwrap();
}

/// Prints a table whose first row stands on `top`.
fn table(content: &mut String, top: f64, sheet: &Sheet, ruled: bool) {
    let grid = places(sheet);
    let width = grid[0].len();
    let mut widths = vec![4.0 * LETTER; width];
    for row in &grid {
        let mut column = 0;
        while column < width {
            let (cell, _) = row[column].unwrap();
            let wanted = (points(cell.text.chars().count()) + 2.0) * LETTER;
            let have: f64 = widths[column..column + cell.across].iter().sum();
            widths[column + cell.across - 1] += (wanted - have).max(0.0);
            column += cell.across;
        }
    }
    let left = |column: usize| MARGIN + widths[..column].iter().sum::<f64>();
    let line = |row: usize| top + LETTER + 2.0 - ROW * points(row);
    for (r, row) in grid.iter().enumerate() {
        for (c, place) in row.iter().enumerate() {
            let Some((cell, true)) = place else { continue };
            if !cell.text.is_empty() {
                print(content, left(c) + 0.5 * LETTER, top - ROW * points(r), &cell.text);
            }
            if ruled {
                let (x0, x1) = (left(c), left(c + cell.across));
                let (y0, y1) = (line(r), line(r + cell.down));
                writeln!(content, "{x0} {y0} m {x1} {y0} l {x1} {y1} l {x0} {y1} l {x0} {y0} l S").unwrap();
            }
        }
    }
}
