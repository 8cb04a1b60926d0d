//! `gongwen structure`: plain text → sections on stdout.

use std::io::{self, Write as _};

use anyhow::Context as _;

use super::saved::SavedPage;
use super::terminal::written;
use super::without::without;
use super::{Context, Exit};
use crate::cli::StructureArgs;
use crate::model::PageFormat;
use crate::reading::{plain_document, plain_records};
use crate::structure::explain;

pub(super) fn run(args: &StructureArgs, _context: &Context) -> anyhow::Result<Exit> {
    let input = SavedPage { path: args.input.clone(), url: None, format: PageFormat::Plain };
    let bytes = input.bytes()?;
    let text = String::from_utf8(bytes)
        .with_context(|| format!("`{}` is not UTF-8: convert it, or use `gongwen extract --text`", input.name()))?;
    let without = without()?;
    if args.explain {
        let document = plain_document(&text, args.title_lines);
        return written(write!(io::stdout().lock(), "{}", explain(&document, &without))).map(|()| Exit::Done);
    }
    let records = plain_records(&text, args.title_lines, &without);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for section in &records.sections {
        let line = serde_json::to_string(section)? + "\n";
        let result = out.write_all(line.as_bytes());
        if result.is_err() {
            return written(result).map(|()| Exit::Done);
        }
    }
    written(out.flush())?;
    Ok(Exit::Done)
}
