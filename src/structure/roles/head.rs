//! The head of a document: a title that the body repeats, the number above it, and whom it is for.

use crate::model::Document;
use crate::text::{begins, ends, fold_char, is_blank, is_ideograph};

use super::rule::{RoleRule, Roles, is_remark};
use super::tail::{is_day, signs};
use crate::structure::lines::Text;
use crate::structure::names::{annex_mark, is_number_line, is_officer, is_title, names_readers};

/// So many lines at the top may belong to the head.
const HEAD_LINES: usize = 12;
/// A title is broken over at most so many lines.
const TITLE_LINES: usize = 6;

/// Marks title lines, remarks and the addressee at the top; gives the index of the first line behind them.
pub(in super::super) fn mark_head(text: &Text, document: &Document, roles: &mut Roles) -> usize {
    let mut behind = mark_title(text, document, roles);
    while behind < text.lines.len().min(HEAD_LINES) {
        let line = &text.lines[behind];
        if roles[behind].is_some() {
            behind += 1;
        } else if is_remark(text.view(line)) {
            roles[behind] = Some(RoleRule::RemarkAtTop);
            behind += 1;
        } else if is_number_line(text.view(line)) {
            behind += 1;
        } else if let Some(day) = dated_head(text, behind, roles) {
            roles[behind..day].fill(Some(RoleRule::SignerAtTop));
            roles[day] = Some(RoleRule::DayAtTop);
            behind = day + 1;
        } else {
            break;
        }
    }
    // A speech says below its title where it was given, by whom and when.
    let below =
        (behind..text.lines.len()).take(SPEECH_LINES).take_while(|&n| roles[n].is_none() && is_occasion(text, n));
    let speech = behind + below.count();
    match mark_addressee(text, speech, RoleRule::ReadersAtTop, roles) {
        0 => behind,
        lines => speech + lines,
    }
}

/// The day below a title, alone or below the body that issued the text, as bulletins of statistics are dated.
fn dated_head(text: &Text, first: usize, roles: &Roles) -> Option<usize> {
    let free = |n: usize| text.lines.get(n).is_some_and(|line| roles[n].is_none() && !line.table);
    let day = first + usize::from(free(first) && signs(text, first));
    (free(day) && is_day(text, day) && day + 1 < text.lines.len()).then_some(day)
}

/// So many lines may stand between the title of a speech and those whom it addresses.
const SPEECH_LINES: usize = 4;

/// `——在县人大会议上`, `县长　李明`, `（2023年1月5日）`, and whatever else stands alone below a title.
fn is_occasion(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    let day = || view.first() == Some(&'(') && view.last() == Some(&')') && view.iter().any(char::is_ascii_digit);
    !line.table
        && line.len() <= 60
        && (begins(view, "—") || begins(view, "--") || day() || is_officer(view) || is_name(view))
}

/// 周立新, 李　明
fn is_name(view: &[char]) -> bool {
    view.iter().all(|&c| is_ideograph(c) || is_blank(c))
        && (2..=4).contains(&view.iter().filter(|&&c| !is_blank(c)).count())
}

/// Marks whom an attached letter is for: below its title, the number and remarks aside, a line to 各….
pub(in super::super) fn mark_inner_addressee(text: &Text, behind_title: usize, roles: &mut Roles) {
    let skipped = |n: usize| {
        roles[n].is_none() && (is_number_line(text.view(&text.lines[n])) || is_remark(text.view(&text.lines[n])))
    };
    let first = (behind_title..text.lines.len()).find(|&n| !skipped(n));
    if let Some(first) = first.filter(|&n| begins(text.view(&text.lines[n]), "各")) {
        mark_addressee(text, first, RoleRule::ReadersOfAnnex, roles);
    }
}

