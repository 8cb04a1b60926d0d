//! `gongwen extract --output DIR`: saved pages and files → every record file in a folder.

use serde::Serialize;

use super::ordered::ordered;
use super::saved::{SavedPage, Tally};
use super::terminal::say;
use super::{Context, Exit};
use crate::extract::Rules;
use crate::facts::facts;
use crate::model::{Reason, RecordLimits, Reject, Stage};
use crate::reading::{PictureReader, RawPage, page_records};
use crate::write::atomic::replace;
use crate::write::records::{Lines, RecordFiles};

/// What one saved page or file gives.
enum Taken {
    /// Lines of the record files.
    Lines(Box<Lines>),
    /// Why there are none.
    TurnedAway(String, Reject),
}

/// A page that gave no document: one line of `rejected.jsonl`.
#[derive(Debug, Serialize)]
struct TurnedAway<'a> {
    file: &'a str,
    stage: Stage,
    reason: Reason,
}

/// Writes the files, in the order of the pages.
pub(super) fn write_records(
    pages: &[SavedPage],
    rules: Rules<'_>,
    limits: &RecordLimits,
    ocr: Option<&PictureReader>,
    context: &Context,
) -> anyhow::Result<Exit> {
    let folder = &context.global.output;
    let mut files = RecordFiles::begin_in(folder)?;
    let mut rejected = String::new();
    let mut tally = Tally::default();
    let bytes = |taken: &anyhow::Result<Vec<Taken>>| {
        let taken = taken.iter().flatten();
        taken.map(|taken| if let Taken::Lines(lines) = taken { lines.bytes() } else { 0 }).sum()
    };
    ordered(
        pages,
        |page| take(page, rules, limits, ocr),
        bytes,
        |taken| -> anyhow::Result<()> {
            let taken = match taken {
                Ok(taken) => taken,
                Err(error) => {
                    tally.unread(&error);
                    return Ok(());
                }
            };
            let (mut documents, mut reasons) = (0, Vec::new());
            for taken in taken {
                match taken {
                    Taken::Lines(lines) => {
                        documents += 1;
                        files.push(&lines)?;
                    }
                    Taken::TurnedAway(file, Reject { stage, reason }) => {
                        reasons.push(reason);
                        rejected += &serde_json::to_string(&TurnedAway { file: &file, stage, reason })?;
                        rejected.push('\n');
                    }
                }
            }
            tally.read(documents, reasons);
            Ok(())
        },
    )?;
    files.commit()?;
    replace(&folder.join("rejected.jsonl"), rejected.as_bytes())?;
    if let Some(line) = tally.line() {
        say(context, &line);
    }
    Ok(tally.exit())
}

fn take(
    page: &SavedPage,
    rules: Rules<'_>,
    limits: &RecordLimits,
    ocr: Option<&PictureReader>,
) -> anyhow::Result<Vec<Taken>> {
    let inputs = page.inputs()?;
    let taken = inputs.into_iter().map(|input| {
        let bytes = input.bytes.as_deref().map_err(|reject| *reject);
        let raw = bytes.map(|bytes| RawPage::saved(bytes, input.format, input.url.as_ref()).with_ocr(ocr));
        match raw.and_then(|raw| page_records(raw, rules, limits)) {
            Ok(made) => Taken::Lines(Box::new(Lines::of(&made.records, &facts(&made.records)))),
            Err(reject) => Taken::TurnedAway(input.name, reject),
        }
    });
    Ok(taken.collect())
}
