//! Plain text of printed sheets, as PDF readers give it: lines that break at the width are joined, page numbers go.

use super::body::begins_item;
use super::explain::Trace;
use super::rules::{DropRule, JoinRule};
use crate::page::line_class;
use crate::text::clean_line;

/// Columns by which the first line of a paragraph stands in; further in are titles and signatures.
const INDENT: std::ops::RangeInclusive<usize> = 2..=8;
/// A full line ends so many columns before the widest one at most.
const SHORT_OF: usize = 3;
/// Columns of lines that a printer breaks at their width.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=130;
/// So many paragraphs that stand in, or lines that are cut within a sentence, make a printed sheet.
const FEWEST: usize = 2;

/// A paragraph, and of how many lines it was joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) lines: usize,
}

/// One printed line.
struct Row {
    text: String,
    indent: usize,
    /// Where it ends, in columns.
    end: usize,
    /// It is the number of its page.
    page: Option<u32>,
}

/// The paragraphs of a text; `None` is a blank line.
pub(super) fn paragraphs(text: &str, trace: &mut Trace<'_>) -> Vec<Option<Paragraph>> {
    let mut rows: Vec<Option<Row>> = text.split(['\n', '\u{c}']).map(row).collect();
    if trace.allows(DropRule::PageNumber.name()) {
        let before = rows.iter().flatten().count();
        without_page_numbers(&mut rows);
        trace.hits(DropRule::PageNumber.name(), before - rows.iter().flatten().count());
    }
    let sheet = Sheet::of(&rows).filter(|_| trace.allows(JoinRule::Printed.name()));
    let mut paragraphs: Vec<Option<Paragraph>> = Vec::with_capacity(rows.len());
    let mut before: Option<Row> = None;
    let mut inside = false;
    for row in rows {
        let joins = match (&sheet, &before, &row) {
            (Some(sheet), Some(before), Some(row)) => sheet.goes_on(before, row, inside),
            _ => false,
        };
        inside = joins || sheet.as_ref().zip(row.as_ref()).is_some_and(|(sheet, row)| sheet.opens(row));
        match (&row, paragraphs.last_mut()) {
            (Some(row), Some(Some(last))) if joins => {
                append(&mut last.text, &row.text);
                last.lines += 1;
                trace.hits(JoinRule::Printed.name(), 1);
            }
            _ => paragraphs.push(row.as_ref().map(|row| Paragraph { text: row.text.clone(), lines: 1 })),
        }
        before = row;
    }
    paragraphs
}

fn row(line: &str) -> Option<Row> {
    let text = clean_line(line);
    if text.is_empty() {
        return None;
    }
    let blank = |c: &char| c.is_whitespace();
    let indent = line.chars().take_while(blank).map(columns).sum();
    let end = indent + line.trim().chars().map(columns).sum::<usize>();
    let page = line_class::page_number(&text);
    Some(Row { text, indent, end, page })
}

/// How wide a character is set: a tab as four letters, an ideograph as two.
fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        c if c.is_ascii() => 1,
        _ => 2,
    }
}

/// Drops lines that count the pages: each one more than the one before, or a single one in the middle of its line. A
/// paragraph that goes over to the next page goes on without a blank line.
fn without_page_numbers(rows: &mut Vec<Option<Row>>) {
    let found: Vec<(usize, u32)> =
        rows.iter().enumerate().filter_map(|(n, row)| Some((n, row.as_ref()?.page?))).collect();
    let counts = found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
    let set_off = |n: usize| rows.get(n).and_then(Option::as_ref).is_some_and(|row| row.indent > *INDENT.end());
    if !counts || found.len() < FEWEST && !found.iter().all(|(n, _)| set_off(*n)) {
        return;
    }
    for (n, _) in found.into_iter().rev() {
        rows.remove(n);
        let blanks = rows.iter().skip(n).take_while(|row| row.is_none()).count();
        let above = rows.iter().take(n).rev().take_while(|row| row.is_none()).count();
        let start = n - above;
        let is_cut = rows.get(start.wrapping_sub(1)).and_then(Option::as_ref).is_some_and(|row| !ends(&row.text));
        let next = rows.get(n + blanks).and_then(Option::as_ref);
        if is_cut && next.is_some_and(|row| row.indent < *INDENT.start()) {
            rows.drain(start..n + blanks);
        }
    }
}

/// How the lines of a sheet are set.
struct Sheet {
    /// Where most lines begin.
    margin: usize,
    /// Where the widest line ends.
    widest: usize,
    /// Its paragraphs stand in with their first line.
    indented: bool,
}

