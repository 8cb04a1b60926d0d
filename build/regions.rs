//! The names that regions of the table bear or are called by for short, sorted.

/// What finds a region by its code or by a name.
pub(crate) struct Index {
    /// Where each line of the table begins, and where the last one ends: `u32` in little-endian order.
    pub(crate) lines: Vec<u8>,
    /// The names, sorted, one a line; a name of several regions stands once for each, in the order of their codes.
    pub(crate) names: String,
    /// For each name where its line begins and the number of its region in the table, and the end of the names: pairs of
    /// `u32` in little-endian order.
    pub(crate) named: Vec<u8>,
}

/// One line of the table.
struct Region<'a> {
    code: &'a str,
    name: &'a str,
    retired: bool,
}

impl<'a> Region<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut fields = line.split('\t');
        Some(Self { code: fields.next()?, name: fields.next()?, retired: fields.next().is_some() })
    }

    /// 克井镇: the table has 济源市克井镇 below 济源市.
    fn bare_name(&self, holder: Option<&Self>) -> Option<&'a str> {
        let holder = holder.filter(|holder| self.code.len() == 9 && self.code.starts_with(holder.code))?;
        let bare = self.name.strip_prefix(holder.name).filter(|bare| bare.chars().count() > 2)?;
        ["镇", "乡", "街道"].iter().any(|rank| bare.ends_with(rank)).then_some(bare)
    }

    /// The name that people use for a province or a prefecture, or for what stands directly below a province: 湖南, 广西,
    /// 株洲, 济源, 石河子, 神农架.
    fn short_name(&self) -> Option<&'a str> {
        let endings: &[&str] = match self.code.len() {
            2 => &["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"],
            4 => &["地区", "市"],
            // The numbers behind 90 are those of no prefecture (GB/T 2260).
            6 if self.code.get(2..4) == Some("90") => &["林区", "市"],
            _ => return None,
        };
        let short = endings.iter().find_map(|ending| self.name.strip_suffix(ending))?;
        // Cities below a province whose names are ordinary words, too.
        let is_word = ["东方", "新星", "白杨", "双河"].contains(&short);
        (short.chars().count() >= 2 && !is_word).then_some(short)
    }

    /// 德宏州 and 德宏自治州 for 德宏傣族景颇族自治州, 玉屏县 and 玉屏自治县 for 玉屏侗族自治县.
    fn short_autonomous(&self, peoples: &[&str]) -> Vec<String> {
        const RANKS: [(&str, &str); 3] = [("州", "自治州"), ("县", "自治县"), ("旗", "自治旗")];
        let named = RANKS.iter().find_map(|(rank, full)| Some((rank, full, self.name.strip_suffix(full)?)));
        let Some((rank, full, name)) = named else { return Vec::new() };
        let long = |name: &&str| name.chars().count() >= 2;
        let mut short = name;
        while let Some(rest) = peoples.iter().find_map(|people| short.strip_suffix(people)).filter(long) {
            short = rest;
        }
        // 东乡族自治县 has nothing but the people's name, and is called 东乡县.
        let short = short.strip_suffix('族').filter(long).unwrap_or(short);
        vec![format!("{short}{rank}"), format!("{short}{full}")]
    }

    /// A unit of the statistics at the rank of a township that is called like a department: 安图县林业局, 林草局.
    ///
    /// Where a body signs so, it is the department of the county.
    fn is_called_like_a_department(&self, holder: Option<&Self>) -> bool {
        let bare = || self.name.chars().count() <= 3 || self.name.starts_with("社会");
        self.code.len() == 9
            && self.name.ends_with('局')
            && (bare() || holder.is_some_and(|holder| self.name.starts_with(holder.name)))
    }
}

/// The index of a table whose lines are sorted by code, given the names of the peoples.
pub(crate) fn index(table: &str, peoples: &str) -> Index {
    // A remark stands behind `#`, as in every list of words.
    let words = peoples.lines().map(|line| line.split('#').next().unwrap_or_default().trim_end());
    let mut peoples: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    peoples.sort_by_key(|people| std::cmp::Reverse(people.len()));
    let regions: Vec<Region> = table.lines().filter_map(Region::read).collect();
    let mut named: Vec<(String, usize)> = Vec::with_capacity(regions.len());
    let mut holder: Option<&Region> = None;
    for (n, region) in regions.iter().enumerate() {
        if region.code.len() < 9 {
            holder = Some(region);
        }
        if region.is_called_like_a_department(holder) {
            continue;
        }
        named.push((region.name.to_owned(), n));
        named.extend(region.bare_name(holder).map(|bare| (bare.to_owned(), n)));
        if !region.retired {
            named.extend(region.short_name().map(|short| (short.to_owned(), n)));
            let short = region.short_autonomous(&peoples).into_iter().filter(|short| short != region.name);
            named.extend(short.map(|short| (short, n)));
        }
    }
    // Stable: regions of one name stay in the order of the table.
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    laid_out(table, &named)
}

fn laid_out(table: &str, named: &[(String, usize)]) -> Index {
    let number = |n: usize| u32::try_from(n).expect("the table is small").to_le_bytes();
    let mut index = Index { lines: Vec::new(), names: String::new(), named: Vec::new() };
    let mut start = 0;
    for line in table.split_inclusive('\n') {
        index.lines.extend(number(start));
        start += line.len();
    }
    index.lines.extend(number(start));
    for (name, region) in named {
        index.named.extend(number(index.names.len()));
        index.named.extend(number(*region));
        index.names.push_str(name);
        index.names.push('\n');
    }
    index.named.extend(number(index.names.len()));
    index.named.extend(number(0));
    index
}
