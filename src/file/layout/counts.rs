//! How often each rule of reading applied.

use std::collections::BTreeMap;

use crate::file::FileRule;

/// How often each rule applied.
pub(in crate::file) type Counts = BTreeMap<FileRule, usize>;

/// Adds to a count.
pub(super) fn count(counts: &mut Counts, rule: FileRule, times: usize) {
    if times > 0 {
        *counts.entry(rule).or_default() += times;
    }
}