impl Sheet {
    /// `None` for a text that has a paragraph a line.
    fn of(rows: &[Option<Row>]) -> Option<Self> {
        let all = || rows.iter().flatten();
        let margin = all().map(|row| row.indent).min()?;
        let widest = all().map(|row| row.end).max()?;
        let mut sheet = Self { margin, widest, indented: true };
        let opening = all().filter(|row| sheet.opens(row)).count();
        sheet.indented = opening >= FEWEST;
        let pairs = rows.windows(2).filter_map(|pair| Some((pair[0].as_ref()?, pair[1].as_ref()?)));
        let cut = |(a, b): &(&Row, &Row)| sheet.is_full(a) && !ends(&a.text) && !sheet.opens(b) && !is_item(&b.text);
        let cuts: Vec<_> = pairs.filter(cut).collect();
        let needed = if sheet.indented { 1 } else { FEWEST };
        // Titles one below the other are as wide as each other too, but none of them ends a sentence.
        let spoken = all().filter(|row| ends(&row.text)).count() * 4 >= cuts.len();
        (WIDTHS.contains(&(widest - margin)) && cuts.len() >= needed && spoken).then_some(sheet)
    }

    /// The first line of a paragraph that stands in.
    fn opens(&self, row: &Row) -> bool {
        self.indented && INDENT.contains(&row.indent.saturating_sub(self.margin))
    }

    fn is_full(&self, row: &Row) -> bool {
        row.end + SHORT_OF >= self.widest
    }

    /// Whether the paragraph of a line goes on with the next one.
    fn goes_on(&self, before: &Row, row: &Row, inside: bool) -> bool {
        let flush = row.indent < self.margin + INDENT.start();
        if !flush || is_item(&row.text) || is_cells(&before.text) || is_cells(&row.text) {
            return false;
        }
        if self.indented {
            inside && (!ends(&before.text) || self.is_full(before))
        } else {
            self.is_full(before) && !ends(&before.text)
        }
    }
}

fn ends(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：', ':', '…', '”', '）', ')', '》'])
}

/// A numbered line; 3.6 is a number and no marker.
fn is_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let fraction =
        rest.len() < text.len() && rest.starts_with('.') && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    !fraction && begins_item(text)
}

/// Cells of a table, which wide blanks part.
fn is_cells(text: &str) -> bool {
    text.contains('\t') || text.contains("\u{3000}\u{3000}")
}

/// Goes on with a line; words in letters are parted by a blank.
fn append(text: &mut String, line: &str) {
    let letter = |c: char| c.is_ascii_alphanumeric();
    if text.ends_with(letter) && line.starts_with(letter) {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Without;

    fn read(text: &str) -> Vec<String> {
        let paragraphs = paragraphs(text, &mut Trace::off(Without::NOTHING));
        paragraphs.into_iter().flatten().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn paragraphs_that_stand_in_are_joined_over_lines_and_pages() {
        let text = "各村：\n    现将《古渡镇河道巡查办法》印发给你们，请结合各村\n实际抓好落实。\n    一、分段巡查\n\
                    \u{3000}\u{3000}每段河道设巡查员一名，负责每周两次的巡查和记\n                — 1 —\n\n\u{c}\
                    录，汛期每天一次。2023 年共补助\n3.6 万元。\n    （二）巡查员由村民会议推选。\n\
                    \n                古渡镇人民政府\n                — 2 —\n";
        assert_eq!(
            read(text),
            [
                "各村：",
                "现将《古渡镇河道巡查办法》印发给你们，请结合各村实际抓好落实。",
                "一、分段巡查",
                "每段河道设巡查员一名，负责每周两次的巡查和记录，汛期每天一次。2023 年共补助3.6 万元。",
                "（二）巡查员由村民会议推选。",
                "古渡镇人民政府",
            ]
        );
    }

    #[test]
    fn lines_of_one_width_that_are_cut_within_sentences_are_joined() {
        let text = "古渡镇全年开展河道巡查二百余次，发现并清理堆放在岸\n边的杂物四十一处，劝离违规垂钓三十余人次，巡查记录\n\
                    全部归档。\n一、存在的问题和下一步打算\n";
        assert_eq!(
            read(text),
            [
                "古渡镇全年开展河道巡查二百余次，发现并清理堆放在岸边的杂物四十一处，劝离违规垂钓三十余人次，巡查记录\
                 全部归档。",
                "一、存在的问题和下一步打算",
            ]
        );
    }

    #[test]
    fn a_paragraph_a_line_stays_so() {
        for text in [
            "古渡镇人民政府关于印发河道巡查办法的通知\n古渡镇人民政府关于印发道路养护办法的通知\n\
             古渡镇人民政府关于印发村庄清洁办法的通知\n",
            "城关、清塘、白槐、丰水四个供水站全部参加本次抽检工作。\n其余供水站按照自愿原则参加本次抽检工作，结果公开。\n",
            "    一、检查\n    全年检查十二次。\n    二、处罚\n    无。\n",
            "— 1 —\n—、检查\n— 5 —\n",
        ] {
            assert_eq!(read(text), text.lines().map(clean_line).collect::<Vec<_>>(), "{text}");
        }
    }
}
