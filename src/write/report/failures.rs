//! Pages that could not be had or read: whose reports they are, as far as their titles on the lists tell.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::facts::year_of;
use super::history::Failed;
use super::labels::label;

/// The pages that failed, by source.
pub(super) struct Failures<'a> {
    sources: BTreeMap<&'a str, Vec<&'a Failed>>,
}

impl<'a> Failures<'a> {
    pub(super) fn of(failed: &'a [Failed]) -> Self {
        let mut sources: BTreeMap<&str, Vec<&Failed>> = BTreeMap::new();
        for page in failed {
            sources.entry(&page.source).or_default().push(page);
        }
        Self { sources }
    }

    /// The years of which the lists of a source name a report of an issuer that failed: 青石镇2020年度….
    ///
    /// A title names a body in full, or a government without the words 人民政府.
    pub(super) fn of_issuer(&self, source: &str, issuer: &str) -> BTreeSet<i16> {
        let short = issuer.strip_suffix("人民政府").filter(|short| !short.is_empty()).unwrap_or(issuer);
        let pages = self.sources.get(source).into_iter().flatten();
        let titles = pages.filter_map(|page| page.title.as_deref()).filter(|title| title.contains(short));
        titles.filter_map(reported_year).collect()
    }

    /// How many there are, by source and the year in their address.
    pub(super) fn by_source(&self) -> Markup {
        html! {
            @if !self.sources.is_empty() {
                h2 { (label("未能取得", "Failed")) }
                p.note {
                    (label("未能取得的网页，按网址中的年份", "pages that could not be had, by the year in their address")) " · "
                    a href="failed.html" { (label("逐条", "one by one")) }
                }
                div.scroll {
                    table.list {
                        @for (source, pages) in &self.sources {
                            tr {
                                th scope="row" { (source) }
                                td.n { (pages.len()) }
                                td { @for (year, count) in years(pages) { span.chip { (year) " · " (count) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn years(pages: &[&Failed]) -> BTreeMap<i16, u64> {
    let mut years = BTreeMap::new();
    for year in pages.iter().filter_map(|page| year_in(&page.url)) {
        *years.entry(year).or_default() += 1;
    }
    years
}

/// The first year in an address: `/2023/2/7/`, `t20230228_`, `/202302/`.
fn year_in(url: &str) -> Option<i16> {
    let path = url.split_once("//")?.1.split_once('/')?.1;
    let digits = path.split(|c: char| !c.is_ascii_digit());
    digits.filter(|run| matches!(run.len(), 4 | 6 | 8)).find_map(|run| sane_year(run.get(..4)?))
}

/// The year that a title says that it reports on: the four digits before 年.
fn reported_year(title: &str) -> Option<i16> {
    let before = title.split_once('年')?.0;
    let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    before.get(digits..).filter(|digits| digits.len() == 4).and_then(sane_year)
}

fn sane_year(digits: &str) -> Option<i16> {
    year_of(digits).filter(|year| (1990..=2099).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_its_year() {
        for (url, year) in [
            ("http://a.test/art/2023/2/7/art_1204_56120.html", Some(2023)),
            ("http://a.test/fzzf/202302/t20230228_410231.html", Some(2023)),
            ("http://2022.test/c1/410231.html", None),
            ("not an address", None),
        ] {
            assert_eq!(year_in(url), year, "{url}");
        }
    }

    #[test]
    fn a_title_tells_the_year_that_it_reports_on() {
        for (title, year) in [
            ("云溪县青石镇2020年度法治政府建设工作报告", Some(2020)),
            ("2022年法治政府建设情况", Some(2022)),
            ("三年行动方案", None),
            ("第12345年", None),
            ("法治政府建设情况", None),
        ] {
            assert_eq!(reported_year(title), year, "{title}");
        }
    }
}
