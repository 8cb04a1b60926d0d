//! The region of the issuing body: its code and full name, or nothing where that is not certain.

mod issuer;
mod table;

pub(super) use issuer::issuer;

use table::{Entry, Table};

use crate::text::chinese_number;
use crate::words::{BEHIND_PLACES, BEHIND_ZONES, HOUSES, TOWNSHIP_BODIES, ZONE_KINDS, ZONES};

/// A region of the statistics bureau's table of 2023-06-30, or a retired code of GB/T 2260.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    /// GB/T 2260 (6 digits), for a township the 12-digit code.
    pub(super) code: String,
    /// Its name behind the names of the regions that hold it: 湖南省株洲市醴陵市; `None` for a code outside the table.
    pub(super) name: Option<String>,
    /// `province`, `prefecture`, `county`, `township` or `village`.
    pub(super) level: &'static str,
}

/// What a document says about where it comes from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence<'a> {
    /// `SiteIDCode` of the meta tags: the first six digits are the code of the region that registered the site.
    pub(super) site_code: Option<&'a str>,
    /// The code that the source file declares.
    pub(super) source_region: Option<&'a str>,
    /// 发文机关署名.
    pub(super) issuers: &'a [String],
    /// Title of the document.
    pub(super) title: Option<&'a str>,
    /// The title is that of a news item and names its subject, not who issues it.
    pub(super) headline: bool,
    /// 来源.
    pub(super) publisher: Option<&'a str>,
    /// 当前位置.
    pub(super) breadcrumb: &'a [String],
    /// 主送机关.
    pub(super) addressees: &'a [String],
}

/// Whether a code is that of a region, in use or retired; for a village that of its township decides.
pub fn is_region(code: &str) -> bool {
    let known = |digits: usize| Table::shipped().with_code(code.get(..digits.min(9))?);
    level(code).is_some_and(|(digits, _)| known(digits).is_some())
}

/// The code of the region that the name of a site and its registration agree on; the site of a county that is registered
/// under its city is the county's.
pub fn region_of_site(name: &str, site_code: &str) -> Option<String> {
    let table = Table::shipped();
    let code = site_code.get(..6)?;
    let home = table.with_code(code.get(..level(code)?.0)?)?;
    let name = name.strip_prefix("中国").unwrap_or(name).trim_start_matches(['·', '•', '・', '-', ' ']);
    let named = leading_region(table, body_name(name), Some(home))?;
    (named == home || holds(home, named)).then(|| region(table, named).code)
}

/// The region of the issuing body.
///
/// The body's own name decides: the signature, else the head of the title, else 来源. A third of the townships share
/// their name with another, so a name counts only where it is unique within the portal's region or, from the county
/// upwards, in the country. Where no name is found the source's declared region stands; a site's registration alone
/// does not, since county portals reprint what the province issues.
pub(super) fn resolve(evidence: &Evidence<'_>) -> Option<Region> {
    let table = Table::shipped();
    let home = home(table, evidence);
    let named = |text: &str| leading_region(table, body_name(text), home);
    let by_name = if evidence.issuers.is_empty() && evidence.headline {
        // A city's page that tells of one of its districts stays the city's.
        let publisher = evidence.publisher.and_then(named);
        let subject = evidence.title.and_then(named);
        publisher.filter(|city| subject.is_some_and(|subject| holds(*city, subject))).or(subject).or(publisher)
    } else if evidence.issuers.is_empty() {
        evidence.title.and_then(named).or_else(|| evidence.publisher.and_then(named))
    } else {
        let signed: Vec<Option<Entry>> = evidence.issuers.iter().map(|issuer| named(issuer)).collect();
        let central = evidence.issuers.iter().zip(&signed).any(|(issuer, found)| found.is_none() && is_central(issuer));
        let mut found = signed.into_iter().flatten();
        let first = found.next();
        // Bodies that sign for different regions stand for no one region.
        if central || found.any(|other| Some(other) != first) {
            return None;
        }
        first
    };
    let by_place = || evidence.breadcrumb.iter().rev().find_map(|column| named(column).filter(|_| home.is_some()));
    let found = by_name.or_else(|| own_rank(evidence, home));
    let found = found.or_else(|| if evidence.issuers.is_empty() { by_place() } else { None });
    found.map(|found| region(table, found)).or_else(|| declared(table, evidence))
}

/// The region that the source declares, unless the paper is that of a body above or below it.
fn declared(table: &Table, evidence: &Evidence<'_>) -> Option<Region> {
    let code = evidence.source_region?;
    let mut bodies = evidence.issuers.iter().map(String::as_str).chain(evidence.title);
    let below = |issuer: &String| issuer.contains(['镇', '乡', '村']) || issuer.contains("街道");
    let (digits, level) = level(code)?;
    let below = evidence.issuers.iter().any(below) || evidence.title.is_some_and(is_township);
    if bodies.any(is_central) || (digits < 9 && below) {
        return None;
    }
    let known = code.get(..digits).and_then(|digits| table.with_code(digits));
    Some(known.map_or_else(|| Region { code: code.to_owned(), name: None, level }, |found| region(table, found)))
}

