//! Documents attached to a document: where one may begin, and its title.
//!
//! A notice carries the 办法 that it issues, a plan its annexes, a decision a 解读. Each numbers its parts anew. Some
//! begin with a line 附件1, many with nothing but their title behind the date of the notice.

use std::collections::HashSet;

use crate::model::{Document, Role, rules};
use crate::text::{begins, ends, fold_char, is_blank};
use crate::words::NO_TITLES;

use super::annex_list::begins_sections;
use super::rule::{LETTER, Roles, makes_known, role};
use crate::structure::genre::folded_title;
use crate::structure::kind::Kind;
use crate::structure::lines::{Line, Text};
use crate::structure::marker::Marker;
use crate::structure::names::{AnnexMark, annex_mark, is_body, is_file_name, is_number_line, is_title};

/// A title runs over at most so many lines, and one whose name the letter quotes.
const TITLE_LINES: usize = 3;
const NAMED_LINES: usize = 4;
/// So many lines below a title, a document must have begun.
const BELOW: usize = 8;
/// A line of a title has at most so many characters.
const TITLE_LENGTH: usize = 60;
/// A remark in brackets behind a title has at most so many characters.
const REMARK: usize = 12;

/// A line that may open an attached document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Opening {
    /// Its first line.
    pub(in super::super) line: usize,
    /// Behind the last line of its title.
    pub(in super::super) end: usize,
    /// The number of 附件2.
    pub(in super::super) number: Option<u32>,
    /// Behind the word 附件2 and the colon, in characters of the text; `None` if that word is not there.
    pub(in super::super) marker_end: Option<usize>,
    /// Spans of the text that make up the title.
    pub(in super::super) title: Vec<(usize, usize)>,
    /// The rule that found it.
    pub(in super::super) rule: AnnexRule,
}

rules! {
    /// A rule by which a line may open an attached document.
    pub enum AnnexRule: "annex" {
        /// 附件1 alone on its line.
        Mark = "mark",
        /// 附件1 with the title behind it.
        MarkAndTitle = "mark_and_title",
        /// A name that the letter quotes, or that its list of annexes gives.
        NamedBefore = "named_before",
        /// A line that ends like a title, behind the signature of the letter.
        TitleBehindSignature = "title_behind_signature",
        /// A line that ends like a title, behind a sentence that makes a document known: 现予公布。
        PromulgatedTitle = "promulgated_title",
        /// Another line behind the signature.
        LineBehindSignature = "line_behind_signature",
        /// A centred line that ends like a title.
        CentredTitle = "centred_title",
        /// A line that ends like a title, and nothing else.
        Title = "title",
    }
}

impl AnnexRule {
    /// Evidence in tenths, for the choice of the best reading; below 0 it takes a count that begins again.
    pub fn worth(self) -> i32 {
        match self {
            Self::Mark | Self::NamedBefore => 60,
            Self::TitleBehindSignature | Self::PromulgatedTitle => 45,
            Self::MarkAndTitle | Self::LineBehindSignature => 20,
            Self::CentredTitle => -5,
            Self::Title => -25,
        }
    }
}

/// Every line that may open an attached document, in order.
pub(in super::super) fn openings(text: &Text, document: &Document, head: usize, roles: &Roles) -> Vec<Opening> {
    let names = quoted_names(text, document, head, roles);
    let own = folded_title(document);
    let mut found: Vec<Opening> = Vec::new();
    let mut content = roles[..head.min(roles.len())].iter().flatten().any(|rule| rule.role() == Role::Addressee);
    let (mut sentence, mut issued, mut known) = (false, false, false);
    let mut n = 0;
    while n < text.lines.len() {
        // A page may be nothing but an annex: 附件2 above its title, at the very top.
        let top = n == 0 && annex_mark(text.view(&text.lines[0])).is_some_and(|mark| mark.rest >= text.lines[0].len());
        let possible = (n >= head && content) || top;
        let opening = if possible && roles[n].is_none() { opening(text, n, roles, &names, issued) } else { None };
        // A report prints its own title again behind its cover; a decree or notice is followed by what it makes known,
        // which the page may be named after.
        let above = behind_closing(text, n);
        let closing: Vec<Role> =
            (0..above).rev().map_while(|n| role(roles, n)).take_while(|role| closes_a_letter(*role)).collect();
        let signed = sentence && closing.iter().any(|role| matches!(role, Role::Signature | Role::Date));
        let opening = opening.filter(|opening| {
            let quoted = known && opening.rule == AnnexRule::NamedBefore;
            signed || issued || quoted || own.as_ref() != Some(&joined(text, n, opening.end))
        });
        content |= n >= head;
        sentence |= roles[n].is_none() && ends(text.view(&text.lines[n]), "。");
        let section = text.lines[n].marker().is_some();
        let makes_known = n < head + BELOW && makes_known(text, n, roles);
        known |= makes_known;
        issued = !section && opening.is_none() && (issued || makes_known);
        match opening {
            Some(opening) => {
                n = opening.end;
                found.push(opening);
            }
            None => n += 1,
        }
    }
    found
}

