//! `gongwen extract`: saved pages → documents and sections on stdout.

use std::io::IsTerminal as _;

use serde::Serialize;

use super::pages::{RawPage, page_records};
use super::saved::{Addresses, SavedPage, print_each, saved_pages};
use super::terminal::{Paint, printable};
use super::tree::{rejected, tree};
use super::{Context, Exit, Usage};
use crate::cli::ExtractArgs;
use crate::config::{ArticleRules, ProfileChoice};
use crate::extract::{self, Rules};
use crate::model::{DocumentRecord, Records, Reject, SectionRecord};
use crate::page;

/// One line of `--jsonl`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    document: Option<&'a DocumentRecord>,
    sections: &'a [SectionRecord],
    reject: Option<&'a Reject>,
}

pub(super) fn run(args: &ExtractArgs, context: &Context) -> anyhow::Result<Exit> {
    let addresses = match (&args.url, &args.urls) {
        (Some(url), _) => Addresses::one(url.clone()),
        (None, Some(path)) => Addresses::read(path)?,
        (None, None) => Addresses::default(),
    };
    let pages = saved_pages(&args.inputs, &addresses, args.text)?;
    let profiles = context.config()?.profiles;
    let choice = ProfileChoice::parse(&args.profile, &profiles)
        .map_err(|error| Usage(format!("`--profile {}`: {error}", args.profile)))?;
    let rules = Rules { profiles: &profiles, choice: &choice, article: &ArticleRules::default() };
    let paint = Paint::stdout(context.global.color);
    let as_tree = args.form.tree || (!args.form.jsonl && std::io::stdout().is_terminal());

    print_each(&pages, |page| {
        let bytes = page.bytes()?;
        if args.form.explain {
            return Ok(explained(page, &bytes, rules, paint));
        }
        let records = page_records(RawPage::saved(&bytes, page.format, page.url.as_ref()), rules, None);
        if as_tree { Ok(text(page, &records, paint)) } else { json(page, &records) }
    })
}

/// Why the page was read as it was; line by line, so that nothing of the page reaches the terminal raw.
fn explained(page: &SavedPage, bytes: &[u8], rules: Rules<'_>, paint: Paint) -> String {
    let mut out = paint.bold(&page.name()) + "\n";
    match page::decode(bytes, None, page.format, page.url.as_ref()) {
        Ok(decoded) => {
            for line in extract::explain(&decoded, rules).to_string().lines() {
                out.push_str("  ");
                out.push_str(&printable(line));
                out.push('\n');
            }
        }
        Err(reject) => out.push_str(&rejected(&page.name(), reject, paint)),
    }
    out
}

fn json(page: &SavedPage, records: &Result<Records, Reject>) -> anyhow::Result<String> {
    let file = &page.name();
    let line = match records {
        Ok(records) => Line { file, document: Some(&records.document), sections: &records.sections, reject: None },
        Err(reject) => Line { file, document: None, sections: &[], reject: Some(reject) },
    };
    Ok(serde_json::to_string(&line)? + "\n")
}

fn text(page: &SavedPage, records: &Result<Records, Reject>, paint: Paint) -> String {
    match records {
        Ok(records) => tree(&page.name(), records, paint) + "\n",
        Err(reject) => rejected(&page.name(), *reject, paint),
    }
}
