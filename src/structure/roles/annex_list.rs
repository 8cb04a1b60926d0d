//! The list of annexes in a letter (附件说明, GB/T 9704-2012 7.3.4), as against the annexes themselves.

use crate::text::{ends, holds};

use super::rule::{RoleRule, Roles};
use super::tail::{SIGNERS, is_copy_line, is_day};
use crate::structure::kind::Kind;
use crate::structure::lines::Text;
use crate::structure::names::{annex_mark, is_body, is_file_name};

/// Marks `附件：1.甲表` and the lines that go on with 2, 3, …
pub(in super::super) fn mark_annex_lists(text: &Text, head: usize, roles: &mut Roles) {
    let mut dated = false;
    let mut n = head;
    while n < text.lines.len() {
        dated |= is_day(text, n);
        let view = text.view(&text.lines[n]);
        let Some(found) = annex_mark(view).filter(|_| roles[n].is_none() && !text.lines[n].table) else {
            n += 1;
            continue;
        };
        let end = note_end(text, n, found.rest);
        let named = found.rest < view.len();
        let listed = end > n + 1 && is_listing(text, n + 1, end);
        let note =
            if named { !dated || !has_content(text, end) } else { listed && (!dated || !has_content(text, end)) };
        if note {
            roles[n..end].fill(Some(if named { RoleRule::AnnexNamed } else { RoleRule::AnnexListed }));
        }
        n = if note { end } else { n + 1 };
    }
}

/// Behind the last line of the list that begins at `first`, whose own words begin at `rest`.
fn note_end(text: &Text, first: usize, rest: usize) -> usize {
    let line = &text.lines[first];
    let own = text.readings_at(text.skip_blanks(line.start + rest, line.end), line.end)[0];
    let mut number = own.filter(|marker| marker.kind == Kind::Arabic).map_or(0, |marker| marker.number);
    let mut end = first + 1;
    while let Some(line) = text.lines.get(end) {
        let view = text.view(line);
        let counted = line.number(Kind::Arabic) == Some(number + 1);
        let again = annex_mark(view).is_some_and(|mark| mark.rest < view.len());
        if line.table || line.len() > 100 || ends(view, "。") || ends(view, ";") || !(counted || again) {
            break;
        }
        number += u16::from(counted);
        end += 1;
    }
    end
}

/// Names under a bare 附件： are a list if they end the document, or a signature follows, or they name files.
fn is_listing(text: &Text, first: usize, end: usize) -> bool {
    let file = |n: usize| is_file_name(text.view(&text.lines[n]));
    let signed = (end..text.lines.len().min(end + SIGNERS)).any(|n| is_day(text, n));
    (first..end).all(file) || signed || end == text.lines.len()
}

/// Something that is no name of a file and no closing line stands at or behind line `n`.
fn has_content(text: &Text, n: usize) -> bool {
    text.lines.get(n).is_some_and(|line| {
        let view = text.view(line);
        let closing =
            holds(view, ".") || holds(view, ":") || is_body(view) || is_copy_line(view) || annex_mark(view).is_some();
        line.table || line.len() > 60 || !closing
    })
}