fn opening(text: &Text, n: usize, roles: &Roles, names: &HashSet<String>, issued: bool) -> Option<Opening> {
    let line = &text.lines[n];
    let view = text.view(line);
    if let Some(mark) = annex_mark(view) {
        // 第五部分 alone, and 附件 below it as its name.
        let of_part = n.checked_sub(1).is_some_and(|above| is_bare_part(text, above)) && mark.rest == view.len();
        // A list of links has such lines, too.
        let linked = mark.is_glued && !begins_sections(text, n + 1);
        return if of_part || linked { None } else { marked(text, n, mark, roles, names) };
    }
    let Title { words, end } = title_at(text, n, roles, names)?;
    let title = spans(text, n, end);
    let behind_date =
        behind_closing(text, n).checked_sub(1).is_some_and(|n| role(roles, n).is_some_and(closes_a_letter));
    let document = is_title(text.view(&text.lines[words - 1]));
    // A line below another that may be one of a title is a piece of it.
    let issued = issued && n.checked_sub(1).is_none_or(|above| !is_title_line(text, above, roles));
    if !has_text(text, end, roles) {
        return None;
    }
    let rule = match (is_named(names, &joined(text, n, words)), behind_date, document) {
        (true, _, _) => AnnexRule::NamedBefore,
        (_, true, true) => AnnexRule::TitleBehindSignature,
        (_, true, false) if !is_body(view) => AnnexRule::LineBehindSignature,
        (_, false, true) if issued => AnnexRule::PromulgatedTitle,
        (_, false, true) if line.centred => AnnexRule::CentredTitle,
        (_, false, true) => AnnexRule::Title,
        _ => return None,
    };
    Some(Opening { line: n, end, number: None, marker_end: None, title, rule })
}

/// Line `n`, or the first of the lines 主题词：… above it, which once stood between a letter and what it issues.
fn behind_closing(text: &Text, n: usize) -> usize {
    let keywords = |n: &usize| begins(text.view(&text.lines[*n]), "主题词");
    n - (0..n).rev().take_while(keywords).count()
}

/// 第五部分, and no words behind it.
fn is_bare_part(text: &Text, n: usize) -> bool {
    let line = &text.lines[n];
    let bare = |marker: &Marker| marker.kind <= Kind::Chapter && text.skip_blanks(marker.end, line.end) == line.end;
    line.marker().is_some_and(|marker| bare(&marker))
}

fn closes_a_letter(role: Role) -> bool {
    matches!(role, Role::Date | Role::Remark | Role::Signature | Role::Imprint | Role::Cc | Role::Copies)
}

/// A document follows, and not just links: a numbered line, a table or a sentence stands close below the title.
fn has_text(text: &Text, behind: usize, roles: &Roles) -> bool {
    let below = behind..text.lines.len().min(behind + BELOW);
    let colophon = |n: &usize| matches!(role(roles, *n), Some(Role::Imprint | Role::Cc | Role::Copies));
    below.take_while(|n| !colophon(n)).any(|n| {
        let line = &text.lines[n];
        let view = text.view(line);
        let numbered = roles[n].is_none() && line.marker().is_some();
        line.table || numbered || line.len() > 60 || matches!(view.last(), Some('。' | ';' | ':'))
    })
}

/// An opening with the word 附件; its title is behind the word or on the lines below.
fn marked(text: &Text, n: usize, mark: AnnexMark, roles: &Roles, names: &HashSet<String>) -> Option<Opening> {
    let line = &text.lines[n];
    let rest = line.start + mark.rest;
    let (title, end) = if mark.rest < line.len() {
        // 附件：养护办法, and below it the title once more.
        let key = text.key(rest, line.end);
        let last = text.lines.len().min(n + 1 + TITLE_LINES);
        let again = (n + 2..=last).find(|&end| !key.is_empty() && joined(text, n + 1, end) == key);
        (vec![(rest, line.end)], again.unwrap_or(n + 1))
    } else {
        let end = title_at(text, n + 1, roles, names).map_or(n + 1, |title| title.end);
        (spans(text, n + 1, end), end)
    };
    let inline = mark.rest < line.len();
    let sentence = inline && ends(text.view(line), "。");
    let listed = || mark.number.is_none() && roles.iter().flatten().any(|rule| rule.role() == Role::AnnexNote);
    if sentence || (text.lines.len() == n + 1 && !counts_on(text, n, mark) && !listed()) {
        return None;
    }
    let marker_end = text.trim_end(line.start, rest);
    let rule = if inline { AnnexRule::MarkAndTitle } else { AnnexRule::Mark };
    Some(Opening { line: n, end, number: mark.number, marker_end: Some(marker_end), title, rule })
}

/// 附件3 behind 附件2, of which nothing is left: they are pictures.
fn counts_on(text: &Text, n: usize, mark: AnnexMark) -> bool {
    let Some(before) = mark.number.and_then(|number| number.checked_sub(1)) else { return false };
    let number = |line: &Line| annex_mark(text.view(line)).and_then(|mark| mark.number);
    text.lines[..n].iter().rev().find_map(number) == Some(before)
}

