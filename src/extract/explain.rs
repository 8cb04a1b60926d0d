//! Why an article was read as it was: candidates, scores, and the reason for each choice.

use std::fmt;

use serde::Serialize;

use crate::model::Reject;

/// What extraction weighed on one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// Portal families that left marks on the page, best first.
    pub profiles: Vec<ProfileMarks>,
    /// Elements that might have held the body.
    pub bodies: Vec<BodyCandidate>,
    /// Values that might have been a field's, in the order in which they were asked.
    pub fields: Vec<FieldCandidate>,
    /// Lines inside the chosen element that are no part of the body.
    pub dropped: Vec<DroppedLine>,
    /// Why the page was turned away, if it was.
    pub reject: Option<Reject>,
}

/// A portal family and the marks of it that were found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProfileMarks {
    /// Its id.
    pub profile: String,
    /// The marks, as written in its file.
    pub marks: Vec<String>,
    /// Whether it was used.
    pub chosen: bool,
}

/// An element that might have held the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BodyCandidate {
    /// The element, as `div#zoom.article`.
    pub element: String,
    /// Who proposed it: `source`, `profile` or `scorer`.
    pub origin: &'static str,
    /// Characters of running text, weighted by what they look like.
    pub score: f64,
    /// Characters of text.
    pub chars: usize,
    /// Share of the characters that are links.
    pub links: f64,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Why, or why not.
    pub why: String,
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
    /// Why, or why not.
    pub why: String,
}

/// A line inside the chosen element that is no part of the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DroppedLine {
    /// Its text.
    pub text: String,
    /// The rule that dropped it.
    pub why: &'static str,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |chosen: bool| if chosen { '*' } else { ' ' };
        writeln!(f, "profiles")?;
        for found in &self.profiles {
            writeln!(f, "{} {}  by {}", mark(found.chosen), found.profile, found.marks.join(", "))?;
        }
        writeln!(f, "body")?;
        for body in &self.bodies {
            let (BodyCandidate { element, origin, score, chars, links, why, .. }, star) = (body, mark(body.chosen));
            writeln!(f, "{star} {score:8.0}  {element}  ({origin}; {chars} characters, {links:.2} links)  {why}")?;
        }
        writeln!(f, "fields")?;
        for field in &self.fields {
            let (FieldCandidate { field: name, value, origin, why, .. }, star) = (field, mark(field.chosen));
            writeln!(f, "{star} {name:<16} {value}  ({origin})  {why}")?;
        }
        writeln!(f, "dropped")?;
        for line in &self.dropped {
            writeln!(f, "  {}  ({})", line.text, line.why)?;
        }
        match &self.reject {
            Some(reject) => writeln!(f, "rejected: {}", reject.reason.as_str()),
            None => Ok(()),
        }
    }
}