/// A body of the whole country.
fn is_central(body: &str) -> bool {
    ["国务院", "国家", "全国", "中共中央", "中央", "中华人民共和国", "最高人民"]
        .iter()
        .any(|head| body.starts_with(head))
}

/// The region of the portal: what the source declares, else what the site's registration says.
fn home(table: &Table, evidence: &Evidence<'_>) -> Option<Entry> {
    let declared = evidence.source_region.and_then(|code| table.lineage(code).last().copied());
    declared.or_else(|| {
        let code = evidence.site_code?.get(..6)?;
        table.with_code(code.get(..level(code)?.0)?)
    })
}

/// 市财政局 on the portal of a city is that city's bureau: the rank is said, the name is left out.
fn own_rank(evidence: &Evidence<'_>, home: Option<Entry>) -> Option<Entry> {
    let home = home?;
    let rank = ["自治区", "自治州", "自治县", "自治旗", "省", "市", "州", "盟", "县", "区", "旗"];
    let rank = rank.iter().filter(|rank| home.name.ends_with(*rank));
    let publisher = evidence.publisher.filter(|_| evidence.issuers.is_empty());
    let mut bodies = evidence.issuers.iter().map(String::as_str).chain(publisher).peekable();
    bodies.peek()?;
    bodies.all(|body| rank.clone().any(|rank| body.starts_with(rank))).then_some(home)
}

/// A body's name without the words that stand before its region: 中共醴陵市委员会, 国家税务总局佛山市税务局.
fn body_name(text: &str) -> &str {
    let text = text.trim();
    if text.starts_with("国家") || text.starts_with("中国人民银行") {
        let behind = ["局", "银行"].iter().find_map(|head| text.split_once(head));
        return behind.map_or(text, |(_, rest)| rest);
    }
    let heads = ["中国共产党", "中共", "共青团", "中国人民政治协商会议", "政协"];
    heads.iter().find_map(|party| text.strip_prefix(party)).unwrap_or(text)
}

/// The region that a text begins with: 湖南省株洲市…, 安徽合肥…, 醴陵市枫林镇…, 枫林镇….
fn leading_region(table: &Table, text: &str, home: Option<Entry>) -> Option<Entry> {
    let own = |region: Entry, rest: &str| zone(region, rest) != Some(Zone::Elsewhere) && !is_township(rest);
    longest(table, text, &|candidates| only_one(candidates, home), &own).map(|(region, _)| region)
}

/// The region that the longest possible name at the beginning of the text stands for, or one below it that follows, and
/// the text behind it.
fn longest<'a>(
    table: &Table,
    text: &'a str,
    choose: &dyn Fn(&[Entry]) -> Option<Entry>,
    is_own: &dyn Fn(Entry, &str) -> bool,
) -> Option<(Entry, &'a str)> {
    table.names_at_head(text).into_iter().rev().find_map(|end| {
        let (name, rest) = text.split_at_checked(end)?;
        let region = choose(&table.named(name).collect::<Vec<_>>())?;
        let below = |candidates: &[Entry]| meant(candidates.iter().filter(|inner| holds(region, **inner)));
        let inner = longest(table, behind_division(region, rest), &below, is_own);
        // 湖南 is a part of 湖南省, 玉屏县 is none of 玉屏侗族自治县.
        let cut = region.name != name && region.name.starts_with(name);
        let other = cut && is_another_word(rest) && zone(region, rest).is_none();
        inner.or(Some((region, rest)).filter(|_| is_own(region, rest) && !other))
    })
}

/// 新疆生产建设兵团第八师石河子市: a division of the corps and its city are one administration.
fn behind_division(region: Entry, rest: &str) -> &str {
    let corps = || rest.strip_prefix("维吾尔自治区").unwrap_or(rest).strip_prefix("生产建设兵团");
    let division = corps().filter(|_| region.code == XINJIANG).and_then(|rest| rest.strip_prefix('第'));
    let city = division.and_then(|rest| rest.split_once('师')).filter(|(number, _)| chinese_number(number).is_some());
    city.map_or(rest, |(_, city)| city)
}

/// The code of 新疆, where the corps is.
const XINJIANG: &str = "65";

/// A zone that stands between the name of a region and what kind of body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// It lies in that region: 株洲高新区管委会 in 株洲市.
    Inside,
    /// Its place is not known: 云南滇中新区 lies somewhere in 云南, the corps of 新疆 is no region.
    Elsewhere,
}

