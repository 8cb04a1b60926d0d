//! The lines of the text dealt out to sections and to the parts around them: rows in the making.

use crate::model::{Flag, Role};
use crate::text::{begins, ends};
use crate::words::DOCUMENT_TYPES;

use super::kind::Kind;
use super::lines::{Text, behind_label};
use super::marker::Marker;
use super::roles::{Opening, RoleRule, Roles};

/// A section that the best reading found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered {
    /// Its line.
    pub(super) line: usize,
    /// Its marker.
    pub(super) marker: Marker,
    /// How many sections of the same document it stands in.
    pub(super) depth: usize,
    /// What is odd about its number.
    pub(super) flag: Option<Flag>,
}

/// A row in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// What it is for.
    pub(super) role: Role,
    /// Its marker, if it is a section or a question.
    pub(super) marker: Option<Marker>,
    /// Index of the parent row.
    pub(super) parent: Option<usize>,
    /// True nesting depth.
    pub(super) level: u32,
    /// First character of the own span.
    pub(super) start: usize,
    /// End of the line that the row begins on, or where another section begins on it.
    pub(super) line_end: usize,
    /// Behind the last character of the own span.
    pub(super) end: usize,
    /// The first line.
    pub(super) line: usize,
    /// Index of the attached document that it opens.
    pub(super) opening: Option<usize>,
    /// What is odd.
    pub(super) flags: Vec<Flag>,
}

/// Deals the lines out. Every line goes to one row, in order, so the rows tile the text.
pub(super) fn drafts(text: &Text, roles: &Roles, openings: &[Opening], found: &[Numbered]) -> Vec<Draft> {
    let mut assembly =
        Assembly { text, rows: Vec::new(), stack: Vec::new(), base: None, closed: false, last_section: 0 };
    let (mut next_opening, mut next_found) = (0, 0);
    let mut n = 0;
    assembly.last_section = last_before(found, openings.first());
    while n < text.lines.len() {
        if openings.get(next_opening).is_some_and(|opening| opening.line == n) {
            assembly.annex(&openings[next_opening], next_opening);
            n = openings[next_opening].end;
            next_opening += 1;
            assembly.last_section = last_before(found, openings.get(next_opening));
            continue;
        }
        let first = next_found;
        while found.get(next_found).is_some_and(|section| section.line == n) {
            next_found += 1;
        }
        match roles[n].map(RoleRule::role) {
            _ if next_found > first => assembly.sections(&found[first..next_found]),
            Some(role) => assembly.part(role, n),
            None => assembly.text(n),
        }
        n += 1;
    }
    let mut rows = assembly.rows;
    let numbered = rows.iter().any(|row| matches!(row.role, Role::Section | Role::Annex | Role::Question));
    for row in &mut rows {
        if matches!(row.role, Role::Section | Role::Annex | Role::Question) {
            break;
        }
        if row.role == Role::Body && numbered {
            row.role = Role::Preamble;
        }
    }
    rows
}

/// The line of the last section before the next attached document.
fn last_before(found: &[Numbered], next: Option<&Opening>) -> usize {
    let before = next.map_or(found.len(), |next| found.partition_point(|section| section.line < next.line));
    before.checked_sub(1).map_or(0, |last| found[last].line)
}

struct Assembly<'a> {
    text: &'a Text,
    rows: Vec<Draft>,
    /// Open sections, outermost first.
    stack: Vec<usize>,
    /// The attached document that we are in.
    base: Option<usize>,
    /// A closing line stood after the last section: what follows is outside it.
    closed: bool,
    /// The line of the last section of the document or attached document that we are in.
    last_section: usize,
}

