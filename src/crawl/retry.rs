//! `--retry-failed`: the pages that an earlier run lists as failed, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::plan::{Due, Plan};
use crate::archive::UrlState;
use crate::model::{FailedPage, SourceId, Target, page_key};

/// The page keys of what failed, by source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Retry(BTreeMap<SourceId, BTreeSet<String>>);

/// Why a list of pages that failed is of no use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RetryError {
    /// It cannot be read.
    #[error("cannot read `{path}`, which is there only as long as pages have failed")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line is none of ours.
    #[error("`{path}` line {line} is no page that failed")]
    NoPage {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1.
        line: usize,
    },
}

impl Retry {
    /// Reads a `failed.jsonl`.
    ///
    /// # Errors
    /// It cannot be read, or is none.
    pub(crate) fn read(path: &Path) -> Result<Self, RetryError> {
        let text = std::fs::read_to_string(path);
        Self::parse(&text.map_err(|source| RetryError::Io { path: path.to_owned(), source })?, path)
    }

    /// Takes the lines of a `failed.jsonl` that are whole; gives also how many are not.
    pub(super) fn whole_lines(text: &str) -> (Self, usize) {
        let mut sources: BTreeMap<SourceId, BTreeSet<String>> = BTreeMap::new();
        let mut damaged = 0;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match serde_json::from_str::<FailedPage>(line) {
                Ok(page) => _ = sources.entry(page.source).or_default().insert(page_key(&page.url)),
                Err(_) => damaged += 1,
            }
        }
        (Self(sources), damaged)
    }

    /// Takes the lines of a `failed.jsonl`, whose path is for the message about a line that is none of ours.
    pub(super) fn parse(text: &str, path: &Path) -> Result<Self, RetryError> {
        let mut sources: BTreeMap<SourceId, BTreeSet<String>> = BTreeMap::new();
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let page: FailedPage =
                serde_json::from_str(line).map_err(|_| RetryError::NoPage { path: path.to_owned(), line: n + 1 })?;
            sources.entry(page.source).or_default().insert(page_key(&page.url));
        }
        Ok(Self(sources))
    }

    /// Whether a page of this source failed.
    pub(crate) fn names(&self, source: &SourceId) -> bool {
        self.0.contains_key(source)
    }

    /// Whether the page of a source with this key failed.
    pub(super) fn contains(&self, source: &SourceId, key: &str) -> bool {
        self.0.get(source).is_some_and(|keys| keys.contains(key))
    }

    /// How many pages of a source failed.
    pub(super) fn count(&self, source: &SourceId) -> u64 {
        self.0.get(source).map_or(0, |keys| keys.len() as u64)
    }

    /// What is to be done about a page of a source; `None` if it did not fail.
    pub(super) fn due(&self, source: &SourceId, target: &Target, known: &UrlState, plan: &Plan) -> Option<Due> {
        self.contains(source, &page_key(&target.url)).then_some(match known.sha256 {
            _ if !plan.covers(target.date) => Due::Skip,
            Some(_) => Due::Check,
            None => Due::Again(known.attempts),
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::archive::UrlStatus;

    /// A line of `failed.jsonl`.
    pub(in super::super) fn line(source: &str, path: &str) -> String {
        format!(
            r#"{{"source":"{source}","url":"http://www.example.gov.cn/{path}","stage":"fetch","reason":"timeout","detail":"","at":"2026-03-01T00:00:00Z"}}"#
        )
    }

    fn known(path: &str, archived: bool) -> (Target, UrlState) {
        let url = format!("http://www.example.gov.cn/{path}").parse().unwrap();
        let (checked_at, status, etag, last_modified, reject, detail) = (None, None, None, None, None, None);
        let (state, sha256) = (UrlStatus::Failed, archived.then(|| "00".to_owned()));
        let known = UrlState { state, attempts: 9, checked_at, status, etag, last_modified, sha256, reject, detail };
        (Target { url, title: "报告".to_owned(), date: "2020-01-01".parse().ok() }, known)
    }

    #[test]
    fn what_failed_is_due_again_however_often_it_failed() {
        let text = [line("yunxi", "a.html"), line("yunxi", "b.html"), String::new(), line("qingshi", "c/")].join("\n");
        let retry = Retry::parse(&text, Path::new("failed.jsonl")).unwrap();
        let source = |id: &str| id.parse::<SourceId>().unwrap();
        let dues = |id: &str, plan: &Plan| {
            let all = [known("a.html", true), known("b.html", false), known("other.html", false)];
            all.iter().filter_map(|(page, known)| retry.due(&source(id), page, known, plan)).collect::<Vec<_>>()
        };
        assert_eq!(dues("yunxi", &Plan::default()), [Due::Check, Due::Again(9)]);
        let later = Plan { since: "2021-01-01".parse().ok(), ..Plan::default() };
        assert_eq!(dues("yunxi", &later), [Due::Skip, Due::Skip]);
        assert_eq!(dues("qingshi", &Plan::default()), [], "no article has this address: a list page failed");
        assert_eq!((retry.count(&source("yunxi")), retry.count(&source("qingshi"))), (2, 1));
        assert!(retry.names(&source("qingshi")) && !retry.names(&source("liling")));
    }

    #[test]
    fn a_file_of_another_kind_is_refused_with_its_line() {
        let parse = |text: &str| Retry::parse(text, Path::new("failed.jsonl")).map_err(|error| error.to_string());
        let other = format!("{}\nhttp://www.example.gov.cn/\n", line("yunxi", "a"));
        assert_eq!(parse(&other), Err("`failed.jsonl` line 2 is no page that failed".to_owned()));
        assert_eq!(parse(""), Ok(Retry::default()));
    }
}
