//! A column as its first pages show it: what it holds, how its pages follow one another, how well it fits.

use std::collections::BTreeSet;

use jiff::civil::Date;
use url::Url;

use crate::discover::{NAMES_COLUMN, SiteInfo, Wanted};
use crate::model::{Listing, Target, page_key};

/// A column of a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Its first list page.
    pub(super) start: Url,
    pub(super) site_info: SiteInfo,
    /// The first page with items.
    pub(super) first: Listing,
    /// How its second page is reached.
    pub(super) paging: Paging,
    /// The labels of the links that led there; empty if the user named the column.
    pub(super) trail: Vec<String>,
}

/// How the second page of a list is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Paging {
    /// It was not asked for yet.
    Unknown,
    /// There is one page.
    Single,
    /// There are more, the portal says, and nothing leads to them.
    Hidden,
    /// There it is, with so many items that the first page does not name.
    Learnt { url: Url, new: usize, listing: Listing },
    /// It could not be read.
    Unread { url: Url, why: String },
}

impl Paging {
    /// What a second page tells beside the first one.
    pub(super) fn learnt(first: &Listing, url: Url, listing: Listing) -> Self {
        let known: BTreeSet<String> = first.targets.iter().map(|target| page_key(&target.url)).collect();
        let new = listing.targets.iter().filter(|target| !known.contains(&page_key(&target.url))).count();
        Self::Learnt { url, new, listing }
    }

    /// What the first page tells of itself.
    pub(super) fn of(first: &Listing) -> Self {
        match (&first.next, first.pages) {
            (Some(_), _) => Self::Unknown,
            (None, Some(pages)) if pages > 1 => Self::Hidden,
            (None, _) => Self::Single,
        }
    }

    /// Whether a crawl can be trusted to reach every page.
    pub(super) fn is_certain(&self) -> bool {
        matches!(self, Self::Single) || matches!(self, Self::Learnt { new, .. } if *new > 0)
    }

    /// What a reader should know.
    pub(super) fn said(&self) -> String {
        match self {
            Self::Unknown => "the second page was not asked for".to_owned(),
            Self::Single => "a single page".to_owned(),
            Self::Hidden => "but nothing on the first page leads to a second".to_owned(),
            Self::Learnt { url, new: 0, .. } => {
                format!("{url} names nothing new, so only the first page can be relied on")
            }
            Self::Learnt { url, new, .. } => format!("the second is {url}, with {new} more items"),
            Self::Unread { url, why } => format!("the second would be {url}, but {why}"),
        }
    }
}

impl Candidate {
    /// The items of the pages that were read, each once.
    pub(super) fn items(&self) -> Vec<&Target> {
        let second = match &self.paging {
            Paging::Learnt { listing, .. } => listing.targets.as_slice(),
            _ => &[],
        };
        let mut seen = BTreeSet::new();
        let all = self.first.targets.iter().chain(second);
        all.filter(|target| seen.insert(page_key(&target.url))).collect()
    }

    /// How many of these look like the reports that are looked for.
    pub(super) fn n_wanted(&self, wanted: &Wanted) -> usize {
        self.items().iter().filter(|target| wanted.is_wanted(&target.title)).count()
    }