impl Assembly<'_> {
    fn container(&self) -> Option<usize> {
        if self.closed { self.base } else { self.stack.last().copied().or(self.base) }
    }

    fn level(&self, row: Option<usize>) -> u32 {
        row.map_or(0, |row| self.rows[row].level)
    }

    fn push(&mut self, role: Role, parent: Option<usize>, level: u32, line: usize) -> usize {
        let Self { text, rows, .. } = self;
        let span = &text.lines[line];
        rows.push(Draft {
            role,
            marker: None,
            parent,
            level,
            start: span.start,
            line_end: span.end,
            end: span.end,
            line,
            opening: None,
            flags: Vec::new(),
        });
        rows.len() - 1
    }

    fn annex(&mut self, opening: &Opening, index: usize) {
        let row = self.push(Role::Annex, None, 1, opening.line);
        self.rows[row].end = self.text.lines[opening.end - 1].end;
        self.rows[row].opening = Some(index);
        self.base = Some(row);
        self.stack.clear();
        self.closed = false;
    }

    /// One section, or two that begin on one line.
    fn sections(&mut self, sections: &[Numbered]) {
        self.closed = false;
        for (n, section) in sections.iter().enumerate() {
            self.stack.truncate(section.depth);
            let parent = self.stack.last().copied().or(self.base);
            let level = self.level(parent) + 1;
            let row = self.push(self.role_of(section), parent, level, section.line);
            self.stack.push(row);
            let draft = &mut self.rows[row];
            draft.start = section.marker.start;
            draft.marker = Some(section.marker);
            draft.flags.extend(section.flag);
            if let Some(next) = sections.get(n + 1) {
                draft.end = self.text.trim_end(draft.start, next.marker.start);
                draft.line_end = draft.end;
            }
        }
    }

    /// `一、问：…` and `1.…？` before 答： are questions too.
    fn role_of(&self, section: &Numbered) -> Role {
        let line = &self.text.lines[section.line];
        let from = self.text.skip_blanks(section.marker.end, line.end);
        let words = &self.text.folded[from..line.end];
        let answered = || {
            self.text.lines.get(section.line + 1).is_some_and(|next| behind_label(self.text.view(next), '答').is_some())
        };
        let asks = behind_label(words, '问').is_some() || (ends(words, "?") && answered());
        if section.marker.kind == Kind::Question || asks { Role::Question } else { Role::Section }
    }

    /// A line that is no running text.
    fn part(&mut self, role: Role, line: usize) {
        let (parent, level) = match role {
            Role::Table | Role::Caption | Role::Note => (self.container(), self.level(self.container())),
            Role::Cc | Role::Imprint | Role::Copies => (None, 0),
            _ => (self.base, self.level(self.base)),
        };
        let joins = matches!(
            role,
            Role::Title
                | Role::Toc
                | Role::Addressee
                | Role::Signature
                | Role::Cc
                | Role::Imprint
                | Role::AnnexNote
                | Role::Preamble
        );
        let end = self.text.lines[line].end;
        match self.rows.last_mut() {
            Some(last) if joins && last.role == role => last.end = end,
            _ => {
                self.push(role, parent, level, line);
            }
        }
        self.closed |=
            matches!(role, Role::Closing | Role::AnnexNote | Role::Signature | Role::Date | Role::Cc | Role::Imprint);
    }

    /// `本通知自印发之日起施行。` behind the last section says something of the whole document, not of that section.
    fn ends_the_sections(&self, line: usize) -> bool {
        let Some(&section) = self.stack.last().filter(|_| !self.closed && self.last_section < line) else {
            return false;
        };
        let view = self.text.view(&self.text.lines[line]);
        // 本公报中… speaks of a place in the document.
        let itself = |rest: &[char]| {
            let rest = rest.strip_prefix(&['若', '干']).unwrap_or(rest);
            let other = begins(rest, "文件") || begins(rest, "政策");
            let name = DOCUMENT_TYPES.starts_view(rest).filter(|name| name.meaning != Some("paper"));
            other || name.is_some_and(|name| name.behind(rest).first() != Some(&'中'))
        };
        let whole =
            ["本", "以上", "上述"].iter().any(|word| begins(view, word) && itself(&view[word.chars().count()..]));
        // A section that is only a heading so far still waits for its text.
        let row = &self.rows[section];
        let finished = row.end > row.line_end || self.text.folded[row.line_end - 1] == '。';
        whole && finished && ends(view, "。")
    }

    /// A line of running text: it goes on with the row before it, if that belongs to the same section.
    fn text(&mut self, line: usize) {
        let view = self.text.view(&self.text.lines[line]);
        self.closed |= self.ends_the_sections(line);
        let container = self.container();
        let asked = container.is_some_and(|row| self.rows[row].role == Role::Question);
        if asked && behind_label(view, '答').is_some() {
            let level = self.level(container) + 1;
            self.push(Role::Answer, container, level, line);
            return;
        }
        let end = self.text.lines[line].end;
        let last = self.rows.len().checked_sub(1);
        match last {
            Some(last) if Some(last) == container => self.rows[last].end = end,
            Some(last)
                if matches!(self.rows[last].role, Role::Body | Role::Answer) && self.rows[last].parent == container =>
            {
                self.rows[last].end = end;
            }
            _ => {
                let level = self.level(container);
                self.push(Role::Body, container, level, line);
            }
        }
    }
}
