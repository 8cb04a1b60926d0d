//! Headings: which words behind a marker are one, and which begin the text.

use std::collections::HashMap;

use crate::model::{Role, Without, rules};
use crate::text::{begins, ends};
use crate::words::{CONDITIONS, LEAD_INS};

use super::assemble::Draft;
use super::kind::Kind;
use super::lines::{Text, behind_label};
use super::listing::{announces_things, is_entry, points_elsewhere};
use super::sentence::{
    Clause, asks_or_enacts, clauses, echo, ends_quoting, is_remark, leads_on, names_time, tells_cases, theme,
    unbracketed,
};
use super::shape::HEADING_LIMIT;

/// The heading of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    /// Its first character.
    pub(super) start: usize,
    /// Behind its last character, a final 。 or ： not included.
    pub(super) end: usize,
    /// Where the text behind it may begin.
    pub(super) behind: usize,
    /// It is the first sentence, or a label, of the paragraph.
    pub(super) run_in: bool,
    /// It stands on the line after the marker.
    pub(super) split: bool,
    /// The rule that found it.
    pub(super) rule: HeadingRule,
}

rules! {
    /// A rule that finds a heading behind a marker.
    pub enum HeadingRule: "heading" {
        /// Whatever stands behind 第一章 and the like, and a question.
        WholeLine = "whole_line",
        /// The line below a marker that stands alone.
        LineBelow = "line_below",
        /// A bare title behind 第一条, its text below.
        TitleOfArticle = "title_of_article",
        /// A caption in brackets behind 第一条.
        CaptionOfArticle = "caption_of_article",
        /// Words that stand twice: `房票转让房票转让应当…`.
        RepeatedWords = "repeated_words",
        /// A run set in bold that ends inside the line.
        BoldRun = "bold_run",
        /// A label before ： that names a theme.
        Label = "label",
        /// A first sentence that names a theme; siblings have a say.
        FirstSentence = "first_sentence",
        /// A short question.
        Question = "question",
        /// A short line that ends with ：.
        Colon = "colon",
        /// One short sentence over a text; siblings have a say.
        OnlySentence = "only_sentence",
        /// A line without a mark at its end, over a text or sections.
        UnmarkedLine = "unmarked_line",
        /// A line without a mark and with nothing below; siblings have a say.
        UnmarkedLeaf = "unmarked_leaf",
    }
}

/// What the words alone say; in between, the siblings decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Certain.
    Yes(Heading),
    /// Certain.
    No,
    /// A first sentence with its evidence, in tenths.
    Maybe(Heading, i32),
}

/// Evidence from which a row votes on what its siblings are, either way.
const CLEAR: i32 = 10;
/// What siblings of one mind add or take, and what rows of the same kind elsewhere do.
const SIBLINGS: i32 = 20;
const ELSEWHERE: i32 = 10;
/// So many siblings with headings, and one without, leave no doubt.
const UNANIMOUS: i32 = 4;
/// Evidence of a line without a mark and without anything below it.
const LEAF: i32 = 15;
/// The same where the section above announces things.
const THING: i32 = -15;

/// A label has at most so many characters.
const LABEL: usize = 24;

/// What the rows of a group are, counted.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    headed: i32,
    plain: i32,
    /// How many end with ；: they are items of one sentence.
    items: i32,
    rows: i32,
    /// The index of the last of them.
    last: usize,
}

impl Votes {
    fn count(&mut self, verdict: &Verdict, item: bool) {
        let vote = match verdict {
            Verdict::Yes(_) => CLEAR,
            Verdict::No => -CLEAR,
            Verdict::Maybe(_, evidence) => *evidence,
        };
        self.headed += i32::from(vote >= CLEAR);
        self.plain += i32::from(vote <= -CLEAR);
        self.items += i32::from(item);
        self.rows += 1;
    }

    /// 1 = they have headings, -1 = they have none.
    fn mind(self) -> i32 {
        (self.headed - self.plain).signum()
    }

    /// Of several, one at most has none.
    fn unanimous(self) -> bool {
        self.headed >= UNANIMOUS && self.plain <= 1
    }
}