    /// The first and the last day of these.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let days = || self.items().into_iter().filter_map(|target| target.date);
        Some((days().min()?, days().max()?))
    }

    /// Whether its own name, or the link that led there, says that it is the column.
    pub(super) fn is_named(&self, weight: u32, wanted: &Wanted) -> bool {
        weight >= NAMES_COLUMN || self.site_info.column.as_deref().is_some_and(|name| wanted.names(name))
    }

    /// Whether looking on is pointless: it is named so, and most of what it holds is wanted.
    pub(super) fn settles(&self, weight: u32, wanted: &Wanted) -> bool {
        let n_wanted = self.n_wanted(wanted);
        self.is_named(weight, wanted) && n_wanted > 0 && n_wanted * 2 >= self.items().len()
    }

    /// How well it fits; of two columns the one that is greater. `None` if it holds nothing that is wanted.
    pub(super) fn fit(&self, weight: u32, wanted: &Wanted) -> Option<(bool, usize)> {
        let n_wanted = self.n_wanted(wanted);
        (n_wanted > 0).then(|| (self.is_named(weight, wanted), n_wanted))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A column at `/c1/` with these titles, each of a later day.
    pub(in super::super) fn column(name: &str, titles: &[&str]) -> Candidate {
        let targets = titles.iter().enumerate().map(|(n, title)| target(n, title)).collect();
        Candidate {
            start: Url::parse("http://www.yunxi.example.gov.cn/c1/index.html").unwrap(),
            site_info: SiteInfo { column: Some(name.to_owned()), ..SiteInfo::default() },
            first: Listing { targets, ..Listing::default() },
            paging: Paging::Unknown,
            trail: Vec::new(),
        }
    }

    fn target(n: usize, title: &str) -> Target {
        let url = format!("http://www.yunxi.example.gov.cn/c1/{n}.html").parse().unwrap();
        Target { url, title: title.to_owned(), date: Date::new(2020, 1, 1 + i8::try_from(n).unwrap()).ok() }
    }

    const REPORT: &str = "青石镇法治政府建设工作报告";

    #[test]
    fn a_column_settles_the_search_if_its_name_and_its_items_agree() {
        for (name, weight, titles, settles) in [
            ("法治政府建设", 40, &[REPORT, "公告"][..], true),
            ("列表", 100, &[REPORT], true),
            ("法治政府建设", 100, &["公告"], false),
            ("法治政府建设", 100, &[REPORT, "公告", "通知"], false),
            ("工作报告", 45, &[REPORT], false),
        ] {
            assert_eq!(column(name, titles).settles(weight, &Wanted::rule_of_law()), settles, "{name} {titles:?}");
        }
    }

    #[test]
    fn of_two_columns_the_named_one_fits_better() {
        let fit = |name: &str, titles: &[&str]| column(name, titles).fit(45, &Wanted::rule_of_law());
        assert!(fit("法治政府建设", &[REPORT]) > fit("工作报告", &[REPORT, REPORT, REPORT]));
        assert!(fit("工作报告", &[REPORT, REPORT]) > fit("通知公告", &[REPORT]));
        assert_eq!(fit("法治政府建设", &["公告"]), None);
    }

    #[test]
    fn a_list_of_several_pages_that_leads_to_none_is_not_certain() {
        let next = Url::parse("http://www.yunxi.example.gov.cn/c1/index_1.html").ok();
        for (next, pages, expect) in [
            (None, None, Paging::Single),
            (None, Some(1), Paging::Single),
            (None, Some(4), Paging::Hidden),
            (next, Some(4), Paging::Unknown),
        ] {
            let paging = Paging::of(&Listing { next, pages, ..Listing::default() });
            assert_eq!(paging, expect, "{pages:?}");
            assert_eq!(paging.is_certain(), expect == Paging::Single);
        }
    }

    #[test]
    fn the_second_page_is_judged_beside_the_first() {
        let url = || Url::parse("http://www.yunxi.example.gov.cn/c1/index_1.html").unwrap();
        let of = |numbers: &[usize]| Listing {
            targets: numbers.iter().map(|&n| target(n, REPORT)).collect(),
            ..Listing::default()
        };
        let mut column = column("法治政府建设", &[REPORT, REPORT]);
        for (second, n_items, said) in [
            (&[1, 2, 3][..], 4, "index_1.html, with 2 more items"),
            (&[0, 1], 2, "names nothing new"),
            (&[], 2, "names nothing new"),
        ] {
            column.paging = Paging::learnt(&column.first, url(), of(second));
            assert_eq!(column.items().len(), n_items, "{second:?}");
            assert!(column.paging.said().contains(said), "{}", column.paging.said());
            assert_eq!(column.paging.is_certain(), n_items > 2, "{second:?}");
        }
        assert_eq!(column.days().map(|(first, last)| (first.day(), last.day())), Some((1, 2)));
    }
}
