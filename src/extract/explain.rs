//! Why an article was read as it was: candidates, scores, and the rule of each choice; off in a normal run.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::rules::{BodyRule, DropRule};
use crate::model::{Reject, Without};

/// What extraction weighed on one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// The rules that decided something, and how often each did.
    pub rules: BTreeMap<&'static str, usize>,
    /// Elements that might have held the body.
    pub bodies: Vec<BodyCandidate>,
    /// Values that might have been a field's, in the order in which they were asked.
    pub fields: Vec<FieldCandidate>,
    /// Lines inside the chosen element that are no part of the body.
    pub dropped: Vec<DroppedLine>,
    /// Why the page was turned away, if it was.
    pub reject: Option<Reject>,
}

/// An element that might have held the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BodyCandidate {
    /// The element, as `div#zoom.article`.
    pub element: String,
    /// Why it was chosen, or why not.
    pub rule: BodyRule,
    /// Characters of running text, weighted by what they look like.
    pub score: f64,
    /// Characters of text.
    pub chars: usize,
    /// Share of the characters that are links.
    pub links: f64,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// A value that might have been a field's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldCandidate {
    /// The key of the record.
    pub field: &'static str,
    /// The value as found.
    pub value: String,
    /// Where: `meta PubDate`, `label 发布时间`, `heading h1`.
    pub origin: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// The rule that chose it, or passed it over.
    pub rule: Option<&'static str>,
}

/// A line inside the chosen element that is no part of the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DroppedLine {
    /// Its text.
    pub text: String,
    /// The rule that dropped it.
    pub rule: DropRule,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |chosen: bool| if chosen { '*' } else { ' ' };
        writeln!(f, "body")?;
        for body in &self.bodies {
            let (BodyCandidate { element, rule, score, chars, links, .. }, star) = (body, mark(body.chosen));
            writeln!(f, "{star} {score:8.0}  {element}  ({chars} characters, {links:.2} links)  {rule}")?;
        }
        writeln!(f, "fields")?;
        for field in &self.fields {
            let (FieldCandidate { field: name, value, origin, rule, .. }, star) = (field, mark(field.chosen));
            writeln!(f, "{star} {name:<16} {value}  ({origin})  {}", rule.unwrap_or_default())?;
        }
        writeln!(f, "dropped")?;
        for line in &self.dropped {
            writeln!(f, "  {}  ({})", line.text, line.rule)?;
        }
        writeln!(f, "rules")?;
        for (rule, hits) in &self.rules {
            writeln!(f, "  {hits:5}  {rule}")?;
        }
        match &self.reject {
            Some(reject) => writeln!(f, "rejected: {}", reject.reason.as_str()),
            None => Ok(()),
        }
    }
}

/// Says which rules are on, and takes notes if it is asked to.
pub(super) struct Trace<'a> {
    without: &'a Without,
    notes: Option<Explanation>,
}

impl<'a> Trace<'a> {
    pub(super) fn off(without: &'a Without) -> Self {
        Self { without, notes: None }
    }

    pub(super) fn on(without: &'a Without) -> Self {
        Self { without, notes: Some(Explanation::default()) }
    }

    pub(super) fn into_explanation(self) -> Explanation {
        self.notes.unwrap_or_default()
    }

    /// Whether a rule is on.
    pub(super) fn allows(&self, rule: &'static str) -> bool {
        self.without.allows(rule)
    }

    /// Notes that a rule decided something so many times.
    pub(super) fn hits(&mut self, rule: &'static str, times: usize) {
        if let Some(notes) = self.notes.as_mut().filter(|_| times > 0) {
            *notes.rules.entry(rule).or_default() += times;
        }
    }

    /// Notes anything.
    pub(super) fn note(&mut self, note: impl FnOnce(&mut Explanation)) {
        if let Some(notes) = &mut self.notes {
            note(notes);
        }
    }

    /// Notes an element that might hold the body.
    pub(super) fn body(&mut self, candidate: impl FnOnce() -> BodyCandidate) {
        self.note(|notes| notes.bodies.push(candidate()));
    }

    /// Notes a value that might be a field's.
    pub(super) fn field(&mut self, field: &'static str, value: &str, origin: impl FnOnce() -> String) {
        self.note(|notes| {
            let (value, origin) = (value.to_owned(), origin());
            let known = notes.fields.iter().any(|c| c.field == field && c.value == value && c.origin == origin);
            if !known {
                notes.fields.push(FieldCandidate { field, value, origin, chosen: false, rule: None });
            }
        });
    }

    /// Notes which value was chosen, and by which rule.
    pub(super) fn choose(&mut self, field: &'static str, value: &str, rule: &'static str) {
        self.hits(rule, 1);
        self.judge(field, value, rule, true);
    }

    /// Notes by which rule a value was passed over.
    pub(super) fn pass(&mut self, field: &'static str, value: &str, rule: &'static str) {
        self.hits(rule, 1);
        self.judge(field, value, rule, false);
    }

    fn judge(&mut self, field: &'static str, value: &str, rule: &'static str, chosen: bool) {
        self.note(|notes| {
            let open = |c: &&mut FieldCandidate| c.field == field && c.value == value && c.rule.is_none();
            if let Some(candidate) = notes.fields.iter_mut().find(open) {
                (candidate.chosen, candidate.rule) = (chosen, Some(rule));
            }
        });
    }
}