/// The heading of each row, where it has one.
///
/// Siblings, the rows of one parent and kind, are of one mind about whether they have headings; so, less strictly,
/// are all rows of a kind in a document.
pub(super) fn headings(text: &Text, rows: &[Draft], without: &Without) -> Vec<Option<Heading>> {
    let allowed = |verdict| match verdict {
        Verdict::Yes(found) | Verdict::Maybe(found, _) if !without.allows(found.rule.name()) => Verdict::No,
        verdict => verdict,
    };
    let verdicts: Vec<Verdict> = (0..rows.len()).map(|n| allowed(verdict(text, rows, n))).collect();
    let mut siblings: HashMap<(Option<usize>, Kind), Votes> = HashMap::new();
    let mut elsewhere: HashMap<Kind, Votes> = HashMap::new();
    for (n, (row, verdict)) in rows.iter().zip(&verdicts).enumerate() {
        let Some(marker) = row.marker else { continue };
        let item = text.folded[row.line_end - 1] == ';';
        let own = siblings.entry((row.parent, marker.kind)).or_default();
        own.count(verdict, item);
        own.last = n;
        elsewhere.entry(marker.kind).or_default().count(verdict, item);
    }
    let decide = |(n, (row, verdict)): (usize, (&Draft, &Verdict))| match *verdict {
        Verdict::Yes(heading) => Some(heading),
        Verdict::No => None,
        Verdict::Maybe(heading, evidence) => {
            let kind = row.marker?.kind;
            let own = siblings.get(&(row.parent, kind)).copied().unwrap_or_default();
            let all = elsewhere.get(&kind).copied().unwrap_or_default();
            // The last item of a sentence ends with 。 or with nothing.
            let last_item = !heading.run_in && own.items > 0 && own.items * 2 + 1 >= own.rows;
            // Whole paragraphs have no heading, nor has the last of them, below which the text goes on.
            let last_paragraph = heading.rule == HeadingRule::OnlySentence
                && own.last == n
                && rows.get(n + 1).is_none_or(|next| next.parent != Some(n))
                && own.plain > 0
                && own.headed <= i32::from(evidence >= CLEAR);
            let unanimous = if own.unanimous() { ELSEWHERE } else { 0 };
            // Where all rows of a kind are siblings, they have one voice.
            let all = if all.rows == own.rows { 0 } else { all.mind() };
            let evidence = evidence + SIBLINGS * own.mind() + ELSEWHERE * all + unanimous;
            (evidence > 0 && !last_item && !last_paragraph).then_some(heading)
        }
    };
    rows.iter().zip(&verdicts).enumerate().map(decide).collect()
}

fn verdict(text: &Text, rows: &[Draft], n: usize) -> Verdict {
    let row = &rows[n];
    let Some(marker) = row.marker else { return Verdict::No };
    let mut start = text.skip_blanks(marker.end, row.line_end);
    let label = behind_label(&text.folded[start..row.line_end], '问').filter(|_| row.role == Role::Question);
    if let Some(length) = label {
        start = text.skip_blanks(start + length, row.line_end);
    }
    let end = text.trim_end(start, row.line_end);
    let thing = row.parent.is_some_and(|parent| announces_things(text, &rows[parent]));
    let words = Words { text, row, start, end, body: body(text, rows, n), thing };
    if start == row.line_end {
        return words.split();
    }
    match marker.kind {
        Kind::Book | Kind::Part | Kind::Chapter | Kind::Sec | Kind::Question => {
            Verdict::Yes(words.whole(HeadingRule::WholeLine))
        }
        Kind::Article => words.article(),
        _ => words.item(),
    }
}

/// Text or sections stand under the row.
fn body(text: &Text, rows: &[Draft], n: usize) -> bool {
    let row = &rows[n];
    text.skip_blanks(row.line_end, row.end) < row.end || rows.get(n + 1).is_some_and(|next| next.parent == Some(n))
}

struct Words<'a> {
    text: &'a Text,
    row: &'a Draft,
    start: usize,
    end: usize,
    body: bool,
    /// The line of its parent announces things, such as papers or persons.
    thing: bool,
}

