//! The closing part: signature and date, copies to, the printing line, and the list of annexes (GB/T 9704-2012 7.3.4 to 7.4).

use jiff::civil::Date;

use crate::model::Role;
use crate::text::{dates, is_blank, parse_date};

use super::annex;
use super::lines::{Line, Text, begins, ends, holds};
use super::marker::{self, Kind};
use super::organ::is_organ;
use super::roles::{Roles, is_closing, is_remark};

/// At most so many bodies sign one under the other.
const SIGNERS: usize = 14;
/// In the first lines a body and a day are the head of a document.
const HEAD: usize = 1;
/// 抄送 goes on over at most so many lines more.
const CC_LINES: usize = 5;

/// Marks the lines of the closing part of the document and of documents attached to it.
pub(super) fn mark_tail(text: &Text, head: usize, roles: &mut Roles) {
    mark_annex_notes(text, head, roles);
    for n in head..text.lines.len() {
        if roles[n].is_some() {
            continue;
        }
        let view = text.view(&text.lines[n]);
        if is_cc(view) {
            mark_cc(text, n, roles);
        } else if is_imprint(view) {
            roles[n] = Some(Role::Imprint);
        } else if copies(view).is_some() {
            roles[n] = Some(Role::Copies);
        } else if is_closing(view) {
            roles[n] = Some(Role::Closing);
        }
    }
    for n in head..text.lines.len() {
        if roles[n].is_none() && date_of(text, n).is_some() {
            mark_signature(text, n, roles);
        }
    }
    for n in head..text.lines.len() {
        let after = n > 0 && matches!(roles[n - 1], Some(Role::Date | Role::Remark | Role::Imprint | Role::Signature));
        let last = n + 2 >= text.lines.len();
        if roles[n].is_none() && (after || last) && is_remark(text.view(&text.lines[n])) {
            roles[n] = Some(Role::Remark);
        }
    }
}

/// `青石镇人民政府　2023年2月28日` are two lines on one: who signs, and when.
pub(super) fn split_signatures(text: &mut Text) {
    let mut n = HEAD.min(text.lines.len());
    while n < text.lines.len() {
        let line = text.lines[n];
        let at = (line.start..line.end).rev().filter(|_| !line.table && line.len() <= 60).find(|&at| {
            is_blank(text.chars[at])
                && parse_date(&text.slice(at, line.end)).is_some()
                && is_organ(&text.folded[line.start..text.trim_end(line.start, at)])
        });
        if let Some(at) = at {
            text.lines[n].end = text.trim_end(line.start, at);
            let start = text.skip_blanks(at, line.end);
            text.lines.insert(n + 1, Line { start, emphasis: 0, ..line });
        }
        n += 1;
    }
}

/// The day that a line consists of, a label before it aside.
pub(super) fn date_of(text: &Text, n: usize) -> Option<Date> {
    let line = &text.lines[n];
    if line.table || line.len() > 30 {
        return None;
    }
    let printed = text.slice(line.start, line.end);
    let day = ["发布日期", "发布时间", "成文日期", "日期", "时间"].iter().find_map(|label| printed.strip_prefix(label));
    let day = day.map_or(printed.as_str(), |day| day.trim_start_matches(is_blank).trim_start_matches([':', '：']));
    parse_date(day.trim_matches(['(', ')', '（', '）']))
}

/// A line that is a day belongs to a signature if bodies sign above it, or if the document ends with it.
fn mark_signature(text: &Text, day: usize, roles: &mut Roles) {
    let mut first = day;
    while first > 0 && day - first < SIGNERS && roles[first - 1].is_none() && signs(text, first - 1) {
        first -= 1;
    }
    if first == day && day > 0 && roles[day - 1].is_none() && closes(text, day) && may_sign(text, day - 1) {
        first = day - 1;
    }
    if first < day || closes(text, day) {
        roles[first..day].fill(Some(Role::Signature));
        roles[day] = Some(Role::Date);
    }
}

fn signs(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    !line.table && is_organ(unlabelled(text.view(line))) && marker::read(text, line.start, line.end)[0].is_none()
}

/// Labels before the name of who signs.
const SIGNER_LABELS: [&str; 6] = ["发布人:", "发布单位:", "发文机关:", "发文单位:", "制定机关:", "签发单位:"];

/// The name behind `发布人：`, in a line as printed.
pub(super) fn unlabelled_text(line: &str) -> &str {
    let labelled = SIGNER_LABELS.iter().any(|label| line.starts_with(label.trim_end_matches(':')));
    line.split_once(['：', ':']).filter(|_| labelled).map_or(line, |(_, name)| name)
}

fn unlabelled(view: &[char]) -> &[char] {
    SIGNER_LABELS.iter().find(|label| begins(view, label)).map_or(view, |label| &view[label.chars().count()..])
}

