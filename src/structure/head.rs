//! The head of a document: a title that the body repeats, the number above it, and whom it is for.

use crate::model::{Document, Role};
use crate::text::{fold_char, is_blank};

use super::annex;
use super::lines::{Text, begins, ends};
use super::marker;
use super::organ::{is_address, is_officer};
use super::roles::{Roles, is_remark};

/// So many lines at the top may belong to the head.
const HEAD_LINES: usize = 12;
/// A title is broken over at most so many lines.
const TITLE_LINES: usize = 6;

/// Marks title lines, remarks and the addressee at the top; gives the index of the first line behind them.
pub(super) fn mark_head(text: &Text, document: &Document, roles: &mut Roles) -> usize {
    let mut behind = mark_title(text, document, roles);
    while behind < text.lines.len().min(HEAD_LINES) {
        let line = &text.lines[behind];
        if roles[behind].is_some() {
            behind += 1;
        } else if is_remark(text.view(line)) {
            roles[behind] = Some(Role::Remark);
            behind += 1;
        } else if is_number_line(text.view(line)) {
            behind += 1;
        } else {
            break;
        }
    }
    // A speech says below its title where it was given, by whom and when.
    let below =
        (behind..text.lines.len()).take(SPEECH_LINES).take_while(|&n| roles[n].is_none() && is_occasion(text, n));
    let speech = behind + below.count();
    match mark_addressee(text, speech, roles) {
        0 => behind,
        lines => speech + lines,
    }
}

/// So many lines may stand between the title of a speech and those whom it addresses.
const SPEECH_LINES: usize = 4;

/// `——在县人大会议上`, `县长　李明`, `（2023年1月5日）`, and whatever else stands alone below a title.
fn is_occasion(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    let day = || view.first() == Some(&'(') && view.last() == Some(&')') && view.iter().any(char::is_ascii_digit);
    !line.table && line.len() <= 60 && (begins(view, "—") || begins(view, "--") || day() || is_officer(view))
}

/// Marks whom an attached letter is for: below its title, the number and remarks aside, a line to 各….
pub(super) fn mark_inner_addressee(text: &Text, behind_title: usize, roles: &mut Roles) {
    let skipped = |n: usize| {
        roles[n].is_none() && (is_number_line(text.view(&text.lines[n])) || is_remark(text.view(&text.lines[n])))
    };
    let first = (behind_title..text.lines.len()).find(|&n| !skipped(n));
    if let Some(first) = first.filter(|&n| begins(text.view(&text.lines[n]), "各")) {
        mark_addressee(text, first, roles);
    }
}

/// The lines from `first` that say whom the text is for; gives how many there are.
pub(super) fn mark_addressee(text: &Text, first: usize, roles: &mut Roles) -> usize {
    for n in first..text.lines.len().min(first + 4) {
        let view = text.view(&text.lines[n]);
        if roles[n].is_some()
            || text.lines[n].table
            || marker::read(text, text.lines[n].start, text.lines[n].end)[0].is_some()
        {
            return 0;
        }
        if is_address(view) {
            roles[first..=n].fill(Some(Role::Addressee));
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
    if text.lines.first().is_some_and(|line| annex::mark(text.view(line)).is_some()) {
        return 0;
    }
    let titles = titles(document);
    let top = text.lines.len().min(HEAD_LINES);
    for first in 0..top {
        let most =
            (first..top).take(TITLE_LINES).take_while(|&n| !text.lines[n].table && text.lines[n].len() <= 120).count();
        if let Some(count) = titles.iter().find_map(|title| repeats(text, first, most, title)) {
            roles[first..first + count].fill(Some(Role::Title));
            return first + count;
        }
        let view = text.view(&text.lines[first]);
        if ends(view, "。") || ends(view, ":") || view.len() > 80 {
            break;
        }
    }
    // A title that the page does not show elsewhere: the rules that a notice issues, printed without the notice.
    let heads = (0..top).take_while(|&n| is_head_line(text, n)).count();
    if heads > 0 && heads <= 3 && text.lines[..heads].iter().any(|line| names_document(text.view(line))) {
        for role in &mut roles[..heads] {
            *role = role.or(Some(Role::Title));
        }
        return heads;
    }
    0
}

fn is_head_line(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let view = text.view(line);
    let closed = view.last().is_some_and(|c| "。;:,、!?".contains(*c));
    !line.table && line.len() <= 50 && !closed && marker::read(text, line.start, line.end)[0].is_none()
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
        let long = |lines: &str| length(lines) >= 8 && length(lines) * 2 > length(title);
        (1..=most).rev().find(|&count| title.contains(&joined[count]) && long(&joined[count]))
    };
    let whole = || {
        let line = joined.get(1)?;
        (line.contains(title) && !line.contains('。') && length(title) * 2 > length(line)).then_some(1)
    };
    equal.or_else(part).or_else(whole)
}

/// `云政发〔2022〕20号`, or a registration number.
pub(super) fn is_number_line(view: &[char]) -> bool {
    let view = without_class(view);
    let code = view.iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_')) && view.len() >= 6;
    let year = view.iter().any(|c| matches!(c, '〔' | '[' | '【' | '('));
    view.len() <= 40 && (code || (year && ends(trim_bracket(view), "号") && view.iter().any(char::is_ascii_digit)))
}

/// `云教函〔2023〕15号　　　（A类）`, `云政〔2023〕3号　签发人：李明`
fn without_class(view: &[char]) -> &[char] {
    let Some(at) = (0..view.len()).find(|&n| view[n] == '号' && view.get(n + 1).is_some_and(|c| is_blank(*c))) else {
        return view;
    };
    let rest: Vec<char> = view[at + 1..].iter().copied().filter(|c| !is_blank(*c)).collect();
    let class = rest.len() <= 6 && rest.first() == Some(&'(') && rest.last() == Some(&')');
    if class || begins(&rest, "签发人") || begins(&rest, "类别") { &view[..=at] } else { view }
}

fn trim_bracket(view: &[char]) -> &[char] {
    view.strip_suffix(&[')']).unwrap_or(view)
}

/// What titles of documents end with (文种 of the 条例 on official documents, and the names of rules and plans).
pub(super) const DOCUMENT_NAMES: [&str; 60] = [
    "办法",
    "细则",
    "方案",
    "措施",
    "意见",
    "规定",
    "规则",
    "规程",
    "规范",
    "条例",
    "制度",
    "章程",
    "准则",
    "标准",
    "指南",
    "指引",
    "导则",
    "预案",
    "规划",
    "计划",
    "纲要",
    "要点",
    "清单",
    "目录",
    "名单",
    "通知",
    "通告",
    "公告",
    "公报",
    "通报",
    "决定",
    "决议",
    "批复",
    "报告",
    "总结",
    "函",
    "纪要",
    "请示",
    "议案",
    "解读",
    "说明",
    "问答",
    "解答",
    "政策",
    "若干政策",
    "流程",
    "情况",
    "责任书",
    "承诺书",
    "申请表",
    "汇总表",
    "分工表",
    "分解表",
    "一览表",
    "名词解释",
    "日程表",
    "审核表",
    "登记表",
    "建议",
    "体系",
];

/// Whether a line ends like the title of a document, a （试行） behind it aside.
pub(super) fn names_document(view: &[char]) -> bool {
    let mut view = view;
    while view.last() == Some(&')') {
        let Some(open) = view.iter().rposition(|&c| c == '(') else { break };
        view = &view[..open];
    }
    DOCUMENT_NAMES.iter().any(|name| ends(view, name))
}