/// The lines from `first` that say whom the text is for; gives how many there are.
fn mark_addressee(text: &Text, first: usize, rule: RoleRule, roles: &mut Roles) -> usize {
    for n in first..text.lines.len().min(first + 4) {
        let view = text.view(&text.lines[n]);
        if roles[n].is_some() || text.lines[n].table || text.lines[n].marker().is_some() {
            return 0;
        }
        if names_readers(view) {
            roles[first..=n].fill(Some(rule));
            return n + 1 - first;
        }
        if !matches!(view.last(), Some(',' | '、')) || view.contains(&'。') {
            return 0;
        }
    }
    0
}

/// The lines at the top that together are the title, or the title together with what stands around it.
fn mark_title(text: &Text, document: &Document, roles: &mut Roles) -> usize {
    // The title below 附件2 at the top is the annex's.
    if text.lines.first().is_some_and(|line| annex_mark(text.view(line)).is_some()) {
        return 0;
    }
    let titles = titles(document);
    let top = text.lines.len().min(HEAD_LINES);
    for first in 0..top {
        let most =
            (first..top).take(TITLE_LINES).take_while(|&n| !text.lines[n].table && text.lines[n].len() <= 120).count();
        if let Some(count) = titles.iter().find_map(|title| repeats(text, first, most, title)) {
            let from = issuers_above(text, first);
            roles[from..first + count].fill(Some(RoleRule::TitleRepeated));
            return first + count;
        }
        let view = text.view(&text.lines[first]);
        if ends(view, "。") || ends(view, ":") || view.len() > 80 {
            break;
        }
    }
    // A title that the page does not show elsewhere: the rules that a notice issues, printed without the notice.
    let heads = (0..top).take_while(|&n| is_head_line(text, n)).count();
    if heads > 0
        && heads <= TITLE_LINES
        && (0..heads).any(|n| roles[n].is_none() && is_title(text.view(&text.lines[n])))
    {
        for role in &mut roles[..heads] {
            *role = role.or(Some(RoleRule::TitleAtTop));
        }
        return heads;
    }
    0
}

/// The bodies right above a title at the top, below a red head and a number at most: they are its first lines.
fn issuers_above(text: &Text, title: usize) -> usize {
    let body = |&n: &usize| signs(text, n);
    let from = (0..title).rev().take_while(body).last().unwrap_or(title);
    let head = |n: usize| {
        let view = text.view(&text.lines[n]);
        is_number_line(view) || ends(view, "文件") || is_remark(view)
    };
    if (0..from).all(head) { from } else { title }
}

fn is_head_line(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    let closed = view.last().is_some_and(|c| "。;:,、!?".contains(*c));
    !line.table && line.len() <= 50 && !closed && line.marker().is_none()
}

/// Without blanks, folded.
fn titles(document: &Document) -> Vec<String> {
    let folded = |title: &str| title.chars().map(fold_char).filter(|&c| !is_blank(c)).collect::<String>();
    let mut titles: Vec<String> = document.title.iter().map(|title| folded(title)).collect();
    if !document.title_lines.is_empty() {
        titles.push(document.title_lines.iter().map(|line| folded(line)).collect());
    }
    titles.retain(|title| title.chars().count() >= 4);
    titles
}

/// How many of the lines from `first` are the title: all of it, or a good part, since pages put a column before a
/// title and leave out who issued it.
fn repeats(text: &Text, first: usize, most: usize, title: &str) -> Option<usize> {
    let mut joined = vec![String::new()];
    for line in &text.lines[first..first + most] {
        joined.push(format!("{}{}", joined[joined.len() - 1], text.key(line.start, line.end)));
    }
    let length = |text: &str| text.chars().count();
    let equal = (1..=most).find(|&count| joined[count] == title);
    let part = || {
        let long = |lines: &str| length(lines) >= 6 && length(lines) * 2 > length(title);
        (1..=most).rev().find(|&count| title.contains(&joined[count]) && long(&joined[count]))
    };
    let whole = || {
        let line = joined.get(1).filter(|_| text.lines[first].marker().is_none())?;
        (line.contains(title) && !line.contains('。') && length(title) * 2 > length(line)).then_some(1)
    };
    equal.or_else(part).or_else(whole)
}
