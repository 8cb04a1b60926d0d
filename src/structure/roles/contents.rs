//! Contents lists: from 目录 to the line where the text begins.

use super::rule::{RoleRule, Roles};
use crate::structure::lines::Text;

/// A contents list has at most so many entries.
const CONTENTS: usize = 300;

/// An entry has at most so many characters, leader dots and page number aside.
const ENTRY: usize = 60;
/// The text repeats one of the first so many entries of its contents list.
const REPEATED: usize = 3;

/// The contents lists, of the document and of what is attached to it: from 目录 to the line where the text begins,
/// which repeats an entry, or is no entry.
pub(in super::super) fn mark_contents(text: &Text, roles: &mut Roles) {
    let mut n = 0;
    while n < text.lines.len() {
        let (end, rule) =
            if heads_contents(text, n) { contents_end(text, roles, n) } else { (n, RoleRule::ContentsCounted) };
        if end > n + 1 {
            roles[n..end].fill(Some(rule));
        }
        n = end.max(n + 1);
    }
}

fn heads_contents(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    line.len() <= 12
        && view.first() == Some(&'目')
        && matches!(text.key(line.start, line.end).as_str(), "目录" | "目次")
}

/// Behind the last entry below the line 目录, and the rule that found it.
fn contents_end(text: &Text, roles: &Roles, head: usize) -> (usize, RoleRule) {
    let most = text.lines.len().min(head + 1 + CONTENTS);
    let repeated = repeated_entry(text, roles, head + 1, most).map(|end| (end, RoleRule::ContentsRepeated));
    repeated.unwrap_or_else(|| {
        let entry = |n: &usize| {
            let line = &text.lines[*n];
            let numbered = line.marker().is_some();
            is_entry(text, roles, *n) && (numbered || is_paged(&text.key(line.start, line.end)))
        };
        (head + 1 + (head + 1..most).take_while(entry).count(), RoleRule::ContentsCounted)
    })
}

/// The line behind a contents list that says one of its first entries again, on one line or on two (第一部分, and its
/// name below). With such a line the entries need no number.
fn repeated_entry(text: &Text, roles: &Roles, first: usize, most: usize) -> Option<usize> {
    let lines: Vec<usize> = (first..most).take_while(|&n| is_entry(text, roles, n)).collect();
    let keys: Vec<String> = lines.iter().map(|&n| text.key(text.lines[n].start, text.lines[n].end)).collect();
    let entries: Vec<String> = keys.iter().map(|key| contents_entry(key)).collect();
    let again = |target: usize| {
        let same = |n: &usize| {
            let two = || entries.get(n + 1).is_some_and(|next| entries[target] == format!("{}{next}", entries[*n]));
            let paged = is_paged(&keys[target]) && is_paged(&keys[*n]);
            !paged && !entries[*n].is_empty() && (entries[*n] == entries[target] || two())
        };
        (target + 1..entries.len()).find(same)
    };
    // A list may say its later entries twice: 主要成效 in every chapter. The text may lack the first: 前言.
    (0..entries.len().min(REPEATED)).find_map(again).map(|n| lines[n])
}

/// A short line that is no sentence.
fn is_entry(text: &Text, roles: &Roles, n: usize) -> bool {
    let line = &text.lines[n];
    let short = || contents_entry(&text.key(line.start, line.end)).chars().count() <= ENTRY;
    let sentence = text.view(line).iter().any(|c| matches!(c, '。' | ';'));
    !line.table && roles[n].is_none() && !sentence && short()
}

/// A page number, or what is left of one, stands behind the entry.
fn is_paged(key: &str) -> bool {
    contents_entry(key).len() < key.len()
}

/// An entry without its leader dots, page number and the field codes that Word leaves behind.
pub(in super::super) fn contents_entry(key: &str) -> String {
    let key = key.find("PAGEREF").and_then(|at| key.get(..at)).unwrap_or(key);
    key.trim_end_matches(|c: char| c.is_ascii_digit() || "-—()".contains(c))
        .trim_end_matches(['.', '…', '·', '_'])
        .to_owned()
}
