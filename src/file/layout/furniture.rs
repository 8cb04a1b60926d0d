//! What repeats from page to page beside the text: running heads and feet, page numbers.

use std::collections::HashMap;

use super::columns::Item;
use super::counts::{Counts, count};
use super::row::Row;
use crate::file::FileRule;

/// The part of a page at its head and at its foot where running lines stand.
const MARGIN: f32 = 0.14;
/// The part where a page number stands that is on every page at one height: below text that leaves much of the sheet free.
const NUMBERED: f32 = 0.22;
/// On so many pages a line repeats.
const PAGES: usize = 3;
/// How far apart the heights of a running line may be, in points.
const HEIGHT: f32 = 4.0;

/// One page, read from top to bottom.
pub(super) struct Page {
    /// Height in points.
    pub(super) height: f32,
    /// What stands on it.
    pub(super) items: Vec<Item>,
}

/// Leaves out page numbers, and lines that repeat at one height.
pub(super) fn without(pages: &mut [Page], counts: &mut Counts) {
    let repeated = repeated(pages);
    for page in pages {
        let height = page.height;
        page.items.retain(|item| {
            let Item::Row(row) = item else { return true };
            let runs = may_run(row, height) && runs(&repeated, row);
            let rule = if is_page_number(&row.text()) { FileRule::PageNumber } else { FileRule::RunningHead };
            count(counts, rule, usize::from(runs));
            !runs
        });
        let last = page.items.len();
        let mut n = 0;
        page.items.retain(|item| {
            n += 1;
            let Item::Row(row) = item else { return true };
            let edge = n <= 2 || n + 2 > last;
            let number = edge && in_margin(row, height) && is_page_number(&row.text());
            count(counts, FileRule::PageNumber, usize::from(number));
            !number
        });
    }
}

fn in_margin(row: &Row, height: f32) -> bool {
    is_within(row, height, MARGIN)
}

fn is_within(row: &Row, height: f32, share: f32) -> bool {
    row.y < height * share || row.y > height * (1.0 - share)
}

/// Whether a row stands where lines that repeat from page to page do.
fn may_run(row: &Row, height: f32) -> bool {
    in_margin(row, height) || is_within(row, height, NUMBERED) && is_page_number(&row.text())
}

/// Texts, digits aside, with the heights at which they repeat.
fn repeated(pages: &[Page]) -> HashMap<String, Vec<f32>> {
    let mut heights: HashMap<String, Vec<f32>> = HashMap::new();
    for page in pages {
        for item in &page.items {
            if let Item::Row(row) = item
                && may_run(row, page.height)
            {
                heights.entry(shape(row)).or_default().push(row.y);
            }
        }
    }
    let most = PAGES.max(pages.len() / 5);
    heights.retain(|_, at| {
        at.sort_by(f32::total_cmp);
        let near = |y: f32| at.iter().filter(|&&other| (other - y).abs() <= HEIGHT).count();
        let kept: Vec<f32> = at.iter().copied().filter(|&y| near(y) >= most).collect();
        *at = kept;
        !at.is_empty()
    });
    heights
}

fn runs(repeated: &HashMap<String, Vec<f32>>, row: &Row) -> bool {
    repeated.get(&shape(row)).is_some_and(|heights| heights.iter().any(|y| (y - row.y).abs() <= HEIGHT))
}

/// The text without blanks, every number as one sign.
fn shape(row: &Row) -> String {
    let mut shape = String::new();
    for c in row.visible().map(|glyph| glyph.text) {
        if !c.is_ascii_digit() {
            shape.push(c);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// `— 2 —`, `－2－`, `第2页`, `第 2 页 共 5 页`, `2/5`, `Page 2 of 5`, `ii`.
pub(super) fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|&c| !crate::text::is_blank(c)).map(narrow).collect();
    let bare = text.trim_matches(|c: char| "-—–―－─·•.~〜_|()[]".contains(c));
    let number = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let roman = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let of = |text: &str, parts: [&str; 3]| {
        let inner = text.strip_prefix(parts[0]).and_then(|rest| rest.strip_suffix(parts[2]))?;
        if parts[1].is_empty() {
            Some(number(inner))
        } else {
            inner.split_once(parts[1]).map(|(a, b)| number(a) && number(b))
        }
    };
    let forms = [
        ["第", "", "页"],
        ["第", "页共", "页"],
        ["第", "页,共", "页"],
        ["第", "页/共", "页"],
        ["共", "页第", "页"],
        ["", "/", ""],
        ["Page", "", ""],
        ["Page", "of", ""],
        ["", "/", "页"],
    ];
    number(bare) || roman(bare) || forms.into_iter().any(|form| of(bare, form) == Some(true))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '／' => '/',
        '，' => ',',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_number_is_only_a_number() {
        for (text, number) in [
            ("— 2 —", true),
            ("－２－", true),
            ("第 2 页", true),
            ("第2页 共5页", true),
            ("第 2 页，共 5 页", true),
            ("2/5", true),
            ("12", true),
            ("- iv -", true),
            ("Page 2 of 5", true),
            ("2023年", false),
            ("一、", false),
            ("2.1", false),
            ("第二页", false),
            ("共印3份", false),
            ("20230101", false),
            ("", false),
            ("——", false),
        ] {
            assert_eq!(is_page_number(text), number, "{text}");
        }
    }
}
