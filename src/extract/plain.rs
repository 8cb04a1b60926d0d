//! Plain text → [`Document`]: a page as a reader copies it from the browser.

use super::trace::Trace;
use crate::model::{Document, Page, Reason, Reject, Stage};

pub(super) fn document(_page: &Page, _trace: &mut Trace) -> Result<Document, Reject> {
    Err(Reject { stage: Stage::Extract, reason: Reason::NoArticle })
}
