//! The issuing body under one name: 青石镇人民政府 of 云溪县 is 云溪县青石镇人民政府 in every year and on every portal.

mod kind;

use kind::{is_body, join};

use super::table::{Entry, Table};
use super::{Evidence, XINJIANG, Zone, home, is_central, is_township, level, longest, only_one, zone};
use crate::model::Genre;
use crate::text::is_blank;
use crate::words::{MINISTRIES, ZONES};

/// Most characters of the name of a body.
const LONGEST_NAME: usize = 40;

/// An issuing body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Issuer {
    /// Its name behind that of its county or city.
    pub(in super::super) name: String,
    /// Its own level; `None` for bodies of the whole country and of zones.
    pub(in super::super) level: Option<&'static str>,
}

/// Who issued a document; `None` where that is not certain.
///
/// The first signature decides, since the body that leads signs first; without one the head of the title, and for the
/// report of a year whose title names nobody the body that 来源 names, unless it is one that publishes for others.
pub(in super::super) fn issuer(evidence: &Evidence<'_>, genre: Option<Genre>) -> Option<Issuer> {
    let place = Place { table: Table::shipped(), home: home(Table::shipped(), evidence), evidence };
    if let Some(signed) = evidence.issuers.first() {
        return place.body(signed, true);
    }
    let is_annual = matches!(genre, Some(Genre::RuleOfLawAnnual | Genre::FoiAnnual | Genre::WorkReport));
    if evidence.headline || !is_annual {
        return None;
    }
    let titled = evidence.title.and_then(title_head).and_then(|head| place.body(head, true));
    titled.or_else(|| {
        let publisher = evidence.publisher.filter(|name| !publishes_for_others(name))?;
        // 来源：云溪县 names the portal.
        place.body(publisher, false)
    })
}

/// What a title names before the year or before what it reports: 云溪县司法局2022年度….
fn title_head(title: &str) -> Option<&str> {
    let words =
        ["关于", "法治政府", "法治建设", "政府信息公开", "政务公开", "年度", "政府工作报告", "工作报告", "推进"];
    let title = subject(title);
    let digits = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '二' || c == '〔';
    let word = words.iter().filter_map(|word| title.find(word)).min();
    let end = word.into_iter().chain(title.find(digits)).min()?;
    title.get(..end).map(|head| head.trim_matches(is_blank)).filter(|head| !head.is_empty())
}

/// 洛阳市… in 2022年度洛阳市… and 关于洛阳市….
fn subject(title: &str) -> &str {
    let title = title.strip_prefix("关于").unwrap_or(title);
    let behind = title.trim_start_matches(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c));
    let named = behind.strip_prefix('年').filter(|_| behind.len() < title.len());
    named.map_or(title, |named| named.strip_prefix('度').unwrap_or(named))
}

/// 县司法局 and the office of the government put the reports of others on the portal.
fn publishes_for_others(name: &str) -> bool {
    ["司法局", "司法厅", "办公室", "办公厅", "政府办", "府办", "融媒体", "融媒体中心", "信息中心", "宣传部", "网"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// What is known of the place that a name is read in.
struct Place<'a> {
    table: &'a Table,
    home: Option<Entry>,
    evidence: &'a Evidence<'a>,
}

/// A name in parts: what stands before the region, the region, and what kind of body it is.
struct Parts<'a> {
    /// 中共, 国家税务总局.
    before: &'a str,
    /// Everything behind it.
    rest: &'a str,
}

