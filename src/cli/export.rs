//! What may be said of `export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Scope;
use super::values::at_least_one;

/// Arguments of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// Which sources and days.
    #[command(flatten)]
    pub scope: Scope,
    /// The form.
    #[arg(long = "to", value_name = "FORM")]
    pub form: ExportForm,
    /// Where to: a folder for tables, else a file [default: a place of its own below OUTPUT/export].
    #[arg(long, value_name = "FILE|DIR")]
    pub out: Option<PathBuf>,
    /// A file for each source or each year, for Parquet, CSV and JSON Lines.
    #[arg(long, value_name = "WHAT")]
    pub by: Option<ExportBy>,
    /// The longest passage, in characters, for `chunks`.
    #[arg(long, value_name = "N", default_value_t = 800, value_parser = at_least_one)]
    pub max_chars: usize,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportForm {
    /// A folder of typed Parquet files.
    Parquet,
    /// A folder of CSV files for spreadsheets: UTF-8 with a mark, lists joined by `|`.
    Csv,
    /// A folder of JSON Lines, all sources in one file each.
    Jsonl,
    /// One workbook with a sheet a table; texts longer than a cell may be are cut, and it says how many.
    Xlsx,
    /// One database with full-text search, for Datasette.
    Sqlite,
    /// References for Zotero and pandoc.
    CslJson,
    /// References for LaTeX (gbt7714).
    Bibtex,
    /// References for `EndNote` and `NoteExpress`.
    Ris,
    /// A row a report, a column a mandated part with its whole text; CSV, or by the ending of --out.
    Wide,
    /// Passages of sections for retrieval; JSON Lines, or by the ending of --out.
    Chunks,
}

/// How tables are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportBy {
    /// A file a source.
    Source,
    /// A file a year: that reported on, else that of publication.
    Year,
}
