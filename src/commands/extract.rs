//! `gongwen extract`: saved pages → documents and sections on stdout.

use std::io::{self, IsTerminal as _, Write as _};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::ordered::ordered;
use super::saved::{Addresses, SavedPage, saved_pages};
use super::terminal::{Paint, written};
use super::tree::{rejected, tree};
use super::{Context, Exit};
use crate::cli::ExtractArgs;
use crate::config::{ArticleRules, ProfileChoice, Profiles};
use crate::extract::{self, Rules};
use crate::model::{DocumentRecord, Records, Reject, SectionRecord};
use crate::record::{self, Provenance};
use crate::structure::structure;

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
    let profiles = Profiles::builtin();
    let choice = ProfileChoice::from(args.profile.as_str());
    let rules = Rules { profiles: &profiles, choice: &choice, article: &ArticleRules::default() };
    let paint = Paint::stdout(context.global.color);
    let as_tree = args.form.tree || (!args.form.jsonl && io::stdout().is_terminal());

    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut exit = Exit::Done;
    let shown = |page: &SavedPage| -> anyhow::Result<String> {
        let bytes = page.bytes()?;
        let records = records(page, &bytes, rules);
        Ok(if as_tree { text(page, &records, paint) } else { json(page, &records)? })
    };
    let result = ordered(&pages, shown, |shown| match shown {
        Ok(text) => out.write_all(text.as_bytes()),
        Err(error) => {
            tracing::error!("{error:#}");
            exit = Exit::Failed;
            Ok(())
        }
    });
    written(result.and_then(|()| out.flush()))?;
    Ok(exit)
}

fn records(page: &SavedPage, bytes: &[u8], rules: Rules<'_>) -> Result<Records, Reject> {
    let decoded = extract::decode(bytes, None, page.format, page.url.as_ref())?;
    let document = extract::extract(&decoded, rules)?;
    let outline = structure(&document);
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let from = Provenance {
        source: None,
        region: None,
        capture: None,
        sha256: &sha256,
        bytes: bytes.len() as u64,
        prev_rev: None,
    };
    Ok(record::records(&decoded, &document, &outline, from))
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
        Err(reject) => rejected(&page.name(), reject, paint),
    }
}
