//! What came, changed and went: one line of `changes.jsonl`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SourceId;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It came.
    New,
    /// The portal gives another text than before.
    Changed,
    /// The portal has withdrawn it (404 or 410); its text stays in the records.
    Gone,
    /// It was withdrawn, and is there again.
    Back,
}

impl ChangeKind {
    /// The word used in the feed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Back => "back",
        }
    }
}

/// One change of a document: a line of `changes.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentChange {
    /// The run that found it.
    pub run: String,
    /// When the portal first answered so.
    pub at: Timestamp,
    /// The portal column.
    pub source: SourceId,
    /// Id of the document.
    pub id: String,
    /// The revision that the records hold.
    pub rev: String,
    /// The revision before it, which `revisions.jsonl` holds; null if there is none.
    pub prev_rev: Option<String>,
    /// What happened.
    pub kind: ChangeKind,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its day of publication.
    pub published: Option<String>,
}

/// The ids of the documents that came, changed and went in a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// Those that came.
    pub new: Vec<String>,
    /// Those of which the portal gives another text.
    pub changed: Vec<String>,
    /// Those that the portal has withdrawn.
    pub gone: Vec<String>,
    /// Those that were withdrawn and are there again.
    pub back: Vec<String>,
}

impl Changes {
    /// Adds a change.
    pub fn add(&mut self, change: &DocumentChange) {
        let ids = match change.kind {
            ChangeKind::New => &mut self.new,
            ChangeKind::Changed => &mut self.changed,
            ChangeKind::Gone => &mut self.gone,
            ChangeKind::Back => &mut self.back,
        };
        ids.push(change.id.clone());
    }
}
