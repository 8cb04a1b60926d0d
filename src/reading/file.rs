//! The bytes of a file → the document that it is, or the documents that an archive holds.

use std::cell::Cell;

use url::Url;

use super::picture::PictureReader;
use crate::extract::{self, Content, Rules};
use crate::file::{self, FileError, FileKind, FileText, Limits, OcrReader, Picture};
use crate::model::{
    DayOrigin, Document, DocumentRecord, PageFormat, Reason, Reject, Stage, TextOrigin, Warning, WarningCode,
};
use crate::page::{self, View};

/// Endings of names under which plain text hangs on a page.
const PLAIN: [&str; 2] = [".txt", ".csv"];

/// The text of a file as a document.
pub(super) struct Text {
    pub(super) document: Document,
    pub(super) origin: TextOrigin,
    /// Encoding of a plain text.
    pub(super) charset: Option<&'static str>,
    pub(super) media_type: &'static str,
}

/// The bytes of a file, and what is known of it besides.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) bytes: &'a [u8],
    /// Its name where it hangs, or in its archive.
    pub(super) name: &'a str,
    pub(super) content_type: Option<&'a str>,
    pub(super) url: Option<&'a Url>,
    /// Who reads its pages that are pictures.
    pub(super) ocr: Option<&'a PictureReader>,
}

/// The texts of a file: its own, or those of the files of an archive, each with its place there.
pub(super) fn texts(given: Given<'_>) -> Vec<(Option<String>, Result<Text, Reject>)> {
    if !FileKind::of(given.bytes).is_some_and(FileKind::is_archive) {
        return vec![(None, text(given))];
    }
    match file::members(given.bytes, &Limits::default()) {
        Ok(members) => {
            let of_member = |member: file::Member| {
                let bytes = member.bytes.map_err(reject);
                let inside =
                    |bytes: Vec<u8>| text(Given { bytes: &bytes, name: &member.name, content_type: None, ..given });
                let text = bytes.and_then(inside);
                (Some(member.name), text)
            };
            members.into_iter().map(of_member).collect()
        }
        Err(error) => vec![(None, Err(reject(error)))],
    }
}

/// The text of a file, or of the first file of an archive that can be read.
pub(super) fn first_text(given: Given<'_>) -> Result<Text, Reject> {
    let mut why = None;
    for (_, text) in texts(given) {
        match text {
            Ok(text) => return Ok(text),
            Err(reject) => _ = why.get_or_insert(reject),
        }
    }
    Err(why.unwrap_or_else(|| reject(FileError::Empty)))
}

fn text(given: Given<'_>) -> Result<Text, Reject> {
    let Given { bytes, name, content_type, url, ocr } = given;
    if FileKind::of(bytes).is_some() {
        let text = file_text(bytes, ocr)?;
        let (warnings, media_type) = (warnings(&text), text.kind.media_type());
        let origin = if text.by_ocr.is_empty() { TextOrigin::Attachment } else { TextOrigin::Ocr };
        let mut document = extract::of_file(text.blocks, url)?;
        document.warnings.extend(warnings);
        return Ok(Text { document, origin, charset: None, media_type });
    }
    let named = name.trim_end().to_lowercase();
    let is_sent_as_text = || content_type.is_some_and(|kind| kind.trim_start().starts_with("text/plain"));
    if !PLAIN.iter().any(|ending| named.ends_with(ending)) && !is_sent_as_text() {
        return Err(reject(FileError::Unknown));
    }
    let page = page::decode(bytes, content_type, PageFormat::Plain, url)?;
    let view = View::new(page);
    let (Content::Article(document) | Content::Files(document)) = extract::content(&view, Rules::default())?;
    let (origin, charset) = (TextOrigin::Attachment, Some(view.page.charset));
    Ok(Text { document, origin, charset, media_type: FileKind::media_type_of(bytes) })
}

/// The text of a file, or why there is none.
pub fn file_text(bytes: &[u8], ocr: Option<&PictureReader>) -> Result<FileText, Reject> {
    let left = Cell::new(ocr.map_or(0, |ocr| ocr.most));
    let reader = |picture: &Picture| {
        left.set(left.get().checked_sub(1)?);
        (ocr?.lines)(picture)
    };
    let reader: Option<OcrReader<'_>> = if ocr.is_some() { Some(&reader) } else { None };
    file::read_with(bytes, &Limits::default(), reader).map_err(|error| {
        #[cfg(feature = "program")]
        tracing::debug!(%error, "a file is not read");
        reject(error)
    })
}

