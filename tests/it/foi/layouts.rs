//! The ways in which portals print the form.

use std::fmt::Write as _;

use super::form::{Cell, Report, Sheet};
use super::pdf;

/// How the tables of a report are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// HTML with merged cells.
    Merged,
    /// All three in one table, headings in rows over its whole width.
    OneTable,
    /// Merged cells are drawn by empty ones.
    Unmerged,
    /// Pasted from a word processor: paragraphs, fonts and blanks in every cell.
    Pasted,
    /// The cells have become paragraphs.
    OneCellALine,
    /// The rows have become paragraphs, cells parted by blanks; long labels are broken over two.
    OneRowALine,
    /// A word processor's file.
    Docx,
    /// A printed sheet with ruled tables.
    Ruled,
    /// A printed sheet without lines.
    Unruled,
}

pub(super) const LAYOUTS: [Layout; 9] = [
    Layout::Merged,
    Layout::OneTable,
    Layout::Unmerged,
    Layout::Pasted,
    Layout::OneCellALine,
    Layout::OneRowALine,
    Layout::Docx,
    Layout::Ruled,
    Layout::Unruled,
];

/// A piece of a report.
pub(super) enum Piece {
    Line(String),
    Table(Sheet),
}

impl Layout {
    /// Whether the cells are lost, so that an empty one leaves no trace.
    pub(super) fn is_torn(self) -> bool {
        matches!(self, Self::OneCellALine | Self::OneRowALine | Self::Unruled)
    }

    /// The file of a report.
    pub(super) fn file(self, n: usize, report: &Report) -> (String, Vec<u8>) {
        let title = format!("云溪县财政局{}年政府信息公开工作年度报告", 2021 + n % 3);
        let pieces = pieces(report);
        let page = |body: String| {
            let head =
                format!("<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>");
            format!("{head}<div class=\"TRS_Editor\">{body}</div></body></html>").into_bytes()
        };
        let body = |table: &dyn Fn(&Sheet) -> String| -> String {
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Line(line) => format!("<p>　　{line}</p>\n"),
                    Piece::Table(sheet) => table(sheet),
                })
                .collect()
        };
        match self {
            Self::Merged => (format!("{n}.html"), page(body(&merged))),
            Self::Unmerged => (format!("{n}.html"), page(body(&unmerged))),
            Self::Pasted => (format!("{n}.html"), page(body(&pasted))),
            Self::OneTable => (format!("{n}.html"), page(one_table(&pieces))),
            Self::OneCellALine => (
                format!("{n}.html"),
                page(body(&|sheet| cells(sheet).map(|text| format!("<p>{text}</p>\n")).collect())),
            ),
            Self::OneRowALine => (
                format!("{n}.html"),
                page(body(&|sheet| rows(sheet).iter().map(|text| format!("<p>{text}</p>\n")).collect())),
            ),
            Self::Docx => (format!("{n}.docx"), docx(&title, &pieces)),
            Self::Ruled => (format!("{n}.pdf"), pdf::file(&title, &pieces, true)),
            Self::Unruled => (format!("{n}.pdf"), pdf::file(&title, &pieces, false)),
        }
    }
}

