//! What lies beside exported Parquet, so that who gets the folder knows what it is: a dataset card, the dictionary, a citation.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::selection::text;
use super::{ExportError, Row, Written};
use crate::record::schema::{RecordFile, files, markdown};
use crate::write::WriteError;
use crate::write::atomic::replace;

/// A file without this sentence is somebody's own and stays.
const OURS: &str = "Made by `gongwen export --to parquet`; without this line the file is never replaced.";

/// What is told of the documents that were exported.
#[derive(Debug, Default)]
pub(super) struct About {
    documents: u64,
    sources: Vec<String>,
    /// Days of publication, the first and the last.
    days: Option<(String, String)>,
}

impl About {
    /// Counts a document of a source.
    pub(super) fn add(&mut self, source: &str, document: &Row) {
        self.documents += 1;
        if self.sources.last().is_none_or(|last| last != source) {
            self.sources.push(source.to_owned());
        }
        let Some(day) = text(document, "published") else { return };
        let (first, last) = self.days.get_or_insert_with(|| (day.to_owned(), day.to_owned()));
        if day < first.as_str() {
            day.clone_into(first);
        }
        if day > last.as_str() {
            day.clone_into(last);
        }
    }

    fn sentence(&self) -> String {
        let sources = match self.sources.as_slice() {
            [one] => format!("one portal column ({one})"),
            more => format!("{} portal columns", more.len()),
        };
        let days = self.days.as_ref().map_or(String::new(), |(first, last)| format!(", published {first} to {last}"));
        format!("{} documents of {sources}{days}", self.documents)
    }

    /// As the Hub sorts data sets by size.
    fn size(&self) -> &'static str {
        match self.documents {
            0..1_000 => "n<1K",
            1_000..10_000 => "1K<n<10K",
            10_000..100_000 => "10K<n<100K",
            100_000..1_000_000 => "100K<n<1M",
            _ => "1M<n<10M",
        }
    }
}

/// Writes `README.md`, `DATA.md` and `CITATION.cff` into the folder of the tables.
pub(super) fn describe(folder: &Path, about: &About, written: &[Written]) -> Result<(), ExportError> {
    keep_or_replace(&folder.join("README.md"), &card(folder, about, written))?;
    keep_or_replace(&folder.join("CITATION.cff"), &citation(about))?;
    replace(&folder.join("DATA.md"), markdown().as_bytes())?;
    Ok(())
}

fn keep_or_replace(path: &Path, text: &str) -> Result<(), WriteError> {
    let is_own = fs::read(path).is_ok_and(|old| !String::from_utf8_lossy(&old).contains(OURS));
    if !is_own {
        replace(path, text.as_bytes())?;
    }
    Ok(())
}

/// Rows of a record file, and the pattern that names its tables, if there is a table with rows.
///
/// The reader of Hugging Face gives no split without rows, so a table without any is left out of the card.
fn table(file: &RecordFile, folder: &Path, written: &[Written]) -> Option<(u64, String)> {
    let whole = folder.join(file.name).with_extension("parquet");
    let parts = folder.join(file.name);
    let rows = |of: &dyn Fn(&Path) -> bool| -> u64 {
        written.iter().filter(|written| of(&written.path)).map(|written| written.rows).sum()
    };
    let whole_rows = rows(&|path| path == whole);
    let part_rows = rows(&|path| path.parent() == Some(&parts));
    match (whole_rows, part_rows) {
        (0, 0) => None,
        (0, part_rows) => Some((part_rows, format!("{}/*.parquet", file.name))),
        (whole_rows, _) => Some((whole_rows, format!("{}.parquet", file.name))),
    }
}

fn card(folder: &Path, about: &About, written: &[Written]) -> String {
    let (mut configs, mut list) = (String::new(), String::new());
    for file in files() {
        let Some((rows, pattern)) = table(&file, folder, written) else { continue };
        let _ = writeln!(configs, "- config_name: {}\n  data_files: \"{pattern}\"", file.name);
        if configs.matches("config_name").count() == 1 {
            configs += "  default: true\n";
        }
        let about = file.about.lines().next().unwrap_or_default();
        let _ = writeln!(list, "| `{}` | {rows} | {about} |", file.name);
    }
    format!(
        "---
pretty_name: Reports of Chinese government portals
language:
- zh
license: other
size_categories:
- {size}
tags:
- government
- china
configs:
{configs}---

<!-- {OURS} -->

# Reports of Chinese government portals

{sentence}, read by gongwen {version}. One row a document, a section, a table, a citation, a figure, or a cell of the
standard tables of a 信息公开年报; [DATA.md](DATA.md) explains every column and every word that may stand in one.

| table | rows | one row is |
|---|---|---|
{list}
```python
from datasets import load_dataset
sections = load_dataset(\"path/of/this/folder\", \"sections\", split=\"train\")
```

**Where it comes from.** `url` is the page, `fetched_at` when it was fetched, `raw_sha256`, `warc_file` and `warc_offset` the bytes in
the archive of who made this collection. `warnings` and `flags` say what was odd.

**Rights.** The texts are those of the bodies that published them. Say here under which terms you pass on the collection.
",
        size = about.size(),
        sentence = about.sentence(),
        version = env!("CARGO_PKG_VERSION"),
    )
}

fn citation(about: &About) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    format!(
        "# {OURS}
cff-version: 1.2.0
type: dataset
message: If you use these data, please cite them.
title: Reports of Chinese government portals
# Put your name here.
authors:
  - name: Who made this collection
abstract: {abstract}
references:
  - type: software
    title: gongwen
    version: {version}
    authors:
      - name: The authors of gongwen
",
        abstract = quoted(&about.sentence()),
        version = env!("CARGO_PKG_VERSION"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(published: Option<&str>) -> Row {
        let value = json!({ "published": published });
        value.as_object().unwrap().clone()
    }

    #[test]
    fn documents_are_counted_with_their_sources_and_days() {
        let mut about = About::default();
        assert_eq!((about.sentence().as_str(), about.size()), ("0 documents of 0 portal columns", "n<1K"));
        for (source, day) in [("a", Some("2023-02-01")), ("a", None), ("b", Some("2021-01-31"))] {
            about.add(source, &row(day));
        }
        assert_eq!(about.sentence(), "3 documents of 2 portal columns, published 2021-01-31 to 2023-02-01");
    }

    #[test]
    fn a_card_that_somebody_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("README.md");
        let written = [Written { path: folder.path().join("sections.parquet"), rows: 2 }];
        describe(folder.path(), &About::default(), &written).unwrap();
        let card = fs::read_to_string(&path).unwrap();
        assert!(
            card.contains("- config_name: sections\n  data_files: \"sections.parquet\"\n  default: true\n"),
            "{card}"
        );
        assert!(!card.contains("config_name: foi"), "a table without rows is not named");
        replace(&path, b"my own").unwrap();
        describe(folder.path(), &About::default(), &written).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "my own");
    }
}
