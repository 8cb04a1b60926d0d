//! XLSX (ECMA-376): cells with their number formats.

use std::collections::HashMap;

use super::super::grid::Span;
use super::super::package::Package;
use super::super::xml::{self, Element, Tree};
use super::super::{FileError, FileKind, FileText, Limits};
use super::Sheets;
use super::format::{built_in, show};

/// Reads a workbook.
pub(in super::super) fn read(bytes: &[u8], limits: &Limits) -> Result<FileText, FileError> {
    let mut package = Package::open(bytes, limits)?;
    let book = package.part("xl/workbook.xml")?.ok_or(FileError::Broken("no workbook"))?;
    let links = package.part("xl/_rels/workbook.xml.rels")?.unwrap_or_else(|| b"<none/>".to_vec());
    let strings = package.part("xl/sharedStrings.xml")?.unwrap_or_else(|| b"<none/>".to_vec());
    let styles = package.part("xl/styles.xml")?.unwrap_or_else(|| b"<none/>".to_vec());

    let book = xml::decode(&book);
    let book = Tree::parse(&book, limits)?;
    let links = links_of(&links, limits)?;
    let styles = Styles::read(&styles, limits)?;
    let strings = strings_of(&strings, limits)?;
    let from_1904 = book.root()?.child("workbookPr").and_then(|facts| facts.attr("date1904"));
    let cells = Cells { strings, styles, from_1904: from_1904.is_some_and(|value| value == "1" || value == "true") };

    let mut sheets = Sheets::new(limits);
    for sheet in book.root()?.child("sheets").into_iter().flat_map(Element::children) {
        if sheet.attr("state").is_some_and(|state| state != "visible") {
            sheets.hide();
            continue;
        }
        let target = sheet.attr("id").and_then(|id| links.get(id.as_ref()).cloned());
        let Some(part) = target.map(|target| package.part(&target)).transpose()?.flatten() else { continue };
        let text = xml::decode(&part);
        let tree = Tree::parse(&text, limits)?;
        let root = tree.root()?;
        let merged = root.child("mergeCells").into_iter().flat_map(Element::children);
        let mut grid = sheets.grid(merged.filter_map(|cell| span(&cell.attr("ref")?)).collect())?;
        let mut row_number = 0;
        for row in root.child("sheetData").into_iter().flat_map(Element::children) {
            row_number = row.attr("r").and_then(|r| r.parse().ok()).unwrap_or(row_number + 1_u32);
            let mut column = 0;
            for cell in row.children().filter(|element| element.name() == "c") {
                let at = cell.attr("r").and_then(|r| place(&r));
                let (line, here) = at.unwrap_or((row_number.saturating_sub(1), column));
                column = here.saturating_add(1);
                grid.set(line, here, cells.text(cell), limits)?;
            }
        }
        let name = sheet.attr("name").unwrap_or_default().into_owned();
        sheets.add(name, grid)?;
    }
    Ok(sheets.finish(FileKind::Xlsx))
}

struct Cells {
    strings: Vec<String>,
    styles: Styles,
    from_1904: bool,
}

impl Cells {
    fn text(&self, cell: Element<'_>) -> String {
        let value = || cell.child("v").map(Element::text).unwrap_or_default();
        match cell.attr("t").as_deref() {
            Some("s") => {
                let place = value().trim().parse::<usize>().ok();
                place.and_then(|place| self.strings.get(place)).cloned().unwrap_or_default()
            }
            Some("inlineStr") => cell.child("is").map(rich).unwrap_or_default(),
            Some("b") => if value().trim() == "0" { "FALSE" } else { "TRUE" }.to_owned(),
            Some("e") => String::new(),
            Some("str" | "d") => value(),
            _ => {
                let value = value();
                let format = cell.attr("s").and_then(|style| self.styles.format(style.parse().ok()?));
                match value.trim().parse::<f64>() {
                    Ok(n) => show(n, format.unwrap_or_default(), self.from_1904),
                    Err(_) => value,
                }
            }
        }
    }
}

/// Number formats by cell style.
struct Styles {
    formats: HashMap<u16, String>,
    styles: Vec<u16>,
}

impl Styles {
    fn read(part: &[u8], limits: &Limits) -> Result<Self, FileError> {
        let text = xml::decode(part);
        let tree = Tree::parse(&text, limits)?;
        let root = tree.root()?;
        let number = |element: Element<'_>| element.attr("numFmtId").and_then(|id| id.parse::<u16>().ok());
        let formats = root.child("numFmts").into_iter().flat_map(Element::children);
        let formats = formats.filter_map(|format| Some((number(format)?, format.attr("formatCode")?.into_owned())));
        let styles = root.child("cellXfs").into_iter().flat_map(Element::children);
        let styles = styles.map(|style| number(style).unwrap_or(0));
        Ok(Self { formats: formats.collect(), styles: styles.collect() })
    }

    fn format(&self, style: usize) -> Option<&str> {
        let id = self.styles.get(style)?;
        Some(self.formats.get(id).map_or(built_in(*id), String::as_str))
    }
}

/// Parts by the ids under which the workbook names them.
fn links_of(part: &[u8], limits: &Limits) -> Result<HashMap<String, String>, FileError> {
    let text = xml::decode(part);
    let tree = Tree::parse(&text, limits)?;
    let links = tree.root()?.children().filter_map(|link| {
        let target = link.attr("Target")?;
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        Some((link.attr("Id")?.into_owned(), target))
    });
    Ok(links.collect())
}

fn strings_of(part: &[u8], limits: &Limits) -> Result<Vec<String>, FileError> {
    let text = xml::decode(part);
    let tree = Tree::parse(&text, limits)?;
    Ok(tree.root()?.children().filter(|element| element.name() == "si").map(rich).collect())
}

/// Text in runs; how it is read aloud (`rPh`) is none of it.
fn rich(element: Element<'_>) -> String {
    let texts = element.children().map(|part| match part.name() {
        "t" => part.text(),
        "r" => part.child("t").map(Element::text).unwrap_or_default(),
        _ => String::new(),
    });
    texts.collect()
}

/// `B12` → row 11, column 1.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().trim_matches('$');
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters).filter(|(letters, _)| (1..4).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |n, c| n * 26 + u32::from(c.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

fn span(name: &str) -> Option<Span> {
    let (from, to) = name.split_once(':')?;
    Some(Span { from: place(from)?, to: place(to)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        for (name, at) in [("A1", Some((0, 0))), ("AA10", Some((9, 26))), ("XFD1", Some((0, 16_383)))] {
            assert_eq!(place(name), at);
        }
        for name in ["", "1", "A", "A0", "ABCD1", "甲1"] {
            assert_eq!(place(name), None, "{name}");
        }
    }
}