/// A short line directly above the last date, behind a finished sentence: somebody signs whose name is no body's.
fn may_sign(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    let before = n > 0 && ends(text.view(&text.lines[n - 1]), "。");
    before
        && !line.table
        && view.len() <= 20
        && !view.iter().any(|c| "。;,:!?、《》".contains(*c))
        && marker::read(text, line.start, line.end)[0].is_none()
}

/// Nothing of the same document follows: it is the last line, or a closing line or an annex comes next.
fn closes(text: &Text, n: usize) -> bool {
    let Some(next) = text.lines.get(n + 1) else { return true };
    let view = text.view(next);
    is_remark(view)
        || is_cc(view)
        || is_imprint(view)
        || copies(view).is_some()
        || annex::mark(view).is_some()
        || (n + 2 == text.lines.len() && next.len() <= 60)
}

fn is_cc(view: &[char]) -> bool {
    ["抄送:", "抄报:", "分送:", "主送:", "抄 送:", "抄报、抄送:"].iter().any(|word| begins(view, word))
}

/// 抄送 may run over several lines, each a list of bodies.
fn mark_cc(text: &Text, first: usize, roles: &mut Roles) {
    roles[first] = Some(Role::Cc);
    for (n, line) in text.lines.iter().enumerate().skip(first + 1).take(CC_LINES) {
        let view = text.view(line);
        let finished = ends(text.view(&text.lines[n - 1]), "。");
        let names = is_organ(view) || view.contains(&',') && !view.contains(&':') && view.len() <= 120;
        if finished || roles[n].is_some() || is_imprint(view) || !(names || is_cc(view)) {
            break;
        }
        roles[n] = Some(Role::Cc);
    }
}

/// `云溪县人民政府办公室　2023年2月28日印发`
fn is_imprint(view: &[char]) -> bool {
    view.len() <= 60
        && (ends(view, "印发")
            || ends(view, "印")
            || ends(view, "印制")
            || (holds(view, "印发") && copies(view).is_some()))
        && dates(&view.iter().collect::<String>()).next().is_some()
}

/// `共印3份`
pub(super) fn copies(view: &[char]) -> Option<u32> {
    if view.len() > 60 || !holds(view, "印") {
        return None;
    }
    let key: String = view.iter().filter(|c| !is_blank(**c) && !matches!(c, '(' | ')')).collect();
    let (_, digits) = ["共印制", "共印", "印数:", "印数"].iter().find_map(|word| key.split_once(word))?;
    digits.trim_end_matches('。').strip_suffix('份')?.parse().ok()
}

/// The list of annexes (附件说明): `附件：1.甲表` and the lines that go on with 2, 3, …
fn mark_annex_notes(text: &Text, head: usize, roles: &mut Roles) {
    let mut dated = false;
    let mut n = head;
    while n < text.lines.len() {
        dated |= date_of(text, n).is_some();
        let view = text.view(&text.lines[n]);
        let Some(found) = annex::mark(view).filter(|_| roles[n].is_none() && !text.lines[n].table) else {
            n += 1;
            continue;
        };
        let end = note_end(text, n, found.rest);
        let named = found.rest < view.len();
        let listed = end > n + 1 && is_listing(text, n + 1, end);
        let note =
            if named { !dated || !has_content(text, end) } else { listed && (!dated || !has_content(text, end)) };
        if note {
            roles[n..end].fill(Some(Role::AnnexNote));
        }
        n = if note { end } else { n + 1 };
    }
}

/// Behind the last line of the list that begins at `first`, whose own words begin at `rest`.
fn note_end(text: &Text, first: usize, rest: usize) -> usize {
    let line = &text.lines[first];
    let own = marker::read(text, text.skip_blanks(line.start + rest, line.end), line.end)[0];
    let mut number = own.filter(|marker| marker.kind == Kind::Arabic).map_or(0, |marker| marker.number);
    let mut end = first + 1;
    while let Some(line) = text.lines.get(end) {
        let view = text.view(line);
        let next = marker::read(text, line.start, line.end)[0];
        let counted = next.is_some_and(|marker| marker.kind == Kind::Arabic && marker.number == number + 1);
        let again = annex::mark(view).is_some_and(|mark| mark.rest < view.len());
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
    let file = |n: usize| {
        [".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".zip", ".rar"]
            .iter()
            .any(|tail| ends(text.view(&text.lines[n]), tail))
    };
    let signed = (end..text.lines.len().min(end + SIGNERS)).any(|n| date_of(text, n).is_some());
    (first..end).all(file) || signed || end == text.lines.len()
}

/// Something that is no name of a file and no closing line stands at or behind line `n`.
fn has_content(text: &Text, n: usize) -> bool {
    text.lines.get(n).is_some_and(|line| {
        let view = text.view(line);
        let closing =
            holds(view, ".") || holds(view, ":") || is_organ(view) || is_cc(view) || annex::mark(view).is_some();
        line.table || line.len() > 60 || !closing
    })
}
