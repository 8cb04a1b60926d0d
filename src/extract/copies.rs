//! Text that stands on the page a second time: the mobile copy beside the desktop's.

use crate::page::Lines;
use std::collections::HashMap;

/// Fewest characters of a sentence that is not said twice by chance.
const LONG: usize = 20;

/// For every line whether it belongs to a run of lines that stood on the page before, one of them a sentence.
pub(super) fn repeated(lines: &Lines) -> Vec<bool> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut again = vec![false; lines.len()];
    for n in 0..lines.len() {
        let sentence = lines.all.get(n).is_some_and(|line| line.marks > 0 && line.chars >= LONG);
        if !sentence {
            continue;
        }
        let known = *first.entry(lines.text(n)).or_insert(n);
        if known == n || again.get(n) != Some(&false) {
            continue;
        }
        let apart = n - known;
        let same = |m: &usize| *m >= apart && lines.text(*m) == lines.text(m - apart);
        let fresh = |m: &usize| same(m) && again.get(*m) == Some(&false);
        let back = (known + 1..=n).rev().take_while(fresh).last().unwrap_or(n);
        let behind = (n..lines.len()).take_while(same).last().unwrap_or(n);
        for slot in again.get_mut(back..=behind).into_iter().flatten() {
            *slot = true;
        }
    }
    again
}
