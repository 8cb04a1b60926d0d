//! Which lines are no running text: the head of the document, its closing part, tables and what stands beside them.

use crate::model::Role;

use super::lines::{Text, begins, ends, holds};
use super::marker::{self, Kind};

/// What is known of the lines before the numbers are read; `None` = running text, or a section.
pub(super) type Roles = Vec<Option<Role>>;

/// How far the notes of a table have been counted.
#[derive(Debug, Clone, Copy)]
enum Counted {
    /// They have no numbers.
    Not,
    /// 说明： alone announces a count from 1.
    Announced,
    /// The last one's number.
    Last(Kind, u16),
}

/// Tables, their captions and notes, and footnotes.
pub(super) fn mark_tables(text: &Text, roles: &mut Roles) {
    let mut counted = Counted::Not;
    for n in 0..text.lines.len() {
        let line = &text.lines[n];
        let view = text.view(line);
        let beside = n > 0 && matches!(roles[n - 1], Some(Role::Table | Role::Note));
        if line.table {
            roles[n] = Some(Role::Table);
            if n > 0 && roles[n - 1].is_none() && is_caption(text.view(&text.lines[n - 1])) {
                roles[n - 1] = Some(Role::Caption);
            }
        } else if let Some((at, first)) = note(text, n).filter(|(_, first)| beside || first.is_some()) {
            roles[n] = Some(Role::Note);
            counted = match first {
                Some(marker) => Counted::Last(marker.kind, marker.number),
                None if at == line.end => Counted::Announced,
                None => Counted::Not,
            };
        } else if beside && let Some(next) = next_note(text, n, counted) {
            // 注：①… and ②… on the next line
            roles[n] = Some(Role::Note);
            counted = Counted::Last(next.0, next.1);
        } else if is_footnote(view) {
            roles[n] = Some(Role::Footnote);
        } else {
            counted = Counted::Not;
        }
    }
}

/// `注：数据截至年底。` or `注：1.数据截至年底。`: where the words begin, and their number. Away from a table only notes with
/// a number are told from running text.
fn note(text: &Text, n: usize) -> Option<(usize, Option<marker::Marker>)> {
    let line = &text.lines[n];
    let at = text.skip_blanks(line.start + note_label(text.view(line))?, line.end);
    Some((at, marker::read(text, at, line.end)[0].filter(|marker| marker.number == 1)))
}

/// The number of a line that goes on counting the notes of a table.
fn next_note(text: &Text, n: usize, counted: Counted) -> Option<(Kind, u16)> {
    let marker = marker::read(text, text.lines[n].start, text.lines[n].end)[0]?;
    let expected = match counted {
        Counted::Not => false,
        Counted::Announced => {
            marker.number == 1 && matches!(marker.kind, Kind::Circled | Kind::Arabic | Kind::ArabicParen)
        }
        Counted::Last(kind, number) => kind == marker.kind && marker.number == number + 1,
    };
    expected.then_some((marker.kind, marker.number))
}

/// `表1-1 执法案件统计表`
fn is_caption(view: &[char]) -> bool {
    let Some(rest) =
        ["附表", "附图", "表", "图"].iter().find_map(|word| begins(view, word).then(|| &view[word.chars().count()..]))
    else {
        return false;
    };
    let first = rest.iter().find(|c| !crate::text::is_blank(**c));
    view.len() <= 50
        && first.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        && !ends(view, "。")
}

/// `注：数据截至年底。`: how long the label is.
fn note_label(view: &[char]) -> Option<usize> {
    let labels = ["注:", "备注:", "注释:", "说明:", "数据来源:", "资料来源:"];
    labels.iter().find(|label| begins(view, label)).map(|label| label.chars().count())
}

/// `[1] 数据来源：县财政局。`
fn is_footnote(view: &[char]) -> bool {
    let digits = view.iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
    view.first() == Some(&'[')
        && (1..=2).contains(&digits)
        && view.get(digits + 1) == Some(&']')
        && view.len() > digits + 4
}

/// A contents list has at most so many entries.
const CONTENTS: usize = 300;

/// An entry has at most so many characters, leader dots and page number aside.
const ENTRY: usize = 60;
/// The text repeats one of the first so many entries of its contents list.
const REPEATED: usize = 3;

/// The contents lists, of the document and of what is attached to it: from 目录 to the line where the text begins,
/// which repeats an entry, or is no entry.
pub(super) fn mark_contents(text: &Text, roles: &mut Roles) {
    let mut n = 0;
    while n < text.lines.len() {
        let end = if heads_contents(text, n) { contents_end(text, roles, n) } else { n };
        if end > n + 1 {
            roles[n..end].fill(Some(Role::Toc));
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

/// Behind the last entry below the line 目录.
fn contents_end(text: &Text, roles: &Roles, head: usize) -> usize {
    let most = text.lines.len().min(head + 1 + CONTENTS);
    repeated_entry(text, roles, head + 1, most).unwrap_or_else(|| {
        let entry = |n: &usize| {
            let line = &text.lines[*n];
            let numbered = marker::read(text, line.start, line.end)[0].is_some();
            is_entry(text, roles, *n) && (numbered || is_paged(&text.key(line.start, line.end)))
        };
        head + 1 + (head + 1..most).take_while(entry).count()
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
pub(super) fn contents_entry(key: &str) -> String {
    let key = key.find("PAGEREF").and_then(|at| key.get(..at)).unwrap_or(key);
    key.trim_end_matches(|c: char| c.is_ascii_digit() || "-—()".contains(c))
        .trim_end_matches(['.', '…', '·', '_'])
        .to_owned()
}

/// Remarks (附注, GB/T 9704-2012 7.3.6) and the note under a title that says when it was adopted.
pub(super) fn is_remark(view: &[char]) -> bool {
    if begins(view, "公开方式:") || begins(view, "公开属性:") {
        return true;
    }
    let bracketed = view.first() == Some(&'(') && view.last() == Some(&')') && view.len() <= 120;
    let words = ["此件", "公开", "联系人", "联系电话", "通过", "公布", "施行", "批准", "修正", "修订"];
    bracketed && view.len() > 4 && words.iter().any(|word| holds(view, word))
}

/// 特此报告。
pub(super) fn is_closing(view: &[char]) -> bool {
    let greeting = ["此复", "此布", "此令", "此致", "敬礼", "谢谢大家"];
    let bare = view.strip_suffix(&['。']).or(view.strip_suffix(&['!'])).unwrap_or(view);
    view.len() <= 20
        && (["特此", "专此"].iter().any(|word| begins(view, word))
            || ["以上报告,请", "以上报告请", "妥否,请", "以上意见,请", "以上意见如无不妥"]
                .iter()
                .any(|word| begins(view, word))
            || greeting.iter().any(|word| begins(bare, word) && bare.len() == word.chars().count()))
}