/// The zone that a body is the administration of, if it is one.
fn zone(region: Entry, rest: &str) -> Option<Zone> {
    let name = zone_name(rest)?;
    let of_city = region.code.len() > 2 || MUNICIPALITIES.contains(&region.code);
    // 漳州港口经济技术开发区 is named after a harbour, which may lie in a part with a number of its own.
    let kind = name.strip_prefix(['市', '县', '区']).unwrap_or(name);
    let plain = ZONE_KINDS.starts(kind).is_some();
    Some(if of_city && plain && region.code.len() < 9 { Zone::Inside } else { Zone::Elsewhere })
}

/// 北京, 天津, 上海, 重庆: cities at the rank of a province.
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

/// 株洲高新区管委会, 新疆生产建设兵团: a zone stands between the region's name and what kind of body it is.
fn zone_name(rest: &str) -> Option<&str> {
    let end = BEHIND_ZONES.iter().filter_map(|word| rest.find(word.text)).min().unwrap_or(rest.len());
    rest.get(..end).filter(|head| ZONES.is_in(head))
}

/// A short name that goes on like this is another word, or a body that is no region's: 北京路, 长沙街, 湖南日报.
fn is_another_word(rest: &str) -> bool {
    // 朝阳区 is none of 朝阳市.
    BEHIND_PLACES.starts(rest).is_some() || HOUSES.ends(rest).is_some() || rest.starts_with(['区', '县', '旗'])
}

/// A township's name at the beginning that is not that of a department: 云杉镇人民政府, 云杉镇2022年….
///
/// A county's name before it does not make it a body of the county.
fn is_township(text: &str) -> bool {
    const RANKS: [&str; 4] = ["镇", "乡", "街道", "苏木"];
    let body = |rest: &str| {
        let year = |c: char| c.is_ascii_digit() || "二〇○".contains(c);
        rest.is_empty() || rest.starts_with(year) || TOWNSHIP_BODIES.starts(rest).is_some()
    };
    let name = |head: &str| (1..=16).contains(&head.chars().count()) && !head.contains(['局', '办', '委', '各', '，']);
    let ranks = RANKS.iter().flat_map(|rank| text.match_indices(rank));
    ranks
        .into_iter()
        .any(|(at, rank)| text.get(..at).is_some_and(name) && text.get(at + rank.len()..).is_some_and(body))
}

/// The one region that is meant: related to the portal's, else unique in the country and no township.
fn only_one(candidates: &[Entry], home: Option<Entry>) -> Option<Entry> {
    let related = |c: &Entry| home.is_some_and(|home| holds(*c, home) || holds(home, *c) || c.code == home.code);
    if candidates.iter().any(related) {
        return meant(candidates.iter().filter(|c| related(c)));
    }
    meant(candidates.iter().filter(|c| c.code.len() < 9))
}

/// The only one of some regions with one name.
///
/// A county that became a district, or whose prefecture got another number, stands in the table twice: the one in use
/// is meant. A city without counties stands in it again as its own county: the city is meant.
fn meant<'a>(candidates: impl Iterator<Item = &'a Entry>) -> Option<Entry> {
    let all: Vec<Entry> = candidates.copied().collect();
    let in_use = |c: &Entry| !c.retired || all.iter().all(|other| other.retired);
    let outermost = |c: &Entry| !all.iter().any(|other| holds(*other, *c) && other.name == c.name);
    let mut found = all.iter().filter(|c| in_use(c) && outermost(c));
    found.next().filter(|_| found.next().is_none()).copied()
}

fn holds(outer: Entry, inner: Entry) -> bool {
    inner.code.len() > outer.code.len() && inner.code.starts_with(outer.code)
}

fn region(table: &Table, found: Entry) -> Region {
    let zeros = match found.code.len() {
        2 => "0000",
        4 => "00",
        6 => "",
        _ => "000",
    };
    let code = format!("{}{zeros}", found.code);
    let name = table.lineage(found.code).iter().map(|region| region.name).collect::<String>();
    let level = level(&code).map_or("county", |(_, level)| level);
    Region { code, name: Some(name), level }
}

/// How many digits of a GB/T 2260 code (6 digits) or a statistical division code (12 digits, three for each part below
/// the county) say something, and the level that they name; `None` if it is neither.
fn level(code: &str) -> Option<(usize, &'static str)> {
    if !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part = |start: usize, end: usize| code.get(start..end).is_some_and(|part| part.bytes().any(|d| d != b'0'));
    match code.len() {
        12 if part(9, 12) => Some((12, "village")),
        12 if part(6, 9) => Some((9, "township")),
        6 | 12 if part(4, 6) => Some((6, "county")),
        6 | 12 if part(2, 4) => Some((4, "prefecture")),
        6 | 12 if part(0, 2) => Some((2, "province")),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
