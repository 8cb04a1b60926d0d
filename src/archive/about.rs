//! What a response record tells of its capture beside the answer: enough to make the state anew from the WARC files.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::{CaptureKind, Exchange, Reject};

/// The field of the record; other programs keep what they know of a capture there too, also as one JSON object.
pub(super) const FIELD: &str = "WARC-JSON-Metadata";

/// The value of [`FIELD`]; what goes without saying is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// What was asked for, if another address answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<Url>,
    /// What it was asked for as, if not as an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    /// Title as the list shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    /// Day that the list shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) listed: Option<Date>,
    /// Why no record can come of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reject: Option<Reject>,
    /// It tells only that the address was asked for: what came is in an earlier record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) checked: bool,
}

impl About {
    pub(super) fn new(exchange: &Exchange, title: Option<String>, listed: Option<Date>) -> Self {
        Self {
            asked: (exchange.url != exchange.final_url).then(|| exchange.url.clone()),
            kind: (exchange.kind != CaptureKind::Article).then(|| exchange.kind.as_str().to_owned()),
            title,
            listed,
            reject: exchange.reject,
            checked: false,
        }
    }

    /// The value of the field; `None` if there is nothing to say.
    pub(super) fn field(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        Some(serde_json::to_string(self).expect("it has only keys that are strings"))
    }

    /// Reads a field; nothing of another program's is taken for ours.
    pub(super) fn parse(field: &str) -> Self {
        serde_json::from_str(field).unwrap_or_default()
    }

    pub(super) fn kind(&self) -> CaptureKind {
        self.kind.as_deref().and_then(CaptureKind::parse).unwrap_or(CaptureKind::Article)
    }
}