impl Place<'_> {
    /// The body that a text names; a region alone names its government where that is `complete`d.
    fn body(&self, text: &str, complete: bool) -> Option<Issuer> {
        let name: String = text.chars().filter(|&c| !is_blank(c)).collect();
        let marks = |c: char| "，。、；：！？《》（）()“”".contains(c);
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(marks) {
            return None;
        }
        let parts = parts(&name);
        self.in_table(&parts, complete)
            .or_else(|| self.by_rank(&parts))
            .or_else(|| self.township(&parts))
            .or_else(|| county(&parts, complete && self.names_government(parts.rest)))
            .or_else(|| {
                let national = name.strip_prefix("国家").filter(|kind| !kind.is_empty());
                let full = national.and_then(|kind| join("", "国家", kind)).unwrap_or_else(|| name.clone());
                (is_central(&name) || MINISTRIES.starts(&name).is_some()).then_some(Issuer { name: full, level: None })
            })
    }

    /// A name that begins with a region of the table.
    fn in_table(&self, parts: &Parts<'_>, complete: bool) -> Option<Issuer> {
        let choose = |candidates: &[Entry]| only_one(candidates, self.home);
        let (region, rest) = longest(self.table, parts.rest, &choose, &|_, _| true)?;
        // 天河区人民政府石牌街道办事处 is an office of that government.
        let rest = rest.strip_prefix("人民政府").filter(|town| is_township(town)).unwrap_or(rest);
        if let Some(corps) = corps(region, rest) {
            return Some(Issuer { name: format!("新疆生产建设兵团{corps}"), level: None });
        }
        if let Some(zone) = zone(region, rest) {
            let kind = rest.strip_suffix("管委会").map_or_else(|| rest.to_owned(), |zone| format!("{zone}管理委员会"));
            let name = format!("{}{}{kind}", parts.before, self.full_name(region));
            return (zone == Zone::Inside && is_body(rest)).then_some(Issuer { name, level: None });
        }
        if is_township(rest) {
            // A town that the table lacks, in a county that it has.
            let (town, kind) =
                town(rest).filter(|_| region.code.len() == 6 || is_without_counties(self.table, region))?;
            let name = join(parts.before, &format!("{}{town}", self.full_name(region)), kind)?;
            return Some(Issuer { name, level: Some("township") });
        }
        let alone = rest.is_empty() && (region.code.len() == 9 || (complete && self.names_government(parts.rest)));
        if !alone && !is_body(rest) {
            return None;
        }
        let level = level(&padded(region.code)).map(|(_, level)| level).filter(|_| !is_zone(region));
        Some(Issuer { name: join(parts.before, &self.full_name(region), rest)?, level })
    }

    /// Only the title of a report ends with a region alone: a signature does not.
    fn names_government(&self, name: &str) -> bool {
        self.evidence.issuers.is_empty() && self.evidence.title.is_some_and(|title| subject(title).starts_with(name))
    }

    /// 市财政局 on the portal of a city, 镇人民政府 where the source is that of a town.
    fn by_rank(&self, parts: &Parts<'_>) -> Option<Issuer> {
        let home = self.home?;
        let ranks =
            ["自治区", "自治州", "自治县", "自治旗", "街道", "省", "市", "州", "盟", "县", "区", "旗", "镇", "乡"];
        let said = ranks.iter().find(|rank| home.name.ends_with(*rank) && parts.rest.starts_with(*rank))?;
        let rest = parts.rest.strip_prefix(said).filter(|rest| is_body(rest))?;
        let level = level(&padded(home.code)).map(|(_, level)| level);
        Some(Issuer { name: join(parts.before, &self.full_name(home), rest)?, level })
    }

    /// A town that the table lacks, or that shares its name with others: where it lies is said elsewhere.
    fn township(&self, parts: &Parts<'_>) -> Option<Issuer> {
        let (town, kind) = town(parts.rest)?;
        let bare = town.rsplit_once(['县', '市', '区', '旗']).filter(|(_, town)| town.chars().count() > 1);
        let (holder, town) = match bare {
            // 云溪县青石镇人民政府 of a county that the table lacks.
            Some((_, bare)) => (Some(town.strip_suffix(bare)?.to_owned()), bare),
            None => (self.county_of(town), town),
        };
        let name = join(parts.before, &format!("{}{town}", holder?), kind)?;
        Some(Issuer { name, level: Some("township") })
    }

    /// The county of a town: it is named before it in the title, by 来源 or in the breadcrumb, or is the portal's.
    fn county_of(&self, town: &str) -> Option<String> {
        let evidence = self.evidence;
        let columns = evidence.breadcrumb.iter().map(String::as_str);
        let texts: Vec<&str> = evidence.title.into_iter().chain(evidence.publisher).chain(columns).collect();
        let beside = texts.iter().find_map(|text| {
            let before = text.split_once(town)?.0;
            self.county_name(before).filter(|name| before.ends_with(name.as_str()) || before.ends_with(last_part(name)))
        });
        beside.or_else(|| self.portal()).or_else(|| {
            let readers = evidence.addressees.iter().map(String::as_str);
            let mut named: Vec<String> =
                texts.iter().copied().chain(readers).filter_map(|text| self.county_name(text)).collect();
            named.sort_unstable();
            named.dedup();
            // Two counties are one too many.
            named.pop().filter(|_| named.is_empty())
        })
    }

    /// The county, or the city without counties, whose portal it is.
    fn portal(&self) -> Option<String> {
        let home = self.home?;
        let county = match home.code.len() {
            6 => home,
            9 => self.table.with_code(home.code.get(..6)?)?,
            _ => Some(home).filter(|home| is_without_counties(self.table, *home))?,
        };
        Some(self.full_name(county))
    }

    /// The county that a text begins with.
    fn county_name(&self, text: &str) -> Option<String> {
        let choose = |candidates: &[Entry]| only_one(candidates, self.home);
        let known = longest(self.table, text, &choose, &|_, _| true);
        if let Some((region, rest)) = known {
            let counts = region.code.len() == 6 || is_without_counties(self.table, region);
            return counts.then(|| self.full_name(region)).or_else(|| county_in(rest).map(ToOwned::to_owned));
        }
        county_in(text).map(ToOwned::to_owned)
    }

    /// A region's name with as much before it as makes it the only one: 醴陵市, 南京市鼓楼区, 醴陵市枫林镇.
    fn full_name(&self, region: Entry) -> String {
        let above = |digits: usize| region.code.get(..digits).and_then(|code| self.table.with_code(code));
        match region.code.len() {
            6 => {
                let same = self
                    .table
                    .named(region.name)
                    .filter(|other| other.code.len() == 6 && other.name == region.name && !other.retired);
                let district = region.name.ends_with('区') || same.count() > 1;
                let holder =
                    above(4).filter(|holder| !holder.retired && holder.name != region.name).or_else(|| above(2));
                match holder.filter(|holder| district && holder.name != region.name) {
                    // 合肥经济技术开发区 of 合肥市.
                    Some(holder) => {
                        let short = holder.name.strip_suffix('市').filter(|_| is_zone(region));
                        let name = short.and_then(|short| region.name.strip_prefix(short)).unwrap_or(region.name);
                        format!("{}{name}", holder.name)
                    }
                    None => region.name.to_owned(),
                }
            }
            9 => {
                let Some(holder) = above(6).or_else(|| above(4)) else { return region.name.to_owned() };
                // The table has 济源市克井镇 below 济源市.
                let town = region.name.strip_prefix(holder.name).filter(|town| town.chars().count() > 2);
                format!("{}{}", self.full_name(holder), town.unwrap_or(region.name))
            }
            _ => region.name.to_owned(),
        }
    }
}