/// Where a title ends.
struct Title {
    /// Behind its last line but a remark in brackets.
    words: usize,
    /// Behind its last line.
    end: usize,
}

/// The title that begins at line `n`, if one does.
fn title_at(text: &Text, n: usize, roles: &Roles, names: &HashSet<String>) -> Option<Title> {
    if !is_title_line(text, n, roles) {
        return None;
    }
    let title = |count: usize| Title { words: n + count, end: n + count + bracketed(text, n + count, roles) };
    let most = (n..n + NAMED_LINES).take_while(|&m| is_title_line(text, m, roles)).count();
    // A name that the letter quotes, or the letter's list of annexes gives, says where the title ends.
    if let Some(count) = (1..=most).find(|&count| is_named(names, &joined(text, n, n + count))) {
        return Some(title(count));
    }
    let below = |first: &usize| (first + 1..=n + most).any(|end| is_named(names, &joined(text, *first, end)));
    if (n + 1..n + most).any(|first| below(&first)) {
        return None;
    }
    // Else it ends with the line that ends like the title of a document.
    let complete = (1..=most.min(TITLE_LINES)).find(|&count| is_title(text.view(&text.lines[n + count - 1])));
    Some(title(complete.unwrap_or(1)))
}

/// Whether one of the names is that of the title, 《》 around it and a （试行） behind it aside.
fn is_named(names: &HashSet<String>, title: &str) -> bool {
    names.contains(title) || names.contains(bare_name(title))
}

/// A name without 《》 around it and without a remark in brackets behind it.
fn bare_name(name: &str) -> &str {
    let name = name.strip_prefix('《').and_then(|name| name.strip_suffix('》')).unwrap_or(name);
    let parts = name.strip_suffix(')').and_then(|words| words.rsplit_once('('));
    parts.filter(|(_, remark)| remark.chars().count() <= REMARK).map_or(name, |(words, _)| words)
}

/// 1 where `（征求意见稿）` stands below the title, else 0.
fn bracketed(text: &Text, n: usize, roles: &Roles) -> usize {
    let remark = |view: &[char]| view.first() == Some(&'(') && view.last() == Some(&')') && view.len() <= REMARK;
    usize::from(is_title_line(text, n, roles) && remark(text.view(&text.lines[n])))
}

fn is_title_line(text: &Text, n: usize, roles: &Roles) -> bool {
    let Some(line) = text.lines.get(n) else { return false };
    if roles[n].is_some() || line.table || !(2..=TITLE_LENGTH).contains(&line.len()) {
        return false;
    }
    let view = text.view(line);
    let marks = view.iter().any(|c| matches!(c, '。' | ';' | ':' | '!' | '?' | '\t'))
        || matches!(view.last(), Some(',' | '、'));
    !marks
        && NO_TITLES.starts_view(view).is_none()
        && !is_file_name(view)
        && !is_number_line(view)
        && line.marker().is_none()
}

fn spans(text: &Text, first: usize, end: usize) -> Vec<(usize, usize)> {
    text.lines[first..end].iter().map(|line| (line.start, line.end)).collect()
}

fn joined(text: &Text, first: usize, end: usize) -> String {
    text.lines[first..end].iter().map(|line| text.key(line.start, line.end)).collect()
}

/// Names in 《》 in the title and in the letter, and the names in the list of annexes.
fn quoted_names(text: &Text, document: &Document, head: usize, roles: &Roles) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut add = |key: &str| {
        for part in key.split('《').skip(1) {
            if let Some(name) = part.split('》').next().filter(|name| name.chars().count() >= 4) {
                names.insert(name.to_owned());
            }
        }
    };
    let title: String =
        document.title.iter().flat_map(|title| title.chars()).map(fold_char).filter(|&c| !is_blank(c)).collect();
    add(&title);
    let letter = text.lines.iter().enumerate().skip(head).take(3).filter(|(n, _)| roles[*n].is_none());
    for (_, line) in letter.filter(|(_, line)| line.len() <= LETTER) {
        add(&text.key(line.start, line.end));
    }
    // 关于印发某办法的通知 quotes the name without marks.
    if let Some(name) = title.split_once("印发").and_then(|(_, rest)| rest.strip_suffix("的通知")) {
        names.insert(name.to_owned());
    }
    for (n, line) in text.lines.iter().enumerate().filter(|(n, _)| role(roles, *n) == Some(Role::AnnexNote)) {
        let rest = annex_mark(text.view(&text.lines[n])).map_or(line.start, |mark| line.start + mark.rest);
        let start = text.readings_at(rest, line.end)[0].map_or(rest, |marker| marker.end);
        let name = text.key(start, line.end);
        names.insert(name.trim_matches(['《', '》']).to_owned());
    }
    let bare: Vec<String> = names.iter().map(|name| bare_name(name).to_owned()).collect();
    names.extend(bare);
    names.retain(|name| name.chars().count() >= 4);
    names
}
