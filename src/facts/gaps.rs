//! What a collection lacks: serial numbers within a series of 发文字号, and years within a series of annual reports.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::Genre;

/// What is looked at of a document: keys of its record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Held {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// The issuing body, under its one name.
    pub issuer: Option<String>,
    /// The code of its region.
    pub region_code: Option<String>,
    /// What it is.
    pub genre: Option<Genre>,
    /// The year reported on.
    pub report_year: Option<i16>,
    /// The day of publication.
    pub published: Option<String>,
    /// When it was found gone.
    pub gone_at: Option<String>,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Gaps {
    /// Series of numbers that are not complete, by mark and year.
    pub series: Vec<SeriesGaps>,
    /// Bodies whose annual reports are not complete, by genre and name.
    pub reports: Vec<ReportGaps>,
    /// Annual reports whose issuing body is not certain: they fill no gap.
    pub unnamed_reports: usize,
}

/// A series of numbers of one mark and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesGaps {
    /// 机关代字: 云政发.
    pub mark: String,
    /// The year in the number.
    pub year: i16,
    /// The region whose mark it is; null if the documents do not say.
    pub region_code: Option<String>,
    /// How many numbers are known.
    pub known: usize,
    /// The highest known one.
    pub last: u32,
    /// Those below it that are missing, as runs.
    pub missing: Vec<Run>,
}

/// Missing numbers that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The first one.
    pub from: u32,
    /// The last one.
    pub to: u32,
    /// The document before them; null if they begin the year.
    pub before: Option<Neighbour>,
    /// The document behind them.
    pub after: Neighbour,
}

/// A document beside a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// Its number in the series.
    pub serial: u32,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// The day of publication, which bounds that of what is missing.
    pub published: Option<String>,
}

/// The annual reports of one body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportGaps {
    /// Which reports.
    pub genre: Genre,
    /// Whose.
    pub issuer: String,
    /// Years that are there.
    pub years: Vec<i16>,
    /// Years of these that are gone from the portal and stay in the archive.
    pub gone: Vec<i16>,
    /// Years without a report, from its first one to the last year that anybody of this genre reports on.
    pub missing: Vec<i16>,
}

/// What is missing between the documents of a collection.
pub fn gaps(held: &[Held]) -> Gaps {
    let unnamed = |held: &&Held| is_annual(held.genre) && held.report_year.is_some() && held.issuer.is_none();
    Gaps { series: series(held), reports: reports(held), unnamed_reports: held.iter().filter(unnamed).count() }
}

/// Mark, year and serial of 云政发〔2022〕3号; `None` for numbers of another form.
pub fn serial(number: &str) -> Option<(&str, i16, u32)> {
    let (mark, rest) = number.split_once('〔')?;
    let (year, serial) = rest.split_once('〕')?;
    let serial = serial.strip_prefix('第').unwrap_or(serial).strip_suffix('号')?;
    let year = year.parse().ok().filter(|year| (1949..2100).contains(year))?;
    let serial = serial.parse().ok().filter(|serial| (1..100_000).contains(serial))?;
    (!mark.is_empty()).then_some((mark, year, serial))
}

fn series(held: &[Held]) -> Vec<SeriesGaps> {
    type Documents<'a> = Vec<(u32, &'a Held)>;
    let mut marks: BTreeMap<(&str, i16), Documents<'_>> = BTreeMap::new();
    for document in held {
        if let Some((mark, year, serial)) = document.document_number.as_deref().and_then(serial) {
            marks.entry((mark, year)).or_default().push((serial, document));
        }
    }
    let mut found = Vec::new();
    for ((mark, year), documents) in marks {
        let regions: BTreeSet<&str> = documents.iter().filter_map(|(_, held)| held.region_code.as_deref()).collect();
        // Two places may use one mark; a document that names no place belongs to the only one.
        let parts: Vec<(Option<&str>, Documents<'_>)> = if regions.len() < 2 {
            vec![(regions.first().copied(), documents)]
        } else {
            let of = |region: Option<&str>| {
                documents.iter().filter(|(_, held)| held.region_code.as_deref() == region).copied().collect()
            };
            regions.iter().map(|region| Some(*region)).chain([None]).map(|region| (region, of(region))).collect()
        };
        found.extend(parts.into_iter().filter_map(|(region, documents)| one_series(mark, year, region, documents)));
    }
    found
}

fn one_series(mark: &str, year: i16, region: Option<&str>, mut documents: Vec<(u32, &Held)>) -> Option<SeriesGaps> {
    documents.sort_by(|(a, one), (b, other)| (a, &one.id).cmp(&(b, &other.id)));
    documents.dedup_by_key(|(serial, _)| *serial);
    let neighbour = |&(serial, held): &(u32, &Held)| Neighbour {
        serial,
        id: held.id.clone(),
        title: held.title.clone(),
        published: held.published.clone(),
    };
    let mut missing = Vec::new();
    let mut before: Option<&(u32, &Held)> = None;
    for document in &documents {
        let from = before.map_or(0, |(serial, _)| *serial) + 1;
        if from < document.0 {
            let (before, after) = (before.map(neighbour), neighbour(document));
            missing.push(Run { from, to: document.0 - 1, before, after });
        }
        before = Some(document);
    }
    let last = documents.last()?.0;
    let region_code = region.map(ToOwned::to_owned);
    let known = documents.len();
    (!missing.is_empty()).then(|| SeriesGaps { mark: mark.to_owned(), year, region_code, known, last, missing })
}

