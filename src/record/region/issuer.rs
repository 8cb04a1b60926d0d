//! The issuing body under one name: 青石镇人民政府 of 云溪县 is 云溪县青石镇人民政府 in every year and on every portal.

use super::table::{Entry, Table};
use super::{Evidence, Zone, home, is_central, is_township, level, longest, only_one, zone};
use crate::model::Genre;
use crate::text::is_blank;
use crate::words::{BODIES, MINISTRIES};

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
    let digits = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '二' || c == '〔';
    let word = words.iter().filter_map(|word| title.find(word)).min();
    let end = word.into_iter().chain(title.find(digits)).min()?;
    title.get(..end).map(|head| head.trim_matches(is_blank)).filter(|head| !head.is_empty())
}

/// 县司法局 and the office of the government put the reports of others on the portal.
fn publishes_for_others(name: &str) -> bool {
    ["司法局", "司法厅", "办公室", "办公厅", "政府办", "府办", "融媒体", "信息中心", "宣传部", "网"]
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
    before: &'static str,
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
            .or_else(|| county(&parts))
            .or_else(|| {
                (is_central(&name) || MINISTRIES.starts(&name).is_some())
                    .then(|| Issuer { name: name.clone(), level: None })
            })
    }

    /// A name that begins with a region of the table.
    fn in_table(&self, parts: &Parts<'_>, complete: bool) -> Option<Issuer> {
        let choose = |candidates: &[Entry]| only_one(candidates, self.home);
        let (region, rest) = longest(self.table, parts.rest, &choose, &|_, _| true)?;
        if let Some(zone) = zone(region, rest) {
            let kind = rest.strip_suffix("管委会").map_or_else(|| rest.to_owned(), |zone| format!("{zone}管理委员会"));
            let name = format!("{}{}{kind}", parts.before, self.full_name(region));
            return (zone == Zone::Inside && is_body(rest)).then_some(Issuer { name, level: None });
        }
        if is_township(rest) {
            // A town that the table lacks, in a county that it has.
            let (town, kind) =
                town(rest).filter(|_| region.code.len() == 6 || is_without_counties(self.table, region))?;
            let name = format!("{}{}{town}{}", parts.before, self.full_name(region), kind_of(kind, town)?);
            return Some(Issuer { name, level: Some("township") });
        }
        let alone = rest.is_empty() && (region.code.len() == 9 || (complete && self.names_government(parts.rest)));
        if !alone && !is_body(rest) {
            return None;
        }
        let level = level(&padded(region.code)).map(|(_, level)| level);
        Some(Issuer { name: join(parts.before, &self.full_name(region), rest)?, level })
    }

    /// Only the title of a report ends with a region alone: a signature does not.
    fn names_government(&self, name: &str) -> bool {
        self.evidence.issuers.is_empty() && self.evidence.title.is_some_and(|title| title.starts_with(name))
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
        let name = format!("{}{}{town}{}", parts.before, holder?, kind_of(kind, town)?);
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
                    Some(holder) => format!("{}{}", holder.name, region.name),
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
    for (said, before) in [
        ("中国共产党", PARTY),
        (PARTY, PARTY),
        ("共青团", "共青团"),
        ("国家税务总局", "国家税务总局"),
        ("中国人民银行", "中国人民银行"),
    ] {
        if let Some(rest) = name.strip_prefix(said).filter(|rest| !rest.is_empty()) {
            return Parts { before, rest };
        }
    }
    Parts { before: "", rest: name }
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

/// A body of a county that the table lacks: 云溪县司法局.
fn county(parts: &Parts<'_>) -> Option<Issuer> {
    let end = parts.rest.char_indices().find(|(_, c)| ['县', '旗'].contains(c)).map(|(at, c)| at + c.len_utf8())?;
    let (name, rest) = parts.rest.split_at_checked(end)?;
    let is_name = (2..=8).contains(&name.chars().count()) && !name.contains(['局', '委', '各', '本', '全', '我']);
    if !is_name || !is_body(rest) {
        return None;
    }
    Some(Issuer { name: join(parts.before, name, rest)?, level: Some("county") })
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

/// The kind of body of a town, under one name.
fn kind_of(kind: &str, town: &str) -> Option<String> {
    join("", "", kind)
        .filter(|_| !kind.is_empty())
        .or_else(|| Some(government(town).to_owned()))
        .filter(|_| kind.is_empty() || is_body(kind))
}

/// The government of a region: a subdistrict has an office.
fn government(region: &str) -> &'static str {
    if region.ends_with("街道") { "办事处" } else { "人民政府" }
}

/// Whether a text ends as the names of bodies do.
fn is_body(kind: &str) -> bool {
    !kind.is_empty() && BODIES.ends(kind).is_some_and(|word| word.meaning.is_none())
}

/// The parts of a name as one, in the form that bodies themselves use in full.
fn join(before: &str, region: &str, kind: &str) -> Option<String> {
    let party = |kind: &str| format!("中共{region}{kind}");
    let name = match kind {
        "" => format!("{before}{region}{}", government(region)),
        "政府" => format!("{region}人民政府"),
        "街道办" | "办" if region.ends_with("街道") => format!("{region}办事处"),
        "委" | "党委" | "党委会" => party("委员会"),
        "委员会" if before == "中共" => party(kind),
        "党工委" | "工委" => party("工作委员会"),
        "委办" | "党委办公室" | "委办公室" => party("委员会办公室"),
        "政府办" | "府办" | "政府办公室" => format!("{region}人民政府办公室"),
        "政府办公厅" => format!("{region}人民政府办公厅"),
        "管委会" => format!("{region}管理委员会"),
        kind => format!("{before}{region}{kind}"),
    };
    (name.chars().count() <= 2 * LONGEST_NAME).then_some(name)
}

#[cfg(test)]
mod tests;