impl Words<'_> {
    fn view(&self) -> &[char] {
        &self.text.folded[self.start..self.end]
    }

    fn run_in(&self, end: usize, behind: usize, rule: HeadingRule) -> Heading {
        Heading { start: self.start, end, behind, run_in: true, split: false, rule }
    }

    /// All the words, a final mark aside.
    fn whole(&self, rule: HeadingRule) -> Heading {
        let last = self.view().last();
        let marked = matches!(last, Some('。' | ':'));
        let end = self.text.trim_end(self.start, self.end - usize::from(marked));
        Heading { start: self.start, end, behind: self.end, run_in: false, split: false, rule }
    }

    /// Nothing stands behind the marker: the heading may be the next line (第一部分, and its name below).
    fn split(&self) -> Verdict {
        let next = self.text.lines.get(self.row.line + 1).filter(|next| next.end <= self.row.end && !next.table);
        let Some(next) = next else { return Verdict::No };
        let view = self.text.view(next);
        if next.len() > 40 || view.iter().any(|c| "。;:".contains(*c)) {
            return Verdict::No;
        }
        let rule = HeadingRule::LineBelow;
        Verdict::Yes(Heading { start: next.start, end: next.end, behind: next.end, run_in: false, split: true, rule })
    }

    /// A 条 has a heading only if a caption in brackets stands before its text, or a bare title above it.
    fn article(&self) -> Verdict {
        let view = self.view();
        let closed = matches!(view.last(), Some('。' | ':' | ';' | ','));
        let leads = LEAD_INS.holds_view(view).is_some();
        if view.len() <= 20 && !closed && !leads && self.body {
            return Verdict::Yes(self.whole(HeadingRule::TitleOfArticle));
        }
        let close = match view.first() {
            Some('(') => ')',
            Some('【') => '】',
            Some('[') => ']',
            _ => return Verdict::No,
        };
        let Some(length) = view.iter().take(22).position(|&c| c == close) else { return Verdict::No };
        if length < 2 || length + 1 >= view.len() {
            return Verdict::No;
        }
        let end = self.start + length;
        Verdict::Yes(Heading { start: self.start + 1, ..self.run_in(end, end + 1, HeadingRule::CaptionOfArticle) })
    }

    fn item(&self) -> Verdict {
        let view = self.view();
        // `房票转让房票转让应当…`: the text begins with its heading again, and no mark stands between.
        if let Some(length) = (3..=12).rev().find(|&n| view.len() > 2 * n && view[..n] == view[n..2 * n]) {
            let end = self.start + length;
            return Verdict::Yes(self.run_in(end, end, HeadingRule::RepeatedWords));
        }
        let parts = clauses(view);
        // The page sets headings in bold: a run that ends behind the first sentence, or within the line, proves one.
        if let Some(heading) = self.bold_run() {
            return Verdict::Yes(heading);
        }
        // 如何办理？答：到窗口办理。
        let asked = view.iter().take(HEADING_LIMIT).position(|&c| c == '?');
        if let Some(end) = asked.map(|at| self.start + at + 1)
            && begins(&self.text.folded[self.text.skip_blanks(end, self.end)..self.end], "答:")
        {
            return Verdict::Yes(self.run_in(end, end, HeadingRule::Question));
        }
        if let Some(stop) = parts.stop.filter(|&stop| stop + 1 < view.len()) {
            let end = self.start + stop;
            let heading = self.run_in(end, end + 1, HeadingRule::FirstSentence);
            if let Some(label) = self.label(&parts) {
                return label;
            }
            let rest = &view[stop + 1..];
            if is_remark(rest) && !self.body {
                return Verdict::No;
            }
            let goes_on = if enumerates(rest) { 25 } else { 0 } + echo(&view[..stop], rest);
            return Verdict::Maybe(heading, theme(&view[..stop]) + goes_on);
        }
        match view.last() {
            Some(';') => self.label(&parts).unwrap_or(Verdict::No),
            Some(',' | '、') => Verdict::No,
            Some('?') if view.len() <= HEADING_LIMIT => Verdict::Yes(self.whole(HeadingRule::Question)),
            Some(':') => self.colon(),
            Some('。') => self.label(&parts).unwrap_or_else(|| self.sentence()),
            Some('”') if ends_quoting(view) => self.label(&parts).unwrap_or(Verdict::No),
            _ => self.label(&parts).unwrap_or_else(|| self.bare()),
        }
    }

    /// A run set in bold that ends inside the line, between a heading and its text, even without a mark.
    fn bold_run(&self) -> Option<Heading> {
        let line = &self.text.lines[self.row.line];
        let bold_end = self.text.trim_end(line.start, line.start + line.emphasis.min(line.len()));
        let next = self.text.skip_blanks(bold_end, self.end);
        if bold_end < self.start + 2 || next >= self.end || bold_end - self.start > HEADING_LIMIT {
            return None;
        }
        let run = &self.text.folded[self.start..bold_end];
        let (words, mark) = match run.split_last() {
            Some(('。' | ':', words)) => (words, true),
            _ => (run, false),
        };
        let goes_on = !mark && matches!(self.text.folded[next], ',' | '、' | ';' | ')' | '”');
        // Figures and brackets are often set in another face than the words around them.
        let count = |any: &[char]| words.iter().filter(|c| any.contains(c)).count();
        let whole = count(&['(', '“', '《']) == count(&[')', '”', '》']);
        let text = self.end - next >= 10 && matches!(self.view().last(), Some('。' | ';' | ':'));
        if words.contains(&'。') || goes_on || !whole || !text || asks_or_enacts(words) {
            return None;
        }
        let marked = !mark && matches!(self.text.folded[next], '。' | ':');
        Some(self.run_in(self.start + words.len(), if marked { next + 1 } else { bold_end }, HeadingRule::BoldRun))
    }

    /// `需提供的材料：` is a heading, `应当符合下列条件：` is a sentence that a list goes on with.
    fn colon(&self) -> Verdict {
        let view = self.view();
        let names = &view[..view.len() - 1];
        let leads = LEAD_INS.holds_view(names).is_some() || leads_on(names);
        let long = names.len() > 24 || names.iter().any(|c| ",;。".contains(*c));
        if leads || long { Verdict::No } else { Verdict::Yes(self.whole(HeadingRule::Colon)) }
    }

    /// One short sentence over a text or over sections.
    fn sentence(&self) -> Verdict {
        let view = self.view();
        if !self.body || unbracketed(view).len() > 31 {
            return Verdict::No;
        }
        Verdict::Maybe(self.whole(HeadingRule::OnlySentence), theme(&view[..view.len() - 1]))
    }

    /// A line without a mark at its end.
    fn bare(&self) -> Verdict {
        let view = self.view();
        if view.len() > HEADING_LIMIT {
            return Verdict::No;
        }
        match self.body {
            _ if points_elsewhere(view) => Verdict::No,
            true => Verdict::Yes(self.whole(HeadingRule::UnmarkedLine)),
            false if is_entry(view) => Verdict::No,
            false if self.thing => Verdict::Maybe(self.whole(HeadingRule::UnmarkedLeaf), THING),
            // The last item of a list often lacks its mark; then the items above it say what it is.
            false => Verdict::Maybe(self.whole(HeadingRule::UnmarkedLeaf), LEAF),
        }
    }

    /// `项目名称：某项目` has a label for its heading, if the label names a theme.
    fn label(&self, parts: &Clause) -> Option<Verdict> {
        let view = self.view();
        let colon = parts.colon.filter(|&colon| colon + 1 < view.len())?;
        let (label, rest) = (&view[..colon], &view[colon + 1..]);
        let sentence = label.len() > LABEL
            || label.iter().any(|c| ",。;、?".contains(*c))
            || (label.iter().any(char::is_ascii_digit) && names_time(label))
            || CONDITIONS.starts_view(label).is_some()
            || LEAD_INS.holds_view(label).is_some()
            || leads_on(label)
            || (ends(label, "的") && label.len() > 6);
        // `账号：… 密码：…` are two values of one item.
        let second = clauses(rest).colon.is_some_and(|colon| rest[..colon].contains(&' '));
        if sentence {
            return None;
        }
        let end = self.text.trim_end(self.start, self.start + colon);
        let heading = self.run_in(end, self.start + colon + 1, HeadingRule::Label);
        // An item of a list that ends with ； may have a label; whether labels are headings, the others say.
        Some(match view.last() {
            _ if second => Verdict::No,
            _ if tells_cases(rest) => Verdict::Maybe(heading, -CLEAR),
            Some(';') if !rest.contains(&'。') => Verdict::Maybe(heading, -5),
            _ => Verdict::Yes(heading),
        })
    }
}

/// 一是…, the beginning of an enumeration of what a heading names.
fn enumerates(words: &[char]) -> bool {
    ["一是", "一要", "首先", "一方面"].iter().any(|word| begins(words, word))
}
