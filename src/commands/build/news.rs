//! What is told of a document in `changes.jsonl`: when its text came, whether it is gone, and what was told before.

use jiff::Timestamp;

use crate::archive::Versions;
use crate::model::{ChangeKind, DocumentChange, DocumentRecord, SourceId};
use crate::write::changes::{Feed, Told};

/// What of a document may be news.
#[derive(Debug, Clone)]
pub(super) struct News {
    id: String,
    rev: String,
    prev_rev: Option<String>,
    url: Option<String>,
    title: Option<String>,
    published: Option<String>,
    /// When the portal first gave this text.
    since: Timestamp,
    checked_at: Timestamp,
    gone_at: Option<Timestamp>,
}

impl News {
    /// Of a document whose text is the same since then.
    pub(super) fn of(document: &DocumentRecord, versions: &Versions, since: Timestamp) -> Self {
        Self {
            id: document.id.clone(),
            rev: document.rev.clone(),
            prev_rev: document.prev_rev.clone(),
            url: document.url.clone(),
            title: document.title.clone(),
            published: document.published.clone(),
            since,
            checked_at: versions.checked_at.unwrap_or(versions.newest.fetched_at),
            gone_at: versions.gone_at,
        }
    }

    /// The changes that the feed does not tell of yet.
    ///
    /// Another text is a change if it came later than the one that was told: rules that read the same bytes in another way
    /// are none of the portal's doing.
    pub(super) fn untold(&self, feed: &Feed, source: &SourceId, run: &str) -> Vec<DocumentChange> {
        let told = feed.told(source, &self.id);
        let text = match told {
            None => Some(ChangeKind::New),
            Some(told) if !told.is(&self.rev) && self.since > told.since => Some(ChangeKind::Changed),
            Some(_) => None,
        };
        let was_gone = told.is_some_and(|Told { is_gone, .. }| is_gone);
        let place = match (was_gone, self.gone_at) {
            (false, Some(at)) => Some((ChangeKind::Gone, at)),
            (true, None) => Some((ChangeKind::Back, self.checked_at)),
            _ => None,
        };
        let change = |kind: ChangeKind, at: Timestamp| DocumentChange {
            run: run.to_owned(),
            at,
            source: source.clone(),
            id: self.id.clone(),
            rev: self.rev.clone(),
            prev_rev: self.prev_rev.clone(),
            kind,
            url: self.url.clone(),
            title: self.title.clone(),
            published: self.published.clone(),
        };
        let text = text.map(|kind| change(kind, self.since));
        // What is back with another text came back first.
        let place = place.map(|(kind, at)| change(kind, at));
        match &place {
            Some(place) if place.kind == ChangeKind::Back => {
                [Some(place.clone()), text].into_iter().flatten().collect()
            }
            _ => [text, place].into_iter().flatten().collect(),
        }
    }
}

/// Fills in when a document was first archived, last asked for, and found gone.
pub(super) fn date(document: &mut DocumentRecord, versions: &Versions) {
    document.first_seen = Some(versions.first_seen().to_string());
    document.last_checked = Some(versions.checked_at.unwrap_or(versions.newest.fetched_at).to_string());
    document.gone_at = versions.gone_at.map(|at| at.to_string());
}

/// Chains superseded revisions, newest first: each names the one before it.
pub(super) fn chain(older: &mut [DocumentRecord], versions: &Versions) {
    let revs: Vec<Option<String>> =
        older.iter().skip(1).map(|revision| Some(revision.rev.clone())).chain([None]).collect();
    for (revision, prev_rev) in older.iter_mut().zip(revs) {
        revision.prev_rev = prev_rev;
        revision.first_seen = Some(versions.first_seen().to_string());
    }
}
