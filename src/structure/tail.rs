//! The closing part: who signs, when, and what stands around that (GB/T 9704-2012 7.3.5).

use jiff::civil::Date;

use crate::model::Role;
use crate::text::{is_blank, parse_date};

use super::annex;
use super::annex_note::mark_annex_notes;
use super::colophon::{copies, is_cc, is_imprint, mark_cc};
use super::lines::{Line, Text, begins, ends};
use super::marker;
use super::organ::{is_officer, is_organ};
use super::roles::{Roles, is_closing, is_remark};

/// At most so many bodies sign one under the other.
pub(super) const SIGNERS: usize = 14;
/// In the first lines a body and a day are the head of a document.
const HEAD: usize = 1;

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
        if roles[n].is_none() && is_day(text, n) {
            mark_signature(text, n, roles);
        }
    }
    for n in head + 1..text.lines.len() {
        // A letter that nobody dated ends with who signs.
        let finished = roles[n - 1].is_none() && ends(text.view(&text.lines[n - 1]), "。");
        if roles[n].is_none() && finished && signs(text, n) && closes(text, n) {
            roles[n] = Some(Role::Signature);
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
    let lines = std::mem::take(&mut text.lines);
    for (n, line) in lines.into_iter().enumerate() {
        match if n < HEAD { None } else { day_behind(text, &line) } {
            Some(at) => {
                text.lines.push(Line { end: text.trim_end(line.start, at), ..line });
                text.lines.push(Line { start: text.skip_blanks(at, line.end), emphasis: 0, ..line });
            }
            None => text.lines.push(line),
        }
    }
}

/// The blank between the name of a body and the day at the end of a line.
fn day_behind(text: &Text, line: &Line) -> Option<usize> {
    if line.table || line.len() > 60 {
        return None;
    }
    (line.start..line.end).rev().filter(|&at| is_blank(text.chars[at])).find(|&at| {
        parse_date(&text.slice(at, line.end)).is_some()
            && is_organ(&text.folded[line.start..text.trim_end(line.start, at)])
    })
}

/// The day that a line consists of, a label before it aside.
pub(super) fn date_of(text: &Text, n: usize) -> Option<Date> {
    let line = &text.lines[n];
    if line.table || line.len() > 30 {
        return None;
    }
    let printed = text.slice(line.start, line.end);
    // 2023年2月28日（此件公开发布）
    let printed = printed
        .split_once(['（', '('])
        .map_or(printed.as_str(), |(day, _)| if day.is_empty() { &printed } else { day });
    let day = ["发布日期", "发布时间", "成文日期", "日期", "时间"].iter().find_map(|label| printed.strip_prefix(label));
    let day = day.map_or(printed, |day| day.trim_start_matches(is_blank).trim_start_matches([':', '：']));
    parse_date(day.trim_matches(['(', ')', '（', '）']))
}

/// A line that is a day, or a month of a year, as reports are dated.
pub(super) fn is_day(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let key = || text.key(line.start, line.end);
    let month = |key: String| {
        let (year, month) = key.strip_suffix('月')?.split_once('年')?;
        let numeral = |c: char| c.is_ascii_digit() || "〇○一二三四五六七八九十".contains(c);
        Some(
            year.chars().count() == 4
                && (1..=2).contains(&month.chars().count())
                && (key.chars().all(|c| numeral(c) || "年月".contains(c))),
        )
    };
    date_of(text, n).is_some() || (!line.table && line.len() <= 12 && month(key()) == Some(true))
}

/// A line that is a day belongs to a signature if bodies sign above it, or if the document ends with it.
fn mark_signature(text: &Text, day: usize, roles: &mut Roles) {
    let mut first = day;
    while first > 0 && day - first < SIGNERS && roles[first - 1].is_none() && signs(text, first - 1) {
        first -= 1;
    }
    // 县长　李明 signs an order.
    let officer = |n: usize| roles[n].is_none() && !text.lines[n].table && is_officer(text.view(&text.lines[n]));
    while first > 0 && day - first < SIGNERS && officer(first - 1) {
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
