//! What a run may spend on a source: pages below one folder, depth, files, bytes, time.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use url::Url;

use super::plan::{KeyHash, key_hash};
use crate::config::Budget;

/// What a run has spent on a source.
#[derive(Debug)]
pub(super) struct Spent<'a> {
    budget: &'a Budget,
    began: Instant,
    bytes: u64,
    /// How many files were asked for.
    files: usize,
    /// How many pages lie below each folder, by the hash of its address.
    folders: HashMap<KeyHash, usize>,
    /// Which part of the budget was used up first.
    pub(super) over: Option<String>,
}

impl<'a> Spent<'a> {
    /// Nothing yet.
    pub(super) fn none(budget: &'a Budget, now: Instant) -> Self {
        Self { budget, began: now, bytes: 0, files: 0, folders: HashMap::new(), over: None }
    }

    /// Whether a page still fits into the budget of folders; one that does is counted.
    pub(super) fn fits(&mut self, url: &Url) -> bool {
        let folders: Vec<&str> = url.path().match_indices('/').filter_map(|(at, _)| url.path().get(..=at)).collect();
        let Budget { pages_per_folder, depth, .. } = *self.budget;
        if folders.len() > depth {
            self.over
                .get_or_insert_with(|| format!("`{}` lies in more than {depth} folders (`budget.depth`)", url.path()));
            return false;
        }
        // What all pages share, the root, is the business of the other limits.
        let folders: Vec<String> =
            folders.into_iter().skip(1).map(|folder| format!("{}{folder}", url.authority())).collect();
        if let Some(full) =
            folders.iter().find(|folder| self.folders.get(&key_hash(folder)).is_some_and(|n| *n >= pages_per_folder))
        {
            let said = format!("more than {pages_per_folder} pages lie below `{full}` (`budget.pages_per_folder`)");
            self.over.get_or_insert(said);
            return false;
        }
        for folder in folders {
            *self.folders.entry(key_hash(&folder)).or_default() += 1;
        }
        true
    }

    /// Whether one more file fits into the budget; one that does is counted.
    pub(super) fn fits_file(&mut self) -> bool {
        let most = self.budget.attachments;
        if self.files >= most {
            self.over.get_or_insert_with(|| format!("more than {most} files hang on its pages (`budget.attachments`)"));
            return false;
        }
        self.files += 1;
        true
    }

    /// Counts what came.
    pub(super) fn took(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// Whether there is nothing left to spend.
    pub(super) fn is_used_up(&mut self, now: Instant) -> bool {
        let passed: Duration = now.saturating_duration_since(self.began);
        if self.bytes >= self.budget.bytes {
            self.over.get_or_insert(format!("{} bytes were fetched (`budget.bytes`)", self.bytes));
        } else if passed >= self.budget.time {
            self.over.get_or_insert(format!("{} s have passed (`budget.time`)", passed.as_secs()));
        } else {
            return false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse("http://www.yunxi.gov.cn/").unwrap().join(text).unwrap()
    }

    #[test]
    fn a_folder_takes_so_many_pages_and_no_more() {
        let budget = Budget { pages_per_folder: 2, depth: 4, ..Budget::default() };
        let mut spent = Spent::none(&budget, Instant::now());
        for (path, fits) in [
            ("/cal/2023/01/a.html", true),
            ("/cal/2023/02/a.html", true),
            ("/cal/2024/01/a.html", false),
            ("/fzzf/a.html", true),
            ("/a.html", true),
            ("/b.html", true),
            ("/c.html", true),
            ("/1/2/3/4/a.html", false),
        ] {
            assert_eq!(spent.fits(&url(path)), fits, "{path}");
        }
        assert_eq!(
            spent.over.as_deref(),
            Some("more than 2 pages lie below `www.yunxi.gov.cn/cal/` (`budget.pages_per_folder`)")
        );
    }

    #[test]
    fn a_run_takes_so_many_files_and_no_more() {
        let budget = Budget { attachments: 2, ..Budget::default() };
        let mut spent = Spent::none(&budget, Instant::now());
        assert_eq!([(); 3].map(|()| spent.fits_file()), [true, true, false]);
        assert_eq!(spent.over.as_deref(), Some("more than 2 files hang on its pages (`budget.attachments`)"));
    }

    #[test]
    fn bytes_and_time_are_used_up() {
        let budget = Budget { bytes: 10, time: Duration::from_mins(1), ..Budget::default() };
        let now = Instant::now();
        let mut spent = Spent::none(&budget, now);
        spent.took(9);
        assert!(!spent.is_used_up(now));
        assert!(spent.is_used_up(now + Duration::from_mins(1)));
        let mut spent = Spent::none(&budget, now);
        spent.took(10);
        assert!(spent.is_used_up(now));
        assert_eq!(spent.over.as_deref(), Some("10 bytes were fetched (`budget.bytes`)"));
    }
}