/// 东莞, 中山, 儋州, 嘉峪关: towns stand directly below them.
fn is_without_counties(table: &Table, region: Entry) -> bool {
    region.code.len() == 4
        && table
            .with_code(&format!("{}00", region.code))
            .or_else(|| table.with_code(&format!("{}01", region.code)))
            .is_some_and(|inner| inner.name == region.name)
}

/// A zone that the statistics count like a county, by a number that GB/T 2260 keeps for what is none.
fn is_zone(region: Entry) -> bool {
    let county = || region.code.get(4..6).is_some_and(|number| number > "70");
    region.code.len() == 6 && county() && ZONES.is_in(region.name)
}

/// What stands behind 新疆生产建设兵团, which is no region and has one name.
fn corps(region: Entry, rest: &str) -> Option<&str> {
    let corps = rest.strip_prefix("生产建设兵团").filter(|_| region.code == XINJIANG)?;
    (corps.is_empty() || is_body(corps)).then_some(corps)
}

/// The name behind 南京市 in 南京市鼓楼区.
fn last_part(name: &str) -> &str {
    name.split_once(['市', '省']).map_or(name, |(_, last)| last)
}

/// The digits of a region as a code of GB/T 2260 or of the statistics.
fn padded(code: &str) -> String {
    let width = if code.len() > 6 { 12 } else { 6 };
    format!("{code:0<width$}")
}

