//! `gongwen export`: records → files that other programs open.

use std::io::{self, Write as _};
use std::path::Path;

use super::terminal::{say, written};
use super::{Context, Exit, Usage};
use crate::archive::Lock;
use crate::cli::{ExportArgs, ExportBy, ExportForm};
use crate::export::{By, Format, Selection, Style, Written, chunks, database, references, tables, wide, workbook};

pub(super) fn run(args: &ExportArgs, context: &Context) -> anyhow::Result<Exit> {
    let output = &context.global.output;
    let tabular = matches!(args.form, ExportForm::Parquet | ExportForm::Csv | ExportForm::Jsonl);
    if args.by.is_some() && !tabular {
        return Err(Usage("`--by` parts tables only: use it with --to parquet, csv or jsonl".to_owned()).into());
    }
    let selection = Selection {
        output: output.clone(),
        sources: args.scope.sources.clone(),
        since: args.scope.since,
        until: args.scope.until,
    };
    // A build that replaces the files in the middle would give tables of two states.
    let _lock = output.is_dir().then(|| Lock::share(output)).transpose()?;
    let folder = output.join("export");
    let place = |default: &str| args.out.clone().unwrap_or_else(|| folder.join(default));
    let by = args.by.map(|by| match by {
        ExportBy::Source => By::Source,
        ExportBy::Year => By::Year,
    });
    let files = match args.form {
        ExportForm::Parquet => tables(&selection, Format::Parquet, by, &place("parquet"))?,
        ExportForm::Csv => tables(&selection, Format::Csv, by, &place("csv"))?,
        ExportForm::Jsonl => tables(&selection, Format::Jsonl, by, &place("jsonl"))?,
        ExportForm::Xlsx => workbook(&selection, &place("gongwen.xlsx"))?,
        ExportForm::Sqlite => database(&selection, &place("gongwen.sqlite"))?,
        ExportForm::CslJson => references(&selection, Style::CslJson, &place("references.json"))?,
        ExportForm::Bibtex => references(&selection, Style::Bibtex, &place("references.bib"))?,
        ExportForm::Ris => references(&selection, Style::Ris, &place("references.ris"))?,
        ExportForm::Wide => wide(&selection, &place("wide.csv"))?,
        ExportForm::Chunks => chunks(&selection, args.max_chars, &place("chunks.jsonl"))?,
    };
    if context.global.json {
        let list: Vec<_> =
            files.iter().map(|file| serde_json::json!({ "path": file.path, "rows": file.rows })).collect();
        written(writeln!(io::stdout().lock(), "{}", serde_json::json!({ "files": list })))?;
    }
    say(context, &files.iter().map(line).collect::<String>());
    Ok(Exit::Done)
}

fn line(file: &Written) -> String {
    let bytes = size(&file.path);
    format!("{} rows, {bytes} bytes: {}\n", file.rows, file.path.display())
}

fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}
