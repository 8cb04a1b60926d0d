//! Records whose bytes the archive does not give back any more stay as they are, with a warning, until something better
//! is there.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use crate::model::{Warning, WarningCode};
use crate::record::{document_id, revision};
use crate::write::WriteError;
use crate::write::records::{Lines, Previous};

/// A document as an earlier build made it.
pub(super) struct Kept {
    /// Its lines, with the warning.
    pub(super) lines: Lines,
    /// Whether they had it already.
    pub(super) is_same: bool,
    /// Its address.
    pub(super) url: Url,
    /// When the lost bytes came.
    pub(super) fetched_at: Timestamp,
}

/// What of a document is looked at before it is kept.
#[derive(Deserialize)]
struct Held {
    url: Url,
    rev: String,
    text: String,
    #[serde(default)]
    parent_id: Option<String>,
    section_count: usize,
    fetched_at: Timestamp,
}

/// The records of a document as the files hold them; `None` if there are none, or if they are not whole themselves.
pub(super) fn kept(previous: &mut Previous, id: &str) -> Result<Option<Kept>, WriteError> {
    let Some(lines) = previous.keep(id)? else { return Ok(None) };
    let Ok(held) = serde_json::from_slice::<Held>(lines.document()) else { return Ok(None) };
    // A file of an archive is named by its place there as well, which the record does not tell.
    let is_whole = (document_id(Some(&held.url), "") == id || held.parent_id.is_some())
        && revision(&held.text) == held.rev
        && lines.sections == held.section_count;
    // Keys that this version does not know stay too, in their order.
    let document = serde_json::from_slice::<Map<String, Value>>(lines.document());
    let Some(mut document) = document.ok().filter(|_| is_whole) else { return Ok(None) };
    let warning = serde_json::to_value(Warning {
        code: WarningCode::Unarchived,
        start: None,
        end: None,
        detail: Some("the archive does not hold these bytes any more; the record is of an earlier build".to_owned()),
    });
    if let (Some(Value::Array(warnings)), Ok(warning)) = (document.get_mut("warnings"), warning)
        && !warnings.contains(&warning)
    {
        warnings.push(warning);
    }
    let flagged = lines.clone().with_document(&document);
    let is_same = flagged.is_same(&lines);
    Ok(Some(Kept { lines: flagged, is_same, url: held.url, fetched_at: held.fetched_at }))
}
