//! The closing part: who signs, when, what stands around that (GB/T 9704-2012 7.3.5), and the colophon (版记, 7.4).

use jiff::civil::Date;

use crate::model::Role;
use crate::text::{dates, ends, holds, is_blank, may_hold_date, parse_date};
use crate::words::{CLOSINGS, COPY_LABELS, SIGNER_LABELS, SIGNING_DAY_LABELS};

use super::rule::{RoleRule, Roles, counts_its_copies, is_remark, is_seal, makes_known, role};
use crate::structure::lines::{Line, Text};
use crate::structure::names::{
    annex_mark, is_body, is_end_of_body, is_joined_bodies, is_joined_officer, is_officer, is_post, is_title,
    lists_bodies,
};

/// At most so many bodies sign one under the other.
pub(super) const SIGNERS: usize = 14;
/// The title of what a letter issues has at most so many lines.
const TITLE_LINES: usize = 4;
/// Most characters of a line that is a day.
const LONGEST_DAY: usize = 30;
/// In the first lines a body and a day are the head of a document.
const HEAD: usize = 1;

/// Marks the lines of the closing part of the document and of documents attached to it.
pub(in super::super) fn mark_tail(text: &Text, head: usize, roles: &mut Roles) {
    for n in head..text.lines.len() {
        if roles[n].is_some() {
            continue;
        }
        let view = text.view(&text.lines[n]);
        if is_copy_line(view) {
            mark_copies_to(text, n, roles);
        } else if is_imprint(view) {
            roles[n] = Some(RoleRule::PrintedDay);
            if printer_above(text, n, roles) {
                roles[n - 1] = Some(RoleRule::PrinterAboveDay);
            }
        } else if copies(view).is_some() {
            roles[n] = Some(RoleRule::PrintedCopies);
        } else if is_closing(view) {
            roles[n] = Some(RoleRule::ClosingFormula);
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
        // Few lines are a name, and to look for titles below each of the others costs more than all the rest.
        let known = || is_known(text, n, roles);
        let body = || signs(text, n) && (closes(text, n) || (issues(text, n, roles) && known()));
        let officer =
            || is_officer(text.view(&text.lines[n])) && issues(text, n, roles) && (closes(text, n) || known());
        if roles[n].is_none() && finished && (body() || officer()) {
            roles[n] = Some(RoleRule::BodyAtEnd);
        }
    }
    for n in head..text.lines.len() {
        let after =
            n > 0 && matches!(role(roles, n - 1), Some(Role::Date | Role::Remark | Role::Imprint | Role::Signature));
        let last = n + 2 >= text.lines.len();
        let view = text.view(&text.lines[n]);
        if roles[n].is_some() {
            continue;
        }
        if (after || last) && is_remark(view) {
            roles[n] = Some(RoleRule::RemarkAtEnd);
        } else if after && is_seal(view) {
            roles[n] = Some(RoleRule::SealAtEnd);
        } else if after && counts_its_copies(view) && text.lines[n].marker().is_none() {
            roles[n] = Some(RoleRule::MadeOutIn);
        }
    }
}

/// `青石镇人民政府　2023年2月28日` are two lines on one: who signs, and when.
pub(in super::super) fn split_signatures(text: &mut Text) {
    let lines = std::mem::take(&mut text.lines);
    for (n, line) in lines.into_iter().enumerate() {
        match if n < HEAD { None } else { day_behind(text, &line) } {
            Some(at) => {
                text.lines.push(text.piece(&line, line.start, text.trim_end(line.start, at)));
                text.lines.push(text.piece(&line, text.skip_blanks(at, line.end), line.end));
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
            && signs_before(&text.folded[line.start..text.trim_end(line.start, at)])
    })
}

/// A body or an officer, as stand before a day on one line.
fn signs_before(view: &[char]) -> bool {
    is_body(view) || is_officer(view)
}

/// The day that a line consists of, a label before it aside.
pub(super) fn date_of(text: &Text, n: usize) -> Option<Date> {
    let line = &text.lines[n];
    if line.table || line.len() > LONGEST_DAY {
        return None;
    }
    let printed = text.slice(line.start, text.trim_end(line.start, line.end));
    // 2023年2月28日（此件公开发布）
    let printed = printed
        .split_once(['（', '('])
        .map_or(printed.as_str(), |(day, _)| if day.is_empty() { &printed } else { day });
    let day = SIGNING_DAY_LABELS.starts(printed).and_then(|label| printed.strip_prefix(label.text));
    let day = day.map_or(printed, |day| day.trim_start_matches(is_blank).trim_start_matches([':', '：']));
    parse_date(day.trim_matches(['(', ')', '（', '）']))
}

/// A line that is a day, or a month of a year, as reports are dated.
pub(super) fn is_day(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    if is_blank_day(text, n) {
        return true;
    }
    if line.table || line.len() > LONGEST_DAY || !may_hold_date(&text.folded[line.start..line.end]) {
        return false;
    }
    let key = || text.key(line.start, text.trim_end(line.start, line.end)).trim_matches(['(', ')']).to_owned();
    let month = |key: String| {
        let (year, month) = key.strip_suffix('月')?.split_once('年')?;
        let numeral = |c: char| c.is_ascii_digit() || "〇○一二三四五六七八九十".contains(c);
        Some(
            year.chars().count() == 4
                && (1..=2).contains(&month.chars().count())
                && (key.chars().all(|c| numeral(c) || "年月".contains(c))),
        )
    };
    date_of(text, n).is_some() || (line.len() <= 12 && month(key()) == Some(true))
}

/// 2023年　月　日: a draft leaves the day open. `年　月　日` is also a field of a form, if more stands below.
fn is_blank_day(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    if line.table || line.len() > LONGEST_DAY || text.folded[..line.end].last() != Some(&'日') {
        return false;
    }
    let key = text.key(line.start, line.end);
    let Some((year, rest)) = key.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let day = day.trim_end_matches('日');
    let number = |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_last = n + 1 == text.lines.len();
    (year.len() == 4 && number(year, 4) || year.is_empty() && is_last) && number(month, 2) && day.is_empty()
}

/// A line that is a day belongs to a signature if bodies sign above it, or if the document ends with it.
fn mark_signature(text: &Text, day: usize, roles: &mut Roles) {
    // A seal may be printed between the name and the day.
    let seal = |n: &usize| roles[*n].is_none() && is_seal(text.view(&text.lines[*n]));
    let end = day - (0..day).rev().take_while(seal).count();
    let mut first = end;
    while first > 0 && end - first < SIGNERS && roles[first - 1].is_none() && signs(text, first - 1) {
        first -= 1;
    }
    // The name is too long for a line.
    if first < end && first > 0 && is_end_of_body(text.view(&text.lines[first])) && begins_name(text, roles, first - 1)
    {
        first -= 1;
    }
    // 县长　李明 signs an order.
    let officer = |n: usize| {
        let view = text.view(&text.lines[n]);
        roles[n].is_none() && !text.lines[n].table && (is_officer(view) || is_post(view))
    };
    while first > 0 && end - first < SIGNERS && officer(first - 1) {
        first -= 1;
    }
    if first == end && first > 1 && is_joined_officer(text.view(&text.lines[first - 1])) && finishes(text, first - 2) {
        first -= 1;
    }
    let below = if first == end { signers_below(text, day, roles) } else { day + 1 };
    let mut rule = RoleRule::SignerAboveDay;
    if first == end
        && below == day + 1
        && end > 0
        && roles[end - 1].is_none()
        && (closes(text, day) || issues(text, day, roles))
        && may_sign(text, end - 1)
    {
        first = end - 1;
        rule = RoleRule::NameAboveLastDay;
    }
    if first < end || below > day + 1 || closes(text, day) || issues(text, day, roles) {
        roles[first..end].fill(Some(rule));
        roles[end..day].fill(Some(RoleRule::SealAtEnd));
        roles[day] = Some(RoleRule::SignedDay);
        roles[day + 1..below].fill(Some(RoleRule::SignerBelowDay));
    }
}

/// Behind the bodies that sign below a day: a finished sentence or a closing line stands above it, and nothing of the
/// document below them. Some print the day first.
fn signers_below(text: &Text, day: usize, roles: &Roles) -> usize {
    let body = |n: &usize| roles[*n].is_none() && (signs(text, *n) || is_officer(text.view(&text.lines[*n])));
    let end = (day + 1..text.lines.len()).take(SIGNERS).take_while(body).last().map_or(day + 1, |last| last + 1);
    let finished = day.checked_sub(1).is_some_and(|n| {
        let closing = matches!(role(roles, n), Some(Role::Closing | Role::AnnexNote));
        closing || (roles[n].is_none() && matches!(text.view(&text.lines[n]).last(), Some('。' | '!')))
    });
    // A body above a title is the first line of it, an officer is none.
    let issued = || is_officer(text.view(&text.lines[end - 1])) && issues(text, end - 1, roles);
    let over = text.lines.get(end).is_none_or(|next| closes_a_document(text.view(next))) || issued();
    if finished && over { end } else { day + 1 }
}

/// A line that names one or more bodies.
pub(super) fn signs(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = unlabelled(text.view(line));
    // （云溪县统计局）
    let view = view.strip_prefix(&['(']).and_then(|view| view.strip_suffix(&[')'])).unwrap_or(view);
    !line.table && (is_body(view) || is_joined_bodies(view)) && line.marker().is_none()
}

/// `云溪县2023年公开招聘乡村医生`, behind a finished sentence: the beginning of a name that goes on below.
fn begins_name(text: &Text, roles: &Roles, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    let finished =
        n > 0 && (roles[n - 1].is_some() || matches!(text.view(&text.lines[n - 1]).last(), Some('。' | ';')));
    let plain = !view.iter().any(|c| "。;:!?,".contains(*c));
    finished
        && roles[n].is_none()
        && !line.table
        && line.len() <= 40
        && plain
        && !is_body(view)
        && line.marker().is_none()
}

/// Where the name behind `发布人：` begins, in the view of a line.
pub(in super::super) fn unlabelled(view: &[char]) -> &[char] {
    SIGNER_LABELS.starts_view(view).map_or(view, |label| label.behind(view))
}

/// A short line directly above the last date, behind a finished sentence: somebody signs whose name is no body's.
fn may_sign(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    n > 0
        && finishes(text, n - 1)
        && !line.table
        && view.len() <= 20
        && !view.iter().any(|c| "。;,:!?、《》".contains(*c))
        && line.marker().is_none()
}

/// A line close above makes a document known.
fn is_known(text: &Text, n: usize, roles: &Roles) -> bool {
    /// So many lines above who signs it the sentence stands.
    const LETTER: usize = 8;
    (n.saturating_sub(LETTER)..n).any(|n| makes_known(text, n, roles))
}

/// A finished sentence.
fn finishes(text: &Text, n: usize) -> bool {
    ends(text.view(&text.lines[n]), "。")
}

/// The day ends a letter: a finished sentence stands above it, or above who signs it, and the title of what the letter
/// issues below.
fn issues(text: &Text, day: usize, roles: &Roles) -> bool {
    let signed = || may_sign(text, day - 1) && is_known(text, day - 1, roles);
    let finished = day > 0 && (finishes(text, day - 1) || signed());
    let below = text.lines.iter().skip(day + 1).take(TITLE_LINES);
    let plain = |line: &&Line| {
        let marks = text.view(line).iter().any(|c| "。;:!?".contains(*c));
        !line.table && line.len() <= 60 && !marks && line.marker().is_none()
    };
    finished && below.take_while(plain).any(|line| is_title(text.view(line)))
}

/// Nothing of the same document follows: it is the last line, or a closing line or an annex comes next.
fn closes(text: &Text, n: usize) -> bool {
    let Some(next) = text.lines.get(n + 1) else { return true };
    closes_a_document(text.view(next)) || (n + 2 == text.lines.len() && next.len() <= 60)
}

/// A line that stands behind a document, or opens one that is attached to it.
fn closes_a_document(view: &[char]) -> bool {
    is_remark(view)
        || is_seal(view)
        || is_copy_line(view)
        || is_imprint(view)
        || copies(view).is_some()
        || annex_mark(view).is_some()
}

/// 特此报告。
fn is_closing(view: &[char]) -> bool {
    let bare = view.strip_suffix(&['。']).or(view.strip_suffix(&['!'])).unwrap_or(view);
    let closes = |whole: bool| CLOSINGS.starts_view(view).filter(|word| word.meaning.is_some() == whole);
    view.len() <= 20 && (closes(false).is_some() || closes(true).is_some_and(|word| word.behind(bare).is_empty()))
}

/// 抄送 goes on over at most so many lines more.
const COPY_LINES: usize = 5;

/// `抄送：县委办公室，县人大办公室。`
pub(super) fn is_copy_line(view: &[char]) -> bool {
    COPY_LABELS.starts_view(view).is_some()
}

/// 抄送 may run over several lines, each a list of bodies.
fn mark_copies_to(text: &Text, first: usize, roles: &mut Roles) {
    roles[first] = Some(RoleRule::CopyLabel);
    for (n, line) in text.lines.iter().enumerate().skip(first + 1).take(COPY_LINES) {
        let view = text.view(line);
        let finished = ends(text.view(&text.lines[n - 1]), "。");
        let names = is_body(view) || view.contains(&',') && !view.contains(&':') && view.len() <= 120;
        let goes_on = is_copy_line(view) || lists_bodies(view) || (names && !finished);
        if roles[n].is_some() || is_imprint(view) || !goes_on {
            break;
        }
        roles[n] = Some(RoleRule::CopyGoesOn);
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

/// 青石镇党政办公室 above `2023年2月28日印发`: the two halves of one line, unless 抄送 goes on with it.
fn printer_above(text: &Text, n: usize, roles: &Roles) -> bool {
    let printed = text.slice(text.lines[n].start, text.lines[n].end);
    let day = ["印发", "印制", "印"].iter().find_map(|word| printed.strip_suffix(word));
    let alone = day.is_some_and(|day| parse_date(day.trim_end_matches(is_blank)).is_some());
    let free = n.checked_sub(1).is_some_and(|above| match roles[above] {
        None => true,
        Some(RoleRule::CopyGoesOn) => ends(text.view(&text.lines[above - 1]), "。"),
        Some(_) => false,
    });
    alone && free && signs(text, n - 1)
}

/// `共印3份`
pub(in super::super) fn copies(view: &[char]) -> Option<u32> {
    if view.len() > 60 || !holds(view, "印") {
        return None;
    }
    let key: String = view.iter().filter(|c| !is_blank(**c) && !matches!(c, '(' | ')')).collect();
    let (_, digits) = ["共印制", "共印", "印数:", "印数"].iter().find_map(|word| key.split_once(word))?;
    digits.trim_end_matches('。').strip_suffix('份')?.parse().ok()
}
