//! What one page or file gave, as the line of JSON that `gongwen extract --jsonl` prints.

use serde::Serialize;

use crate::model::{DocumentRecord, Records, Reject, SectionRecord};

/// The keys of a line, in their order.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    document: Option<&'a DocumentRecord>,
    sections: &'a [SectionRecord],
    reject: Option<&'a Reject>,
}

/// The line of a page or file of this name, with its line feed.
///
/// # Errors
/// None that records can cause: they are plain values.
pub fn line(file: &str, records: Result<&Records, Reject>) -> serde_json::Result<String> {
    let line = match &records {
        Ok(records) => Line { file, document: Some(&records.document), sections: &records.sections, reject: None },
        Err(reject) => Line { file, document: None, sections: &[], reject: Some(reject) },
    };
    Ok(serde_json::to_string(&line)? + "\n")
}
