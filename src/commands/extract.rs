//! `gongwen extract`: saved pages and files → documents and sections on stdout.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::IsTerminal as _;

use serde::Serialize;

use super::extract_files::write_records;
use super::ocr::reader;
use super::saved::{Addresses, Shown, print_each, saved_pages};
use super::terminal::{Paint, printable, say};
use super::tree::{rejected, tree};
use super::without::without;
use super::{Context, Exit};
use crate::cli::ExtractArgs;
use crate::extract::{self, Explanation, Rules};
use crate::file::FileKind;
use crate::language::told;
use crate::model::{Records, Reject};
use crate::page::{self, View};
use crate::reading::{PictureReader, RawPage, file_text, line, page_records};
use crate::structure;

pub(super) fn run(args: &ExtractArgs, context: &Context) -> anyhow::Result<Exit> {
    let addresses = match (&args.url, &args.urls) {
        (Some(url), _) => Addresses::one(url.clone()),
        (None, Some(path)) => Addresses::read(path)?,
        (None, None) => Addresses::default(),
    };
    let pages = saved_pages(&args.inputs, &addresses, args.text)?;
    let without = without()?;
    let config = context.config_without_sources()?;
    let (limits, ocr) = (config.limits, reader(&config.ocr, None, false));
    let rules = Rules { without: &without, ..Rules::default() };
    let paint = Paint::stdout(context.global.color);
    let as_json = args.form.jsonl;
    let as_tree = args.form.tree || (!args.form.jsonl && std::io::stdout().is_terminal());

    if context.global.output_is_given && !(args.form.explain || args.form.tree || args.form.jsonl) {
        return write_records(&pages, rules, &limits, ocr.as_ref(), context);
    }
    let tally = print_each(&pages, |page| {
        let mut out = Shown::default();
        for input in page.inputs()? {
            let (name, bytes) = (&input.name, input.bytes.as_deref().map_err(|reject| *reject));
            if let (true, Ok(bytes), Some(kind)) = (args.form.explain && !as_json, bytes, input.kind()) {
                out.text += &explained_file(name, kind, bytes, ocr.as_ref(), paint);
                continue;
            }
            if args.form.explain {
                let decoded = bytes.and_then(|bytes| page::decode(bytes, None, input.format, input.url.as_ref()));
                let view = decoded.map(View::new);
                let why = view.as_ref().map(|view| extract::explain(view, rules)).map_err(|reject| *reject);
                out.turned_away.extend(why.as_ref().err().map(|reject| reject.reason));
                out.text += &if as_json {
                    let structure = view.ok().and_then(|view| extract::content(&view, rules).ok()?.article().ok());
                    explained_json(name, &why, structure.map(|article| structure::explain(&article, &without).rules()))?
                } else {
                    explained(name, why, paint)
                };
                continue;
            }
            let raw = bytes.map(|bytes| RawPage::saved(bytes, input.format, input.url.as_ref()).with_ocr(ocr.as_ref()));
            let records = raw.and_then(|raw| page_records(raw, rules, &limits)).map(|made| made.records);
            match &records {
                Ok(_) => out.documents += 1,
                Err(reject) => out.turned_away.push(reject.reason),
            }
            out.text += &if as_tree {
                text(name, &records, paint)
            } else {
                line(name, records.as_ref().map_err(|reject| *reject))?
            };
        }
        Ok(out)
    })?;
    if let Some(line) = tally.line().filter(|_| !args.form.explain) {
        say(context, &line);
    }
    Ok(tally.exit())
}

/// How a file was read: what it is, and which rules changed or left out how much.
fn explained_file(name: &str, kind: FileKind, bytes: &[u8], ocr: Option<&PictureReader>, paint: Paint) -> String {
    let mut out = paint.bold(name) + "\n";
    match file_text(bytes, ocr) {
        Ok(text) => {
            let _ = writeln!(out, "  {} ({}), {} blocks", kind.as_str(), kind.media_type(), text.blocks.len());
            for note in &text.notes {
                let _ = writeln!(out, "  {:<16} {}", note.rule.as_str(), note.count);
            }
            for page in &text.by_ocr {
                let _ = writeln!(out, "  {}", told(&format!("page {page} is a picture that `ocr.command` has read")));
            }
            for page in &text.needs_ocr {
                let _ = writeln!(out, "  {}", told(&format!("page {page} is a picture")));
            }
        }
        Err(reject) => out += &rejected(name, reject, paint),
    }
    out
}

/// Why the page was read as it was; line by line, so that nothing of the page reaches the terminal raw.
fn explained(name: &str, why: Result<Explanation, Reject>, paint: Paint) -> String {
    let mut out = paint.bold(name) + "\n";
    match why {
        Ok(why) => {
            for line in why.to_string().lines() {
                out.push_str("  ");
                out.push_str(&printable(line));
                out.push('\n');
            }
        }
        Err(reject) => out.push_str(&rejected(name, reject, paint)),
    }
    out
}

/// One line of `--explain --jsonl`.
#[derive(Debug, Serialize)]
struct WhyLine<'a> {
    file: &'a str,
    why: Option<&'a Explanation>,
    /// How often each rule of the structure decided something.
    structure: Option<BTreeMap<&'static str, usize>>,
    reject: Option<&'a Reject>,
}

fn explained_json(
    file: &str,
    why: &Result<Explanation, Reject>,
    structure: Option<BTreeMap<&'static str, usize>>,
) -> anyhow::Result<String> {
    let line = WhyLine { file, why: why.as_ref().ok(), structure, reject: why.as_ref().err() };
    Ok(serde_json::to_string(&line)? + "\n")
}

fn text(name: &str, records: &Result<Records, Reject>, paint: Paint) -> String {
    match records {
        Ok(records) => tree(name, records, paint) + "\n",
        Err(reject) => rejected(name, *reject, paint),
    }
}
