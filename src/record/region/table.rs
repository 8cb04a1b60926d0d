//! The table of administrative regions, frozen at a date: `scripts/regions.py` says where it comes from.

use std::ops::Range;

/// The regions from provinces to townships, with the retired codes of counties and prefectures; `build/regions.rs` makes
/// what finds them, so that no start of the program waits for it.
pub(super) struct Table {
    /// Sorted by code; a line is a code, a name, and the last edition that has it if it is no longer in use.
    text: &'static str,
    /// Where each line begins, and where the last one ends.
    lines: &'static [[u8; 4]],
    /// Every name and short name, sorted, one a line.
    names: &'static str,
    /// Where the line of each name begins and the number of the region that bears it, and the end of the names.
    named: &'static [[[u8; 4]; 2]],
}

static TABLE: Table = Table {
    text: include_str!("table.tsv"),
    lines: include_bytes!(concat!(env!("OUT_DIR"), "/region_lines.bin")).as_chunks().0,
    names: include_str!(concat!(env!("OUT_DIR"), "/region_names.txt")),
    named: include_bytes!(concat!(env!("OUT_DIR"), "/region_named.bin")).as_chunks().0.as_chunks().0,
};

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// 2 digits for a province, 4 for a prefecture, 6 for a county, 9 for a township: a region's code begins with that of
    /// the region that holds it.
    pub(super) code: &'static str,
    /// Its own name, without those of the regions above.
    pub(super) name: &'static str,
    /// No longer in use.
    pub(super) retired: bool,
}

impl Table {
    /// The table of the program.
    pub(super) fn shipped() -> &'static Self {
        &TABLE
    }

    /// The region with exactly these digits.
    pub(super) fn with_code(&self, code: &str) -> Option<Entry> {
        let n = first(0..self.lines.len() - 1, |n| self.region(n).is_some_and(|region| region.code < code));
        self.region(n).filter(|region| region.code == code)
    }

    /// The regions that bear a name or are called so for short.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = Entry> {
        let start = first(0..self.named.len() - 1, |n| self.name_at(n) < Some(name));
        let regions = (start..self.named.len() - 1).take_while(move |&n| self.name_at(n) == Some(name));
        regions.filter_map(|n| self.region(number(self.named.get(n)?[1])))
    }

    /// The names at the beginning of a text, by where they end in it, shortest first.
    pub(super) fn names_at_head(&self, text: &str) -> Vec<usize> {
        let mut longer = 0..self.named.len() - 1;
        let mut ends = Vec::new();
        for end in text.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let Some(head) = text.get(..end) else { break };
            longer.start = first(longer.clone(), |n| self.name_at(n).is_some_and(|name| name < head));
            longer.end = first(longer.clone(), |n| self.name_at(n).is_some_and(|name| name.starts_with(head)));
            if longer.is_empty() {
                break;
            }
            if self.name_at(longer.start) == Some(head) {
                ends.push(end);
            }
        }
        ends
    }

    /// The regions that hold one with this code, outermost first, itself included.
    pub(super) fn lineage(&self, code: &str) -> Vec<Entry> {
        [2, 4, 6, 9].into_iter().filter_map(|digits| self.with_code(code.get(..digits)?)).collect()
    }

    fn region(&self, n: usize) -> Option<Entry> {
        let line = self.text.get(number(*self.lines.get(n)?)..number(*self.lines.get(n + 1)?))?;
        let mut fields = line.trim_end_matches('\n').split('\t');
        Some(Entry { code: fields.next()?, name: fields.next()?, retired: fields.next().is_some() })
    }

    fn name_at(&self, n: usize) -> Option<&'static str> {
        let ends = [self.named.get(n)?[0], self.named.get(n + 1)?[0]].map(number);
        self.names.get(ends[0]..ends[1])?.strip_suffix('\n')
    }
}

fn number(bytes: [u8; 4]) -> usize {
    u32::from_le_bytes(bytes) as usize
}

/// The first of some numbers that is not before what is looked for, given that all that are before it come first.
fn first(among: Range<usize>, is_before: impl Fn(usize) -> bool) -> usize {
    let Range { mut start, mut end } = among;
    while start < end {
        let middle = start.midpoint(end);
        if is_before(middle) {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_level_and_the_retired_codes() {
        let table = Table::shipped();
        for (code, name) in [("43", "湖南省"), ("4302", "株洲市"), ("430281", "醴陵市"), ("510132", "新津县")]
        {
            assert_eq!(table.with_code(code).map(|region| region.name), Some(name));
        }
        assert!(table.with_code("510132").unwrap().retired, "新津 is a district now");
        assert_eq!(table.with_code("999999"), None);
        let codes: Vec<&str> = (0..).map_while(|n| table.region(n)).map(|region| region.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "codes are sorted and unique");
        assert!(codes.iter().filter(|code| code.len() == 9).count() > 41_000);
    }

    #[test]
    fn short_names_are_those_of_provinces_and_prefectures() {
        let table = Table::shipped();
        let codes = |name| table.named(name).map(|region| region.code).collect::<Vec<_>>();
        assert_eq!(codes("广西"), ["45"]);
        assert_eq!(codes("株洲"), ["4302"]);
        assert_eq!(codes("吉林"), ["22", "2202"], "ambiguous, so the caller must decide");
        assert_eq!(codes("醴陵"), [""; 0]);
        assert_eq!(codes("德宏州"), ["5331"]);
        assert_eq!(codes("玉屏自治县"), codes("玉屏县"));
        assert_eq!(codes("东乡县"), ["361029", "622926"], "a county of Jiangxi bore the name");
    }

    #[test]
    fn every_name_at_the_beginning_of_a_text_is_found() {
        let table = Table::shipped();
        let heads = |text: &'static str| -> Vec<&str> {
            table.names_at_head(text).into_iter().map(|end| text.get(..end).unwrap()).collect()
        };
        assert_eq!(heads("湖南省株洲市"), ["湖南", "湖南省"]);
        assert_eq!(heads("湖南"), ["湖南"]);
        assert_eq!(heads("吉林市人民政府"), ["吉林", "吉林市"]);
        assert_eq!(heads("某某"), [""; 0]);
        assert_eq!(heads(""), [""; 0]);
        let mut names = (0..).map_while(|n| table.name_at(n));
        assert!(
            names.all(|name| table.names_at_head(name).last() == Some(&name.len()) && table.named(name).count() > 0)
        );
    }
}
