//! Footnotes and endnotes: their numbers, and where their texts are.

use std::collections::HashMap;

use super::super::list::Format;
use super::super::xml::Element;

/// Which of the two kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    /// At the foot of the page.
    Foot,
    /// At the end.
    End,
}

/// The notes of a document.
pub(super) struct Notes<'x> {
    texts: HashMap<(NoteKind, i64), Element<'x>>,
    formats: HashMap<NoteKind, Format>,
    counts: HashMap<NoteKind, u32>,
    /// Notes met so far, with their marks, in the order of the text.
    met: Vec<(String, Element<'x>)>,
}

impl<'x> Notes<'x> {
    /// The notes of the two parts; how they are numbered is said in the settings and in the last section.
    pub(super) fn new(foot: Element<'x>, end: Element<'x>, settings: Element<'_>, body: Element<'_>) -> Self {
        let mut texts = HashMap::new();
        for (kind, root) in [(NoteKind::Foot, foot), (NoteKind::End, end)] {
            for note in root.children() {
                // Notes of a type are the lines between text and notes.
                let line = note.attr("type").is_some_and(|kind| kind != "normal");
                if let Some(id) = note.attr("id").and_then(|id| id.parse().ok()).filter(|_| !line) {
                    texts.insert((kind, id), note);
                }
            }
        }
        let section = body.children().filter(|element| element.name() == "sectPr").last();
        let mut formats = HashMap::new();
        for (kind, name) in [(NoteKind::Foot, "footnotePr"), (NoteKind::End, "endnotePr")] {
            let mut places = [section, Some(settings)].into_iter().flatten();
            let format = places.find_map(|place| place.child(name)?.child("numFmt")?.attr("val"));
            formats.insert(kind, format.map_or(Format::Decimal, |name| Format::named(&name)));
        }
        Self { texts, formats, counts: HashMap::new(), met: Vec::new() }
    }

    /// The mark that is drawn for a reference, if the note has a text.
    pub(super) fn mark(&mut self, kind: NoteKind, reference: Element<'_>) -> Option<String> {
        let id = reference.attr("id")?.parse().ok()?;
        let note = *self.texts.get(&(kind, id))?;
        // A note with a mark of its own is not counted; the mark stands in the text.
        let own = reference.attr("customMarkFollows").is_some_and(|value| !matches!(value.as_ref(), "0" | "false"));
        let mark = if own {
            String::new()
        } else {
            let count = self.counts.entry(kind).or_default();
            *count += 1;
            let number = self.formats.get(&kind).copied().unwrap_or(Format::Decimal).write(*count);
            // A figure raised above the line would run into the words before it.
            if number.chars().all(char::is_alphanumeric) && !number.starts_with(is_circled) {
                format!("[{number}]")
            } else {
                number
            }
        };
        self.met.push((mark.clone(), note));
        Some(mark)
    }

    /// The notes met so far, each once.
    pub(super) fn take(&mut self) -> Vec<(String, Element<'x>)> {
        std::mem::take(&mut self.met)
    }
}

fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{32ff}')
}