fn pieces(report: &Report) -> Vec<Piece> {
    let line = |text: &str| Piece::Line(text.to_owned());
    vec![
        line("根据《中华人民共和国政府信息公开条例》规定，现公布本机关政府信息公开工作年度报告。"),
        line("一、总体情况"),
        line("本年度主动公开政府信息，依法办理公开申请，政府信息管理和平台建设进一步规范。"),
        line("二、主动公开政府信息情况"),
        Piece::Table(report.proactive()),
        line("三、收到和处理政府信息公开申请情况"),
        Piece::Table(report.requests()),
        line("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        Piece::Table(report.review()),
        line("五、存在的主要问题及改进情况"),
        line("公开内容还不够丰富，下一步将加强培训，提高公开质量。"),
        line("六、其他需要报告的事项"),
        line("本年度没有收取信息处理费。"),
    ]
}

fn tag(cell: &Cell, inner: &str) -> String {
    let span = |name: &str, n: usize| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
    format!("<td{}{}>{inner}</td>", span("colspan", cell.across), span("rowspan", cell.down))
}

fn merged(sheet: &Sheet) -> String {
    let rows = sheet
        .iter()
        .map(|row| format!("<tr>{}</tr>\n", row.iter().map(|cell| tag(cell, &cell.text)).collect::<String>()));
    format!("<table border=\"1\">{}</table>\n", rows.collect::<String>())
}

/// Word processors set every cell as a paragraph, and blanks between the characters of short labels.
fn pasted(sheet: &Sheet) -> String {
    let inner = |cell: &Cell| match cell.text.as_str() {
        "" => "<p class=\"MsoNormal\"><span>&nbsp;</span></p>".to_owned(),
        "总计" => "<p><span>总</span> <span>计</span></p>".to_owned(),
        text => format!("<p style=\"text-align:center\"><span lang=\"EN-US\">　{text}&nbsp;</span></p>"),
    };
    let rows = sheet
        .iter()
        .map(|row| format!("<tr>{}</tr>\n", row.iter().map(|cell| tag(cell, &inner(cell))).collect::<String>()));
    format!("<div><table class=\"MsoTable\"><tbody>{}</tbody></table></div>\n", rows.collect::<String>())
}

/// One table for all: what is not a table stands in rows over its whole width.
fn one_table(pieces: &[Piece]) -> String {
    const WIDTH: usize = 15;
    let mut rows = String::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => writeln!(rows, "<tr><td colspan=\"{WIDTH}\">{line}</td></tr>").unwrap(),
            Piece::Table(sheet) => {
                for row in sheet {
                    let cells: String = row.iter().map(|cell| tag(cell, &cell.text)).collect();
                    writeln!(rows, "<tr>{cells}</tr>").unwrap();
                }
            }
        }
    }
    format!("<table border=\"1\">{rows}</table>")
}

/// Every place of the table: the cell that covers it, and whether it begins there.
pub(super) fn places(sheet: &Sheet) -> Vec<Vec<Option<(&Cell, bool)>>> {
    let width = sheet.first().map_or(0, |row| row.iter().map(|cell| cell.across).sum());
    let mut grid = vec![vec![None; width]; sheet.len()];
    for (r, row) in sheet.iter().enumerate() {
        let mut column = 0;
        for cell in row {
            while grid[r][column].is_some() {
                column += 1;
            }
            for (down, across) in (0..cell.down).flat_map(|down| (0..cell.across).map(move |across| (down, across))) {
                grid[r + down][column + across] = Some((cell, (down, across) == (0, 0)));
            }
            column += cell.across;
        }
    }
    grid
}

fn unmerged(sheet: &Sheet) -> String {
    let text = |place: &Option<(&Cell, bool)>| {
        place.filter(|(_, begins)| *begins).map_or("", |(cell, _)| cell.text.as_str()).to_owned()
    };
    let rows = places(sheet).into_iter().map(|row| {
        format!("<tr>{}</tr>\n", row.iter().map(|place| format!("<td>{}</td>", text(place))).collect::<String>())
    });
    format!("<table>{}</table>\n", rows.collect::<String>())
}

fn cells(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet.iter().flatten().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
}

/// The rows as lines; a label of more than 14 characters is broken over two.
fn rows(sheet: &Sheet) -> Vec<String> {
    let mut lines = Vec::new();
    for row in sheet {
        let mut line = Vec::new();
        for text in row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()) {
            let letters: Vec<char> = text.chars().collect();
            if letters.len() > 14 && !letters[0].is_ascii_punctuation() && row.len() > 1 {
                line.push(letters[..14].iter().collect::<String>());
                lines.push(std::mem::take(&mut line).join(" "));
                line.push(letters[14..].iter().collect());
            } else {
                line.push(text.to_owned());
            }
        }
        lines.push(line.join(" "));
    }
    lines
}

fn docx(title: &str, pieces: &[Piece]) -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let mut body = paragraph(title);
    for piece in pieces {
        let sheet = match piece {
            Piece::Line(line) => {
                body += &paragraph(line);
                continue;
            }
            Piece::Table(sheet) => sheet,
        };
        body += "<w:tbl>";
        for row in places(sheet) {
            body += "<w:tr>";
            let mut column = 0;
            while column < row.len() {
                let (cell, begins) = row[column].unwrap();
                let merge = if cell.down == 1 {
                    ""
                } else if begins {
                    "<w:vMerge w:val=\"restart\"/>"
                } else {
                    "<w:vMerge/>"
                };
                let text = if begins { cell.text.as_str() } else { "" };
                write!(
                    body,
                    "<w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/>{merge}</w:tcPr>{}</w:tc>",
                    cell.across,
                    paragraph(text)
                )
                .unwrap();
                column += cell.across;
            }
            body += "</w:tr>";
        }
        body += "</w:tbl>";
    }
    crate::file_docx::Parts { body: &body, ..Default::default() }.file()
}
