//! What `failed.jsonl` says before a run, and which of its lines the run makes outdated.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use url::Url;

use super::retry::Retry;
use crate::model::{FailedPage, SourceId, page_key};

/// The pages that failed in earlier runs, and which of them this one knows better about.
///
/// A page that is not among them is not remembered, so this does not grow with the portals.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    failed: Retry,
    settled: Mutex<BTreeSet<(SourceId, String)>>,
}

impl Earlier {
    /// Reads the `failed.jsonl` of an output folder, if there is one. It is a list that each run makes anew, so what is
    /// damaged in it is passed over: the archive knows of those pages too.
    pub(crate) fn read(output: &Path) -> Self {
        let path = output.join("failed.jsonl");
        match std::fs::read(&path) {
            Ok(bytes) => {
                let (failed, damaged) = Retry::whole_lines(&String::from_utf8_lossy(&bytes));
                if damaged > 0 {
                    tracing::warn!("{damaged} lines of `{}` are damaged and are left out", path.display());
                }
                Self { failed, ..Self::default() }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => {
                tracing::warn!("cannot read `{}`: {error}", path.display());
                Self::default()
            }
        }
    }

    /// Notes that a page was asked for to the end, so that this run knows better; one that a signal cut short was not.
    pub(super) fn settle(&self, source: &SourceId, url: &Url) {
        if self.failed.names(source) {
            let key = page_key(url);
            if self.failed.contains(source, &key) {
                self.settled.lock().unwrap_or_else(PoisonError::into_inner).insert((source.clone(), key));
            }
        }
    }

    /// Whether a line says nothing any more, because its page was asked for again.
    pub(super) fn is_outdated(&self, page: &FailedPage) -> bool {
        let page = (page.source.clone(), page_key(&page.url));
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).contains(&page)
    }
}

#[cfg(test)]
mod tests {
    use super::super::retry::tests::line;
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "nobody reads the file while it is written")]
    fn list(output: &Path, text: &str) {
        std::fs::write(output.join("failed.jsonl"), text).unwrap();
    }

    #[test]
    fn only_a_page_that_had_failed_makes_a_line_outdated() {
        let folder = tempfile::tempdir().unwrap();
        let page = |source: &str, path: &str| serde_json::from_str::<FailedPage>(&line(source, path)).unwrap();
        let settle = |earlier: &Earlier, source: &str, path: &str| {
            let FailedPage { source, url, .. } = page(source, path);
            earlier.settle(&source, &url);
        };
        let none = Earlier::read(folder.path());
        settle(&none, "yunxi", "a.html");
        assert!(!none.is_outdated(&page("yunxi", "a.html")), "there is no file, so there is no line");

        let lines = [line("yunxi", "a.html"), line("yunxi", "b.html"), line("qingshi", "a.html")].join("\n");
        list(folder.path(), &lines);
        let earlier = Earlier::read(folder.path());
        for (source, path) in [("yunxi", "a.html"), ("yunxi", "c.html"), ("liling", "b.html")] {
            settle(&earlier, source, path);
        }
        let outdated = [("yunxi", "a.html"), ("yunxi", "b.html"), ("yunxi", "c.html"), ("qingshi", "a.html")]
            .map(|(source, path)| earlier.is_outdated(&page(source, path)));
        assert_eq!(outdated, [true, false, false, false]);
    }

    #[test]
    fn a_damaged_line_is_left_out_and_the_others_count() {
        let folder = tempfile::tempdir().unwrap();
        list(folder.path(), &format!("{{\n{}\n\u{fffd}", line("yunxi", "a.html")));
        let earlier = Earlier::read(folder.path());
        assert!(earlier.failed.names(&"yunxi".parse().unwrap()));
    }
}