/// Splits what stands before the region from a name.
fn parts(name: &str) -> Parts<'_> {
    const PARTY: &str = "中共";
    const CONFERENCE: &str = "政协";
    let heads = [
        ("中国共产党", PARTY),
        (PARTY, PARTY),
        ("共青团", "共青团"),
        ("中国人民政治协商会议", CONFERENCE),
        (CONFERENCE, CONFERENCE),
        ("中国人民银行", "中国人民银行"),
    ];
    let known = heads.into_iter().find_map(|(said, before)| Some((before, name.strip_prefix(said)?)));
    // 国家税务总局佛山市税务局, 国家统计局湖南调查总队
    let national = || name.starts_with("国家").then(|| name.split_at_checked(name.find('局')? + '局'.len_utf8()))?;
    let (before, rest) = known.or_else(national).filter(|(_, rest)| !rest.is_empty()).unwrap_or(("", name));
    Parts { before, rest }
}

/// 云溪县 in 云溪县人民政府门户网站: a county by the form of its name.
fn county_in(text: &str) -> Option<&str> {
    let end = text
        .char_indices()
        .filter(|(_, c)| ['县', '旗'].contains(c) || *c == '市' || *c == '区')
        .map(|(at, c)| at + c.len_utf8())
        .next()?;
    let (name, rest) = text.split_at_checked(end)?;
    let is_name = (2..=6).contains(&name.chars().count()) && name.chars().all(crate::text::is_ideograph);
    let goes_on = rest.is_empty()
        || ["人民政府", "政府", "委", "司法局", "信息", "门户"].iter().any(|word| rest.starts_with(word))
        || is_township(rest);
    (is_name && goes_on && !name.contains(['局', '委', '各', '本', '全', '我'])).then_some(name)
}

/// A body of a county that the table lacks: 云溪县司法局; its government where the county `governs`.
fn county(parts: &Parts<'_>, governs: bool) -> Option<Issuer> {
    let end = parts.rest.char_indices().find(|(_, c)| ['县', '旗'].contains(c)).map(|(at, c)| at + c.len_utf8())?;
    let (name, rest) = parts.rest.split_at_checked(end)?;
    let is_name = (2..=8).contains(&name.chars().count()) && !name.contains(['局', '委', '各', '本', '全', '我']);
    if !is_name || !(is_body(rest) || rest.is_empty() && governs) {
        return None;
    }
    // 云溪县青石镇自然资源所 is none of the county's, 青石镇东坡村村民委员会 none of the town's.
    let place = |marks: &[char]| rest.char_indices().any(|(at, c)| at > '县'.len_utf8() && marks.contains(&c));
    let level = match (place(&['镇', '乡']), place(&['村', '居'])) {
        (true, true) => None,
        (true, false) => Some("township"),
        (false, _) => Some("county"),
    };
    Some(Issuer { name: join(parts.before, name, rest)?, level })
}

/// A town and what kind of body of it is meant: 青石镇 and 人民政府.
fn town(text: &str) -> Option<(&str, &str)> {
    if !is_township(text) {
        return None;
    }
    let ranks = ["街道", "苏木", "镇", "乡"].iter();
    let ends = ranks.filter_map(|rank| text.rfind(rank).map(|at| at + rank.len()));
    ends.filter_map(|end| text.split_at_checked(end))
        .find(|(town, rest)| town.chars().count() > 1 && (rest.is_empty() || is_body(rest)))
}

#[cfg(test)]
mod tests;
