//! The report of a run, and the list of pages that failed.

use std::path::Path;

use jiff::Timestamp;

use super::atomic::{lines, replace};
use super::{WriteError, json_line};
use crate::model::{FailedPage, RunReport};

/// Writes `output/runs/<id>.json`.
///
/// # Errors
/// What keeps it from being written.
pub fn report(output: &Path, report: &RunReport) -> Result<(), WriteError> {
    let mut json = Vec::new();
    json_line(&mut json, report);
    replace(&output.join("runs").join(format!("{}.json", report.id)), &json)?;
    Ok(())
}

/// An id for a run that begins now and keeps no state: the start as `YYYYMMDDTHHMMSSZ`, with a number behind it if a run
/// of the same second has a report already.
pub fn new_id(output: &Path, at: Timestamp) -> String {
    let stem = at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let numbered = (2..).map(|n: u32| format!("{stem}-{n}"));
    let free = |id: &String| !output.join("runs").join(format!("{id}.json")).exists();
    std::iter::once(stem.clone()).chain(numbered).find(free).unwrap_or_default()
}

/// Brings `output/failed.jsonl` up to date: the lines that `outdated` says are replaced by `pages`, the others stay.
///
/// The lines are ordered by source, address and stage. The file is made with the first page that fails, and removed
/// with the last. A damaged line goes: the state knows of its page too, and it is asked for again. Gives how many did.
///
/// # Errors
/// What keeps it from being written.
pub fn failed(
    output: &Path,
    pages: &[FailedPage],
    outdated: impl Fn(&FailedPage) -> bool,
) -> Result<usize, WriteError> {
    let path = output.join("failed.jsonl");
    let mut all = pages.to_vec();
    let mut damaged = 0;
    lines(&path, |_, line| {
        match serde_json::from_slice(line) {
            Ok(page) if !outdated(&page) => all.push(page),
            Ok(_) => {}
            Err(_) => damaged += 1,
        }
        Ok(())
    })?;
    if all.is_empty() {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(WriteError::at(&path, error)),
            _ => Ok(damaged),
        };
    }
    all.sort_by(|a, b| (&a.source, &a.url, a.stage).cmp(&(&b.source, &b.url, b.stage)));
    let mut text = Vec::new();
    for page in &all {
        json_line(&mut text, page);
    }
    replace(&path, &text)?;
    Ok(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Reason, Stage};

    fn page(path: &str, stage: Stage) -> FailedPage {
        FailedPage {
            source: "qingshi".parse().unwrap(),
            url: format!("http://www.qingshi.test/{path}").parse().unwrap(),
            stage,
            reason: Reason::Timeout,
            detail: "no answer within 60s".to_owned(),
            at: "2026-03-01T00:00:00Z".parse().unwrap(),
            title: None,
            listed: None,
        }
    }

    #[test]
    fn a_build_leaves_what_the_crawl_found_and_the_file_goes_with_its_last_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("failed.jsonl");
        let n_lines = || std::fs::read_to_string(&path).map_or(0, |text| text.lines().count());
        failed(folder.path(), &[], |_| true).unwrap();
        assert!(!path.exists());
        failed(folder.path(), &[page("b", Stage::Fetch), page("a", Stage::Fetch)], |page| page.stage == Stage::Fetch)
            .unwrap();
        failed(folder.path(), &[page("c", Stage::Extract)], |page| page.stage == Stage::Extract).unwrap();
        assert_eq!(n_lines(), 3);
        assert!(
            std::fs::read_to_string(&path)
                .unwrap()
                .starts_with(r#"{"source":"qingshi","url":"http://www.qingshi.test/a","#)
        );
        failed(folder.path(), &[], |page| page.stage == Stage::Fetch).unwrap();
        assert_eq!(n_lines(), 1);
        failed(folder.path(), &[], |_| true).unwrap();
        assert!(!path.exists());
    }
}