fn is_annual(genre: Option<Genre>) -> bool {
    matches!(genre, Some(Genre::RuleOfLawAnnual | Genre::FoiAnnual | Genre::WorkReport))
}

/// The years of a body's reports of one genre.
struct Years {
    genre: Genre,
    /// Whether the report of a year is gone.
    gone: BTreeMap<i16, bool>,
}

fn reports(held: &[Held]) -> Vec<ReportGaps> {
    // By the name of the genre, so that the order is that of the words.
    let mut bodies: BTreeMap<(String, &str), Years> = BTreeMap::new();
    let mut last: BTreeMap<String, i16> = BTreeMap::new();
    for document in held.iter().filter(|held| is_annual(held.genre)) {
        let (Some(genre), Some(year)) = (document.genre, document.report_year) else { continue };
        let word = format!("{genre:?}");
        let latest = last.entry(word.clone()).or_insert(year);
        *latest = year.max(*latest);
        if let Some(issuer) = document.issuer.as_deref() {
            let years = bodies.entry((word, issuer)).or_insert_with(|| Years { genre, gone: BTreeMap::new() });
            // A report that is also elsewhere is not gone.
            let is_gone = document.gone_at.is_some();
            years.gone.entry(year).and_modify(|gone| *gone &= is_gone).or_insert(is_gone);
        }
    }
    let mut found = Vec::new();
    for ((word, issuer), Years { genre, gone }) in bodies {
        let (Some((&first, _)), Some(&last)) = (gone.first_key_value(), last.get(&word)) else { continue };
        let missing: Vec<i16> = (first..=last).filter(|year| !gone.contains_key(year)).collect();
        if !missing.is_empty() {
            let years = gone.keys().copied().collect();
            let gone = gone.iter().filter(|(_, gone)| **gone).map(|(year, _)| *year).collect();
            found.push(ReportGaps { genre, issuer: issuer.to_owned(), years, gone, missing });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(id: &str, number: Option<&str>, report: Option<(&str, i16)>) -> Held {
        Held {
            id: id.to_owned(),
            title: None,
            document_number: number.map(ToOwned::to_owned),
            issuer: report.map(|(issuer, _)| issuer.to_owned()),
            region_code: None,
            genre: report.map(|_| Genre::RuleOfLawAnnual),
            report_year: report.map(|(_, year)| year),
            published: None,
            gone_at: None,
        }
    }

    #[test]
    fn numbers_of_a_series_have_a_mark_a_year_and_a_serial() {
        for (number, expected) in [
            ("云政发〔2022〕3号", Some(("云政发", 2022, 3))),
            ("云政办函〔2021〕第12号", Some(("云政办函", 2021, 12))),
            ("国务院令第711号", None),
            ("云政发〔2022〕3-1号", None),
            ("〔2022〕3号", None),
        ] {
            assert_eq!(serial(number), expected, "{number}");
        }
    }

    #[test]
    fn missing_serials_are_runs_between_their_neighbours() {
        let numbers =
            ["云政发〔2022〕2号", "云政发〔2022〕5号", "云政发〔2022〕6号", "云政发〔2022〕8号", "云政发〔2022〕8号"];
        let all: Vec<Held> =
            numbers.iter().enumerate().map(|(n, number)| held(&n.to_string(), Some(number), None)).collect();
        let found = gaps(&all).series;
        let runs: Vec<(u32, u32, Option<u32>, u32)> = found[0]
            .missing
            .iter()
            .map(|run| (run.from, run.to, run.before.as_ref().map(|before| before.serial), run.after.serial))
            .collect();
        assert_eq!(runs, [(1, 1, None, 2), (3, 4, Some(2), 5), (7, 7, Some(6), 8)]);
        assert_eq!((found[0].known, found[0].last, found.len()), (4, 8, 1));
    }

    #[test]
    fn one_mark_of_two_places_is_two_series() {
        let of = |id: &str, number: &str, region: Option<&str>| Held {
            region_code: region.map(ToOwned::to_owned),
            ..held(id, Some(number), None)
        };
        let one = [of("a", "青政发〔2022〕1号", Some("430281")), of("b", "青政发〔2022〕2号", None)];
        assert_eq!(gaps(&one).series, []);
        let two = [of("a", "青政发〔2022〕1号", Some("430281")), of("b", "青政发〔2022〕2号", Some("110101"))];
        let found = gaps(&two).series;
        assert_eq!(found.iter().map(|series| series.region_code.as_deref()).collect::<Vec<_>>(), [Some("110101")]);
    }

    #[test]
    fn a_year_without_a_report_counts_up_to_the_last_one_of_anybody() {
        let mut all = vec![
            held("a", None, Some(("云溪县人民政府", 2019))),
            held("b", None, Some(("云溪县人民政府", 2021))),
            held("c", None, Some(("青岭县人民政府", 2020))),
            held("d", None, Some(("青岭县人民政府", 2021))),
            held("e", None, Some(("白水县人民政府", 2022))),
        ];
        all.push(Held { issuer: None, ..all[0].clone() });
        all[1].gone_at = Some("2023-01-01T00:00:00Z".to_owned());
        let found = gaps(&all);
        let missing: Vec<(&str, &[i16], &[i16])> =
            found.reports.iter().map(|body| (body.issuer.as_str(), &body.missing[..], &body.gone[..])).collect();
        let expected: [(&str, &[i16], &[i16]); 2] =
            [("云溪县人民政府", &[2020, 2022], &[2021]), ("青岭县人民政府", &[2022], &[])];
        assert_eq!(missing, expected);
        assert_eq!(found.unnamed_reports, 1);
    }
}
