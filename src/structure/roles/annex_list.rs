//! The list of annexes in a letter (附件说明, GB/T 9704-2012 7.3.4), as against the annexes themselves.

use crate::text::{ends, holds};
use crate::words::POSTS;

use super::rule::{RoleRule, Roles, is_remark};
use super::tail::{SIGNERS, is_copy_line, is_day, signs};
use crate::structure::kind::Kind;
use crate::structure::lines::{Line, Text};
use crate::structure::marker::Marker;
use crate::structure::names::{annex_mark, is_body, is_file_name};

/// So many lines below 附件：某方案 its sections must have begun.
const BELOW: usize = 8;
/// A name of an annex has at most so many characters.
const NAME: usize = 60;

/// Marks `附件：1.甲表` and the lines that go on with 2, 3, …
pub(in super::super) fn mark_annex_lists(text: &Text, head: usize, roles: &mut Roles) {
    let mut dated = false;
    let mut n = head;
    while n < text.lines.len() {
        dated |= is_day(text, n);
        let view = text.view(&text.lines[n]);
        // Behind the signature, titles that are glued to their marks are most often names of files.
        let found = annex_mark(view).filter(|mark| !(dated && mark.is_glued));
        let Some(found) = found.filter(|_| roles[n].is_none() && !text.lines[n].table) else {
            n += 1;
            continue;
        };
        let named = found.rest < view.len();
        let mut end = list_end(text, n, found.rest);
        if !dated && n > head {
            end = names_end(text, end).unwrap_or(end);
        }
        let note = match (named, dated) {
            (true, true) => !has_content(text, end),
            // 附件1：某方案 stands over the annex itself where its sections begin below.
            (true, false) => end > n + 1 || counts_itself(text, n, found.rest) || !begins_sections(text, end),
            (false, _) => end > n + 1 && is_listing(text, n + 1, end) && (!dated || !has_content(text, end)),
        };
        if note {
            roles[n..end].fill(Some(if named { RoleRule::AnnexNamed } else { RoleRule::AnnexListed }));
        }
        n = if note { end } else { n + 1 };
    }
}

/// The number of the first name where it stands behind the mark: `附件：1.甲表`.
fn own_number(text: &Text, first: usize, rest: usize) -> Option<Marker> {
    let line = &text.lines[first];
    text.readings_at(text.skip_blanks(line.start + rest, line.end), line.end)[0]
        .filter(|marker| counts_names(marker.kind))
}

fn counts_itself(text: &Text, first: usize, rest: usize) -> bool {
    own_number(text, first, rest).is_some()
}

/// What lists of annexes are counted with.
fn counts_names(kind: Kind) -> bool {
    matches!(kind, Kind::Arabic | Kind::ArabicParen | Kind::Circled | Kind::Cn | Kind::CnParen)
}

/// Behind the last line of the list that begins at `first`, whose own words begin at `rest`.
fn list_end(text: &Text, first: usize, rest: usize) -> usize {
    let own = own_number(text, first, rest);
    let named = rest < text.lines[first].len();
    // Below a bare 附件： 一、 numbers the sections of the annex.
    let counts = |line: &Line| {
        line.marker().filter(|marker| matches!(marker.kind, Kind::Arabic | Kind::ArabicParen | Kind::Circled))
    };
    let below = || text.lines.get(first + 1).and_then(counts).map(|marker| marker.kind);
    let kind = own.map(|marker| marker.kind).or_else(below).unwrap_or(Kind::Arabic);
    let mut number = own.map_or(0, |marker| marker.number);
    let mut end = first + 1;
    while let Some(line) = text.lines.get(end) {
        let view = text.view(line);
        let counted = line.number(kind) == Some(number + 1);
        let again = annex_mark(view).is_some_and(|mark| mark.rest < view.len());
        let sentence = matches!(view.last(), Some('。' | ';' | '?' | ':'));
        if line.table || line.len() > 100 || sentence || !(counted || again) {
            break;
        }
        number += u16::from(counted);
        end += 1;
    }
    // 附件：某问答 over 1. and its answer is no list.
    if named && own.is_none() && number > 0 && has_content(text, end) { first + 1 } else { end }
}

/// Behind names without numbers that stand between 附件： and the signature.
fn names_end(text: &Text, first: usize) -> Option<usize> {
    let closing = |n: &usize| signs(text, *n) || is_day(text, *n);
    let signer = (first..text.lines.len()).take(SIGNERS).find(closing)?;
    let name = |n: usize| {
        let line = &text.lines[n];
        let plain = !text.view(line).iter().any(|c| "。;:?!,\t".contains(*c));
        !line.table && line.len() <= NAME && plain && line.marker().is_none() && !is_remark(text.view(line))
    };
    let dated = || (signer..text.lines.len()).take(SIGNERS).any(|n| is_day(text, n));
    // Who signs above the day may have a name that is no body's.
    let end = signer - usize::from(!signs(text, signer) && signer > first);
    (end > first && (first..end).all(name) && dated()).then_some(end)
}

/// Names under a bare 附件： are a list if they end the document, or a signature follows, or they name files.
fn is_listing(text: &Text, first: usize, end: usize) -> bool {
    let file = |n: usize| is_file_name(text.view(&text.lines[n]));
    let signed = (end..text.lines.len().min(end + SIGNERS)).any(|n| is_day(text, n));
    (first..end).all(file) || signed || end == text.lines.len()
}

/// A section with the number 1 stands close below line `n`, and neither a signature nor another annex before it.
pub(super) fn begins_sections(text: &Text, n: usize) -> bool {
    for n in n..text.lines.len().min(n + BELOW) {
        let line = &text.lines[n];
        if line.table || signs(text, n) || is_day(text, n) || annex_mark(text.view(line)).is_some() {
            return false;
        }
        if let Some(marker) = line.marker() {
            return marker.number == 1;
        }
    }
    false
}

/// Something that is no name of a file and no closing line stands at or behind line `n`.
fn has_content(text: &Text, n: usize) -> bool {
    text.lines.get(n).is_some_and(|line| {
        let view = text.view(line);
        let item = line.number(Kind::Arabic) == Some(1) && matches!(view.last(), Some('。' | ';'));
        let decimal = line.readings.iter().flatten().any(|marker| marker.kind == Kind::Decimal2);
        let post = view.iter().position(|&c| c == ':').is_some_and(|colon| names_a_post(&view[..colon]));
        let closing = holds(view, ".")
            || holds(view, ":")
            || is_body(view)
            || is_copy_line(view)
            || is_remark(view)
            || annex_mark(view).is_some();
        line.table || line.len() > 60 || item || decimal || post || !closing
    })
}

/// 组　长, 副主任
fn names_a_post(label: &[char]) -> bool {
    let letters: Vec<char> = label.iter().copied().filter(|c| !crate::text::is_blank(*c)).collect();
    (2..=6).contains(&letters.len()) && POSTS.ends_view(&letters).is_some() && !ends(&letters, "联系人")
}
