//! Where documents come from: the id of a portal column, and the pages that its list names.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

/// The id of a source: the name of its file in `config/sources`, made of `a-z`, `0-9`, `-` and `_`.
///
/// It names folders and fills a column of every record, so nothing else is let in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceId(String);

/// A source id holds a character that is not allowed, or none at all.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no source id: use lower-case letters, digits, `-` and `_`")]
pub struct InvalidSourceId(String);

impl SourceId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SourceId {
    type Error = InvalidSourceId;

    fn try_from(id: String) -> Result<Self, InvalidSourceId> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if id.is_empty() || !id.chars().all(fine) { Err(InvalidSourceId(id)) } else { Ok(Self(id)) }
    }
}

impl FromStr for SourceId {
    type Err = InvalidSourceId;

    fn from_str(id: &str) -> Result<Self, InvalidSourceId> {
        id.to_owned().try_into()
    }
}

impl From<SourceId> for String {
    fn from(id: SourceId) -> Self {
        id.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A page that a list names: what is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Absolute address, without a fragment; `javascript:…` where only a script opens the item, which is then counted
    /// and never fetched.
    pub url: Url,
    /// Title as the list shows it, or the longer `title` attribute of the link; may be cut.
    pub title: String,
    /// The day shown beside the link, else the day in the address.
    pub date: Option<Date>,
}

/// What one list page says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Id of the portal family that matched.
    pub profile: Option<String>,
    /// The items of the main list, in the order of the page; one that is shown twice is here twice.
    pub targets: Vec<Target>,
    /// The next list page; `None` on the last one. A page that loads its list by a script has no targets, and the
    /// address of the records here.
    pub next: Option<Url>,
    /// How many list pages the portal declares.
    pub pages: Option<u32>,
    /// How many items the portal declares.
    pub items: Option<u32>,
    /// Names the place of the main list on the page: stays the same as long as the portal keeps its layout.
    pub layout: Option<String>,
    /// An interface answered that there are no (more) records; a page that merely names none does not say so.
    pub exhausted: bool,
    /// What says that the list goes on where `next` cannot lead; `None` if nothing does.
    pub goes_on: Option<GoesOn>,
}

/// What says that a list goes on in a way that only its scripts know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GoesOn {
    /// A button below the list that loads more of it: 加载更多.
    LoadMore,
    /// A link 下一页 that calls a function whose effect is not known.
    ScriptSteps,
    /// A call that draws a pager from a total that the page does not hold.
    DrawnPager,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_id_cannot_leave_its_folder() {
        for id in ["", "../x", "A", "a b", "a/b", "醴陵", "."] {
            assert!(id.parse::<SourceId>().is_err(), "{id:?} was let in");
        }
        assert_eq!("liling-2".parse::<SourceId>().unwrap().as_str(), "liling-2");
    }
}
