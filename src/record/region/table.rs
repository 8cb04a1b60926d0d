//! The table of administrative regions, frozen at a date: `scripts/regions.py` says where it comes from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;

use crate::words::PEOPLES;

/// The regions from provinces to townships, with the retired codes of counties and prefectures.
pub(super) struct Table {
    /// Sorted by code.
    regions: Vec<Entry>,
    /// Every name and short name with the indices of the regions that bear it.
    names: HashMap<Cow<'static, str>, Vec<usize>>,
    /// The longest name in characters.
    pub(super) longest_name: usize,
}

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

impl Entry {
    /// 克井镇: the table has 济源市克井镇 below 济源市.
    fn bare_name(&self, holder: Option<&Self>) -> Option<&'static str> {
        let holder = holder.filter(|holder| self.code.len() == 9 && self.code.starts_with(holder.code))?;
        let bare = self.name.strip_prefix(holder.name).filter(|bare| bare.chars().count() > 2)?;
        ["镇", "乡", "街道"].iter().any(|rank| bare.ends_with(rank)).then_some(bare)
    }
}

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    let mut packed = GzDecoder::new(include_bytes!("table.tsv.gz").as_slice());
    packed.read_to_string(&mut text).expect("the table that is part of the program unpacks");
    text
});

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let regions: Vec<Entry> = TEXT.lines().filter_map(entry).collect();
    let mut names: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::with_capacity(regions.len());
    let mut holder: Option<&Entry> = None;
    for (n, region) in regions.iter().enumerate() {
        if region.code.len() < 9 {
            holder = Some(region);
        }
        if is_called_like_a_department(region, holder) {
            continue;
        }
        names.entry(Cow::Borrowed(region.name)).or_default().push(n);
        if let Some(bare) = region.bare_name(holder) {
            names.entry(Cow::Borrowed(bare)).or_default().push(n);
        }
        if let Some(short) = short_name(region).filter(|_| !region.retired) {
            names.entry(Cow::Borrowed(short)).or_default().push(n);
        }
        for short in short_autonomous(region).into_iter().filter(|short| !region.retired && short != region.name) {
            names.entry(Cow::Owned(short)).or_default().push(n);
        }
    }
    let longest_name = names.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    Table { regions, names, longest_name }
});

fn entry(line: &'static str) -> Option<Entry> {
    let mut fields = line.split('\t');
    Some(Entry { code: fields.next()?, name: fields.next()?, retired: fields.next().is_some() })
}

/// The name that people use for a province or a prefecture, or for what stands directly below a province: 湖南, 广西,
/// 株洲, 济源, 石河子, 神农架.
fn short_name(region: &Entry) -> Option<&'static str> {
    let endings: &[&str] = match region.code.len() {
        2 => &["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"],
        4 => &["地区", "市"],
        // The numbers behind 90 are those of no prefecture (GB/T 2260).
        6 if region.code.get(2..4) == Some("90") => &["林区", "市"],
        _ => return None,
    };
    let short = endings.iter().find_map(|ending| region.name.strip_suffix(ending))?;
    // Cities below a province whose names are ordinary words, too.
    let is_word = ["东方", "新星", "白杨", "双河"].contains(&short);
    (short.chars().count() >= 2 && !is_word).then_some(short)
}

/// 德宏州 and 德宏自治州 for 德宏傣族景颇族自治州, 玉屏县 and 玉屏自治县 for 玉屏侗族自治县.
fn short_autonomous(region: &Entry) -> Vec<String> {
    const RANKS: [(&str, &str); 3] = [("州", "自治州"), ("县", "自治县"), ("旗", "自治旗")];
    let named = RANKS.iter().find_map(|(rank, full)| Some((rank, full, region.name.strip_suffix(full)?)));
    let Some((rank, full, name)) = named else { return Vec::new() };
    let long = |name: &str| name.chars().count() >= 2;
    let mut short = name;
    while let Some(rest) = PEOPLES.ends(short).and_then(|people| short.strip_suffix(people.text)).filter(|it| long(it))
    {
        short = rest;
    }
    // 东乡族自治县 has nothing but the people's name, and is called 东乡县.
    let short = short.strip_suffix('族').filter(|it| long(it)).unwrap_or(short);
    vec![format!("{short}{rank}"), format!("{short}{full}")]
}

/// A unit of the statistics at the rank of a township that is called like a department: 安图县林业局, 林草局.
///
/// Where a body signs so, it is the department of the county.
fn is_called_like_a_department(region: &Entry, holder: Option<&Entry>) -> bool {
    let bare = || region.name.chars().count() <= 3 || region.name.starts_with("社会");
    region.code.len() == 9
        && region.name.ends_with('局')
        && (bare() || holder.is_some_and(|holder| region.name.starts_with(holder.name)))
}

impl Table {
    /// The table of the program.
    pub(super) fn shipped() -> &'static Self {
        &TABLE
    }

    /// The region with exactly these digits.
    pub(super) fn with_code(&self, code: &str) -> Option<Entry> {
        let at = self.regions.binary_search_by(|region| region.code.cmp(code)).ok()?;
        self.regions.get(at).copied()
    }

    /// The regions that bear a name or are called so for short.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = Entry> {
        self.names.get(name).into_iter().flatten().filter_map(|&n| self.regions.get(n).copied())
    }

    /// The regions that hold one with this code, outermost first, itself included.
    pub(super) fn lineage(&self, code: &str) -> Vec<Entry> {
        [2, 4, 6, 9].into_iter().filter_map(|digits| self.with_code(code.get(..digits)?)).collect()
    }
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
        assert!(table.regions.is_sorted_by(|a, b| a.code < b.code), "codes are sorted and unique");
        assert!(table.regions.iter().filter(|region| region.code.len() == 9).count() > 41_000);
    }

    #[test]
    fn short_names_are_those_of_provinces_and_prefectures() {
        let table = Table::shipped();
        let codes = |name| table.named(name).map(|region| region.code).collect::<Vec<_>>();
        assert_eq!(codes("广西"), ["45"]);
        assert_eq!(codes("株洲"), ["4302"]);
        assert_eq!(codes("吉林"), ["22", "2202"], "ambiguous, so the caller must decide");
        assert_eq!(codes("醴陵"), [""; 0]);
    }
}
