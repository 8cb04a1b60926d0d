//! `gongwen extract`: saved pages → documents and sections on stdout.

use std::io::IsTerminal as _;

use serde::Serialize;

use super::pages::{RawPage, page_records};
use super::saved::{Addresses, SavedPage, print_each, saved_pages};
use super::terminal::{Paint, printable};
use super::tree::{rejected, tree};
use super::{Context, Exit, Usage};
use crate::cli::ExtractArgs;
use crate::extract::{self, Explanation, Rules, rule_names};
use crate::model::{DocumentRecord, Records, Reject, SectionRecord, Without};
use crate::page::{self, View};

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
    let without = without()?;
    let limits = context.config()?.limits;
    let rules = Rules { without: &without, ..Rules::default() };
    let paint = Paint::stdout(context.global.color);
    let as_json = args.form.jsonl;
    let as_tree = args.form.tree || (!args.form.jsonl && std::io::stdout().is_terminal());

    print_each(&pages, |page| {
        let bytes = page.bytes()?;
        if args.form.explain {
            let view = page::decode(&bytes, None, page.format, page.url.as_ref()).map(View::new);
            let why = view.map(|view| extract::explain(&view, rules));
            return if as_json { explained_json(page, &why) } else { Ok(explained(page, why, paint)) };
        }
        let records = page_records(RawPage::saved(&bytes, page.format, page.url.as_ref()), rules, &limits);
        if as_tree { Ok(text(page, &records, paint)) } else { json(page, &records) }
    })
}

/// Why the page was read as it was; line by line, so that nothing of the page reaches the terminal raw.
fn explained(page: &SavedPage, why: Result<Explanation, Reject>, paint: Paint) -> String {
    let mut out = paint.bold(&page.name()) + "\n";
    match why {
        Ok(why) => {
            for line in why.to_string().lines() {
                out.push_str("  ");
                out.push_str(&printable(line));
                out.push('\n');
            }
        }
        Err(reject) => out.push_str(&rejected(&page.name(), reject, paint)),
    }
    out
}

/// One line of `--explain --jsonl`.
#[derive(Debug, Serialize)]
struct WhyLine<'a> {
    file: &'a str,
    why: Option<&'a Explanation>,
    reject: Option<&'a Reject>,
}

fn explained_json(page: &SavedPage, why: &Result<Explanation, Reject>) -> anyhow::Result<String> {
    let file = &page.name();
    let line = match why {
        Ok(why) => WhyLine { file, why: Some(why), reject: None },
        Err(reject) => WhyLine { file, why: None, reject: Some(reject) },
    };
    Ok(serde_json::to_string(&line)? + "\n")
}

/// The rules that `GONGWEN_WITHOUT` switches off, parted by commas: for measuring what a rule does.
fn without() -> anyhow::Result<Without> {
    let names = std::env::var("GONGWEN_WITHOUT").unwrap_or_default();
    let known = rule_names();
    let unknown = |name| Usage(format!("`GONGWEN_WITHOUT`: no rule `{name}`; known are {}", known.join(", ")));
    Ok(Without::parse(&names, &known).map_err(unknown)?)
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
