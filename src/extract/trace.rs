//! Notes taken on the way for [`super::explain()`]; off in a normal run, where they cost nothing.

use super::explain::{BodyCandidate, Explanation, FieldCandidate};

/// Takes notes if it is asked to.
pub(super) struct Trace(Option<Explanation>);

impl Trace {
    pub(super) fn off() -> Self {
        Self(None)
    }

    pub(super) fn on() -> Self {
        Self(Some(Explanation::default()))
    }

    pub(super) fn into_explanation(self) -> Explanation {
        self.0.unwrap_or_default()
    }

    /// Notes anything.
    pub(super) fn note(&mut self, note: impl FnOnce(&mut Explanation)) {
        if let Some(explanation) = &mut self.0 {
            note(explanation);
        }
    }

    /// Notes an element that might hold the body.
    pub(super) fn body(&mut self, candidate: impl FnOnce() -> BodyCandidate) {
        self.note(|explanation| explanation.bodies.push(candidate()));
    }

    /// Notes a value that might be a field's.
    pub(super) fn field(&mut self, field: &'static str, value: &str, origin: impl FnOnce() -> String) {
        self.note(|explanation| {
            let (value, origin) = (value.to_owned(), origin());
            let known = explanation.fields.iter().any(|c| c.field == field && c.value == value && c.origin == origin);
            if !known {
                explanation.fields.push(FieldCandidate { field, value, origin, chosen: false, why: String::new() });
            }
        });
    }

    /// Notes which value was chosen, and why.
    pub(super) fn choose(&mut self, field: &'static str, value: &str, why: &str) {
        self.note(|explanation| {
            let found =
                explanation.fields.iter_mut().find(|c| c.field == field && c.value == value && c.why.is_empty());
            if let Some(candidate) = found {
                candidate.chosen = true;
                why.clone_into(&mut candidate.why);
            }
        });
    }

    /// Notes why a value was not chosen.
    pub(super) fn pass(&mut self, field: &'static str, value: &str, why: &str) {
        self.note(|explanation| {
            let found =
                explanation.fields.iter_mut().find(|c| c.field == field && c.value == value && c.why.is_empty());
            if let Some(candidate) = found {
                why.clone_into(&mut candidate.why);
            }
        });
    }
}
