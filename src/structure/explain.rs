//! Why a document was read as it was: for each line its role and the rule, for a numbered line what was weighed.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::model::{Document, Outline, Role, Without};

use super::cost::Cost;
use super::genre::{self, GenreRule};
use super::heading::HeadingRule;
use super::reading::Reading;
use super::roles::{AnnexRule, RoleRule};
use super::tree::{self, Slot, Taken, Way};

/// So many characters of a line are shown.
const SHOWN: usize = 30;

/// How a document was read, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The rule that chose the genre; `None` without a title.
    pub genre: Option<GenreRule>,
    /// Every line that holds something.
    pub lines: Vec<LineExplanation>,
}

/// How one line was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineExplanation {
    /// Its first characters.
    pub text: String,
    /// The role of the row that it stands in.
    pub role: Role,
    /// The level of that row.
    pub level: u32,
    /// The rule that took it out of the running text.
    pub rule: Option<RoleRule>,
    /// The rule by which it opens an attached document.
    pub annex: Option<AnnexRule>,
    /// The rule that found the heading, if a row with one begins here.
    pub heading: Option<HeadingRule>,
    /// What was weighed, if it may open a section or an attached document: the winner and the best of the others.
    pub readings: Vec<[ReadingExplanation; 2]>,
}

/// One way to read a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingExplanation {
    /// The marker as the start of a section, with its depth; `annex`, or `text`.
    pub reading: String,
    /// What form and words say for it, in tenths.
    pub worth: i32,
    /// What the sequence adds or takes.
    pub costs: Vec<(Cost, i32)>,
    /// The sum at this line; the winner of the whole document may lose here and win below.
    pub total: i32,
}

impl Explanation {
    /// How often each rule decided something.
    pub fn rules(&self) -> BTreeMap<&'static str, usize> {
        let of_lines = self.lines.iter().flat_map(|line| {
            let names =
                [line.rule.map(RoleRule::name), line.annex.map(AnnexRule::name), line.heading.map(HeadingRule::name)];
            names.into_iter().flatten()
        });
        let mut counts = BTreeMap::new();
        for name in of_lines.chain(self.genre.map(GenreRule::name)) {
            *counts.entry(name).or_default() += 1;
        }
        counts
    }
}

/// Puts together what was weighed on the way from the document to its outline.
pub(super) fn explanation(document: &Document, reading: &Reading, outline: &Outline, without: &Without) -> Explanation {
    let ways = tree::ways(&reading.slots, &reading.taken);
    let mut slots = reading.slots.iter().zip(&ways).peekable();
    let mut drafts = reading.drafts.iter().zip(&reading.headings).peekable();
    let mut row = (Role::Body, 0);
    let mut lines = Vec::with_capacity(reading.text.lines.len());
    for (n, line) in reading.text.lines.iter().enumerate() {
        let mut heading = None;
        while let Some((draft, found)) = drafts.next_if(|(draft, _)| draft.start < line.end) {
            row = (draft.role, draft.level);
            heading = heading.or(found.map(|heading| heading.rule));
        }
        let mut readings = Vec::new();
        while let Some((slot, (winner, others))) = slots.next_if(|(slot, _)| slot.line() == n) {
            let shown = |way: &Way| weighed(reading, slot, way);
            readings.extend(others.first().map(|other| [shown(winner), shown(other)]));
        }
        lines.push(LineExplanation {
            text: reading.text.slice(line.start, line.end.min(line.start + SHOWN)),
            role: row.0,
            level: row.1,
            rule: reading.roles[n],
            annex: reading.openings.iter().find(|opening| opening.line == n).map(|opening| opening.rule),
            heading,
            readings,
        });
    }
    let title = genre::folded_title(document);
    let column = document.breadcrumb.last().map(String::as_str);
    Explanation { genre: title.map(|title| genre::genre(&title, column, outline, without)), lines }
}

fn weighed(reading: &Reading, slot: &Slot, way: &Way) -> ReadingExplanation {
    let name = match (way.taken, slot) {
        (Some(Taken::Break), _) => "annex".to_owned(),
        (Some(Taken::Section { candidate, depth, .. }), Slot::Number { candidates, .. }) => {
            let marker = candidates[candidate].map(|candidate| candidate.marker);
            let printed = marker.map(|marker| reading.text.slice(marker.start, marker.end)).unwrap_or_default();
            format!("{printed} depth {depth}")
        }
        _ => "text".to_owned(),
    };
    let costs = way.costs.iter().filter(|cost| **cost != Cost::Free).map(|cost| (*cost, cost.tenths())).collect();
    ReadingExplanation { reading: name, worth: way.worth, costs, total: way.total() }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.genre {
            writeln!(f, "genre {}  by {rule}", rule.genre().as_str())?;
        }
        for line in &self.lines {
            write!(f, "{:?} {}  {}", line.role, line.level, line.text.replace('\n', " "))?;
            if let Some(rule) = line.rule {
                write!(f, "  by {rule}")?;
            }
            if let Some(rule) = line.annex {
                write!(f, "  by {rule}")?;
            }
            if let Some(rule) = line.heading {
                write!(f, "  by {rule}")?;
            }
            writeln!(f)?;
            for [winner, other] in &line.readings {
                writeln!(f, "  * {winner}\n    {other}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ReadingExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+} {}: form and words {:+}", self.total, self.reading, self.worth)?;
        self.costs.iter().try_for_each(|(cost, tenths)| write!(f, ", {cost:?} {tenths:+}"))
    }
}