fn reject(error: FileError) -> Reject {
    Reject { stage: Stage::Decode, reason: error.reason() }
}

/// What a reader of the record must know of how the file was read.
fn warnings(text: &FileText) -> Vec<Warning> {
    let rules = text
        .notes
        .iter()
        .map(|note| Warning::of_document(WarningCode::FileRule, format!("{} {}", note.rule.as_str(), note.count)));
    let pages: Vec<String> = text.needs_ocr.iter().map(ToString::to_string).collect();
    let scanned =
        (!pages.is_empty()).then(|| Warning::of_document(WarningCode::NeedsOcr, format!("pages {}", pages.join(", "))));
    let by_ocr: Vec<String> = text.by_ocr.iter().map(ToString::to_string).collect();
    let by_ocr =
        (!by_ocr.is_empty()).then(|| Warning::of_document(WarningCode::Ocr, format!("pages {}", by_ocr.join(", "))));
    rules.chain(scanned).chain(by_ocr).collect()
}

/// The document of a page whose body is a file: what the page says of it, and the text of the file.
pub(super) fn body_of(page: Document, file: Document) -> Document {
    let titled = page.title.is_some();
    Document {
        title: page.title.or(file.title),
        title_lines: if titled { page.title_lines } else { file.title_lines },
        document_number: page.document_number.or(file.document_number),
        blocks: file.blocks,
        warnings: page.warnings.into_iter().chain(file.warnings).collect(),
        ..page
    }
}

/// Gives a file what it lacks and the page on which it hangs knows: its name there, and the day on which both were
/// published. What the file says of itself stands.
pub(super) fn adopt(file: &mut Document, name: &str, page: &DocumentRecord) {
    if file.title.is_none() {
        file.title = title_by_name(name);
        file.title_lines = file.title.iter().cloned().collect();
    }
    if file.published.is_none() || file.published_from == Some(DayOrigin::Url) {
        file.published = page.published.as_deref().and_then(|day| day.parse().ok()).or(file.published);
        file.published_from = page.published_from.or(file.published_from);
        file.published_at = file.published_at.take().or_else(|| page.published_at.clone());
    }
}

/// The name of a file as a title: without its ending, the folders before it, and 附件1： in front.
fn title_by_name(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name).trim();
    let ending = name.rsplit_once('.').filter(|(_, ending)| ending.len() < 6 && ending.is_ascii());
    let name = ending.map_or(name, |(name, _)| name);
    let behind_label = name.split_once(['：', ':']).filter(|(label, _)| label.trim_start().starts_with("附件"));
    let title = behind_label.map_or(name, |(_, title)| title).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// Whether a page was turned away for what its file is, not for what it is itself.
pub fn is_of_a_file(reason: Reason) -> bool {
    use Reason::{Broken, Encrypted, NeedsOcr, Truncated, Unsupported};
    matches!(reason, Broken | Encrypted | NeedsOcr | Truncated | Unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_title_is_called_as_its_link() {
        for (name, title) in [
            ("附件1：青石镇2022年行政执法统计表.xls", Some("青石镇2022年行政执法统计表")),
            ("annexes/统计表.docx", Some("统计表")),
            ("青石镇2022年工作总结", Some("青石镇2022年工作总结")),
            ("附件：", None),
            (".pdf", None),
        ] {
            assert_eq!(title_by_name(name).as_deref(), title, "{name}");
        }
    }

    #[test]
    fn a_page_says_of_its_file_what_the_file_does_not() {
        let page =
            Document { title: Some("报告".to_owned()), index_number: Some("A1".to_owned()), ..Document::default() };
        let file = Document {
            title: Some("青石镇报告".to_owned()),
            document_number: Some("青政〔2023〕1号".to_owned()),
            blocks: vec![crate::model::Block::paragraph("一、总则")],
            ..Document::default()
        };
        let both = body_of(page, file);
        assert_eq!((both.title.as_deref(), both.index_number.as_deref()), (Some("报告"), Some("A1")));
        assert_eq!((both.document_number.as_deref(), both.blocks.len()), (Some("青政〔2023〕1号"), 1));
    }
}
