//! From assembled lines to the rows of the outline: paths, headings, spans, items.

use std::collections::HashMap;

use crate::model::{BlockKind, Document, Flag, Role, Section, Style};

use super::assemble::Draft;
use super::heading::Heading;
use super::items::items;
use super::lines::{Text, behind_label};
use super::reading::Reading;
use super::roles::Opening;

/// Builds the rows.
pub(super) fn rows(document: &Document, reading: &Reading) -> Vec<Section> {
    let Reading { text, openings, drafts, headings, .. } = reading;
    let mut paths = Paths::default();
    let mut rows: Vec<Section> = Vec::with_capacity(drafts.len());
    for (n, draft) in drafts.iter().enumerate() {
        let opening = draft.opening.map(|opening| &openings[opening]);
        let parent_path = draft.parent.map(|parent| rows[parent].path.as_str());
        let path = paths.of(parent_path, draft, opening);
        rows.push(row(text, document, draft, opening, headings[n], path));
    }
    for n in (0..rows.len()).rev() {
        if let Some(parent) = rows[n].parent {
            rows[parent].subtree_end = rows[parent].subtree_end.max(rows[n].subtree_end);
        }
    }
    rows
}

fn row(
    text: &Text,
    document: &Document,
    draft: &Draft,
    opening: Option<&Opening>,
    heading: Option<Heading>,
    path: String,
) -> Section {
    let mut flags = draft.flags.clone();
    let answer = behind_label(&text.folded[draft.start..draft.end], '答').filter(|_| draft.role == Role::Answer);
    let marker_end = match (draft.marker, opening) {
        (Some(marker), _) => Some(marker.end),
        (None, Some(opening)) => opening.marker_end,
        (None, None) => answer.map(|length| draft.start + length),
    };
    let mut behind = marker_end.unwrap_or(draft.start);
    let mut words = None;
    if let Some(heading) = heading {
        behind = heading.behind;
        words = Some(text.slice(heading.start, heading.end));
        flags.extend(heading.split.then_some(Flag::HeadingSplit));
    }
    if let Some(opening) = opening {
        behind = opening.title.last().map_or(behind, |&(_, end)| end);
        words = title(text, &opening.title);
    }
    let text_start = text.skip_blanks(behind.min(draft.end), draft.end);
    if heading.is_some_and(|heading| heading.run_in) && text_start < draft.end {
        flags.insert(0, Flag::RunIn);
    }
    let table = match &document.blocks[text.lines[draft.line].block].kind {
        BlockKind::Table(table) if draft.role == Role::Table => Some(table.clone()),
        _ => None,
    };
    let itemised =
        matches!(draft.role, Role::Section | Role::Annex | Role::Answer | Role::Question | Role::Preamble | Role::Body);
    Section {
        path,
        parent: draft.parent,
        level: draft.level,
        role: draft.role,
        style: draft.marker.map(|marker| marker.kind.style()).or(opening.map(|_| Style::Annex)),
        marker: marker_end.map(|end| text.slice(draft.start, end)),
        number: draft
            .marker
            .map(|marker| u32::from(marker.number))
            .filter(|&number| number > 0)
            .or(opening.and_then(|o| o.number)),
        heading: words.filter(|words| !words.is_empty()),
        items: if itemised { items(&text.folded, text_start, draft.end) } else { Vec::new() },
        part: Vec::new(),
        table,
        start: draft.start,
        text_start,
        end: draft.end,
        subtree_end: draft.end,
        flags,
    }
}

/// The title of an attached document, its lines joined without a space, without 《》 around it.
fn title(text: &Text, spans: &[(usize, usize)]) -> Option<String> {
    let joined: String = spans.iter().map(|&(start, end)| text.slice(start, end)).collect();
    (!joined.is_empty()).then_some(joined)
}

/// Paths that are unique in a document: printed numbers joined by dots, a repeat is `2~2`.
#[derive(Debug, Default)]
struct Paths {
    seen: HashMap<String, u32>,
    annexes: u32,
    questions: u32,
}

impl Paths {
    fn of(&mut self, parent: Option<&str>, draft: &Draft, opening: Option<&Opening>) -> String {
        let own = match (draft.marker, opening) {
            (Some(marker), _) => {
                let number = if marker.number == 0 { self.question() } else { u32::from(marker.number) };
                let inserted = if marker.inserted > 0 { format!("-{}", marker.inserted) } else { String::new() };
                format!("{}{number}{inserted}", marker.kind.prefix())
            }
            (None, Some(opening)) => {
                self.annexes += 1;
                format!("x{}", opening.number.unwrap_or(self.annexes))
            }
            (None, None) => name(draft.role).to_owned(),
        };
        let path = parent.map_or_else(|| own.clone(), |parent| format!("{parent}.{own}"));
        let times = self.seen.entry(path.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { path } else { format!("{path}~{times}") }
    }

    fn question(&mut self) -> u32 {
        self.questions += 1;
        self.questions
    }
}

/// What a row without a number is called in paths.
fn name(role: Role) -> &'static str {
    match role {
        Role::Section | Role::Question | Role::Annex | Role::Body => "body",
        Role::Answer => "answer",
        Role::Title => "title",
        Role::Addressee => "addressee",
        Role::Toc => "toc",
        Role::Preamble => "preamble",
        Role::Table => "table",
        Role::Caption => "caption",
        Role::Note => "note",
        Role::Footnote => "footnote",
        Role::Closing => "closing",
        Role::AnnexNote => "annex_note",
        Role::Signature => "sig",
        Role::Date => "date",
        Role::Remark => "remark",
        Role::Cc => "cc",
        Role::Imprint => "imprint",
        Role::Copies => "copies",
    }
}
